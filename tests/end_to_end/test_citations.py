"""Who cites a paper or an author, day by day, through the real process under a moved clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.storage.database import DRIVER
from tests.end_to_end.test_completeness import FAKETIME
from tests.end_to_end.test_digest import eventually, rows
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import FakeDiscord
from tests.fake_openalex import FakeOpenAlex

pytestmark = [
    pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime, which moves the clock of a process"),
    pytest.mark.timeout(240),
]

BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_DAY = timedelta(days=1, hours=1)
"""What was asked about at an hour is asked about again at the same hour, not a minute before."""
EMMA = "A5000000001"
ENERGY, GREEN = "W100", "W200"


def started_at(moment: datetime) -> dict[str, str]:
    """Return what makes a process believe that it starts at a moment; time goes on from there."""
    ahead = moment - datetime.now(UTC)
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": f"{ahead.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def said(messages: list[dict[str, Any]]) -> str:
    """Return the titles and texts of messages, with why they came."""
    parts = [
        (embed.get("author", {}).get("name", ""), embed.get("title", ""), embed.get("description", ""))
        for message in messages
        for embed in message["embeds"]
    ]
    return "\n".join(part for one in parts for part in one)


async def test_what_newly_cites_a_paper_or_an_author_is_announced_once_across_days_and_restarts(
    tmp_path: Path,
) -> None:
    file = tmp_path / "hoopoe.db"
    async with FakeDiscord() as discord, FakeArxiv() as arxiv, FakeOpenAlex() as openalex:
        openalex.add_author(EMMA, "Emma Strubell")
        openalex.add_work(ENERGY, "Energy and Policy Considerations", BEGIN.date() - 900 * A_DAY, author=EMMA)
        openalex.add_work(GREEN, "Green AI", BEGIN.date() - 800 * A_DAY, arxiv_id="1907.10597")
        openalex.add_work("W301", "It cited them before", BEGIN.date() - A_DAY, cites=(ENERGY, GREEN))
        environment = environment_of(discord, arxiv, f"{DRIVER}:///{file}") | {
            "OPENALEX_URL": openalex.url,
            "HARVEST_CATEGORIES": "",
        }

        async def live_a_day(day: int) -> list[str]:
            """Let it be so many days later, until all is asked and sent; return the day's questions."""
            before = len(openalex.requests)
            async with running(environment | started_at(BEGIN + day * A_DAY), tmp_path / "log"):
                await eventually(lambda: _is_done(file, BEGIN + day * A_DAY), f"day {day}")
            return [path for path in openalex.requests[before:] if "cites" in path]

        async with running(environment | started_at(BEGIN), tmp_path / "log"):
            await discord.wait_for(
                lambda: any(one.ready for one in discord.connections), "the gateway", seconds=60
            )
            made = await discord.answer_to(await discord.command("watch citations", citations="1907.10597"))
            assert "It cited them before" in str(made["embeds"])
            await discord.say("tell me when somebody cites Emma Strubell")
            await discord.wait_for(
                lambda: "Citing them already" in str(discord.direct_messages()),
                "the confirmation",
                seconds=60,
            )

        openalex.add_work("W302", "A reply", BEGIN.date(), arxiv_id="2603.00001", cites=(ENERGY,))
        openalex.add_work("W303", "A survey", BEGIN.date() - 20 * A_DAY, cites=(ENERGY, GREEN))
        asked = await live_a_day(1)
        assert len(asked) == 1
        assert "cites:W100|W200" in unquote(asked[0]) or "cites:W200|W100" in unquote(asked[0])
        (told,) = discord.from_bot(600)
        assert "cites Green AI\nA survey" in said([told])
        # After a day without the bot, what is due in a place comes together.
        told_of_her = said(discord.direct_messages()[1:])
        cited = "cites Energy and Policy Considerations by Emma Strubell"
        assert [told_of_her.count(text) for text in (cited, "A reply", "A survey", "before")] == [1, 1, 1, 0]

        sent = len(discord.from_bot(600)), len(discord.direct_messages())
        assert len(await live_a_day(2)) == 1
        assert (len(discord.from_bot(600)), len(discord.direct_messages())) == sent

        # After a week the author's list is read again.
        openalex.add_work("W101", "A new paper of hers", BEGIN.date() + 5 * A_DAY, author=EMMA)
        openalex.add_work("W304", "Quick to cite", BEGIN.date() + 6 * A_DAY, cites=("W101",))
        await live_a_day(9)
        (told,) = discord.direct_messages()[sent[1] :]
        assert "cites A new paper of hers by Emma Strubell\nQuick to cite" in said([told])
        assert len(discord.from_bot(600)) == sent[0]


def _is_done(file: Path, since: datetime) -> bool:
    """Say whether everything was asked since a moment, and nothing waits to be sent."""
    moment = int((since - timedelta(minutes=1)).timestamp() * 1e6)
    ((open_questions,),) = rows(file, f"SELECT count(*) FROM cited_works WHERE asked_at < {moment}")
    ((waiting,),) = rows(file, "SELECT count(*) FROM deliveries WHERE state != 'sent'")
    return open_questions == waiting == 0
