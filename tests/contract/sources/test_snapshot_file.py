"""A snapshot on the disk: plain or packed, resumed, damaged, or another file altogether."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.imports import EVERYTHING, Batch, Bookmark, Narrowing
from bot.errors import ImportFailed
from bot.sources import snapshot_file
from bot.sources.snapshot_file import LONGEST_LINE, SnapshotFile
from tests.snapshots import line, write


def read(file: SnapshotFile, limit: int = 3, narrowing: Narrowing = EVERYTHING) -> list[Batch]:
    batches = []
    while batch := file.next_batch(narrowing, limit):
        batches.append(batch)
    return batches


def titles(batches: list[Batch]) -> list[str]:
    return [paper.title for batch in batches for paper in batch.papers]


def mark(batch: Batch) -> Bookmark:
    return Bookmark(lines=batch.lines, position=batch.position, digest=batch.digest)


@pytest.mark.parametrize("packed", [False, True])
def test_next_batch_gives_all_papers_in_batches(tmp_path: Path, packed: bool) -> None:
    path = write(tmp_path / "any.name", map(line, range(1, 9)), packed=packed)

    with SnapshotFile.open(path) as file:
        batches = read(file)

    assert [len(batch.papers) for batch in batches] == [3, 3, 2]
    assert titles(batches) == [f"A study of birds {number}" for number in range(1, 9)]
    assert (batches[-1].lines, batches[-1].bytes_read) == (8, path.stat().st_size)


def test_next_batch_names_bad_lines_by_number_and_goes_on(tmp_path: Path) -> None:
    lines = [line(1), b"nonsense\n", b"\n", line(2), line(3, id=None), line(4)]

    with SnapshotFile.open(write(tmp_path / "file", lines)) as file:
        [batch] = read(file, 10)

    assert [bad.number for bad in batch.bad] == [2, 5]
    assert len(batch.papers) == 3
    assert batch.lines == 6


def test_next_batch_line_of_50_megabytes_is_bad_and_costs_no_memory(tmp_path: Path) -> None:
    path = write(
        tmp_path / "file", [line(1), b'{"id": "' + b"x" * 50_000_000 + b'"}\n', line(2)], packed=True
    )

    tracemalloc.start()
    with SnapshotFile.open(path) as file:
        [batch] = read(file, 10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [(bad.number, bad.reason) for bad in batch.bad] == [(2, f"longer than {LONGEST_LINE:,} bytes")]
    assert len(batch.papers) == 2
    assert peak < 5 * LONGEST_LINE


def test_next_batch_last_line_without_line_break_counts(tmp_path: Path) -> None:
    with SnapshotFile.open(write(tmp_path / "file", [line(1), line(2).rstrip(b"\n")])) as file:
        assert len(titles(read(file))) == 2


def test_next_batch_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    with SnapshotFile.open(write(tmp_path / "file", [b"\xef\xbb\xbf", line(1)])) as file:
        [batch] = read(file)

    assert (len(batch.papers), batch.bad) == (1, ())


def test_next_batch_ends_where_nothing_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_file, "_LINES_A_BATCH", 2)
    monkeypatch.setattr(snapshot_file, "_PROBED", 2)

    with SnapshotFile.open(write(tmp_path / "file", map(line, range(1, 6)))) as file:
        batches = read(file, narrowing=Narrowing(categories=("math",)))

    assert [(batch.lines, batch.papers) for batch in batches] == [(2, ()), (4, ()), (5, ())]


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda content: content[:-40], id="plain"),
        pytest.param(lambda content: gzip.compress(content)[:-30], id="packed"),
    ],
)
def test_next_batch_cut_file_gives_what_is_whole_then_fails(
    tmp_path: Path, cut: Callable[[bytes], bytes]
) -> None:
    content = b"".join(map(line, range(1, 6)))
    path = tmp_path / "file"
    path.write_bytes(cut(content))

    with SnapshotFile.open(path) as file:
        first = file.next_batch(EVERYTHING, 100)
        with pytest.raises(
            ImportFailed, match=rf"^{path} ends too early, in line \d: |ends too early, in line"
        ):
            file.next_batch(EVERYTHING, 100)
    path.write_bytes(content)
    assert first is not None
    with SnapshotFile.open(path) as file:
        went_on = file.go_to(mark(first))
        rest = read(file)

    assert went_on
    assert titles([first, *rest]) == [f"A study of birds {number}" for number in range(1, 6)]


def test_next_batch_damaged_packing_gives_what_is_whole_then_fails(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(b"".join(map(line, range(1, 6)))))
    content[-6] ^= 0xFF  # in the checksum
    path = tmp_path / "file"
    path.write_bytes(content)

    with SnapshotFile.open(path) as file:
        first = file.next_batch(EVERYTHING, 100)
        with pytest.raises(ImportFailed, match="is damaged after line 5"):
            file.next_batch(EVERYTHING, 100)

    assert first is not None
    assert len(first.papers) == 5


@pytest.mark.parametrize("packed", [False, True])
def test_go_to_bookmark_of_a_changed_file_starts_again(tmp_path: Path, packed: bool) -> None:
    path = write(tmp_path / "file", map(line, range(1, 6)), packed=packed)
    with SnapshotFile.open(path) as file:
        first = read(file)[0]
    write(path, [line(1), line(7), *map(line, range(3, 6))], packed=packed)

    with SnapshotFile.open(path) as file:
        went_on = file.go_to(mark(first))
        batches = read(file)

    assert not went_on
    assert titles(batches)[1] == "A study of birds 7"


def test_key_differs_by_content_and_by_what_is_wanted(tmp_path: Path) -> None:
    keys = set()
    for name, content in (("one", line(1)), ("two", line(2))):
        for narrowing in (EVERYTHING, Narrowing(since=2020), Narrowing(categories=("cs",))):
            with SnapshotFile.open(write(tmp_path / name, [content])) as file:
                keys.add(file.key(narrowing))
    with SnapshotFile.open(write(tmp_path / "copy", [line(1)], packed=True)) as file:
        same = file.key(EVERYTHING)

    assert len(keys) == 6
    assert same in keys


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("arxiv.json", line())
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(zipped(), "is a zip archive, so unpack it first", id="zip"),
        pytest.param(b"BZh91AY", "is packed by bzip2, so unpack it first", id="bzip2"),
        pytest.param(b" \n[" + line() + b"]", "holds a JSON array", id="array"),
        pytest.param(gzip.compress(b"[1]"), "holds a JSON array", id="packed-array"),
        pytest.param(b"id,title\n1,Birds\n", "holds no record (line 1: not a whole JSON object)", id="csv"),
        pytest.param(b"id,title\n" * 300, "holds no record (line 1:", id="long-csv"),
        pytest.param(b"\n\n", "holds no record", id="blank"),
        pytest.param(gzip.compress(b""), "holds no record", id="packed-nothing"),
        pytest.param(b'{\n  "id": "2401.00001"\n}\n', "holds no record", id="object-over-lines"),
        pytest.param(bytes(range(256)) * 20, "holds no record", id="bytes"),
    ],
)
def test_another_file_is_refused_with_what_was_expected(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    def attempt() -> None:
        with SnapshotFile.open(path) as file:
            file.key(EVERYTHING)
            read(file)

    with pytest.raises(ImportFailed) as caught:
        attempt()

    assert str(caught.value).startswith(f"{path} {what}")
    assert "expected arXiv's metadata snapshot: one JSON object a line" in str(caught.value)


def test_open_folder_is_refused_with_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="is a folder; expected arXiv's"), SnapshotFile.open(tmp_path):
        pass
