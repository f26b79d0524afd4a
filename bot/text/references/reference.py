"""What a reference says of a paper, before it is written in one form or another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.text.folding import fold
from bot.text.latex import to_unicode
from bot.text.markdown import clean
from bot.text.names import is_collective

_ARXIV = re.compile(r"\barxiv\b", re.IGNORECASE)
_NOT_IN_KEYS = re.compile(r"[^a-z0-9.]+")
_ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author's name in its parts. A collaboration has a `family` alone, and `is_group` says so."""

    family: str
    given: str = ""
    suffix: str = ""
    is_group: bool = False

    @property
    def initials(self) -> str:
        """The given names as APA prints them: `Jean-Pierre Anna` is `J.-P. A.`."""
        parts = (
            "-".join(f"{part[0]}." for part in re.split(r"[-\u2010\u2011]", name) if part)
            for name in self.given.replace(".", ". ").split()
        )
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A paper as a reference: texts in Unicode without LaTeX; `published_in` is empty for a preprint.

    `issued` is year, month and day as far as they are known.

    `key` depends on the first author's name, the year and the identifier alone, so that it stays the
    same however often and with whatever else the paper is cited.
    """

    key: str
    title: str
    authors: tuple[Person, ...]
    issued: tuple[int, ...]
    published_in: str
    note: str
    doi: str
    arxiv_id: ArxivId | None
    version: int
    category: str
    url: str
    abstract: str

    @property
    def date(self) -> str:
        """What is known of the date as ISO 8601 writes it: `2023-06-09`, `2023-06`, `2023`."""
        return "-".join(f"{part:02}" for part in self.issued)


def reference_of(paper: Paper) -> Reference:
    """Return the reference of a paper; the date is that of its first version."""
    authors = tuple(person_of(author.name) for author in paper.authors)
    venue = "" if _ARXIV.search(paper.venue) else _plain(paper.venue)
    return Reference(
        key=_key(paper, authors),
        title=_plain(paper.title) or "Untitled",
        authors=authors,
        issued=paper.known_date,
        published_in=venue,
        note=_plain(paper.journal_reference),
        doi=_doi(paper),
        arxiv_id=paper.arxiv_id,
        version=paper.version,
        category=paper.primary_category or "",
        url=_url(paper),
        abstract=_plain(paper.abstract),
    )


@lru_cache(maxsize=8192)
def person_of(name: str) -> Person:
    """Return a printed name in its parts; what is not a person's name stays whole."""
    name = _plain(name)
    if is_collective(name):
        return Person(family=name, is_group=True)
    # Loaded with the first reference: it is large, and most processes write none for days.
    from nameparser import HumanName

    parsed = HumanName(name)
    given = " ".join(part for part in (parsed.first, parsed.middle) if part)
    if not parsed.last or not given:
        return Person(family=name)
    return Person(family=str(parsed.last), given=given, suffix=str(parsed.suffix))


def _plain(text: str) -> str:
    return " ".join(clean(to_unicode(text)).split())


def _key(paper: Paper, authors: tuple[Person, ...]) -> str:
    first = fold(authors[0].family if authors else _ANONYMOUS)
    name = _NOT_IN_KEYS.sub("", first.replace(".", "")) or _ANONYMOUS
    identifier = paper.arxiv_id or paper.doi or paper.openalex_id or paper.id or ""
    year = paper.dated_at.year if paper.dated_at else ""
    tail = _NOT_IN_KEYS.sub("-", str(identifier).lower()).strip("-.")
    return f"{name}{year}" + (f"-{tail}" if tail else "")


def _doi(paper: Paper) -> str:
    """Return the publisher's DOI, else arXiv's own in the letters that arXiv prints."""
    if paper.arxiv_id is None or paper.invented or paper.doi not in (None, paper.arxiv_id.doi):
        return str(paper.doi or "")
    return f"10.48550/arXiv.{paper.arxiv_id.unversioned}"


def _url(paper: Paper) -> str:
    if paper.invented:
        return ""
    if paper.arxiv_id:
        return paper.arxiv_id.url
    return paper.doi.url if paper.doi else ""
