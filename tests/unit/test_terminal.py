"""The command line: exit statuses, one line for each failure, JSON, the sample."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina

from bot.__main__ import main
from bot.complaint import describe
from bot.config import Settings
from bot.domain.identifiers import Doi, OpenAlexId
from bot.domain.papers import Paper
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidIdentifier,
    InvalidTopic,
    NotFound,
    RateLimited,
    SourceUnavailable,
)
from bot.storage import open_stores
from bot.storage.database import Database
from tests.factories import make_author, make_paper

NOWHERE = "http://127.0.0.1:9"
"""A port nobody listens on."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder in which the command line works, with no source in reach."""
    for item in Settings.__dataclass_fields__:
        monkeypatch.delenv(item.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("ARXIV_API_URL", f"{NOWHERE}/api/query")
    monkeypatch.setenv("ARXIV_RSS_URL", NOWHERE)
    monkeypatch.setenv("ARXIV_OAI_URL", NOWHERE)
    for source in ("OPENALEX", "SEMANTIC_SCHOLAR", "SCHOLAR_FEED"):
        monkeypatch.setenv(f"{source}_URL", NOWHERE)
    monkeypatch.setenv("ARXIV_MIN_INTERVAL_SECONDS", "0.001")
    with stamina.set_testing(True, attempts=1):
        yield tmp_path


def fill(folder: Path, *papers: Paper) -> None:
    async def save() -> None:
        async with Database.open(f"sqlite+aiosqlite:///{folder / 'hoopoe.db'}") as database:
            await open_stores(database).papers.save_papers(papers)

    asyncio.run(save())


def keep_state(folder: Path, key: str, value: str) -> None:
    async def save() -> None:
        async with Database.open(f"sqlite+aiosqlite:///{folder / 'hoopoe.db'}") as database:
            await open_stores(database).state.set_state(key, value)

    asyncio.run(save())


def result(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


# Look-ups


def test_author_of_the_sample_has_the_numbers_of_the_reference_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["author", "--json", "Sasha", "Luccioni"]) == 0

    captured = capsys.readouterr()
    author = json.loads(captured.out)
    assert author["primary_category"] == "cs.CY"
    assert [author[key]["value"] for key in ("h_index", "paper_count", "citation_count")] == [43, 15, 1768]
    assert captured.err.splitlines() == ["The catalogue is empty: this is from the bundled sample."]
    assert not (folder / "hoopoe.db").exists()


def test_paper_of_the_catalogue_is_shown_without_the_sample(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(folder, make_paper(id=None, title="Mine", fetched_at=datetime.now(UTC)))

    assert main(["paper", "2306.05949"]) == 0

    captured = capsys.readouterr()
    assert captured.out.startswith("Mine\n")
    assert captured.err == ""


def test_record_names_sources_and_merges_and_unmerge_takes_the_last_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preprint = make_paper(id=None)
    work = Paper(title="The Journal's Form", doi=Doi("10.1145/1"), venue="FAccT", source="OpenAlex")
    fill(folder, preprint, work)
    fill(folder, replace(preprint, doi=work.doi))

    assert main(["record", "--json", "10.1145/1"]) == 0
    told = result(capsys)
    statuses = [main(["unmerge", "2306.05949"]) for _ in range(2)]
    said = capsys.readouterr()
    assert main(["record"]) == 0
    listed = capsys.readouterr().out

    assert (told["origins"]["title"]["source"], told["origins"]["venue"]["source"]) == ("arXiv", "OpenAlex")
    assert [merge["evidence"] for merge in told["merges"]] == [
        "arXiv names them together: 2306.05949, 10.1145/1"
    ]
    assert statuses == [0, 1]
    assert said.out.startswith("Two papers again")
    assert "The Journal's Form (10.1145/1)" in said.out
    assert "was merged with nothing" in said.err
    assert ", undone " in listed


def test_search_lists_as_many_papers_as_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--json", "--limit", "7", "--sort", "newest", "energy"]) == 0

    papers = result(capsys)["papers"]
    assert len(papers) == 7
    dates = [paper["submitted_at"] for paper in papers]
    assert dates == sorted(dates, reverse=True)


def test_search_without_a_hit_while_arxiv_is_silent_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "zxcvbnm"]) == 1

    captured = capsys.readouterr()
    assert captured.out == ""
    [line] = captured.err.splitlines()
    assert line == 'hoopoe: nothing found for "zxcvbnm"; arXiv did not answer, so try again in a few minutes'


