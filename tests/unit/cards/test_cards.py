"""Cards as whole values."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.cards.announcements import BATCH_LIMIT, count_fitting, render_announcement
from bot.cards.answers import render_answer
from bot.cards.errors import present, render_error
from bot.cards.papers import render_full_abstract
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship
from bot.domain.search import ListRequest, Page, PaperFilter, Sort
from bot.domain.watches import Place, PlaceKind
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidTopic,
    LimitReached,
    NotAllowed,
    NotFound,
    RateLimited,
    SourceChanged,
    SourceError,
    SourceUnavailable,
    StorageError,
    UserError,
)
from bot.services.answers import (
    AuthorAnswer,
    ListAnswer,
    PaperAnswer,
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from tests.factories import (
    CHANNEL,
    NOW,
    SEEN,
    make_announcement,
    make_author,
    make_category_watch,
    make_delivery,
    make_paper,
    make_profile,
    make_topic_watch,
    make_watch,
    make_years,
)
from tests.unit.cards.checks import assert_valid, components, everything

GAP = "\n\u00a0\n"
RECENT = make_paper(
    id=2,
    arxiv_id=ArxivId("2605.13981"),
    title="Towards Resource-Efficient LLMs: End-to-End Energy Accounting of Distillation Pipelines",
    authors=(Authorship(name="Katherine Lambert"), Authorship(name="Sasha Luccioni")),
    primary_category="cs.LG",
    submitted_at=datetime(2026, 5, 13, tzinfo=UTC),
    code_url="https://github.com/example/energy",
    citation_count=Figure(value=3, source="OpenAlex", as_of=SEEN),
)


def labels(card: Any) -> list[str]:
    """Return what the buttons say."""
    return [part["label"] for part in components(card) if part["type"] == 2]


def ids(card: Any) -> list[str]:
    """Return the custom_ids of buttons and menus."""
    return [part["custom_id"] for part in components(card) if "custom_id" in part]


def fields(card: Any) -> list[tuple[str, str, bool]]:
    """Return the fields of a card's first embed."""
    return [(field.name, field.value, field.inline) for field in card.embeds[0].fields]


async def test_author_card_of_the_reference_author_carries_the_page() -> None:
    """Everything that the reference page shows of the author, and nothing invented."""
    card = await render_answer(AuthorAnswer(author=make_author(), top=(make_paper(),)), now=NOW)

    assert card.embeds[0].to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": 0x4C7DBF,
        "title": "Sasha Luccioni",
        "url": "https://arxiv.org/search/?searchtype=author&query=Sasha+Luccioni",
        "description": "Computers and Society (cs.CY)",
        "fields": [
            {"name": "h-index", "value": "**43**", "inline": True},
            {"name": "Papers", "value": "**15**", "inline": True},
            {"name": "Citations", "value": "**1,768**", "inline": True},
            {
                "name": "Scholar Feed, May 29, 2026",
                "value": "Novelty **41 %** · AI Score **57**",
                "inline": False,
            },
            {
                "name": "Papers",
                "value": "CY · Jun 9, 2023\n"
                "[Evaluating the Social Impact of Generative AI Systems in Systems and Society]"
                "(https://arxiv.org/abs/2306.05949)\n"
                "Irene Solaiman, Zeerak Talat, William Agnew *et al.*",
                "inline": False,
            },
        ],
        "footer": {"text": "Scholar Feed, May 29, 2026"},
    }
    assert labels(card) == ["Papers", "Follow", "arXiv"]
    assert ids(card) == ["author:7:papers", "author:7:follow"]
    assert card.files == ()
    assert not card.ephemeral
    assert_valid(card)


async def test_author_card_of_a_profile_links_its_pages_and_draws_its_years() -> None:
    card = await render_answer(AuthorAnswer(author=make_profile(), top=()), now=NOW)
    embed = card.embeds[0]
    assert embed.url == "https://openalex.org/A5023888391"
    assert embed.description == (
        "Computers and Society (cs.CY)\nHugging Face, Mila – Quebec Artificial Intelligence Institute"
    )
    assert [name for name, _, _ in fields(card)] == ["h-index", "Papers", "Citations", "i10-index"]
    assert labels(card) == ["Papers", "Follow", "OpenAlex", "ORCID", "arXiv"]
    assert embed.image.url == "attachment://years.png"
    assert card.files[0].name == "years.png"
    assert card.files[0].description == (
        "Papers and citations of Sasha Luccioni per year, 2017 to 2026. Most papers in 2024: 18. "
        "Most citations in 2025: 1,611. 2026 is not over."
    )


