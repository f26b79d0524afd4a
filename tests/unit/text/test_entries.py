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
        (
            "@misc{a, title={{T}op quark at {$\\sqrt{s} =\n  13$} {\\bf TeV}}}",
            "Top quark at $\\sqrt{s} = 13$ TeV",
        ),
        ("@misc{a, title={{\\'E}tudes of $B_{s}^{0}$ for 5\\$}}", "Études of $B_{s}^{0}$ for 5$"),
        ("@misc{a, title={Never closed", ""),
        ("@misc{a, title=bare}", ""),
        ("a title={Not an entry}", ""),
    ],
)
def test_title_of_an_entry_is_in_the_words_of_a_catalogue(entry: str, title: str) -> None:
    assert title_of_entry(entry) == title


@given(st.text(alphabet='{}"\\\\= title@a,', max_size=60))
def test_title_of_anything_is_found_or_empty(inside: str) -> None:
    title = title_of_entry("@a{" + inside)

    assert "{" not in title
    assert "}" not in title
