"""Languages: which is spoken, and what numbers look like in it."""

from __future__ import annotations

import asyncio

import pytest

from bot.words import LANGUAGES, _, counted, decimal, language, language_of, number, speak, speaking


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("DE", "de"),
        ("en-US", "en"),
        ("fr", "en"),
        ("den", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_language_of_a_locale_falls_back_to_english(locale: str | None, expected: str) -> None:
    assert language_of(locale) == expected


def test_language_is_english_again_after_a_block() -> None:
    with speaking("de"):
        assert language() == "de"
        with speaking("fr"):
            assert language() == "en"
        assert language() == "de"
    assert language() == "en"


async def test_language_spoken_in_a_task_is_that_tasks_alone() -> None:
    async def heard(locale: str) -> str:
        speak(locale)
        await asyncio.sleep(0)
        return language()

    assert list(await asyncio.gather(heard("de"), heard("en-GB"), heard("de"))) == ["de", "en", "de"]
    assert language() == "en"


async def test_language_goes_along_into_a_thread() -> None:
    with speaking("de"):
        assert await asyncio.to_thread(language) == "de"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_empty_text_stays_empty(spoken: str) -> None:
    with speaking(spoken):
        assert _("") == ""


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_text_that_no_catalogue_knows_stays_english(spoken: str) -> None:
    with speaking(spoken):
        assert _("A sentence that nobody wrote") == "A sentence that nobody wrote"


def test_numbers_are_written_as_in_the_language() -> None:
    assert [number(1_234_567), decimal(95.5), decimal(41.0)] == ["1,234,567", "95.5", "41"]
    with speaking("de"):
        assert [number(1_234_567), decimal(95.5), decimal(1234.0)] == ["1.234.567", "95,5", "1.234"]


def test_counted_takes_the_form_of_the_number() -> None:
    texts = [counted(count, "{count} sheep pen", "{count} sheep pens") for count in (0, 1, 1_768)]
    assert texts == ["0 sheep pens", "1 sheep pen", "1,768 sheep pens"]
