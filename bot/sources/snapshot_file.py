"""Reads a snapshot from the disk, plain or packed by gzip, line by line and from where it was left."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from bot.domain.imports import BadLine, Batch, Bookmark, Narrowing
from bot.domain.papers import Paper
from bot.errors import ImportFailed
from bot.sources.arxiv_snapshot import NoRecord, parse_line

EXPECTED = (
    "expected arXiv's metadata snapshot: one JSON object a line with id, title, authors, categories, "
    "abstract and versions, plain or packed by gzip"
)
_AGAIN = "download it again and start the same import: it goes on where this one ended"

LONGEST_LINE = 4 << 20
"""Bytes; the longest record of the real snapshot has less than a tenth of it."""

_PROBED = 100
"""Among so many lines a snapshot has at least one record."""

_LINES_A_BATCH = 20_000
"""A batch ends here even where hardly a record is wanted, so that progress is seen and kept."""

_HEAD = 1 << 16
_BLOCK = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_PACKED = {
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"BZh": "packed by bzip2",
    b"\xfd7zXZ": "packed by xz",
    b"\x28\xb5\x2f\xfd": "packed by zstd",
}


class SnapshotFile:
    """An open snapshot; made by `SnapshotFile.open`. Its methods wait for the disk."""

    def __init__(self, path: Path, raw: IO[bytes]) -> None:
        """Take what `open` has checked."""
        self.size = os.fstat(raw.fileno()).st_size
        self._path = path
        self._raw = raw
        self._start()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[SnapshotFile]:
        """Open a file; raise ImportFailed for what can be no snapshot."""
        if path.is_dir():
            raise ImportFailed(f"{path} is a folder; {EXPECTED}")
        with ExitStack() as stack:
            raw = stack.enter_context(path.open("rb"))
            if not raw.seekable():
                raise ImportFailed(f"{path} is no file on the disk, so write it into one first")
            _refuse_others(path, raw.read(8))
            yield cls(path, raw)

    def key(self, narrowing: Narrowing) -> str:
        """Return what a bookmark is kept under: the file's beginning and what is wanted of it."""
        head = hashlib.blake2b(self._head(), digest_size=16).hexdigest()
        self._start()
        since, until = narrowing.since or "", narrowing.until or ""
        return f"import {head} {'+'.join(sorted(narrowing.categories))} {since}-{until}"

    def go_to(self, bookmark: Bookmark) -> bool:
        """Go on after a bookmark if what stands before it is what was read then; else from the start."""
        remaining = bookmark.position
        try:
            while remaining and (block := self._stream.read(min(_BLOCK, remaining))):
                self._digest.update(block)
                remaining -= len(block)
        except (EOFError, OSError, zlib.error):
            self._start()
            return False
        if remaining or self._digest.hexdigest() != bookmark.digest:
            self._start()
            return False
        self._lines, self._position, self._recognized = bookmark.lines, bookmark.position, True
        return True

    def next_batch(self, narrowing: Narrowing, limit: int) -> Batch | None:
        """Return up to `limit` wanted papers with what could not be read between, None at the end.

        Raises ImportFailed where the file turns out to be no snapshot, and, after all that is
        whole, where it ends too early.
        """
        papers: list[Paper] = []
        bad: list[BadLine] = []
        first = self._lines
        last = first + (_LINES_A_BATCH if self._recognized else _PROBED)
        while self._fault is None and len(papers) < limit and self._lines < last:
            line = self._read(LONGEST_LINE + 1)
            if not line:
                break
            self._take(line, narrowing, papers, bad)
        if not self._recognized and (self._lines or self._fault is None):
            why = f" (line {bad[0].number}: {bad[0].reason})" if bad else ""
            raise ImportFailed(f"{self._path} holds no record{why}; {EXPECTED}")
        if self._lines == first:
            if self._fault is not None:
                raise self._fault
            return None
        return Batch(
            papers=tuple(papers),
            bad=tuple(bad),
            lines=self._lines,
            position=self._position,
            digest=self._digest.hexdigest(),
            bytes_read=self._raw.tell(),
        )

    def _start(self) -> None:
        self._raw.seek(0)
        packed = self._raw.read(2) == _GZIP
        self._raw.seek(0)
        self._stream: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=self._raw) if packed else self._raw
        self._digest = hashlib.blake2b(digest_size=16)
        self._lines = self._position = 0
        self._recognized = False
        self._fault: ImportFailed | None = None

    def _head(self) -> bytes:
        """Return the beginning of what is packed, as far as it goes; refuse what is no lines of objects."""
        head = b""
        try:
            while len(head) < _HEAD and (block := self._stream.read(1 << 12)):
                head += block
        except (EOFError, gzip.BadGzipFile, zlib.error):
            pass  # reported with the place where it happens, once the file is read
        if head.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"[":
            raise ImportFailed(f"{self._path} holds a JSON array; {EXPECTED}")
        return head[:_HEAD]

    def _read(self, limit: int) -> bytes:
        """Return the next line, of a longer one the beginning; nothing at the end or a fault."""
        try:
            return self._stream.readline(limit)
        except EOFError:
            self._fault = self._cut()
        except (gzip.BadGzipFile, zlib.error):
            self._fault = ImportFailed(f"{self._path} is damaged after line {self._lines:,}; {_AGAIN}")
        return b""

    def _take(self, line: bytes, narrowing: Narrowing, papers: list[Paper], bad: list[BadLine]) -> None:
        """Read one line, and count it unless the file ends within."""
        if len(line) > LONGEST_LINE:
            self._pass_over(line)
            bad.append(BadLine(number=self._lines, reason=f"longer than {LONGEST_LINE:,} bytes"))
            return
        text = line.strip() if self._lines else line.removeprefix(_BYTE_ORDER_MARK).strip()
        try:
            paper = parse_line(text, narrowing) if text else None
        except NoRecord as error:
            if error.is_cut and self._recognized and not line.endswith(b"\n"):
                self._fault = self._cut()
                return
            bad.append(BadLine(number=self._lines + 1, reason=str(error)))
        else:
            self._recognized = self._recognized or bool(text)
            if paper is not None:
                papers.append(paper)
        self._count(line)

    def _pass_over(self, line: bytes) -> None:
        """Leave a line out piece by piece, so that its length costs no memory."""
        self._count(line)
        while line and not line.endswith(b"\n"):
            line = self._read(_BLOCK)
            self._position += len(line)
            self._digest.update(line)

    def _count(self, line: bytes) -> None:
        self._lines += 1
        self._position += len(line)
        self._digest.update(line)

    def _cut(self) -> ImportFailed:
        return ImportFailed(f"{self._path} ends too early, in line {self._lines + 1:,}; {_AGAIN}")


def _refuse_others(path: Path, start: bytes) -> None:
    if not start:
        raise ImportFailed(f"{path} is empty; {EXPECTED}")
    for sign, kind in _PACKED.items():
        if start.startswith(sign):
            raise ImportFailed(f"{path} is {kind}, so unpack it first; {EXPECTED}")
