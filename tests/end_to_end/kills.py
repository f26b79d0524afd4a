"""Kill the real process again and again while it announces and revises, and count what arrived.

The bot runs as a host runs it: the real process, a real SQLite file, a local arXiv, a local OpenAlex,
and a local Discord that keeps what it received and knows nonces. A kill (SIGKILL) falls at a random
moment of a process's life, or at a boundary between two steps: when a request has come in and had no
effect yet, when it had its effect and is not answered, and when its answer has left; where OpenAlex
answered who cites whom, also shortly after, while that is stored.

Run: python -m tests.end_to_end.kills [--kills 1000] [--worlds 3] [--processes 1] [--minutes M]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import math
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.authors import Author
from bot.domain.feeds import CitedAuthor, CitedWork
from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Paper
from bot.domain.revisions import Telling
from bot.domain.watches import (
    AuthorCitationsCriterion,
    CategoryCriterion,
    CitationsCriterion,
    Criterion,
    Manner,
    OwnWork,
    Place,
    PlaceKind,
    Watch,
)
from bot.services.timetable import Timetable
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from bot.storage.stores import Stores
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord
from tests.fake_openalex import FakeOpenAlex

OTHER_GUILD = 1 << 22
"""A server of the other shard, where there are two."""

CHANNELS = {600: GUILD_ID, 601: GUILD_ID, 602: OTHER_GUILD, 603: OTHER_GUILD}
FORUM = 604
"""Where each paper is a post, which knows no nonce."""
THREADED = 601
"""Where a thread is opened below each paper."""

ANSWERED = ("602", "603", "direct")
"""Where new versions are told by answers; elsewhere announcements are edited alone."""

PAPERS = 4
"""New papers of a mailing, which comes when all earlier ones have arrived."""

CITED, PERSON = "W100", "A5000000001"
CITING = {"600": CITED, "602": "W200", "direct": "W200"}
"""Where it is followed who cites what: a work of its own, or one of a person's."""

NEWLY_CITING = 2
"""Papers that newly cite each of these, found by the day's question, which comes with each mailing."""

STEPS = (
    ("POST", r"/channels/\d+/messages"),
    ("GET", r"/channels/\d+/messages"),
    ("PATCH", r"/channels/\d+/messages/\d+"),
    ("POST", r"/users/@me/channels"),
    ("POST", r"/channels/604/threads"),
    ("GET", r"/guilds/\d+/threads/active"),
    ("POST", r"/channels/\d+/messages/\d+/threads"),
    ("GET", r"/works\?cites"),
    ("GET", r"/works\?author\.id"),
)
STORING_SECONDS = 0.1
"""So long after its answer who cites whom is certainly stored."""
START_SECONDS = 1.5
LIFE_SECONDS = 5.0
STEP_SECONDS = 20.0
"""Kills fall this early after the start; this early after the log-in; or at a step, within so long."""

LINK = re.compile(r"https://arxiv\.org/abs/([\w.]+)")


@dataclass(slots=True)
class Death:
    """How a process is to die: so many seconds after its start or its log-in, or at a step before that."""

    name: str
    seconds: float
    step: tuple[str, str, str] | None = None
    count: int = 1
    later: float = 0.0
    after_login: bool = True

    @classmethod
    def choose(cls, chance: random.Random) -> Death:
        """Return a way to die: at a step in six cases of ten, else at a moment."""
        drawn = chance.random()
        if drawn < 0.1:
            return cls("a moment of the start", chance.uniform(0.0, START_SECONDS), after_login=False)
        if drawn < 0.4:
            return cls("a moment", chance.uniform(0.0, LIFE_SECONDS))
        method, path = chance.choices(STEPS, weights=(8, 2, 3, 1, 3, 1, 1, 4, 1))[0]
        stage = chance.choice(("before", "after", "answered"))
        name = f"{stage} {method} {path}"
        if path.startswith("/works"):
            # There is one such question in a life.
            later = chance.uniform(0.0, STORING_SECONDS) if stage == "answered" else 0.0
            return cls(name, STEP_SECONDS, (stage, method, path), later=later)
        return cls(name, STEP_SECONDS, (stage, method, path), chance.randint(1, 5))

    def falls(self, stage: str, method: str, path: str) -> bool:
        """Say whether this step is the one."""
        if self.step is None or (stage, method) != self.step[:2] or not re.fullmatch(self.step[2], path):
            return False
        self.count -= 1
        return self.count == 0


