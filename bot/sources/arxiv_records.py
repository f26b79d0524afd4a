"""Turns OAI-PMH answers of arXiv into papers, in its formats `arXivRaw` and `arXiv`."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NoReturn
from xml.parsers import expat

from bot.domain.feeds import ChangedPaper, RecordPage
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper, Version
from bot.errors import SourceChanged, TokenExpired
from bot.sources.arxiv_feed import parse_creators
from bot.sources.arxiv_parser import (
    Refused,
    is_withdrawn,
    parse_doi,
    parse_identifier,
    parse_moment,
    sort_categories,
    tidy,
)
from bot.sources.arxiv_xml import SOURCE, broken
from bot.text.codelinks import find_code_url
from bot.text.latex import to_unicode
from bot.text.names import is_name

logger = logging.getLogger(__name__)

_PROTOCOL = "http://www.openarchives.org/OAI/2.0/"
_ROOT = f"{_PROTOCOL} OAI-PMH"
_AUTHOR_PARTS = frozenset({"keyname", "forenames", "suffix", "affiliation"})


@dataclass(slots=True)
class _Record:
    """The leaves of one record; a name or version is a dictionary of its own parts."""

    deleted: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[dict[str, str]] = field(default_factory=list)
    versions: list[dict[str, str]] = field(default_factory=list)

    def open(self, leaf: str, attributes: dict[str, str]) -> None:
        """Note what begins within the record."""
        if leaf == "header":
            self.deleted = attributes.get("status") == "deleted"
        elif leaf == "author":
            self.authors.append({})
        elif leaf == "version":
            self.versions.append({"number": attributes.get("version", "")})

    def place_of(self, leaf: str) -> dict[str, str]:
        """Return what a leaf belongs to: the last version or author, else the record."""
        if leaf == "date" and self.versions:
            return self.versions[-1]
        if leaf in _AUTHOR_PARTS and self.authors:
            return self.authors[-1]
        return self.fields


class _Answer:
    """Collects the leaves of a document while it is parsed; text lies between two tags."""

    def __init__(self) -> None:
        self.records: list[_Record] = []
        self.fields: dict[str, str] = {}
        self.error = ""
        self._record: _Record | None = None
        self._chunks: list[str] = []

    def listen_to(self, parser: expat.XMLParserType) -> None:
        """Take what the parser reports from now on."""

        def first(name: str, _attributes: dict[str, str]) -> None:
            if name != _ROOT:
                raise SourceChanged(SOURCE, f"another kind of document ({name[:60]})")
            parser.StartElementHandler = self._start

        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = first
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chunks.append

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._chunks.clear()
        leaf = name.rpartition(" ")[2]
        if leaf == "record":
            self._record = _Record()
            self.records.append(self._record)
        elif leaf == "error":
            self.error = attributes.get("code") or "error"
        elif self._record is not None:
            self._record.open(leaf, attributes)

    def _end(self, name: str) -> None:
        leaf, text = name.rpartition(" ")[2], "".join(self._chunks).strip()
        self._chunks.clear()
        if leaf == "record":
            self._record = None
        elif text:
            fields = self.fields if self._record is None else self._record.place_of(leaf)
            fields.setdefault(leaf, text)


def parse_page(data: bytes, fetched_at: datetime | None = None) -> RecordPage:
    """Return the papers of a ListRecords or GetRecord answer; deleted records are left out.

    Raises TokenExpired where a resumption token is no longer taken, Refused for other errors of
    the protocol, SourceChanged for anything but one whole answer.
    """
    answer = _read(data)
    if answer.error == "noRecordsMatch":
        return RecordPage()
    if answer.error:
        _refuse(answer)
    if not answer.records:
        raise SourceChanged(SOURCE, "a list of records without a record")
    found = [_changed(record, fetched_at) for record in answer.records if not record.deleted]
    return RecordPage(
        papers=tuple(filter(None, found)),
        token=answer.fields.get("resumptionToken", ""),
        record_count=len(answer.records),
    )


def parse_identity(data: bytes) -> str:
    """Return the name that an Identify answer gives."""
    answer = _read(data)
    if answer.error:
        _refuse(answer)
    if not (name := tidy(answer.fields.get("repositoryName", ""))):
        raise SourceChanged(SOURCE, "an answer without the repository's name")
    return name


def _refuse(answer: _Answer) -> NoReturn:
    reason = tidy(answer.fields.get("error", ""))[:200] or answer.error
    if answer.error == "badResumptionToken":
        raise TokenExpired(SOURCE, reason)
    raise Refused(SOURCE, f"{answer.error}: {reason}")


def _read(data: bytes) -> _Answer:
    """Collect the leaves of one whole document without a DOCTYPE."""
    parser = expat.ParserCreate(encoding="UTF-8", namespace_separator=" ")
    parser.buffer_text = True
    answer = _Answer()
    answer.listen_to(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise broken(error) from error
    return answer


def _refuse_doctype(*_: object) -> NoReturn:
    # ArXiv sends none; what entities can do to a parser begins with one.
    raise SourceChanged(SOURCE, "an XML document with a DOCTYPE")


def _changed(record: _Record, fetched_at: datetime | None) -> ChangedPaper | None:
    """Return a record's paper, None where it names none: one such must not spoil a page of thousands."""
    get = record.fields.get
    identifier = parse_identifier(get("id", "") or get("identifier", "").rpartition(":")[2])
    title = tidy(get("title", ""))
    changed_on = _day(get("datestamp", ""))
    if identifier is None or not title or changed_on is None:
        logger.warning("record without identifier, title or day left out id=%s", get("identifier", "")[:60])
        return None
    arxiv_id = identifier[0]
    versions = _versions(record, arxiv_id)
    number = max((version.number for version in versions), default=1)
    abstract, comment = tidy(get("abstract", "")), tidy(get("comments", ""))
    categories, primary = sort_categories(get("categories", "").split())
    paper = Paper(
        arxiv_id=arxiv_id,
        doi=parse_doi(get("doi", "")),
        version=number,
        versions=versions,
        title=title,
        abstract=abstract,
        authors=_authors(record),
        primary_category=primary,
        categories=categories,
        submitted_at=next((one.submitted_at for one in versions if one.number == 1), None),
        updated_at=next((one.submitted_at for one in versions if one.number == number), None),
        comment=comment,
        journal_reference=tidy(get("journal-ref", "")),
        code_url=find_code_url(abstract, comment),
        withdrawn=is_withdrawn(abstract, comment),
        source=SOURCE,
        fetched_at=fetched_at,
    )
    return ChangedPaper(paper=paper, changed_on=changed_on)


