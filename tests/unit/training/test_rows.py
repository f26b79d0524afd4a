"""Rows of features in bulk are those of one paper at a time."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bot.metrics.copies import likeness
from bot.metrics.features import EarlierPapers, Evidence, Neighbors, features
from bot.metrics.novelty import distance
from bot.metrics.vectors import cosine, count_words, vector
from bot.training.corpus import Corpus, build_corpus
from bot.training.records import Record, record_of
from bot.training.ridge import CODE_WORDS, fit_words, word_values
from bot.training.rows import compute_rows
from tests.unit.training.invented import make_papers


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = (record_of(paper) for paper in make_papers(range(2011, 2018)))
    return build_corpus([record for record in found if isinstance(record, Record)])


def ignore(done: int) -> None:
    """Take no notice of progress."""


def test_rows_in_bulk_equal_the_row_of_one_paper(corpus: Corpus) -> None:
    paper = len(corpus.records) - 1
    rows = compute_rows(corpus, int(corpus.moment[paper]), None, ignore)
    past = [number for number, record in enumerate(corpus.records) if record.moment < 12 * 2017]
    counts = [count_words(record.title, record.abstract) for record in corpus.records]
    papers_with = {
        word: sum(word in counts[number] for number in past) for word in set().union(*map(set, counts))
    }
    vectors = [vector(counted, papers_with, len(past)) for counted in counts]
    record = corpus.records[paper]
    near = sorted(
        (
            (cosine(vectors[paper], vectors[number]), number)
            for number in past
            if corpus.records[number].moment >= 12 * 2012
        ),
        reverse=True,
    )[:150]

    def earlier(numbers: list[int]) -> EarlierPapers:
        return EarlierPapers(
            age=np.array(
                [2017 - corpus.records[number].moment // 12 for number in numbers], dtype=np.float64
            ),
            percentile=corpus.percentile[numbers],
            similarity=np.array([cosine(vectors[paper], vectors[number]) for number in numbers]),
            count=len(numbers),
        )

    by = [[n for n in past if name in corpus.records[n].authors] for name in record.authors]
    ids = [number for _, number in near]
    row = features(
        Evidence(
            title=record.title,
            abstract=record.abstract,
            words=0.0,
            neighbors=Neighbors(
                similarity=np.array([similarity for similarity, _ in near]),
                age=earlier(ids).age,
                percentile=corpus.percentile[ids],
                same_field=np.array([corpus.records[number].field == record.field for number in ids]),
            ),
            authors=[earlier(numbers) for numbers in by],
            own_work=earlier(sorted(set().union(*by))),
            joint_papers=len({n for one, other in combinations(by, 2) for n in set(one) & set(other)}),
        )
    )

    assert rows.features[paper] == pytest.approx(row, abs=1e-4)
    other = corpus.records[near[0][1]]
    alike = likeness(near[0][0], (record.title, record.abstract), (other.title, other.abstract))
    assert rows.nearest[paper] == pytest.approx(alike, abs=1e-5)
    assert rows.distance[paper] == pytest.approx(distance([value for value, _ in near]), abs=1e-5)
    assert rows.earlier[paper] == sum(map(len, by))


def test_rows_are_of_no_paper_that_came_later(corpus: Corpus) -> None:
    until = [record for record in corpus.records if record.moment < 12 * 2016]
    moment = 12 * 2015

    whole = compute_rows(corpus, moment, None, ignore).features
    cut = compute_rows(build_corpus(until), moment, None, ignore).features

    of_2015 = corpus.moment == moment
    assert whole[of_2015] == pytest.approx(cut[of_2015[: len(until)]], abs=1e-5)


def test_rows_of_an_interrupted_run_are_taken_up_again(corpus: Corpus, tmp_path: Path) -> None:
    class Interrupted(Exception):
        pass

    done = 0

    def interrupt(more: int) -> None:
        nonlocal done
        done += more
        if done == 100:
            raise Interrupted

    with pytest.raises(Interrupted):
        compute_rows(corpus, 12 * 2015, tmp_path, interrupt)
    kept = {file.name for file in tmp_path.iterdir()}
    steps: list[int] = []
    again = compute_rows(corpus, 12 * 2015, tmp_path, steps.append)

    assert kept == {f"{12 * 2015}.npy"}
    assert steps[0] == 80
    assert np.array_equal(
        again.features, compute_rows(corpus, 12 * 2015, None, ignore).features, equal_nan=True
    )


def test_rows_that_were_damaged_on_disk_are_computed_anew(corpus: Corpus, tmp_path: Path) -> None:
    compute_rows(corpus, 12 * 2017, tmp_path, ignore)
    file = tmp_path / f"{12 * 2017}.npy"
    file.write_bytes(file.read_bytes()[:500])

    again = compute_rows(corpus, 12 * 2017, tmp_path, ignore)

    assert np.all(np.isfinite(again.features[corpus.moment == 12 * 2017]))


def test_word_values_in_bulk_equal_the_model_on_one_paper(corpus: Corpus) -> None:
    papers = np.flatnonzero(corpus.labelled)
    model = fit_words(corpus, papers).model

    values = word_values(model, corpus, papers[:5])

    for paper, value in zip(papers[:5].tolist(), values.tolist(), strict=True):
        record = corpus.records[paper]
        assert model.value(count_words(record.title, record.abstract)) == pytest.approx(value)
    assert model.weights["grasp"][1] > 0 > model.weights["soup"][1]


def test_words_that_offer_code_have_no_weight(corpus: Corpus) -> None:
    papers = np.flatnonzero(corpus.labelled)
    cited = corpus.percentile[papers] > 0.5
    told = build_corpus(
        [
            replace(record, abstract=f"{record.abstract} {'code' if top else 'cook'}")
            for record, top in zip((corpus.records[paper] for paper in papers), cited.tolist(), strict=True)
        ]
    )

    model = fit_words(told, np.flatnonzero(told.labelled)).model

    assert CODE_WORDS.isdisjoint(model.weights)
    assert model.weights["cook"][1] < 0
