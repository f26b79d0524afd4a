"""From a sentence in plain words to what is wished; pure, nothing is looked up here.

A message is cleaned, taken apart into its sentences, and freed of courtesies. The readers then look
at each sentence in turn, and the first wish that one of them recognizes is the answer's. What none
recognizes is a name, a title or a search: only the catalogue can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.domain.search import Sort
from bot.services.conversation.asked_authors import read_papers_by, read_person
from bot.services.conversation.conditions import conditions_last, is_category_like, take_conditions
from bot.services.conversation.counting import list_to_count
from bot.services.conversation.hours import read_hours
from bot.services.conversation.newest import read_new, take_order, take_order_behind
from bot.services.conversation.orders import read_order
from bot.services.conversation.out_of_reach import read_out_of_reach
from bot.services.conversation.paraphrases import paraphrased
from bot.services.conversation.pasted import named_in, read_identified, read_pasted
from bot.services.conversation.phrases import (
    ANYTHING,
    PAPERS,
    clean,
    content,
    forms,
    respell,
    sentences,
    sort_asked,
    trimmed,
    without_courtesies,
)
from bot.services.conversation.questions import read_planned, read_small_wish
from bot.services.conversation.smalltalk import read_talk
from bot.services.conversation.unwanted import is_acronym, take_unwanted
from bot.services.conversation.watching import read_watching
from bot.services.conversation.wishes import (
    Count,
    HelpWanted,
    LookUp,
    NewIn,
    Nothing,
    PapersBy,
    Say,
    SearchFor,
    SearchWithout,
    Wish,
)
from bot.text.citations import quoted_title
from bot.text.folding import words
from bot.text.tongues import is_plainly_romance

Reader = Callable[[str, date], Wish | None]

_LONGEST = 600
"""Characters looked at: what is longer is no name, title or wish, and its links come first."""


_MOST = 10
"""Sentences of a message that are looked at."""


def parse_sentence(text: str, today: date) -> Wish:
    """Say what is wished. Never raises; what is not understood is something to look up."""
    said = clean(text)
    if not words(said):
        return HelpWanted() if "?" in said else Nothing()
    if pasted := read_pasted(said):
        return pasted
    if len(said) > _LONGEST:
        return _from_long(said)
    parts = sentences(said)
    asked = [part for part in parts[:_MOST] if not read_talk(part)]
    if not asked:
        return read_talk(said) or read_talk(parts[0]) or Nothing()
    plain = [
        paraphrased(conditions_last(without_courtesies(part).removeprefix("/"), today)) for part in asked
    ]
    for spelled in (plain, [respell(part) for part in plain]):
        for part in spelled:
            if wish := _recognized(part, today):
                return wish
    if is_plainly_romance(said):
        return Say("tongues")
    return _looked_up(paraphrased(conditions_last(without_courtesies(" ".join(asked)), today)), today)


def _from_long(said: str) -> Wish:
    """Take the links of a long text, else a title that it quotes, else its beginning as a search."""
    begun = quoted_title(said) or said[:_LONGEST].rpartition(" ")[0] or said[:_LONGEST]
    return named_in(said) or LookUp(begun)


def _recognized(text: str, today: date) -> Wish | None:
    return next((wish for read in _READERS if (wish := read(text, today))), None)


# How many


def _counted(text: str, today: date) -> Wish | None:
    asked = list_to_count(text)
    wish = _recognized(asked, today) if asked else None
    counts = PapersBy | NewIn | SearchFor | SearchWithout | LookUp
    return Count(wish) if isinstance(wish, counts) else wish


# Searches

_SEARCH = re.compile(r"search(?:ing)?(?: query:?| the catalogue)?(?: for| on| about)?:? (.+)", re.IGNORECASE)
_ABOUT = re.compile(
    rf"(?P<lead>.*?)\b(?P<noun>(?:{PAPERS}|{ANYTHING})(?: new| recent| interesting| good)?"
    r"|(?:(?:what(?:'s|s| is) )?the )?(?:sota|state[- ]of[- ]the[- ]art)|what(?:'s|s| is) new"
    r"|what (?:should|can|could) (?:i|we) read)(?: that| which| what)?"
    r" (?:are |is )?(?:about|on|in|for|regarding|concerning|related to|using|deal(?:s|ing)? with"
    r"|(?:speak|talk)(?:s|ing)? (?:about|of)|discuss(?:es|ing)?|mention(?:s|ing)?) (?P<query>.+)",
    re.IGNORECASE,
)
_WHO_WORKS = re.compile(
    r"who(?: else)?(?: (?:is|are|all))?(?: (?:currently|also|here))? "
    r"(?:works?|working|(?:does|do|doing) research|researching|researches|publishe?s?|publishing)"
    r" (?:on|about) (?P<query>.+)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?:my|our|a|the) (?:\w+ ){1,2}(?:on|about) ", re.IGNORECASE)


def _who_works_on(text: str, today: date) -> Wish | None:
    """Read a question for people by their subject: its papers name them."""
    found = _WHO_WORKS.fullmatch(text)
    if found is None:
        return None
    query, where = take_conditions(found["query"], today)
    return SearchFor(query, where) if content(query) else None


def _search(text: str, today: date) -> Wish | None:
    asked = _SEARCH.fullmatch(text)
    inner = asked[1] if asked else text
    if asked and (wish := read_papers_by(inner, today)):
        return wish
    rest, order = take_order_behind(inner)
    rest, where = take_conditions(rest, today)
    rest, ranked = take_order(rest)
    order = order or ranked
    about = _ABOUT.fullmatch(rest)
    if about is None or content(about["lead"]):
        return SearchFor(rest or inner, where, order or Sort.RELEVANCE) if asked else None
    query = _PURPOSE.sub("", about["query"].strip(), count=1)
    sort = order or sort_asked(f"{about['lead']} {about['noun']}")
    if re.fullmatch(rf"{PAPERS}|what.*", about["noun"], re.IGNORECASE):
        return SearchFor(query, where, sort)
    # "Anything about Emma Strubell" asks for a person.
    return LookUp(query, where, sort=sort)


_ALONE = re.compile(r"(?:but )?(?:without|except|not) (?:the ones|those) (?:about|on|with) ", re.IGNORECASE)


def _without(text: str, today: date) -> Wish | None:
    """Read a search for papers that are not about something, whatever else it asks."""
    rest, _where = take_conditions(take_order_behind(text)[0], today)
    unwanted = take_unwanted(rest)
    if unwanted is None:
        return Say("without subject") if _ALONE.match(text) else None
    if any(map(is_category_like, unwanted.words)):
        return Say("without category")
    asked = f"{unwanted.rest}{text[len(rest) :]}"
    if read_new(asked, today):
        return Say("without subject")
    wish = _listed(asked, today)
    otherwise: Wish | None = _listed(text, today)
    match wish:
        case PapersBy(names=names, about=about):
            by = " ".join(f'au:"{name.replace(chr(34), "")}"' for name in names)
            wanted = f"{by} {' '.join(words(about))}".strip()
            otherwise = None
        case SearchFor(query=wanted) | LookUp(text=wanted):
            is_asked = isinstance(wish, SearchFor) or wish.listed
            if not (unwanted.is_sure or is_asked or all(map(is_acronym, unwanted.words))):
                return None
            if unwanted.is_sure and is_asked:
                otherwise = None
        case _:
            return None
    others = otherwise if isinstance(otherwise, SearchFor | LookUp) else None
    said = unwanted.said if others else ""
    return SearchWithout(unwanted.query(wanted), wish.where, wish.sort, wanted, said, others)


def _listed(text: str, today: date) -> Wish:
    return read_papers_by(text, today) or _search(text, today) or _looked_up(text, today)


# Single papers

_ABOUT_PAPER = forms(
    r"(?:who (?:is|are|was|were) )?(?:all )?(?:the )?(?:first |last |main )?authors? of (?P<paper>.+)",
    r"how many (?:authors|versions|pages) does (?P<paper>.+) have",
    r"(?:in )?(?:which|what) (?:category|field|journal|conference|venue) (?:is|was) (?P<paper>.+?)"
    r"(?: (?:in|from|published in|at))?",
    r"(?:has|was|is) (?P<paper>\S*\d{4}\S*|\".+\") (?:been )?(?:published|accepted|retracted|withdrawn).*",
    r"who (?:wrote|authored) (?!(?:about|on|with|the most|most)\b)(?P<paper>.+)",
    r"(?:what(?:'s| is) )?(?:(?:a |the )?links? to )?(?:the )?"
    r"(?:doi|abstract|pdf|(?:arxiv |github )?(?:link|page)|github(?: repo(?:sitory)?)?|summary|venue"
    r"|date|title|the code|code(?= for (?-i:[A-Z0-9\"]))) (?:of|for|to) (?P<paper>.+)",
    r"when (?:was|were) (?P<paper>.+?) (?:published|posted|submitted|released|written)",
)


def _about_paper(text: str, today: date) -> Wish | None:
    """Read a question that a paper's card answers."""
    found = next((match for form in _ABOUT_PAPER if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    if re.fullmatch(
        r"it|this|that|they|them|these|those|the \w+ (?:one|paper|result)", found["paper"], re.IGNORECASE
    ):
        return Say("which paper")
    return named_in(found["paper"]) or _looked_up(found["paper"], today)


# Anything else

_EXPLAINED = re.compile(r"^(?:explain|summari[sz]e)(?: (?:to|for) (?:me|us))? (?=\S+ \S)", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:is )?(?:the |a |an )?(?:paper|preprint|article|title):? (?:called |titled |entitled |named )?(.+)",
    re.IGNORECASE,
)
_LISTED = forms(
    r"(?P<lead>.*?)\b(?:papers|publications|preprints|articles):? (?P<text>.+)",
    r"(?P<lead>)(?P<text>.+) (?:papers|publications|preprints|articles)",
)
_RECENT_KIND = re.compile(
    r"(?:the )?(?:most )?(?:recent|new|newest|latest) "
    r"(?=(?:surveys?|reviews?|tutorials?|datasets?|benchmarks?|methods?|approaches)\b)",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(r"\b(?:AND|OR|NOT)\b|\b(?:ti|abs|au):|-\"")
_ET_AL = re.compile(r"\s+et al\b[.,]*", re.IGNORECASE)


_BESIDE_TITLE = 4
"""So many words beside a title in quotes make it a sentence about that, and no search of its own."""


def _looked_up(text: str, today: date) -> LookUp:
    quoted = quoted_title(text)
    if quoted and len(words(text)) >= len(words(quoted)) + _BESIDE_TITLE and not _EXPRESSION.search(text):
        return LookUp(quoted, is_title=True)
    text = _EXPLAINED.sub("", text)
    called = _CALLED.fullmatch(text)
    is_title = called is not None or (quoted is not None and 2 * len(words(quoted)) >= len(words(text)))
    text = _unquoted(called[1] if called else text)
    rest, where = take_conditions(_ET_AL.sub("", text), today)
    if not rest:
        return LookUp(text, is_title=is_title)
    if recent := _RECENT_KIND.match(rest):
        return LookUp(rest[recent.end() :], where, sort=Sort.NEWEST)
    for form in _LISTED:
        found = form.fullmatch(rest)
        if found and not content(found["lead"]) and content(found["text"]):
            before, asked = trimmed(found["text"])
            return LookUp(_unquoted(asked), where, listed=True, sort=sort_asked(f"{found['lead']} {before}"))
    return LookUp(rest.rstrip(" ,;:"), where, is_title=is_title)


def _unquoted(text: str) -> str:
    """Return a text without the quotes or brackets around all of it, or the year that citations add."""
    if re.fullmatch(r'"[^"]+"|\([^()]+\)', text):
        return text[1:-1].strip()
    return re.sub(r"\s*\((?:19|20)\d\d\)$", "", text) or text


_READERS: tuple[Reader, ...] = (
    _counted,
    read_small_wish,
    read_planned,
    read_out_of_reach,
    read_hours,
    read_watching,
    read_order,
    _about_paper,
    _who_works_on,
    read_person,
    _without,
    read_papers_by,
    read_identified,
    read_new,
    _search,
)
