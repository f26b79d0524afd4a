"""What a message means after the last answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.library import Shelf, ShelfKind
from bot.domain.orders import Setting
from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Page, PaperFilter, Sort
from bot.domain.watches import CategoryCriterion, Criterion, Every, Filters, TopicCriterion
from bot.errors import NotFound
from bot.services.answers import (
    AuthorAnswer,
    ComparisonAnswer,
    HelpAnswer,
    ListAnswer,
    PaperAnswer,
    PapersAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)
from bot.services.conversation.about_list import Beyond, Counted, First, Pick, Turn
from bot.services.conversation.about_paper import Rewritten
from bot.services.conversation.adjusting import Adjust
from bot.services.conversation.follow_ups import Elsewhere, FollowUp, read_follow_up
from bot.services.conversation.last_answers import REMEMBERED, LastAnswers, Talk
from bot.services.conversation.narrowing import Narrow
from bot.services.conversation.offered import Offer, Taken, WhichOfThem
from tests.factories import make_author, make_paper
from tests.fakes import make_watch

TRENDS = ListAnswer(
    request=ListRequest(title="T", where=PaperFilter(category="cs.CV"), sort=Sort.RANK),
    request_id=2,
    page=Page(papers=(), total=0),
)
TODAY = date(2026, 11, 24)
PAPERS: tuple[Paper, ...] = tuple(make_paper(id=number, title=f"Paper {number}") for number in range(1, 4))
LIST = ListAnswer(
    request=ListRequest(title="L", query="energy", where=PaperFilter(category="cs.CY")),
    request_id=1,
    page=Page(papers=PAPERS, total=9),
)
PAPER = PaperAnswer(paper=PAPERS[0])
AUTHOR = AuthorAnswer(author=make_author(), top=())
SINCE_2024 = PaperFilter(category="cs.CY", since=date(2024, 1, 1))
IN_CY = PaperFilter(category="cs.CY")
IN_2019 = PaperFilter(since=date(2019, 1, 1), until=date(2019, 12, 31))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("more", Turn(1)),
        ("More please!", Turn(1)),
        ("show me more", Turn(1)),
        ("next page", Turn(1)),
        ("back", Turn(-1)),
        ("the second one", Pick(PAPERS[1])),
        ("second", Pick(PAPERS[1])),
        ("open the first paper", Pick(PAPERS[0])),
        ("number 3", Pick(PAPERS[2])),
        ("#2", Pick(PAPERS[1])),
        ("2", Pick(PAPERS[1])),
        ("the last one", Pick(PAPERS[2])),
        ("only with code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("just since 2024", Narrow(PaperFilter(category="cs.CY", since=date(2024, 1, 1)), Sort.RELEVANCE)),
        ("only show papers with code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("and only those with code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("newest first", Narrow(IN_CY, Sort.NEWEST)),
        ("by citations", Narrow(IN_CY, Sort.CITATIONS)),
        ("sort by citations", Narrow(IN_CY, Sort.CITATIONS)),
        ("most novel first", Narrow(IN_CY, Sort.NOVELTY)),
        ("only in cs.CL", Narrow(PaperFilter(category="cs.CL"), Sort.RELEVANCE)),
        ("which of these is the most cited?", First("", Sort.CITATIONS)),
        ("what one of them is newest", First("", Sort.NEWEST)),
        ("which one is most cited", First("", Sort.CITATIONS)),
        ("most cited ones", Narrow(IN_CY, Sort.CITATIONS)),
        ("page 3", Turn(2)),
        ("go to page 2", Turn(1)),
        ("put the first one on my list", Rewritten("put 2306.05949 on my list")),
        ("rank them by citation count", Narrow(IN_CY, Sort.CITATIONS)),
        ("subscribe me to that", Rewritten("follow the topic energy")),
        ("too many, just the ones since 2024", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("is the second peer reviewed?", Rewritten("is 2306.05949 peer reviewed")),
        ("is the second law of thermodynamics known", None),
        ("open the second in the browser", Pick(PAPERS[1])),
        ("anything about bees among these?", Narrow(IN_CY, Sort.RELEVANCE, "bees")),
        ("anything about bees", None),
        ("remove those about bees", Narrow(IN_CY, Sort.RELEVANCE, "bees", without=True)),
        ("download all papers by Emma Strubell", None),
        ("save the first one", Rewritten("save 2306.05949")),
        ("bibtex of the second", Rewritten("bibtex of 2306.05949")),
        ("and the second one as bibtex", Rewritten("cite 2306.05949 as bibtex")),
        ("the 2nd in RIS", Rewritten("cite 2306.05949 as RIS")),
        ("find papers similar to the last paper", Rewritten("papers similar to 2306.05949")),
        ("save the first paper on energy", None),
        ("bibtex of number 2", Rewritten("bibtex of 2306.05949")),
        ("cite the 2nd", Rewritten("cite 2306.05949")),
        ("remove the first one", Rewritten("remove 2306.05949")),
        ("export it as bibtex", None),
        ("only of 2019", Narrow(replace(IN_2019, category="cs.CY"), Sort.RELEVANCE)),
        ("save the fifth one", Beyond(3, has_more=True)),
        ("the fifth one", Beyond(3, has_more=True)),
        ("the seventh", Beyond(3, has_more=True)),
        ("#12", Beyond(3, has_more=True)),
        (
            "2024",
            Narrow(
                PaperFilter(category="cs.CY", since=date(2024, 1, 1), until=date(2024, 12, 31)),
                Sort.RELEVANCE,
            ),
        ),
        ("show me the next page", Turn(1)),
        ("have you more?", Turn(1)),
        ("what about more recent ones, say since 2024?", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("the one by strubell", Narrow(IN_CY, Sort.RELEVANCE, by="strubell")),
        ("no wait, about carbon", Narrow(IN_CY, Sort.RELEVANCE, "carbon")),
        ("not on weekends", None),
        ("cite last", Rewritten("cite 2306.05949")),
        ("which of these got the most citations", First("", Sort.CITATIONS)),
        ("thanks, that's it", None),
        ("who wrote the first one?", Rewritten("who wrote 2306.05949")),
        ("when was the second one published?", Rewritten("when was 2306.05949 published")),
        ("does the fifth paper have code?", Beyond(3, has_more=True)),
        ("sort them by citations", Narrow(IN_CY, Sort.CITATIONS)),
        ("order by date instead", Narrow(IN_CY, Sort.NEWEST)),
        ("any with code?", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        (
            "what about 2019?",
            Narrow(replace(IN_2019, category="cs.CY"), Sort.RELEVANCE),
        ),
        ("remove the surveys", Narrow(IN_CY, Sort.RELEVANCE, "surveys", without=True)),
        ("remove the surveys from my list", None),
        ("save the first and the third", Rewritten("save these")),
        ("follow this topic", Rewritten("follow the topic energy")),
        ("notify me about new ones", Rewritten("follow the topic energy")),
        ("Emma Strubell", None),
        ("what came out on 5 May", None),
        ("compare the last two", None),
        ("new papers in computer vision today", None),
        ("those from 2019", Narrow(replace(IN_2019, category="cs.CY"), Sort.RELEVANCE)),
        ("the newest of them", First("", Sort.NEWEST)),
        ("who are the authors of the first one", Rewritten("who are the authors of 2306.05949")),
        ("restrict it to cs.CL", Narrow(PaperFilter(category="cs.CL"), Sort.RELEVANCE)),
        ("narrow these down to papers since 2024", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("back to the list", Turn(0)),
        ("teh secnd one", Pick(PAPERS[1])),
        ("show me teh frist one", Pick(PAPERS[0])),
        ("the second law", None),
        ("sage it", None),
        ("no, only since 2024", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("the ones with Kaiming He", Narrow(IN_CY, Sort.RELEVANCE, by="Kaiming He")),
        (
            "Hmm, but I only care about the ones after 2023",
            Narrow(PaperFilter(category="cs.CY", since=date(2024, 1, 1)), Sort.RELEVANCE),
        ),
        ("without bees", Narrow(IN_CY, Sort.RELEVANCE, "bees", without=True)),
        ("except honey bees", Narrow(IN_CY, Sort.RELEVANCE, "honey bees", without=True)),
        ("which of them have code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("those by Strubell", Narrow(IN_CY, Sort.RELEVANCE, by="Strubell")),
        ("papers by Kaiming He", None),
        ("how many are there?", Counted(Turn(0))),
        (
            "how many of them have code",
            Counted(Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ),
        ("how many planets are there", None),
        ("by Kaiming He", Narrow(IN_CY, Sort.RELEVANCE, by="Kaiming He")),
        ("the ones with many figures", None),
        ("cite the most cited one", First("cite", Sort.CITATIONS)),
        ("save the newest of them", First("save", Sort.NEWEST)),
        ("cite the most cited paper as RIS", First("cite", Sort.CITATIONS, " as RIS")),
        ("without the ones on wasps and bees", Narrow(IN_CY, Sort.RELEVANCE, "wasps and bees", without=True)),
        ("exclude cs.CV", None),
        ("exclude wasps", Narrow(IN_CY, Sort.RELEVANCE, "wasps", without=True)),
        ("Exclude anything older than 2024.", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("all categories", Narrow(PaperFilter(), Sort.RELEVANCE)),
        ("export them as ris", Rewritten("export a list")),
        ("reference of the second one in APA format", Rewritten("reference of 2306.05949 in APA format")),
        ("the doi of the second one", Rewritten("the doi of 2306.05949")),
        ("only those about bees", Narrow(IN_CY, Sort.RELEVANCE, "bees")),
        ("which of them are about bees?", Narrow(IN_CY, Sort.RELEVANCE, "bees")),
        ("and the ones on bees and birds", Narrow(IN_CY, Sort.RELEVANCE, "bees and birds")),
        ("papers about bees", None),
        ("from 2024 on", Narrow(SINCE_2024, Sort.RELEVANCE)),
        ("papers about energy since 2024", None),
        ("cite it", None),
        ("", None),
    ],
)
def test_follow_up_of_a_list_is_understood(text: str, meant: FollowUp | None) -> None:
    assert read_follow_up(text, Talk().after(LIST), TODAY) == meant


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        pytest.param("before 2015", None, date(2014, 12, 31), id="earlier"),
        pytest.param("since 2021", date(2021, 1, 1), None, id="later"),
        pytest.param("until June 2019", date(2019, 1, 1), date(2019, 6, 30), id="within"),
    ],
)
def test_time_that_leaves_nothing_of_the_one_before_takes_its_place(
    text: str, since: date | None, until: date | None
) -> None:
    talk = Talk().after(replace(LIST, request=replace(LIST.request, where=IN_2019)))

    meant = Narrow(PaperFilter(since=since, until=until), Sort.RELEVANCE)
    assert read_follow_up(text, talk, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("remove the first one", "remove 2306.05949 from my list"),
        ("delete number 2", "remove 2306.05949 from my list"),
        ("cite the first one", "cite 2306.05949"),
        ("export it as bibtex", "export my reading list as bibtex"),
        ("download them", "export my reading list"),
    ],
)
def test_follow_up_of_ones_own_reading_list_is_about_the_list(text: str, meant: str) -> None:
    mine = replace(LIST, request=replace(LIST.request, shelf=Shelf(kind=ShelfKind.PERSON, id=5)))

    assert read_follow_up(text, Talk().after(mine), TODAY) == Rewritten(meant)


def test_place_beyond_the_end_of_a_list_is_not_on_a_later_page() -> None:
    whole = replace(LIST, page=Page(papers=PAPERS, total=3))
    assert read_follow_up("the fifth one", Talk().after(whole), TODAY) == Beyond(3)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cite it", "cite 2306.05949"),
        ("Cite this paper, please", "Cite 2306.05949"),
        ("bibtex for that one", "bibtex for 2306.05949"),
        ("save it", "save 2306.05949"),
        ("remove it from my list", "remove 2306.05949 from my list"),
        ("add this to my reading list", "add 2306.05949 to my reading list"),
        ("cite it as RIS", "cite 2306.05949 as RIS"),
        ("cite this paper in APA", "cite 2306.05949 in APA"),
        ("papers that point to mars", None),
        ("similar", "similar to 2306.05949"),
        ("similar ones, please", "similar to 2306.05949"),
        ("more like this", "similar to 2306.05949"),
        ("anything similar, but newer?", "similar to 2306.05949"),
        ("papers like it since 2020", "papers like 2306.05949 since 2020"),
        ("what journal is it published in", "2306.05949"),
        ("what else did the first author publish?", "what else did Irene Solaiman publish"),
        ("follow its authors", "follow all of them"),
        ("bibtex", "cite 2306.05949 as bibtex"),
        ("in APA", "cite 2306.05949 as APA"),
        ("full abstract", "2306.05949"),
        ("send me the pdf", "2306.05949"),
        ("how often is it cited?", "2306.05949"),
        ("who else wrote it", "2306.05949"),
        ("its authors", "2306.05949"),
        ("who are the authors?", "2306.05949"),
        ("what's it about", "2306.05949"),
        ("whats it about", "2306.05949"),
        ("bib", "cite 2306.05949 as bib"),
        ("as endnote", "cite 2306.05949 as endnote"),
        ("who wrote Attention?", None),
        ("that", None),
        ("more", None),
    ],
)
def test_follow_up_of_a_paper_puts_it_in_place_of_it(text: str, meant: str | None) -> None:
    expected = Rewritten(meant) if meant else None
    assert read_follow_up(text, Talk().after(PAPER), TODAY) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("papers by her", "papers by Sasha Luccioni"),
        ("papers she wrote with Emma Strubell", "papers by Sasha Luccioni and Emma Strubell"),
        ("her most frequently cited one", "Sasha Luccioni's most cited papers"),
        ("the bibliography of her work", "the bibliography of Sasha Luccioni's work"),
        ("who works with them?", "who works with Sasha Luccioni"),
        ("follow her", "follow Sasha Luccioni"),
        ("her papers since 2024", "Sasha Luccioni's papers since 2024"),
        ("their coauthors", "Sasha Luccioni's coauthors"),
        ("compare her with Emma Strubell", "compare Sasha Luccioni with Emma Strubell"),
        ("and her most cited one?", "Sasha Luccioni's most cited papers"),
        ("who does she work with?", "who does Sasha Luccioni work with"),
        ("what did he publish in 2024?", "what did Sasha Luccioni publish in 2024"),
        ("what have they been working on", "what have Sasha Luccioni been working on"),
        ("does she-ra count", None),
        ("what about her newest", "Sasha Luccioni's newest papers"),
        ("her most cited paper", "Sasha Luccioni's most cited paper"),
        ("which of her papers is most cited?", "Sasha Luccioni's most cited papers"),
        ("papers", "papers by Sasha Luccioni"),
        ("coauthors?", "coauthors of Sasha Luccioni"),
        ("herring stocks", None),
    ],
)
def test_follow_up_of_an_author_puts_the_name_in_place(text: str, meant: str | None) -> None:
    expected = Rewritten(meant) if meant else None
    assert read_follow_up(text, Talk().after(AUTHOR), TODAY) == expected


def test_follow_up_of_a_list_with_one_paper_means_that_paper() -> None:
    one = ListAnswer(request=LIST.request, request_id=1, page=Page(papers=PAPERS[:1], total=1))
    assert read_follow_up("cite it", Talk().after(one), TODAY) == Rewritten("cite 2306.05949")


def test_paper_opened_from_a_list_leaves_the_list_to_go_on_with() -> None:
    talk = Talk().after(LIST).after(PaperAnswer(paper=PAPERS[1]))

    assert read_follow_up("the third one", talk, TODAY) == Pick(PAPERS[2])
    assert read_follow_up("more", talk, TODAY) == Turn(1)
    assert read_follow_up("cite it", talk, TODAY) == Rewritten("cite 2306.05949")


def test_papers_alike_leave_the_paper_they_are_like() -> None:
    alike = replace(LIST, request=replace(LIST.request, similar_to=1))

    talk = Talk().after(PAPER).after(alike)

    assert read_follow_up("cite it", talk, TODAY) == Rewritten("cite 2306.05949")


def test_list_of_an_authors_papers_lets_one_speak_of_the_author() -> None:
    by_her = replace(LIST, request=replace(LIST.request, author="Sasha Luccioni"))

    talk = Talk().after(by_her)

    assert read_follow_up("follow her", talk, TODAY) == Rewritten("follow Sasha Luccioni")


def test_another_person_is_another_subject() -> None:
    talk = Talk().after(LIST).after(PAPER).after(AUTHOR)

    assert read_follow_up("more", talk, TODAY) is None
    assert read_follow_up("cite it", talk, TODAY) is None


@pytest.mark.parametrize(
    ("criterion", "meant"),
    [
        (CategoryCriterion(category="cs.CY"), "cs.CY"),
        (TopicCriterion(topic="green ai"), '"green ai"'),
        (TopicCriterion(topic='"green ai"'), '"green ai"'),
    ],
)
def test_what_was_just_followed_can_be_paused_by_it(criterion: Criterion, meant: str) -> None:
    talk = Talk().after(WatchAnswer(watch=make_watch(criterion=criterion)))

    assert read_follow_up("pause it", talk, TODAY) == Rewritten(f"pause {meant}")
    assert read_follow_up("mute it until monday", talk, TODAY) == Rewritten(f"mute {meant}")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("weekly please", Every.WEEKLY),
        ("make it weekly", Every.WEEKLY),
        ("no, rather once a week", Every.WEEKLY),
        ("change that to a daily digest", Every.DAILY),
        ("every day instead", Every.DAILY),
        ("weekly is enough", Every.WEEKLY),
        ("weekly papers on energy", None),
    ],
)
def test_what_was_just_followed_can_be_had_less_often(text: str, meant: Every | None) -> None:
    talk = Talk().after(WatchAnswer(watch=make_watch(id=7)))

    assert read_follow_up(text, talk, TODAY) == (Adjust(7, Setting.EVERY, meant) if meant else None)


def test_papers_that_a_message_named_are_a_list_to_speak_of() -> None:
    talk = Talk().after(PaperAnswer(paper=PAPERS[2])).after(PapersAnswer(papers=PAPERS[:2], named=2))

    assert read_follow_up("the second", talk, TODAY) == Pick(PAPERS[1])
    assert read_follow_up("the third one", talk, TODAY) == Beyond(2)
    assert read_follow_up("save the first one", talk, TODAY) == Rewritten("save 2306.05949")
    assert read_follow_up("more", talk, TODAY) is None
    assert read_follow_up("cite it", talk, TODAY) is None


def test_last_answers_keep_what_can_be_talked_about_and_forget_the_oldest() -> None:
    last = LastAnswers()
    last.remember(1, PAPER)
    last.remember(1, HelpAnswer())
    assert last.find(1).paper is PAPER.paper
    for person in range(2, REMEMBERED + 2):
        last.remember(person, AUTHOR)
    assert last.find(1) == Talk()
    last.forget(2)
    assert last.find(2) == Talk()


BOTH = tuple(
    AuthorAnswer(author=make_author(id=number, name=name), top=())
    for number, name in enumerate(("Ada A", "Bo B"), 1)
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("papers by both", "papers by Ada A and Bo B"),
        ("who has more citations?", "compare Ada A and Bo B"),
        ("which of them has the highest h-index?", "compare Ada A and Bo B"),
        ("follow the second", "follow Bo B"),
        ("papers by the first one", "papers by Ada A"),
        ("follow the third", None),
        ("papers by both of them together", "papers by Ada A and Bo B"),
        ("their joint papers?", "papers by Ada A and Bo B"),
        ("what have they written together?", "papers by Ada A and Bo B"),
        ("have they ever published together", "papers by Ada A and Bo B"),
        ("joint papers since 2020", "papers by Ada A and Bo B since 2020"),
        ("papers by them about energy", "papers by Ada A and Bo B about energy"),
        ("work together models", None),
        ("joint papers of the European labs", None),
    ],
)
def test_those_compared_can_be_asked_for_together(text: str, meant: str | None) -> None:
    talk = Talk().after(ComparisonAnswer(people=BOTH))

    assert read_follow_up(text, talk, TODAY) == (Rewritten(meant) if meant else None)
    assert read_follow_up(text, talk.after(AUTHOR), TODAY) != Rewritten(str(meant))


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("no, in #papers", "#papers"),
        ("no in #new-papers please", "#new-papers"),
        ("post it to #papers instead", "#papers"),
        ("no, in <#123456789012345678>", "#channel"),
        ("in our channel", "channel"),
        ("please announce them in the papers channel", "papers channel"),
        ("in cs.CY", None),
        ("in the middle of the channel flow", None),
    ],
)
def test_what_was_just_followed_can_be_wanted_in_a_channel(text: str, channel: str | None) -> None:
    talk = Talk().after(WatchAnswer(watch=make_watch(id=7)))

    assert read_follow_up(text, talk, TODAY) == (None if channel is None else Elsewhere(channel))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yes", Taken(PAPERS[0])),
        ("Yes, please!", Taken(PAPERS[0])),
        ("yes that one", Taken(PAPERS[0])),
        ("that's the one", Taken(PAPERS[0])),
        ("exactly", Taken(PAPERS[0])),
        ("the first one", Taken(PAPERS[0])),
        ("the second one", WhichOfThem()),
        ("no", None),
        ("please do", Taken(PAPERS[0])),
        ("yes we can: a study", None),
    ],
)
def test_the_one_that_was_offered_is_taken_up(text: str, meant: FollowUp | None) -> None:
    talk = replace(Talk(), offer=Offer.of("cite Papr 1", NotFound("Papr 1", papers=PAPERS[:1])))

    assert read_follow_up(text, talk, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("yes", WhichOfThem()), ("the last one", Taken(PAPERS[2])), ("2", Taken(PAPERS[1])), ("more", None)],
)
def test_one_of_several_that_were_offered_is_named(text: str, meant: FollowUp | None) -> None:
    talk = replace(Talk(), offer=Offer.of("cite Paper", NotFound("Paper", papers=PAPERS)))

    assert read_follow_up(text, talk, TODAY) == meant


def test_nothing_near_is_no_offer() -> None:
    assert Offer.of("cite Paper", NotFound("Paper")) is None


def test_yes_is_to_the_last_answer_alone() -> None:
    answers = LastAnswers()
    answers.remember(1, WordsAnswer(text="Use quotes?", then='follow "x"'))
    assert read_follow_up("yes", answers.find(1), TODAY) == Rewritten('follow "x"')

    answers.remember(1, HelpAnswer())
    assert read_follow_up("yes", answers.find(1), TODAY) is None

    answers.offer(1, Offer.of("cite Paper", NotFound("Paper", papers=PAPERS[:1])))
    answers.remember(1, HelpAnswer())
    assert read_follow_up("yes", answers.find(1), TODAY) is None


def test_conditions_of_a_list_are_given_up() -> None:
    where = PaperFilter(category="cs.CY", has_code=True, since=date(2026, 1, 1))
    talk = Talk().after(replace(LIST, request=replace(LIST.request, where=where)))

    without_code = Narrow(replace(where, has_code=False), Sort.RELEVANCE)
    assert read_follow_up("also without code", talk, TODAY) == without_code
    assert read_follow_up("no, without code", talk, TODAY) == without_code
    assert read_follow_up("a longer time", talk, TODAY) == Narrow(replace(where, since=None), Sort.RELEVANCE)
    assert read_follow_up("in all categories please", talk, TODAY) == Narrow(
        replace(where, category=None), Sort.RELEVANCE
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("is there more recent work by him on bees?", "is there more recent work by Ada A on bees"),
        ("notify me when he publishes something", "notify me when Ada A publishes something"),
        ("papers by her since 2020", "papers by Ada A since 2020"),
    ],
)
def test_list_of_papers_by_somebody_names_them(text: str, meant: str) -> None:
    listed = replace(
        LIST, request=ListRequest(title="L", named={"name": ("Ada A",)}, query='au:"Ada A" bees')
    )

    assert read_follow_up(text, Talk().after(listed), TODAY) == Rewritten(meant)


@pytest.mark.parametrize(
    ("text", "setting", "value"),
    [
        ("with code please", Setting.CODE, "on"),
        ("only those with code", Setting.CODE, "on"),
        ("but not surveys", Setting.EXCLUDE, "bees, survey*"),
        ("no surveys please", Setting.EXCLUDE, "bees, survey*"),
        ("without the ones about deep learning", Setting.EXCLUDE, "bees, deep learning"),
        ("at most 5 a day", Setting.MOST, "5"),
        ("max three papers per day", Setting.MOST, "3"),
        ("primary only", Setting.PRIMARY, "on"),
        ("no cross-lists", Setting.PRIMARY, "on"),
    ],
)
def test_what_was_just_followed_can_be_narrowed(text: str, setting: Setting, value: str) -> None:
    watch = make_watch(
        criterion=CategoryCriterion(category="cs.CY"), id=7, filters=Filters(exclude=("bees",))
    )
    talk = Talk().after(LIST).after(WatchAnswer(watch=watch))

    assert read_follow_up(text, talk, TODAY) == Adjust(7, setting, value)


@pytest.mark.parametrize(
    "text",
    [
        "no thanks",
        "no worries",
        "but not now",
        "but not on weekends",
        "but not at night",
        "no messages",
        "no",
    ],
)
def test_a_no_after_something_was_followed_leaves_nothing_out(text: str) -> None:
    talk = Talk().after(WatchAnswer(watch=make_watch(criterion=CategoryCriterion(category="cs.CY"), id=7)))

    assert not isinstance(read_follow_up(text, talk, TODAY), Adjust)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("unfollow the first", "unfollow cs.CY"),
        ("pause the second one", 'pause "green ai"'),
        ("resume the last", 'resume "green ai"'),
        ("unfollow #2", 'unfollow "green ai"'),
        ("unfollow the fifth", "following"),
    ],
)
def test_watches_that_were_listed_are_named_by_their_place(text: str, meant: str) -> None:
    watches = (make_watch(), make_watch(criterion=TopicCriterion(topic="green ai")))
    talk = Talk().after(LIST).after(WatchesAnswer(watches=watches))

    assert read_follow_up(text, talk, TODAY) == Rewritten(meant)


def test_what_was_just_followed_is_stopped() -> None:
    talk = Talk().after(WatchAnswer(watch=make_watch(criterion=CategoryCriterion(category="cs.CY"))))

    assert read_follow_up("stop that", talk, TODAY) == Rewritten("unfollow cs.CY")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("follow the first author", "follow Irene Solaiman"),
        ("who is its second author?", "who is Zeerak Talat"),
        ("papers by the last author", f"papers by {PAPERS[0].authors[-1].name}"),
        ("tell me when it gets cited", "tell me when 2306.05949 gets cited"),
        ("doi", "2306.05949"),
        ("send it to me as a pdf", "2306.05949"),
        ("when was it published", "2306.05949"),
        ("is there code for it?", "2306.05949"),
    ],
)
def test_more_is_said_of_a_paper(text: str, meant: str) -> None:
    assert read_follow_up(text, Talk().after(PAPER), TODAY) == Rewritten(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("also Radu Timofte", "follow Radu Timofte"),
        ("and cs.CV but only with code", "follow cs.CV but only with code"),
        ('und auch "green ai"', 'follow "green ai"'),
        ("and what do I follow", None),
        ("Radu Timofte", None),
    ],
)
def test_more_can_be_followed_at_once(text: str, meant: str | None) -> None:
    answers = LastAnswers()
    answers.remember(1, WatchAnswer(watch=make_watch()))
    assert read_follow_up(text, answers.find(1), TODAY) == (Rewritten(meant) if meant else None)

    answers.remember(1, HelpAnswer())
    assert read_follow_up(text, answers.find(1), TODAY) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last month", "trending in cs.CV month"),
        ("and today", "trending in cs.CV today"),
        ("what about this week?", "trending in cs.CV week"),
    ],
)
def test_other_time_after_trends_asks_for_its_trends(text: str, meant: str) -> None:
    assert read_follow_up(text, Talk().after(TRENDS), TODAY) == Rewritten(meant)
