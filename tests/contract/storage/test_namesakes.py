"""People of one name are told apart by the evidence of their papers, and keep their papers."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.authors import Author
from bot.domain.identifiers import ArxivId, OpenAlexId
from bot.domain.imports import Bookmark
from bot.domain.papers import Authorship, Paper
from bot.domain.search import Sort
from bot.metrics.evidence import Evidence
from bot.metrics.identity import expected_namesakes
from bot.storage import Stores
from bot.storage.database import Database
from bot.storage.people.name_counts import namesakes_in
from bot.storage.portions import MOST

LANGUAGE = ("cs.CL",)
STARS = ("astro-ph.GA",)


def paper(number: int, *names: str, ids: tuple[str | None, ...] = (), **changes: Any) -> Paper:
    """Return a numbered paper with authors of these names."""
    known = [*ids, *([None] * len(names))]
    authors = tuple(
        Authorship(name=name, openalex_id=OpenAlexId(id_) if id_ else None)
        for name, id_ in zip(names, known, strict=False)
    )
    values: dict[str, Any] = {"arxiv_id": ArxivId(f"2401.{number:05}"), "title": f"Paper {number}"}
    return Paper(authors=authors, source="arXiv", **(values | changes))


LINGUIST = (
    paper(1, "Wei Wang", "Emma Strubell", categories=LANGUAGE, title="Parsing clauses"),
    paper(2, "Emma Strubell", "Wei Wang", "Roy Schwartz", categories=LANGUAGE, title="Parsing treebanks"),
)
ASTRONOMER = (
    paper(3, "Wei Wang", "Vera Rubin", categories=STARS, title="Dwarf galaxies"),
    paper(4, "Wei Wang", "Vera Rubin", categories=STARS, title="Halos of galaxies"),
)


async def titles(stores: Stores, author: Author) -> set[str]:
    """Return the titles of an author's papers."""
    page = await stores.authors.papers_of(author, sort=Sort.NEWEST, limit=100)
    assert page.total == len(page.papers)
    return {found.title for found in page.papers}


async def test_people_called_by_a_common_name_are_told_apart_by_coauthors(stores: Stores):
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER])

    people = await stores.authors.people_called("Wei Wang")

    assert [await titles(stores, person) for person in people] == [
        {"Parsing clauses", "Parsing treebanks"},
        {"Dwarf galaxies", "Halos of galaxies"},
    ]
    assert [person.primary_category for person in people] == ["cs.CL", "astro-ph.GA"]
    assert people[0].evidence == "written with Emma Strubell; about parsing"


async def test_people_called_by_a_rare_name_are_one_without_evidence(stores: Stores):
    await stores.papers.save_papers(
        [paper(1, "Sasha Luccioni", "A. Bee"), paper(2, "Sasha Luccioni", "C. Dee")]
    )

    people = await stores.authors.people_called("Sasha Luccioni")

    assert len(people) == 1
    assert await titles(stores, people[0]) == {"Paper 1", "Paper 2"}


async def test_people_called_by_a_rare_name_who_change_the_field_stay_one(stores: Stores):
    await stores.papers.save_papers(
        [
            paper(number, "Sasha Luccioni", f"Somebody Else{number}", categories=(category,), title=title)
            for number, (category, title) in enumerate(
                [
                    ("cs.CY", "Regulating energy"),
                    ("cs.CY", "Regulating energy use"),
                    ("cs.LG", "Batching requests"),
                    ("cs.LG", "Batching requests quickly"),
                ]
            )
        ]
    )

    people = await stores.authors.people_called("Sasha Luccioni")

    assert [len(await titles(stores, person)) for person in people] == [4]


async def test_people_called_again_keep_their_ids_and_take_new_papers(stores: Stores):
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER])
    before = await stores.authors.people_called("Wei Wang")

    await stores.papers.save_papers(
        [paper(5, "Wei Wang", "Emma Strubell", categories=LANGUAGE, title="Tagging clauses")]
    )
    after = await stores.authors.people_called("Wei Wang")

    assert [person.id for person in after] == [person.id for person in before]
    assert await titles(stores, after[0]) == {"Parsing clauses", "Parsing treebanks", "Tagging clauses"}
    assert await stores.authors.get_author(before[1].id or 0) == after[1]


async def test_people_called_leave_what_nothing_ties_to_anybody_with_the_name(stores: Stores):
    stray = paper(6, "Wei Wang", "Somebody Else", categories=("econ.EM",), title="Auctions")
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER, stray])

    people = await stores.authors.people_called("Wei Wang")

    assert len(people) == 3
    assert await titles(stores, people[-1]) == {"Auctions"}
    assert people[-1].evidence == ""


async def test_people_called_give_a_profile_the_papers_that_evidence_ties_to_it(stores: Stores):
    known = paper(7, "Wei Wang", "Emma Strubell", ids=("A7", None), categories=LANGUAGE, title="Clauses")
    await stores.papers.save_papers([known, *LINGUIST, *ASTRONOMER])

    profile, other = await stores.authors.people_called("Wei Wang")

    assert profile.openalex_id == OpenAlexId("A7")
    assert await titles(stores, profile) == {"Clauses", "Parsing clauses", "Parsing treebanks"}
    assert await titles(stores, other) == {"Dwarf galaxies", "Halos of galaxies"}


async def test_people_called_find_papers_that_print_an_initial(stores: Stores):
    short = paper(8, "W. Wang", "Emma Strubell", "Roy Schwartz", categories=LANGUAGE, title="Parsing speech")
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER, short])

    linguist, _ = await stores.authors.people_called("Wei Wang")

    assert "Parsing speech" in await titles(stores, linguist)


async def test_people_called_when_a_paper_loses_an_author_lose_the_paper(stores: Stores):
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER])
    linguist, _ = await stores.authors.people_called("Wei Wang")

    await stores.papers.save_papers([paper(1, "Emma Strubell", title="Parsing clauses", version=2)])

    assert await titles(stores, linguist) == {"Parsing treebanks"}


@pytest.mark.parametrize("name", ["", "  ", "?", "W" * 300, "王", "wei wang #1"])
async def test_people_called_by_anything_never_raise(stores: Stores, name: str):
    await stores.papers.save_papers([*LINGUIST, *ASTRONOMER])

    assert await stores.authors.people_called(name) == ()


async def test_namesakes_while_an_import_runs_are_counted_among_indexed_names(
    stores: Stores, database: Database
):
    crowd = [paper(number, f"Given{number:03} Wangari", "Wei Wang") for number in range(MOST + 1)]
    await stores.imports.import_papers(crowd, "key", Bookmark())
    evidence = [Evidence(name="Given001 Wangari")]

    before = await database.read(lambda connection: namesakes_in(connection, evidence))

    assert before["Given001 Wangari"] == expected_namesakes("Given001 Wangari")
