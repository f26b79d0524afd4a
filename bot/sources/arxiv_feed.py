"""Turns arXiv's announcement feeds, Atom or RSS, into what one mailing lists."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bot.domain.feeds import Feed, FeedItem, Validators
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.errors import SourceChanged
from bot.sources.arxiv_parser import (
    Refused,
    is_withdrawn,
    parse_doi,
    parse_identifier,
    parse_moment,
    sort_categories,
    tidy,
)
from bot.sources.arxiv_xml import SOURCE, Record, read_records
from bot.text.codelinks import find_code_url
from bot.text.latex import to_unicode
from bot.text.names import is_collective, is_name

logger = logging.getLogger(__name__)

LIMIT = 2000
"""Items that a feed holds at most; a feed of that length has lost papers, new ones first."""

_NEW_YORK = ZoneInfo("America/New_York")
_PREFIX = re.compile(r"\s*arXiv:\s*(?P<id>\S+)\s+Announce Type:\s*(?P<type>[\w-]+)\s*(?:Abstract:)?\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_FIRST_LISTINGS = frozenset({AnnounceType.NEW, AnnounceType.CROSS})


def parse_feed(
    data: bytes,
    categories: Sequence[str],
    *,
    validators: Validators,
    fetched_at: datetime | None = None,
) -> Feed:
    """Return the mailing that an answer of the feed program lists; an empty one is valid."""
    items: list[FeedItem] = []
    unread: list[SourceChanged] = []
    moments: list[datetime] = []

    def emit(record: Record) -> None:
        dated = _believed(_moment(record.fields.get("published", "")), fetched_at)
        if dated:
            moments.append(dated)
        try:
            items.append(_item(record, dated, fetched_at))
        except SourceChanged as error:
            # One such must not keep hundreds of papers back.
            unread.append(error)

    header = read_records(data, emit)
    title = tidy(header.fields.get("title", ""))
    if title.startswith("Feed error"):
        raise Refused(SOURCE, tidy(header.fields.get("summary", ""))[:200])
    if unread and not items:
        raise unread[0]
    if not items and "updates on arxiv" not in title.lower():
        raise SourceChanged(SOURCE, "a feed that is no announcement")
    if unread:
        logger.warning(
            "items left out count=%d categories=%s reason=%s",
            len(unread),
            "+".join(categories),
            unread[0].reason,
        )
    return Feed(
        categories=tuple(categories),
        dated=max(moments) if moments else _believed(_day_of(header), fetched_at),
        items=tuple(items),
        validators=validators,
        unread=len(unread),
        full=len(items) + len(unread) >= LIMIT,
    )


def _believed(dated: datetime | None, fetched_at: datetime | None) -> datetime | None:
    """Return a mailing's date, None for one that lies further ahead than the next mailing."""
    if dated and fetched_at and dated - fetched_at > timedelta(days=1):
        return None
    return dated


def _day_of(header: Record) -> datetime | None:
    """Return the midnight in New York at which a feed without items was built."""
    published = _moment(header.fields.get("published", ""))
    built = _moment(header.fields.get("updated", ""))
    if published or built is None:
        return published
    day = built.astimezone(_NEW_YORK).date()
    return datetime.combine(day, time.min, _NEW_YORK).astimezone(UTC)


def _moment(text: str) -> datetime | None:
    """Return Atom's or RSS's form of a date, in UTC."""
    moment = parse_moment(text)
    if moment or not text.strip():
        return moment
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _item(record: Record, dated: datetime | None, fetched_at: datetime | None) -> FeedItem:
    get = record.fields.get
    summary = get("summary", "")
    prefix = _PREFIX.match(summary)
    identifier = parse_identifier(get("id", "").rpartition(":")[2])
    if identifier is None and prefix:
        identifier = parse_identifier(prefix["id"])
    title = tidy(get("title", ""))
    if not identifier or not title:
        raise SourceChanged(SOURCE, "a feed's item without identifier or title")
    announced = _announce_type(get("announce_type", "").strip() or (prefix["type"] if prefix else ""))
    abstract = tidy(summary[prefix.end() :] if prefix else summary)
    categories, primary = sort_categories(record.categories)
    paper = Paper(
        arxiv_id=identifier[0],
        doi=parse_doi(get("doi", "")),
        version=identifier[1],
        title=title,
        abstract=abstract,
        authors=parse_creators(get("creator", "")),
        primary_category=primary,
        categories=categories,
        # A replacement says nothing about the day on which the paper was first listed.
        announced_at=dated if announced in _FIRST_LISTINGS else None,
        journal_reference=tidy(get("journal_reference", "")),
        code_url=find_code_url(abstract),
        withdrawn=is_withdrawn(abstract, ""),
        source=SOURCE,
        fetched_at=fetched_at,
    )
    return FeedItem(paper=paper, announce_type=announced)


def _announce_type(text: str) -> AnnounceType:
    try:
        return AnnounceType(text)
    except ValueError as error:
        raise SourceChanged(SOURCE, f"unknown announce type ({text[:40]})") from error


def parse_creators(text: str) -> tuple[Authorship, ...]:
    """Return the authors of a feed's one string: "A. Smith, B. Jones Jr, and C. Lee (MIT)"."""
    names: list[str] = []
    for part in _split(tidy(text)):
        if names and _SUFFIX.fullmatch(part):
            names[-1] = f"{names[-1]} {part}"
        else:
            names.extend(_split_pair(part))
    return tuple(filter(None, map(_authorship, names)))


def _split(text: str) -> list[str]:
    """Split at commas and semicolons that stand in no parentheses and no braces of TeX."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth = max(depth - 1, 0)
        elif character in ",;" and not depth:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _split_pair(part: str) -> list[str]:
    """Split "A. Smith and B. Jones", but not the name of a collaboration that has an "and" in it."""
    part = part.removeprefix("and ").removeprefix("& ").strip()
    collective, colon, rest = part.partition(":")
    if colon:
        # "the X Collaboration: A. Smith" begins the list of its members.
        return [collective, *_split_pair(rest)]
    return [part] if is_collective(part) else re.split(r"\s+(?:and|&)\s+", part)


def _authorship(name: str) -> Authorship | None:
    aside = _ASIDE.search(name)
    name = name[: aside.start()] if aside else name
    if "\\" in name or "$" in name or "{" in name:
        name = tidy(to_unicode(name))
    if not is_name(name):
        return None
    # Numbers in parentheses point into a list of places that the feed leaves out.
    place = aside[1].strip() if aside else ""
    places = (place,) if any(character.isalpha() for character in place) else ()
    return Authorship(name=name.strip(), institutions=places)
