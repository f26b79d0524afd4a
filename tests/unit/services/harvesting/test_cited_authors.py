"""Who cites an author: which works are followed, where news begins, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.authors import Author
from bot.domain.identifiers import OpenAlexId
from bot.domain.orders import Order, Setting
from bot.domain.papers import Authorship, Paper
from bot.domain.watches import AuthorCitationsCriterion, Manner, Place, PlaceKind
from bot.errors import NotFound, NotIndexed
from bot.services.harvesting import cited_authors, citing
from tests.unit.services.conftest import START, House
from tests.unit.services.harvesting.test_citing import A_DAY, CHANNEL, OTHER, citing_paper, titles_due

EMMA = OpenAlexId("A5000000001")
ORDER = Order(owner=3, place=CHANNEL)
ENERGY, ORGANS = "W100", "W200"


def work(id_: str, title: str, *, published: datetime = START - 900 * A_DAY) -> Paper:
    """Return a work of Emma's as OpenAlex knows it."""
    return Paper(
        openalex_id=OpenAlexId(id_),
        title=title,
        authors=(Authorship(name="Emma Strubell", openalex_id=EMMA),),
        submitted_at=published,
        source="OpenAlex",
    )


def knows(house: House, *works: Paper) -> None:
    """Let OpenAlex know these works, the most cited first."""
    house.openalex.works = {one.openalex_id: one for one in works if one.openalex_id}


@pytest.fixture
async def emma(house: House) -> Author:
    """An author of the catalogue, of whom OpenAlex knows two works."""
    knows(house, work(ENERGY, "Energy and Policy Considerations"), work(ORGANS, "Linguistically-Informed"))
    profile = Author(name="Emma Strubell", openalex_id=EMMA, fetched_at=START)
    house.openalex.authors[EMMA] = profile
    return await house.stores.authors.save_author(profile)


async def reasons_due(house: House) -> list[str]:
    """Claim what is due, and return why."""
    claimed = await house.stores.deliveries.claim_due(house.now)
    return sorted(reason for message in claimed for one in message.deliveries for reason in one.reasons)


@pytest.mark.parametrize("text", ["Emma Strubell", "emma strubell", "A5000000001", "strubell"])
async def test_author_is_known_by_name_and_by_id(house: House, emma: Author, text: str) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY, cites=(ENERGY,))]

    answer = await house.watching.watch_citations(text, ORDER)

    assert answer.watch.criterion == AuthorCitationsCriterion(author_id=emma.id or 0, name="Emma Strubell")
    assert answer.watch.label == "cites papers by Emma Strubell"
    assert answer.watch.manner == Manner(most_a_day=10)
    assert (answer.preview.matched, answer.preview.followed, answer.preview.are_some) == (1, 2, False)


async def test_what_cites_any_work_already_is_never_announced_and_what_comes_is_named(
    house: House, emma: Author
) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY, cites=(ORGANS,))]
    await house.watching.watch_citations("Emma Strubell", ORDER)
    house.openalex.citing += [
        citing_paper(2, START, cites=(ENERGY,)),
        citing_paper(3, START, cites=(ORGANS, ENERGY)),
    ]
    house.now += A_DAY
    assert await house.citing.run() == 2
    house.now += A_DAY
    assert await house.citing.run() == 0

    assert await reasons_due(house) == [
        "cites Energy and Policy Considerations (by Emma Strubell)",
        "cites Energy and Policy Considerations and 1 more (by Emma Strubell)",
    ]


async def test_preview_counts_a_week_of_seven_days(house: House, emma: Author) -> None:
    house.openalex.citing = [citing_paper(n, START - n * A_DAY, cites=(ENERGY,)) for n in range(30)]
    answer = await house.watching.watch_citations("Emma Strubell", ORDER)
    assert answer.preview.matched == 30
    assert answer.preview.per_week == pytest.approx(7, abs=0.2)


