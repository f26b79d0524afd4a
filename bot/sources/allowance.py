"""What a day's calls to a source may cost: people first, background work with what is left over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.feeds import SourceStatus
from bot.errors import RateLimited, SourceUnavailable

USED_UP = "the day's allowance is used up"

_FIRST_REST = timedelta(minutes=1)
_LONGEST_REST = timedelta(hours=1)
_FARTHEST = timedelta(days=1)


class Ledger(Protocol):
    """Keeps the accounts, for all processes on a database."""

    async def refresh(self, day: date) -> None:
        """Read what others wrote since."""

    def known(self, source: str, day: date) -> Account:
        """Return the account as this process last saw it."""

    async def reserve(self, source: str, day: date, cost: int, *, limit: int, keep: int = 0) -> bool:
        """Count a call before it is made, unless that leaves less than `keep` of the day's `limit`."""

    async def settle(
        self,
        source: str,
        day: date,
        *,
        cost: int = 0,
        limit: int | None = None,
        left: int | None = None,
        rests_until: datetime | None = None,
    ) -> None:
        """Correct what was spent by `cost`, and keep what the service said; None says nothing."""


class MemoryLedger:
    """Accounts of this process alone, where there is no database."""

    def __init__(self) -> None:
        """Begin with nothing spent."""
        self._accounts: dict[str, Account] = {}

    async def refresh(self, day: date) -> None:
        """Do nothing: nobody else writes here."""

    def known(self, source: str, day: date) -> Account:
        """Return the account."""
        account = self._accounts.get(source)
        return account if account and account.day == day else Account(source=source, day=day)

    async def reserve(self, source: str, day: date, cost: int, *, limit: int, keep: int = 0) -> bool:
        """Count a call before it is made, unless that leaves less than `keep` of the day's `limit`."""
        account = self.known(source, day)
        limit = limit if account.limit is None else account.limit
        if account.spent + cost + keep > limit:
            return False
        if account.left is not None and account.left < cost + keep:
            return False
        left = None if account.left is None else account.left - cost
        self._accounts[source] = replace(account, spent=account.spent + cost, left=left)
        return True

    async def settle(
        self,
        source: str,
        day: date,
        *,
        cost: int = 0,
        limit: int | None = None,
        left: int | None = None,
        rests_until: datetime | None = None,
    ) -> None:
        """Correct what was spent by `cost`, and keep what the service said; None says nothing."""
        account = self.known(source, day)
        self._accounts[source] = replace(
            account,
            spent=max(account.spent + cost, 0),
            limit=account.limit if limit is None else limit,
            left=account.left if left is None else left,
            rests_until=rests_until or account.rests_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a source's day is planned: its `limit`, where the service doesn't name one, and the part
    of it that background work leaves to people. `words` says an amount, as "12" or "$0.0012"."""

    limit: int
    kept_for_people: float = 0.5
    unit: str = " calls"
    words: Callable[[int], str] = "{:,}".format


@dataclass(slots=True)
class Bill:
    """What one call turned out to cost, and what the service said remains; None says nothing."""

    cost: int | None = None
    limit: int | None = None
    left: int | None = None


class Allowance:
    """Lets calls through as long as the day's plan has room; the service's word goes before ours."""

    def __init__(self, source: str, plan: Plan, clock: Callable[[], datetime], ledger: Ledger) -> None:
        """Take whose allowance it is, the plan, and where accounts are kept."""
        self._source = source
        self._plan = plan
        self._clock = clock
        self._ledger = ledger
        self._refusals = 0

    @property
    def account(self) -> Account:
        """Today's account."""
        return self._ledger.known(self._source, self._clock().date())

    @asynccontextmanager
    async def spending(self, cost: int, *, background: bool = False) -> AsyncIterator[Bill]:
        """Pay for a call; raise RateLimited, with the moment it ends, where there is no room for it.

        What was not answered costs nothing. After a refusal nothing is asked until the time that
        the service named, and longer after each refusal on end.
        """
        now = self._clock()
        day = now.date()
        await self._take(cost, now, background=background)
        bill = Bill()
        try:
            yield bill
        except RateLimited as error:
            until = self._rest(error.retry_at)
            await self._ledger.settle(self._source, day, cost=-cost, rests_until=until)
            raise RateLimited(error.source, error.reason, until) from error
        except SourceUnavailable:
            await self._ledger.settle(self._source, day, cost=-cost)
            raise
        self._refusals = 0
        correction = 0 if bill.cost is None else bill.cost - cost
        if correction or bill.limit is not None or bill.left is not None:
            await self._ledger.settle(self._source, day, cost=correction, limit=bill.limit, left=bill.left)

    def told_with(self, status: SourceStatus) -> SourceStatus:
        """Return how a source is doing, with what remains today and until when it is left alone."""
        rests_until = self.rests_until() or status.rests_until
        return replace(status, left=self.left_in_words(), rests_until=rests_until)

    def left_in_words(self) -> str:
        """Say what remains today."""
        account, plan = self.account, self._plan
        limit = plan.limit if account.limit is None else account.limit
        left = limit - account.spent if account.left is None else account.left
        return f"{plan.words(max(left, 0))} of {plan.words(limit)}{plan.unit}"

    def rests_until(self) -> datetime | None:
        """Return the moment before which nothing is asked, also where it was named before midnight."""
        now = self._clock()
        days = (now.date(), now.date() - timedelta(days=1))
        named = [account.rests_until for account in (self._ledger.known(self._source, day) for day in days)]
        # A moment farther away was named before the clock was set back.
        return max((until for until in named if until and now < until <= now + _FARTHEST), default=None)

    async def _take(self, cost: int, now: datetime, *, background: bool) -> None:
        # Another process may have been told to wait, or this one before it was started again.
        await self._ledger.refresh(now.date())
        if until := self.rests_until():
            raise RateLimited(self._source, "asked to be left alone", until)
        told = self.account.limit
        keep = int((self._plan.limit if told is None else told) * self._plan.kept_for_people)
        keep = keep if background else 0
        if not await self._ledger.reserve(self._source, now.date(), cost, limit=self._plan.limit, keep=keep):
            raise RateLimited(self._source, USED_UP, midnight_after(now))

    def _rest(self, asked: datetime | None) -> datetime:
        """Return until when to leave the service alone."""
        now = self._clock()
        self._refusals += 1
        own = _FIRST_REST * 2 ** min(self._refusals - 2, 10) if self._refusals > 1 else timedelta()
        return max(asked or now + _FIRST_REST, now + min(own, _LONGEST_REST))


def midnight_after(now: datetime) -> datetime:
    """Return when the services' day ends: at midnight UTC."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time.min, UTC)
