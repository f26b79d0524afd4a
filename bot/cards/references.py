"""A paper's reference, to copy and as a file."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import limits
from bot.cards.card import Attachment, Card, fit
from bot.cards.components import button, rows
from bot.domain.papers import Paper
from bot.services.answers import ReferenceAnswer
from bot.text.references import CITED, ReferenceForm, reference_key, render_references
from bot.words import _, marked

TOO_LONG = marked("Too long to show here: it is in the file.")


def render_reference(answer: ReferenceAnswer) -> Card:
    """Return the reference in a block that can be copied, the same as a file, and buttons for other forms."""
    text = render_references([answer.paper], answer.form)
    # A fence in a title would end the block, and Discord could read what follows.
    block = f"```\n{text.replace('```', chr(39) * 3).strip()}\n```"
    return fit(
        Card(
            content=block if limits.length(block) <= limits.CONTENT else _(TOO_LONG),
            files=(reference_file([answer.paper], answer.form, name=reference_key(answer.paper)),),
            view=rows(*_forms(answer)),
        )
    )


def reference_file(papers: Sequence[Paper], form: ReferenceForm, *, name: str) -> Attachment:
    """Return references as a file that reference managers open."""
    return Attachment(name=f"{name}.{form.ending}", data=render_references(papers, form).encode())


def _forms(answer: ReferenceAnswer) -> tuple[discord.ui.Button[discord.ui.View], ...]:
    if answer.paper.id is None:
        return ()
    return tuple(
        button(form, f"cite:{answer.paper.id}:{form}", disabled=form is answer.form) for form in CITED
    )
