"""The conversation is loaded once, with the first words."""

from __future__ import annotations

import asyncio
import time
from typing import Any, cast

from bot.services.answers import HelpAnswer
from bot.services.plain_words import PlainWords
from tests.fakes import Scripted


async def test_first_words_of_several_people_load_the_conversation_once() -> None:
    conversation = Scripted({"answer": HelpAnswer(), "forget": None})
    loads: list[float] = []

    def load() -> Any:
        loads.append(time.monotonic())
        time.sleep(0.05)
        return conversation

    words = PlainWords(cast("Any", load))
    words.forget(1)
    assert loads == [], "who never wrote has nothing to be forgotten"
    answers = await asyncio.gather(*(words.answer("help", person=person) for person in range(5)))
    assert answers == [HelpAnswer()] * 5
    assert len(loads) == 1
    assert sorted(call[2]["person"] for call in conversation.calls) == [0, 1, 2, 3, 4]


async def test_nobody_else_waits_while_the_conversation_is_loaded() -> None:
    def load() -> Any:
        time.sleep(0.2)
        return Scripted({"answer": HelpAnswer()})

    words = PlainWords(cast("Any", load))
    answering = asyncio.create_task(words.answer("help", person=1))
    turns = 0
    while not answering.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 3
