"""Who wrote with whom."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.metrics.network import MOST_AUTHORS, network_of
from tests.factories import make_paper


def paper(*names: str, year: int = 2024) -> Paper:
    return make_paper(
        authors=tuple(Authorship(name=name) for name in names), submitted_at=datetime(year, 5, 1, tzinfo=UTC)
    )


def is_author(person: Authorship) -> bool:
    return person.name == "Ada"


def test_network_counts_joint_papers_the_most_first() -> None:
    papers = [paper("Ada", "Bo", "Cy", year=2020), paper("Bo", "Ada", year=2024), paper("Ada")]
    network = network_of(papers, is_author)
    assert [(one.name, one.papers, one.last_year) for one in network.coauthors] == [
        ("Bo", 2, 2024),
        ("Cy", 1, 2020),
    ]
    assert network.ties == ((0, 1, 1),)
    assert (network.counted, network.crowded) == (3, 0)


def test_network_counts_no_collaboration_among_the_people() -> None:
    network = network_of([paper("Ada", "The LIGO Scientific Collaboration", "Bo")], is_author)
    assert [one.name for one in network.coauthors] == ["Bo"]


def test_network_tells_people_apart_by_their_ids() -> None:
    one, other = OpenAlexId("A1"), OpenAlexId("A2")
    papers = [
        make_paper(authors=(Authorship(name="Ada"), Authorship(name="Wei Wang", openalex_id=one))),
        make_paper(authors=(Authorship(name="Ada"), Authorship(name="Wei Wang", openalex_id=other))),
    ]
    assert [found.openalex_id for found in network_of(papers, is_author).coauthors] == [one, other]


def test_network_gives_a_bare_name_to_the_one_who_bears_it() -> None:
    papers = [
        make_paper(
            authors=(Authorship(name="Ada"), Authorship(name="Éva Nagy", openalex_id=OpenAlexId("A1")))
        ),
        paper("Ada", "Eva Nagy"),
    ]
    (found,) = network_of(papers, is_author).coauthors
    assert (found.name, found.openalex_id, found.papers) == ("Éva Nagy", OpenAlexId("A1"), 2)


def test_network_leaves_crowded_papers_out_and_says_so() -> None:
    crowd = paper("Ada", *(f"Person {number}" for number in range(MOST_AUTHORS)))
    network = network_of([crowd, paper("Ada", "Bo")], is_author)
    assert [one.name for one in network.coauthors] == ["Bo"]
    assert (network.counted, network.crowded) == (1, 1)


def test_network_of_nothing_is_empty() -> None:
    network = network_of([], is_author)
    assert (network.coauthors, network.ties) == ((), ())
