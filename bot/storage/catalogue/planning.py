"""Decides what saving papers changes: which are new, which are known, which turn out to be one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.domain.records import OPENALEX, Record, is_arxivs
from bot.storage.catalogue.evidence import same_work
from bot.storage.catalogue.merge import merge_papers
from bot.storage.catalogue.paper_rows import arxiv_id_in, short_title_key
from bot.text.folding import title_key

Change = tuple[Record, Record]
"""A record as it was, and as it is to be."""

Key = tuple[str, str]
"""An outside identifier: its column and its value."""

TITLE = "title"
TITLE_LENGTH = 300
"""How much of a former title's folded words is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Two records that became one: as each was before, and what spoke for it.

    `gone_id` is None where the second was not stored by itself before.
    """

    kept_id: int
    gone_id: int | None
    kept: Record
    gone: Record
    evidence: str


@dataclass(slots=True)
class Plan:
    """What a chunk of papers changes; `results` are the ids of the papers given, in order.

    A new record's paper has no id yet: it is known by its key in `current`, from `first_id` on.
    `apart` are pairs of rows that somebody said are two works; `names` are identifiers and titles
    under which a paper is known besides those of its row.
    """

    first_id: int
    apart: frozenset[frozenset[int]] = frozenset()
    reads_titles: bool = True
    current: dict[int, Record] = field(default_factory=dict)
    before: dict[int, Record] = field(default_factory=dict)
    by_key: dict[Key, int] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=dict)
    absorbed: dict[int, int] = field(default_factory=dict)
    joints: list[Joint] = field(default_factory=list)
    names: dict[tuple[str, str, int], None] = field(default_factory=dict)
    results: list[int] = field(default_factory=list)
    free_id: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first free id."""
        self.free_id = self.first_id

    def add_known(self, record: Record) -> None:
        """Take in a stored paper."""
        assert record.paper.id is not None  # noqa: S101 -- it comes from the table
        self.before[record.paper.id] = record
        self._keep(record.paper.id, record)

    def add_name(self, key: Key, paper_id: int) -> None:
        """Take in an identifier under which a stored paper is known besides its own."""
        self.by_key.setdefault(key, paper_id)

    def add(self, paper: Paper) -> None:
        """Take in a paper to be stored: merged with those that are the same, else new."""
        paper = _with_own_arxiv_id(paper)
        owners: tuple[int, ...] = ()
        if not self.by_key.keys().isdisjoint(keys_of(paper)):
            owners = self._owners(paper)
            # A key that belongs to a paper this one can't be is a mistake of whoever gave it.
            foreign = {key for key in keys_of(paper) if self.by_key.get(key, -1) not in (*owners, -1)}
            paper = _without(paper, foreign)
        evidence = ""
        if not owners and self.reads_titles:
            owners, evidence = self._twin(paper)
        if not owners:
            self._keep(self.free_id, Record(paper=paper))
            self.results.append(self.free_id)
            self.free_id += 1
            return
        # The lowest id first: it is a stored row where there is one, so that others can point at it.
        target, *others = sorted(owners)
        for other in others:
            self._join(target, other, paper)
        self.results.append(target)
        self._merge(target, paper, evidence)

    def added(self) -> dict[int, Record]:
        """Return the new records by their ids."""
        return {id_: record for id_, record in self.current.items() if id_ >= self.first_id}

    def changed(self) -> list[Change]:
        """Return the stored records that became others, as they were and are to be."""
        pairs = ((self.before.get(id_), record) for id_, record in self.current.items())
        return [(old, new) for old, new in pairs if old is not None and old != new]

    def stored(self) -> tuple[Paper, ...]:
        """Return the papers given as they are now, with their ids."""
        rows = map(self.now, self.results)
        papers = ((row, self.current[row].paper) for row in rows)
        return tuple(paper if paper.id == row else replace(paper, id=row) for row, paper in papers)

    def now(self, paper_id: int) -> int:
        """Return the row that a row has become."""
        while paper_id in self.absorbed:
            paper_id = self.absorbed[paper_id]
        return paper_id

    def _owners(self, paper: Paper) -> tuple[int, ...]:
        """Return the rows that are this paper by its identifiers, none that can't be one with the first."""
        found = [self.by_key[key] for key in _surest_first(paper) if key in self.by_key]
        owners: list[int] = []
        for owner in dict.fromkeys(found):
            fits = self._fits(owner, paper) and all(self._may_join(owner, other) for other in owners)
            if fits:
                owners.append(owner)
        return tuple(owners)

    def _fits(self, owner: int, paper: Paper) -> bool:
        return self.current[owner].paper.arxiv_id in (None, paper.arxiv_id) or paper.arxiv_id is None

    def _may_join(self, one: int, other: int) -> bool:
        ids = {self.current[row].paper.arxiv_id for row in (one, other)} - {None}
        return len(ids) < 2 and frozenset((one, other)) not in self.apart

    def _twin(self, paper: Paper) -> tuple[tuple[int, ...], str]:
        """Return the row with this title that is the same work, and what speaks for it."""
        for row in self.by_title.get(short_title_key(paper.title), ()):
            if row in self.current and (evidence := same_work(self.current[row].paper, paper)):
                return (row,), evidence
        return (), ""

    def _join(self, target: int, other: int, named_by: Paper) -> None:
        """Make one record of two rows that a paper names together."""
        kept, gone = self.current[target], self.current.pop(other)
        self.joints.append(
            Joint(
                kept_id=target,
                gone_id=other if other in self.before else None,
                kept=kept,
                gone=gone,
                evidence=f"{named_by.source or 'a source'} names them together: "
                + ", ".join(value for _, value in keys_of(named_by)),
            )
        )
        self.absorbed[other] = target
        self.by_key.update({key: target for key, owner in self.by_key.items() if owner == other})
        self._settle(target, kept, gone)

    def _merge(self, target: int, paper: Paper, evidence: str) -> None:
        """Take a paper into a row, and note it where this brings another work's identifier."""
        kept, given = self.current[target], Record(paper=paper)
        evidence = evidence or self._evidence(target, paper)
        if evidence:
            self.joints.append(Joint(kept_id=target, gone_id=None, kept=kept, gone=given, evidence=evidence))
        self._settle(target, kept, given)

    def _evidence(self, target: int, paper: Paper) -> str:
        """Return by which DOI another work's record is this paper, empty where it is no other work's.

        What a source says of an arXiv id or of a work of its own is not a second work.
        """
        known = {key for key in keys_of(paper) if self.by_key.get(key) == target}
        new = {name for name, _ in set(keys_of(paper)) - known}
        if {name for name, _ in known} != {"doi"} or new.isdisjoint({"arxiv_id", "openalex_id"}):
            return ""
        return "same DOI " + ", ".join(value for _, value in known)

    def _settle(self, target: int, kept: Record, given: Record) -> None:
        merged = merge_papers(kept, given)
        present = set(keys_of(merged.paper))
        for paper in (kept.paper, given.paper):
            lost = [key for key in keys_of(paper) if key not in present]
            self.names.update(dict.fromkeys((*key, target) for key in lost))
            self.by_key.update(dict.fromkeys(lost, target))
            if paper.title != merged.paper.title:
                self._note_title(target, paper.title, merged.paper.title)
        self._keep(target, merged)

    def _note_title(self, target: int, former: str, title: str) -> None:
        key = title_key(former)[:TITLE_LENGTH]
        if key and key != title_key(title)[:TITLE_LENGTH]:
            self.names[TITLE, key, target] = None

    def _keep(self, paper_id: int, record: Record) -> None:
        self.current[paper_id] = record
        self.by_key.update(dict.fromkeys(keys_of(record.paper), paper_id))
        if self.reads_titles:
            rows = self.by_title.setdefault(short_title_key(record.paper.title), [])
            if paper_id not in rows:
                rows.append(paper_id)


