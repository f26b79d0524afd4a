"""Commands in plain words: cite, similar, trending, compare, who works with whom."""

from __future__ import annotations

import re
from datetime import date

from bot.services.conversation.about_paper import is_about_it
from bot.services.conversation.conditions import take_conditions
from bot.services.conversation.naming import AS, ENTRY, FORM, FORM_NAMES, paper_named, read_form
from bot.services.conversation.phrases import A_PLACE, PAPERS, forms, respell
from bot.services.conversation.shelving import read_shelved
from bot.services.conversation.wishes import (
    Cite,
    CiteAuthor,
    CoauthorsOf,
    Compare,
    PapersNamed,
    Save,
    Say,
    SimilarTo,
    Trending,
    Unsave,
    Wish,
)
from bot.text.folding import words
from bot.text.identifiers import find_paper_ids
from bot.text.references import CITED

MOST_COMPARED = 4

_CITE = forms(
    rf"(?:the |a )?(?:reference|citation) (?:of|for|to) (?P<paper>.+?) {AS} {FORM}{ENTRY}",
    rf"(?:cite|quote) (?P<paper>.+?) {AS} {FORM}{ENTRY}",
    rf"(?:the |a )?{FORM}{ENTRY} (?:of|for) (?P<paper>.+)",
    rf"{FORM}:? (?P<paper>\S+)",
    # RIS are surfaces as well, and APA a society: alone these ask for a reference of an identifier.
    r"(?:cite|quote) (?P<paper>.+?),? (?P<form>bibtex|ris|apa|csl-json|endnote)",
    r"(?P<paper>\S*\d{3}\S*),? (?P<form>ris|apa)",
    r"(?P<paper>\S+|.+,) (?P<form>bibtex|csl-json|endnote)",
    r"cite:? (?P<paper>.+)",
    r"how (?:do i|to|should i|can i|would i) cite (?P<paper>.+)",
    r"(?:the |a )?(?:citation|bibliography(?: entry)?) (?:of|for) (?P<paper>.+)",
)
_SAID_OF_A_PAPER = (
    r"(?:it\b|this\b|that\b|\S*\d{3}|['\"]|(?:entry|citation|reference|format|style|record|file)\b)"
)
_OTHER_RIS = re.compile(
    rf"(?:ris|apa) (?:(?:of|for) (?!{_SAID_OF_A_PAPER})|(?!of |for |{_SAID_OF_A_PAPER}))", re.IGNORECASE
)
"""What begins so speaks of the surfaces, or of the society, and not of a paper's reference."""

_CITE_AUTHOR = forms(
    rf"(?:cite|export|download) (?:all )?(?:the )?(?:papers|publications|works) (?:by|of) (?P<name>.+?)"
    rf"(?: {AS} {FORM}{ENTRY})?",
    rf"(?:all )?(?:the )?(?:papers|publications|works) (?:by|of) (?P<name>.+?) {AS} {FORM}{ENTRY}",
    rf"(?:(?:cite|export|download) )?(?P<name>.+?)(?:'s|s') (?:papers|publications|works) {AS} {FORM}{ENTRY}",
    rf"(?:the |a )?(?:{FORM}{ENTRY}|bibliography|references) (?:of|for|from) (?:all )?(?:the )?"
    r"(?:papers|publications|works) (?:by|of) (?P<name>.+)",
    r"(?:the |a )?(?:bibliography|references) (?:of|for) (?P<name>.+?)(?:'s|s')"
    rf" (?:papers|publications|works?)(?: {AS} {FORM}{ENTRY})?",
    rf"(?:an? |the )?(?:complete |full |whole )?(?:bibliography|publication list) (?:of|for)"
    rf" (?P<name>(?-i:[A-Z]\S+(?: \S+){{1,3}}?))(?: {AS} {FORM}{ENTRY})?",
    r"(?:cite|export|download) (?P<name>.+?)(?:'s|s') (?:papers|publications|works)(?P<form>)",
    rf"(?:the |a )?{FORM}{ENTRY} (?:of|for) (?P<name>.+?)(?:'s|s') (?:papers|publications|works)",
)
_SIMILAR = forms(
    r"(?:papers? |works? |something |anything |more |what is |what's )*"
    r"similar(?: papers?)? (?:to|as) (?P<paper>.+)",
    r"(?:(?:more )?(?:papers|works?)|more|something|anything) like (?P<paper>.+)",
    r"related (?:papers?|works?) (?:to|for|of) (?P<paper>.+)",
)
_DAYS = {"today": 1, "day": 1, "now": 7, "week": 7, "month": 30}
_TIME = r"(?: (?:(?:this|in the last|of the|the last) )?(?P<time>today|day|week|month|now))?"
_TOP = r"(?:the )?(?:top|best|hottest|most (?:important|promising|interesting)) papers?"
_TRENDING = forms(
    rf"(?:what(?:'s|s| is| are) )?(?:the )?(?:trending|trends?|hot|hottest|popular)(?: papers)?"
    rf"(?: (?:in|on) (?P<category>[\w.-]+))?{_TIME}",
    rf"trending(?: papers)?{_TIME}(?: (?:in|on) (?P<category>[\w.-]+))?",
    rf"(?:trending|hot) (?P<category>[a-z-]+\.[a-z-]+){_TIME}",
    r"(?:what are )?(?:the )?(?:top )?(?:\d+ )?trends (?:in|on) (?P<category>[\w.-]+)(?: (?:right )?now"
    r"| today)?",
    rf"{_TOP}{_TIME[:-1]}(?: in (?P<category>[\w.-]+))?",
    rf"{_TOP} in (?P<category>[\w.-]+){_TIME[:-1]}",
)
_HOT = re.compile(
    rf"(?:(?:what|which {PAPERS})(?:'s|s| is| are) )?(?:the |currently |most )*"
    rf"(?:trending|trends?|hot|hottest|popular|buzz(?:ing)?|discussed|talked about|hyped)"
    rf"(?: (?:{PAPERS}|topics?|now))*"
    r"|what (?:are|is) (?:people|everyone|everybody|researchers|the community|the field)"
    r" (?:talking about|reading|discussing|excited about|into)(?: now)?",
    re.IGNORECASE,
)
"""What asks for nothing but what is hot, once category and time are taken off."""

