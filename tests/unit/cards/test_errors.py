"""What people read when something went wrong."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.cards.errors import present, render_error
from bot.errors import (
    AmbiguousAuthor,
    HoopoeError,
    InvalidTopic,
    KeyRefused,
    LimitReached,
    Missing,
    NoSuchWatch,
    NotAllowed,
    NotFound,
    NotIndexed,
    NotOnShelf,
    Outdated,
    PlaceMissing,
    RateLimited,
    SourceChanged,
    SourceError,
    SourceUnavailable,
    StorageError,
    UserError,
    WatchExists,
)
from tests.factories import (
    make_author,
    make_paper,
)
from tests.unit.cards.checks import components, everything, ids


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


def test_allowance_used_up_says_when_to_try_again() -> None:
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    card = present(NotFound("Nobody", unreachable=(Missing("OpenAlex", midnight), Missing("arXiv"))))

    assert card.text.startswith(
        "arXiv does not answer; OpenAlex takes no more questions until 00:00 UTC, so it may exist. "
        "Try again <t:1795564800:R>."
    )


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
        "NoSuchWatch": NoSuchWatch("watch 9"),
        "PlaceMissing": PlaceMissing(),
        "NotOnShelf": NotOnShelf(make_paper()),
        "Outdated": Outdated("a button"),
        "NotIndexed": NotIndexed(make_paper()),
        "WatchExists": WatchExists("topic: energy", 12),
    }
    for kind in subclasses(UserError) | subclasses(SourceError) | subclasses(StorageError):
        if kind.__module__ != "bot.errors" or kind is UserError:
            continue
        if issubclass(kind, KeyRefused):
            error: HoopoeError = kind("arXiv", "401", "X_KEY")
        elif issubclass(kind, SourceError):
            error = kind("arXiv", "503")
        elif issubclass(kind, StorageError):
            error = kind("busy")
        else:
            error = next(made[base.__name__] for base in kind.__mro__ if base.__name__ in made)
        assert present(error).title != "Something went wrong"


def test_channel_without_permission_is_linked() -> None:
    card = present(NotAllowed("Send Messages", who="bot", channel_id=600))

    assert card.text == "Hoopoe lacks Send Messages in <#600>."


@pytest.mark.parametrize(
    ("what", "next_step"),
    [
        ("watches", "/watch list"),
        ("papers on a reading list", "/library remove"),
        ("papers that a watch avoids the likes of", "Undo"),
        ("messages in half a minute", "Wait a moment"),
    ],
)
def test_limit_says_what_makes_room(what: str, next_step: str) -> None:
    embed = render_error(LimitReached(what, 50), "a1b2c3").embeds[0]
    assert next_step in str(embed.to_dict())
