"""Two records that had become one come apart as they were, with what was learned of each since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.domain.records import Record
from bot.storage.catalogue.merge import merge_papers
from bot.storage.catalogue.parting import part

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
PREPRINT = Paper(
    id=1,
    arxiv_id=ArxivId("2401.00001"),
    title="A Preprint",
    abstract="First.",
    authors=(Authorship(name="Ann Lee"),),
    source="arXiv",
    fetched_at=NOW,
)
WORK = Paper(
    id=2,
    doi=Doi("10.1/x"),
    openalex_id=OpenAlexId("W1"),
    title="The Work",
    authors=(Authorship(name="Ann Lee", openalex_id=OpenAlexId("A1"), institutions=("MIT",)),),
    venue="Nature",
    citation_count=Figure(value=7, source="OpenAlex", as_of=date(2026, 5, 1)),
    source="OpenAlex",
    fetched_at=NOW,
)

texts = st.sampled_from(["", "a", "b"])
moments = st.sampled_from([None, NOW, LATER])
preprints = st.builds(
    lambda **changes: Record(paper=replace(PREPRINT, **changes)),
    abstract=texts,
    comment=texts,
    venue=texts,
    fetched_at=moments,
    version=st.integers(1, 3),
)
works = st.builds(
    lambda **changes: Record(paper=replace(WORK, **changes)),
    abstract=texts,
    comment=texts,
    venue=texts,
    fetched_at=moments,
    authors=st.sampled_from([(), WORK.authors]),
)


@given(kept=preprints, gone=works, turned=st.booleans())
def test_part_of_what_was_just_merged_gives_both_back(kept: Record, gone: Record, turned: bool):
    first, second = (gone, kept) if turned else (kept, gone)

    assert part(merge_papers(first, second), first, second) == (first, second)


@given(kept=preprints, gone=works, news=preprints)
def test_part_keeps_what_arxiv_has_told_since_with_the_preprint(kept: Record, gone: Record, news: Record):
    now = merge_papers(merge_papers(kept, gone), news)

    first, second = part(now, kept, gone)

    alone = merge_papers(kept, news)
    assert second == gone
    assert (first.paper.title, first.paper.abstract, first.paper.version) == (
        now.paper.title,
        alone.paper.abstract or first.paper.abstract,
        alone.paper.version,
    )
    assert first.paper.openalex_id is None


def test_part_gives_what_openalex_has_told_since_to_the_work():
    kept, gone = Record(paper=PREPRINT), Record(paper=WORK)
    news = replace(
        WORK,
        venue="Science",
        citation_count=Figure(value=9, source="OpenAlex", as_of=date(2026, 5, 31)),
        fetched_at=LATER,
    )

    first, second = part(merge_papers(merge_papers(kept, gone), Record(paper=news)), kept, gone)

    assert first == kept
    # The title was not among what it told: arXiv's stood there.
    assert second.paper == replace(news, fetched_at=NOW)


def test_part_leaves_an_identifier_that_both_had_with_the_published_form():
    kept, gone = Record(paper=replace(PREPRINT, doi=WORK.doi)), Record(paper=WORK)

    first, second = part(merge_papers(kept, gone), kept, gone)

    assert (first.paper.doi, second.paper.doi) == (None, WORK.doi)


def test_part_leaves_an_announcement_with_the_preprint_estimated_as_it_was():
    kept, gone = Record(paper=PREPRINT), Record(paper=WORK)
    listed = replace(PREPRINT, announced_at=LATER, announced_estimated=True)

    first, second = part(merge_papers(merge_papers(kept, gone), Record(paper=listed)), kept, gone)

    assert (first.paper.announced_at, first.paper.announced_estimated) == (LATER, True)
    assert second == gone


def test_part_gives_new_scores_to_the_preprint():
    kept, gone = Record(paper=PREPRINT), Record(paper=WORK)
    score = SourceScore(source="Scholar Feed", label="Score", value=95.5, as_of=date(2026, 5, 31))
    now = merge_papers(merge_papers(kept, gone), Record(paper=replace(PREPRINT, scores=(score,))))

    first, second = part(now, kept, gone)

    assert (first.paper.scores, second.paper.scores) == ((score,), ())
