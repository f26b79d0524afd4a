"""One request and its answer: where it may go, how large it may be, and how it is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from bot.errors import SourceChanged
from bot.sources.exchange import Answer, Incomplete, Patience, Query, is_same_site

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@asynccontextmanager
async def open_client(contact_email: str, *, version: str) -> AsyncIterator[httpx.AsyncClient]:
    """Open the one client that all sources share; its name carries the contact, as they ask."""
    contact = f" (mailto:{contact_email})" if contact_email else ""
    headers = {"User-Agent": f"Hoopoe/{version}{contact}", "Accept-Encoding": "gzip"}
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=5, keepalive_expiry=30)
    timeout = httpx.Timeout(15, connect=5, pool=30)
    async with httpx.AsyncClient(headers=headers, limits=limits, timeout=timeout) as client:
        yield client


class Wire:
    """Sends single requests to one service."""

    def __init__(
        self, name: str, client: httpx.AsyncClient, *, max_bytes: int, arrived: Callable[[], None]
    ) -> None:
        """Believe answers up to a size; `arrived` hears when a request has reached the service."""
        self._name = name
        self._client = client
        self._max_bytes = max_bytes
        self._arrived = arrived

    async def ask(self, query: Query, url: httpx.URL, patience: Patience) -> Answer | httpx.URL:
        """Send one request; return its answer, or where it sends us.

        Raises `SourceChanged` for an answer that can't be one, and whatever httpx raises.
        """
        request = self.request_for(query, url, patience)
        try:
            response = await self._client.send(request, stream=True, follow_redirects=False)
        finally:
            self._arrived()
        try:
            if response.status_code in _REDIRECTS:
                return self._redirected(request.url, response)
            body = b"" if response.status_code == 304 else await self._read(response)
            return Answer(status=response.status_code, headers=response.headers, body=body)
        finally:
            await response.aclose()

    def request_for(self, query: Query, url: httpx.URL, patience: Patience) -> httpx.Request:
        """Return the request of a query to a URL; secrets go to the query's own host alone."""
        extensions = {}
        headers = dict(query.headers or {})
        if (query.secret or query.secret_headers) and url.host == httpx.URL(query.url).host:
            headers |= query.secret_headers or {}
            if query.secret:
                # Sent in place of the path, so that the URL in log lines and exceptions stays without it.
                extensions["target"] = url.copy_merge_params(query.secret).raw_path
        if query.body is not None:
            headers["Content-Type"] = "application/json"
        timeout = httpx.Timeout(
            patience.read_seconds, connect=min(5, patience.read_seconds), pool=patience.attempt_seconds
        )
        return self._client.build_request(
            "GET" if query.body is None else "POST",
            url,
            content=query.body,
            headers=headers,
            timeout=timeout,
            extensions=extensions,
        )

    def _redirected(self, asked: httpx.URL, response: httpx.Response) -> httpx.URL:
        try:
            target = asked.join(response.headers.get("Location", ""))
        except httpx.InvalidURL as error:
            raise SourceChanged(self._name, "redirect without an address") from error
        if not is_same_site(asked, target):
            raise SourceChanged(self._name, f"redirect to elsewhere ({target.scheme}://{target.host[:100]})")
        return target

    async def _read(self, response: httpx.Response) -> bytes:
        """Return the body, unpacked piece by piece, so that a bomb is noticed before it goes off."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise SourceChanged(self._name, "unknown content encoding")
        unpacker = None if encoding == "identity" else zlib.decompressobj(wbits=31)
        most = self._max_bytes
        body = bytearray()
        try:
            async for chunk in response.aiter_raw():
                body += unpacker.decompress(chunk, most + 1 - len(body)) if unpacker else chunk
                if len(body) > most:
                    raise SourceChanged(self._name, f"answer larger than {most} bytes")
        except zlib.error as error:
            raise SourceChanged(self._name, "broken compression") from error
        if unpacker and body and not unpacker.eof:
            raise Incomplete(self._name, "compressed answer ends too early")
        return bytes(body)
