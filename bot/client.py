"""The bot class: intents, cogs, command sync, the way of errors to people."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cards.actions import DYNAMIC_ITEMS
from bot.cards.actions.base import speak_with
from bot.cards.actions.forms import submit_form
from bot.cards.actions.standing import Standing
from bot.cards.commands import CommandWords
from bot.cards.components import custom_ids
from bot.cards.errors import render_error
from bot.errors import Outdated
from bot.failures import is_too_late, log_error, unwrap
from bot.pacing import Pacing
from bot.sending import answer_with, is_for_all
from bot.transport import transport_trace

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.ports import Clock

logger = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.authors",
    "cogs.papers",
    "cogs.search",
    "cogs.library",
    "cogs.privacy",
    "cogs.watches",
    "cogs.status",
    "cogs.settings",
    "cogs.help",
    "cogs.languages",
    "cogs.welcoming",
    "cogs.direct_messages",
    "cogs.harvesting",
    "cogs.announcing",
    "cogs.background",
)
DEFAULT_API_URL = "https://discord.com/api/v10"


class ErrorTree(app_commands.CommandTree["HoopoeBot"]):
    """The command tree; what goes wrong in a command goes to `HoopoeBot.report_error`."""

    async def interaction_check(self, interaction: discord.Interaction[HoopoeBot], /) -> bool:
        """Let everybody ask, and speak their language from here on; refuse choices that are no more."""
        speak_with(interaction)
        if _names_a_past_choice(interaction):
            await self.client.report_error(interaction, Outdated("a choice"))
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction[HoopoeBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Report an error; an autocomplete gets no choices, as nothing else fits there."""
        if interaction.type is discord.InteractionType.autocomplete:
            logger.warning("autocomplete failed", exc_info=error)
            return
        await self.client.report_error(interaction, error)


class HoopoeBot(commands.AutoShardedBot):
    """Hoopoe in Discord: cogs over services.

    An `AutoShardedBot`, as it takes `shard_ids` and, without `shard_count`, asks Discord how many
    shards it wants; a plain `Bot` holds one shard and knows no other. A simulated Discord has
    nobody to ask: there `shard_count` must be given.
    """

    tree: ErrorTree

    def __init__(
        self,
        *,
        services: Services,
        clock: Clock,
        api_url: str | None = None,
        shard_ids: Sequence[int] | None = None,
        shard_count: int | None = None,
        dev_guild_id: int | None = None,
        announce_interval: float = 15.0,
        harvest_interval: float = 1800.0,
        may_harvest: Callable[[], bool] = lambda: True,
    ) -> None:
        """Take what the cogs need; nothing is opened before `start`.

        `may_harvest` is asked before each harvest: only one of the processes that share a
        database does it.
        """
        self.services = services
        self.clock = clock
        self.standing = Standing(clock)
        self.announce_interval = announce_interval
        self.harvest_interval = harvest_interval
        self.may_harvest = may_harvest
        # The limit on all requests is the bot's, so several processes have their parts of it.
        self.pacing = Pacing(share=len(shard_ids) / shard_count if shard_ids and shard_count else 1.0)
        self._api_url = api_url
        self._dev_guild_id = dev_guild_id
        # The library takes a missing list for all shards, but its type has no None.
        shards: dict[str, Any] = {"shard_ids": list(shard_ids)} if shard_ids else {}
        super().__init__(
            # Text commands don't exist here; a mention is plain words for the conversation.
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=_intents(),
            tree_cls=ErrorTree,
            # Titles and names come from outside: nothing in them may ping anybody.
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing is read from these caches: messages come with their events, members with interactions.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            # Each request has its turn, and which went out tells an unclear send from one to repeat.
            http_trace=transport_trace(self.pacing),
            # Longer waits come back as errors, so that one slow place keeps nobody else waiting.
            max_ratelimit_timeout=60.0,
            shard_count=shard_count,
            **shards,
        )
        parsers = self._connection.parsers
        parsers |= {event: _forgiving(event, parse) for event, parse in parsers.items() if event != "READY"}

    async def login(self, token: str) -> None:
        """Log in, at another address than Discord's own where one was given."""
        if self._elsewhere:
            # discord.py has no setting for it; every request builds its address from this.
            Route.BASE = self._api_url.rstrip("/") if self._api_url else DEFAULT_API_URL
        await super().login(token)

    @property
    def _elsewhere(self) -> bool:
        return bool(self._api_url) and (self._api_url or "").rstrip("/") != DEFAULT_API_URL

    async def setup_hook(self) -> None:
        """Load the cogs, take up the buttons of older messages, sync the commands if they changed."""
        if self._elsewhere:
            # With a fixed number of shards discord.py takes the gateway's address from a constant.
            _, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        self.add_dynamic_items(*DYNAMIC_ITEMS)
        await self.tree.set_translator(CommandWords())
        for name in EXTENSIONS:
            await self.load_extension(name)
        await self.sync_commands()

    async def sync_commands(self, *, force: bool = False) -> bool:
        """Send the commands to Discord if they changed since the last time; return whether it was done.

        Creating commands has a daily quota, so a hash of what was sent is kept. Their names are
        compared too: they may have been deleted there.
        """
        guild = discord.Object(self._dev_guild_id) if self._dev_guild_id else None
        if guild is not None:
            self.tree.copy_global_to(guild=guild)
        words = CommandWords()
        payload = [
            await command.get_translated_payload(self.tree, words)
            for command in self.tree.get_commands(guild=guild)
        ]
        digest = hash_payload(payload)
        key = f"commands:{self.application_id}:{guild.id if guild else 'global'}"
        if not force and digest == await self.services.state.get_state(key):
            there = await self.tree.fetch_commands(guild=guild)
            if sorted(command.name for command in there) == sorted(command["name"] for command in payload):
                return False
        await self.tree.sync(guild=guild)
        await self.services.state.set_state(key, digest)
        logger.info("commands synced count=%d place=%s", len(payload), guild.id if guild else "global")
        return True

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no text commands to look for."""

    async def on_interaction(self, interaction: discord.Interaction[Any], /) -> None:
        """Take the forms that are known by their `custom_id`; the library takes everything else itself."""
        await submit_form(interaction)
        if _is_outdated(interaction):
            await self.report_error(interaction, Outdated("a button"))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - library's form
        """Write down what went wrong in a listener; message content stays out of the log."""
        logger.exception("event failed event=%s", event_method)

    async def report_error(self, interaction: discord.Interaction[Any], error: BaseException, /) -> None:
        """Show the person what went wrong, and log it once under a short reference."""
        cause = unwrap(error)
        reference = log_error(cause, where=_name_of(interaction))
        if is_too_late(cause):
            return
        try:
            for_all = is_for_all(interaction)
            card = render_error(cause, reference, asker=interaction.user.id, for_all=for_all)
            await answer_with(interaction, card)
        except (discord.HTTPException, OSError) as failure:
            logger.warning("error not shown reference=%s reason=%s", reference, failure)


def _names_a_past_choice(interaction: discord.Interaction[Any]) -> bool:
    """Say whether an option's value is none that it takes: the library lets such values through."""
    command = interaction.command
    if interaction.type is discord.InteractionType.autocomplete or not isinstance(
        command, app_commands.Command
    ):
        return False
    try:
        given = dict(iter(interaction.namespace))
    except (TypeError, ValueError):
        return True  # a number that is none
    return not all(
        _takes(parameter, given[parameter.display_name])
        for parameter in command.parameters
        if parameter.display_name in given
    )


