"""What simcord is taught of requests: by itself it reads a body that comes as an object alone."""

from __future__ import annotations

import json
from typing import Any

from discord.http import Route
from simcord.http.client import FakeHTTPClient

_request = FakeHTTPClient.request


def read_written_bodies() -> None:
    """Let the simulated Discord take a body that is JSON already, as Discord itself does."""

    async def request(client: FakeHTTPClient, route: Route, **options: Any) -> Any:
        if (body := options.pop("data", None)) is not None:
            options["json"] = json.loads(body.decode())
        return await _request(client, route, **options)

    FakeHTTPClient.request = request  # type: ignore[assignment,method-assign]  # no other way in
