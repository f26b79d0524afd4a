"""Our own numbers on cards: as fields, and before a title."""

from __future__ import annotations

from datetime import date

from bot.cards.wording import (
    foreign,
    papers_counted,
)
from bot.domain.numbers import (
    UNSCORED,
    AuthorNumbers,
    Missing,
    Near,
    Novelty,
    Score,
    ScoreKind,
    Standing,
    score_of,
)
from bot.domain.papers import Paper
from bot.text.dates import full_date
from bot.words import _, marked, number

Fields = tuple[tuple[str, str, bool], ...]
"""Names and values of an embed's fields, and whether others may stand beside them."""

_TITLE = 120
NAMES = {ScoreKind.FORECAST: marked("Forecast"), ScoreKind.IMPACT: marked("Impact")}


def score_text(paper: Paper, today: date) -> str:
    """Return the number before a paper in a list, empty where there is none."""
    score = score_of(paper.numbers, day(paper), today)
    return str(score.standing.percentile) if isinstance(score, Score) else ""


def novelty_text(paper: Paper) -> str:
    """Return a paper's novelty in a list, empty where there is none."""
    novelty = paper.numbers.novelty if paper.numbers else None
    if not isinstance(novelty, Novelty) or novelty.standing is None:
        return ""
    return _("novelty {number}").format(number=f"{tilde(novelty)}{novelty.standing.percentile}")


def paper_fields(paper: Paper, today: date) -> Fields:
    """Return a paper's Score and Novelty, or what it is nearly a copy of; what is missing is left out."""
    numbers = paper.numbers or UNSCORED
    fields: list[tuple[str, str, bool]] = []
    score = score_of(numbers, day(paper), today)
    if isinstance(score, Score):
        fields.append((_(NAMES[score.kind]), _standing(score.standing), True))
    if isinstance(numbers.novelty, Novelty):
        if numbers.novelty.standing is not None:
            fields.append((_("Novelty"), _novelty_text(numbers.novelty), True))
        elif numbers.near is not None:
            fields.append((_("Close to"), near_text(numbers.near), False))
    return tuple(fields)


def numbers_source(as_of: date | None, fields: Fields) -> str:
    """Return whose numbers a card's fields are and of when, empty where there are none."""
    names = [name for name, _, _ in fields]
    return f"{', '.join(names)}: Hoopoe, {full_date(as_of)}" if names and as_of else ""


def author_fields(numbers: AuthorNumbers | None) -> Fields:
    """Return an author's Novelty and AI Score with what they are over; what is missing is left out."""
    fields: list[tuple[str, str, bool]] = []
    if numbers is None:
        return ()
    if not isinstance(numbers.novelty, Missing):
        fields.append(
            (
                _("Novelty"),
                f"**{numbers.novelty.mean:.0f}** · {papers_counted(numbers.novelty.papers)}",
                True,
            )
        )
    if not isinstance(numbers.track_record, Missing):
        record = numbers.track_record
        fields.append(
            (
                _("AI Score"),
                f"**{record.score:.0f}** ± {record.error:.0f} · {papers_counted(record.papers)}",
                True,
            )
        )
    return tuple(fields)


def _standing(standing: Standing) -> str:
    return f"**{standing.percentile}** · {foreign(standing.cohort.label, 80)}"


def _novelty_text(novelty: Novelty) -> str:
    standing = novelty.standing
    return (
        f"**{tilde(novelty)}{standing.percentile}** · {foreign(standing.cohort.label, 80)}"
        if standing
        else ""
    )


def tilde(novelty: Novelty) -> str:
    """Return what marks a novelty that a small catalogue gives only roughly."""
    return "~" if novelty.approximate else ""


def near_text(near: Near) -> str:
    """Return an earlier paper with its year and how alike the wording is."""
    facts = ", ".join(part for part in (str(near.year or ""), number(near.similarity, ".2f")) if part)
    return f"{foreign(near.title, _TITLE) or _('Untitled')} ({facts})"


def day(paper: Paper) -> date | None:
    """Return the day that a paper's age counts from."""
    return paper.dated_at.date() if paper.dated_at else None
