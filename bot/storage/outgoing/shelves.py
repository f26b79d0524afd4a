"""What watches of reading lists want: what is worded like the papers that are on them by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from bot.domain.watches import ShelfCriterion, SimilarCriterion, Watch
from bot.storage.schema import library, papers


def with_shelves(connection: Connection, watches: Sequence[Watch]) -> tuple[Watch, ...]:
    """Return watches, those of reading lists with what the papers on them ask for."""
    known: dict[ShelfCriterion, ShelfCriterion] = {}
    filled = []
    for watch in watches:
        criterion = watch.criterion
        if isinstance(criterion, ShelfCriterion):
            if criterion not in known:
                known[criterion] = replace(criterion, parts=_parts(connection, criterion))
            watch = replace(watch, criterion=known[criterion])
        filled.append(watch)
    return tuple(filled)


def _parts(connection: Connection, criterion: ShelfCriterion) -> tuple[SimilarCriterion, ...]:
    """Return what each paper of a reading list asks for, the newest saved first."""
    query = (
        select(papers.c.id, papers.c.title, papers.c.abstract)
        .join(library, library.c.paper_id == papers.c.id)
        .where(library.c.shelf_kind == criterion.shelf.kind.value, library.c.shelf_id == criterion.shelf.id)
        .order_by(library.c.saved_at.desc(), papers.c.id.desc())
    )
    return tuple(
        SimilarCriterion(
            title=row.title, abstract=row.abstract, paper_id=row.id, threshold=criterion.threshold
        )
        for row in connection.execute(query)
    )