async def test_long_title_leaves_room_for_the_name(house: House, emma: Author) -> None:
    knows(house, work(ENERGY, "Energy " * 40))
    await house.watching.watch_citations("Emma Strubell", ORDER)
    house.openalex.citing = [citing_paper(2, START, cites=(ENERGY,))]
    house.now += A_DAY
    await house.citing.run()

    (reason,) = await reasons_due(house)
    assert reason.endswith("Energy… (by Emma Strubell)")
    assert len(reason) < 130


async def test_works_are_one_question_a_day_and_one_list_a_week(house: House, emma: Author) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)
    # The list of works, and twice what cites them, as nothing did.
    assert len(house.openalex.paid) == 3
    house.openalex.paid.clear()
    for _ in range(7 * 24):
        house.now += timedelta(hours=1)
        await house.citing.run()

    questions = [asked for asked in house.openalex.paid if isinstance(asked, tuple)]
    assert [works for works, _since, waiting in questions if not waiting] == [(ENERGY, ORGANS)] * 7
    assert house.openalex.paid.count(EMMA) == 1


async def test_author_of_thousands_of_papers_costs_no_more_than_others(
    house: House, emma: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST_READ", 3)
    many = [work(f"W{n}", f"Work {n}", published=START - (900 - n % 700) * A_DAY) for n in range(1, 9001)]
    knows(house, *many)
    answer = await house.watching.watch_citations("Emma Strubell", ORDER)
    followed = {one.work for one in (await house.stores.citations.list_cited_authors())[0].works}
    newest = sorted(many, key=lambda one: str(one.dated_at), reverse=True)[:50]

    assert (answer.preview.followed, answer.preview.are_some) == (100, True)
    assert {f"W{n}" for n in range(1, 51)} <= followed
    assert {one.openalex_id.value for one in newest if one.openalex_id} <= followed

    house.openalex.citing = [citing_paper(n, START, cites=(f"W{n}",)) for n in range(1, 51)]
    house.openalex.paid.clear()
    house.now += A_DAY
    assert await house.citing.run() == 3
    assert len(house.openalex.paid) == 1


async def test_authors_share_a_question_and_are_parted_where_it_holds_too_much(
    house: House, emma: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await house.stores.authors.save_author(
        Author(name="Ada Else", openalex_id=OpenAlexId("A5000000002"), fetched_at=START)
    )
    works = dict(house.openalex.works)
    theirs = replace(
        work("W300", "Else"), authors=(Authorship(name="Ada Else", openalex_id=other.openalex_id),)
    )
    house.openalex.works = {**works, OpenAlexId("W300"): theirs}
    await house.watching.watch_citations("Emma Strubell", ORDER)
    await house.watching.watch_citations("Ada Else", ORDER)
    monkeypatch.setattr(citing, "MOST_READ", 2)
    house.openalex.citing = [citing_paper(1, START, cites=(ORGANS,)), citing_paper(2, START, cites=("W300",))]
    house.openalex.paid.clear()
    house.now += A_DAY

    assert await house.citing.run() == 2
    assert [asked[0] for asked in house.openalex.paid] == [  # type: ignore[index]
        (ENERGY, ORGANS, "W300"),
        (ENERGY, ORGANS),
        ("W300",),
    ]


async def test_work_that_two_watches_follow_is_asked_about_once_and_both_get_it(
    house: House, emma: Author
) -> None:
    await house.stores.papers.save_papers([work(ENERGY, "Energy and Policy Considerations")])
    await house.watching.watch_citations("Emma Strubell", ORDER)
    await house.watching.watch_citations("Energy and Policy Considerations", replace(ORDER, place=OTHER))
    house.openalex.citing = [citing_paper(1, START, cites=(ENERGY,))]
    house.openalex.paid.clear()
    house.now += A_DAY

    assert await house.citing.run() == 2
    assert [asked[0] for asked in house.openalex.paid] == [(ENERGY, ORGANS)]  # type: ignore[index]
    assert await reasons_due(house) == [
        "cites Energy and Policy Considerations",
        "cites Energy and Policy Considerations (by Emma Strubell)",
    ]


async def test_paper_that_the_author_publishes_later_is_followed_from_its_first_citation(
    house: House, emma: Author
) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)
    known = list(house.openalex.works.values())
    knows(house, *known, work("W300", "Published later", published=START + 3 * A_DAY))
    house.openalex.citing = [citing_paper(1, START + 5 * A_DAY, cites=("W300",))]
    house.now += 8 * A_DAY

    assert await house.citing.run() == 1
    assert await titles_due(house) == ["Citing paper 1"]


async def test_old_paper_that_turns_out_to_be_the_authors_begins_with_what_cites_it(
    house: House, emma: Author
) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)
    knows(house, *house.openalex.works.values(), work("W300", "Old, but found late"))
    house.openalex.citing = [citing_paper(1, START + 5 * A_DAY, cites=("W300",))]
    house.now += 8 * A_DAY

    assert await house.citing.run() == 0
    house.openalex.citing += [citing_paper(2, START + 8 * A_DAY, cites=("W300",))]
    house.now += A_DAY
    assert await house.citing.run() == 1


