"""Logging: to stderr, through a queue, with the context of the interaction and without content."""

from __future__ import annotations

import asyncio
import json
import logging
import logging.handlers
import queue
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_CONTEXT: ContextVar[dict[str, object] | None] = ContextVar("log_context", default=None)
_QUIET = ("discord", "httpx", "httpcore", "aiosqlite", "sqlalchemy", "alembic", "matplotlib", "stamina")
"""Libraries that tell more than whoever runs a bot wants to read: only their warnings are kept."""


@contextmanager
def log_context(**values: object) -> Iterator[None]:
    """Add values (interaction, guild, user, command) to every line logged within."""
    token = _CONTEXT.set({**(_CONTEXT.get() or {}), **values})
    try:
        yield
    finally:
        _CONTEXT.reset(token)


class ContextFilter(logging.Filter):
    """Puts the context of the moment on a record, where the record is made."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its context."""
        record.context = dict(_CONTEXT.get() or {})
        return True


def _is_wanted(record: logging.LogRecord) -> bool:
    """Leave out what is no trouble.

    discord.py says at every start that voice is missing, which nobody misses here, and SQLAlchemy gives a
    trace of a transaction that the end of the process cuts short, whose connection is dropped.
    """
    cut_short = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
    if cut_short and record.name.startswith("sqlalchemy.pool"):
        return False
    return "voice will NOT be supported" not in str(record.msg)


class TextFormatter(logging.Formatter):
    """A line that people read: time, level, logger, event, context."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as one line, and a traceback below it where there is one."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        context = "".join(f" {name}={value}" for name, value in _context_of(record).items())
        line = f"{moment} {record.levelname:<7} {record.name}: {_one_line(record.getMessage())}{context}"
        return "\n".join([line, _trace(record)]) if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """A line that programs read: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as one JSON object on one line."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_context_of(record),
        }
        if record.exc_info:
            entry["error"] = _trace(record)
        return json.dumps(entry, ensure_ascii=False, default=str)


class _QueueHandler(logging.handlers.QueueHandler):
    """Passes records on as they are: the listener is in the same process and formats them."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record.message = record.getMessage()
        record.msg, record.args = record.message, None
        return record


@contextmanager
def logging_to_stderr(level: str = "INFO", form: str = "text") -> Iterator[None]:
    """Log to stderr from a thread of its own, so that a slow terminal never holds up the bot."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler = _QueueHandler(records)
    handler.addFilter(_is_wanted)
    handler.addFilter(ContextFilter())
    listener = logging.handlers.QueueListener(records, stream)
    root = logging.getLogger()
    before = root.level
    root.setLevel(level)
    root.addHandler(handler)
    quiet = max(logging.WARNING, logging.getLevelName(level))
    for name in _QUIET:
        logging.getLogger(name).setLevel(quiet)
    listener.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.NOTSET)
        listener.stop()


def _context_of(record: logging.LogRecord) -> dict[str, object]:
    context = getattr(record, "context", None)
    return context if isinstance(context, dict) else {}


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _trace(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return "".join(traceback.format_exception(*record.exc_info)).rstrip()
