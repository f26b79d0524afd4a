"""Ways of asking that the readers know in other words, as German sentences are.

Each is a whole sentence without courtesies. What a reader knows as a form of its own stands there;
here stands what would need the same said in another order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.services.conversation.paraphrases_people import OF_PEOPLE, SOMETIMES
from bot.services.conversation.paraphrases_watching import WATCHED
from bot.services.conversation.phrases import ANYTHING, PAPERS
from bot.text.names import is_name_like

_PEOPLE = r"(?:any(?:one|body)|some(?:one|body)|people|others)"
_FORM = r"(bibtex|ris|apa|csl-json|endnote)"
_A_PAPER = r"(\S*\d{4}\S*|\".+\")"
_A_NUMBER = r"(?:ai )?(?:novelty|forecast|impact|score)s?"

_SEARCHES = (
    (rf"{PAPERS} (?:with|containing|mentioning) (.+) in (?:the|their) abstracts?", r"search for abs:\1"),
    (r"(?:articles|papiers|publications|papers|artículos|trabajos) (?:sur|sobre) (.+)", r"papers on \1"),
    (r"what (?:does|is|are) ([a-z-]+\.[a-z-]+)(?: (?:mean|stand for|about))?", r"new in \1"),
    (
        r"(?:to )?(?:find )?(?:an? |some |possible )?(?:reviewers?|referees?|collaborators)"
        rf"(?: for (?:an? |my |our )?{PAPERS})? (?:about|on|in|for) (.+)",
        r"papers about \1",
    ),
    (
        r"what (?:has|have|was|were)(?: been| ever)* (?:published|written|done|posted)"
        r" (?:on|about) (.+)",
        r"papers on \1",
    ),
    (r"related work (?:on|about|in|for) (.+)", r"papers on \1"),
    (
        r"what (?:should|could|can|do) (?:i|we) (?:cite|quote) (?:for|on|about|when .+ about) (.+)",
        r"papers on \1",
    ),
    (
        # "Recent Advances in …" begins titles, which are written large.
        r"(?:the )?(?:recent|latest|newest|new)"
        r" (?-i:advances|developments|progress|breakthroughs|results|findings|research)"
        r" (?:in|on|of|about) (.+)",
        r"newest papers on \1",
    ),
    (
        r"what (?:do|does|did) (?:people|researchers|the literature|science|studies)"
        r" (?:say|know|write) about (.+)",
        r"papers on \1",
    ),
    (
        rf"(?:has|have|did|does|do|is|are) {_PEOPLE} {SOMETIMES}"
        r"(?:writ\w+|wrote|publish\w*|work\w*|look\w*|research\w*|study|studied|studying)"
        rf"(?: (?:anything|something|{PAPERS}))?(?: (?:on|about|at|into))? (.+)",
        r"papers on \1",
    ),
    (
        r"where (?:can|could|do|should|would) (?:i|we|one) (?:read|learn|find(?: out)?)"
        rf"(?: (?:more|{ANYTHING}|{PAPERS}))? (?:on|about) (.+)",
        r"papers on \1",
    ),
    (
        rf"(survey|review|tutorial|overview|benchmark|dataset)s? {PAPERS} (?:on|about|of|for|in) (.+)",
        r"papers on \1 \2",
    ),
    (
        r"(?:an? |some |any )?(?:open[- ]source (?:code|implementations?|software) (?:for|of|on)"
        r"|implementations of|(?:an|any|some) implementation of) (.+)",
        r"papers on \1 with code",
    ),
    (rf"(?:(?:some|the|any) )?novel {PAPERS}(.*)", r"most novel papers\1"),
    (rf"surprise (?:me|us) with (?:an? |some )?(.+?)(?: {PAPERS})?", r"papers on \1"),
    (rf"(?:the )?cross[- ]?list(?:s|ed|ings?)(?: {PAPERS})? (?:in|to|for|of|from) (.+)", r"new in \1"),
    (
        rf"(?:the )?(?:(?:most|highly|best) cited|most influential|seminal|famous|landmark) (?!{PAPERS})(.+?)"
        rf" {PAPERS}((?: .+)?)",
        r"most cited papers on \1\2",
    ),
    (
        r"(every (?:day|morning|evening|week|monday)|daily|weekly),? (?:give|send|show|tell|message|e-?mail)"
        r"(?: me| us)?(?: about)? (.+)",
        r"follow \2 \1",
    ),
    (rf"sort(?:ed)? by (\w+):? ({PAPERS} .+)", r"\2 sorted by \1"),
    (rf"({PAPERS} .+?),? (?:and )?sort (?:them |it )?by (\w+)", r"\1 sorted by \2"),
    (
        r"(?:the )?(?:arxiv )?(?:listings?|mailings?|submissions|feed) (?:for|of|in|from) (.+)",
        r"new in \1",
    ),
    (r"what (?:did|have|do) (?:i|we) miss(?:ed)?(?: while .+)?", r"what's new this week"),
    (r"what (?:did|have|do) (?:i|we) miss(?:ed)?(?: out)?(?: on)? (.+)", r"what's new \1"),
    (
        r"(?:catch|fill|bring) (?:me|us) (?:up|in)(?: to (?:date|speed))? (?:on|with|about|in) (.+)",
        r"what's new in \1",
    ),
)
_PAPER = (
    (
        r"(?:something|anything|(?:a |the |some )?papers?|the one|one)(?: (?:that|which)(?: is)?)?"
        r" (?:with|called|containing|has|having)(?: the words?)? (.+?) in (?:(?:the|its|their) )?titles?",
        r"search for ti:\1",
    ),
    (rf"(?:{PAPERS} )?(?:close|closest|nearest|near|akin) to {_A_PAPER}", r"similar to \1"),
    (rf"(?:{PAPERS} )?based on {_A_PAPER}", r"similar to \1"),
    (r"what (?:should|could|can|do) (?:i|we) read (?:next )?after (.+)", r"similar to \1"),
    (
        rf"(?:{PAPERS} |{ANYTHING} |one )?(?:(?:that )?resembl(?:ing|es?)|comparable (?:to|with)"
        r"|in the style of) (?:the )?(.+?)(?: paper)?",
        r"similar to \1",
    ),
    (r"(?:is|are) there (?:anything|something|papers) (?:like|similar to) (.+)", r"similar to \1"),
    (r"when did (.+) (?:come out|appear)", r"when was \1 published"),
    (rf"(?:export|download) {_A_PAPER} (?:as|in|to) (?:an? )?{_FORM}", r"cite \1 as \2"),
)
_NUMBERS = (
    (
        rf"(?:what is |what's |explain )?(?:the )?differences? between (?:the )?{_A_NUMBER}"
        rf" and (?:the )?{_A_NUMBER}"
        rf"|(?:why|how come) (?:is|does|has|are) (?:.+ )?{_A_NUMBER}(?: .+)?"
        rf"|(?:is|are) (?:an? |the )?{_A_NUMBER}(?: of)? \d+ ?%? .+"
        rf"|(?:is|are) \d+ ?%? (?:an? )?(?:good|bad|high|low)(?: {_A_NUMBER})?",
        r"explain the numbers",
    ),
)
_SENTENCES = tuple(
    (re.compile(form, re.IGNORECASE), meaning)
    for form, meaning in (*OF_PEOPLE, *_SEARCHES, *_PAPER, *WATCHED, *_NUMBERS)
)


def paraphrased(text: str) -> str:
    """Return a sentence as the readers know it, itself where it is none of these."""
    for form, meaning in _SENTENCES:
        found = form.fullmatch(text)
        if found and _is_of_people(found.groupdict()):
            return found.expand(meaning)
    return text


def _is_of_people(said: Mapping[str, str | None]) -> bool:
    """Say whether a `name` is a whole one, and an `author` that or a family name written large."""
    author = said.get("author") or "Somebody"
    is_author = is_name_like(author) or (author.isalpha() and author.istitle())
    return is_author and ("name" not in said or is_name_like(said["name"] or ""))
