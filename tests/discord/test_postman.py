"""The postman against a server that speaks Discord's protocol: what arrives, and what is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import HoopoeBot
from bot.domain.deliveries import Announcement, Delivery
from bot.domain.watches import Place, PlaceKind
from bot.pacing import INVALID_LIMIT
from bot.services.announcing.outcomes import HistoryUnreadable, PlaceGone, Refused, TryLater, Unclear
from cogs.postman import DiscordPostman
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord
from tests.fakes import PAPER, make_fake_services, make_watch

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=600, guild_id=GUILD_ID)
DIRECT = Place(kind=PlaceKind.DIRECT, id=PERSON_ID)


def make_announcement(number: int = 41, place: Place = CHANNEL) -> Announcement:
    """Return a claimed message of one paper."""
    now = datetime.now(UTC)
    delivery = Delivery(id=1, place=place, paper_id=7, reasons=("category cs.CY",), created_at=now)
    return Announcement(id=number, place=place, deliveries=(delivery,), claimed_at=now)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    """A small Discord; the library's addresses are put back afterwards."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("wss://nowhere.invalid"))
    async with FakeDiscord() as server:
        yield server


@pytest.fixture
async def postman(server: FakeDiscord) -> AsyncIterator[DiscordPostman]:
    """The postman of a bot that is connected to it."""
    bot = HoopoeBot(
        services=make_fake_services().services,
        clock=lambda: datetime.now(UTC),
        api_url=server.url,
        shard_count=1,
        announce_interval=3600,
    )
    # The library waits this long for servers to come in; here they come at once.
    bot._connection.guild_ready_timeout = 0.02
    async with bot:
        running = asyncio.create_task(bot.start("token"))
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        assert ready.done(), running
        yield DiscordPostman(bot)
    await running


