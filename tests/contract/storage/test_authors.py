"""Authors are found by identity, by any form of the name, and by what is typed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, OpenAlexId, Orcid
from bot.domain.papers import Authorship, Paper
from bot.domain.search import PaperFilter, Sort
from bot.errors import NotFound
from bot.storage import Stores
from tests.factories import make_author, make_profile


def paper(number: int, *names: str, ids: tuple[str | None, ...] = (), **changes: Any) -> Paper:
    """Return a numbered paper with authors of these names."""
    known = [*ids, *([None] * len(names))]
    authors = tuple(
        Authorship(name=name, openalex_id=OpenAlexId(id_) if id_ else None)
        for name, id_ in zip(names, known, strict=False)
    )
    values: dict[str, Any] = {
        "arxiv_id": ArxivId(f"2401.{number:05}"),
        "title": f"Paper {number}",
        "source": "arXiv",
    }
    return Paper(authors=authors, **(values | changes))


def profile(name: str = "Sasha Luccioni", id_: str = "A1", **changes: Any) -> Author:
    """Return a profile with a name and nothing else."""
    return replace(Author(name=name, openalex_id=OpenAlexId(id_)), **changes)


async def published(stores: Stores, author: Author, **how: Any) -> set[str]:
    """Return the titles of an author's papers."""
    page = await stores.authors.papers_of(author, limit=100, **how)
    assert page.total == len(page.papers)
    return {found.title for found in page.papers}


async def test_save_author_every_field_comes_back(stores: Stores):
    author = make_profile(id=None, aliases=("Alexandra Sasha Luccioni",))

    stored = await stores.authors.save_author(author)

    assert stored == replace(author, id=stored.id)
    assert await stores.authors.get_author(stored.id or 0) == stored
    assert await stores.authors.find_author(OpenAlexId("A5023888391")) == stored
    assert await stores.authors.find_author(Orcid("0000-0001-6238-7050")) == stored


async def test_save_author_again_updates_and_keeps_what_is_unknown_now(stores: Stores):
    first = await stores.authors.save_author(make_profile(id=None))
    newer = Figure(value=44, source="OpenAlex", as_of=date(2026, 6, 1))

    stored = await stores.authors.save_author(
        Author(name="A. S. Luccioni", openalex_id=first.openalex_id, h_index=newer)
    )

    assert stored == replace(first, name="A. S. Luccioni", aliases=("Sasha Luccioni",), h_index=newer)
    assert await stores.authors.find_authors("Sasha Luccioni") == (stored,)


async def test_save_author_without_identity_is_kept_by_name(stores: Stores):
    await stores.papers.save_papers([paper(1, "Sasha Luccioni")])
    author = make_author(id=None)

    stored = await stores.authors.save_author(author)

    assert stored == replace(author, id=stored.id)
    assert await stores.authors.find_authors("sasha luccioni") == (stored,)
    assert await published(stores, stored) == {"Paper 1"}


@pytest.mark.parametrize(
    "name", ["Sasha Luccioni", "Luccioni, Sasha", "SASHA  LUCCIONI", "Alexandra S. Luccioni"]
)
async def test_find_authors_by_any_form_of_the_name(stores: Stores, name: str):
    stored = await stores.authors.save_author(profile(aliases=("Alexandra S. Luccioni",)))

    assert await stores.authors.find_authors(name) == (stored,)


async def test_find_authors_profiles_stand_before_a_bare_name(stores: Stores):
    count = Figure(value=9, source="OpenAlex", as_of=date(2026, 1, 1))
    await stores.papers.save_papers([paper(1, "Wei Zhang"), paper(2, "Wei Zhang")])
    small = await stores.authors.save_author(profile("Wei Zhang", "A1"))
    large = await stores.authors.save_author(profile("Wei Zhang", "A2", paper_count=count))

    found = await stores.authors.find_authors("wei zhang")

    assert found[:2] == (large, small)
    assert [author.openalex_id for author in found[2:]] == [None]


async def test_find_authors_name_without_papers_is_not_found(stores: Stores):
    await stores.papers.save_papers([paper(1, "Ann Onymous")])
    await stores.papers.save_papers([paper(1, "Ann Other", version=2)])

    assert await stores.authors.find_authors("Ann Onymous") == ()
    assert [author.name for author in await stores.authors.find_authors("Ann Other")] == ["Ann Other"]


async def test_authors_known_only_from_a_work_are_profiles_without_data(stores: Stores):
    await stores.papers.save_papers([paper(1, "Sasha Luccioni", ids=("A1",), primary_category="cs.CY")])

    (found,) = await stores.authors.find_authors("Sasha Luccioni")

    assert (found.openalex_id, found.fetched_at, found.primary_category) == (OpenAlexId("A1"), None, "cs.CY")


async def test_papers_of_profile_are_linked_and_printed_ones(stores: Stores):
    author = await stores.authors.save_author(profile(aliases=("Alexandra Luccioni",)))
    await stores.papers.save_papers(
        [
            paper(1, "A. Luccioni", ids=("A1",)),
            paper(2, "Sasha Luccioni"),
            paper(3, "Luccioni, Alexandra"),
            paper(4, "Somebody Else"),
        ]
    )

    assert await published(stores, author) == {"Paper 1", "Paper 2", "Paper 3"}