@dataclass(slots=True)
class World:
    """A Discord, an arXiv, an OpenAlex, a database, and the processes between them."""

    folder: Path
    chance: random.Random
    processes: int = 1
    discord: FakeDiscord = field(default_factory=FakeDiscord)
    arxiv: FakeArxiv = field(default_factory=FakeArxiv)
    openalex: FakeOpenAlex = field(default_factory=FakeOpenAlex)
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    alive: list[asyncio.subprocess.Process] = field(default_factory=list)
    _cited: dict[str, str] = field(default_factory=dict)
    _citing: int = 1
    _logged_in: asyncio.Future[None] = field(init=False)

    @property
    def database_url(self) -> str:
        """What DATABASE_URL holds."""
        return f"{DRIVER}:///{self._file}"

    @property
    def _file(self) -> Path:
        return self.folder / "hoopoe.db"

    async def prepare(self) -> None:
        """Watch a category in every place, and in some who cites a paper or a person."""
        for channel, guild in CHANNELS.items():
            self.discord.add_channel(channel, f"papers-{channel}", guild_id=guild)
        self.discord.add_forum(FORUM, "cs.CY")
        places = [Place(kind=PlaceKind.CHANNEL, id=one, guild_id=guild) for one, guild in CHANNELS.items()]
        places.append(Place(kind=PlaceKind.CHANNEL, id=FORUM, guild_id=GUILD_ID))
        places.append(Place(kind=PlaceKind.DIRECT, id=PERSON_ID))
        async with Database.open(self.database_url) as database:
            stores = open_stores(database)
            for place in places:
                if place.kind is PlaceKind.DIRECT or place.guild_id == OTHER_GUILD:
                    await Timetable(stores.state).change(place, telling=Telling.ANSWER)
                await stores.watches.save_watch(_watch(place, CategoryCriterion(category="cs.CY")))
            await self._follow_citations(stores, places)

    async def _follow_citations(self, stores: Stores, places: list[Place]) -> None:
        """Follow a work in one place and a person in two, as if nothing had cited them yet."""
        now = datetime.now(UTC)
        person = await stores.authors.save_author(
            Author(name="Emma Strubell", openalex_id=OpenAlexId(PERSON), fetched_at=now)
        )
        author_id = person.id or 0
        own = (OwnWork(work="W200", title="Energy"),)
        await stores.citations.save_cited_author(CitedAuthor(author_id=author_id, works=own, read_at=now))
        begun = [CitedWork(work=work, since=_long_ago(now), asked_at=now) for work in (CITED, "W200")]
        await stores.citations.record_citing((), begun, now)
        (paper,) = await stores.papers.save_papers(
            [Paper(openalex_id=OpenAlexId(CITED), title="Cited", source="OpenAlex")]
        )
        cited = CitationsCriterion(paper_id=paper.id or 0, title="Cited", works=(CITED,))
        by_person = AuthorCitationsCriterion(author_id=author_id, name="Emma Strubell")
        for place in places:
            name = "direct" if place.kind is PlaceKind.DIRECT else str(place.id)
            if name in CITING:
                criterion = cited if CITING[name] == CITED else by_person
                await stores.watches.save_watch(_watch(place, criterion))
        self.openalex.add_author(PERSON, "Emma Strubell")
        self.openalex.add_work("W200", "Energy", _long_ago(now), author=PERSON)

    def announce(self) -> None:
        """List new papers, wanted in every place, and new versions of those that came before.

        What newly cites the followed works is there to be found, and so long ago was it asked.
        """
        self._cite()
        before = list(self.titles)[-PAPERS:]
        ids = [f"2611.{number:05}" for number in range(len(self.titles), len(self.titles) + PAPERS)]
        for paper in before:
            self.titles[paper] = f"Paper {paper} in other words"
        self.titles.update((paper, f"Paper {paper}") for paper in ids)
        records = [
            {"arxiv_id": paper, "title": self.titles[paper], "abstract": "Something.",
             "categories": ["cs.CY"], "authors": ["Emma Strubell"]}
            | ({"version": 2, "announce_type": "replace"} if paper in before else {})
            for paper in (*ids, *before)
        ]  # fmt: skip
        self.arxiv.announce(records, datetime.now(UTC))
        for place in (*map(str, CHANNELS), str(FORUM), "direct"):
            self.expected.update((place, paper) for paper in ids)
            if place in ANSWERED:
                self.answers.update((place, paper) for paper in before)

    def _cite(self) -> None:
        """Let new papers cite each followed work, and a day, for the person's works a week, be over."""
        for work in (CITED, "W200"):
            for number in range(NEWLY_CITING):
                paper = f"2610.{self._citing + number:05}"
                self._cited[paper] = f"Paper {paper} cites"
                today = datetime.now(UTC).date()
                self.openalex.add_work(
                    f"W9{paper[5:]}", self._cited[paper], today, arxiv_id=paper, cites=(work,)
                )
                places = [place for place, cited in CITING.items() if cited == work]
                self.expected.update((place, paper) for place in places)
            self._citing += NEWLY_CITING
        with contextlib.closing(sqlite3.connect(self._file)) as file, file:
            file.execute("UPDATE cited_works SET asked_at = asked_at - ?", [2 * 86_400_000_000])
            file.execute("UPDATE author_works SET read_at = read_at - ?", [8 * 86_400_000_000])
            # What these days' questions may cost is each day's own: else they end after some forty kills.
            file.execute("DELETE FROM accounts")

    def arrived(self) -> Counter[tuple[str, str]]:
        """Return how often each paper stands in each place."""
        return self._count(lambda message: "message_reference" not in message)

    def answered(self) -> Counter[tuple[str, str]]:
        """Return how often each paper's announcement was answered."""
        return self._count(lambda message: "message_reference" in message)

    def outdated(self) -> list[tuple[str, str]]:
        """Return the announcements that do not show their paper's present title."""
        return [
            (place, paper)
            for place, message in self._messages()
            for paper in LINK.findall(str(message["embeds"]))
            if (self.titles | self._cited)[paper] not in str(message["embeds"])
        ]

    def _count(self, is_meant: Callable[[Any], bool]) -> Counter[tuple[str, str]]:
        return Counter(
            (place, paper)
            for place, message in self._messages()
            if is_meant(message)
            for paper in dict.fromkeys(LINK.findall(str(message["embeds"])))
        )

    def _messages(self) -> Iterator[tuple[str, Any]]:
        for channel in CHANNELS:
            yield from ((str(channel), message) for message in self.discord.from_bot(channel))
        for post in self.discord.posts(FORUM):
            yield from ((str(FORUM), message) for message in self.discord.from_bot(post))
        yield from (("direct", message) for message in self.discord.direct_messages())

    @property
    def complete(self) -> bool:
        """Whether every paper has arrived everywhere, as it is now."""
        lacking = (self.expected - self.arrived()) or (self.answers - self.answered())
        return not lacking and not self.outdated()

    async def die(self, death: Death) -> None:
        """Let the processes live until they are killed."""
        if self.complete:
            self.announce()
        with self._dying(death):
            await self._start()
            ends: list[asyncio.Future[Any]] = [asyncio.ensure_future(one.wait()) for one in self.alive]
            if death.after_login:
                # One process may come to the step, and die, before another has logged in.
                await asyncio.wait([self._logged_in, *ends], return_when=asyncio.FIRST_COMPLETED)
            ended = asyncio.gather(*ends)
            await self._wait(ended, death)
            self.kills[death.name if ended.done() or not death.step else "a moment"] += 1
            self._kill(None)
            await ended
        self.alive.clear()

    async def _wait(self, ended: asyncio.Future[Any], death: Death) -> None:
        """Wait for the end; a step does not come any more when everything has arrived."""
        over = time.monotonic() + death.seconds
        while not ended.done() and time.monotonic() < over and not (death.step and self.complete):
            await asyncio.wait({ended}, timeout=min(0.2, death.seconds))

    async def live(self, seconds: float = 120.0) -> None:
        """Let the processes live until everything has arrived, and a while longer."""
        await self._start()
        try:
            await self.discord.wait_for(lambda: self.complete, "everything", seconds=seconds)
            await asyncio.sleep(2)
        finally:
            await self._kill_all()

    @contextlib.contextmanager
    def _dying(self, death: Death) -> Iterator[None]:
        logins = itertools.count(1)
        self._logged_in = asyncio.get_running_loop().create_future()

        def step(stage: str, method: str, path: str) -> None:
            if (stage, path) == ("answered", "/users/@me") and next(logins) == self.processes:
                self._logged_in.set_result(None)
            if death.falls(stage, method, path):
                one = self.chance.choice(self.alive) if self.chance.random() < 0.5 else None
                asyncio.get_running_loop().call_later(death.later, self._kill, one)

        self.discord.on_step = self.openalex.on_step = step
        try:
            yield
        finally:
            self.discord.on_step = self.openalex.on_step = lambda stage, method, path: None

    def _kill(self, one: asyncio.subprocess.Process | None) -> None:
        """Kill one process, or all."""
        for process in [one] if one else self.alive:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)

    async def _kill_all(self) -> None:
        self._kill(None)
        await asyncio.gather(*(process.wait() for process in self.alive))
        self.alive.clear()

    async def _start(self) -> None:
        for number in range(self.processes):
            shards = {"SHARD_IDS": str(number), "SHARD_COUNT": str(self.processes)}
            environment = self._environment() | (shards if self.processes > 1 else {})
            with (self.folder / "log").open("ab") as log:
                self.alive.append(
                    await asyncio.create_subprocess_exec(
                        sys.executable, "-m", "bot", "run", env=environment, stdout=log, stderr=log
                    )
                )

    def _environment(self) -> dict[str, str]:
        nowhere = "http://127.0.0.1:9"
        return os.environ | {
            "DISCORD_TOKEN": "a.b.c",
            "DISCORD_API_URL": self.discord.url,
            "DATABASE_URL": self.database_url,
            "ARXIV_API_URL": f"{self.arxiv.url}/api/query",
            "ARXIV_OAI_URL": f"{nowhere}/oai",
            "ARXIV_RSS_URL": self.arxiv.url,
            "OPENALEX_URL": self.openalex.url,
            "SEMANTIC_SCHOLAR_URL": nowhere,
            "SCHOLAR_FEED_URL": nowhere,
            "ARXIV_MIN_INTERVAL_SECONDS": "0.01",
            "HARVEST_INTERVAL_SECONDS": "1",
            "ANNOUNCE_INTERVAL_SECONDS": "1",
        }


