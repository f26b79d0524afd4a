"""The catalogues hold every sentence of the code, complete and with its places."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from bot.cards.actions.watches import HINTS
from bot.cards.help import PLAIN_WORDS
from bot.cards.menus import FORMS, RHYTHMS, SWITCHES
from bot.words import _, speaking
from tests import words

REMEDY = "run `make words`, translate what is empty in bot/locale/*/LC_MESSAGES/hoopoe.po, and run it again"

languages = pytest.mark.parametrize("language", words.TRANSLATIONS)


@cache
def _sentences() -> Catalog:
    return words.sentences()


def _key(message: Message) -> tuple[str, ...]:
    return words.forms(message.id)


def _places(text: str) -> set[str]:
    """Return the named places of a sentence, with how they are written."""
    return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None}


def _has_places(text: str) -> bool:
    """Say whether a sentence is made to be filled in; a brace of a grammar's is none."""
    try:
        return bool(_places(text))
    except ValueError:
        return False


@languages
def test_every_sentence_is_in_the_catalogue_and_no_other(language: str) -> None:
    ours = {_key(message) for message in words.listed(words.read(language))}
    assert ours == {_key(message) for message in words.listed(_sentences())}, REMEDY


@languages
def test_every_sentence_is_translated_for_certain(language: str) -> None:
    catalogue = words.read(language)
    open_ones = [
        message.id
        for message in words.listed(catalogue)
        if message.fuzzy or not all(words.forms(message.string))
    ]
    assert open_ones == [], REMEDY
    assert not catalogue.obsolete, REMEDY


@languages
def test_plural_is_written_in_all_forms_of_the_language(language: str) -> None:
    catalogue = words.read(language)
    for message in words.listed(catalogue):
        if len(_key(message)) > 1:
            assert len(words.forms(message.string)) == catalogue.num_plurals, message.id


@languages
def test_translation_keeps_the_places_of_its_sentence(language: str) -> None:
    for message in words.listed(words.read(language)):
        if not _has_places(_key(message)[-1]):
            continue
        named = {place for form in _key(message) for place in _places(form)}
        for form in words.forms(message.string):
            # "One paper" may leave its number out, in any language.
            assert named - {"count:"} <= _places(form) <= named, message.id


@languages
def test_translation_keeps_what_is_typed_as_it_is(language: str) -> None:
    """Commands between backticks are what somebody types: they are English. Examples of plain words are not.

    That those are understood is tested with the services that read them.
    """
    for message in words.listed(words.read(language)):
        if _key(message)[0] == PLAIN_WORDS:
            continue
        typed = set(_key(message)[0].split("`")[1::2])
        for form in words.forms(message.string):
            assert set(form.split("`")[1::2]) == typed, message.id


@languages
def test_translation_begins_and_ends_like_its_sentence(language: str) -> None:
    for message in words.listed(words.read(language)):
        for form in words.forms(message.string):
            text = _key(message)[0]
            assert (form[:1] == " ", form[-1:] == " ") == (text[:1] == " ", text[-1:] == " "), message.id
            assert (form[-1:] == "…") == (text[-1:] == "…"), message.id


@languages
def test_forms_of_settings_fit_their_frame(language: str) -> None:
    """Discord takes 45 characters for the title of a form and for the label of a field."""
    with speaking(language):
        for text in (*FORMS.values(), *HINTS.values()):
            assert len(_(text)) <= 45, text


@languages
def test_choices_of_settings_fit_their_frame(language: str) -> None:
    """Discord takes 100 characters below an option."""
    with speaking(language):
        texts = [*RHYTHMS.values(), *(text for pair in SWITCHES.values() for text in pair)]
        assert all(len(_("Now: {value}").format(value=_(text))) <= 100 for text in texts)


def _shown_plainly() -> Iterator[str]:
    """Yield the texts that cards show without the catalogue: texts of embeds, and labels."""
    for file in sorted((words.ROOT / "bot" / "cards").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call):
                given = [one.value for one in node.keywords if one.arg in _SHOWN]
                if isinstance(node.func, ast.Name) and node.func.id in _LABELED:
                    given += node.args[:1]
                for one in given:
                    texts = one.values if isinstance(one, ast.JoinedStr) else [one]
                    yield from (
                        f"{file.name}: {text.value!s}"
                        for text in texts
                        if isinstance(text, ast.Constant) and re.search("[A-Za-z]{2}", str(text.value))
                    )


_SHOWN = frozenset({"title", "description", "name", "text", "label", "placeholder", "content", "hint"})
_LABELED = frozenset({"button", "link_button"})
_NAMES = re.compile(
    r"(?:PDF|OpenAlex|ORCID|arXiv|Hoopoe|[\w-]+\.(?:png|json)|reading-list|energy AND .*|Sasha Luccioni, .*)",
    re.ASCII,
)
"""Names, and examples of what is typed, which are the same in every language."""


def test_cards_show_nothing_but_names_without_the_catalogue() -> None:
    plain = [text for text in _shown_plainly() if not _NAMES.fullmatch(text.partition(": ")[2].strip())]
    assert plain == []


@languages
def test_program_reads_what_people_wrote(language: str) -> None:
    with words.path(language, "mo").open("rb") as file:
        compiled = {_key(message): words.forms(message.string) for message in words.listed(read_mo(file))}
    written = {_key(message): words.forms(message.string) for message in words.listed(words.read(language))}
    assert compiled == written, REMEDY
