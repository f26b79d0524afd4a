"""/watch: what is announced, and where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.actions.organizers import demand_organizer
from bot.cards.actions.watches import resume_open
from bot.cards.answers import render_answer
from bot.cards.places import chosen_place, home_of
from bot.client import HoopoeBot
from bot.domain.orders import Order
from bot.domain.watches import Every, Filters, Manner
from bot.errors import NotAllowed
from bot.sending import answer_with
from bot.services.answers import Answer
from bot.services.permits import Permits
from bot.services.ports import Clock
from bot.services.watches.changes import MOST_A_DAY
from bot.services.watches.watching import Watching
from cogs.options import (
    QUERY_LENGTH,
    Author,
    Category,
    CitedText,
    Interaction,
    SimilarText,
    WatchNumber,
    everywhere,
)
from cogs.places import AnnouncementChannel, watches_here

Rhythm = Literal["instant", "daily", "weekly"]
Topic = app_commands.Range[str, 1, QUERY_LENGTH]
Words = app_commands.Range[str, 1, QUERY_LENGTH]
Share = app_commands.Range[float, 0.05, 1.0]
Percentile = app_commands.Range[float, 0.0, 100.0]

WHERE_AND_HOW = {
    "channel": "Where to announce; this channel, if left out",
    "every": "At once, or in a digest of the day or week",
    "preview": "Only show what it would have brought; create nothing",
}
CODE = "Only papers that come with code"
TOPIC = 'Words, "phrases", prefix*, AND OR NOT, ti: abs: au:'
IN_CATEGORY = "Only in a category such as cs.CY"
WATCH = "Which one; suggested while you type"


class Refused(app_commands.CheckFailure):
    """A check failed for a reason of ours, which is what the person reads."""

    def __init__(self, original: NotAllowed) -> None:
        """Keep the reason where the library keeps those of its own."""
        super().__init__(str(original))
        self.original = original


@everywhere
class Watches(
    commands.GroupCog, group_name="watch", group_description="New papers, announced as they appear"
):
    """Watches of a server, or of a person's direct messages."""

    def __init__(self, watching: Watching, permits: Permits, clock: Clock) -> None:
        """Take what keeps watches, who may change them, and the clock by which cards write dates."""
        self._watching = watching
        self._permits = permits
        self._clock = clock

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let only those change what is announced in a server who manage it, or have the role it named.

        Discord shows the command to everybody: it can't know the role.
        """
        try:
            await demand_organizer(interaction, self._permits)
        except NotAllowed as error:
            raise Refused(error) from error
        return True

    @app_commands.command()
    @app_commands.describe(
        author="A name, an ORCID iD or an OpenAlex id",
        **WHERE_AND_HOW,
        topic=f"Only about: {TOPIC}",
        category=IN_CATEGORY,
        code=CODE,
        strict="Only the full name, and no likely namesake",
    )
    async def author(
        self,
        interaction: Interaction,
        author: Author,
        channel: AnnouncementChannel | None = None,
        every: Rhythm = "instant",
        preview: bool = False,
        topic: Topic | None = None,
        category: Category | None = None,
        code: bool = False,
        strict: bool = False,
    ) -> None:
        """Announce an author's new papers."""
        order = order_of(interaction, channel, every, preview, category=category, topic=topic, code=code)
        await self._think(interaction)
        await self._answer(interaction, await self._watching.watch_author(author, order, strict=strict))

    @app_commands.command()
    @app_commands.describe(
        category="A category such as cs.CY, or a whole archive such as math",
        **WHERE_AND_HOW,
        topic=f"Only about: {TOPIC}",
        exclude="Words or phrases to leave out, commas between them",
        code=CODE,
        primary="Only papers that have it as their first category; no cross-lists",
    )
    async def category(
        self,
        interaction: Interaction,
        category: Category,
        channel: AnnouncementChannel | None = None,
        every: Rhythm = "instant",
        preview: bool = False,
        topic: Topic | None = None,
        exclude: Words | None = None,
        code: bool = False,
        primary: bool = False,
    ) -> None:
        """Announce a category's new papers."""
        order = order_of(interaction, channel, every, preview, topic=topic, exclude=exclude, code=code)
        await self._think(interaction)
        await self._answer(interaction, await self._watching.watch_category(category, order, primary=primary))

    @app_commands.command()
    @app_commands.describe(
        topic=TOPIC,
        **WHERE_AND_HOW,
        category=IN_CATEGORY,
        code=CODE,
        min_score="Only papers with at least this score, from 0 to 100",
        min_novelty="Only papers with at least this novelty, from 0 to 100",
    )
    async def topic(
        self,
        interaction: Interaction,
        topic: Topic,
        channel: AnnouncementChannel | None = None,
        every: Rhythm = "instant",
        preview: bool = False,
        category: Category | None = None,
        code: bool = False,
        min_score: Percentile | None = None,
        min_novelty: Percentile | None = None,
    ) -> None:
        """Announce new papers about a topic."""
        order = order_of(
            interaction,
            channel,
            every,
            preview,
            category=category,
            code=code,
            min_score=min_score,
            min_novelty=min_novelty,
        )
        await self._think(interaction)
        await self._answer(interaction, await self._watching.watch_topic(topic, order))

    @app_commands.command()
    @app_commands.describe(
        similar="A paper's title, id or link, a sentence, or our reading list",
        **WHERE_AND_HOW,
        threshold="How near in wording, from 0.05 to 1; 0.25, if left out",
        category=IN_CATEGORY,
        topic=f"Only about: {TOPIC}",
        code=CODE,
    )
    async def similar(
        self,
        interaction: Interaction,
        similar: SimilarText,
        channel: AnnouncementChannel | None = None,
        every: Rhythm = "instant",
        preview: bool = False,
        threshold: Share | None = None,
        category: Category | None = None,
        topic: Topic | None = None,
        code: bool = False,
    ) -> None:
        """Announce new papers worded like a paper, a sentence or the reading list."""
        order = order_of(interaction, channel, every, preview, category=category, topic=topic, code=code)
        await self._think(interaction)
        answer = await self._watching.watch_similar(similar, order, threshold=threshold)
        await self._answer(interaction, answer)

    @app_commands.command()
    @app_commands.describe(
        citations="Who is cited: a paper by title, id or link, or an author by name",
        **WHERE_AND_HOW,
        topic=f"Only about: {TOPIC}",
        category=IN_CATEGORY,
        exclude="Words or phrases to leave out, commas between them",
        most="How many a day at most; 10, if left out, the rest in a list",
    )
    async def citations(
        self,
        interaction: Interaction,
        citations: CitedText,
        channel: AnnouncementChannel | None = None,
        every: Rhythm = "instant",
        preview: bool = False,
        topic: Topic | None = None,
        category: Category | None = None,
        exclude: Words | None = None,
        most: app_commands.Range[int, 1, MOST_A_DAY] | None = None,
    ) -> None:
        """Announce papers that newly cite a paper, or any paper of an author."""
        order = order_of(
            interaction, channel, every, preview, category=category, topic=topic, exclude=exclude, most=most
        )
        await self._think(interaction)
        await self._answer(interaction, await self._watching.watch_citations(citations, order))

    @app_commands.command(name="list")
    async def list_watches(self, interaction: Interaction) -> None:
        """List what is watched here, and what it brought."""
        await self._think(interaction)
        await self._answer(interaction, await self._watching.list_watches(**watches_here(interaction)))

    @app_commands.command()
    @app_commands.describe(watch=WATCH)
    async def edit(self, interaction: Interaction, watch: WatchNumber) -> None:
        """Change a watch: how often, filters, what else must hold."""
        await self._answer_about(interaction, self._watching.show, watch)

    @app_commands.command()
    @app_commands.describe(watch=WATCH)
    async def pause(self, interaction: Interaction, watch: WatchNumber) -> None:
        """Pause a watch; what it would bring is kept for 14 days."""
        await self._answer_about(interaction, self._watching.pause, watch)

    @app_commands.command()
    @app_commands.describe(watch=WATCH)
    async def resume(self, interaction: Interaction, watch: WatchNumber) -> None:
        """Take a paused watch up again; what was kept for it is sent."""
        await self._answer_about(interaction, partial(resume_open, interaction, self._watching), watch)

    @app_commands.command()
    @app_commands.describe(watch=WATCH)
    async def remove(self, interaction: Interaction, watch: WatchNumber) -> None:
        """End a watch."""
        await self._answer_about(interaction, self._watching.remove, watch)

    async def _answer_about(
        self, interaction: Interaction, act: Callable[..., Awaitable[Answer]], watch: int
    ) -> None:
        """Do something to a watch and answer with it."""
        await self._think(interaction)
        answer = await act(watch, guild_id=home_of(interaction), person=interaction.user.id)
        await self._answer(interaction, answer)

    async def _think(self, interaction: Interaction) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)

    async def _answer(self, interaction: Interaction, answer: Answer) -> None:
        await answer_with(interaction, await render_answer(answer, now=self._clock()))


def order_of(
    interaction: Interaction,
    channel: AnnouncementChannel | None,
    every: Rhythm,
    preview: bool,
    *,
    category: str | None = None,
    topic: str | None = None,
    exclude: str | None = None,
    code: bool = False,
    min_score: float | None = None,
    min_novelty: float | None = None,
    most: int | None = None,
) -> Order:
    """Return what the options of a command ask for; None is an option that was left out."""
    return Order(
        owner=interaction.user.id,
        place=chosen_place(interaction, channel.id if channel else None),
        category=category or "",
        topic=topic or "",
        exclude=exclude or "",
        filters=Filters(has_code=code, min_score=min_score, min_novelty=min_novelty),
        manner=Manner(every=Every(every), most_a_day=most),
        preview=preview,
    )


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Watches(bot.services.watching, bot.services.permits, bot.clock))
