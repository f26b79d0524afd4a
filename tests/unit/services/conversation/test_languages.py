"""The language a person was last heard in."""

from __future__ import annotations

from typing import Any, cast

from bot.services.conversation.languages import Languages
from tests.fakes import MemoryState


async def test_language_is_the_last_one_heard() -> None:
    languages = Languages(cast("Any", MemoryState()))
    assert await languages.of(1) == "en"
    await languages.remember(1, "de")
    await languages.remember(2, "fr")
    assert (await languages.of(1), await languages.of(2)) == ("de", "en")
    await languages.remember(1, "en-GB")
    assert await languages.of(1) == "en"


async def test_english_is_not_written_down_for_who_never_spoke_otherwise() -> None:
    state = MemoryState()
    await Languages(cast("Any", state)).remember(1, "en-US")
    assert state.texts == {}


async def test_words_tell_their_language_before_what_was_last_heard() -> None:
    languages = Languages(cast("Any", MemoryState()))
    await languages.remember(1, "de")
    assert await languages.of_message("Zeig mir neue Paper über Sprachmodelle", 2) == "de"
    assert await languages.of_message("Ich habe da mal eine Frage", 2) == "de", "not understood, but German"
    assert await languages.of_message("papers by Emma Strubell", 2) == "en"
    assert await languages.of_message("papers by Emma Strubell", 1) == "de", "no word of a sentence's own"
