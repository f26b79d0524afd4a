"""What buttons and menus do; they work on messages of any age, as all state is in the `custom_id`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

import discord

from bot.cards.authors import render_author
from bot.cards.card import Card
from bot.cards.components import paper_select, rows
from bot.cards.lists import render_list
from bot.cards.papers import render_full_abstract, render_paper
from bot.cards.watches import render_removed, render_resumed, render_watch, render_watches
from bot.domain.search import ListRequest, Sort
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch, NotAllowed, NotFound
from bot.services.answers import WatchesAnswer

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.ports import Clock


class Host(Protocol):
    """What a button needs of the client that received it."""

    services: Services
    clock: Clock

    async def report_error(self, interaction: discord.Interaction[Any], error: BaseException, /) -> None:
        """Show the person what went wrong."""


Interaction = discord.Interaction[Any]


class Action(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A component that is known by its `custom_id` alone; its faults go to the client's reporter."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        """Keep what the `custom_id` says."""
        super().__init__(item)
        self.said = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the item for an interaction that has just arrived."""
        return cls(item, match)

    async def callback(self, interaction: Interaction) -> None:
        """Act, and report what goes wrong."""
        host = cast("Host", interaction.client)
        try:
            await self.act(interaction, host.services)
        except Exception as error:  # noqa: BLE001 - discord.py would log it and tell nobody
            await host.report_error(interaction, error)

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Do what the component promises."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """Return a number of the `custom_id`."""
        return int(self.said[name])

    @property
    def chosen(self) -> int:
        """The chosen option of a menu."""
        return int(cast("discord.ui.Select[Any]", self.item).values[0])


class PapersButton(Action, template=r"author:(?P<author>\d{1,18}):papers"):
    """Lists the author's papers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the first page, most cited first."""
        await _think(interaction)
        author = (await services.lookup.author_by_id(self.number("author"), asker=interaction.user.id)).author
        request = ListRequest(title=f"Papers by {author.name}", author_id=author.id, sort=Sort.CITATIONS)
        answer = await services.search.first_page(request)
        await _follow_up(interaction, render_list(answer, now=_now(interaction)))


class FollowButton(Action, template=r"author:(?P<author>\d{1,18}):follow"):
    """Follows the author in the person's direct messages."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Create the watch and confirm it to the person alone."""
        await _think(interaction)
        answer = await services.watching.watch_author_id(
            self.number("author"),
            owner=interaction.user.id,
            place=Place(kind=PlaceKind.DIRECT, id=interaction.user.id),
        )
        await _follow_up(interaction, render_watch(answer, now=_now(interaction)))


class PageButton(Action, template=r"list:(?P<request>\d{1,18}):(?P<offset>\d{1,9}):(?:back|on)"):
    """Turns a list's page."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the page by the asked one."""
        await interaction.response.defer()
        answer = await services.search.page(self.number("request"), self.number("offset"))
        await _replace(interaction, render_list(answer, now=_now(interaction)))


class PaperSelect(Action, template=r"open:(?P<request>\d{1,18}):(?P<offset>\d{1,9})"):
    """Opens one paper of a list, for the person who chose it."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the paper's card."""
        await _think(interaction)
        answer = await services.lookup.paper_by_id(self.chosen)
        await _follow_up(interaction, render_paper(answer, now=_now(interaction)))


class AuthorChoice(Action, template=re.compile(r"choose:(?P<person>\d{1,20}):(?P<name>.*)", re.DOTALL)):
    """Chooses one of several people of the same name, and remembers it for the person."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the menu by the chosen author's card."""
        if self.number("person") not in (0, interaction.user.id):
            raise NotAllowed("to have asked the question: this menu is somebody else's")
        await interaction.response.defer()
        answer = await services.lookup.author_by_id(
            self.chosen, asker=interaction.user.id, chosen_for=self.said["name"]
        )
        await _replace(interaction, await render_author(answer, now=_now(interaction)))


class FullAbstractButton(Action, template=r"abstract:(?P<paper>\d{1,18})"):
    """Shows the whole abstract to the person who asks."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the abstract."""
        await _think(interaction)
        answer = await services.lookup.paper_by_id(self.number("paper"))
        await _follow_up(interaction, render_full_abstract(answer.paper))


