"""Turns answers of arXiv's query API into papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NoReturn

from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship, Paper, Version
from bot.errors import SourceChanged
from bot.sources.arxiv_xml import SOURCE, Record, read_records
from bot.sources.exchange import Declined, Incomplete
from bot.text.codelinks import find_code_url
from bot.text.names import is_name

_IDENTIFIER = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]+)?/\d{7})(?:v([1-9]\d{0,3}))?")
# What a category looks like; MSC and ACM classes ("68T05", "I.2.7") may stand beside them.
_CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]+)?")
_NOTICE = 300
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission|work|preprint|note|version)\s+(?:has|have|is|was)"
    r"\s+(?:\w+\s+){0,2}withdrawn|^\W*withdrawn\b",
    re.IGNORECASE,
)


class Refused(Declined):
    """ArXiv answered with its error feed; the reason is its own sentence."""


def parse_papers(data: bytes, fetched_at: datetime | None = None) -> tuple[Paper, ...]:
    """Return the papers of a query API's answer, as many as it counts, in its order."""
    papers: list[Paper] = []

    def emit(record: Record) -> None:
        papers.append(_paper(record, fetched_at))

    header = read_records(data, emit)
    _check_count(header.fields, len(papers))
    return tuple(papers)


def _check_count(fields: Mapping[str, str], found: int) -> None:
    """Raise where the page is shorter than what the answer says of itself."""
    if "total" not in fields:
        if found:
            return
        raise SourceChanged(SOURCE, "a feed that is no answer to a query")
    try:
        total, start = int(fields["total"]), int(fields.get("start", "0"))
        page = int(fields.get("page", str(total)))
    except ValueError as error:
        raise SourceChanged(SOURCE, "counts that are no numbers") from error
    expected = max(min(page, total - start), 0)
    if found < expected:
        raise Incomplete(SOURCE, f"{found} entries where the answer counts {expected}")


def _paper(record: Record, fetched_at: datetime | None) -> Paper:
    fields = record.fields
    get = fields.get
    identifier = parse_identifier(get("id", "").partition("/abs/")[2])
    title = tidy(get("title", ""))
    if identifier is None or not title:
        _refuse(fields)
    arxiv_id, number = identifier
    published, updated = get("published", ""), get("updated", "")
    submitted_at = parse_moment(published)
    updated_at = submitted_at if updated == published else parse_moment(updated)
    abstract = tidy(get("summary", ""))
    comment = tidy(get("comment", ""))
    categories, primary = sort_categories(record.categories, get("primary", ""))
    return Paper(
        arxiv_id=arxiv_id,
        doi=parse_doi(get("doi", "")),
        version=number,
        versions=_versions(number, submitted_at, updated_at),
        title=title,
        abstract=abstract,
        authors=_authors(record),
        primary_category=primary,
        categories=categories,
        submitted_at=submitted_at,
        updated_at=updated_at,
        comment=comment,
        journal_reference=tidy(get("journal_reference", "")),
        code_url=find_code_url(abstract, comment),
        withdrawn=is_withdrawn(abstract, comment),
        source=SOURCE,
        fetched_at=fetched_at,
    )


def _refuse(fields: Mapping[str, str]) -> NoReturn:
    if "api/errors" in fields.get("id", ""):
        raise Refused(SOURCE, tidy(fields.get("summary", ""))[:200])
    raise SourceChanged(SOURCE, "an entry without identifier or title")


def _versions(number: int, submitted_at: datetime | None, updated_at: datetime | None) -> tuple[Version, ...]:
    """Return the versions whose dates the entry gives: the first, and the one it describes."""
    first = (Version(number=1, submitted_at=submitted_at),) if submitted_at else ()
    if number == 1 or updated_at is None:
        return first
    return (*first, Version(number=number, submitted_at=updated_at))


def _authors(record: Record) -> tuple[Authorship, ...]:
    names = record.names
    together = "|".join(names)
    if "  " in together or not together.isprintable():
        names = list(map(tidy, names))
    if not record.affiliations:
        return tuple([Authorship(name=name) for name in names if is_name(name)])
    places: dict[int, list[str]] = {}
    for count, place in record.affiliations:
        places.setdefault(count, []).append(tidy(place))
    return tuple(
        Authorship(name=name, institutions=tuple(filter(None, places.get(count, ()))))
        for count, name in enumerate(names, 1)
        if is_name(name)
    )


def parse_identifier(text: str) -> tuple[ArxivId, int] | None:
    """Return the identifier and its version, 1 where none is given; subject classes are dropped."""
    match = _IDENTIFIER.fullmatch(text)
    if match is None:
        return None
    base, version = match.groups()
    if "/" in base:
        archive, _, number = base.partition("/")
        base = f"{archive.partition('.')[0]}/{number}"
    return ArxivId(base), int(version) if version else 1


def parse_doi(text: str) -> Doi | None:
    """Return the first DOI of the field; some papers carry several."""
    value = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    return Doi(value) if value.startswith("10.") and "/" in value else None


def parse_moment(text: str) -> datetime | None:
    """Return an RFC 3339 date in UTC, None where there is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is UTC:
        return moment
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def tidy(text: str) -> str:
    """Return text with single spaces between words; line breaks are only layout here."""
    # Nearly every text is in order already, and looking is cheaper than splitting.
    if "\n" in text:
        text = text.replace("\n", " ")
    if "\t" in text or "\r" in text or not (text.isascii() or text.isprintable()):
        return " ".join(text.split())
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def sort_categories(listed: list[str], primary: str = "") -> tuple[tuple[str, ...], str | None]:
    """Return the arXiv categories, the primary one first and once more by itself."""
    if primary and (not listed or listed[0] != primary):
        listed = [primary, *listed]
    found = _known(tuple(listed))
    return found, found[0] if found else None


@lru_cache(maxsize=4096)
def _known(listed: tuple[str, ...]) -> tuple[str, ...]:
    codes = dict.fromkeys(map(str.strip, listed))
    return tuple(code for code in codes if _CATEGORY.fullmatch(code))


def is_withdrawn(abstract: str, comment: str) -> bool:
    """Whether the comment, or the beginning of the abstract, says that the paper is withdrawn."""
    start = abstract[:_NOTICE]
    if "ithdrawn" not in comment and "ithdrawn" not in start:
        return False
    return any(_WITHDRAWN.search(text) for text in (start, comment))
