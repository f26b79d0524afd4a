"""What is stored in English and shown in the reader's language: watches' names, reasons, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.cards.wording import (
    SEPARATOR,
    enumerated,
    foreign,
)
from bot.domain.authors import Author
from bot.domain.search import ListRequest
from bot.words import _, marked, ngettext, number

_WATCHES = (
    marked("author {rest}"),
    marked("category {rest} (primary)"),
    marked("category {rest}"),
    marked("topic: {rest}"),
    marked("similar to the reading list ({rest})"),
    marked("similar to the reading list"),
    marked("similar to {rest}"),
    marked("cites papers by {rest}"),
    marked("cites {rest}"),
)
_CITED_AUTHOR = re.compile(r"cites (?P<title>.+) \(by (?P<name>.+)\)")
_MORE_CITED = re.compile(r"(?P<title>.+) and (?P<more>\d+) more")
_EVIDENCE = (
    marked("written with {rest}"),
    marked("about {rest}"),
    marked("same institution"),
    marked("a name that few bear"),
)
_DOUBTED = " (or a namesake: "
_DOUBTS = (
    marked("same co-author {rest}"),
    marked("same institution"),
    marked("other institutions"),
    marked("other fields"),
    marked("same category"),
    marked("both about {rest}"),
    marked("a rare name"),
    marked("a name that several bear"),
    marked("names that disagree"),
    marked("two authors of one paper"),
)
_TRAINED_ON = re.compile(r"([\d,]+) papers of (\d{4}) to (\d{4}) in ([\d,]+) cohorts")
_PAUSES = (marked("Discord did not take the message about {rest}"),)


def list_title(request: ListRequest) -> str:
    """Return what a list is called; where no `field` is named, it is of the whole catalogue."""
    whole = _("the catalogue")
    if not request.named:
        # Such a title may hold words of a person's own, with braces of their own.
        return _(request.title).replace("{field}", whole)
    named = {place: enumerated(said) for place, said in request.named.items()}
    return _(request.title).format(**({"field": whole} | named))


def watch_label(text: str) -> str:
    """Return the name of a watch, as `Watch.label` and announcements have it."""
    author, found, doubts = text.partition(_DOUBTED)
    if found and doubts.endswith(")"):
        said = ", ".join(_said(part, _DOUBTS) for part in doubts[:-1].split(", "))
        return _("{author} (or a namesake: {doubts})").format(author=watch_label(author), doubts=said)
    return SEPARATOR.join(_criterion(part) for part in text.split(SEPARATOR))


def _criterion(text: str) -> str:
    found = _CITED_AUTHOR.fullmatch(text)
    if found is None:
        return _said(text, _WATCHES)
    several = _MORE_CITED.fullmatch(found["title"])
    if several is None:
        return _("cites {title} by {name}").format(title=found["title"], name=found["name"])
    more = int(several["more"])
    said = ngettext(
        "cites “{title}” and {count} more by {name}", "cites “{title}” and {count} more by {name}", more
    )
    return said.format(title=several["title"], count=number(more), name=found["name"])


def evidence(author: Author, limit: int) -> str:
    """Return what ties the papers of one of several people together, safe to show."""
    return foreign("; ".join(_said(part, _EVIDENCE) for part in author.evidence.split("; ")), limit)


def pause_reason(text: str) -> str:
    """Return why a watch is paused; that it is paused stands before."""
    return _said(text.removeprefix("paused "), _PAUSES)


def trained_on(summary: str) -> str:
    """Return what a forecast was trained on, as its file says it."""
    found = _TRAINED_ON.fullmatch(summary)
    if found is None:
        return foreign(summary, 120)
    papers, cohorts = (int(count.replace(",", "")) for count in found.group(1, 4))
    said = ngettext(
        "{count} paper of {first} to {last} in {cohorts} cohorts",
        "{count} papers of {first} to {last} in {cohorts} cohorts",
        papers,
    )
    return said.format(count=number(papers), first=found[2], last=found[3], cohorts=number(cohorts))


def _said(text: str, forms: Sequence[str]) -> str:
    """Return a text in the reader's language by the first of the forms that it has, else as it is."""
    if text in forms:
        return _(text)
    for form in forms:
        start, _place, end = form.partition("{rest}")
        if text.startswith(start) and text.endswith(end) and len(text) > len(start) + len(end):
            return _(form).format(rest=text[len(start) : len(text) - len(end)])
    return _(text)
