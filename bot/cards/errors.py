"""What a person reads when something went wrong; one table for all errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord

from bot import errors
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, TROUBLE
from bot.cards.components import nearest_button, rows
from bot.cards.labels import evidence, watch_label
from bot.cards.menus import author_select
from bot.cards.wording import (
    GAP,
    foreign,
    joined,
    label,
    missing_sources,
    moment,
)
from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.papers import Paper
from bot.words import _, counted, marked, number

_LATER = marked("Try again in a few minutes.")
_CANDIDATES = 6
# So much of a search fits one line of a phone.
_BEFORE, _AFTER = 24, 12
_FORMS = marked(
    "A paper: its title, an arXiv id such as `2306.05949` or `math/0309136`, a DOI, or a link.\n"
    "An author: a name, an ORCID iD or an OpenAlex id."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCard:
    """What is wrong, what to do next, and how loudly it is logged."""

    title: str
    text: str
    hint: str = ""
    level: int = logging.INFO


def present(error: BaseException) -> ErrorCard:
    """Return the words for an error, by the nearest of its classes that the table knows."""
    for kind in type(error).__mro__:
        if kind in _TABLE:
            return _TABLE[kind](error)
    return _translated(_UNKNOWN)


def render_error(
    error: BaseException, reference: str | None = None, *, asker: int = 0, for_all: bool = False
) -> Card:
    """Return the card of an error; unknown ones show the reference and never their own text.

    `for_all` says that everybody was to see what was asked for: what is chosen instead is posted so.
    """
    shown = present(error)
    embed = discord.Embed(
        title=shown.title,
        description=joined((shown.text, shown.hint), GAP),
        color=NEUTRAL if isinstance(error, errors.UserError) else TROUBLE,
    )
    if reference and not isinstance(error, errors.UserError):
        embed.set_footer(text=_("Reference {reference}").format(reference=reference))
    view = None
    if isinstance(error, errors.NotFound):
        nearest: tuple[Author | Paper, ...] = (*error.authors[:3], *error.papers[:3])
        view = rows(*(nearest_button(near, for_all=for_all) for near in nearest[:3]))
    elif isinstance(error, errors.AmbiguousAuthor):
        view = rows(author_select(error.candidates, error.asked, asker, for_all=for_all))
    return fit(Card(embeds=(embed,), view=view, ephemeral=True))


def _not_found(error: errors.NotFound) -> ErrorCard:
    nearest = (
        _("Is one of these meant?")
        if error.authors or error.papers
        else _("Nothing in the catalogue comes near it.")
    )
    missing = missing_sources(error.unreachable)
    if missing:
        doubt = _("{missing}, so it may exist.").format(missing=missing)
        nearest = f"{doubt} {_again(m.until for m in error.unreachable)}\n{nearest}"
    asked = foreign(error.asked, 160)
    return ErrorCard(
        title=_("Nothing found for {asked}").format(asked=asked) if asked else _("Nothing found"),
        text=nearest,
        hint=_(_FORMS),
    )


def _ambiguous(error: errors.AmbiguousAuthor) -> ErrorCard:
    lines = [_candidate(author, top) for author, top in error.candidates[:_CANDIDATES]]
    return ErrorCard(
        title=_("Several people are called {name}").format(name=foreign(error.asked, 160)),
        text=GAP.join(line for line in lines if line),
        hint=_("Choose who is meant; it is remembered for you."),
    )


def _candidate(author: Author, top: str | None) -> str:
    """Return one of several people of the same name: field, institution and a top paper."""
    code = author.primary_category
    field = foreign(category_name(code), 60) if code else ""
    place = foreign(author.institutions[0], 80) if author.institutions else ""
    cited = ""
    if author.citation_count:
        cited = counted(author.citation_count.value, "{count} citation", "{count} citations")
    return joined(
        (
            joined((f"**{foreign(author.name, 80)}**", field, place, cited)),
            foreign(top or "", 120),
            evidence(author, 120),
        ),
        "\n",
    )


def _invalid_identifier(error: errors.InvalidIdentifier) -> ErrorCard:
    return ErrorCard(
        title=_("This names no paper and no author"),
        text=_is_not(error),
        hint=_(_FORMS),
    )


def _invalid_topic(error: errors.InvalidTopic) -> ErrorCard:
    shown, place = _around(error.text, error.position)
    if len(error.expected) == 1:
        wanted = _("Here `{mark}` is missing.").format(mark=error.expected)
    else:
        wanted = _("Expected here: {expected}.").format(expected=foreign(_(error.expected), 200))
    return ErrorCard(
        title=_("The search is not complete"),
        text=f"```\n{shown}\n{' ' * place}^\n```\n{wanted}",
        hint=_('Words, `"phrases"`, `prefix*`, `AND OR NOT`, parentheses, `ti:`, `abs:` and `au:` work.'),
    )


def _is_not(error: errors.InvalidInput) -> str:
    return _("`{text}` is not {expected}.").format(
        text=_code(error.text), expected=foreign(_(error.expected), 200)
    )


def _invalid(error: errors.InvalidInput) -> ErrorCard:
    return ErrorCard(
        title=_("This was not understood"),
        text=_is_not(error),
    )


def _not_allowed(error: errors.NotAllowed) -> ErrorCard:
    missing = foreign(_(error.missing), 200)
    if error.who == "bot":
        lacks = (
            _("Hoopoe lacks {missing} in {channel}.") if error.channel_id else _("Hoopoe lacks {missing}.")
        )
        return ErrorCard(
            title=_("Hoopoe may not do this here"),
            text=lacks.format(missing=missing, channel=f"<#{error.channel_id}>"),
            hint=_("Somebody with Manage Server can allow it in the settings of the server or channel."),
        )
    return ErrorCard(
        title=_("You may not do this here"),
        text=_("It needs {missing}.").format(missing=missing),
        hint=_("In a direct message to Hoopoe everybody can follow authors, categories and topics."),
    )


def _not_on_shelf(error: errors.NotOnShelf) -> ErrorCard:
    return ErrorCard(
        title=_("Not on the reading list"),
        text=_("{title} is not on it.").format(title=foreign(error.paper.title, 200)),
        hint=_("`/library save` puts it there; `/library list` shows what is."),
    )


def _not_indexed(error: errors.NotIndexed) -> ErrorCard:
    if isinstance(error.cited, Author):
        return ErrorCard(
            title=_("Nobody says who cites them"),
            text=_("OpenAlex, the source of citations, has no profile that is certainly {name}'s.").format(
                name=foreign(error.cited.name, 200)
            ),
            hint=_(
                "`/watch citations` follows one of their papers as well, "
                "and `/watch author` what they publish themselves."
            ),
        )
    return ErrorCard(
        title=_("Nobody says yet who cites it"),
        text=_("OpenAlex doesn't know {title}, and it is the source of citations.").format(
            title=foreign(error.cited.title, 200)
        ),
        hint=_(
            "New papers appear there within days or weeks: try again then. "
            "`/watch similar` follows papers of similar wording meanwhile."
        ),
    )


def _watch_exists(error: errors.WatchExists) -> ErrorCard:
    return ErrorCard(
        title=_("There is such a watch already"),
        text=_(
            "Changed like this, it would be the same as watch {number}, **{watch}**, in the same place."
        ).format(number=error.number, watch=foreign(watch_label(error.label), 200)),
        hint=_("Nothing was changed. `/watch remove` ends one of the two."),
    )


def _limit(error: errors.LimitReached) -> ErrorCard:
    return ErrorCard(
        title=_("That is as many as there can be"),
        text=_("The limit is {count} {things}.").format(
            count=number(error.limit), things=foreign(_(error.what), 100)
        ),
        hint=_(_ROOM.get(error.what, marked("Wait a moment, then ask again."))),
    )


_ROOM = {
    "watches": marked("`/watch list` shows them, and each can be removed there."),
    "papers on a reading list": marked(
        "`/library export` keeps all of it as a file, `/library remove` takes papers off."
    ),
    "papers that a watch avoids the likes of": marked(
        "**Undo** below an earlier wish makes room. `/watch edit` leaves out whole words instead."
    ),
}
"""What makes room below a limit; the others pass with time."""


def _source_down(error: errors.SourceError) -> ErrorCard:
    name = foreign(error.source, 60)
    return ErrorCard(
        title=_("No answer from {source}").format(source=name),
        text=_("{source} does not answer; try again in a few minutes.").format(source=name),
        level=logging.WARNING,
    )


def _key_refused(error: errors.KeyRefused) -> ErrorCard:
    name = foreign(error.source, 60)
    return ErrorCard(
        title=_("No answer from {source}").format(source=name),
        text=_("{source} refuses the key of this bot.").format(source=name),
        hint=_("Whoever runs it can correct `{setting}`, or leave it out.").format(
            setting=_code(error.setting)
        ),
        level=logging.ERROR,
    )


def _rate_limited(error: errors.RateLimited) -> ErrorCard:
    name = foreign(error.source, 60)
    return ErrorCard(
        title=_("{source} asks to wait").format(source=name),
        text=joined((_("It takes no more questions now."), _again([error.retry_at])), " "),
        level=logging.WARNING,
    )


def _again(moments: Iterable[datetime | None]) -> str:
    """Say when to try again: when every source that named a moment answers again."""
    latest = max(filter(None, moments), default=None)
    return _(_LATER) if latest is None else _("Try again {moment}.").format(moment=moment(latest))


def _source_changed(error: errors.SourceChanged) -> ErrorCard:
    name = foreign(error.source, 60)
    return ErrorCard(
        title=_("{source} gave no usable answer").format(source=name),
        text=_("What is stored stays as it is."),
        hint=_(_LATER),
        level=logging.ERROR,
    )


def _around(text: str, position: int) -> tuple[str, int]:
    """Return one line of the text around a position (from 1), and where in it the position is."""
    start = max(0, position - 1 - _BEFORE)
    before = text[start : position - 1]
    # As one text, so that nothing that is harmless in halves acts when they are joined.
    shown = label(before + text[position - 1 :][:_AFTER], 2 * (_BEFORE + _AFTER)).replace("`", "'")
    place = len(label(f"{before}|", 2 * _BEFORE)) - 1
    return shown or " ", place


def _code(text: str) -> str:
    """Return foreign text that can stand between backticks."""
    return label(text, 200).replace("`", "'") or " "


_UNKNOWN = ErrorCard(
    title=marked("Something went wrong"),
    text=marked("The fault is on this side, and it has been written down."),
    hint=marked(
        "Try again in a few minutes. If it stays, give the reference below to whoever runs this bot."
    ),
    level=logging.ERROR,
)


def _fixed(card: ErrorCard) -> Callable[[Any], ErrorCard]:
    return lambda _error: _translated(card)


def _translated(card: ErrorCard) -> ErrorCard:
    return replace(card, title=_(card.title), text=_(card.text), hint=_(card.hint))


_TABLE: dict[type[BaseException], Callable[[Any], ErrorCard]] = {
    errors.NotFound: _not_found,
    errors.AmbiguousAuthor: _ambiguous,
    errors.InvalidIdentifier: _invalid_identifier,
    errors.InvalidTopic: _invalid_topic,
    errors.InvalidInput: _invalid,
    errors.Outdated: _fixed(
        ErrorCard(
            title=marked("This is of an earlier version"),
            text=marked("Hoopoe has changed since then, and what was chosen stands for nothing now."),
            hint=marked("Ask again: a new answer has buttons that work. Commands are renewed by Ctrl+R."),
        )
    ),
    errors.NoSuchWatch: _fixed(
        ErrorCard(
            title=marked("There is no such watch here"),
            text=marked("It may have been removed meanwhile."),
            hint=marked("`/watch list`, or *following* in a direct message, shows what is watched."),
        )
    ),
    errors.PlaceMissing: _fixed(
        ErrorCard(
            title=marked("The channel of this watch no longer exists"),
            text=marked("So it stays paused, and nothing of it is posted."),
            hint=marked("`/watch remove` ends it; the same can be watched anew in another channel."),
        )
    ),
    errors.WatchExists: _watch_exists,
    errors.NotAllowed: _not_allowed,
    errors.NotOnShelf: _not_on_shelf,
    errors.NotIndexed: _not_indexed,
    errors.LimitReached: _limit,
    errors.KeyRefused: _key_refused,
    errors.RateLimited: _rate_limited,
    errors.SourceChanged: _source_changed,
    errors.SourceError: _source_down,
    errors.DatabaseBusy: _fixed(
        ErrorCard(
            title=marked("The catalogue is busy"),
            text=marked("Another process holds it just now."),
            hint=_LATER,
            level=logging.ERROR,
        )
    ),
    errors.StorageError: _fixed(
        ErrorCard(
            title=marked("The catalogue cannot be used"),
            text=marked("Nothing could be read or written."),
            hint=marked("Whoever runs this bot finds the reason in its log, under the reference below."),
            level=logging.ERROR,
        )
    ),
    Exception: _fixed(_UNKNOWN),
}
