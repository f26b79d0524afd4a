"""Merging keeps what is known and the better value, whatever comes first."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Authorship, Paper, Version
from bot.domain.records import RULES, Origin, Record
from bot.storage.catalogue.merge import merge_authors, merge_papers
from tests.factories import make_paper, make_profile

NOW = datetime(2026, 5, 1, tzinfo=UTC)

optional = st.sampled_from(["", "a", "b"])
moments = st.sampled_from([None, NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)])
papers = st.builds(
    Paper,
    id=st.just(1),
    arxiv_id=st.sampled_from([None, ArxivId("2401.00001")]),
    doi=st.sampled_from([None, Doi("10.1/x"), Doi("10.1/y"), Doi("10.48550/arxiv.2401.00001")]),
    openalex_id=st.sampled_from([None, OpenAlexId("W1")]),
    version=st.integers(1, 3),
    versions=st.sampled_from([(), (Version(number=1, submitted_at=NOW),)]),
    title=optional,
    abstract=optional,
    authors=st.sampled_from([(), (Authorship(name="Ann Lee"),), (Authorship(name="A. Lee"),)]),
    primary_category=st.sampled_from([None, "cs.CY"]),
    categories=st.sampled_from([(), ("cs.CY",), ("cs.CY", "cs.AI")]),
    submitted_at=moments,
    announced_at=moments,
    comment=optional,
    venue=optional,
    code_url=st.sampled_from([None, "https://github.com/a/b"]),
    citation_count=st.sampled_from(
        [
            None,
            *(
                Figure(value=value, source=source, as_of=date(2026, 5, day))
                for value, source, day in ((3, "OpenAlex", 1), (4, "OpenAlex", 2), (9, "Scholar Feed", 3))
            ),
        ]
    ),
    summary=optional,
    summary_source=st.sampled_from(["Semantic Scholar", "Scholar Feed"]),
    withdrawn=st.booleans(),
    source=st.sampled_from(["arXiv", "OpenAlex", "Scholar Feed"]),
    fetched_at=moments,
)
records = st.builds(lambda paper: Record(paper=paper), papers)


def arxiv(**changes: Any) -> Record:
    """Return what arXiv says of a paper."""
    paper = Paper(title="T", source="arXiv", arxiv_id=ArxivId("2401.00001"), fetched_at=NOW)
    return Record(paper=replace(paper, **changes))


def openalex(**changes: Any) -> Record:
    """Return what OpenAlex says of a paper."""
    paper = Paper(title="t", source="OpenAlex", openalex_id=OpenAlexId("W1"), fetched_at=NOW)
    return Record(paper=replace(paper, **changes))


def cited(value: int, day: int = 1, source: str = "OpenAlex") -> Figure:
    """Return a count of citations."""
    return Figure(value=value, source=source, as_of=date(2026, 5, day))


@given(old=records, new=records)
def test_merge_papers_knows_what_either_knew(old: Record, new: Record):
    merged = merge_papers(old, new).paper

    for field in fields(Paper):
        if field.name in ("withdrawn", "fetched_at", "summary_source"):
            continue
        either = getattr(old.paper, field.name) or getattr(new.paper, field.name)
        assert bool(getattr(merged, field.name)) == bool(either), field.name


@given(old=records, new=records)
def test_merge_papers_is_the_same_in_both_orders(old: Record, new: Record):
    assert merge_papers(old, new) == merge_papers(new, old)


@given(one=records, two=records, three=records)
def test_merge_papers_is_the_same_however_grouped(one: Record, two: Record, three: Record):
    assert merge_papers(merge_papers(one, two), three) == merge_papers(one, merge_papers(two, three))


def test_merge_papers_without_a_title_is_the_same_however_grouped():
    """The title's origin is the record's own, also where nobody knows a title."""
    one, two, three = (
        Record(paper=Paper(title="", source=source, version=version, fetched_at=moment))
        for source, version, moment in (("arXiv", 1, NOW), ("OpenAlex", 2, None), ("arXiv", 1, None))
    )

    assert merge_papers(merge_papers(one, two), three) == merge_papers(one, merge_papers(two, three))


@given(old=records, new=records)
def test_merge_papers_again_changes_nothing(old: Record, new: Record):
    merged = merge_papers(old, new)

    assert merge_papers(old, old) == old
    assert merge_papers(merged, new) == merge_papers(merged, old) == merged


@given(old=papers, new=papers)
def test_merge_papers_older_reading_of_a_source_changes_no_known_value(old: Paper, new: Paper):
    old = replace(old, source="arXiv", version=2, fetched_at=NOW)
    new = replace(new, source="arXiv", version=2, fetched_at=NOW + timedelta(days=1))

    merged = merge_papers(Record(paper=new), Record(paper=old)).paper

    for name in ("title", "abstract", "categories", "comment", "venue", "code_url", "submitted_at"):
        assert getattr(merged, name) == (getattr(new, name) or getattr(old, name)), name


@given(old=records, new=records)
def test_every_value_keeps_the_source_that_gave_it(old: Record, new: Record):
    merged = merge_papers(old, new)

    for name in RULES:
        if name in ("identities", "institutions", "citation_count", "version"):
            continue
        value = getattr(merged.paper, name)
        givers = [side for side in (old, new) if getattr(side.paper, name) == value]
        origin = merged.origin_of(name)
        said = [(origin.as_of, side.base.version) for side in givers]
        assert not value or (origin.as_of, origin.version) in said, name


def test_values_of_one_source_need_no_origins_beside_them():
    merged = merge_papers(
        arxiv(comment="5 pages"), arxiv(fetched_at=NOW + timedelta(days=1), comment="6 pages")
    )

    assert merged.origins == {}
    assert (merged.paper.comment, merged.base.as_of) == ("6 pages", NOW + timedelta(days=1))


def test_values_of_two_sources_name_the_origin_of_the_second():
    later = NOW + timedelta(days=1)

    merged = merge_papers(arxiv(abstract="A"), openalex(venue="FAccT", fetched_at=later))

    assert merged.origins["venue"] == Origin("OpenAlex", later, 1)
    assert merged.origin_of("abstract") == Origin("arXiv", NOW, 1)


def test_newer_version_without_a_comment_keeps_the_older_ones_and_says_so():
    merged = merge_papers(arxiv(comment="5 pages"), arxiv(version=2, title="New"))

    assert (merged.paper.title, merged.paper.comment) == ("New", "5 pages")
    assert merged.origin_of("comment").version == 1


@pytest.mark.parametrize("turned", [False, True])
def test_person_that_openalex_tells_apart_later_replaces_the_earlier_one(turned: bool):
    def work(person: str, days: int) -> Record:
        authors = (Authorship(name="Ann Lee", openalex_id=OpenAlexId(person), institutions=(person,)),)
        return openalex(authors=authors, fetched_at=NOW + timedelta(days=days))

    preprint = arxiv(authors=(Authorship(name="Ann Lee"),))
    first, second = (work("A2", 2), work("A1", 1)) if turned else (work("A1", 1), work("A2", 2))

    merged = merge_papers(merge_papers(preprint, first), second)

    assert merged.paper.authors == (
        Authorship(name="Ann Lee", openalex_id=OpenAlexId("A2"), institutions=("A2",)),
    )


def test_double_work_with_fewer_citations_takes_nothing_from_the_other():
    published = openalex(citation_count=cited(1768), venue="FAccT")
    double = openalex(
        openalex_id=OpenAlexId("W2"),
        citation_count=cited(20, 9),
        venue="SSRN",
        fetched_at=NOW + timedelta(days=8),
    )

    for merged in (merge_papers(published, double), merge_papers(double, published)):
        assert merged.paper.openalex_id == OpenAlexId("W1")
        assert (merged.paper.citation_count, merged.paper.venue) == (cited(1768), "FAccT")


def test_citations_of_openalex_stand_before_those_of_others():
    merged = merge_papers(
        openalex(citation_count=cited(3)), arxiv(citation_count=cited(9, 5, "Scholar Feed"))
    )

    assert merged.paper.citation_count == cited(3)


def test_withdrawal_stands_until_a_newer_version():
    withdrawn = merge_papers(arxiv(withdrawn=True), arxiv(fetched_at=NOW + timedelta(days=1)))
    restored = merge_papers(withdrawn, arxiv(version=2))

    assert (withdrawn.paper.withdrawn, restored.paper.withdrawn) == (True, False)


def test_merge_papers_scores_keep_the_newest_of_each_label():
    def score(label: str, value: float, day: int) -> SourceScore:
        return SourceScore(source="Scholar Feed", label=label, value=value, as_of=date(2026, 5, day))

    old = arxiv(scores=(score("Score", 95.5, 20), score("Novelty", 41, 20)))
    new = arxiv(scores=(score("Score", 94, 10), score("Novelty", 43, 29)))

    assert merge_papers(old, new).paper.scores == (score("Score", 95.5, 20), score("Novelty", 43, 29))


def test_merge_papers_links_initials_only_in_the_same_place():
    preprint = arxiv(authors=(Authorship(name="Ann Lee"), Authorship(name="Al Li")))
    known = (Authorship(name="A. Lee", openalex_id=OpenAlexId("A1")), Authorship(name="X. Wu"))
    longer = (Authorship(name="B. Bo"), *known)

    def ids(authors: tuple[Authorship, ...]) -> list[object]:
        merged = merge_papers(preprint, openalex(authors=authors))
        return [author.openalex_id for author in merged.paper.authors]

    assert ids(known) == [OpenAlexId("A1"), None]
    assert ids(longer) == [None, None]


def test_merge_authors_keeps_numbers_of_the_newest_day():
    old = make_profile()
    older = Figure(value=1, source="OpenAlex", as_of=date(2020, 1, 1))

    merged = merge_authors(old, Author(name=old.name, h_index=older))

    assert merged == old


def test_merge_authors_remembers_former_names():
    old = Author(name="Ann Lee", aliases=("A. Lee",))

    merged = merge_authors(old, Author(name="Ann Bo", aliases=("A. Bo", "Ann Lee")))

    assert (merged.name, merged.aliases) == ("Ann Bo", ("A. Bo", "Ann Lee", "A. Lee"))
    assert merge_authors(merged, replace(merged, name="Ann Lee")).name == "Ann Lee"


@pytest.mark.parametrize("turned", [False, True])
def test_announcement_that_was_seen_replaces_an_estimate(turned: bool):
    seen = Record(paper=make_paper(announced_at=NOW))
    estimated = Record(paper=make_paper(announced_at=NOW - timedelta(days=1), announced_estimated=True))

    merged = merge_papers(estimated, seen) if turned else merge_papers(seen, estimated)

    assert (merged.paper.announced_at, merged.paper.announced_estimated) == (NOW, False)
