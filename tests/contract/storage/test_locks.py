"""Locks hold between processes and end with them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import DatabaseBusy, StorageError
from bot.storage.database import DRIVER
from bot.storage.locks import HarvestLock, hold_shards

HOLDER = """
import sys
from bot.storage.locks import HarvestLock, hold_shards
url, shards = sys.argv[1], [int(shard) for shard in sys.argv[2:]]
harvest = HarvestLock(url)
harvest.take()
with hold_shards(url, shards):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another(url: str, *shards: int) -> Iterator[subprocess.Popen[str]]:
    """Hold the harvest lock and these shards in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, url, *map(str, shards)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_hold_shards_overlap_names_shard_and_process(url: str):
    with another(url, 2, 3) as process, pytest.raises(DatabaseBusy) as caught, hold_shards(url, [1, 2]):
        pass

    assert "shard 2" in str(caught.value)
    assert str(process.pid) in str(caught.value)
    assert "SHARD_IDS" in str(caught.value)


def test_hold_shards_disjoint_run_side_by_side(url: str):
    with another(url, 2, 3), hold_shards(url, [0, 1]):
        pass


def test_hold_shards_refused_start_holds_nothing(url: str):
    with another(url, 2):
        with pytest.raises(DatabaseBusy), hold_shards(url, [1, 2]):
            pass
        with hold_shards(url, [1]):
            pass


@pytest.mark.parametrize(("theirs", "ours"), [((), ()), ((1,), ()), ((), (1,))])
def test_hold_shards_without_shards_has_them_all(url: str, theirs: tuple[int, ...], ours: tuple[int, ...]):
    with another(url, *theirs), pytest.raises(DatabaseBusy, match="SHARD_IDS"), hold_shards(url, ours):
        pass


def test_hold_shards_ends_with_the_process(url: str):
    with another(url, 0) as process:
        process.kill()
        process.wait()

        with hold_shards(url, [0]):
            pass


def test_harvest_lock_is_taken_over_when_its_process_ends(url: str):
    lock = HarvestLock(url)
    with another(url, 5) as process:
        assert not lock.take()
        process.kill()
        process.wait()

        assert lock.take()
        assert lock.take()
    lock.release()


def test_harvest_lock_released_is_free_for_another(url: str):
    first, second = HarvestLock(url), HarvestLock(url)

    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_lock_file_names_its_process(url: str):
    with hold_shards(url, [7]):
        path = url.removeprefix("sqlite+aiosqlite:///") + ".shard-7.lock"
        with open(path) as lock:  # noqa: PTH123 -- a file of this test
            assert lock.read() == str(os.getpid())


def test_lock_that_cannot_be_made_says_what_to_do(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")

    with (
        pytest.raises(StorageError, match=r"lock .* cannot be made \(.*\); .* DATABASE_URL"),
        hold_shards(f"{DRIVER}:///{tmp_path}/file/hoopoe.db"),
    ):
        pass
