"""Turns OpenAlex's JSON into authors and papers; any field may be missing or null."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.domain.authors import Author
from bot.domain.figures import YearCount
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid
from bot.domain.papers import Authorship, Paper
from bot.sources.json_values import count, figure, parse_day, parse_doi, tidy
from bot.text.folding import words
from bot.text.identifiers import find_paper_id

SOURCE = "OpenAlex"

_ARXIV_DOI = "10.48550/arxiv."
_DELETED = "Deleted Author"
_WORDS_AT_MOST = 20_000
_SCHEMES = re.compile(r"(?:pmh:)?oai:arXiv\.org:", re.IGNORECASE)


class Place(msgspec.Struct):
    """An institution, or the journal or repository that holds a work."""

    display_name: str | None = None
    type: str | None = None


class Affiliation(msgspec.Struct):
    """An institution of an author and the years it stands on papers."""

    institution: Place | None = None
    years: list[int] | None = None


class Numbers(msgspec.Struct):
    """The summary of an author's citations."""

    h_index: int | None = None
    i10_index: int | None = None


class YearJson(msgspec.Struct):
    """Works and citations of one year."""

    year: int | None = None
    works_count: int | None = None
    cited_by_count: int | None = None


class AuthorJson(msgspec.Struct):
    """A person, in full or as a work names them."""

    id: str | None = None
    orcid: str | None = None
    display_name: str | None = None
    display_name_alternatives: list[str] | None = None
    works_count: int | None = None
    cited_by_count: int | None = None
    summary_stats: Numbers | None = None
    last_known_institutions: list[Place] | None = None
    last_known_institution: Place | None = None
    affiliations: list[Affiliation] | None = None
    counts_by_year: list[YearJson] | None = None


class AuthorshipJson(msgspec.Struct):
    """One author of a work."""

    author: AuthorJson | None = None
    raw_author_name: str | None = None
    institutions: list[Place] | None = None


class Location(msgspec.Struct):
    """One place where a work can be read."""

    id: str | None = None
    landing_page_url: str | None = None
    pdf_url: str | None = None
    source: Place | None = None
    raw_source_name: str | None = None


class WorkJson(msgspec.Struct):
    """A work: a paper, a preprint, a book."""

    id: str | None = None
    doi: str | None = None
    title: str | None = None
    publication_date: str | None = None
    primary_location: Location | None = None
    locations: list[Location] | None = None
    authorships: list[AuthorshipJson] | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None
    cited_by_count: int | None = None


class CitingJson(WorkJson):
    """A work with what it cites."""

    referenced_works: list[str] | None = None


class CountJson(msgspec.Struct):
    """What a page says of the whole list."""

    count: int | None = None


class CitingWorksJson(msgspec.Struct):
    """A page of works with what they cite."""

    results: list[CitingJson]
    meta: CountJson | None = None


class WorksJson(msgspec.Struct):
    """A page of works."""

    results: list[WorkJson]


class AuthorsJson(msgspec.Struct):
    """A page of authors."""

    results: list[AuthorJson]


def to_author(raw: AuthorJson, now: datetime) -> Author | None:
    """Return the profile, None for a deleted or nameless one."""
    openalex_id = parse_openalex_id(raw.id)
    if openalex_id is None or not raw.display_name or raw.display_name == _DELETED:
        return None
    numbers = raw.summary_stats or Numbers()
    name = tidy(raw.display_name)
    return Author(
        name=name,
        aliases=_aliases(name, raw.display_name_alternatives or ()),
        openalex_id=openalex_id,
        orcid=_orcid(raw.orcid),
        institutions=_institutions(raw),
        h_index=figure(SOURCE, numbers.h_index, now),
        i10_index=figure(SOURCE, numbers.i10_index, now),
        paper_count=figure(SOURCE, raw.works_count, now),
        citation_count=figure(SOURCE, raw.cited_by_count, now),
        years=_years(raw.counts_by_year or ()),
        fetched_at=now,
    )


def cited_in(raw: CitingJson) -> frozenset[str]:
    """Return the ids of the works that a work cites."""
    return frozenset(url.rpartition("/")[2] for url in raw.referenced_works or ())


