"""Which watches want which listing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.feeds import Listing
from bot.domain.identifiers import ArxivId, OpenAlexId
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.domain.search import WordCounts
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Place,
    PlaceKind,
    SimilarCriterion,
    TopicCriterion,
    Unlike,
    Watch,
)
from bot.services.matching.filing import WatchIndex
from bot.services.matching.listed import Listed
from bot.services.matching.match import Matcher
from bot.services.matching.watched_author import WatchedAuthor

MAILING = datetime(2026, 11, 24, 5, tzinfo=UTC)
BEFORE = MAILING - timedelta(hours=5)
AFTER = MAILING + timedelta(hours=5)
HERE = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)

PAPER = Paper(
    arxiv_id=ArxivId("2611.01234"),
    title="Energy accounting of distillation",
    abstract="We measure energy. Code: https://github.com/a/b",
    authors=(Authorship(name="S. Luccioni"), Authorship(name="Emma Strubell")),
    primary_category="cs.LG",
    categories=("cs.LG", "cs.CY"),
    code_url="https://github.com/a/b",
)


def a_watch(
    criterion: Criterion,
    *narrowed: Criterion,
    created_at: datetime = BEFORE,
    place: Place = HERE,
    **filters: Any,
) -> Watch:
    """Return an active watch of a channel."""
    return Watch(
        owner_id=3,
        place=place,
        criterion=criterion,
        narrowed=narrowed,
        filters=Filters(**filters),
        created_at=created_at,
    )


UNCOUNTED = WordCounts()


@dataclass
class Known:
    """Word counts as a test describes them."""

    words: WordCounts = UNCOUNTED
    is_old: bool = False

    async def counts(self) -> WordCounts:
        """Return them."""
        self.is_old = False
        return self.words


def index_of(*watches: Watch, words: WordCounts = UNCOUNTED) -> WatchIndex:
    """Return an index of these watches."""
    index = WatchIndex(Known(words))
    asyncio.run(index.learn(watches, 1))
    return index


def wanted(
    watch: Watch,
    *,
    paper: Paper = PAPER,
    kind: AnnounceType = AnnounceType.NEW,
    new: frozenset[str] = frozenset(PAPER.categories),
    first: bool = True,
    dated: datetime | None = MAILING,
    last_read: dict[str, datetime] | None = None,
    score: float | None = None,
    novelty: float | None = None,
    words: WordCounts = UNCOUNTED,
) -> bool:
    """Say whether the matcher gives the listing to the watch."""
    matcher = Matcher(index_of(watch, words=words), dated, last_read or {})
    listing = Listing(
        paper=paper, announce_type=kind, new_categories=new, first=first, score=score, novelty=novelty
    )
    return bool(matcher(listing))


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
    assert not wanted(watch, paper=replace(PAPER, code_url=None))


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


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        pytest.param((), True, id="alone"),
        pytest.param((TopicCriterion(topic="energy"),), True, id="both"),
        pytest.param((TopicCriterion(topic="energy"), SASHA), True, id="three"),
        pytest.param((TopicCriterion(topic="fusion"),), False, id="one-does-not"),
        pytest.param(
            (TopicCriterion(topic="energy"), CategoryCriterion(category="hep-th")), False, id="last"
        ),
    ],
)
def test_criteria_of_a_watch_all_have_to_hold(narrowed: tuple[Criterion, ...], expected: bool) -> None:
    assert wanted(a_watch(CategoryCriterion(category="cs.CY"), *narrowed)) is expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("energy OR fusion", True),
        ("fusion OR accounting", True),
        ("fusion OR nuclear", False),
        ("(energy fusion) OR (energy distillation)", True),
        ("dist*", True),
        ('"energy acc*"', True),
        ('"accounting energy"', False),
        ("fus* OR distil*", True),
        ("abs:measure ti:energy", True),
        ("ti:measure", False),
        ("au:luccioni -fusion", True),
        ("energy -(fusion OR accounting)", False),
        ("energy fusion", False),
        ("energy energy", True),
        ("energy accounting distillation", True),
        ("energy accounting fusion", False),
        ('"energy accounting" distillation', True),
        ('"energy distillation"', False),
        ("energy distil*", True),
        ("energy ti:accounting", True),
        ("energy ti:measure", False),
        ("energy (fusion OR accounting)", True),
    ],
)
def test_topic_is_found_by_any_word_it_may_be_filed_under(topic: str, expected: bool) -> None:
    assert wanted(a_watch(TopicCriterion(topic=topic))) is expected


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [(("fusion",), True), (("fusion", "energy"), False), (("acc*",), False), (("measure fusion",), True)],
)
def test_excluded_words_and_phrases_leave_a_paper_out(exclude: tuple[str, ...], expected: bool) -> None:
    assert wanted(a_watch(CategoryCriterion(category="cs.CY"), exclude=exclude)) is expected


@pytest.mark.parametrize(("name", "expected"), [("Emma Strubell", False), ("Nobody Else", True)])
def test_unwanted_authors_leave_their_papers_out(name: str, expected: bool) -> None:
    watch = a_watch(CategoryCriterion(category="cs.CY"), without_authors=(name,))
    assert wanted(watch) is expected


@pytest.mark.parametrize(("title", "expected"), [("Energy accounting", False), ("fusion", True)])
def test_likes_of_an_unwanted_paper_are_left_out(title: str, expected: bool) -> None:
    watch = a_watch(CategoryCriterion(category="cs.CY"), unlike=(Unlike(paper_id=9, title=title),))
    assert wanted(watch, words=WORDS) is expected


@pytest.mark.parametrize("number", ["score", "novelty"])
def test_least_number_takes_those_without_one_only_if_the_watch_says_so(number: str) -> None:
    asked: dict[str, Any] = {f"min_{number}": 80.0}
    strict = a_watch(CategoryCriterion(category="cs.CY"), **asked)
    lenient = a_watch(CategoryCriterion(category="cs.CY"), unscored=True, **asked)

    for watch in (strict, lenient):
        assert wanted(watch, **{number: 80.0})  # type: ignore[arg-type]  # one of two names
        assert not wanted(watch, **{number: 79.9})  # type: ignore[arg-type]  # one of two names
    assert not wanted(strict)
    assert wanted(lenient)


def test_watch_with_versions_takes_replacements_of_later_mailings() -> None:
    def wanted_again(**changes: Any) -> bool:
        watch = a_watch(CategoryCriterion(category="cs.CY"), versions=True, **changes)
        return wanted(watch, kind=AnnounceType.REPLACE, first=False)

    assert wanted_again()
    assert not wanted_again(created_at=AFTER)


def test_primary_watch_leaves_out_a_paper_that_is_cross_listed_later() -> None:
    watch = a_watch(CategoryCriterion(category="cs.LG", primary=True))

    assert not wanted(watch, new=frozenset({"cs.CY"}), first=False, kind=AnnounceType.CROSS)


def test_watches_with_the_same_rules_are_told_apart_by_their_starting_lines() -> None:
    there = Place(kind=PlaceKind.CHANNEL, id=9)
    early = a_watch(CategoryCriterion(category="cs.CY"))
    late = a_watch(CategoryCriterion(category="cs.CY"), created_at=AFTER, place=there)
    index = index_of(late, early)

    assert given(Matcher(index, MAILING, {})) == [early]
    assert given(Matcher(index, MAILING, {"cs.CY": AFTER})) == [early, late]


def test_watches_handed_out_in_one_piece_keep_their_starting_lines_and_reasons() -> None:
    early = a_watch(TopicCriterion(topic="energy OR accounting"))
    late = a_watch(TopicCriterion(topic="energy OR distillation"), created_at=AFTER)
    matcher = Matcher(index_of(late, early), MAILING, {})

    assert [by for _, by in matcher(as_new(PAPER))] == [((early, early.label),)]
    found = Matcher(index_of(late, early), AFTER, {})(as_new(PAPER))
    assert {by for _, by in found} == {((early, early.label),), ((late, late.label),)}
    assert len(found) == 2


def test_later_cross_list_is_no_news_to_a_topic_of_words_alone() -> None:
    listing = replace(as_new(PAPER), announce_type=AnnounceType.CROSS, first=False)
    index = index_of(a_watch(TopicCriterion(topic="energy OR accounting")))

    assert not Matcher(index, MAILING, {})(listing)


async def test_index_forgets_the_watches_it_knew_before() -> None:
    index = WatchIndex(Known())
    await index.learn([a_watch(CategoryCriterion(category="cs.CY"))], 1)
    await index.learn([a_watch(CategoryCriterion(category="cs.GT"))], 2)

    assert given(Matcher(index, MAILING, {})) == []
    assert index.version == 2


def given(matcher: Matcher) -> list[Watch]:
    """Return the watches that a matcher gives the paper to."""
    return [watch for _, ((watch, _),) in matcher(as_new(PAPER))]


def as_new(paper: Paper) -> Listing:
    """Return the paper as its first mailing lists it."""
    return Listing(
        paper=paper, announce_type=AnnounceType.NEW, new_categories=frozenset(paper.categories), first=True
    )


WORDS = WordCounts(
    papers=1000,
    papers_with={"energy": 30, "accounting": 5, "distillation": 40, "measure": 300, "code": 200, "fusion": 9},
)


@pytest.mark.parametrize(
    ("title", "threshold", "expected"),
    [
        ("Energy accounting", 0.5, True),
        ("Energy accounting", 0.95, False),
        ("energy fusion", 0.2, True),
        ("fusion", 0.05, False),
        (PAPER.title, 0.5, True),
    ],
)
def test_similar_wording_is_found_from_its_threshold_on(title: str, threshold: float, expected: bool) -> None:
    watch = a_watch(SimilarCriterion(title=title, threshold=threshold))

    assert wanted(watch, words=WORDS) is expected


def test_paper_is_not_similar_to_itself() -> None:
    criterion = SimilarCriterion(title=PAPER.title, abstract=PAPER.abstract, paper_id=7, threshold=0.3)

    assert wanted(a_watch(criterion), words=WORDS)
    assert not wanted(a_watch(criterion), words=WORDS, paper=replace(PAPER, id=7))


def test_similar_watch_can_be_narrowed_and_filtered() -> None:
    near = SimilarCriterion(title="Energy accounting", threshold=0.3)

    assert wanted(a_watch(near, CategoryCriterion(category="cs.CY")), words=WORDS)
    assert not wanted(a_watch(near, CategoryCriterion(category="hep-th")), words=WORDS)
    assert not wanted(a_watch(near, exclude=("distillation",)), words=WORDS)


def test_similar_finds_nothing_where_no_word_was_counted() -> None:
    assert not wanted(a_watch(SimilarCriterion(title=PAPER.title, threshold=0.05)))


async def test_index_of_similar_watches_is_made_anew_when_words_are_counted_again() -> None:
    known = Known()
    index = WatchIndex(known)
    watch = a_watch(SimilarCriterion(title="Energy accounting", threshold=0.3))
    await index.learn([watch], 1)
    assert index.version == 1

    known.words, known.is_old = WORDS, True

    assert index.version != 1
    await index.learn([watch], 1)
    assert given(Matcher(index, MAILING, {})) == [watch]


WEI = AuthorCriterion(
    author_id=1,
    name="Wei Liu",
    names=("wei liu",),
    categories=("cs.CL",),
    coauthors=("michael strube",),
    words=("discourse", "coherence"),
    person="A1",
)


BY_WEI = Authorship(name="Wei Liu")
MATE = Authorship(name="Michael Strube")


def signed(*authors: Authorship, title: str = "T", categories: tuple[str, ...] = ("cs.CL",)) -> Paper:
    return Paper(title=title, authors=authors, categories=categories)


def known_as(number: str) -> Authorship:
    return Authorship(name=BY_WEI.name, openalex_id=OpenAlexId(number))


@pytest.mark.parametrize(
    ("paper", "strict", "loose", "doubt"),
    [
        pytest.param(
            signed(BY_WEI, MATE),
            True,
            True,
            "",
            id="co-author",
        ),
        pytest.param(
            signed(BY_WEI, categories=("cs.CV",)),
            False,
            True,
            "other fields, a name that several bear",
            id="other-field",
        ),
        pytest.param(
            signed(BY_WEI, title="Coherence of discourse"),
            True,
            True,
            "same category, both about coherence, discourse, a name that several bear",
            id="same-subject",
        ),
        pytest.param(
            signed(known_as("A1"), categories=("cs.CV",)),
            True,
            True,
            "",
            id="known-to-a-source",
        ),
        pytest.param(
            signed(known_as("A2"), MATE),
            False,
            False,
            "known to a source",
            id="somebody-else-to-a-source",
        ),
    ],
)
def test_author_watch_weighs_the_evidence_of_who_signed(
    paper: Paper, strict: bool, loose: bool, doubt: str
) -> None:
    assert wanted(a_watch(replace(WEI, strict=True)), paper=paper) is strict
    assert wanted(a_watch(WEI), paper=paper) is loose
    listing = Listing(paper=paper, announce_type=AnnounceType.NEW, new_categories=frozenset(), first=True)
    assert WatchedAuthor(WEI).doubt(Listed(listing)) == doubt


def test_reason_says_why_a_paper_may_be_a_namesakes() -> None:
    paper = signed(BY_WEI, categories=("cs.CV",))
    listing = Listing(
        paper=paper, announce_type=AnnounceType.NEW, new_categories=frozenset({"cs.CV"}), first=True
    )

    index = index_of(a_watch(WEI), a_watch(CategoryCriterion(category="cs.CV")))

    assert {reason for _, ((_, reason),) in Matcher(index, MAILING, {})(listing)} == {
        "author Wei Liu (or a namesake: other fields, a name that several bear)",
        "category cs.CV",
    }
