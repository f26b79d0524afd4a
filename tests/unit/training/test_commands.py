"""`hoopoe train` and `hoopoe evaluate` on small invented corpora."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.config import Settings
from bot.domain.figures import Figure
from bot.domain.papers import Authorship, Paper
from bot.metrics.weights import read_model
from bot.storage import open_stores
from bot.storage.database import Database
from bot.storage.state import FORECAST_MODEL, State
from tests.unit.training.invented import make_papers, write_papers


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that holds the database, the cache and the corpus."""
    for item in Settings.__dataclass_fields__:
        monkeypatch.delenv(item.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("bot.training.scoring.SAMPLES", 20)
    return tmp_path


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("monthly", [pytest.param(False, id="venues"), pytest.param(True, id="categories")])
def test_evaluate_of_a_corpus_with_cited_topics_finds_them(
    folder: Path, capsys: pytest.CaptureFixture[str], *, monthly: bool
) -> None:
    papers = make_papers(range(2015, 2020) if monthly else range(2010, 2020), 50, monthly=monthly)
    file = write_papers(folder / "papers.jsonl", papers)

    found = evaluated(capsys, "--corpus", str(file))

    assert set(found) == {
        "spearman", "ndcg_20", "precision_top_10", "auc", "interval_coverage", "calibration", "newcomers",
        "baselines", "cohorts", "papers",
    }  # fmt: skip
    assert 0.5 < found["spearman"]["low"] <= found["spearman"]["value"] <= found["spearman"]["high"] <= 1
    assert found["papers"] == 50 * found["cohorts"]
    assert 0.6 < found["interval_coverage"]["value"] <= 1
    assert abs(found["baselines"]["random"]["value"]) < 0.2
    assert sum(band["papers"] for band in found["calibration"]) == found["papers"]


def test_evaluate_of_damaged_lines_leaves_them_out_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_papers(folder / "papers.jsonl", make_papers(range(2012, 2020), 52))
    file.write_text("{broken\n" + file.read_text(encoding="utf-8"), encoding="utf-8")

    assert main(["evaluate", "--corpus", str(file)]) == 0

    output = capsys.readouterr()
    assert f"{file}, line 1: no JSON; left out" in output.err
    assert "Spearman within cohorts" in output.out


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"citations": 0}, "there is nothing to learn from", id="never-cited"),
        pytest.param({"abstract": ""}, "there is nothing to learn from", id="no-abstracts"),
        pytest.param({"year": 2019}, "300 in 3 are needed", id="one-year"),
        pytest.param({"venue": ""}, "there is nothing to learn from", id="no-venue"),
    ],
)
def test_evaluate_of_a_corpus_without_evidence_says_what_lacks(
    folder: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], sentence: str
) -> None:
    papers = [paper | changes for paper in make_papers(range(2016, 2020), 40)]
    file = write_papers(folder / "papers.jsonl", papers)

    assert main(["evaluate", "--corpus", str(file)]) == 1

    assert sentence in capsys.readouterr().err


def test_evaluate_of_an_empty_catalogue_says_what_lacks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate"]) == 1

    assert "there is nothing to learn from" in capsys.readouterr().err


def test_train_on_the_catalogue_takes_real_papers_that_are_a_year_old(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    this_year = datetime.now(UTC).year
    old = catalogue_papers(make_papers(range(this_year - 5, this_year - 1), 40, monthly=True))
    too_young = replace(old[0], id=None, title="A paper of today", submitted_at=datetime.now(UTC))
    invented = replace(old[1], id=None, title="An invented paper", invented=True)

    async def save() -> None:
        async with Database.open(f"sqlite+aiosqlite:///{folder / 'hoopoe.db'}") as database:
            await open_stores(database).papers.save_papers((*old, too_young, invented))

    asyncio.run(save())

    assert main(["train", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["summary"].startswith(f"{len(old):,} papers of {this_year - 5} to {this_year - 2} in ")
    assert found["with_authors"] is True


def catalogue_papers(papers: list[dict[str, Any]]) -> tuple[Paper, ...]:
    """Return invented papers as the catalogue holds them."""
    return tuple(
        Paper(
            title=f"{paper['title']} {number}",
            abstract=paper["abstract"],
            authors=tuple(Authorship(name=name) for name in paper["authors"]),
            primary_category=paper["categories"][0],
            categories=tuple(paper["categories"]),
            submitted_at=datetime.fromisoformat(paper["submitted_at"]),
            citation_count=Figure(value=paper["citations"], source="OpenAlex", as_of=date(2026, 11, 1)),
            source="arXiv",
        )
        for number, paper in enumerate(papers)
    )


def test_train_on_a_file_keeps_the_model_for_the_bot(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_papers(folder / "papers.jsonl", make_papers(range(2012, 2020), 55))

    assert main(["train", "--corpus", str(file)]) == 0

    async def kept() -> str | None:
        async with Database.open(f"sqlite+aiosqlite:///{folder / 'hoopoe.db'}") as database:
            return await State(database).get_state(FORECAST_MODEL)

    model = read_model(asyncio.run(kept()) or "")
    assert model.with_authors
    assert model.is_worth_showing
    assert model.summary == "660 papers of 2014 to 2019 in 12 cohorts"
    assert "kept in the database" in capsys.readouterr().out


def test_train_without_authors_writes_a_model_without_their_terms(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_papers(folder / "papers.jsonl", make_papers(range(2013, 2020), 90))
    output = folder / "weights.json"

    assert main(["train", "--corpus", str(file), "--without-authors", "--output", str(output), "--json"]) == 0

    model = read_model(output.read_text(encoding="utf-8"))
    assert not model.with_authors
    assert "team_size" in model.used
    assert model.words is not None
    assert json.loads(capsys.readouterr().out)["with_authors"] is False
