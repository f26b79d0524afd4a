"""Names of people as they are printed on papers."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.names import initials_compatible, is_name_like, may_mean, name_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sasha Luccioni", "sasha luccioni"),
        ("Luccioni, Sasha", "sasha luccioni"),
        ("LUCCIONI , SASHA", "sasha luccioni"),
        ("A.S. Luccioni", "a s luccioni"),
        ("Luccioni, A. S.", "a s luccioni"),
        ("Jean-Pierre Müller", "jean pierre muller"),
        ("O'Brien, Pat", "pat obrien"),
        ("Pat O\u2019Brien", "pat obrien"),
        ("John Smith, Jr.", "john smith jr"),
        ("Smith, John, Jr.", "john smith jr"),
        ("Smith, Jr., John", "john smith jr"),
        ("John Smith Jr", "john smith jr"),
        ("Ludwig van Beethoven", "ludwig van beethoven"),
        ("Alexandra (Sasha) Luccioni", "alexandra luccioni"),
        (r"M\"uller, J.", "j muller"),
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("王小明", "王小明"),
        ("", ""),
        ("...", ""),
    ],
)
def test_name_key_forms(name: str, expected: str) -> None:
    assert name_key(name) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("S. Luccioni", "Sasha Luccioni", True),
        ("Luccioni, S.", "Sasha Luccioni", True),
        ("Sasha Luccioni", "Sasha Luccioni", True),
        ("A. S. Luccioni", "Alexandra Sasha Luccioni", True),
        ("AS Luccioni", "Alexandra Sasha Luccioni", True),
        ("A. Luccioni", "Alexandra Sasha Luccioni", True),
        ("Alexandra Luccioni", "Alexandra S. Luccioni", True),
        ("J.-P. Dupont", "Jean-Pierre Dupont", True),
        ("JP Dupont", "Jean-Pierre Dupont", True),
        ("L. van der Berg", "Lisa van der Berg", True),
        ("John Smith Jr.", "J. Smith", True),
        ("Jeanpierre Dupont", "Jean-Pierre Dupont", True),
        ("T. Luccioni", "Sasha Luccioni", False),
        ("Sasha Luccioni", "Sacha Luccioni", False),
        ("Sasha Luccioni", "Alexandra Sasha Luccioni", False),
        ("A. T. Luccioni", "Alexandra Sasha Luccioni", False),
        ("S. Luccioni", "S. Lucioni", False),
        ("Luccioni", "Sasha Luccioni", False),
        ("Luccioni Sasha", "Sasha Luccioni", False),
        ("W. Zhang", "Wei Zhang", False),
        ("Wei Zhang", "Wei Zhang", True),
        ("Yao-Dong Yang", "Yaodong Yang", True),
        ("Yang Liu", "Yang Janet Liu", False),
        ("王小明", "王明", False),
        ("", "", False),
        ("", "Sasha Luccioni", False),
    ],
)
def test_initials_compatible(first: str, second: str, expected: bool) -> None:
    assert initials_compatible(first, second) is expected
    assert initials_compatible(second, first) is expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_initials_compatible_any_text_is_symmetric(first: str, second: str) -> None:
    assert initials_compatible(first, second) == initials_compatible(second, first)
    assert initials_compatible(first, first) == bool(name_key(first))


def test_initials_compatible_on_labelled_pairs(data_folder: Path) -> None:
    """Initials join people only where family names tell them apart, and different given names never."""
    with gzip.open(data_folder / "identity" / "pairs.tsv.gz", "rt", encoding="utf-8") as lines:
        pairs = [pair for pair in csv.DictReader(lines, delimiter="\t") if not pair["doubt"]]

    def accepted(kind: str, same: str, hint: str = "") -> tuple[int, int]:
        chosen = [
            initials_compatible(pair["name_a"], pair["name_b"])
            for pair in pairs
            if pair["kind"].startswith(kind) and pair["same"] == same and pair["hint"].startswith(hint)
        ]
        return sum(chosen), len(chosen)

    joined, known = accepted("compatible-initials", "1", "other")
    assert joined / known > 0.95
    assert accepted("compatible-initials", "0", "east-asian")[0] == 0
    wrongly, strangers = accepted("same-surname-initial", "0")
    assert strangers > 2000
    assert wrongly / strangers < 0.001


@pytest.mark.parametrize(
    ("typed", "printed", "expected"),
    [
        ("luccioni", "Sasha Luccioni", True),
        ("sasha", "Sasha Luccioni", False),
        ("Zhang Wei", "Wei Zhang", True),
        ("correa nicholas kluge", "Nicholas Kluge Corr\u00eaa", True),
        ("de panafieu", "\u00c9lie de Panafieu", True),
        ("panafieu", "\u00c9lie de Panafieu", True),
        ("Michael Lee", "Michael S. Lee", True),
        ("brian zhang", "Brian Hu Zhang", True),
        ("Brian Li", "Brian Hu Zhang", False),
        ("Bologna F.", "Federica Bologna", True),
        ("S. Luccioni", "Sasha Luccioni", True),
        ("W. Zhang", "Wei Zhang", False),
        ("Hinrich Schuetze", "Hinrich Sch\u00fctze", True),
        ("Yue Li", "Yu Li", False),
        ("", "Sasha Luccioni", False),
        ("luccioni", "", False),
    ],
)
def test_may_mean_of_what_people_type_for_a_printed_name(typed: str, printed: str, expected: bool) -> None:
    assert may_mean(typed, printed) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sasha Luccioni", True),
        ("Suzanne P. M. de Vette", True),
        ("Luccioni, Sasha", True),
        ("Sam D\u2019Amico", True),
        ("sasha luccioni", False),
        ("Luccioni", False),
        ("Graph Neural Networks", False),
        ("GPT 4", False),
    ],
)
def test_is_name_like_sees_names_by_their_capitals(text: str, expected: bool) -> None:
    assert is_name_like(text) is expected


@given(st.text("Ab .-z", max_size=20))
def test_name_key_of_plain_name_is_that_of_the_long_way(name: str) -> None:
    """A comma behind the name changes nothing but the way."""
    assert name_key(name) == name_key(f"{name},")
