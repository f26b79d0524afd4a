"""Cards about watches."""

from __future__ import annotations

from datetime import date, timedelta

import discord
import pytest

from bot.cards.answers import render_answer
from bot.domain.orders import ON, Setting
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    Every,
    Filters,
    Manner,
    Place,
    PlaceKind,
    SimilarCriterion,
    Tally,
    TopicCriterion,
)
from bot.services.answers import (
    Preview,
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from bot.words import speaking
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


def a_month(**papers: int) -> tuple[tuple[date, int], ...]:
    """Return thirty days, the last of them May 30, with papers on some: `may29=4`."""
    days = [date(2026, 5, 1) + timedelta(days=number) for number in range(30)]
    return tuple((day, papers.get(f"may{day.day}", 0)) for day in days)


async def test_watch_card_previews_what_it_would_bring_and_can_be_undone() -> None:
    preview = Preview(days=a_month(may13=1, may29=8), matched=9, examples=(RECENT,), covered=15)
    card = await render_answer(WatchAnswer(watch=make_category_watch(), preview=preview), now=NOW)
    embed = card.embeds[0]
    assert embed.title == "Watching: category cs.CY"
    assert embed.description == (
        f"New papers are posted in <#{CHANNEL.id}>."
        f"{GAP}**The last 30 days: 9 papers, about 3 a week**\n"
        f"```\n{' ' * 12}▁{' ' * 15}█ \n```\nMay 1 to May 30, a bar a day; most on May 29: 8."
        f"{GAP}**Already listed, so not announced**\n"
        f"- [{RECENT.title}](https://arxiv.org/abs/2605.13981) · May\u00a013\n"
        "- and 8 more papers"
    )
    assert not embed.fields
    assert ids(card) == ["watch:12:change", "watch:12:pause", "watch:12:remove"]


@pytest.mark.parametrize(
    ("preview", "hint"),
    [
        (Preview(covered=22), "Nothing would have matched"),
        (Preview(covered=1), "knows 1 mailing of these 30 days, so this says little yet"),
        (Preview(matched=900, covered=20), "about 225 a week"),
        (Preview(matched=900, covered=20), "That is a lot"),
        (Preview(matched=2, covered=7), "The catalogue knows 7 mailings of these 30 days."),
        (Preview(matched=3, covered=20), "about 0.8 a week"),
        (Preview(matched=4, covered=20), "about 1 a week"),
        (Preview(covered=20, empty_list=True), "The reading list is empty"),
    ],
)
async def test_watch_card_says_what_a_preview_means(preview: Preview, hint: str) -> None:
    card = await render_answer(WatchAnswer(watch=make_category_watch(), preview=preview), now=NOW)
    assert hint in (card.embeds[0].description or "")


async def test_watch_of_an_author_without_a_paper_lately_finds_no_fault_with_the_name() -> None:
    watch = make_watch(criterion=AuthorCriterion(author_id=7, name="Emma Strubell", names=("emma strubell",)))
    card = await render_answer(WatchAnswer(watch=watch, preview=Preview(covered=22)), now=NOW)
    said = card.embeds[0].description or ""
    assert "spelling" not in said
    assert "usual for one person" in said


async def test_watch_of_wording_that_nothing_comes_near_finds_no_fault_with_the_spelling() -> None:
    watch = make_watch(criterion=SimilarCriterion(title="energy use", threshold=0.25))
    card = await render_answer(WatchAnswer(watch=watch, preview=Preview(covered=22)), now=NOW)
    said = card.embeds[0].description or ""
    assert "Similarity at least 0.25." in said
    assert "a lower least similarity brings more" in said
    assert "spelling" not in said


async def test_preview_alone_says_that_nothing_was_created() -> None:
    card = await render_answer(WatchAnswer(watch=make_category_watch(id=None)), now=NOW)
    assert card.embeds[0].title == "Preview: category cs.CY"
    assert (card.embeds[0].description or "").startswith("Nothing was created.")
    assert card.view is None


async def test_watch_card_says_what_must_hold_and_how_it_speaks() -> None:
    watch = make_category_watch(
        narrowed=(TopicCriterion(topic="energy"),),
        filters=Filters(has_code=True, exclude=("survey",), min_score=80.0, unscored=True, versions=True),
        manner=Manner(every=Every.DAILY, most_a_day=5),
    )
    card = await render_answer(WatchAnswer(watch=watch), now=NOW)
    assert card.embeds[0].title == "Watching: category cs.CY · topic: energy"
    assert (
        f"New papers are posted in <#{CHANNEL.id}> in a daily digest. Conditions: with code, without survey, "
        "score ≥ 80, or no number, new versions too. At most 5 a day."
    ) in (card.embeds[0].description or "")


async def test_watch_that_can_be_changed_has_a_menu_of_its_settings() -> None:
    settings = {Setting.EVERY: "instant", Setting.CODE: ON, Setting.TOPIC: "energy"}
    card = await render_answer(WatchAnswer(watch=make_watch(), existed=True, settings=settings), now=NOW)
    menu = card.view.children[0] if card.view else None
    assert isinstance(menu, discord.ui.Select)
    assert [(one.label, one.value, one.description) for one in menu.options] == [
        ("A digest every day", "every=daily", "Now: Each paper at once"),
        ("A digest every week", "every=weekly", "Now: Each paper at once"),
        ("With or without code", "code=off", "Now: Only with code"),
        ("Only about a topic…", "topic=?", "Now: energy"),
    ]


async def test_watch_card_of_a_silent_feed_says_where_it_begins() -> None:
    answer = WatchAnswer(watch=make_category_watch(), feed_answered=False)
    card = await render_answer(answer, now=NOW)
    assert "arXiv's feed did not answer" in (card.embeds[0].description or "")


@pytest.mark.parametrize(
    ("preview", "said"),
    [
        (Preview(followed=1), "What cites 1 paper by Emma Strubell counts."),
        (Preview(followed=12), "What cites any of 12 papers by Emma Strubell counts."),
        (
            Preview(followed=100, are_some=True),
            "What cites any of 100 papers by Emma Strubell counts: the most cited, and the newest.",
        ),
        (Preview(covered=21), "OpenAlex knows of no new citation"),
    ],
)
async def test_watch_card_of_who_cites_an_author_says_which_papers_count(preview: Preview, said: str) -> None:
    watch = make_watch(criterion=AuthorCitationsCriterion(author_id=3, name="Emma Strubell"))
    card = await render_answer(WatchAnswer(watch=watch, preview=preview), now=NOW)
    assert card.embeds[0].title == "Watching: cites papers by Emma Strubell"
    assert said in (card.embeds[0].description or "")


async def test_watch_card_of_who_cites_an_author_says_where_it_begins_without_an_answer() -> None:
    watch = make_watch(criterion=AuthorCitationsCriterion(author_id=3, name="Emma Strubell"))
    preview = Preview(matched=1, examples=(RECENT,), covered=21)
    card = await render_answer(WatchAnswer(watch=watch, preview=preview, feed_answered=False), now=NOW)
    assert "what cites these papers when it does" in (card.embeds[0].description or "")
    assert "Citing them already" in (card.embeds[0].description or "")


async def test_list_says_what_comes_with_each_message() -> None:
    watch = make_watch(manner=Manner(role_id=9, thread=True))
    card = await render_answer(WatchesAnswer(watches=(watch,)), now=NOW)
    assert f"in <#{CHANNEL.id}>, pinging <@&9>, each with a thread · since" in (
        card.embeds[0].description or ""
    )


async def test_watch_that_stood_before_is_not_called_new() -> None:
    card = await render_answer(WatchAnswer(watch=make_watch(), existed=True), now=NOW)
    assert card.embeds[0].title == "Already watching: author Emma Strubell"


async def test_watches_card_lists_them_with_state_and_menu() -> None:
    paused = make_topic_watch(id=14, paused_reason="the channel no longer exists")
    direct = make_watch(id=13, place=Place(kind=PlaceKind.DIRECT, id=42), filters=Filters(has_code=True))
    card = await render_answer(
        WatchesAnswer(watches=(direct, paused), tallies={13: Tally(matched=31, delivered=29, last_at=NOW)}),
        now=NOW,
    )
    assert card.embeds[0].title == "2 watches"
    assert card.embeds[0].description == (
        f"**author Emma Strubell**\nin direct messages · since May 20 · with code\n"
        f"31 matched · 29 sent · last <t:{int(NOW.timestamp())}:R>{GAP}"
        f'**topic: "energy use"**\nin <#{CHANNEL.id}> · since May 20 · paused: the channel no longer exists\n'
        "nothing matched yet"
    )
    assert ids(card) == ["watches:0"]


async def test_single_match_is_counted_so_in_german() -> None:
    answer = WatchesAnswer(watches=(make_watch(id=13),), tallies={13: Tally(matched=1, delivered=1)})
    with speaking("de"):
        card = await render_answer(answer, now=NOW)
    assert "1 passte · 1 gesendet" in (card.embeds[0].description or "")


async def test_single_paused_watch_can_be_resumed_or_removed() -> None:
    paused = make_watch(paused_reason="the channel no longer exists")
    card = await render_answer(WatchesAnswer(watches=(paused,)), now=NOW)
    assert ids(card) == ["watch:12:change", "watch:12:resume", "watch:12:remove"]


async def test_no_watches_card_says_how_to_create_one() -> None:
    card = await render_answer(WatchesAnswer(watches=()), now=NOW)
    assert "`/watch author`" in (card.embeds[0].description or "")


async def test_removed_and_resumed_cards_name_the_watch() -> None:
    removed = await render_answer(RemovedAnswer(watch=make_watch()), now=NOW)
    resumed = await render_answer(ResumedAnswer(watch=make_watch(), held=3), now=NOW)
    assert removed.embeds[0].title == "No longer watching: author Emma Strubell"
    assert "3 papers that waited will be sent now" in (resumed.embeds[0].description or "")
