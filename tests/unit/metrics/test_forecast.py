"""Forecasts from a model, and the model as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from bot.domain.numbers import Forecast, Missing, Part
from bot.metrics.cohorts import venue_cohort
from bot.metrics.features import FEATURES, Array, features
from bot.metrics.forecast import WordModel, band_of, forecast, telling_words
from bot.metrics.terms import Terms
from bot.metrics.weights import InvalidWeights, read_model, shipped_model, write_model
from tests.unit.metrics.models import make_evidence, make_model, make_neighbors, make_polynomial

COHORT = venue_cohort("icra", 2021)
PREDICTIONS = [0.5 + value / 200 for value in range(100)]
WORDS = WordModel(weights={"the": (1.0, 0.5), "grasp": (4.0, 0.1), "slip": (5.0, -0.2)}, other_idf=4.0)


def row_of(**values: float) -> Array:
    values = {"nearest_distance": 0.7} | values
    return np.array([values.get(name, 0.0) for name in FEATURES])


def test_forecast_of_a_paper_is_the_rank_of_its_prediction_with_its_band() -> None:
    found = forecast(make_model(topic=1.0), row_of(topic=0.46), PREDICTIONS, COHORT)

    assert isinstance(found, Forecast)
    assert (found.standing.percentile, found.standing.size) == (92, 100)
    assert (found.low, found.high, found.expected) == (18, 98, 66)
    assert found.top_tenth == pytest.approx(0.36)
    assert (found.with_authors, found.model) == (False, "test-1")


def test_forecast_names_its_parts_the_largest_first() -> None:
    model = make_model(topic=0.2, same_field=0.1, own_work=-1.0, numbers=0.02)

    found = forecast(model, row_of(topic=0.5, same_field=0.5, own_work=0.3), PREDICTIONS, COHORT)

    assert isinstance(found, Forecast)
    assert [part for part, _ in found.parts] == [Part.AUTHORS, Part.TOPIC, Part.WORDING]
    assert [points for _, points in found.parts] == pytest.approx([-30, 15, 0])
    assert found.with_authors


def test_forecast_of_parts_that_meet_in_a_product_gives_half_to_each() -> None:
    terms = make_polynomial({"topic": 0.2}, {("topic", "own_work"): 0.4, ("words", "words"): 0.1})
    model = replace(make_model(), terms=Terms(everyone=terms, newcomers=None))

    parts = dict(model.parts(row_of(topic=0.5, own_work=0.3, words=-0.5)))

    assert parts == pytest.approx({Part.TOPIC: 10 + 3, Part.AUTHORS: 3, Part.WORDING: 2.5})
    predicted = model.predict(row_of(topic=0.5, own_work=0.3, words=-0.5))
    assert sum(parts.values()) == pytest.approx(100 * (predicted - 0.5))


def test_forecast_of_newcomers_is_made_without_author_terms() -> None:
    model = make_model(own_work=1.0, newcomers=make_polynomial({"topic": 0.5, "team_size": 0.1}))

    assert model.predict(row_of(own_work=0.4, topic=0.2)) == pytest.approx(0.6)
    assert dict(model.parts(row_of(topic=0.2, team_size=1.0)))[Part.AUTHORS] == pytest.approx(10)
    assert dict(model.parts(row_of(own_work=0.4, earlier_papers=1.0)))[Part.AUTHORS] == pytest.approx(40)


@pytest.mark.parametrize("earlier_papers", [0.0, 0.7])
def test_forecast_says_whether_it_is_one_of_newcomers(earlier_papers: float) -> None:
    row = row_of(topic=0.46, earlier_papers=earlier_papers)
    apart = make_model(topic=1.0, own_work=1.0, newcomers=make_polynomial({"topic": 1.0}))

    for model, expected in ((apart, earlier_papers == 0), (make_model(topic=1.0), False)):
        found = forecast(model, row, PREDICTIONS, COHORT)
        assert isinstance(found, Forecast)
        assert found.of_newcomers is expected


def test_forecast_of_a_model_that_may_be_worthless_is_switched_off() -> None:
    model = make_model(spearman=(0.3, 0.19, 0.4), topic=1.0)

    assert forecast(model, row_of(), PREDICTIONS, COHORT) is Missing.NOT_WORTH_SHOWING


def test_forecast_of_a_near_copy_is_missing() -> None:
    row = row_of(topic=0.46, nearest_distance=0.45)

    assert forecast(make_model(topic=1.0), row, PREDICTIONS, COHORT) is Missing.NEAR_COPY


def test_forecast_in_a_small_cohort_is_missing() -> None:
    assert forecast(make_model(topic=1.0), row_of(), [0.5, 0.6], COHORT) is Missing.SMALL_COHORT


def test_band_of_shown_ranks_covers_twenty_bands() -> None:
    assert [band_of(rank) for rank in (1, 4, 5, 50, 95, 99)] == [0, 0, 1, 10, 19, 19]


def test_word_model_weighs_known_words_and_lengthens_by_others() -> None:
    value = WORDS.value({"grasp": 1, "other": 1})

    assert value == pytest.approx(4.0 * 0.1 / (4.0**2 + 4.0**2) ** 0.5)
    assert WORDS.value({}) == 0.0
    assert WORDS.value({"other": 3}) == 0.0


def test_telling_words_are_content_words_only() -> None:
    found = telling_words(WORDS, {"the": 9, "grasp": 1, "slip": 1})

    assert [word for word, _ in found] == ["slip", "grasp"]
    assert found[0][1] < 0 < found[1][1]


def test_model_written_and_read_again_predicts_the_same() -> None:
    near = make_neighbors([0.5, 0.3], [1, 2], [0.9, 0.2], [True, False])
    row = features(make_evidence(neighbors=near))
    products = {("topic", "topic"): 0.03, ("numbers", "own_work"): -0.0123456}
    model = make_model(words=WORDS, newcomers=make_polynomial({"team_size": 0.1}, products))
    terms = make_polynomial({"own_work": 0.25, "topic": 0.123456}, products)
    model = replace(model, terms=replace(model.terms, everyone=terms))
    old_hand = row.copy()
    old_hand[list(FEATURES).index("earlier_papers")] = 2.0

    again = read_model(write_model(model))

    assert again.words == WORDS
    assert again.used == {"own_work", "topic", "numbers", "team_size"}
    expected = model.predict([row, old_hand])
    assert expected[0] != expected[1]
    assert again.predict([row, old_hand]) == pytest.approx(expected)
    assert again.terms.everyone.products == pytest.approx(terms.products)
    assert again.bands.expected == pytest.approx(model.bands.expected)
    assert again.spearman == model.spearman


EMPTY: dict[str, object] = {"features": {}, "products": {}}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"format": 1}, id="earlier-format"),
        pytest.param({"format": 3}, id="another-format"),
        pytest.param({"everyone": None}, id="no-weights"),
        pytest.param({"words": {"weights": {"a": 3}}}, id="broken-words"),
        pytest.param({"everyone": EMPTY | {"features": {"unheard": [1, 0, 1, 0]}}}, id="unknown-feature"),
        pytest.param({"everyone": EMPTY | {"products": {"topic": {"unheard": 1}}}}, id="unknown-product"),
        pytest.param({"everyone": EMPTY | {"features": {"topic": [1, 0, 0, 0]}}}, id="scale-of-zero"),
        pytest.param({"everyone": EMPTY | {"features": {"topic": [1, 0]}}}, id="short-feature"),
        pytest.param({"newcomers": EMPTY | {"products": {"topic": {"topic": "x"}}}}, id="product-in-words"),
        pytest.param({"newcomers": {"features": {}}}, id="newcomers-without-products"),
        pytest.param({"bands": {"low": [1]}}, id="short-bands"),
    ],
)
def test_model_that_is_damaged_is_refused(change: dict[str, object]) -> None:
    content = json.loads(write_model(make_model())) | change

    with pytest.raises(InvalidWeights):
        read_model(json.dumps(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}'])
def test_model_of_another_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidWeights):
        read_model(text)


def test_model_with_a_number_that_is_none_is_refused() -> None:
    content = json.loads(write_model(make_model()))
    content["bands"]["low"][3] = float("nan")

    with pytest.raises(InvalidWeights):
        read_model(json.dumps(content))


def test_shipped_model_looks_at_no_authors_and_is_worth_showing() -> None:
    model = shipped_model()

    assert not model.with_authors
    assert model.is_worth_showing
    assert "topic" in model.used


def test_shipped_model_holds_single_words_only() -> None:
    words = shipped_model().words

    assert words is not None
    assert len(words.weights) <= 4_000
    assert all(word.isalnum() for word in words.weights)


def test_shipped_model_lets_a_hot_topic_rank_higher() -> None:
    model = shipped_model()
    hot, cold = (
        features(make_evidence(neighbors=make_neighbors([0.4] * 40, [1] * 40, [value] * 40, [True] * 40)))
        for value in (0.9, 0.1)
    )

    assert model.predict(hot) > model.predict(cold) + 0.1
