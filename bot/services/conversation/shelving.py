"""Wishes for the reading list, in plain words."""

from __future__ import annotations

import re

from bot.services.conversation.naming import ENTRY, FORM_NAMES, one_of, paper_named
from bot.services.conversation.phrases import A_PLACE, forms
from bot.services.conversation.wishes import ExportSaved, ListSaved, Save, Say, Unsave, Wish
from bot.text.identifiers import find_paper_ids
from bot.text.references import CITED, ReferenceForm

_LIST = forms(
    r"(?:show |what(?:'s| is) (?:on|in) )?(?:(?:my|our|the) )?"
    r"(?:reading list|library|saved(?: papers)?|bookmarks)",
    r"(?:show |what(?:'s| is) (?:on|in) )?(?:my|our) list",
    r"what (?:did i|have i|i|i've) (?:saved?|bookmark(?:ed)?|ke(?:ep|pt)|put on my list)(?: so far)?",
)
_EXPORT_NAMES = FORM_NAMES | {
    "csv": ReferenceForm.CSV,
    "excel": ReferenceForm.CSV,
    "zotero": ReferenceForm.ZOTERO_RDF,
    "zotero rdf": ReferenceForm.ZOTERO_RDF,
}
_EXPORT_LIST = re.compile(
    r"(?:export|download) (?:a|the|this|that|these|those|them)(?: list)?(?: .+)?"
    r"|(?:bibtex|ris|apa)(?: entries| references)? (?:for|of) (?:all(?: of them)?|them|these|those|both"
    r"|the (?:first|top|last|next) (?:two|three|four|five|\d\d?))",
    re.IGNORECASE,
)
_EXPORT = forms(
    r"(?:export|download) (?:my |our |the )?(?:whole |entire )?"
    r"(?:reading list|list|library|saved papers|bookmarks)"
    rf"(?: (?:as|to|in|for) (?:a )?(?P<form>{one_of(_EXPORT_NAMES)}){ENTRY})?",
    r"(?:my|our|the) (?:whole |entire )?(?:reading list|list|library|saved papers|bookmarks)"
    rf" (?:as|to|in) (?:an? )?(?P<form>{one_of(_EXPORT_NAMES)}){ENTRY}",
    rf"(?:the |a )?(?:(?P<form>{one_of(_EXPORT_NAMES)}){ENTRY}|bibliography|references)"
    r" (?:of|for|from) (?:my |our |the )(?:whole |entire )?"
    r"(?:reading list|list|library|saved papers|bookmarks)",
)
_ADD = forms(
    r"(?:add|put) (?P<paper>.+?) (?:to|on|in(?:to)?) (?:my|our|the) (?:reading )?(?:list|library)",
    r"(?:save|bookmark|keep):? (?P<paper>.+?)(?: (?:to|for|in) (?:my|our|the|later).*)?",
    r"(?:favou?rite|star) (?P<paper>it|this|that|\S*\d{3}\S*)",
)
_SEVERAL = re.compile(
    r"(?:them|these|those)(?: all| both| three)?|(?:both|all)(?: of (?:them|these|those))?"
    r"|(?:the )?(?:first|last|next|top) (?:two|three|four|five|\d\d?)(?: papers| ones)?",
    re.IGNORECASE,
)
_TAKE_OFF = forms(
    r"(?:remove|take|delete|drop) (?P<paper>.+?) (?:from|off) (?:my|our|the) (?:reading )?(?:list|library)",
    r"(?:unsave|unbookmark):? (?P<paper>.+)",
    rf"(?:remove|delete|drop) (?P<paper>{A_PLACE})",
)


def read_shelved(text: str) -> Wish | None:
    """Read a wish for the reading list, or for a paper on it."""
    if exported := _exported(text):
        return exported
    if any(form.fullmatch(text) for form in _LIST):
        return ListSaved()
    for ways, wish in ((_TAKE_OFF, Unsave), (_ADD, Save)):
        for form in ways:
            if found := form.fullmatch(text):
                if len(find_paper_ids(found["paper"])) > 1 or _SEVERAL.fullmatch(found["paper"]):
                    return Say("one paper")
                return wish(paper_named(found["paper"]))
    return None


def _exported(text: str) -> Wish | None:
    if _EXPORT_LIST.fullmatch(text):
        return Say("export")
    found = next(filter(None, (form.fullmatch(text) for form in _EXPORT)), None)
    return ExportSaved(_EXPORT_NAMES.get((found["form"] or "").lower(), CITED[0])) if found else None
