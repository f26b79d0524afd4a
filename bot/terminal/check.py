"""`hoopoe check`: try settings, database, sources and Discord."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.complaint import describe
from bot.config import Settings
from bot.errors import HoopoeError, RateLimited, SourceError
from bot.report import table_lines
from bot.report_json import Json, moment_json
from bot.terminal.session import Session, Sources, now

if TYPE_CHECKING:
    from bot.storage.accounts import Accounts
    from bot.storage.database import Database

_CHECKED_PAPER = "1706.03762"
_CHECKED_TITLE = "Attention Is All You Need"
_CHECKED_CATEGORY = "cs.CY"


async def check(session: Session) -> int:
    """Try session.settings, database, sources and Discord; one line each."""
    from bot.storage.accounts import Accounts
    from bot.storage.database import Database

    settings = session.settings
    results: dict[str, Json] = {"settings": {"ok": True, "detail": _settings_in_words(settings)}}
    async with AsyncExitStack() as stack:
        opened: list[Database] = []

        async def database() -> str:
            opened.append(await stack.enter_async_context(Database.open(settings.database_url)))
            return await _described(opened[0])

        results["database"] = await _tried(database())
        accounts = Accounts(opened[0]) if opened else None
        sources = await stack.enter_async_context(session.parts.open_sources(settings, accounts))
        results |= await _tried_sources(sources)
        if accounts is not None:
            written = await _heartbeat(opened[0], settings)
            await _add_accounts(results, sources, accounts, written)
    if settings.discord_token:
        results["Discord"] = await _tried(session.parts.bot_name(settings))
    else:
        results["Discord"] = {"detail": "DISCORD_TOKEN is not set; hoopoe playground needs none"}
    session.terminal.show(lambda: results, lambda: table_lines(results))
    return 0 if all(result.get("ok", True) for result in results.values()) else 1


async def _tried_sources(sources: Sources) -> dict[str, Json]:
    """Ask each source something that it should know."""
    from bot.domain.feeds import Validators
    from bot.domain.identifiers import ArxivId
    from bot.domain.papers import Paper

    paper = Paper(arxiv_id=ArxivId(_CHECKED_PAPER), title=_CHECKED_TITLE)
    attempts = {
        "arXiv": _tried(_found(sources.arxiv.fetch_papers([ArxivId(_CHECKED_PAPER)]))),
        "arXiv feeds": _tried(sources.feed.fetch_feed([_CHECKED_CATEGORY], Validators(), waiting=True)),
        "arXiv OAI-PMH": _tried(sources.records.identify()),
        "OpenAlex": _tried(_found(sources.openalex.fetch_work(ArxivId(_CHECKED_PAPER).doi))),
    }
    for enricher in sources.enrichers:
        if enricher.status.name not in attempts:
            attempt = enricher.fetch_known([paper], waiting=True)
            attempts[enricher.status.name] = _tried(attempt, is_needed=False)
    answers = await asyncio.gather(*attempts.values())
    return dict(zip(attempts, answers, strict=True))


async def _add_accounts(
    results: dict[str, Json], sources: Sources, accounts: Accounts, written: Mapping[str, Json]
) -> None:
    """Add to each source what is left of its allowance, what it brought today, how the bot fares with it."""
    today = now().date()
    await accounts.refresh(today)
    for status in (source.status for source in sources.all):
        seen = written.get(status.name, {})
        facts = {
            "left": status.left,
            "rests_until": moment_json(status.rests_until),
            "gained_today": accounts.known(status.name, today).gained,
            "last_success": seen.get("last_success"),
            "last_error": seen.get("last_error"),
        }
        known = {key: fact for key, fact in facts.items() if fact or fact == 0}
        results[status.name] = {**results[status.name], **known}


async def _described(database: Database) -> str:
    from bot.services.harvesting.calendar import mailing_day
    from bot.services.harvesting.coverage import describe as describe_coverage
    from bot.services.harvesting.coverage import harvested
    from bot.storage.catalogue.papers import Papers
    from bot.storage.incoming.harvests import Harvests

    size = await Papers(database).size()
    harvests = Harvests(database)
    feeds = await harvests.list_feed_states()
    coverage = describe_coverage(
        await harvests.list_mailings(),
        harvested(feeds),
        mailing_day(now()),
        await harvests.find_catch_up(),
    )
    known = f"{database.file}, {size.papers:,} papers, {size.authors:,} authors"
    if coverage.since is None:
        return known
    complete = f"{coverage.days:,} announcement days since {coverage.since} complete"
    gaps = f", missing: {'; '.join(map(str, coverage.gaps))}" if coverage.gaps else ""
    return f"{known}, {complete}{gaps}"


async def _heartbeat(database: Database, settings: Settings) -> Mapping[str, Json]:
    """Return what the running bot last wrote down, nothing where none ran."""
    from bot.storage.state import State

    text = await State(database).get_state(settings.heartbeat_key)
    written: Mapping[str, Json] = json.loads(text) if text else {}
    return written


async def _found(attempt: Awaitable[object]) -> str:
    """Say whether a paper is there that every source should have: else something else may answer."""
    return "answers" if await attempt else f"answers, but does not know arXiv:{_CHECKED_PAPER}"


async def _tried(attempt: Awaitable[object], *, is_needed: bool = True) -> Json:
    try:
        result = await attempt
    except RateLimited as error:
        # A busy service is there; what can wait will be asked for later.
        until = f" until {error.retry_at:%Y-%m-%d %H:%M} UTC" if error.retry_at else ""
        return {"ok": not is_needed, "detail": f"{error.reason}{until}"}
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