async def test_empty_list_of_works_takes_nothing_away(house: House, emma: Author) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)
    knows(house)
    house.openalex.citing = [citing_paper(1, START + A_DAY, cites=(ENERGY,))]
    house.now += 8 * A_DAY

    assert await house.citing.run() == 1


async def test_profile_that_became_anothers_is_followed_there(house: House, emma: Author) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)
    current = OpenAlexId("A5000000009")
    house.openalex.authors[EMMA] = replace(house.openalex.authors[EMMA], openalex_id=current)
    moved = replace(
        work("W300", "New", published=START + A_DAY),
        authors=(Authorship(name="Emma Strubell", openalex_id=current),),
    )
    knows(house, moved)
    house.openalex.citing = [citing_paper(1, START + 5 * A_DAY, cites=("W300",))]
    house.now += 8 * A_DAY

    assert await house.citing.run() == 1


async def test_watch_made_while_the_source_is_down_begins_with_its_first_answer(
    house: House, emma: Author
) -> None:
    house.openalex.citing = [citing_paper(1, START - A_DAY, cites=(ENERGY,))]
    house.openalex.spent = True
    answer = await house.watching.watch_citations("Emma Strubell", ORDER)
    assert not answer.feed_answered
    house.openalex.spent = False
    house.now += timedelta(hours=1)
    assert await house.citing.run() == 0

    house.openalex.citing.append(citing_paper(2, START, cites=(ENERGY,)))
    house.now += A_DAY
    await house.citing.run()

    assert await titles_due(house) == ["Citing paper 2"]


