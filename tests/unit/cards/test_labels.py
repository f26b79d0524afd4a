"""What is stored in English, said in the reader's language."""

from __future__ import annotations

import pytest

from bot.cards.labels import evidence, pause_reason, trained_on, watch_label
from bot.domain.watches import AuthorCriterion, CategoryCriterion, SimilarCriterion
from bot.words import speaking
from tests.factories import make_author
from tests.fakes import make_watch

CRITERIA = (
    AuthorCriterion(author_id=3, name="Emma Strubell", names=("emma strubell",)),
    CategoryCriterion(category="cs.CY"),
    CategoryCriterion(category="cs.CY", primary=True),
    SimilarCriterion(paper_id=7, title="Energy · and policy", threshold=0.3),
)


@pytest.mark.parametrize("criterion", CRITERIA, ids=str)
def test_label_in_english_is_as_it_was(criterion: AuthorCriterion | CategoryCriterion) -> None:
    label = make_watch(criterion=criterion).label
    assert watch_label(label) == label


@pytest.mark.parametrize(
    ("label", "german"),
    [
        ("author Emma Strubell", "Person Emma Strubell"),
        ("category cs.CY", "Kategorie cs.CY"),
        ("category cs.CY (primary)", "Kategorie cs.CY (als erste)"),
        ("topic: energy AND use · category cs.CY", "Thema: energy AND use · Kategorie cs.CY"),
        ("similar to the reading list", "ähnlich wie die Leseliste"),
        (
            "similar to the reading list (Green AI) · category cs.CY",
            "ähnlich wie die Leseliste (Green AI) · Kategorie cs.CY",
        ),
        ("similar to Energy · and policy", "ähnlich wie Energy · and policy"),
        (
            "author Wei Wang (or a namesake: other institutions, a name that several bear)",
            "Person Wei Wang (oder eine gleichnamige Person: andere Einrichtungen, ein häufiger Name)",
        ),
        ("cites papers by Emma Strubell", "zitiert Paper von Emma Strubell"),
        ("cites Learning by Doing", "zitiert Learning by Doing"),
        (
            "cites Energy (by the way) (by Emma Strubell) · topic: energy",
            "zitiert Energy (by the way) von Emma Strubell · Thema: energy",
        ),
        ("cites Energy and 1 more (by Emma Strubell)", "zitiert „Energy“ und 1 weiteres von Emma Strubell"),
        (
            "cites War and Peace and 12 more (by Emma Strubell)",
            "zitiert „War and Peace“ und 12 weitere von Emma Strubell",
        ),
        ("author ", "author "),
        ("", ""),
    ],
)
def test_label_is_said_in_german(label: str, german: str) -> None:
    with speaking("de"):
        assert watch_label(label) == german


def test_cited_paper_stands_with_its_author() -> None:
    said = "cites Energy and Policy Considerations by Emma Strubell"
    assert watch_label("cites Energy and Policy Considerations (by Emma Strubell)") == said
    assert watch_label("cites Energy and 2 more (by Ann)") == "cites “Energy” and 2 more by Ann"


def test_evidence_and_reason_are_said_in_german() -> None:
    author = make_author(evidence="written with Emma Strubell; same institution; about energy, policy")
    with speaking("de"):
        said = "geschrieben mit Emma Strubell; dieselbe Einrichtung; über energy, policy"
        assert evidence(author, 200) == said
        assert pause_reason("by hand") == pause_reason("paused by hand") == "von Hand"
        assert pause_reason("Discord did not take the message about *X*").startswith("Discord nahm")
        assert pause_reason("something that nobody foresaw") == "something that nobody foresaw"


def test_what_a_forecast_was_trained_on_is_said_in_german() -> None:
    said = "31,366 papers of 2016 to 2021 in 61 cohorts"
    assert trained_on(said) == said
    with speaking("de"):
        assert trained_on(said) == "31.366 Papern von 2016 bis 2021 in 61 Kohorten"
        assert trained_on("*nothing*") == "\\*nothing\\*"
