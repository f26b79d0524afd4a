"""Foreign text made safe for Discord, and short enough."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.markdown import clean, clip, plain

AT = "\uff20"


@pytest.mark.parametrize(
    "text",
    [
        "Text-to-image: an (honest) survey, part 2. Why?",
        "p < 0.05, a > b & c; 50% ~50 e.g. 1:2:3 #1",
        "it's “quoted” – and 3–4 [1], [2]",
        "深度学习 Łukasz naïve",
        "a|b",
        "foo@example",
    ],
)
def test_plain_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
        ("||spoiler|| ~~gone~~", r"\|\|spoiler\|\| \~\~gone\~\~"),
        ("[x](https://evil.example)", r"[x] (https\://evil.example)"),
        ("<https://evil.example>", r"\<https\://evil.example>"),
        ("join discord.gg/abc", r"join discord\.gg/abc"),
        ("@everyone and @HERE", f"{AT}everyone and {AT}HERE"),
        ("<@1> <@!1> <@&1>", f"<{AT}1> <{AT}!1> <{AT}&1>"),
        ("<#1> <t:1:R> </cmd:1> <id:guide>", r"\<#1> \<t:1:R> \</cmd:1> \<id:guide>"),
        ("<:e:1> <a:e:1> :smile:", r"\<\:e:1> \<a\:e:1> \:smile:"),
        ("# Heading", r"\# Heading"),
        ("#hashtag", "#hashtag"),
        ("-# small", r"\-# small"),
        ("> quote", r"\> quote"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("so\n\n> quote\n\n- item", "so\n\n\\> quote\n\n\\- item"),
        ("```py\ncode\n```", r"\`\`\`py code \`\`\`"),
        (r"\*not escaped\*", r"\\\*not escaped\\\*"),
        ("@every\u200bone", f"{AT}everyone"),
        ("<\u2060@1>", f"<{AT}1>"),
        ("h\u202ettp\x00s://a\u200d.b", r"https\://a.b"),
    ],
)
def test_plain_what_would_act_is_made_inert(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\nb  c\t d ", "a b c d"),
        ("one\n\ntwo\r\n \r\nthree", "one\n\ntwo\n\nthree"),
        ("a\u2028b\u00a0c\u3000d", "a b c d"),
        ("\u202eevil\u202c \u200b\ufeff\x07\x00", "evil"),
        ("\u3164\u2800", ""),
        ("lone \ud800 half", "lone \ufffd half"),
        ("a" + "\u0301" * 40, "a\u0301\u0301\u0301"),
        ("", ""),
    ],
)
def test_clean_leaves_visible_characters_and_paragraphs(text: str, expected: str) -> None:
    assert clean(text) == expected


hostile = st.text("\\*_~`|<>@#:[]()-+1. \n\teveryonhttps/\u200b\u202e\x00", max_size=80)


@given(st.text(max_size=200) | hostile)
def test_plain_any_text_holds_nothing_that_acts(text: str) -> None:
    shown = plain(text)

    assert not re.search(r"@(everyone|here)|<@", shown, re.IGNORECASE)
    assert "](" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`]", re.sub(r"\\.", "", shown))
    assert not re.search(r"[a-z0-9]://", shown, re.IGNORECASE)
    assert not re.search(
        "[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )
    assert not re.search(r"^\s*(?:>|#{1,3}\s|-#|[-*+]\s|\d+[.)]\s)", shown, re.MULTILINE)
    shown.encode()


@given(st.text(max_size=200) | hostile)
def test_plain_read_by_discord_is_the_cleaned_text(text: str) -> None:
    read = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", plain(text))

    assert read.replace("\uff20", "@").replace("] (", "](") == clean(text).replace("\uff20", "@").replace(
        "] (", "]("
    )


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two, three", 10, "one two…"),
        ("unbreakable", 5, "unbr…"),
        ("word " + "x" * 50, 20, "word xxxxxxxxxxxxxx…"),
        (r"abc\*def", 5, "abc…"),
        (r"abc\\def", 6, r"abc\\…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_clip_ends_at_a_word(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected


@given(st.text(max_size=120) | hostile, st.integers(0, 130))
def test_clip_any_text_fits_and_keeps_escapes_whole(text: str, limit: int) -> None:
    shown = clip(plain(text), limit)

    assert len(shown) <= limit
    if shown.endswith("…") and not plain(text).endswith("…"):
        before = shown[:-1]
        assert (len(before) - len(before.rstrip("\\"))) % 2 == 0