_TO_READ = re.compile(
    r"(?:something|anything|a (?:good |nice )?paper|papers|what (?:should|can|could|shall) (?:i|we))"
    r"(?: (?:good|nice|interesting|new))?(?: to)? read(?: (?:next|today|now|tonight|this (?:week|evening)))?"
    r"|(?:a |some )?random papers?|surprise (?:me|us)"
    r"|(?:show me |me )?something (?:good|nice|interesting|cool)",
    re.IGNORECASE,
)
_MORE = r"(?:better|(?:more|less) (?:cited|known|productive))"
_COMPARE = forms(
    r"compare:? (?P<names>.+)",
    r"(?:is|are|who is|who's|which of) (?P<names>.+ or .+?)(?: is| has)? (?:the )?(?:more|better|most)"
    r" (?:cited|known|productive|citations|papers)",
    r"(?:who(?:'s| is)|which is) (?:the )?(?:(?:better|best)(?: known| cited)?|bigger|more famous"
    r"|more cited|most cited|more productive)[,:]? "
    r"(?P<names>.+ or .+)",
    rf"(?:is|are) (?P<names>.+? {_MORE} than .+)",
    r"(?P<names>.+ (?:vs\.?|versus) .+)",
    r"(?:what(?:'s| is) )?(?:the )?differences? between (?P<names>.+)"
    r" (?:in|by) (?:(?:their|the) )?(?:citations?|h-?index|numbers|papers|publications)",
)
_BETWEEN = re.compile(
    rf"\s*(?:,\s*and\s|,|\b{_MORE} than\b|\b(?:and|or|with|to|versus)\b|\bvs\b\.?|&)\s*", re.IGNORECASE
)
_SOMEBODY = re.compile(r"(?:her|him|them|it|this|that|these|those|both)(?: (?:one|author|person))?", re.I)
_COAUTHORS = forms(
    r"who (?:has |have )?"
    r"(?:works?|worked|written|writes?|wrote|publish(?:es|ed)?|collaborate[sd]?|co-?authors?|co-?authored)"
    r"(?: together)? with (?P<name>.+?)(?: (?:the )?most(?: often)?)?",
    r"(?:who (?:are|is) )?(?:the )?(?:co-?authors?|collaborators?|network) (?:of|for) (?P<name>.+)",
    r"who(?:m)? (?:does|do|did|has|is) (?P<name>.+?) (?:usually |often |mostly |most )?"
    r"(?:works?|worked|working|writes?|writing|written|publish(?:es|ed|ing)?|collaborat(?:es?|ed|ing))"
    r"(?: (?:papers|together))?(?: the)?(?: most| mostly)? with"
    r"(?: (?:the )?(?:most|mostly|usually)(?: often)?)?",
    r"co-?authors:? (?P<name>.+)",
    r"(?:who are )?(?P<name>.+?)(?:'s|s') (?:co-?authors|collaborators|network)",
)
_DISCUSS = forms(
    r"(?:discuss|open a (?:discussion|thread) (?:of|on|about|for)|start a (?:discussion|thread)"
    r" (?:of|on|about|for)):? .+",
    r"(?:let's|let us|can we|i want to|we want to) discuss .+",
    r"discuss(?: (?:it|this|that))?",
    r"how (?:do|can|to) (?:i |we )?discuss .+",
)


