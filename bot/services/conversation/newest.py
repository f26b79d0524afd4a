"""What asks for no subject: news of a category, of a time, or another order of all there is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.categories import ARCHIVES, parse_category
from bot.domain.search import PaperFilter, Sort
from bot.services.conversation.conditions import is_category_like, take_conditions
from bot.services.conversation.phrases import NEWS, PAPERS, content
from bot.services.conversation.wishes import NewIn, Say, Wish
from bot.text.folding import words


def read_new(text: str, today: date) -> Wish | None:
    """Read what asks for nothing but a category, a time, an order or news, in whatever words."""
    rest, where = take_conditions(text, today)
    rest, sort = take_order(rest)
    rest = rest.strip().removesuffix("first") if sort else rest
    is_news = not NEWS.isdisjoint(words(rest))
    tokens = rest.split()
    codes = [one for one in tokens if is_category_like(one) or one in ARCHIVES]
    # Two capitals may stand for a category where nothing else is said: "new in AI".
    codes += [
        one for one in tokens[-1:] if is_news and one.isupper() and len(one) == 2 and parse_category(one)
    ]
    if content(" ".join(one for one in tokens if one not in codes)):
        return None
    codes += [where.category] if where.category else []
    if len(codes) > 1:
        return Say("one category")
    if not {"best", "top"}.isdisjoint(words(rest)):
        sort = sort or Sort.CITATIONS
    if codes or is_news or sort or where != PaperFilter():
        category = parse_category(codes[0]) or codes[0] if codes else None
        return NewIn(replace(where, category=category), sort or Sort.NEWEST)
    return None


def take_order(text: str) -> tuple[str, Sort | None]:
    """Split off the words that ask for another order than by date: "most novel papers"."""
    for form, sort in _ORDER_WORDS:
        if found := form.search(text):
            return f"{text[: found.start()]} {text[found.end() :]}".strip(), sort
    return text, None


_FAMOUS = (
    r"(?:(?:most )?(?:popular|influential|important|famous)|seminal|landmark|(?:most )?highly cited)"
    r"(?: (?:\d{1,2}|five|ten|twenty))?"
)
_ORDER_WORDS = (
    (
        re.compile(rf"\b(?:(?:most|top|highest)[- ]cited\b|{_FAMOUS}(?= {PAPERS}\b))", re.IGNORECASE),
        Sort.CITATIONS,
    ),
    (re.compile(r"\b(?:most novel|highest novelty)\b", re.IGNORECASE), Sort.NOVELTY),
    (
        re.compile(r"\b(?:(?:best|highest)[- ](?:score[sd]?|scoring|ranked|rated))\b", re.IGNORECASE),
        Sort.SCORE,
    ),
)


def take_order_behind(text: str) -> tuple[str, Sort | None]:
    """Split off the order that stands behind all else: "…, newest first", "… sorted by citations"."""
    found = _ORDERED.fullmatch(text)
    return (found["rest"], _ORDERS[(found["first"] or found["by"]).lower()]) if found else (text, None)


_ORDERED = re.compile(
    r"(?P<rest>.+?),?\s(?:(?:the )?"
    r"(?P<first>newest|latest|most recent|most cited|highest score|best|most novel) first"
    r"|(?:sorted |ordered |ranked )?by (?P<by>date|citations?|score|novelty))",
    re.IGNORECASE,
)
_ORDERS = {
    "newest": Sort.NEWEST, "latest": Sort.NEWEST, "most recent": Sort.NEWEST, "date": Sort.NEWEST,
    "most cited": Sort.CITATIONS, "citation": Sort.CITATIONS, "citations": Sort.CITATIONS,
    "highest score": Sort.SCORE, "best": Sort.SCORE, "score": Sort.SCORE,
    "most novel": Sort.NOVELTY, "novelty": Sort.NOVELTY,
}  # fmt: skip
