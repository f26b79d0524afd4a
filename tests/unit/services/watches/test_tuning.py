"""Fewer announcements of a kind, over real stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.deliveries import Announcement
from bot.errors import LimitReached, NoSuchWatch, NotFound, WatchExists
from bot.services.watches.tuning import AUTHOR, LESS, MOST_UNLIKE, MUTE, Tuning
from bot.services.watches.watching import BY_HAND
from tests.contract.storage.mailing import HERE, deliver
from tests.factories import make_category_watch
from tests.unit.services.conftest import House

ORGANIZER = 42
GUILD = HERE.guild_id


@pytest.fixture
def tuning(house: House) -> Tuning:
    return Tuning(watches=house.stores.watches, papers=house.stores.papers)


@pytest.fixture
async def message(house: House) -> Announcement:
    """A paper that a watch of a server's channel was told of."""
    watch = await house.stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    await deliver(house.stores, 1, [watch])
    (claimed,) = await house.stores.deliveries.claim_due(house.now)
    return claimed


async def tuned(tuning: Tuning, message: Announcement, wish: str, *, guild_id: int | None = GUILD) -> None:
    paper_id = message.deliveries[0].paper_id
    await tuning.tune(message.id, paper_id, wish, guild_id=guild_id, person=ORGANIZER)


async def test_less_like_this_is_kept_once_and_taken_back(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    paper_id = message.deliveries[0].paper_id
    for _ in range(2):
        await tuned(tuning, message, LESS)
    (watch,) = await house.stores.watches.list_watches()
    assert [one.paper_id for one in watch.filters.unlike] == [paper_id]
    await tuning.undo(message.id, paper_id, LESS, guild_id=GUILD, person=ORGANIZER)
    (watch,) = await house.stores.watches.list_watches()
    assert watch.filters.unlike == ()


async def test_not_this_author_names_the_one_chosen(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    paper = await house.stores.papers.get_paper(message.deliveries[0].paper_id)
    await tuned(tuning, message, f"{AUTHOR}0")
    (watch,) = await house.stores.watches.list_watches()
    assert watch.filters.without_authors == (paper.authors[0].name,)
    with pytest.raises(NotFound):
        await tuned(tuning, message, f"{AUTHOR}{len(paper.authors)}")


async def test_mute_pauses_until_taken_back(house: House, tuning: Tuning, message: Announcement) -> None:
    await tuned(tuning, message, MUTE)
    (watch,) = await house.stores.watches.list_watches()
    assert watch.paused_reason
    await tuning.undo(message.id, message.deliveries[0].paper_id, MUTE, guild_id=GUILD, person=ORGANIZER)
    (watch,) = await house.stores.watches.list_watches()
    assert not watch.paused_reason


async def test_mute_taken_back_leaves_paused_what_was_paused_before(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    (watch,) = await house.stores.watches.list_watches()
    await house.stores.watches.pause_watch(watch.id or 0, BY_HAND)
    await tuned(tuning, message, MUTE)
    paper_id = message.deliveries[0].paper_id
    answer = await tuning.undo(message.id, paper_id, MUTE, guild_id=GUILD, person=ORGANIZER)
    (watch,) = await house.stores.watches.list_watches()
    assert watch.paused_reason == BY_HAND
    assert (answer.watches, answer.still_paused) == ((), (watch,))


async def test_another_servers_watch_is_not_touched(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    with pytest.raises(NoSuchWatch):
        await tuned(tuning, message, MUTE, guild_id=1)
    (watch,) = await house.stores.watches.list_watches()
    assert not watch.paused_reason


async def test_a_watch_avoids_the_likes_of_so_many_papers_at_most(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    await tuned(tuning, message, LESS)
    (watch,) = await house.stores.watches.list_watches()
    many = tuple(replace(watch.filters.unlike[0], paper_id=1000 + n) for n in range(MOST_UNLIKE))
    await house.stores.watches.change_watches([replace(watch, filters=replace(watch.filters, unlike=many))])
    with pytest.raises(LimitReached):
        await tuned(tuning, message, LESS)


async def test_a_wish_that_makes_two_watches_equal_is_refused_and_changes_none(
    house: House, tuning: Tuning, message: Announcement
) -> None:
    paper = await house.stores.papers.get_paper(message.deliveries[0].paper_id)
    (watch,) = await house.stores.watches.list_watches()
    like_it = replace(watch.filters, without_authors=(paper.authors[0].name,))
    twin = await house.stores.watches.save_watch(replace(watch, id=None, filters=like_it))

    with pytest.raises(WatchExists) as refused:
        await tuned(tuning, message, f"{AUTHOR}0")

    assert (refused.value.label, refused.value.number) == (twin.label, twin.id)
    assert await house.stores.watches.list_watches() == (watch, twin)
