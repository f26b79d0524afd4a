"""Values as JSON text in columns, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from bot.domain.authors import Author
from bot.domain.figures import SourceScore
from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Authorship, Version
from bot.domain.records import Origin

_encoder = msgspec.json.Encoder()
_authorships = msgspec.json.Decoder(list[tuple[str, str | None, list[str]]])
_versions = msgspec.json.Decoder(list[tuple[int, datetime]])
_scores = msgspec.json.Decoder(list[tuple[str, str, float, str, date]])
_origins = msgspec.json.Decoder(dict[str, Origin])
_author = msgspec.json.Decoder(Author)


def encode(value: Any) -> str:
    """Return any value of plain data, dataclasses and dates as JSON."""
    return _encoder.encode(value).decode()


def encode_authorships(authors: Sequence[Authorship]) -> str:
    """Return authors as rows of name, id and institutions: there are millions of them."""
    return encode(
        [
            (author.name, author.openalex_id.value if author.openalex_id else None, author.institutions)
            for author in authors
        ]
    )


def decode_authorships(text: str) -> tuple[Authorship, ...]:
    """Return the authors of a paper."""
    return tuple(
        Authorship(
            name=name,
            openalex_id=OpenAlexId(openalex_id) if openalex_id else None,
            institutions=tuple(institutions),
        )
        for name, openalex_id, institutions in _authorships.decode(text)
    )


def encode_versions(versions: Sequence[Version]) -> str:
    """Return versions as pairs of number and moment."""
    return encode([(version.number, version.submitted_at) for version in versions]) if versions else "[]"


def decode_versions(text: str) -> tuple[Version, ...]:
    """Return the versions of a paper."""
    if text == "[]":
        return ()
    return tuple(Version(number=number, submitted_at=moment) for number, moment in _versions.decode(text))


def encode_scores(scores: Sequence[SourceScore]) -> str:
    """Return a source's scores as rows."""
    return encode([(score.source, score.label, score.value, score.unit, score.as_of) for score in scores])


def decode_scores(text: str) -> tuple[SourceScore, ...]:
    """Return the scores that sources gave."""
    if text == "[]":
        return ()
    return tuple(
        SourceScore(source=source, label=label, value=value, unit=unit, as_of=as_of)
        for source, label, value, unit, as_of in _scores.decode(text)
    )


def encode_origins(origins: Mapping[str, Origin]) -> str:
    """Return the origins of values by name; mostly there are none to name."""
    return encode(origins) if origins else "{}"


def decode_origins(text: str) -> dict[str, Origin]:
    """Return the origins of a paper's values."""
    return {} if text == "{}" else _origins.decode(text)


def decode_author(text: str) -> Author:
    """Return a stored profile, without the catalogue's id."""
    return _author.decode(text)
