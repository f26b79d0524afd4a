"""Authors: a profile a source vouches for, or a name as printed on papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.figures import Figure, SourceScore, YearCount
from bot.domain.identifiers import OpenAlexId, Orcid


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person. Without `openalex_id` it is only a name printed on papers of the catalogue.

    `id` is the catalogue's, None before the author is stored. `aliases` are other printed forms
    of the name, `former_ids` the ids that OpenAlex has merged into this one. `evidence` says in a
    line what makes papers of this name one person's, where they were told from others' so. `years`
    runs from the earliest to the latest year, without gaps.
    """

    id: int | None = None
    name: str
    aliases: tuple[str, ...] = ()
    openalex_id: OpenAlexId | None = None
    former_ids: tuple[OpenAlexId, ...] = ()
    orcid: Orcid | None = None
    primary_category: str | None = None
    institutions: tuple[str, ...] = ()
    h_index: Figure | None = None
    i10_index: Figure | None = None
    paper_count: Figure | None = None
    citation_count: Figure | None = None
    years: tuple[YearCount, ...] = ()
    scores: tuple[SourceScore, ...] = ()
    invented: bool = False
    evidence: str = ""
    fetched_at: datetime | None = None
