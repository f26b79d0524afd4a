"""What a message changes of the last list: more conditions, fewer, another order, a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.services.conversation.conditions import is_category_like, take_conditions
from bot.services.conversation.hours import read_hours
from bot.text.folding import words
from bot.text.names import is_name_like

_ONLY = re.compile(
    r"(?:no,? )?(?:and )?(?:(?:what|how) about )?"
    r"(?:(?:restrict|narrow|limit|filter) (?:it|this|that|them|these|those)(?: down)? (?:to|by)"
    r"|(?:are there )?any|only|just|but|now|show)?(?: (?:only|just|show))?(?: me)?"
    r"(?: (?:those|the ones|papers|ones))?\s*(?P<rest>.*)",
    re.I,
)
_FIRST = r"(?: first| ones?| of (?:them|these|those))?"
_BY = (
    r"(?:(?:sort|order|rank)(?:ed)? (?:(?:it|this|that|them|these|those|the (?:list|papers|results)) )?)?by"
    r"(?: the)?"
)
_ORDERS: tuple[tuple[re.Pattern[str], Sort], ...] = (
    (
        re.compile(rf"(?:the )?(?:newest|latest|(?:most|more) recent|newer){_FIRST}|{_BY} date", re.I),
        Sort.NEWEST,
    ),
    (
        re.compile(
            rf"(?:the )?most (?:cited|citations){_FIRST}|{_BY} (?:number of )?citations?(?: counts?)?", re.I
        ),
        Sort.CITATIONS,
    ),
    (re.compile(rf"(?:the )?(?:best|top){_FIRST}|{_BY} score", re.I), Sort.SCORE),
    (re.compile(rf"(?:the )?most novel{_FIRST}|{_BY} novelty", re.I), Sort.NOVELTY),
)
_THEM = r"of (?:these|them|those)(?: papers)?"
_WHICH_OF_THEM = re.compile(
    rf"^(?:which(?: (?:ones?|papers?))?(?: {_THEM})?|what(?: one)? {_THEM})"
    r" (?:is|are|was|were|has|have|got) ",
    re.IGNORECASE,
)
_AMONG = r"(?:among|of|in|from) (?:these|them|those|this list|the list)"
_ABOUT = re.compile(
    r"(?:and )?(?:(?:only|just|but|show(?: me)?)(?: (?:those|the ones|papers|ones|these))?|those|the ones"
    rf"|which(?: ones?| papers)?(?: {_THEM})?(?: are)?"
    rf"|(?:is there |are there )?(?:any|something|anything|one)(?= .+ {_AMONG}$))"
    r"(?: that are)? (?:about|on|regarding|concerning|dealing with|mentioning) (?P<about>.+?)"
    rf"(?: {_AMONG})?",
    re.IGNORECASE,
)
_ABOUT_ALONE = re.compile(r"(?:(?:and|but|rather|only|just) )*about (?P<about>.+)", re.IGNORECASE)
_BY_WHOM = re.compile(
    r"(?:(?:and|only|just|but|now|show|me)[, ]+)*"
    r"(?P<ones>(?:the ones?|those|ones|which ones(?: are)?|papers(?= (?:co-?authored )?with\b)) )?"
    r"(?:that are )?(?:(?:co-?authored|written) )?(?P<how>with|by|from) (?P<name>.+)",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?-i:[A-Z])[^\W\d_]{2,}")
_EXCEPT = re.compile(
    r"(?:and |but )?(?:(?:without|except|not|no)(?: for)?(?: (?:those|the ones|papers|ones|any))?"
    r"(?: that are)? (?:about|on|mentioning)"
    r"|(?:without|except(?: for)?|but (?:no|not))(?! (?:code|score|novelty|a|the|any|in|on"
    r"|from)\b)(?=(?: [\w-]+){1,3}$)"
    r"|(?:excluding|exclude|leave out"
    r"|(?:remove|drop|hide|skip|filter out)(?! .+ (?:from|off) )(?= (?:the|all|any|those|ones)\b))"
    r"(?: (?:those|the ones|papers|ones|the|all|any))*(?: (?:about|on|mentioning))?)"
    r" (?P<about>.+)",
    re.IGNORECASE,
)
_GIVEN_UP: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = (
    (
        re.compile(r"(?:no,? )?(?:also |even )?(?:those |ones |papers )?(?:with or )?without code", re.I),
        {"has_code": False},
    ),
    (
        re.compile(r"(?:in |from |of )?(?:all|any|every) (?:other )?(?:categor(?:y|ies)|fields?)", re.I),
        {"category": None},
    ),
    (
        re.compile(
            r"(?:in |from |of |at )?(?:(?:all|any|every) (?:times?|years?|dates?)|(?:a )?longer(?: time)?)",
            re.I,
        ),
        {"since": None, "until": None, "announced_since": None},
    ),
    (
        re.compile(r"(?:with )?(?:any|no|without(?: a)?)(?: least)? (?:score|novelty)(?: or novelty)?", re.I),
        {"min_score": None, "min_novelty": None},
    ),
)
"""What takes a condition back, as an empty list suggests it, and what then changes."""

_OF_THEM = frozenset(words("papers ones those them these in from the please say maybe more recent newer"))
"""Words beside conditions that still speak of the list: more than these is a question of its own."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """The last list again, with other conditions, in another order, or `about` something besides.

    `without` says that this is what it is not to be about; `by` is somebody who is to have written it.
    """

    where: PaperFilter
    sort: Sort
    about: str = ""
    without: bool = False
    by: str = ""


def read_narrowed(said: str, last: ListRequest, today: date) -> Narrow | None:
    """Read conditions that come alone; what the list had besides stays."""
    rest = _rest(said)
    where, sort = last.where, last.sort
    for form, order in _ORDERS:
        if form.fullmatch(rest):
            return Narrow(where, order)
    for form, dropped in _GIVEN_UP:
        if form.fullmatch(rest):
            return Narrow(replace(where, **dropped), sort)
    is_search = last.shelf is None and last.similar_to is None
    if (
        (unwanted := "" if _NOT_OLDER.fullmatch(said) else _left_out(said))
        and is_search
        and (last.query or last.author)
        and not read_hours(said, today)
    ):
        return Narrow(where, sort, unwanted, without=True)
    if (whom := _whom(said)) and is_search and (last.query or last.author):
        return Narrow(where, sort, by=whom)
    if (about := _ABOUT.fullmatch(said) or _ABOUT_ALONE.fullmatch(said)) and is_search:
        return Narrow(where, sort, about["about"])
    left, more = take_conditions(rest, today)
    if more == PaperFilter() or not set(words(left)) <= _OF_THEM or not words(rest):
        return None
    since, until = more.since or where.since, more.until or where.until
    if since and until and since > until:
        # Another time than before, not a part of it.
        since, until = more.since, more.until
    return Narrow(
        replace(
            where,
            category=more.category or where.category,
            since=since,
            until=until,
            has_code=more.has_code or where.has_code,
            min_score=more.min_score or where.min_score,
            min_novelty=more.min_novelty or where.min_novelty,
        ),
        sort,
    )


_NOT_OLDER = re.compile(
    r"(?:(?:exclude|leave out|skip|drop|remove|without)"
    r" (?:anything|everything|those|papers|ones|the ones)|nothing|none)"
    r"(?: (?:that (?:is|are)|from))? (?:older than|before|earlier than) (?P<from>(?:19|20)\d\d)",
    re.IGNORECASE,
)


def _rest(said: str) -> str:
    """Return the conditions alone, without "only those" or "which of them have"."""
    if older := _NOT_OLDER.fullmatch(said):
        return f"since {older['from']}"
    said = said.removesuffix(" instead").removesuffix(" rather")
    found = _ONLY.fullmatch(said)
    rest = _WHICH_OF_THEM.sub("", found["rest"] if found else said)
    return f"with {rest}" if rest != said and rest.lower() == "code" else rest


def _whom(said: str) -> str:
    """Return who is to have written the papers; a family name alone must be said of "the ones"."""
    found = _BY_WHOM.fullmatch(said)
    if found is None:
        return ""
    is_surname = found["ones"] and (
        _SURNAME.fullmatch(found["name"]) or (found["how"].lower() == "by" and found["name"].isalpha())
    )
    return found["name"] if is_surname or is_name_like(found["name"]) else ""


def _left_out(said: str) -> str:
    """Return the words to be left out; a category can't be, and would only look so."""
    found = _EXCEPT.fullmatch(said)
    return found["about"] if found and not is_category_like(found["about"]) else ""
