"""/library: the reading list of a server, or of a person."""

from __future__ import annotations

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.cards.actions.library import shelf_of
from bot.cards.answers import render_answer
from bot.cards.places import home_of
from bot.client import HoopoeBot
from bot.domain.search import Sort
from bot.sending import answer_with, promise
from bot.services import Services
from bot.services.answers import Answer
from bot.services.library import list_of
from bot.services.ports import Clock
from bot.text.references import ReferenceForm
from cogs.options import Interaction, PaperText, everywhere

ShelfOrder = Literal["votes", "newest"]
ExportForm = Literal["BibTeX", "RIS", "CSL-JSON", "CSV", "Zotero RDF"]


@everywhere
class Library(commands.GroupCog, group_name="library"):
    """The reading list: the server's, or in direct messages your own."""

    def __init__(self, services: Services, clock: Clock) -> None:
        """Take the services and the clock by which cards write dates."""
        self._services = services
        self._clock = clock

    @app_commands.command()
    @app_commands.describe(paper="A title, an arXiv id, a DOI or a link to a paper")
    async def save(self, interaction: Interaction, paper: PaperText) -> None:
        """Save a paper to the reading list."""
        promise(interaction, is_own=home_of(interaction) is None)
        answer = await self._services.library.save(paper, shelf_of(interaction), person=interaction.user.id)
        await self._answer(interaction, answer)

    @app_commands.command()
    @app_commands.describe(sort="The order of the papers; the most votes first, if left out")
    async def list(self, interaction: Interaction, sort: ShelfOrder = "votes") -> None:
        """Show the reading list, page by page, with votes."""
        promise(interaction, is_own=home_of(interaction) is None)
        request = list_of(shelf_of(interaction), Sort(sort))
        await self._answer(interaction, await self._services.search.first_page(request))

    @app_commands.command()
    @app_commands.describe(paper="A paper on the reading list: its title, arXiv id or link")
    async def remove(self, interaction: Interaction, paper: PaperText) -> None:
        """Take a paper off the reading list."""
        promise(interaction, is_own=home_of(interaction) is None)
        may_all = home_of(interaction) is None or interaction.permissions.manage_guild
        answer = await self._services.library.remove(
            paper, shelf_of(interaction), person=interaction.user.id, may_all=may_all
        )
        await self._answer(interaction, answer)

    @app_commands.command()
    @app_commands.describe(paper="A paper on the reading list: its title, arXiv id or link")
    async def vote(self, interaction: Interaction, paper: PaperText) -> None:
        """Vote for a paper on the reading list, or take your vote back."""
        promise(interaction, is_own=True)
        answer = await self._services.library.vote(paper, shelf_of(interaction), person=interaction.user.id)
        await self._answer(interaction, answer)

    @app_commands.command()
    @app_commands.rename(form="format")
    @app_commands.describe(form="How the file is written; BibTeX, if left out")
    async def export(self, interaction: Interaction, form: ExportForm = "BibTeX") -> None:
        """Export the whole reading list as a file for your reference manager."""
        promise(interaction, is_own=True)
        answer = await self._services.library.export(shelf_of(interaction), ReferenceForm(form))
        await self._answer(interaction, answer)

    async def _answer(self, interaction: Interaction, answer: Answer) -> None:
        await answer_with(interaction, await render_answer(answer, now=self._clock()))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Library(bot.services, bot.clock))
