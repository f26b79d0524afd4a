"""The forms in which references are written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.papers import Paper
from bot.text.references.apa import apa
from bot.text.references.bibtex import bibtex
from bot.text.references.csl import csl
from bot.text.references.csv import csv_table
from bot.text.references.reference import reference_of
from bot.text.references.ris import ris
from bot.text.references.zotero import zotero_rdf


class ReferenceForm(StrEnum):
    """A form that reference managers or people read, by its usual name."""

    BIBTEX = "BibTeX"
    RIS = "RIS"
    CSL_JSON = "CSL-JSON"
    APA = "APA"
    CSV = "CSV"
    ZOTERO_RDF = "Zotero RDF"

    @property
    def ending(self) -> str:
        """How a file of this form ends."""
        return _ENDINGS[self]


CITED = (ReferenceForm.BIBTEX, ReferenceForm.RIS, ReferenceForm.CSL_JSON, ReferenceForm.APA)
"""The forms in which a single paper is cited; the others are for whole lists."""

_ENDINGS = {
    ReferenceForm.BIBTEX: "bib",
    ReferenceForm.RIS: "ris",
    ReferenceForm.CSL_JSON: "json",
    ReferenceForm.APA: "txt",
    ReferenceForm.CSV: "csv",
    ReferenceForm.ZOTERO_RDF: "rdf",
}


def reference_key(paper: Paper) -> str:
    """Return the key under which a paper is cited; files of one reference are named by it."""
    return reference_of(paper).key


def render_references(papers: Sequence[Paper], form: ReferenceForm) -> str:
    """Return the papers' references as the text of one file."""
    references = [reference_of(paper) for paper in papers]
    match form:
        case ReferenceForm.BIBTEX:
            text = "\n\n".join(map(bibtex, references))
        case ReferenceForm.RIS:
            text = "\n".join(map(ris, references))
        case ReferenceForm.CSL_JSON:
            text = json.dumps([csl(reference) for reference in references], ensure_ascii=False, indent=2)
        case ReferenceForm.APA:
            text = "\n\n".join(map(apa, references))
        case ReferenceForm.CSV:
            text = csv_table(references)
        case ReferenceForm.ZOTERO_RDF:
            text = zotero_rdf(references)
    return f"{text.rstrip()}\n"
