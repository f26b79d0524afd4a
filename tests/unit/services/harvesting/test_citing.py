"""Who cites a followed paper: the line where news begins, faults, and the day's pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.feeds import CitingPaper, FeedState
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.orders import OFF, Order, Setting
from bot.domain.papers import Paper
from bot.domain.watches import CitationsCriterion, Manner, Place, PlaceKind, Watch
from bot.errors import NotIndexed, SourceUnavailable
from bot.services.harvesting import citing
from bot.services.harvesting.harvest import plan
from tests.contract.storage.mailing import WantedBy, item
from tests.factories import make_paper
from tests.unit.services.conftest import START, House

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
OTHER = Place(kind=PlaceKind.CHANNEL, id=5, guild_id=2)
ORDER = Order(owner=3, place=CHANNEL)
WORK = "W100"
A_DAY = timedelta(days=1)


def citing_paper(
    number: int, published: datetime, *, cites: tuple[str, ...] = (WORK,), title: str = ""
) -> CitingPaper:
    """Return a paper as OpenAlex knows it, without a preprint's id."""
    paper = Paper(
        openalex_id=OpenAlexId(f"W9{number:04}"),
        title=title or f"Citing paper {number}",
        submitted_at=published,
        source="OpenAlex",
    )
    return CitingPaper(paper=paper, cites=frozenset(cites))


@pytest.fixture
async def cited(house: House) -> Paper:
    """A paper of the catalogue that OpenAlex knows."""
    (paper,) = await house.stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId("2306.05949"), openalex_id=OpenAlexId(WORK), title="Cited")]
    )
    return paper


def works_of(watch: Watch) -> tuple[str, ...]:
    """Return the works whose citations a watch follows."""
    assert isinstance(watch.criterion, CitationsCriterion)
    return watch.criterion.works


async def titles_due(house: House) -> list[str]:
    """Claim what is due, and return the papers' titles."""
    claimed = await house.stores.deliveries.claim_due(house.now)
    ids = [one.paper_id for message in claimed for one in message.deliveries]
    return sorted(paper.title for paper in await house.stores.papers.find_papers(ids))


async def test_what_cites_it_already_is_shown_and_never_announced(house: House, cited: Paper) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY), citing_paper(2, START - 40 * A_DAY)]

    answer = await house.watching.watch_citations("2306.05949", ORDER)
    house.now += A_DAY
    await house.citing.run()

    assert answer.watch.criterion == CitationsCriterion(paper_id=cited.id or 0, title="Cited", works=(WORK,))
    assert answer.watch.manner == Manner(most_a_day=10)
    assert [paper.title for paper in answer.preview.examples] == ["Citing paper 1"]
    assert answer.preview.matched == 1
    assert await titles_due(house) == []


async def test_what_newly_cites_it_is_announced_once_with_the_reason(house: House, cited: Paper) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY)]
    await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.citing += [citing_paper(2, START - 30 * A_DAY), citing_paper(3, START)]
    house.now += A_DAY
    assert await house.citing.run() == 2
    house.now += A_DAY
    assert await house.citing.run() == 0

    claimed = await house.stores.deliveries.claim_due(house.now)

    (made, _) = (one for message in claimed for one in message.deliveries)
    assert made.reasons == ("cites Cited",)


async def test_nothing_is_asked_twice_a_day_and_works_share_a_question(house: House, cited: Paper) -> None:
    await house.stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId("2306.00002"), openalex_id=OpenAlexId("W200"), title="Second")]
    )
    await house.watching.watch_citations("2306.05949", ORDER)
    await house.watching.watch_citations("2306.00002", ORDER)
    house.openalex.paid.clear()
    house.now += timedelta(hours=2)
    await house.citing.run()
    assert house.openalex.paid == []
    house.now += A_DAY
    await house.citing.run()
    await house.citing.run()
    assert [asked[0] for asked in house.openalex.paid] == [(WORK, "W200")]  # type: ignore[index]