def test_misspelled_name_fails_and_names_the_nearest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["author", "Sasha Lucioni"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith('hoopoe: nothing found for "Sasha Lucioni"')
    assert '"Sasha Luccioni"' in line


def test_text_output_has_no_color_codes_when_piped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "energy"]) == 0

    assert "\x1b" not in capsys.readouterr().out


# Upkeep


def test_harvest_without_anything_to_harvest_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["harvest"]) == 2

    assert "--category" in capsys.readouterr().err


def test_harvest_while_arxiv_is_silent_fails_and_keeps_what_is_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["harvest", "--json", "--category", "cs.cy"]) == 1

    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"papers": []}
    assert "hoopoe: arXiv" in captured.err


def test_check_says_a_line_for_each_and_fails_where_one_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert main(["check", "--json"]) == 1
    values = result(capsys)

    sources = ["arXiv", "arXiv feeds", "arXiv OAI-PMH", "OpenAlex", "Semantic Scholar", "Scholar Feed"]
    assert list(values) == ["settings", "database", *sources, "Discord"]
    assert len(lines) == len(values)
    assert [values[name].get("ok") for name in values] == [True, True, *[False] * len(sources), None]
    assert [values[name].get("left") for name in sources] == [
        None, None, None, "$0.01 of $0.01", "300 of 300 calls", "100 of 100 calls",
    ]  # fmt: skip


def test_status_before_any_bot_ran_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 1
    assert not (folder / "hoopoe.db").exists()
    fill(folder)
    assert main(["status"]) == 1

    assert all(line.endswith("start one with hoopoe run") for line in capsys.readouterr().err.splitlines())


@pytest.mark.parametrize(("age", "expected"), [(timedelta(seconds=30), 0), (timedelta(minutes=10), 1)])
def test_status_fails_when_the_heartbeat_is_old(
    folder: Path, capsys: pytest.CaptureFixture[str], age: timedelta, expected: int
) -> None:
    written = {"bot": {"written_at": (datetime.now(UTC) - age).isoformat()}, "arXiv": {"ok": True}}
    keep_state(folder, "heartbeat", json.dumps(written))

    assert main(["status", "--json"]) == expected

    assert result(capsys) == written


