"""Folding: what is the same to a search."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.folding import _fold_foreign, fold, title_key, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller", "muller"),
        ("MU\u0308LLER", "muller"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Größe", "grosse"),
        ("Đặng", "dang"),
        ("Æsir and œuvre", "aesir and oeuvre"),
        ("I\u015f\u0131k \u0130nan", "isik inan"),
        ("Nguyễn", "nguyen"),
        ("Ελλάς", "ελλασ"),
        ("Ёлкин", "елкин"),
        ("ﬁne ℝ² \uff21\uff22\uff23", "fine r2 abc"),
        ("한국어", "한국어"),
        ("so\u00adft\u200b hyphen", "soft hyphen"),
        (r"M\"uller, M{\"u}ller, M\"{u}ller", "muller, muller, muller"),
        (r"Ho\v{r}ava, \O rsted, Stra{\ss}e, \'{\i}", "horava, orsted, strasse, i"),
        (r"C\# and \%", r"c\# and \%"),
    ],
)
def test_fold_forms(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text-to-image: GPT-4's naïve café", ["text", "to", "image", "gpt", "4", "s", "naive", "cafe"]),
        ("snake_case — 3.5", ["snake", "case", "3", "5"]),
        ("\U0001f917 Transformers\U0001f917!", ["transformers"]),
        ("深度学习 models", ["深度学习", "models"]),
        ("", []),
    ],
)
def test_words_split_at_what_is_no_letter_or_digit(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_title_key_spellings_of_one_title_agree() -> None:
    assert title_key("Évaluating: the  Social-Impact!") == title_key("evaluating the social impact")
    assert title_key("Green AI") != title_key("Green AIs")


@given(
    st.text("aZ ß\u0301\u0308éİ\u00b4ᄒ\u1161\u11ab한ςﬁк\u094d\u0928\n\u2003—×", max_size=30)
    | st.text(max_size=30)
)
def test_fold_is_the_same_for_a_text_as_for_its_parts(text: str) -> None:
    """What the text index holds is taken out again by folding: not a letter may differ."""
    text = text.replace("\\", "") + "é"

    assert fold(text) == _fold_foreign(text)
    assert fold(text) == " ".join(map(fold, text.split(" ")))


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_words_of_ascii_are_those_of_its_folding(text: str) -> None:
    assert words(text) == re.findall(r"[^\W_]+", fold(text))


@given(st.text(max_size=80))
def test_words_folded_again_stay(text: str) -> None:
    found = words(text)

    assert words(" ".join(found)) == found
    assert all(words(word) == [word] for word in found)


@given(st.text(st.characters(exclude_characters="\\"), max_size=80))
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_characters="\\"), max_size=40))
def test_fold_composed_and_decomposed_agree(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param([*range(0x01, 0x80)], id="ASCII"),
        # A few vowel signs (New Tai Lue, Vedic) became letters after the index's tables were made.
        pytest.param(
            [*range(0x20, 0x19B0), *range(0x19CA, 0x1CF2), *range(0x1CF4, 0xD800), *range(0xE000, 0x20000)],
            id="all",
        ),
    ],
)
def test_words_every_character_splits_as_the_full_text_index_does(codes: Sequence[int]) -> None:
    characters = [chr(code) for code in codes]
    text = " ".join(f"a{character}b {character}c" for character in characters if character != "\\")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE papers USING fts5(text, tokenize = 'unicode61')")
    connection.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(papers, 'instance')")
    connection.execute("INSERT INTO papers (text) VALUES (?)", (fold(text),))

    tokens = [row[0] for row in connection.execute('SELECT term FROM tokens ORDER BY "offset"')]
    connection.close()
    assert words(text) == tokens
