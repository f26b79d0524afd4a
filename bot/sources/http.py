"""One way to ask an outside service: paced, retried, and translated into our errors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import NoReturn, TypeVar

import httpx
import stamina

from bot.domain.feeds import SourceStatus
from bot.errors import (
    KeyRefused,
    RateLimited,
    SourceChanged,
    SourceError,
    SourceUnavailable,
    TokenExpired,
)
from bot.sources.circuit import Circuit
from bot.sources.exchange import (
    USUAL_RULES,
    Answer,
    Declined,
    Incomplete,
    Patience,
    Query,
    Rules,
    in_words,
    is_html,
    retry_after,
)
from bot.sources.gate import Gate, HeldBack
from bot.sources.wire import Wire

logger = logging.getLogger(__name__)

T = TypeVar("T")

_MAX_REDIRECTS = 3


class _Again(Exception):
    """An attempt failed in a way that another may not; `wait` is what the service asked for."""

    def __init__(self, error: SourceError, wait: float | None = None) -> None:
        super().__init__(error.reason)
        self.error = error
        self.wait = wait


class Transport:
    """Asks one service and keeps the score of how it does."""

    def __init__(
        self,
        name: str,
        client: httpx.AsyncClient,
        gate: Gate,
        *,
        clock: Callable[[], datetime],
        rules: Rules = USUAL_RULES,
        part: str = "",
    ) -> None:
        """Take the service's name as people know it, and the gate for all requests to it.

        With a `part` of the service, how that part does is kept beside the gate's pace.
        """
        self._name = name
        self._wire = Wire(name, client, max_bytes=rules.max_bytes, arrived=gate.arrived)
        self._gate = gate
        self._clock = clock
        self._rules = rules
        self._circuit = Circuit(
            timedelta(seconds=rules.first_rest_seconds),
            timedelta(seconds=rules.longest_rest_seconds),
            path=gate.path.with_name(f"{gate.path.name}-{part}") if gate.path and part else None,
        )
        self._last_success: datetime | None = None
        self._last_error: tuple[datetime, str] | None = None
        self._requests: tuple[date, int] = (date.min, 0)

    @property
    def status(self) -> SourceStatus:
        """How the service is doing."""
        at, reason = self._last_error or (None, "")
        day, count = self._requests
        return SourceStatus(
            name=self._name,
            last_success=self._last_success,
            last_error=reason,
            last_error_at=at,
            requests_today=count if day == self._clock().date() else 0,
            rests_until=self._circuit.rests_until(self._clock()),
        )

    async def fetch(self, query: Query, parse: Callable[[Answer], T], patience: Patience) -> T:
        """Return what `parse` makes of the answer; every fault is one of `bot.errors`."""
        if until := self._circuit.rests_until(self._clock()):
            resting = SourceUnavailable(self._name, "not asked, as it has not answered lately")
            resting.retry_at = until
            raise resting
        try:
            async with asyncio.timeout(patience.total_seconds):
                result = await self._fetch_with_retries(query, parse, patience)
        except TimeoutError as error:
            failure = SourceUnavailable(self._name, f"no answer in {patience.total_seconds:g} s")
            self._circuit.failed(self._clock())
            self._note_failure(failure)
            raise failure from error
        except SourceError as error:
            self._note_failure(error)
            raise
        self._circuit.succeeded()
        self._last_success = self._clock()
        return result

    def _note_failure(self, error: SourceError) -> None:
        now = self._clock()
        error.retry_at = error.retry_at or self._circuit.rests_until(now)
        self._last_error = (now, error.reason)
        kind = type(error).__name__
        logger.warning("source failed source=%s error=%s reason=%s", self._name, kind, error.reason)

    async def _fetch_with_retries(self, query: Query, parse: Callable[[Answer], T], patience: Patience) -> T:
        # After so many failures the next request is a trial, and one is enough.
        attempts = 1 if self._circuit.is_open else patience.attempts
        ask = partial(self._try, query, parse, patience)
        try:
            try:
                return await ask()
            except (_Again, SourceChanged) as failure:
                return await self._ask_again(ask, failure, attempts, patience)
        except _Again as again:
            raise again.error from again.__cause__

    async def _ask_again(
        self, ask: Callable[[], Awaitable[T]], failure: Exception, attempts: int, patience: Patience
    ) -> T:
        """Repeat what failed once, as often as that is worth it.

        Most requests never come here, and are spared what keeping the score of retries costs.
        """
        retries = stamina.retry_context(
            on=partial(self._when_again, patience),
            attempts=attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.first_wait,
        )
        async for attempt in retries:
            with attempt:
                if attempt.num == 1:
                    raise failure
                return await ask()
        raise AssertionError("a retry context either returns or raises")

    async def _try(self, query: Query, parse: Callable[[Answer], T], patience: Patience) -> T:
        """Ask once, and count it where the service is at fault."""
        try:
            return await _parsed(parse, await self._attempt(query, patience))
        except (_Again, SourceUnavailable) as failure:
            error = failure.error if isinstance(failure, _Again) else failure
            # Whoever asks next is to hear of the key, not of a service that is silent.
            if isinstance(error, SourceUnavailable) and not isinstance(error, KeyRefused):
                self._circuit.failed(self._clock())
            raise

    def _when_again(self, patience: Patience, error: Exception) -> bool | float:
        """Say whether, and after how many seconds, a request is worth repeating.

        Where nobody waits, an answer of the wrong kind is: such pages come and go with the load.
        """
        if isinstance(error, _Again):
            return not self._circuit.is_open if error.wait is None else error.wait
        if isinstance(error, Declined | TokenExpired):
            return False
        return isinstance(error, SourceChanged if patience.background else Incomplete)

    async def _attempt(self, query: Query, patience: Patience) -> Answer:
        """Ask once, following redirects; each hop takes its own turn at the gate."""
        url = httpx.URL(query.url, params=query.params)
        for _ in range(_MAX_REDIRECTS + 1):
            outcome = await self._hop(query, url, patience)
            if isinstance(outcome, Answer):
                return outcome
            url = outcome
        raise SourceChanged(self._name, f"more than {_MAX_REDIRECTS} redirects")

    async def _hop(self, query: Query, url: httpx.URL, patience: Patience) -> Answer | httpx.URL:
        try:
            async with self._gate.turn(background=patience.background, patience=patience.hold_seconds):
                async with asyncio.timeout(patience.attempt_seconds):
                    self._count()
                    outcome = await self._wire.ask(query, url, patience)
                if isinstance(outcome, Answer):
                    self._refuse(outcome, query, patience)
                return outcome
        except HeldBack as held:
            retry_at = self._clock() + timedelta(seconds=held.seconds)
            raise RateLimited(self._name, "asked everybody to wait", retry_at) from held
        except TimeoutError as error:
            reason = f"no whole answer in {patience.attempt_seconds:g} s"
            raise _Again(SourceUnavailable(self._name, reason)) from error
        except httpx.UnsupportedProtocol as error:
            raise SourceUnavailable(self._name, "cannot be asked at this address") from error
        except httpx.TransportError as error:
            raise _Again(SourceUnavailable(self._name, in_words(error))) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceUnavailable(self._name, f"cannot be asked ({type(error).__name__})") from error

    def _refuse(self, answer: Answer, query: Query, patience: Patience) -> None:
        """Raise what a status means that the caller did not ask for."""
        status = answer.status
        if status in query.accept and status not in self._rules.too_fast:
            if status == 200 and is_html(answer):
                raise SourceChanged(self._name, "a web page instead of data")
            return
        wait = retry_after(answer.headers, self._clock())
        if status in self._rules.too_fast or (status == 503 and wait is not None):
            self._slow_down(status, wait, patience)
        if status >= 500 or status in (408, 425):
            raise _Again(SourceUnavailable(self._name, f"status {status}"))
        if status in (401, 403):
            if query.secret or query.secret_headers:
                raise KeyRefused(self._name, f"refuses the key (status {status})", self._rules.key_setting)
            raise SourceUnavailable(self._name, f"refused (status {status})")
        raise SourceChanged(self._name, f"unexpected status {status}")

    def _slow_down(self, status: int, asked: float | None, patience: Patience) -> NoReturn:
        if asked is not None:
            wait = min(asked, self._rules.longest_wait)
        elif self._rules.hold_seconds is not None:
            wait = self._rules.hold_seconds
        else:
            wait = self._circuit.failed(self._clock()).total_seconds()
        self._gate.hold_back(wait)
        error = RateLimited(
            self._name, f"asked to slow down (status {status})", self._clock() + timedelta(seconds=wait)
        )
        if wait > patience.hold_seconds:
            raise error
        raise _Again(error, wait)

    def _count(self) -> None:
        today = self._clock().date()
        day, count = self._requests
        self._requests = (today, count + 1 if day == today else 1)


async def _parsed(parse: Callable[[Answer], T], answer: Answer) -> T:
    # A day's feed takes a tenth of a second to read: too long for whoever clicks meanwhile.
    if len(answer.body) > 50_000:
        return await asyncio.to_thread(parse, answer)
    return parse(answer)
