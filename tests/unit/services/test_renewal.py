"""Answers made of several things are brought up to date behind as single cards are."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.identifiers import Doi, OpenAlexId
from bot.domain.papers import Authorship
from bot.services.answers import AuthorAnswer, CoauthorsAnswer, ComparisonAnswer, ReferenceAnswer, WordsAnswer
from bot.services.relations import Relations
from bot.services.renewal import Renewal
from bot.text.references import ReferenceForm
from tests.unit.services.conftest import House
from tests.unit.services.test_freshness import DOI, known, recount
from tests.unit.services.test_lookup import PAPER, WORK


def renewal(house: House) -> Renewal:
    return Renewal(lookup=house.lookup, relations=relations(house))


def relations(house: House) -> Relations:
    return Relations(lookup=house.lookup, authors=house.stores.authors)


async def test_reference_of_an_old_record_is_written_anew_where_it_changed(house: House) -> None:
    await known(house)
    old = ReferenceAnswer(paper=(await house.lookup.paper("2306.05949")).paper, form=ReferenceForm.BIBTEX)
    house.openalex.works[DOI] = replace(WORK, venue="Nature", fetched_at=house.now)

    fresher = await renewal(house).refresh(old)

    assert isinstance(fresher, ReferenceAnswer)
    assert (fresher.paper.venue, fresher.form) == ("Nature", ReferenceForm.BIBTEX)


async def test_reference_stands_where_only_its_citations_changed(house: House) -> None:
    await known(house)
    old = ReferenceAnswer(paper=(await house.lookup.paper("2306.05949")).paper, form=ReferenceForm.APA)
    recount(house, 1999)

    assert await renewal(house).refresh(old) is None


async def test_comparison_takes_the_newer_numbers_and_leaves_the_others(house: House) -> None:
    await known(house)
    old = await house.lookup.author("Sasha Luccioni")
    mate = AuthorAnswer(author=replace(old.author, id=None, openalex_id=None, name="Bo Ek"), top=())
    newer = recount(house, 50)

    fresher = await renewal(house).refresh(ComparisonAnswer(people=(mate, old)))

    assert isinstance(fresher, ComparisonAnswer)
    assert fresher.people[0] == mate
    assert fresher.people[1].author.h_index == newer


async def test_comparison_without_news_stands(house: House) -> None:
    await known(house)
    recount(house, 50)
    old = await house.lookup.author("Sasha Luccioni")
    await house.lookup.refresh_author(old)
    fresh = await house.lookup.author("Sasha Luccioni")

    assert await renewal(house).refresh(ComparisonAnswer(people=(fresh, fresh))) is None


async def test_coauthors_are_counted_anew_where_newer_works_came(house: House) -> None:
    await known(house)
    old = await relations(house).coauthors("Sasha Luccioni")
    recount(house, 50)
    mate = Authorship(name="Bo Ek", institutions=PAPER.authors[-1].institutions)
    second = Doi("10.1234/second")
    house.openalex.works[second] = replace(
        WORK,
        arxiv_id=None,
        doi=second,
        openalex_id=OpenAlexId("W77"),
        title="A second paper that two have written",
        authors=(*WORK.authors, mate),
    )

    fresher = await renewal(house).refresh(old)

    assert isinstance(fresher, CoauthorsAnswer)
    assert "Bo Ek" in [one.name for one in fresher.network.coauthors]


async def test_words_have_nothing_newer_behind_them(house: House) -> None:
    await known(house)

    assert await renewal(house).refresh(WordsAnswer(text="Hello.")) is None
    assert house.arxiv.asked == []
