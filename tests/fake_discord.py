"""A small Discord: the real HTTP and gateway protocol on a local port, for the real bot process.

It keeps what it is told (commands, messages, answers to interactions) where a test can look, does
what people do (a message, a command, a click), and fails on demand, before or after it has stored
what was sent. Field names are Discord's own (https://discord.com/developers/docs).
"""

from __future__ import annotations

import asyncio
import contextlib
import fnmatch
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.discord_limits import Limits

Json = dict[str, Any]
# The bot's is as long as real ones: discord.py finds no shorter mentions.
BOT_ID, APPLICATION_ID, GUILD_ID, PERSON_ID = 900_000_000_000_000_900, 900_000_000_000_000_900, 500, 7000
EVERYTHING = str((1 << 50) - 1 - (1 << 3))
"""Every permission but Administrator, which would make overwrites meaningless."""
_LOADING = 1 << 7
"""Flag of a message that is only promised yet."""
DISCORD_EPOCH_MS = 1_420_070_400_000


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong with the next requests to a path: a status, or a dropped connection.

    `after` says whether the server has done what was asked before it fails.
    """

    method: str
    path: str
    status: int = 0
    code: int = 0
    after: bool = False
    times: int = 1
    retry_after: float = 0.05
    page: str = ""
    """What is said in place of Discord's own words, by what stands before it."""
    asks: str = ""
    """A Retry-After of such a page."""

    def takes(self, method: str, path: str) -> bool:
        """Use the fault up once if it is meant for this request."""
        if self.times < 1 or method != self.method or not fnmatch.fnmatchcase(path, self.path):
            return False
        self.times -= 1
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A place that the app came to on somebody's account: a foreign server, or messages among people."""

    guild_id: int | None = 501
    channel_id: int = 610
    permissions: int = int(EVERYTHING)

    def payload(self, person: int) -> Json:
        """Return what an interaction from there says of it."""
        said: Json = {
            "channel_id": str(self.channel_id),
            "channel": self._channel(person),
            "authorizing_integration_owners": {"1": str(person)},
            "context": 0 if self.guild_id else 2,
        }
        if self.guild_id is None:
            return said | {"user": _user(person)}
        member = {**_member(), "user": _user(person), "permissions": str(self.permissions)}
        guild = {"id": str(self.guild_id), "locale": "en-US", "features": []}
        return said | {"guild_id": str(self.guild_id), "guild": guild, "member": member}

    def _channel(self, person: int) -> Json:
        channel: Json = {"id": str(self.channel_id), "name": "elsewhere", "last_message_id": None}
        if self.guild_id is None:
            friends = [_user(person), _user(person + 1)]
            return channel | {"type": 3, "recipients": friends, "icon": None, "owner_id": str(person)}
        return channel | {
            "type": 0, "guild_id": str(self.guild_id), "position": 0, "nsfw": False, "parent_id": None,
            "permission_overwrites": [],
        }  # fmt: skip


@dataclass(slots=True)
class Connection:
    """One gateway connection of the bot."""

    socket: web.WebSocketResponse
    shard: tuple[int, int] = (0, 1)
    ready: bool = False


