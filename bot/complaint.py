"""What went wrong, in one line for the terminal."""

from __future__ import annotations

from datetime import datetime

from bot.domain.authors import Author
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidInput,
    InvalidTopic,
    KeyRefused,
    NotFound,
    RateLimited,
    SourceError,
)
from bot.text.markdown import clean, clip

_ASKED_SHOWN = 100
_NEAREST_SHOWN = 60


def describe(error: HoopoeError) -> str:
    """Say in one line what went wrong and what to do; a SettingError has a line for each fault."""
    match error:
        case NotFound():
            return _not_found(error)
        case AmbiguousAuthor(asked=asked, candidates=candidates):
            people = ", ".join(_candidate(author, title) for author, title in candidates)
            return f"several people are called {_quoted(asked)}; ask again with an id: {people}"
        case InvalidTopic(text=text, expected=expected, position=position):
            return f"the search {_quoted(text)} is not complete: at character {position}, expected {expected}"
        case InvalidInput(text=text, expected=expected):
            return f"{_quoted(text)} is not {expected}"
        case RateLimited(source=source, retry_at=retry_at):
            return f"{source} asks to wait; try again {_when(retry_at)}"
        case KeyRefused(source=source, setting=setting):
            return f"{source} refuses the key; correct {setting} or leave it out"
        case SourceError(source=source):
            return f"{source} does not answer; try again in a few minutes"
        case _:
            return str(error) or type(error).__name__


def _not_found(error: NotFound) -> str:
    nearest = [author.name for author in error.authors] + [paper.title for paper in error.papers]
    parts = [f"nothing found for {_quoted(error.asked)}"]
    if error.unreachable:
        names = " and ".join(missing.source for missing in error.unreachable)
        latest = max(filter(None, (missing.until for missing in error.unreachable)), default=None)
        parts.append(f"{names} did not answer, so try again {_when(latest)}")
    if nearest:
        parts.append(f"nearest: {', '.join(_quoted(clip(name, _NEAREST_SHOWN)) for name in nearest[:3])}")
    return "; ".join(parts)


def _when(moment: datetime | None) -> str:
    return "in a few minutes" if moment is None else f"after {moment:%Y-%m-%d %H:%M} UTC"


def _candidate(author: Author, title: str | None) -> str:
    known = "; ".join([*author.institutions[:1], *([title] if title else [])])
    return f"{author.openalex_id or clean(author.name)} ({clip(clean(known), _ASKED_SHOWN)})"


def _quoted(text: str) -> str:
    return f'"{clip(" ".join(clean(text).split()), _ASKED_SHOWN)}"'