async def test_author_card_with_numbers_of_several_sources_names_each() -> None:
    ours = Figure(value=15, source="Hoopoe", as_of=date(2026, 5, 30), at_least=True)
    author = make_profile(paper_count=ours)
    card = await render_answer(AuthorAnswer(author=author, top=(), unreachable=("OpenAlex",)), now=NOW)
    assert ("Papers", "at least **15**", True) in fields(card)
    assert card.embeds[0].footer.text == (
        "h-index, Citations, i10-index: OpenAlex, May 29, 2026 · Papers: Hoopoe, May 30, 2026 · "
        "OpenAlex does not answer; data of May 29, 2026"
    )


async def test_author_card_of_a_printed_name_shows_only_what_is_known() -> None:
    bare = make_author(
        id=None, primary_category=None, h_index=None, paper_count=None, citation_count=None, scores=()
    )
    card = await render_answer(AuthorAnswer(author=bare, top=()), now=NOW)
    assert fields(card) == []
    assert card.embeds[0].description is None
    assert labels(card) == ["arXiv"]


async def test_author_card_of_somebody_invented_links_nowhere() -> None:
    card = await render_answer(AuthorAnswer(author=make_profile(invented=True), top=()), now=NOW)
    assert labels(card) == ["Papers", "Follow"]
    assert card.embeds[0].url is None
    assert "invented" in (card.embeds[0].footer.text or "")


@pytest.mark.parametrize("years", [(), make_years()[:1]], ids=["none", "one"])
async def test_author_card_without_two_years_has_no_chart(years: tuple) -> None:
    card = await render_answer(AuthorAnswer(author=make_author(years=years), top=()), now=NOW)
    assert card.files == ()
    assert card.embeds[0].image.url is None


async def test_paper_card_of_a_full_paper_reads_in_this_order() -> None:
    paper = make_paper(
        summary="Seven kinds of impact can be measured.",
        summary_source="Semantic Scholar",
        journal_reference="Handbook of Generative AI (2024)",
        code_url="https://github.com/example/impact",
        citation_count=Figure(value=1234, source="OpenAlex", as_of=SEEN),
        scores=(SourceScore(source="Scholar Feed", label="Score", value=95.5, as_of=SEEN),),
    )
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)

    assert card.embeds[0].to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": 0x4C7DBF,
        "title": "Evaluating the Social Impact of Generative AI Systems in Systems and Society",
        "url": "https://arxiv.org/abs/2306.05949",
        "description": "Irene Solaiman, Zeerak Talat, William Agnew *et al.*\nallen-ai, cmu"
        f"{GAP}Computers and Society · Jun 9, 2023 · v4 · [Code](https://github.com/example/impact) · "
        "**1,234** citations\nHandbook of Generative AI (2024)"
        f"{GAP}> Seven kinds of impact can be measured. *Semantic Scholar*\n\n{paper.abstract}",
        "fields": [
            {"name": "Scholar Feed, May 29, 2026", "value": "Score **95.5**", "inline": False},
        ],
        "footer": {"text": "arXiv:2306.05949 · arXiv and OpenAlex, May 29, 2026"},
    }
    assert labels(card) == ["PDF", "Code"]
    assert_valid(card)


async def test_paper_card_with_a_long_abstract_is_cut_honestly_and_offers_the_rest() -> None:
    paper = make_paper(abstract="A sentence about energy. " * 200)
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)
    assert (card.embeds[0].description or "").endswith("…")
    assert ids(card) == ["abstract:1"]
    whole = render_full_abstract(paper)
    assert "".join(embed.description or "" for embed in whole.embeds) == paper.abstract.strip()
    assert whole.ephemeral


async def test_paper_card_of_a_withdrawn_paper_says_so_first() -> None:
    card = await render_answer(PaperAnswer(paper=make_paper(withdrawn=True)), now=NOW)
    assert f"{GAP}**Withdrawn** · Computers and Society" in (card.embeds[0].description or "")


async def test_paper_card_of_an_invented_paper_links_nowhere() -> None:
    paper = make_paper(invented=True, code_url="https://code.example/1")
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)
    assert card.view is None
    assert "· Code" in (card.embeds[0].description or "")
    assert "http" not in (card.embeds[0].description or "")
    assert card.embeds[0].url is None
    assert "invented sample paper" in (card.embeds[0].footer.text or "")


