"""What is said about the reading list, and its export."""

from __future__ import annotations

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import accent
from bot.cards.components import rows, vote_button
from bot.cards.lines import paper_url
from bot.cards.references import reference_file
from bot.cards.wording import count, foreign
from bot.domain.library import ShelfKind
from bot.domain.papers import Paper
from bot.services.answers import ExportAnswer, SavedAnswer, ShelfAnswer, VotedAnswer

_LISTS = {ShelfKind.SERVER: "the reading list", ShelfKind.PERSON: "your reading list"}


def render_saved(answer: SavedAnswer) -> Card:
    """Say that a paper is on the list now, or was before; in a server, offer to vote for it."""
    where = _LISTS[answer.shelf.kind]
    said = f"Already on {where}." if answer.existed else f"Saved to {where}. `/library list` shows it."
    is_shared = answer.shelf.kind is ShelfKind.SERVER
    view = rows(vote_button(answer.paper.id) if is_shared and answer.paper.id is not None else None)
    return _about(answer.paper, said, view)


def render_voted(answer: VotedAnswer) -> Card:
    """Say how many votes there are now."""
    said = "You vote for it" if answer.voted else "Your vote is taken back"
    return _about(answer.paper, f"{said}: {count(answer.votes, 'vote')}.")


def render_taken_off(answer: ShelfAnswer) -> Card:
    """Say that a paper is off the list."""
    return _about(answer.paper, "Taken off the reading list.")


def render_export(answer: ExportAnswer) -> Card:
    """Return the whole list as a file."""
    if not answer.papers:
        return Card(content="The reading list is empty. **Save** on a paper's card puts it here.")
    return Card(
        content=f"{count(len(answer.papers), 'paper')} as {answer.form}.",
        files=(reference_file(answer.papers, answer.form, name="reading-list"),),
    )


def _about(paper: Paper, said: str, view: discord.ui.View | None = None) -> Card:
    embed = discord.Embed(
        title=foreign(paper.title, limits.TITLE) or "Untitled",
        url=paper_url(paper),
        description=said,
        color=accent(paper.primary_category),
    )
    return fit(Card(embeds=(embed,), view=view))
