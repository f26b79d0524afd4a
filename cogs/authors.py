"""People: /author, /papers, /coauthors, /compare."""

from __future__ import annotations

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.client import HoopoeBot
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.sending import answer_and_renew, answer_with, promise
from bot.services import Services
from bot.services.ports import Clock
from bot.services.search import PAPERS_BY
from cogs.options import Author, Category, Day, Interaction, everywhere

PaperOrder = Literal["newest", "score", "citations", "novelty"]


class Authors(commands.Cog):
    """Authors and their papers."""

    def __init__(self, services: Services, clock: Clock) -> None:
        """Take the services and the clock by which cards write dates."""
        self._services = services
        self._clock = clock

    @app_commands.command()
    @everywhere
    @app_commands.describe(name="A name, an ORCID iD or an OpenAlex id")
    async def author(self, interaction: Interaction, name: Author) -> None:
        """Show an author: fields, institutions, h-index, citations and top papers."""
        promise(interaction)
        answer = await self._services.lookup.author(name, asker=interaction.user.id)
        await answer_and_renew(interaction, answer)

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        author="A name, an ORCID iD or an OpenAlex id",
        sort="The order of the papers; the most cited first, if left out",
        since="Only papers since then: 2024, May 2025, last month, 2025-05-01",
        category="Only papers of this category or archive, cross-lists included",
        code="Only papers that come with code",
    )
    async def papers(
        self,
        interaction: Interaction,
        author: Author,
        sort: PaperOrder = "citations",
        since: Day | None = None,
        category: Category | None = None,
        code: bool = False,
    ) -> None:
        """List an author's papers, page by page."""
        promise(interaction)
        found = (await self._services.lookup.author(author, asker=interaction.user.id)).author
        where = PaperFilter(category=category, since=since, has_code=code)
        request = ListRequest(
            title=PAPERS_BY,
            named={"name": (found.name,)},
            author_id=found.id,
            where=where,
            sort=Sort(sort),
        )
        answer = await self._services.search.first_page(request)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @everywhere
    @app_commands.describe(author="A name, an ORCID iD or an OpenAlex id")
    async def coauthors(self, interaction: Interaction, author: Author) -> None:
        """Show who writes with an author, as a list and a picture."""
        promise(interaction)
        answer = await self._services.relations.coauthors(author, asker=interaction.user.id)
        await answer_and_renew(interaction, answer)

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        first="A name, an ORCID iD or an OpenAlex id",
        second="Another author",
        third="A third author",
        fourth="A fourth author",
    )
    async def compare(
        self,
        interaction: Interaction,
        first: Author,
        second: Author,
        third: Author | None = None,
        fourth: Author | None = None,
    ) -> None:
        """Compare two to four authors: numbers side by side, and a chart over the years."""
        promise(interaction)
        names = [name for name in (first, second, third, fourth) if name is not None]
        answer = await self._services.relations.compare(names, asker=interaction.user.id)
        await answer_and_renew(interaction, answer)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Authors(bot.services, bot.clock))
