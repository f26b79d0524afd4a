"""What Discord asks of any message, checked on cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import discord

from bot.cards.card import Card

_ESCAPE = re.compile(r"\\.", re.DOTALL)
_ACTING = re.compile(r"\*|_|`|~~|\|\||\]\(|<[@#:t]|@everyone|@here|https?://", re.IGNORECASE)


def units(text: str) -> int:
    """Count UTF-16 units, the larger of the two ways to count."""
    return len(text.encode("utf-16-le")) // 2


def texts(embed: discord.Embed) -> Iterator[tuple[str, int, str]]:
    """Return every text of an embed with its limit and what it is."""
    for text, limit, name in (
        (embed.title, 256, "title"),
        (embed.description, 4096, "description"),
        (embed.footer.text, 2048, "footer"),
        (embed.author.name, 256, "author"),
    ):
        if text is not None:
            yield text, limit, name
    for field in embed.fields:
        yield field.name or "", 256, "field name"
        yield field.value or "", 1024, "field value"


def components(card: Card) -> list[dict[str, Any]]:
    """Return the buttons and menus of a card as Discord gets them."""
    rows: list[Any] = card.view.to_components() if card.view is not None else []
    return [component for row in rows for component in row["components"]]


def assert_valid(card: Card) -> None:
    """Check that Discord takes the card, and that nothing in it calls anybody."""
    assert card.embeds or card.content.strip()
    assert len(card.embeds) <= 10
    assert units(card.content) <= 2000
    total = 0
    for embed in card.embeds:
        found = list(texts(embed))
        assert found or embed.image.url
        assert len(embed.fields) <= 25
        assert embed.url is None or len(embed.url) <= 2048
        for text, limit, name in found:
            assert text.strip(), f"empty {name}"
            assert units(text) <= limit, f"long {name}"
            total += units(text)
    assert total <= 6000
    assert_components(card)
    assert "@everyone" not in everything(card)
    assert "<@" not in everything(card)
    assert card.message()["allowed_mentions"].to_dict() == {"parse": []}
    everything(card).encode("utf-8")


def assert_components(card: Card) -> None:
    """Check rows, labels, addresses and custom_ids."""
    rows: list[Any] = card.view.to_components() if card.view is not None else []
    assert len(rows) <= 5
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    parts = components(card)
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    assert len(set(ids)) == len(ids)
    assert all(1 <= units(custom_id) <= 100 for custom_id in ids)
    for part in parts:
        if part["type"] == 2:
            assert 1 <= units(part["label"]) <= 80
            assert part["label"].strip()
            assert len(part.get("url", "")) <= 512
            assert part.get("url", "https://").startswith(("https://", "http://"))
        elif part["type"] == 3:  # a menu of channels brings its own options
            assert 1 <= len(part["options"]) <= 25
            values = [option["value"] for option in part["options"]]
            assert len(set(values)) == len(values)
            for option in part["options"]:
                assert 1 <= units(option["label"]) <= 100
                assert option["label"].strip()
                assert units(option["value"]) <= 100
                assert 1 <= units(option.get("description") or "-") <= 100


def everything(card: Card) -> str:
    """Return all that can be read on a card."""
    parts = [card.content, *(text for embed in card.embeds for text, _, _ in texts(embed))]
    for part in components(card):
        parts += [part.get("label", ""), part.get("placeholder") or ""]
        parts += [f"{o['label']} {o.get('description') or ''}" for o in part.get("options", ())]
    return "\n".join(parts)


def acting(card: Card) -> Counter[str]:
    """Count what acts in the Markdown of a card, escapes aside."""
    shown = "\n".join(
        text
        for embed in card.embeds
        for text, _, name in texts(embed)
        if name in ("title", "description", "field value")
    )
    return Counter(_ACTING.findall(_ESCAPE.sub("x", shown)))


def labels(card: Card) -> list[str]:
    """Return what the buttons say."""
    return [part["label"] for part in components(card) if part["type"] == 2]


def ids(card: Card) -> list[str]:
    """Return the custom_ids of buttons and menus."""
    return [part["custom_id"] for part in components(card) if "custom_id" in part]


def fields(card: Card) -> list[tuple[str, str, bool]]:
    """Return the fields of a card's first embed."""
    return [(field.name or "", field.value or "", bool(field.inline)) for field in card.embeds[0].fields]
