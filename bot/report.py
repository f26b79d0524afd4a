"""Answers for the terminal: as JSON for programs, as lines of text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.authors import Author
from bot.domain.categories import category_name, short_code
from bot.domain.feeds import SourceStatus
from bot.domain.figures import Figure, SourceScore
from bot.domain.papers import Paper
from bot.errors import Missing
from bot.report_numbers import (
    author_novelty_json,
    author_numbers_text,
    numbers_json,
    paper_numbers_text,
    track_record_json,
)
from bot.services.answers import AuthorAnswer, ListAnswer, PaperAnswer, StatusAnswer
from bot.services.coverage import Coverage
from bot.text.dates import short_date
from bot.text.latex import to_unicode
from bot.text.markdown import clean

Json = Mapping[str, object]

WIDTH = 80
_INDENT = "   "
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and how it is set: plain, `title`, `strong` or `quiet`."""

    text: str = ""
    style: str = ""


# For programs


def _known(values: Mapping[str, object]) -> Json:
    """Leave out what is not known; a count of zero is known."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", (), [])}


def moment_json(moment: datetime | None) -> str | None:
    """Return an aware moment in ISO 8601, to the second, ending in Z."""
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def figure_json(figure: Figure | None) -> Json | None:
    """Return a number with where it comes from; `at_least` marks what our catalogue counted."""
    if figure is None:
        return None
    values = {"value": figure.value, "source": figure.source, "as_of": figure.as_of.isoformat()}
    return values | {"at_least": True} if figure.at_least else values


def paper_json(paper: Paper, today: date) -> Json:
    """Return a paper with what is known of it."""
    return _known(
        {
            "arxiv_id": str(paper.arxiv_id) if paper.arxiv_id else None,
            "doi": str(paper.doi) if paper.doi else None,
            "title": paper.title,
            "authors": [author.name for author in paper.authors],
            "institutions": list(paper.institutions),
            "abstract": paper.abstract,
            "primary_category": paper.primary_category,
            "categories": list(paper.categories),
            "submitted_at": moment_json(paper.submitted_at),
            "announced_at": moment_json(paper.announced_at),
            "announced_estimated": paper.announced_estimated or None,
            "citation_count": figure_json(paper.citation_count),
            "code_url": paper.code_url,
            **numbers_json(paper, today),
        }
    )


def author_json(answer: AuthorAnswer, today: date) -> Json:
    """Return an author with what is known, and the top papers."""
    author = answer.author
    return _known(
        {
            "name": author.name,
            "openalex_id": str(author.openalex_id) if author.openalex_id else None,
            "primary_category": author.primary_category,
            "institutions": list(author.institutions),
            "h_index": figure_json(author.h_index),
            "i10_index": figure_json(author.i10_index),
            "paper_count": figure_json(author.paper_count),
            "citation_count": figure_json(author.citation_count),
            "novelty": author_novelty_json(answer.numbers),
            "ai_score": track_record_json(answer.numbers),
            "papers": [paper_json(paper, today) for paper in answer.top],
        }
    )


def papers_json(papers: Iterable[Paper], today: date) -> Json:
    """Return a list of papers."""
    return {"papers": [paper_json(paper, today) for paper in papers]}


def status_json(status: StatusAnswer, *, written_at: datetime) -> dict[str, Json]:
    """Return how the bot is doing: one object each for itself, catalogue, harvest and every source."""
    feeds = [feed for feed in status.feeds if feed.checked_at]
    succeeded = [feed.succeeded_at for feed in feeds if feed.succeeded_at]
    faults = [feed.error for feed in feeds if feed.error]
    return {
        "bot": _known(
            {"version": status.version, "written_at": moment_json(written_at), "broken": status.broken_reason}
        ),
        "catalogue": _known(
            {
                "papers": status.size.papers,
                "authors": status.size.authors,
                "newest_announcement": moment_json(status.size.newest_announcement),
                **coverage_json(status.coverage),
            }
        ),
        "harvest": _known(
            {
                "last_harvest": moment_json(status.last_harvest),
                "queued": status.queued,
                "quiet": status.quiet_reason,
            }
        ),
        "arXiv feeds": _known(
            {
                "ok": not faults,
                "last_success": moment_json(max(succeeded, default=None)),
                "last_error": faults[0] if faults else None,
                "feeds": len(feeds),
            }
        ),
        **{source.name: source_json(source) for source in status.sources},
    }


def coverage_json(coverage: Coverage) -> dict[str, object]:
    """Return how complete the catalogue is: since when, over how many days, and what it lacks."""
    filling = coverage.filling
    return {
        "covered_since": coverage.since.isoformat() if coverage.since else None,
        "days_covered": coverage.days if coverage.since else None,
        "gaps": "; ".join(map(str, coverage.gaps)),
        "filling": f"since {filling.since}, {filling.records:,} records read" if filling else "",
    }


def source_json(source: SourceStatus) -> Json:
    """Return how a source is doing; `ok` is left out while nothing was asked of it."""
    failed, succeeded = source.last_error_at, source.last_success
    is_ok = None if failed is None and succeeded is None else failed is None or (succeeded or failed) > failed
    return _known(
        {
            "ok": is_ok,
            "last_success": moment_json(succeeded),
            "last_error": source.last_error,
            "last_error_at": moment_json(failed),
            "requests_today": source.requests_today,
            "gained_today": source.gained_today,
            "left": source.left,
            "rests_until": moment_json(source.rests_until),
            "spent_usd": source.spent_usd or None,
        }
    )


# For people


def table_lines(objects: Mapping[str, Json]) -> Iterator[Line]:
    """Write one line for each object: its name, then what is known of it."""
    width = max((len(name) for name in objects), default=0)
    for name, values in objects.items():
        facts = [f"{key.replace('_', ' ')}: {_fact(value)}" for key, value in values.items() if key != "ok"]
        marks = [("ok" if values["ok"] else "failed")] if values.get("ok") is not None else []
        yield Line(f"{name:<{width}}  {' · '.join([*marks, *facts])}")


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else _shown(str(value))


def author_lines(answer: AuthorAnswer, today: date) -> Iterator[Line]:
    """Say who somebody is, what they are counted for, and their top papers."""
    author = answer.author
    yield Line(_shown(author.name), "title")
    about = (
        [f"{category_name(author.primary_category)} ({author.primary_category})"]
        if author.primary_category
        else []
    )
    yield from _wrapped(" · ".join([*about, *map(_shown, author.institutions)]))
    yield from _figure_lines(author)
    yield from _wrapped(author_numbers_text(answer.numbers), style="strong")
    yield from _score_lines(author.scores)
    for link in (author.openalex_id, author.orcid):
        if link:
            yield Line(link.url, "quiet")
    for number, paper in enumerate(answer.top, start=1):
        yield Line()
        yield from _list_lines(paper, number, today)
    yield from _unreachable(answer.unreachable)


def paper_lines(answer: PaperAnswer, today: date) -> Iterator[Line]:
    """Say everything about one paper, its whole abstract included."""
    paper = answer.paper
    yield from _wrapped(_shown(paper.title), style="title")
    yield from _wrapped(", ".join(_shown(author.name) for author in paper.authors))
    yield from _wrapped(" · ".join(map(_shown, paper.institutions)), style="quiet")
    categories = [f"{category_name(code)} ({code})" for code in paper.categories[:1]] + list(
        paper.categories[1:]
    )
    facts = [
        ", ".join(categories),
        _date_of(paper, today),
        _citations(paper),
        "withdrawn" if paper.withdrawn else "",
    ]
    yield from _wrapped(" · ".join(fact for fact in facts if fact))
    yield from _wrapped(_shown(paper.journal_reference or paper.venue))
    yield from _wrapped(_shown(paper_numbers_text(paper, today)), style="strong")
    yield from _score_lines(paper.scores)
    for url in (paper.arxiv_id and paper.arxiv_id.url, paper.doi and paper.doi.url, paper.code_url):
        if url and not paper.invented:
            yield Line(_shown(url), "quiet")
    if paper.abstract:
        yield Line()
        yield from _wrapped(_shown(paper.abstract))
    yield from _unreachable(answer.unreachable)


def list_lines(answer: ListAnswer, today: date) -> Iterator[Line]:
    """List a page of papers, and say how many there are."""
    page = answer.page
    if not page.papers:
        yield Line("Nothing found.")
    else:
        yield from papers_lines(page.papers, today)
        yield Line()
        total = f"more than {page.total:,}" if page.more_than else f"{page.total:,}"
        yield Line(f"{len(page.papers)} of {total}", "quiet")
    yield from _unreachable(answer.unreachable)


def papers_lines(papers: Sequence[Paper], today: date) -> Iterator[Line]:
    """List papers with an empty line between them."""
    for number, paper in enumerate(papers, start=1):
        if number > 1:
            yield Line()
        yield from _list_lines(paper, number, today)


def _list_lines(paper: Paper, number: int, today: date) -> Iterator[Line]:
    lead = f"{number}. "
    yield from _wrapped(_shown(paper.title), lead=lead, style="strong")
    names = list(dict.fromkeys(_shown(author.name) for author in paper.authors))
    shown = ", ".join(names[:_NAMES_SHOWN]) + (" et al." if len(names) > _NAMES_SHOWN else "")
    yield from _wrapped(shown, lead=_INDENT)
    short = short_code(paper.primary_category) if paper.primary_category else ""
    facts = [short, _date_of(paper, today), "Code" if paper.code_url else "", _citations(paper)]
    yield from _wrapped(" · ".join(fact for fact in facts if fact), lead=_INDENT)
    if numbers := paper_numbers_text(paper, today):
        yield from _wrapped(_shown(numbers), lead=_INDENT)
    link = paper.arxiv_id.url if paper.arxiv_id else paper.doi.url if paper.doi else ""
    if link and not paper.invented:
        yield Line(f"{_INDENT}{link}", "quiet")
    elif paper.arxiv_id:
        yield Line(f"{_INDENT}{paper.arxiv_id} (invented for the sample)", "quiet")


def _figure_lines(author: Author) -> Iterator[Line]:
    """Write the numbers, those of one source and day together."""
    named = (
        ("h-index", author.h_index),
        ("papers", author.paper_count),
        ("citations", author.citation_count),
        ("i10-index", author.i10_index),
    )
    by_origin: dict[str, list[str]] = {}
    for name, figure in named:
        if figure:
            count = f"{name} {'at least ' if figure.at_least else ''}{figure.value:,}"
            by_origin.setdefault(f"{figure.source}, {figure.as_of}", []).append(count)
    for origin, counts in by_origin.items():
        yield from _wrapped(f"{' · '.join(counts)} ({origin})", style="strong")


def _score_lines(scores: Sequence[SourceScore]) -> Iterator[Line]:
    by_origin: dict[str, list[str]] = {}
    for score in scores:
        shown = f"{score.label} {score.value:g}{' ' if score.unit else ''}{score.unit}"
        by_origin.setdefault(f"{score.source}, {score.as_of}", []).append(shown)
    for origin, shown_scores in by_origin.items():
        yield from _wrapped(f"{origin}: {' · '.join(shown_scores)}")


def _citations(paper: Paper) -> str:
    figure = paper.citation_count
    return f"cited {figure.value:,} times ({figure.source}, {figure.as_of})" if figure else ""


def _date_of(paper: Paper, today: date) -> str:
    return short_date(paper.dated_at.date(), today) if paper.dated_at else ""


def _unreachable(sources: Sequence[Missing]) -> Iterator[Line]:
    if sources:
        names = [
            f"{missing.source} (until {missing.until:%H:%M} UTC)" if missing.until else missing.source
            for missing in sources
        ]
        yield Line()
        yield Line(f"{' and '.join(names)} did not answer, so this may be old or incomplete.", "quiet")


def _shown(text: str) -> str:
    """Return foreign text without LaTeX and without characters that a terminal would act on."""
    return " ".join(clean(to_unicode(text)).split())


def _wrapped(text: str, *, lead: str = "", style: str = "") -> Iterator[Line]:
    """Break at words only, so that no link and no name is torn."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return (Line(line, style) for line in lines)
