"""The catalogue's papers as the forecast learns from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.storage import codec
from bot.storage.schema import papers


def read_labelled_papers(connection: Connection, counted_until: datetime) -> list[dict[str, Any]]:
    """Return every real paper as a JSON object in the form that training reads.

    Citations of papers dated after `counted_until` are left out: they have hardly had time to come.
    """
    columns = papers.c
    query = select(
        columns.title,
        columns.abstract,
        columns.authors,
        columns.primary_category,
        columns.dated_at,
        columns.venue,
        columns.citation_count,
    ).where(columns.invented == 0, columns.withdrawn == 0, columns.dated_at.is_not(None))
    return [
        {
            "title": row.title,
            "abstract": row.abstract,
            "authors": [author.name for author in codec.decode_authorships(row.authors)],
            "primary_category": row.primary_category,
            "submitted_at": row.dated_at.isoformat(),
            "year": row.dated_at.year,
            "venue": row.venue,
            "citations": row.citation_count if row.dated_at <= counted_until else None,
        }
        for row in connection.execute(query)
    ]
