"""Invented papers: the same every time, marked, and never ahead of the day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time

import pytest

from playground.invented import Inventor
from playground.sample import INVENTED

TODAY = date(2027, 3, 1)
COUNT = 240


def invent(today=TODAY):
    return list(Inventor.bundled(today).papers(COUNT))


def test_papers_of_one_day_are_the_same_every_time():
    assert invent() == invent()


def test_identifiers_and_titles_are_each_used_once():
    papers = invent()

    assert len({paper.arxiv_id for paper in papers}) == COUNT
    assert len({paper.title for paper in papers}) == COUNT


def test_every_paper_is_marked_and_leads_nowhere_outside():
    for paper in invent():
        assert paper.invented
        assert re.fullmatch(rf"{paper.submitted_at:%y%m}\.99\d{{3}}", str(paper.arxiv_id))
        # RFC 2606 reserves .example: such an address is nobody's.
        assert paper.code_url is None or paper.code_url.startswith("https://code.example/")


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2028, 2, 29)])
def test_papers_are_up_to_date_on_any_day(today: date):
    papers = invent(today)
    midnight = datetime.combine(today, time(), UTC)

    assert all(paper.submitted_at < midnight and paper.announced_at <= midnight for paper in papers)
    assert sum((today - paper.submitted_at.date()).days <= 7 for paper in papers) >= 12
    assert sum(paper.announced_at == midnight for paper in papers) >= 3


def test_categories_are_served_alike():
    counts = Counter(paper.primary_category for paper in invent())

    assert len(counts) == 12
    assert min(counts.values()) >= COUNT // 12


def test_a_category_without_parts_gets_papers_of_a_general_kind():
    paper = Inventor.bundled(TODAY).paper(7, "hep-th", datetime(2027, 3, 1, tzinfo=UTC))

    assert paper.primary_category == "hep-th"
    assert paper.title
    assert len(paper.abstract.split()) > 20


def test_namesakes_are_told_apart_by_identity_and_field():
    inventor = Inventor.bundled(TODAY)
    papers = list(inventor.papers(INVENTED))
    namesakes = [inventor.author(one, papers) for one in inventor.people if one.name == "Wei Zhang"]

    assert len(namesakes) == 2
    assert len({one.openalex_id for one in namesakes}) == 2
    assert {one.primary_category for one in namesakes} == {"cs.CV", "astro-ph.EP"}


def test_nobody_signs_a_paper_twice():
    for paper in invent():
        names = [author.name for author in paper.authors]
        assert len(names) == len(set(names))


def test_a_career_has_every_year_and_an_h_index_it_can_have():
    inventor = Inventor.bundled(TODAY)
    papers = list(inventor.papers(COUNT))
    for person in inventor.people:
        author = inventor.author(person, papers)
        years = [year.year for year in author.years]

        assert years == list(range(years[0], TODAY.year + 1))
        assert author.h_index.value <= author.paper_count.value
        assert author.h_index.value**2 <= author.citation_count.value
        assert author.invented


def test_titles_are_capitalized_but_formulas_are_not():
    titles = [paper.title for paper in invent()]

    assert not any(re.search(r"\$[A-Z]", title) for title in titles)
    assert all(title[0].isupper() for title in titles)