def keys_of(paper: Paper) -> Iterator[Key]:
    """Yield the outside identifiers of a paper; a DOI of arXiv's says no more than its identifier."""
    if paper.arxiv_id is not None:
        yield "arxiv_id", paper.arxiv_id.base
    if paper.doi is not None and not is_arxivs(paper.doi):
        yield "doi", paper.doi.value
    if paper.openalex_id is not None:
        yield "openalex_id", paper.openalex_id.value


def _surest_first(paper: Paper) -> list[Key]:
    """Return the keys with the source's own identifier first: what it says of others may be wrong."""
    keys = list(keys_of(paper))
    return keys[::-1] if paper.source == OPENALEX and paper.openalex_id is not None else keys


def _with_own_arxiv_id(paper: Paper) -> Paper:
    """Return a paper with the identifier that its arXiv DOI holds in that DOI's place, unversioned."""
    if paper.doi is not None and is_arxivs(paper.doi):
        arxiv_id = paper.arxiv_id or ArxivId(arxiv_id_in(paper.doi.value) or "")
        return replace(paper, arxiv_id=arxiv_id.unversioned, doi=None)
    if paper.arxiv_id is not None and paper.arxiv_id.version is not None:
        return replace(paper, arxiv_id=paper.arxiv_id.unversioned)
    return paper


def _without(paper: Paper, keys: set[Key]) -> Paper:
    changes: dict[str, Any] = {name: None for name, _ in keys}
    return replace(paper, **changes) if keys else paper
