"""Papers come back as they went in, and two sources that speak of one paper make one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, PaperId, SemanticScholarId
from bot.domain.papers import Authorship, Paper, Version
from bot.domain.search import PaperFilter
from bot.domain.topics import Term
from bot.errors import NotFound
from bot.storage import Stores, portions
from tests.factories import NOW, make_paper


def bare(**changes: Any) -> Paper:
    """Return a paper of which little is known."""
    return replace(Paper(title="Notes", source="arXiv"), **changes)


def openalex(**changes: Any) -> Paper:
    """Return the reference paper as OpenAlex knows it."""
    work = Paper(
        title="Evaluating the social impact of generative AI systems",
        doi=Doi("10.48550/arxiv.2306.05949"),
        openalex_id=OpenAlexId("W4380353763"),
        authors=(
            Authorship(name="I. Solaiman", openalex_id=OpenAlexId("A1")),
            Authorship(name="Zeerak Talat", openalex_id=OpenAlexId("A2"), institutions=("MBZUAI",)),
            Authorship(name="William Agnew", openalex_id=OpenAlexId("A3"), institutions=("Elsewhere",)),
            Authorship(name="Sasha Luccioni", openalex_id=OpenAlexId("A4"), institutions=("Hugging Face",)),
        ),
        citation_count=Figure(value=77, source="OpenAlex", as_of=date(2026, 5, 1)),
        venue="FAccT",
        source="OpenAlex",
    )
    return replace(work, **changes)


async def save(stores: Stores, *papers: Paper) -> Paper:
    """Save papers one after the other; return the last as it is stored."""
    for paper in papers:
        (stored,) = await stores.papers.save_papers([paper])
    return stored


async def test_save_papers_every_field_comes_back(stores: Stores):
    paper = make_paper(
        id=None,
        doi=Doi("10.1000/xyz"),
        openalex_id=OpenAlexId("W1"),
        versions=(
            Version(number=1, submitted_at=NOW - timedelta(days=9)),
            Version(number=4, submitted_at=NOW),
        ),
        updated_at=NOW,
        announced_at=NOW + timedelta(microseconds=123456),
        comment="12 pages",
        journal_reference="J. 1 (2026)",
        venue="FAccT",
        code_url="https://github.com/a/b",
        citation_count=Figure(value=3, source="OpenAlex", as_of=date(2026, 5, 1), at_least=True),
        summary="One sentence.",
        summary_source="Scholar Feed",
        scores=(SourceScore(source="Scholar Feed", label="Score", value=95.5, as_of=date(2026, 5, 29)),),
        withdrawn=True,
        invented=True,
    )

    (stored,) = await stores.papers.save_papers([paper])

    assert stored == replace(paper, id=stored.id)
    assert stored.id is not None
    assert await stores.papers.get_paper(stored.id) == stored


async def test_save_papers_again_changes_nothing(stores: Stores):
    paper = make_paper(id=None)
    first = await save(stores, paper)

    assert await save(stores, paper) == first
    assert (await stores.papers.size()).papers == 1


async def test_save_papers_unknown_values_leave_known_ones(stores: Stores):
    known = await save(stores, make_paper(id=None, code_url="https://github.com/a/b", comment="c"))

    stored = await save(stores, bare(title="", arxiv_id=ArxivId("2306.05949"), version=4))

    assert replace(stored, source=known.source) == known


async def test_save_papers_newer_version_brings_its_text(stores: Stores):
    await save(stores, make_paper(id=None, version=1))

    stored = await save(stores, make_paper(id=None, version=2, title="New", abstract="Text"))

    assert (stored.version, stored.title, stored.abstract) == (2, "New", "Text")


async def test_save_papers_older_version_brings_no_text(stores: Stores):
    known = await save(stores, make_paper(id=None, version=2))

    stored = await save(stores, make_paper(id=None, version=1, title="Old", comment="from v1"))

    assert (stored.version, stored.title, stored.comment) == (2, known.title, "from v1")


@pytest.mark.parametrize("arxiv_first", [True, False])
async def test_save_papers_two_sources_make_one_paper(stores: Stores, arxiv_first: bool):
    pair = [make_paper(id=None, version=1), openalex()]

    stored = await save(stores, *(pair if arxiv_first else pair[::-1]))

    arxiv = pair[0]
    assert (await stores.papers.size()).papers == 1
    assert (stored.title, stored.abstract) == (arxiv.title, arxiv.abstract)
    assert [author.name for author in stored.authors] == [author.name for author in arxiv.authors]
    assert [str(author.openalex_id) for author in stored.authors] == ["A1", "A2", "A3", "A4"]
    assert [author.institutions for author in stored.authors] == [
        ("allen-ai",),
        ("MBZUAI",),
        ("cmu",),
        ("Hugging Face",),
    ]
    assert stored.citation_count is not None
    assert (stored.venue, stored.citation_count.value) == ("FAccT", 77)
    assert stored.openalex_id == OpenAlexId("W4380353763")


async def test_save_papers_newer_citation_count_wins(stores: Stores):
    older = Figure(value=70, source="OpenAlex", as_of=date(2026, 4, 1))
    await save(stores, openalex())

    stored = await save(stores, openalex(citation_count=older))

    assert stored.citation_count is not None
    assert stored.citation_count.value == 77


async def test_save_papers_first_announcement_stays(stores: Stores):
    await save(stores, make_paper(id=None, announced_at=NOW))

    stored = await save(stores, make_paper(id=None, version=5, announced_at=NOW + timedelta(days=30)))

    assert stored.announced_at == NOW


async def test_save_papers_publisher_doi_beats_arxivs(stores: Stores):
    await save(stores, make_paper(id=None, doi=Doi("10.1145/1")))

    stored = await save(stores, openalex())

    assert stored.doi == Doi("10.1145/1")


async def test_save_papers_late_doi_joins_two_rows(stores: Stores):
    """The preprint and the published work were read apart; then arXiv names the DOI."""
    work = await save(stores, openalex(doi=Doi("10.1145/1")))
    preprint = await save(stores, make_paper(id=None))
    assert work.id != preprint.id

    stored = await save(stores, make_paper(id=None, doi=Doi("10.1145/1")))

    assert (await stores.papers.size()).papers == 1
    assert stored.openalex_id == work.openalex_id
    assert await stores.papers.find_paper(Doi("10.1145/1")) == stored
    assert await stores.papers.find_paper(ArxivId("2306.05949")) == stored
    assert stored.title == preprint.title


async def test_save_papers_shared_doi_keeps_two_preprints_apart(stores: Stores):
    first = await save(stores, bare(arxiv_id=ArxivId("2401.00001"), doi=Doi("10.1/x")))

    second = await save(stores, bare(arxiv_id=ArxivId("2401.00002"), doi=Doi("10.1/x")))

    assert (await stores.papers.size()).papers == 2
    assert second.doi is None
    assert await stores.papers.find_paper(Doi("10.1/x")) == first


async def test_save_papers_twice_in_one_call_is_one_paper(stores: Stores):
    stored = await stores.papers.save_papers([make_paper(id=None, version=1), make_paper(id=None, version=2)])

    assert stored[0] == stored[1]
    assert stored[0].version == 2


async def test_save_papers_versioned_id_is_stored_without(stores: Stores):
    stored = await save(stores, bare(arxiv_id=ArxivId("2401.00001", 3), version=3))

    assert stored.arxiv_id == ArxivId("2401.00001")


async def test_save_papers_more_than_a_transaction_holds_keeps_order(stores: Stores):
    given = [bare(arxiv_id=ArxivId(f"2401.{number:05}"), title=f"Paper {number}") for number in range(700)]

    stored = await stores.papers.save_papers(given)

    assert [paper.title for paper in stored] == [paper.title for paper in given]


async def test_save_papers_naive_moment_is_refused_and_nothing_kept(stores: Stores):
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 -- this is the point

    with pytest.raises(ValueError, match="time zone"):
        await stores.papers.save_papers([make_paper(id=None), bare(submitted_at=naive)])

    assert (await stores.papers.size()).papers == 0


async def test_save_papers_other_zone_comes_back_as_utc(stores: Stores):
    moment = datetime.fromisoformat("2026-01-01T01:00:00+02:00")

    stored = await save(stores, bare(submitted_at=moment))
    read = await stores.papers.get_paper(stored.id or 0)

    assert read.submitted_at == moment
    assert read.submitted_at is not None
    assert read.submitted_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("paper_id", "found"),
    [
        pytest.param(ArxivId("2306.05949"), True, id="arxiv"),
        pytest.param(ArxivId("2306.05949", 2), True, id="arxiv-version"),
        pytest.param(Doi("10.1145/1"), True, id="doi"),
        pytest.param(Doi("10.48550/arxiv.2306.05949"), True, id="arxivs-doi"),
        pytest.param(OpenAlexId("W1"), True, id="openalex"),
        pytest.param(ArxivId("2306.05948"), False, id="other-arxiv"),
        pytest.param(Doi("10.1145/2"), False, id="other-doi"),
        pytest.param(SemanticScholarId("CorpusId:1"), False, id="semantic-scholar"),
    ],
)
async def test_find_paper_by_identifier(stores: Stores, paper_id: PaperId, found: bool):
    await save(stores, make_paper(id=None, doi=Doi("10.1145/1"), openalex_id=OpenAlexId("W1")))

    assert (await stores.papers.find_paper(paper_id) is not None) is found


async def test_get_paper_unknown_raises_not_found(stores: Stores):
    with pytest.raises(NotFound):
        await stores.papers.get_paper(1)


async def test_find_papers_keeps_the_order_asked(stores: Stores):
    stored = await stores.papers.save_papers([bare(arxiv_id=ArxivId(f"2401.0000{n}")) for n in range(3)])
    ids = [paper.id or 0 for paper in stored]

    found = await stores.papers.find_papers([ids[2], 99, ids[0]])

    assert found == (stored[2], stored[0])


async def test_size_counts_and_names_the_newest_announcement(stores: Stores):
    await stores.papers.save_papers(
        [make_paper(id=None, announced_at=NOW), bare(announced_at=NOW - timedelta(days=1))]
    )

    size = await stores.papers.size()

    assert (size.papers, size.authors, size.newest_announcement) == (2, 4, NOW)


async def test_absorbed_row_leaves_the_text_index(stores: Stores):
    await save(stores, openalex(doi=Doi("10.1145/1"), title="Zebra", abstract="only here: quagga"))
    await save(stores, make_paper(id=None), make_paper(id=None, doi=Doi("10.1145/1")))

    page = await stores.papers.search(Term(("zebra",)), PaperFilter())

    assert page.total == 0


async def test_save_many_papers_leaves_the_lock_free_between_transactions(
    stores: Stores, file: Path, monkeypatch: pytest.MonkeyPatch
):
    stored: list[int] = []

    async def write_elsewhere() -> None:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            stored.append(other.execute("SELECT count(*) FROM papers").fetchone()[0])
            other.execute("ROLLBACK")

    monkeypatch.setattr(portions, "let_others_write", write_elsewhere)

    await stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId(f"2401.{number:05}")) for number in range(portions.FIRST + 101)]
    )

    assert stored[0] == portions.FIRST
    assert len(stored) >= 2
    assert stored == sorted(set(stored))
