"""Any answer of the services as its card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.cards.authors import render_author
from bot.cards.card import Card
from bot.cards.comparison import render_comparison
from bot.cards.help import render_help, render_words
from bot.cards.hours import render_settings
from bot.cards.library import render_export, render_saved, render_taken_off, render_voted
from bot.cards.lists import render_list, render_papers
from bot.cards.network import render_coauthors
from bot.cards.papers import render_paper
from bot.cards.privacy import render_forget_question, render_privacy
from bot.cards.references import render_author_references, render_reference
from bot.cards.setup import render_setup
from bot.cards.status import render_status
from bot.cards.watches import (
    render_paused,
    render_removed,
    render_resumed,
    render_watch,
    render_watches,
)
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    AuthorReferencesAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    ExportAnswer,
    HelpAnswer,
    HoursAnswer,
    ListAnswer,
    PaperAnswer,
    PapersAnswer,
    PausedAnswer,
    PrivacyAnswer,
    ReferenceAnswer,
    RemovedAnswer,
    ResumedAnswer,
    SavedAnswer,
    SetUpAnswer,
    ShelfAnswer,
    StatusAnswer,
    VotedAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)


async def render_answer(answer: Answer, *, now: datetime) -> Card:
    """Return the card of whatever a service answered."""
    match answer:
        # Those with a picture or a file, which is made in a thread.
        case AuthorAnswer():
            return await render_author(answer, now=now)
        case CoauthorsAnswer():
            return await render_coauthors(answer)
        case ComparisonAnswer():
            return await render_comparison(answer, now=now)
        case ReferenceAnswer():
            return await render_reference(answer)
        case AuthorReferencesAnswer():
            return await render_author_references(answer, now=now)
        case ExportAnswer():
            return await render_export(answer)
    return _RENDERERS[type(answer)](answer, now)


_RENDERERS: dict[type[Answer], Callable[[Any, datetime], Card]] = {
    PaperAnswer: lambda answer, now: render_paper(answer, now=now),
    SavedAnswer: lambda answer, _: render_saved(answer),
    VotedAnswer: lambda answer, _: render_voted(answer),
    ShelfAnswer: lambda answer, _: render_taken_off(answer),
    PapersAnswer: lambda answer, now: render_papers(answer, now=now),
    PrivacyAnswer: lambda answer, _: (
        render_forget_question(answer.person) if answer.forget else render_privacy(answer.person)
    ),
    ListAnswer: lambda answer, now: render_list(answer, now=now),
    WatchAnswer: lambda answer, now: render_watch(answer, now=now),
    WatchesAnswer: lambda answer, now: render_watches(answer, now=now),
    PausedAnswer: lambda answer, _: render_paused(answer),
    ResumedAnswer: lambda answer, _: render_resumed(answer),
    RemovedAnswer: lambda answer, _: render_removed(answer),
    HoursAnswer: lambda answer, now: render_settings(
        answer.hours, now=now, changed=answer.changed, organizers=None
    ),
    HelpAnswer: lambda answer, _: render_help(answer),
    SetUpAnswer: lambda *_: render_setup(),
    WordsAnswer: lambda answer, _: render_words(answer),
    StatusAnswer: lambda answer, _: render_status(answer),
}
"""Each kind of answer with what makes its card."""
