"""The front page: what to try, what just happened, and the way to each place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from importlib import resources

from aiohttp import web

from playground.world import World

HOST = "127.0.0.1"

_FILES = {
    "/": ("index.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
    "/hoopoe.svg": ("hoopoe.svg", "image/svg+xml"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FrontPage:
    """Serves the page to this machine's browser alone."""

    def __init__(
        self, world: World, next_in: Callable[[], int | None], next_day: Callable[[], Awaitable[None]]
    ) -> None:
        """Take the world, how many seconds it is to the next paper, and what lets a day pass."""
        self._world = world
        self._next_in = next_in
        self._next_day = next_day

    def application(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[_only_here])
        for path in _FILES:
            app.router.add_get(path, self._file)
        app.router.add_get("/state", self._state)
        app.router.add_get("/open/{key}", self._open)
        app.router.add_post("/next-day", self._pass_day)
        return app

    async def _file(self, request: web.Request) -> web.Response:
        name, kind = _FILES[request.path]
        text = resources.files("playground").joinpath("static", name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=kind)

    async def _state(self, request: web.Request) -> web.Response:
        after = request.query.get("after", "")
        seen = int(after) if after.isascii() and after.isdigit() else 0
        news = [asdict(one) for one in self._world.happenings if one.number > seen]
        return web.json_response(
            {
                "shown": self._world.shown,
                "next_in": self._next_in(),
                "happenings": [one | {"at": one["at"].isoformat()} for one in news],
            }
        )

    async def _pass_day(self, request: web.Request) -> web.Response:
        # A form of another page could ask for it, but says where it stands.
        if request.headers.get("Origin", f"http://{request.host}") != f"http://{request.host}":
            raise web.HTTPForbidden(text="Only the playground's own page may do that.")
        await self._next_day()
        return web.Response(status=204)

    async def _open(self, request: web.Request) -> web.Response:
        try:
            url = await self._world.open(request.match_info["key"], request.query.get("timezone", "UTC"))
        except KeyError:
            raise web.HTTPNotFound(text="There is no such place.") from None
        return web.Response(status=303, headers={"Location": url})


@asynccontextmanager
async def serve(page: FrontPage, port: int) -> AsyncIterator[str]:
    """Serve the front page; yield its address. Raises OSError where the port is taken."""
    runner = web.AppRunner(page.application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        yield f"http://{HOST}:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@web.middleware
async def _only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names for this machine: a foreign page could have given it one of its own."""
    if request.host.rpartition(":")[0] not in (HOST, "localhost"):
        raise web.HTTPForbidden(text="Open the address that the terminal shows.")
    response = await handler(request)
    response.headers.update(_HEADERS)
    return response
