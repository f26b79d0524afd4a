"""What is said of the list of the last answer, or of a paper of it: "more", "the second one", "by date"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.papers import Paper
from bot.domain.search import Page, PaperFilter, Sort
from bot.services.answers import ListAnswer
from bot.services.conversation.about_paper import FORM_NAMES, Rewritten, name_of
from bot.services.conversation.counting import narrowed_to_count
from bot.services.conversation.last_answers import author_of
from bot.services.conversation.naming import read_form
from bot.services.conversation.narrowing import Narrow, read_narrowed
from bot.services.conversation.phrases import PLACES, index_of
from bot.services.search import PAGE_SIZE
from bot.text.references import ReferenceForm

_MORE = re.compile(
    r"(?:show |give )?(?:me )?(?:some |the )?(?:more|next|next page|continue|go on|the rest)"
    r"(?: (?:of (?:them|these|those)|please|papers|results))?"
    r"|(?:have|do) you (?:have )?(?:any )?more|(?:any|are there(?: any)?) more",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:go )?(?:back|previous(?: page)?)", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:go |show )?(?:back to )?(?:the|that|this|my last)(?: (?:full|whole|first|previous|original|last))?"
    r" list(?: again)?",
    re.IGNORECASE,
)
_PICK = re.compile(
    rf"(?:open |show )?(?:the |no\.? ?|number |nr\.? ?|#)?(?P<which>{'|'.join(PLACES)}|last|[1-9]\d?)"
    rf"(?:st|nd|rd|th)?(?: (?:one|paper|result|of (?:them|these)))?(?: in (?:the|my) browser)?"
    rf"(?: (?:as|in) (?P<form>{FORM_NAMES}))?",
    re.IGNORECASE,
)
OF_LIST = re.compile(
    r"(?P<verb>\S+(?: \S+){0,5}) (?:(?:the |(?<=of )|(?<=for )|(?<=to )|(?<=cite )|(?<=save ))"
    rf"(?P<which>{'|'.join(PLACES)}|last|\d\d?(?=st|nd|rd|th))"
    r"(?:st|nd|rd|th)?|(?:the )?(?:number |no\.? |nr\.? |#)(?P<number>[1-9]\d?))(?: one| paper| result)?"
    rf"(?P<form> (?:as|in)(?: an?)? (?:{FORM_NAMES})(?: format| style)?"
    r"| (?:in|on|to|onto|into|from|off) (?:my|our|the) (?:reading )?(?:list|library))?",
    re.IGNORECASE,
)
_ASKED_OF_ONE = r"(?:peer[- ]reviewed|published|cited|available|any good|about|by|have code|out|on arxiv)"
_WITHIN_LIST = re.compile(
    r"(?P<before>(?:when|where|how|who|what|does|do|is|are|has|was|did|tell|notify|alert)\b.*?)"
    rf" (?:the )?(?:(?P<which>{'|'.join(PLACES)}|last)(?: (?:one|paper|result)|(?= {_ASKED_OF_ONE}$))"
    r"|number (?P<number>[1-9]\d?))"
    r" (?P<after>.+)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"(?P<verb>\S+) (?:the )?(?:{'|'.join(PLACES)}|last|number \d+)(?: one)?"
    rf"(?:(?:,| and|, and) (?:the )?(?:{'|'.join(PLACES)}|last|number \d+)(?: one)?)+",
    re.IGNORECASE,
)
_FIRST_BY = re.compile(
    r"(?P<verb>cite|save|bookmark|similar to|papers similar to|(?:bibtex|ris|apa) (?:of|for)|authors of)"
    r" (?:the |their )?(?P<by>most cited|newest|latest|most recent)(?: one| paper)?"
    rf"(?: of (?:them|these|those))?(?P<form> (?:as|in) (?:{FORM_NAMES}))?",
    re.IGNORECASE,
)
_WHICH_IS_FIRST = re.compile(
    r"(?:(?:which|what)(?: (?:one|paper))?(?: of (?:them|these|those))?(?: (?:is|was|has|have|got))?"
    r"|(?:and )?(?:open|show)(?: me)?)(?: the)? (?P<by>most (?:cited|citations|recent)|newest|latest)"
    r"(?: (?:one|paper))?(?: of (?:them|these|those))?"
    r"|(?:and )?the (?P<bare>most cited|newest|latest|most recent)"
    r" (?:one|paper|of (?:them|these|those))",
    re.IGNORECASE,
)
"""What asks for one paper, and not for another order of all."""

_PAGE = re.compile(r"(?:go to |open |show |turn to )?(?:the )?page (?P<number>[1-9]\d?)", re.IGNORECASE)
_FOLLOW_LIST = re.compile(
    r"(?:follow|watch|track|subscribe(?: me)? to|(?:keep|notify|tell|alert|ping|inform) me"
    r" (?:posted |updated )?(?:about|of|on|when there are)) "
    r"(?:new (?:ones|papers|results)(?: like (?:this|these))?|more (?:of|like) (?:this|these)"
    r"|this|that|these|those"
    r"|(?:this|that) (?:topic|search|query|subject|list))",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"(?:(?:and|only|just|what about|for|of|in|the|last|this|past) )*(?P<time>today|week|month)",
    re.IGNORECASE,
)
"""The times that trends are there for."""
EXPORT = re.compile(
    r"(?:export|download) (?:it|this|that|(?P<them>them|these|those|all(?: of (?:it|them|these))?))"
    r"(?P<rest> (?:as|to|in|for|please) ?.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Another page of the last list, `pages` on or back."""

    pages: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The last list as it is, or narrowed, with how many it has."""

    of: Turn | Narrow


@dataclass(frozen=True, slots=True)
class Pick:
    """One paper of the last list."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class Beyond:
    """A place that the last list's page does not have: it shows so many papers, and there may be more."""

    shown: int
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """What is wished of the first paper of the last list in another order; `form` is how it is cited."""

    verb: str
    sort: Sort
    form: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """The last list, which is an author's papers, as a file of references."""

    author: str
    form: ReferenceForm
    where: PaperFilter


