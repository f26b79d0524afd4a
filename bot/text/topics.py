"""Reads and writes topics: the language of topic watches and searches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.errors import InvalidTopic
from bot.text.folding import words
from bot.words import _, marked, number

MAX_LENGTH = 1_000
MAX_TERMS = 60
MAX_DEPTH = 20

# One for one, so that positions stay.
_STRAIGHT_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'))
_OTHER_FIELD = re.compile(r"(?:cat|jr|co|rn|id|all):.", re.IGNORECASE)
_OPERATORS = frozenset({"AND", "OR", "NOT", "ANDNOT"})
_FIELD_MARK = re.compile(r"(?:ti|abs|au):", re.IGNORECASE)
_WORD_OR_PHRASE = marked('a word or a "phrase"')
_NEEDS_ANCHOR = marked("a word that must be there, beside what must not")


@lru_cache(maxsize=1024)
def parse_topic(text: str) -> Topic:
    """Return what a topic means.

    Raises:
        InvalidTopic: the text does not follow the language; it says what is missing, and where from 1.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidTopic(
            text, _("at most {count} characters").format(count=number(MAX_LENGTH)), MAX_LENGTH + 1
        )
    straight = text.translate(_STRAIGHT_QUOTES)
    try:
        _check_brackets(straight)
        part = cast("_Part", _parser().parse(straight))
        if part.excluded_at:
            raise _Fault(_(_NEEDS_ANCHOR), part.excluded_at)
        if part.terms > MAX_TERMS:
            raise _Fault(_("at most {count} words and phrases").format(count=MAX_TERMS), 1)
    except _Fault as fault:
        raise InvalidTopic(text, fault.expected, fault.position) from None
    except UnexpectedInput as error:
        raise InvalidTopic(text, *_expectation(straight, error)) from None
    return part.topic


class _Fault(Exception):
    """What was expected, and where, before the text of the topic is added."""

    def __init__(self, expected: str, position: int) -> None:
        super().__init__(expected)
        self.expected = expected
        self.position = position


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a topic; `excluded_at` is the place of the NOT where nothing in it must be there."""

    topic: Topic
    terms: int = 1
    excluded_at: int = 0


def _check_brackets(text: str) -> None:
    """Find brackets and quotes without partner, which people want named rather than tokens."""
    depth = 0
    in_phrase = False
    end = len(text.rstrip()) + 1
    for position, character in enumerate(text, 1):
        if character == '"':
            in_phrase = not in_phrase
        elif in_phrase:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        if depth < 0:
            raise _Fault(_("( before this )"), position)
        if depth > MAX_DEPTH:
            raise _Fault(_("at most {count} ( inside each other").format(count=MAX_DEPTH), position)
    if in_phrase:
        raise _Fault('"', end)
    if depth:
        raise _Fault(")", end)


def _expectation(text: str, error: UnexpectedInput) -> tuple[str, int]:
    """Say in words what the parser missed, and where."""
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        before = _('a word or a "phrase" before {token}').format(token=error.token)
        return before, int(error.token.start_pos or 0) + 1
    last = next(iter(text.split()[-1:]), "")
    expected = _(_WORD_OR_PHRASE)
    if last in _OPERATORS or _FIELD_MARK.fullmatch(last):
        expected = _('a word or a "phrase" after {token}').format(token=last)
    return expected, len(text.rstrip()) + 1


@cache
def _parser() -> Lark:
    return Lark.open(
        "topics.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="basic",
        transformer=_TopicBuilder(),
        maybe_placeholders=False,
    )


@v_args(inline=True)
class _TopicBuilder(Transformer[Token, _Part]):
    """Turns the grammar's rules into a topic while it is parsed, so that nothing recurses."""

    def word(self, token: Token) -> _Part:
        text = str(token)
        star = text.find("*")
        if star not in (-1, len(text) - 1):
            raise _Fault(_("the end of the word after *"), _position(token) + star)
        if _OTHER_FIELD.match(text):
            raise _Fault(_("ti:, abs: or au: before a word"), _position(token))
        return _Part(_term(text.removesuffix("*"), prefix=star >= 0, position=_position(token)))

    def phrase(self, token: Token) -> _Part:
        text = token.removesuffix("*")
        inside = text.strip('"').rstrip()
        prefix = inside.endswith("*") or len(text) < len(token)
        return _Part(_term(inside, prefix=prefix, position=_position(token)))

    def parentheses(self, _bracket: Token, part: _Part) -> _Part:
        return part

    def in_field(self, field: Token, part: _Part) -> _Part:
        return replace(part, topic=_with_field(part.topic, Field(field.rstrip(":").lower())))

    def excluded(self, operator: Token, part: _Part) -> _Part:
        if not part.excluded_at:
            return _Part(Not(part.topic), part.terms, _position(operator))
        if isinstance(part.topic, Not):
            return _Part(part.topic.part, part.terms)
        raise _Fault(_(_NEEDS_ANCHOR), part.excluded_at)

    def all_of(self, *parts: _Part) -> _Part:
        anchored = any(not part.excluded_at for part in parts)
        return _joined(And, parts, excluded_at=0 if anchored else parts[0].excluded_at)

    def any_of(self, *parts: _Part) -> _Part:
        for part in parts:
            if part.excluded_at:
                raise _Fault(_(_NEEDS_ANCHOR), part.excluded_at)
        return _joined(Or, parts)