class AnnouncementButton(Action, template=r"announcement:(?P<announcement>\d{1,18}):(?P<paper>\d{1,18})"):
    """Shows the announced paper's abstract, or a menu of a batch's papers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the abstract, or with the menus."""
        await _think(interaction)
        if paper_id := self.number("paper"):
            answer = await services.lookup.paper_by_id(paper_id)
            await _follow_up(interaction, render_full_abstract(answer.paper))
            return
        embeds = interaction.message.embeds if interaction.message else []
        listed = "\n".join(embed.description or "" for embed in embeds)
        papers = await services.lookup.papers_in(listed)
        menus = rows(
            *(paper_select(papers[start:], 0, start) for start in range(0, min(len(papers), 100), 25))
        )
        if menus is None:
            raise NotFound("this message's papers")
        await _follow_up(interaction, Card(content="Choose a paper to read its abstract.", view=menus))


class NearestButton(Action, template=r"near:(?P<kind>author|paper):(?P<id>\d{1,18})"):
    """Opens a near miss."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the error by the card."""
        await interaction.response.defer()
        now = _now(interaction)
        if self.said["kind"] == "author":
            author = await services.lookup.author_by_id(self.number("id"), asker=interaction.user.id)
            await _replace(interaction, await render_author(author, now=now))
            return
        await _replace(
            interaction, render_paper(await services.lookup.paper_by_id(self.number("id")), now=now)
        )


class RemoveWatch(Action, template=r"watch:(?P<watch>\d{1,18}):remove"):
    """Removes a watch."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        with _own_unless_manager(interaction) as guild_id:
            answer = await services.watching.remove(
                self.number("watch"), guild_id=guild_id, person=interaction.user.id
            )
        await _replace(interaction, render_removed(answer))


class ResumeWatch(Action, template=r"watch:(?P<watch>\d{1,18}):resume"):
    """Makes a paused watch active again."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        with _own_unless_manager(interaction) as guild_id:
            answer = await services.watching.resume(
                self.number("watch"), guild_id=guild_id, person=interaction.user.id
            )
        await _replace(interaction, render_resumed(answer))


class WatchSelect(Action, template=r"watches:(?P<offset>\d{1,9})"):
    """Opens one watch of a list."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the watch and what can be done with it."""
        if interaction.guild_id is not None and not interaction.permissions.manage_guild:
            raise NotAllowed("Manage Server")
        await _think(interaction)
        place = Place(kind=PlaceKind.DIRECT, id=interaction.user.id)
        if interaction.guild_id is None:
            answer = await services.watching.list_watches(place=place)
        else:
            answer = await services.watching.list_watches(guild_id=interaction.guild_id)
        chosen = tuple(watch for watch in answer.watches if watch.id == self.chosen)
        if not chosen:
            raise NoSuchWatch("this watch")
        await _follow_up(interaction, render_watches(WatchesAnswer(watches=chosen), now=_now(interaction)))


DYNAMIC_ITEMS: tuple[type[Action], ...] = (
    PapersButton,
    FollowButton,
    PageButton,
    PaperSelect,
    AuthorChoice,
    FullAbstractButton,
    AnnouncementButton,
    NearestButton,
    RemoveWatch,
    ResumeWatch,
    WatchSelect,
)
"""Every component that acts; the client registers them once."""


def _now(interaction: Interaction) -> datetime:
    return cast("Host", interaction.client).clock()


async def _think(interaction: Interaction) -> None:
    """Promise a new answer: in a server to the asking person alone, as others did not ask."""
    await interaction.response.defer(ephemeral=interaction.guild_id is not None, thinking=True)


async def _follow_up(interaction: Interaction, card: Card) -> None:
    """Fulfil the promise."""
    await interaction.followup.send(**card.message(), ephemeral=interaction.guild_id is not None)


async def _replace(interaction: Interaction, card: Card) -> None:
    """Turn the message that carries the component into another card."""
    await interaction.edit_original_response(**card.edit())


@contextmanager
def _own_unless_manager(interaction: Interaction) -> Iterator[int | None]:
    """Give the server whose watches the person may change; without Manage Server, only their own are left."""
    if interaction.guild_id is None or interaction.permissions.manage_guild:
        yield interaction.guild_id
        return
    try:
        yield None
    except NoSuchWatch as error:
        raise NotAllowed("Manage Server") from error
