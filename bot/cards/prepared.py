"""What is made once for many messages that differ in one number.

A paper is announced in hundreds of places. Making its seven components and writing the message out
as JSON anew for each costs a quarter of what sending it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import discord
import msgspec
from discord.http import handle_message_parameters

from bot.cards.card import Card

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


def written(card: Card, nonce: str) -> bytes:
    """Return the JSON by which Discord is asked to post a card without files, as `send` would."""
    return msgspec.json.encode(handle_message_parameters(**card.message(), nonce=nonce).payload)


class Blank:
    """A message written out once, in which a number is still to be filled in."""

    def __init__(self, write: Callable[[int], bytes]) -> None:
        """Take what writes the message out with a number."""
        # A number that stands nowhere else in the message shows where the number goes.
        other, number = write(0), 10**16
        while str(number).encode() in other:
            number += 1
        self._parts = write(number).split(str(number).encode())

    def filled(self, number: int) -> bytes:
        """Return the message with this number."""
        return str(number).encode().join(self._parts)
