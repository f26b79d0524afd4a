"""`hoopoe check`: try settings, database, sources and Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from bot.complaint import describe
from bot.config import Settings
from bot.errors import HoopoeError, SourceError
from bot.report import Json, table_lines
from bot.terminal.session import Session

_CHECKED_PAPER = "1706.03762"
_CHECKED_CATEGORY = "cs.CY"


async def check(session: Session) -> int:
    """Try session.settings, database, sources and Discord; one line each."""
    from bot.domain.feeds import Validators
    from bot.domain.identifiers import ArxivId
    from bot.storage.database import Database, file_of
    from bot.storage.papers import Papers

    async def database() -> str:
        async with Database.open(session.settings.database_url) as opened:
            size = await Papers(opened).size()
        return f"{file_of(session.settings.database_url)}, {size.papers:,} papers, {size.authors:,} authors"

    paper = ArxivId(_CHECKED_PAPER)
    results: dict[str, Json] = {"settings": {"ok": True, "detail": _settings_in_words(session.settings)}}
    results["database"] = await _tried(database())
    async with session.parts.open_sources(session.settings) as sources:
        results["arXiv"], results["arXiv feeds"], results["OpenAlex"] = await asyncio.gather(
            _tried(sources.arxiv.fetch_papers([paper])),
            _tried(sources.feed.fetch_feed([_CHECKED_CATEGORY], Validators(), waiting=True)),
            _tried(sources.openalex.fetch_work(paper.doi)),
        )
    if session.settings.discord_token:
        results["Discord"] = await _tried(session.parts.bot_name(session.settings))
    else:
        results["Discord"] = {"detail": "DISCORD_TOKEN is not set; hoopoe playground needs none"}
    session.terminal.show(lambda: results, lambda: table_lines(results))
    return 0 if all(result.get("ok", True) for result in results.values()) else 1


async def _tried(attempt: Awaitable[object]) -> Json:
    try:
        result = await attempt
    except SourceError as error:
        return {"ok": False, "detail": error.reason}
    except HoopoeError as error:
        return {"ok": False, "detail": describe(error)}
    except OSError as error:
        return {"ok": False, "detail": f"cannot be reached ({error.strerror or type(error).__name__})"}
    return {"ok": True, "detail": result if isinstance(result, str) else "answers"}


def _settings_in_words(settings: Settings) -> str:
    categories = ", ".join(settings.harvest_categories) or "what is watched"
    return f"harvesting {categories} every {settings.harvest_interval_seconds:g} s"
