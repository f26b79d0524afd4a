"""References: a paper's to copy and as a file, an author's as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

import discord

from bot.cards import limits
from bot.cards.card import Attachment, Card, fit
from bot.cards.components import button, rows
from bot.cards.conditions import conditions
from bot.cards.wording import foreign, papers_counted
from bot.domain.papers import Paper
from bot.domain.search import ListRequest, PaperFilter
from bot.services.answers import AuthorReferencesAnswer, ReferenceAnswer
from bot.text.folding import words
from bot.text.references import CITED, ReferenceForm, reference_key, render_references
from bot.words import _, marked

_LONGEST_STEM = 60
TOO_LONG = marked("Too long to show here: it is in the file.")


async def render_reference(answer: ReferenceAnswer) -> Card:
    """Return the reference in a block that can be copied, the same as a file, and buttons for other forms."""
    file = await reference_file([answer.paper], answer.form, name=reference_key(answer.paper))
    buttons = () if answer.paper.id is None else _forms(f"cite:{answer.paper.id}", answer.form)
    text = file.data.decode()
    # A fence in a title would end the block, and Discord could read what follows.
    block = f"```\n{text.replace('```', chr(39) * 3).strip()}\n```"
    return fit(
        Card(
            content=block if limits.length(block) <= limits.CONTENT else _(TOO_LONG),
            files=(file,),
            view=rows(*buttons),
        )
    )


async def render_author_references(answer: AuthorReferencesAnswer, *, now: datetime) -> Card:
    """Return an author's papers as a file, and buttons for other forms."""
    name = foreign(answer.author.name, limits.TITLE)
    if not answer.papers:
        none = _("The catalogue has no paper by {name} yet. Look-ups and harvests bring them.")
        return Card(
            content=none.format(name=name) if answer.where == PaperFilter() else _("No paper matches.")
        )
    stem = "-".join(words(answer.author.name))[:_LONGEST_STEM] or "papers"
    papers = fitting(answer.papers)
    said = (
        _("{papers} by {name} as {format}.")
        if len(papers) == answer.total
        else _("The newest {papers} by {name} as {format}: more is too much for one file.")
    )
    said = said.format(papers=papers_counted(len(papers)), name=name, format=answer.form)
    buttons: tuple[discord.ui.Button[discord.ui.View], ...] = ()
    if only := conditions(ListRequest(title="", where=answer.where), now.date()):
        # A button knows the author alone.
        said = f"{said.removesuffix('.')}: {only}."
    elif answer.author.id is not None:
        buttons = _forms(f"author:{answer.author.id}:cite", answer.form)
    return fit(
        Card(
            content=said,
            files=(await reference_file(papers, answer.form, name=stem),),
            view=rows(*buttons),
        )
    )


async def reference_file(papers: Sequence[Paper], form: ReferenceForm, *, name: str) -> Attachment:
    """Return references as a file that reference managers open, written in a thread."""
    text = await asyncio.to_thread(render_references, papers, form)
    return Attachment(name=f"{name}.{form.ending}", data=text.encode())


def fitting(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the first papers, as many as a file that Discord takes holds in every form; one at least."""
    sizes = accumulate(map(_size, papers))
    return papers[: max(1, sum(size <= limits.FILE for size in sizes))]


def _size(paper: Paper) -> int:
    """Return about the bytes in the longest form, Zotero's; a collaboration has 3,000 names."""
    return 1_000 + 250 * len(paper.authors) + 2 * (len(paper.title) + len(paper.abstract))


def _forms(prefix: str, shown: ReferenceForm) -> tuple[discord.ui.Button[discord.ui.View], ...]:
    return tuple(button(form, f"{prefix}:{form}", disabled=form is shown) for form in CITED)
