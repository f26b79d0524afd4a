"""References in words, as the seventh edition of the APA's manual writes them, without italics."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.references.reference import Person, Reference

_MOST_NAMED = 20


def apa(reference: Reference) -> str:
    """Return one reference: authors, year, title, where it appeared, address."""
    year = reference.issued[0] if reference.issued else "n.d."
    authors = _authors(reference.authors)
    title = reference.title
    if reference.arxiv_id and not reference.published_in:
        title = f"{title.removesuffix('.')} (arXiv:{reference.arxiv_id})"
    # Without authors the title takes their place.
    head = f"{authors} ({year}). {title}" if authors else f"{title} ({year})"
    head = head if head[-1] in "?!." else f"{head}."
    place = reference.published_in or ("arXiv" if reference.arxiv_id else "")
    address = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return " ".join(part for part in (head, f"{place}." if place else "", address) if part)


def _authors(people: Sequence[Person]) -> str:
    """Name up to twenty; of more, the first nineteen and the last."""
    names = [_name(person) for person in people]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[: _MOST_NAMED - 1])}, … {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return names[0] if names else ""


def _name(person: Person) -> str:
    return ", ".join(part for part in (person.family, person.initials, person.suffix) if part)
