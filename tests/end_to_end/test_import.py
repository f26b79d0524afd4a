"""`hoopoe import` as whoever hosts it meets it: killed, resumed, refused, read by a program."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.snapshots import line, write

pytestmark = pytest.mark.timeout(120)

LINES = 4000


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return kept | {
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}",
    }


def start(environ: dict[str, str], *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "import", *map(str, arguments)],
        env=environ,
        cwd=environ["HOME"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(environ: dict[str, str], *arguments: str | Path) -> tuple[int, str, str]:
    process = start(environ, *arguments)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def rows(folder: Path, query: str) -> list[Any]:
    file = folder / "hoopoe.db"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:  # not yet migrated, or just being written
            return []


def beat(folder: Path) -> None:
    """Write down that a bot runs, so that the import takes short transactions."""
    status = json.dumps({"bot": {"written_at": "2100-01-01T00:00:00+00:00"}})
    with closing(sqlite3.connect(folder / "hoopoe.db")) as connection, connection:
        connection.execute("INSERT INTO states VALUES ('heartbeat', ?)", (status,))


def test_import_killed_three_times_ends_with_every_record_once(
    environ: dict[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path / "snapshot.json.gz", map(line, range(1, LINES + 1)), packed=True)
    assert run(environ, write(tmp_path / "first", [line(99_999)]))[0] == 0
    beat(tmp_path)
    done = 1
    for _ in range(3):
        with start(environ, path) as process:
            while process.poll() is None and rows(tmp_path, "SELECT count(*) FROM papers")[0][0] == done:
                time.sleep(0.01)
            process.kill()
        done = rows(tmp_path, "SELECT count(*) FROM papers")[0][0]

    status, output, errors = run(environ, "--json", path)

    summary = json.loads(output)
    assert (status, summary["complete"], summary["lines"], summary["new"]) == (0, True, LINES, LINES)
    assert summary["resumed_after_line"] == done - 1 > 0
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT arxiv_id) FROM papers") == [(LINES + 1, LINES + 1)]
    assert rows(tmp_path, "SELECT count(*) FROM authorships") == [(2 * LINES + 2,)]
    assert rows(tmp_path, "SELECT linked_count FROM authors") == [(LINES + 1,), (LINES + 1,)]
    assert rows(tmp_path, "SELECT count(*) FROM deliveries") == [(0,)]
    assert rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]
    assert f"{LINES:,} papers" in errors
    assert "lines/s" in errors


def test_import_names_bad_lines_and_succeeds(environ: dict[str, str], tmp_path: Path) -> None:
    path = write(tmp_path / "snapshot", [line(1), b"nonsense\n", line(2), b"\xff\xfe\n", line(3, title=7)])

    status, output, errors = run(environ, "--json", path)

    assert status == 0
    assert json.loads(output)["skipped_lines"] == [
        {"line": 2, "reason": "not a whole JSON object"},
        {"line": 4, "reason": "not a whole JSON object"},
        {"line": 5, "reason": '"title": expected "str", got "int"'},
    ]
    assert 'line 5 is skipped: "title": expected "str", got "int"' in errors


def test_import_cut_file_fails_and_keeps_what_came(environ: dict[str, str], tmp_path: Path) -> None:
    path = write(tmp_path / "snapshot", [line(1), line(2)[:-20]])

    status, output, errors = run(environ, path)

    assert status == 1
    assert "ends too early, in line 2" in errors
    assert output == "Lines read: 1; papers stored: 1, not known before: 1; bad lines skipped: 0.\n"


def test_import_wrong_file_is_one_line_on_stderr(environ: dict[str, str], tmp_path: Path) -> None:
    status, output, errors = run(environ, write(tmp_path / "table.csv", [b"id,title\n"]))

    assert (status, output) == (1, "")
    [complaint] = [text for text in errors.splitlines() if text.startswith("hoopoe: ")]
    assert "table.csv holds no record" in complaint
    assert "expected arXiv's metadata snapshot" in complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--since", "1980"], "'1980' is no year of arXiv", id="year"),
        pytest.param(["--since", "2024", "--until", "2020"], "is after --until 2020", id="order"),
        pytest.param(["--category", "cooking"], "'cooking' is no category of arXiv", id="category"),
    ],
)
def test_import_wrong_usage_exits_with_2(
    environ: dict[str, str], tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    status, output, errors = run(environ, write(tmp_path / "file", [line()]), *arguments)

    assert (status, output) == (2, "")
    assert complaint in errors
