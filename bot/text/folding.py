"""Folds text so that case, accents and typography don't matter in search and comparison."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode doesn't decompose, as people without that keyboard type them; after casefold.
_PLAIN_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t",
    "þ": "th", "ŋ": "n", "ƒ": "f", "ȷ": "j", "ɓ": "b", "ɗ": "d", "ɠ": "g", "ə": "e", "ɛ": "e", "ɔ": "o",
    "ƙ": "k",
}  # fmt: skip
_PLAIN_LETTER = re.compile(f"[{''.join(_PLAIN_LETTERS)}]")

# Combining diacritics, and characters without width. Vowel signs of Indic scripts are no accents and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)

# \"o, \'{e}, {\"u}, \v{c}, \c c: the letter alone is what remains of an accented letter.
_TEX_ACCENT = re.compile(
    r"""\{?\\(?:["'`^~=.]\s{0,2}|[uvHtcdbrk](?:\s{1,2}|(?=\{)))(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))\}?"""
)
_TEX_LETTER = re.compile(r"\{?\\(ss|ae|oe|aa|AE|OE|AA|[oliOLj])(?![A-Za-z])(?:\{\}|\}|\s)?")

# Signs that a full text index older than them would take for letters, such as newer emoji.
_SIGNS = re.compile(r"[^\w\s\x00-\x7f]+")

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
# Of ASCII, letters in lower case and digits; all else is a space between words.
_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)


def _without_tex_accents(text: str) -> str:
    text = _TEX_ACCENT.sub(lambda match: match[1] or match[2], text)
    return _TEX_LETTER.sub(lambda match: match[1][:1] if match[1] in ("aa", "AA") else match[1], text)


def fold(text: str) -> str:
    """Return text in lower case without accents, so that `Müller`, `MULLER` and `M\\"uller` are one.

    Punctuation stays where it is ASCII; other signs become spaces.
    """
    if "\\" in text:
        text = _without_tex_accents(text)
    if text.isascii():
        return text.lower()
    # Few words of most texts have foreign letters, and a space parts what Unicode could put together.
    folded: list[str] = []
    done = 0
    for match in _FOREIGN.finditer(text):
        if match.start() < done:
            continue
        start = max(text.rfind(" ", done, match.start()), done)
        end = text.find(" ", match.end())
        folded += (text[done:start].lower(), _fold_foreign(text[start : end if end >= 0 else None]))
        done = end if end >= 0 else len(text)
    return "".join((*folded, text[done:].lower()))


def _fold_foreign(text: str) -> str:
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    text = _PLAIN_LETTER.sub(lambda match: _PLAIN_LETTERS[match[0]], text)
    # Casefold can bring decomposable letters; Hangul and kana are put together again.
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of the folded text, as FTS5's unicode61 splits it."""
    folded = text if text.isascii() and "\\" not in text else fold(text)
    if folded.isascii():
        # As nearly all texts are; it takes a third of the time.
        return folded.encode().translate(_LETTERS).decode().split()
    return _WORD.findall(folded)


def title_key(title: str) -> str:
    """Return what two spellings of one title have in common: its folded words."""
    return " ".join(words(title))
