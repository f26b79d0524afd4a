"""References as BibTeX, in letters that every LaTeX reads."""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latexencode import RULE_DICT, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

from bot.text.references.reference import Person, Reference

# A word with a capital beyond its first letter, or a single capital: styles would write it small.
# Looked for from a word's beginning alone and without a way back: a title may be one long word.
_CAPITALS = re.compile(
    r"(?<![^\s{}$\\-])(?:[^\s{}$\\\w-]|[\d_])*+[^\W\d_][^\sA-Z{}$\\-]*+[A-Z][^\s{}$\\-]*+"
    r"|(?<![^\s-])[A-Z](?![^\s:,.;?!-])"
)
_BRACES = {ord("{"): r"{\textbraceleft}", ord("}"): r"{\textbraceright}"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(reference: Reference) -> str:
    """Return one entry: `@article` where it is known where the paper appeared, else `@misc`."""
    fields = {
        "title": f"{{{_title(reference.title)}}}",
        "author": f"{{{' and '.join(map(_name, reference.authors))}}}" if reference.authors else "",
        "journal": _braced(reference.published_in),
        "year": _braced("".join(map(str, reference.issued[:1]))),
        # A bare word: styles print the month in their own language.
        "month": "".join(_MONTHS[month - 1] for month in reference.issued[1:2]),
        "eprint": _verbatim(str(reference.arxiv_id)) if reference.arxiv_id else "",
        "archiveprefix": "{arXiv}" if reference.arxiv_id else "",
        "primaryclass": _verbatim(reference.category) if reference.arxiv_id else "",
        "doi": _verbatim(reference.doi),
        "url": _verbatim(reference.url),
        "note": _braced(reference.note),
    }
    kind = "article" if reference.published_in else "misc"
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}"])


def _name(person: Person) -> str:
    if person.is_group or not person.given:
        # Braces keep a name together that BibTeX would take apart.
        return f"{{{_encoded(person.family)}}}"
    return ", ".join(_encoded(part) for part in (person.family, person.suffix, person.given) if part)


def _title(title: str) -> str:
    pieces: list[str] = []
    end = 0
    for word in _CAPITALS.finditer(title):
        pieces += [_encoded(title[end : word.start()]), f"{{{_encoded(word[0])}}}"]
        end = word.end()
    return "".join([*pieces, _encoded(title[end:])])


def _braced(text: str) -> str:
    return f"{{{_encoded(text)}}}" if text else ""


def _verbatim(text: str) -> str:
    """Return an identifier or address as it is: percent-signs and underscores must stay, braces can't."""
    return f"{{{text.replace('{', '%7B').replace('}', '%7D')}}}" if text else ""


def _encoded(text: str) -> str:
    return str(_encoder().unicode_to_latex(text))


@lru_cache(maxsize=1)
def _encoder() -> UnicodeToLatexEncoder:
    return UnicodeToLatexEncoder(
        # BibTeX counts braces without regard to a backslash before them: they go by name.
        conversion_rules=[UnicodeToLatexConversionRule(RULE_DICT, _BRACES), "defaults"],
        unknown_char_policy="keep",
        unknown_char_warning=False,
        replacement_latex_protection="braces-all",
    )
