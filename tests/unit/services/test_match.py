"""Which watches want which listing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feeds import FeedItem
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from bot.services.match import Matcher

MAILING = datetime(2026, 11, 24, 5, tzinfo=UTC)
BEFORE = MAILING - timedelta(hours=5)
AFTER = MAILING + timedelta(hours=5)

PAPER = Paper(
    arxiv_id=ArxivId("2611.01234"),
    title="Energy accounting of distillation",
    abstract="We measure energy. Code: https://github.com/a/b",
    authors=(Authorship(name="S. Luccioni"), Authorship(name="Emma Strubell")),
    primary_category="cs.LG",
    categories=("cs.LG", "cs.CY"),
    code_url="https://github.com/a/b",
)


def a_watch(criterion: Criterion, *, created_at: datetime = BEFORE, has_code: bool = False) -> Watch:
    """Return an active watch of a channel."""
    place = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
    return Watch(owner_id=3, place=place, criterion=criterion, created_at=created_at, has_code=has_code)


def wanted(
    watch: Watch,
    *,
    paper: Paper = PAPER,
    kind: AnnounceType = AnnounceType.NEW,
    new: frozenset[str] = frozenset(PAPER.categories),
    first: bool = True,
    dated: datetime | None = MAILING,
    last_read: dict[str, datetime] | None = None,
) -> bool:
    """Say whether the matcher gives the listing to the watch."""
    matcher = Matcher(dated, last_read or {})
    return bool(matcher(FeedItem(paper=paper, announce_type=kind), paper, new, first, [watch]))


SASHA = AuthorCriterion(
    author_id=1,
    name="Sasha Luccioni",
    names=("alexandra luccioni", "sasha luccioni"),
    coauthors=("emma strubell",),
)


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        pytest.param(CategoryCriterion(category="cs.CY"), True, id="cross-list"),
        pytest.param(CategoryCriterion(category="cs.CY", primary=True), False, id="not-primary"),
        pytest.param(CategoryCriterion(category="cs.LG", primary=True), True, id="primary"),
        pytest.param(CategoryCriterion(category="cs"), True, id="archive"),
        pytest.param(CategoryCriterion(category="cs.CL"), False, id="other-category"),
        pytest.param(TopicCriterion(topic="energy distillation"), True, id="topic"),
        pytest.param(TopicCriterion(topic="energy -distillation"), False, id="excluded-word"),
        pytest.param(TopicCriterion(topic="au:strubell"), True, id="topic-author"),
        pytest.param(SASHA, True, id="initials-and-co-author"),
    ],
)
def test_matcher_gives_a_new_paper_to_the_watches_that_want_it(criterion: Criterion, expected: bool) -> None:
    assert wanted(a_watch(criterion)) is expected


def test_strict_author_watch_takes_printed_names_only() -> None:
    strict = AuthorCriterion(
        author_id=1, name=SASHA.name, names=SASHA.names, coauthors=SASHA.coauthors, strict=True
    )
    printed = Paper(title="T", authors=(Authorship(name="Alexandra Luccioni"),))

    assert not wanted(a_watch(strict))
    assert wanted(a_watch(strict), paper=printed)


def test_author_watch_does_not_take_initials_without_a_known_co_author() -> None:
    alone = Paper(title="T", authors=(Authorship(name="S. Luccioni"),))

    assert not wanted(a_watch(SASHA), paper=alone)


def test_code_filter_leaves_papers_without_code_out() -> None:
    watch = a_watch(CategoryCriterion(category="cs.CY"), has_code=True)

    assert wanted(watch)
    assert not wanted(watch, paper=Paper(title="T", categories=("cs.CY",)))


@pytest.mark.parametrize("kind", [AnnounceType.REPLACE, AnnounceType.REPLACE_CROSS])
def test_replacements_are_not_news(kind: AnnounceType) -> None:
    assert not wanted(a_watch(CategoryCriterion(category="cs.CY")), kind=kind)


def test_later_cross_list_reaches_category_watches_only() -> None:
    def wanted_later(criterion: Criterion) -> bool:
        new = frozenset({"cs.CY"})
        return wanted(a_watch(criterion), new=new, first=False, kind=AnnounceType.CROSS)

    assert wanted_later(CategoryCriterion(category="cs.CY"))
    assert not wanted_later(CategoryCriterion(category="cs.LG"))
    assert not wanted_later(TopicCriterion(topic="energy"))


def test_mailing_that_stood_before_the_watch_is_its_starting_line() -> None:
    watch = a_watch(CategoryCriterion(category="cs.CY"), created_at=AFTER)
    read_long_ago = {"cs.CY": MAILING - timedelta(days=3)}

    assert not wanted(watch)
    assert not wanted(watch, last_read=read_long_ago)


def test_paper_added_to_a_mailing_already_read_is_news_whatever_its_date() -> None:
    watch = a_watch(CategoryCriterion(category="cs.CY"), created_at=AFTER)

    assert wanted(watch, last_read={"cs.CY": AFTER + timedelta(hours=1)})


def test_first_mailing_dated_after_the_creation_is_delivered() -> None:
    assert wanted(a_watch(CategoryCriterion(category="cs.CY"), created_at=BEFORE), last_read={})
