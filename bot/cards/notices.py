"""What owners of watches are told without having asked."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.wording import foreign
from bot.domain.watches import PlaceKind, Watch

_NAMED = 10
_PAUSED = "What is paused keeps its papers for 14 days; `/watch resume` sends them."
_ACTIVE = "Everything else is announced as before; these watches go on."


def render_notice(watches: Sequence[Watch], reason: str) -> Card:
    """Return what happened to these watches, why, and what to do."""
    channels = dict.fromkeys(watch.place.id for watch in watches if watch.place.kind is PlaceKind.CHANNEL)
    where = " and ".join(f"<#{channel}>" for channel in channels) or "these direct messages"
    names = "\n".join(f"- {foreign(watch.label, 200)}" for watch in watches[:_NAMED])
    more = f"\n- and {len(watches) - _NAMED:,} more" if len(watches) > _NAMED else ""
    paused = any(watch.paused_reason for watch in watches)
    embed = discord.Embed(
        title="I can't announce papers as agreed",
        description=limits.shorten(
            f"In {where}: {foreign(reason, 300)}.\n\n{names}{more}\n\n{_PAUSED if paused else _ACTIVE}",
            limits.DESCRIPTION,
        ),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))
