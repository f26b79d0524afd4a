"""Cards about watches: made, listed, removed, resumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, NEUTRAL, accent
from bot.cards.components import rows, setting_select, watch_buttons, watch_select
from bot.cards.lines import paper_url
from bot.cards.wording import GAP, count, day_of, foreign, joined, link, moment, number
from bot.domain.papers import Paper
from bot.domain.watches import Every, Manner, Place, PlaceKind, SimilarCriterion, Watch
from bot.services.answers import (
    PausedAnswer,
    Preview,
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from bot.text.dates import short_date

_LISTED = 5
_MENUS = 4
_SILENT_FEED = "arXiv's feed did not answer; what its next mailing lists is where this watch begins."
_BARS = "▁▂▃▄▅▆▇█"
_FLOOD = 100
"""Papers a week from which on a watch is called a flood."""
_FEW_DAYS = 8
"""Days of mailings in the catalogue below which a preview says little."""


def render_watch(answer: WatchAnswer, *, now: datetime) -> Card:
    """Return the confirmation of a watch: where it posts, what it would have brought."""
    watch = answer.watch
    silent = "" if answer.feed_answered else _SILENT_FEED
    paused = f"**Paused**: {foreign(watch.paused_reason, 200)}" if watch.paused_reason else ""
    parts = (joined((_lead(answer, now), silent), " "), paused, *_preview(answer, now))
    embed = discord.Embed(
        title=_title(_headline(answer), watch),
        description=joined(parts, GAP),
        color=_color(watch),
    )
    menu = setting_select(watch, answer.settings) if answer.settings else None
    return fit(Card(embeds=(embed,), view=rows(menu, *watch_buttons(watch))))


def _headline(answer: WatchAnswer) -> str:
    if answer.watch.id is None:
        return "Preview:"
    if answer.settings and not answer.changed:
        return "Watching"
    if answer.changed:
        return "Changed:"
    return "Already watching" if answer.existed else "Watching"


def _lead(answer: WatchAnswer, now: datetime) -> str:
    """Return where new papers are posted, how, and which."""
    watch = answer.watch
    how = {Every.INSTANT: "", Every.DAILY: " in a daily digest", Every.WEEKLY: " in a weekly digest"}
    where = _where(watch.place) + how[watch.manner.every] + _besides(watch.manner)
    if watch.id is None:
        lead = f"Nothing was created. New papers would be posted {where}."
    elif answer.existed:
        lead = f"This watch stands since {day_of(watch.created_at, now)} and posts {where}."
    else:
        lead = f"New papers are posted {where}."
    only = _conditions(watch)
    return f"{lead} Only {only}." if only else lead


def _besides(manner: Manner) -> str:
    """Return what comes with each message: a ping, a thread."""
    ping = f", pinging <@&{manner.role_id}>" if manner.role_id else ""
    return ping + (", each with a thread" if manner.thread else "")


def _conditions(watch: Watch) -> str:
    """Return the filters, and the most a day, in words."""
    most = f"at most {watch.manner.most_a_day} a day" if watch.manner.most_a_day else ""
    near = (
        f"similarity ≥ {watch.criterion.threshold:g}" if isinstance(watch.criterion, SimilarCriterion) else ""
    )
    return foreign(joined((near, watch.filters.label, most), ", "), 300)


def _preview(answer: WatchAnswer, now: datetime) -> tuple[str, ...]:
    """Return what the last 30 days would have brought: in numbers, day by day, and the newest."""
    preview = answer.preview
    rate = f", about {_rate(preview.per_week)} a week" if preview.per_week and preview.matched else ""
    heading = f"**The last 30 days: {count(preview.matched, 'paper')}{rate}**"
    lines = [_example(paper, now) for paper in preview.examples[:_LISTED]]
    if preview.matched > len(lines) > 0:
        lines.append(f"- and {count(preview.matched - len(lines), 'more paper')}")
    new = answer.watch.id is not None and not answer.existed and not answer.changed
    title = "**Already listed, so not announced**" if new else "**The newest of them**"
    return (
        joined((heading, _chart(preview.days, now), _hint(preview)), "\n"),
        joined((title, *lines), "\n") if lines else "",
    )


def _example(paper: Paper, now: datetime) -> str:
    title = link(paper.title, paper_url(paper), 150) or "Untitled"
    return joined((f"- {title}", day_of(paper.announced_at or paper.dated_at, now)))


def _chart(days: Sequence[tuple[date, int]], now: datetime) -> str:
    """Return a bar a day, and in words what they show; nothing where there is none."""
    most = max((papers for _, papers in days), default=0)
    if not most:
        return ""
    bars = "".join(_BARS[-(-papers * len(_BARS) // most) - 1] if papers else " " for _, papers in days)
    first, last = days[0][0], days[-1][0]
    best = max(days, key=lambda one: (one[1], one[0]))
    said = f"{short_date(first, now.date())} to {short_date(last, now.date())}, a bar a day; "
    return f"```\n{bars}\n```\n{said}most on {short_date(best[0], now.date())}: {number(best[1])}."


def _hint(preview: Preview) -> str:
    """Return what to do about a watch that brings nothing or too much, or what the numbers lack."""
    known = f"The catalogue knows {count(preview.covered, 'mailing')} of these 30 days"
    if preview.matched == 0:
        if preview.covered < _FEW_DAYS:
            return f"{known}, so this says little yet."
        return "Nothing would have matched: look at the spelling, or ask for less at once."
    if preview.per_week is not None and preview.per_week >= _FLOOD:
        return (
            "That is a lot: narrow it by a topic, a category or words to leave out, or take a daily digest."
        )
    return f"{known}." if preview.covered < _FEW_DAYS else ""


def _rate(per_week: float) -> str:
    return number(round(per_week)) if per_week >= 1.5 else f"{per_week:.1f}"


def render_watches(answer: WatchesAnswer, *, now: datetime) -> Card:
    """Return all watches of a place or server with a menu to change one."""
    if not answer.watches:
        embed = discord.Embed(
            title="No watches yet",
            description="`/watch author`, `category`, `topic` and `similar` create one.\n"
            'In a direct message: `follow Emma Strubell`, `follow cs.CY` or `follow "energy use"`.',
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
        text += f"{GAP}and {count(len(answer.watches) - shown, 'more watch', 'more watches')}"
    embed = discord.Embed(
        title=count(len(answer.watches), "watch", "watches"), description=text, color=NEUTRAL
    )
    menus = (
        watch_select(answer.watches[start : start + limits.OPTIONS], start)
        for start in range(0, min(shown, limits.OPTIONS * _MENUS), limits.OPTIONS)
    )
    return fit(Card(embeds=(embed,), view=rows(*menus), ephemeral=True))


def render_removed(answer: RemovedAnswer) -> Card:
    """Return the confirmation that a watch is gone."""
    embed = discord.Embed(
        title=_title("No longer watching", answer.watch),
        description=f"Nothing more of it is posted {_where(answer.watch.place)}.",
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))


def render_resumed(answer: ResumedAnswer) -> Card:
    """Return the confirmation that a paused watch is active again."""
    held = (
        f" {count(answer.held, 'paper')} that waited will be sent now."
        if answer.held
        else " Nothing had to wait."
    )
    embed = discord.Embed(
        title=_title("Watching again", answer.watch),
        description=f"It posts {_where(answer.watch.place)}.{held}",
        color=GOOD,
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(answer.watch))))


def render_paused(answer: PausedAnswer) -> Card:
    """Return the confirmation that a watch is paused."""
    embed = discord.Embed(
        title=_title("Paused", answer.watch),
        description="What it would bring is kept for 14 days and sent when you resume it.",
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(answer.watch))))


def _one(answer: WatchesAnswer, watch: Watch, now: datetime) -> Card:
    embed = discord.Embed(
        title=_title("Watching", watch), description=_facts(answer, watch, now), color=_color(watch)
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(watch)), ephemeral=True))


def _line(answer: WatchesAnswer, watch: Watch, now: datetime) -> str:
    return f"**{foreign(watch.label, 200)}**\n{_facts(answer, watch, now)}"


def _facts(answer: WatchesAnswer, watch: Watch, now: datetime) -> str:
    """Return where it posts, since when, its state, and what it brought so far."""
    paused = f"paused: {foreign(watch.paused_reason, 100)}" if watch.paused_reason else ""
    every = "" if watch.manner.every is Every.INSTANT else watch.manner.every.value
    since = f"since {day_of(watch.created_at, now)}"
    facts = joined((_where(watch.place), every, since, _conditions(watch), paused))
    tally = answer.tallies.get(watch.id or 0)
    if tally is None:
        return f"{facts}\nnothing matched yet"
    brought = f"{number(tally.matched)} matched", f"{number(tally.delivered)} sent"
    last = f"last {moment(tally.last_at)}" if tally.last_at else ""
    return f"{facts}\n{joined((*brought, last))}"


def _where(place: Place) -> str:
    return "in direct messages" if place.kind is PlaceKind.DIRECT else f"in <#{place.id}>"


def _title(lead: str, watch: Watch) -> str:
    return f"{lead} {foreign(watch.label, limits.TITLE - len(lead) - 1)}"


def _color(watch: Watch) -> int:
    return accent(watch.categories[0]) if watch.categories else GOOD
