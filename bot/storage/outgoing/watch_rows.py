"""Watches and their places as rows of tables, and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Row

from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    Criterion,
    Filters,
    Manner,
    Place,
    PlaceKind,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Watch,
)
from bot.storage import codec
from bot.text.folding import title_key

_KINDS: dict[str, type[Criterion]] = {
    "author": AuthorCriterion,
    "category": CategoryCriterion,
    "topic": TopicCriterion,
    "similar": SimilarCriterion,
    "shelf": ShelfCriterion,
    "citations": CitationsCriterion,
    "author citations": AuthorCitationsCriterion,
}
_filters = msgspec.json.Decoder(Filters)
_manner = msgspec.json.Decoder(Manner)
_pairs = msgspec.json.Decoder(list[tuple[str, msgspec.Raw]])


def place_from(row: Row[Any]) -> Place:
    """Return the place of a row."""
    return place_of(row.place_kind, row.place_id, row.guild_id)


# What waits is counted by place for every claim, and most of the places are the same ones again.
@lru_cache(maxsize=4096)
def place_of(kind: str, id_: int, guild_id: int | None) -> Place:
    """Return the place of these columns."""
    return Place(kind=PlaceKind(kind), id=id_, guild_id=guild_id)


def watch_from(row: Row[Any]) -> Watch:
    """Return the watch of a row with every column of the table."""
    return Watch(
        id=row.id,
        owner_id=row.owner_id,
        place=place_from(row),
        criterion=msgspec.json.decode(row.criterion, type=_KINDS[row.criterion_kind]),
        narrowed=() if row.narrowed == "[]" else _narrowed_from(row.narrowed),
        filters=Filters() if row.filters == "{}" else _filters.decode(row.filters),
        manner=manner_from(row.manner),
        created_at=row.created_at,
        paused_reason=row.paused_reason,
    )


@lru_cache(maxsize=256)
def manner_from(stored: str) -> Manner:
    """Return a watch's manner of delivery as it is stored: what differs from the usual one."""
    return Manner() if stored == "{}" else _manner.decode(stored)


def _narrowed_from(text: str) -> tuple[Criterion, ...]:
    return tuple(msgspec.json.decode(body, type=_KINDS[kind]) for kind, body in _pairs.decode(text))


def row_of(watch: Watch) -> dict[str, Any]:
    """Return a watch as a row without its id: of filters and manner what differs from the usual ones."""
    filters = _differing(watch.filters)
    return {
        "owner_id": watch.owner_id,
        "place_kind": watch.place.kind.value,
        "place_id": watch.place.id,
        "guild_id": watch.place.guild_id,
        "criterion_kind": _kind_of(watch.criterion),
        "criterion_key": key_of(watch.criterion),
        "criterion": codec.encode(watch.criterion),
        "narrowed": codec.encode([(_kind_of(one), one) for one in watch.narrowed]),
        "filters": codec.encode(filters),
        "manner": codec.encode(_differing(watch.manner)),
        "condition_key": codec.encode([sorted(map(_kind_and_key, watch.narrowed)), filters]),
        "created_at": watch.created_at,
        "paused_reason": watch.paused_reason,
    }


def _differing(value: Filters | Manner) -> dict[str, Any]:
    """Return the fields that differ from their defaults, in the order of the class."""
    usual = type(value)()
    given = asdict(value)
    return {
        field.name: given[field.name]
        for field in fields(value)
        if getattr(usual, field.name) != given[field.name]
    }


def _kind_of(criterion: Criterion) -> str:
    return next(name for name, type_ in _KINDS.items() if isinstance(criterion, type_))


def _kind_and_key(criterion: Criterion) -> tuple[str, str]:
    return _kind_of(criterion), key_of(criterion)


def key_of(criterion: Criterion) -> str:
    """Return what makes two criteria equal: what is known of an author may grow meanwhile."""
    match criterion:
        case AuthorCriterion(author_id=author_id, strict=strict):
            return codec.encode([author_id, strict])
        case CategoryCriterion(category=category, primary=primary):
            return codec.encode([category, primary])
        case TopicCriterion(topic=topic):
            return codec.encode([topic])
        case SimilarCriterion(title=title, paper_id=paper_id, threshold=threshold):
            return codec.encode([paper_id or title_key(title), threshold])
        case ShelfCriterion(shelf=shelf, threshold=threshold):
            return codec.encode([shelf.kind, shelf.id, threshold])
        case CitationsCriterion(paper_id=paper_id):
            return codec.encode([paper_id])
        case AuthorCitationsCriterion(author_id=author_id):
            return codec.encode([author_id])
