"""Fixtures for the sources' contract tests."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer."""

    name: str
    status: int
    request: str
    body: bytes


@pytest.fixture(scope="session")
def recorded(data_folder: Path) -> Callable[[str], list[Recorded]]:
    """Return a function that reads a folder's recorded answers with their statuses."""
    with (data_folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    def read(folder: str) -> list[Recorded]:
        return [
            Recorded(row["file"], int(row["status"]), row["request"], _read(data_folder / row["file"]))
            for row in rows
            if row["file"].startswith(f"{folder}/") and row["status"].isdigit()
        ]

    return read


def _read(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body