async def test_error_of_our_own_is_not_taken_for_one_of_the_connection(
    postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr("cogs.postman.write_announcement", broken)
    with pytest.raises(OSError, match="no font"):
        await postman.send(make_announcement(), [PAPER])


async def test_announcement_arrives_with_its_button(server: FakeDiscord, postman: DiscordPostman) -> None:
    sent = await postman.send(make_announcement(), [PAPER])
    message = server.from_bot(600)[0]
    assert message["id"] == str(sent)
    assert message["embeds"][0]["title"] == PAPER.title
    ids = [part.get("custom_id", "") for row in message["components"] for part in row["components"]]
    assert "announcement:41:7" in ids


async def test_same_announcement_sent_twice_arrives_once(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    first = await postman.send(make_announcement(), [PAPER])
    assert await postman.send(make_announcement(), [PAPER]) == first
    assert len(server.from_bot(600)) == 1


async def test_direct_message_is_sent_to_a_person(server: FakeDiscord, postman: DiscordPostman) -> None:
    await postman.send(make_announcement(place=DIRECT), [PAPER])
    assert len(server.direct_messages()) == 1


@pytest.mark.parametrize("after", [False, True])
async def test_dropped_connection_is_unclear_and_then_found_or_not(
    server: FakeDiscord, postman: DiscordPostman, after: bool
) -> None:
    announcement = make_announcement()
    server.fail("POST", "/channels/600/messages", after=after)
    with pytest.raises(Unclear):
        await postman.send(announcement, [PAPER])
    stored = server.from_bot(600)
    found = await postman.find(CHANNEL, [announcement])
    assert found == ({announcement.id: int(stored[0]["id"])} if after else {})
    assert len(stored) == int(after)


async def test_server_fault_is_unclear(server: FakeDiscord, postman: DiscordPostman) -> None:
    # 503 is not among those that the library repeats by itself.
    server.fail("POST", "/channels/600/messages", status=503)
    with pytest.raises(Unclear):
        await postman.send(make_announcement(), [PAPER])


async def test_fault_then_refusal_is_still_unclear(
    server: FakeDiscord, postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library repeats a 502 by itself; a refusal of the second try says nothing of the first."""
    monkeypatch.setattr("discord.http.asyncio.sleep", lambda _: _nothing())
    server.fail("POST", "/channels/600/messages", status=502, after=True)
    server.fail("POST", "/channels/600/messages", status=403, code=50013)
    with pytest.raises(Unclear):
        await postman.send(make_announcement(), [PAPER])


async def _nothing() -> None:
    """Stand in for a pause."""


async def test_unreachable_discord_is_certainly_not_sent(
    server: FakeDiscord, postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9/api/v10")
    with pytest.raises(TryLater):
        await postman.send(make_announcement(), [PAPER])


@pytest.mark.parametrize("seconds", [61.0, 120.0])
async def test_long_rate_limit_is_tried_later(
    server: FakeDiscord, postman: DiscordPostman, seconds: float
) -> None:
    server.fail("POST", "/channels/600/messages", status=429, retry_after=seconds)
    with pytest.raises(TryLater) as wait:
        await postman.send(make_announcement(), [PAPER])
    assert wait.value.seconds == seconds
    assert server.from_bot(600) == []


async def test_short_rate_limit_is_waited_out(server: FakeDiscord, postman: DiscordPostman) -> None:
    server.fail("POST", "/channels/600/messages", status=429, retry_after=0.01)
    await postman.send(make_announcement(), [PAPER])
    assert len(server.from_bot(600)) == 1


async def test_token_that_is_refused_says_nothing_of_the_place(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    server.fail("POST", "/channels/600/messages", status=401)
    with pytest.raises(TryLater) as wait:
        await postman.send(make_announcement(), [PAPER])
    assert wait.value.seconds == 900.0


async def test_nothing_is_asked_where_too_many_answers_were_refusals(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    for _ in range(INVALID_LIMIT // 2):
        postman._bot.pacing.count_invalid()
    before = len(server.requests)
    with pytest.raises(TryLater):
        await postman.send(make_announcement(), [PAPER])
    with pytest.raises(TryLater):
        await postman.find(CHANNEL, [make_announcement()])
    assert len(server.requests) == before


@pytest.mark.parametrize(("shards", "most"), [((0, 1, 2, 3), 50), ((0, 1), 25), ((3,), 12), ((), 50)])
async def test_fifty_requests_a_second_are_shared_by_the_shards(shards: tuple[int, ...], most: int) -> None:
    services = make_fake_services().services
    bot = HoopoeBot(services=services, clock=lambda: datetime.now(UTC), shard_ids=shards, shard_count=4)
    for _ in range(most):
        await asyncio.wait_for(bot.pacing.take(), 1)
    waiting = asyncio.create_task(bot.pacing.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (404, 10003, "no longer exists"),
        (403, 50001, "View Channel"),
        (403, 50013, "Send Messages"),
        (400, 50083, "archived"),
        (403, 160005, "locked"),
        (403, 0, "does not let me"),
    ],
)
async def test_place_that_can_not_be_written_to_is_gone(
    server: FakeDiscord, postman: DiscordPostman, status: int, code: int, said: str
) -> None:
    server.fail("POST", "/channels/600/messages", status=status, code=code)
    with pytest.raises(PlaceGone, match=said):
        await postman.send(make_announcement(), [PAPER])


@pytest.mark.parametrize(
    ("trouble", "seconds"),
    [
        ({"status": 403, "code": 40333}, 10.0),
        ({"status": 403, "page": "<html>Sorry, you have been blocked</html>"}, 10.0),
        ({"status": 404, "page": "<html>Not found</html>"}, 10.0),
        ({"status": 400, "page": "<html>Bad request</html>"}, 10.0),
        ({"status": 429, "page": "error code: 1015"}, 10.0),
        ({"status": 429, "page": "error code: 1015", "asks": "37"}, 37.0),
        ({"status": 429, "page": "error code: 1015", "asks": "soon"}, 10.0),
    ],
)
async def test_refusal_of_what_stands_before_discord_says_nothing_of_the_place(
    server: FakeDiscord, postman: DiscordPostman, trouble: dict[str, Any], seconds: float
) -> None:
    server.fail("POST", "/channels/600/messages", **trouble)
    with pytest.raises(TryLater) as wait:
        await postman.send(make_announcement(), [PAPER])
    assert wait.value.seconds == seconds


@pytest.mark.parametrize("trouble", [{"code": 40333}, {"page": "<html>Sorry, you have been blocked</html>"}])
async def test_history_that_what_stands_before_discord_keeps_back_is_read_later(
    server: FakeDiscord, postman: DiscordPostman, trouble: dict[str, Any]
) -> None:
    server.fail("GET", "/channels/600/messages", status=403, **trouble)
    with pytest.raises(TryLater):
        await postman.find(CHANNEL, [make_announcement()])


async def test_closed_direct_messages_are_gone(server: FakeDiscord, postman: DiscordPostman) -> None:
    server.fail("POST", f"/channels/{10_000 + PERSON_ID}/messages", status=403, code=50007)
    with pytest.raises(PlaceGone, match="closed"):
        await postman.send(make_announcement(place=DIRECT), [PAPER])


async def test_message_that_discord_refuses_is_refused_for_good(
    server: FakeDiscord, postman: DiscordPostman, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("POST", "/channels/600/messages", status=400, code=50035)
    with pytest.raises(Refused):
        await postman.send(make_announcement(), [PAPER])
    assert "message refused" in caplog.text


async def test_find_looks_at_the_bots_own_buttons_only(server: FakeDiscord, postman: DiscordPostman) -> None:
    announcement = make_announcement(4)
    await postman.send(make_announcement(41), [PAPER])
    await server.say("announcement:4:7", channel_id=600)
    button = {"type": 2, "style": 2, "label": "x", "custom_id": "announcement:4:7"}
    other_bot = {
        "id": "800000000000000800",
        "username": "x",
        "discriminator": "0",
        "avatar": None,
        "bot": True,
    }
    server._store(600, {"components": [{"type": 1, "components": [button]}]}, author=other_bot)
    assert await postman.find(CHANNEL, [announcement]) == {}


async def test_find_among_many_later_messages(server: FakeDiscord, postman: DiscordPostman) -> None:
    announcement = make_announcement()
    sent = await postman.send(announcement, [PAPER])
    for number in range(120):
        server._store(600, {"content": f"talk {number}"}, author={"id": "1", "username": "x"})
    assert await postman.find(CHANNEL, [announcement]) == {announcement.id: sent}


@pytest.mark.parametrize(("earlier", "is_found"), [(999, True), (1000, False)])
async def test_find_looks_through_a_thousand_messages_from_the_claim_on(
    server: FakeDiscord, postman: DiscordPostman, earlier: int, is_found: bool
) -> None:
    announcement = make_announcement()
    for number in range(earlier):
        await server.say(f"talk {number}", channel_id=600)
    sent = await postman.send(announcement, [PAPER])
    assert await postman.find(CHANNEL, [announcement]) == ({announcement.id: sent} if is_found else {})


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(403, 50001, HistoryUnreadable), (404, 10003, PlaceGone), (503, 0, TryLater), (0, 0, TryLater)],
)
async def test_find_without_an_answer_says_why(
    server: FakeDiscord, postman: DiscordPostman, status: int, code: int, error: type[Exception]
) -> None:
    # A read whose connection is cut is repeated by the HTTP library.
    server.fail("GET", "/channels/600/messages", status=status, code=code, times=1 if status else 5)
    with pytest.raises(error):
        await postman.find(CHANNEL, [make_announcement()])


@pytest.mark.parametrize("readable", [True, False])
async def test_empty_history_without_the_permission_is_not_believed(
    server: FakeDiscord, postman: DiscordPostman, readable: bool
) -> None:
    """Without Read Message History Discord answers with no messages, and no error."""
    everyone = {"id": str(GUILD_ID), "type": 0, "allow": "0", "deny": "0" if readable else str(1 << 16)}
    closed = {**server.channels[600], "permission_overwrites": [everyone]}
    await server.push("CHANNEL_UPDATE", closed)
    await asyncio.sleep(0.05)
    if readable:
        assert await postman.find(CHANNEL, [make_announcement()]) == {}
    else:
        with pytest.raises(HistoryUnreadable):
            await postman.find(CHANNEL, [make_announcement()])


async def test_owner_is_told_once_of_all_watches(server: FakeDiscord, postman: DiscordPostman) -> None:
    mine = [make_watch(owner_id=PERSON_ID), make_watch(id=6, owner_id=PERSON_ID)]
    await postman.tell_owner([*mine, make_watch(id=7, owner_id=7001)], "the channel no longer exists")
    told = server.direct_messages(PERSON_ID)
    assert len(told) == 1
    assert "no longer exists" in told[0]["embeds"][0]["description"]
    assert len(server.direct_messages(7001)) == 1


async def test_owner_who_can_not_be_told_is_passed_over(server: FakeDiscord, postman: DiscordPostman) -> None:
    server.fail("POST", f"/channels/{10_000 + PERSON_ID}/messages", status=403, code=50007)
    watches = [make_watch(owner_id=PERSON_ID), make_watch(id=7, owner_id=7001)]
    await postman.tell_owner(watches, "the channel no longer exists")
    assert len(server.direct_messages(7001)) == 1


async def test_gateway_that_is_away_keeps_no_message_back(
    server: FakeDiscord, postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending needs no gateway; nor does finding out whether a message arrived."""
    monkeypatch.setattr(FakeDiscord, "_hear", lambda self, connection, frame: _nothing())
    await server.drop_connections()
    announcement = make_announcement()

    sent = await postman.send(announcement, [PAPER])

    assert not any(connection.ready for connection in server.connections)
    assert await postman.find(CHANNEL, [announcement]) == {announcement.id: sent}