async def test_papers_of_profile_leaves_a_shared_name_out(stores: Stores):
    author = await stores.authors.save_author(profile("Wei Zhang", "A1"))
    await stores.authors.save_author(profile("Wei Zhang", "A2"))
    await stores.papers.save_papers([paper(1, "Wei Zhang"), paper(2, "Wei Zhang", ids=("A1",))])

    assert await published(stores, author) == {"Paper 2"}


async def test_papers_of_profile_leaves_initials_of_an_alias_out(stores: Stores):
    author = await stores.authors.save_author(profile(aliases=("S. Luccioni",)))
    await stores.papers.save_papers([paper(1, "S. Luccioni"), paper(2, "Sasha Luccioni")])

    assert await published(stores, author) == {"Paper 2"}


async def test_papers_of_bare_name_are_its_own(stores: Stores):
    await stores.papers.save_papers([paper(1, "Ann Onymous"), paper(2, "Ann Other")])
    (author,) = await stores.authors.find_authors("Ann Onymous")

    assert await published(stores, author) == {"Paper 1"}


async def test_papers_of_follows_a_change_of_authors(stores: Stores):
    author = await stores.authors.save_author(profile())
    await stores.papers.save_papers([paper(1, "Sasha Luccioni", ids=("A1",)), paper(2, "Sasha Luccioni")])

    await stores.papers.save_papers([paper(2, "Somebody Else", version=2)])

    assert await published(stores, author) == {"Paper 1"}


async def test_papers_of_filters_and_sorts(stores: Stores):
    def cited(value: int) -> Figure:
        return Figure(value=value, source="OpenAlex", as_of=date(2026, 1, 1))

    def moment(year: int) -> datetime:
        return datetime(year, 1, 1, tzinfo=UTC)

    await stores.papers.save_papers(
        [
            paper(1, "Ann", submitted_at=moment(2022), citation_count=cited(1), categories=("cs.CY",)),
            paper(2, "Ann", submitted_at=moment(2024), citation_count=cited(9), primary_category="cs.AI"),
            paper(3, "Ann", submitted_at=moment(2025), code_url="https://github.com/a/b"),
        ]
    )
    (ann,) = await stores.authors.find_authors("Ann")

    async def listed(where: PaperFilter = PaperFilter(), sort: Sort = Sort.CITATIONS) -> list[str]:
        return [found.title for found in (await stores.authors.papers_of(ann, where, sort=sort)).papers]

    assert await listed() == ["Paper 2", "Paper 1", "Paper 3"]
    assert await listed(sort=Sort.NEWEST) == ["Paper 3", "Paper 2", "Paper 1"]
    assert await listed(PaperFilter(category="cs")) == ["Paper 2", "Paper 1"]
    assert await listed(PaperFilter(since=date(2024, 1, 1), has_code=True)) == ["Paper 3"]


async def test_papers_of_pages(stores: Stores):
    await stores.papers.save_papers([paper(number, "Ann") for number in range(7)])
    (ann,) = await stores.authors.find_authors("Ann")

    page = await stores.authors.papers_of(ann, limit=5, offset=5)

    assert (len(page.papers), page.total, page.offset) == (2, 7, 5)


@pytest.mark.parametrize(
    "typed", ["lucc", "sasha", "sasha lu", "Luccioni S", "alexandra s", "SÄSHA", "alexandra lucc"]
)
async def test_suggest_authors_by_any_part_of_the_name(stores: Stores, typed: str):
    await stores.papers.save_papers(
        [paper(1, "Alexandra Sasha Luccioni", primary_category="cs.CY"), paper(2, "Bo Li")]
    )

    found = await stores.authors.suggest_authors(typed)

    assert [(one.label, one.value) for one in found] == [
        ("Alexandra Sasha Luccioni · Computers and Society · 1 paper", "Alexandra Sasha Luccioni")
    ]


async def test_suggest_authors_most_published_first(stores: Stores):
    names = {"Ann Lee": 1, "Bo Lee": 12, "Cy Lee": 3, "Di Lee": 7}
    given = [name for name, count in names.items() for _ in range(count)]
    await stores.papers.save_papers([paper(number, name) for number, name in enumerate(given)])

    found = await stores.authors.suggest_authors("lee")

    assert [one.value for one in found] == ["Bo Lee", "Di Lee", "Cy Lee", "Ann Lee"]


async def test_suggest_authors_profile_stands_for_its_bare_name(stores: Stores):
    count = Figure(value=92, source="OpenAlex", as_of=date(2026, 1, 1))
    await stores.papers.save_papers([paper(1, "Sasha Luccioni")])
    await stores.authors.save_author(profile(paper_count=count))

    found = await stores.authors.suggest_authors("lucc")

    assert [(one.label, one.value) for one in found] == [("Sasha Luccioni · 92 papers", "A1")]


