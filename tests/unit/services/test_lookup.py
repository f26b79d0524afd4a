"""From what somebody writes to one author or one paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.errors import AmbiguousAuthor, InvalidIdentifier, Missing, NotFound, SourceUnavailable
from bot.services.answers import AuthorAnswer
from tests.factories import make_author, make_paper
from tests.unit.services.conftest import START, House

SASHA = OpenAlexId("A5000000001")
OTHER = OpenAlexId("A5000000002")
PAPER = make_paper(id=None, source="arXiv", fetched_at=START)
WORK = Paper(
    doi=Doi("10.48550/arxiv.2306.05949"),
    arxiv_id=PAPER.arxiv_id,
    openalex_id=OpenAlexId("W4380000001"),
    title=PAPER.title,
    authors=(*PAPER.authors[:3], Authorship(name="Sasha Luccioni", openalex_id=SASHA)),
    citation_count=Figure(value=120, source="OpenAlex", as_of=START.date()),
    source="OpenAlex",
    fetched_at=START,
)
PROFILE = make_author(id=None, openalex_id=SASHA, fetched_at=START)


def know(house: House) -> None:
    """Let both sources know the paper and its author."""
    house.arxiv.papers.append(PAPER)
    house.openalex.works[Doi("10.48550/arxiv.2306.05949")] = WORK
    house.openalex.authors[SASHA] = PROFILE


async def test_paper_unknown_to_the_catalogue_comes_from_both_sources_and_stays(house: House) -> None:
    know(house)

    answer = await house.lookup.paper("https://arxiv.org/abs/2306.05949v2")
    house.arxiv.down = house.openalex.down = True
    again = await house.lookup.paper("2306.05949")

    assert answer.paper.abstract == PAPER.abstract
    assert answer.paper.citation_count == WORK.citation_count
    assert again.paper == answer.paper
    assert again.unreachable == ()


async def test_paper_is_found_by_its_title_whatever_case_and_punctuation(house: House) -> None:
    know(house)
    await house.lookup.paper("2306.05949")

    answer = await house.lookup.paper(f"  {PAPER.title.upper()}!  ")

    assert answer.paper.arxiv_id == PAPER.arxiv_id


@pytest.mark.parametrize("text", ["Evaluating the Social Impact", "generative impact society"])
async def test_paper_is_found_by_words_that_only_its_title_has(house: House, text: str) -> None:
    know(house)
    await house.lookup.paper("2306.05949")

    assert (await house.lookup.paper(text)).paper.arxiv_id == PAPER.arxiv_id


async def test_title_the_catalogue_lacks_is_asked_of_arxiv(house: House) -> None:
    know(house)

    assert (await house.lookup.paper(PAPER.title)).paper.arxiv_id == PAPER.arxiv_id


async def test_paper_nobody_can_be_asked_about_is_a_source_fault_not_an_unknown_paper(house: House) -> None:
    house.arxiv.down = house.openalex.down = True

    with pytest.raises(SourceUnavailable):
        await house.lookup.paper("2306.05949")


async def test_unknown_id_and_unknown_title_are_not_found_with_the_nearest(house: House) -> None:
    know(house)
    await house.lookup.paper("2306.05949")

    with pytest.raises(NotFound):
        await house.lookup.paper("2306.05950")
    with pytest.raises(NotFound) as fault:
        await house.lookup.paper("Evaluating the Social Impct of Generative AI")

    assert [paper.title for paper in fault.value.papers] == [PAPER.title]


async def test_text_that_looks_like_an_id_and_is_none_is_refused(house: House) -> None:
    with pytest.raises(InvalidIdentifier):
        await house.lookup.paper("https://example.org/abs/2306.05949x")


async def test_author_is_resolved_by_free_reads_alone(house: House) -> None:
    """A paper's work names its authors' ids, so no search is paid for."""
    know(house)
    await house.lookup.paper("2306.05949")

    answer = await house.lookup.author("sasha luccioni")

    assert answer.author.openalex_id == SASHA
    assert answer.author.h_index == PROFILE.h_index
    assert answer.author.primary_category == "cs.CY"
    assert [paper.arxiv_id for paper in answer.top] == [PAPER.arxiv_id]
    assert "sasha luccioni" not in house.openalex.paid


async def test_author_unknown_to_the_catalogue_is_found_through_arxiv(house: House) -> None:
    know(house)

    assert (await house.lookup.author("Sasha Luccioni")).author.openalex_id == SASHA


async def test_author_that_no_paper_names_is_searched_for(house: House) -> None:
    house.openalex.authors[SASHA] = PROFILE

    assert (await house.lookup.author("Sasha Luccioni")).author.openalex_id == SASHA
    assert "Sasha Luccioni" in house.openalex.paid


async def test_author_found_for_the_first_time_comes_with_all_known_works(house: House) -> None:
    know(house)
    title = "A journal paper that arXiv never saw"
    house.openalex.works[Doi("10.1000/1")] = replace(
        WORK, arxiv_id=None, doi=Doi("10.1000/1"), openalex_id=OpenAlexId("W4380000002"), title=title
    )

    answer = await house.lookup.author("Sasha Luccioni")

    assert title in [paper.title for paper in answer.top]


async def test_namesakes_without_known_papers_are_introduced_by_their_works(house: House) -> None:
    house.openalex.authors[SASHA] = PROFILE
    house.openalex.authors[OTHER] = replace(PROFILE, openalex_id=OTHER, orcid=None)
    house.openalex.works[Doi("10.48550/arxiv.2306.05949")] = WORK

    with pytest.raises(AmbiguousAuthor) as fault:
        await house.lookup.author("Sasha Luccioni")

    titles = {author.openalex_id: title for author, title in fault.value.candidates}
    assert titles == {SASHA: WORK.title, OTHER: None}


async def test_namesakes_are_offered_and_the_choice_is_remembered_for_the_person(house: House) -> None:
    house.openalex.authors[SASHA] = PROFILE
    house.openalex.authors[OTHER] = replace(PROFILE, openalex_id=OTHER, orcid=None)

    with pytest.raises(AmbiguousAuthor) as fault:
        await house.lookup.author("Sasha Luccioni", asker=1)
    chosen = next(one for one, _ in fault.value.candidates if one.openalex_id == OTHER)
    assert chosen.id is not None
    await house.lookup.author_by_id(chosen.id, asker=1, chosen_for="Sasha Luccioni")

    assert (await house.lookup.author("sasha luccioni", asker=1)).author.openalex_id == OTHER
    with pytest.raises(AmbiguousAuthor):
        await house.lookup.author("Sasha Luccioni", asker=2)


async def test_author_without_openalex_has_our_own_numbers_marked_at_least(house: House) -> None:
    house.arxiv.papers.append(PAPER)
    house.openalex.down = True

    answer = await house.lookup.author("Sasha Luccioni")

    assert answer.author.openalex_id is None
    assert answer.author.paper_count is not None
    assert (answer.author.paper_count.value, answer.author.paper_count.at_least) == (1, True)
    assert answer.unreachable == (Missing("OpenAlex"),)


async def test_profile_is_brought_up_to_date_when_the_allowance_is_used_up(house: House) -> None:
    know(house)
    house.openalex.spent = True
    await house.lookup.author("Sasha Luccioni")
    house.pass_time(days=8)
    newer = Figure(value=50, source="OpenAlex", as_of=house.now.date())
    house.openalex.authors[SASHA] = replace(PROFILE, h_index=newer)

    answer = await house.lookup.refresh_author(await house.lookup.author("Sasha Luccioni"))

    assert isinstance(answer, AuthorAnswer)
    assert answer.author.h_index == newer
    assert answer.unreachable == ()


async def test_name_without_a_profile_is_asked_for_once_a_day(house: House) -> None:
    house.arxiv.papers.append(PAPER)
    await house.lookup.author("Sasha Luccioni")
    asked = len(house.arxiv.asked)

    await house.lookup.author("Sasha Luccioni")
    at_once = len(house.arxiv.asked)
    house.pass_time(days=2)
    await house.lookup.author("Sasha Luccioni")

    assert (at_once, len(house.arxiv.asked)) == (asked, asked + 1)


async def test_unknown_author_comes_with_the_nearest_names(house: House) -> None:
    know(house)
    await house.lookup.author("Sasha Luccioni")

    with pytest.raises(NotFound) as fault:
        await house.lookup.author("Sascha Lucioni")

    assert "Sasha Luccioni" in [author.name for author in fault.value.authors]


async def test_person_asked_for_as_a_paper_and_the_other_way_round_is_offered(house: House) -> None:
    know(house)
    await house.lookup.author("Sasha Luccioni")
    await house.lookup.paper("2306.05949")

    with pytest.raises(NotFound) as fault:
        await house.lookup.paper("sasha luccioni")
    assert [author.name for author in fault.value.authors] == ["Sasha Luccioni"]
    with pytest.raises(NotFound) as fault:
        await house.lookup.author("arXiv:2306.05949")
    assert [paper.title for paper in fault.value.papers] == [PAPER.title]


@pytest.mark.parametrize("text", ["🦜🦜", "\x00\x00", "\u202e", "   "])
async def test_text_without_a_word_is_asked_of_nobody(house: House, text: str) -> None:
    with pytest.raises(NotFound):
        await house.lookup.author(text)
    with pytest.raises(NotFound):
        await house.lookup.paper(text)

    assert house.arxiv.asked == []


@pytest.mark.parametrize(
    "text", ["🦜🦜", "\x00\x00", "\u202eabc", "@everyone", "$\\frac{a}{b}$", "x" * 5000, "   "]
)
async def test_hostile_text_is_nothing_found(house: House, text: str) -> None:
    with pytest.raises(NotFound):
        await house.lookup.author(text)
    with pytest.raises(NotFound):
        await house.lookup.paper(text)


async def test_papers_in_a_message_are_found_and_unknown_ones_left_out(house: House) -> None:
    know(house)

    found = await house.lookup.papers_in("see arxiv.org/abs/2306.05949 and 2306.00001, both good")

    assert [paper.arxiv_id for paper in found] == [ArxivId("2306.05949")]


async def test_allowance_used_up_says_until_when_not_in_a_few_minutes(house: House) -> None:
    midnight = START.replace(hour=0) + timedelta(days=1)
    house.openalex.spent_until = midnight

    with pytest.raises(NotFound) as fault:
        await house.lookup.author("Nobody Known")

    assert fault.value.unreachable == (Missing("OpenAlex", midnight),)


async def test_profile_that_openalex_merged_is_found_by_its_former_id_without_asking_again(
    house: House,
) -> None:
    know(house)
    house.openalex.authors[OTHER] = replace(PROFILE, former_ids=(OTHER,))

    first = await house.lookup.author(str(OTHER))
    house.openalex.down = True
    again = await house.lookup.author(str(OTHER))

    assert first.author.openalex_id == again.author.openalex_id == SASHA
    assert [paper.openalex_id for paper in first.top] == [WORK.openalex_id]
    assert again.unreachable == ()
