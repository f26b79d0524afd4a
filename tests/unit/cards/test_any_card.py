"""Whatever sources send, a card is valid, calls nobody and carries no foreign Markdown."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards.announcements import render_announcement
from bot.cards.answers import render_answer
from bot.cards.card import Card
from bot.cards.errors import render_error
from bot.cards.papers import render_full_abstract
from bot.domain.authors import Author
from bot.domain.feeds import FeedState, SourceStatus
from bot.domain.figures import YearCount
from bot.domain.papers import Authorship, Paper
from bot.domain.revisions import Change, Revision
from bot.domain.search import CatalogueSize, ListRequest, Page, PaperFilter
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidIdentifier,
    InvalidTopic,
    LimitReached,
    Missing,
    NotAllowed,
    NotFound,
    RateLimited,
    SourceUnavailable,
)
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    HelpAnswer,
    ListAnswer,
    PaperAnswer,
    Preview,
    StatusAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)
from bot.text.markdown import plain
from bot.words import LANGUAGES, speaking
from tests.factories import (
    NOW,
    make_announcement,
    make_author,
    make_delivery,
    make_paper,
    make_topic_watch,
    make_watch,
)
from tests.unit.cards import strategies
from tests.unit.cards.checks import acting, assert_valid
from tests.unit.cards.strategies import ATTACKS, texts

some = settings(max_examples=15, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True, params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    """In any language."""
    with speaking(request.param):
        yield


def render(answer: Answer) -> Card:
    """Render outside of a test's own loop."""
    return asyncio.run(render_answer(answer, now=NOW))


@some
@given(strategies.papers, strategies.unreachable)
def test_paper_card_of_any_paper_is_valid(paper: Paper, unreachable: tuple[Missing, ...]) -> None:
    assert_valid(render(PaperAnswer(paper=paper, unreachable=unreachable)))
    assert_valid(render_full_abstract(paper))


@some
@given(strategies.authors, st.lists(strategies.papers, max_size=4).map(tuple), strategies.unreachable)
def test_author_card_of_any_author_is_valid(
    author: Author, top: tuple[Paper, ...], unreachable: tuple[Missing, ...]
) -> None:
    assert_valid(render(AuthorAnswer(author=author, top=top, unreachable=unreachable)))


@settings(max_examples=8)
@given(strategies.years())
def test_author_card_of_any_years_is_valid(years: tuple[YearCount, ...]) -> None:
    card = render(AuthorAnswer(author=make_author(years=years), top=()))
    assert_valid(card)
    for picture in card.files:
        assert picture.data.startswith(b"\x89PNG")
        assert len(picture.description) <= 1024


