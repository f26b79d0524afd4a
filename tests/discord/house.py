"""A bot over real services and a real file, in a simulated Discord, with arXiv as a test fills it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import discord
import simcord

from bot.app import build_services
from bot.client import HoopoeBot
from bot.config import Settings
from bot.domain.feeds import Feed, FeedItem, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.outside import Sources
from bot.services import Services
from bot.storage.stores import Stores
from tests.factories import make_paper
from tests.unit.services.conftest import FakeArxiv, FakeOpenAlex

HARVEST, ANNOUNCE = 600.0, 15.0


@dataclass
class House:
    """A running bot with its file, a server, and what arXiv lists."""

    stores: Stores
    arxiv: FakeArxiv = field(default_factory=FakeArxiv)
    openalex: FakeOpenAlex = field(default_factory=FakeOpenAlex)
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    expects_errors: bool = False
    env: simcord.Env = field(init=False)

    def clock(self) -> datetime:
        """Return the simulated moment."""
        return self.env.now() if hasattr(self, "env") else self.now

    def services(self) -> Services:
        """Return the services over the file."""
        settings = Settings.from_env({"DISCORD_TOKEN": "x"})
        sources = Sources(arxiv=self.arxiv, feed=self.arxiv, records=self.arxiv, openalex=self.openalex)
        return build_services(settings, self.stores, sources, self.clock)

    def make_bot(self) -> HoopoeBot:
        """Return a fresh bot over the same file."""
        return HoopoeBot(
            services=self.services(),
            clock=self.clock,
            shard_count=1,
            announce_interval=ANNOUNCE,
            harvest_interval=HARVEST,
        )

    def list_new(self, *papers: Paper) -> None:
        """Let arXiv's feed of cs.CY list these papers as new, from now on."""
        items = tuple(FeedItem(paper=paper, announce_type=AnnounceType.NEW) for paper in papers)
        validators = Validators(etag=str(len(items)))
        feed = Feed(categories=("cs.CY",), dated=self.clock(), items=items, validators=validators)
        self.arxiv.feeds["cs.CY"] = feed

    async def pass_time(self, seconds: float) -> None:
        """Let the loops run; each simulated second is a moment of theirs."""
        await self.env.advance_time(seconds)


def new_paper(number: int, house: House) -> Paper:
    """Return a paper nobody has seen."""
    today = house.clock()
    return make_paper(
        id=None,
        arxiv_id=ArxivId(f"2601.{number:05d}"),
        title=f"New paper number {number} on societies",
        authors=(Authorship(name=f"Author Number{number}"),),
        submitted_at=today - timedelta(days=1),
        versions=(),
        version=1,
        fetched_at=today,
    )


@dataclass
class Server:
    """A server with a channel, somebody who manages it, and a person outside."""

    house: House

    def __post_init__(self) -> None:
        env = self.house.env
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("papers")
        role = self.guild.create_role("organizers", permissions=discord.Permissions(manage_guild=True))
        self.organizer = self.guild.add_member(env.create_user("organizer"), roles=[role])
        self.stranger = env.create_user("stranger")

    def announced(self) -> list[str]:
        """Return the titles announced in the channel, in their order."""
        titles = [embed.title or "" for message in self.channel.history() for embed in message.embeds]
        return [title for title in titles if title.startswith("New paper")]