async def test_works_that_can_not_be_read_keep_no_question_back(
    house: House, emma: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.watching.watch_citations("Emma Strubell", ORDER)

    async def refuse(*_: object, **__: object) -> tuple[Paper, ...]:
        house.openalex.spent = True
        try:
            house.openalex._pay("works")
        finally:
            house.openalex.spent = False
        raise AssertionError

    monkeypatch.setattr(house.openalex, "fetch_works", refuse)
    house.openalex.citing = [citing_paper(1, START + A_DAY, cites=(ENERGY,))]
    house.now += 8 * A_DAY

    assert await house.citing.run() == 1


async def test_author_without_profile_or_works_is_said_so(house: House, emma: Author) -> None:
    bare = Paper(title="Something", authors=(Authorship(name="Bo Bare"),), source="arXiv")
    await house.stores.papers.save_papers([bare])
    with pytest.raises(NotIndexed):
        await house.watching.watch_cited_author("Bo Bare", ORDER)
    knows(house)
    with pytest.raises(NotIndexed):
        await house.watching.watch_citations("Emma Strubell", ORDER)
    assert await house.stores.watches.list_watches() == ()


async def test_known_title_comes_before_a_name_and_an_unknown_name_is_looked_for(
    house: House, emma: Author
) -> None:
    await house.stores.papers.save_papers([work("W400", "Green AI")])
    answer = await house.watching.watch_citations("Green AI", ORDER)
    assert answer.watch.label == "cites Green AI"

    new = Author(name="Ada Newcomer", openalex_id=OpenAlexId("A5000000003"))
    house.openalex.authors[OpenAlexId("A5000000003")] = new
    theirs = replace(
        work("W500", "New"), authors=(Authorship(name="Ada Newcomer", openalex_id=new.openalex_id),)
    )
    house.openalex.works[OpenAlexId("W500")] = theirs
    answer = await house.watching.watch_citations("Ada Newcomer", ORDER)
    assert answer.watch.label == "cites papers by Ada Newcomer"
    with pytest.raises(NotFound):
        await house.watching.watch_citations("Nobody Knows", ORDER)
    with pytest.raises(NotFound):
        await house.watching.watch_citations("a title that nobody knows", ORDER)


async def test_same_watch_twice_is_one_and_its_settings_can_be_changed(house: House, emma: Author) -> None:
    first = (await house.watching.watch_citations("Emma Strubell", ORDER)).watch
    again = await house.watching.watch_citations("A5000000001", ORDER)
    assert again.existed
    assert again.watch == first

    answer = await house.watching.change(first.id or 0, Setting.TOPIC, "energy", guild_id=2, person=3)
    assert answer.watch.label == "cites papers by Emma Strubell · topic: energy"
    assert answer.preview.followed == 2
    house.openalex.citing = [
        citing_paper(1, START, cites=(ENERGY,), title="Energy of training"),
        citing_paper(2, START, cites=(ENERGY,), title="Something else"),
    ]
    house.now += A_DAY
    await house.citing.run()
    assert await reasons_due(house) == [
        "cites Energy and Policy Considerations (by Emma Strubell) · topic: energy"
    ]


async def test_preview_alone_leaves_nothing_that_is_asked_about(house: House, emma: Author) -> None:
    answer = await house.watching.watch_citations("Emma Strubell", replace(ORDER, preview=True))
    assert answer.watch.id is None
    assert answer.preview.followed == 2
    house.openalex.paid.clear()
    house.now += A_DAY
    await house.citing.run()

    assert house.openalex.paid == []
    assert await house.stores.citations.list_cited() == ()
    assert await house.stores.citations.list_cited_authors() == ()


async def test_second_watch_of_an_author_begins_at_its_own_creation(house: House, emma: Author) -> None:
    direct = Place(kind=PlaceKind.DIRECT, id=3)
    await house.watching.watch_citations("Emma Strubell", ORDER)
    house.openalex.citing = [citing_paper(1, START, cites=(ENERGY,))]
    house.now += timedelta(hours=2)

    await house.watching.watch_citations("Emma Strubell", replace(ORDER, place=direct))

    claimed = await house.stores.deliveries.claim_due(house.now)
    assert [message.place for message in claimed] == [CHANNEL]


async def test_what_the_day_had_no_room_for_comes_first_the_next_day(
    house: House, emma: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST_WORKS", 2)
    await house.stores.papers.save_papers([work("W400", "Green AI")])
    await house.watching.watch_citations("Emma Strubell", ORDER)
    await house.watching.watch_citations("Green AI", ORDER)
    answer = house.openalex.fetch_citing

    async def once(*args: object, **named: object) -> object:
        found = await answer(*args, **named)  # type: ignore[arg-type]
        house.openalex.spent = True
        return found

    monkeypatch.setattr(house.openalex, "fetch_citing", once)
    house.openalex.paid.clear()
    for _ in range(2):
        house.now += A_DAY
        house.openalex.spent = False
        await house.citing.run()

    assert [asked[0] for asked in house.openalex.paid] == [(ENERGY, ORGANS), ("W400",)]  # type: ignore[index]


def test_works_of_an_author_fit_one_question() -> None:
    assert cited_authors.MOST_OWN <= citing.MOST_WORKS
