"""Topics: the language of topic watches and searches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.errors import InvalidTopic
from bot.text.folding import words
from bot.text.topics import parse_topic, plain_topic, print_topic, uses_operators


def term(*said: str, field: Field = Field.ANY, prefix: bool = False) -> Term:
    return Term(said, field, prefix)


def terms_of(topic: Topic) -> Iterator[Term]:
    """Yield the terms that must or may be there; those excluded are left out."""
    match topic:
        case Term():
            yield topic
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms_of(part)
        case Not():
            return


GREEN, AI, BIAS = term("green"), term("ai"), term("bias")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("green", GREEN),
        ("Green AI", And((GREEN, AI))),
        ("green AND ai", And((GREEN, AI))),
        ("green and ai", And((GREEN, term("and"), AI))),
        ("green OR ai bias", Or((GREEN, And((AI, BIAS))))),
        ("(green OR ai) bias", And((Or((GREEN, AI)), BIAS))),
        ("green (ai (bias))", And((GREEN, AI, BIAS))),
        ("green OR (ai OR bias)", Or((GREEN, AI, BIAS))),
        ("green NOT ai", And((GREEN, Not(AI)))),
        ("green AND NOT ai", And((GREEN, Not(AI)))),
        ("green ANDNOT ai", And((GREEN, Not(AI)))),
        ("green -ai", And((GREEN, Not(AI)))),
        ("-ai green", And((Not(AI), GREEN))),
        ("green -(ai OR bias)", And((GREEN, Not(Or((AI, BIAS)))))),
        ("NOT NOT green", GREEN),
        ('"green ai"', term("green", "ai")),
        ("\u201cgreen ai\u201d", term("green", "ai")),
        ('green -"ai bias"', And((GREEN, Not(term("ai", "bias"))))),
        ("text-to-image", term("text", "to", "image")),
        ("GPT-4", term("gpt", "4")),
        ("C++", term("c")),
        ("Müller", term("muller")),
        ("fairness, bias; society", And((term("fairness"), BIAS, term("society")))),
        ("R & D", And((term("r"), term("d")))),
        ("bias - green", And((BIAS, GREEN))),
        ("lang*", term("lang", prefix=True)),
        ('"large lang*"', term("large", "lang", prefix=True)),
        ('"large lang"*', term("large", "lang", prefix=True)),
        ("ti:green", term("green", field=Field.TITLE)),
        ("TI: green", term("green", field=Field.TITLE)),
        ('au:"Sasha Luccioni"', term("sasha", "luccioni", field=Field.AUTHORS)),
        (
            "abs:(green OR ti:ai) bias",
            And((Or((term("green", field=Field.ABSTRACT), term("ai", field=Field.TITLE))), BIAS)),
        ),
        ("-ti:ai green", And((Not(term("ai", field=Field.TITLE)), GREEN))),
        ("BERT: Pre-training", And((term("bert"), term("pre", "training")))),
        ("ANDROID ORACLE NOTHING", And((term("android"), term("oracle"), term("nothing")))),
    ],
)
def test_parse_topic_forms(text: str, expected: Topic) -> None:
    assert parse_topic(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "position"),
    [
        ("", 'a word or a "phrase"', 1),
        ("   ", 'a word or a "phrase"', 1),
        ("\U0001f642", 'a word or a "phrase"', 2),
        ("(green OR ai", ")", 13),
        ("green)", "( before this )", 6),
        ("()", 'a word or a "phrase" before )', 2),
        ('green "ai', '"', 10),
        ('""', "a word with letters or digits", 1),
        ("green AND", 'a word or a "phrase" after AND', 10),
        ("AND green", 'a word or a "phrase" before AND', 1),
        ("green AND OR ai", 'a word or a "phrase" before OR', 11),
        ("green OR", 'a word or a "phrase" after OR', 9),
        ("green\nOR OR ai", 'a word or a "phrase" before OR', 10),
        ("ti:", 'a word or a "phrase" after ti:', 4),
        ("ti: NOT green", 'a word or a "phrase" before NOT', 5),
        ("wor*d", "the end of the word after *", 4),
        ("green a*", "two letters before *", 7),
        ("cat:cs.CY", "ti:, abs: or au: before a word", 1),
        ("-green", "a word that must be there, beside what must not", 1),
        ("-green -ai", "a word that must be there, beside what must not", 1),
        ("green OR -ai", "a word that must be there, beside what must not", 10),
        ("green OR (NOT ai)", "a word that must be there, beside what must not", 11),
        ("NOT (-green -ai) bias", "a word that must be there, beside what must not", 6),
        ("(" * 21 + "green" + ")" * 21, "at most 20 ( inside each other", 21),
        ("green " * 61, "at most 60 words and phrases", 1),
        ("x" * 1001, "at most 1,000 characters", 1001),
        ("(" * 999, "at most 20 ( inside each other", 21),
    ],
)
def test_parse_topic_fault_is_named_with_its_place(text: str, expected: str, position: int) -> None:
    with pytest.raises(InvalidTopic) as caught:
        parse_topic(text)

    assert (caught.value.expected, caught.value.position) == (expected, position)
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text", ["NOT " * 240 + "green", "-" * 900 + "green", "green " * 60, "(" * 20 + "green" + ")" * 20]
)
def test_parse_topic_long_chains_are_read(text: str) -> None:
    assert GREEN in set(terms_of(parse_topic(text)))


folded_words = st.text(min_size=1, max_size=8).map(words).filter(bool).map(lambda found: found[0])
terms = st.builds(
    Term,
    st.lists(folded_words, min_size=1, max_size=3).map(tuple),
    st.sampled_from(Field),
    st.booleans(),
).filter(lambda t: not t.prefix or len(t.words[-1]) > 1)
positive = st.recursive(
    terms,
    lambda parts: (
        st.lists(parts.filter(lambda part: not isinstance(part, And)), min_size=2, max_size=3).map(
            lambda found: And(tuple(found))
        )
        | st.lists(parts.filter(lambda part: not isinstance(part, Or)), min_size=2, max_size=3).map(
            lambda found: Or(tuple(found))
        )
        | st.tuples(parts.filter(lambda part: not isinstance(part, And)), parts).map(
            lambda pair: And((pair[0], Not(pair[1])))
        )
    ),
    max_leaves=8,
)


@given(positive)
def test_print_topic_parsed_again_gives_the_same_topic(topic: Topic) -> None:
    text = print_topic(topic)
    if len(text) <= 1000:
        assert parse_topic(text) == topic


@given(st.text(max_size=200) | st.text('ab "*()-:tiORND', max_size=60))
def test_parse_topic_any_text_is_read_or_refused_within_it(text: str) -> None:
    try:
        topic = parse_topic(text)
    except InvalidTopic as error:
        fault = error
    else:
        assert parse_topic(print_topic(topic)) == topic
        assert list(terms_of(topic))
        return
    assert 1 <= fault.position <= len(text) + 1
    assert fault.expected


@given(st.text(max_size=200) | st.text('ab "*()-:tiORND', max_size=60))
def test_plain_topic_any_text_gives_something_that_can_be_written(text: str) -> None:
    topic = plain_topic(text)

    if topic is not None and len(print_topic(topic)) <= 1000:
        assert parse_topic(print_topic(topic)) == topic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("green (AI", And((GREEN, AI))),
        ("green AND", GREEN),
        ("green green", GREEN),
        ('ti:green "AI', And((GREEN, AI))),
        ("text-to-image", term("text", "to", "image")),
        ("\U0001f642 \U0001f60e", None),
        ("", None),
    ],
)
def test_plain_topic_takes_the_words(text: str, expected: Topic | None) -> None:
    assert plain_topic(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("green ai", False),
        ("text-to-image and bias - a survey", False),
        ("ANDROID and notes: multi:x", False),
        ('"green ai"', True),
        ("\u201cgreen ai\u201d", True),
        ("green -ai", True),
        ("green OR ai", True),
        ("lang*", True),
        ("ti:green", True),
        ("", False),
    ],
)
def test_uses_operators(text: str, expected: bool) -> None:
    assert uses_operators(text) is expected
