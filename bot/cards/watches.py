"""Cards about watches: made, listed, removed, resumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, NEUTRAL, accent
from bot.cards.components import rows, watch_buttons, watch_select
from bot.cards.lines import paper_url
from bot.cards.wording import GAP, count, day_of, foreign, joined, link
from bot.domain.papers import Paper
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.services.answers import RemovedAnswer, ResumedAnswer, WatchAnswer, WatchesAnswer

_LISTED = 5
_MENUS = 4
_SILENT_FEED = "arXiv's feed did not answer; what its next mailing lists is where this watch begins."


def render_watch(answer: WatchAnswer, *, now: datetime) -> Card:
    """Return the confirmation of a watch: where it posts, what it would have brought."""
    watch = answer.watch
    where = _where(watch.place)
    lead = f"New papers are posted {where}."
    if answer.existed:
        lead = f"This watch stands since {day_of(watch.created_at, now)} and posts {where}."
    code = "Only papers with a code link." if watch.filters.has_code else ""
    silent = "" if answer.feed_answered else _SILENT_FEED
    paused = f"**Paused**: {foreign(watch.paused_reason, 200)}" if watch.paused_reason else ""
    month = f"The last 30 days had {count(answer.matched_30_days, 'paper')} of this kind."
    parts = (joined((lead, code, month, silent), " "), paused, _preview(answer.listed, now))
    embed = discord.Embed(
        title=_title("Already watching" if answer.existed else "Watching", watch),
        description=joined(parts, GAP),
        color=_color(watch),
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(watch))))


def _preview(papers: Sequence[Paper], now: datetime) -> str:
    """Return what was listed before the watch began, which it therefore leaves out."""
    lines = []
    for paper in papers[:_LISTED]:
        title = link(paper.title, paper_url(paper), 200) or "Untitled"
        lines.append(joined((f"- {title}", day_of(paper.dated_at, now))))
    if len(papers) > _LISTED:
        lines.append(f"- and {count(len(papers) - _LISTED, 'more paper')}")
    return joined(("**Already listed, so not announced**", *lines), "\n") if lines else ""


def render_watches(answer: WatchesAnswer, *, now: datetime) -> Card:
    """Return all watches of a place or server with a menu to change one."""
    if not answer.watches:
        embed = discord.Embed(
            title="No watches yet",
            description="`/watch author`, `/watch category` and `/watch topic` create one.\n"
            'In a direct message: `follow Emma Strubell`, `follow cs.CY` or `follow "energy use"`.',
            color=NEUTRAL,
        )
        return Card(embeds=(embed,), ephemeral=True)
    if len(answer.watches) == 1:
        return _one(answer.watches[0], now)
    text = ""
    shown = 0
    for watch in answer.watches[: limits.OPTIONS * _MENUS]:
        longer = joined((text, _line(watch, now)), GAP)
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


def _one(watch: Watch, now: datetime) -> Card:
    embed = discord.Embed(
        title=_title("Watching", watch), description=_facts(watch, now), color=_color(watch)
    )
    return fit(Card(embeds=(embed,), view=rows(*watch_buttons(watch)), ephemeral=True))


def _line(watch: Watch, now: datetime) -> str:
    return f"**{foreign(watch.label, 200)}**\n{_facts(watch, now)}"


def _facts(watch: Watch, now: datetime) -> str:
    """Return where it posts, since when, and its state."""
    paused = f"paused: {foreign(watch.paused_reason, 100)}" if watch.paused_reason else ""
    code = "with code" if watch.filters.has_code else ""
    return joined((_where(watch.place), f"since {day_of(watch.created_at, now)}", code, paused))


def _where(place: Place) -> str:
    return "in direct messages" if place.kind is PlaceKind.DIRECT else f"in <#{place.id}>"


def _title(lead: str, watch: Watch) -> str:
    return f"{lead} {foreign(watch.label, limits.TITLE - len(lead) - 1)}"


def _color(watch: Watch) -> int:
    criterion = watch.criterion
    return accent(criterion.category) if isinstance(criterion, CategoryCriterion) else GOOD
