"""Bring the embedded file to the newest schema: under a lock, after a backup, all or nothing."""

from __future__ import annotations

import fcntl
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event

from bot.errors import DatabaseNewer, StorageError

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0021_merge_in_steps"
"""The newest revision; a test holds it equal to the folder's. Knowing it spares importing Alembic."""


def revision_of(file: Path) -> str | None:
    """Return the revision of a database file, None where it holds nothing yet."""
    if not file.exists() or file.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        known = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        ).fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row[0] if row else None


def upgrade(file: Path) -> None:
    """Migrate a file to the newest revision; at the newest already, this is one small query."""
    if revision_of(file) == HEAD:
        return
    with _alone(file):
        found = revision_of(file)
        if found == HEAD:
            return
        _refuse_foreign(file, found)
        if found is not None:
            _keep_copy(file, found)
        _run(file)
        logger.info("database migrated file=%s from=%s to=%s", file, found, HEAD)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let one process migrate; the lock ends with the process."""
    with file.with_name(f"{file.name}.migrating").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refuse_foreign(file: Path, found: str | None) -> None:
    if found is None and file.exists() and file.stat().st_size:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise StorageError(f"{file} is not a database of Hoopoe; name another file in DATABASE_URL")
    known = {path.stem for path in FOLDER.glob("[0-9]*.py")}
    if found is not None and found not in known:
        raise DatabaseNewer(
            f"the database {file} was written by a newer Hoopoe (revision {found}); "
            "install that version, or put a backup of this one in its place"
        )


def _keep_copy(file: Path, revision: str) -> None:
    copy = file.with_name(f"{file.name}.backup-{revision}")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _run(file: Path) -> None:
    # Alembic costs 10 MB and 0.1 s: it is imported only when there is something to migrate.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(FOLDER, version_locations=[str(FOLDER)])
    engine = create_engine(URL.create("sqlite", database=str(file)))

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA busy_timeout = 10000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with (
            EnvironmentContext(
                Config(), script, fn=lambda revision, _: script._upgrade_revs("head", revision)
            ) as environment,
            engine.begin() as connection,
        ):
            # Without events of our own, SQLite's driver would commit before each statement of DDL.
            environment.configure(connection=connection, transactional_ddl=True)
            environment.run_migrations()
    finally:
        engine.dispose()
