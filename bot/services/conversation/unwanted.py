"""What papers are not to be about: "but not chemistry", "except YOLO", "without surveys"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.services.conversation.phrases import content
from bot.text.folding import words
from bot.text.topics import uses_operators

_SUCH = r"(?:those|ones|the ones|papers|works|anything|things)"
_ABOUT = r"(?:about|on|for|by|from|mentioning|using|with|in)"
_PLAIN = re.compile(
    rf"[\s(](?:(?:but|and) )?(?:(?:not|nothing|none) (?:{_SUCH} )?(?:about|on|mentioning"
    rf"|using|involving|with|by)"
    r"|(?<=but )(?:not|no|none|nothing|without|exclude|leave out)|except(?:ing)?(?: for)?|excluding|exclude"
    r"|leaving out|leave out|ignoring|ignore|w/o)"
    rf"(?: (?:that are|if it is|any|the|{_SUCH}))*(?: {_ABOUT})?(?: (?:any|the))? (?=\S)"
    r"|, (?:no|not) (?=\S)",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\s(?:and |but )?(?:without|not)(?: (?:any|the|papers|those|using))* (?=\S)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:,? (?:and|or|nor) (?:not |no |without )?|, ?(?:not |no )?)\s*", re.IGNORECASE)
_AS_NAMED = re.compile(r"\S*[A-Z]\S*[A-Z0-9]\S*")
_MOST = 5
_LONGEST = 4
_OTHERS = frozenset({"code", "doubt", "limit", "limits"})
"""What is left out of something else than of papers."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A text without the words that are not wanted, and these.

    `is_sure` says that nothing else can be meant: "learning without labels" is a subject too. `said` is how
    the first of them follows: "but not sufficient".
    """

    rest: str
    words: tuple[str, ...]
    is_sure: bool = True
    said: str = ""

    def query(self, wanted: str) -> str:
        """Return a search for what is wanted and nothing that is not."""
        asked = wanted if uses_operators(wanted) else " ".join(words(wanted))
        asked = f"({asked})" if " OR " in asked else asked
        return " ".join((asked, *(f"-{_quoted(with_endings(one))}" for one in self.words)))


def take_unwanted(text: str) -> Unwanted | None:
    """Split what is not wanted off the end of a text; None where nothing is excluded."""
    for form, is_sure in ((_PLAIN, True), (_MAYBE, False)):
        found = form.search(text)
        if found is None or not content(text[: found.start()]):
            continue
        parts = [part.strip(" .,!?()\"'") for part in _BETWEEN.split(text[found.end() :])]
        named = tuple(part for part in parts if part)
        if named and len(named) <= _MOST and all(_is_subject(part) for part in named):
            said = " ".join(words(f"{found[0]} {named[0]}"))
            return Unwanted(text[: found.start()].rstrip(" ,;("), named, is_sure, said)
    return None


def is_acronym(text: str) -> bool:
    """Say whether a word is the name of a method or a thing, by its capitals."""
    return _AS_NAMED.fullmatch(text) is not None


def with_endings(unwanted: str) -> str:
    """Return a plural so that it leaves out the singular as well: "survey*"."""
    is_plural = len(unwanted) > 3 and unwanted.endswith("s") and not unwanted.endswith(("ss", "us", "is"))
    return f"{unwanted[:-1]}*" if is_plural and " " not in unwanted else unwanted


def _is_subject(part: str) -> bool:
    said = words(part)
    return bool(said) and len(said) <= _LONGEST and bool(content(part)) and _OTHERS.isdisjoint(said)


def _quoted(word: str) -> str:
    star = "*" if word.endswith("*") else ""
    said = " ".join(words(word))
    return f'"{said}"' if " " in said else f"{said}{star}"