def _watch(place: Place, criterion: Criterion) -> Watch:
    made = datetime.now(UTC) - timedelta(days=1)
    manner = Manner(thread=place.id == THREADED)
    return Watch(owner_id=PERSON_ID, place=place, criterion=criterion, manner=manner, created_at=made)


def _long_ago(now: datetime) -> date:
    return now.date() - timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a world's killing came to; papers lost and twice are those of announcements and answers."""

    kills: Counter[str]
    due: int
    revised: int
    lost: dict[tuple[str, str], int]
    twice: dict[tuple[str, str], int]
    outdated: list[tuple[str, str]]


async def kill_often(world: World, kills: int, seconds: float = math.inf) -> Outcome:
    """Kill so many times, or for so long, then let the bot finish, and a last mailing with it.

    Returns what arrived, held against what should have.
    """
    over = time.monotonic() + seconds
    async with world.discord, world.arxiv, world.openalex:
        while world.kills.total() < kills and time.monotonic() < over:
            await world.die(Death.choose(world.chance))
        await world.live()
        world.announce()
        await world.live()
        arrived, answered = world.arrived(), world.answered()
    return Outcome(
        kills=world.kills,
        due=len(world.expected),
        revised=len(world.answers),
        lost=dict((world.expected - arrived) + (world.answers - answered)),
        twice=dict((arrived - world.expected) + (answered - world.answers)),
        outdated=world.outdated(),
    )


