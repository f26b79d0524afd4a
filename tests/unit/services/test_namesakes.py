"""Somebody who asks for a name that several bear is shown people, not one merged namesake."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.cards.errors import present
from bot.domain.authors import Author
from bot.domain.feeds import Listing
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.domain.search import Sort
from bot.errors import AmbiguousAuthor
from bot.services.matching.wants import wants
from bot.services.watches.criteria import author_criterion
from tests.factories import make_watch
from tests.unit.services.conftest import House

NAME = "Wei Liu"


@pytest.fixture(scope="session")
def records(data_folder: Path) -> list[dict[str, Any]]:
    """Real papers by people of one name, with who they are."""
    file = data_folder / "identity" / "acl-anthology.jsonl.gz"
    if not file.exists():
        pytest.skip("no papers of namesakes in the recorded data")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if f'"{NAME}"' in line]
    return [record for record in found if any(author["name"] == NAME for author in record["authors"])]


def paper(number: int, record: dict[str, Any]) -> Paper:
    """Return a paper as a source would give it, without its labels."""
    authors = (
        Authorship(name=one["name"], institutions=(one["affiliation"],) if one["affiliation"] else ())
        for one in record["authors"]
    )
    return Paper(
        arxiv_id=ArxivId(f"2401.{number:05}"),
        title=record["title"],
        authors=tuple(authors),
        primary_category="cs.CL",
        categories=("cs.CL",),
        source="arXiv",
    )


async def test_author_of_a_name_that_several_bear_asks_with_what_tells_them_apart(
    house: House, records: list[dict[str, Any]]
):
    await house.stores.papers.save_papers([paper(number, record) for number, record in enumerate(records)])

    with pytest.raises(AmbiguousAuthor) as fault:
        await house.lookup.author(NAME)

    *people, (rest, _) = fault.value.candidates
    assert len(people) > 3
    assert all(author.primary_category == "cs.CL" and author.evidence and top for author, top in people)
    assert any(author.institutions for author, _ in people)
    assert rest.evidence == ""
    text = present(fault.value).text
    assert all(author.evidence.split(";")[0][:100] in text for author, _ in people[:3])


async def test_author_of_a_name_that_several_bear_gives_each_person_their_papers(
    house: House, records: list[dict[str, Any]]
):
    await house.stores.papers.save_papers([paper(number, record) for number, record in enumerate(records)])
    whose = {
        record["title"]: author["person_id"]
        for record in records
        for author in record["authors"]
        if author["name"] == NAME and author["person_id"]
    }

    right = total = 0
    for person in (await house.stores.authors.people_called(NAME))[:-1]:
        page = await house.stores.authors.papers_of(person, sort=Sort.NEWEST, limit=100)
        labels = Counter(whose[one.title] for one in page.papers if one.title in whose)
        right += max(labels.values(), default=0)
        total += labels.total()

    assert total > 10
    assert right == total


async def test_author_chosen_once_is_answered_at_once_with_why_the_papers_are_one_persons(house: House):
    for number, (coauthor, title) in enumerate(
        [
            ("Ann Bee", "Parsing"),
            ("Ann Bee", "Parsing more"),
            ("Cy Dee", "Galaxies"),
            ("Cy Dee", "Galaxies too"),
        ]
    ):
        record = {
            "title": title,
            "authors": [{"name": n, "affiliation": None} for n in ("Wei Wang", coauthor)],
        }
        await house.stores.papers.save_papers([paper(number, record)])
    with pytest.raises(AmbiguousAuthor) as fault:
        await house.lookup.author("Wei Wang", asker=7)
    chosen = fault.value.candidates[1][0]

    await house.lookup.author_by_id(chosen.id or 0, asker=7, chosen_for="Wei Wang")
    answer = await house.lookup.author("Wei Wang", asker=7)

    assert answer.author.evidence == "written with Cy Dee; about galaxies"
    assert {one.title for one in answer.top} == {"Galaxies", "Galaxies too"}


SEVERAL = ("Wei Wang", "Wei Zhang", "Yang Liu", "Wei Liu", "Jing Li")


def test_strict_watch_leaves_most_namesakes_out_and_keeps_most_of_the_authors_own(data_folder: Path) -> None:
    """Half of each labelled person's papers are known; the other half, and everybody else's, are new."""
    kept = {True: [0, 0], False: [0, 0]}
    for name in SEVERAL:
        labelled = [
            (who, paper(number, record))
            for number, record in enumerate(_of(data_folder, name))
            if (who := next((one["person_id"] for one in record["authors"] if one["name"] == name), None))
        ]
        sizes = Counter(who for who, _ in labelled)
        for person in [who for who, size in sizes.items() if size >= 4]:
            mine = [one for who, one in labelled if who == person]
            criterion = author_criterion(Author(id=1, name=name), mine[::2], strict=True)
            watch = make_watch(criterion=criterion)
            known = {one.arxiv_id for one in mine[::2]}
            for who, one in labelled:
                if one.arxiv_id not in known:
                    count = kept[who == person]
                    count[0] += wants(watch, as_new(one))
                    count[1] += 1

    (own, all_own), (others, all_others) = kept[True], kept[False]
    assert (all_own, all_others) > (30, 300)
    assert own / all_own >= 0.8
    assert others / all_others <= 0.05


def _of(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the real papers that bear a name, with who signed them."""
    found = []
    for file in ("acl-anthology.jsonl.gz", "openreview.jsonl.gz"):
        if not (folder / "identity" / file).exists():
            pytest.skip("no papers of namesakes in the recorded data")
        with gzip.open(folder / "identity" / file, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines if f'"{name}"' in line]
    return [record for record in found if any(author["name"] == name for author in record["authors"])]


def as_new(one: Paper) -> Listing:
    """Return a paper as a mailing lists it for the first time."""
    return Listing(
        paper=one, announce_type=AnnounceType.NEW, new_categories=frozenset(one.categories), first=True
    )
