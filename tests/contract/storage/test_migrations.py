"""Migrations give the schema, under a lock, after a backup, all or nothing."""

from __future__ import annotations

import importlib
import json
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from bot.domain.watches import CategoryCriterion, Filters
from bot.storage import migrate, schema
from bot.storage.outgoing.watches import read_all, read_version

HALF = """
from alembic import op

revision = "9999_half"
down_revision = "{before}"


def upgrade():
    op.execute("CREATE TABLE half (name TEXT)")
    op.execute("CREATE VIRTUAL TABLE half_index USING fts5(name)")
    op.execute("UPDATE states SET value = 'changed'")
    {last}
"""


NEWEST, HALF_NAME = migrate.HEAD, "9999_half"


def half(last: str = "") -> str:
    """Return a migration after the newest that does three things and then what is said."""
    return HALF.format(before=NEWEST, last=last)


def tables(file: Path) -> dict[str, str]:
    """Return every table and index by name, with its definition, spaces aside."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: "".join(sql.split()) for name, sql in rows if name != "alembic_version"}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of migrations with room for one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(migrate, "HEAD", HALF_NAME)
    return folder


@pytest.fixture
def used(file: Path) -> Path:
    """A database with something in it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO states VALUES ('key', 'kept')")
        connection.commit()
    return file


def test_migrations_give_the_schema(migrated: Path, tmp_path: Path):
    file = tmp_path / "schema.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
        for statement in (
            schema.TEXT_INDEX,
            *schema.WATCH_TRIGGERS,
            *schema.SHELF_TRIGGERS,
            *schema.AUTHOR_WORK_TRIGGERS,
            schema.WORD_INDEX,
            *schema.NUMBER_TRIGGERS,
        ):
            connection.execute(text(statement))
    engine.dispose()

    assert tables(migrated) == tables(file)


def test_head_is_the_newest_migration():
    script = ScriptDirectory(migrate.FOLDER, version_locations=[str(migrate.FOLDER)])

    assert script.get_heads() == [migrate.HEAD]
    assert {path.stem for path in migrate.FOLDER.glob("[0-9]*.py")} == {
        revision.revision for revision in script.walk_revisions()
    }


def test_every_table_is_strict(migrated: Path):
    with closing(sqlite3.connect(migrated)) as connection:
        rows = connection.execute("SELECT name, type, strict FROM pragma_table_list").fetchall()

    loose = {name for name, kind, strict in rows if kind == "table" and not strict}
    assert loose <= {"alembic_version", "sqlite_schema", "sqlite_sequence", "sqlite_temp_schema"}


def test_upgrade_newest_file_does_not_import_alembic(file: Path):
    program = "import sys; from pathlib import Path; from bot.storage import migrate\n"
    program += "migrate.upgrade(Path(sys.argv[1])); print('alembic' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


def test_upgrade_empty_file_makes_no_backup(tmp_path: Path):
    file = tmp_path / "new.db"
    file.touch()

    migrate.upgrade(file)

    assert migrate.revision_of(file) == migrate.HEAD
    assert not list(tmp_path.glob("*backup*"))


def test_upgrade_used_file_is_copied_first(used: Path, later: Path):
    (later / "9999_half.py").write_text(half())

    migrate.upgrade(used)

    copy = used.with_name(f"{used.name}.backup-{NEWEST}")
    assert migrate.revision_of(used) == HALF_NAME
    assert migrate.revision_of(copy) == NEWEST
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM states").fetchone() == ("kept",)


def test_upgrade_failing_leaves_everything_as_it_was(used: Path, later: Path):
    (later / "9999_half.py").write_text(half("raise RuntimeError"))
    before = tables(used)

    with pytest.raises(RuntimeError):
        migrate.upgrade(used)

    assert migrate.revision_of(used) == NEWEST
    assert tables(used) == before
    with closing(sqlite3.connect(used)) as connection:
        assert connection.execute("SELECT value FROM states").fetchone() == ("kept",)


def test_upgrade_failing_from_empty_leaves_nothing(tmp_path: Path, later: Path):
    """The whole way is one transaction, not one for each revision."""
    (later / "9999_half.py").write_text(half("raise RuntimeError"))
    file = tmp_path / "new.db"

    with pytest.raises(RuntimeError):
        migrate.upgrade(file)

    assert tables(file) == {}


def test_upgrade_two_at_once_migrate_once(tmp_path: Path):
    file = tmp_path / "new.db"

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate.upgrade, [file] * 4))

    assert migrate.revision_of(file) == migrate.HEAD


def test_watches_of_the_first_schema_keep_what_they_are(tmp_path: Path):
    """A watch with the code filter, one without, and the number of one that was removed."""
    file = tmp_path / "first.db"
    first = importlib.import_module("bot.storage.migrations.0001_catalogue")
    with closing(sqlite3.connect(file)) as connection:
        for statement in first.STATEMENTS:
            connection.execute(statement)
        for number, code in ((1, 0), (2, 1), (3, 0)):
            connection.execute(
                "INSERT INTO watches VALUES (?, 42, 'channel', 111, 999, 'category', ?, ?, ?, 0, '')",
                (number, f'["cs.CY",{number}]', '{"category":"cs.CY","primary":false}', code),
            )
        connection.execute("DELETE FROM watches WHERE id = 3")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001_catalogue')")
        connection.commit()

    migrate.upgrade(file)

    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        watches, version = read_all(connection)
        connection.execute(text("UPDATE watches SET owner_id = 1"))
        assert read_version(connection) == version + 2
        new = connection.execute(
            text(
                "INSERT INTO watches SELECT NULL, owner_id, place_kind, 5, guild_id, criterion_kind,"
                " criterion_key, criterion, narrowed, filters, manner, condition_key, created_at,"
                " paused_reason FROM watches WHERE id = 1 RETURNING id"
            )
        ).scalar_one()
    engine.dispose()
    assert [(one.id, one.criterion, one.filters) for one in watches] == [
        (1, CategoryCriterion(category="cs.CY"), Filters()),
        (2, CategoryCriterion(category="cs.CY"), Filters(has_code=True)),
    ]
    assert new == 4


def test_what_was_read_last_is_taken_for_covered(file_of_first: Path):
    """An older file remembers each group's last feed alone; the days from then on can be missing."""
    feeds = {
        "cs.CL+cs.CY": {"dated": "2026-11-24T05:00:00Z", "item_count": 40},
        "math.NT": {"dated": "2026-07-07T04:00:00Z", "item_count": 2},
        "cs.LG": {"dated": "2026-11-24T05:00:00Z", "item_count": 2000},
        "cs.RO": {"dated": None, "item_count": 0},
    }
    with closing(sqlite3.connect(file_of_first)) as connection:
        rows = [(name, json.dumps(body)) for name, body in feeds.items()]
        connection.executemany("INSERT INTO feed_states VALUES (?, ?)", rows)
        connection.commit()

    migrate.upgrade(file_of_first)

    with closing(sqlite3.connect(file_of_first)) as connection:
        found = connection.execute("SELECT * FROM mailings ORDER BY day").fetchall()
    assert found == [("2026-07-07", "math.NT", 2, 0), ("2026-11-24", "cs.CL+cs.CY", 40, 0)]


@pytest.fixture
def file_of_first(tmp_path: Path) -> Path:
    """A database as the first migration alone makes it."""
    folder = tmp_path / "first"
    shutil.copytree(
        migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*")
    )
    file = tmp_path / "first.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "FOLDER", folder)
        patch.setattr(migrate, "HEAD", "0001_catalogue")
        migrate.upgrade(file)
    return file
