"""A forecast model as a small JSON: reading, writing, and the one that ships."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from bot.metrics.features import FEATURES, Array
from bot.metrics.forecast import BANDS, Bands, ForecastModel, WordModel

_FORMAT = 1
_DIGITS = 6
_BANDS = ("low", "high", "expected", "top_tenth")


class InvalidWeights(ValueError):
    """The text is no model that this version can use."""


def write_model(model: ForecastModel) -> str:
    """Return a model as JSON, the numbers with six significant digits."""
    words = model.words and {
        "other_idf": _rounded(model.words.other_idf),
        "weights": {word: [round(idf, 3), _rounded(w)] for word, (idf, w) in model.words.weights.items()},
    }
    weights = zip(FEATURES, model.coefficients.tolist(), model.means.tolist(), strict=True)
    content = {
        "format": _FORMAT,
        "version": model.version,
        "summary": model.summary,
        "spearman": [_rounded(value) for value in model.spearman],
        "features": {name: [_rounded(weight), _rounded(mean)] for name, weight, mean in weights if weight},
        "bands": {name: [_rounded(value) for value in getattr(model.bands, name)] for name in _BANDS},
        "words": words,
    }
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_model(text: str) -> ForecastModel:
    """Return the model that a JSON holds; raise InvalidWeights where it is damaged or of another format."""
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise InvalidWeights(f"format {content['format']!r}, not {_FORMAT}")
        return _model(content)
    except InvalidWeights:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidWeights(f"damaged: {error}") from error


@cache
def shipped_model() -> ForecastModel:
    """Return the model in the package, which knows nothing of authors; see docs/model-card.md."""
    return read_model(files("bot.metrics").joinpath("weights.json").read_text(encoding="utf-8"))


def _model(content: dict[str, Any]) -> ForecastModel:
    used = content["features"]
    if unknown := set(used) - set(FEATURES):
        raise InvalidWeights(f"unknown feature {min(unknown)}")
    value, low, high = _array(content["spearman"], 3).tolist()
    return ForecastModel(
        version=str(content["version"]),
        summary=str(content["summary"]),
        words=_words(content["words"]) if content["words"] else None,
        coefficients=_array([used.get(name, (0, 0))[0] for name in FEATURES], len(FEATURES)),
        means=_array([used.get(name, (0, 0))[1] for name in FEATURES], len(FEATURES)),
        bands=Bands(**{name: _array(content["bands"][name], BANDS) for name in _BANDS}),
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
