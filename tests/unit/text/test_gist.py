"""What abstracts say of question, method and finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.gist import Gist, gist_of, sentences_of

BACKGROUND = "Language models answer many kinds of questions."
QUESTION = "However, it remains unclear how much energy each answer costs."
METHOD = "We measure 88 models on ten tasks with a power meter, e.g. a plug."
FINDING = "Our results show that generating an image takes 60 times more energy than a word."


def test_gist_finds_all_three_in_their_own_words() -> None:
    gist = gist_of(f"{BACKGROUND} {QUESTION}\n{METHOD} {FINDING}")
    assert gist == Gist(question=QUESTION, method=METHOD, finding=FINDING)


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param(f"{METHOD} {FINDING}", Gist(method=METHOD, finding=FINDING), id="no-question"),
        pytest.param(f"{BACKGROUND} {FINDING}", Gist(finding=FINDING), id="finding"),
        pytest.param(f"{BACKGROUND} {BACKGROUND}", Gist(), id="none"),
        pytest.param(METHOD, Gist(), id="one-sentence"),
        pytest.param("", Gist(), id="empty"),
    ],
)
def test_gist_leaves_out_what_is_not_announced(abstract: str, expected: Gist) -> None:
    assert gist_of(abstract) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See Fig. 3 of A. Li et al. (2020). We go on.", ["See Fig. 3 of A. Li et al. (2020).", "We go on."]),
        ("It costs 3.5 W. That is little.", ["It costs 3.5 W. That is little."]),
        ('They said "yes." We agree! $x$ is small.', ['They said "yes."', "We agree!", "$x$ is small."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert list(sentences_of(text)) == expected


@given(st.text(max_size=400), st.lists(st.sampled_from([BACKGROUND, QUESTION, METHOD, FINDING])))
def test_gist_invents_nothing(noise: str, said: list[str]) -> None:
    abstract = " ".join([*said, noise])
    gist = gist_of(abstract)
    for sentence in (gist.question, gist.method, gist.finding):
        assert sentence in " ".join(abstract.split())
