"""AI Score and Novelty of authors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import AuthorNovelty, Missing, TrackRecord
from bot.metrics.track_record import author_novelty, track_record

papers = st.tuples(st.floats(min_value=1, max_value=99), st.floats(min_value=1, max_value=40))


def test_track_record_of_known_papers_is_as_defined() -> None:
    found = track_record([(90, 1.5), (80, 3.0), (40, 3.1)])

    assert isinstance(found, TrackRecord)
    assert found.score == pytest.approx(100 * (0.9 + 0.8 + 0.2 + 1.5) / 5.5)
    assert found.error == pytest.approx(100 * (0.0588 / 5.5) ** 0.5)
    assert found.papers == 3


def test_track_record_of_two_papers_is_missing() -> None:
    assert track_record([(99, 2), (98, 2)]) is Missing.FEW_PAPERS


@given(st.lists(papers, min_size=3, max_size=60))
def test_track_record_of_any_papers_is_drawn_towards_fifty(impacts: list[tuple[float, float]]) -> None:
    found = track_record(impacts)

    assert isinstance(found, TrackRecord)
    assert min(50.0, *(value for value, _ in impacts)) - 1e-9 <= found.score
    assert found.score <= max(50.0, *(value for value, _ in impacts)) + 1e-9
    assert 0 < found.error < 16


def test_track_record_of_nine_thousand_papers_is_near_their_mean() -> None:
    found = track_record([(70, 10)] * 9_000)

    assert isinstance(found, TrackRecord)
    assert found.score == pytest.approx(70, abs=0.1)
    assert found.error < 0.4


def test_author_novelty_needs_five_papers() -> None:
    assert author_novelty([50, 60, 70, 80]) is Missing.FEW_PAPERS
    assert author_novelty([50, 60, 70, 80, 90]) == AuthorNovelty(mean=70.0, papers=5)
