"""How people name the forms of references, and papers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.text.identifiers import find_paper_ids
from bot.text.references import CITED, ReferenceForm

FORM_NAMES = {
    "bibtex": ReferenceForm.BIBTEX,
    "bib": ReferenceForm.BIBTEX,
    "latex": ReferenceForm.BIBTEX,
    "ris": ReferenceForm.RIS,
    "endnote": ReferenceForm.RIS,
    "zotero": ReferenceForm.RIS,
    "mendeley": ReferenceForm.RIS,
    "citavi": ReferenceForm.RIS,
    "csl": ReferenceForm.CSL_JSON,
    "csl-json": ReferenceForm.CSL_JSON,
    "apa": ReferenceForm.APA,
    "reference": ReferenceForm.APA,
}


def one_of(names: Iterable[str]) -> str:
    """Return the form of any one of these, the longest first."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


FORM = rf"(?P<form>{one_of(FORM_NAMES)})"
AS = r"(?:as|in|to|for)(?: an?)?"
ENTRY = r"(?: (?:entry|citation|reference|format|style|record|file))?"


def read_form(text: str) -> ReferenceForm:
    """Return the form of references that a word names, the usual one where it names none."""
    return FORM_NAMES.get(text.lower(), CITED[0])


def paper_named(text: str) -> str:
    """Return what names the paper: an identifier in the text, else the words without their quotes."""
    ids = find_paper_ids(text)
    return str(ids[0]) if ids else text.strip(" '\",")
