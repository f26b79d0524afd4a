"""The short form of `tests.end_to_end.kills`: nothing is lost and nothing comes twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.end_to_end.kills import World, kill_often


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("processes", "kills"), [(1, 4), (2, 2)])
async def test_process_that_is_killed_again_and_again_delivers_everything_once(
    tmp_path: Path, processes: int, kills: int
) -> None:
    world = World(folder=tmp_path, chance=random.Random(processes), processes=processes)
    await world.prepare()

    outcome = await kill_often(world, kills)

    assert outcome.kills.total() == kills
    assert outcome.due >= 20
    assert outcome.revised >= 12
    assert (outcome.lost, outcome.twice, outcome.outdated) == ({}, {}, [])
