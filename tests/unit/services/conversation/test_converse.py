"""Sentences answered over a real catalogue, with sources that a test fills."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards.answers import render_answer
from bot.cards.conditions import conditions
from bot.cards.labels import list_title
from bot.domain.feeds import Feed, FeedItem, Validators
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, OpenAlexId, Orcid
from bot.domain.papers import AnnounceType, Authorship
from bot.domain.schedule import Hours
from bot.domain.search import Sort
from bot.domain.watches import AuthorCriterion, CategoryCriterion, Every, Place, PlaceKind, TopicCriterion
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidIdentifier,
    InvalidInput,
    InvalidTopic,
    Missing,
    NotFound,
    SourceUnavailable,
)
from bot.services.answers import (
    AuthorAnswer,
    AuthorReferencesAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    HelpAnswer,
    HoursAnswer,
    ListAnswer,
    PaperAnswer,
    PapersAnswer,
    PausedAnswer,
    ReferenceAnswer,
    RemovedAnswer,
    ResumedAnswer,
    StatusAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)
from bot.services.conversation.converse import Conversation
from bot.services.conversation.languages import Languages
from bot.services.library import ReadingList
from bot.services.relations import Relations
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.words import speaking
from tests.factories import make_author, make_paper
from tests.unit.services.conftest import START, House

INES = 501
KOFI = 502
DIRECT = Place(kind=PlaceKind.DIRECT, id=INES)
SASHA = OpenAlexId("A5000000001")
ORCID = Orcid("0000-0002-1825-0097")

SOCIAL = make_paper(id=None, source="arXiv", fetched_at=START)
POWER = make_paper(
    id=None,
    arxiv_id=ArxivId("2311.16863"),
    title="Power Hungry Processing: Watts Driving the Cost of AI Deployment?",
    abstract="The carbon footprint of inference.",
    authors=(Authorship(name="Sasha Luccioni", openalex_id=SASHA), Authorship(name="Yacine Jernite")),
    primary_category="cs.LG",
    categories=("cs.LG",),
    submitted_at=datetime(2023, 11, 28, tzinfo=UTC),
    code_url="https://github.com/huggingface/energy",
    fetched_at=START,
)
RECENT = make_paper(
    id=None,
    arxiv_id=ArxivId("2611.00001"),
    title="Similar to Us: Compare and Contrast",
    abstract="A paper whose title reads like a wish.",
    authors=(Authorship(name="Sasha Luccioni", openalex_id=SASHA),),
    primary_category="cs.CY",
    categories=("cs.CY",),
    submitted_at=START - timedelta(days=2),
    announced_at=START - timedelta(days=1),
    fetched_at=START,
)
PROFILE = make_author(id=None, openalex_id=SASHA, orcid=ORCID, fetched_at=START)


@pytest.fixture
async def talk(house: House) -> Conversation:
    """Return a conversation over three papers and one author."""
    await house.stores.papers.save_papers([SOCIAL, POWER, RECENT])
    await house.stores.authors.save_author(PROFILE)
    return conversation(house)


def conversation(house: House) -> Conversation:
    status = Status(
        papers=house.stores.papers,
        deliveries=house.stores.deliveries,
        harvests=house.stores.harvests,
        state=house.stores.state,
        sources=(house.arxiv, house.openalex),
        accounts=house.stores.accounts,
        clock=house.clock,
        harvest_interval=timedelta(minutes=30),
    )
    return Conversation(
        lookup=house.lookup,
        search=house.search,
        watching=house.watching,
        harvester=house.harvester,
        relations=Relations(lookup=house.lookup, authors=house.stores.authors),
        library=ReadingList(lookup=house.lookup, library=house.stores.library, clock=house.clock),
        status=status,
        timetable=Timetable(house.stores.state),
        languages=Languages(house.stores.state),
        papers=house.stores.papers,
        authors=house.stores.authors,
        clock=house.clock,
    )


def titles(answer: object) -> list[str]:
    assert isinstance(answer, ListAnswer)
    return [paper.title for paper in answer.page.papers]


# Look-ups


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2306.05949", id="identifier"),
        pytest.param("can you look up https://arxiv.org/pdf/2306.05949v2 please?", id="link in a sentence"),
        pytest.param(SOCIAL.title.lower(), id="title"),
        pytest.param(f"the paper called “{SOCIAL.title}”", id="quoted title"),
    ],
)
async def test_answer_to_an_identifier_or_title_is_the_paper(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, PaperAnswer)
    assert answer.paper.arxiv_id == SOCIAL.arxiv_id


@pytest.mark.parametrize(
    "text",
    ["Sasha Luccioni", "sasha luccioni?", "who is Luccioni, Sasha?", "h-index of Sasha Luccioni", str(ORCID)],
)
async def test_answer_to_a_name_is_the_author(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, AuthorAnswer)
    assert answer.author.openalex_id == SASHA


@pytest.mark.parametrize(
    "text",
    [
        "is Sasha Luccioni a sustainability person",
        "sasha luccioni google scholar",
        "h-index of Sasha Luccionis",
        "Sasha Luccionis h-index please",
    ],
)
async def test_answer_to_a_known_name_among_other_words_is_the_author(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, AuthorAnswer)
    assert answer.author.openalex_id == SASHA


async def test_answer_to_a_known_name_among_words_for_papers_is_that_person_s_list(
    talk: Conversation,
) -> None:
    answer = await talk.answer("Sasha Luccioni first author papers", person=INES)

    assert isinstance(answer, ListAnswer)
    assert answer.request.author == "Sasha Luccioni"


async def test_answer_to_a_title_that_reads_like_a_wish_is_the_paper(talk: Conversation) -> None:
    answer = await talk.answer("Similar to us: compare and contrast", person=INES)

    assert isinstance(answer, PaperAnswer)


async def test_answer_to_words_is_a_search(talk: Conversation) -> None:
    assert titles(await talk.answer("carbon footprint inference", person=INES)) == [POWER.title]


async def test_answer_to_words_with_conditions_is_a_search_with_them(talk: Conversation) -> None:
    assert titles(await talk.answer("papers about footprint with code since 2023", person=INES)) == [
        POWER.title
    ]

    answer = await talk.answer("papers about footprint since 2025", person=INES)

    assert titles(answer) == []


async def test_answer_to_a_search_with_no_hit_here_asks_arxiv(house: House, talk: Conversation) -> None:
    house.arxiv.papers.append(
        make_paper(id=None, arxiv_id=ArxivId("2611.00002"), title="Hearing gravitational waves")
    )

    found = await talk.answer("papers about gravitational waves", person=INES)

    assert titles(found) == ["Hearing gravitational waves"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Power Hungry Processing", id="beginning of a title"),
        pytest.param("who wrote Power Hungry Processing?", id="question"),
        pytest.param("power watts deployment", id="words of one title"),
        pytest.param(f"Luccioni, S., Jernite, Y. {POWER.title} 2023.", id="reference"),
        pytest.param(f"{POWER.title} (2023)", id="title with year"),
    ],
)
async def test_answer_to_what_only_one_title_has_is_the_paper(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, PaperAnswer)
    assert answer.paper.arxiv_id == POWER.arxiv_id


@pytest.mark.parametrize(
    "text", ["carbon footprint inferenze", "some carbon footprint, or what inference is"]
)
async def test_answer_to_words_that_no_paper_has_all_of_is_the_nearest(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert titles(answer) == [POWER.title]
    assert isinstance(answer, ListAnswer)
    assert list_title(answer.request).startswith("Nearest to: carbon footprint")


async def test_answer_to_a_sentence_is_about_the_words_that_tell_something(talk: Conversation) -> None:
    answer = await talk.answer("is there a paper that shows the carbon footprint of planes?", person=INES)

    assert titles(answer) == [POWER.title]


@pytest.mark.parametrize("text", ["how do I get a daily digest at 7", "can you alert me?"])
async def test_answer_to_a_wish_for_news_of_nothing_asks_of_what(
    house: House, talk: Conversation, text: str
) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("Follow whom or what?")
    assert await house.stores.watches.list_watches(place=DIRECT) == ()


@pytest.mark.parametrize("text", ["papers by", "NOT", "what is", "()"])
async def test_answer_to_words_that_say_nothing_is_help(talk: Conversation, text: str) -> None:
    assert await talk.answer(text, person=INES) == HelpAnswer(about=text)


@pytest.mark.parametrize("text", ["luccioni", "S. Luccioni", "luccioni sasha", "Dr. Luccioni", "Luccioni S."])
async def test_answer_to_a_part_of_a_name_is_the_author(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, AuthorAnswer)
    assert answer.author.openalex_id == SASHA


async def test_answer_to_a_family_name_that_several_bear_asks_who_is_meant(
    house: House, talk: Conversation
) -> None:
    await house.stores.authors.save_author(
        make_author(id=None, name="Bruno Luccioni", openalex_id=OpenAlexId("A7"))
    )

    with pytest.raises(AmbiguousAuthor) as caught:
        await talk.answer("papers by Luccioni", person=INES)

    assert {one.name for one, _ in caught.value.candidates} == {"Sasha Luccioni", "Bruno Luccioni"}


async def test_answer_to_a_word_that_is_more_a_subject_than_a_name_is_a_search(
    house: House, talk: Conversation
) -> None:
    await house.stores.papers.save_papers(
        [
            make_paper(
                id=None,
                arxiv_id=ArxivId(f"2611.0100{number}"),
                title=f"Footprint of inference, part {number}",
                authors=(Authorship(name="Ada Footprint" if number == 1 else "Bo Li"),),
            )
            for number in (1, 2)
        ]
    )

    assert len(titles(await talk.answer("footprint", person=INES))) == 3


async def test_answer_to_papers_by_somebody_about_something_keeps_to_it(talk: Conversation) -> None:
    answer = await talk.answer("Luccioni's papers on carbon", person=INES)

    assert titles(answer) == [POWER.title]


async def test_answer_to_new_in_an_unknown_category_names_those_there_are(talk: Conversation) -> None:
    with pytest.raises(InvalidInput, match=r"cs\.CL"):
        await talk.answer("new in cs.XX", person=INES)


async def test_answer_to_an_unknown_person_s_identifier_says_that_nothing_is_found(
    talk: Conversation,
) -> None:
    with pytest.raises(NotFound):
        await talk.answer("0000-0001-5109-3700", person=INES)


async def test_answer_to_a_title_that_only_arxiv_knows_is_the_paper(house: House, talk: Conversation) -> None:
    title = "Attention Is All You Need"
    house.arxiv.papers.append(make_paper(id=None, arxiv_id=ArxivId("1706.03762"), title=title))

    answer = await talk.answer(title, person=INES)

    assert isinstance(answer, PaperAnswer)
    assert answer.paper.title == title


async def test_answer_to_an_ambiguous_name_asks_who_is_meant(house: House, talk: Conversation) -> None:
    await house.stores.authors.save_author(make_author(id=None, openalex_id=OpenAlexId("A5000000009")))

    with pytest.raises(AmbiguousAuthor):
        await talk.answer("papers by Sasha Luccioni", person=INES)


async def test_answer_to_a_misspelled_name_offers_the_nearest(talk: Conversation) -> None:
    with pytest.raises(NotFound) as caught:
        await talk.answer("Sasha Lucioni", person=INES)

    assert {author.name for author in caught.value.authors} == {"Sasha Luccioni"}


async def test_answer_to_a_malformed_identifier_says_so(talk: Conversation) -> None:
    with pytest.raises(InvalidIdentifier):
        await talk.answer("https://arxiv.org/abs/23.5949", person=INES)


async def test_answer_to_an_unknown_paper_names_the_silent_source(house: House, talk: Conversation) -> None:
    house.arxiv.down = house.openalex.down = True

    with pytest.raises(SourceUnavailable):
        await talk.answer("2401.99999", person=INES)


# Lists


async def test_answer_to_papers_by_lists_them_newest_first(talk: Conversation) -> None:
    answer = await talk.answer("Hi, can you show me papers by Sasha Luccioni please?", person=INES)

    assert titles(answer)[0] == RECENT.title
    assert set(titles(answer)) == {RECENT.title, POWER.title, SOCIAL.title}
    assert isinstance(answer, ListAnswer)
    assert answer.request.sort is Sort.NEWEST


async def test_answer_to_papers_by_with_conditions_keeps_to_them(talk: Conversation) -> None:
    answer = await talk.answer("papers by Sasha Luccioni since 2023 with code", person=INES)

    assert titles(answer) == [POWER.title]


async def test_answer_to_papers_by_two_people_are_those_they_share(talk: Conversation) -> None:
    assert titles(await talk.answer("papers by Sasha Luccioni and Yacine Jernite", person=INES)) == [
        POWER.title
    ]


async def test_answer_to_new_in_reads_a_feed_that_nobody_harvests(house: House, talk: Conversation) -> None:
    fresh = make_paper(id=None, arxiv_id=ArxivId("2611.00003"), title="Fresh", primary_category="math.NT")
    item = FeedItem(paper=fresh, announce_type=AnnounceType.NEW)
    house.arxiv.feeds["math.NT"] = Feed(
        categories=("math.NT",), dated=START, items=(item,), validators=Validators()
    )

    assert titles(await talk.answer("what's new in number theory today?", person=INES)) == ["Fresh"]


async def test_answer_to_new_in_without_arxiv_lists_what_is_there(house: House, talk: Conversation) -> None:
    house.arxiv.down = True

    answer = await talk.answer("new in cs.CY this week", person=INES)

    assert titles(answer) == [RECENT.title]
    assert isinstance(answer, ListAnswer)
    assert answer.unreachable == (Missing("arXiv"),)


# Following


async def test_follow_makes_watches_in_the_persons_direct_messages(house: House, talk: Conversation) -> None:
    for text in ("follow Sasha Luccioni", "follow cs.CY with code", 'follow "carbon footprint"'):
        answer = await talk.answer(text, person=INES)
        assert isinstance(answer, WatchAnswer)
        assert (answer.watch.place, answer.watch.owner_id) == (DIRECT, INES)

    listed = await talk.answer("following", person=INES)

    assert isinstance(listed, WatchesAnswer)
    author, category, topic = listed.watches
    assert isinstance(author.criterion, AuthorCriterion)
    assert category.criterion == CategoryCriterion(category="cs.CY")
    assert category.filters.has_code
    assert isinstance(topic.criterion, TopicCriterion)
    assert await talk.answer("what am I following?", person=KOFI) == WatchesAnswer(watches=())


async def test_follow_of_some_of_a_subject_narrows_the_watch(house: House, talk: Conversation) -> None:
    answer = await talk.answer("follow papers on carbon in cs.LG with a score above 70", person=INES)

    assert isinstance(answer, WatchAnswer)
    assert answer.watch.criterion == TopicCriterion(topic="carbon")
    assert answer.watch.narrowed == (CategoryCriterion(category="cs.LG"),)
    assert answer.watch.filters.min_score == 70


async def test_follow_of_an_author_about_something_narrows_the_watch(
    house: House, talk: Conversation
) -> None:
    answer = await talk.answer("follow Sasha Luccioni's work on carbon", person=INES)

    assert isinstance(answer, WatchAnswer)
    assert isinstance(answer.watch.criterion, AuthorCriterion)
    assert answer.watch.narrowed == (TopicCriterion(topic="carbon"),)


@pytest.mark.parametrize(
    ("follow", "unfollow"),
    [
        ("follow Sasha Luccioni", "stop following Sasha Luccioni"),
        ("follow Sasha Luccioni", "unfollow luccioni"),
        ("follow cs.CY", "unfollow Computers and Society"),
        ('follow "carbon footprint"', 'unfollow "Carbon Footprint"'),
        ('follow "carbon footprint"', "unfollow carbon footprint"),
        ("follow the topic ti:energy OR au:luccioni", "unfollow ti:energy OR au:luccioni"),
        ("follow papers like my reading list", "unfollow papers similar to the reading list"),
        ("follow papers like 2306.05949", "unfollow papers like arxiv.org/abs/2306.05949"),
    ],
)
async def test_unfollow_removes_the_one_watch_that_is_meant(
    house: House, talk: Conversation, follow: str, unfollow: str
) -> None:
    await talk.answer(follow, person=INES)
    await talk.answer("follow math.NT", person=INES)

    answer = await talk.answer(unfollow, person=INES)

    assert isinstance(answer, RemovedAnswer)
    [left] = (await house.watching.list_watches(place=DIRECT)).watches
    assert left.label == "category math.NT"


async def test_follow_with_another_rhythm_changes_the_watch_there_is(
    house: House, talk: Conversation
) -> None:
    first = await talk.answer("follow cs.CY", person=INES)
    answer = await talk.answer("make it weekly", person=INES)

    assert isinstance(first, WatchAnswer)
    assert isinstance(answer, WatchAnswer)
    assert answer.changed
    assert answer.watch.id == first.watch.id
    (kept,) = await house.stores.watches.list_watches(place=DIRECT)
    assert kept.manner.every is Every.WEEKLY


async def test_follow_without_a_rhythm_leaves_that_of_the_watch_there_is(
    house: House, talk: Conversation
) -> None:
    await talk.answer("follow cs.CY weekly", person=INES)
    answer = await talk.answer("follow cs.CY", person=INES)

    assert isinstance(answer, WatchAnswer)
    assert answer.existed
    (kept,) = await house.stores.watches.list_watches(place=DIRECT)
    assert kept.manner.every is Every.WEEKLY


@pytest.mark.parametrize("text", ["follow him", "folge ihm", "watch them daily"])
async def test_follow_of_nobody_in_particular_asks_whom(house: House, talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, WordsAnswer)
    assert "follow Sasha Luccioni" in answer.text
    assert await house.stores.watches.list_watches(place=DIRECT) == ()


async def test_unfollow_of_somebody_elses_watch_removes_nothing(house: House, talk: Conversation) -> None:
    await talk.answer("follow cs.CY", person=INES)
    await talk.answer("follow cs.LG", person=KOFI)

    answer = await talk.answer("unfollow cs.CY", person=KOFI)

    assert isinstance(answer, WordsAnswer)
    assert len((await house.watching.list_watches(place=DIRECT)).watches) == 1


@pytest.mark.parametrize("text", ["unfollow everything", "unfollow Sasha"])
async def test_unfollow_that_may_mean_several_lists_them_and_removes_none(
    house: House, talk: Conversation, text: str
) -> None:
    await house.stores.authors.save_author(
        make_author(id=None, name="Sasha Rush", openalex_id=OpenAlexId("A7"))
    )
    for follow in ("follow Sasha Luccioni", "follow Sasha Rush"):
        await talk.answer(follow, person=INES)

    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, WatchesAnswer)
    assert len(answer.watches) == 2
    assert len((await house.watching.list_watches(place=DIRECT)).watches) == 2


async def test_follow_of_a_topic_without_quotes_says_how_to_write_it(talk: Conversation) -> None:
    answer = await talk.answer("follow quantum _error_ correction", person=INES)

    assert isinstance(answer, WordsAnswer)
    assert 'follow "quantum \\_error\\_ correction"' in answer.text


async def test_follow_of_words_that_papers_are_about_makes_a_topic(talk: Conversation) -> None:
    answer = await talk.answer("keep me posted on carbon footprint", person=INES)

    assert isinstance(answer, WatchAnswer)
    assert answer.watch.criterion == TopicCriterion(topic="carbon footprint")


async def test_follow_of_an_unfinished_topic_says_where_it_fails(talk: Conversation) -> None:
    with pytest.raises(InvalidTopic):
        await talk.answer('follow the topic "carbon AND (', person=INES)


async def test_pause_holds_a_watch_until_it_is_resumed(house: House, talk: Conversation) -> None:
    await talk.answer("follow cs.CY", person=INES)
    answer = await talk.answer("pause cs.CY", person=INES)
    assert isinstance(answer, PausedAnswer)
    (watch,) = await house.stores.watches.list_watches(place=DIRECT)
    assert watch.paused_reason
    assert isinstance(await talk.answer("resume cs.CY", person=INES), ResumedAnswer)


async def test_pause_of_all_says_how_long_it_lasts(house: House, talk: Conversation) -> None:
    await talk.answer("follow cs.CY", person=INES)
    paused = await talk.answer("mute until monday", person=INES)
    assert isinstance(paused, WatchesAnswer)
    assert all(watch.paused_reason for watch in paused.watches)
    assert "until you write *resume everything*" in (
        (await render_answer(paused, now=START)).embeds[0].description or ""
    )

    resumed = await talk.answer("unmute everything", person=INES)
    assert isinstance(resumed, WatchesAnswer)
    assert not any(watch.paused_reason for watch in resumed.watches)
    assert "All is active again" in ((await render_answer(resumed, now=START)).embeds[0].description or "")


async def test_resume_makes_a_paused_watch_active(house: House, talk: Conversation) -> None:
    await talk.answer("follow cs.CY", person=INES)
    await house.stores.watches.pause_place(DIRECT, "closed direct messages")

    answer = await talk.answer("resume cs.CY", person=INES)

    assert isinstance(answer, ResumedAnswer)
    assert not answer.watch.paused_reason


# Commands in plain words, and what follows on an answer


async def test_answer_to_cite_is_the_reference(talk: Conversation) -> None:
    answer = await talk.answer("cite 2311.16863 as RIS", person=INES)
    assert isinstance(answer, ReferenceAnswer)
    assert (str(answer.paper.arxiv_id), answer.form) == ("2311.16863", "RIS")


async def test_answer_to_who_works_with_lists_coauthors(talk: Conversation) -> None:
    answer = await talk.answer("who works with Sasha Luccioni?", person=INES)
    assert isinstance(answer, CoauthorsAnswer)
    assert "Yacine Jernite" in [one.name for one in answer.network.coauthors]


async def test_answer_to_compare_holds_both(talk: Conversation) -> None:
    answer = await talk.answer("compare Sasha Luccioni and Yacine Jernite", person=INES)
    assert isinstance(answer, ComparisonAnswer)
    assert [one.author.name for one in answer.people] == ["Sasha Luccioni", "Yacine Jernite"]


async def test_saved_in_words_is_on_ones_own_list(talk: Conversation) -> None:
    await talk.answer("save 2311.16863", person=INES)
    assert titles(await talk.answer("my reading list", person=INES)) == [POWER.title]
    assert titles(await talk.answer("my reading list", person=KOFI)) == []
    await talk.answer("remove 2311.16863 from my reading list", person=INES)
    assert titles(await talk.answer("my reading list", person=INES)) == []


async def test_answers_build_on_the_one_before(talk: Conversation) -> None:
    listed = titles(await talk.answer("papers by Sasha Luccioni", person=INES))
    narrowed = titles(await talk.answer("only with code", person=INES))
    assert set(narrowed) < set(listed)
    opened = await talk.answer("the first one", person=INES)
    assert isinstance(opened, PaperAnswer)
    cited = await talk.answer("cite it", person=INES)
    assert isinstance(cited, ReferenceAnswer)
    assert cited.paper.title == opened.paper.title == narrowed[0]


async def test_follow_up_is_each_persons_own(talk: Conversation) -> None:
    await talk.answer("2311.16863", person=INES)
    assert isinstance(await talk.answer("cite it", person=INES), ReferenceAnswer)
    which = await talk.answer("cite it", person=KOFI)
    assert isinstance(which, WordsAnswer)
    assert which.text.startswith("Which paper?")


# Everything else


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", WordsAnswer),
        ("thank you!", WordsAnswer),
        ("trending in cs.CY", ListAnswer),
        ("help", HelpAnswer),
        ("status", StatusAnswer),
        ("\U0001f389", HelpAnswer),
        ("", HelpAnswer),
        ("\x00\u202e", HelpAnswer),
        ("xyzzy", HelpAnswer),
    ],
)
async def test_answer_to_everything_else_is_something(talk: Conversation, text: str, kind: type) -> None:
    assert isinstance(await talk.answer(text, person=INES), kind)


async def test_status_in_plain_words_leaves_out_what_the_command_shows_to_organizers(
    talk: Conversation,
) -> None:
    answer = await talk.answer("status", person=INES)

    assert isinstance(answer, StatusAnswer)
    assert (answer.sources, answer.feeds) == ((), ())


@pytest.mark.parametrize(
    "what", ["lorem ipsum " * 420, "\\alpha_{" * 700, "@everyone " * 500, "\u202ea\u0000" * 1500]
)
async def test_answer_to_a_very_long_text_is_something_short(talk: Conversation, what: str) -> None:
    answer = await talk.answer(what, person=INES)

    assert isinstance(answer, HelpAnswer)
    assert len(answer.about) <= 120


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=80)
    | st.sampled_from(["papers by ", "new in ", "follow ", "unfollow ", "cite ", "search "]).flatmap(
        lambda start: st.text(max_size=30).map(lambda rest: start + rest)
    )
)
async def test_answer_to_any_text_raises_nothing_but_ours(talk: Conversation, text: str) -> None:
    with suppress(HoopoeError):
        assert await talk.answer(text, person=INES) is not None


async def test_following_a_paper_asks_whether_its_citations_or_its_like_are_meant(house: House) -> None:
    answer = await conversation(house).answer("follow 2306.05949", person=7)

    assert isinstance(answer, WordsAnswer)
    assert "follow citations of 2306.05949" in answer.text
    assert "follow papers like 2306.05949" in answer.text


# Hours


async def test_hours_are_changed_and_shown_in_plain_words(house: House) -> None:
    talk = conversation(house)
    await talk.answer("set my time zone to Berlin", person=7)
    await talk.answer("digest at 7 pm please", person=7)
    await talk.answer("quiet hours from 22 to 7", person=7)

    shown = await talk.answer("my settings", person=7)

    assert isinstance(shown, HoursAnswer)
    hours = Hours(time_zone="Europe/Berlin", digest_hour=19, quiet_from=22, quiet_until=7)
    assert (shown.hours, shown.changed) == (hours, False)
    assert await Timetable(house.stores.state).hours(Place(kind=PlaceKind.DIRECT, id=7)) == hours


@pytest.mark.parametrize("text", ["time zone Atlantis", "digest at 25", "quiet hours 7"])
async def test_hours_that_cannot_be_are_refused(house: House, text: str) -> None:
    with pytest.raises(InvalidInput):
        await conversation(house).answer(text, person=7)


async def test_language_that_is_asked_for_is_spoken_and_remembered(house: House, talk: Conversation) -> None:
    with speaking("en"):
        answer = await talk.answer("speak German", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert "Deutsch" in answer.text
    assert await Languages(house.stores.state).of(INES) == "de"


async def test_german_sentence_finds_what_the_english_one_does(talk: Conversation) -> None:
    german = await talk.answer("Arbeiten von Sasha Luccioni", person=INES)
    assert titles(german) == titles(await talk.answer("papers by Sasha Luccioni", person=INES))


async def test_papers_are_listed_by_citations_from_all_years(talk: Conversation) -> None:
    answer = await talk.answer("most cited papers in cs.CY", person=INES)
    assert isinstance(answer, ListAnswer)
    assert answer.request.sort is Sort.CITATIONS
    assert answer.request.title == "Papers in {field}"
    assert set(titles(answer)) == {SOCIAL.title, RECENT.title}


@pytest.mark.parametrize("text", ["most cited papers in cs.CY", "papers in cs.CY in 2023"])
async def test_feed_is_not_read_where_nothing_new_is_asked_for(
    house: House, talk: Conversation, text: str
) -> None:
    house.arxiv.down = True
    answer = await talk.answer(text, person=INES)
    assert isinstance(answer, ListAnswer)
    assert (answer.request.title, answer.unreachable) == ("Papers in {field}", ())


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("papers with score above 80", None),
        ("papers in cs.CY with novelty over 50", None),
        ("papers with score above 80 since 2026-11-01", date(2026, 11, 1)),
    ],
)
async def test_papers_of_a_least_number_are_listed_from_all_years(
    talk: Conversation, text: str, since: date | None
) -> None:
    answer = await talk.answer(text, person=INES)
    assert isinstance(answer, ListAnswer)
    assert answer.request.where.announced_since == since
    assert list_title(answer.request).startswith("New in " if since else "Papers in ")


async def test_after_a_list_its_most_cited_paper_is_cited(house: House, talk: Conversation) -> None:
    cited = replace(POWER, citation_count=Figure(value=9, source="a test", as_of=START.date()))
    await house.stores.papers.save_papers([cited])
    await talk.answer("papers by Sasha Luccioni", person=INES)

    answer = await talk.answer("cite the most cited one", person=INES)

    assert isinstance(answer, ReferenceAnswer)
    assert answer.paper.title == POWER.title


async def test_after_a_list_the_most_cited_is_shown(house: House, talk: Conversation) -> None:
    cited = replace(POWER, citation_count=Figure(value=9, source="a test", as_of=START.date()))
    await house.stores.papers.save_papers([cited])
    await talk.answer("papers by Sasha Luccioni", person=INES)

    answer = await talk.answer("which one is the most cited?", person=INES)

    assert isinstance(answer, PaperAnswer)
    assert answer.paper.title == POWER.title


@pytest.mark.parametrize("text", ["which one is the most cited?", "cite the most cited one"])
async def test_where_no_citations_are_known_no_paper_is_the_most_cited(
    house: House, talk: Conversation, text: str
) -> None:
    uncited = [replace(one, citation_count=None) for one in (SOCIAL, POWER)]
    assert all(one.citation_count is None for one in await house.stores.papers.save_papers(uncited))
    await talk.answer("papers by Sasha Luccioni", person=INES)

    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("How often")


async def test_empty_list_has_no_newest_paper(talk: Conversation) -> None:
    await talk.answer("papers about footprint since 2025", person=INES)

    answer = await talk.answer("which one is the newest?", person=INES)

    assert answer == WordsAnswer(text="That list shows 0 papers here.")


async def test_newcomer_to_a_subject_asks_for_its_papers(talk: Conversation) -> None:
    answer = await talk.answer("I'm new to carbon footprint, what should I read?", person=INES)

    assert titles(answer) == [POWER.title]


async def test_after_a_search_those_with_somebody_are_listed(talk: Conversation) -> None:
    await talk.answer("papers on carbon", person=INES)

    assert titles(await talk.answer("the ones with Yacine Jernite", person=INES)) == [POWER.title]


@pytest.mark.parametrize(
    ("text", "title", "shown"),
    [
        ("new in cs.CY last week", "Papers in Computers and Society (cs.CY)", "Nov 16 to Nov 22"),
        ("what's new in cs.CY this week", "New in Computers and Society (cs.CY)", "announced since Nov 23"),
        ("new in cs.CY yesterday", "New in Computers and Society (cs.CY)", "announced since Nov 23"),
    ],
)
async def test_new_in_a_time_that_is_over_ends_where_it_was_said_to(
    talk: Conversation, text: str, title: str, shown: str
) -> None:
    answer = await talk.answer(text, person=INES)

    assert isinstance(answer, ListAnswer)
    assert list_title(answer.request) == title
    assert conditions(answer.request, START.date()) == shown


@pytest.mark.parametrize(
    ("asked", "narrowed", "title", "papers"),
    [
        ("new in cs.CY", "from 2023", "Papers in Computers and Society (cs.CY)", {SOCIAL.title}),
        ("new in cs.CY", "since 2023", "New in Computers and Society (cs.CY)", {RECENT.title}),
        ("papers in cs.CY in 2023", "only in cs.LG", "Papers in Machine Learning (cs.LG)", {POWER.title}),
        ("papers from 2023", "only in cs.LG", "Papers in Machine Learning (cs.LG)", {POWER.title}),
        ("what's new", "with code", "New in the catalogue", set()),
        (
            "new in cs.CY",
            "a longer time",
            "Papers in Computers and Society (cs.CY)",
            {SOCIAL.title, RECENT.title},
        ),
        ("papers in cs.LG in 2023", "all categories", "Papers in the catalogue", {SOCIAL.title, POWER.title}),
        (
            "papers by Sasha Luccioni",
            "only those about carbon",
            "Papers by Sasha Luccioni about carbon",
            {POWER.title},
        ),
        (
            "papers about carbon OR wish",
            "those about inference",
            "Search: carbon OR wish inference",
            {POWER.title},
        ),
        (
            "papers about carbon OR wish",
            "not the ones about inference",
            'Search: carbon OR wish -"inference"',
            {RECENT.title},
        ),
        ("new in cs.CY", "only those about wish", "Search: wish", {RECENT.title}),
    ],
)
async def test_narrowed_list_is_called_what_it_is(
    talk: Conversation, asked: str, narrowed: str, title: str, papers: set[str]
) -> None:
    await talk.answer(asked, person=INES)
    answer = await talk.answer(narrowed, person=INES)
    assert isinstance(answer, ListAnswer)
    assert (list_title(answer.request), set(titles(answer))) == (title, papers)


@pytest.mark.parametrize("text", ["papers about carbon before 1995", "carbon footprint before 1995"])
async def test_search_that_conditions_leave_empty_is_an_empty_list(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)
    assert isinstance(answer, ListAnswer)
    assert (answer.page.total, answer.request.where.until) == (0, date(1994, 12, 31))


async def test_list_of_no_category_is_of_the_catalogue(talk: Conversation) -> None:
    answer = await talk.answer("what's new?", person=INES)
    assert isinstance(answer, ListAnswer)
    assert list_title(answer.request) == "New in the catalogue"


async def test_place_that_the_list_does_not_have_is_said(talk: Conversation) -> None:
    await talk.answer("papers by Sasha Luccioni", person=INES)
    answer = await talk.answer("the fifth one", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text == "That list shows 3 papers here."


async def test_place_of_a_later_page_is_told_how_to_get_there(house: House) -> None:
    for number in range(6):
        await house.stores.papers.save_papers(
            [make_paper(id=None, arxiv_id=ArxivId(f"2401.0000{number}"), title=f"Energy {number}")]
        )
    talk = conversation(house)
    await talk.answer("papers about energy", person=INES)
    answer = await talk.answer("the sixth one", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text == "That list shows 5 papers here; *more* turns the page."


async def test_misspelled_search_is_answered_as_it_was_meant(house: House) -> None:
    for number in range(3):
        await house.stores.papers.save_papers(
            [make_paper(id=None, arxiv_id=ArxivId(f"2401.0000{number}"), title="Energy consumption")]
        )
    answer = await conversation(house).answer("papers about enregy consumtion", person=INES)
    assert isinstance(answer, ListAnswer)
    assert answer.request.query == "energy consumption"
    assert len(titles(answer)) == 3


async def test_papers_of_one_message_are_all_shown(talk: Conversation) -> None:
    answer = await talk.answer("have you seen arXiv:2311.16863 and 2611.00001?", person=INES)
    assert isinstance(answer, PapersAnswer)
    assert [paper.title for paper in answer.papers] == [POWER.title, RECENT.title]
    assert answer.named == 2
    some = await talk.answer("2311.16863, 2311.99999 and 2611.00001", person=INES)
    assert isinstance(some, PapersAnswer)
    assert (len(some.papers), some.named) == (2, 3)
    one = await talk.answer("2311.16863 or 9912.99999", person=INES)
    assert isinstance(one, PaperAnswer)


async def test_pasted_entry_with_a_formula_finds_its_paper(house: House, talk: Conversation) -> None:
    title = r"Measurement of top quarks at $\sqrt{s}=13$ TeV"
    await house.stores.papers.save_papers(
        [
            make_paper(id=None, arxiv_id=ArxivId("2001.00001"), title=title, fetched_at=START),
            make_paper(id=None, arxiv_id=ArxivId("2001.00002"), title=f"{title} with jets", fetched_at=START),
        ]
    )
    answer = await talk.answer(
        r"@article{x, title={{Measurement} of top quarks at {$\sqrt{s}=13$} {TeV}}}", person=INES
    )
    assert isinstance(answer, PaperAnswer)
    assert answer.paper.title == title


async def test_yes_goes_on_with_the_name_that_was_offered(talk: Conversation) -> None:
    with pytest.raises(NotFound) as failed:
        await talk.answer("papers by Sasha Lucioni since 2023", person=INES)
    assert [one.name for one in failed.value.authors] == ["Sasha Luccioni"]

    answer = await talk.answer("yes", person=INES)
    assert isinstance(answer, ListAnswer)
    assert (answer.request.author, answer.request.where.since) == ("Sasha Luccioni", date(2023, 1, 1))


async def test_yes_after_an_unknown_name_to_follow_follows_the_topic(talk: Conversation) -> None:
    await talk.answer("follow gloss lighting", person=INES)
    answer = await talk.answer("ja bitte", person=INES)
    assert isinstance(answer, WatchAnswer)
    assert answer.watch.criterion == TopicCriterion(topic='"gloss lighting"')


async def test_papers_by_both_are_joint_papers(talk: Conversation) -> None:
    await talk.answer("compare Sasha Luccioni and Yacine Jernite", person=INES)
    answer = await talk.answer("papers by both of them together", person=INES)
    assert isinstance(answer, ListAnswer)
    assert titles(answer) == [POWER.title]


async def test_joint_papers_that_there_are_none_of_are_said_so(talk: Conversation) -> None:
    await talk.answer("compare Irene Solaiman and Yacine Jernite", person=INES)
    answer = await talk.answer("gemeinsame Arbeiten", person=INES)
    assert answer == WordsAnswer(
        text="The catalogue has no paper by Irene Solaiman and Yacine Jernite together."
    )


async def test_papers_about_something_that_there_are_none_of_are_said_so(talk: Conversation) -> None:
    answer = await talk.answer("papers by Sasha Luccioni about volcanoes", person=INES)
    assert answer == WordsAnswer(text="The catalogue has no paper by Sasha Luccioni about volcanoes.")


async def test_wish_for_a_channel_is_told_what_to_type_there(talk: Conversation) -> None:
    await talk.answer("follow cs.CY", person=INES)
    answer = await talk.answer("no, in #papers", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert "`/watch category category:cs.CY channel:#papers`" in answer.text
    assert "*unfollow cs.CY*" in answer.text


async def test_offer_of_several_stands_while_it_is_asked_which(house: House, talk: Conversation) -> None:
    await house.stores.papers.save_papers(
        [
            make_paper(
                id=None,
                arxiv_id=ArxivId(f"2001.0000{number}"),
                title=f"Paper {number}",
                authors=(Authorship(name=name),),
                fetched_at=START,
            )
            for number, name in enumerate(("Quentin Ashfeld", "Quentin Ashfeldt"), 1)
        ]
    )
    with pytest.raises(NotFound) as failed:
        await talk.answer("papers by Quentin Ashfel", person=INES)
    assert len(failed.value.authors) == 2

    assert isinstance(await talk.answer("yes", person=INES), WordsAnswer)
    answer = await talk.answer("yes, number 2", person=INES)
    assert isinstance(answer, ListAnswer)
    assert answer.request.author == failed.value.authors[1].name


async def test_exported_list_of_an_author_keeps_its_conditions(talk: Conversation) -> None:
    await talk.answer("papers by Sasha Luccioni with code", person=INES)
    answer = await talk.answer("export them as ris", person=INES)
    assert isinstance(answer, AuthorReferencesAnswer)
    assert ([paper.title for paper in answer.papers], answer.form) == ([POWER.title], "RIS")

    card = await render_answer(answer, now=START)
    assert card.content == "1 paper by Sasha Luccioni as RIS: with code."
    assert card.view is None


async def test_reference_whose_name_several_bear_is_told_by_its_year(
    talk: Conversation, house: House
) -> None:
    ashish, sharan = (
        make_paper(
            id=None,
            arxiv_id=ArxivId(number),
            title=title,
            authors=(Authorship(name=name),),
            submitted_at=datetime(year, 6, 12, tzinfo=UTC),
        )
        for number, title, name, year in (
            ("1706.03762", "Attention Is All You Need", "Ashish Vaswani", 2017),
            ("1506.03763", "Influence Maximization under Cascades", "Sharan Vaswani", 2015),
        )
    )
    await house.stores.papers.save_papers([ashish, sharan])

    assert titles(await talk.answer("Vaswani et al. 2017", person=INES)) == [ashish.title]
    with pytest.raises(AmbiguousAuthor):
        await talk.answer("Vaswani", person=INES)


async def test_search_without_something_leaves_it_out_unless_papers_say_so_themselves(
    talk: Conversation, house: House
) -> None:
    detection, yolo, labels = (
        make_paper(id=None, arxiv_id=ArxivId(number), title=title, abstract=abstract)
        for number, title, abstract in (
            ("2001.00001", "Object Detection by Wavelets", "We detect."),
            ("2001.00002", "Object Detection in Streets", "We use YOLO."),
            ("2001.00003", "Object Detection in Fields", "We train without labels."),
        )
    )
    await house.stores.papers.save_papers([detection, yolo, labels])

    without = await talk.answer("papers on object detection without YOLO", person=INES)
    assert isinstance(without, ListAnswer)
    assert set(titles(without)) == {detection.title, labels.title}
    assert list_title(without.request) == "Search: object detection -yolo"
    with_words = await talk.answer("papers on object detection without labels", person=INES)
    assert titles(with_words) == [labels.title]


async def test_follow_without_something_excludes_its_words(talk: Conversation) -> None:
    answer = await talk.answer("follow cs.CY but no surveys or reviews", person=INES)

    assert isinstance(answer, WatchAnswer)
    assert answer.watch.filters.exclude == ("review*", "survey*")


async def test_question_for_how_many_is_answered_before_the_list(talk: Conversation) -> None:
    answer = await talk.answer("how many papers by Sasha Luccioni since 2023?", person=INES)
    assert isinstance(answer, ListAnswer)
    card = await render_answer(answer, now=START)

    total = answer.page.total
    assert str(card.embeds[0].description).startswith(f"**{total} papers** in the catalogue.\nsince 2023")
    again = await talk.answer("how many of them have code?", person=INES)
    assert isinstance(again, ListAnswer)
    assert again.counted
    assert again.request.where.has_code
    assert again.page.total == 1
    more = await talk.answer("back to the list", person=INES)
    assert isinstance(more, ListAnswer)
    assert not more.counted


async def test_institution_is_no_condition_and_a_yes_asks_without_it(talk: Conversation) -> None:
    answer = await talk.answer("papers from ETH Zurich on generative AI", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("I can't search by institution (ETH Zurich)")
    assert titles(await talk.answer("yes", person=INES)) == [SOCIAL.title]


@pytest.mark.parametrize("text", ["papers by Google DeepMind", "follow Google DeepMind"])
async def test_institution_that_signs_nothing_is_told_from_a_person(talk: Conversation, text: str) -> None:
    answer = await talk.answer(text, person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("I can't search by institution (Google DeepMind)")


async def test_conference_is_no_condition(talk: Conversation) -> None:
    answer = await talk.answer("best papers of NeurIPS 2020", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("I can't search by conference or journal (NeurIPS 2020)")


async def test_author_list_is_narrowed_to_the_papers_with_somebody(talk: Conversation) -> None:
    assert len(titles(await talk.answer("papers by Sasha Luccioni", person=INES))) == 3
    assert titles(await talk.answer("the ones with Jernite", person=INES)) == [POWER.title]


async def test_digest_between_hours_is_told_the_hours(talk: Conversation) -> None:
    answer = await talk.answer("digest at 23:30", person=INES)
    assert isinstance(answer, WordsAnswer)
    assert answer.text == "Digests come on the hour: write *digest at 23* or *digest at 0*."


async def test_follow_at_an_hour_sets_it(talk: Conversation, house: House) -> None:
    await talk.answer("follow cs.CY every day at 7", person=INES)

    (watch,) = (await house.watching.list_watches(place=DIRECT)).watches
    assert watch.manner.every is Every.DAILY
    assert (await Timetable(house.stores.state).hours(DIRECT)).digest_hour == 7


async def test_hour_of_what_is_not_followed_changes_nothing(talk: Conversation, house: House) -> None:
    before = await Timetable(house.stores.state).hours(DIRECT)

    with suppress(HoopoeError):
        await talk.answer("follow Nobody Whatever every day at 7", person=INES)

    assert not (await house.watching.list_watches(place=DIRECT)).watches
    assert await Timetable(house.stores.state).hours(DIRECT) == before


@pytest.mark.parametrize("text", ["no plans", "no worries", "no rush guys"])
async def test_stray_word_after_following_excludes_no_papers(
    talk: Conversation, house: House, text: str
) -> None:
    await talk.answer("follow cs.CY", person=INES)
    with suppress(HoopoeError):
        await talk.answer(text, person=INES)

    (watch,) = (await house.watching.list_watches(place=DIRECT)).watches
    assert not watch.filters.exclude


async def test_several_people_written_small_are_no_topic(talk: Conversation, house: House) -> None:
    answer = await talk.answer("follow sasha luccioni, yacine jernite", person=INES)

    assert isinstance(answer, WordsAnswer)
    assert answer.text.startswith("One at a time")
    assert not (await house.watching.list_watches(place=DIRECT)).watches
