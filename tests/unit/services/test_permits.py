"""Who may manage a server's watches."""

from __future__ import annotations

from bot.services.permits import Permits
from tests.unit.services.conftest import House


async def test_role_is_kept_for_its_server_alone_until_it_is_taken_back(house: House) -> None:
    permits = Permits(house.stores.state)
    assert not await permits.allows(1, {7})
    await permits.name_role(1, 7)

    assert await Permits(house.stores.state).role(1) == 7
    assert await permits.allows(1, {5, 7})
    assert not await permits.allows(1, {5})
    assert not await permits.allows(2, {7})

    await permits.name_role(1, None)
    assert not await permits.allows(1, {7})
