"""/author, /papers, /paper and the message menu."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.search import PaperFilter, Sort
from bot.errors import AmbiguousAuthor, NotFound, SourceUnavailable
from bot.services.answers import AuthorAnswer, PaperAnswer
from tests.discord.conftest import World, shown
from tests.fakes import AUTHOR, PAPER


async def test_author_in_channel_answers_with_card_for_everybody(world: World) -> None:
    result = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    assert shown(result).embeds[0].title == "Sasha Luccioni"
    assert not result.ephemeral
    assert world.fakes.lookup.calls[0] == ("author", ("Sasha Luccioni",), {"asker": world.member.id})


@pytest.mark.parametrize(
    ("command", "options", "fresher"),
    [
        ("author", {"name": "Sasha Luccioni"}, AuthorAnswer(author=replace(AUTHOR, name="Newer"), top=())),
        ("paper", {"paper": "2306.05949"}, PaperAnswer(paper=replace(PAPER, title="Newer"))),
        ("cite", {"paper": "2306.05949"}, PaperAnswer(paper=replace(PAPER, title="Newer"))),
        ("coauthors", {"author": "Sasha"}, PaperAnswer(paper=replace(PAPER, title="Newer"))),
        ("compare", {"first": "A", "second": "B"}, PaperAnswer(paper=replace(PAPER, title="Newer"))),
    ],
)
async def test_card_from_old_data_is_edited_when_newer_data_came(
    world: World, command: str, options: dict[str, str], fresher: AuthorAnswer | PaperAnswer
) -> None:
    stood: list[str | None] = []

    def refresh(_: object) -> AuthorAnswer | PaperAnswer:
        message = world.channel.history()[-1]
        stood.append(message.embeds[0].title if message.embeds else message.content)
        return fresher

    world.fakes.renewal.answers["refresh"] = refresh

    await world.member.slash(world.channel, command, **options)

    assert len(stood) == 1
    assert stood != ["Newer"]
    assert [message.embeds[0].title for message in world.channel.history()] == ["Newer"]


async def test_papers_with_options_asks_for_that_list(world: World) -> None:
    await world.member.slash(
        world.channel,
        "papers",
        author="Sasha Luccioni",
        sort="newest",
        since="2024",
        category="cs.cy",
        code=True,
    )
    request = world.fakes.search.calls[0][1][0]
    assert request.author_id == AUTHOR.id
    assert request.sort is Sort.NEWEST
    assert request.where == PaperFilter(category="cs.CY", since=date(2024, 1, 1), has_code=True)


async def test_paper_in_direct_message_answers_with_card(world: World) -> None:
    result = await world.stranger.slash("paper", paper="2306.05949")
    assert shown(result).embeds[0].title == PAPER.title


async def test_paper_link_to_something_else_is_refused_for_the_asker_alone(world: World) -> None:
    result = await world.member.slash(world.channel, "paper", paper="https://example.org/abs/not-a-paper")
    assert result.ephemeral
    assert shown(result).embeds[0].title == "This names no paper and no author"
    assert world.fakes.lookup.calls == []


async def test_author_ambiguous_offers_a_menu_that_remembers(world: World) -> None:
    other = AUTHOR.__class__(id=4, name="Sasha Luccioni", primary_category="math.NT")
    world.fakes.lookup.answers["author"] = AmbiguousAuthor("S. Luccioni", [(AUTHOR, "One"), (other, None)])
    result = await world.member.slash(world.channel, "author", name="S. Luccioni")
    await world.member.select(shown(result), ["4"])
    name, arguments, named = world.fakes.lookup.calls[-1]
    assert (name, arguments) == ("author_by_id", (4,))
    assert named == {"asker": world.member.id, "chosen_for": "S. Luccioni"}


async def test_author_unknown_offers_the_nearest_as_buttons(world: World) -> None:
    world.fakes.lookup.answers["author"] = NotFound("Sacha Lucioni", authors=[AUTHOR])
    result = await world.member.slash(world.channel, "author", name="Sacha Lucioni")
    assert "Nothing found for Sacha Lucioni" in (shown(result).embeds[0].title or "")
    await world.member.click(shown(result), label="Sasha Luccioni")
    assert [message.embeds[0].title for message in world.channel.history()] == ["Sasha Luccioni"]
    assert result.response is None


async def test_near_miss_of_what_is_for_the_person_alone_stays_theirs(world: World) -> None:
    world.fakes.watching.answers["watch_author"] = NotFound("Sacha Lucioni", authors=[AUTHOR])
    result = await world.organizer.slash(world.channel, "watch author", author="Sacha Lucioni")
    await world.organizer.click(shown(result), label="Sasha Luccioni")
    assert shown(result).embeds[0].title == "Sasha Luccioni"
    assert world.channel.history() == []


async def test_source_down_is_said_in_words(world: World) -> None:
    world.fakes.lookup.answers["paper"] = SourceUnavailable("arXiv", "timeout")
    result = await world.member.slash(world.channel, "paper", paper="2306.05949")
    assert "arXiv does not answer; try again in a few minutes" in (shown(result).embeds[0].description or "")


async def test_unknown_fault_shows_a_reference_and_not_its_text(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.fakes.lookup.answers["author"] = RuntimeError("secret detail")
    result = await world.member.slash(world.channel, "author", name="X")
    card = shown(result).embeds[0]
    assert "secret detail" not in f"{card.title}{card.description}{card.footer.text}"
    logged = [record for record in caplog.records if record.name == "bot.failures"]
    assert len(logged) == 1
    reference = (card.footer.text or "").removeprefix("Reference ")
    assert reference
    assert reference in logged[0].getMessage()


@pytest.mark.parametrize(
    ("command", "option"),
    [("author", "name"), ("papers", "author"), ("search", "author"), ("watch author", "author")],
)
async def test_author_options_complete_from_the_catalogue(world: World, command: str, option: str) -> None:
    choices = await world.organizer.autocomplete(world.channel, command, option, "sas")
    assert [(choice["name"], choice["value"]) for choice in choices] == [
        ("Sasha Luccioni · cs.CY", "Sasha Luccioni")
    ]
    assert world.fakes.search.calls[-1] == ("suggest_authors", ("sas",), {})


async def test_paper_option_completes_and_clips_long_titles(world: World) -> None:
    long = PAPER.title * 5
    suggestion = type(world.fakes.search.answers["suggest_papers"][0])
    world.fakes.search.answers["suggest_papers"] = (
        suggestion(label=long, value="2306.05949"),
        suggestion(label="too long a value", value=long),
    )
    choices = await world.member.autocomplete(world.channel, "paper", "paper", "eval")
    assert [choice["value"] for choice in choices] == ["2306.05949"]
    assert len(choices[0]["name"]) <= 100


@pytest.mark.parametrize(
    ("typed", "first"), [("cs.c", "cs.CC"), ("cy", "cs.CY"), ("number theory", "math.NT"), ("math", "math")]
)
async def test_category_option_completes_codes_and_names(world: World, typed: str, first: str) -> None:
    choices = await world.member.autocomplete(world.channel, "search", "category", typed)
    assert first in [choice["value"] for choice in choices][:3]
    assert len(choices) <= 25


async def test_autocomplete_fault_gives_no_choices(world: World) -> None:
    world.fakes.search.answers["suggest_authors"] = RuntimeError("broken")
    assert await world.member.autocomplete(world.channel, "author", "name", "sas") == []
    assert world.env.http_requests[-1].json == {"type": 8, "data": {"choices": []}}


async def test_find_papers_shows_a_card_a_paper_to_the_asker_alone(world: World) -> None:
    second = PAPER.__class__(id=8, title="Another paper")
    world.fakes.lookup.answers["papers_in"] = (PAPER, second)
    message = await world.member.send(world.channel, "see https://arxiv.org/abs/2306.05949 and 2401.00001")
    result = await world.organizer.context_menu(world.channel, "Find papers", message)
    assert result.ephemeral
    cards = [shown(result), *result.followups]
    assert [one.embeds[0].title for one in cards] == [PAPER.title, "Another paper"]
    assert all(one.ephemeral for one in cards)
    assert "arxiv.org/abs/2306.05949" in world.fakes.lookup.calls[0][1][0]


async def test_find_papers_without_any_says_so(world: World) -> None:
    world.fakes.lookup.answers["papers_in"] = ()
    message = await world.member.send(world.channel, "good morning")
    result = await world.organizer.context_menu(world.channel, "Find papers", message)
    assert "names no paper" in shown(result).content


async def test_find_papers_says_why_none_of_those_named_is_found(world: World) -> None:
    world.fakes.lookup.answers["papers_in"] = ()
    world.fakes.lookup.answers["paper"] = SourceUnavailable("arXiv", "timeout")
    message = await world.member.send(world.channel, "see arXiv:2401.00001")
    result = await world.organizer.context_menu(world.channel, "Find papers", message)
    assert result.ephemeral
    assert shown(result).embeds[0].title == "No answer from arXiv"


async def test_cite_answers_with_text_and_file(world: World) -> None:
    result = await world.member.slash(world.channel, "cite", paper="2306.05949", format="RIS")
    message = shown(result)
    assert message.content.startswith("```\nTY  - UNPB\n")
    assert [file.filename for file in message.attachments] == ["solaiman2023-2306.05949.ris"]
    assert not result.ephemeral


async def test_cite_button_answers_the_asker_and_changes_form(world: World) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")
    result = await world.member.click(shown(card), label="Cite")
    assert result.ephemeral
    assert shown(result).content.startswith("```\n@misc{solaiman2023-2306.05949,")
    await world.member.click(shown(result), label="APA")
    assert "Solaiman, I., & Talat, Z. (2023)." in shown(result).content


async def test_coauthors_answers_with_list_and_menu(world: World) -> None:
    result = await world.member.slash(world.channel, "coauthors", author="Sasha Luccioni")
    assert shown(result).embeds[0].title == "Co-authors of Sasha Luccioni"
    chosen = await world.member.select(shown(result), ["Emma Strubell"])
    assert chosen.ephemeral
    assert world.fakes.lookup.calls[-1] == ("author", ("Emma Strubell",), {"asker": world.member.id})


async def test_coauthors_button_answers_the_asker(world: World) -> None:
    card = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    result = await world.member.click(shown(card), label="Co-authors")
    assert result.ephemeral
    assert shown(result).embeds[0].title == "Co-authors of Sasha Luccioni"


async def test_compare_passes_the_names_in_order(world: World) -> None:
    result = await world.member.slash(world.channel, "compare", first="Ada", second="Bo", fourth="Cy")
    assert [field.name for field in shown(result).embeds[0].fields] == ["Sasha Luccioni"] * 2
    assert world.fakes.relations.calls == [("compare", (["Ada", "Bo", "Cy"],), {"asker": world.member.id})]
