"""/paper, /cite, /similar, and the message menu Find papers."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.cards.here import as_here
from bot.cards.places import spot_of
from bot.client import HoopoeBot
from bot.sending import answer_and_renew, answer_with, promise
from bot.services import Services
from bot.services.answers import Answer, PaperAnswer, ReferenceAnswer, WordsAnswer
from bot.services.ports import Clock
from bot.text.identifiers import find_paper_ids
from bot.text.references import ReferenceForm
from bot.words import _, marked
from cogs.options import Interaction, PaperText, everywhere
from cogs.said import text_of

FormName = Literal["BibTeX", "RIS", "CSL-JSON", "APA"]

NO_PAPERS = marked("That message names no paper by a link, an arXiv id or a DOI.")


class Papers(commands.Cog):
    """Single papers."""

    def __init__(self, services: Services, clock: Clock) -> None:
        """Take the services and the clock by which cards write dates."""
        self._services = services
        self._clock = clock

    @app_commands.command()
    @everywhere
    @app_commands.describe(paper="A title, an arXiv id, a DOI or a link to a paper")
    async def paper(self, interaction: Interaction, paper: PaperText) -> None:
        """Show a paper: authors, category, date, citations, code and abstract."""
        promise(interaction)
        await self._answer(interaction, await self._services.lookup.paper(paper))

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        paper="A title, an arXiv id, a DOI or a link to a paper",
        form="How the reference is written; BibTeX, if left out",
    )
    @app_commands.rename(form="format")
    async def cite(self, interaction: Interaction, paper: PaperText, form: FormName = "BibTeX") -> None:
        """Cite a paper: BibTeX, RIS, CSL-JSON or APA, to copy and as a file."""
        promise(interaction)
        found = await self._services.lookup.paper(paper)
        await self._answer(interaction, ReferenceAnswer(paper=found.paper, form=ReferenceForm(form)))

    @app_commands.command()
    @everywhere
    @app_commands.describe(paper="A title, an arXiv id, a DOI or a link to a paper")
    async def similar(self, interaction: Interaction, paper: PaperText) -> None:
        """List the papers of the catalogue that are nearest in wording."""
        promise(interaction)
        found = await self._services.lookup.paper(paper)
        answer = await self._services.search.similar(found.paper)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @everywhere
    async def find_papers(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the person a card for every paper that a message names."""
        promise(interaction, is_own=True)
        text = text_of(message)
        found = await self._services.lookup.papers_in(text)
        if not found and (named := find_paper_ids(text)):
            # Looked up by itself, it says why it is not found.
            found = ((await self._services.lookup.paper(str(named[0]))).paper,)
        await self._answer(interaction, *(PaperAnswer(paper=paper) for paper in found))
        if not found:
            await answer_with(
                interaction, await render_answer(WordsAnswer(text=_(NO_PAPERS)), now=self._clock())
            )

    async def _answer(self, interaction: Interaction, *answers: Answer) -> None:
        spot, guild_id, person = spot_of(interaction), interaction.guild_id, interaction.user.id
        here = [await as_here(answer, self._services, spot, guild_id, person) for answer in answers]
        await answer_and_renew(interaction, *here)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog, and the message menu, which a cog can't declare."""
    papers = Papers(bot.services, bot.clock)
    await bot.add_cog(papers)
    bot.tree.add_command(app_commands.ContextMenu(name="Find papers", callback=papers.find_papers))
