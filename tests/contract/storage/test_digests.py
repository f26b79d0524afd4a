"""Papers that wait for their digest, and messages of which nobody knows whether they arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.numbers import Missing
from bot.domain.papers import AnnounceType
from bot.domain.placing import Period, Placed
from bot.domain.schedule import Hours, hours_key
from bot.domain.watches import Every, Manner, Place, PlaceKind, Watch
from bot.storage import Stores, codec
from bot.storage.database import Database
from bot.storage.outgoing.deliveries import BATCH
from bot.storage.portions import MOST
from tests.contract.storage.mailing import HERE, READ, WantedBy, item
from tests.factories import NOW, make_category_watch

MORNING = NOW.replace(hour=8) + timedelta(days=1)
"""The next daily digest, as NOW is nine o'clock UTC, a Saturday."""


async def watch_with(stores: Stores, category: str = "cs.CY", **manner: object) -> Watch:
    """Return a stored watch that is delivered in this manner."""
    watch = make_category_watch(category, id=None, place=HERE)
    return await stores.watches.save_watch(
        Watch(
            owner_id=watch.owner_id,
            place=HERE,
            criterion=watch.criterion,
            manner=Manner(**manner),  # type: ignore[arg-type]
            created_at=watch.created_at,
        )
    )


async def harvest(stores: Stores, numbers: range, watches: list[Watch], now: datetime = NOW) -> None:
    """Let papers be wanted by watches."""
    await stores.harvests.record([item(number) for number in numbers], READ, WantedBy(watches), now)


async def claim(stores: Stores, now: datetime) -> list[tuple[int, bool]]:
    """Return how many papers each message claimed now carries, and whether it is a digest."""
    messages = await stores.deliveries.claim_due(now)
    return [(len(message.deliveries), message.is_digest) for message in messages]


@pytest.mark.parametrize(
    ("every", "due"),
    [(Every.DAILY, MORNING), (Every.WEEKLY, MORNING + timedelta(days=1))],
)
async def test_digest_waits_for_its_hour_and_holds_everything(
    stores: Stores, every: Every, due: datetime
) -> None:
    await harvest(stores, range(3), [await watch_with(stores, every=every)])

    assert await claim(stores, due - timedelta(seconds=1)) == []
    assert await claim(stores, due) == [(3, True)]


async def test_digest_keeps_to_the_hours_of_the_server(stores: Stores) -> None:
    hours = Hours(time_zone="Asia/Tokyo", digest_hour=7)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))
    await harvest(stores, range(1), [await watch_with(stores, every=Every.DAILY)])

    tokyo = NOW.replace(hour=22)
    assert await claim(stores, tokyo - timedelta(seconds=1)) == []
    assert await claim(stores, tokyo) == [(1, True)]


async def test_quiet_hours_hold_messages_back(stores: Stores) -> None:
    hours = Hours(quiet_from=8, quiet_until=10)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))
    await harvest(stores, range(1), [await watch_with(stores)])

    assert await claim(stores, NOW) == []
    assert await claim(stores, NOW + timedelta(hours=1)) == [(1, False)]


async def test_what_was_due_before_the_quiet_hours_does_not_come_in_them(stores: Stores) -> None:
    await harvest(stores, range(1), [await watch_with(stores)])
    await harvest(stores, range(1, 2), [await watch_with(stores, "cs.AI", every=Every.DAILY)])
    hours = Hours(quiet_from=8, quiet_until=10)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))

    assert await claim(stores, NOW) == []
    assert await claim(stores, MORNING + timedelta(hours=1)) == []
    assert await claim(stores, MORNING + timedelta(hours=2)) == [(1, True), (1, False)]


async def test_what_could_not_be_sent_waits_for_the_end_of_the_quiet_hours(stores: Stores) -> None:
    watch = await watch_with(stores)
    await harvest(stores, range(1), [watch])
    [message] = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.give_back([message.id], NOW)
    hours = Hours(quiet_from=8, quiet_until=10)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))

    assert await claim(stores, NOW) == []
    assert await claim(stores, NOW + timedelta(hours=1)) == [(1, False)]


@pytest.mark.parametrize("tried", [False, True])
async def test_what_is_kept_back_by_quiet_hours_keeps_nobody_from_writing(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, tried: bool
) -> None:
    await harvest(stores, range(1), [await watch_with(stores)])
    if tried:
        [message] = await stores.deliveries.claim_due(NOW)
        await stores.deliveries.give_back([message.id], NOW)
    await stores.state.set_state(hours_key(HERE), codec.encode(Hours(quiet_from=8, quiet_until=10)))
    monkeypatch.setattr(Database, "write", None)

    assert await claim(stores, NOW) == []


