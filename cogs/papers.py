"""/paper, /cite, /similar, and the message menu Find papers."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.client import HoopoeBot
from bot.sending import answer_with, change_answer
from bot.services.answers import PaperAnswer, ReferenceAnswer, WordsAnswer
from bot.services.lookup import Lookup
from bot.services.ports import Clock
from bot.services.search import Search
from bot.text.references import ReferenceForm
from cogs.options import Interaction, PaperText

FormName = Literal["BibTeX", "RIS", "CSL-JSON", "APA"]

NO_PAPERS = "That message names no paper by a link, an arXiv id or a DOI."


class Papers(commands.Cog):
    """Single papers."""

    def __init__(self, lookup: Lookup, search: Search, clock: Clock) -> None:
        """Take what finds papers, also those alike, and the clock by which cards write dates."""
        self._lookup = lookup
        self._search = search
        self._clock = clock

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(paper="A title, an arXiv id, a DOI or a link to a paper")
    async def paper(self, interaction: Interaction, paper: PaperText) -> None:
        """Show a paper: authors, category, date, citations, code and abstract."""
        await interaction.response.defer(thinking=True)
        answer = await self._lookup.paper(paper)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))
        if fresher := await self._lookup.refresh(answer):
            await change_answer(interaction, await render_answer(fresher, now=self._clock()))

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        paper="A title, an arXiv id, a DOI or a link to a paper",
        form="How the reference is written; BibTeX, if left out",
    )
    @app_commands.rename(form="format")
    async def cite(self, interaction: Interaction, paper: PaperText, form: FormName = "BibTeX") -> None:
        """Cite a paper: BibTeX, RIS, CSL-JSON or APA, to copy and as a file."""
        await interaction.response.defer(thinking=True)
        found = await self._lookup.paper(paper)
        answer = ReferenceAnswer(paper=found.paper, form=ReferenceForm(form))
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(paper="A title, an arXiv id, a DOI or a link to a paper")
    async def similar(self, interaction: Interaction, paper: PaperText) -> None:
        """List the papers of the catalogue that are nearest in wording."""
        await interaction.response.defer(thinking=True)
        found = await self._lookup.paper(paper)
        answer = await self._search.similar(found.paper)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def find_papers(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the person a card for every paper that a message names."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        found = await self._lookup.papers_in(_text_of(message))
        for paper in found:
            answer = PaperAnswer(paper=paper)
            await answer_with(interaction, await render_answer(answer, now=self._clock()))
        if not found:
            await answer_with(
                interaction, await render_answer(WordsAnswer(text=NO_PAPERS), now=self._clock())
            )


def _text_of(message: discord.Message) -> str:
    """Return what a message says, links of its embeds included: other bots post papers so."""
    embeds = (f"{embed.url or ''} {embed.title or ''} {embed.description or ''}" for embed in message.embeds)
    return "\n".join((message.content, *embeds))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog, and the message menu, which a cog can't declare."""
    papers = Papers(bot.services.lookup, bot.services.search, bot.clock)
    await bot.add_cog(papers)
    bot.tree.add_command(app_commands.ContextMenu(name="Find papers", callback=papers.find_papers))
