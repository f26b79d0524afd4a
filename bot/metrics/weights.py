"""A forecast model as a small JSON: reading and writing."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from bot.metrics.features import FEATURES, Array
from bot.metrics.forecast import BANDS, Bands, ForecastModel, Linear, WordModel

_FORMAT = 1
_DIGITS = 6


class InvalidWeights(ValueError):
    """The text is no model that this version can use."""


def write_model(model: ForecastModel) -> str:
    """Return a model as JSON, the numbers with six significant digits."""
    words = model.words and {
        "other_idf": _rounded(model.words.other_idf),
        "weights": {word: [round(idf, 3), _rounded(w)] for word, (idf, w) in model.words.weights.items()},
    }
    content = {
        "format": _FORMAT,
        "version": model.version,
        "summary": model.summary,
        "with_authors": model.with_authors and _linear_json(model.with_authors),
        "without_authors": _linear_json(model.without_authors),
        "words": words,
    }
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_model(text: str) -> ForecastModel:
    """Return the model that a JSON holds; raise InvalidWeights where it is damaged or of another format."""
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise InvalidWeights(f"format {content['format']!r}, not {_FORMAT}")
        authors = content["with_authors"]
        return ForecastModel(
            version=str(content["version"]),
            summary=str(content["summary"]),
            words=_words(content["words"]) if content["words"] else None,
            with_authors=_linear(authors) if authors else None,
            without_authors=_linear(content["without_authors"]),
        )
    except InvalidWeights:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidWeights(f"damaged: {error}") from error


def _linear_json(linear: Linear) -> dict[str, Any]:
    used = {
        name: [_rounded(coefficient), _rounded(mean)]
        for name, coefficient, mean in zip(FEATURES, linear.coefficients, linear.means, strict=True)
        if coefficient
    }
    bands = linear.bands
    return {
        "features": used,
        "spearman": [_rounded(value) for value in linear.spearman],
        "bands": {
            name: [_rounded(value) for value in getattr(bands, name)]
            for name in ("low", "high", "expected", "top_tenth")
        },
    }


def _linear(content: dict[str, Any]) -> Linear:
    used = content["features"]
    if unknown := set(used) - set(FEATURES):
        raise InvalidWeights(f"unknown feature {sorted(unknown)[0]}")
    bands = {name: _array(values, BANDS) for name, values in content["bands"].items()}
    value, low, high = (float(part) for part in content["spearman"])
    return Linear(
        coefficients=_array([used.get(name, (0, 0))[0] for name in FEATURES], len(FEATURES)),
        means=_array([used.get(name, (0, 0))[1] for name in FEATURES], len(FEATURES)),
        bands=Bands(**bands),
        spearman=(value, low, high),
    )


def _words(content: dict[str, Any]) -> WordModel:
    weights = {word: (float(idf), float(weight)) for word, (idf, weight) in content["weights"].items()}
    return WordModel(weights=weights, other_idf=float(content["other_idf"]))


def _array(values: list[float], length: int) -> Array:
    array = np.array(values, dtype=np.float64)
    if array.shape != (length,) or not np.all(np.isfinite(array)):
        raise InvalidWeights(f"not {length} numbers")
    return array


def _rounded(value: float) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