@dataclass(slots=True)
class FakeDiscord:
    """The server; use it as `async with FakeDiscord() as discord:` and give the bot its `url`."""

    port: int = 0
    shards: int = 1
    nonce_memory_seconds: float = 300.0
    heartbeat_seconds: float = 41.25
    commands: dict[str, list[Json]] = field(default_factory=dict)
    syncs: int = 0
    messages: dict[int, list[Json]] = field(default_factory=dict)
    channels: dict[int, Json] = field(default_factory=dict)
    callbacks: dict[str, list[Json]] = field(default_factory=dict)
    answers: dict[str, list[Json]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    identifies: list[Json] = field(default_factory=list)
    resumes: list[Json] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    permissions: str = EVERYTHING
    guilds: list[int] = field(default_factory=lambda: [GUILD_ID])
    limits: Limits | None = None
    gateway_away: bool = False
    """Whether no gateway connection is taken."""
    gateway_mute: bool = False
    """Whether a gateway connection is taken, and nothing said on it."""
    identify_refusal: int = 0
    """With which close code whoever identifies is turned away; 0 for not at all."""
    on_step: Callable[[str, str, str], None] = lambda stage, method, path: None
    """Called with each request at three stages: "before" it has an effect, "after", and "answered"."""
    _originals: dict[str, Json] = field(default_factory=dict)
    _nonces: dict[tuple[int, str], tuple[float, Json]] = field(default_factory=dict)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _sequence: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=30 * 2**20)
        application.router.add_get("/gateway", self._gateway)
        application.router.add_route("*", "/api/v10{path:/.*}", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.add_channel(600, "papers")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        for connection in self.connections:
            await connection.socket.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What DISCORD_API_URL holds."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    # What people and tests do

    def add_channel(self, channel_id: int, name: str, *, guild_id: int = GUILD_ID) -> None:
        """Put a text channel into a server, which is made where there is none."""
        if guild_id not in self.guilds:
            self.guilds.append(guild_id)
        self.channels[channel_id] = {
            "id": str(channel_id), "type": 0, "guild_id": str(guild_id), "name": name, "position": 0,
            "permission_overwrites": [], "nsfw": False, "parent_id": None,
        }  # fmt: skip

    def add_forum(self, channel_id: int, *tags: str, require_tag: bool = False) -> None:
        """Put a forum into the server, with tags numbered from 1."""
        self.add_channel(channel_id, "forum")
        available = [
            {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for number, name in enumerate(tags, start=1)
        ]
        flags = 1 << 4 if require_tag else 0
        self.channels[channel_id] |= {"type": 15, "available_tags": available, "flags": flags}

    def fail(self, method: str, path: str, **how: Any) -> Fault:
        """Let the next requests to a path (with `*`) fail; return the fault to look at."""
        fault = Fault(method=method, path=path, **how)
        self.faults.append(fault)
        return fault

    async def say(
        self, text: str, *, person: int = PERSON_ID, channel_id: int | None = None, **more: Any
    ) -> Json:
        """Write to the bot as a person: directly, or in a channel, where its mention is needed.

        What else Discord says of the message may be given.
        """
        where = channel_id or self._direct_channel(person)
        message = self._store(where, {"content": text}, author=_user(person)) | more
        if channel_id:
            message |= {"guild_id": str(GUILD_ID), "member": _member()}
            message["mentions"] = [_user(BOT_ID)] if f"<@{BOT_ID}>" in text else []
        await self.push("MESSAGE_CREATE", message)
        return message

    async def interact(
        self, data: Json, *, kind: int = 2, person: int = PERSON_ID, channel_id: int | None = 600,
        message: Json | None = None, visit: Visit | None = None,
    ) -> str:  # fmt: skip
        """Send an interaction (2 command, 3 component, 4 autocomplete) and return its token.

        A `visit` lets it come from a server that the bot is not in.
        """
        snowflake = self._snowflake()
        token = f"token-{snowflake}"
        where = channel_id or self._direct_channel(person)
        payload: Json = {
            "id": snowflake, "application_id": str(APPLICATION_ID), "type": kind, "token": token,
            "version": 1,
            "data": data, "channel_id": str(where), "channel": self.channels[where], "locale": "en-US",
            "app_permissions": self.permissions, "entitlements": [], "attachment_size_limit": 10 * 2**20,
            "authorizing_integration_owners": {"0": str(GUILD_ID) if channel_id else "0"},
            "context": 0 if channel_id else 1,
        }  # fmt: skip
        if visit is not None:
            payload |= visit.payload(person)
        elif channel_id:
            payload |= {"guild_id": str(GUILD_ID), "member": {**_member(), "user": _user(person)}}
        else:
            payload["user"] = _user(person)
        if message is not None:
            payload["message"] = message
        await self.push("INTERACTION_CREATE", payload)
        return token

    async def command(
        self, name: str, /, *, person: int = PERSON_ID, channel_id: int | None = 600,
        visit: Visit | None = None, **options: Any,
    ) -> str:  # fmt: skip
        """Run a slash command with text options, `watch category` style for sub-commands."""
        root, *below = name.split()
        registered = next(c for group in self.commands.values() for c in group if c["name"] == root)
        kinds = {bool: 5, int: 4}
        given = [
            {"name": key, "type": kinds.get(type(value), 3), "value": value} for key, value in options.items()
        ]
        for part in reversed(below):
            given = [{"name": part, "type": 1, "options": given}]
        data = {"id": registered["id"], "name": root, "type": 1, "options": given}
        return await self.interact(data, person=person, channel_id=channel_id, visit=visit)

    async def push(self, event: str, data: Json) -> None:
        """Send an event to the shard it belongs to: a server's, or 0 for direct messages."""
        await self.wait_for(lambda: any(c.ready for c in self.connections), "a gateway connection")
        for connection in self.connections:
            number, count = connection.shard
            if connection.ready and number == (int(data.get("guild_id", 0)) >> 22) % count:
                await self._dispatch(connection, event, data)

    async def wait_for(self, condition: Callable[[], Any], what: str, *, seconds: float = 60.0) -> Any:
        """Wait until a condition on this server holds, and return what it gave."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                return await self._changed.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"{what} did not come; requests: {self.requests[-12:]}") from None

    async def answer_to(self, token: str, *, finished: bool = True, seconds: float = 20.0) -> Json:
        """Return the message that an interaction was answered with, after its deferral if it had one.

        A deferral that is filled in to be deleted is no answer yet.
        """

        def answered() -> Json | None:
            found = self.answers.get(token, [])
            if not found or (finished and (found[-1]["flags"] & _LOADING or found[-1]["content"] == "…")):
                return None
            return found[-1]

        found: Json = await self.wait_for(answered, "an answer", seconds=seconds)
        return found

    def from_bot(self, channel_id: int) -> list[Json]:
        """Return what the bot wrote in a channel, the oldest first."""
        return [m for m in self.messages.get(channel_id, []) if m["author"]["id"] == str(BOT_ID)]

    def posts(self, forum_id: int) -> list[int]:
        """Return the posts of a forum."""
        return [int(thread["id"]) for thread in self._threads(parent_id=str(forum_id))]

    def direct_messages(self, person: int = PERSON_ID) -> list[Json]:
        """Return what the bot wrote to a person."""
        return self.from_bot(self._direct_channel(person))

    async def drop_connections(self, *, code: int = 4000) -> None:
        """Cut the gateway; the bot is expected to resume."""
        for connection in list(self.connections):
            await connection.socket.close(code=code)

    # The gateway

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.gateway_away:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket)
        self.connections.append(connection)
        hello = {"op": 10, "d": {"heartbeat_interval": int(self.heartbeat_seconds * 1000)}}
        if not self.gateway_mute:
            await socket.send_json(hello)
        await self._note()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._hear(connection, json.loads(frame.data))
        connection.ready = False
        self.connections.remove(connection)
        return socket

    async def _hear(self, connection: Connection, frame: Json) -> None:
        match frame["op"]:
            case 1:
                await connection.socket.send_json({"op": 11, "d": None})
            case 2:
                self.identifies.append(frame["d"])
                if self.identify_refusal:
                    await connection.socket.close(code=self.identify_refusal)
                    return
                connection.shard = tuple(frame["d"].get("shard", (0, 1)))
                await self._dispatch(connection, "READY", self._ready(connection.shard))
                for guild_id in self._guilds_of(connection.shard):
                    await self._dispatch(connection, "GUILD_CREATE", self._guild(guild_id))
            case 6:
                self.resumes.append(frame["d"])
                await self._dispatch(connection, "RESUMED", {})
        connection.ready = connection.ready or frame["op"] in (2, 6)
        await self._note()

    async def _dispatch(self, connection: Connection, event: str, data: Json) -> None:
        await connection.socket.send_json({"op": 0, "s": next(self._sequence), "t": event, "d": data})

    def _ready(self, shard: tuple[int, int]) -> Json:
        return {
            "v": 10, "user": _user(BOT_ID), "session_id": "session", "shard": list(shard),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in self._guilds_of(shard)],
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": str(APPLICATION_ID), "flags": 0},
        }  # fmt: skip

    def _guilds_of(self, shard: tuple[int, int]) -> list[int]:
        return [guild for guild in self.guilds if (guild >> 22) % shard[1] == shard[0]]

    def _guild(self, guild_id: int) -> Json:
        role = {"id": str(guild_id), "name": "@everyone", "permissions": self.permissions, "position": 0,
                "color": 0, "hoist": False, "managed": False, "mentionable": False}  # fmt: skip
        return {
            "id": str(guild_id), "name": "Group", "owner_id": str(PERSON_ID), "roles": [role], "emojis": [],
            "features": [], "member_count": 2, "large": False,
            "members": [{**_member(), "user": _user(BOT_ID)}],
            "channels": [
                channel
                for channel in self.channels.values()
                if channel.get("guild_id") == str(guild_id) and channel["type"] != 11
            ],
            "threads": [], "presences": [],
            "voice_states": [], "stage_instances": [], "guild_scheduled_events": [], "stickers": [],
            "unavailable": False,
            "verification_level": 0, "premium_tier": 0, "mfa_level": 0, "nsfw_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "preferred_locale": "en-US",
            "afk_timeout": 0, "system_channel_flags": 0, "joined_at": "2026-01-01T00:00:00+00:00",
        }  # fmt: skip

    # HTTP

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, path = request.method, request.match_info["path"]
        self.requests.append((method, path))
        if self.limits and (refusal := self.limits.refusal(method, path)):
            return refusal
        fault = next((f for f in self.faults if f.takes(method, path)), None)
        body = await _body(request)
        self.on_step("before", method, path)
        if fault is None or fault.after:
            status, answer = self._route(method, path, body, request.query)
        await self._note()
        self.on_step("after", method, path)
        if fault is None:
            response = _json(status, answer)
            if self.limits:
                response.headers.update(self.limits.headers(method, path))
            await response.prepare(request)
            await response.write_eof()
            self.on_step("answered", method, path)
            return response
        if fault.page:
            asked = {"Retry-After": fault.asks} if fault.asks else {}
            return web.Response(status=fault.status, text=fault.page, content_type="text/html", headers=asked)
        if fault.status:
            trouble = {
                "message": "injected",
                "code": fault.code,
                "retry_after": fault.retry_after,
                "global": False,
            }
            return _json(fault.status, trouble)
        # No status: the connection is cut, without a word.
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _route(self, method: str, path: str, body: Json, query: Mapping[str, str]) -> tuple[int, Any]:
        match method, path.strip("/").split("/"):
            case "GET", [kind, *_, "@me"]:
                return 200, _user(BOT_ID) if kind == "users" else _APPLICATION
            case "GET", ["gateway", "bot"]:
                limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
                url = f"ws://127.0.0.1:{self.port}/gateway"
                return 200, {"url": url, "shards": self.shards, "session_start_limit": limits}
            case "PUT" | "GET", ["applications", _, *scope, "commands"]:
                return self._commands(method, "/".join(scope) or "global", body)
            case "POST", ["interactions", _, token, "callback"]:
                return self._callback(token, body)
            case _, ["webhooks", _, token, *rest]:
                return self._followup(method, token, rest, body)
            case "POST", ["users", "@me", "channels"]:
                return 200, self.channels[self._direct_channel(int(body["recipient_id"]))]
            case "GET", ["guilds", guild, "threads", "active"]:
                return 200, {"threads": self._threads(guild_id=guild), "members": []}
            case _, ["channels", channel, *rest]:
                if int(channel) not in self.channels:
                    return 404, {"message": "Unknown Channel", "code": 10003}
                return self._channel(method, int(channel), rest, body, query)
        return 404, {"message": f"404: {method} {path}", "code": 0}

    def _commands(self, method: str, scope: str, body: Any) -> tuple[int, Any]:
        if method == "PUT":
            self.syncs += 1
            self.commands[scope] = [
                {"id": self._snowflake(), "application_id": str(APPLICATION_ID), "version": "1",
                 "default_member_permissions": None, "description": "", **command}
                for command in body
            ]  # fmt: skip
        return 200, self.commands.get(scope, [])

    def _callback(self, token: str, body: Json) -> tuple[int, Any]:
        self.callbacks.setdefault(token, []).append(body)
        answer: Json = {"interaction": {"id": "1", "type": 2}}
        if body["type"] in (4, 5):
            message = self._shape(600, body.get("data") or {}, _user(BOT_ID))
            message["flags"] |= _LOADING if body["type"] == 5 else 0
            self._originals[token] = message
            self.answers.setdefault(token, []).append(message)
            answer["resource"] = {"type": body["type"], "message": message}
        return 200, answer

    def _followup(self, method: str, token: str, rest: list[str], body: Json) -> tuple[int, Any]:
        """Do what the webhook of an interaction does; what comes first fulfils the promise of an answer."""
        answers = self.answers.setdefault(token, [])
        original = self._originals.get(token)
        if original is None and method == "PATCH":
            original = self._originals[token] = self._shape(600, {}, _user(BOT_ID))
            answers.append(original)
        is_promised = bool(original and original["flags"] & _LOADING)
        if method == "POST" and not is_promised:
            answers.append(self._shape(600, body, _user(BOT_ID)))
            return 200, answers[-1]
        known = {message["id"]: message for message in answers}
        wanted = original["id"] if original and (is_promised or rest[-1] == "@original") else rest[-1]
        if wanted not in known:
            return 404, {"message": "Unknown Message", "code": 10008}
        message = known[wanted]
        if method == "DELETE":
            # Its identity stays: what would fulfil a promise that was deleted is refused.
            answers.remove(message)
            return 204, None
        if method != "GET":
            # Who sees a message was decided when it was promised.
            flags = message["flags"] & ~_LOADING
            message.update(self._shape(600, body, _user(BOT_ID), snowflake=message["id"]), flags=flags)
            message["edited_timestamp"] = datetime.now(UTC).isoformat()
        return 200, message

    def _channel(
        self, method: str, channel_id: int, rest: list[str], body: Json, query: Mapping[str, str]
    ) -> tuple[int, Any]:
        if "threads" in rest:
            return self._below(method, channel_id, rest, body)
        match method, rest:
            case "GET", []:
                return 200, self.channels[channel_id]
            case "POST", ["typing"]:
                return 204, None
            case "GET", ["messages"]:
                return 200, self._history(channel_id, query)
            case "GET", ["messages", message]:
                found = [one for one in self.messages.get(channel_id, []) if one["id"] == message]
                return (200, found[0]) if found else (404, {"message": "Unknown Message", "code": 10008})
            case "PATCH", ["messages", message]:
                return self._edit(channel_id, message, body)
            case "PATCH", [] if self.channels[channel_id]["type"] == 11:
                self.channels[channel_id]["thread_metadata"] |= {"archived": body["archived"]}
                return 200, self.channels[channel_id]
            case "POST", ["messages"] if self.channels[channel_id]["type"] == 15:
                return 400, {"message": "Cannot send messages in a non-text channel", "code": 50008}
            case "POST", ["messages"]:
                return 200, self._send(channel_id, body)
        return 404, {"message": "Unknown Message", "code": 10008}

    def _edit(self, channel_id: int, message_id: str, body: Json) -> tuple[int, Any]:
        """Change what is given of a message; one in an archived thread can't be changed."""
        if self.channels[channel_id].get("thread_metadata", {}).get("archived"):
            return 400, {"message": "Thread is archived", "code": 50083}
        found = [one for one in self.messages.get(channel_id, []) if one["id"] == message_id]
        if not found:
            return 404, {"message": "Unknown Message", "code": 10008}
        found[0].update({key: body[key] for key in ("content", "embeds", "components") if key in body})
        found[0]["edited_timestamp"] = datetime.now(UTC).isoformat()
        return 200, found[0]

    def _below(self, method: str, channel_id: int, rest: list[str], body: Json) -> tuple[int, Any]:
        """Open threads, below a message or as a post of a forum."""
        if method == "GET":
            return 200, {"threads": [], "members": [], "has_more": False}
        if rest[0] == "messages":
            return 201, self._thread(channel_id, rest[1], body)
        if self.channels[channel_id]["flags"] and not body.get("applied_tags"):
            return 400, {"message": "A tag is required", "code": 40067}
        thread = self._thread(channel_id, self._snowflake(), body)
        first = self._shape(int(thread["id"]), body["message"], _user(BOT_ID), snowflake=thread["id"])
        self.messages.setdefault(int(thread["id"]), []).append(first)
        return 201, {**thread, "message": first}

    def _thread(self, parent: int, snowflake: str, body: Json) -> Json:
        thread: Json = {
            "id": snowflake, "type": 11, "guild_id": self.channels[parent]["guild_id"], "name": body["name"],
            "parent_id": str(parent), "owner_id": str(BOT_ID), "message_count": 0, "member_count": 1,
            "applied_tags": body.get("applied_tags", []), "flags": 0, "rate_limit_per_user": 0,
            "thread_metadata": {"archived": False, "auto_archive_duration": 1440, "locked": False,
                                "archive_timestamp": datetime.now(UTC).isoformat()},
        }  # fmt: skip
        self.channels[int(snowflake)] = thread
        return thread

    def _threads(self, **where: Any) -> list[Json]:
        threads = [channel for channel in self.channels.values() if channel["type"] == 11]
        return [thread for thread in threads if where.items() <= thread.items()]

    def _history(self, channel_id: int, query: Mapping[str, str]) -> list[Json]:
        """Return a page: the newest first, `after` a message the ones next to it."""
        limit, after, before = (
            int(query.get("limit", 50)),
            int(query.get("after", 0)),
            int(query.get("before", 2**63)),
        )
        found = [m for m in self.messages.get(channel_id, []) if after < int(m["id"]) < before]
        return (found[:limit] if after else found[-limit:])[::-1]

    def _send(self, channel_id: int, body: Json) -> Json:
        """Store a message, once a nonce where that is enforced, as long as Discord remembers it."""
        nonce = str(body.get("nonce", ""))
        assert len(nonce) <= 25, "Discord takes nonces of up to 25 characters"
        if nonce and body.get("enforce_nonce"):
            at, known = self._nonces.get((channel_id, nonce), (-1e9, {}))
            if time.monotonic() - at < self.nonce_memory_seconds:
                return known
        message = self._store(channel_id, body, author=_user(BOT_ID))
        self._nonces[channel_id, nonce] = (time.monotonic(), message)
        return message

    def _store(self, channel_id: int, body: Json, *, author: Json) -> Json:
        message = self._shape(channel_id, body, author)
        self.messages.setdefault(channel_id, []).append(message)
        return message

    def _shape(self, channel_id: int, body: Json, author: Json, *, snowflake: str = "") -> Json:
        return {
            "id": snowflake or self._snowflake(), "channel_id": str(channel_id), "author": author, "type": 0,
            "content": body.get("content") or "", "embeds": body.get("embeds") or [], "attachments": [],
            "components": body.get("components") or [], "flags": body.get("flags", 0), "mentions": [],
            "mention_roles": [], "pinned": False, "mention_everyone": False, "tts": False,
            "timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None,
            "files": body.get("files", []), "sent_attachments": body.get("attachments", []),
            **({"message_reference": body["message_reference"]} if "message_reference" in body else {}),
        }  # fmt: skip

    def _direct_channel(self, person: int) -> int:
        channel_id = 10_000 + person
        self.channels.setdefault(
            channel_id,
            {"id": str(channel_id), "type": 1, "recipients": [_user(person)], "last_message_id": None},
        )
        return channel_id

    def _snowflake(self) -> str:
        """Return an id that carries the present moment, as history is read by it."""
        return str((int(time.time() * 1000) - DISCORD_EPOCH_MS << 22) + next(self._ids) % 2**22)

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()


_APPLICATION: Json = {
    "id": str(APPLICATION_ID), "name": "Hoopoe", "description": "", "icon": None, "flags": 0, "summary": "",
    "bot_public": True, "bot_require_code_grant": False, "verify_key": "", "team": None,
    "owner": {"id": "1", "username": "owner", "discriminator": "0", "avatar": None, "global_name": None},
}  # fmt: skip


def _user(user_id: int) -> Json:
    return {
        "id": str(user_id), "username": "Hoopoe" if user_id == BOT_ID else f"person{user_id}",
        "discriminator": "0", "global_name": None, "avatar": None, "bot": user_id == BOT_ID,
    }  # fmt: skip


def _member() -> Json:
    return {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
            "permissions": EVERYTHING}  # fmt: skip


async def _body(request: web.Request) -> Any:
    """Return the JSON of a request, with the names of its files where it is multipart."""
    if request.content_type == "application/json":
        return await request.json() if request.can_read_body else {}
    if not request.content_type.startswith("multipart/"):
        return {}
    form = await request.post()
    body: Json = json.loads(str(form["payload_json"])) if "payload_json" in form else {}
    body.setdefault("files", []).extend(
        part.filename for part in form.values() if isinstance(part, web.FileField)
    )
    # A callback's message lies one level deeper.
    if isinstance(body.get("data"), dict):
        body["data"]["files"] = body["files"]
    return body


def _json(status: int, answer: Any) -> web.Response:
    """Return JSON with exactly the content type by which discord.py knows it."""
    if answer is None:
        return web.Response(status=status)
    headers = {"Content-Type": "application/json"}
    if status == 429:
        # discord.py takes a 429 without it for a ban.
        headers["Via"] = "1.1 google"
        headers["Retry-After"] = str(answer["retry_after"])
    return web.Response(status=status, body=json.dumps(answer).encode(), headers=headers)


@contextlib.asynccontextmanager
async def fake_discord(**options: Any) -> Any:
    """Run a server for the length of a block."""
    async with FakeDiscord(**options) as server:
        yield server
