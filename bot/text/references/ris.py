"""References as RIS, as reference managers import it."""

from __future__ import annotations

from bot.text.references.reference import Person, Reference


def ris(reference: Reference) -> str:
    """Return one record; lines end as the format's readers expect them.

    Tags: https://en.wikipedia.org/wiki/RIS_(file_format). `JOUR` is an article, `UNPB` a preprint.
    """
    issued = [f"{part:02}" for part in reference.issued]
    pairs = [
        ("TY", "JOUR" if reference.published_in else "UNPB"),
        ("ID", reference.key),
        *(("AU", _name(person)) for person in reference.authors),
        ("TI", reference.title),
        ("T2", reference.published_in),
        ("PY", "".join(issued[:1])),
        ("DA", "/".join(issued) if issued[1:] else ""),
        ("AB", reference.abstract),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("AN", f"arXiv:{reference.arxiv_id}" if reference.arxiv_id else ""),
        ("N1", reference.note),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in pairs if value), "ER  - "])


def _name(person: Person) -> str:
    return ", ".join(part for part in (person.family, person.given, person.suffix) if part)
