"""The language of answers: the interaction's, the server's, or the one somebody was last heard in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
import simcord

from bot.domain.deliveries import Announcement, Delivery
from bot.domain.figures import Figure
from bot.domain.papers import Authorship
from bot.domain.privacy import language_key
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch
from bot.services.answers import AuthorAnswer
from cogs.postman import DiscordPostman
from tests.discord.conftest import World, shown
from tests.discord.house import House, Server, new_paper
from tests.fakes import AUTHOR, NOW, PAPER, make_watch

SpeakAs = Callable[[str], None]


@pytest.fixture
def speak_as(monkeypatch: pytest.MonkeyPatch) -> SpeakAs:
    """Let people's Discord have a locale from here on; the simulation knows American English alone."""
    made = simcord.interactions.base_payload

    def speak_as(locale: str) -> None:
        def payload(*args: Any, **kwargs: Any) -> Any:
            record, interaction = made(*args, **kwargs)
            return record, interaction | {"locale": locale}

        monkeypatch.setattr(simcord.interactions, "base_payload", payload)

    return speak_as


async def test_help_is_in_the_language_of_the_interaction(world: World, speak_as: SpeakAs) -> None:
    speak_as("de")
    german = shown(await world.member.slash(world.channel, "help")).embeds[0]
    assert german.description == "Paper, Autorinnen und Autoren, und was neu auf arXiv ist."
    speak_as("en-GB")
    english = shown(await world.member.slash(world.channel, "help")).embeds[0]
    assert english.description == "Papers, authors and what is new on arXiv."


async def test_unknown_language_falls_back_to_english(world: World, speak_as: SpeakAs) -> None:
    speak_as("fr")
    result = await world.member.slash(world.channel, "help")
    assert shown(result).embeds[0].description == "Papers, authors and what is new on arXiv."
    assert world.fakes.state.texts.get(language_key(world.member.id)) is None


async def test_author_card_is_german_with_german_numbers(world: World, speak_as: SpeakAs) -> None:
    cited = Figure(value=1_768, source="OpenAlex", as_of=NOW)
    author = replace(AUTHOR, citation_count=cited)
    world.fakes.lookup.answers["author"] = AuthorAnswer(author=author, top=())
    speak_as("de")
    message = shown(await world.member.slash(world.channel, "author", name="Sasha Luccioni"))
    fields = {field.name: field.value for field in message.embeds[0].fields}
    assert fields["Zitationen"] == "**1.768**"
    assert "Folgen" in str(message.components)


async def test_error_is_in_the_language_of_the_interaction(world: World, speak_as: SpeakAs) -> None:
    world.fakes.lookup.answers["author"] = NoSuchWatch("this watch")
    speak_as("de")
    result = await world.member.slash(world.channel, "author", name="x")
    assert shown(result).embeds[0].title == "So ein Abo gibt es hier nicht"


async def test_button_answers_in_the_language_of_who_clicks(world: World, speak_as: SpeakAs) -> None:
    result = await world.member.slash(world.channel, "paper", paper="2306.05949")
    speak_as("de")
    saved = await world.organizer.click(shown(result), label="Save")
    assert "Leseliste" in str(shown(saved).embeds[0].description)


@pytest.mark.parametrize(
    ("command", "options", "german", "english"),
    [
        ("search", {"query": "societies"}, "Suche: societies", "Search: societies"),
        ("papers", {"author": "Ada Example"}, "Paper von Ada Example", "Papers by Ada Example"),
        ("trending", {"window": 30}, None, "Trending in the catalogue, in the last 30 days"),
        ("trending", {"window": 30, "category": "cs.CY"}, None, "Trending in Computers and Society (cs.CY)"),
        ("library list", {}, "Leseliste", "Reading list"),
    ],
)
async def test_list_is_titled_in_the_language_of_whoever_turns_its_page(
    house: House,
    server: Server,
    speak_as: SpeakAs,
    command: str,
    options: dict[str, Any],
    german: str | None,
    english: str,
) -> None:
    papers = [replace(new_paper(i, house), authors=(Authorship(name="Ada Example"),)) for i in range(1, 13)]
    await house.stores.papers.save_papers(papers)
    for paper in papers if command == "library list" else ():
        await server.organizer.slash(server.channel, "library save", paper=str(paper.arxiv_id))
    speak_as("de")
    listed = await server.organizer.slash(server.channel, command, **options)
    asked = shown(listed).embeds[0].title or ""
    assert not asked.startswith(english)
    assert german in (None, asked)
    speak_as("en-US")
    await server.organizer.click(shown(listed), label="Weiter")
    assert (shown(listed).embeds[0].title or "").startswith(english)
    speak_as("de")
    await server.organizer.click(shown(listed), label="Previous")
    assert shown(listed).embeds[0].title == asked


