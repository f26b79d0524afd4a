"""What harvest writes: papers, listings and deliveries in one transaction, and how far it came."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import inf

import msgspec
from sqlalchemy import ColumnElement, Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import CatchUpState, FeedItem, FeedState, Listing, Mailing
from bot.domain.numbers import percentiles_of
from bot.domain.papers import AnnounceType, Paper
from bot.storage import codec
from bot.storage.catalogue.entries import move_names
from bot.storage.catalogue.number_rows import with_numbers
from bot.storage.catalogue.paper_rows import all_categories
from bot.storage.catalogue.saving import store
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.incoming.mailings import find_catch_up, list_mailings, save_catch_up, save_mailings
from bot.storage.outgoing.wanted import Match, Wanted, deliver, wanted_of
from bot.storage.outgoing.watches import read_all, read_version
from bot.storage.portions import in_portions
from bot.storage.schema import feed_states, listings, paper_numbers, papers


class Harvests:
    """Keeps what feeds list, and remembers how the feeds were read."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def list_feed_states(self) -> tuple[FeedState, ...]:
        """Return what is remembered of every group of categories."""
        query = select(feed_states.c.body).order_by(feed_states.c.categories)
        bodies = await self._database.read(lambda connection: connection.execute(query).scalars().all())
        return tuple(msgspec.json.decode(body, type=FeedState) for body in bodies)

    async def save_feed_state(self, state: FeedState) -> None:
        """Remember how a group's last request went, without papers."""
        async with self._database.write() as connection:
            await _save_state(connection, state)

    async def list_mailings(self) -> tuple[Mailing, ...]:
        """Return every mailing that was read or filled, the oldest first."""
        return await list_mailings(self._database)

    async def move_names(self, limit: int) -> bool:
        """Move names that an import left where they stood in the index; say whether there were any."""
        async with self._database.write() as connection:
            return await move_names(connection, limit)

    async def find_catch_up(self) -> CatchUpState | None:
        """Return how far filling a gap has come, None where none is being filled."""
        return await find_catch_up(self._database)

    async def save_catch_up(self, state: CatchUpState | None, filled: Sequence[Mailing] = ()) -> None:
        """Remember how far filling a gap has come, and the days that are complete by it."""
        async with self._database.write() as connection:
            await save_catch_up(connection, state)
            await save_mailings(connection, filled)

    async def record(
        self,
        items: Sequence[FeedItem],
        state: FeedState,
        match: Match,
        now: datetime,
        mailing: Mailing | None = None,
    ) -> tuple[int, int]:
        """Store a mailing with the deliveries it causes; return (new papers, new deliveries).

        Papers are written in transactions of at most a hundred, each together with its deliveries;
        the state, with its validators, and the mailing are written with the last. A paper already
        delivered to a place gets no second delivery there.
        """

        async def finish(connection: AsyncConnection) -> None:
            await _save_state(connection, state)
            await save_mailings(connection, [mailing] if mailing else [])

        return await self._in_chunks(items, state.dated or now, match, now, finish)

    async def record_changes(
        self, items: Sequence[FeedItem], state: CatchUpState, match: Match, now: datetime
    ) -> tuple[int, int]:
        """Store a page of records with the deliveries it causes, in the same way as a mailing.

        How far the catching up has come is written with the last papers.
        """

        async def finish(connection: AsyncConnection) -> None:
            await save_catch_up(connection, state)

        return await self._in_chunks(items, now, match, now, finish)

    async def _in_chunks(
        self,
        items: Sequence[FeedItem],
        announced: datetime,
        match: Match,
        now: datetime,
        finish: Callable[[AsyncConnection], Awaitable[None]],
    ) -> tuple[int, int]:
        items = await self._database.read(lambda connection: _by_rank(connection, items))

        async def write(portion: Sequence[FeedItem], is_last: bool) -> tuple[int, int]:
            return await self._record(portion, announced, match, now, finish if is_last else None)

        counts = await in_portions(items, write)
        return sum(first for first, _ in counts), sum(made for _, made in counts)

    async def _record(
        self,
        items: Sequence[FeedItem],
        announced: datetime,
        match: Match,
        now: datetime,
        finish: Callable[[AsyncConnection], Awaitable[None]] | None,
    ) -> tuple[int, int]:
        """Write some items in one transaction, for the watches as they are in it."""
        while True:
            version = await self._database.read(read_version)
            if version != match.version:
                await match.learn(*await self._database.read(read_all))
            async with self._database.write() as connection:
                # A watch that was changed just now is learned first, outside: it takes its time.
                if await connection.run_sync(read_version) != match.version:
                    continue
                counts = await _record(connection, items, announced, match, now)
                if finish:
                    await finish(connection)
                return counts


