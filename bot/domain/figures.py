"""Numbers that say where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count from a source, as of a day; `at_least` marks what our own catalogue counted."""

    value: int
    source: str
    as_of: date
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceScore:
    """A source's own score, shown under that source's name and never as ours.

    `label` is the source's word for it ("Novelty"), `unit` is appended to the number ("%").
    """

    source: str
    label: str
    value: float
    unit: str = ""
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """Papers published in a year, and citations received in it."""

    year: int
    papers: int
    citations: int
