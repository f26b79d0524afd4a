"""Search finds what the topic language says, and bounds its work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship, Paper
from bot.domain.search import PaperFilter, Sort
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.storage import Stores
from bot.storage.catalogue import search
from bot.text.topic_matching import matches
from tests.factories import NOW

EVERYTHING = PaperFilter()

WORDS = ("energy", "learning", "muller", "graph", "the", "d", "or", "not")
TEXTS = ("Energy of the Graph", "Learning graphs", "Müller OR not", "D-learning the energy", "The the", "")


def paper(number: int, **changes: Any) -> Paper:
    """Return a numbered paper."""
    values: dict[str, Any] = {
        "arxiv_id": ArxivId(f"2401.{number:05}"),
        "title": f"Paper {number}",
        "source": "arXiv",
    } | changes
    return Paper(**values)


async def titles(
    stores: Stores, topic: Topic | None, where: PaperFilter = EVERYTHING, **how: Any
) -> list[str]:
    """Return the titles that a search finds."""
    page = await stores.papers.search(topic, where, limit=100, **how)
    assert page.total == len(page.papers)
    return [found.title for found in page.papers]


@pytest.mark.parametrize("typed", ["muller", "lodz", "strasse", "o", "aether"])
async def test_search_accents_do_not_matter(stores: Stores, typed: str):
    await stores.papers.save_papers([paper(1, title="Müller in Łódź, Straße ø Æther"), paper(2)])

    assert await titles(stores, Term((typed,))) == ["Müller in Łódź, Straße ø Æther"]


async def test_search_field_narrows_to_its_column(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(1, title="Energy"),
            paper(2, abstract="energy"),
            paper(3, authors=(Authorship(name="Nick Energy"),)),
        ]
    )

    found = {field: len(await titles(stores, Term(("energy",), field))) for field in Field}

    assert found == {Field.ANY: 3, Field.TITLE: 1, Field.ABSTRACT: 1, Field.AUTHORS: 1}


async def test_search_words_of_categories_are_no_text(stores: Stores):
    await stores.papers.save_papers([paper(1, primary_category="cs.CY", categories=("cs.CY",))])

    assert await titles(stores, Term(("cs",))) == []
    assert await titles(stores, Term(("in",), prefix=True)) == []


async def test_search_changed_text_is_found_by_the_new_words_alone(stores: Stores):
    await stores.papers.save_papers([paper(1, title="Ünlabeled data")])
    await stores.papers.save_papers([paper(1, title="Labeled data", version=2)])

    assert await titles(stores, Term(("unlabeled",))) == []
    assert await titles(stores, Term(("labeled",))) == ["Labeled data"]


async def test_search_title_counts_for_more_than_abstract(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(1, title="A graph", abstract="x y z"),
            paper(2, title="B", abstract="graph x y z"),
            *(paper(number, title=f"Other {number}") for number in range(3, 9)),
        ]
    )

    assert await titles(stores, Term(("graph",))) == ["A graph", "B"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param(PaperFilter(category="cs.CY"), {1, 2}, id="category-or-cross-list"),
        pytest.param(PaperFilter(category="cs"), {1, 2}, id="archive"),
        pytest.param(PaperFilter(category="hep-th"), {3}, id="archive-that-is-a-category"),
        pytest.param(PaperFilter(category="c"), set(), id="no-half-archive"),
        pytest.param(PaperFilter(since=date(2024, 3, 1)), {2, 3}, id="since-inclusive"),
        pytest.param(PaperFilter(until=date(2024, 3, 1)), {1, 2}, id="until-inclusive"),
        pytest.param(PaperFilter(announced_since=date(2024, 3, 2)), {3}, id="announced-since"),
        pytest.param(PaperFilter(has_code=True), {2}, id="code"),
        pytest.param(
            PaperFilter(category="cs.CY", has_code=True, since=date(2024, 1, 1)), {2}, id="together"
        ),
    ],
)
@pytest.mark.parametrize("topic", [None, Term(("paper",))])
async def test_search_filter(stores: Stores, topic: Topic | None, where: PaperFilter, expected: set[int]):
    await stores.papers.save_papers(
        [
            paper(
                1,
                primary_category="cs.CY",
                categories=("cs.CY", "cs.AI"),
                submitted_at=datetime(2023, 1, 1, tzinfo=UTC),
            ),
            paper(
                2,
                primary_category="math.GT",
                categories=("math.GT", "cs.CY"),
                submitted_at=datetime(2024, 3, 1, 23, 59, tzinfo=UTC),
                announced_at=datetime(2024, 3, 1, tzinfo=UTC),
                code_url="https://github.com/a/b",
            ),
            paper(
                3,
                primary_category="hep-th",
                submitted_at=datetime(2024, 3, 2, tzinfo=UTC),
                announced_at=datetime(2024, 3, 2, tzinfo=UTC),
            ),
        ]
    )

    assert set(await titles(stores, topic, where)) == {f"Paper {number}" for number in expected}


async def test_search_author_is_one_person_with_all_the_words(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(1, authors=(Authorship(name="Alexandra Sasha Luccioni"),)),
            paper(2, authors=(Authorship(name="Sasha Costanza-Chock"), Authorship(name="Ann Luccioni"))),
        ]
    )

    assert await titles(stores, None, author="Luccioni, Sasha") == ["Paper 1"]
    assert sorted(await titles(stores, None, author="sasha")) == ["Paper 1", "Paper 2"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        pytest.param(Sort.NEWEST, ["Paper 2", "Paper 1", "Paper 3"], id="newest"),
        pytest.param(Sort.CITATIONS, ["Paper 3", "Paper 1", "Paper 2"], id="citations-unknown-last"),
    ],
)
async def test_search_sort(stores: Stores, sort: Sort, expected: list[str]):
    def cited(value: int) -> Figure:
        return Figure(value=value, source="OpenAlex", as_of=date(2026, 1, 1))

    await stores.papers.save_papers(
        [
            paper(1, submitted_at=datetime(2024, 1, 1, tzinfo=UTC), citation_count=cited(5)),
            paper(2, submitted_at=datetime(2025, 1, 1, tzinfo=UTC)),
            paper(3, submitted_at=datetime(2023, 1, 1, tzinfo=UTC), citation_count=cited(9)),
        ]
    )

    assert await titles(stores, Term(("paper",)), sort=sort) == expected
    assert await titles(stores, None, sort=sort) == expected


@pytest.mark.parametrize("sort", [Sort.SCORE, Sort.NOVELTY, Sort.CITATIONS])
async def test_search_papers_without_the_number_are_listed_newest_first(stores: Stores, sort: Sort):
    """Papers are not stored in the order of their dates: snapshots and look-ups bring old ones later."""
    for number, day in ((1, 2), (2, 3), (3, 1)):
        await stores.papers.save_papers([paper(number, submitted_at=datetime(2024, 1, day, tzinfo=UTC))])

    assert await titles(stores, Term(("paper",)), sort=sort) == ["Paper 2", "Paper 1", "Paper 3"]
    assert await titles(stores, None, sort=sort) == ["Paper 2", "Paper 1", "Paper 3"]


async def test_search_paper_without_date_is_listed_last(stores: Stores):
    await stores.papers.save_papers([paper(1), paper(2, submitted_at=NOW)])

    assert await titles(stores, None, sort=Sort.NEWEST) == ["Paper 2", "Paper 1"]


async def test_search_pages_are_disjoint_and_whole(stores: Stores):
    await stores.papers.save_papers([paper(number) for number in range(12)])

    pages = [await stores.papers.search(Term(("paper",)), EVERYTHING, offset=offset) for offset in (0, 5, 10)]

    assert [len(page.papers) for page in pages] == [5, 5, 2]
    assert len({found.id for page in pages for found in page.papers}) == 12
    assert {page.total for page in pages} == {12}


@pytest.mark.parametrize("topic", [None, Term(("paper",))])
async def test_search_total_is_counted_to_a_bound(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, topic: Topic | None
):
    monkeypatch.setattr(search, "COUNTED", 10)
    await stores.papers.save_papers([paper(number, submitted_at=NOW) for number in range(12)])

    page = await stores.papers.search(topic, EVERYTHING)

    assert (page.total, page.more_than) == (10, True)


async def test_search_common_words_rank_the_newest_by_title(stores: Stores, monkeypatch: pytest.MonkeyPatch):
    for bound, number in {"COUNTED": 4, "RANKED": 6, "NEWEST": 5}.items():
        monkeypatch.setattr(search, bound, number)
    topic = And((Term(("common",)), Or((Term(("rare",)), Term(("common",))))))
    beginnings = ["Common", "", "Common", "Common rare", "Common", "", "", ""]
    await stores.papers.save_papers(
        [paper(n, title=f"{text} {n}", abstract="common") for n, text in enumerate(beginnings)]
    )

    page = await stores.papers.search(topic, EVERYTHING, limit=4)

    assert [found.title.strip() for found in page.papers] == ["Common rare 3", "Common 4", "7", "6"]
    assert (page.total, page.more_than) == (4, True)
    second = await stores.papers.search(topic, EVERYTHING, limit=4, offset=4)
    assert [found.title.strip() for found in second.papers] == ["5"]


@pytest.mark.parametrize(
    "words",
    [('"',), ("a b",), ("NEAR", "OR"), ("\0",), ("*",), ("🦄",), ("مرحبا",), ("-x",), ("a" * 5_000,), ("",)],
)
async def test_search_any_words_are_only_words(stores: Stores, words: tuple[str, ...]):
    await stores.papers.save_papers([paper(1)])

    assert await titles(stores, Term(words)) == []
    assert await titles(stores, And((Term(("paper",)), Not(Term(words))))) == ["Paper 1"]


terms = st.builds(
    Term,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple),
    st.sampled_from(Field),
    st.booleans(),
)
anchored = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.tuples(inner, st.lists(st.one_of(inner, inner.map(Not)), min_size=1, max_size=2)).map(
            lambda pair: And((pair[0], *pair[1]))
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(topic=anchored)
async def test_search_agrees_with_matching(stores: Stores, topic: Topic):
    """What search finds is what a watch on the same topic would have announced."""
    if not (await stores.papers.size()).papers:
        await stores.papers.save_papers(
            [
                paper(
                    number,
                    title=title or "Untitled",
                    abstract=abstract,
                    authors=(Authorship(name="Ann Müller"), Authorship(name="The Or")) if number % 2 else (),
                )
                for number, (title, abstract) in enumerate((t, a) for t in TEXTS for a in TEXTS)
            ]
        )
    everything = (await stores.papers.search(None, EVERYTHING, limit=100)).papers

    found = (await stores.papers.search(topic, EVERYTHING, limit=100)).papers

    expected = {
        one.arxiv_id
        for one in everything
        if matches(topic, one.title, one.abstract, ", ".join(author.name for author in one.authors))
    }
    assert {one.arxiv_id for one in found} == expected


async def test_find_by_title_ignores_case_accents_and_punctuation(stores: Stores):
    (stored,) = await stores.papers.save_papers([paper(1, title="The Müller–Łódź Effect: A Study")])

    assert await stores.papers.find_by_title("the muller lodz effect a study") == stored
    assert await stores.papers.find_by_title("the muller lodz effect") is None
    assert await stores.papers.find_by_title("…") is None


async def test_find_by_title_tells_long_titles_apart(stores: Stores):
    first, second = (f"{'A very long beginning ' * 5}{end}" for end in ("one", "two"))
    await stores.papers.save_papers([paper(1, title=first), paper(2, title=second)])

    found = [await stores.papers.find_by_title(title) for title in (first, second)]

    assert [one and one.title for one in found] == [first, second]


async def test_nearest_titles_finds_the_misspelled(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(1, title="Power Hungry Processing"),
            *(paper(n, title=f"Other thing {n}") for n in range(2, 9)),
        ]
    )

    found = await stores.papers.nearest_titles("powr hungry procesing")

    assert [one.title for one in found] == ["Power Hungry Processing"]


async def test_nearest_titles_of_a_part_of_a_title_finds_it(stores: Stores):
    long = "Power Hungry Processing: Watts Driving the Cost of AI Deployment in the Long Run of Many Years"
    await stores.papers.save_papers([paper(1, title=long), paper(2, title="Power lines")])

    found = await stores.papers.nearest_titles("hungry power")

    assert found[0].title == long


async def test_suggest_papers_beginning_comes_before_words_inside(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(1, title="Energy of machines", submitted_at=datetime(2024, 1, 1, tzinfo=UTC)),
            paper(2, title="On the energy of stars"),
            paper(3, title="Unrelated"),
            paper(4, title="Without an identifier: energy", arxiv_id=None),
            paper(5, title="Published energy", arxiv_id=None, doi=Doi("10.1/x")),
        ]
    )

    found = await stores.papers.suggest_papers("Energy")

    assert [(one.label, one.value) for one in found] == [
        ("Energy of machines (2024)", "2401.00001"),
        ("Published energy", "10.1/x"),
        ("On the energy of stars", "2401.00002"),
    ]


async def test_suggest_papers_nothing_typed_offers_the_newest(stores: Stores):
    await stores.papers.save_papers([paper(number) for number in range(3)])

    assert [one.label for one in await stores.papers.suggest_papers("", limit=2)] == ["Paper 2", "Paper 1"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.one_of(
        st.text(max_size=40), st.sampled_from(["\0", '"', "x" * 5_000, "a " * 2_500, "🦄", "%_*"])
    )
)
async def test_suggestions_any_text_gives_valid_choices(stores: Stores, typed: str):
    if not (await stores.papers.size()).papers:
        title = "A \u202e@everyone **title** " + "long " * 60
        names = [f"{letter} {'Long' * 30}" for letter in "abcdefgh"]
        await stores.papers.save_papers(
            [
                paper(n, title=f"{name} {title}", authors=(Authorship(name=name),))
                for n, name in enumerate(names)
            ]
        )

    papers = await stores.papers.suggest_papers(typed)
    authors = await stores.authors.suggest_authors(typed)

    for choice in (*papers, *authors):
        assert 1 <= len(choice.label) <= 100
        assert 1 <= len(choice.value) <= 100
    await stores.papers.nearest_titles(typed)
    await stores.authors.nearest_names(typed)


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.CITATIONS])
@pytest.mark.parametrize("common", [True, False])
async def test_search_sorted_lists_are_exact_however_many_match(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, sort: Sort, common: bool
):
    """Going down the order and ordering what was found give the same page."""
    if common:
        monkeypatch.setattr(search, "RANKED", 3)
        monkeypatch.setattr(search, "COUNTED", 3)
    await stores.papers.save_papers(
        [
            paper(
                number,
                title=f"Even {number}" if number % 2 == 0 else f"Odd {number}",
                submitted_at=datetime(2000 + number * 7 % 20, 1, 1, tzinfo=UTC),
                citation_count=Figure(value=number * 3 % 20, source="OpenAlex", as_of=date(2026, 1, 1)),
            )
            for number in range(20)
        ]
    )

    page = await stores.papers.search(Term(("even",)), PaperFilter(since=date(2003, 1, 1)), sort=sort)

    numbers = [number for number in range(0, 20, 2) if number * 7 % 20 >= 3]
    keys = {
        Sort.NEWEST: lambda number: -(number * 7 % 20),
        Sort.CITATIONS: lambda number: -(number * 3 % 20),
        Sort.RELEVANCE: lambda number: -number,
    }
    assert [found.title for found in page.papers] == [
        f"Even {number}" for number in sorted(numbers, key=keys[sort])[:5]
    ]


async def test_search_author_of_no_letters_finds_nothing(stores: Stores):
    await stores.papers.save_papers([paper(1)])

    assert await titles(stores, Term(("paper",)), author="🦄") == []


async def test_search_code_found_later_is_searched_for(stores: Stores):
    await stores.papers.save_papers([paper(1)])
    assert await titles(stores, Term(("paper",)), PaperFilter(has_code=True)) == []

    await stores.papers.save_papers([paper(1, code_url="https://github.com/a/b")])

    assert await titles(stores, Term(("paper",)), PaperFilter(has_code=True)) == ["Paper 1"]
