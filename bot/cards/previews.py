"""What a watch would have brought in the last 30 days, as its card shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.cards.lines import paper_url
from bot.cards.wording import day_of, joined, link, papers_counted
from bot.domain.papers import Paper
from bot.domain.watches import AuthorCitationsCriterion, AuthorCriterion, Watch, WordingCriterion
from bot.services.answers import Preview, WatchAnswer
from bot.text.dates import short_date
from bot.words import _, counted, marked, number

_LISTED = 5
_BARS = "▁▂▃▄▅▆▇█"
_FLOOD = 100
"""Papers a week from which on a watch is called a flood."""
_FEW_DAYS = 8
"""Days of mailings in the catalogue below which a preview says little."""

_LISTED_BEFORE = marked("**Already listed, so not announced**")
_CITING_BEFORE = marked("**Citing it already, so not announced**")
_CITING_THEM_BEFORE = marked("**Citing them already, so not announced**")


def preview_parts(answer: WatchAnswer, now: datetime) -> tuple[str, ...]:
    """Return what the last 30 days would have brought: in numbers, day by day, and the newest."""
    preview = answer.preview
    papers = papers_counted(preview.matched)
    if preview.per_week and preview.matched:
        heading = _("**The last 30 days: {papers}, about {rate} a week**")
    else:
        heading = _("**The last 30 days: {papers}**")
    heading = heading.format(papers=papers, rate=_rate(preview.per_week or 0))
    citing = answer.watch.follows_citations
    lines = [_example(paper, now, published=citing) for paper in preview.examples[:_LISTED]]
    if preview.matched > len(lines) > 0:
        more = preview.matched - len(lines)
        lines.append(counted(more, "- and {count} more paper", "- and {count} more papers"))
    new = answer.watch.id is not None and not answer.existed and not answer.changed
    them = isinstance(answer.watch.criterion, AuthorCitationsCriterion)
    before = _CITING_THEM_BEFORE if them else _CITING_BEFORE if citing else _LISTED_BEFORE
    title = _(before) if new else _("**The newest of them**")
    return (
        joined((heading, _chart(preview.days, now), _hint(preview, answer.watch)), "\n"),
        joined((title, *lines), "\n") if lines else "",
    )


def _example(paper: Paper, now: datetime, *, published: bool) -> str:
    """Return a paper's title and the day that the bars count it on."""
    title = link(paper.title, paper_url(paper), 150) or _("Untitled")
    day = day_of((None if published else paper.announced_at) or paper.dated_at, now)
    # On a phone the title's end decides where lines break: not within the day.
    return joined((f"- {title}", day.replace(" ", "\u00a0")))


def _chart(days: Sequence[tuple[date, int]], now: datetime) -> str:
    """Return a bar a day, and in words what they show; nothing where there is none."""
    most = max((papers for _day, papers in days), default=0)
    if not most:
        return ""
    bars = "".join(_BARS[-(-papers * len(_BARS) // most) - 1] if papers else " " for _day, papers in days)
    first, last = days[0][0], days[-1][0]
    best = max(days, key=lambda one: (one[1], one[0]))
    said = _("{first} to {last}, a bar a day; most on {best}: {count}.").format(
        first=short_date(first, now.date()),
        last=short_date(last, now.date()),
        best=short_date(best[0], now.date()),
        count=number(best[1]),
    )
    return f"```\n{bars}\n```\n{said}"


def _hint(preview: Preview, watch: Watch) -> str:
    """Return what to do about a watch that brings nothing or too much, or what the numbers lack."""
    if preview.empty_list:
        return _(
            "The reading list is empty, so nothing is like it yet: what you save with `/library save` counts"
            " from the next harvest on."
        )
    if preview.matched == 0 and watch.follows_citations:
        return _("OpenAlex knows of no new citation, but learns of most papers days or weeks late.")
    if preview.matched == 0:
        if preview.covered < _FEW_DAYS:
            return counted(
                preview.covered,
                "The catalogue knows {count} mailing of these 30 days, so this says little yet.",
                "The catalogue knows {count} mailings of these 30 days, so this says little yet.",
            )
        if isinstance(watch.criterion, AuthorCriterion) and len(watch.criteria) == 1:
            return _("That is usual for one person: most publish a few times a year.")
        if isinstance(watch.criterion, WordingCriterion):
            return _("No paper was that near in wording: a lower least similarity brings more.")
        return _("Nothing would have matched: look at the spelling, or ask for less at once.")
    if preview.per_week is not None and preview.per_week >= _FLOOD:
        return _(
            "That is a lot: narrow it by a topic, a category or words to leave out, or take a daily digest."
        )
    if preview.covered >= _FEW_DAYS:
        return ""
    return counted(
        preview.covered,
        "The catalogue knows {count} mailing of these 30 days.",
        "The catalogue knows {count} mailings of these 30 days.",
    )


def _rate(per_week: float) -> str:
    return number(round(per_week)) if per_week >= 1.5 else number(round(per_week, 1), "g")