def test_backup_copies_once_and_never_overwrites(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(folder, make_paper(id=None))

    assert main(["migrate"]) == 0
    assert main(["backup", "copy.db"]) == 0
    assert main(["backup", "copy.db"]) == 1

    assert "exists" in capsys.readouterr().err
    fill_of_copy = (folder / "copy.db").read_bytes()
    assert fill_of_copy.startswith(b"SQLite format 3")


def test_database_that_is_none_fails_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "hoopoe.db").write_text("This is a letter, not a database. " * 100)

    assert main(["author", "Sasha Luccioni"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert "hoopoe.db" in line


# Settings and usage


def test_wrong_settings_stop_every_command_with_a_line_each(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("SHARD_COUNT", "none")

    assert main(["author", "Sasha Luccioni"]) == 2

    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in lines] == ["SHARD_COUNT", "LOG_LEVEL"]


@pytest.mark.parametrize("command", ["run", "sync-commands"])
def test_run_without_a_token_says_how_to_get_one(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command]) == 2

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("hoopoe: DISCORD_TOKEN is not set")
    assert "https://discord.com/developers/applications" in line


@pytest.mark.parametrize("arguments", [["playground"], []])
def test_playground_without_its_extra_says_how_to_install_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert main(arguments) == 1

    assert "pip install 'hoopoe[playground]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["search"],
        ["search", "x", "--category", "cs.NOPE"],
        ["search", "x", "--since", "whenever"],
        ["search", "x", "--limit", "0"],
        ["playground", "--port", "99999"],
        ["backup"],
    ],
)
def test_wrong_usage_is_exit_status_two(folder: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2


def test_closed_pipe_is_harmless(folder: Path) -> None:
    fill(folder, *(make_paper(id=None, title=f"Paper {n}", arxiv_id=None) for n in range(3)))
    reader = subprocess.Popen(
        [sys.executable, "-m", "bot", "search", "--limit", "1000", "paper"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
    )
    assert reader.stdout
    assert reader.stderr
    reader.stdout.close()

    assert reader.stderr.read() == b""
    assert reader.wait() == 0
    reader.stderr.close()


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        pytest.param([b"search", "Müller".encode()], {"LC_ALL": "C", "PYTHONUTF8": "0"}, id="ascii"),
        pytest.param([b"search", b"\xff\xfe"], {"PYTHONUTF8": "1"}, id="no-utf-8"),
        pytest.param([b"search", b"x", b"--author", b"\xff"], {"PYTHONUTF8": "1"}, id="option"),
    ],
)
def test_text_in_any_encoding_is_looked_up_and_shown(
    folder: Path, arguments: list[bytes], environment: dict[str, str]
) -> None:
    fill(folder, make_paper(id=None, title="Müller's ﬁndings", arxiv_id=None))

    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"bot", *arguments],
        cwd=Path(__file__).parents[2],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in done.stderr
    assert (b"ller's" in done.stdout) == (b"ller" in arguments[1])


def test_closed_output_is_harmless(folder: Path) -> None:
    fill(folder, make_paper(id=None, title="Paper", arxiv_id=None))
    program = f'exec "{sys.executable}" -m bot search paper >&-'
    root = Path(__file__).parents[2]

    done = subprocess.run(["sh", "-c", program], cwd=root, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


def test_look_up_in_the_terminal_imports_no_discord(folder: Path) -> None:
    program = (
        "import sys; from bot.__main__ import main; status = main(sys.argv[1:]); "
        "sys.exit(status or 3 * ('discord' in sys.modules))"
    )
    for arguments in (["author", "Sasha Luccioni"], ["search", "energy"], ["migrate"], ["backup", "b.db"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=False,
        )

        assert done.returncode == 0, (arguments, done.stderr)


# Errors in words

NAMESAKE = make_author(openalex_id=OpenAlexId("A1"), institutions=("MIT",))


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            AmbiguousAuthor(
                "J. Li", [(make_author(openalex_id=OpenAlexId("A1"), institutions=("MIT",)), "T")]
            ),
            'several people are called "J. Li"; ask again with an id: A1 (MIT; T)',
        ),
        (
            InvalidIdentifier("23.5", "an arXiv identifier such as 2306.05949"),
            '"23.5" is not an arXiv identifier such as 2306.05949',
        ),
        (
            InvalidTopic("a AND", "a word", 6),
            'the search "a AND" is not complete: at character 6, expected a word',
        ),
        (RateLimited("OpenAlex", "429"), "OpenAlex asks to wait; try again in a few minutes"),
        (SourceUnavailable("arXiv", "down"), "arXiv does not answer; try again in a few minutes"),
        (
            NotFound("\x1b[31mred\n", papers=[make_paper(title="Title")]),
            'nothing found for "[31mred"; nearest: "Title"',
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, HoopoeError) else "",
)
def test_error_is_one_line_that_says_what_to_do(error: HoopoeError, line: str) -> None:
    assert describe(error) == line
