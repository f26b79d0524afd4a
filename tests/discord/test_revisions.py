"""Messages that are brought up to date, against a server that speaks Discord's protocol."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.deliveries import Announcement
from bot.domain.revisions import Change, RevisedMessage, Revision
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.outcomes import HistoryUnreadable, MessageGone, PlaceGone, TryLater, Unclear
from cogs.postman import DiscordPostman
from tests.discord.test_postman import CHANNEL, DIRECT, make_announcement, postman, server
from tests.fake_discord import FakeDiscord
from tests.fakes import PAPER

__all__ = ["postman", "server"]

CHANGED = replace(PAPER, version=2, title="Another title")
REVISION = Revision(version=2, changes=(Change.TITLE,), former_title=PAPER.title)


async def revised(
    postman: DiscordPostman, announcement: Announcement, *, answered: bool = True, **changes: Any
) -> RevisedMessage:
    """Send an announcement, and return it as it is to be revised."""
    sent = await postman.send(announcement, [PAPER])
    message = RevisedMessage(
        id=5,
        announcement=announcement,
        message_id=sent,
        revisions={7: REVISION},
        fresh=(7,),
        is_answered=answered,
        claimed_at=datetime.now(UTC),
    )
    return replace(message, **changes)


@pytest.mark.parametrize("place", [CHANNEL, DIRECT], ids=["channel", "direct"])
async def test_revise_edits_the_message_and_keeps_its_buttons(
    server: FakeDiscord, postman: DiscordPostman, place: Place
) -> None:
    message = await revised(postman, make_announcement(place=place), answered=False)

    answer = await postman.revise(message, [CHANGED])

    (shown,) = server.from_bot(600) if place == CHANNEL else server.direct_messages()
    assert answer is None
    assert shown["embeds"][0]["title"] == "Another title"
    assert "**v2: title changed** · formerly: Evaluating" in shown["embeds"][0]["description"]
    ids = [part.get("custom_id", "") for row in shown["components"] for part in row["components"]]
    assert "announcement:41:7" in ids


async def test_revise_answers_the_message_once_and_the_answer_is_found(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    message = await revised(postman, make_announcement())

    first = await postman.revise(message, [CHANGED])
    assert await postman.revise(message, [CHANGED]) == first

    announced, answer = server.from_bot(600)
    assert str(answer["message_reference"]["message_id"]) == announced["id"]
    assert "**v2: title changed**" in answer["embeds"][0]["description"]
    assert await postman.find_answers(CHANNEL, [message]) == {5: first}


async def test_role_is_pinged_by_the_announcement_alone(
    server: FakeDiscord, postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit without text never pings; an answer names nobody, not even whose message it answers."""
    asked: list[tuple[str, dict[str, Any]]] = []
    channel = FakeDiscord._channel

    def note(self: FakeDiscord, method: str, channel_id: int, rest: list[str], body: Any, query: Any) -> Any:
        asked.append((method, body))
        return channel(self, method, channel_id, rest, body, query)

    monkeypatch.setattr(FakeDiscord, "_channel", note)
    message = await revised(postman, replace(make_announcement(), role_ids=(5,)))

    await postman.revise(message, [CHANGED])

    (_, announced), (_, edit), (_, answer) = asked
    assert [method for method, _ in asked] == ["POST", "PATCH", "POST"]
    assert announced["content"] == "<@&5>"
    assert announced["allowed_mentions"]["roles"] == [5]
    assert "content" not in edit
    assert not answer.get("content")
    assert answer["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("after", [False, True])
async def test_answer_whose_connection_is_cut_is_unclear_and_then_found_or_not(
    server: FakeDiscord, postman: DiscordPostman, after: bool
) -> None:
    message = await revised(postman, make_announcement())
    server.fail("POST", "/channels/600/messages", after=after)

    with pytest.raises(Unclear):
        await postman.revise(message, [CHANGED])

    assert len(await postman.find_answers(CHANNEL, [message])) == int(after)


async def test_answer_where_history_may_not_be_read_stands_without_a_reference(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    message = await revised(postman, make_announcement())
    server.fail("POST", "/channels/600/messages", status=403, code=160002)

    await postman.revise(message, [CHANGED])

    assert "message_reference" not in server.from_bot(600)[1]


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(404, 10008, MessageGone), (404, 10003, PlaceGone), (403, 50001, PlaceGone), (503, 0, Unclear)],
)
async def test_revise_that_is_refused_says_what_is_gone(
    server: FakeDiscord, postman: DiscordPostman, status: int, code: int, error: type[Exception]
) -> None:
    message = await revised(postman, make_announcement())
    server.fail("PATCH", f"/channels/600/messages/{message.message_id}", status=status, code=code)

    with pytest.raises(error):
        await postman.revise(message, [CHANGED])

    assert len(server.from_bot(600)) == 1


@pytest.mark.parametrize(("fresh", "opened"), [((7,), True), ((), False)])
async def test_archived_post_is_opened_again_only_for_what_is_worth_telling(
    server: FakeDiscord, postman: DiscordPostman, fresh: tuple[int, ...], opened: bool
) -> None:
    server.add_forum(650, "cs.CY")
    forum = Place(kind=PlaceKind.CHANNEL, id=650, guild_id=CHANNEL.guild_id)
    known = asyncio.create_task(postman._bot.wait_for("guild_channel_create"))
    await asyncio.sleep(0)
    await server.push("CHANNEL_CREATE", server.channels[650])
    await known
    message = await revised(postman, make_announcement(place=forum), answered=bool(fresh), fresh=fresh)
    post = server.channels[message.message_id]
    post["thread_metadata"]["archived"] = True

    if opened:
        answer = await postman.revise(message, [CHANGED])
        assert [one["id"] for one in server.from_bot(message.message_id)] == [
            str(message.message_id),
            str(answer),
        ]
        assert await postman.find_answers(forum, [message]) == {5: answer}
    else:
        with pytest.raises(PlaceGone):
            await postman.revise(message, [CHANGED])
    assert post["thread_metadata"]["archived"] is not opened


async def test_find_answers_without_an_answer_says_why(server: FakeDiscord, postman: DiscordPostman) -> None:
    message = await revised(postman, make_announcement())
    server.fail("GET", "/channels/600/messages", status=403, code=50001)
    with pytest.raises(HistoryUnreadable):
        await postman.find_answers(CHANNEL, [message])
    server.fail("GET", "/channels/600/messages", status=503)
    with pytest.raises(TryLater):
        await postman.find_answers(CHANNEL, [message])
