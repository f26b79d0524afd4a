"""What is to be followed, as it is named in a wish for news."""

from __future__ import annotations

import re
from datetime import date

from bot.services.conversation.conditions import is_category_like, read_category, take_conditions
from bot.services.conversation.naming import paper_named
from bot.services.conversation.phrases import content
from bot.services.conversation.wishes import Target, TargetKind
from bot.text.identifiers import find_author_id
from bot.text.names import is_name_like
from bot.text.topics import uses_operators

_NEWS = (
    r"(?:the |an? )?(?:new |latest |all )*"
    r"(?:papers?|publications?|preprints?|works|work|articles?|submissions|everything|anything|something|news"
    r"|stuff|things)"
)
_WHO = rf"(?:{_NEWS} |papers |work |whoever |(?:some|any)(?:one|body) |who(?:ever)? )?(?:that |which |who )?"
_OF_A_PAPER = (
    (
        r"(.+?) (?:gets?|is|are|has been) (?:(?:newly )?cited(?: again)?|(?:any |new |more )*citations?)",
        TargetKind.CITATIONS,
    ),
    (rf"(?:(?:new )?citations (?:of|to)|{_WHO}(?:newly )?(?:cites?|citing)) (.+)", TargetKind.CITATIONS),
    (
        rf"(?:there(?:'s| is| are) )?(?:(?:{_NEWS}|anything|something|whatever) )?(?:is )?"
        r"(?:similar (?:to|as)|like|related to) (.+)",
        TargetKind.SIMILAR,
    ),
)
_TARGETS: tuple[tuple[str, TargetKind], ...] = (
    (rf"{_NEWS}(?: new)? (?:by|from|of) (.+)", TargetKind.AUTHOR),
    (r"(?:the )?(?:author|researcher|person|professor|prof\.?|dr\.?) (.+)", TargetKind.AUTHOR),
    (
        r"(?:some|any)(?:one|body) (?:publishes|posts|writes|submits)(?: (?:something|anything))?"
        r" (?:about|on) (.+)",
        TargetKind.TOPIC,
    ),
    (r"(.+?) (?:publishes|posts|writes|releases|submits|has|uploads)\b.*", TargetKind.AUTHOR),
    (rf"{_NEWS}(?: new)? (?:about|on|for|regarding|with|mentioning|matching) (.+)", TargetKind.TOPIC),
    (r"(?:the )?(?:new|latest) (.+) (?:papers|publications|preprints|articles)", TargetKind.TOPIC),
    (r"(?:the )?(?:topic|topics|phrase|keywords?|subject|words?) (?:of )?(.+)", TargetKind.TOPIC),
)
WORKS = r"(?:papers?|works?|publications?|preprints?|articles?|research)"
_WORKS_OF = re.compile(
    rf"(?:(?:any|all|some|a|the|of|new) )*(?:{WORKS}|anything|something) (?:by|of|from) (?P<by>.+)"
    rf"|(?P<whose>.+?)(?:['’]s|(?<=s)['’]) (?:own |new )?{WORKS}",
    re.I,
)
_TARGET_FORMS = tuple((re.compile(form, re.I), kind) for form, kind in _TARGETS)
_PAPER_FORMS = tuple((re.compile(form, re.I), kind) for form, kind in _OF_A_PAPER)
_NAMED = re.compile(r"(?:the )?(?:category|archive|field|listing)(?: of)? (.+)", re.I)
_APPEAR = re.compile(
    r" (?:(?:appear|show up|pop up|come out|arrive|turn up)s?|(?:shows|pops|comes|turns) (?:up|out)"
    r"|(?:is|are|gets?) (?:out|posted|published|announced|released))$",
    re.I,
)


def read_target(text: str, today: date) -> Target:
    """Say what is to be followed: a category, a topic in quotes or with operators, a person."""
    text = _APPEAR.sub("", text.strip(" .,!"))
    for form, kind in _PAPER_FORMS:
        if found := form.fullmatch(text):
            if kind is TargetKind.CITATIONS and (whose := _WORKS_OF.fullmatch(found[1])):
                return Target(TargetKind.CITED_AUTHOR, (whose["by"] or whose["whose"]).strip("'\" "))
            return Target(kind, paper_named(found[1]))
    if code := _read_category_target(text, today):
        return Target(TargetKind.CATEGORY, code)
    if re.fullmatch(r"\"[^\"]+\"|'[^']+'", text):
        return Target(TargetKind.TOPIC, f'"{text[1:-1].strip()}"')
    for form, kind in _TARGET_FORMS:
        if found := form.fullmatch(text):
            code = read_category(found[1])
            return Target(TargetKind.CATEGORY, code) if code else Target(kind, found[1].strip("' "))
    if find_author_id(text) or is_name_like(text):
        return Target(TargetKind.AUTHOR, text)
    return Target(TargetKind.TOPIC if '"' in text or uses_operators(text) else TargetKind.UNSURE, text)


def _read_category_target(text: str, today: date) -> str | None:
    """Return the category that is to be followed, by code or name, or as "new papers in" it."""
    named = _NAMED.fullmatch(text)
    name = named[1] if named else text
    if code := read_category(name) or (name if is_category_like(name) else None):
        return code
    rest, where = take_conditions(text, today)
    return where.category if not content(rest) else None
