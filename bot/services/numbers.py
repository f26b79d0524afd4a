"""Numbers for cards: those of an author, what is behind a paper's, and which papers are alike."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.authors import Author
from bot.domain.numbers import YEAR_DAYS, AuthorNumbers, Worth
from bot.domain.papers import Paper
from bot.domain.search import Page
from bot.metrics.track_record import author_novelty, track_record
from bot.services.answers import AboutPaperAnswer
from bot.services.ports import Clock, NumberStore, PaperStore
from bot.services.scoring import MOST_AT_ONCE, Load, Scoring

LOOKED_THROUGH = 100
"""So many papers that share the telling words are compared."""

ALIKE = 0.1
"""Papers with a smaller cosine have little more in common than their language."""

_DAYS_A_YEAR = 365.25


class Numbers:
    """Answers from the stored numbers, and compares wordings where that is asked for."""

    def __init__(
        self,
        *,
        store: NumberStore,
        papers: PaperStore,
        scoring: Scoring,
        load_model: Load,
        clock: Clock,
    ) -> None:
        """Take the stored numbers, the catalogue, what compares texts, the forecast and the clock."""
        self._store = store
        self._papers = papers
        self._scoring = scoring
        self._load_model = load_model
        self._clock = clock

    async def of_author(self, author: Author) -> AuthorNumbers:
        """Return an author's Novelty and AI Score over their papers of the catalogue."""
        now = self._clock()
        known = await self._store.standings_of(author)
        aged = [
            (float(impact), (now - dated_at).days / _DAYS_A_YEAR)
            for _, impact, dated_at in known
            if impact is not None and dated_at is not None and (now - dated_at).days >= YEAR_DAYS
        ]
        return AuthorNumbers(
            novelty=author_novelty([float(novelty) for novelty, _, _ in known if novelty is not None]),
            track_record=track_record(aged),
            papers=len(known),
            as_of=now.date(),
        )

    async def make_for(self, papers: Sequence[Paper]) -> None:
        """Store papers and make their numbers now: somebody is told of them only where these suffice.

        Those the catalogue has stay as they are: when it came to know them says whether they are news.
        """
        await self._papers.save_papers([paper for paper in papers if not await self._is_known(paper)])
        for _ in range(0, len(papers) + MOST_AT_ONCE, MOST_AT_ONCE):
            if not await self._scoring.run():
                break

    async def _is_known(self, paper: Paper) -> bool:
        return paper.arxiv_id is not None and await self._papers.find_paper(paper.arxiv_id) is not None

    async def about_paper(self, paper_id: int) -> AboutPaperAnswer:
        """Return a paper with what its numbers rest on."""
        paper = await self._papers.get_paper(paper_id)
        model = await self._load_model()
        worth = (
            Worth(version=model.version, summary=model.summary, spearman=model.spearman) if model else None
        )
        return AboutPaperAnswer(paper=paper, near=await self._store.near_to(paper_id), worth=worth)

    async def similar_to(self, paper_id: int, *, limit: int, offset: int) -> Page:
        """Return a page of the papers nearest in wording; `figures` are the cosines (0-1)."""
        paper = await self._papers.get_paper(paper_id)
        near = await self._nearest(paper)
        chosen = near[offset : offset + limit]
        found = {one.id: one for one in await self._papers.find_papers([id_ for _, id_ in chosen])}
        present = [(similarity, found[id_]) for similarity, id_ in chosen if id_ in found]
        return Page(
            papers=tuple(one for _, one in present),
            total=len(near),
            offset=offset,
            figures=tuple(similarity for similarity, _ in present),
        )

    async def _nearest(self, paper: Paper) -> list[tuple[float, int]]:
        basis = await self._scoring.basis()
        weights, words = basis.telling(paper)
        others = await self._store.sharing(words, LOOKED_THROUGH + 1)

        def compare() -> list[tuple[float, int]]:
            return sorted(
                (
                    (similarity, one.id)
                    for one in others
                    if one.id != paper.id
                    and (similarity := basis.weigher.similarity(weights, one.title, one.abstract)) >= ALIKE
                ),
                key=lambda pair: (-pair[0], pair[1]),
            )

        return await asyncio.to_thread(compare)
