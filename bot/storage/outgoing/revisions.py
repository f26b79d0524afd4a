"""Which sent messages are to be brought up to date.

Like a delivery, a revision is claimed before anything is sent and marked afterwards. What is still
claimed at the next look is unclear: the edit may be repeated, the answer is looked for first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, delete, select, update

from bot.domain.deliveries import MessageState
from bot.domain.revisions import RevisedMessage, Revision, Telling
from bot.domain.schedule import Hours, hours_key, is_quiet
from bot.domain.watches import Place
from bot.storage.catalogue.revising import changes_from
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.outgoing.announcements import read_announcements
from bot.storage.outgoing.holding import at
from bot.storage.outgoing.shards import Shards, in_shards
from bot.storage.outgoing.timing import hours_of
from bot.storage.outgoing.watch_rows import place_from
from bot.storage.schema import announcements, deliveries, revisions, watches

DUE = MessageState.DUE.value
SENDING = MessageState.SENDING.value
SENT = MessageState.SENT.value
_NOTHING = "[]"


class Revisions:
    """Hands out messages to be revised to exactly one process, and remembers what became of them."""

    def __init__(self, database: Database, shards: Shards | None = None) -> None:
        """Take the open database and, where there are several processes, this one's shards."""
        self._database = database
        self._shards = shards

    async def claim(self, now: datetime, *, limit: int = 100) -> tuple[RevisedMessage, ...]:
        """Claim messages whose papers changed; what is told aloud waits for the end of quiet hours."""
        waiting = self._where(revisions.c.state == DUE, revisions.c.not_before <= now)
        anything = _rows.where(waiting).limit(1)
        if await self._database.read(lambda connection: connection.execute(anything).first()) is None:
            return ()

        def claim(connection: Connection) -> tuple[RevisedMessage, ...]:
            hours = _hours(connection, waiting)
            resting = [
                place.id
                for place, one in hours.items()
                if one.telling is Telling.ANSWER and is_quiet(one, now)
            ]
            # A place that asked to wait waits with everything.
            told_to_wait = _joined(select(announcements.c.place_id)).where(
                revisions.c.state == DUE, revisions.c.not_before > now
            )
            free = ~among(announcements.c.place_id, resting) & announcements.c.place_id.not_in(told_to_wait)
            query = _rows.where(waiting, free)
            rows = connection.execute(query.order_by(revisions.c.id).limit(limit)).all()
            groups = _claim(connection, rows, now)
            return _read(connection, among(revisions.c.told_as, groups)) if groups else ()

        async with self._database.write() as connection:
            return await connection.run_sync(claim)

    async def list_unclear(self) -> tuple[RevisedMessage, ...]:
        """Return messages that were claimed and neither marked nor given back."""
        unclear = self._where(revisions.c.state == SENDING)
        return await self._database.read(lambda connection: _read(connection, unclear))

    async def mark_told(self, answers: Mapping[int, int | None]) -> None:
        """Write down what was told, by the messages' own ids, with the answers where there are any."""
        rows = [{"group": group, "answer": answer} for group, answer in answers.items()]
        async with self._database.write() as connection:
            await connection.execute(_mark, rows)

    async def give_back(self, ids: Sequence[int], not_before: datetime, *, failed: bool = False) -> None:
        """Make claimed messages due again; what failed counts as a try."""
        attempts = revisions.c.attempts + int(failed)
        await self._settle(ids, state=DUE, not_before=not_before, attempts=attempts)

    async def drop(self, ids: Sequence[int]) -> None:
        """Let go of messages that can't be revised any more."""
        await self._settle(ids, state=MessageState.EXPIRED.value)

    def _where(self, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        """Return the conditions together with those of every message that can be revised."""
        return and_(
            *conditions,
            deliveries.c.state == SENT,
            announcements.c.message_id.is_not(None),
            in_shards(announcements, self._shards),
        )

    async def _settle(self, ids: Sequence[int], **values: Any) -> None:
        claimed = and_(among(revisions.c.told_as, ids), revisions.c.state == SENDING)
        async with self._database.write() as connection:
            await connection.execute(update(revisions).where(claimed).values(**values))


def forget_revisions(connection: Connection, announcement_ids: Sequence[int]) -> None:
    """Forget what changed of the papers of messages that are about to be written anew."""
    carried = select(deliveries.c.id).where(among(deliveries.c.announcement_id, announcement_ids))
    connection.execute(
        delete(revisions).where(revisions.c.delivery_id.in_(carried), revisions.c.state == DUE)
    )


def _hours(connection: Connection, waiting: ColumnElement[bool]) -> dict[Place, Hours]:
    """Return the hours of the places where something waits."""
    place = (announcements.c.place_kind, announcements.c.place_id, announcements.c.guild_id)
    query = _joined(select(*place)).where(waiting).distinct()
    places = [place_from(row) for row in connection.execute(query)]
    known = hours_of(connection, places)
    return {place: known.get(hours_key(place), Hours()) for place in places}


def _claim(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> list[int]:
    """Claim revisions, those of one message together; return under which ids."""
    groups: defaultdict[tuple[int, int | None], list[int]] = defaultdict(list)
    for row in rows:
        groups[row.announcement_id, row.told_as].append(row.id)
    claimed = [
        {"of": id_, "group": told_as or ids[0], "to": SENDING, "at": now}
        for (_, told_as), ids in groups.items()
        for id_ in ids
    ]
    if claimed:
        connection.execute(_take, claimed)
    return list(dict.fromkeys(told_as or ids[0] for (_, told_as), ids in groups.items()))


def _read(connection: Connection, condition: ColumnElement[bool]) -> tuple[RevisedMessage, ...]:
    """Return claimed messages with everything they show."""
    claimed = _rows.where(condition, revisions.c.state == SENDING).order_by(revisions.c.id)
    groups: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(claimed):
        groups[row.told_as].append(row)
    ids = list({row.announcement_id for rows in groups.values() for row in rows})
    sent = {one.id: one for one in read_announcements(connection, ids)}
    last = _last_revisions(connection, ids)
    places = {one.place for one in sent.values()}
    hours = hours_of(connection, places)
    answering = {
        place
        for place in places
        if hours.get(hours_key(place), Hours()).telling is Telling.ANSWER and _is_watched(connection, place)
    }
    return tuple(
        RevisedMessage(
            id=group,
            announcement=sent[rows[0].announcement_id],
            message_id=rows[0].message_id,
            revisions=last[rows[0].announcement_id],
            fresh=(fresh := tuple(row.paper_id for row in rows if row.changes != _NOTHING)),
            is_answered=bool(fresh) and sent[rows[0].announcement_id].place in answering,
            claimed_at=rows[0].claimed_at,
            attempts=rows[0].attempts,
        )
        for group, rows in groups.items()
    )


def _last_revisions(
    connection: Connection, announcement_ids: Sequence[int]
) -> dict[int, dict[int, Revision]]:
    """Return for each message the last revision of each of its papers that a reader notices."""
    query = _rows.where(
        among(deliveries.c.announcement_id, announcement_ids), revisions.c.changes != _NOTHING
    ).order_by(revisions.c.id)
    found: defaultdict[int, dict[int, Revision]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.announcement_id][row.paper_id] = Revision(
            version=row.version, changes=changes_from(row), former_title=row.former_title
        )
    return found


def _is_watched(connection: Connection, place: Place) -> bool:
    """Say whether a place has a watch that is not paused: else nobody wants to hear of it."""
    active = select(watches.c.id).where(at(watches, place), watches.c.paused_reason == "").limit(1)
    return connection.execute(active).first() is not None


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(
        revisions.join(deliveries, deliveries.c.id == revisions.c.delivery_id).join(
            announcements, announcements.c.id == deliveries.c.announcement_id
        )
    )


_rows = _joined(
    select(*revisions.c, deliveries.c.paper_id, deliveries.c.announcement_id, announcements.c.message_id)
)
_take = (
    update(revisions)
    .where(revisions.c.id == bindparam("of"))
    .values(told_as=bindparam("group"), state=bindparam("to"), claimed_at=bindparam("at"))
)
_mark = (
    update(revisions)
    .where(revisions.c.told_as == bindparam("group"), revisions.c.state == SENDING)
    .values(state=SENT, answer_id=bindparam("answer"))
)
