"""Texts and embeds within Discord's limits."""

from __future__ import annotations

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import limits
from bot.cards.card import Attachment, Card, fit
from bot.cards.components import Components, button
from tests.unit.cards.checks import assert_valid, units


@given(st.text(max_size=120), st.integers(0, 60))
def test_shorten_never_exceeds_the_limit_and_keeps_the_beginning(text: str, limit: int) -> None:
    short = limits.shorten(text, limit)
    assert units_or_zero(short) <= limit
    if short != text:
        assert text.startswith(short.removesuffix("…"))


@given(st.text(alphabet="ab\\ 🧪", max_size=80), st.integers(0, 40))
def test_cut_never_ends_inside_an_escape(text: str, limit: int) -> None:
    short = limits.cut(text, limit)
    assert units_or_zero(short) <= limit
    assert short == text or not short.endswith("\\")


def test_shorten_long_sentence_ends_at_a_word() -> None:
    assert limits.shorten("The energy cost of thanking machines", 20) == "The energy cost of…"


def test_length_of_an_emoji_is_two_as_clients_count() -> None:
    assert limits.length("a🧪") == 3


huge = st.text(min_size=0, max_size=40).flatmap(
    lambda text: st.integers(1, 400).map(lambda times: text * times)
)
fields = st.lists(st.tuples(huge, huge, st.booleans()), max_size=30)


@settings(max_examples=60)
@given(st.lists(st.tuples(huge, huge, huge, huge, fields), min_size=1, max_size=12))
def test_fit_any_embeds_gives_a_valid_message(parts: list[tuple[str, str, str, str, list]]) -> None:
    embeds = []
    for title, description, footer, author, values in parts:
        embed = discord.Embed(title=title, description=description + "x")
        embed.set_footer(text=footer or None)
        if author.strip():
            embed.set_author(name=author)
        for name, value, inline in values:
            embed.add_field(name=name, value=value, inline=inline)
        embeds.append(embed)
    card = fit(Card(embeds=tuple(embeds)))
    total = 0
    for embed in card.embeds:
        assert len(embed.fields) <= 25
        total += limits.embed_size(embed)
    assert total <= 6000
    assert len(card.embeds) <= 10
    assert all(field.name and field.name.strip() for embed in card.embeds for field in embed.fields)


def test_fit_card_within_the_limits_stays_as_it_is() -> None:
    embed = discord.Embed(title="T", description="D", url="https://arxiv.org/abs/2306.05949", color=1)
    embed.add_field(name="h-index", value="**43**", inline=True)
    embed.set_footer(text="OpenAlex")
    embed.set_image(url="attachment://years.png")
    before = embed.to_dict()

    fitted = fit(Card(embeds=(embed,)))

    assert fitted.embeds[0].to_dict() == before
    assert embed.to_dict() == before


def test_fit_too_many_characters_drops_the_last_fields_first() -> None:
    embed = discord.Embed(title="T", description="d" * 4096)
    for index in range(4):
        embed.add_field(name=f"n{index}", value="v" * 900)
    names = [field.name for field in fit(Card(embeds=(embed,))).embeds[0].fields]
    assert names == ["n0", "n1"]


def test_message_of_a_card_can_be_built_twice_with_fresh_files() -> None:
    card = Card(content="x", files=(Attachment(name="a.png", data=b"1", description="a chart"),))
    first, second = card.message()["files"][0], card.message()["files"][0]
    assert first.fp.read() == second.fp.read() == b"1"
    assert first.description == "a chart"


def test_edit_of_a_card_without_view_removes_what_stood_there() -> None:
    edit = Card(content="gone").edit()
    assert edit["view"] is None
    assert edit["embeds"] == []
    assert edit["attachments"] == []


def test_components_are_never_kept_by_the_library() -> None:
    """discord.py keeps every view that is not finished for as long as it lives."""
    assert Components([button("Open", "abstract:1")]).is_finished()


def test_button_without_any_visible_label_still_has_one() -> None:
    assert_valid(Card(content="x", view=Components([button("\u200b\u202e", "abstract:1")])))


@pytest.mark.parametrize("text", ["a" * 81, "🧪" * 60])
def test_button_with_a_long_label_is_shortened(text: str) -> None:
    assert units(button(text, "abstract:1").label or "") <= 80


def units_or_zero(text: str) -> int:
    """Count UTF-16 units of text that may hold lone surrogates."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
