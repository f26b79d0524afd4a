"""Papers, authors, watches and announcements for tests; each takes what is different."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.authors import Author
from bot.domain.deliveries import Announcement, Delivery
from bot.domain.figures import Figure, SourceScore, YearCount
from bot.domain.identifiers import ArxivId, OpenAlexId, Orcid
from bot.domain.papers import Authorship, Paper, Version
from bot.domain.watches import AuthorCriterion, CategoryCriterion, Place, PlaceKind, TopicCriterion, Watch

NOW = datetime(2026, 5, 30, 9, 0, tzinfo=UTC)
SEEN = date(2026, 5, 29)
CHANNEL = Place(kind=PlaceKind.CHANNEL, id=111222333444555666, guild_id=999888777666555444)


def make_paper(**changes: Any) -> Paper:
    """Return the first paper of the reference page, with a shorter abstract, changed as said."""
    paper = Paper(
        id=1,
        arxiv_id=ArxivId("2306.05949"),
        version=4,
        versions=(Version(number=1, submitted_at=datetime(2023, 6, 9, 15, 5, tzinfo=UTC)),),
        title="Evaluating the Social Impact of Generative AI Systems in Systems and Society",
        abstract=(
            "Generative AI systems across modalities, from text to image, audio, and video, have broad "
            "social impacts, but there is no official standard for means of evaluating those impacts."
        ),
        authors=(
            Authorship(name="Irene Solaiman", institutions=("allen-ai",)),
            Authorship(name="Zeerak Talat"),
            Authorship(name="William Agnew", institutions=("cmu",)),
            Authorship(name="Sasha Luccioni"),
        ),
        primary_category="cs.CY",
        categories=("cs.CY", "cs.AI"),
        submitted_at=datetime(2023, 6, 9, 15, 5, tzinfo=UTC),
        source="arXiv",
        fetched_at=datetime(2026, 5, 29, 8, 0, tzinfo=UTC),
    )
    return replace(paper, **changes)


def make_recent_paper(**changes: Any) -> Paper:
    """Return a paper of this year with code and citations, changed as said."""
    paper = make_paper(
        id=2,
        arxiv_id=ArxivId("2605.13981"),
        title="Towards Resource-Efficient LLMs: End-to-End Energy Accounting of Distillation Pipelines",
        authors=(Authorship(name="Katherine Lambert"), Authorship(name="Sasha Luccioni")),
        primary_category="cs.LG",
        submitted_at=datetime(2026, 5, 13, tzinfo=UTC),
        code_url="https://github.com/example/energy",
        citation_count=Figure(value=3, source="OpenAlex", as_of=SEEN),
    )
    return replace(paper, **changes)


def make_author(**changes: Any) -> Author:
    """Return the reference author: the facts of the reference page and no others, changed as said."""
    author = Author(
        id=7,
        name="Sasha Luccioni",
        primary_category="cs.CY",
        h_index=Figure(value=43, source="Scholar Feed", as_of=SEEN),
        paper_count=Figure(value=15, source="Scholar Feed", as_of=SEEN),
        citation_count=Figure(value=1768, source="Scholar Feed", as_of=SEEN),
        scores=(
            SourceScore(source="Scholar Feed", label="Novelty", value=41, unit="%", as_of=SEEN),
            SourceScore(source="Scholar Feed", label="AI Score", value=57, as_of=SEEN),
        ),
        fetched_at=datetime(2026, 5, 29, 8, 0, tzinfo=UTC),
    )
    return replace(author, **changes)


def make_profile(**changes: Any) -> Author:
    """Return an author as OpenAlex describes one, with numbers of every year."""
    figures = {"h_index": 31, "i10_index": 48, "paper_count": 92, "citation_count": 6204}
    profile = make_author(
        openalex_id=OpenAlexId("A5023888391"),
        orcid=Orcid("0000-0001-6238-7050"),
        institutions=("Hugging Face", "Mila – Quebec Artificial Intelligence Institute"),
        years=make_years(),
        scores=(),
        **{name: Figure(value=value, source="OpenAlex", as_of=SEEN) for name, value in figures.items()},
    )
    return replace(profile, **changes)


def make_years() -> tuple[YearCount, ...]:
    """Return ten years of papers and citations, the last of them not over."""
    papers = (2, 3, 5, 4, 9, 11, 14, 18, 17, 6)
    citations = (4, 31, 88, 160, 402, 655, 988, 1402, 1611, 863)
    return tuple(
        YearCount(year=2017 + index, papers=papers[index], citations=citations[index]) for index in range(10)
    )


def make_watch(**changes: Any) -> Watch:
    """Return a watch of an author in a channel, changed as said."""
    watch = Watch(
        id=12,
        owner_id=42,
        place=CHANNEL,
        criterion=AuthorCriterion(author_id=7, name="Emma Strubell", names=("emma strubell",)),
        created_at=datetime(2026, 5, 20, 12, 0, tzinfo=UTC),
    )
    return replace(watch, **changes)


def make_category_watch(category: str = "cs.CY", **changes: Any) -> Watch:
    """Return a watch of a category."""
    return make_watch(criterion=CategoryCriterion(category=category), **changes)


def make_topic_watch(topic: str = '"energy use"', **changes: Any) -> Watch:
    """Return a watch of a topic."""
    return make_watch(criterion=TopicCriterion(topic=topic), **changes)


def make_delivery(**changes: Any) -> Delivery:
    """Return a delivery that two watches wanted."""
    delivery = Delivery(
        id=5,
        place=CHANNEL,
        paper_id=1,
        reasons=("author Emma Strubell", "topic: energy"),
        created_at=NOW,
    )
    return replace(delivery, **changes)


def make_announcement(**changes: Any) -> Announcement:
    """Return an announcement of one paper."""
    announcement = Announcement(id=77, place=CHANNEL, deliveries=(make_delivery(),), claimed_at=NOW)
    return replace(announcement, **changes)
