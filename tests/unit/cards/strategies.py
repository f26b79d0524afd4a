"""Papers, authors and answers as strange as sources may send them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore, YearCount
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid
from bot.domain.papers import Authorship, Paper
from bot.errors import Missing

ATTACKS = (
    "@everyone",
    "<@1234567890> <@&99> <#5> <:a:1>",
    "[click](https://evil.example/x)",
    "**bold** _under_ ~~no~~ ||secret|| `code` ```block```",
    "# heading\n> quote\n- list\n1. one",
    "\u202etxet\u202c \u200b\u2066\x00\x1b[31m",
    "https://discord.gg/evil http://a.b",
    "$\\alpha_{1}^{2}$ \\emph{x} 50% \\textbf{[y](z)}",
    "深度學習的社會影響",
    "الذكاء الاصطناعي والمجتمع",
    "👩‍🔬🧪" * 30,
    "e\u0301" * 200,
    "](x) [ ] \\",
    "\ud800 lone",
    "\n\n\n",
    " ",
    "",
)
texts = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=80),
    st.builds(lambda text, times: text * times, st.sampled_from(ATTACKS), st.integers(2, 300)),
)
short_texts = st.one_of(st.sampled_from(ATTACKS), st.text(max_size=40))
_dates = st.dates(min_value=date(1991, 1, 1)).map(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)
)
moments = st.one_of(st.none(), _dates)
days = st.dates(min_value=date(1991, 1, 1))
categories = st.sampled_from((None, "cs.CY", "math.NT", "hep-th", "quant-ph", "nonsense.XX", "**"))
figures = st.one_of(
    st.none(),
    st.builds(Figure, value=st.integers(0, 10**12), source=short_texts, as_of=days, at_least=st.booleans()),
)
scores = st.lists(
    st.builds(
        SourceScore,
        source=short_texts,
        label=short_texts,
        value=st.floats(-1e6, 1e6, allow_nan=False),
        unit=st.sampled_from(("", "%", "*")),
        as_of=days,
    ),
    max_size=3,
).map(tuple)
people = st.lists(
    st.builds(Authorship, name=short_texts, institutions=st.lists(short_texts, max_size=4).map(tuple)),
    max_size=6,
).map(tuple)
web = st.sampled_from(
    (
        None,
        "",
        "https://github.com/a/b",
        "javascript:alert(1)",
        "https://a b",
        "http://",
        "https://x.y/(z)[q]*" * 3,
        "https://x.y/" + "a" * 600,
        "https://user@evil.example",
        "https://[::1",
        "HTTPS://GitHub.com/A",
    )
)
papers = st.builds(
    Paper,
    id=st.one_of(st.none(), st.integers(1, 2**53)),
    arxiv_id=st.sampled_from((None, ArxivId("2306.05949"), ArxivId("math/0309136"))),
    doi=st.sampled_from((None, Doi("10.1002/(sici)1097-4571(199806)49:8<693::aid>3.0.co;2-o"))),
    openalex_id=st.sampled_from((None, OpenAlexId("W2741809807"))),
    version=st.integers(1, 40),
    title=texts,
    abstract=texts,
    authors=people,
    primary_category=categories,
    submitted_at=moments,
    journal_reference=texts,
    venue=short_texts,
    code_url=web,
    citation_count=figures,
    summary=texts,
    summary_source=short_texts,
    scores=scores,
    withdrawn=st.booleans(),
    invented=st.booleans(),
    source=short_texts,
    fetched_at=moments,
)


@st.composite
def years(draw: st.DrawFn) -> tuple[YearCount, ...]:
    """Return some years in a row."""
    first = draw(st.integers(1950, 2026))
    counts = st.builds(lambda papers, cited: (papers, cited), st.integers(0, 900), st.integers(0, 10**6))
    drawn: list[Any] = draw(st.lists(counts, max_size=3))
    return tuple(YearCount(year=first + i, papers=a, citations=b) for i, (a, b) in enumerate(drawn))


authors = st.builds(
    Author,
    id=st.one_of(st.none(), st.integers(1, 2**53)),
    name=texts,
    openalex_id=st.sampled_from((None, OpenAlexId("A5023888391"))),
    orcid=st.sampled_from((None, Orcid("0000-0001-6238-7050"))),
    primary_category=categories,
    institutions=st.lists(texts, max_size=4).map(tuple),
    h_index=figures,
    i10_index=figures,
    paper_count=figures,
    citation_count=figures,
    scores=scores,
    invented=st.booleans(),
    fetched_at=moments,
)
unreachable = st.lists(st.builds(Missing, short_texts, moments), max_size=3).map(tuple)
