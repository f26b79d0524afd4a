"""The form in which every benchmark shows its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was done, by us, by a peer or floor in the same run, the ratio, the target."""

    work: str
    product: str
    peer: str
    ratio: float
    target: str


def print_table(rows: Iterable[Row]) -> None:
    """Print rows as Markdown."""
    print("| work | Hoopoe | peer or floor, same run | ratio | target |")
    print("|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.work} | {row.product} | {row.peer} | {row.ratio:.2f} | {row.target} |")
