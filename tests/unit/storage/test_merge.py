"""Merging keeps what is known and the better text, whatever comes first."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.storage.merge import merge_authors, merge_papers
from tests.factories import make_profile

optional = st.sampled_from(["", "a", "b"])
papers = st.builds(
    Paper,
    id=st.just(1),
    arxiv_id=st.sampled_from([None, ArxivId("2401.00001")]),
    doi=st.sampled_from([None, Doi("10.1/x"), Doi("10.48550/arxiv.2401.00001")]),
    openalex_id=st.sampled_from([None, OpenAlexId("W1")]),
    version=st.integers(1, 3),
    title=optional,
    abstract=optional,
    authors=st.sampled_from([(), (Authorship(name="Ann Lee"),), (Authorship(name="A. Lee"),)]),
    primary_category=st.sampled_from([None, "cs.CY"]),
    categories=st.sampled_from([(), ("cs.CY",)]),
    comment=optional,
    venue=optional,
    code_url=st.sampled_from([None, "https://github.com/a/b"]),
    summary=optional,
    source=st.sampled_from(["arXiv", "OpenAlex"]),
)


@given(old=papers, new=papers)
def test_merge_papers_knows_what_either_knew(old: Paper, new: Paper):
    merged = merge_papers(old, new)

    for field in fields(Paper):
        either = getattr(old, field.name) or getattr(new, field.name)
        assert bool(getattr(merged, field.name)) == bool(either)


@given(old=papers, new=papers)
def test_merge_papers_text_does_not_depend_on_the_order_read(old: Paper, new: Paper):
    if (old.source, old.version) == (new.source, new.version):
        return
    if (old.source, new.source) == ("OpenAlex", "OpenAlex"):
        return

    one, other = merge_papers(old, new), merge_papers(new, old)

    assert (one.title, one.abstract, one.version, one.source) == (
        other.title,
        other.abstract,
        other.version,
        other.source,
    )


@given(paper=papers)
def test_merge_papers_with_itself_changes_nothing(paper: Paper):
    assert merge_papers(paper, paper) == paper


def test_merge_papers_scores_keep_the_newest_of_each_label():
    def score(label: str, value: float, day: int) -> SourceScore:
        return SourceScore(source="Scholar Feed", label=label, value=value, as_of=date(2026, 5, day))

    old = Paper(title="T", scores=(score("Score", 95.5, 20), score("Novelty", 41, 20)))
    new = Paper(title="T", scores=(score("Score", 94, 10), score("Novelty", 43, 29)))

    assert merge_papers(old, new).scores == (score("Score", 95.5, 20), score("Novelty", 43, 29))


def test_merge_papers_links_initials_only_in_the_same_place():
    arxiv = Paper(title="T", source="arXiv", authors=(Authorship(name="Ann Lee"), Authorship(name="Al Li")))
    known = (Authorship(name="A. Lee", openalex_id=OpenAlexId("A1")), Authorship(name="X. Wu"))
    longer = (Authorship(name="B. Bo"), *known)

    def ids(authors: tuple[Authorship, ...]) -> list[object]:
        merged = merge_papers(arxiv, Paper(title="T", source="OpenAlex", authors=authors))
        return [author.openalex_id for author in merged.authors]

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
