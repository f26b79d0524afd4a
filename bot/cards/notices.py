"""What owners of watches are told without having asked."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.labels import pause_reason, watch_label
from bot.cards.wording import (
    enumerated,
    foreign,
)
from bot.domain.watches import PlaceKind, Watch
from bot.words import _, marked, number

_NAMED = 10
_PAUSED = marked(
    "What is paused keeps its papers for 14 days: once I can write there again, `/watch resume` sends them. "
    "For another place, the same can be watched anew there."
)
_ACTIVE = marked("Everything else is announced as before; these watches go on.")


def render_notice(watches: Sequence[Watch], reason: str) -> Card:
    """Return what happened to these watches, why, and what to do."""
    channels = dict.fromkeys(watch.place.id for watch in watches if watch.place.kind is PlaceKind.CHANNEL)
    where = enumerated(f"<#{channel}>" for channel in channels) or _("these direct messages")
    names = "\n".join(f"- {foreign(watch_label(watch.label), 200)}" for watch in watches[:_NAMED])
    left = len(watches) - _NAMED
    more = "\n- " + _("and {count} more").format(count=number(left)) if left > 0 else ""
    paused = any(watch.paused_reason for watch in watches)
    said = _("In {where}: {reason}.").format(where=where, reason=foreign(pause_reason(reason), 300))
    embed = discord.Embed(
        title=_("I can't announce papers as agreed"),
        description=limits.shorten(
            f"{said}\n\n{names}{more}\n\n{_(_PAUSED if paused else _ACTIVE)}",
            limits.DESCRIPTION,
        ),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))
