"""What a host does now and then: status, migration, backup, command sync."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.errors import HoopoeError
from bot.report import table_lines
from bot.report_json import Json
from bot.terminal.session import Session, now

OLDEST_HEARTBEAT = timedelta(minutes=3)
"""The bot writes one every minute; after three it is taken for dead."""


async def status(session: Session) -> int:
    """Show what the running bot last wrote down; fail where that is missing or old."""
    from bot.storage.database import Database, file_of
    from bot.storage.state import State

    file = file_of(session.settings.database_url)
    if not file.exists():
        raise HoopoeError(f"no bot has run with the database {file}; start one with hoopoe run")
    async with Database.open(session.settings.database_url) as database:
        written = await State(database).get_state(session.settings.heartbeat_key)
    if written is None:
        raise HoopoeError(f"no bot has written its status into {file} yet; start one with hoopoe run")
    values: Mapping[str, Json] = json.loads(written)
    session.terminal.show(lambda: values, lambda: table_lines(values))
    age = now() - datetime.fromisoformat(str(values["bot"]["written_at"]))
    if age > OLDEST_HEARTBEAT:
        minutes = age // timedelta(minutes=1)
        raise HoopoeError(
            f"the bot has not written its status for {minutes:,} minutes; see its log, or start it again"
        )
    return 0


async def migrate(session: Session) -> int:
    """Bring the database to the newest schema, as every start does."""
    from bot.storage.database import Database
    from bot.storage.migrate import HEAD

    async with Database.open(session.settings.database_url) as database:
        session.terminal.say(f"{database.file} is at {HEAD}.")
    return 0


async def backup(session: Session) -> int:
    """Copy the database, also while the bot runs."""
    from bot.storage.backup import backup as copy_database

    target: Path = session.options.file
    await copy_database(session.settings.database_url, target)
    session.terminal.say(f"{target} is a copy of the database.")
    return 0


async def sync_commands(session: Session) -> int:
    """Send the commands to Discord."""
    await session.parts.sync_commands(session.settings)
    session.terminal.say("The commands are sent to Discord.")
    return 0
