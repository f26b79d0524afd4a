"""Evidence on whether two papers have one author."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.metrics.evidence import Evidence, evidence_of, institution_words, topic_words
from bot.metrics.identity import NameCounts, Outcome, common_ground, expected_namesakes, judge, start_of


def evidence(name: str = "Wei Wang", *coauthors: str, **known: str) -> Evidence:
    """Return evidence with words and the like given as text."""
    fields = {key: frozenset(text.split()) for key, text in known.items() if key not in ("paper", "person")}
    told = {key: text for key, text in known.items() if key in ("paper", "person")}
    return Evidence(name=name, coauthors=frozenset(coauthors), **fields, **told)  # type: ignore[arg-type]  # by name


def test_judge_two_shared_coauthors_of_a_common_name_is_same_and_names_them():
    one = evidence("Wei Wang", "emma strubell", "roy schwartz", fields="cs.CL")
    other = evidence("Wei Wang", "emma strubell", "roy schwartz", fields="cs.CL cs.LG")

    judgment = judge(one, other, {})

    assert judgment.outcome is Outcome.SAME
    assert judgment.because == (
        "same co-author Emma Strubell, same co-author Roy Schwartz, same category, a name that several bear"
    )


def test_judge_a_common_name_alone_is_different():
    assert judge(evidence(), evidence(), {}).outcome is Outcome.DIFFERENT


def test_judge_a_rare_name_alone_is_same():
    judgment = judge(evidence("Sasha Luccioni"), evidence("Sasha Luccioni"), {})

    assert (judgment.outcome, judgment.because) == (Outcome.SAME, "a rare name")


def test_judge_some_evidence_for_a_common_name_is_open():
    one = evidence("Wei Wang", words="parsing treebanks", fields="cs.CL")
    other = evidence("Wei Wang", words="parsing treebanks quickly", fields="cs.CL")

    assert judge(one, other, {"Wei Wang": 1.5}).outcome is Outcome.OPEN


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        pytest.param(evidence("Wei Wang"), evidence("Yue Wang"), "names that disagree", id="names"),
        pytest.param(
            evidence("Wei Wang", "a b", paper="1"),
            evidence("W. Wang", "a b", paper="1"),
            "two authors of one paper",
            id="paper",
        ),
        pytest.param(evidence(person="A1"), evidence(person="A2"), "known to a source", id="source"),
    ],
)
def test_judge_what_cannot_be_is_different(one: Evidence, other: Evidence, because: str):
    judgment = judge(one, other, {})

    assert (judgment.outcome, judgment.because) == (Outcome.DIFFERENT, because)


def test_judge_one_identifier_of_a_source_is_same_whatever_the_names():
    judgment = judge(evidence("Ana Silva", person="A1"), evidence("A. S. Costa", person="A1"), {})

    assert judgment.outcome is Outcome.SAME


def test_start_of_an_initial_before_a_crowded_family_name_counts_less():
    namesakes = {"W. Zhang": 0.1, "Wen Zhang": 0.1, "W. Strubell": 0.1, "Willa Strubell": 0.1}

    crowded = start_of("W. Zhang", "Wen Zhang", namesakes)

    assert crowded < start_of("W. Strubell", "Willa Strubell", namesakes) - 2


def test_judge_a_shared_coauthor_with_a_common_name_counts_less():
    namesakes = {"wei wang": 2.0, "emma strubell": 0.02}
    common, rare = (
        judge(evidence("Li Na", name), evidence("Li Na", name), namesakes).log_odds for name in namesakes
    )

    assert common < rare - 2


def test_evidence_of_takes_what_the_paper_says_of_this_author():
    paper = Paper(
        id=7,
        title="A Parsing of the Müller Corpus",
        authors=(
            Authorship(name="Wei Wang", openalex_id=OpenAlexId("A5"), institutions=("University of Bonn",)),
            Authorship(name="Émile Zola"),
        ),
        categories=("cs.CL",),
    )

    assert evidence_of(paper, 0) == Evidence(
        name="Wei Wang",
        paper="7",
        coauthors=frozenset({"emile zola"}),
        words=frozenset({"parsing", "muller", "corpus"}),
        fields=frozenset({"cs.CL"}),
        institutions=frozenset({"bonn"}),
        person="A5",
    )


def test_expected_namesakes_follows_the_counts_of_a_large_catalogue():
    common = expected_namesakes("Amit Kumar", NameCounts(names=600_000, family=6_000, given=900))
    rare = expected_namesakes("Amit Kumar", NameCounts(names=600_000, family=3, given=2))

    assert common == pytest.approx(1.0, rel=0.05)
    assert rare < 0.05


def test_expected_namesakes_in_a_small_catalogue_is_a_guess_by_the_kind_of_name():
    nobody = NameCounts(names=10, family=1, given=1)

    assert expected_namesakes("Wei Wang", nobody) > 1 > expected_namesakes("Sasha Luccioni", nobody)


def test_words_that_say_nothing_are_left_out():
    assert topic_words("A New Method for the Parsing of Data") == {"parsing"}
    assert institution_words(["Department of Computer Science, University of Bonn"]) == {"bonn"}


def test_common_ground_names_the_frequent_coauthors_and_subjects():
    papers = [
        evidence("Wei Wang", "emma strubell", words="parsing speech"),
        evidence("Wei Wang", "emma strubell", words="parsing"),
    ]

    assert (
        common_ground(papers, {"emma strubell": "Emma StruBell"})
        == "written with Emma StruBell; about parsing"
    )
    assert common_ground([evidence(), evidence()], {}) == "a name that few bear"
