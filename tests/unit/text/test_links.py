"""Links that hold no identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.links import category_of_link, words_of_link


@pytest.mark.parametrize(
    "link",
    [
        "https://scholar.google.com/scholar?hl=en&q=attention+is+all+you+need&btnG=",
        "scholar.google.de/scholar?q=attention%20is%20all%20you%20need",
        "https://www.semanticscholar.org/search?q=attention%20is%20all%20you%20need&sort=relevance",
        "https://arxiv.org/search/?query=attention+is+all+you+need&searchtype=all",
        "https://www.researchgate.net/publication/317558625_attention_is_all_you_need",
    ],
)
def test_words_of_a_link_are_what_was_searched_or_its_title(link: str) -> None:
    assert words_of_link(link) == "attention is all you need"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "attention",
        "https://arxiv.org/abs/2306.05949",
        "https://example.org/?q=x",
        "https://[::1/?q=x",
        f"https://arxiv.org/search/?{'a=1&' * 400}q=x",
    ],
)
def test_other_text_carries_no_words(text: str) -> None:
    assert not words_of_link(text)


@pytest.mark.parametrize(
    ("link", "category"),
    [
        ("https://arxiv.org/list/cs.CL/recent", "cs.CL"),
        ("arxiv.org/list/astro-ph/new", "astro-ph"),
        ("https://arxiv.org/abs/2306.05949", ""),
    ],
)
def test_listing_of_a_link_is_a_category(link: str, category: str) -> None:
    assert category_of_link(link) == category


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    words_of_link(text)
    category_of_link(f"https://arxiv.org/list/{text}")
