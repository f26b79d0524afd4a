"""Numbers that say where they come from, as fields and footers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cards.wording import (
    foreign,
    joined,
)
from bot.domain.figures import Figure, SourceScore
from bot.text.dates import full_date
from bot.words import _, decimal, number


def score_fields(scores: Sequence[SourceScore]) -> tuple[tuple[str, str], ...]:
    """Return sources' own scores, one line a source and date: its name, and the numbers."""
    lines: dict[str, list[str]] = {}
    for score in scores[:12]:
        name = f"{foreign(score.source, 80)}, {full_date(score.as_of)}"
        unit = f" {foreign(score.unit, 10)}" if score.unit else ""
        lines.setdefault(name, []).append(f"{foreign(score.label, 40)} **{decimal(score.value)}{unit}**")
    return tuple((name, joined(values)) for name, values in lines.items())


def figure_text(figure: Figure) -> str:
    """Return the number alone in bold; "at least" where it is only what our catalogue counted."""
    shown = f"**{number(figure.value)}**"
    return _("at least {count}").format(count=shown) if figure.at_least else shown


def figure_sources(figures: Iterable[tuple[str, Figure | None]]) -> str:
    """Return the source and date of named numbers: said once where they are the same for all."""
    origins: dict[str, list[str]] = {}
    for name, figure in figures:
        if figure is not None:
            origins.setdefault(f"{_(figure.source)}, {full_date(figure.as_of)}", []).append(name)
    if len(origins) == 1:
        return next(iter(origins))
    return joined(f"{', '.join(names)}: {origin}" for origin, names in origins.items())
