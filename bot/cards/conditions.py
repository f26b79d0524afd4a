"""The conditions that a list was asked with, in words as short as a reader needs."""

from __future__ import annotations

from datetime import date, timedelta

from bot.cards.wording import enumerated, foreign, joined
from bot.domain.search import ListRequest, PaperFilter
from bot.text.dates import partial_date, short_date
from bot.words import _, number


def conditions(request: ListRequest, today: date) -> str:
    """Return what a list leaves out, but for what its title says; empty where that is nothing."""
    where = request.where
    in_title = " ".join(name for named in request.named.values() for name in named)
    author = "" if request.author in in_title else request.author
    category = "" if f"({where.category})" in in_title else where.category
    return joined(
        (
            _("by {names}").format(names=enumerated((foreign(author, 60),))) if author else "",
            foreign(category or "", 30),
            _time(where, today),
            _("with code") if where.has_code else "",
            _("score ≥ {number}").format(number=number(where.min_score)) if where.min_score else "",
            _("novelty ≥ {number}").format(number=number(where.min_novelty)) if where.min_novelty else "",
        )
    )


def _time(where: PaperFilter, today: date) -> str:
    """Return when the papers are from; `appeared_since` is in the one title that goes with it."""
    announced = ""
    if where.announced_since:
        (day,) = _named((where.announced_since,), (), today)
        announced = _("announced since {date}").format(date=day)
    return joined((announced, _submitted(where.since, where.until, today)))


def _submitted(since: date | None, until: date | None, today: date) -> str:
    if since and until:
        first, last = _named((since,), (until,), today)
        return first if first == last else _("{first} to {last}").format(first=first, last=last)
    if since:
        return _("since {date}").format(date=_named((since,), (), today)[0])
    return _("until {date}").format(date=_named((), (until,), today)[0]) if until else ""


def _named(first: tuple[date, ...], last: tuple[date, ...], today: date) -> tuple[str, ...]:
    """Return first and last days as their years or months, where these begin and end with them."""
    days = (*first, *last)
    begun = (*first, *(day + timedelta(days=1) for day in last))
    if all((day.month, day.day) == (1, 1) for day in begun):
        return tuple(str(day.year) for day in days)
    if all(day.day == 1 for day in begun):
        return tuple(partial_date((day.year, day.month), today) for day in days)
    return tuple(short_date(day, today) for day in days)
