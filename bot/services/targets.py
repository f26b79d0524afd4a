"""Wishes for news: what is to be followed, and what no longer."""

from __future__ import annotations

import re
from datetime import date

from bot.services.phrases import read_category, take_conditions
from bot.services.wishes import Follow, Resume, Target, TargetKind, Unfollow, Wish
from bot.text.identifiers import find_author_id
from bot.text.topics import uses_operators

_FOLLOW = re.compile(
    r"(?:follow|watch|track|(?:subscribe|sign)(?: me)?(?: up)? (?:to|for)"
    r"|(?:notify|alert|tell|ping) (?:me|us) (?:about|of|on|when|if|whenever)"
    r"|let (?:me|us) know (?:about|when|if|of|whenever)"
    r"|keep (?:me|us) (?:posted|updated|informed) (?:about|on)) (?P<what>.+)",
    re.I,
)
_UNFOLLOW = re.compile(
    r"(?:unfollow|unwatch|untrack|unsubscribe(?: me)?(?: from)?|stop (?:following|watching|tracking)"
    r"|don'?t follow|remove (?:the |my )?watch(?: on| for)?|no more(?: news)? (?:about|from|of))"
    r" (?P<what>.+)",
    re.I,
)
_RESUME = re.compile(r"(?:resume|unpause)(?: following| watching)? (?P<what>.+)", re.I)
_ALL = re.compile(
    r"everything|all|everyone|everybody|all of (?:them|it)|(?:all )?my (?:watches|follows)", re.I
)


def read_watching(text: str, today: date) -> Wish | None:
    """Read a wish to follow, to unfollow or to go on following something."""
    if found := _FOLLOW.fullmatch(text):
        rest, where = take_conditions(f"in {found['what']}", today)
        # A category at the end is what is followed, so that only "with code" is taken off.
        what = found["what"] if where.category or not where.has_code else rest.removeprefix("in ")
        if where.category and where.has_code:
            return Follow(Target(TargetKind.CATEGORY, where.category), has_code=True)
        return Follow(read_target(what), has_code=where.has_code)
    if found := _UNFOLLOW.fullmatch(text):
        return Unfollow(None if _ALL.fullmatch(found["what"]) else read_target(found["what"]))
    if found := _RESUME.fullmatch(text):
        return Resume(read_target(found["what"]))
    return None


_NEWS = (
    r"(?:the )?(?:new |latest |all )*"
    r"(?:papers|publications|preprints|works|work|articles|everything|anything|news)"
)
_TARGETS: tuple[tuple[str, TargetKind], ...] = (
    (rf"{_NEWS}(?: new)? (?:by|from|of) (.+)", TargetKind.AUTHOR),
    (r"(?:the )?(?:author|researcher|person|professor|prof\.?|dr\.?) (.+)", TargetKind.AUTHOR),
    (r"(.+?) (?:publishes|posts|writes|releases|submits|has|uploads)\b.*", TargetKind.AUTHOR),
    (rf"{_NEWS}(?: new)? (?:about|on|for|regarding|with|mentioning|matching) (.+)", TargetKind.TOPIC),
    (r"(?:the )?(?:topic|topics|phrase|keywords?|subject|words?) (?:of )?(.+)", TargetKind.TOPIC),
)
_TARGET_FORMS = tuple((re.compile(form, re.I), kind) for form, kind in _TARGETS)
_IN_CATEGORY = re.compile(
    rf"(?:{_NEWS}(?: new)? in |{_NEWS} |(?:the )?(?:category|archive|field|listing)(?: of)? )?(.+)", re.I
)


def read_target(text: str) -> Target:
    """Say what is to be followed: a category, a topic in quotes or with operators, a person."""
    text = text.strip(" .,!")
    in_category = _IN_CATEGORY.fullmatch(text)
    for candidate in dict.fromkeys((text, in_category[1] if in_category else text)):
        if code := read_category(candidate):
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


_PARTICLES = frozenset(
    ["al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le",
     "ten", "ter", "van", "von", "y", "zu", "zur"]
)  # fmt: skip
_NOT_IN_NAMES = frozenset(
    ["a", "about", "all", "an", "and", "are", "as", "at", "by", "can", "deep", "for", "from", "how", "in",
     "is", "language", "large", "learning", "machine", "model", "models", "need", "network", "networks",
     "neural", "not", "of", "on", "or", "quantum", "the", "theory", "to", "using", "via", "what", "when",
     "why", "with", "you"]
)  # fmt: skip
_NAME_LENGTHS = range(2, 6)


def is_name_like(text: str) -> bool:
    """Say whether a text could be a person's name as it is printed: capitals, initials, particles."""
    tokens = text.replace(",", " ").split()
    if len(tokens) not in _NAME_LENGTHS or not _NOT_IN_NAMES.isdisjoint(text.lower().split()):
        return False
    capitalized = [token for token in tokens if token.lower() not in _PARTICLES]
    if len(capitalized) < 2 or not all(re.fullmatch(r"[^\W\d_][\w.'\u2019-]*", token) for token in tokens):
        return False
    # Scripts without capitals have nothing to show here.
    return all(token[0].isupper() or token[0] == token[0].swapcase() for token in capitalized)
