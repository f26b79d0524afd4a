"""What a reference is about, as people paste it from papers and mails: its title, or its authors and year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.folding import words
from bot.text.names import is_name_like

_LONGEST = 2_000
_LEAST_WORDS = 3
"""Words of the shortest title in quotes that is taken out of a text."""

_YEAR = r"(?:19|20)\d\d[a-z]?"
_WITH_YEAR = re.compile(rf"(?<!\w){_YEAR}(?!\w)")
_NUMBERED = re.compile(r"(?:\[[\w+-]{1,12}\]|\(\d{1,3}\)|\d{1,3}\.)\s+(?=\S)")
_ANOTHER = re.compile(r"(?<=[\s;])\[\d{1,3}\]\s+(?=[A-Z])")
_QUOTED = re.compile(r'"([^"]*)"')
_DATED = re.compile(rf"[\s,.]*(?:\({_YEAR}(?:, [^()]{{1,20}})?\)[.,:]?|\. {_YEAR}\.)\s+")
_ET_AL = re.compile(r"\bet\.? al\b[.,:;]*\s*", re.IGNORECASE)
_GERMAN = re.compile(r"(?<=\w)(,?) u\. ?a\.(?=[ ,:(])")
_INITIAL = re.compile(r"(?:^|[\s,.-])[A-Z]\.(?=[\s,;.-]|$)")
_STOP = re.compile(r"(?<![\s.,-][A-Z])(?<!^[A-Z])[.?!]\s+(?=\S)")
_SURNAME = r"(?:(?:van|von|de|der|den|del|di|da|la|le|el|al) ){0,3}[^\W\d_](?:[^\W\d_]|['\u2019-])+"
_SHORT = re.compile(
    rf"(?P<first>{_SURNAME})(?:,? et\.? al\.?|(?: and | & |&)(?P<second>{_SURNAME})|)(?P<after>,? ?)"
    rf"(?P<open>[(\[]?)(?P<year>(?:19|20)\d\d)[a-z]?[)\]]?"
)
_LEADS_UP = re.compile(
    r"(?:(?:as|see|also|cf|eg|e\.g|i\.e|shown|proposed|introduced|described|discussed|in|by|the|paper|papers"
    r"|study|work|of|from|according|to)[.,]*\s+)+",
    re.IGNORECASE,
)
_MARK = re.compile(r"&| al\b")
_BETWEEN = re.compile(r";\s*")


@dataclass(frozen=True, slots=True)
class Citation:
    """A title, or who wrote it and when; `several` says that there are more than one."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""
    several: bool = False


def read_citation(text: str) -> Citation | None:
    """Return what a text cites that is a reference and nothing else; None for any other text."""
    text = _GERMAN.sub(r"\1 et al.", text[:_LONGEST].strip())
    if short := _short(text):
        return short
    if not _WITH_YEAR.search(text) and not _NUMBERED.match(text) and not _ET_AL.search(text):
        return None
    if _NUMBERED.match(text) and _ANOTHER.search(text):
        return Citation(several=True)
    numbered = _NUMBERED.match(text)
    text = text[numbered.end() :] if numbered else text
    title = _behind_people(text, _QUOTED.search(text), inside=True) or _behind_people(
        text, _DATED.search(text)
    )
    title = title or _behind_people(text, _ET_AL.search(text)) or _behind_people(text, _STOP.search(text))
    title = title or _behind_initials(text)
    return Citation(title=title) if title else None


def quoted_title(text: str) -> str:
    """Return the first words in quotes that may be a title; empty where there are none."""
    found = (match[1].strip(" ,.") for match in _QUOTED.finditer(text))
    return next((title for title in found if len(words(title)) > _LEAST_WORDS), "")


def _short(text: str) -> Citation | None:
    """Read "Vaswani et al., 2017" and "(Luccioni & Strubell 2023; Dodge 2022)"."""
    bare = text.strip(" .,;:")
    if bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1:
        bare = bare[1:-1]
    led = _LEADS_UP.match(bare)
    found = [_SHORT.fullmatch(one.strip()) for one in _BETWEEN.split(bare[led.end() :] if led else bare)]
    if not found or not all(found):
        return None
    if len(found) > 1:
        return Citation(several=True)
    (only,) = found
    # "Bees and wasps 2019" and "March 2024" are no authors.
    is_cited = only is not None and (only["open"] or only["after"].startswith(",") or _MARK.search(only[0]))
    authors = tuple(filter(None, (only["first"], only["second"]))) if only else ()
    if only is None or not is_cited or any(name.split()[-1][0].islower() for name in authors):
        return None
    return Citation(authors=authors, year=only["year"])


def _behind_people(text: str, found: re.Match[str] | None, *, inside: bool = False) -> str:
    """Return the title that stands behind authors' names, or `inside` what was found behind them."""
    if found is None or not _is_people(text[: found.start()], named=found.re is _ET_AL):
        return ""
    title = found[1] if inside else _until_venue(text[found.end() :])
    title = title.strip(" ,.\"'")
    return title if len(words(title)) >= (1 if inside else 2) else ""


def _behind_initials(text: str) -> str:
    """Return the title that follows "E. Strubell, A. Ganesh, A. McCallum, "."""
    people = _INITIALED.match(text)
    title = _until_venue(text[people.end() :]).strip(" ,.") if people else ""
    return title if len(words(title)) >= _LEAST_WORDS else ""


def _is_people(text: str, *, named: bool = False) -> bool:
    """Say whether a text is a list of authors as references have it."""
    with_others = named or _ET_AL.search(text) is not None
    text = _ENDS_IN_YEAR.sub("", _ET_AL.sub("", text)).strip(" ,.;:(")
    if not text or len(text) > 600:
        return False
    if with_others or _INITIAL.search(f"{text}."):
        return all(_OF_NAMES.fullmatch(word) for word in text.split())
    names = re.split(r",? and |,? & |, |; ", text)
    is_list = len(names) > 1 and any(is_name_like(name) for name in names)
    return is_list and all(_OF_NAMES.fullmatch(word) for name in names for word in name.split())


_ENDS_IN_YEAR = re.compile(rf"[\s,.(]+{_YEAR}[\s,.)]*$")
_OF_NAMES = re.compile(
    r"(?:[A-Z]\.-?){1,4}[,;]?|[A-Z][\w'\u2019.-]*[,;]?|&|and|van|von|de|der|den|del|di|da|la|le|el|al|\u2026"
)


_INITIALED = re.compile(r"(?:(?:[A-Z]\.[ -]?){1,3}[A-Z][\w'\u2019-]+(?:, (?:and )?| and )){2,40}(?=[A-Z])")


def _until_venue(text: str) -> str:
    """Return the title that a text begins with: up to a stop, or up to what says where it appeared."""
    stop = _STOP.search(text)
    if stop:
        return text[: stop.start() + (text[stop.start()] in "?!")]
    parts = text.split(", ")
    while len(parts) > 1 and (
        _WITH_YEAR.search(parts[-1]) or parts[-1].lower().startswith(("in ", "in: ", "arxiv"))
    ):
        dropped = parts.pop()
        if len(parts) > 1 and _WITH_YEAR.fullmatch(dropped) and len(parts[-1].split()) < _LEAST_WORDS:
            parts.pop()
    return ", ".join(parts)
