"""Many at once, and one twice at once: the real process over Discord's protocol."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.end_to_end.test_real_protocol import _ready, _running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import PERSON_ID, FakeDiscord, Json

CROWD = 20


def _button(message: Json, label: str) -> Json:
    """Return what a click on a button of a message sends."""
    parts = [part for row in message["components"] for part in row["components"]]
    custom_id = next(part["custom_id"] for part in parts if part.get("label") == label)
    return {"custom_id": custom_id, "component_type": 2}


@pytest.mark.timeout(120)
async def test_twenty_people_asking_the_same_get_an_answer_each_by_one_request(tmp_path: Path) -> None:
    async with (
        FakeDiscord() as discord,
        FakeArxiv() as arxiv,
        _running(discord, tmp_path, ARXIV_API_URL=f"{arxiv.url}/api/query") as process,
    ):
        await _ready(discord, process)

        tokens = [
            await discord.command("paper", paper="2611.00001", person=PERSON_ID + number)
            for number in range(CROWD)
        ]
        answers = await asyncio.gather(*(discord.answer_to(token, seconds=30) for token in tokens))

        assert len({str(answer["embeds"][0]["title"]) for answer in answers}) == 1
        assert len(arxiv.requests) == 1


@pytest.mark.timeout(120)
async def test_two_clicks_at_once_are_both_answered_with_what_is_so_now(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, _running(discord, tmp_path) as process:
        await _ready(discord, process)
        created = await discord.answer_to(await discord.command("watch topic", topic='"green ai"'))
        click = _button(created, "Remove")

        tokens = [await discord.interact(click, kind=3, message=created) for _ in range(2)]
        titles = [(await discord.answer_to(token))["embeds"][0]["title"] for token in tokens]

        assert all("No longer watching" in title for title in titles)
        listed = await discord.answer_to(await discord.command("watch list"))
        assert "green ai" not in str(listed["embeds"])