async def test_watch_made_while_the_source_is_down_begins_with_its_first_answer(
    house: House, cited: Paper
) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY)]
    house.openalex.spent = True
    answer = await house.watching.watch_citations("2306.05949", ORDER)
    assert not answer.feed_answered
    await house.citing.run()
    house.openalex.spent = False
    house.now += timedelta(hours=1)
    assert await house.citing.run() == 0

    house.openalex.citing.append(citing_paper(2, START))
    house.now += A_DAY
    await house.citing.run()

    assert await titles_due(house) == ["Citing paper 2"]


async def test_fault_loses_nothing_and_is_asked_again(house: House, cited: Paper) -> None:
    await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.citing = [citing_paper(1, START)]
    house.openalex.down = True
    house.now += A_DAY
    assert await house.citing.run() == 0
    house.openalex.down = False
    house.now += timedelta(minutes=5)
    assert await house.citing.run() == 0
    house.now += timedelta(minutes=6)
    assert await house.citing.run() == 1


async def test_empty_first_answer_is_asked_again_before_it_is_believed(
    house: House, cited: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY)]
    answer, lies = house.openalex.fetch_citing, [1]

    async def lie_once(*args: object, **named: object) -> tuple[CitingPaper, ...]:
        return () if lies and lies.pop() else await answer(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(house.openalex, "fetch_citing", lie_once)
    made = await house.watching.watch_citations("2306.05949", ORDER)
    house.now += A_DAY

    assert await house.citing.run() == 0
    assert made.preview.matched == 1


async def test_paper_cited_more_often_than_can_be_read_begins_with_the_oldest_read(
    house: House, cited: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST_READ", 2)
    house.openalex.citing = [citing_paper(n, START - n * A_DAY) for n in range(5)]
    await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.citing = house.openalex.citing[2:]
    house.openalex.citing += [citing_paper(7, START)]
    house.now += A_DAY

    await house.citing.run()

    assert await titles_due(house) == ["Citing paper 7"]


async def test_too_many_for_one_answer_are_asked_about_in_halves(
    house: House, cited: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId("2306.00002"), openalex_id=OpenAlexId("W200"), title="Second")]
    )
    await house.watching.watch_citations("2306.05949", ORDER)
    await house.watching.watch_citations("2306.00002", ORDER)
    monkeypatch.setattr(citing, "MOST_READ", 2)
    house.openalex.citing = [citing_paper(1, START), citing_paper(2, START, cites=("W200",))]
    house.now += A_DAY

    assert await house.citing.run() == 2
    assert [asked[0] for asked in house.openalex.paid[-3:]] == [  # type: ignore[index]
        (WORK, "W200"),
        (WORK,),
        ("W200",),
    ]


async def test_second_watch_of_a_work_begins_at_its_own_creation(house: House, cited: Paper) -> None:
    await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.citing = [citing_paper(1, START)]
    house.now += timedelta(hours=2)

    await house.watching.watch_citations("2306.05949", replace(ORDER, place=OTHER))

    claimed = await house.stores.deliveries.claim_due(house.now)
    assert [message.place for message in claimed] == [CHANNEL]


async def test_narrowed_watch_brings_what_it_asks_for_alone(house: House, cited: Paper) -> None:
    await house.watching.watch_citations("2306.05949", replace(ORDER, topic="energy", exclude="survey"))
    house.openalex.citing = [
        citing_paper(1, START, title="Energy of training"),
        citing_paper(2, START, title="Energy: a survey"),
        citing_paper(3, START, title="Carbon"),
    ]
    house.now += A_DAY
    await house.citing.run()

    assert await titles_due(house) == ["Energy of training"]


async def test_news_of_citing_concerns_no_other_watch(house: House, cited: Paper) -> None:
    await house.watching.watch_topic("citing", replace(ORDER, place=OTHER))
    await house.watching.watch_similar("citing paper number something", replace(ORDER, place=OTHER))
    await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.citing = [citing_paper(1, START)]
    house.now += A_DAY

    assert await house.citing.run() == 1