async def test_paper_card_of_a_doi_with_parentheses_keeps_its_link_whole() -> None:
    paper = make_paper(arxiv_id=None, doi=Doi("10.1002/(sici)1097<693::aid>3.0.co;2-o"))
    page = Page(papers=(paper,), total=1)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert "](https://doi.org/10.1002/%28sici%291097%3C693::aid%3E3.0.co;2-o)" in everything(card)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://good.example@evil.example/", "data:text/html,x", "ftp://a/b"]
)
async def test_code_link_of_another_kind_is_left_out(url: str) -> None:
    card = await render_answer(PaperAnswer(paper=make_paper(code_url=url)), now=NOW)
    assert "Code" not in everything(card)


async def test_list_card_shows_three_lines_a_paper_and_pages() -> None:
    page = Page(papers=(RECENT, make_paper()), total=15, offset=5)
    request = ListRequest(title="Papers by Sasha Luccioni", sort=Sort.CITATIONS)
    card = await render_answer(ListAnswer(request=request, request_id=3, page=page), now=NOW)

    assert card.embeds[0].description == (
        "LG · May 13 · [Code](https://github.com/example/energy)\n"
        "[Towards Resource-Efficient LLMs: End-to-End Energy Accounting of Distillation Pipelines]"
        "(https://arxiv.org/abs/2605.13981)\n"
        f"Katherine Lambert, Sasha Luccioni{GAP}"
        "CY · Jun 9, 2023\n"
        "[Evaluating the Social Impact of Generative AI Systems in Systems and Society]"
        "(https://arxiv.org/abs/2306.05949)\n"
        "Irene Solaiman, Zeerak Talat, William Agnew *et al.* · allen-ai, cmu"
    )
    assert card.embeds[0].footer.text == "6–7 of 15 · newest first"  # no citations are known of these
    assert ids(card) == ["open:3:5", "list:3:0:back", "list:3:10:on"]
    menu = components(card)[0]
    assert [option["value"] for option in menu["options"]] == ["2", "1"]


async def test_list_card_says_most_cited_first_where_citations_are_known() -> None:
    cited = make_paper(citation_count=Figure(value=3, source="OpenAlex", as_of=NOW.date()))
    request = ListRequest(title="L", sort=Sort.CITATIONS)
    answer = ListAnswer(request=request, request_id=3, page=Page(papers=(cited,), total=1))
    card = await render_answer(answer, now=NOW)
    assert card.embeds[0].footer.text == "1 paper · most cited first"


@pytest.mark.parametrize(("offset", "expected"), [(0, "1–1 of 9 · newest first"), (5, "6–6 of 9")])
async def test_list_card_of_uncounted_papers_does_not_claim_to_rank_them(offset: int, expected: str) -> None:
    page = Page(papers=(make_paper(),), total=9, offset=offset)
    request = ListRequest(title="L", sort=Sort.CITATIONS)
    card = await render_answer(ListAnswer(request=request, request_id=1, page=page), now=NOW)
    assert card.embeds[0].footer.text == expected


async def test_list_card_names_nobody_twice_in_a_line() -> None:
    names = ("Harshvardhan J. Pandit", "Dick A. H. Blankvoort", "Dick A. H. Blankvoort", "Sasha Luccioni")
    paper = make_paper(authors=tuple(Authorship(name=name) for name in names))
    page = Page(papers=(paper,), total=1)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert "Harshvardhan J. Pandit, Dick A. H. Blankvoort, Sasha Luccioni" in everything(card)
    assert card.embeds[0].footer.text == "1 paper · best match first"
    assert ids(card) == ["open:1:0"]


async def test_list_card_of_the_first_page_keeps_both_buttons_in_place() -> None:
    page = Page(papers=(RECENT,) * 5, total=1000, more_than=True)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert [part.get("disabled") for part in components(card)[1:]] == [True, False]
    assert card.embeds[0].footer.text == "1–5 of more than 1,000 · best match first"


async def test_list_card_without_papers_says_what_to_try() -> None:
    where = PaperFilter(category="cs.CY", has_code=True, since=date(2026, 1, 1))
    request = ListRequest(title="Search: glosslighting", query="glosslighting", where=where)
    card = await render_answer(
        ListAnswer(request=request, request_id=1, page=Page(papers=(), total=0)), now=NOW
    )
    assert (card.embeds[0].description or "").startswith("No paper matches.")
    assert "all categories instead of cs.CY" in (card.embeds[0].description or "")
    assert card.view is None


