"""The command line's words: which commands there are and what each takes."""

from __future__ import annotations

import argparse
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

from bot import __version__
from bot.domain.categories import parse_category
from bot.text.dates import parse_since

_UNDECODED = re.compile("[\ud800-\udfff]")

_FIRST_YEAR = 1991
"""ArXiv's first."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; wrong usage ends with exit status 2."""
    parser = argparse.ArgumentParser(
        prog="hoopoe",
        description="A Discord bot for research groups. Without a command: the bot with a token, "
        "else the playground.",
    )
    parser.add_argument("--version", action="version", version=f"hoopoe {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, text: str, *, as_json: bool = False) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        if as_json:
            command.add_argument("--json", action="store_true", help="print JSON for a program")
        return command

    add("run", "run the bot")
    playground = add("playground", "try the bot in the browser, without a token, an account or a network")
    playground.add_argument(
        "--port", type=_port, metavar="N", help="where the front page is, on this machine only"
    )
    playground.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only say where the page is"
    )
    harvest = add("harvest", "read arXiv's announcements once and list them", as_json=True)
    harvest.add_argument(
        "--category", type=_category, action="append", metavar="C", help="such as cs.CY; may be repeated"
    )
    harvest.add_argument(
        "--since", type=_date, metavar="DATE", help="also read again what was announced from then on"
    )
    _add_import(
        add(
            "import",
            "fill the catalogue from arXiv's metadata snapshot",
            as_json=True,
        )
    )
    _add_search(add("search", "search papers", as_json=True))
    author = add("author", "show an author by name, ORCID iD or OpenAlex id", as_json=True)
    author.add_argument("name", type=_text, nargs="+", metavar="NAME")
    paper = add("paper", "show a paper by identifier, link or title", as_json=True)
    paper.add_argument("paper", type=_text, nargs="+", metavar="ID")
    record = add("record", "show where a paper's values come from and what was merged with it", as_json=True)
    record.add_argument(
        "paper", type=_text, nargs="*", metavar="ID", help="left out: the last merges of all papers"
    )
    unmerge = add("unmerge", "make two papers again of the last merge of one, and keep them apart")
    unmerge.add_argument("paper", type=_text, nargs="+", metavar="ID")
    _add_forecasting(
        add("train", "fit the forecast on the catalogue, or on a file", as_json=True),
        add("evaluate", "measure the forecast on the last two years, unseen", as_json=True),
    )
    add("check", "try settings, database, sources and Discord", as_json=True)
    add("status", "show what the running bot last wrote down", as_json=True)
    add("migrate", "bring the database to the newest schema")
    backup = add("backup", "copy the database into a new file, also while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    add("sync-commands", "send the commands to Discord, changed or not")
    return parser


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", type=Path, metavar="FILE", help="JSON lines, plain or gzip; started again, it goes on"
    )
    command.add_argument(
        "--category",
        type=_category,
        action="append",
        default=[],
        metavar="C",
        help="only papers of a category or archive, such as cs.CY or cs; may be repeated",
    )
    command.add_argument("--since", type=_year, metavar="YEAR", help="only papers first submitted since")
    command.add_argument("--until", type=_year, metavar="YEAR", help="the last year")


def _add_search(search: argparse.ArgumentParser) -> None:
    search.add_argument(
        "query", type=_text, nargs="+", metavar="QUERY", help='words, "phrases", AND OR NOT, ti: abs: au:'
    )
    search.add_argument("--category", type=_category, metavar="C", help="such as cs.CY")
    search.add_argument("--author", type=_text, metavar="NAME", help="as printed on the papers")
    search.add_argument("--since", type=_date, metavar="DATE", help='such as 2024 or "May 2025"')
    search.add_argument("--until", type=_date, metavar="DATE", help="the last day")
    search.add_argument("--code", action="store_true", help="only papers with code")
    search.add_argument(
        "--min-score", type=_percentile, metavar="N", help="least Forecast or Impact, 1 to 99"
    )
    search.add_argument("--min-novelty", type=_percentile, metavar="N", help="least Novelty, 1 to 99")
    search.add_argument(
        "--sort", choices=["relevance", "newest", "score", "citations", "novelty"], default="relevance"
    )
    search.add_argument(
        "--limit", type=_limit, default=10, metavar="N", help="how many (default: %(default)s)"
    )


def _add_forecasting(train: argparse.ArgumentParser, evaluate: argparse.ArgumentParser) -> None:
    for command in (train, evaluate):
        command.add_argument(
            "--corpus", type=Path, metavar="FILE", help="papers as JSON lines, gzipped or not, in its place"
        )
        command.add_argument(
            "--without-authors",
            dest="with_authors",
            action="store_false",
            help="leave the authors' earlier papers out",
        )
        command.add_argument(
            "--cache", type=Path, metavar="FOLDER", help="where an interrupted run is taken up again"
        )
    train.add_argument("--output", type=Path, metavar="FILE", help="write the weights there, not to the bot")


def _text(text: str) -> str:
    """Return what a person wrote; bytes that the terminal's encoding does not know are taken for UTF-8."""
    return os.fsencode(text).decode("utf-8", "replace") if _UNDECODED.search(text) else text


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535")
    return int(text)


def _percentile(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 99")
    return int(text)


def _limit(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


def _year(text: str) -> int:
    if not text.isdecimal() or not _FIRST_YEAR <= int(text) <= 9999:
        raise argparse.ArgumentTypeError(f"{text!r} is no year of arXiv, such as 2024; it began in 1991")
    return int(text)


def _category(text: str) -> str:
    code = parse_category(text)
    if code is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no category of arXiv, such as cs.CY")
    return code


def _date(text: str) -> date:
    found = parse_since(text, datetime.now(UTC).date())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date, such as 2024, 2024-05 or 2024-05-31")
    return found
