"""Cards about watches: made, listed, removed, resumed."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, NEUTRAL, accent
from bot.cards.components import rows, watch_buttons
from bot.cards.labels import pause_reason, watch_label
from bot.cards.menus import setting_select, watch_select
from bot.cards.previews import preview_parts
from bot.cards.wording import GAP, day_of, foreign, joined, moment
from bot.domain.watches import (
    AuthorCitationsCriterion,
    CitationsCriterion,
    Criterion,
    Every,
    Manner,
    Place,
    PlaceKind,
    Watch,
    WordingCriterion,
)
from bot.services.answers import (
    PausedAnswer,
    Preview,
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from bot.words import _, counted, marked, ngettext, number

_WATCHING = marked("Watching: {watch}")
_MENUS = 4
_SILENT_FEED = marked("arXiv's feed did not answer; what its next mailing lists is where this watch begins.")
_SILENT_INDEX = marked(
    "OpenAlex did not answer; what cites the paper when it does is where this watch begins."
)
_SILENT_INDEX_OF_AUTHORS = marked(
    "OpenAlex did not answer; what cites these papers when it does is where this watch begins."
)


def render_watch(answer: WatchAnswer, *, now: datetime) -> Card:
    """Return the confirmation of a watch: where it posts, what it would have brought."""
    watch = answer.watch
    silent = "" if answer.feed_answered else _(_silence(watch.criterion))
    paused = ""
    if watch.paused_reason:
        reason = foreign(pause_reason(watch.paused_reason), 200)
        paused = _("**Paused**: {reason}").format(reason=reason)
    parts = (joined((_lead(answer, now), silent), " "), paused, *preview_parts(answer, now))
    embed = discord.Embed(
        title=_title(_headline(answer), watch),
        description=joined(parts, GAP),
        color=_color(watch),
    )
    menu = setting_select(watch, answer.settings) if answer.settings else None
    return fit(Card(embeds=(embed,), view=rows(menu, *watch_buttons(watch))))


def _silence(criterion: Criterion) -> str:
    match criterion:
        case AuthorCitationsCriterion():
            return _SILENT_INDEX_OF_AUTHORS
        case CitationsCriterion():
            return _SILENT_INDEX
    return _SILENT_FEED


def _headline(answer: WatchAnswer) -> str:
    if answer.watch.id is None:
        return _("Preview: {watch}")
    if answer.settings and not answer.changed:
        return _(_WATCHING)
    if answer.changed:
        return _("Changed: {watch}")
    return _("Already watching: {watch}") if answer.existed else _(_WATCHING)


def _lead(answer: WatchAnswer, now: datetime) -> str:
    """Return where new papers are posted, how, and which."""
    watch = answer.watch
    where = joined((_where(watch.place), _how(watch.manner.every)), " ") + _besides(watch.manner)
    if watch.id is None:
        lead = _("Nothing was created. New papers would be posted {where}.").format(where=where)
    elif answer.existed:
        lead = _("This watch stands since {date} and posts {where}.").format(
            date=day_of(watch.created_at, now), where=where
        )
    else:
        lead = _("New papers are posted {where}.").format(where=where)
    only = foreign(watch.filters.label, 300)
    return joined(
        (
            lead,
            _followed(watch.criterion, answer.preview),
            _("Conditions: {conditions}.").format(conditions=only) if only else "",
            _("Similarity at least {number}.").format(number=_threshold(watch.criterion))
            if isinstance(watch.criterion, WordingCriterion)
            else "",
            _("At most {count} a day.").format(count=watch.manner.most_a_day)
            if watch.manner.most_a_day
            else "",
        ),
        " ",
    )


def _followed(criterion: Criterion, preview: Preview) -> str:
    """Return which papers of an author it is about; empty for any other watch."""
    papers = preview.followed
    if not isinstance(criterion, AuthorCitationsCriterion) or not papers:
        return ""
    said = (
        _("What cites any of {count} papers by {name} counts: the most cited, and the newest.")
        if preview.are_some
        else ngettext(
            "What cites {count} paper by {name} counts.",
            "What cites any of {count} papers by {name} counts.",
            papers,
        )
    )
    return said.format(count=number(papers), name=foreign(criterion.name, 100))


def _how(every: Every) -> str:
    if every is Every.INSTANT:
        return ""
    return _("in a daily digest") if every is Every.DAILY else _("in a weekly digest")


def _besides(manner: Manner) -> str:
    """Return what comes with each message: a ping, a thread."""
    ping = _(", pinging {role}").format(role=f"<@&{manner.role_id}>") if manner.role_id else ""
    return ping + (_(", each with a thread") if manner.thread else "")


def _conditions(watch: Watch) -> str:
    """Return the filters, and the most a day, in words."""
    most = near = ""
    if watch.manner.most_a_day:
        most = _("at most {count} a day").format(count=watch.manner.most_a_day)
    if isinstance(watch.criterion, WordingCriterion):
        near = _("similarity ≥ {number}").format(number=_threshold(watch.criterion))
    return foreign(joined((near, watch.filters.label, most), ", "), 300)


def _threshold(criterion: WordingCriterion) -> str:
    return number(criterion.threshold, "g")


def render_watches(answer: WatchesAnswer, *, now: datetime) -> Card:
    """Return all watches of a place or server with a menu to change one."""
    if not answer.watches:
        embed = discord.Embed(
            title=_("No watches yet"),
            description=_(
                "`/watch author`, `category`, `topic`, `similar` and `citations` create one.\n"
                'In a direct message: `follow Emma Strubell`, `follow cs.CY` or `follow "energy use"`.'
            ),
            color=NEUTRAL,
        )
        return Card(embeds=(embed,), ephemeral=True)
    if len(answer.watches) == 1:
        return _one(answer, answer.watches[0], now)
    text = answer.lead
    shown = 0
    for watch in answer.watches[: limits.OPTIONS * _MENUS]:
        longer = joined((text, _line(answer, watch, now)), GAP)
        if limits.length(longer) > limits.DESCRIPTION - 40:
            break
        text, shown = longer, shown + 1
    if shown < len(answer.watches):
        more = len(answer.watches) - shown
        text += GAP + counted(more, "and {count} more watch", "and {count} more watches")
    embed = discord.Embed(
        title=counted(len(answer.watches), "{count} watch", "{count} watches"),
        description=text,
        color=NEUTRAL,
    )
    menus = (
        watch_select(answer.watches[start : start + limits.OPTIONS], start)
        for start in range(0, min(shown, limits.OPTIONS * _MENUS), limits.OPTIONS)
    )
    return fit(Card(embeds=(embed,), view=rows(*menus), ephemeral=True))


def render_removed(answer: RemovedAnswer) -> Card:
    """Return the confirmation that a watch is gone."""
    embed = discord.Embed(
        title=_title(_("No longer watching: {watch}"), answer.watch),
        description=_("Nothing more of it is posted {where}.").format(where=_where(answer.watch.place)),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))


def render_resumed(answer: ResumedAnswer) -> Card:
    """Return the confirmation that a paused watch is active again."""
    held = _("Nothing had to wait.")
    if answer.held:
        held = counted(
            answer.held,
            "{count} paper that waited will be sent now.",
            "{count} papers that waited will be sent now.",
        )
    posts = _("It posts {where}.").format(where=_where(answer.watch.place))
    embed = discord.Embed(
        title=_title(_("Watching again: {watch}"), answer.watch),
        description=f"{posts} {held}",
        color=GOOD,
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(answer.watch))))


def render_paused(answer: PausedAnswer) -> Card:
    """Return the confirmation that a watch is paused."""
    embed = discord.Embed(
        title=_title(_("Paused: {watch}"), answer.watch),
        description=_(
            "Until you resume it: a pause has no end of its own. What it would bring is kept for 14 days and "
            "sent then."
        ),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(answer.watch))))


def _one(answer: WatchesAnswer, watch: Watch, now: datetime) -> Card:
    embed = discord.Embed(
        title=_title(_(_WATCHING), watch),
        description=joined((answer.lead, _facts(answer, watch, now)), GAP),
        color=_color(watch),
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(watch)), ephemeral=True))


def _line(answer: WatchesAnswer, watch: Watch, now: datetime) -> str:
    return f"**{foreign(watch_label(watch.label), 200)}**\n{_facts(answer, watch, now)}"


def _facts(answer: WatchesAnswer, watch: Watch, now: datetime) -> str:
    """Return where it posts, since when, its state, and what it brought so far."""
    paused = ""
    if watch.paused_reason:
        reason = foreign(pause_reason(watch.paused_reason), 100)
        paused = _("paused: {reason}").format(reason=reason)
    every = "" if watch.manner.every is Every.INSTANT else _(watch.manner.every.value)
    since = _("since {date}").format(date=day_of(watch.created_at, now))
    where = _where(watch.place) + _besides(watch.manner)
    facts = joined((where, every, since, _conditions(watch), paused))
    tally = answer.tallies.get(watch.id or 0)
    if tally is None:
        return f"{facts}\n{_('nothing matched yet')}"
    brought = (
        counted(tally.matched, "{count} matched", "{count} matched"),
        _("{count} sent").format(count=number(tally.delivered)),
    )
    last = _("last {moment}").format(moment=moment(tally.last_at)) if tally.last_at else ""
    return f"{facts}\n{joined((*brought, last))}"


def _where(place: Place) -> str:
    if place.kind is PlaceKind.DIRECT:
        return _("in direct messages")
    return _("in {channel}").format(channel=f"<#{place.id}>")


def _title(lead: str, watch: Watch) -> str:
    """Return a title with the watch's name in its place."""
    return lead.format(watch=foreign(watch_label(watch.label), limits.TITLE - len(lead)))


def _color(watch: Watch) -> int:
    return accent(watch.categories[0]) if watch.categories else GOOD
