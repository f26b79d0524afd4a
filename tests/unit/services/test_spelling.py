"""What was meant by a misspelled search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import ArxivId
from bot.services.spelling import Spelling, nearest_word
from bot.services.vocabulary import Vocabulary
from tests.factories import make_paper
from tests.unit.services.conftest import House

KNOWN = {
    "energy": 50,
    "energies": 4,
    "entropy": 30,
    "consumption": 20,
    "consumer": 9,
    "graph": 70,
    "grape": 3,
}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("enregy", "energy"),
        ("energi", "energy"),
        ("consumtion", "consumption"),
        ("cosnumptoin", "consumption"),
        ("grapf", "graph"),
        ("zebra", ""),
        ("nergy", ""),
    ],
)
def test_nearest_word_is_the_commonest_of_the_nearest(word: str, meant: str) -> None:
    assert nearest_word(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("enregy consumtion", "energy consumption"),
        ('ti:enregy OR "energy consumtion"', 'ti:energy OR "energy consumption"'),
        ("energy consumption", ""),
        ("quasar", ""),
        ("quasars enregy", "quasars energy"),
        ("enregy*", ""),
        ("ai", ""),
    ],
)
async def test_search_is_put_right_where_no_paper_has_a_word(house: House, query: str, meant: str) -> None:
    paper = make_paper(id=None, title="Energy consumption")
    papers = [replace(paper, arxiv_id=ArxivId(f"2401.0000{number}")) for number in range(3)]
    await house.stores.papers.save_papers(papers)
    spelling = Spelling(
        papers=house.stores.papers, vocabulary=Vocabulary(papers=house.stores.papers, clock=house.clock)
    )
    assert await spelling.put_right(query) == meant


@given(st.text(max_size=60))
def test_any_word_has_a_nearest_or_none(word: str) -> None:
    assert nearest_word(word or "a", KNOWN) in {"", *KNOWN}
