"""What people do with the whole bot: each journey is one person's way through some of the surface.

A command, an option, a button or a menu that no journey uses with success makes `test_walk.py` fail.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import simcord

from bot.domain.identifiers import Doi, OpenAlexId
from bot.domain.papers import Authorship
from tests.discord.conftest import shown
from tests.discord.house import ANNOUNCE, HARVEST, Server, new_paper
from tests.factories import make_author, make_paper

Journey = Callable[[Server], Awaitable[None]]

AUTHOR = "Sasha Luccioni"
TITLE = "Evaluating the Social Impact of Generative AI Systems in Systems and Society"
PAPER = "2306.05949"
LONG = "The abstract goes on and on about what societies do. " * 90


async def look_up_an_author(server: Server) -> None:
    """From a card to the papers, to co-authors and their cards, and to announcements of one's own."""
    person, channel = server.organizer, server.channel
    card = await person.slash(channel, "author", name=AUTHOR)
    assert not card.ephemeral
    assert shown(card).embeds[0].title == AUTHOR
    papers = await person.click(shown(card), label="Papers")
    assert papers.ephemeral
    assert "of 15" in _read(papers)
    numbers = await person.click(shown(card), label="About these numbers")
    assert "h-index" in _read(numbers)
    mates = await person.click(shown(card), label="Co-authors")
    assert "Julien Delavande" in _read(mates)
    mate = await person.select(shown(mates), ["Julien Delavande"])
    assert shown(mate).embeds[0].title == "Julien Delavande"
    followed = await person.click(shown(card), label="Follow")
    assert AUTHOR in _read(followed)
    await person.send_dm("following")
    assert AUTHOR in str(person.user.dm_channel.history()[-1].embeds[0].to_dict())


async def choose_among_namesakes(server: Server) -> None:
    """Two people of a name: the choice is remembered. A slip of the keyboard: the nearest is offered."""
    person, channel = server.organizer, server.channel
    question = await person.slash(channel, "author", name="Wei Zhang")
    assert question.ephemeral
    chosen = _choices(question)[1]
    await person.select(shown(question), [chosen])
    assert question.response is None
    card = channel.history()[-1].embeds[0]
    assert card.title == "Wei Zhang"
    again = await person.slash(channel, "author", name="Wei Zhang")
    assert shown(again).embeds[0].to_dict() == card.to_dict()
    missed = await person.slash(channel, "author", name="Sasha Lucioni")
    await person.click(shown(missed), label=AUTHOR)
    assert channel.history()[-1].embeds[0].title == AUTHOR


async def read_an_authors_papers(server: Server) -> None:
    """A list with every option, its pages, one of its papers, and what the number before it means."""
    person, channel = server.organizer, server.channel
    listed = await person.slash(channel, "papers", author=AUTHOR)
    first = _read(listed)
    await person.click(shown(listed), label="Next")
    assert _read(listed) not in ("", first)
    opened = await person.select(shown(listed), _choices(listed)[:1])
    assert opened.ephemeral
    narrowed = await person.slash(
        channel, "papers", author=AUTHOR, sort="newest", since="2024", category="cs.CY", code=True
    )
    assert "Papers by" in (shown(narrowed).embeds[0].title or "")
    together = await person.slash(channel, "coauthors", author=AUTHOR)
    assert shown(together).attachments
    card = await person.slash(channel, "author", name=AUTHOR)
    references = await person.click(shown(card), label="Cite")
    assert _read(references) == f"15 papers by {AUTHOR} as BibTeX."
    await person.click(shown(references), label="RIS")
    assert _read(references) == f"15 papers by {AUTHOR} as RIS."
    assert [file.filename for file in shown(references).attachments] == ["sasha-luccioni.ris"]
    compared = await person.slash(
        channel,
        "compare",
        first=AUTHOR,
        second="Julien Delavande",
        third="Regis Pierrard",
        fourth="Clara Na",
    )
    assert shown(compared).attachments


async def read_and_cite_a_paper(server: Server) -> None:
    """A paper's card, its numbers, its neighbors, its reference in two forms, its whole abstract."""
    person, channel = server.organizer, server.channel
    card = await person.slash(channel, "paper", paper=PAPER)
    assert shown(card).embeds[0].title == TITLE
    assert "umber" in _read(await person.click(shown(card), label="About these numbers"))
    assert "similarity 0." in _read(await person.click(shown(card), label="Similar"))
    reference = await person.click(shown(card), label="Cite")
    assert "@" in _read(reference)
    await person.click(shown(reference), label="RIS")
    assert "TY  -" in _read(reference)
    assert "(2023)" in _read(await person.slash(channel, "cite", paper=PAPER, format="APA"))
    assert "similarity 0." in _read(await person.slash(channel, "similar", paper=PAPER))
    await person.click(shown(card), label="Discuss")
    (thread,) = channel.threads
    assert TITLE[:20] in str(thread.name)
    long = replace(new_paper(1, server.house), abstract=LONG)
    await server.house.stores.papers.save_papers([long])
    card = await person.slash(channel, "paper", paper="2601.00001")
    whole = await person.click(shown(card), label="Full abstract")
    assert "".join(embed.description or "" for embed in shown(whole).embeds).count("societies") == 90