async def run(options: argparse.Namespace) -> int:
    """Run several worlds side by side, print what they came to, and return how many are wrong."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as parent:
        worlds: list[World] = []
        for number in range(options.worlds):
            folder = Path(parent) / str(number)
            folder.mkdir()
            chance = random.Random(options.seed + number)
            worlds.append(World(folder=folder, chance=chance, processes=options.processes))
            await worlds[-1].prepare()
        each = -(-options.kills // options.worlds)
        outcomes = await asyncio.gather(*(kill_often(world, each, 60 * options.minutes) for world in worlds))
    kills: Counter[str] = sum((outcome.kills for outcome in outcomes), Counter())
    due = sum(outcome.due for outcome in outcomes)
    lost = [one for outcome in outcomes for one in outcome.lost]
    twice = [one for outcome in outcomes for one in outcome.twice]
    print(f"{kills.total()} kills of {options.processes} process(es) in {time.monotonic() - started:.0f} s")  # noqa: T201 - a program's result
    for step, count in kills.most_common():
        print(f"  {count:5} {step}")  # noqa: T201 - the same
    revised = sum(outcome.revised for outcome in outcomes)
    outdated = [one for outcome in outcomes for one in outcome.outdated]
    print(f"{due} deliveries and {revised} answers due, {len(outdated)} outdated {outdated[:5]},")  # noqa: T201 - the same
    print(f"{len(lost)} lost {lost[:5]}, {len(twice)} twice {twice[:5]}")  # noqa: T201 - the same
    return len(lost) + len(twice) + len(outdated)


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--worlds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--seed", type=int, default=20261126)
    sys.exit(min(1, asyncio.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
