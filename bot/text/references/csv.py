"""References as CSV: a line a paper, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bot.text.references.reference import Reference

_COLUMNS = ("key", "title", "authors", "date", "published_in", "arxiv_id", "doi", "url", "abstract")
# A spreadsheet takes a cell that begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(references: Iterable[Reference]) -> str:
    """Return a table with a header; quoted as RFC 4180 says, nothing in it can act as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for reference in references:
        names = "; ".join(
            ", ".join(part for part in (person.family, person.given, person.suffix) if part)
            for person in reference.authors
        )
        cells = (
            reference.key,
            reference.title,
            names,
            reference.date,
            reference.published_in or reference.note,
            str(reference.arxiv_id or ""),
            reference.doi,
            reference.url,
            reference.abstract,
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return buffer.getvalue()
