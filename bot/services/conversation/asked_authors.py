"""What is asked about authors: who they are, their numbers, and what they wrote."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.search import Sort
from bot.services.conversation.conditions import read_category, take_conditions
from bot.services.conversation.newest import take_order, take_order_behind
from bot.services.conversation.phrases import ANYTHING, PAPERS, content, forms, sort_asked
from bot.services.conversation.wishes import Identified, PapersBy, Person, Say, SearchFor, Wish
from bot.text.dates import parse_range
from bot.text.folding import words
from bot.text.identifiers import find_author_id, find_paper_id, find_paper_ids
from bot.text.names import is_name_like

_NUMBERS = (
    r"(?:h-?(?: ?index)|i10-?(?: ?index)|citations?|citation count|number of citations|profile"
    r"|author (?:page|card)|metrics|numbers)"
)
_PERSON = forms(
    r"who(?: is|'s|s| was) (.+)",
    rf"(?:the |what(?:'s| is) the |what are the )?{_NUMBERS} (?:of|for) (.+)",
    rf"(?:what(?:'s| is| are) )?(.+?)'s {_NUMBERS}",
    r"how (?:many (?:citations|papers)|often|much) (?:does|has|is|was|do|did) (.+?)"
    r"(?: (?:have|has|got|written|published|publish|write|cited))*(?: (?:so far|in total|overall))?",
    r"author:? (.+?)(?: (?:from|at) .+)?",
    r"(?:the )?(?:e-?mail|contact|homepage|website|affiliation|institution|university)"
    r"(?: address| details)? of (.+)",
    r"(?:which|what) (?:institution|university|institute|company|lab) (?:is|does) (.+?) "
    r"(?:at|from|in|with|work (?:at|for|in)|belong to)",
    r"where (?:is|does) (.+?) (?:working|work|based|at|from|employed|affiliated|located)",
    r"((?:the )?(?:prof|professor|dr)\b.+)",
)
_NAME_FIRST = re.compile(
    r"(?:what(?:'s| is| are) )?(?:the )?(?P<name>\S+(?: \S+){0,3}) (?:(?:h|i10)-?(?: ?index)|citation count)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:my|our) (?:\w+ )?(?:advis[eo]r|supervisor|mentor|colleague|professor|prof\.?|student|postdoc) "
    r"|orcid(?: id)?:? "
    r"|(?:the )?(?:author|researcher|scientist|prof(?:essor)?\.?|dr\.?|mrs?\.|ms\.|herrn?|frau) ",
    re.I,
)
_GROUP = re.compile(r"(?:the )?(?P<head>.+)'s (?:lab|group|team)|the (?P<name>.+) lab", re.IGNORECASE)
"""Whose group it is; "Gemini Team" and "the Particle Data Group" sign papers as such."""


def read_person(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read a question for somebody, or for their numbers."""
    for form in _PERSON:
        if found := form.fullmatch(text):
            name = _bare_name(found[1])
            return Identified(name) if find_paper_id(name) or find_author_id(name) else Person(name)
    found = _NAME_FIRST.fullmatch(text)
    return Person(found["name"]) if found and content(found["name"]) else None


def _bare_name(name: str) -> str:
    """Return a name without titles before it and punctuation around it."""
    name = name.strip(" '\",.?!")
    while title := _TITLE.match(name):
        name = name[title.end() :]
    name = name.removesuffix("'s")
    group = _GROUP.fullmatch(name)
    return (group["head"] or group["name"]) if group else name


