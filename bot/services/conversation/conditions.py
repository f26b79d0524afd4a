"""Conditions at the end of a sentence: dates, a category, code, least numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import OSA

from bot.domain.categories import ARCHIVES, parse_category
from bot.domain.search import PaperFilter
from bot.services.conversation.phrases import content
from bot.text.dates import parse_range

Taken = tuple[str, PaperFilter]
Taker = Callable[[str, PaperFilter, date], Taken | None]


def take_conditions(text: str, today: date) -> Taken:
    """Split conditions off the end of a text, in any order; return the rest and the conditions."""
    where = PaperFilter()
    takers: tuple[Taker, ...] = (_take_code, _take_least, _take_lately, _take_dates, _take_category)
    taken: Taken | None = (text, where)
    while taken:
        text, where = taken[0].rstrip(" ,;"), taken[1]
        padded = f" {text}"
        taken = next((found for take in takers if (found := take(padded, where, today))), None)
        if taken and _NOT.search(taken[0]):
            break
    return text, where


def without_dates(where: PaperFilter) -> PaperFilter:
    """Return conditions for what is yet to come: what is followed begins now."""
    return replace(where, since=None, until=None)


_BETWEEN = re.compile(
    r"(?P<papers>.*?\b(?:papers|publications|preprints|articles|new|news|anything|everything))"
    r" (?P<between>.+?) (?P<rest>(?:about|on|regarding|concerning|by) .+)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"\b(?P<when>today|yesterday|(?:this|last) (?:week|month|year))'?s (?P<rest>.+)", re.IGNORECASE
)
_ON_ARXIV = re.compile(
    r"\b(papers?|preprints?|articles?|new|news|newest|latest|posted|published|today|yesterday|week|month|year)"
    r" (?:on|from|in|to) (?:the )?arxiv(?:\.org)?(?=$|[ ,.?!])",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"^(?P<when>(?:19|20)\d\d) (?P<rest>(?:papers|publications|preprints|articles)\b.*)", re.IGNORECASE
)


def conditions_last(text: str, today: date) -> str:
    """Return the text with its conditions at the end: "papers since 2024 about x", "today's papers"."""
    text = _ON_ARXIV.sub(r"\1", text)
    text = _FIRST.sub(r"\g<rest> \g<when>", _POSSESSIVE.sub(r"\g<rest> \g<when>", text))
    found = _BETWEEN.fullmatch(text)
    if found is None:
        return text
    left, where = take_conditions(found["between"], today)
    if content(left) or where == PaperFilter():
        return text
    return f"{found['papers']} {found['rest']} {found['between'].removeprefix(left)}"


_CODE = re.compile(
    r"(?P<rest>.*?)(?:,?\sbut)?(?:\s(?:only|just))?"
    r"\s(?:that (?:has|have|come with|comes with)|which (?:has|have)|with|having|has|and)"
    r"\s(?:public |available |open |its |their )?(?:source )?code(?: (?:available|only|attached))?",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?:the )?(?:today|yesterday|day before yesterday|{_YEAR}"
    r"|(?:this|last|past|previous) \S+(?: \S+){0,3}"
    r"|(?:\S+ ){1,3}ago|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:quarter|half) .+"
    rf"|(?:around|circa|ca\.?|roughly) {_YEAR}|{_YEAR}-?ish"
    rf"|[qh][1-4] (?:of )?{_YEAR}|{_YEAR}[ -]?q[1-4]|(?:early|mid|late)[ -]{_YEAR}"
    rf"|(?:spring|summer|autumn|fall|winter) (?:of )?{_YEAR}(?:/\d+)?)",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"{_YEAR}(?: ?[-/\u2013] ?| (?:to|until|till|through|and|or) )(?:{_YEAR}|\d\d)"
    rf"|{_YEAR} (?:onwards?|(?:and|or) (?:later|newer))|{_YEAR} ?[-\u2013]|[-\u2013]{_YEAR}"
    rf"|(?:[<>]=? ?|(?:pre|post)[- ]){_YEAR}"
    r"|pre[- ](?:covid|pandemic)",
    re.IGNORECASE,
)
_LATELY = re.compile(r"(?P<rest>.*)\s(?:recently|lately|so far|only|yet)", re.IGNORECASE)
_BOUNDS = ("since", "until", "before", "after", "between", "starting")
_LONG_BOUND = re.compile(
    r"(?:(?:not|no) )?(?:newer|later|older|earlier|more recent) than .+|(?:up|prior) to .+"
    r"|not (?:before|after) .+",
    re.IGNORECASE,
)
_APPEARED = frozenset(
    {"appeared", "published", "posted", "submitted", "released", "written", "announced", "uploaded"}
)
_SHORT_BOUNDS = ("from", "in", "during", "within", "over", "till", "on", "of")
_LONGEST_DATE = 8
"""Words in "between 1 May 2024 and 3 June 2024", the longest form that is looked for."""


def _take_code(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    rest, has_code = take_code(text)
    return (rest, replace(where, has_code=True)) if has_code else None


def take_code(text: str) -> tuple[str, bool]:
    """Split "with code" off the end of a text; say whether it was there."""
    found = _CODE.fullmatch(text)
    return (found["rest"].strip(), True) if found else (text, False)


_LEAST = re.compile(
    r"(?P<rest>.*?)(?:,?\s(?:with|having|that have|which have|and|whose)){0,3}(?:\s(?:a|an|the|their))?"
    r"\s(?:(?:forecast|impact) )?(?P<what>score|scored|scoring|forecast|impact|novelty)(?: is| of)?"
    r"\s(?:above|over|at least|of at least|from|>=?|more than|greater than|higher than|min(?:imum)?\.?)"
    r" ?(?P<least>\d{1,2})(?: ?%| and more| or more)?",
    re.IGNORECASE,
)


def _take_least(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    """Take "with a score above 80" or "novelty over 60"; the number itself counts in."""
    found = _LEAST.fullmatch(text)
    if found is None:
        return None
    rest, least = found["rest"].strip(), max(int(found["least"]), 1)
    if found["what"].lower() == "novelty":
        return rest, replace(where, min_novelty=least)
    return rest, replace(where, min_score=least)


def _take_lately(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    found = _LATELY.fullmatch(text)
    return (found["rest"].strip(), where) if found else None


def _take_dates(text: str, where: PaperFilter, today: date) -> Taken | None:
    """Take "since May 2025", "before 2023" or "this week"; the first word may be misspelled."""
    if where.since or where.until:
        return None
    tokens = text.split()
    for start in range(max(len(tokens) - _LONGEST_DATE, 0), len(tokens)):
        chunk = _as_dates(tokens[start:])
        if chunk and (found := parse_range(chunk, today)):
            since, until = found
            return " ".join(tokens[:start]), replace(where, since=since, until=until)
    return None


def _as_dates(tokens: list[str]) -> str | None:
    """Return words as a range of dates would be written, None where they can't be one."""
    if len(tokens) > 1 and tokens[0].lower() == "and" and tokens[1].lower() in _APPEARED:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].lower() in _APPEARED:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].lower() == "from" and tokens[1].lower() in _BOUNDS:
        tokens = tokens[1:]
    chunk = " ".join(tokens)
    if _PERIOD.fullmatch(chunk):
        return f"in {chunk}"
    if _YEARS.fullmatch(chunk):
        return chunk
    if _LONG_BOUND.fullmatch(chunk):
        return chunk
    first, _, rest = chunk.partition(" ")
    if first.lower() in _SHORT_BOUNDS:
        return chunk if rest else None
    for bound in _BOUNDS:
        if first.lower() == bound or (
            first[0].lower() == bound[0] and OSA.distance(first.lower(), bound) == 1
        ):
            return f"{bound} {rest}" if rest else None
    return None


