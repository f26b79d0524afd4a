"""Posts in forums and threads below papers, against a server that speaks Discord's protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import create_autospec

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import HoopoeBot
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.outcomes import HistoryUnreadable, PlaceGone, Refused, TryLater, Unclear
from cogs.forums import tags_for
from cogs.postman import ON_ITS_WAY, DiscordPostman
from tests.discord.test_postman import CHANNEL, make_announcement
from tests.fake_discord import GUILD_ID, FakeDiscord
from tests.fakes import PAPER, make_fake_services

FORUM = Place(kind=PlaceKind.CHANNEL, id=650, guild_id=GUILD_ID)
STRICT = Place(kind=PlaceKind.CHANNEL, id=651, guild_id=GUILD_ID)
BARE = Place(kind=PlaceKind.CHANNEL, id=652, guild_id=GUILD_ID)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    """A small Discord with three forums; the library's addresses are put back afterwards."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("wss://nowhere.invalid"))
    async with FakeDiscord() as server:
        server.add_forum(FORUM.id, "other", "computers and society", "cs.AI")
        server.add_forum(STRICT.id, "other", require_tag=True)
        server.add_forum(BARE.id, require_tag=True)
        yield server


@pytest.fixture
async def postman(server: FakeDiscord) -> AsyncIterator[DiscordPostman]:
    """The postman of a bot that is connected to it."""
    bot = HoopoeBot(
        services=make_fake_services().services,
        clock=lambda: datetime.now(UTC) + ON_ITS_WAY,
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


async def test_paper_in_a_forum_is_a_post_of_its_own_with_tags(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    sent = await postman.send(make_announcement(place=FORUM), [PAPER])

    post = server.channels[sent]
    assert post["name"] == PAPER.title
    assert post["applied_tags"] == ["2", "3"]
    (first,) = server.from_bot(sent)
    assert first["embeds"][0]["title"] == PAPER.title


async def test_forum_is_looked_for_in_its_own_server_alone(
    server: FakeDiscord, postman: DiscordPostman, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_all = create_autospec(postman._bot.get_channel)
    monkeypatch.setattr(postman._bot, "get_channel", in_all)

    sent = await postman.send(make_announcement(place=FORUM), [PAPER])

    assert server.channels[sent]["name"] == PAPER.title
    in_all.assert_not_called()


async def test_forum_of_a_place_whose_server_is_not_named_is_found(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    sent = await postman.send(make_announcement(place=replace(FORUM, guild_id=None)), [PAPER])

    assert server.channels[sent]["name"] == PAPER.title


@pytest.mark.parametrize(
    ("tags", "code", "expected"),
    [
        pytest.param(["cs.CY", "cs.LG"], False, ["cs.CY"], id="category"),
        pytest.param(["computers AND Society", "physics"], False, ["computers AND Society"], id="its-words"),
        pytest.param(["Math", "CS"], False, ["CS"], id="archive"),
        pytest.param(["Code"], True, ["Code"], id="code"),
        pytest.param(["Code"], False, [], id="no-code"),
        pytest.param(["staff: cs.CY", "cs.AI"], False, ["cs.AI"], id="not-what-only-staff-may-use"),
        pytest.param(
            ["cs", "cs.CY", "cs.AI", "Artificial Intelligence", "Computers and Society", "code"],
            True,
            ["cs", "cs.CY", "cs.AI", "Artificial Intelligence", "Computers and Society"],
            id="as-many-as-discord-takes",
        ),
    ],
)
def test_post_is_tagged_by_categories_their_words_their_archive_and_code(
    tags: list[str], code: bool, expected: list[str]
) -> None:
    paper = replace(PAPER, categories=("cs.CY", "cs.AI"), code_url="https://github.com/a/b" if code else None)
    assert [tag.name for tag in tags_for(forum_with(*tags), [paper])] == expected


def test_forum_that_demands_a_tag_gets_the_first_that_anybody_may_use() -> None:
    forum = forum_with("staff: first", "second", "third", require_tag=True)
    assert [tag.name for tag in tags_for(forum, [PAPER])] == ["second"]


def forum_with(*names: str, require_tag: bool = False) -> discord.ForumChannel:
    """Return a forum with tags; those for staff can't be used by anybody else."""
    forum = create_autospec(discord.ForumChannel, instance=True)
    forum.available_tags = [discord.ForumTag(name=name, moderated=name.startswith("staff")) for name in names]
    for tag in forum.available_tags:
        tag.name = tag.name.removeprefix("staff: ")
    forum.flags = discord.ChannelFlags(require_tag=require_tag)
    return forum


async def test_forum_that_demands_a_tag_gets_the_first_where_none_is_named_so(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    sent = await postman.send(make_announcement(place=STRICT), [PAPER])
    assert server.channels[sent]["applied_tags"] == ["1"]


async def test_forum_that_demands_a_tag_and_has_none_is_gone(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    with pytest.raises(PlaceGone, match="demands a tag"):
        await postman.send(make_announcement(place=BARE), [PAPER])


@pytest.mark.parametrize(
    ("place", "tags"),
    [pytest.param(FORUM, ["1"], id="tag-deleted"), pytest.param(STRICT, ["7"], id="tag-demanded-is-another")],
)
async def test_forum_whose_tags_changed_unseen_gets_the_post_with_the_present_ones(
    server: FakeDiscord, postman: DiscordPostman, place: Place, tags: list[str]
) -> None:
    """While the connection was away, say: Discord refuses a post with a tag that is no more."""
    present = [{"id": tags[0], "name": "cs.AI", "moderated": False, "emoji_id": None, "emoji_name": None}]
    server.channels[place.id]["available_tags"] = present
    server.fail("POST", f"/channels/{place.id}/threads", status=400, code=50035)

    sent = await postman.send(make_announcement(place=place), [PAPER])

    assert server.channels[sent]["applied_tags"] == tags


async def test_post_that_is_refused_whatever_its_tags_is_refused_once(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    fault = server.fail("POST", "/channels/650/threads", status=400, code=50035, times=5)
    with pytest.raises(Refused):
        await postman.send(make_announcement(place=FORUM), [PAPER])
    assert fault.times == 4


async def test_server_full_of_threads_is_gone(server: FakeDiscord, postman: DiscordPostman) -> None:
    server.fail("POST", "/channels/650/threads", status=400, code=160006)
    with pytest.raises(PlaceGone, match="active threads"):
        await postman.send(make_announcement(place=FORUM), [PAPER])


@pytest.mark.parametrize("after", [False, True])
async def test_post_whose_answer_was_lost_is_found_or_not(
    server: FakeDiscord, postman: DiscordPostman, after: bool
) -> None:
    announcement = make_announcement(place=FORUM)
    await postman.send(make_announcement(7, place=FORUM), [PAPER])
    server.fail("POST", "/channels/650/threads", after=after)
    with pytest.raises(Unclear):
        await postman.send(announcement, [PAPER])

    found = await postman.find(FORUM, [announcement])

    assert (announcement.id in found) is after


async def test_post_that_may_be_on_its_way_is_not_looked_for_yet(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    claimed = replace(make_announcement(place=FORUM), claimed_at=datetime.now(UTC) + timedelta(seconds=5))
    with pytest.raises(TryLater):
        await postman.find(FORUM, [claimed])


async def test_forum_whose_posts_may_not_be_read_knows_no_nonces(
    server: FakeDiscord, postman: DiscordPostman
) -> None:
    server.fail("GET", f"/guilds/{GUILD_ID}/threads/active", status=403, code=50001)
    with pytest.raises(HistoryUnreadable) as unreadable:
        await postman.find(FORUM, [make_announcement(place=FORUM)])
    assert not unreadable.value.has_nonces


@pytest.mark.parametrize("allowed", [True, False])
async def test_thread_is_opened_below_a_paper_where_that_is_allowed(
    server: FakeDiscord, postman: DiscordPostman, allowed: bool
) -> None:
    if not allowed:
        server.fail("POST", "/channels/600/messages/*/threads", status=403, code=50013)
    sent = await postman.send(replace(make_announcement(place=CHANNEL), thread=True), [PAPER])
    assert (sent in server.channels) is allowed
    assert len(server.from_bot(600)) == 1
