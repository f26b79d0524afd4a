"""What is due reaches its place once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.deliveries import Announcement
from bot.domain.feeds import Feed, FeedItem, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Paper
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.services.announcing.announce import CATCH_UP, FAULTS, GAP_ENDED, KEEP_HELD, Announcer
from bot.services.announcing.outcomes import HistoryUnreadable, PlaceGone, Refused, TryLater, Unclear
from bot.services.announcing.retrying import LAST_ATTEMPT, NONCE_MEMORY, retry_pause
from bot.services.harvesting.harvest import LAST_HARVEST
from bot.services.timetable import Timetable
from tests.factories import make_paper
from tests.unit.services.conftest import START, House

ONE = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
OTHER = Place(kind=PlaceKind.CHANNEL, id=7, guild_id=2)
ELSEWHERE = Place(kind=PlaceKind.CHANNEL, id=8, guild_id=9)


@dataclass
class FakePostman:
    """Discord as a test describes it: what arrived, and what goes wrong next in which place."""

    arrived: list[tuple[int, str]] = field(default_factory=list)
    nonces: dict[str, int] = field(default_factory=dict)
    faults: dict[int, list[Exception]] = field(default_factory=dict)
    lost_answer: bool = False
    history: Exception | None = None
    told: list[tuple[int, str]] = field(default_factory=list)

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Deliver, or fail as told."""
        if waiting := self.faults.get(announcement.place.id):
            raise waiting.pop(0)
        if announcement.nonce in self.nonces:
            return self.nonces[announcement.nonce]
        self.arrived.append((announcement.place.id, ", ".join(str(paper.arxiv_id) for paper in papers)))
        self.nonces[announcement.nonce] = len(self.arrived)
        if self.lost_answer:
            self.lost_answer = False
            raise Unclear
        return len(self.arrived)

    async def find(self, place: Place, announcements: Sequence[Announcement]) -> dict[int, int]:
        """Look into what arrived."""
        if self.history:
            raise self.history
        return {one.id: self.nonces[one.nonce] for one in announcements if one.nonce in self.nonces}

    async def tell_owner(self, watches: Sequence[Watch], reason: str) -> None:
        """Note what the owner hears."""
        self.told.append((len(watches), reason))


@pytest.fixture
def announcer(house: House) -> Announcer:
    """Return an announcer over the house's stores."""
    return Announcer(
        deliveries=house.stores.deliveries,
        papers=house.stores.papers,
        watches=house.stores.watches,
        state=house.stores.state,
        clock=house.clock,
    )


async def make_due(house: House, *numbers: int, places: Sequence[Place] = (ONE,)) -> None:
    """Let papers be wanted by a category watch of each place."""
    for place in places:
        watch = Watch(
            owner_id=3, place=place, criterion=CategoryCriterion(category="cs.CY"), created_at=START
        )
        await house.stores.watches.save_watch(watch)
    items = [
        FeedItem(
            paper=make_paper(id=None, arxiv_id=ArxivId(f"2611.{n:05}"), title=f"Paper {n}"),
            announce_type=AnnounceType.NEW,
        )
        for n in numbers
    ]
    dated = house.now + timedelta(hours=1)
    house.arxiv.feeds["cs.CY"] = Feed(
        categories=("cs.CY",), dated=dated, items=tuple(items), validators=Validators()
    )
    await house.harvester.run()


async def test_due_papers_are_sent_once_and_not_again(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2)
    postman = FakePostman()

    first = await announcer.run(postman)
    second = await announcer.run(postman)

    assert (first, second) == (2, 0)
    assert postman.arrived == [(1, "2611.00001"), (1, "2611.00002")]


async def test_one_place_failing_holds_no_other_up(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, places=(ONE, OTHER))
    postman = FakePostman(faults={1: [TryLater(30)]})

    await announcer.run(postman)
    at_once = list(postman.arrived)
    house.pass_time(seconds=31)
    await announcer.run(postman)

    assert at_once == [(7, "2611.00001")]
    assert postman.arrived == [(7, "2611.00001"), (1, "2611.00001")]


async def test_nothing_is_tried_before_discord_wants_to_hear_it(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2)
    postman = FakePostman(faults={1: [TryLater(30)]})
    await announcer.run(postman)
    house.pass_time(seconds=20)

    await announcer.run(postman)

    assert postman.arrived == []


