"""Decodes a page of 200 recorded OpenAlex works: Hoopoe against json with pydantic.

The peer's models are made from Hoopoe's, so that both check the same fields and types.
Run: python -m benchmarks.decoding [folder of recorded data]
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import BaseModel, create_model

from benchmarks.corpus import data_folder
from benchmarks.table import Row, print_table
from bot.sources.json_values import decode
from bot.sources.openalex_parser import SOURCE, WorksJson, to_paper

ROUNDS = 15
PAGE = "works_search_page1_of_3_200_works_2026-05.json.gz"


@cache
def model_of(kind: type[msgspec.Struct]) -> type[BaseModel]:
    """Return the pydantic model with the fields of a struct."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for item in msgspec.structs.fields(kind):
        default = ... if item.default is msgspec.NODEFAULT else item.default
        fields[item.encode_name] = (translated(hints[item.name]), default)
    return create_model(kind.__name__, **fields)


def translated(hint: Any) -> Any:
    """Return a type with every struct in it replaced by its model."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return model_of(hint)
    parts = tuple(translated(part) for part in get_args(hint))
    if not parts or hint is NoneType:
        return hint
    origin = get_origin(hint)
    return Union[parts] if origin in (Union, UnionType) else origin[parts]  # noqa: UP007 -- made from a tuple


def seconds(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median of each, run in turn, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def main(data: Path) -> None:
    """Print the table."""
    body = gzip.decompress((data / "openalex" / PAGE).read_bytes())
    model, now = model_of(WorksJson), datetime.now(UTC)
    works = decode(SOURCE, body, WorksJson).results
    assert model.model_validate(json.loads(body)).model_dump() == msgspec.to_builtins({"results": works})

    def papers() -> list[object]:
        return [to_paper(work, now) for work in decode(SOURCE, body, WorksJson).results]

    taken = seconds(
        {
            "peer": lambda: model.model_validate(json.loads(body)),
            "decoded": lambda: decode(SOURCE, body, WorksJson),
            "papers": papers,
        }
    )
    print(f"{len(works)} works, {len(body) / 1e6:.2f} MB\n")
    peer = f"json + pydantic, the same fields: {taken['peer'] * 1e3:.1f} ms"
    print_table(
        Row(work, f"{taken[name] * 1e3:.1f} ms", peer, taken["peer"] / taken[name], target)
        for work, name, target in (
            (f"decode {len(works)} works of OpenAlex", "decoded", "≥ 4.5"),
            ("the same, made into papers", "papers", ""),
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else data_folder())
