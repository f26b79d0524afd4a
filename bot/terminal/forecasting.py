"""`hoopoe train` and `hoopoe evaluate`: fit the forecast, and measure it."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.errors import HoopoeError
from bot.report import Line
from bot.terminal.session import Session, now, today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.metrics.forecast import ForecastModel
    from bot.training.corpus import Corpus
    from bot.training.records import Record
    from bot.training.rows import Rows

Result = TypeVar("Result")

NOT_INSTALLED = "training needs SciPy, which is not installed: pip install 'hoopoe[train]' adds it"
_FAULTS_SHOWN = 10
_CACHE = Path("hoopoe", "forecast")
_OLD_ENOUGH = timedelta(days=365)


async def evaluate(session: Session) -> int:
    """Measure a forecast trained on the years before the last two."""
    _check_installed()
    from bot.training.evaluating import evaluate as measure
    from bot.training.report import evaluation_json, evaluation_lines

    records = await _records(session)
    with_authors: bool = session.options.with_authors
    found = await _in_background(
        lambda advance: measure(*_prepared(session, records, advance), with_authors=with_authors)
    )
    session.terminal.show(lambda: evaluation_json(found), lambda: map(Line, evaluation_lines(found)))
    return 0


async def train(session: Session) -> int:
    """Fit the forecast, and keep it in the database or write it to a file."""
    _check_installed()
    from bot.metrics.weights import write_model
    from bot.training.fitting import train as fit

    records = await _records(session)
    name = "corpus" if session.options.corpus else "catalogue"
    version = f"{name}-{today().isoformat()}"
    with_authors: bool = session.options.with_authors
    model = await _in_background(
        lambda advance: fit(*_prepared(session, records, advance), version, with_authors=with_authors)
    )
    text = write_model(model)
    output: Path | None = session.options.output
    if output:
        await asyncio.to_thread(output.write_text, text, encoding="utf-8")
        place = f"written to {output}"
    else:
        await _keep(session, text)
        place = "kept in the database; the bot uses it from its next start"
    session.terminal.show(
        lambda: _model_json(model), lambda: [Line(line) for line in _model_lines(model, place)]
    )
    return 0


def _check_installed() -> None:
    if importlib.util.find_spec("scipy") is None:
        raise HoopoeError(NOT_INSTALLED)


async def _records(session: Session) -> tuple[Record, ...]:
    """Return the papers of the named file, else those of the catalogue."""
    from bot.training.records import Reading, read_records, record_of

    file: Path | None = session.options.corpus
    if file is None:
        rows = await _catalogue(session)
        found = (record_of(row) for row in rows)
        return tuple(record for record in found if not isinstance(record, str))
    reading: Reading = await asyncio.to_thread(read_records, file, today())
    for fault in reading.faults[:_FAULTS_SHOWN]:
        session.terminal.note(f"{file}, {fault}; left out")
    if len(reading.faults) > _FAULTS_SHOWN:
        session.terminal.note(f"{len(reading.faults) - _FAULTS_SHOWN:,} more lines are left out")
    return reading.records


async def _catalogue(session: Session) -> list[dict[str, object]]:
    from bot.storage.database import Database
    from bot.storage.numbers.learning import read_labelled_papers

    counted_until = now() - _OLD_ENOUGH
    async with Database.open(session.settings.database_url) as database:
        return await database.read(lambda connection: read_labelled_papers(connection, counted_until))


async def _keep(session: Session, text: str) -> None:
    from bot.storage.database import Database
    from bot.storage.state import FORECAST_MODEL, State

    async with Database.open(session.settings.database_url) as database:
        await State(database).set_state(FORECAST_MODEL, text)


def _prepared(
    session: Session, records: tuple[Record, ...], advance: Callable[[int], None]
) -> tuple[Corpus, Rows]:
    from bot.training.preparing import prepare

    return prepare(records, session.options.cache or _cache_folder(), advance)


def _cache_folder() -> Path:
    named = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return (named if named.is_absolute() else Path.home() / ".cache") / _CACHE


class _Stopped(Exception):
    """The command was interrupted."""


async def _in_background(work: Callable[[Callable[[int], None]], Result]) -> Result:
    """Work in a thread under a progress bar; when this is cancelled, the thread ends at its next step."""
    stopped = threading.Event()
    with _progress() as advance:

        def step(done: int) -> None:
            if stopped.is_set():
                raise _Stopped
            advance(done)

        try:
            return await asyncio.to_thread(work, step)
        except asyncio.CancelledError:
            stopped.set()
            raise


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("papers", total=None)
        yield lambda done: bar.advance(task, done)


def _model_json(model: ForecastModel) -> dict[str, object]:
    value, low, high = model.spearman
    return {
        "version": model.version,
        "summary": model.summary,
        "with_authors": model.with_authors,
        "words": len(model.words.weights) if model.words else 0,
        "spearman": {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4)},
        "is_shown": model.is_worth_showing,
    }


def _model_lines(model: ForecastModel, place: str) -> list[str]:
    value, low, high = model.spearman
    lines = [
        f"{model.version}: trained on {model.summary}; {place}.",
        f"On unseen papers its Spearman within cohorts is {value:.3f} [{low:.3f}, {high:.3f}].",
    ]
    if not model.is_worth_showing:
        lines.append("That may be below 0.2: this forecast is switched off, and cards say so.")
    return lines