async def search_the_catalogue(server: Server) -> None:
    """A search with every option, what is trending, and what the scores mean."""
    person, channel = server.organizer, server.channel
    found = await person.slash(
        channel,
        "search",
        query="energy OR model",
        category="cs",
        author=AUTHOR,
        since="2020",
        until="2026",
        code=True,
        sort="citations",
    )
    assert _choices(found)
    scored = await person.slash(
        channel, "search", query="of OR the", category="cs.CL", min_score=2, sort="score"
    )
    assert _choices(scored)
    novel = await person.slash(channel, "search", query="of OR the", min_novelty=2)
    assert "without a least score" in _read(novel), "the sample is too small for novelty"
    trending = await person.slash(channel, "trending", category="cs", window=30)
    assert "last 30 days" in (shown(trending).embeds[0].title or "")
    meaning = await person.click(shown(scored), label="About these numbers")
    assert "Forecast" in _read(meaning)


async def keep_a_reading_list(server: Server) -> None:
    """Saved by command and by button, voted for by command, button and menu, exported, emptied."""
    person, channel = server.organizer, server.channel
    await person.slash(channel, "library save", paper=PAPER)
    card = await person.slash(channel, "paper", paper="2605.13981")
    saved = await person.click(shown(card), label="Save")
    voted = await person.click(shown(saved), label="Vote")
    assert "1 vote" in _read(voted)
    voted = await person.slash(channel, "library vote", paper=PAPER)
    assert "1 vote" in _read(voted)
    listed = await person.slash(channel, "library list", sort="newest")
    menu = next(id for id in _ids(listed) if id.startswith("vote:"))
    back = await person.select(shown(listed), _choices(listed)[:1], custom_id=menu)
    assert "no longer" in str(back.followups[-1].embeds[0].to_dict()) or "vote" in str(
        back.followups[-1].embeds[0].to_dict()
    )
    exported = await person.slash(channel, "library export", format="RIS")
    assert shown(exported).attachments[0].filename.endswith(".ris")
    await person.slash(channel, "library remove", paper=PAPER)
    assert TITLE not in _read(await person.slash(channel, "library list"))


async def watch_and_change_watches(server: Server) -> None:
    """One watch of each kind with each option, then changed, paused, resumed and removed in both ways."""
    person, channel = server.organizer, server.channel
    role = server.guild.create_role("readers")
    other = server.guild.create_text_channel("new-papers")
    common = {"channel": other, "every": "daily", "topic": "energy", "code": True}
    await person.slash(
        channel, "watch author", author=AUTHOR, strict=True, preview=True, category="cs.CY", **common
    )
    watch = await person.slash(
        channel, "watch category", category="cs.CY", exclude="survey", primary=True, preview=False, **common
    )
    for command, options in {
        "watch topic": {"topic": "energy", "min_score": 10.0, "min_novelty": 10.0},
        "watch similar": {"similar": PAPER, "threshold": 0.3, "topic": "energy"},
    }.items():
        common = {"channel": other, "every": "weekly", "category": "cs.CY", "code": True, "preview": True}
        seen = await person.slash(channel, command, **common, **options)
        assert "30 days" in _read(seen), command
    listed = await person.slash(channel, "watch similar", similar="our reading list")
    assert "The reading list is empty" in _read(listed)
    await person.click(shown(listed), label="Remove")
    # OpenAlex must know the paper.
    server.house.openalex.works[Doi(f"10.48550/arxiv.{PAPER}")] = make_paper(openalex_id=OpenAlexId("W1"))
    common = {"channel": other, "every": "daily", "category": "cs.CY", "topic": "energy", "preview": True}
    await person.slash(channel, "watch citations", citations=PAPER, exclude="survey", most=3, **common)
    # The profile is OpenAlex's, and so are its works.
    person_cited = OpenAlexId("A5000000001")
    await server.house.stores.authors.save_author(make_author(name="Emma Strubell", openalex_id=person_cited))
    theirs = (Authorship(name="Emma Strubell", openalex_id=person_cited),)
    server.house.openalex.works[OpenAlexId("W2")] = make_paper(openalex_id=OpenAlexId("W2"), authors=theirs)
    offered = await person.autocomplete(channel, "watch citations", "citations", "emma strub")
    cited = await person.slash(
        channel, "watch citations", citations=next(one["value"] for one in offered), **common
    )
    assert "What cites 1 paper by Emma Strubell counts" in _read(cited)
    number = _ids(watch)[0].split(":")[1]
    for word in ("edit", "pause", "resume"):
        assert "cs.CY" in _read(await person.slash(channel, f"watch {word}", watch=number))
    await person.slash(channel, "watch category", category="math.NT")
    listed = await person.slash(channel, "watch list")
    opened = await person.select(shown(listed), [number])
    await person.click(shown(opened), label="Pause")
    await person.click(shown(opened), label="Resume")
    await person.click(shown(opened), label="Change")
    await person.select(shown(opened), ["every=weekly"])
    form = await person.select(shown(opened), ["role=?"])
    await person.submit_modal(form, {"text": role.name})
    assert f"<@&{role.id}>" in _read(opened) or role.name in _read(opened)
    await person.click(shown(watch), label="Remove")
    again = await person.slash(channel, "watch category", category="cs.CY")
    removed = await person.slash(channel, "watch remove", watch=_ids(again)[0].split(":")[1])
    assert "cs.CY" in _read(removed)


