"""arXiv's categories and what people write for them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import (
    ARCHIVES,
    CATEGORIES,
    archive_of,
    category_name,
    is_within,
    nearest_categories,
    parse_category,
    short_code,
)


def test_categories_are_the_whole_taxonomy() -> None:
    assert len(CATEGORIES) == 155
    assert len(ARCHIVES) == 20
    assert CATEGORIES["cs.CY"] == "Computers and Society"
    assert "cs" not in CATEGORIES
    assert "hep-th" in CATEGORIES
    assert {archive_of(code) for code in CATEGORIES} == set(ARCHIVES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cs.CY", "cs.CY"),
        ("CS.cy", "cs.CY"),
        (" cs/cy ", "cs.CY"),
        ("`cs.CY`", "cs.CY"),
        ("cs cl", "cs.CL"),
        ("CY", "cs.CY"),
        ("CV", "cs.CV"),
        ("it", None),
        ("Computers and Society", "cs.CY"),
        ("computers & society", "cs.CY"),
        ("machine learning", "cs.LG"),
        ("stat.ML", "stat.ML"),
        ("cs.LG", "cs.LG"),
        ("NLP", "cs.CL"),
        ("hep-th", "hep-th"),
        ("hepth", "hep-th"),
        ("math.MP", "math-ph"),
        ("stat.TH", "math.ST"),
        ("cs.SY", "eess.SY"),
        ("cs.NA", "math.NA"),
        ("math.IT", "cs.IT"),
        ("q-fin.EC", "econ.GN"),
        ("cmp-lg", "cs.CL"),
        ("alg-geom", "math.AG"),
        ("cond-mat.mtrl-sci", "cond-mat.mtrl-sci"),
        ("cs", "cs"),
        ("computer science", "cs"),
        ("physics", "physics"),
        ("math", "math"),
        ("economics", "econ"),
        ("astro ph", "astro-ph"),
        ("cs.XX", None),
        ("fairness", None),
        ("", None),
        ("...", None),
        ("x" * 5000, None),
    ],
)
def test_parse_category_forms(text: str, expected: str | None) -> None:
    assert parse_category(text) == expected


@pytest.mark.parametrize("code", [*CATEGORIES, *ARCHIVES])
def test_parse_category_every_code_is_itself_or_its_other_name(code: str) -> None:
    found = parse_category(code.upper())

    assert found is not None
    assert found == code or category_name(found) in (category_name(code), "General Economics")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cs.CYY", "cs.CY"),
        ("computers and sociaty", "cs.CY"),
        ("robotiks", "cs.RO"),
        ("hep-tt", "hep-th"),
        ("cryptografy", "cs.CR"),
    ],
)
def test_nearest_categories_slip_is_named_first(text: str, expected: str) -> None:
    found = nearest_categories(text)

    assert found[0] == expected
    assert len(found) <= 3


@given(st.text(max_size=60))
def test_category_functions_any_text_give_known_codes(text: str) -> None:
    known = {*CATEGORIES, *ARCHIVES}

    assert set(nearest_categories(text)) <= known
    assert parse_category(text) in {*known, None}


def test_codes_in_parts() -> None:
    assert (archive_of("cs.CY"), short_code("cs.CY")) == ("cs", "CY")
    assert (archive_of("hep-th"), short_code("hep-th")) == ("hep-th", "hep-th")
    assert category_name("cs") == "Computer Science"
    assert category_name("cs.XX") == "cs.XX"


def test_categories_hold_every_category_of_real_papers(data_folder: Path) -> None:
    path = data_folder / "arxiv_daily" / "cs-new_2026-04-06_2026-05-29.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        used = {category for line in lines for category in json.loads(line)["categories"]}

    assert len(used) > 80
    assert used <= set(CATEGORIES)


def test_is_within_an_archive_holds_its_own_categories_only() -> None:
    assert is_within("cs.CY", "cs")
    assert is_within("cs.CY", "cs.CY")
    assert not is_within("math-ph", "math")
    assert not is_within("cs.CY", "cs.CL")
    assert not is_within("cs", "cs.CY")