def _joined(kind: type[And | Or], parts: Sequence[_Part], *, excluded_at: int = 0) -> _Part:
    """Join parts to one; what is joined in the same way already becomes a part of the whole."""
    topics = tuple(
        topic
        for part in parts
        for topic in (part.topic.parts if isinstance(part.topic, kind) else (part.topic,))
    )
    return _Part(kind(topics), sum(part.terms for part in parts), excluded_at)


def _position(token: Token) -> int:
    return int(token.start_pos or 0) + 1


def _term(text: str, *, prefix: bool, position: int) -> Term:
    found = tuple(words(text))
    if not found:
        raise _Fault(_("a word with letters or digits"), position)
    if prefix and len(found[-1]) < 2 and found[-1].isascii():
        raise _Fault(_("two letters before *"), position)
    return Term(found, prefix=prefix)


def _with_field(topic: Topic, field: Field) -> Topic:
    """Look for all terms in a field, those apart that name one of their own."""
    match topic:
        case Term():
            return topic if topic.field else replace(topic, field=field)
        case Not(part):
            return Not(_with_field(part, field))
        case And(parts):
            return And(tuple(_with_field(part, field) for part in parts))
        case Or(parts):
            return Or(tuple(_with_field(part, field) for part in parts))


_MARKS_OF_LANGUAGE = re.compile(r'"|[()*]|\b(?:AND|OR|NOT)\b|(?:^|\s)-\w|\b(?:ti|abs|au):')


def uses_operators(text: str) -> bool:
    """Return whether a text holds what only somebody writes who means the topic language."""
    return _MARKS_OF_LANGUAGE.search(text.translate(_STRAIGHT_QUOTES)) is not None


def plain_topic(text: str) -> Topic | None:
    """Return what ordinary text asks for: all its words; None where there is no word in it.

    Never raises: operators, brackets and field marks are passed over, words beyond the limit left out.
    """
    terms: dict[Term, None] = {}
    for piece in text[: 2 * MAX_LENGTH].split():
        if piece not in _OPERATORS and (found := words(_FIELD_MARK.sub(" ", piece))):
            terms.setdefault(Term(tuple(found)))
        if len(terms) == MAX_TERMS:
            break
    if not terms:
        return None
    return And(tuple(terms)) if len(terms) > 1 else next(iter(terms))


def print_topic(topic: Topic) -> str:
    """Write a topic so that reading it gives the same topic."""
    match topic:
        case Term(said, field, prefix):
            text = " ".join(said) + ("*" if prefix else "")
            mark = f"{field}:" if field else ""
            return f'{mark}"{text}"' if len(said) > 1 else f"{mark}{text}"
        case Not(part):
            return f"-{_bracketed(part)}"
        case And(parts):
            return " ".join(_bracketed(part) for part in parts)
        case Or(parts):
            return " OR ".join(_bracketed(part) for part in parts)


def _bracketed(topic: Topic) -> str:
    text = print_topic(topic)
    return f"({text})" if isinstance(topic, And | Or) else text