async def read_an_announcement(server: Server) -> None:
    """What a watch brings: the abstract, and less of the kind, taken back again."""
    person, channel, house = server.organizer, server.channel, server.house
    house.list_new()
    await person.slash(channel, "watch category", category="cs.CY")
    house.list_new(new_paper(2, house))
    await house.pass_time(HARVEST + 2 * ANNOUNCE)
    announcement = channel.history()[-1]
    abstract = await person.click(announcement, label="Full abstract")
    assert "social impacts" in _read(abstract)
    muted = await person.select(announcement, ["mute"])
    assert "Muted" in _read(muted)
    await person.click(shown(muted), label="Undo")
    assert "Taken back" in _read(muted)


async def open_what_a_message_names(server: Server) -> None:
    """Right click, Apps, Find papers."""
    person, channel = server.organizer, server.channel
    message = await person.send(channel, f"Read https://arxiv.org/abs/{PAPER} for Friday")
    found = await person.context_menu(channel, "Find papers", message)
    assert found.ephemeral
    assert TITLE in _read(found)


async def begin_with_the_welcome(server: Server) -> None:
    """What a server reads first: set up announcements with clicks, try a look-up, see what is kept."""
    person = server.organizer
    (welcome,) = server.channel.history()
    begun = await person.click(welcome, label="Set up announcements")
    form = await person.click(shown(begun), label="Type a topic…")
    await person.submit_modal(form, {"text": "energy AND model"})
    await person.click(shown(begun), label="Here, in this channel")
    await person.click(shown(begun), label="Each paper at once")
    await person.click(shown(begun), label="Start")
    assert "Watching: topic" in _read(begun)
    form = await person.click(welcome, label="Try a look-up")
    found = await person.submit_modal(form, {"text": PAPER})
    assert TITLE in _read(found)
    kept = await person.click(welcome, label="Privacy")
    exported = await person.click(shown(kept), label="My data")
    assert shown(exported).attachments


async def look_after_the_house(server: Server) -> None:
    """Help, status, the server's settings."""
    person, channel = server.organizer, server.channel
    assert "/author" in _read(await person.slash(channel, "help"))
    assert "harvest" in _read(await person.slash(channel, "status"))
    role = server.guild.create_role("readers")
    settings = await person.slash(
        channel,
        "settings",
        time_zone="Europe/Berlin",
        digest_hour=9,
        quiet="22-7",
        watch_role=role,
        new_versions="edit",
    )
    assert "Berlin" in _read(settings)
    picks = await person.slash(channel, "settings", picks="monday", picks_channel=channel, picks_hour=10)
    assert "Monday, 10:00" in _read(picks)


async def see_and_delete_ones_data(server: Server) -> None:
    """Export, and the ways to forget: by command, in plain words, and by the export's button."""
    person, channel = server.organizer, server.channel
    await person.send_dm(f"follow {AUTHOR}")
    exported = await person.slash(channel, "privacy export")
    assert exported.ephemeral
    assert shown(exported).attachments
    await person.send_dm("forget me")
    asked_in_words = person.user.dm_channel.history()[-1]
    assert "Delete everything" in (asked_in_words.embeds[0].title or "")
    assert "privacy" in str(asked_in_words.components)
    question = await person.slash(channel, "privacy forget")
    await person.click(shown(question), label="Delete")
    assert "deleted" in _read(question)
    await person.send_dm("following")
    assert AUTHOR not in str([embed.to_dict() for embed in person.user.dm_channel.history()[-1].embeds])
    asked = await person.click(shown(exported), label="Delete all of it")
    assert "Delete everything" in _read(asked)


JOURNEYS: tuple[Journey, ...] = (
    begin_with_the_welcome,
    look_up_an_author,
    choose_among_namesakes,
    read_an_authors_papers,
    read_and_cite_a_paper,
    search_the_catalogue,
    keep_a_reading_list,
    watch_and_change_watches,
    read_an_announcement,
    open_what_a_message_names,
    look_after_the_house,
    see_and_delete_ones_data,
)


def _read(result: simcord.InteractionResult) -> str:
    """Return all that an answer says, files aside."""
    message = shown(result)
    return "\n".join((message.content, *(str(embed.to_dict()) for embed in message.embeds)))


def _ids(result: simcord.InteractionResult) -> list[str]:
    parts = [part for row in shown(result).components for part in row["components"]]
    return [part["custom_id"] for part in parts if "custom_id" in part]


def _choices(result: simcord.InteractionResult) -> list[str]:
    parts = [part for row in shown(result).components for part in row["components"]]
    return [option["value"] for part in parts for option in part.get("options", ())]
