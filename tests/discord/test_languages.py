"""The language of answers: the interaction's, the server's, or the one somebody was last heard in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import simcord

from bot.domain.privacy import language_key
from tests.discord.conftest import World, shown

SpeakAs = Callable[[str], None]


@pytest.fixture
def speak_as(monkeypatch: pytest.MonkeyPatch) -> SpeakAs:
    """Let people's Discord have a locale from here on; the simulation knows American English alone."""
    made = simcord.interactions.base_payload

    def speak_as(locale: str) -> None:
        def payload(*args: Any, **kwargs: Any) -> Any:
            record, interaction = made(*args, **kwargs)
            return record, interaction | {"locale": locale}

        monkeypatch.setattr(simcord.interactions, "base_payload", payload)

    return speak_as


async def test_unknown_language_falls_back_to_english(world: World, speak_as: SpeakAs) -> None:
    speak_as("fr")
    result = await world.member.slash(world.channel, "help")
    assert shown(result).embeds[0].description == "Papers, authors and what is new on arXiv."
    assert world.fakes.state.texts.get(language_key(world.member.id)) is None


async def test_asking_for_ones_data_stores_none(world: World, speak_as: SpeakAs) -> None:
    speak_as("de")
    await world.member.slash(world.channel, "privacy export")
    assert world.fakes.state.texts.get(language_key(world.member.id)) is None
    await world.member.slash(world.channel, "help")
    assert world.fakes.state.texts[language_key(world.member.id)] == "de"
