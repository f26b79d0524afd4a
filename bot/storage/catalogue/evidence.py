"""Says whether two papers are one work: a preprint and its published form share no identifier."""

from __future__ import annotations

from bot.domain.papers import Paper
from bot.domain.records import is_arxivs
from bot.text.folding import title_key
from bot.text.names import initials_compatible

FEWEST_WORDS = 3
"""Of shorter titles ("Editorial", "Reply") one author writes several in a year."""

YEARS = 2
"""How far apart a preprint and its published form are dated at most."""

COMPARED = 50
"""Authors that are compared; sources cut longer lists at different lengths."""


def same_work(one: Paper, other: Paper) -> str:
    """Return what speaks for one work in a line, empty where that is not enough.

    The titles agree, half of the authors do, and the years are near. Two arXiv ids, or two
    publishers' DOIs, are two works whatever else agrees: a talk and its journal paper, two editions.
    """
    if _published_apart(one, other) or one.dated_at is None or other.dated_at is None:
        return ""
    key = title_key(one.title)
    if key != title_key(other.title) or key.count(" ") < FEWEST_WORDS - 1:
        return ""
    years = sorted((one.dated_at.year, other.dated_at.year))
    shared, most = _shared_authors(one, other)
    if years[1] - years[0] > YEARS or not shared or 2 * shared < most:
        return ""
    return f"same title, {shared} of {most} authors, {' and '.join(map(str, dict.fromkeys(years)))}"


def _published_apart(one: Paper, other: Paper) -> bool:
    dois = {paper.doi for paper in (one, other) if paper.doi is not None and not is_arxivs(paper.doi)}
    return len(dois) > 1 or (one.arxiv_id is not None and other.arxiv_id is not None)


def _shared_authors(one: Paper, other: Paper) -> tuple[int, int]:
    """Return how many names stand on both papers, and how many on the longer list."""
    names = [author.name for author in one.authors[:COMPARED]]
    others = [author.name for author in other.authors[:COMPARED]]
    longer = max(len(names), len(others))
    shared = 0
    for name in names:
        twin = next((found for found in others if initials_compatible(name, found)), None)
        if twin is not None:
            others.remove(twin)
            shared += 1
    return shared, longer