def to_paper(raw: WorkJson, now: datetime) -> Paper | None:
    """Return the work, None where it has no title: there is nothing to show of it."""
    openalex_id = parse_openalex_id(raw.id)
    title = tidy(raw.title or "")
    if openalex_id is None or not title:
        return None
    doi = parse_doi(raw.doi)
    arxiv_id = _arxiv_id(raw, doi)
    return Paper(
        arxiv_id=arxiv_id,
        # The DOI that arXiv registers says no more than the identifier.
        doi=None if doi and doi.value.startswith(_ARXIV_DOI) else doi,
        openalex_id=openalex_id,
        title=title,
        abstract=_abstract(raw.abstract_inverted_index or {}),
        authors=tuple(filter(None, map(_authorship, raw.authorships or ()))),
        submitted_at=parse_day(raw.publication_date),
        venue=_venue(raw),
        citation_count=figure(SOURCE, raw.cited_by_count, now),
        source=SOURCE,
        fetched_at=now,
    )


def parse_openalex_id(text: str | None) -> OpenAlexId | None:
    """Return the id at the end of `https://openalex.org/A5023888391`."""
    value = (text or "").rpartition("/")[2].upper()
    return OpenAlexId(value) if value[:1] in ("A", "W") and value[1:].isdigit() else None


def _authorship(raw: AuthorshipJson) -> Authorship | None:
    person = raw.author or AuthorJson()
    # As printed, unless that is in capitals or missing.
    printed = tidy(raw.raw_author_name or "")
    last, comma, first = printed.partition(", ")
    if comma and ", " not in first:
        printed = f"{first} {last}"
    name = printed if printed and not printed.isupper() else tidy(person.display_name or "") or printed
    if not name:
        return None
    places = (tidy(place.display_name or "") for place in raw.institutions or ())
    return Authorship(
        name=name,
        openalex_id=parse_openalex_id(person.id),
        institutions=tuple(dict.fromkeys(filter(None, places))),
    )


def _aliases(name: str, listed: Iterable[str]) -> tuple[str, ...]:
    """Return other forms of the name; profiles also list people they were confused with."""
    own = set(words(name))
    aliases = dict.fromkeys(map(tidy, listed))
    return tuple(alias for alias in aliases if alias != name and own.intersection(words(alias)))


def _institutions(raw: AuthorJson) -> tuple[str, ...]:
    """Return the current institutions, or those on the newest papers where none is called current."""
    former = [raw.last_known_institution] if raw.last_known_institution else []
    current = raw.last_known_institutions or former
    names = [place.display_name for place in current if place.display_name]
    if not names:
        dated = [
            (max(entry.years), entry.institution.display_name)
            for entry in raw.affiliations or ()
            if entry.years and entry.institution and entry.institution.display_name
        ]
        newest = max((year for year, _ in dated), default=0)
        names = [name for year, name in dated if year == newest]
    return tuple(dict.fromkeys(map(tidy, names)))


def _years(raw: Iterable[YearJson]) -> tuple[YearCount, ...]:
    """Return the years from the earliest to the latest, those without a count as zero."""
    known = {entry.year: entry for entry in raw if entry.year is not None and 1000 < entry.year < 3000}
    if not known:
        return ()
    counts = []
    for year in range(min(known), max(known) + 1):
        entry = known.get(year) or YearJson()
        counts.append(
            YearCount(
                year=year,
                papers=count(entry.works_count) or 0,
                citations=count(entry.cited_by_count) or 0,
            )
        )
    return tuple(counts)


def _abstract(index: dict[str, list[int]]) -> str:
    """Put an inverted index (each word with its positions) back into a sentence."""
    placed = sorted((position, word) for word, positions in index.items() for position in positions)
    return tidy(" ".join(text for _, text in placed[:_WORDS_AT_MOST]))


def _arxiv_id(raw: WorkJson, doi: Doi | None) -> ArxivId | None:
    """Return the arXiv identifier that the DOI or a place of the work names."""
    candidates = [str(doi)] if doi and doi.value.startswith(_ARXIV_DOI) else []
    for place in filter(None, (raw.primary_location, *(raw.locations or ()))):
        candidates += filter(None, (place.landing_page_url, place.pdf_url, place.id))
    for text in candidates:
        if "arxiv" in text.lower():
            found = find_paper_id(_SCHEMES.sub("arXiv:", text))
            if isinstance(found, ArxivId):
                return found.unversioned
    return None


def _venue(raw: WorkJson) -> str:
    """Return the journal or conference, not the repository that holds a copy."""
    for place in filter(None, (raw.primary_location, *(raw.locations or ()))):
        source = place.source
        if source and source.display_name and source.type != "repository":
            return tidy(source.display_name)
        named = place.raw_source_name or ""
        # Repositories put the address of the file there.
        if source is None and named and "arxiv" not in named.lower() and "://" not in named:
            return tidy(named)
    return ""


def _orcid(text: str | None) -> Orcid | None:
    value = (text or "").rpartition("/")[2].upper()
    return Orcid(value) if re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", value) else None
