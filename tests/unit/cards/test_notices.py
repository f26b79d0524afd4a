"""What owners of watches are told without having asked."""

from __future__ import annotations

from bot.cards.notices import render_notice
from tests.factories import make_watch


def test_notice_of_a_pause_says_how_it_goes_on() -> None:
    text = render_notice([make_watch(paused_reason="gone")], "gone").embeds[0].description or ""

    assert "14 days" in text
    assert "once I can write there again, `/watch resume`" in text
    assert "anew" in text, "what to do where the channel is gone"


def test_notice_of_one_lost_message_speaks_of_no_pause() -> None:
    text = render_notice([make_watch()], "Discord did not take the message about X").embeds[0].description

    assert "did not take" in (text or "")
    assert "paused" not in (text or "")
    assert "go on" in (text or "")
