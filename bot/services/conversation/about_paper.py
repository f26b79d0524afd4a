"""What is said of the paper of the last answer: "cite it", "who wrote it", "similar ones"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.papers import Paper
from bot.services.conversation.phrases import PLACES

FORM_NAMES = "bibtex|bib|ris|endnote|apa|csl-json|csl"
_IT = r"(?:it|this|that|this (?:one|paper)|that (?:one|paper)|the paper)"
_THING = re.compile(
    rf"\b{_IT}(?=(?:,? (?:but|and|only) .+| (?:since|from|before|after|in) (?:19|20)\d\d| with code)?$)",
    re.IGNORECASE,
)
_THING_WITHIN = re.compile(
    rf"(?P<verb>cite|quote|save|bookmark|keep|add|put|remove|take|delete|drop"
    r"|(?:(?:tell|notify|alert|ping) me|let me know) (?:when|if|whenever))"
    rf" {_IT}(?P<rest> (?:as|in|into|to|on|onto|for|from|off|gets?|is|has been) .+)",
    re.IGNORECASE,
)
_AUTHOR_OF_IT = re.compile(
    rf"(?P<lead>.+?) (?:the|its) (?P<which>{'|'.join(PLACES)}|last|senior) author(?: of (?:it|this|that))?"
    r"(?P<tail> (?:publish(?:ed)?|writ(?:e|ten)|wrote|do(?:ne)?|work(?:ed|ing)?|been)\b.*)?",
    re.I,
)
_BARE = tuple(
    (re.compile(form, re.IGNORECASE), meaning)
    for form, meaning in (
        (
            r"(?:(?:anything |something )?(?:more )?similar(?: (?:ones|papers|stuff|things|works?))?"
            r"|related(?: papers)?|more like (?:it|this|that))(?:,? (?:but|and|only) .+)?",
            "similar to {}",
        ),
        (r"(?:the )?(?:cite|citation|reference)", "cite {}"),
        (
            rf"(?:(?:export|download)(?: it)? )?(?:as |in |the )?(?:an? )?(?P<form>{FORM_NAMES})",
            "cite {} as \\g<form>",
        ),
        (r"(?:save|bookmark)", "save {}"),
        (
            r"(?:follow|watch|track) (?:its|the|all(?: the)?|their) authors(?: of (?:it|this|that))?",
            "follow all of them",
        ),
        (
            r"why(?: (?:is|are) (?:it|this|that|the \w+))? (?:so )?(?:low|high|bad|good|small|big)",
            "explain the numbers",
        ),
        (
            r"(?:remove|delete|unsave|drop) (?:it|this|that)(?: (?:again|please|from there))?",
            "remove {} from my list",
        ),
        (
            r"(?:what(?:'s| is)? )?(?:the |its |how many |number of )?"
            r"(?:citations(?: count)?|journal(?: ref(?:erence)?)?|(?:full )?abstract|pdf|code|link|doi"
            r"|summary|authors|versions|date|venue)"
            r"|(?:when|where) was (?:it|this|that) (?:published|posted|submitted|released|written)"
            r"|how many (?:citations|times) (?:does|has|is|was) (?:it|this|that) (?:have|got|(?:been )?cited)"
            r"|(?:how|is) (?:novel|new|good|original) is (?:it|this|that)"
            r"|is (?:it|this|that) (?:novel|new|good|original|any good)"
            r"|(?:(?:is|are) there )?(?:an? |any )?(?:newer|new|other|latest) versions?"
            r"(?: of (?:it|this|that))?"
            r"|how (?:often|much) is (?:it|this|that) cited|(?:is there|does it have) (?:any )?code"
            r"(?: for (?:it|this|that))?"
            r"|(?:what|which) (?:journal|conference|venue|category|field) (?:is|was) (?:it|this|that)"
            r"(?: (?:published|accepted))?(?: (?:in|at))?"
            r"|where (?:is|can i (?:find|read|get|download))"
            r" (?:it|this|that|(?:the )?(?:pdf|paper|full text))"
            r"|can i (?:read|get|download) (?:it|this|that)(?: for free| online| somewhere)?"
            r"|send (?:it|this|that)(?: to me)?(?: as (?:a )?pdf)?"
            r"|who(?: else)? wrote (?:it|this|that)|who are (?:the|its) authors"
            r"|what(?:'?s| is) (?:it|this|that) about",
            "{}",
        ),
    )
)
"""What is said of a paper without naming it, and what it means."""


_POINTS = re.compile(r"\b(?:it|its|this|that|the (?:paper|code|pdf|abstract|authors?|doi))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The message with a name in place of "it" or "her"."""

    text: str


def of_paper(said: str, paper: Paper | None) -> Rewritten | None:
    """Return the message with the paper's name in it; None where it is about something else."""
    if paper is None:
        return None
    name = name_of(paper)
    for form, meaning in _BARE:
        if found := form.fullmatch(said):
            return Rewritten(found.expand(meaning.replace("{}", "\0")).replace("\0", name))
    if whose := _AUTHOR_OF_IT.fullmatch(said):
        which = whose["which"].lower()
        place = -1 if which in ("last", "senior") else PLACES.index(which)
        if place < len(paper.authors):
            return Rewritten(f"{whose['lead']} {paper.authors[place].name}{whose['tail'] or ''}")
    if within := _THING_WITHIN.fullmatch(said):
        return Rewritten(f"{within['verb']} {name}{within['rest']}")
    if _THING.search(said) and said.lower() != "that":
        return Rewritten(_THING.sub(lambda _: name, said))
    return None


def is_about_it(said: str) -> bool:
    """Say whether a message asks something of a paper that only the last answer would have named."""
    return _POINTS.search(said) is not None and any(form.fullmatch(said) for form, _meaning in _BARE)


def name_of(paper: Paper) -> str:
    """Return what names a paper in a message."""
    return str(paper.arxiv_id or paper.doi or f'"{paper.title}"')
