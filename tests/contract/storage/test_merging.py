"""Papers that turn out to be one become one record, it is written down why, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.library import Shelf, ShelfKind
from bot.domain.papers import Authorship, Paper
from bot.domain.search import PaperFilter, Sort
from bot.domain.topics import Term
from bot.storage import Stores
from bot.storage.catalogue.references import referring_columns
from bot.storage.database import Database
from bot.storage.schema import metadata
from tests.contract.storage.mailing import HERE, READ, THERE, WantedBy, item
from tests.factories import NOW, SEEN, make_watch

PEOPLE = (Authorship(name="Irene Solaiman"), Authorship(name="Zeerak Talat"))
PREPRINT = Paper(
    arxiv_id=ArxivId("2306.05949"),
    title="Evaluating the Social Impact of Generative AI Systems",
    abstract="Generative AI systems have broad social impacts.",
    authors=PEOPLE,
    primary_category="cs.CY",
    categories=("cs.CY",),
    submitted_at=NOW.replace(year=2023),
    source="arXiv",
    fetched_at=NOW,
)
WORK = Paper(
    doi=Doi("10.1145/1"),
    openalex_id=OpenAlexId("W1"),
    title="The Social Impact of Generative AI Systems, Evaluated",
    abstract="We measure quaggas.",
    authors=(Authorship(name="I. Solaiman", openalex_id=OpenAlexId("A1"), institutions=("Hugging Face",)),),
    submitted_at=NOW.replace(year=2024),
    venue="FAccT",
    citation_count=Figure(value=77, source="OpenAlex", as_of=SEEN),
    source="OpenAlex",
    fetched_at=NOW,
)


async def save(stores: Stores, paper: Paper, **changes: Any) -> Paper:
    """Save one paper; return it as it is stored."""
    (stored,) = await stores.papers.save_papers([replace(paper, **changes)])
    return stored


async def joined(stores: Stores) -> tuple[Paper, Paper, Paper]:
    """Save a preprint and its published form apart, then what joins them; return all three."""
    preprint, work = await save(stores, PREPRINT), await save(stores, WORK)
    later = await save(stores, PREPRINT, doi=WORK.doi, fetched_at=NOW + timedelta(days=1))
    return preprint, work, later


def ids(*papers: Paper) -> list[int]:
    """Return the rows of papers."""
    return [paper.id or 0 for paper in papers]


async def test_preprint_and_published_form_become_one_by_a_doi_and_it_is_written_down(stores: Stores):
    preprint, work, both = await joined(stores)

    (merge,) = await stores.papers.list_merges()

    assert (both.title, both.venue, both.openalex_id) == (PREPRINT.title, "FAccT", WORK.openalex_id)
    assert (await stores.papers.size()).papers == 1
    assert merge.evidence == "arXiv names them together: 2306.05949, 10.1145/1"
    assert (merge.kept, merge.gone) == (preprint, work)
    assert merge.undone_at is None


async def test_row_that_is_gone_is_found_by_its_id_and_its_title(stores: Stores):
    _, work, both = await joined(stores)

    assert await stores.papers.get_paper(work.id or 0) == both
    assert await stores.papers.find_papers(ids(work, both)) == (both, both)
    assert await stores.papers.find_by_title(WORK.title.upper()) == both


async def test_undone_merge_gives_both_papers_back(stores: Stores):
    preprint, work, both = await joined(stores)

    parted = await stores.papers.undo_merge(both.id or 0)

    # What arXiv said again since is kept; the DOI goes with the published form.
    assert parted == (replace(preprint, fetched_at=NOW + timedelta(days=1)), work)
    assert await stores.papers.find_paper(Doi("10.1145/1")) == work
    assert await stores.papers.find_by_title(WORK.title) == work
    assert (await stores.papers.search(Term(("quaggas",)), PaperFilter())).papers == (work,)
    assert (await stores.papers.search(Term(("broad",)), PaperFilter())).papers == (parted[0],)
    (merge,) = await stores.papers.list_merges(both.id)
    assert merge.undone_at is not None


async def test_undone_merge_is_not_made_again(stores: Stores):
    _, _, both = await joined(stores)
    await stores.papers.undo_merge(both.id or 0)

    preprint = await save(stores, PREPRINT, doi=WORK.doi, fetched_at=NOW + timedelta(days=9))
    work = await save(stores, WORK, arxiv_id=PREPRINT.arxiv_id, fetched_at=NOW + timedelta(days=9))

    assert (await stores.papers.size()).papers == 2
    assert (preprint.doi, preprint.venue, preprint.openalex_id) == (None, "", None)
    assert (work.arxiv_id, work.doi, work.title) == (None, WORK.doi, WORK.title)


async def test_undo_merge_where_there_is_none_changes_nothing(stores: Stores):
    paper = await save(stores, PREPRINT)

    assert await stores.papers.undo_merge(paper.id or 0) == ()
    assert await stores.papers.get_paper(paper.id or 0) == paper


@pytest.mark.parametrize("preprint_first", [True, False])
async def test_same_title_authors_and_year_are_one_work(stores: Stores, preprint_first: bool):
    published = replace(WORK, title=PREPRINT.title.upper(), authors=(*WORK.authors, PEOPLE[1]))
    pair = [PREPRINT, published] if preprint_first else [published, PREPRINT]

    for paper in pair:
        stored = await save(stores, paper)
    (merge,) = await stores.papers.list_merges()

    assert (stored.arxiv_id, stored.doi) == (PREPRINT.arxiv_id, WORK.doi)
    assert merge.evidence == "same title, 2 of 2 authors, 2023 and 2024"


@pytest.mark.parametrize("preprint_first", [True, False])
async def test_work_that_was_never_a_row_gets_one_when_the_merge_is_undone(
    stores: Stores, preprint_first: bool
):
    published = replace(WORK, title=PREPRINT.title, authors=PEOPLE)
    first, second = (PREPRINT, published) if preprint_first else (published, PREPRINT)
    alone = await save(stores, first)
    both = await save(stores, second)

    kept, gone = await stores.papers.undo_merge(both.id or 0)
    again = await save(stores, second)

    assert kept == alone
    assert gone == replace(second, id=gone.id)
    assert again.id == gone.id


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"authors": (Authorship(name="Ann Lee"),)}, id="other-people"),
        pytest.param({"submitted_at": NOW.replace(year=2012)}, id="years-apart"),
        pytest.param({"submitted_at": None}, id="no-date"),
        pytest.param({"title": "Evaluating the Social Impact"}, id="other-title"),
        pytest.param({"arxiv_id": ArxivId("2401.00001")}, id="two-preprints"),
    ],
)
async def test_papers_that_agree_less_stay_two(stores: Stores, changes: dict[str, Any]):
    await save(stores, PREPRINT)

    await save(stores, replace(WORK, title=PREPRINT.title, authors=PEOPLE), **changes)

    assert (await stores.papers.size()).papers == 2
    assert await stores.papers.list_merges() == ()


async def test_two_publishers_dois_stay_two_works(stores: Stores):
    await save(stores, WORK, authors=PEOPLE)

    await save(stores, WORK, authors=PEOPLE, doi=Doi("10.1007/2"), openalex_id=OpenAlexId("W2"))

    assert (await stores.papers.size()).papers == 2


async def test_source_that_names_two_preprints_as_one_joins_neither(stores: Stores):
    first = await save(stores, PREPRINT, openalex_id=OpenAlexId("W1"))
    second = await save(stores, PREPRINT, arxiv_id=ArxivId("2401.00001"))

    stored = await save(stores, WORK, arxiv_id=second.arxiv_id, doi=None)

    assert (await stores.papers.size()).papers == 2
    assert (stored.id, stored.openalex_id) == (second.id, None)
    assert (await stores.papers.get_paper(first.id or 0)).openalex_id == OpenAlexId("W1")


async def test_double_work_is_found_by_either_id(stores: Stores):
    paper = await save(stores, PREPRINT, doi=WORK.doi)
    await save(stores, WORK)

    stored = await save(stores, WORK, openalex_id=OpenAlexId("W2"), doi=None, arxiv_id=PREPRINT.arxiv_id)

    assert stored.openalex_id == OpenAlexId("W1")
    for identifier in ("W1", "W2"):
        found = await stores.papers.find_paper(OpenAlexId(identifier))
        assert found is not None
        assert found.id == paper.id
    assert (await save(stores, WORK, openalex_id=OpenAlexId("W2"), doi=None)).id == paper.id


async def test_former_title_finds_the_paper(stores: Stores):
    await save(stores, PREPRINT)

    renamed = await save(stores, PREPRINT, version=2, title="What Generative AI Does to Society")

    assert await stores.papers.find_by_title(PREPRINT.title) == renamed
    assert await stores.papers.find_by_title("what generative ai does to society") == renamed


async def test_withdrawn_paper_is_kept_and_marked(stores: Stores):
    known = await save(stores, PREPRINT)

    stored = await save(stores, PREPRINT, version=2, withdrawn=True, comment="Withdrawn.", abstract="")

    assert (stored.id, stored.withdrawn, stored.abstract) == (known.id, True, PREPRINT.abstract)


async def test_origins_name_the_source_of_each_value(stores: Stores):
    _, _, both = await joined(stores)

    origins = await stores.papers.origins_of(both.id or 0)

    assert {name: origins[name].source for name in ("title", "venue", "identities", "citation_count")} == {
        "title": "arXiv",
        "venue": "OpenAlex",
        "identities": "OpenAlex",
        "citation_count": "OpenAlex",
    }
    assert origins["title"].as_of == NOW + timedelta(days=1)
    assert origins["venue"].as_of == NOW


async def test_what_was_announced_stays_announced_and_goes_back(stores: Stores, database: Database):
    """The preprint was announced here and waits there; its published form waits in both places."""
    here = await stores.watches.save_watch(make_watch(id=None, place=HERE))
    there = await stores.watches.save_watch(make_watch(id=None, place=THERE))

    async def announce(paper: Paper, *watches: Any) -> Paper:
        listed = replace(item(1), paper=paper)
        await stores.harvests.record([listed], READ, WantedBy(watches), NOW)
        return await save(stores, paper)

    preprint = await announce(PREPRINT, here)
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_sent({message.id: 4711}, NOW)
    work = await announce(WORK, here, there)
    both = await save(stores, PREPRINT, doi=WORK.doi)
    while_one = await delivered(database)

    await stores.papers.undo_merge(both.id or 0)

    assert while_one == {(HERE.id, preprint.id, "sent"), (THERE.id, preprint.id, "due")}
    assert await delivered(database) == {
        (HERE.id, preprint.id, "sent"),
        (HERE.id, work.id, "due"),
        (THERE.id, work.id, "due"),
    }
    assert (await stores.deliveries.find_sent(HERE, preprint.id or 0)).message_id == 4711  # type: ignore[union-attr]  # it is sent


async def test_reading_lists_and_votes_follow_and_go_back(stores: Stores):
    """One list has both papers, each with a vote of its own and a common one; another the work alone."""
    preprint, work = await save(stores, PREPRINT), await save(stores, WORK)
    both_saved, one_saved = (Shelf(kind=ShelfKind.SERVER, id=number) for number in (1, 2))
    for shelf, paper, voters in (
        (both_saved, preprint, (11, 12)),
        (both_saved, work, (12, 13)),
        (one_saved, work, (14,)),
    ):
        await stores.library.save_to_shelf(shelf, paper.id or 0, 10, NOW)
        for voter in voters:
            await stores.library.toggle_vote(shelf, paper.id or 0, voter)

    async def votes() -> dict[int, list[tuple[int, float]]]:
        pages = {
            shelf.id: await stores.library.read_shelf(shelf, sort=Sort.VOTES, limit=9)
            for shelf in (both_saved, one_saved)
        }
        return {
            shelf: sorted(
                (paper.id or 0, count) for paper, count in zip(page.papers, page.figures, strict=True)
            )
            for shelf, page in pages.items()
        }

    before = await votes()
    both = await save(stores, PREPRINT, doi=WORK.doi)
    while_one = await votes()
    await stores.papers.undo_merge(both.id or 0)

    assert while_one == {1: [(both.id, 3.0)], 2: [(both.id, 1.0)]}
    after = await votes()
    assert after == before


async def test_person_who_is_forgotten_does_not_come_back_with_an_undone_merge(stores: Stores):
    preprint, work = await save(stores, PREPRINT), await save(stores, WORK)
    shelf = Shelf(kind=ShelfKind.SERVER, id=1)
    for paper in (preprint, work):
        await stores.library.save_to_shelf(shelf, paper.id or 0, 10, NOW)
        await stores.library.toggle_vote(shelf, paper.id or 0, 10)
    await stores.library.toggle_vote(shelf, work.id or 0, 11)
    both = await save(stores, PREPRINT, doi=WORK.doi)

    await stores.privacy.forget_person(10)
    await stores.papers.undo_merge(both.id or 0)

    page = await stores.library.read_shelf(shelf, sort=Sort.VOTES, limit=9)
    assert sorted(zip(ids(*page.papers), page.figures, strict=True)) == [(preprint.id, 0.0), (work.id, 1.0)]
    assert (await stores.privacy.export_person(10)).shelved == ()


async def delivered(database: Database) -> set[tuple[int, int, str]]:
    """Return place, paper and state of every delivery."""
    table = metadata.tables["deliveries"]
    query = table.select()
    rows = await database.read(lambda connection: connection.execute(query).all())
    return {(row.place_id, row.paper_id, row.state) for row in rows}


def test_every_column_that_points_at_a_paper_is_called_so():
    """By this name it follows merges."""
    followed = {*referring_columns(), metadata.tables["authorships"].c.paper_id}

    pointing = {
        key.parent
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column is metadata.tables["papers"].c.id
    }

    assert pointing <= followed
