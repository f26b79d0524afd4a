"""What is pasted into a message: identifiers, links, references, entries of a bibliography."""

from __future__ import annotations

from datetime import date

from bot.domain.categories import parse_category
from bot.domain.search import PaperFilter
from bot.services.conversation.wishes import Identified, LookUp, NewIn, PapersBy, PapersNamed, Say, Wish
from bot.text.citations import Citation, read_citation
from bot.text.entries import title_of_entry
from bot.text.identifiers import find_author_id, find_paper_id, find_paper_ids, looks_like_identifier
from bot.text.links import category_of_link, words_of_link


def read_pasted(said: str) -> Wish | None:
    """Read an entry of a bibliography, or a reference as it stands in papers."""
    if title := title_of_entry(said):
        return named_in(said) or LookUp(title)
    if cited := read_citation(said):
        return named_in(said) or _cited(cited)
    return None


def _cited(cited: Citation) -> Wish:
    """Return what a reference stands for: its title, else what these people wrote in that year."""
    if cited.several:
        return Say("one reference")
    if cited.title:
        return LookUp(cited.title)
    where = PaperFilter(since=date(int(cited.year), 1, 1), until=date(int(cited.year), 12, 31))
    return PapersBy(cited.authors, where) if len(cited.authors) > 1 else LookUp(cited.authors[0], where)


def read_identified(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read an identifier or a link, or what was meant as one."""
    if find_paper_id(text) or find_author_id(text):
        return Identified(text)
    if listed := parse_category(category_of_link(text)):
        return NewIn(PaperFilter(category=listed))
    if linked := words_of_link(text):
        return LookUp(linked)
    return named_in(text) or (Identified(text) if looks_like_identifier(text) else None)


def named_in(text: str) -> Wish | None:
    """Read the papers that a text names by identifiers and links."""
    ids = find_paper_ids(text)
    if len(ids) > 1:
        return PapersNamed(text)
    return Identified(str(ids[0])) if ids else None
