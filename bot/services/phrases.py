"""The small parts of a sentence: courtesies, misspelled keywords, conditions on dates and code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import OSA

from bot.domain.categories import parse_category
from bot.domain.search import PaperFilter
from bot.text.dates import parse_range

_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w{1,40}:)\d{5,25}>|@(?:everyone|here)\b")
_BRACKETED_LINK = re.compile(r"<(https?://[^\s<>]+)>")
_QUOTES = str.maketrans("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a", '"""""\'\'\'')

_OPENING = re.compile(
    r"(?:"
    r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))\b(?: there)?(?: hoopoe| bot)?"
    r"|hoopoe(?=\s*[,:!.])|please|pls|plz|kindly|also|and|ok|okay|so"
    r"|(?:can|could|would|will) (?:you|i|we)(?: please| kindly| maybe)?(?: (?:see|have|get))?"
    r"|i(?:'d| would) (?:like|love)(?: to (?:see|know|read|find|have|get))?"
    r"|i (?:want|need|wish)(?: to (?:see|know|read|find|have|get))?"
    r"|i(?:'m| am) (?:looking|searching) for"
    r"|(?:show|give|get|send|fetch|bring)(?: me| us)"
    r"|(?:find|list|look)(?: me| us)?(?: up| for)?|lookup"
    r"|tell (?:me|us)(?: more| something)? about|what do you know about|do you (?:know|have)"
    r")(?:\s*[,!.:]+\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[\s,.!?]+(?:please|pls|plz|for (?:me|us)|thanks(?: a lot)?|thank you|thx|hoopoe))?[\s,.!?]*$",
    re.IGNORECASE,
)

_KEYWORDS = (
    "anything", "compare", "following", "follow", "hello", "latest", "paper", "papers", "publications",
    "resume", "search", "similar", "status", "subscribe", "thanks", "trending", "unfollow", "unsubscribe",
)  # fmt: skip
_OTHER_WORDS = frozenset({"fellow", "papery", "states", "tending", "presume", "compere", "hallo"})
_KEYWORDS_LOOKED_AT = 3


def clean(text: str) -> str:
    """Return a message's text alone: no mentions, no invisible characters, plain quotes, one line."""
    text = _BRACKETED_LINK.sub(r"\1", _MENTION.sub(" ", text.translate(_QUOTES)))
    kept = []
    for character in text:
        kind = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif kind not in ("Cc", "Cf", "Cs", "Co"):
            kept.append(character)
    return " ".join("".join(kept).split())


def without_courtesies(text: str) -> str:
    """Return what is asked, without how politely it is asked; never empty for a text."""
    while shorter := _OPENING.match(text):
        text = text[shorter.end() :]
    shorter_end = _CLOSING.sub("", text)
    return shorter_end or text


def respell(text: str) -> str:
    """Return the text with its misspelled keywords put right, looking at its first words only.

    A word further on may be part of a name, so it stays as it is.
    """
    tokens = text.split(" ")
    for position, token in enumerate(tokens[:_KEYWORDS_LOOKED_AT]):
        tokens[position] = _respelled(token)
    return " ".join(tokens)


def _respelled(token: str) -> str:
    word = token.lower()
    if len(word) < 5 or word in _KEYWORDS or word in _OTHER_WORDS:
        return token
    for keyword in _KEYWORDS:
        allowed = 2 if len(keyword) >= 9 else 1
        if word[0] == keyword[0] and OSA.distance(word, keyword, score_cutoff=allowed) <= allowed:
            return keyword
    return token


Taken = tuple[str, PaperFilter]
Taker = Callable[[str, PaperFilter, date], Taken | None]


def take_conditions(text: str, today: date) -> Taken:
    """Split conditions off the end of a text, in any order; return the rest and the conditions."""
    where = PaperFilter()
    takers: tuple[Taker, ...] = (_take_code, _take_lately, _take_dates, _take_category)
    taken: Taken | None = (text, where)
    while taken:
        text, where = taken
        padded = f" {text}"
        taken = next((found for take in takers if (found := take(padded, where, today))), None)
    return text, where


_CODE = re.compile(
    r"(?P<rest>.*)\s(?:that (?:has|have|come with|comes with)|which (?:has|have)|with|having|has|and)"
    r"\s(?:public |available |open |its |their )?(?:source )?code(?: (?:available|only|attached))?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:the )?(?:today|yesterday|(?:19|20)\d\d"
    r"|(?:this|last|past|previous) (?:\S+ )?(?:day|week|month|year)s?)",
    re.IGNORECASE,
)
_LATELY = re.compile(r"(?P<rest>.*)\s(?:recently|lately|so far|only|yet)", re.IGNORECASE)
_BOUNDS = ("since", "until", "before", "after", "between", "starting")
_SHORT_BOUNDS = ("from", "in", "during", "within", "over", "till", "on", "of")
_LONGEST_DATE = 7
"""Words in "between 1 May 2024 and 3 June", the longest form that is looked for."""


def _take_code(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    found = _CODE.fullmatch(text)
    return (found["rest"].strip(), replace(where, has_code=True)) if found else None


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
    chunk = re.sub(r" (?:on|onwards?)$", "", " ".join(tokens))
    if _PERIOD.fullmatch(chunk):
        return f"in {chunk}"
    first, _, rest = chunk.partition(" ")
    if first.lower() in _SHORT_BOUNDS:
        return chunk if rest else None
    for bound in _BOUNDS:
        if first.lower() == bound or (
            first[0].lower() == bound[0] and OSA.distance(first.lower(), bound) == 1
        ):
            return f"{bound} {rest}" if rest else None
    return None


_IN = re.compile(r"\s(?:in|from|on|under|for)\s(?:the category |category )?", re.IGNORECASE)


def _take_category(text: str, where: PaperFilter, today: date) -> Taken | None:  # noqa: ARG001 - a Taker
    if where.category:
        return None
    for found in re.finditer(
        r"\s(?:in|from|on|under|for)\s(?:the category |category )?", text, re.IGNORECASE
    ):
        code = read_category(text[found.end() :])
        if code:
            return text[: found.start()].strip(), replace(where, category=code)
    return None


def read_category(text: str) -> str | None:
    """Return the category or archive that a code or a whole name stands for, None where it is neither."""
    text = text.strip(" .,!?'\"")
    # Two letters of ordinary text ("AI", "IT") would be taken for the last part of a code.
    return parse_category(text) if text and not (text.isupper() and len(text) <= 2) else None
