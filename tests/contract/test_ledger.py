"""One suite over both ledgers: in memory, and in the database for all processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.errors import RateLimited
from bot.sources.allowance import Allowance, Ledger, MemoryLedger, Plan
from bot.storage.accounts import Accounts
from bot.storage.database import Database
from tests.factories import NOW

TODAY = NOW.date()
INDEX = "Index"

Open = Callable[[], Ledger]


@pytest.fixture(params=["memory", "database"])
async def ledger(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Ledger]:
    """Return an empty ledger of either kind."""
    if request.param == "memory":
        yield MemoryLedger()
        return
    async with Database.open(url) as database:
        yield Accounts(database)


async def test_calls_are_counted_until_the_limit(ledger: Ledger) -> None:
    taken = [await ledger.reserve(INDEX, TODAY, 30, limit=100) for _ in range(4)]

    assert taken == [True, True, True, False]
    assert ledger.known(INDEX, TODAY).spent == 90
    assert ledger.known("Other", TODAY).spent == 0


async def test_what_is_kept_is_left_to_others(ledger: Ledger) -> None:
    background = [await ledger.reserve(INDEX, TODAY, 1, limit=4, keep=2) for _ in range(3)]
    people = [await ledger.reserve(INDEX, TODAY, 1, limit=4) for _ in range(3)]

    assert background == [True, True, False]
    assert people == [True, True, False]


async def test_services_word_goes_before_the_plan(ledger: Ledger) -> None:
    assert await ledger.reserve(INDEX, TODAY, 10, limit=100)
    await ledger.settle(INDEX, TODAY, cost=-4, limit=1000, left=15)
    account = ledger.known(INDEX, TODAY)
    assert (account.spent, account.limit, account.left) == (6, 1000, 15)

    assert await ledger.reserve(INDEX, TODAY, 10, limit=7)
    assert ledger.known(INDEX, TODAY).left == 5
    assert not await ledger.reserve(INDEX, TODAY, 10, limit=7)


async def test_rest_is_kept_while_other_things_are_settled(ledger: Ledger) -> None:
    until = NOW + timedelta(hours=3)
    await ledger.settle(INDEX, TODAY, rests_until=until)
    await ledger.settle(INDEX, TODAY, left=5)

    assert ledger.known(INDEX, TODAY).rests_until == until


async def test_refund_never_makes_a_debt(ledger: Ledger) -> None:
    await ledger.settle(INDEX, TODAY, cost=-5)

    assert ledger.known(INDEX, TODAY).spent == 0


async def test_next_day_begins_anew(ledger: Ledger) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert await ledger.reserve(INDEX, TODAY, 5, limit=5)

    assert ledger.known(INDEX, tomorrow).spent == 0
    assert await ledger.reserve(INDEX, tomorrow, 5, limit=5)


async def test_accounts_are_shared_by_processes_and_outlive_them(url: str) -> None:
    async with AsyncExitStack() as stack:
        ledgers = [Accounts(await stack.enter_async_context(Database.open(url))) for _ in range(2)]
        taken = await asyncio.gather(
            *(ledger.reserve(INDEX, TODAY, 1, limit=10) for _ in range(8) for ledger in ledgers)
        )
        await ledgers[0].settle(INDEX, TODAY, rests_until=NOW)
    async with Database.open(url) as database:
        later = Accounts(database)
        await later.refresh(TODAY)

    assert taken.count(True) == 10
    assert later.known(INDEX, TODAY).spent == 10
    assert later.known(INDEX, TODAY).rests_until == NOW


async def test_refusal_is_respected_by_other_processes_and_after_a_restart(url: str) -> None:
    until = NOW + timedelta(hours=2)

    def allowance(database: Database) -> Allowance:
        return Allowance(INDEX, Plan(limit=10), lambda: NOW, Accounts(database))

    async with AsyncExitStack() as stack:
        one, other = [allowance(await stack.enter_async_context(Database.open(url))) for _ in range(2)]
        async with other.spending(1):
            pass
        with pytest.raises(RateLimited):
            async with one.spending(1):
                raise RateLimited(INDEX, "429", until)
        with pytest.raises(RateLimited) as elsewhere:
            async with other.spending(1):
                pass
    async with Database.open(url) as database:
        with pytest.raises(RateLimited) as afterwards:
            async with allowance(database).spending(1):
                pass

    assert elsewhere.value.retry_at == afterwards.value.retry_at == until


async def test_rest_named_before_midnight_is_known_after_it(url: str) -> None:
    async with Database.open(url) as database:
        await Accounts(database).settle(INDEX, TODAY, rests_until=NOW + timedelta(days=1))
        later = Accounts(database)
        await later.refresh(TODAY + timedelta(days=1))

    assert later.known(INDEX, TODAY).rests_until == NOW + timedelta(days=1)
