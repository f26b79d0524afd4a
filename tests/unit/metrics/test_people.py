"""Papers of one name are sorted into people."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.metrics.evidence import Evidence
from bot.metrics.identity import judge
from bot.metrics.people import pair_odds, sort_papers

NAMES = ("Wei Wang", "W. Wang", "Wei-Li Wang", "Yue Wang")


def some_papers(seed: int, count: int) -> list[Evidence]:
    """Return papers that share this and that at random."""
    chance = random.Random(seed)

    def some(words: str, most: int) -> frozenset[str]:
        return frozenset(chance.sample(words.split(), chance.randint(0, most)))

    return [
        Evidence(
            name=chance.choice(NAMES),
            paper=str(chance.randint(0, count)),
            coauthors=some("ann.bee cy.dee eve.fox li.wang", 2),
            words=some("parsing deep speech galaxies", 3),
            fields=some("cs.CL astro-ph.GA", 1),
            institutions=some("bonn oxford mit", 1),
            person=chance.choice([None, None, None, "A1", "A2"]),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_pair_odds_are_those_that_judge_gives(seed: int):
    papers = some_papers(seed, 25)
    namesakes = {"Wei Wang": 0.5}

    odds = pair_odds(papers, namesakes)

    judged = [[judge(one, other, namesakes).log_odds for other in papers] for one in papers]
    apart = ~np.eye(len(papers), dtype=bool)
    assert odds[apart] == pytest.approx(np.array(judged)[apart], abs=1e-3)


def test_sort_papers_keeps_every_paper_once_and_the_largest_group_first():
    groups, odds = sort_papers(some_papers(1, 60), {})

    assert sorted(index for group in groups for index in group) == list(range(60))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    assert odds.shape == (len(groups), len(groups))


def test_sort_papers_ties_two_by_a_third():
    papers = [
        Evidence(name="Wei Wang", coauthors=frozenset({"ann bee"})),
        Evidence(name="Wei Wang", coauthors=frozenset({"ann bee", "cy dee", "eve fox"})),
        Evidence(name="Wei Wang", coauthors=frozenset({"cy dee", "eve fox"})),
        Evidence(name="Wei Wang", coauthors=frozenset({"guy hut"})),
    ]

    groups, _ = sort_papers(papers, {"Wei Wang": 0.5})

    assert groups == [[0, 1, 2], [3]]


def test_sort_papers_never_joins_two_identifiers_of_a_source():
    shared = frozenset({"ann bee", "cy dee"})
    papers = [
        Evidence(name="Sasha Luccioni", coauthors=shared, person=person) for person in ("A1", "A2", None)
    ]

    groups, _ = sort_papers(papers, {})

    assert not any({0, 1} <= set(group) for group in groups)
    assert len(groups) == 2


def test_sort_papers_without_papers_is_nobody():
    assert sort_papers([], {})[0] == []