AboutList = Turn | Counted | Pick | Beyond | Narrow | First | Rewritten | Export


def about_page(said: str, page: Page) -> AboutList | None:
    """Return what is meant of one paper of a page; None where it is about none."""
    if found := _PICK.fullmatch(said):
        picked = _picked(found["which"], page)
        if found["form"] and isinstance(picked, Pick):
            return Rewritten(f"cite {name_of(picked.paper)} as {found['form']}")
        return picked
    if several := _SEVERAL.fullmatch(said):
        # One at a time: the answer to "save these" says so.
        return Rewritten(f"{several['verb']} these")
    if found := _WITHIN_LIST.fullmatch(said):
        picked = _picked(found["which"] or found["number"], page)
        if not isinstance(picked, Pick):
            return picked
        return Rewritten(f"{found['before']} {name_of(picked.paper)} {found['after']}")
    if found := OF_LIST.fullmatch(said):
        picked = _picked(found["which"] or found["number"], page)
        if not isinstance(picked, Pick):
            return picked
        return Rewritten(f"{found['verb']} {name_of(picked.paper)}{found['form'] or ''}")
    return None


def about_list(said: str, last: ListAnswer, today: date) -> AboutList | None:
    """Return what is meant of a list as a whole; None where it is about something else."""
    if meant := _first_of(said) or _turned(said, last.page):
        return meant
    if (to_count := narrowed_to_count(said)) is not None:
        narrowed = read_narrowed(to_count, last.request, today) if to_count else Turn(0)
        return Counted(narrowed) if narrowed else None
    if last.request.sort is Sort.RANK and (time := _OTHER_TIME.fullmatch(said)):
        where = f"in {last.request.where.category} " if last.request.where.category else ""
        return Rewritten(f"trending {where}{time['time']}")
    if _FOLLOW_LIST.fullmatch(said) and (subject := _subject_of(last)):
        return Rewritten(f"follow {subject}")
    if (whole := EXPORT.fullmatch(said)) and whole["them"]:
        author = author_of(last.request)
        if author and last.request.author_id is not None:
            form = read_form((whole["rest"] or "").split(" ")[-1])
            return Export(author, form, last.request.where)
        return Rewritten("export a list")
    return read_narrowed(said, last.request, today)


def _first_of(said: str) -> First | None:
    if top := _FIRST_BY.fullmatch(said):
        return First(top["verb"], _order_of(top["by"]), top["form"] or "")
    which = _WHICH_IS_FIRST.fullmatch(said)
    return First("", _order_of(which["by"] or which["bare"])) if which else None


def _turned(said: str, page: Page) -> Turn | None:
    """Return what page is to be shown; None where pages are not what is spoken of."""
    for form, pages in ((_MORE, 1), (_AGAIN, 0), (_BACK, -1)):
        if form.fullmatch(said):
            return Turn(pages)
    found = _PAGE.fullmatch(said)
    return Turn(int(found["number"]) - 1 - page.offset // PAGE_SIZE) if found else None


def _order_of(by: str) -> Sort:
    return Sort.CITATIONS if "cit" in by.lower() else Sort.NEWEST


def _subject_of(last: ListAnswer) -> str:
    """Return what a list is of, as it is followed; empty where it is of nothing that can be."""
    if author := author_of(last.request):
        return author
    if last.request.query:
        return f"the topic {last.request.query}"
    return last.request.where.category or ""


def _picked(which: str, page: Page) -> Pick | Beyond:
    shown = len(page.papers)
    index = index_of(which, shown)
    if index < shown:
        return Pick(page.papers[index])
    return Beyond(shown, has_more=page.offset + shown < page.total)
