"""Our own numbers in the terminal: as JSON with what they rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.numbers import AuthorNovelty, AuthorNumbers, Missing, PaperNumbers, TrackRecord
from bot.report_numbers import (
    author_novelty_json,
    author_numbers_text,
    numbers_json,
    paper_numbers_text,
    track_record_json,
)
from tests.factories import NOW, make_recent_paper
from tests.unit.cards.test_numbers import NUMBERS, PLACE, TODAY

AUTHOR = AuthorNumbers(
    novelty=AuthorNovelty(mean=41.44, papers=12),
    track_record=TrackRecord(score=57.25, error=8.31, papers=9),
    papers=15,
    as_of=TODAY,
)


def test_recent_paper_has_forecast_novelty_and_rank_with_cohort_and_model():
    values = numbers_json(make_recent_paper(numbers=NUMBERS), TODAY)

    assert values["forecast"] == {
        "value": 92,
        "source": "Hoopoe",
        "as_of": "2026-05-30",
        "cohort": "cs.LG, May 2026",
        "n": 212,
        "low": 31.4,
        "high": 97.0,
        "model": "corpus-1",
        "with_authors": False,
        "parts": {"topic": 11.2, "wording": -6.1, "authors": 0.2},
    }
    assert values["novelty"] == {
        "value": 41,
        "source": "Hoopoe",
        "as_of": "2026-05-30",
        "cohort": "cs.LG, May 2026",
        "n": 200,
        "approximate": True,
    }
    assert values["rank"] == {"value": 71.2, "source": "Hoopoe", "as_of": "2026-05-30"}
    assert values["impact"] is None


def test_old_paper_has_impact_and_no_forecast():
    old = make_recent_paper(
        submitted_at=NOW - timedelta(days=800), numbers=replace(NUMBERS, impact=replace(PLACE, percentile=64))
    )

    values = numbers_json(old, TODAY)

    assert values["impact"] == {
        "value": 64,
        "source": "Hoopoe",
        "as_of": "2026-05-30",
        "cohort": "cs.LG, May 2026",
        "n": 212,
    }
    assert values["forecast"] is None
    assert values["rank"] == {"value": 64.0, "source": "Hoopoe", "as_of": "2026-05-30"}


def test_paper_without_numbers_has_none():
    assert set(numbers_json(make_recent_paper(numbers=PaperNumbers()), TODAY).values()) == {None}
    assert paper_numbers_text(make_recent_paper(), TODAY) == ""


def test_paper_line_names_score_and_novelty():
    said = paper_numbers_text(make_recent_paper(numbers=NUMBERS), TODAY)

    assert said == "forecast 92 (cs.LG, May 2026) \u00b7 novelty ~41"


def test_author_has_novelty_and_score_with_their_scope():
    assert author_novelty_json(AUTHOR) == {
        "value": 41.4,
        "source": "Hoopoe",
        "as_of": "2026-05-30",
        "papers": 12,
    }
    assert track_record_json(AUTHOR) == {
        "value": 57.2,
        "source": "Hoopoe",
        "as_of": "2026-05-30",
        "error": 8.3,
        "papers": 9,
    }
    assert author_numbers_text(AUTHOR) == "novelty 41 (12 papers) \u00b7 AI Score 57 \u00b1 8 (9 papers)"


def test_author_with_too_few_papers_has_neither():
    few = replace(AUTHOR, novelty=Missing.FEW_PAPERS, track_record=Missing.FEW_PAPERS)

    assert author_novelty_json(few) is track_record_json(few) is None
    assert author_numbers_text(few) == ""
