"""References as CSL-JSON, the form of citation processors.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

from __future__ import annotations

from typing import Any

from bot.text.references.reference import Person, Reference


def csl(reference: Reference) -> dict[str, Any]:
    """Return one item."""
    values: dict[str, Any] = {
        "id": reference.key,
        "type": "article-journal" if reference.published_in else "article",
        "title": reference.title,
        "author": [_name(person) for person in reference.authors],
        "issued": {"date-parts": [[*reference.issued]]} if reference.issued else None,
        "container-title": reference.published_in,
        "publisher": "arXiv" if reference.arxiv_id and not reference.published_in else "",
        "number": f"arXiv:{reference.arxiv_id}" if reference.arxiv_id else "",
        "DOI": reference.doi,
        "URL": reference.url,
        "abstract": reference.abstract,
        "note": reference.note,
    }
    return {name: value for name, value in values.items() if value}


def _name(person: Person) -> dict[str, str]:
    if person.is_group or not person.given:
        return {"literal": person.family}
    values = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {name: value for name, value in values.items() if value}
