"""Small files in the form of arXiv's metadata snapshot."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a record with every field of the snapshot, changed as said."""
    return {
        "id": f"2401.{number:05}",
        "submitter": "Ann Lee",
        "authors": "Ann Lee and Jos\\'e Garc\\'ia",
        "title": f"A study of\n  birds {number}",
        "comments": "12 pages",
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CY cs.AI",
        "license": None,
        "abstract": "  Birds are studied.\n",
        "versions": [{"version": "v1", "created": "Tue, 2 Jan 2024 18:00:01 GMT"}],
        "update_date": "2024-01-05",
        "authors_parsed": [["Lee", "Ann", ""], ["Garc\\'ia", "Jos\\'e", "Jr"]],
    } | changes


def line(number: int = 1, **changes: Any) -> bytes:
    """Return a record as a line."""
    return json.dumps(record(number, **changes)).encode() + b"\n"


def write(path: Path, lines: Iterable[bytes], *, packed: bool = False) -> Path:
    """Write a snapshot."""
    content = b"".join(lines)
    path.write_bytes(gzip.compress(content) if packed else content)
    return path
