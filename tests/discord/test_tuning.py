"""The menu for fewer announcements, on an announcement."""

from __future__ import annotations

from bot.cards.announcements import render_announcement
from bot.domain.deliveries import Announcement
from tests.discord.conftest import World, shown
from tests.discord.test_components import post
from tests.factories import make_announcement, make_delivery
from tests.fakes import NOW, PAPER

MENU = f"tune:77:{PAPER.id}"


def announcement() -> Announcement:
    return make_announcement(deliveries=(make_delivery(paper_id=PAPER.id),))


async def test_menu_tunes_the_watches_behind_the_message_and_can_be_undone(world: World) -> None:
    message = await post(world, render_announcement(announcement(), [PAPER], now=NOW))
    result = await world.organizer.select(message, ["less"], custom_id=MENU)
    assert result.ephemeral
    assert (shown(result).embeds[0].title or "").startswith("Less like: ")
    ask = {"guild_id": world.guild.id, "person": world.organizer.id}
    assert world.fakes.tuning.calls == [("tune", (77, PAPER.id, "less"), ask)]
    await world.organizer.click(shown(result), label="Undo")
    assert world.fakes.tuning.calls[-1] == ("undo", (77, PAPER.id, "less"), ask)


async def test_menu_is_for_whoever_manages_the_server(world: World) -> None:
    message = await post(world, render_announcement(announcement(), [PAPER], now=NOW))
    result = await world.member.select(message, ["mute"], custom_id=MENU)
    assert result.ephemeral
    assert world.fakes.tuning.calls == []
