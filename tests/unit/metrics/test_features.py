"""What a forecast is made from."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.features import (
    FEATURES,
    WITH_AUTHORS,
    WITHOUT_AUTHORS,
    EarlierPapers,
    Neighbors,
    features,
    own_work,
    recent_share,
    same_field,
    second_author,
    style,
    topic,
    topic_breadth,
    topic_spread,
    trend,
)
from tests.unit.metrics.models import make_earlier, make_evidence, make_neighbors

NAN = math.nan
unit = st.floats(min_value=0, max_value=1)


def test_topic_of_known_neighbors_is_as_defined() -> None:
    near = make_neighbors([0.5, 0.4], [1, 3], [0.9, 0.3], [True, True])

    first, second = 0.5**4, 0.4**4 * 0.7**2
    assert topic(near) == pytest.approx((first * 0.9 + second * 0.3) / (first + second))


def test_topic_looks_at_the_sixty_nearest() -> None:
    near = make_neighbors([0.5] * 60 + [0.5], [1] * 61, [0.2] * 60 + [1.0], [True] * 61)

    assert topic(near) == pytest.approx(0.2)


def test_topic_spread_is_the_deviation_from_the_topic() -> None:
    """With a little of all percentiles mixed in, for topics of few papers."""
    near = make_neighbors([0.5, 0.4], [1, 3], [0.9, 0.3], [True, True])

    first, second = 0.5**4, 0.4**4 * 0.7**2
    total = first + second + 0.003
    mean = (first * 0.9 + second * 0.3 + 0.003 * 0.5) / total
    squares = first * (0.9 - mean) ** 2 + second * (0.3 - mean) ** 2 + 0.003 / 12
    assert topic_spread(near) == pytest.approx(math.sqrt(squares / total))


def test_topic_spread_is_wider_where_like_papers_fared_unlike() -> None:
    alike, unlike = (
        make_neighbors([0.5] * 4, [1] * 4, pct, [True] * 4) for pct in ([0.5] * 4, [0.0, 1.0] * 2)
    )

    assert topic(alike) == topic(unlike)
    assert topic_spread(alike) < math.sqrt(1 / 12) < topic_spread(unlike)


def test_topic_breadth_counts_the_papers_that_weigh() -> None:
    assert topic_breadth(make_neighbors([0.5] * 8, [2] * 8, [0.5] * 8, [True] * 8)) == pytest.approx(
        math.log(8)
    )
    assert topic_breadth(make_neighbors([0.9, 0.1], [1, 1], [0.5] * 2, [True] * 2)) == pytest.approx(
        0, abs=1e-3
    )


def test_same_field_takes_four_years_of_the_own_field() -> None:
    near = make_neighbors([0.5, 0.4, 0.3], [1, 5, 1], [0.9, 0.1, 0.1], [True, True, False])

    assert same_field(near) == pytest.approx((0.25 * 0.9 + 0.15) / (0.25 + 0.3))


def test_trend_compares_two_years_with_the_three_before() -> None:
    near = make_neighbors([0.5, 0.4, 0.3], [2, 3, 5], [0.9, 0.2, 0.4], [False] * 3)

    assert trend(near) == pytest.approx((0.9 + 1.5) / 4 - (0.6 + 1.5) / 5)


def test_recent_share_counts_last_year_among_four() -> None:
    assert recent_share(make_neighbors([0.5] * 4, [1, 2, 4, 5], [NAN] * 4, [True] * 4)) == pytest.approx(
        1 / 3
    )


def test_own_work_weighs_by_likeness_and_age_and_skips_unknown() -> None:
    earlier = make_earlier([1, 4, 1], [0.9, 0.2, NAN], [0.5, 0.1, 0.9])

    first, second = (0.25 + 0.001) * 0.8, (0.01 + 0.001) * 0.8**4
    assert own_work(earlier) == pytest.approx((first * 0.9 + second * 0.2 + 0.01) / (first + second + 0.02))


def test_second_author_passes_over_the_best_record() -> None:
    poor, typical, good = make_earlier([1], [0.0]), make_earlier([], []), make_earlier([1], [1.0])

    assert second_author([poor, typical, good]) == pytest.approx(0.5)
    assert second_author([poor, good]) == pytest.approx(1 / 3)
    assert second_author([good]) == pytest.approx(2 / 3)
    assert second_author([]) == 0.5


def test_style_finds_what_texts_claim() -> None:
    abstract = "We reach state-of-the-art on 3 benchmarks by 12.5%. Code: https://github.com/a/b."

    assert style("Grasp: all you need", abstract) == pytest.approx((4.0, 1.0, math.log(3), 1.0, 1.0))
    assert style("", "") == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_features_of_a_paper_with_an_invented_code_link_are_the_same() -> None:
    """Whoever writes a link gains nothing by it."""
    honest, invented = (
        features(make_evidence(abstract=f"We grasp. {end}")) for end in ("", "Code: https://github.com/a/b")
    )

    assert honest.tolist() == invented.tolist()


def test_features_of_a_paper_without_any_evidence_are_neutral() -> None:
    row = dict(zip(FEATURES, features(make_evidence()).tolist(), strict=True))

    assert (row["topic"], row["same_field"], row["trend"]) == (0.5, 0.5, 0.0)
    assert (row["topic_spread"], row["topic_breadth"]) == (pytest.approx(math.sqrt(1 / 12)), 0.0)
    assert (row["own_work"], row["second_author"], row["nearest_distance"]) == (0.5, 0.5, 1.0)
    assert (row["earlier_papers"], row["team_size"]) == (0.0, 0.0)


def test_features_count_authors_and_their_papers() -> None:
    authors = [make_earlier([1, 2, 3], [NAN] * 3), make_earlier([], [])]

    row = dict(zip(FEATURES, features(make_evidence(authors=authors, joint_papers=2)).tolist(), strict=True))

    assert row["earlier_papers"] == pytest.approx(math.log(4))
    assert row["mean_earlier_papers"] == pytest.approx(math.log(2.5))
    assert row["joint_papers"] == pytest.approx(math.log(3))
    assert row["team_size"] == pytest.approx(math.log(3))


def test_features_of_an_author_with_nine_thousand_papers_use_all_of_them() -> None:
    author = EarlierPapers(
        age=np.full(300, 2.0), percentile=np.full(300, 0.8), similarity=np.full(300, 0.2), count=9_000
    )

    row = dict(
        zip(FEATURES, features(make_evidence(authors=[author], own_work=author)).tolist(), strict=True)
    )

    assert row["earlier_papers"] == pytest.approx(math.log(9_001))
    assert row["own_work"] == pytest.approx(0.8, abs=0.01)


@given(st.lists(st.tuples(unit, st.integers(1, 5), unit | st.just(NAN), st.booleans()), max_size=40))
def test_features_of_any_neighbors_are_finite(rows: list[tuple[float, int, float, bool]]) -> None:
    rows = sorted(rows, key=lambda row: -row[0])
    near = Neighbors(
        similarity=np.array([row[0] for row in rows], dtype=np.float64),
        age=np.array([row[1] for row in rows], dtype=np.float64),
        percentile=np.array([row[2] for row in rows], dtype=np.float64),
        same_field=np.array([row[3] for row in rows], dtype=np.bool_),
    )

    assert np.all(np.isfinite(features(make_evidence(neighbors=near))))


def test_features_of_the_two_settings_differ_by_the_authors() -> None:
    assert set(WITH_AUTHORS) - set(WITHOUT_AUTHORS) == {
        "own_work",
        "second_author",
        "earlier_papers",
        "mean_earlier_papers",
        "joint_papers",
    }
    assert set(WITHOUT_AUTHORS) - set(WITH_AUTHORS) == {"team_size"}
