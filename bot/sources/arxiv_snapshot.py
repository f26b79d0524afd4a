"""Turns lines of arXiv's metadata snapshot into papers.

The snapshot (https://www.kaggle.com/datasets/Cornell-University/arxiv) has one JSON object a line.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

import msgspec

from bot.domain.categories import is_within
from bot.domain.imports import EVERYTHING, Narrowing
from bot.domain.papers import Authorship, Paper, Version
from bot.sources.arxiv_feed import parse_creators
from bot.sources.arxiv_parser import (
    is_withdrawn,
    parse_doi,
    parse_identifier,
    sort_categories,
    tidy,
)
from bot.sources.arxiv_xml import SOURCE
from bot.text.codelinks import find_code_url
from bot.text.latex import to_unicode
from bot.text.names import is_name

_CENTURY_TURNS = 91
"""ArXiv began in 1991: two digits of a year from here on are of the last century."""

_USUAL = re.compile(r"[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEX = re.compile(r"[\\{~]")


class NoRecord(ValueError):
    """A line is no record of the snapshot; the message says why, `is_cut` whether it may go on."""

    def __init__(self, reason: str, *, is_cut: bool = False) -> None:
        """Keep the reason in words."""
        super().__init__(reason)
        self.is_cut = is_cut


class VersionJson(msgspec.Struct):
    """One version: `v1` and the moment it came, as in the header of a mail."""

    version: str = ""
    created: str = ""


class RecordJson(msgspec.Struct, rename={"journal_reference": "journal-ref"}):
    """One paper; what may be missing is null or left out."""

    id: str
    title: str
    abstract: str | None = None
    authors: str | None = None
    authors_parsed: list[list[str]] | None = None
    categories: str | None = None
    comments: str | None = None
    journal_reference: str | None = None
    doi: str | None = None
    versions: list[VersionJson] | None = None
    update_date: str | None = None


_decoder = msgspec.json.Decoder(RecordJson)


def parse_line(line: bytes, narrowing: Narrowing = EVERYTHING) -> Paper | None:
    """Return the paper of a line, None where it is not wanted; raise NoRecord for anything else.

    The date a record was last changed stands for the moment it was read: all it says was true then.
    """
    try:
        record = _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise NoRecord(_in_words(str(error))) from error
    except UnicodeDecodeError as error:
        raise NoRecord("not UTF-8") from error
    except RecursionError as error:
        raise NoRecord("nested too deeply") from error
    except msgspec.DecodeError as error:
        raise NoRecord("not a whole JSON object", is_cut=True) from error
    identifier = parse_identifier(record.id.strip())
    if identifier is None:
        raise NoRecord(f'"id" is no arXiv identifier ({record.id[:40]!a})')
    title = tidy(record.title)
    if not title:
        raise NoRecord('"title" is empty')
    listed, primary = sort_categories((record.categories or "").split())
    versions = _versions(record.versions or ())
    if not _is_wanted(narrowing, listed, versions, identifier[0].base):
        return None
    abstract, comment = tidy(record.abstract or ""), tidy(record.comments or "")
    return Paper(
        arxiv_id=identifier[0],
        doi=parse_doi(record.doi or ""),
        version=versions[-1].number if versions else 1,
        versions=versions,
        title=title,
        abstract=abstract,
        authors=_authors(record),
        primary_category=primary,
        categories=listed,
        submitted_at=_first(versions),
        updated_at=versions[-1].submitted_at if versions else None,
        comment=comment,
        journal_reference=tidy(record.journal_reference or ""),
        code_url=find_code_url(abstract, comment),
        withdrawn=is_withdrawn(abstract, comment),
        source=SOURCE,
        fetched_at=_day(record.update_date),
    )


def _is_wanted(
    narrowing: Narrowing, listed: tuple[str, ...], versions: tuple[Version, ...], base: str
) -> bool:
    wanted = narrowing.categories
    if wanted and not any(is_within(category, name) for category in listed for name in wanted):
        return False
    if narrowing.since is None and narrowing.until is None:
        return True
    first = _first(versions)
    year = first.year if first else _year_of(base)
    return (narrowing.since or year) <= year <= (narrowing.until or year)


def _first(versions: tuple[Version, ...]) -> datetime | None:
    return versions[0].submitted_at if versions and versions[0].number == 1 else None


def _year_of(base: str) -> int:
    """Return the year an identifier was given in: `2401.00001`, `hep-th/9901001`."""
    digits = int(base.rpartition("/")[2][:2])
    return digits + (1900 if digits >= _CENTURY_TURNS else 2000)


def _versions(listed: list[VersionJson] | tuple[()]) -> tuple[Version, ...]:
    """Return the versions that have a number and a date, each once, in order."""
    found = {}
    for version in listed:
        number, moment = version.version.removeprefix("v"), _moment(version.created)
        if moment is not None and number.isdecimal() and 0 < len(number) < 5 and int(number):
            found[int(number)] = Version(number=int(number), submitted_at=moment)
    return tuple(found[number] for number in sorted(found))


def _moment(text: str) -> datetime | None:
    """Return a mail's date (RFC 2822) in UTC, None where there is none."""
    try:
        if usual := _USUAL.fullmatch(text):
            # As all records have it; the library, which knows every form, takes five times as long.
            day, month, *rest = usual.groups()
            year, hour, minute, second = map(int, rest)
            return datetime(year, _MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=UTC)
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text or ""), time.min, UTC)
    except ValueError:
        return None


def _authors(record: RecordJson) -> tuple[Authorship, ...]:
    """Return the authors as printed; without the list of parts the one text is taken apart."""
    if not record.authors_parsed:
        return parse_creators(record.authors or "")
    # Family name, given names, suffix, and in old records an affiliation.
    names = [" ".join((*parts[1:2], *parts[:1], *parts[2:3])) for parts in record.authors_parsed]
    printed = (tidy(to_unicode(name) if _TEX.search(name) else name) for name in names)
    return tuple([Authorship(name=name) for name in printed if is_name(name)])


def _in_words(message: str) -> str:
    """Return what a JSON decoder found, as a person who looks at the line would say it."""
    reason, _, path = message.partition(" - at ")
    reason = reason.replace("Object missing required field", "no field").replace("`", '"')
    field = path.strip("`").removeprefix("$.")
    return f'"{field}": {reason[:1].lower()}{reason[1:]}' if field else reason[:1].lower() + reason[1:]
