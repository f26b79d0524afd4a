"""Answers for people at the terminal: as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.authors import Author
from bot.domain.categories import category_name, short_code
from bot.domain.figures import SourceScore
from bot.domain.papers import Paper
from bot.errors import Missing
from bot.report_json import Json
from bot.report_numbers import author_numbers_text, paper_numbers_text
from bot.services.answers import AuthorAnswer, ListAnswer, PaperAnswer
from bot.text.dates import partial_date
from bot.text.latex import to_unicode
from bot.text.markdown import clean

WIDTH = 80
_INDENT = "   "
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and how it is set: plain, `title`, `strong` or `quiet`."""

    text: str = ""
    style: str = ""


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
    return partial_date(paper.known_date, today)


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
