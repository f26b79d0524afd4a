"""The message that a discussion of a paper begins with."""

from __future__ import annotations

from datetime import datetime

from bot.cards.card import Card, fit
from bot.cards.components import cite_button, full_abstract_button, link_button, rows, save_button
from bot.cards.lines import code_url
from bot.cards.papers import paper_embed, paper_head, pdf_url
from bot.cards.wording import GAP, foreign, foreign_paragraphs, joined
from bot.domain.papers import Paper
from bot.text.gist import gist_of
from bot.words import _

_SENTENCE = 700
_ABSTRACT = 600


def render_discussion(paper: Paper, *, now: datetime) -> Card:
    """Return the paper's card with what its abstract says of question, method and finding, in its own words.

    What the abstract does not announce is left out; where it announces nothing, it begins itself.
    """
    gist = gist_of(paper.abstract)
    said = (
        (_("Question"), gist.question),
        (_("Method"), gist.method),
        (_("Finding"), gist.finding),
    )
    blocks = [f"**{name}**\n{foreign(sentence, _SENTENCE)}" for name, sentence in said if sentence]
    body = joined(blocks, GAP) or foreign_paragraphs(paper.abstract, _ABSTRACT)
    embed = paper_embed(paper, paper_head(paper, now=now) + body, now=now)
    view = rows(
        link_button("PDF", pdf_url(paper)),
        link_button(_("Code"), code_url(paper)),
        full_abstract_button(paper.id) if paper.id is not None else None,
        cite_button(paper.id),
        save_button(paper.id),
    )
    return fit(Card(embeds=(embed,), view=view))
