"""What Discord's refusals mean for a place and for a message."""

from __future__ import annotations

import logging

import aiohttp
import discord

from bot.services.announcing.outcomes import HistoryUnreadable, MessageGone, PlaceGone, Refused, TryLater
from bot.words import marked

logger = logging.getLogger(__name__)

NOT_TEXT = 50008
"""Discord's error code for a channel that takes no messages, as a forum."""

ARCHIVED = 50083
NO_MESSAGE = 10008
NO_HISTORY = 160002
"""Discord's error code for an answer where Read Message History is missing."""

NETWORK = 40333
"""The error code, with status 403, of what stands before Discord: it did not let the request through."""

_LONGEST_PAUSE = 3600.0

GONE = {
    10003: marked("the channel no longer exists"),
    10013: marked("the account no longer exists"),
    50001: marked("I lack the permission View Channel there"),
    50007: marked("these direct messages are closed to me"),
    NOT_TEXT: marked("messages can't be written there"),
    50013: marked("I lack the permission Send Messages or Embed Links there"),
    40067: marked("this forum demands a tag, and has none that I may use"),
    160006: marked("the server has as many active threads as Discord allows"),
    ARCHIVED: marked("the thread is archived"),
    160005: marked("the thread is locked"),
}
"""Discord's error codes after which asking again is no use, in the words the owner reads."""

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What a request can end with: an answer of Discord's, or none."""


def refusal_of(failure: BaseException) -> PlaceGone | TryLater | Refused:
    """Return what a request that had no effect means for the place."""
    if isinstance(failure, discord.RateLimited):
        return TryLater(failure.retry_after)
    if not isinstance(failure, discord.HTTPException):
        return TryLater(5.0)
    if failure.code in GONE:
        return PlaceGone(GONE[failure.code])
    if not is_discords(failure) or failure.status == 429:
        return TryLater(_pause_asked_for(failure))
    if failure.status == 403:
        return PlaceGone(marked("Discord does not let me write there"))
    if failure.status == 404:
        return PlaceGone(marked("the place no longer exists"))
    if failure.status == 400:
        logger.error("message refused code=%s", failure.code, exc_info=failure)
        return Refused()
    # A token that Discord does not know any more says nothing about the place.
    return TryLater(900.0 if failure.status == 401 else 5.0)


def is_discords(failure: discord.HTTPException) -> bool:
    """Say whether a refusal speaks of what was asked for, and not of what lies between.

    What stands before Discord shuts an address out with a page of its own, or with an error code.
    """
    kind = failure.response.headers.get("Content-Type", "")
    return kind.startswith("application/json") and failure.code != NETWORK


def _pause_asked_for(failure: discord.HTTPException) -> float:
    """Return how many seconds an answer asks to wait, a few where it doesn't say."""
    try:
        asked = float(failure.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return 10.0
    return min(max(asked, 1.0), _LONGEST_PAUSE)


def message_refusal_of(failure: BaseException) -> MessageGone | PlaceGone | TryLater | Refused:
    """Return what a change of a message that had no effect means for it."""
    if getattr(failure, "code", 0) == NO_MESSAGE:
        return MessageGone()
    return refusal_of(failure)


def unreadable_of(
    failure: BaseException, *, has_nonces: bool = True
) -> PlaceGone | TryLater | Refused | HistoryUnreadable:
    """Return what a failed look into the history means.

    A missing permission does not say that nothing arrived, so the message is not sent again.
    """
    refusal = refusal_of(failure)
    if isinstance(failure, discord.Forbidden) and is_discords(failure):
        return HistoryUnreadable(has_nonces=has_nonces)
    return refusal
