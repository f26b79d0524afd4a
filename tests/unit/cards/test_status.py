"""The card that says how the bot is doing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cards.status import render_status
from bot.domain.feeds import FeedState, SourceStatus
from bot.domain.search import CatalogueSize
from bot.services.answers import StatusAnswer
from bot.services.harvesting.coverage import Coverage, Gap
from tests.factories import NOW
from tests.unit.cards.checks import fields


def test_status_card_names_few_categories_of_the_feeds_that_were_read_last() -> None:
    old = FeedState(categories=("math.NT",), checked_at=NOW - timedelta(days=9), item_count=4)
    feeds = [
        FeedState(categories=(f"cs.{name}", "cs.CY", "cs.DB", "cs.DC", "cs.DS"), checked_at=NOW, dated=NOW)
        for name in ("AI", "CL", "CV", "LG")
    ]
    answer = StatusAnswer(
        version="1",
        now=NOW,
        size=CatalogueSize(papers=1234, authors=1, newest_announcement=None),
        sources=(),
        feeds=(old, *feeds),
        queued=0,
        last_harvest=None,
    )

    listed = {name: value for name, value, _ in fields(render_status(answer))}["Announced by arXiv"]

    assert "math.NT" not in listed
    assert listed.splitlines()[0] == "cs.AI, cs.CY, cs.DB and 2 more categories: 0 papers on May 30, 2026"


def test_status_card_says_what_each_source_allows_and_brought() -> None:
    source = SourceStatus(
        name="Scholar Feed",
        last_success=NOW,
        requests_today=3,
        left="82 of 100 calls",
        gained_today=12,
        rests_until=NOW + timedelta(minutes=5),
        is_optional=True,
    )
    answer = StatusAnswer(
        version="1",
        now=NOW,
        size=CatalogueSize(papers=0, authors=0, newest_announcement=None),
        sources=(source,),
        feeds=(),
        queued=0,
        last_harvest=None,
    )

    line = {name: value for name, value, _ in fields(render_status(answer))}["Scholar Feed"]

    answered, until = int(NOW.timestamp()), int(NOW.timestamp()) + 300
    assert line == (
        f"answered <t:{answered}:R> · 3 requests today · 12 papers gained · 82 of 100 calls left · "
        f"asked again <t:{until}:R>"
    )


@pytest.mark.parametrize(
    ("requests", "said"), [(0, "not asked yet"), (3, "no answer yet · 3 requests today")]
)
def test_status_card_tells_a_silent_source_from_one_never_asked(requests: int, said: str) -> None:
    answer = StatusAnswer(
        version="1",
        now=NOW,
        size=CatalogueSize(papers=0, authors=0, newest_announcement=None),
        sources=(SourceStatus(name="OpenAlex", requests_today=requests),),
        feeds=(),
        queued=0,
        last_harvest=None,
    )

    line = {name: value for name, value, _ in fields(render_status(answer))}["OpenAlex"]

    assert line == said


def test_status_card_of_a_feed_that_was_never_read_says_so() -> None:
    answer = StatusAnswer(
        version="1",
        now=NOW,
        size=CatalogueSize(papers=0, authors=0, newest_announcement=None),
        sources=(),
        feeds=(FeedState(categories=("cs.CY",), error="no answer"),),
        queued=0,
        last_harvest=None,
    )

    assert ("Announced by arXiv", "cs.CY: nothing read yet · no answer", False) in fields(
        render_status(answer)
    )


def described(coverage: Coverage) -> str:
    """Return what the card says under its title."""
    answer = StatusAnswer(
        version="1",
        now=NOW,
        size=CatalogueSize(papers=1, authors=1, newest_announcement=None),
        sources=(),
        feeds=(),
        queued=0,
        last_harvest=None,
        coverage=coverage,
    )
    return render_status(answer).embeds[0].description or ""


def test_status_card_says_since_when_the_catalogue_is_complete() -> None:
    assert described(Coverage(since=date(2026, 5, 1), days=20)).endswith(
        "Complete: 20 announcement days since May 1, 2026."
    )


def test_status_card_on_the_first_day_does_not_count_none() -> None:
    assert "Complete" not in described(Coverage(since=date(2026, 5, 1), days=0))


def test_status_card_names_what_is_missing() -> None:
    gaps = tuple(
        Gap(since=date(2026, 5, day), until=date(2026, 5, day + 2), categories=("cs.CY",))
        for day in (1, 5, 12, 19)
    )

    text = described(Coverage(since=date(2026, 4, 1), days=9, gaps=gaps))

    assert "Missing: 2026-05-05 to 2026-05-06 (cs.CY); " in text
    assert "2026-05-19 to 2026-05-20 (cs.CY); 1 more before." in text


def test_status_card_of_an_empty_catalogue_says_nothing_of_days() -> None:
    assert described(Coverage()) == "Nothing harvested yet."
