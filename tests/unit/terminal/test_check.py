"""`hoopoe check` adds what the running bot saw of each source."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import stamina

from bot.__main__ import main
from bot.config import Settings
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.factories import make_paper

NOWHERE = "http://127.0.0.1:9"
"""A port nobody listens on."""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the database of a command line with no source in reach."""
    for item in Settings.__dataclass_fields__:
        monkeypatch.delenv(item.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("ARXIV_API", "ARXIV_OAI", "ARXIV_RSS", "OPENALEX", "SEMANTIC_SCHOLAR", "SCHOLAR_FEED"):
        monkeypatch.setenv(f"{name}_URL", NOWHERE)
    monkeypatch.setenv("ARXIV_MIN_INTERVAL_SECONDS", "0.001")
    address = f"{DRIVER}:///{tmp_path / 'hoopoe.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def test_check_says_what_the_running_bot_wrote_down_of_a_source(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = {"ok": False, "last_success": "2026-11-24T12:00:00Z", "last_error": "status 503"}

    async def write() -> None:
        async with Database.open(url) as database:
            stores = open_stores(database)
            await stores.state.set_state("heartbeat", json.dumps({"Semantic Scholar": seen}))
            paper = make_paper(id=None, source="Semantic Scholar", fetched_at=datetime.now(UTC))
            await stores.papers.save_papers([paper])

    asyncio.run(write())
    with stamina.set_testing(True, attempts=1):
        assert main(["check", "--json"]) == 1

    told = json.loads(capsys.readouterr().out)["Semantic Scholar"]
    assert told["gained_today"] == 1
    assert (told["last_success"], told["last_error"]) == (seen["last_success"], "status 503")
    assert told["detail"] == "cannot be reached"
