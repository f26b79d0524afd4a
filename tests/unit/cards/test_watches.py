"""Cards about watches."""

from __future__ import annotations

from bot.cards.answers import render_answer
from bot.domain.watches import Filters, Place, PlaceKind
from bot.services.answers import (
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from tests.factories import (
    CHANNEL,
    NOW,
    make_category_watch,
    make_recent_paper,
    make_topic_watch,
    make_watch,
)
from tests.unit.cards.checks import ids

GAP = "\n\u00a0\n"
RECENT = make_recent_paper()


async def test_watch_card_previews_what_it_would_bring_and_can_be_undone() -> None:
    answer = WatchAnswer(watch=make_category_watch(), listed=(RECENT,), matched_30_days=1212)
    card = await render_answer(answer, now=NOW)
    embed = card.embeds[0]
    assert embed.title == "Watching category cs.CY"
    assert embed.description == (
        f"New papers are posted in <#{CHANNEL.id}>. The last 30 days had 1,212 papers of this kind."
        f"{GAP}**Already listed, so not announced**\n"
        f"- [{RECENT.title}](https://arxiv.org/abs/2605.13981) · May 13"
    )
    assert not embed.fields
    assert ids(card) == ["watch:12:remove"]


async def test_watch_card_of_a_silent_feed_says_where_it_begins() -> None:
    answer = WatchAnswer(watch=make_category_watch(), feed_answered=False)
    card = await render_answer(answer, now=NOW)
    assert "arXiv's feed did not answer" in (card.embeds[0].description or "")


async def test_watch_that_stood_before_is_not_called_new() -> None:
    card = await render_answer(WatchAnswer(watch=make_watch(), existed=True), now=NOW)
    assert card.embeds[0].title == "Already watching author Emma Strubell"


async def test_watches_card_lists_them_with_state_and_menu() -> None:
    paused = make_topic_watch(id=14, paused_reason="the channel no longer exists")
    direct = make_watch(id=13, place=Place(kind=PlaceKind.DIRECT, id=42), filters=Filters(has_code=True))
    card = await render_answer(WatchesAnswer(watches=(direct, paused)), now=NOW)
    assert card.embeds[0].title == "2 watches"
    assert card.embeds[0].description == (
        f"**author Emma Strubell**\nin direct messages · since May 20 · with code{GAP}"
        f'**topic: "energy use"**\nin <#{CHANNEL.id}> · since May 20 · paused: the channel no longer exists'
    )
    assert ids(card) == ["watches:0"]


async def test_single_paused_watch_can_be_resumed_or_removed() -> None:
    paused = make_watch(paused_reason="the channel no longer exists")
    card = await render_answer(WatchesAnswer(watches=(paused,)), now=NOW)
    assert ids(card) == ["watch:12:resume", "watch:12:remove"]


async def test_no_watches_card_says_how_to_create_one() -> None:
    card = await render_answer(WatchesAnswer(watches=()), now=NOW)
    assert "`/watch author`" in (card.embeds[0].description or "")


async def test_removed_and_resumed_cards_name_the_watch() -> None:
    removed = await render_answer(RemovedAnswer(watch=make_watch()), now=NOW)
    resumed = await render_answer(ResumedAnswer(watch=make_watch(), held=3), now=NOW)
    assert removed.embeds[0].title == "No longer watching author Emma Strubell"
    assert "3 papers that waited will be sent now" in (resumed.embeds[0].description or "")
