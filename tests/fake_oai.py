"""Answers in the layout of arXiv's OAI-PMH program: pages of records, tokens, errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode
from xml.sax.saxutils import escape

from bot.sources.arxiv_oai import group_of, set_of

Record = Mapping[str, Any]

_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
    <responseDate>2026-11-23T15:23:36Z</responseDate>
    <request>http://oaipmh.arxiv.org/oai</request>
    {inside}
</OAI-PMH>
"""
_RECORD = """
    <record>
        <header>
            <identifier>oai:arXiv.org:{id}</identifier>
            <datestamp>{day}</datestamp>
            {sets}
        </header>
        <metadata>
            <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
                <id>{id}</id>
                <submitter>Somebody</submitter>
                {versions}
                <title>{title}</title>
                <authors>{authors}</authors>
                <categories>{categories}</categories>
                {comments}
                <license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>
                <abstract>{abstract}</abstract>
            </arXivRaw>
        </metadata>
    </record>
"""
_VERSION = '<version version="v{number}"><date>{date}</date><size>10kb</size></version>'
NO_RECORDS = _FRAME.format(inside="<error code='noRecordsMatch'>The list is empty.</error>").encode()
IDENTITY = _FRAME.format(inside="<Identify><repositoryName>arXiv</repositoryName></Identify>").encode()


@dataclass(frozen=True, slots=True)
class Changed:
    """A record of `data/arxiv_daily` as it stands after the day it was last changed on."""

    day: date
    record: Record
    versions: tuple[datetime, ...]


def announced(day: date, record: Record) -> Changed:
    """Return a record as its announcement leaves it, submitted in the morning of the day before."""
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC) - timedelta(days=1)
    return Changed(day, record, (moment,))


class FakeRecords:
    """Lists records by day, in pages of so many."""

    def __init__(self, *, page: int = 100) -> None:
        """Begin without records."""
        self.records: list[Changed] = []
        self.page = page

    @property
    def _today(self) -> date | None:
        """The day of the newest record: tokens end with the day."""
        return max((one.day for one in self.records), default=None)

    def answer(self, query: Mapping[str, str]) -> bytes:
        """Return what the service answers to a query, errors with the others."""
        if query.get("verb") == "Identify":
            return IDENTITY
        if query.get("verb") != "ListRecords":
            return _error("badVerb", "The value of the verb argument is not legal.")
        if token := query.get("resumptionToken"):
            query = dict(parse_qsl(unquote(token)))
            if query.pop("issued", "") != str(self._today):
                return _error("badResumptionToken", "The token is invalid or expired.")
        elif query.get("metadataPrefix") != "arXivRaw":
            return _error("cannotDisseminateFormat", "Only arXivRaw is made here.")
        return self._list(query)

    def _list(self, query: Mapping[str, str]) -> bytes:
        since, skip = date.fromisoformat(query["from"]), int(query.get("skip", "0"))
        wanted = query.get("set", "")
        found = [one for one in self.records if one.day >= since and (not wanted or wanted in _sets(one))]
        found.sort(key=lambda one: one.day)
        page = found[skip : skip + self.page]
        if not page:
            return NO_RECORDS
        inside = "".join(map(_render, page))
        if skip + self.page < len(found):
            rest = {**query, "skip": str(skip + self.page), "issued": str(self._today)}
            inside += f"<resumptionToken>{quote(urlencode(rest), safe='')}</resumptionToken>"
        elif skip:
            inside += "<resumptionToken/>"
        return _FRAME.format(inside=f"<ListRecords>{inside}</ListRecords>").encode()


def _sets(changed: Changed) -> set[str]:
    codes: Sequence[str] = changed.record["categories"]
    return {set_of(code) for code in codes} | {group_of(code) for code in codes}


def _render(changed: Changed) -> str:
    record = changed.record
    comment = record.get("comment")
    return _RECORD.format(
        id=record["arxiv_id"],
        day=changed.day,
        sets="".join(f"<setSpec>{set_of(code)}</setSpec>" for code in record["categories"]),
        versions="".join(
            _VERSION.format(number=number, date=format_datetime(moment, usegmt=True))
            for number, moment in enumerate(changed.versions, 1)
        ),
        title=escape(record["title"]),
        authors=escape(", ".join(record["authors"])),
        categories=" ".join(record["categories"]),
        comments=f"<comments>{escape(comment)}</comments>" if comment else "",
        abstract=escape(record["abstract"]),
    )


def _error(code: str, text: str) -> bytes:
    return _FRAME.format(inside=f"<error code='{code}'>{text}</error>").encode()