_UNNAMED = re.compile(
    r"it|this|that|them|these|those|all(?: of (?:it|them|these|those))?|this (?:one|paper)"
    rf"|that (?:one|paper)|{A_PLACE}",
    re.IGNORECASE,
)
"""What the last answer would have named, had it been of one paper, or a list of some."""

_OPEN = re.compile(
    rf"(?:anything |something )?(?:more )?similar(?: (?:ones|papers))?(?:,? but .+)?"
    rf"|(?:(?:open|show|read) )?{A_PLACE}|{AS} {FORM}{ENTRY}|(?:yes )?(?:this|that) one"
    r"|its \w+|who(?:'s| is| are) the (?:first|last|second|senior) authors?"
    r"|(?:what|which) (?:journal|venue|conference)|abstract|pdf|code|authors|doi|bibtex"
    r"|what else (?:has|did|have) the (?:first|last|second|senior) author .+",
    re.IGNORECASE,
)
"""What is said of a paper that was answered, and of nothing else."""


def read_order(text: str, today: date) -> Wish | None:
    """Read a wish that a command fulfills as well."""
    wish = (
        read_shelved(text)
        or _cited(text, today)
        or _alike(text)
        or _trending(text, today)
        or _compared(text)
        or _people(text)
        or _discussed(text)
        or _of_identified(text)
    )
    is_open = isinstance(wish, Cite | SimilarTo | Save | Unsave) and _UNNAMED.fullmatch(wish.paper)
    return Say("which paper") if is_open or _OPEN.fullmatch(text) or is_about_it(text) else wish


def _cited(text: str, today: date) -> Wish | None:
    for form in _CITE_AUTHOR:
        if found := form.fullmatch(text):
            name, where = take_conditions(found["name"], today)
            return CiteAuthor(name, read_form(found["form"] or ""), where)
    for form in () if _OTHER_RIS.match(text) else _CITE:
        if found := form.fullmatch(text):
            name = found.groupdict().get("form") or ""
            return Cite(paper_named(found["paper"]), FORM_NAMES.get(name.lower(), CITED[0]))
    return None


_ALIKE = frozenset({"similar", "like", "resembling", "related", "alike", "comparable"})
_FORMS = frozenset({"bibtex", "ris", "apa", "endnote", "csl"})


def _of_identified(text: str) -> Cite | SimilarTo | None:
    """Read what is wished of a paper that is named by its identifier, in whatever words."""
    ids, said = find_paper_ids(text), set(words(respell(text)))
    if len(ids) != 1:
        return None
    if forms_named := said & _FORMS:
        return Cite(str(ids[0]), FORM_NAMES[min(forms_named)])
    return SimilarTo(str(ids[0])) if said & _ALIKE else None


def _alike(text: str) -> SimilarTo | None:
    for form in _SIMILAR:
        if found := form.fullmatch(text):
            return SimilarTo(paper_named(found["paper"]))
    return None


def _trending(text: str, today: date) -> Trending | None:
    rest, where = take_conditions(text, today)
    if _TO_READ.fullmatch(rest):
        return Trending(where.category, 7)
    if _HOT.fullmatch(rest) and not where.until:
        asked = (today - where.since).days + 1 if where.since else _DAYS["week"]
        return Trending(where.category, next((days for days in (1, 7) if asked <= days), 30))
    for form in _TRENDING:
        if found := form.fullmatch(text):
            said = found.groupdict()
            return Trending(said.get("category"), _DAYS.get((said.get("time") or "week").lower(), 7))
    return None


def _compared(text: str) -> Wish | None:
    for form in _COMPARE:
        if found := form.fullmatch(text):
            names = tuple(name for name in _BETWEEN.split(found["names"]) if name)
            if any(map(find_paper_ids, names)):
                return PapersNamed(found["names"])
            if any(map(_SOMEBODY.fullmatch, names)):
                return Say("compare")
            if 1 < len(names) <= MOST_COMPARED:
                return Compare(names)
            return Say("compare")
    return None


def _people(text: str) -> CoauthorsOf | None:
    found = next((match for form in _COAUTHORS if (match := form.fullmatch(text))), None)
    return CoauthorsOf(found["name"].strip(" '\",.?!")) if found else None


def _discussed(text: str) -> Say | None:
    return Say("discuss") if any(form.fullmatch(text) for form in _DISCUSS) else None
