"""Every button and menu, pressed as nobody should: by somebody else, twice at once, too late, from long ago.

The world is furnished once; each press has a message, a paper and a watch of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
import simcord

from bot.cards.actions import DYNAMIC_ITEMS, authors, library, lists, papers, privacy, setup, tuning, watches
from bot.cards.actions.base import Action
from bot.cards.actions.discuss import DiscussButton
from bot.cards.actions.numbers import (
    AboutAuthorButton,
    AboutNumbersButton,
    AboutPaperButton,
    SimilarButton,
)
from bot.cards.actions.references import CiteAuthorButton, CiteButton, FormButton
from bot.cards.actions.welcome import LookUpButton
from bot.cards.components import Button, rows
from bot.cards.menus import Select
from bot.cards.welcome import LOOK_UP
from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import ListRequest, Sort
from bot.domain.watches import Place, PlaceKind, TopicCriterion, Watch
from bot.services.library import list_of
from tests.discord.house import ANNOUNCE, HARVEST, Server, new_paper
from tests.discord.surface import open_server, sample_file
from tests.discord.test_generated import Errors, check_request

pytestmark = pytest.mark.timeout(120)

GONE = 987_654_321_098
LONG_AGO = "This is of an earlier version"
STANDS = "Here"
UNKNOWN = "Something went wrong"
ANYTHING: dict[str, int] = {}


@dataclass(frozen=True)
class Press:
    """A component by its `custom_id`, what may be chosen in it, and what one press of it changes."""

    custom_id: str
    chosen: str = ""
    once: dict[str, int] = field(default_factory=dict)
    is_for_all: bool = True
    """Whether anybody may press it: what somebody else's press changes is as allowed as one's own."""


PRESSES: dict[type[Action], Press] = {
    authors.PapersButton: Press("author:{author}:papers"),
    authors.FollowButton: Press("author:{author}:follow", once={"watches": 1}),
    authors.CoauthorsButton: Press("author:{author}:coauthors"),
    authors.CoauthorSelect: Press("coauthor", "Julien Delavande"),
    authors.AuthorChoice: Press("choose:{person}:Sasha", "{author}", is_for_all=False),
    lists.PageButton: Press("list:{request}:5:on"),
    lists.PaperSelect: Press("open:{request}:0", "{paper}"),
    papers.FullAbstractButton: Press("abstract:{paper}"),
    papers.AnnouncementButton: Press("announcement:{announcement}:{announced}"),
    papers.NearestButton: Press("near-all:paper:{paper}"),
    privacy.PrivacyButton: Press("privacy:about"),
    privacy.ExportButton: Press("privacy:{person}:export", is_for_all=False),
    privacy.ForgetQuestion: Press("privacy:{person}:ask", is_for_all=False),
    AboutPaperButton: Press("paper:{paper}:numbers"),
    AboutAuthorButton: Press("author:{author}:numbers"),
    AboutNumbersButton: Press("numbers"),
    SimilarButton: Press("paper:{paper}:similar"),
    tuning.TuningMenu: Press("tune:{announcement}:{announced}", "less", is_for_all=False),
    tuning.UndoTuning: Press("untune:{announcement}:{announced}:less", is_for_all=False),
    CiteAuthorButton: Press("author:{author}:cite"),
    CiteButton: Press("paper:{paper}:cite"),
    FormButton: Press("cite:{paper}:RIS"),
    library.SaveButton: Press("paper:{paper}:save", once={"saved": 1}),
    library.VoteButton: Press("paper:{saved}:vote", once={"votes": 1}),
    library.VoteSelect: Press("vote:{shelf}:0", "{saved}", once={"votes": 1}),
    watches.ChangeWatch: Press("watch:{watch}:change", is_for_all=False),
    watches.SettingSelect: Press("watch:{watch}:set", "every=daily", is_for_all=False),
    watches.PauseWatch: Press("watch:{watch}:pause", is_for_all=False),
    watches.ResumeWatch: Press("watch:{watch}:resume", is_for_all=False),
    watches.RemoveWatch: Press("watch:{watch}:remove", once={"watches": -1}, is_for_all=False),
    watches.WatchSelect: Press("watches:0", "{watch}", is_for_all=False),
    setup.SetUpStep: Press("setup:create:math.NT::daily", once={"watches": 1}, is_for_all=False),
    LookUpButton: Press(LOOK_UP),
    DiscussButton: Press("paper:{paper}:discuss", once={"threads": 1}),
    # What it deletes, others need: the last.
    privacy.ForgetButton: Press("privacy:{person}:forget", once=ANYTHING, is_for_all=False),
}
WAYS = ("somebody else", "twice at once", "gone", "long ago")


class Desk:
    """A furnished server, and what lies behind the next component."""

    def __init__(self, server: Server) -> None:
        """Take the server; `furnish` follows."""
        self.server = server
        self.stores = server.house.stores
        self.member = server.guild.add_member(server.house.env.create_user("member"))
        self.place = Place(kind=PlaceKind.CHANNEL, id=server.channel.id, guild_id=server.guild.id)
        self.shelf = Shelf(kind=ShelfKind.SERVER, id=server.guild.id)
        self.numbers = itertools.count(100)
        self.known: dict[str, Any] = {"person": server.organizer.id}

    async def furnish(self) -> None:
        """Have something announced, and lists to page."""
        house, person, channel = self.server.house, self.server.organizer, self.server.channel
        house.list_new()
        await person.slash(channel, "watch category", category="cs.CY")
        house.list_new(new_paper(2, house))
        await house.pass_time(HARVEST + 2 * ANNOUNCE)
        said = re.search(r"announcement:(\d+):(\d+)", str(channel.history()[-1].components))
        assert said is not None
        self.known["announcement"], self.known["announced"] = said.groups()
        self.known["request"] = await self.stores.state.keep_request(
            ListRequest(title="L", query="of OR the")
        )
        self.known["shelf"] = await self.stores.state.keep_request(list_of(self.shelf, Sort.VOTES))
        (author,) = await self.stores.authors.find_authors("Sasha Luccioni")
        self.known["author"] = author.id

    async def renew(self) -> None:
        """Put a paper, a saved paper and a watch behind the next component."""
        house = self.server.house
        numbers = [next(self.numbers), next(self.numbers)]
        await self.stores.papers.save_papers([new_paper(number, house) for number in numbers])
        found = [await self.stores.papers.find_by_title(new_paper(number, house).title) for number in numbers]
        self.known["paper"], self.known["saved"] = (paper.id for paper in found if paper)
        await self.stores.library.save_to_shelf(self.shelf, self.known["saved"], 1, house.clock())
        # A place has room for so many; no press leaves one of these behind.
        if last := self.known.get("watch"):
            await self.stores.watches.remove_watch(last)
        watch = Watch(
            owner_id=self.server.organizer.id,
            place=self.place,
            criterion=TopicCriterion(topic=f"word{numbers[0]}"),
            created_at=house.clock(),
        )
        self.known["watch"] = (await self.stores.watches.save_watch(watch)).id

    async def effects(self) -> Counter[str]:
        """Count what presses may make."""
        saved = await self.stores.library.read_shelf(self.shelf, sort=Sort.NEWEST, limit=1000)
        return Counter(
            watches=len(await self.stores.watches.list_watches()),
            saved=saved.total,
            votes=int(sum(saved.figures)),
            threads=len(self.server.channel.threads),
        )

    async def post(self, custom_id: str, chosen: str) -> Any:
        """Let the bot post a component as an earlier one would stand there."""
        item: Any
        if chosen:
            option = discord.SelectOption(label="Choice", value=chosen)
            item = Select(custom_id=custom_id, options=[option])
        else:
            item = Button(label="Press", custom_id=custom_id)
        channel: Any = self.server.house.env.bot.get_channel(self.server.channel.id)
        message = await channel.send(STANDS, view=rows(item))
        await self.server.house.env.settle()
        return message

    async def press(self, message: Any, chosen: str, person: Any) -> simcord.InteractionResult:
        """Press what was posted."""
        result: simcord.InteractionResult
        if chosen:
            result = await person.select(message, [chosen])
        else:
            result = await person.click(message, label="Press")
        return result


@asynccontextmanager
async def _doubled(desk: Desk) -> AsyncIterator[list[simcord.InteractionResult]]:
    """Let each press arrive twice before the bot has begun with the first; give what the second brought."""
    env = desk.server.house.env
    emit, second = env.backend.emit, list[simcord.InteractionResult]()

    def twice(event: str, payload: Any, **how: Any) -> Any:
        if event == "INTERACTION_CREATE":
            record, copy = simcord.interactions.base_payload(
                env.backend,
                type=payload["type"],
                channel_id=int(payload["channel_id"]),
                guild_id=int(payload["guild_id"]),
                user_id=int(payload["member"]["user"]["id"]),
                data=payload["data"],
            )
            record.source_message_id = int(payload["message"]["id"])
            second.append(simcord.InteractionResult(env, record))
            emit(event, copy | {"message": payload["message"]}, **how)
        return emit(event, payload, **how)

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(env.backend, "emit", twice)
        yield second


class _Gone(dict[str, Any]):
    def __missing__(self, key: str) -> int:
        return GONE


async def _check(desk: Desk, item: type[Action], way: str) -> None:
    """Press a component in one of the ways; raise where the answer is not right."""
    press = PRESSES[item]
    await desk.renew()
    behind = _Gone(person=desk.server.organizer.id) if way == "gone" else desk.known
    custom_id, chosen = press.custom_id.format_map(behind), press.chosen.format_map(behind)
    if way == "gone":
        custom_id = custom_id.replace("math.NT", "math.ZZ")
        chosen = chosen.replace("Julien Delavande", "Nobody Anywhere")
    if way == "long ago" and item is not authors.CoauthorSelect:
        custom_id, chosen = (custom_id, "mood=?") if chosen else (f"{custom_id}:then", "")
    message = await desk.post(custom_id, chosen)
    before = await desk.effects()
    person = desk.member if way == "somebody else" else desk.server.organizer
    if way == "twice at once":
        async with _doubled(desk) as results:
            results.append(await desk.press(message, chosen, person))
    else:
        results = [await desk.press(message, chosen, person)]
    changed = await desk.effects()
    changed.subtract(before)
    for result in results:
        _look_at(result)
    if str(GONE) in f"{custom_id} {chosen}":
        _look_at(results[0], "")
    if custom_id.endswith(":then") or chosen == "mood=?":
        _look_at(results[0], LONG_AGO)
    is_done = way == "twice at once" or (way == "somebody else" and press.is_for_all)
    if press.once is not ANYTHING:
        assert {name: by for name, by in changed.items() if by} == (press.once if is_done else {})


def _look_at(result: simcord.InteractionResult, title: str | None = None) -> None:
    """Check an answer; where it is one sentence to the person alone, that has a title, or any."""
    assert result.acknowledged
    if result.modal is not None:
        return
    said = [answer for answer in (result.response, *result.followups) if answer is not None]
    assert len(result.followups) <= 1
    cards = [(embed.title or "", answer.ephemeral) for answer in said for embed in answer.embeds]
    assert UNKNOWN not in [name for name, _ in cards]
    assert cards or [answer.content for answer in said] != [STANDS]
    if title is not None:
        ((name, is_whispered),) = cards
        assert is_whispered
        assert title in ("", name)


async def _press_all(folder: Any) -> dict[tuple[str, str], BaseException]:
    failures: dict[tuple[str, str], BaseException] = {}
    async with sample_file(folder) as file, open_server(file) as server:
        desk = Desk(server)
        await desk.furnish()
        for item, way in itertools.product(PRESSES, WAYS):
            sent = len(server.house.env.http_requests)
            with _logged() as errors:
                try:
                    await _check(desk, item, way)
                    for request in server.house.env.http_requests[sent:]:
                        check_request(request.method, request.path, request.json)
                    assert errors == []
                except Exception as failure:  # noqa: BLE001 - its own test raises it
                    failures[item.__name__, way] = failure
    return failures


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Keep what is logged as an error while the block runs."""
    handler = Errors()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.lines
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], BaseException]:
    """What went wrong with which component, pressed in which way."""
    return asyncio.run(_press_all(tmp_path_factory.mktemp("presses")))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("item", PRESSES, ids=[item.__name__ for item in PRESSES])
def test_bad_press_is_answered_and_changes_nothing_twice(
    failures: dict[tuple[str, str], BaseException], item: type[Action], way: str
) -> None:
    if (item.__name__, way) in failures:
        raise failures[item.__name__, way]


def test_every_component_is_pressed() -> None:
    assert set(PRESSES) == set(DYNAMIC_ITEMS)