def test_announcement_of_one_paper_says_why_and_always_offers_the_abstract() -> None:
    card = render_announcement(make_announcement(), [make_paper(abstract="Energy. " * 200)], now=NOW)
    assert card.embeds[0].author.name == "author Emma Strubell · topic: energy"
    assert ids(card) == ["announcement:77:1"]
    description = card.embeds[0].description or ""
    assert description.endswith("…")
    assert 500 < len(description.rpartition("\n")[2]) <= 600

    short = render_announcement(make_announcement(), [make_paper(abstract="Short.")], now=NOW)
    assert ids(short) == ["announcement:77:1"]


def test_announcement_of_forty_papers_is_one_message_with_every_title_and_link() -> None:
    papers = [
        make_paper(
            id=number, arxiv_id=ArxivId(f"2605.{number:05}"), title=f"Paper {number} " + "on energy " * 30
        )
        for number in range(1, 41)
    ]
    deliveries = tuple(
        make_delivery(
            id=number, paper_id=number, reasons=("category cs.CY",) if number % 2 else ("topic: energy",)
        )
        for number in range(1, 41)
    )
    card = render_announcement(make_announcement(deliveries=deliveries), papers, now=NOW)

    assert_valid(card)
    shown = everything(card)
    assert all(f"(https://arxiv.org/abs/2605.{number:05})" in shown for number in range(1, 41))
    assert all(f"[Paper {number} on energy" in shown for number in range(1, 41))
    assert shown.count("**category cs.CY**") == shown.count("**topic: energy**") == 1
    assert ids(card) == ["announcement:77:0"]


def test_announcement_of_more_papers_than_fit_says_how_many_do() -> None:
    assert count_fitting([make_paper()] * 3) == 3
    assert count_fitting([make_paper()] * 100) == BATCH_LIMIT == 40


def test_announcement_of_invented_papers_names_their_ids() -> None:
    papers = [make_paper(id=n, invented=True, arxiv_id=ArxivId(f"2605.9900{n}")) for n in (1, 2)]
    deliveries = tuple(make_delivery(id=n, paper_id=n) for n in (1, 2))
    card = render_announcement(make_announcement(deliveries=deliveries), papers, now=NOW)
    assert "2605.99001" in everything(card)
    assert "https://" not in everything(card)


async def test_watch_card_previews_what_it_would_bring_and_can_be_undone() -> None:
    answer = WatchAnswer(watch=make_category_watch(), listed=(RECENT,), matched_30_days=1212)
    card = await render_answer(answer, now=NOW)
    embed = card.embeds[0]
    assert embed.title == "Watching category cs.CY"
    assert embed.description == (
        f"New papers are posted in <#{CHANNEL.id}>.{GAP}**Already listed, so not announced**\n"
        f"- [{RECENT.title}](https://arxiv.org/abs/2605.13981) · May 13"
    )
    assert fields(card) == [("Last 30 days", "**1,212**", True)]
    assert ids(card) == ["watch:12:remove"]


async def test_watch_card_of_a_silent_feed_says_where_it_begins() -> None:
    answer = WatchAnswer(watch=make_category_watch(), feed_answered=False)
    card = await render_answer(answer, now=NOW)
    assert "arXiv's feed did not answer" in (card.embeds[0].description or "")


async def test_watch_that_stood_before_is_not_called_new() -> None:
    card = await render_answer(WatchAnswer(watch=make_watch(), existed=True), now=NOW)
    assert card.embeds[0].title == "Already watching author Emma Strubell"


async def test_watches_card_lists_them_with_state_and_menu() -> None:
    paused = make_topic_watch(id=14, paused_reason="the channel no longer exists")
    direct = make_watch(id=13, place=Place(kind=PlaceKind.DIRECT, id=42), has_code=True)
    card = await render_answer(WatchesAnswer(watches=(direct, paused)), now=NOW)
    assert card.embeds[0].title == "2 watches"
    assert card.embeds[0].description == (
        f"**author Emma Strubell**\nin direct messages · since May 20 · with code{GAP}"
        f'**topic: "energy use"**\nin <#{CHANNEL.id}> · since May 20 · paused: the channel no longer exists'
    )
    assert ids(card) == ["watches:0"]


async def test_single_paused_watch_can_be_resumed_or_removed() -> None:
    paused = make_watch(paused_reason="the channel no longer exists")
    card = await render_answer(WatchesAnswer(watches=(paused,)), now=NOW)
    assert ids(card) == ["watch:12:resume", "watch:12:remove"]