async def test_paper_that_was_announced_in_the_place_is_not_announced_again(
    house: House, cited: Paper
) -> None:
    watch = (await house.watching.watch_topic("energy", ORDER)).watch
    await house.watching.watch_citations("2306.05949", ORDER)
    state = FeedState(categories=("cs.CY",))
    await house.stores.harvests.record([item(1)], state, WantedBy([watch]), house.now)
    listed = item(1).paper
    house.openalex.citing = [
        CitingPaper(
            paper=replace(listed, openalex_id=OpenAlexId("W7"), submitted_at=START), cites=frozenset({WORK})
        )
    ]
    house.now += A_DAY

    assert await house.citing.run() == 0


async def test_paper_unknown_to_the_source_is_said_so_and_known_by_its_doi_is_found(house: House) -> None:
    await house.stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId("2306.05949"), openalex_id=None, title="New", doi=None)]
    )
    with pytest.raises(NotIndexed):
        await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.down = True
    with pytest.raises(SourceUnavailable):
        await house.watching.watch_citations("2306.05949", ORDER)
    house.openalex.down = False
    doi = ArxivId("2306.05949").doi
    house.openalex.works = {Doi(doi.value): make_paper(id=None, openalex_id=OpenAlexId("W55"), title="New")}

    answer = await house.watching.watch_citations("2306.05949", ORDER)

    assert works_of(answer.watch) == ("W55",)


async def test_removed_watch_is_asked_about_no_longer(house: House, cited: Paper) -> None:
    watch = (await house.watching.watch_citations("2306.05949", ORDER)).watch
    await house.watching.remove(watch.id or 0, guild_id=2, person=3)
    house.now += A_DAY
    house.openalex.paid.clear()
    await house.citing.run()

    assert house.openalex.paid == []
    assert await house.stores.citations.list_cited() == ()


async def test_watch_learns_the_ids_that_its_paper_gets(house: House, cited: Paper) -> None:
    watch = (await house.watching.watch_citations("2306.05949", ORDER)).watch
    older = CitationsCriterion(paper_id=cited.id or 0, title="Cited", works=("W1",))
    await house.stores.watches.change_watches([replace(watch, criterion=older)])
    house.now += A_DAY
    await house.citing.run()

    assert await house.stores.watches.list_citation_watches() == (watch,)


async def test_change_made_while_the_works_are_renewed_stays(
    house: House, cited: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = (await house.watching.watch_citations("2306.05949", ORDER)).watch
    older = CitationsCriterion(paper_id=cited.id or 0, title="Cited", works=("W1",))
    await house.stores.watches.change_watches([replace(watch, criterion=older)])
    known = house.stores.citations.works_of

    async def change_meanwhile(paper_id: int) -> tuple[str, ...]:
        await house.watching.change(watch.id or 0, Setting.MOST, "3", guild_id=2, person=3)
        return await known(paper_id)

    monkeypatch.setattr(house.stores.citations, "works_of", change_meanwhile)
    house.now += A_DAY
    await house.citing.run()

    (kept,) = await house.stores.watches.list_citation_watches()
    assert (kept.manner.most_a_day, works_of(kept)) == (3, (WORK,))


async def test_same_watch_twice_is_one_and_its_settings_can_be_changed(house: House, cited: Paper) -> None:
    first = (await house.watching.watch_citations("2306.05949", ORDER)).watch
    again = await house.watching.watch_citations("2306.05949", ORDER)
    assert again.existed
    assert again.watch == first

    answer = await house.watching.change(first.id or 0, Setting.MOST, "3", guild_id=2, person=3)
    assert answer.watch.manner.most_a_day == 3
    answer = await house.watching.change(first.id or 0, Setting.CODE, OFF, guild_id=2, person=3)
    assert answer.settings[Setting.MOST] == "3"


def test_following_citations_needs_no_feed() -> None:
    watch = Watch(
        owner_id=3,
        place=CHANNEL,
        criterion=CitationsCriterion(paper_id=1, title="Cited", works=(WORK,)),
        created_at=START,
    )
    assert plan((), [watch], ()) == ()