async def test_suggest_authors_removed_authorship_is_counted_out(stores: Stores):
    await stores.papers.save_papers([paper(1, "Ann Lee"), paper(2, "Ann Lee")])
    await stores.papers.save_papers([paper(1, "Bo Lee", version=2)])

    found = await stores.authors.suggest_authors("lee")

    assert [one.label for one in found] == ["Ann Lee · 1 paper", "Bo Lee · 1 paper"]


async def test_suggest_authors_long_input_is_compared_whole(stores: Stores):
    name = "Maximiliana Wilhelmina Constantinopoulou"
    await stores.papers.save_papers([paper(1, name), paper(2, "Maximiliana Wilhelmina Constantinidis")])

    found = await stores.authors.suggest_authors("maximiliana wilhelmina constantinop")

    assert [one.value for one in found] == [name]


async def test_nearest_names_finds_the_misspelled(stores: Stores):
    await stores.papers.save_papers(
        [paper(1, "Sasha Luccioni"), paper(2, "Emma Strubell"), paper(3, "Lu Cheng")]
    )

    assert [one.name for one in await stores.authors.nearest_names("Sasha Lucioni")] == ["Sasha Luccioni"]
    assert [one.name for one in await stores.authors.nearest_names("Strubel")] == ["Emma Strubell"]
    assert [one.name for one in await stores.authors.nearest_names("Ema Strubell")] == ["Emma Strubell"]


async def test_choices_are_remembered_per_person_and_name(stores: Stores):
    first = await stores.authors.save_author(profile("Wei Zhang", "A1"))
    second = await stores.authors.save_author(profile("Wei Zhang", "A2"))

    await stores.authors.remember_choice(1, "Wei Zhang", first.id or 0)
    await stores.authors.remember_choice(1, "Zhang, Wei", second.id or 0)

    assert await stores.authors.find_choice(1, "wei zhang") == second
    assert await stores.authors.find_choice(2, "wei zhang") is None


async def test_get_author_unknown_raises_not_found(stores: Stores):
    with pytest.raises(NotFound):
        await stores.authors.get_author(1)


async def test_profile_known_by_its_former_id_goes_on_under_the_new_one(stores: Stores):
    await stores.papers.save_papers([paper(1, "Sasha Luccioni", ids=("A1",))])
    old = await stores.authors.save_author(profile(id_="A1"))

    new = await stores.authors.save_author(profile(id_="A2", former_ids=(OpenAlexId("A1"),)))

    assert new.id == old.id
    assert await stores.authors.find_author(OpenAlexId("A1")) == new
    assert await stores.authors.find_author(OpenAlexId("A2")) == new
    assert await published(stores, new) == {"Paper 1"}


async def test_two_profiles_that_a_source_merged_are_one_person_by_either_id(stores: Stores):
    await stores.papers.save_papers(
        [paper(1, "S. Luccioni", ids=("A1",)), paper(2, "Sasha Luccioni", ids=("A2",))]
    )
    old = await stores.authors.save_author(profile("S. Luccioni", "A1"))
    await stores.authors.save_author(profile(id_="A2"))
    await stores.authors.remember_choice(7, "Luccioni", old.id or 0)

    new = await stores.authors.save_author(profile(id_="A2", former_ids=(OpenAlexId("A1"),)))
    await stores.papers.save_papers([paper(3, "S. Luccioni", ids=("A1",))])

    assert old.id != new.id
    assert await stores.authors.get_author(old.id or 0) == await stores.authors.get_author(new.id or 0)
    assert await stores.authors.find_author(OpenAlexId("A1")) == await stores.authors.get_author(new.id or 0)
    assert await published(stores, new) == {"Paper 1", "Paper 2", "Paper 3"}
    chosen = await stores.authors.find_choice(7, "Luccioni")
    assert chosen is not None
    assert chosen.id == new.id
    assert [found.id for found in await stores.authors.find_authors("S. Luccioni")] == [new.id]
    assert [one.value for one in await stores.authors.suggest_authors("luccioni")] == ["A2"]


async def test_profile_that_was_merged_twice_is_found_by_its_first_id(stores: Stores):
    await stores.authors.save_author(profile(id_="A1"))
    await stores.authors.save_author(profile(id_="A2", former_ids=(OpenAlexId("A1"),)))
    await stores.authors.save_author(profile(id_="A3"))

    last = await stores.authors.save_author(profile(id_="A3", former_ids=(OpenAlexId("A2"),)))

    found = [await stores.authors.find_author(OpenAlexId(id_)) for id_ in ("A1", "A2", "A3")]
    assert [one and one.id for one in found] == [last.id] * 3


async def test_suggestions_are_as_many_as_fit_where_each_name_begins_so_several_times(stores: Stores):
    people = [" ".join(f"Ann{chr(97 + n)}{end}" for end in "xyz") for n in range(26)]
    await stores.papers.save_papers(
        [
            Paper(
                arxiv_id=ArxivId(f"2401.{n:05}"),
                title=name,
                authors=(Authorship(name=name),),
                source="arXiv",
            )
            for n, name in enumerate(people)
        ]
    )

    assert len(await stores.authors.suggest_authors("ann")) == 25
