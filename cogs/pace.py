"""Keeps loops at their interval when the machine's clock is set, or the machine has slept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord.ext import tasks


def keep_pace(loop: tasks.Loop[Any], interval: float) -> None:
    """Begin a loop anew where its plan and the clock have parted; the last thing that its body does.

    `tasks.loop` plans by the clock, each run one interval after the one before. Where that is set
    back, it would be silent until the old hour comes again; set forward, it would make up for every
    run in between at once.
    """
    planned = loop.next_iteration
    if planned is None:
        return
    if abs(planned - discord.utils.utcnow()) > timedelta(seconds=interval + 1):
        loop.restart()
