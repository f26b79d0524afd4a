"""Components whose form for Discord is made once, for many messages that differ in one number.

A paper is announced in hundreds of places. Making seven components anew for each costs a fifth of
what sending the message does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

Form = list[dict[str, Any]]
"""Rows of components as Discord gets them."""


class Prepared(discord.ui.View):
    """Rows that stand in their final form; like `Components`, nothing that discord.py remembers."""

    def __init__(self, form: Form) -> None:
        """Take the form, which is sent as it is."""
        super().__init__(timeout=None)
        self._form = form

    def to_components(self) -> Form:
        """Return the form."""
        return self._form

    def is_finished(self) -> bool:
        """Say that there is nothing to listen for."""
        return True


def numbered(template: Form, marks: tuple[str, ...], number: int) -> Prepared:
    """Return the rows of a template with a number in place of the 0 after each of these marks."""
    return Prepared([row | {"components": list(_numbered(row, marks, number))} for row in template])


def _numbered(row: dict[str, Any], marks: tuple[str, ...], number: int) -> Iterator[dict[str, Any]]:
    for component in row["components"]:
        mark, _, rest = component.get("custom_id", "").partition(":")
        if mark in marks:
            yield component | {"custom_id": f"{mark}:{number}:{rest.partition(':')[2]}"}
        else:
            yield component
