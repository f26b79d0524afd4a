"""Watches as people make, look at, change and pause them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest

from bot.domain.feeds import FeedState
from bot.domain.identifiers import ArxivId
from bot.domain.numbers import Cohort, Novelty, PaperNumbers, Standing
from bot.domain.orders import OFF, ON, Order, Setting
from bot.domain.papers import Authorship
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Every,
    Filters,
    Manner,
    Place,
    PlaceKind,
    SimilarCriterion,
    Tally,
    TopicCriterion,
    Unlike,
    Watch,
)
from bot.errors import InvalidInput, InvalidTopic, NoSuchWatch, UserError, WatchExists
from bot.services.watches.changes import changed, settings_of
from bot.services.watches.criteria import excluded_words
from bot.services.watches.preview import Previewer
from bot.services.watches.watching import BY_HAND
from tests.contract.storage.mailing import WantedBy, item
from tests.factories import make_category_watch, make_paper, make_topic_watch, make_watch
from tests.fakes import Scripted
from tests.unit.services.conftest import START, House

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
ORDER = Order(owner=3, place=CHANNEL)


async def fill(house: House, papers: Sequence[dict[str, Any]]) -> None:
    """Store papers that were announced, the first today and each a day before the last."""
    await house.stores.papers.save_papers(
        [
            make_paper(
                **{
                    "id": None,
                    "arxiv_id": ArxivId(f"2611.{number + 1:05}"),
                    "abstract": "",
                    "announced_at": START - timedelta(days=number),
                    "submitted_at": START - timedelta(days=number + 3),
                    **changes,
                }
            )
            for number, changes in enumerate(papers)
        ]
    )


async def test_preview_counts_the_last_thirty_days_by_the_rules_of_the_watch(house: House) -> None:
    await fill(
        house,
        [
            {"title": "Energy of training"},
            {"title": "Energy of inference", "categories": ("cs.LG",), "primary_category": "cs.LG"},
            {"title": "Energy of training, a survey"},
            {"title": "Carbon"},
            {"title": "Energy again", "announced_at": START - timedelta(days=29)},
            {"title": "Energy of long ago", "announced_at": START - timedelta(days=30)},
        ],
    )
    order = replace(ORDER, category="cs.CY", exclude="survey", preview=True)

    answer = await house.watching.watch_topic("energy", order)

    assert [paper.title for paper in answer.preview.examples] == ["Energy of training", "Energy again"]
    assert answer.preview.matched == 2
    assert [papers for _, papers in answer.preview.days] == [1, *[0] * 28, 1]
    assert answer.preview.days[-1][0] == START.date()
    assert answer.preview.covered == 4
    assert answer.watch.id is None
    assert (await house.watching.list_watches(guild_id=2)).watches == ()


async def test_preview_of_an_author_reads_printed_names(house: House) -> None:
    await fill(
        house,
        [
            {
                "authors": (Authorship(name="Sasha Luccioni"), Authorship(name="Emma Strubell")),
                "title": "One",
            },
            {"authors": (Authorship(name="S. Luccioni"), Authorship(name="Emma Strubell")), "title": "Two"},
            {"authors": (Authorship(name="R. Luccioni"), Authorship(name="Emma Strubell")), "title": "Three"},
            {"authors": (Authorship(name="Marco Luccioni"),), "title": "Four"},
        ],
    )

    loose = await house.watching.watch_author("Sasha Luccioni", replace(ORDER, preview=True))
    strict = await house.watching.watch_author("Sasha Luccioni", ORDER, strict=True)

    assert [paper.title for paper in loose.preview.examples] == ["One", "Two"]
    assert [paper.title for paper in strict.preview.examples] == ["One"]


async def test_preview_of_similar_wording_leaves_the_paper_itself_out(house: House) -> None:
    said = "Energy accounting of distillation pipelines for language models"
    await fill(
        house,
        [{"title": said, "abstract": said}, {"title": "Energy accounting of language models"}]
        + [{"title": f"Tropical geometry {number}"} for number in range(3)]
        + [{"title": f"Accounting energy distillation pipelines language {number}"} for number in range(3)],
    )

    answer = await house.watching.watch_similar("2611.00001", ORDER, threshold=0.5)
    again = await house.watching.watch_similar(said, ORDER, threshold=0.5)

    assert isinstance(answer.watch.criterion, SimilarCriterion)
    assert answer.watch.criterion.title == said
    found = {paper.title for paper in answer.preview.examples}
    assert said not in found
    assert "Energy accounting of language models" in found
    assert not any("geometry" in title for title in found)
    assert again.existed


async def test_preview_leaves_out_the_likes_of_unwanted_papers(house: House) -> None:
    said = "Energy accounting of distillation pipelines for language models"
    await fill(
        house,
        [{"title": "Energy accounting of language models"}]
        + [{"title": f"Tropical geometry {number}"} for number in range(3)]
        + [{"title": f"Accounting energy distillation pipelines language {number}"} for number in range(3)],
    )
    filters = Filters(unlike=(Unlike(paper_id=999, title=said),))

    answer = await house.watching.watch_category("cs.CY", replace(ORDER, filters=filters, preview=True))

    assert {paper.title for paper in answer.preview.examples} == {
        f"Tropical geometry {number}" for number in range(3)
    }


async def test_beginning_of_a_title_names_the_paper_to_be_like(house: House) -> None:
    await fill(house, [{"title": "StarCoder: may the source be with you!"}])

    answer = await house.watching.watch_similar("StarCoder", ORDER)

    assert isinstance(answer.watch.criterion, SimilarCriterion)
    assert answer.watch.criterion.title == "StarCoder: may the source be with you!"


async def test_sentence_of_two_words_is_no_wording(house: House) -> None:
    with pytest.raises(InvalidInput, match="sentence"):
        await house.watching.watch_similar("green ai", ORDER)


async def test_order_gives_the_watch_its_narrowing_filters_and_manner(house: House) -> None:
    order = Order(
        owner=3,
        place=CHANNEL,
        topic="energy  use",
        exclude=' survey, "Large  Models" ,bench*',
        filters=Filters(has_code=True),
        manner=Manner(every=Every.WEEKLY),
    )

    watch = (await house.watching.watch_category("cs.CY", order)).watch

    assert watch.narrowed == (TopicCriterion(topic="energy use"),)
    assert watch.filters == Filters(has_code=True, exclude=("bench*", "large models", "survey"))
    assert watch.manner.every is Every.WEEKLY
    assert await house.stores.watches.get_watch(watch.id or 0) == watch


async def test_same_watch_with_another_rhythm_is_the_same_watch(house: House) -> None:
    first = await house.watching.watch_topic("energy", replace(ORDER, category="cs.CY"))
    again = await house.watching.watch_topic(
        "energy", replace(ORDER, category="cs.CY", manner=Manner(every=Every.DAILY))
    )
    other = await house.watching.watch_topic("energy", ORDER)

    assert (again.existed, again.watch) == (True, first.watch)
    assert not other.existed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"topic": "energy  use"}, {"topic": "Energy AND use"}),
        ({"exclude": "survey, bench*"}, {"exclude": "bench*, Survey, survey"}),
        ({"topic": '"Green AI"', "exclude": "x"}, {"topic": '"green  ai"', "exclude": " X "}),
    ],
)
async def test_same_watch_said_in_other_words_is_the_same_watch(
    house: House, one: dict[str, Any], other: dict[str, Any]
) -> None:
    made = await house.watching.watch_category("cs.CY", replace(ORDER, **one))
    again = await house.watching.watch_category("Computers and Society", replace(ORDER, **other))

    assert (again.existed, again.watch.id) == (True, made.watch.id)


async def test_watch_stored_with_its_words_in_another_order_is_the_same_watch(house: House) -> None:
    made = (await house.watching.watch_category("cs.CY", replace(ORDER, exclude="survey, bench*"))).watch
    as_said = replace(made, filters=replace(made.filters, exclude=("survey", "bench*")))
    await house.stores.watches.change_watches([as_said])

    again = await house.watching.watch_category("cs.CY", replace(ORDER, exclude="survey, bench*"))

    assert (again.existed, again.watch.id) == (True, made.id)


async def test_watch_that_several_make_at_once_is_one_and_new_to_one_of_them(house: House) -> None:
    orders = [replace(ORDER, owner=owner) for owner in (3, 4, 5)]

    answers = await asyncio.gather(*(house.watching.watch_topic("energy", order) for order in orders))

    assert len((await house.watching.list_watches(guild_id=2)).watches) == 1
    assert len({answer.watch.id for answer in answers}) == 1
    assert sum(answer.existed for answer in answers) == 2


async def test_preview_shows_the_five_newest_and_what_to_expect_in_a_week(house: House) -> None:
    await fill(house, [{"title": f"Energy {n}"} for n in range(8)] + [{"title": "Carbon"}] * 2)

    preview = (await house.watching.watch_topic("energy", ORDER)).preview

    assert [paper.title for paper in preview.examples] == [f"Energy {n}" for n in range(5)]
    assert (preview.matched, preview.covered, preview.per_week) == (8, 10, 4.0)


async def test_change_keeps_the_watch_and_its_number(house: House) -> None:
    made = (await house.watching.watch_topic("energy", ORDER)).watch
    number = made.id or 0

    answer = await house.watching.change(number, Setting.EXCLUDE, "survey", guild_id=2, person=9)
    with pytest.raises(NoSuchWatch):
        await house.watching.change(number, Setting.CODE, ON, guild_id=7, person=9)

    assert answer.watch == replace(made, filters=Filters(exclude=("survey",)))
    assert answer.settings[Setting.EXCLUDE] == "survey"
    assert await house.stores.watches.get_watch(number) == answer.watch


async def test_change_into_another_watch_of_the_place_is_refused(house: House) -> None:
    made = (await house.watching.watch_topic("energy", ORDER)).watch
    await house.watching.watch_topic("carbon", ORDER)

    with pytest.raises(WatchExists):
        await house.watching.change(made.id or 0, Setting.TOPIC, "carbon", guild_id=2, person=9)

    assert await house.stores.watches.get_watch(made.id or 0) == made


async def test_pause_holds_what_only_this_watch_wants_and_resume_frees_it(house: House) -> None:
    stores = house.stores
    topic = (await house.watching.watch_topic("energy", ORDER)).watch
    other = (await house.watching.watch_topic("carbon", ORDER)).watch
    state = FeedState(categories=("cs.CY",))
    await stores.harvests.record([item(1)], state, WantedBy([topic]), START)
    await stores.harvests.record([item(2)], state, WantedBy([topic, other]), START)

    paused = await house.watching.pause(topic.id or 0, guild_id=2, person=9)
    waiting = await stores.deliveries.queue_size()
    again = await house.watching.pause(topic.id or 0, guild_id=2, person=9)
    resumed = await house.watching.resume(topic.id or 0, guild_id=2, person=9)

    assert paused.watch.paused_reason == again.watch.paused_reason == BY_HAND
    assert (waiting, resumed.held, resumed.watch) == (1, 1, topic)
    assert await stores.deliveries.queue_size() == 2


async def test_list_counts_what_became_of_each_watch(house: House) -> None:
    stores = house.stores
    topic = (await house.watching.watch_topic("energy", ORDER)).watch
    await house.watching.watch_topic("carbon", ORDER)
    await stores.harvests.record(
        [item(1), item(2)], FeedState(categories=("cs.CY",)), WantedBy([topic]), START
    )
    message, *_ = await stores.deliveries.claim_due(START)
    await stores.deliveries.mark_sent({message.id: 5}, START)

    listed = await house.watching.list_watches(guild_id=2)

    assert listed.tallies == {topic.id: Tally(matched=2, delivered=1, last_at=START)}


AUTHOR, CATEGORY, TOPIC = make_watch(), make_category_watch(), make_topic_watch("energy")
SIMILAR = make_watch(criterion=SimilarCriterion(title="Green AI at scale", threshold=0.25))


@pytest.mark.parametrize(
    ("watch", "setting", "text", "present"),
    [
        (TOPIC, Setting.EVERY, "daily", "daily"),
        (TOPIC, Setting.MOST, "5", "5"),
        (TOPIC, Setting.MOST, "", ""),
        (TOPIC, Setting.CATEGORY, "cs.cy", "cs.CY"),
        (TOPIC, Setting.TOPIC, "carbon  OR water", "carbon OR water"),
        (AUTHOR, Setting.TOPIC, "carbon", "carbon"),
        (AUTHOR, Setting.STRICT, ON, ON),
        (CATEGORY, Setting.PRIMARY, ON, ON),
        (CATEGORY, Setting.EXCLUDE, "Survey, bench*", "bench*, survey"),
        (CATEGORY, Setting.CODE, ON, ON),
        (CATEGORY, Setting.SCORE, "80", "80"),
        (CATEGORY, Setting.NOVELTY, "40,5", "40.5"),
        (CATEGORY, Setting.VERSIONS, ON, ON),
        (SIMILAR, Setting.THRESHOLD, "0.4", "0.4"),
    ],
)
def test_change_of_a_setting_is_its_present_value_and_can_be_undone(
    watch: Watch, setting: Setting, text: str, present: str
) -> None:
    after = changed(watch, setting, text)

    assert settings_of(after)[setting] == present
    assert changed(after, setting, settings_of(watch)[setting]) == watch


def test_papers_without_a_number_can_be_let_pass_where_one_is_asked_for() -> None:
    asked = changed(TOPIC, Setting.SCORE, "80")

    assert Setting.UNSCORED not in settings_of(TOPIC)
    assert settings_of(asked)[Setting.UNSCORED] == OFF
    assert changed(asked, Setting.UNSCORED, ON).filters.unscored


@pytest.mark.parametrize(
    ("setting", "text", "error"),
    [
        (Setting.EVERY, "hourly", InvalidInput),
        (Setting.MOST, "0", InvalidInput),
        (Setting.MOST, "many", InvalidInput),
        (Setting.MOST, "99999", InvalidInput),
        (Setting.CATEGORY, "cs.XX", InvalidInput),
        (Setting.TOPIC, "energy AND", InvalidTopic),
        (Setting.TOPIC, "", InvalidTopic),
        (Setting.EXCLUDE, "survey, ???", InvalidInput),
        (Setting.SCORE, "101", InvalidInput),
        (Setting.NOVELTY, "nan", InvalidInput),
    ],
)
def test_change_to_what_can_not_be_is_refused(setting: Setting, text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        changed(TOPIC, setting, text)


@pytest.mark.parametrize("setting", [Setting.CATEGORY, Setting.TOPIC])
def test_what_narrows_a_watch_can_be_taken_away(setting: Setting) -> None:
    narrowed = changed(changed(AUTHOR, Setting.CATEGORY, "cs.CY"), Setting.TOPIC, "energy")

    assert len(narrowed.narrowed) == 2
    assert len(changed(narrowed, setting, "").narrowed) == 1


def test_excluded_words_are_limited() -> None:
    with pytest.raises(InvalidInput):
        excluded_words(", ".join(f"word{number}" for number in range(21)))


def test_criteria_and_categories_of_a_narrowed_watch() -> None:
    narrowed = changed(AUTHOR, Setting.CATEGORY, "cs.CY")

    assert isinstance(narrowed.criterion, AuthorCriterion)
    assert narrowed.narrowed == (CategoryCriterion(category="cs.CY"),)
    assert narrowed.categories == ("cs.CY",)
    assert narrowed.label == "author Emma Strubell · category cs.CY"


async def test_preview_reads_the_numbers_of_papers(house: House) -> None:
    cohort = Cohort(field="cs.CY", start=date(2026, 11, 1), months=1)

    def novel(percentile: int) -> PaperNumbers:
        standing = Standing(percentile=percentile, cohort=cohort, size=212)
        return PaperNumbers(
            novelty=Novelty(
                distance=0.5, nearest=0.3, prior_papers=20_000, standing=standing, approximate=False
            )
        )

    papers = [make_paper(id=1, numbers=novel(70), announced_at=START), make_paper(id=2, announced_at=START)]
    scored = Scripted({"list_announced": papers, "announced_days": 1})
    previewer = Previewer(
        papers=cast("Any", scored),
        watches=house.stores.watches,
        citing=house.citing,
        vocabulary=cast("Any", None),
        clock=house.clock,
    )

    async def matched(**filters: Any) -> int:
        return (await previewer.preview(make_category_watch(filters=Filters(**filters)))).matched

    assert await matched(min_novelty=70.0) == 1
    assert await matched(min_novelty=71.0) == 0
    assert await matched(min_novelty=71.0, unscored=True) == 1