async def test_quiet_hours_of_one_server_keep_nothing_back_elsewhere(stores: Stores) -> None:
    elsewhere = await stores.watches.save_watch(
        make_category_watch(id=None, place=Place(kind=PlaceKind.CHANNEL, id=77, guild_id=78))
    )
    await harvest(stores, range(1), [await watch_with(stores), elsewhere])
    hours = Hours(quiet_from=8, quiet_until=10)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))

    [message] = await stores.deliveries.claim_due(NOW)
    assert message.place.id == 77


async def test_paper_that_another_watch_wants_at_once_does_not_wait_for_the_digest(stores: Stores) -> None:
    daily = await watch_with(stores, every=Every.DAILY)
    instant = await watch_with(stores, "cs.AI")
    await harvest(stores, range(1), [daily, instant])

    assert await claim(stores, NOW) == [(1, False)]


async def test_most_a_day_leaves_the_rest_to_a_digest(stores: Stores) -> None:
    watch = await watch_with(stores, most_a_day=2)
    await harvest(stores, range(3), [watch])
    await harvest(stores, range(3, 5), [watch], NOW + timedelta(hours=1))

    assert await claim(stores, NOW + timedelta(hours=2)) == [(1, False), (1, False)]
    (rest,) = await stores.deliveries.claim_due(MORNING)
    assert [one.is_rest for one in rest.deliveries] == [True, True, True]


async def test_digest_that_was_asked_for_is_no_rest_of_a_day(stores: Stores) -> None:
    await harvest(stores, range(3), [await watch_with(stores, every=Every.DAILY)])

    (digest,) = await stores.deliveries.claim_due(MORNING)

    assert [one.is_rest for one in digest.deliveries] == [False, False, False]


@pytest.mark.parametrize("is_listed_twice", [False, True])
async def test_rest_of_a_day_does_not_wait_for_the_weekly_digest_of_another_watch(
    stores: Stores, is_listed_twice: bool
) -> None:
    limited = await watch_with(stores, most_a_day=1)
    weekly = await watch_with(stores, "cs.AI", every=Every.WEEKLY)
    await harvest(stores, range(1), [limited])
    await harvest(stores, range(1, 2), [weekly] if is_listed_twice else [limited, weekly])
    if is_listed_twice:
        again = item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))
        await stores.harvests.record([again], READ, WantedBy([limited]), NOW)

    assert await claim(stores, NOW) == [(1, False)]
    assert await claim(stores, MORNING) == [(1, True)]


async def test_paper_kept_for_a_paused_watch_goes_out_where_another_wants_it_and_no_other_does(
    stores: Stores,
) -> None:
    paused = await watch_with(stores)
    await stores.watches.pause_place(HERE, "channel gone")
    active = await watch_with(stores, "cs.LG")
    await harvest(stores, range(3), [paused])
    again = item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))
    await stores.harvests.record([again], READ, WantedBy([active]), NOW)

    (message,) = await stores.deliveries.claim_due(NOW)

    found = await stores.papers.find_paper(again.paper.arxiv_id or ArxivId(""))
    assert found is not None
    assert [one.paper_id for one in message.deliveries] == [found.id]


async def test_paper_that_waits_for_a_digest_goes_out_at_once_where_another_watch_asks_for_that(
    stores: Stores,
) -> None:
    daily, instant = await watch_with(stores, every=Every.DAILY), await watch_with(stores, "cs.LG")
    await harvest(stores, range(3), [daily])
    again = item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))
    await stores.harvests.record([again], READ, WantedBy([instant]), NOW)

    assert await claim(stores, NOW) == [(1, False)]
    assert await claim(stores, MORNING) == [(2, True)]


async def rank(stores: Stores, numbers: range, trends: list[float]) -> list[int]:
    """Give stored papers their places in the order of feeds; return their ids."""
    found = [await stores.papers.find_paper(item(number).paper.arxiv_id or ArxivId("")) for number in numbers]
    ids = [paper.id or 0 for paper in found if paper]
    placed = [
        Placed(
            paper_id=paper,
            novelty=Missing.NO_ABSTRACT,
            forecast=Missing.NO_ABSTRACT,
            outlook=None,
            impact=Missing.NO_ABSTRACT,
            score=None,
            trend=trend,
        )
        for paper, trend in zip(ids, trends, strict=False)
    ]
    await stores.numbers.save_placed(Period(start=0, months=3), placed, NOW.date())
    return ids


async def test_digest_begins_with_the_highest_ranked_and_ends_with_what_has_no_number(
    stores: Stores,
) -> None:
    await harvest(stores, range(BATCH + 2), [await watch_with(stores, every=Every.DAILY)])
    ranked = await rank(stores, range(2, BATCH + 2), [float(n) for n in range(BATCH)])
    unranked = await rank(stores, range(2), [])

    (first,) = await stores.deliveries.claim_due(MORNING)
    (second,) = await stores.deliveries.claim_due(MORNING)

    assert [one.paper_id for one in first.deliveries] == ranked[::-1]
    assert [one.paper_id for one in second.deliveries] == unranked


