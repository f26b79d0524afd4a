"""/search: the catalogue at once, arXiv behind it where that finds little; and /trending."""

from __future__ import annotations

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.client import HoopoeBot
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import InvalidInput
from bot.sending import answer_with, promise
from bot.services.ports import Clock
from bot.services.search import SEARCH, Search
from bot.words import _
from cogs.options import Author, Category, Day, Interaction, LastDay, Query, everywhere

SearchOrder = Literal["relevance", "newest", "score", "citations", "novelty"]
Window = Literal[1, 7, 30]
Least = app_commands.Range[int, 1, 99]


class Searching(commands.Cog):
    """Search."""

    def __init__(self, search: Search, clock: Clock) -> None:
        """Take the search and the clock by which cards write dates."""
        self._search = search
        self._clock = clock

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        query='Words, "phrases", prefix*, AND OR NOT, ti: abs: au:',
        category="Only papers of this category or archive, cross-lists included",
        author="Only papers with this name among their authors",
        since="Only papers since then: 2024, May 2025, last month, 2025-05-01",
        until="Only papers up to then",
        code="Only papers that come with code",
        min_score="Only papers with at least this Forecast or, after a year, Impact (1 to 99)",
        min_novelty="Only papers with at least this Novelty (1 to 99)",
        sort="The order of the papers; the best match first, if left out",
    )
    async def search(
        self,
        interaction: Interaction,
        query: Query,
        category: Category | None = None,
        author: Author | None = None,
        since: Day | None = None,
        until: LastDay | None = None,
        code: bool = False,
        min_score: Least | None = None,
        min_novelty: Least | None = None,
        sort: SearchOrder = "relevance",
    ) -> None:
        """Search papers by words, with filters, page by page."""
        if since and until and since > until:
            raise InvalidInput(f"{since} – {until}", _("a time that begins before it ends"))
        promise(interaction)
        request = ListRequest(
            title=SEARCH,
            named={"query": (query,)},
            query=query,
            author=author or "",
            where=PaperFilter(
                category=category,
                since=since,
                until=until,
                has_code=code,
                min_score=min_score,
                min_novelty=min_novelty,
            ),
            sort=Sort(sort),
        )
        answer = await self._search.search(request)
        message = await answer_with(interaction, await render_answer(answer, now=self._clock()))
        await interaction.client.standing.renew(message, self._search.widen(answer))

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        category="Only papers of this category or archive, cross-lists included",
        window="How many days back; 7, if left out",
    )
    async def trending(
        self, interaction: Interaction, category: Category | None = None, window: Window = 7
    ) -> None:
        """List the papers of the last days that are expected to be cited most, the new ones first."""
        promise(interaction)
        answer = await self._search.trending(category, window, self._clock().date())
        await answer_with(interaction, await render_answer(answer, now=self._clock()))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Searching(bot.services.search, bot.clock))