_WROTE = (
    r"(?:written|published|publish|write|posted|post|released|release|wrote|done|do|submitted|submit|put out)"
)
_BY = forms(
    rf"(?P<lead>.*?)\b(?:{PAPERS}(?: \w+)? (?:by|of|from|author:?)"
    rf"|{ANYTHING}(?: \w+)? (?:by|from)) (?P<name>.+)",
    rf"{PAPERS} author:? (?P<name>.+)",
    r"(?:what (?:is|are) )?(?P<name>.+?)(?:'s|s')(?P<lead> .*)?"
    r"\b(?:papers?|publications?|preprints?)(?P<tail> .+)?",
    rf"(?:what(?: else)?|which(?: other)? {PAPERS}) (?:has|have|did|does|is|was) (?P<name>.+?)"
    rf" (?:been |recently )?(?:{_WROTE}|publishing|writing|working on|up to)(?P<tail> .+)?",
    r"what(?:'s|s| is| are) (?P<name>.+?) (?:been )?(?:working on|writing|up to|publishing)(?P<tail> .+)?",
    rf"(?:has|have|did) (?P<name>.+?) (?:recently )?{_WROTE}(?: anything| something)?(?: new)?(?P<tail> .+)?",
    rf"(?:does|do) (?P<name>.+?) have (?P<lead>.*)\b{PAPERS}(?P<tail> .+)?",
)
_JOINT = re.compile(
    rf"(?:do|did|have|has) (?P<name>.+? and .+?) (?:ever )?(?:(?:have |published |written )?(?:any )?"
    rf"(?:joint|common|shared) {PAPERS}|(?:{_WROTE}|worked?)(?: anything| something| {PAPERS})? together)"
    r"(?P<tail> .+)?",
    re.IGNORECASE,
)
_WHOSE = re.compile(rf"(?:her|his|their) (?:\w+ ){{0,2}}{PAPERS}(?: .+)?", re.IGNORECASE)
_WHICH_WROTE = re.compile(
    rf"(?:what|which {PAPERS}|(?:the )?{PAPERS}(?: that| which)?) (?P<name>.+?) (?:has |have )?"
    r"(?:wrote|written|published|posted|released)(?P<tail> .+)?",
    re.IGNORECASE,
)
_BEEN_UP_TO = re.compile(
    r"what (?P<name>.+?) (?:is|are|has|have)(?: been)?(?: recently)?"
    r" (?:working on|up to|writing|publishing|doing)(?P<tail> .+)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*[(\[]((?:19|20)\d\d(?: ?[-\u2013] ?(?:19|20)\d\d)?)[)\]]$")
_ABOUT_WHAT = re.compile(r"\s(?:about|on|regarding|concerning)\s", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:my|our) (?:group|lab|team|institute|department|university|colleagues)|(?:both|all"
    r"|them|him|her|they|he|she|these|those)(?: of them)?(?: together)?",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\s*(?:,? or |\bor by )\s*", re.IGNORECASE)
_TOGETHER = re.compile(r"\s*(?:,? and |&|;)\s*")


def read_papers_by(text: str, today: date) -> Wish | None:
    """Read a question for what somebody wrote, alone or with others."""
    text = _IN_BRACKETS.sub(r" \1", text)
    if _WHOSE.fullmatch(text):
        return Say("whose")
    for form in (_JOINT, *_BY):
        if (found := form.fullmatch(text)) and (wish := _papers_of(found, today)):
            return wish
    found = _WHICH_WROTE.fullmatch(text) or _BEEN_UP_TO.fullmatch(text)
    return _papers_of(found, today) if found and is_name_like(found["name"]) else None


def _papers_of(found: re.Match[str], today: date) -> PapersBy | SearchFor | Identified | Say | None:
    parts = found.groupdict()
    lead, order = take_order(f"{(parts.get('lead') or '').strip()} papers")
    whole, order_behind = take_order_behind(f"{parts['name']}{parts.get('tail') or ''}")
    whole, where = take_conditions(whole, today)
    name, *about = _ABOUT_WHAT.split(whole, maxsplit=1)
    about = [] if about and about[0].lower() in ("it", "this", "that", "them") else about
    # What stands behind the verb and is no condition belongs to the question, not to the name.
    name = name if name in parts["name"] else parts["name"]
    if content(lead) or not content(name) or read_category(name) or parse_range(name, today):
        return None
    if _UNNAMED.fullmatch(name):
        return Say("whose")
    if find_paper_ids(name):
        return Identified(name)
    names = tuple(_bare_name(one) for one in _TOGETHER.split(name) if one.strip())
    sort = order or order_behind or sort_asked(lead)
    best = sort is Sort.CITATIONS or not {"top", "best"}.isdisjoint(words(lead))
    order = Sort.CITATIONS if best else Sort.NEWEST
    either = [_bare_name(one).replace('"', "") for one in _EITHER.split(name)]
    if len(either) > 1 and not about:
        return SearchFor(" OR ".join(f'au:"{one}"' for one in either if one), where, order)
    return PapersBy(names, where, order, *about)
