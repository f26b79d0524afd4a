"""The bot over real services and a real file; only Discord and the sources are simulated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.discord.conftest import shown
from tests.discord.house import ANNOUNCE, HARVEST, House, Server, new_paper
from tests.factories import make_author, make_paper


async def _watch_cs_cy(server: Server) -> None:
    result = await server.organizer.slash(server.channel, "watch category", category="cs.CY")
    assert "cs.CY" in (shown(result).embeds[0].title or "")


async def test_new_paper_is_announced_once_and_never_again(house: House, server: Server) -> None:
    house.list_new(new_paper(1, house))
    await _watch_cs_cy(server)
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    assert server.announced() == [], "what the feed listed before the watch is no news"
    house.list_new(new_paper(1, house), new_paper(2, house))
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    assert server.announced() == ["New paper number 2 on societies"]
    await house.env.restart_bot(house.make_bot())
    await house.pass_time(2 * HARVEST)
    assert server.announced() == ["New paper number 2 on societies"]


async def test_announcements_button_shows_the_abstract_after_a_restart(house: House, server: Server) -> None:
    house.list_new()
    await _watch_cs_cy(server)
    house.list_new(new_paper(2, house))
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    await house.env.restart_bot(house.make_bot())
    announcement = server.channel.history()[-1]
    result = await server.organizer.click(announcement, label="Full abstract")
    assert result.ephemeral
    assert "social impacts" in (shown(result).embeds[0].description or "")


async def test_missing_permission_pauses_tells_once_and_resuming_sends(house: House, server: Server) -> None:
    house.list_new()
    await _watch_cs_cy(server)
    house.env.inject_error("POST", f"/channels/{server.channel.id}/messages", status=403, code=50013, times=1)
    house.list_new(new_paper(3, house), new_paper(4, house))
    await house.pass_time(HARVEST + 3 * ANNOUNCE)
    assert server.announced() == []
    told = server.organizer.user.dm_channel.history()
    assert len(told) == 1
    assert "Send Messages" in (told[0].embeds[0].description or "")
    listed = await server.organizer.slash(server.channel, "watch list")
    assert "paused" in str(shown(listed).embeds[0].to_dict())
    choices = await server.organizer.autocomplete(server.channel, "watch resume", "watch", "")
    await server.organizer.slash(server.channel, "watch resume", watch=str(choices[0]["value"]))
    await house.pass_time(3 * ANNOUNCE)
    assert sorted(server.announced()) == [f"New paper number {number} on societies" for number in (3, 4)]


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        pytest.param(404, 10003, "no longer exists", id="deleted"),
        pytest.param(403, 50001, "View Channel", id="closed"),
        pytest.param(403, 40333, "", id="nothing-known"),
    ],
)
async def test_watch_whose_channel_is_gone_is_not_resumed_and_says_so_at_once(
    house: House, server: Server, status: int, code: int, said: str
) -> None:
    house.list_new()
    await _watch_cs_cy(server)
    (choice,) = await server.organizer.autocomplete(server.channel, "watch pause", "watch", "")
    await server.organizer.slash(server.channel, "watch pause", watch=str(choice["value"]))
    house.expects_errors = bool(said)
    house.env.inject_error("GET", f"/channels/{server.channel.id}", status=status, code=code, times=None)

    answer = await server.organizer.slash(server.channel, "watch resume", watch=str(choice["value"]))

    assert (said or "Watching again") in str(shown(answer).embeds[0].to_dict())
    (watch,) = await house.stores.watches.list_watches()
    assert bool(watch.paused_reason) == bool(said)


async def test_failing_channel_holds_up_no_other(house: House, server: Server) -> None:
    other = server.guild.create_text_channel("more-papers")
    house.list_new()
    await _watch_cs_cy(server)
    await server.organizer.slash(server.channel, "watch category", category="cs.CY", channel=other)
    house.env.inject_error("POST", f"/channels/{server.channel.id}/messages", status=503, times=None)
    house.list_new(new_paper(5, house))
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    assert [message.embeds[0].title for message in other.history()] == ["New paper number 5 on societies"]


async def test_followed_in_direct_messages_is_announced_there(house: House, server: Server) -> None:
    house.list_new()
    await server.stranger.send_dm("follow cs.CY")
    house.list_new(new_paper(6, house))
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    titles = [m.embeds[0].title for m in server.stranger.dm_channel.history() if m.embeds]
    assert "New paper number 6 on societies" in titles
    await server.stranger.send_dm("following")
    assert "cs.CY" in str(server.stranger.dm_channel.history()[-1].embeds[0].to_dict())


async def test_author_card_from_the_catalogue_alone(house: House, server: Server) -> None:
    house.arxiv.down = house.openalex.down = True
    await house.stores.authors.save_author(make_author(id=None, fetched_at=house.clock()))
    await house.stores.papers.save_papers([make_paper(id=None, fetched_at=house.clock())])
    result = await server.organizer.slash(server.channel, "author", name="sasha luccioni")
    card = shown(result).embeds[0]
    assert card.title == "Sasha Luccioni"
    assert "43" in str(card.to_dict())
    choices = await server.organizer.autocomplete(server.channel, "author", "name", "lucc")
    assert any("Luccioni" in choice["name"] for choice in choices)


async def test_list_turns_pages_after_a_restart(house: House, server: Server) -> None:
    await house.stores.papers.save_papers([new_paper(number, house) for number in range(1, 13)])
    result = await server.organizer.slash(server.channel, "search", query="societies", sort="newest")
    first = shown(result).embeds[0].description or ""
    await house.env.restart_bot(house.make_bot())
    turned = await server.organizer.click(shown(result), label="Next")
    second = shown(turned).embeds[0].description or ""
    assert first != second
    assert second.count("New paper number") == 5


async def test_search_thin_in_the_catalogue_is_widened_from_arxiv(house: House, server: Server) -> None:
    house.arxiv.papers.append(replace(new_paper(20, house), title="Societies of agents"))
    result = await server.organizer.slash(server.channel, "search", query="societies of agents")
    assert "Societies of agents" in (shown(result).embeds[0].description or "")


async def test_sources_down_leave_no_command_without_an_answer(house: House, server: Server) -> None:
    house.arxiv.down = house.openalex.down = True
    for command, options in {
        "author": {"name": "Nobody Known"},
        "paper": {"paper": "2401.00001"},
        "papers": {"author": "Nobody Known"},
        "search": {"query": "nothing"},
        "watch category": {"category": "cs.CY"},
        "watch author": {"author": "Nobody Known"},
        "watch topic": {"topic": '"green ai"'},
        "status": {},
    }.items():
        result = await server.organizer.slash(server.channel, command, **options)
        assert shown(result).embeds, command
        assert "Something went wrong" not in (shown(result).embeds[0].title or ""), command
    house.expects_errors = True


@pytest.mark.parametrize(
    "text",
    [
        "🦤🦤🦤",
        "\u202egnihton\u0000",
        "@everyone",
        "x" * 2000,
        "[a](http://b) **c**",
        "$\\frac{1}{2}$ (",
        '"',
    ],
)
async def test_odd_message_gets_an_answer_that_pings_nobody(house: House, server: Server, text: str) -> None:
    await server.stranger.send_dm(text)
    answers = [m for m in server.stranger.dm_channel.history() if m.author.bot]
    assert answers
    assert not answers[-1].mentions
    assert not answers[-1].mention_everyone
