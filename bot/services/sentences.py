"""From a sentence in plain words to what is wished; pure, nothing is looked up here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.domain.search import PaperFilter, Sort
from bot.services.phrases import clean, read_category, respell, take_conditions, without_courtesies
from bot.services.smalltalk import read_planned, read_small_talk, read_small_wish
from bot.services.targets import read_watching
from bot.services.wishes import (
    Identified,
    LookUp,
    NewIn,
    Nothing,
    PapersBy,
    Person,
    SearchFor,
    Wish,
)
from bot.text.folding import words
from bot.text.identifiers import find_author_id, find_paper_id, find_paper_ids, looks_like_identifier

Reader = Callable[[str, date], Wish | None]

_LONGEST = 600
"""Characters looked at: what is longer is no name, title or wish, and its links come first."""


def parse_sentence(text: str, today: date) -> Wish:
    """Say what is wished. Never raises; what is not understood is something to look up."""
    said = clean(text)
    if wish := read_small_talk(said):
        return wish
    if not words(said):
        return Nothing()
    if len(said) > _LONGEST:
        return _from_long(said)
    plain = without_courtesies(said).removeprefix("/")
    return _command(plain, today) or _command(respell(plain), today) or _looked_up(plain, today)


def _from_long(said: str) -> Wish:
    """Take the link of a long text, else its beginning as a search."""
    ids = find_paper_ids(said)
    return Identified(str(ids[0])) if ids else LookUp(said[:_LONGEST].rpartition(" ")[0] or said[:_LONGEST])


def _command(text: str, today: date) -> Wish | None:
    for read in (
        read_small_wish,
        read_planned,
        read_watching,
        _numbers,
        _papers_by,
        _identified,
        _new_in,
        _search,
    ):
        if wish := read(text, today):
            return wish
    return None


def _looked_up(text: str, today: date) -> Wish:
    called = re.fullmatch(
        r"(?:the |a |an )?(?:paper|preprint|article|title|author)s? (?:called |titled |entitled "
        r"|named )?(.+)",
        text,
        re.I,
    )
    unquoted = (called[1] if called else text).strip()
    if re.fullmatch(r'"[^"]+"', unquoted):
        unquoted = unquoted[1:-1].strip()
    rest, where = take_conditions(unquoted, today)
    return LookUp(rest, where) if rest and where != PaperFilter() else LookUp(unquoted or text)


# Authors, their numbers and papers

_NUMBERS = (
    r"(?:h-?(?: ?index)|i10-?(?: ?index)|citations?|citation count|number of citations|profile|author"
    r" (?:page|card)"
    r"|metrics|numbers)"
)
_PERSON: tuple[str, ...] = (
    r"who(?: is|'s|s| was) (.+)",
    rf"(?:the |what(?:'s| is) the |what are the )?{_NUMBERS} (?:of|for) (.+)",
    rf"(?:what(?:'s| is| are) )?(.+?)'s {_NUMBERS}",
    r"how (?:many (?:citations|papers)|often|much) (?:does|has|is|was|do|did) (.+?)"
    r"(?: (?:have|has|got|written|published|cited))*",
    r"author:? (.+)",
)
_PERSON_FORMS = tuple(re.compile(form, re.I) for form in _PERSON)


def _numbers(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    for form in _PERSON_FORMS:
        if found := form.fullmatch(text):
            name = _without_title(found[1])
            return Identified(name) if find_paper_id(name) or find_author_id(name) else Person(name)
    return None


_RANK = (
    r"(?P<rank>(?:(?:most|best|highest|top)[ -]cited|top|best|newest|latest|most recent|recent|new|last|all"
    r"|any) )*"
)
_PAPERS = r"(?:papers?|publications?|preprints?|articles?|works?)"
_WROTE = (
    r"(?:written|published|publish|write|posted|post|released|release|wrote|done|do|submitted|submit|put out)"
)
_BY: tuple[str, ...] = (
    rf"(?:the |some |of )?{_RANK}{_PAPERS}:? (?:written |published |authored |co-?authored )?(?:by|of"
    rf"|from|author:?) (?P<name>.+)",
    r"(?:everything|anything|something|all|stuff)(?P<rank> new| recent)? (?:written |published )?(?:by"
    r"|from) (?P<name>.+)",
    rf"(?:the )?(?P<name>.+?)(?:'s|s') {_RANK}(?:papers|publications|preprints)(?P<tail> .+)?",
    rf"what (?:has|have|did|does|is|was) (?P<name>.+?) (?:been |recently )?(?:{_WROTE}|publishing|writing"
    rf"|working on)(?P<tail> .+)?",
    rf"(?:has|have|did) (?P<name>.+?) (?:recently )?{_WROTE}(?: anything| something)?(?: new)?(?P<tail> .+)?",
    rf"(?:does|do) (?P<name>.+?) have (?:any )?{_RANK}{_PAPERS}(?P<tail> .+)?",
    r"papers author:? (?P<name>.+)",
)
_BY_FORMS = tuple(re.compile(form, re.I) for form in _BY)


def _papers_by(text: str, today: date) -> Wish | None:
    for form in _BY_FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        whole = f"{parts['name']}{parts.get('tail') or ''}"
        name, where = take_conditions(whole, today)
        if not name or read_category(name):
            return None
        # What stands behind the verb and is no condition belongs to the question, not to the name.
        name = name if name in parts["name"] else parts["name"]
        names = tuple(_without_title(one) for one in re.split(r"\s*(?:,? and |&|;)\s*", name) if one.strip())
        rank = (parts.get("rank") or "").lower()
        sort = Sort.CITATIONS if "cited" in rank or rank.strip() in ("top", "best") else Sort.NEWEST
        return PapersBy(names, where, sort)
    return None


def _without_title(name: str) -> str:
    name = re.sub(
        r"^(?:the )?(?:author|researcher|prof(?:essor)?\.?|dr\.?) ", "", name.strip(" '\",.?!"), flags=re.I
    )
    return name if not name.endswith("'s") else name[:-2]


# Papers


def _identified(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    if find_paper_id(text) or find_author_id(text) or looks_like_identifier(text):
        return Identified(text)
    ids = find_paper_ids(text)
    return Identified(str(ids[0])) if ids else None


_NEW = re.compile(
    r"(?:what(?:'s|s| is| was| are)? |is there |are there |(?:any|some)(?:thing)? |has anything |the )*"
    rf"(?:new|newest|latest|recent|news|announced|posted|published|out)(?: {_PAPERS})?(?: (?:announced"
    rf"|posted|submitted|out|appeared))?",
    re.I,
)
_ABOUT = re.compile(
    rf"(?:the |some |of |what is |what's |anything )*{_RANK}(?:{_PAPERS}|research|work)?"
    r" ?(?:about|on|regarding|concerning|related to|dealing with|discussing|mentioning|in) (?P<query>.+)",
    re.I,
)


def _new_in(text: str, today: date) -> Wish | None:
    if category := _bare_category(text):
        return NewIn(category)
    rest, where = take_conditions(text, today)
    if rest == text or (
        rest and not _NEW.fullmatch(rest) and not re.fullmatch(rf"(?:the )?{_PAPERS}", rest, re.I)
    ):
        return NewIn() if _NEW.fullmatch(text) else None
    return NewIn(where.category, where.since, where.has_code)


def _bare_category(text: str) -> str | None:
    """Return the category that a text is the code of; a name in words may as well be a search."""
    return read_category(text) if re.fullmatch(r"[a-z-]+\.[a-z-]{2,8}|[a-z]+-[a-z]+", text, re.I) else None


def _search(text: str, today: date) -> Wish | None:
    asked = re.fullmatch(r"search(?:ing)?(?: query:?| the catalogue)?(?: for| on| about)?:? (.+)", text, re.I)
    inner = asked[1] if asked else text
    if asked and (wish := _papers_by(inner, today)):
        return wish
    rest, where = take_conditions(inner, today)
    about = _ABOUT.fullmatch(rest)
    if about and (
        about["rank"]
        or re.search(rf"\b(?:{_PAPERS}|research|work|anything)\b", rest[: about.start("query")], re.I)
    ):
        rank = (about["rank"] or "").lower()
        newest = rank.strip() in ("new", "newest", "latest", "recent", "most recent", "last")
        sort = Sort.CITATIONS if "cited" in rank else Sort.NEWEST if newest else Sort.RELEVANCE
        return SearchFor(about["query"].strip(), where, sort)
    return SearchFor(rest or inner, where) if asked else None
