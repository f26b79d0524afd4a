"""Settings: read from the environment and `.env`, checked all at once, described once."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingError
from bot.setting_values import (
    DATABASE_PREFIX,
    Read,
    read_categories,
    read_choice,
    read_database,
    read_email,
    read_interval,
    read_pace,
    read_shards,
    read_text,
    read_url,
    read_whole,
)

ARXIV_PACE_SECONDS = 3.0
"""What arXiv's terms demand between two requests (info.arxiv.org/help/api/tou.html)."""

_SHOWN_LENGTH = 80
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOG_FORMATS = ("text", "json")


def _about(text: str, read: Read, *, secret: bool = False) -> dict[str, Any]:
    return {"about": text, "read": read, "secret": secret}


def default_database_url(environ: Mapping[str, str] | None = None) -> str:
    """Return the address of the file in the user's data folder, as each system names it."""
    environ = os.environ if environ is None else environ
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        # The XDG specification: a relative path there is invalid and to be ignored.
        named = Path(environ.get("XDG_DATA_HOME") or "")
        folder = named if named.is_absolute() else home / ".local" / "share"
    return f"{DATABASE_PREFIX}{folder / 'hoopoe' / 'hoopoe.db'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. The name of a setting is its field's in capital letters."""

    discord_token: str = field(
        default="",
        repr=False,
        metadata=_about(
            "The bot's token, from the Bot page of your application at\n"
            "https://discord.com/developers/applications. Without it there is the playground.",
            read_text("the token as the Bot page shows it, without spaces"),
            secret=True,
        ),
    )
    discord_api_url: str | None = field(
        default=None,
        metadata=_about(
            "Where Discord's interface is, if not at https://discord.com/api/v10. Where it is set,\n"
            "the gateway's address is asked of it.",
            read_url,
        ),
    )
    database_url: str = field(
        default_factory=default_database_url,
        repr=False,
        metadata=_about(
            f"Where the catalogue and the watches are kept: {DATABASE_PREFIX} and the path of a file.\n"
            "By default hoopoe/hoopoe.db in your data folder (~/.local/share on Linux).",
            read_database,
        ),
    )
    contact_email: str = field(
        default="",
        metadata=_about(
            "How the sources can reach whoever runs this bot; sent with every request.",
            read_email,
        ),
    )
    arxiv_api_url: str = field(
        default="https://export.arxiv.org/api/query",
        metadata=_about("arXiv's query interface, for look-ups.", read_url),
    )
    arxiv_rss_url: str = field(
        default="https://rss.arxiv.org",
        metadata=_about("arXiv's announcement feeds; /atom/ and the categories are added.", read_url),
    )
    arxiv_oai_url: str = field(
        default="https://oaipmh.arxiv.org/oai",
        metadata=_about(
            "arXiv's OAI-PMH interface, for what was announced while no feed was read.", read_url
        ),
    )
    arxiv_min_interval_seconds: float = field(
        default=ARXIV_PACE_SECONDS,
        metadata=_about(
            "The pause between two requests to arXiv: any number above 0, but not less than the 3 that\n"
            "arXiv's terms demand where an address above is arxiv.org's own.",
            read_pace,
        ),
    )
    openalex_url: str = field(
        default="https://api.openalex.org",
        metadata=_about("OpenAlex, for authors, their numbers and institutions.", read_url),
    )
    openalex_api_key: str = field(
        default="",
        repr=False,
        metadata=_about(
            "A key for OpenAlex (free at https://openalex.org/settings/api). Without one the daily\n"
            "allowance is small; what needs none is used first.",
            read_text("the key as OpenAlex shows it, without spaces"),
            secret=True,
        ),
    )
    semantic_scholar_url: str = field(
        default="https://api.semanticscholar.org/graph/v1",
        metadata=_about("Semantic Scholar, for citations and one-sentence summaries.", read_url),
    )
    semantic_scholar_api_key: str = field(
        default="",
        repr=False,
        metadata=_about(
            "A key for Semantic Scholar (free at https://www.semanticscholar.org/product/api). Without\n"
            "one it is asked in a pool that everybody shares, and is often busy.",
            read_text("the key as Semantic Scholar sent it, without spaces"),
            secret=True,
        ),
    )
    scholar_feed_url: str = field(
        default="https://api.scholarfeed.org/api/v1",
        metadata=_about("Scholar Feed, for summaries, code and its own scores.", read_url),
    )
    scholar_feed_api_key: str = field(
        default="",
        repr=False,
        metadata=_about(
            "A key for Scholar Feed (free at https://www.scholarfeed.org/settings). Without one it\n"
            "answers a hundred times a day.",
            read_text("the key as Scholar Feed shows it, without spaces"),
            secret=True,
        ),
    )
    harvest_interval_seconds: float = field(
        default=1800.0,
        metadata=_about("How often arXiv's feeds are asked for new papers, from 1.", read_interval),
    )
    harvest_categories: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Categories whose new papers enter the catalogue besides those that are watched,\n"
            "comma-separated, such as cs.CY,stat.ML.",
            read_categories,
        ),
    )
    catch_up_days: int = field(
        default=30,
        metadata=_about(
            "How many days back an interruption is made up for by itself: what was announced then is\n"
            "fetched and delivered. Longer ones take hoopoe harvest --since DATE.",
            read_whole("a whole number of days from 1 to 3650", lowest=1, highest=3650),
        ),
    )
    announce_interval_seconds: float = field(
        default=15.0,
        metadata=_about("How often what is due is sent to Discord, from 1.", read_interval),
    )
    shard_count: int | None = field(
        default=None,
        metadata=_about(
            "For more than one process: how many shards there are in all. Discord decides, if left out.",
            read_whole("a whole number from 1", lowest=1, highest=1_000_000),
        ),
    )
    shard_ids: tuple[int, ...] = field(
        default=(),
        metadata=_about(
            "The shards of this process, comma-separated, each below SHARD_COUNT. All, if left out.",
            read_shards,
        ),
    )
    dev_guild_id: int | None = field(
        default=None,
        metadata=_about(
            "A server whose commands are updated at once, for development; other servers get none.",
            read_whole("a server's id, a whole number", lowest=1, highest=2**63 - 1),
        ),
    )
    log_level: str = field(
        default="INFO",
        metadata=_about(f"{', '.join(_LOG_LEVELS)}.", read_choice(_LOG_LEVELS, str.upper)),
    )
    log_format: str = field(
        default="text",
        metadata=_about("text, or json: one object a line.", read_choice(_LOG_FORMATS, str.lower)),
    )

    @property
    def heartbeat_key(self) -> str:
        """Under which key the process with these shards writes down how it is doing."""
        return ":".join(["heartbeat", *([",".join(map(str, self.shard_ids))] if self.shard_ids else [])])

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read all settings; raise one SettingError with a line for each fault."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for item in fields(cls):
            text = environ.get(item.name.upper(), "").strip()
            if not text:
                continue
            try:
                values[item.name] = item.metadata["read"](text)
            except ValueError as error:
                shown = None if item.metadata["secret"] else text
                faults.append(_fault(item.name.upper(), shown, str(error)))
        values.setdefault("database_url", default_database_url(environ))
        settings = cls(**values)
        faults += _faults_together(settings, environ)
        if faults:
            raise SettingError("\n".join(faults))
        return settings

    @classmethod
    def load(cls, folder: Path | None = None) -> Settings:
        """Read `.env` of the working directory and the environment, which wins."""
        path = (folder or Path()) / ".env"
        environ: dict[str, str] = {}
        if path.is_file():
            try:
                # As written: a "$" in a key or a path is not the start of a variable.
                read = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise SettingError(f".env can't be read as UTF-8 text: {error}") from error
            environ = {name: value for name, value in read.items() if value is not None}
        return cls.from_env(environ | dict(os.environ))