@some
@given(
    st.lists(strategies.papers, max_size=6).map(tuple),
    texts,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_list_of_any_papers_is_valid(
    papers: tuple[Paper, ...], title: str, total: int, offset: int, more: bool
) -> None:
    page = Page(papers=papers, total=total, offset=offset, more_than=more)
    where = PaperFilter(category=title[:20] or None, has_code=more)
    request = ListRequest(title=title, query=title, where=where)
    assert_valid(
        render(ListAnswer(request=request, request_id=2**53, page=page, unreachable=(Missing(title),)))
    )


@some
@given(st.lists(strategies.papers, max_size=60), st.lists(texts, max_size=3).map(tuple), texts, st.booleans())
def test_announcement_of_any_papers_is_valid_and_carries_its_button(
    papers: list[Paper], reasons: tuple[str, ...], former: str, changed: bool
) -> None:
    revision = Revision(version=2, changes=tuple(Change), former_title=former)
    revisions = {paper.id or 0: revision for paper in papers if changed}
    deliveries = tuple(
        make_delivery(id=index, paper_id=paper.id or index, reasons=reasons[: index % 4])
        for index, paper in enumerate(papers, 1)
    ) or (make_delivery(),)
    announcement = make_announcement(id=2**53, deliveries=deliveries)
    card = render_announcement(announcement, papers, now=NOW, revisions=revisions)
    assert_valid(card)
    assert card.view is not None
    ids = [part.get("custom_id", "") for row in card.view.to_components() for part in row["components"]]
    assert any(custom_id.startswith(f"announcement:{2**53}:") for custom_id in ids)


@some
@given(texts, st.lists(strategies.papers, max_size=7).map(tuple), st.booleans())
def test_watch_cards_of_any_text_are_valid(topic: str, papers: tuple[Paper, ...], existed: bool) -> None:
    watch = make_topic_watch(topic, paused_reason=topic if existed else "")
    preview = Preview(days=((date(2026, 5, 1), 3),), matched=10**6, examples=papers, covered=22)
    assert_valid(render(WatchAnswer(watch=watch, existed=existed, preview=preview, feed_answered=existed)))
    watches = tuple(make_topic_watch(topic, id=index) for index in range(1, 130))
    assert_valid(render(WatchesAnswer(watches=watches)))
    assert_valid(render(WatchesAnswer(watches=(watch,))))


@some
@given(texts, st.lists(strategies.authors, max_size=30), st.lists(strategies.papers, max_size=4))
def test_error_card_of_any_text_is_valid(text: str, authors: list[Author], papers: list[Paper]) -> None:
    errors: tuple[BaseException, ...] = (
        NotFound(text, authors=authors, papers=papers, unreachable=(Missing(text),)),
        AmbiguousAuthor(text, [(author, text) for author in authors]),
        InvalidIdentifier(text, text),
        InvalidTopic(text, text, 3),
        NotAllowed(text),
        NotAllowed(text, who="bot"),
        LimitReached(text, 10),
        SourceUnavailable(text, text),
        RateLimited(text, text, NOW + timedelta(hours=1)),
        HoopoeError(text),
        KeyError(text),
    )
    for error in errors:
        assert_valid(render_error(error, "a1b2c3", asker=2**63))


@some
@given(texts)
def test_status_help_and_words_of_any_text_are_valid(text: str) -> None:
    source = SourceStatus(name=text, last_error=text, last_error_at=NOW, left=text, requests_today=3)
    feed = FeedState(categories=(text,) * 12, error=text)
    answer = StatusAnswer(
        version=text,
        now=NOW,
        size=CatalogueSize(papers=1, authors=1, newest_announcement=None),
        sources=(source,) * 12,
        feeds=(feed,) * 40,
        queued=2,
        last_harvest=None,
        quiet_reason=text,
        broken_reason=text,
    )
    assert_valid(render(answer))
    assert_valid(render(HelpAnswer(about=text)))
    assert_valid(render(WordsAnswer(text=plain(text))))


def foreign_paper(text: str) -> Paper:
    """Return a paper all of whose texts are this text."""
    return make_paper(
        title=f"T {text}",
        abstract=f"A {text}",
        authors=(Authorship(name=f"N {text}", institutions=(f"I {text}",)),),
        journal_reference=f"J {text}",
        summary=f"S {text}",
        summary_source=f"Q {text}",
    )


@pytest.mark.parametrize("attack", [text for text in ATTACKS if text.strip()])
def test_foreign_markdown_in_a_card_never_acts(attack: str) -> None:
    """The same things act in a card of harmful and of harmless texts: those the card has itself."""
    attack = attack[:40]

    def acts(text: str) -> list[Counter[str]]:
        paper = foreign_paper(text)
        author = make_author(name=f"N {text}", institutions=(f"I {text}",))
        page = Page(papers=(paper, paper), total=2)
        return [
            acting(render(PaperAnswer(paper=paper))),
            acting(render(ListAnswer(request=ListRequest(title=f"L {text}"), request_id=1, page=page))),
            acting(render(AuthorAnswer(author=author, top=(paper,)))),
            acting(
                render(
                    WatchAnswer(
                        watch=make_topic_watch(f"W {text}"), preview=Preview(matched=1, examples=(paper,))
                    )
                )
            ),
            acting(render_announcement(make_announcement(), [paper], now=NOW)),
            acting(render_error(NotFound(f"E {text}", papers=[paper]))),
        ]

    assert acts(attack) == acts("harmless")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"authors": (Authorship(name="X. Long"),) * 3000}, "X. Long", id="one-name-3000-times"),
        pytest.param(
            {"authors": tuple(Authorship(name=f"Author {n}") for n in range(3000))},
            "Author 0, Author 1, Author 2 *et al.*",
            id="3000-authors",
        ),
        pytest.param(
            {"authors": (Authorship(name="ATLAS Collaboration"),)}, "ATLAS Collaboration", id="collaboration"
        ),
        pytest.param({"title": "$\\alpha$ of \\textbf{x}\n" * 40}, "α", id="40-line-latex-title"),
        pytest.param({"abstract": ""}, "Evaluating", id="no-abstract"),
        pytest.param({"withdrawn": True}, "**Withdrawn**", id="withdrawn"),
        pytest.param({"title": "深度學習的社會影響"}, "深度學習的社會影響", id="chinese"),
        pytest.param({"title": "الذكاء الاصطناعي"}, "الذكاء الاصطناعي", id="arabic"),
        pytest.param({"title": "Robots 🤖 in labs"}, "Robots 🤖 in labs", id="emoji"),
        pytest.param({"title": "N" * 400}, "N…", id="long-title"),
    ],
)
def test_paper_card_of_an_unusual_paper_reads_well(change: dict, expected: str) -> None:
    with speaking("en"):
        card = render(PaperAnswer(paper=make_paper(**change)))
    assert_valid(card)
    assert expected in f"{card.embeds[0].title}\n{card.embeds[0].description}"


def test_watch_of_an_author_with_a_long_name_is_valid() -> None:
    assert_valid(render(WatchAnswer(watch=make_watch(paused_reason="x" * 3000))))
