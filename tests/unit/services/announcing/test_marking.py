"""What was sent is written down together, and what could not be written is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import pytest

from bot.errors import StorageError
from bot.services.announcing import marking
from bot.services.announcing.marking import Marking
from bot.services.ports import DeliveryStore
from tests.factories import NOW


@dataclass
class Book:
    """Keeps each transaction, but for the first so many, which fail."""

    failing: int = 0
    transactions: list[dict[int, int]] = field(default_factory=list)
    written: asyncio.Event = field(default_factory=asyncio.Event)

    async def mark_sent(self, message_ids: Mapping[int, int], at: datetime) -> None:
        """Write down, or fail."""
        if self.failing:
            self.failing -= 1
            raise StorageError("disk full")
        assert at == NOW
        self.transactions.append(dict(message_ids))
        self.written.set()


def marking_in(book: Book) -> Marking:
    """Return a marking over a book."""
    return Marking(cast(DeliveryStore, book), lambda: NOW)


async def test_messages_of_one_second_are_marked_in_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "GATHER_SECONDS", 0.01)
    book = Book()
    marks = marking_in(book)

    for number in (1, 2, 3):
        marks.note(number, 10 + number)
        await asyncio.sleep(0)
    await asyncio.wait_for(book.written.wait(), 5)

    assert book.transactions == [{1: 11, 2: 12, 3: 13}]


async def test_message_that_could_not_be_marked_is_marked_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marking, "GATHER_SECONDS", 0.01)
    book = Book(failing=2)
    marks = marking_in(book)

    marks.note(1, 11)
    await asyncio.wait_for(book.written.wait(), 5)

    assert book.transactions == [{1: 11}]


async def test_last_messages_are_marked_at_the_end() -> None:
    book = Book()
    marks = marking_in(book)
    marks.note(1, 11)

    await marks.close()

    assert book.transactions == [{1: 11}]