def _by_rank(connection: Connection, items: Sequence[FeedItem]) -> Sequence[FeedItem]:
    """Return the highest ranked papers first, as a day may have only so many of them in a place."""
    ids = [item.paper.arxiv_id.base for item in items if item.paper.arxiv_id]
    query = (
        select(papers.c.arxiv_id, paper_numbers.c.trend)
        .join(paper_numbers, paper_numbers.c.paper_id == papers.c.id)
        .where(among(papers.c.arxiv_id, ids), paper_numbers.c.trend.is_not(None))
    )
    trends = {row.arxiv_id: row.trend for row in connection.execute(query)}
    if not trends:
        return items
    return sorted(
        items,
        key=lambda item: -trends.get(item.paper.arxiv_id.base if item.paper.arxiv_id else "", -inf),
    )


async def _record(
    connection: AsyncConnection, items: Sequence[FeedItem], announced: datetime, match: Match, now: datetime
) -> tuple[int, int]:
    items = await _without_known(connection, items)
    stored = await store(connection, [_as_announced(item, announced) for item in items])
    known = await _listings(connection, stored)
    scored = await connection.run_sync(lambda sync: with_numbers(sync, stored))
    new_listings, wanted, first = await asyncio.to_thread(_match, items, scored, known, match, now.date())
    if new_listings:
        await connection.execute(
            insert(listings),
            [{"paper_id": paper, "category": name, "listed_at": now} for paper, name in new_listings],
        )
    return first, await deliver(connection, wanted, now)


def _match(
    items: Sequence[FeedItem],
    stored: Sequence[Paper],
    known: dict[int, set[str]],
    match: Match,
    today: date,
) -> tuple[list[tuple[int, str]], list[Wanted], int]:
    """Return new listings, who wants what, and how many papers no feed had listed before.

    Paused watches are among those that want: what they want is held until they are resumed.
    """
    new_listings: list[tuple[int, str]] = []
    matched: list[Listing] = []
    first_ones = 0
    for item, paper in zip(items, stored, strict=True):
        if paper.id is None:
            continue
        listing = _listing(item, paper, known.setdefault(paper.id, set()), today)
        if item.gap_began and not listing.first:
            continue
        if item.announce_type.is_first_listing:
            known[paper.id] |= listing.new_categories
            new_listings += [(paper.id, name) for name in sorted(listing.new_categories)]
            first_ones += listing.first
        matched.append(listing)
    return new_listings, wanted_of(matched, match), first_ones


def _listing(item: FeedItem, paper: Paper, listed: set[str], today: date) -> Listing:
    """Return what the mailing says of a paper that these categories have listed before."""
    first = item.announce_type.is_first_listing
    categories = all_categories(paper)
    dated = paper.dated_at.date() if paper.dated_at else None
    score, novelty = percentiles_of(paper.numbers, dated, today)
    return Listing(
        paper=paper,
        announce_type=item.announce_type,
        new_categories=frozenset(name for name in categories if not (first and name in listed)),
        first=first and not listed,
        score=score,
        novelty=novelty,
    )


async def _without_known(connection: AsyncConnection, items: Sequence[FeedItem]) -> Sequence[FeedItem]:
    """Take for replacements what the catalogue knew before the gap in which no feed was read."""
    asked = {
        item.paper.arxiv_id.base: item.gap_began for item in items if item.gap_began and item.paper.arxiv_id
    }
    if not asked:
        return items
    query = select(papers.c.arxiv_id, papers.c.fetched_at).where(among(papers.c.arxiv_id, sorted(asked)))
    rows = (await connection.execute(query)).all()
    known = {row.arxiv_id for row in rows if not row.fetched_at or row.fetched_at < asked[row.arxiv_id]}
    return [
        replace(item, announce_type=AnnounceType.REPLACE)
        if item.gap_began and item.paper.arxiv_id and item.paper.arxiv_id.base in known
        else item
        for item in items
    ]


async def _listings(connection: AsyncConnection, stored: Iterable[Paper]) -> dict[int, set[str]]:
    ids = [paper.id for paper in stored]
    query = select(listings.c.paper_id, listings.c.category).where(_is_any(ids))
    known: dict[int, set[str]] = {}
    for row in (await connection.execute(query)).all():
        known.setdefault(row.paper_id, set()).add(row.category)
    return known


def _is_any(ids: Sequence[int | None]) -> ColumnElement[bool]:
    return among(listings.c.paper_id, ids)


async def _save_state(connection: AsyncConnection, state: FeedState) -> None:
    row = {"categories": "+".join(state.categories), "body": codec.encode(state)}
    await connection.execute(
        upsert(feed_states)
        .values(row)
        .on_conflict_do_update(index_elements=["categories"], set_={"body": row["body"]})
    )


def _as_announced(item: FeedItem, announced: datetime) -> Paper:
    """Return the paper as this listing makes it known: a replacement announces nothing."""
    if not item.announce_type.is_first_listing:
        return replace(item.paper, announced_at=None, announced_estimated=False)
    return replace(item.paper, announced_at=item.paper.announced_at or announced)
