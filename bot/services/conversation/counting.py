"""Questions for how many papers there are, as the wish for their list."""

from __future__ import annotations

import re

from bot.services.conversation.phrases import PAPERS

_HOW_MANY = re.compile(
    r"(?:and )?(?:how many|(?:(?:what is|what's) )?(?:the )?(?:total )?number of"
    r"|count(?: of)?(?: (?:the|all))?)"
    rf" (?P<new>(?:new|recent) )?(?:{PAPERS})(?P<rest> .+)",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r" (?:did|does|do|has|have) (?P<name>.+?) (?:publish(?:ed)?|written?|wrote|post(?:ed)?|releas(?:ed?)"
    r"|have|got|author(?:ed)?)(?P<rest> .+)?",
    re.IGNORECASE,
)
_ARE_THERE = re.compile(
    r" (?:(?:are|were|is) there|exist|do you (?:have|know(?: of)?)|can you find|came out|come out|appeared"
    r"|(?:(?:have|were|are|has) )?(?:been )?(?:published|posted|announced|written|submitted))"
    r"(?= |$)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"how many (?:people|authors|researchers|groups|others)(?: (?:are|else))?"
    r" (?:work(?:ing)?|publish(?:ing)?|(?:do |doing )?research(?:ing)?) (?:on|about) (?P<about>.+)",
    re.IGNORECASE,
)
_USE = re.compile(r" (?:use|mention|discuss|deal with|are about|study|investigate) ", re.IGNORECASE)
_OF_THEM = re.compile(
    r"(?:and )?how many(?: (?:papers|results|ones))?(?: (?:of (?:them|these|those)))?"
    r"(?: (?:are|is|were|have|has|was))?(?: (?:there|they|that))?(?: in total| overall)?(?: (?P<rest>.+))?",
    re.IGNORECASE,
)


def list_to_count(text: str) -> str:
    """Return the wish for the list that is to be counted; empty where none is."""
    if who := _WHO.fullmatch(text):
        # People are not counted, but who wrote on a subject stands on its papers.
        return f"papers about {who['about']}"
    found = _HOW_MANY.fullmatch(text)
    if found is None:
        return ""
    rest = found["rest"]
    if wrote := _WROTE.fullmatch(rest):
        # Who wants to know about all of somebody's papers is shown the person.
        return f"papers by {wrote['name']}{wrote['rest']}" if wrote["rest"] else ""
    while there := _ARE_THERE.match(rest):
        rest = rest[there.end() :]
    return f"{found['new'] or ''}papers{_USE.sub(' about ', rest, count=1)}" if rest else ""


def narrowed_to_count(said: str) -> str | None:
    """Return what the last list is to be narrowed to before it is counted; None where nothing is asked."""
    found = _OF_THEM.fullmatch(said)
    if found is None:
        return None
    rest = found["rest"] or ""
    return f"with {rest}" if rest.lower() == "code" else rest