def _versions(record: _Record, arxiv_id: ArxivId) -> tuple[Version, ...]:
    """Return the dated versions. The format `arXiv` gives one day without saying of which version:
    it is the first one's only where the identifier, given at announcement, is of about that day."""
    found = {}
    for version in record.versions:
        number, moment = version["number"].removeprefix("v"), _moment(version.get("date", ""))
        if number.isdecimal() and moment:
            found[int(number)] = Version(number=int(number), submitted_at=moment)
    created = _day(record.fields.get("created", ""))
    if not record.versions and created and _is_announced_about(arxiv_id, created):
        at = datetime(created.year, created.month, created.day, tzinfo=UTC)
        found[1] = Version(number=1, submitted_at=at)
    return tuple(found[number] for number in sorted(found))


def _is_announced_about(arxiv_id: ArxivId, day: date) -> bool:
    """Whether an identifier's month is that of the day, or of the days after it."""
    later = day + timedelta(days=7)
    return arxiv_id.year_month in ((day.year, day.month), (later.year, later.month))


def _authors(record: _Record) -> tuple[Authorship, ...]:
    if not record.authors:
        return parse_creators(record.fields.get("authors", ""))
    found = []
    for author in record.authors:
        parts = (author.get(part, "") for part in ("forenames", "keyname", "suffix"))
        if is_name(name := tidy(to_unicode(" ".join(filter(None, parts))))):
            place = tidy(author.get("affiliation", ""))
            found.append(Authorship(name=name, institutions=(place,) if place else ()))
    return tuple(found)


def _day(text: str) -> date | None:
    moment = parse_moment(text)
    return moment.date() if moment else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