_NOT = re.compile(
    r"(?:not|except|without|excluding|exclude)(?: (?:the )?(?:ones|those|papers|any))?$", re.IGNORECASE
)
"""What makes the opposite of a condition behind it."""

_IN = re.compile(r"\s(?:in|from|on|under|for)\s(?:the category |category )?", re.IGNORECASE)
_CODE_OF_CATEGORY = re.compile(
    rf"(?:{'|'.join(ARCHIVES)})\.[a-z-]{{2,8}}|{'|'.join(code for code in ARCHIVES if '-' in code)}",
    re.IGNORECASE,
)


_LONGEST_NAME = 80
"""Characters that a category's name may have, with what stands before it."""


def _take_category(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    if where.category:
        return None
    rest, _, last = text.rpartition(" ")
    if (
        is_category_like(last)
        and (code := read_category(last))
        and not _IN.search(f"{text[-len(last) - 6 :]} ")
    ):
        return rest.strip(), replace(where, category=code)
    for found in _IN.finditer(text, max(len(text) - _LONGEST_NAME, 0)):
        code = read_category(text[found.end() :])
        if code:
            return text[: found.start()].strip(), replace(where, category=code)
    return None


def read_category(text: str) -> str | None:
    """Return the category or archive that a code or a whole name stands for, None where it is neither."""
    text = text.strip(" .,!?'\"")
    # Two letters of ordinary text ("AI", "IT") would be taken for the last part of a code.
    return parse_category(text) if text and not (text.isupper() and len(text) <= 2) else None


def is_category_like(text: str) -> bool:
    """Say whether a text is written as a category's code is, whether or not there is such a category."""
    return _CODE_OF_CATEGORY.fullmatch(text.strip(" .,!?")) is not None