async def test_most_a_day_keeps_the_highest_ranked_of_a_mailing(stores: Stores) -> None:
    many = MOST + 5
    watch = await watch_with(stores, most_a_day=2)
    await stores.papers.save_papers([item(number).paper for number in range(many)])
    ids = await rank(stores, range(many), [float(n) for n in range(many)])
    await harvest(stores, range(many), [watch])

    sent = await stores.deliveries.claim_due(NOW)

    assert [message.deliveries[0].paper_id for message in sent] == [ids[-1], ids[-2]]


async def test_most_a_day_counts_each_day_anew(stores: Stores) -> None:
    watch = await watch_with(stores, most_a_day=1)
    await harvest(stores, range(1), [watch])
    await harvest(stores, range(1, 2), [watch], NOW + timedelta(days=1))

    assert await claim(stores, NOW + timedelta(days=1)) == [(1, False), (1, False)]


async def test_most_a_day_counts_the_day_on_which_papers_go_out(stores: Stores) -> None:
    """Across a night of quiet hours, and the change to summer time in it."""
    hours = Hours(time_zone="Europe/Berlin", quiet_from=22, quiet_until=7)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))
    watch = await watch_with(stores, most_a_day=2)
    saturday = datetime(2026, 3, 28, 22, tzinfo=UTC)
    await harvest(stores, range(3), [watch], saturday)
    await harvest(stores, range(3, 5), [watch], saturday + timedelta(hours=4))

    seven = datetime(2026, 3, 29, 5, tzinfo=UTC)
    assert await claim(stores, seven - timedelta(seconds=1)) == []
    assert await claim(stores, seven) == [(1, False), (1, False)]
    assert await claim(stores, seven + timedelta(hours=1)) == [(3, True)]
    await harvest(stores, range(5, 8), [watch], seven + timedelta(hours=24))
    assert await claim(stores, seven + timedelta(hours=24)) == [(1, False), (1, False)]


async def test_digest_whose_hour_is_quiet_comes_after_the_quiet_hours(stores: Stores) -> None:
    hours = Hours(digest_hour=6, quiet_from=22, quiet_until=9)
    await stores.state.set_state(hours_key(HERE), codec.encode(hours))
    await harvest(stores, range(3), [await watch_with(stores, every=Every.DAILY)], NOW + timedelta(hours=1))

    nine = MORNING.replace(hour=9)
    assert await claim(stores, nine - timedelta(seconds=1)) == []
    assert await claim(stores, nine) == [(3, True)]


async def test_next_digest_names_what_may_have_been_missed_and_the_one_after_does_not(
    stores: Stores,
) -> None:
    instant = await watch_with(stores, "cs.AI")
    daily = await watch_with(stores, every=Every.DAILY)
    await harvest(stores, range(1), [instant])
    (doubtful,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_unclear(doubtful.id)
    await harvest(stores, range(1, 2), [daily])
    await harvest(stores, range(2, 3), [daily], MORNING)

    (first,) = await stores.deliveries.claim_due(MORNING)
    (second,) = await stores.deliveries.claim_due(MORNING + timedelta(days=1))

    assert first.missed == (doubtful.deliveries[0].paper_id,)
    assert second.missed == ()


async def test_split_digest_names_no_more_what_may_have_been_missed(stores: Stores) -> None:
    await harvest(stores, range(1), [await watch_with(stores, "cs.AI")])
    (doubtful,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_unclear(doubtful.id)
    await harvest(stores, range(1, 2), [await watch_with(stores, every=Every.DAILY)])
    (digest,) = await stores.deliveries.claim_due(MORNING)
    assert digest.missed

    await stores.deliveries.split(digest.id, MORNING)

    (again,) = await stores.deliveries.claim_due(MORNING)
    assert again == replace(digest, missed=())


async def test_paused_watch_pings_nobody_with_what_another_one_wants(stores: Stores) -> None:
    paused = await watch_with(stores, role_id=5, thread=True)
    active = await watch_with(stores, "cs.AI", role_id=6)
    await stores.watches.pause_watch(paused.id or 0, "paused by hand")
    await harvest(stores, range(1), [replace(paused, paused_reason="paused by hand"), active])

    (message,) = await stores.deliveries.claim_due(NOW)
    assert (message.role_ids, message.thread) == ((6,), False)
    assert len(message.deliveries[0].reasons) == 2


async def test_message_carries_what_its_watches_ask_for(stores: Stores) -> None:
    one = await watch_with(stores, role_id=5)
    other = await watch_with(stores, "cs.AI", role_id=6, thread=True)
    await harvest(stores, range(1), [one, other])

    (message,) = await stores.deliveries.claim_due(NOW)

    assert message.role_ids == (5, 6)
    assert message.thread
