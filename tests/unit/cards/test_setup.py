"""Every step of the guided set-up, and the introduction that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cards.card import Card
from bot.cards.privacy import render_privacy
from bot.cards.setup import (
    SetUp,
    render_category_step,
    render_channel_step,
    render_field_step,
    render_preview_step,
    render_rhythm_step,
)
from bot.cards.welcome import render_welcome
from bot.domain.categories import ARCHIVES, CATEGORIES
from bot.services.answers import WatchAnswer
from tests.fakes import NOW, make_watch
from tests.unit.cards.checks import assert_valid, components

CHANNEL = str(2**64)


def steps(field: str, topic: str = "") -> Iterator[Card]:
    state = SetUp(field=field, topic=topic, channel=CHANNEL, every="weekly")
    yield render_field_step(state)
    yield render_channel_step(state, int(CHANNEL))
    yield render_rhythm_step(state)
    yield render_preview_step(state, WatchAnswer(watch=make_watch(id=None)), now=NOW)


@pytest.mark.parametrize("field", [*ARCHIVES, *CATEGORIES])
def test_step_of_any_field_fits_discord(field: str) -> None:
    for card in steps(field):
        assert_valid(card)


def test_step_of_the_longest_topic_fits_discord_and_calls_nobody() -> None:
    for card in steps("t" + "9" * 18, "@everyone `](" * 40):
        assert_valid(card)
        assert "@everyone" not in (card.embeds[0].description or "")


@pytest.mark.parametrize("archive", ["cs", "math", "astro-ph", "physics", "cond-mat"])
def test_category_step_offers_every_category_of_its_archive(archive: str) -> None:
    card = render_category_step(SetUp(field=archive))
    assert_valid(card)
    offered = [one["value"] for part in components(card) for one in part.get("options", ())]
    assert offered == [code for code in CATEGORIES if code.startswith(f"{archive}.")]


@pytest.mark.parametrize("card", [render_welcome(), render_privacy(2**63)])
def test_first_cards_fit_discord(card: Card) -> None:
    assert_valid(card)
    assert len(components(card)) in (2, 3)