def _faults_together(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Return the faults that only several settings together have."""
    faults = []
    pace = settings.arxiv_min_interval_seconds
    arxiv = [settings.arxiv_api_url, settings.arxiv_rss_url, settings.arxiv_oai_url]
    if pace < ARXIV_PACE_SECONDS and any(_is_arxiv(url) for url in arxiv):
        text = environ.get("ARXIV_MIN_INTERVAL_SECONDS", "").strip()
        faults.append(_fault("ARXIV_MIN_INTERVAL_SECONDS", text, "3 or more where arxiv.org itself is asked"))
    if settings.shard_ids and max(settings.shard_ids) >= (settings.shard_count or 0):
        text = environ.get("SHARD_IDS", "").strip()
        faults.append(_fault("SHARD_IDS", text, "whole numbers below SHARD_COUNT, which has to be set too"))
    return faults


def _is_arxiv(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host == "arxiv.org" or host.endswith(".arxiv.org")


def _fault(name: str, text: str | None, allowed: str) -> str:
    """Write one line that names the setting, the value unless secret, and what is allowed."""
    if text is None:
        return f"{name} has a value that can't be right (not shown); allowed: {allowed}"
    shown = json.dumps(_without_password(text), ensure_ascii=False)
    if len(shown) > _SHOWN_LENGTH:
        shown = f'{shown[:_SHOWN_LENGTH]}…"'
    return f"{name} is {shown}; allowed: {allowed}"


def _without_password(text: str) -> str:
    """Return an address without what may be a password: before the last @, and after a question mark."""
    return re.sub(r"\?.*", "?***", re.sub(r"(//|:).*@", r"\1***@", text))


def render_example() -> str:
    """Return the text of `.env.example`: every setting, described, with its default."""
    blocks = [
        "# Settings of Hoopoe. Copy this file to .env and change what you need; all but the token have a\n"
        "# default. Variables of the environment win over this file."
    ]
    for item in fields(Settings):
        lines = [f"# {line}" for line in item.metadata["about"].splitlines()]
        line = f"{item.name.upper()}={_as_text(item.default)}"
        blocks.append("\n".join([*lines, line if item.name == "discord_token" else f"#{line}"]))
    return "\n\n".join(blocks) + "\n"


def _as_text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""


if __name__ == "__main__":
    sys.stdout.write(render_example())
