"""Titles of pasted BibTeX entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.entries import title_of_entry


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("@article{a, title={On {BERT} and {\\'e}tudes}}", "On BERT and études"),
        ('@misc{a,title = "Two words"}', "Two words"),
        ("@misc{a, shorttitle={Short}, booktitle={Book}, title={Long one}}", "Long one"),
        ("@misc{a, title={Never closed", ""),
        ("@misc{a, title=bare}", ""),
        ("a title={Not an entry}", ""),
    ],
)
def test_title_of_an_entry_is_plain_text(entry: str, title: str) -> None:
    assert title_of_entry(entry) == title


@given(st.text(alphabet='{}"\\\\= title@a,', max_size=60))
def test_title_of_anything_is_found_or_empty(inside: str) -> None:
    title = title_of_entry("@a{" + inside)

    assert "{" not in title
    assert "}" not in title
