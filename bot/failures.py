"""What really failed, and where it is written down."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.cards.errors import present
from bot.errors import NotAllowed, Outdated, UserError
from bot.words import _

logger = logging.getLogger(__name__)

_OF_ANOTHER_VERSION = (
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
    app_commands.TransformerError,
)
"""A command, or a value of an option, that Discord offered at another time; only then do they arrive."""

_TOO_LATE = frozenset({10015, 10062, 40060})
"""Unknown webhook, unknown interaction, already acknowledged."""


def unwrap(error: BaseException) -> BaseException:
    """Return what a command really failed with, as one of ours where there is one."""
    while True:
        inner = getattr(error, "original", None)
        if inner is None and isinstance(error, app_commands.TransformerError):
            inner = error.__cause__
        if not isinstance(inner, BaseException):
            break
        error = inner
    if isinstance(error, _OF_ANOTHER_VERSION):
        return Outdated("of another version")
    if isinstance(error, app_commands.MissingPermissions):
        return NotAllowed(_in_words(error.missing_permissions))
    if isinstance(error, app_commands.BotMissingPermissions):
        return NotAllowed(_in_words(error.missing_permissions), who="bot")
    return error


def log_error(error: BaseException, *, where: str) -> str:
    """Log an error once and return the reference that finds it in the log."""
    reference = secrets.token_hex(3)
    if is_too_late(error):
        logger.warning("too late reference=%s where=%s error=%s", reference, where, error)
        return reference
    level = present(error).level
    # What is wrong with an input is nobody's business but the person's: the log keeps its kind alone.
    text = type(error).__name__ if isinstance(error, UserError) else error
    trace = error if level >= logging.ERROR else None
    logger.log(level, "failed reference=%s where=%s error=%s", reference, where, text, exc_info=trace)
    return reference


def is_too_late(error: BaseException) -> bool:
    """Say whether nobody waits for the answer any more that this error is about."""
    return isinstance(error, discord.HTTPException) and error.code in _TOO_LATE


def _in_words(permissions: Sequence[str]) -> str:
    return ", ".join(_(name.replace("_", " ").replace("guild", "server").title()) for name in permissions)
