"""A forecast model as a small JSON: reading, writing, and the one that ships."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from bot.metrics.features import FEATURES, Array
from bot.metrics.forecast import BANDS, Bands, ForecastModel, WordModel
from bot.metrics.terms import Polynomial, Terms

_FORMAT = 2
_DIGITS = 6
_VECTORS = ("linear", "means", "scales", "typical")
_UNUSED = [0.0, 0.0, 1.0, 0.0]
_BANDS = ("low", "high", "expected", "top_tenth")


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
        "spearman": [_rounded(value) for value in model.spearman],
        "everyone": _polynomial_content(model.terms.everyone),
        "newcomers": model.terms.newcomers and _polynomial_content(model.terms.newcomers),
        "bands": {name: [_rounded(value) for value in getattr(model.bands, name)] for name in _BANDS},
        "words": words,
    }
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_model(text: str) -> ForecastModel:
    """Return the model that a JSON holds; raise InvalidWeights where it is damaged or of another format."""
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise InvalidWeights(f"format {content['format']!r}, not {_FORMAT}; hoopoe train makes a new one")
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
    newcomers = content["newcomers"]
    value, low, high = _array(content["spearman"], 3).tolist()
    return ForecastModel(
        version=str(content["version"]),
        summary=str(content["summary"]),
        words=_words(content["words"]) if content["words"] else None,
        terms=Terms(
            everyone=_polynomial(content["everyone"]), newcomers=_polynomial(newcomers) if newcomers else None
        ),
        bands=Bands(**{name: _array(content["bands"][name], BANDS) for name in _BANDS}),
        spearman=(value, low, high),
    )


def _polynomial_content(polynomial: Polynomial) -> dict[str, Any]:
    """Return the vectors by feature, and of the symmetric products one half by their two features."""
    vectors = np.column_stack([getattr(polynomial, name) for name in _VECTORS])
    used = [number for number, name in enumerate(FEATURES) if name in polynomial.used]
    names = tuple(FEATURES)
    return {
        "features": {names[one]: [_rounded(value) for value in vectors[one]] for one in used},
        "products": {
            names[one]: {
                names[other]: _rounded(polynomial.products[one, other])
                for other in used
                if other >= one and polynomial.products[one, other]
            }
            for one in used
        },
    }


def _polynomial(content: dict[str, Any]) -> Polynomial:
    used, products = content["features"], content["products"]
    if unknown := {*used, *products, *(name for row in products.values() for name in row)} - set(FEATURES):
        raise InvalidWeights(f"unknown feature {min(unknown)}")
    vectors = np.array([_array(used.get(name, _UNUSED), len(_VECTORS)) for name in FEATURES])
    upper = np.array([[products.get(one, {}).get(other, 0.0) for other in FEATURES] for one in FEATURES])
    rest = np.triu(upper, 1)
    polynomial = Polynomial(
        **dict(zip(_VECTORS, vectors.T, strict=True)), products=np.diag(np.diag(upper)) + rest + rest.T
    )
    if not np.all(np.isfinite(upper)) or not np.all(polynomial.scales > 0):
        raise InvalidWeights("a weight that is no number, or a scale of zero")
    return polynomial


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
