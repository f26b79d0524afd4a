"""Our own numbers on cards, before titles, and explained; what is missing says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cards import limits
from bot.cards.about import render_about_author, render_about_numbers, render_about_paper
from bot.cards.lines import list_line
from bot.cards.numbers import author_fields, paper_fields
from bot.cards.papers import render_paper
from bot.cards.reasons import reason
from bot.domain.numbers import (
    AuthorNovelty,
    AuthorNumbers,
    Cohort,
    Forecast,
    Missing,
    Near,
    Novelty,
    PaperNumbers,
    Part,
    Standing,
    TrackRecord,
    Worth,
)
from bot.services.answers import AboutPaperAnswer, AuthorAnswer, PaperAnswer
from tests.factories import NOW, make_author, make_paper, make_recent_paper

TODAY = NOW.date()
COHORT = Cohort(field="cs.LG", start=date(2026, 5, 1), months=1)
PLACE = Standing(percentile=92, cohort=COHORT, size=212)
FORECAST = Forecast(
    standing=PLACE,
    expected=71.2,
    low=31.4,
    high=97.0,
    top_tenth=0.33,
    parts=((Part.TOPIC, 11.2), (Part.WORDING, -6.1), (Part.AUTHORS, 0.2)),
    with_authors=False,
    model="corpus-1",
    words=(("diffusion", 2.1), ("survey", -1.2)),
)
NOVELTY = Novelty(
    distance=0.7,
    nearest=0.31,
    prior_papers=4321,
    standing=Standing(percentile=41, cohort=COHORT, size=200),
    approximate=True,
)
NUMBERS = PaperNumbers(forecast=FORECAST, novelty=NOVELTY, impact=Missing.TOO_YOUNG, as_of=TODAY)
WORTH = Worth(version="corpus-1", summary="31,375 papers", spearman=(0.45, 0.39, 0.5))
NEAR = Near(paper_id=3, title="Energy and *Policy*", year=2019, similarity=0.62)
RECENT = make_recent_paper(numbers=NUMBERS)


def about(numbers: PaperNumbers, *, near: tuple[Near, ...] = (), when: datetime = NOW) -> str:
    """Return what the explanation of a paper's numbers says."""
    answer = AboutPaperAnswer(paper=make_recent_paper(numbers=numbers), near=near, worth=WORTH)
    return render_about_paper(answer, now=when).embeds[0].description or ""


def test_paper_with_numbers_shows_its_forecast_and_approximate_novelty():
    assert paper_fields(RECENT, TODAY) == (
        ("Forecast", "**92** · cs.LG, May 2026", True),
        ("Novelty", "**~41** · cs.LG, May 2026", True),
    )


def test_paper_over_a_year_old_shows_its_impact_and_no_forecast():
    old = make_paper(numbers=replace(NUMBERS, impact=replace(PLACE, percentile=64)))

    assert next(field[:2] for field in paper_fields(old, TODAY)) == ("Impact", "**64** · cs.LG, May 2026")


def test_near_copy_names_the_earlier_paper_instead_of_a_number():
    copy = replace(NUMBERS, novelty=replace(NOVELTY, nearest=0.62, standing=None), near=NEAR)

    assert paper_fields(make_recent_paper(numbers=copy), TODAY)[1] == (
        "Close to",
        "Energy and \\*Policy\\* (2019, 0.62)",
        False,
    )


@pytest.mark.parametrize("numbers", [None, PaperNumbers()], ids=["never read", "not yet scored"])
def test_paper_without_numbers_shows_none(numbers: PaperNumbers | None):
    assert paper_fields(make_recent_paper(numbers=numbers), TODAY) == ()


def test_list_line_begins_with_the_score():
    assert list_line(RECENT, now=NOW).startswith("92 · LG · May 13 · ")
    assert list_line(make_recent_paper(), now=NOW).startswith("LG · May 13 · ")


def test_author_fields_say_their_scope():
    numbers = AuthorNumbers(
        novelty=AuthorNovelty(mean=41.4, papers=12),
        track_record=TrackRecord(score=57.2, error=8.3, papers=9),
        papers=15,
        as_of=TODAY,
    )

    assert author_fields(numbers) == (
        ("Novelty", "**41** · 12 papers", True),
        ("AI Score", "**57** ± 8 · 9 papers", True),
    )


