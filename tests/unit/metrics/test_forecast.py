"""Forecasts from a model, and the model as JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.domain.numbers import Forecast, Missing, Part
from bot.metrics.cohorts import venue_cohort
from bot.metrics.features import FEATURES, Array, features
from bot.metrics.forecast import WordModel, band_of, forecast, telling_words
from bot.metrics.weights import InvalidWeights, read_model, write_model
from tests.unit.metrics.models import make_evidence, make_linear, make_model, make_neighbors

COHORT = venue_cohort("icra", 2021)
WORDS = WordModel(weights={"the": (1.0, 0.5), "grasp": (4.0, 0.1), "slip": (5.0, -0.2)}, other_idf=4.0)


def row_of(**values: float) -> Array:
    return np.array([values.get(name, 0.0) for name in FEATURES])


def test_forecast_of_a_paper_is_the_rank_of_its_prediction_with_its_band() -> None:
    model = make_model()
    predictions = [0.5 + value / 200 for value in range(100)]

    found = forecast(model, row_of(topic=0.46), predictions, COHORT, earlier_papers=0)

    assert isinstance(found, Forecast)
    assert (found.standing.percentile, found.standing.size) == (92, 100)
    assert (found.low, found.high, found.expected) == (18, 98, 66)
    assert found.top_tenth == pytest.approx(0.36)
    part, points = found.parts[0]
    assert part is Part.TOPIC
    assert points == pytest.approx(46)
    assert (found.with_authors, found.model) == (False, "test-1")


def test_forecast_looks_at_authors_where_any_has_earlier_papers() -> None:
    model = make_model(with_authors=make_linear(own_work=1.0))
    predictions = [0.5 + value / 200 for value in range(100)]

    known = forecast(model, row_of(own_work=0.3), predictions, COHORT, earlier_papers=1)
    newcomer = forecast(model, row_of(own_work=0.3), predictions, COHORT, earlier_papers=0)

    assert isinstance(known, Forecast)
    assert isinstance(newcomer, Forecast)
    assert known.with_authors
    assert known.standing.percentile > 50
    assert not newcomer.with_authors
    assert newcomer.standing.percentile == 1


def test_forecast_of_a_model_that_may_be_worthless_is_switched_off() -> None:
    model = make_model(without_authors=make_linear((0.3, 0.19, 0.4), topic=1.0))

    assert forecast(model, row_of(), [0.5] * 100, COHORT, earlier_papers=0) is Missing.NOT_WORTH_SHOWING


def test_forecast_in_a_small_cohort_is_missing() -> None:
    assert forecast(make_model(), row_of(), [0.5, 0.6], COHORT, earlier_papers=0) is Missing.SMALL_COHORT


def test_band_of_shown_ranks_covers_twenty_bands() -> None:
    assert [band_of(rank) for rank in (1, 4, 5, 50, 95, 99)] == [0, 0, 1, 10, 19, 19]


def test_word_model_weighs_known_words_and_lengthens_by_others() -> None:
    value = WORDS.value({"grasp": 1, "other": 1})

    assert value == pytest.approx(4.0 * 0.1 / (4.0**2 + 4.0**2) ** 0.5)
    assert WORDS.value({}) == 0.0
    assert WORDS.value({"other": 3}) == 0.0


def test_telling_words_are_content_words_only() -> None:
    found = telling_words(make_model(words=WORDS).words or WORDS, {"the": 9, "grasp": 1, "slip": 1})

    assert [word for word, _ in found] == ["slip", "grasp"]
    assert found[0][1] < 0 < found[1][1]


def test_model_written_and_read_again_predicts_the_same() -> None:
    near = make_neighbors([0.5, 0.3], [1, 2], [0.9, 0.2], [True, False])
    row = features(make_evidence(neighbors=near))
    model = make_model(with_authors=make_linear(own_work=0.25, words=1.0), words=WORDS)

    again = read_model(write_model(model))

    assert again.words == WORDS
    assert again.with_authors is not None
    assert model.with_authors is not None
    assert again.with_authors.predict(row) == pytest.approx(model.with_authors.predict(row))
    assert again.without_authors.predict([row, row]) == pytest.approx(
        [model.without_authors.predict(row)] * 2
    )
    assert again.without_authors.bands.expected == pytest.approx(model.without_authors.bands.expected)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"format": 2}, id="another-format"),
        pytest.param({"without_authors": None}, id="no-weights"),
        pytest.param({"words": {"weights": {"a": 3}}}, id="broken-words"),
        pytest.param({"with_authors": {"features": {"unheard": [1, 0]}}}, id="unknown-feature"),
    ],
)
def test_model_that_is_damaged_is_refused(change: dict[str, object]) -> None:
    content = json.loads(write_model(make_model())) | change

    with pytest.raises(InvalidWeights):
        read_model(json.dumps(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}'])
def test_model_of_another_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidWeights):
        read_model(text)


def test_model_with_a_number_that_is_none_is_refused() -> None:
    content = json.loads(write_model(make_model()))
    content["without_authors"]["bands"]["low"][3] = float("nan")

    with pytest.raises(InvalidWeights):
        read_model(json.dumps(content))
