"""Papers to learn from, as a file of JSON lines holds them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from bot.domain.categories import archive_of
from bot.errors import HoopoeError

MONTHS = 12
_DATES = ("submitted_at", "announced_at", "submitted", "announced", "date")
_EARLIEST_YEAR = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A paper with what became of it.

    `moment` counts months from the year 0: that of its first version, or January where only a
    year is known (`monthly` says which). `field` is its primary category or venue, `archive` what that
    belongs to; both are empty where neither is known. `citations` is None where nobody counted.
    """

    title: str
    abstract: str
    authors: tuple[str, ...]
    field: str
    archive: str
    moment: int
    monthly: bool
    citations: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The records of a file, and a sentence for each line that could not be used."""

    records: tuple[Record, ...]
    faults: tuple[str, ...]


def read_records(file: Path, today: date) -> Reading:
    """Read JSON lines, gzipped or not; raise HoopoeError where the file itself cannot be read."""
    records: list[Record] = []
    faults: list[str] = []
    try:
        with _opened(file) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                record = _record(line, today)
                if isinstance(record, str):
                    faults.append(f"line {number:,}: {record}")
                else:
                    records.append(record)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise HoopoeError(
            f"{file} is damaged after {len(records):,} papers: {error}; get it again"
        ) from error
    return Reading(records=tuple(records), faults=tuple(faults))


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[bytes]]:
    with file.open("rb") as raw:
        compressed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not compressed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield cast("IO[bytes]", unpacked)


def _record(line: bytes, today: date) -> Record | str:
    """Return what a line holds, or what is wrong with it."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return "no JSON"
    if not isinstance(values, dict):
        return "no JSON object"
    found = record_of(values)
    if isinstance(found, Record) and found.moment > MONTHS * today.year + today.month - 1:
        return "a date in the future"
    return found


def record_of(values: dict[str, Any]) -> Record | str:
    """Return the record of a JSON object: category and date where it has both, else venue and year."""
    title = _text(values.get("title"))
    if not title:
        return "no title"
    category, moment = _category(values), _month(values)
    monthly = bool(category) and moment is not None
    if not monthly:
        moment = _year(values) if moment is None else moment - moment % MONTHS
    if moment is None:
        return "no year and no date"
    field = category if monthly else _text(values.get("venue")) or category
    return Record(
        title=title,
        abstract=_text(values.get("abstract")),
        authors=_names(values.get("authors")),
        field=field,
        archive=archive_of(field) if monthly else field,
        moment=moment,
        monthly=monthly,
        citations=_count(values.get("citations", values.get("citation_count"))),
    )


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    names = (item.get("name") if isinstance(item, dict) else item for item in value)
    return tuple(name for name in map(_text, names) if name)


def _category(values: dict[str, Any]) -> str:
    primary = _text(values.get("primary_category"))
    categories = values.get("categories")
    listed = categories.split() if isinstance(categories, str) else _names(categories)
    return primary or (listed[0] if listed else "")


def _month(values: dict[str, Any]) -> int | None:
    for name in _DATES:
        try:
            day = date.fromisoformat(_text(values.get(name))[:10])
        except ValueError:
            continue
        return MONTHS * day.year + day.month - 1
    return None


def _year(values: dict[str, Any]) -> int | None:
    year = values.get("year")
    if isinstance(year, str) and year.strip().isdecimal():
        year = int(year)
    if isinstance(year, bool) or not isinstance(year, int | float) or not _EARLIEST_YEAR <= year < 10_000:
        return None
    return MONTHS * int(year)


def _count(value: object) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**9:
        return None
    return int(value)
