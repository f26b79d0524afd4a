"""Any answer of the services as its card."""

from __future__ import annotations

from datetime import datetime

from bot.cards.authors import render_author
from bot.cards.card import Card
from bot.cards.help import render_help, render_words
from bot.cards.lists import render_list
from bot.cards.papers import render_paper
from bot.cards.status import render_status
from bot.cards.watches import render_removed, render_resumed, render_watch, render_watches
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    HelpAnswer,
    ListAnswer,
    PaperAnswer,
    RemovedAnswer,
    ResumedAnswer,
    StatusAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)


async def render_answer(answer: Answer, *, now: datetime) -> Card:
    """Return the card of whatever a service answered."""
    if isinstance(answer, AuthorAnswer):
        return await render_author(answer, now=now)
    return _render_text(answer, now)


def _render_text(answer: Answer, now: datetime) -> Card:
    match answer:
        case PaperAnswer():
            return render_paper(answer, now=now)
        case ListAnswer():
            return render_list(answer, now=now)
        case WatchAnswer():
            return render_watch(answer, now=now)
        case WatchesAnswer():
            return render_watches(answer, now=now)
        case ResumedAnswer():
            return render_resumed(answer)
        case RemovedAnswer():
            return render_removed(answer)
        case HelpAnswer():
            return render_help(answer)
        case WordsAnswer():
            return render_words(answer)
        case StatusAnswer():
            return render_status(answer)
    raise TypeError(type(answer).__name__)