async def test_direct_message_is_answered_in_the_language_last_heard(world: World, speak_as: SpeakAs) -> None:
    world.fakes.plain_words.answers["answer"] = NoSuchWatch("this watch")
    await world.stranger.send_dm("unfollow x")
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == "There is no such watch here"
    speak_as("de")
    await world.stranger.slash("help")
    await world.stranger.send_dm("unfollow x")
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == "So ein Abo gibt es hier nicht"


async def test_german_sentence_is_answered_in_german(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = NoSuchWatch("this watch")
    await world.stranger.send_dm("was läuft denn so bei quaxilogie")
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == "So ein Abo gibt es hier nicht"
    await world.stranger.send_dm("folge cs.CY nicht mehr")
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == "So ein Abo gibt es hier nicht"
    await world.stranger.send_dm("unfollow x")
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == "There is no such watch here"


async def test_mention_is_answered_in_the_servers_language(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = NoSuchWatch("this watch")
    guild = world.env.create_guild(preferred_locale="de")
    channel = guild.create_text_channel("lesen")
    member = guild.add_member(world.env.create_user("mitglied"))
    assert world.env.bot.user is not None
    await member.send(channel, f"<@{world.env.bot.user.id}> following")
    assert channel.history()[-1].embeds[0].title == "So ein Abo gibt es hier nicht"


async def test_asking_for_ones_data_stores_none(world: World, speak_as: SpeakAs) -> None:
    speak_as("de")
    await world.member.slash(world.channel, "privacy export")
    assert world.fakes.state.texts.get(language_key(world.member.id)) is None
    await world.member.slash(world.channel, "help")
    assert world.fakes.state.texts[language_key(world.member.id)] == "de"


def _announcement(number: int, channel: simcord.ChannelHandle, guild: simcord.GuildHandle) -> Announcement:
    place = Place(kind=PlaceKind.CHANNEL, id=channel.id, guild_id=guild.id)
    delivery = Delivery(id=number, place=place, paper_id=7, reasons=("category cs.CY",), created_at=NOW)
    return Announcement(id=number, place=place, deliveries=(delivery,), claimed_at=NOW)


async def test_announcement_is_in_the_servers_language(world: World) -> None:
    """The same paper for the same reason, in two servers: what is kept of a card is kept per language."""
    german = world.env.create_guild(preferred_locale="de")
    channel = german.create_text_channel("neuigkeiten")
    postman = DiscordPostman(cast("Any", world.env.bot))
    await postman.send(_announcement(1, world.channel, world.guild), [PAPER])
    await postman.send(_announcement(2, channel, german), [PAPER])
    reasons = [place.history()[-1].embeds[0].author.name for place in (world.channel, channel)]
    assert reasons == ["category cs.CY", "Kategorie cs.CY"]


async def test_owner_is_told_in_the_language_last_heard(world: World, speak_as: SpeakAs) -> None:
    speak_as("de-AT")
    await world.member.slash(world.channel, "help")
    watch = make_watch(owner_id=world.member.id, paused_reason="the channel no longer exists")
    postman = DiscordPostman(cast("Any", world.env.bot))
    await postman.tell_owner([watch], watch.paused_reason)
    notice = world.member.user.dm_channel.history()[-1].embeds[0]
    assert notice.title == "Ich kann Paper nicht wie vereinbart ankündigen"
    assert "den Kanal gibt es nicht mehr" in (notice.description or "")
