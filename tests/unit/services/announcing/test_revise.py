"""What was announced is brought up to date, and answered once, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.domain.feeds import Feed, FeedItem, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Paper
from bot.domain.revisions import RevisedMessage, Telling
from bot.domain.watches import Place
from bot.services.announcing.announce import Announcer
from bot.services.announcing.outcomes import (
    HistoryUnreadable,
    MessageGone,
    PlaceGone,
    Refused,
    TryLater,
    Unclear,
)
from bot.services.announcing.retrying import NONCE_MEMORY
from bot.services.announcing.revise import Reviser
from bot.services.timetable import Timetable
from tests.factories import make_paper
from tests.unit.services.announcing.test_announce import ONE, OTHER, FakePostman, make_due
from tests.unit.services.conftest import House


@dataclass
class RevisingPostman:
    """Discord as a test describes it: which messages were edited and answered, and what goes wrong next."""

    edited: list[tuple[int, str]] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    faults: dict[int, list[Exception]] = field(default_factory=dict)
    lost_answer: bool = False
    history: Exception | None = None

    async def revise(self, message: RevisedMessage, papers: Sequence[Paper]) -> int | None:
        """Edit and answer, or fail as told."""
        if waiting := self.faults.get(message.announcement.place.id):
            raise waiting.pop(0)
        self.edited.append((message.announcement.place.id, papers[0].title))
        if not message.is_answered:
            return None
        self.answered[message.nonce] = self.answered.get(message.nonce, 0) + 1
        if self.lost_answer:
            self.lost_answer = False
            raise Unclear
        return 1000 + message.id

    async def find_answers(self, place: Place, messages: Sequence[RevisedMessage]) -> dict[int, int]:
        """Look into what arrived."""
        if self.history:
            raise self.history
        return {one.id: 1000 + one.id for one in messages if one.nonce in self.answered}


@pytest.fixture
def reviser(house: House) -> Reviser:
    """Return a reviser over the house's stores."""
    return Reviser(revisions=house.stores.revisions, papers=house.stores.papers, clock=house.clock)


async def announce(house: House, *numbers: int, places: Sequence[Place] = (ONE,)) -> None:
    """Let papers be announced in places."""
    await make_due(house, *numbers, places=places)
    announcer = Announcer(
        deliveries=house.stores.deliveries,
        papers=house.stores.papers,
        watches=house.stores.watches,
        state=house.stores.state,
        clock=house.clock,
    )
    await announcer.run(FakePostman())


async def replace_papers(house: House, *numbers: int) -> None:
    """Let the feed list papers again, with another title."""
    items = tuple(
        FeedItem(
            paper=make_paper(id=None, arxiv_id=ArxivId(f"2611.{n:05}"), title=f"New title {n}", version=9),
            announce_type=AnnounceType.REPLACE,
        )
        for n in numbers
    )
    house.arxiv.feeds["cs.CY"] = Feed(
        categories=("cs.CY",), dated=house.now + timedelta(hours=2), items=items, validators=Validators()
    )
    await house.harvester.run()


async def tell_by_answers(house: House) -> None:
    """Have announcements answered."""
    await Timetable(house.stores.state).change(ONE, telling=Telling.ANSWER)


async def test_new_version_edits_the_message_once(house: House, reviser: Reviser) -> None:
    await announce(house, 1)
    await replace_papers(house, 1)
    postman = RevisingPostman()

    counts = [await reviser.run(postman) for _ in range(2)]

    assert counts == [1, 0]
    assert (postman.edited, postman.answered) == ([(1, "New title 1")], {})


async def test_run_revises_a_hundred_messages_and_the_next_one_the_others(
    house: House, reviser: Reviser
) -> None:
    numbers = range(1, 102)
    await announce(house, *numbers)
    await replace_papers(house, *numbers)
    postman = RevisingPostman()

    assert [await reviser.run(postman) for _ in range(3)] == [100, 1, 0]
    assert len({title for _, title in postman.edited}) == 101


async def test_answer_that_was_lost_is_found_and_not_repeated(house: House, reviser: Reviser) -> None:
    await announce(house, 1)
    await tell_by_answers(house)
    await replace_papers(house, 1)
    postman = RevisingPostman(lost_answer=True)

    for _ in range(3):
        await reviser.run(postman)
        house.pass_time(minutes=1)

    assert list(postman.answered.values()) == [1]
    assert len(postman.edited) == 1
    assert await house.stores.revisions.list_unclear() == ()