def test_about_a_recent_paper_explains_parts_worth_and_nearest():
    said = about(NUMBERS, near=(NEAR,))

    assert "**Forecast 92 of 100** among 212 papers of cs.LG, May 2026" in said
    assert "topic +11, wording -6." in said
    assert "diffusion +2.1, survey -1.2" in said
    assert "once they exist.\nAgainst a typical paper" in said
    assert "\nPapers shown 90 to 94 end in the real top 10 % about 1 time in 3" in said
    assert "correlation of 0.45 (0.39 to 0.50)" in said
    assert "does not look at what the authors wrote before" in said
    assert "**Novelty ~41 of 100**" in said
    assert "4,321 earlier papers" in said
    assert "- Energy and \\*Policy\\* (2019, 0.62)\n\n\u00a0\n**What to keep in mind**" in said
    assert "no basis for hiring" in said


def test_parts_name_the_team_where_the_authors_history_is_not_looked_at():
    parts = ((Part.AUTHORS, 20.0),)
    team = about(replace(NUMBERS, forecast=replace(FORECAST, parts=parts)))
    history = about(replace(NUMBERS, forecast=replace(FORECAST, parts=parts, with_authors=True)))

    assert "in points: number of authors +20." in team
    assert "in points: authors +20." in history


def test_about_a_paper_of_newcomers_says_that_this_counts():
    said = about(replace(NUMBERS, forecast=replace(FORECAST, with_authors=True, of_newcomers=True)))

    assert "No earlier paper of its authors is known, which is counted with the authors." in said
    assert "No earlier paper of its authors" not in about(NUMBERS)


def test_cards_say_whose_numbers_they_show_and_of_when():
    footer = render_paper(PaperAnswer(paper=RECENT), now=NOW).embeds[0].footer.text or ""

    assert "Forecast, Novelty: Hoopoe, May 30, 2026" in footer


def test_about_an_old_paper_explains_its_impact():
    said = about(replace(NUMBERS, impact=PLACE), when=datetime(2028, 1, 1, tzinfo=UTC))

    assert "**Impact 92 of 100**" in said
    assert "Forecast" not in said


@pytest.mark.parametrize("missing", list(Missing))
def test_every_reason_is_a_sentence_on_the_card(missing: Missing):
    said = about(PaperNumbers(forecast=missing, novelty=missing, impact=missing))

    assert f"**Forecast: none**, as {reason(missing)}." in said
    assert f"**Novelty: none**, as {reason(missing)}." in said


def test_about_a_switched_off_forecast_says_so():
    assert "switched off" in about(replace(NUMBERS, forecast=Missing.NOT_WORTH_SHOWING))


def test_about_an_author_with_two_papers_says_why_there_is_none():
    numbers = AuthorNumbers(
        novelty=Missing.FEW_PAPERS, track_record=Missing.FEW_PAPERS, papers=2, as_of=TODAY
    )

    said = render_about_author(AuthorAnswer(author=make_author(), top=(), numbers=numbers))

    text = said.embeds[0].description or ""
    assert "**AI Score: none**, as fewer than three papers" in text
    assert "**Novelty: none**, as fewer than five papers" in text
    # What "both" are stands before, and of the counts those that the card shows.
    assert "have one.\n\u00a0\nBoth look at the 2 papers of this author" in text
    assert "\nh-index, Papers, Citations: counts by Scholar Feed, over what is known there.\n" in text


def test_about_cards_of_long_texts_fit():
    long = make_recent_paper(title="*" * 500, numbers=NUMBERS)
    near = tuple(replace(NEAR, title="_" * 900) for _ in range(3))

    card = render_about_paper(AboutPaperAnswer(paper=long, near=near, worth=WORTH), now=NOW)

    for embed in (*card.embeds, *render_about_numbers().embeds):
        assert limits.embed_size(embed) <= limits.EMBED_TOTAL
        assert limits.length(embed.description or "") <= limits.DESCRIPTION