async def test_no_watches_card_says_how_to_create_one() -> None:
    card = await render_answer(WatchesAnswer(watches=()), now=NOW)
    assert "`/watch author`" in (card.embeds[0].description or "")


async def test_removed_and_resumed_cards_name_the_watch() -> None:
    removed = await render_answer(RemovedAnswer(watch=make_watch()), now=NOW)
    resumed = await render_answer(ResumedAnswer(watch=make_watch(), held=3), now=NOW)
    assert removed.embeds[0].title == "No longer watching author Emma Strubell"
    assert "3 papers that waited will be sent now" in (resumed.embeds[0].description or "")


def test_not_found_card_offers_the_nearest_as_buttons() -> None:
    near = (make_author(id=8, name="Sasha Lucas"), make_author(id=9, name="Sascha Lutz"))
    card = render_error(NotFound("Sasha Lucioni", authors=near, papers=(make_paper(),) * 3), "a1b2c3")
    assert card.embeds[0].title == "Nothing found for Sasha Lucioni"
    assert ids(card) == ["near:author:8", "near:author:9", "near:paper:1"]
    assert "`2306.05949`" in (card.embeds[0].description or "")
    assert card.embeds[0].footer.text is None
    assert card.ephemeral


def test_not_found_card_offers_nobody_twice() -> None:
    card = render_error(NotFound("x", authors=(make_author(), make_author())))
    assert ids(card) == ["near:author:7"]


def test_ambiguous_author_card_tells_candidates_apart_and_keeps_the_name() -> None:
    one = make_author(id=1, name="Wei Wang", primary_category="cs.CV", institutions=("Peking University",))
    two = make_author(id=2, name="Wei Wang", primary_category="hep-ph", citation_count=None)
    card = render_error(AmbiguousAuthor("Wei Wang", [(one, "Seeing Things"), (two, None)]), asker=42)
    menu = components(card)[0]
    assert menu["custom_id"] == "choose:42:Wei Wang"
    assert menu["options"][0]["description"] == (
        "Computer Vision and Pattern Recognition · Peking University · Seeing Things"
    )
    assert "**Wei Wang** · High Energy Physics - Phenomenology" in (card.embeds[0].description or "")


def test_source_that_is_down_is_named_with_what_to_do() -> None:
    card = render_error(SourceUnavailable("arXiv", "503 from export.arxiv.org"), "a1b2c3")
    assert card.embeds[0].description == "arXiv does not answer; try again in a few minutes."
    assert card.embeds[0].footer.text == "Reference a1b2c3"


def test_unknown_error_shows_the_reference_and_never_its_text() -> None:
    card = render_error(RuntimeError("token=secret /work/path"), "a1b2c3")
    assert "secret" not in everything(card)
    assert card.embeds[0].footer.text == "Reference a1b2c3"


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (NotFound("x"), logging.INFO),
        (NotAllowed("Manage Server"), logging.INFO),
        (RateLimited("OpenAlex", "429"), logging.WARNING),
        (SourceChanged("arXiv", "HTML"), logging.ERROR),
        (StorageError("x"), logging.ERROR),
        (RuntimeError("x"), logging.ERROR),
    ],
)
def test_error_is_logged_as_loudly_as_it_deserves(error: Exception, level: int) -> None:
    assert present(error).level == level


def subclasses(kind: type[HoopoeError]) -> set[type[HoopoeError]]:
    """Return all classes below."""
    return {kind}.union(*(subclasses(child) for child in kind.__subclasses__()))


def test_every_error_has_words_of_its_own() -> None:
    """Nobody who asked for something reads "Something went wrong"."""
    made: dict[str, HoopoeError] = {
        "InvalidInput": InvalidTopic("(", "a word", 2),
        "LimitReached": LimitReached("watches", 50),
        "NotAllowed": NotAllowed("Manage Server"),
        "AmbiguousAuthor": AmbiguousAuthor("x", ()),
        "NotFound": NotFound("x"),
    }
    for kind in subclasses(UserError) | subclasses(SourceError) | subclasses(StorageError):
        if kind.__module__ != "bot.errors" or kind is UserError:
            continue
        if issubclass(kind, SourceError):
            error: HoopoeError = kind("arXiv", "503")
        elif issubclass(kind, StorageError):
            error = kind("busy")
        else:
            error = next(made[base.__name__] for base in kind.__mro__ if base.__name__ in made)
        assert present(error).title != "Something went wrong"