@pytest.mark.parametrize("fault", [Unclear(), TryLater(30)])
async def test_answers_behind_one_that_failed_were_never_sent_and_are_in_no_doubt(
    house: House, reviser: Reviser, fault: Exception
) -> None:
    await announce(house, 1, 2, 3)
    await tell_by_answers(house)
    await replace_papers(house, 1, 2, 3)
    postman = RevisingPostman(faults={1: [fault]}, history=HistoryUnreadable())

    await reviser.run(postman)
    for _ in range(2):
        house.pass_time(seconds=NONCE_MEMORY.total_seconds())
        await reviser.run(postman)

    let_go = 1 if isinstance(fault, Unclear) else 0
    assert list(postman.answered.values()) == [1] * (3 - let_go)


@pytest.mark.parametrize(("passed", "sent"), [(timedelta(seconds=30), 2), (NONCE_MEMORY, 1)])
async def test_answer_in_doubt_without_history_is_repeated_only_while_its_nonce_is_known(
    house: House, reviser: Reviser, passed: timedelta, sent: int
) -> None:
    await announce(house, 1)
    await tell_by_answers(house)
    await replace_papers(house, 1)
    postman = RevisingPostman(lost_answer=True, history=HistoryUnreadable())
    await reviser.run(postman)
    house.pass_time(seconds=passed.total_seconds())

    for _ in range(3):
        await reviser.run(postman)
        house.pass_time(minutes=1)

    assert list(postman.answered.values()) == [sent]


async def test_place_that_takes_nothing_holds_no_other_up_and_is_tried_again(
    house: House, reviser: Reviser
) -> None:
    await announce(house, 1, 2, places=(ONE, OTHER))
    await replace_papers(house, 1, 2)
    postman = RevisingPostman(faults={1: [TryLater(30)]})

    await reviser.run(postman)
    at_once = {place for place, _ in postman.edited}
    await reviser.run(postman)
    early = len(postman.edited)
    house.pass_time(seconds=31)
    await reviser.run(postman)

    assert at_once == {7}
    assert early == 2
    assert sorted(postman.edited) == [
        (1, "New title 1"), (1, "New title 2"), (7, "New title 1"), (7, "New title 2"),
    ]  # fmt: skip


@pytest.mark.parametrize("fault", [MessageGone(), Refused(), RuntimeError("broken")])
async def test_message_that_can_not_be_revised_is_let_go_of_and_the_next_is_revised(
    house: House, reviser: Reviser, fault: Exception
) -> None:
    await announce(house, 1, 2)
    await replace_papers(house, 1, 2)
    postman = RevisingPostman(faults={1: [fault]})

    for _ in range(3):
        await reviser.run(postman)
        house.pass_time(hours=1)

    assert postman.edited == [(1, "New title 2")]


async def test_place_that_is_gone_is_let_go_of_and_its_watches_are_left_to_the_next_paper(
    house: House, reviser: Reviser
) -> None:
    await announce(house, 1, 2)
    await replace_papers(house, 1, 2)
    postman = RevisingPostman(faults={1: [PlaceGone("the channel no longer exists")]})

    for _ in range(3):
        await reviser.run(postman)
        house.pass_time(hours=1)

    assert postman.edited == []
    assert [watch.paused_reason for watch in await house.stores.watches.list_watches(place=ONE)] == [""]


async def test_edit_whose_end_is_unclear_is_repeated_after_a_pause(house: House, reviser: Reviser) -> None:
    await announce(house, 1)
    await replace_papers(house, 1)
    postman = RevisingPostman(faults={1: [Unclear()]})

    for _ in range(3):
        await reviser.run(postman)
    at_once = list(postman.edited)
    house.pass_time(minutes=1)
    await reviser.run(postman)

    assert at_once == []
    assert postman.edited == [(1, "New title 1")]


async def test_edit_of_a_process_that_ended_is_repeated_at_once(house: House, reviser: Reviser) -> None:
    await announce(house, 1)
    await replace_papers(house, 1)
    await house.stores.revisions.claim(house.now)
    postman = RevisingPostman()

    await reviser.run(postman)

    assert postman.edited == [(1, "New title 1")]
