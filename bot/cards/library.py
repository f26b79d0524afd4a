"""What is said about the reading list, and its export."""

from __future__ import annotations

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import accent
from bot.cards.components import rows, vote_button
from bot.cards.lines import paper_url
from bot.cards.references import fitting, reference_file
from bot.cards.wording import (
    foreign,
    papers_counted,
)
from bot.domain.library import ShelfKind
from bot.domain.papers import Paper
from bot.services.answers import ExportAnswer, SavedAnswer, ShelfAnswer, VotedAnswer
from bot.words import _, counted, marked

_SAVED = {
    ShelfKind.SERVER: marked("Saved to the reading list. `/library list` shows it."),
    ShelfKind.PERSON: marked("Saved to your reading list. `/library list` shows it."),
}
_EXISTED = {
    ShelfKind.SERVER: marked("Already on the reading list."),
    ShelfKind.PERSON: marked("Already on your reading list."),
}


def render_saved(answer: SavedAnswer) -> Card:
    """Say that a paper is on the list now, or was before; in a server, offer to vote for it."""
    said = _((_EXISTED if answer.existed else _SAVED)[answer.shelf.kind])
    is_shared = answer.shelf.kind is ShelfKind.SERVER
    view = rows(vote_button(answer.paper.id) if is_shared and answer.paper.id is not None else None)
    return _about(answer.paper, said, view)


def render_voted(answer: VotedAnswer) -> Card:
    """Say how many votes there are now."""
    votes = counted(answer.votes, "{count} vote", "{count} votes")
    said = _("You vote for it: {votes}.") if answer.voted else _("Your vote is taken back: {votes}.")
    return _about(answer.paper, said.format(votes=votes))


def render_taken_off(answer: ShelfAnswer) -> Card:
    """Say that a paper is off the list."""
    return _about(answer.paper, _("Taken off the reading list."))


async def render_export(answer: ExportAnswer) -> Card:
    """Return the whole list as a file."""
    if not answer.papers:
        return Card(content=_("The reading list is empty. **Save** on a paper's card puts it here."))
    papers = fitting(answer.papers)
    said = (
        _("{papers} as {format}.")
        if len(papers) == len(answer.papers)
        else _("The last saved {papers} as {format}: more is too much for one file.")
    )
    return Card(
        content=said.format(papers=papers_counted(len(papers)), format=answer.form),
        files=(await reference_file(papers, answer.form, name="reading-list"),),
    )


def _about(paper: Paper, said: str, view: discord.ui.View | None = None) -> Card:
    embed = discord.Embed(
        title=foreign(paper.title, limits.TITLE) or _("Untitled"),
        url=paper_url(paper),
        description=said,
        color=accent(paper.primary_category),
    )
    return fit(Card(embeds=(embed,), view=view))
