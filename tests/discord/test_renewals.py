"""Newer data for an answer that stands, and what people did with that meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.search import ListRequest
from bot.errors import StorageError
from bot.services.answers import ListAnswer, ReferenceAnswer
from bot.text.references import ReferenceForm
from tests.discord.conftest import World, shown
from tests.fakes import PAPER, Scripted, list_answer

NEWER = ReferenceAnswer(paper=replace(PAPER, title="Newer"), form=ReferenceForm.BIBTEX)
RIS = "```\nTY  -"
LateAnswer = Callable[[Scripted, str, object], asyncio.Event]


@pytest.fixture
def late(world: World, monkeypatch: pytest.MonkeyPatch) -> LateAnswer:
    """Let a service's method answer only when the returned event is set."""

    def late(service: Scripted, method: str, answer: object) -> asyncio.Event:
        arrived = asyncio.Event()

        async def wait(*_: object) -> object:
            await world.env.external_wait(arrived.wait(), reason="a source takes its time")
            return answer

        monkeypatch.setattr(service, method, wait, raising=False)
        return arrived

    return late


async def test_reference_nobody_touched_becomes_the_newer_one(world: World, late: LateAnswer) -> None:
    arrived = late(world.fakes.renewal, "refresh", NEWER)
    cited = await world.member.slash(world.channel, "cite", paper="2306.05949")
    assert "Newer" not in shown(cited).content
    arrived.set()
    await world.env.settle()
    assert "Newer" in shown(cited).content


async def test_reference_turned_into_another_form_stays_so(world: World, late: LateAnswer) -> None:
    arrived = late(world.fakes.renewal, "refresh", NEWER)
    cited = await world.member.slash(world.channel, "cite", paper="2306.05949")
    await world.member.click(shown(cited), label="RIS")
    arrived.set()
    await world.env.settle()
    assert shown(cited).content.startswith(RIS)


async def test_reference_of_a_button_turned_into_another_form_stays_so(
    world: World, late: LateAnswer
) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")
    arrived = late(world.fakes.renewal, "refresh", NEWER)
    cited = await world.member.click(shown(card), label="Cite")
    await world.member.click(shown(cited), label="RIS")
    arrived.set()
    await world.env.settle()
    assert shown(cited).content.startswith(RIS)


async def test_reference_in_direct_messages_turned_into_another_form_stays_so(
    world: World, late: LateAnswer
) -> None:
    arrived = late(world.fakes.renewal, "refresh", NEWER)
    world.fakes.plain_words.answers["answer"] = replace(NEWER, paper=PAPER)
    await world.stranger.send_dm("cite 2306.05949")
    await world.stranger.click(world.stranger.dm_channel.history()[-1], label="RIS")
    arrived.set()
    await world.env.settle()
    assert world.stranger.dm_channel.history()[-1].content.startswith(RIS)


async def test_list_that_was_paged_stays_on_its_page(world: World, late: LateAnswer) -> None:
    def page(number: int, offset: int) -> ListAnswer:
        return list_answer(ListRequest(title=f"List {number} from {offset}"), total=12)

    search = world.fakes.search
    search.answers |= {"search": lambda request: list_answer(request, total=12), "page": page}
    arrived = late(search, "widen", list_answer(ListRequest(title="Wider"), total=13))
    listed = await world.member.slash(world.channel, "search", query="energy")
    await world.member.click(shown(listed), label="Next")
    arrived.set()
    await world.env.settle()
    assert shown(listed).embeds[0].title == "List 11 from 5"


@pytest.mark.parametrize("fault", [StorageError("the disk is full"), RuntimeError("broken")])
async def test_answer_of_a_button_stands_where_renewing_it_fails(world: World, fault: Exception) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")
    world.fakes.renewal.answers["refresh"] = fault
    cited = await world.member.click(shown(card), label="Cite")
    assert shown(cited).content.startswith("```\n@misc")


async def test_every_paper_of_a_message_is_shown_before_newer_data_is_waited_for(
    world: World, late: LateAnswer
) -> None:
    late(world.fakes.renewal, "refresh", None)
    world.fakes.lookup.answers["papers_in"] = (PAPER, replace(PAPER, id=8, title="Another paper"))
    message = await world.member.send(world.channel, "2306.05949 and 2401.00001")
    result = await world.organizer.context_menu(world.channel, "Find papers", message)
    assert [card.embeds[0].title for card in result.followups] == ["Another paper"]
