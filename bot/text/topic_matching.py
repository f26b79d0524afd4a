"""Which texts a topic holds for, without a full text index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.text.folding import words


@dataclass(frozen=True, slots=True)
class Document:
    """A paper's text as topics see it: folded words between spaces by field, and each word once.

    `whole` is all fields in a row, with something between them that is no word.
    """

    fields: Mapping[Field, str]
    words: frozenset[str]
    whole: str


TopicTest = Callable[[Document], bool]


def document_of(title: Sequence[str], abstract: Sequence[str], authors: Sequence[str]) -> Document:
    """Return a paper's folded words as topics see them. Several authors are one field, in their order."""
    said = {Field.TITLE: title, Field.ABSTRACT: abstract, Field.AUTHORS: authors}
    fields = {field: f" {' '.join(found)} " for field, found in said.items()}
    return Document(
        fields=fields,
        words=frozenset().union(*said.values()),
        whole="|".join(fields.values()),
    )


def matches(topic: Topic, title: str, abstract: str, authors: str | Sequence[str]) -> bool:
    """Return whether a paper satisfies a topic, as the full text index would find it.

    A phrase is words in a row within one field.
    """
    names = authors if isinstance(authors, str) else "\n".join(authors)
    return compile_topic(topic)(document_of(words(title), words(abstract), words(names)))


def compile_topic(topic: Topic) -> TopicTest:
    """Return a topic as a function that says whether it holds for a text, made once to be asked often.

    Words of which all, any or none must be there are compared as sets.
    """
    match topic:
        case Term():
            return _of_term(topic)
        case Not(part):
            holds = compile_topic(part)
            return lambda text: not holds(text)
        case And(parts):
            return _of_all(parts)
        case Or(parts):
            return _of_any(parts)


def _of_term(term: Term) -> TopicTest:
    if word := _plain_word(term):
        return lambda text: word in text.words
    sought = f" {' '.join(term.words)}" + ("" if term.prefix else " ")
    if field := term.field:
        return lambda text: sought in text.fields[field]
    # Most texts lack one of the words, which is sooner found out.
    every = frozenset(term.words[:-1] if term.prefix else term.words)
    return lambda text: every <= text.words and sought in text.whole


def _of_all(parts: Sequence[Topic]) -> TopicTest:
    plain = frozenset(word for part in parts if (word := _plain_word(part)))
    unwanted = frozenset(word for part in parts if (word := _unwanted_word(part)))
    rest = tuple(compile_topic(part) for part in parts if not (_plain_word(part) or _unwanted_word(part)))
    if not rest and not unwanted:
        return lambda text: plain <= text.words
    if not rest:
        return lambda text: plain <= text.words and unwanted.isdisjoint(text.words)
    return lambda text: (
        plain <= text.words and unwanted.isdisjoint(text.words) and all(holds(text) for holds in rest)
    )


def _of_any(parts: Sequence[Topic]) -> TopicTest:
    plain = frozenset(word for part in parts if (word := _plain_word(part)))
    rest = tuple(compile_topic(part) for part in parts if not _plain_word(part))
    if not rest:
        return lambda text: not plain.isdisjoint(text.words)
    return lambda text: not plain.isdisjoint(text.words) or any(holds(text) for holds in rest)


def _plain_word(topic: Topic) -> str:
    """Return the word that is all a topic asks for, wherever it stands; empty for any other topic."""
    match topic:
        case Term((word,), Field.ANY, False):
            return word
    return ""


def _unwanted_word(topic: Topic) -> str:
    """Return the word whose absence is all a topic asks for; empty for any other topic."""
    return _plain_word(topic.part) if isinstance(topic, Not) else ""
