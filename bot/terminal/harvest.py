"""`hoopoe harvest`: read the feeds once, and what was announced since a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.search import PaperFilter, Sort
from bot.errors import HoopoeError, SettingError
from bot.report import papers_lines
from bot.report_json import papers_json
from bot.terminal.session import Session, today

if TYPE_CHECKING:
    from bot.domain.papers import Paper
    from bot.services import Services

NOTHING_TO_HARVEST = (
    "HARVEST_CATEGORIES is not set and nothing is watched; set it, or name a category: --category cs.CY"
)

_MAILING_LIMIT = 2000


async def harvest(session: Session) -> int:
    """Read the feeds once; list what the newest mailing announces, or what was announced since a day."""
    from bot.storage.locks import HarvestLock

    settings = session.settings
    if session.options.category:
        settings = replace(settings, harvest_categories=tuple(session.options.category))
    lock = HarvestLock(settings.database_url)
    if not lock.take():
        raise HoopoeError("the running bot harvests already; hoopoe status says when it did last")
    try:
        async with session.parts.open_services(settings) as services:
            if not settings.harvest_categories and not (await services.watching.list_watches()).watches:
                raise SettingError(NOTHING_TO_HARVEST)
            session.terminal.note("Reading arXiv's announcements …")
            since = session.options.since
            report = await services.harvester.run(since=since)
            feeds = [feed for feed in (await services.status.report()).feeds if feed.dated]
            papers: tuple[Paper, ...] = ()
            if since or feeds:
                first = since or max(feed.dated for feed in feeds if feed.dated).date()
                papers = await _announced(services, settings.harvest_categories, first)
    finally:
        lock.release()
    for fault in report.errors:
        session.terminal.note(f"hoopoe: {fault}; what is stored stays as it is, try again in a few minutes")
    session.terminal.note(f"{report.new_papers:,} new papers, {report.deliveries:,} to announce.")
    session.terminal.show(lambda: papers_json(papers, today()), lambda: papers_lines(papers, today()))
    return 1 if report.errors else 0


async def _announced(services: Services, categories: Iterable[str], since: date) -> tuple[Paper, ...]:
    """Return the papers announced since a day in the categories, of all categories if none is named."""
    found: dict[int | None, Paper] = {}
    for category in tuple(categories) or (None,):
        where = PaperFilter(category=category, announced_since=since)
        page = await services.papers.search(None, where, sort=Sort.NEWEST, limit=_MAILING_LIMIT)
        found |= {paper.id: paper for paper in page.papers}
    return tuple(found.values())