async def test_message_whose_answer_was_lost_is_found_and_not_repeated(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(lost_answer=True)

    await announcer.run(postman)
    await announcer.run(postman)
    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00001")]
    assert await house.stores.deliveries.queue_size() == 0


async def test_message_that_never_arrived_is_sent_again(house: House, announcer: Announcer) -> None:
    await make_due(house, 1)
    postman = FakePostman(faults={1: [Unclear()]})

    await announcer.run(postman)
    await announcer.run(postman)
    house.pass_time(minutes=1)
    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00001")]


async def test_message_in_doubt_without_history_is_sent_again_while_its_nonce_is_known(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(lost_answer=True, history=HistoryUnreadable())

    await announcer.run(postman)
    house.pass_time(seconds=NONCE_MEMORY.total_seconds() - 1)
    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00001")]
    assert postman.told == []
    assert await house.stores.deliveries.queue_size() == 0


async def test_message_in_doubt_without_history_is_given_up_later_and_the_owner_told(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(faults={1: [Unclear()]}, history=HistoryUnreadable())

    await announcer.run(postman)
    for _ in range(2):
        house.pass_time(seconds=NONCE_MEMORY.total_seconds())
        await announcer.run(postman)

    assert postman.arrived == []
    assert [count for count, _ in postman.told] == [1]


async def test_message_in_doubt_that_must_wait_is_given_up_once_its_nonce_is_forgotten(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(lost_answer=True, history=HistoryUnreadable())

    await announcer.run(postman)
    postman.faults[1] = [TryLater(90)]
    await announcer.run(postman)
    # A Discord that does not know the nonce any more would post it a second time.
    postman.nonces.clear()
    for _ in range(2):
        house.pass_time(seconds=2 * NONCE_MEMORY.total_seconds())
        await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00001")]
    assert [count for count, _ in postman.told] == [1]


@pytest.mark.parametrize("fault", [Unclear(), TryLater(30)])
async def test_messages_behind_one_that_failed_were_never_sent_and_are_in_no_doubt(
    house: House, announcer: Announcer, fault: Exception
) -> None:
    await make_due(house, 1, 2, 3)
    postman = FakePostman(faults={1: [fault]}, history=HistoryUnreadable())

    await announcer.run(postman)
    for _ in range(2):
        house.pass_time(seconds=NONCE_MEMORY.total_seconds())
        await announcer.run(postman)

    given_up = 1 if isinstance(fault, Unclear) else 0
    assert len(postman.told) == given_up
    assert len(set(postman.arrived)) == len(postman.arrived) == 3 - given_up


async def test_message_that_our_own_error_keeps_back_is_given_up_aloud_in_the_end(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2)

    class Broken(FakePostman):
        async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
            if papers[0].title == "Paper 1":
                raise RuntimeError("broken")
            return await super().send(announcement, papers)

    postman = Broken()
    # A run that sends is followed by one that finds nothing in the place's history.
    for _ in range(2 * FAULTS + 4):
        await announcer.run(postman)
        house.pass_time(hours=1)

    assert postman.arrived == [(1, "2611.00002")]
    assert [reason for _, reason in postman.told] == ["Discord did not take the message about Paper 1"]


def test_last_attempt_comes_after_two_weeks() -> None:
    pauses = [retry_pause(attempts) for attempts in range(LAST_ATTEMPT)]

    assert timedelta(days=13.9) < sum(pauses, timedelta(0)) < timedelta(days=14.1)


async def test_place_that_takes_nothing_until_the_last_attempt_is_paused(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.announcing.announce.LAST_ATTEMPT", 2)
    await make_due(house, 1)
    postman = FakePostman(faults={1: [TryLater(5) for _ in range(9)]})

    for _ in range(4):
        await announcer.run(postman)
        house.pass_time(minutes=15)

    assert [reason for _, reason in postman.told] == ["Discord has not taken a message there for two weeks"]
    assert len(postman.faults[1]) == 7


async def test_vanished_place_pauses_its_watches_and_tells_the_owner_once(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2)
    postman = FakePostman(faults={1: [PlaceGone("the channel no longer exists")]})

    await announcer.run(postman)
    await announcer.run(postman)

    watches = await house.stores.watches.list_watches(place=ONE)
    assert [watch.paused_reason for watch in watches] == ["the channel no longer exists"]
    assert postman.told == [(1, "the channel no longer exists")]
    assert postman.arrived == []


async def test_place_found_vanished_while_a_message_is_looked_up_is_paused_and_keeps_its_paper(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(faults={1: [Unclear()]})
    await announcer.run(postman)
    postman.history = PlaceGone("the channel no longer exists")

    await announcer.run(postman)

    (watch,) = await house.stores.watches.list_watches(place=ONE)
    assert watch.paused_reason == "the channel no longer exists"
    assert postman.told == [(1, "the channel no longer exists")]
    assert await house.stores.watches.resume_watch(watch.id or 0) == 1


async def test_resumed_watch_gets_what_was_kept_and_what_came_meanwhile(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    postman = FakePostman(faults={1: [PlaceGone("gone")]})
    await announcer.run(postman)
    house.pass_time(hours=1)
    await make_due(house, 1, 2)
    await announcer.run(postman)
    while_paused = list(postman.arrived)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    assert watch.id is not None

    resumed = await house.watching.resume(watch.id, guild_id=2, person=3)
    await announcer.run(postman)

    assert while_paused == []
    assert resumed.held == 2
    assert sorted(postman.arrived) == [(1, "2611.00001"), (1, "2611.00002")]


async def test_message_discord_never_takes_is_given_up_aloud_and_the_next_goes_out(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2)
    postman = FakePostman(faults={1: [Refused()]})

    await announcer.run(postman)
    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00002")]
    assert [reason for _, reason in postman.told] == ["Discord did not take the message about Paper 1"]


@pytest.mark.parametrize("trouble", [Refused, RuntimeError])
async def test_paper_that_is_never_taken_is_given_up_alone_out_of_many(
    house: House, announcer: Announcer, trouble: type[Exception]
) -> None:
    await house.stores.state.set_state(LAST_HARVEST, (house.now - timedelta(days=3)).isoformat())
    await make_due(house, 1, 2, 3, 4, 5)
    asked = 0

    class Picky(FakePostman):
        async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
            nonlocal asked
            asked += 1
            if "Paper 4" in [paper.title for paper in papers]:
                raise trouble
            return await super().send(announcement, papers)

    postman = Picky()
    for _ in range(6 * FAULTS):
        await announcer.run(postman)
        house.pass_time(hours=1)

    arrived = [paper for _, papers in postman.arrived for paper in papers.split(", ")]
    assert sorted(arrived) == ["2611.00001", "2611.00002", "2611.00003", "2611.00005"]
    assert [reason for _, reason in postman.told] == ["Discord did not take the message about Paper 4"]
    assert asked <= 4 + 3 * (FAULTS + 1)


async def test_own_error_long_ago_splits_nothing_that_discord_fails_to_take(
    house: House, announcer: Announcer
) -> None:
    await house.stores.state.set_state(LAST_HARVEST, (house.now - timedelta(days=3)).isoformat())
    await make_due(house, 1, 2, 3)
    postman = FakePostman(faults={1: [RuntimeError("broken"), *(Unclear() for _ in range(2 * FAULTS))]})

    for _ in range(6 * FAULTS):
        await announcer.run(postman)
        house.pass_time(hours=1)

    assert postman.arrived == [(1, "2611.00001, 2611.00002, 2611.00003")]


async def test_message_that_arrives_with_our_last_error_is_not_split(
    house: House, announcer: Announcer
) -> None:
    await house.stores.state.set_state(LAST_HARVEST, (house.now - timedelta(days=3)).isoformat())
    await make_due(house, 1, 2, 3)
    asked = 0

    class Broken(FakePostman):
        async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
            nonlocal asked
            asked += 1
            if asked > FAULTS:
                await super().send(announcement, papers)
            raise RuntimeError("broken")

    postman = Broken()
    for _ in range(3 * FAULTS):
        await announcer.run(postman)
        house.pass_time(hours=1)

    assert postman.arrived == [(1, "2611.00001, 2611.00002, 2611.00003")]
    assert postman.told == []


async def test_held_papers_are_let_go_after_two_weeks(house: House, announcer: Announcer) -> None:
    await make_due(house, 1)
    postman = FakePostman(faults={1: [PlaceGone("gone")]})
    await announcer.run(postman)
    house.pass_time(seconds=KEEP_HELD.total_seconds() + 60)
    await announcer.run(postman)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    assert watch.id is not None

    assert (await house.watching.resume(watch.id, guild_id=2, person=3)).held == 0


async def test_nothing_is_sent_while_a_gap_is_being_caught_up(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3)
    postman = FakePostman()
    await house.stores.state.set_state(CATCH_UP, "harvesting")
    during = await announcer.run(postman)
    await house.harvester.run()

    await announcer.run(postman)
    await announcer.run(postman)

    assert during == 0
    assert postman.arrived == [(1, "2611.00001, 2611.00002, 2611.00003")]


async def test_gap_that_ends_in_quiet_hours_comes_together_when_these_are_over(
    house: House, announcer: Announcer
) -> None:
    await Timetable(house.stores.state).change(ONE, quiet="15-17")
    await house.stores.state.set_state(LAST_HARVEST, (house.now - timedelta(days=3)).isoformat())
    await make_due(house, 1, 2, 3)
    postman = FakePostman()
    quiet = await announcer.run(postman)

    house.pass_time(hours=2)
    await announcer.run(postman)

    assert quiet == 0
    assert postman.arrived == [(1, "2611.00001, 2611.00002, 2611.00003")]


async def test_what_is_found_after_a_gap_comes_by_itself_though_elsewhere_quiet_hours_last(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2, places=(ELSEWHERE,))
    await Timetable(house.stores.state).change(ELSEWHERE, quiet="15-17")
    await house.stores.state.set_state(CATCH_UP, "harvesting")
    await house.harvester.run()
    postman = FakePostman()
    await announcer.run(postman)

    house.pass_time(minutes=30)
    await make_due(house, 3, 4)
    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00003"), (1, "2611.00004")]


async def test_papers_after_a_gap_stay_together_where_the_first_message_has_to_wait(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, *range(1, 61))
    postman = FakePostman(faults={1: [TryLater(30)]})
    await house.stores.state.set_state(GAP_ENDED, house.now.isoformat())

    for _ in range(4):
        await announcer.run(postman)
        await announcer.run(postman)
        house.pass_time(seconds=31)

    assert len(postman.arrived) == 2


async def test_message_cut_off_by_the_end_of_the_process_is_looked_up_first(
    house: House, announcer: Announcer
) -> None:
    """A claimed message that nobody marked is searched for before anything is sent."""
    await make_due(house, 1, 2)
    (one, other) = await house.stores.deliveries.claim_due(house.now)
    postman = FakePostman(nonces={one.nonce: 99})
    assert other.nonce not in postman.nonces

    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00002")]


async def test_message_made_due_while_others_are_claimed_goes_out_in_the_same_run(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_due(house, 1)
    await house.stores.deliveries.claim_due(house.now)
    claim_due, give_back = house.stores.deliveries.claim_due, house.stores.deliveries.give_back
    given_back = asyncio.Event()

    async def note(*given: Any, **named: Any) -> None:
        await give_back(*given, **named)
        given_back.set()

    async def claim_late(*given: Any, **named: Any) -> Any:
        claimed = await claim_due(*given, **named)
        await given_back.wait()
        await asyncio.sleep(0.01)
        return claimed

    monkeypatch.setattr(house.stores.deliveries, "give_back", note)
    monkeypatch.setattr(house.stores.deliveries, "claim_due", claim_late)
    postman = FakePostman()

    await announcer.run(postman)

    assert postman.arrived == [(1, "2611.00001")]


async def test_message_that_is_marked_while_doubts_are_listed_is_none(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_due(house, 1)
    (message,) = await house.stores.deliveries.claim_due(house.now)
    house.pass_time(hours=1)
    announcer._marking.note(message.id, 5)
    listed = house.stores.deliveries.list_unclear

    async def list_slowly() -> tuple[Announcement, ...]:
        found = await listed()
        await announcer._marking.write()
        return found

    monkeypatch.setattr(house.stores.deliveries, "list_unclear", list_slowly)
    postman = FakePostman(history=HistoryUnreadable())

    await announcer.run(postman)

    assert postman.told == []
    assert (await house.stores.deliveries.find_sent(ONE, message.deliveries[0].paper_id)).message_id == 5  # type: ignore[union-attr]  # it is sent


async def test_close_stops_what_is_under_way(house: House, announcer: Announcer) -> None:
    await make_due(house, 1)

    begun = asyncio.Event()

    class Endless(FakePostman):
        async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
            begun.set()
            await asyncio.sleep(3600)
            return await super().send(announcement, papers)

    postman = Endless()
    running = asyncio.create_task(announcer.run(postman))
    await begun.wait()
    await announcer.close()

    assert await running == 0
    assert postman.arrived == []


async def test_discord_failing_for_an_hour_delays_what_is_due_and_loses_and_repeats_nothing(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2, 3)
    hour_over = house.now + timedelta(hours=1)
    postman = FakePostman()
    while house.now < hour_over:
        postman.faults = {1: [Unclear()] * 3}
        await announcer.run(postman)
        house.pass_time(seconds=15)
    during = list(postman.arrived)
    postman.faults = {}

    for _ in range(3):
        house.pass_time(minutes=15)
        await announcer.run(postman)

    assert during == []
    assert sorted(postman.arrived) == [(1, f"2611.0000{n}") for n in (1, 2, 3)]
    assert postman.told == []
    assert [watch.paused_reason for watch in await house.stores.watches.list_watches(place=ONE)] == [""]


async def test_bot_that_was_kicked_and_added_again_sends_what_was_kept_when_it_is_resumed(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1, 2)
    postman = FakePostman(faults={1: [PlaceGone("I lack the permission View Channel there")]})
    await announcer.run(postman)
    house.pass_time(days=13)
    await announcer.run(postman)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    told = list(postman.told)

    held = await house.stores.watches.resume_watch(watch.id or 0)
    await announcer.run(postman)

    assert watch.paused_reason == "I lack the permission View Channel there"
    assert told == [(1, watch.paused_reason)]
    assert held == 2
    assert sorted(postman.arrived) == [(1, "2611.00001"), (1, "2611.00002")]
