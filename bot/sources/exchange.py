"""What is asked of an outside service, what comes back, and how long somebody waits for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from bot.errors import SourceChanged

_SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?")
_HTML_STARTS = (b"<!doctype html", b"<html")


class Incomplete(SourceChanged):
    """The answer ends too early or lacks entries it counts; a second request may bring the rest."""


class Declined(SourceChanged):
    """The service says itself that it does not do what was asked; it would say so again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long somebody waits for a source.

    `read_seconds` bounds a silence, `attempt_seconds` one request with its answer, `total_seconds`
    everything together, `hold_seconds` the wait that a service may ask for before it is reported.
    """

    attempts: int
    read_seconds: float
    attempt_seconds: float
    total_seconds: float
    hold_seconds: float
    first_wait: float = 0.5
    longest_wait: float = 8.0
    background: bool = False


LOOK_UP = Patience(attempts=3, read_seconds=10, attempt_seconds=20, total_seconds=45, hold_seconds=10)
"""Somebody looks at Discord and waits."""

BACKGROUND = Patience(
    attempts=4,
    read_seconds=30,
    attempt_seconds=60,
    total_seconds=300,
    hold_seconds=120,
    first_wait=2,
    longest_wait=30,
    background=True,
)
"""Nobody waits; the next harvest tries again anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How one service says "slow down", and how much of its answers is believed.

    `too_fast` are the statuses that mean it, `hold_seconds` is the wait where it names none,
    `longest_wait` the most that is believed; without `hold_seconds` it is as after a failure. After
    three failures in a row the service rests for `first_rest_seconds`, doubled up to
    `longest_rest_seconds`. `key_setting` is the setting that holds the key.
    """

    too_fast: frozenset[int] = frozenset({429})
    hold_seconds: float | None = 30
    longest_wait: float = 3600
    first_rest_seconds: float = 30
    longest_rest_seconds: float = 300
    max_bytes: int = 30_000_000
    key_setting: str = ""


USUAL_RULES = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One GET, or a POST of JSON where there is a body.

    `secret` parameters and headers go to the service's own host alone, and stand in no log line
    and no exception.
    """

    url: str
    params: Mapping[str, str | Sequence[str]] | None = None
    secret: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    secret_headers: Mapping[str, str] | None = None
    body: bytes | None = None
    accept: frozenset[int] = frozenset({200})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, with one of the statuses that the query accepts."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), None without a usable one."""
    text = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def in_words(error: httpx.TransportError) -> str:
    """Say what happened to the connection."""
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "cannot be reached"
    return f"broke off ({type(error).__name__})"


def is_same_site(asked: httpx.URL, target: httpx.URL) -> bool:
    """Whether a redirect stays with the service: its host or a sister host, never less secure."""
    if target.scheme == asked.scheme:
        same_port = target.port == asked.port
    else:
        same_port = (asked.scheme, target.scheme) == ("http", "https") and target.port is None
    return same_port and (target.host == asked.host or _site(target.host) == _site(asked.host))


def _site(host: str) -> str:
    """Return the last two labels of a name, the whole of an address."""
    labels = host.split(".")
    return host if labels[-1].isdigit() or ":" in host else ".".join(labels[-2:])


def is_html(answer: Answer) -> bool:
    """Whether a web page came instead of data, whatever its header says."""
    if "html" in answer.headers.get("Content-Type", "").lower():
        return True
    return answer.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS)
