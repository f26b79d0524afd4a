"""Answers for programs that read what the terminal shows: as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bot.domain.feeds import SourceStatus
from bot.domain.figures import Figure
from bot.domain.papers import Paper
from bot.report_numbers import author_novelty_json, numbers_json, track_record_json
from bot.services.answers import AuthorAnswer, StatusAnswer
from bot.services.harvesting.coverage import Coverage

Json = Mapping[str, object]


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
    is_ok = None if failed is None and succeeded is None else not source.is_failing
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
