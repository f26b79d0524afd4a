"""What is kept where two sources, or two versions, speak of the same paper or person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import Doi
from bot.domain.papers import Authorship, Paper
from bot.storage.paper_rows import arxiv_id_in
from bot.text.names import name_key

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def merge_papers(old: Paper, new: Paper) -> Paper:
    """Return one paper: unknown never overwrites known, and of two texts the better one stays.

    arXiv's text wins over other sources', a newer version's over an older one's, the later read
    over the earlier.
    """
    lead, other = (new, old) if _rank(new) >= _rank(old) else (old, new)
    versions = {version.number: version for version in (*other.versions, *lead.versions)}
    return replace(
        lead,
        id=old.id,
        arxiv_id=lead.arxiv_id or other.arxiv_id,
        doi=_doi(lead.doi, other.doi),
        openalex_id=new.openalex_id or old.openalex_id,
        versions=tuple(versions[number] for number in sorted(versions)),
        title=lead.title or other.title,
        abstract=lead.abstract or other.abstract,
        authors=_authors(lead.authors, other.authors),
        primary_category=lead.primary_category or other.primary_category,
        categories=lead.categories or other.categories,
        submitted_at=lead.submitted_at or other.submitted_at,
        updated_at=lead.updated_at or other.updated_at,
        announced_at=old.announced_at or new.announced_at,
        comment=lead.comment or other.comment,
        journal_reference=lead.journal_reference or other.journal_reference,
        venue=new.venue or old.venue,
        code_url=lead.code_url or other.code_url,
        citation_count=_newer(old.citation_count, new.citation_count),
        summary=new.summary or old.summary,
        summary_source=new.summary_source if new.summary else old.summary_source,
        scores=_scores(old.scores, new.scores),
        fetched_at=max(filter(None, (old.fetched_at, new.fetched_at)), default=None),
    )


def merge_authors(old: Author, new: Author) -> Author:
    """Return one profile: the later read wins, but unknown never overwrites known."""
    aliases = dict.fromkeys((*new.aliases, *old.aliases, old.name))
    aliases.pop(new.name, None)
    return replace(
        new,
        id=old.id,
        aliases=tuple(aliases),
        openalex_id=new.openalex_id or old.openalex_id,
        orcid=new.orcid or old.orcid,
        primary_category=new.primary_category or old.primary_category,
        institutions=new.institutions or old.institutions,
        h_index=_newer(old.h_index, new.h_index),
        i10_index=_newer(old.i10_index, new.i10_index),
        paper_count=_newer(old.paper_count, new.paper_count),
        citation_count=_newer(old.citation_count, new.citation_count),
        years=new.years or old.years,
        scores=_scores(old.scores, new.scores),
        fetched_at=max(filter(None, (old.fetched_at, new.fetched_at)), default=None),
    )


def _rank(paper: Paper) -> tuple[bool, int, datetime]:
    return paper.source.casefold().startswith("arxiv"), paper.version, paper.fetched_at or _LONG_AGO


def _doi(lead: Doi | None, other: Doi | None) -> Doi | None:
    """Prefer a publisher's DOI to the one that arXiv gives to every paper."""
    known = [doi for doi in (lead, other) if doi is not None]
    return min(known, key=lambda doi: arxiv_id_in(doi.value) is not None, default=None)


def _authors(lead: tuple[Authorship, ...], other: tuple[Authorship, ...]) -> tuple[Authorship, ...]:
    """Return the better list of names, with what the other knows of the same people."""
    if not lead or not other:
        return lead or other
    by_key = {name_key(author.name): author for author in other}
    in_step = len(lead) == len(other)
    merged = []
    for position, author in enumerate(lead):
        twin = by_key.get(name_key(author.name))
        if twin is None and in_step and _share_a_word(author.name, other[position].name):
            twin = other[position]
        if twin is not None:
            author = replace(
                author,
                openalex_id=author.openalex_id or twin.openalex_id,
                institutions=author.institutions or twin.institutions,
            )
        merged.append(author)
    return tuple(merged)


def _share_a_word(one: str, other: str) -> bool:
    """Say whether two names have a written-out word in common, enough for one place of one list."""
    words = set(name_key(one).split()) & set(name_key(other).split())
    return any(len(word) > 1 for word in words)


def _newer(old: Figure | None, new: Figure | None) -> Figure | None:
    if old is None or new is None:
        return new or old
    return new if new.as_of >= old.as_of else old


def _scores(old: tuple[SourceScore, ...], new: tuple[SourceScore, ...]) -> tuple[SourceScore, ...]:
    newest = {(score.source, score.label): score for score in old}
    for score in new:
        known = newest.get((score.source, score.label))
        if known is None or score.as_of >= known.as_of:
            newest[score.source, score.label] = score
    return tuple(newest.values())
