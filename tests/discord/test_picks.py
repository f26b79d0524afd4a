"""The reading group's weekly picks, over real services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.domain.deliveries import MessageState
from bot.domain.identifiers import ArxivId
from bot.domain.library import Shelf, ShelfKind
from bot.storage.picks import Picks
from tests.discord.conftest import shown
from tests.discord.house import House, Server
from tests.factories import make_paper

# The simulated world begins on Thursday, January 1, 2026, at midnight UTC.
THURSDAY_AT_TWO = datetime(2026, 1, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


async def fill(house: House, server: Server, votes: tuple[int, ...]) -> Shelf:
    """Save a paper for each of these numbers of votes."""
    shelf = Shelf(kind=ShelfKind.SERVER, id=server.guild.id)
    for number, count in enumerate(votes, start=1):
        paper = make_paper(id=None, arxiv_id=ArxivId(f"2401.0000{number}"), doi=None, title=f"Paper {number}")
        (saved,) = await house.stores.papers.save_papers([paper])
        assert saved.id is not None
        await house.stores.library.save_to_shelf(shelf, saved.id, 1, house.clock())
        for person in range(count):
            await house.stores.library.toggle_vote(shelf, saved.id, person)
    return shelf


async def leap(house: House, time: timedelta) -> None:
    """Let time be gone at once: the loops would run for every quarter minute of it."""
    house.env.backend.clock._epoch += time
    await house.pass_time(31)


async def settle_on_thursday(server: Server) -> str:
    result = await server.organizer.slash(server.channel, "settings", picks="thursday", picks_hour=2)
    return "\n".join(field.value or "" for field in shown(result).embeds[0].fields)


def picks(channel: ChannelHandle) -> list[list[str]]:
    """Return for each message of picks the papers it names, in their order."""
    cards = [embed for message in channel.history() for embed in message.embeds]
    return [
        [word for word in (card.description or "").split("[") if word.startswith("Paper")]
        for card in cards
        if card.title == "Reading group picks"
    ]


def numbers(channel: ChannelHandle) -> list[list[int]]:
    return [[int(name.split()[1].rstrip("]").split("]")[0]) for name in names] for names in picks(channel)]


async def test_picks_are_the_most_voted_once_a_week_and_none_twice(house: House, server: Server) -> None:
    await fill(house, server, (0, 3, 1, 2))
    assert "Thursday, 2:00" in await settle_on_thursday(server)
    await leap(house, HOUR)
    assert numbers(server.channel) == []
    await leap(house, HOUR)
    assert numbers(server.channel) == [[2, 4, 3]]
    await house.env.restart_bot(house.make_bot())
    await leap(house, WEEK)
    assert numbers(server.channel) == [[2, 4, 3], [1]]
    await leap(house, WEEK)
    assert len(picks(server.channel)) == 2

    shelf = await server.organizer.slash(server.channel, "library list")
    assert (shown(shelf).embeds[0].description or "").count("picked") == 4


async def test_picks_whose_hour_is_quiet_come_once_when_the_quiet_hours_are_over(
    house: House, server: Server
) -> None:
    await fill(house, server, (0, 3, 1, 2))
    await server.organizer.slash(server.channel, "settings", quiet="1-4")
    await settle_on_thursday(server)
    await leap(house, 2 * HOUR)
    await leap(house, HOUR)
    assert numbers(server.channel) == []
    await house.env.restart_bot(house.make_bot())
    await leap(house, HOUR)
    assert numbers(server.channel) == [[2, 4, 3]]
    await leap(house, WEEK)
    assert numbers(server.channel) == [[2, 4, 3], [1]]


async def test_picks_off_by_default_and_off_again_post_nothing(house: House, server: Server) -> None:
    await fill(house, server, (1,))
    assert "Off" in "\n".join(
        field.value or ""
        for field in shown(await server.organizer.slash(server.channel, "settings")).embeds[0].fields
    )
    await settle_on_thursday(server)
    await server.organizer.slash(server.channel, "settings", picks="off")
    await leap(house, 3 * HOUR)
    assert picks(server.channel) == []


async def test_picks_follow_a_new_time_zone(house: House, server: Server) -> None:
    await settle_on_thursday(server)
    await server.organizer.slash(server.channel, "settings", time_zone="America/New_York")
    time = await house.stores.picks.find_time(server.guild.id)
    assert time is not None
    assert time.next_at == datetime(2026, 1, 1, 7, tzinfo=UTC)


async def test_picks_without_a_channel_are_given_back_and_stop(house: House, server: Server) -> None:
    await fill(house, server, (1,))
    lost = server.guild.create_text_channel("lost")
    await server.organizer.slash(
        server.channel, "settings", picks="thursday", picks_hour=2, picks_channel=lost
    )
    gone = house.env.bot.get_channel(lost.id)
    assert isinstance(gone, discord.TextChannel)
    await gone.delete()
    await leap(house, 3 * HOUR)
    shown_settings = shown(await server.organizer.slash(server.channel, "settings")).embeds[0]
    assert any("Stopped" in (field.value or "") for field in shown_settings.fields)
    await server.organizer.slash(
        server.channel, "settings", picks="thursday", picks_hour=4, picks_channel=server.channel
    )
    await leap(house, 3 * HOUR)
    assert numbers(server.channel) == [[1]]


async def test_picks_in_direct_messages_are_refused(house: House, server: Server) -> None:
    house.expects_errors = True
    refused = await server.stranger.slash("settings", picks="monday")
    assert "nobody votes" in (shown(refused).embeds[0].description or "")


@pytest.mark.parametrize("arrived", [True, False])
async def test_picks_in_doubt_are_looked_for_before_they_are_sent_again(
    house: House, server: Server, arrived: bool
) -> None:
    await fill(house, server, (1,))
    await settle_on_thursday(server)
    await leap(house, 2 * HOUR)
    assert numbers(server.channel) == [[1]]
    if not arrived:
        await (server.channel.history()[-1]).delete()
    async with house.stores.picks._database.write() as connection:
        await connection.exec_driver_sql(
            "UPDATE announcements SET state = ?, message_id = NULL", (MessageState.SENDING.value,)
        )
    await house.env.restart_bot(house.make_bot())
    await house.pass_time(300)
    assert numbers(server.channel) == [[1]]


async def test_pick_by_two_processes_at_once_is_made_once(house: House, server: Server) -> None:
    await fill(house, server, (1,))
    await settle_on_thursday(server)
    time = await house.stores.picks.find_time(server.guild.id)
    assert time is not None
    stores = (house.stores.picks, Picks(house.stores.picks._database))
    later = THURSDAY_AT_TWO + timedelta(days=7)
    made = [await store.pick(time, later, limit=3, now=THURSDAY_AT_TWO) for store in stores]
    assert made == [1, 0]


async def test_picks_hour_alone_is_changed_from_a_channel_where_the_bot_may_not_write(
    house: House, server: Server
) -> None:
    await settle_on_thursday(server)
    bot = house.env.bot.user
    assert bot is not None
    mute = discord.PermissionOverwrite(send_messages=False)
    closed = server.guild.create_text_channel("closed", overwrites={bot: mute})

    result = await server.organizer.slash(closed, "settings", picks_hour=5)

    (field,) = [field.value for field in shown(result).embeds[0].fields if "Thursday" in str(field.value)]
    assert "5:00" in str(field)
    assert f"<#{server.channel.id}>" in str(field)