def _takes(parameter: app_commands.Parameter, value: object) -> bool:
    """Say whether a value is of an option's kind and among its choices, where it has such."""
    is_of_kind = isinstance(value, _KINDS.get(parameter.type, object))
    return is_of_kind and (not parameter.choices or value in [choice.value for choice in parameter.choices])


_KINDS: dict[discord.AppCommandOptionType, Any] = {
    discord.AppCommandOptionType.string: str,
    discord.AppCommandOptionType.integer: int,
    discord.AppCommandOptionType.number: (int, float),
    discord.AppCommandOptionType.boolean: bool,
}


def _is_outdated(interaction: discord.Interaction[Any]) -> bool:
    """Say whether a button or menu was pressed that nothing answers to any more, or that is not there."""
    if interaction.type is not discord.InteractionType.component:
        return False
    data: Any = interaction.data or {}
    pressed = str(data.get("custom_id", ""))
    # discord.py keeps the pattern of a class under this name alone.
    patterns = (item.__discord_ui_compiled_template__ for item in DYNAMIC_ITEMS)
    there = custom_ids(interaction.message.components if interaction.message else ())
    return pressed not in there or not any(pattern.fullmatch(pressed) for pattern in patterns)


def _forgiving(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what reads an event, and where its form is unknown writes that down.

    The library would let the connection end for good, and with it the process.
    """

    def read(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            logger.exception("event not understood event=%s", event)

    return read


def hash_payload(payload: Iterable[dict[str, Any]]) -> str:
    """Return a hash of command payloads that does not depend on their order."""
    texts = sorted(json.dumps(command, sort_keys=True) for command in payload)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _intents() -> discord.Intents:
    """Return the intents: none of them needs Discord's approval."""
    intents = discord.Intents.none()
    intents.guilds = True  # channels and the bot's permissions in them, before a watch is created
    intents.dm_messages = True  # conversations in direct messages
    intents.guild_messages = True  # messages that mention the bot; only those carry their text
    return intents


def _name_of(interaction: discord.Interaction[Any]) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: Any = interaction.data or {}
    return str(data.get("custom_id", interaction.type.name)).partition(":")[0]
