"""Cards about watches: made, listed, removed, resumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, NEUTRAL, accent
from bot.cards.components import rows, watch_buttons
from bot.cards.labels import pause_reason, watch_label
from bot.cards.lines import paper_url
from bot.cards.menus import setting_select, watch_select
from bot.cards.wording import (
    GAP,
    day_of,
    foreign,
    joined,
    link,
    moment,
    papers_counted,
)
from bot.domain.papers import Paper
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
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
from bot.text.dates import short_date
from bot.words import _, counted, marked, ngettext, number

_LISTED = 5
_WATCHING = marked("Watching: {watch}")
_MENUS = 4
_SILENT_FEED = marked("arXiv's feed did not answer; what its next mailing lists is where this watch begins.")
_SILENT_INDEX = marked(
    "OpenAlex did not answer; what cites the paper when it does is where this watch begins."
)
_SILENT_INDEX_OF_AUTHORS = marked(
    "OpenAlex did not answer; what cites these papers when it does is where this watch begins."
)
_BARS = "▁▂▃▄▅▆▇█"
_FLOOD = 100
"""Papers a week from which on a watch is called a flood."""
_FEW_DAYS = 8
"""Days of mailings in the catalogue below which a preview says little."""


_LISTED_BEFORE = marked("**Already listed, so not announced**")
_CITING_BEFORE = marked("**Citing it already, so not announced**")
_CITING_THEM_BEFORE = marked("**Citing them already, so not announced**")


def render_watch(answer: WatchAnswer, *, now: datetime) -> Card:
    """Return the confirmation of a watch: where it posts, what it would have brought."""
    watch = answer.watch
    silent = "" if answer.feed_answered else _(_silence(watch.criterion))
    paused = ""
    if watch.paused_reason:
        reason = foreign(pause_reason(watch.paused_reason), 200)
        paused = _("**Paused**: {reason}").format(reason=reason)
    parts = (joined((_lead(answer, now), silent), " "), paused, *_preview(answer, now))
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
            _("Only {conditions}.").format(conditions=only) if only else "",
            _("At least {number} alike.").format(number=_threshold(watch.criterion))
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


def _preview(answer: WatchAnswer, now: datetime) -> tuple[str, ...]:
    """Return what the last 30 days would have brought: in numbers, day by day, and the newest."""
    preview = answer.preview
    papers = papers_counted(preview.matched)
    if preview.per_week and preview.matched:
        heading = _("**The last 30 days: {papers}, about {rate} a week**")
    else:
        heading = _("**The last 30 days: {papers}**")
    heading = heading.format(papers=papers, rate=_rate(preview.per_week or 0))
    citing = answer.watch.follows_citations
    lines = [_example(paper, now, published=citing) for paper in preview.examples[:_LISTED]]
    if preview.matched > len(lines) > 0:
        more = preview.matched - len(lines)
        lines.append(counted(more, "- and {count} more paper", "- and {count} more papers"))
    new = answer.watch.id is not None and not answer.existed and not answer.changed
    them = isinstance(answer.watch.criterion, AuthorCitationsCriterion)
    before = _CITING_THEM_BEFORE if them else _CITING_BEFORE if citing else _LISTED_BEFORE
    title = _(before) if new else _("**The newest of them**")
    return (
        joined((heading, _chart(preview.days, now), _hint(preview, answer.watch)), "\n"),
        joined((title, *lines), "\n") if lines else "",
    )


def _example(paper: Paper, now: datetime, *, published: bool) -> str:
    """Return a paper's title and the day that the bars count it on."""
    title = link(paper.title, paper_url(paper), 150) or _("Untitled")
    return joined((f"- {title}", day_of((None if published else paper.announced_at) or paper.dated_at, now)))


def _chart(days: Sequence[tuple[date, int]], now: datetime) -> str:
    """Return a bar a day, and in words what they show; nothing where there is none."""
    most = max((papers for _day, papers in days), default=0)
    if not most:
        return ""
    bars = "".join(_BARS[-(-papers * len(_BARS) // most) - 1] if papers else " " for _day, papers in days)
    first, last = days[0][0], days[-1][0]
    best = max(days, key=lambda one: (one[1], one[0]))
    said = _("{first} to {last}, a bar a day; most on {best}: {count}.").format(
        first=short_date(first, now.date()),
        last=short_date(last, now.date()),
        best=short_date(best[0], now.date()),
        count=number(best[1]),
    )
    return f"```\n{bars}\n```\n{said}"


def _hint(preview: Preview, watch: Watch) -> str:
    """Return what to do about a watch that brings nothing or too much, or what the numbers lack."""
    if preview.empty_list:
        return _(
            "The reading list is empty, so nothing is like it yet: what you save with `/library save` counts"
            " from the next harvest on."
        )
    if preview.matched == 0 and watch.follows_citations:
        return _("OpenAlex knows of nothing new that cites it, but learns of most papers days or weeks late.")
    if preview.matched == 0:
        if preview.covered < _FEW_DAYS:
            return counted(
                preview.covered,
                "The catalogue knows {count} mailing of these 30 days, so this says little yet.",
                "The catalogue knows {count} mailings of these 30 days, so this says little yet.",
            )
        if isinstance(watch.criterion, AuthorCriterion) and len(watch.criteria) == 1:
            return _("That is usual for one person: most publish a few times a year.")
        return _("Nothing would have matched: look at the spelling, or ask for less at once.")
    if preview.per_week is not None and preview.per_week >= _FLOOD:
        return _(
            "That is a lot: narrow it by a topic, a category or words to leave out, or take a daily digest."
        )
    if preview.covered >= _FEW_DAYS:
        return ""
    return counted(
        preview.covered,
        "The catalogue knows {count} mailing of these 30 days.",
        "The catalogue knows {count} mailings of these 30 days.",
    )


def _rate(per_week: float) -> str:
    return number(round(per_week)) if per_week >= 1.5 else number(per_week, ".1f")


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
    text = ""
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
        description=_("What it would bring is kept for 14 days and sent when you resume it."),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(answer.watch))))


def _one(answer: WatchesAnswer, watch: Watch, now: datetime) -> Card:
    embed = discord.Embed(
        title=_title(_(_WATCHING), watch), description=_facts(answer, watch, now), color=_color(watch)
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
        _("{count} matched").format(count=number(tally.matched)),
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
