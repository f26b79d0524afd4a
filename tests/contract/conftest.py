"""Fixtures that the contract tests share."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import httpx
import pytest


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """Return one context for all tests: making it takes longer than most of them."""
    return ssl.create_default_context()


@pytest.fixture
async def client(tls: ssl.SSLContext) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client such as the sources share."""
    async with httpx.AsyncClient(verify=tls) as opened:
        yield opened
