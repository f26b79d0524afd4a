"""Small talk, and wishes for what is not there yet."""

from __future__ import annotations

import re
from datetime import date

from bot.services.wishes import Greeting, HelpWanted, ListFollowed, NotYet, StatusWanted, Thanks, Wish
from bot.text.identifiers import find_paper_ids

_GREETING = re.compile(
    r"(?:hi|hello|hallo|hey|hiya|howdy|hola|moin|bonjour|greetings|yo|ping|good (?:morning|afternoon"
    r"|evening|day)"
    r"|how are you(?: doing)?|are you (?:there|awake|alive|here))"
    r"(?: (?:there|hoopoe|bot|everyone|all|again))*",
    re.I,
)
_THANKS = re.compile(
    r"(?:(?:great|cool|nice|ok|okay|perfect|awesome|super|wonderful|excellent|amazing|brilliant|lovely|and"
    r"|many) )*"
    r"(?:thanks?(?: you)?|thx|ty|cheers|merci|danke|much appreciated|good bot|well done|bye|goodbye"
    r"|good night"
    r"|see you|great|cool|nice|ok|okay|perfect|awesome|wonderful|excellent|amazing|brilliant)"
    r"(?: (?:so|very|much|a|lot|bunch|again|hoopoe|bot|man|you|for|your|the|help|later))*",
    re.I,
)
_HELP = re.compile(
    r"help(?: me)?|commands?|usage|manual|start|menu|(?:who|what) are you|what is (?:this|hoopoe)|about you"
    r"|what (?:can|do|could) (?:you|i) (?:do|ask|offer|know)(?: (?:you|for|here|me))*"
    r"|how (?:does|do) (?:this|it|you) work|how (?:do|can) i use (?:this|you|it)|what now",
    re.I,
)
_STATUS = re.compile(
    r"status|uptime|version|last harvest|when was the last harvest|are you (?:ok|up|online|working|down)"
    r"|is (?:everything|arxiv|openalex) (?:ok|up|down|working)",
    re.I,
)
_FOLLOWED = re.compile(
    r"following|(?:what|who|whom|which \w+) (?:(?:am|are|do|did) (?:i|we)|i(?:'m| am))"
    r" (?:following|follow|watching|watch)"
    r"|(?:list )?(?:of )?(?:my|our|all|the) (?:watches|watch ?list|follows|subscriptions|alerts|followed \w+)"
    r"|watch(?:es| list|list)|subscriptions",
    re.I,
)


def read_small_talk(said: str) -> Wish | None:
    """Read a greeting, thanks or a lone question mark: what politeness would hide if taken off."""
    if re.fullmatch(r"[?\s]*\?[?\s]*", said):
        return HelpWanted()
    text = " ".join(said.translate(str.maketrans(",.!?", "    ")).split()).removeprefix("/")
    if _GREETING.fullmatch(text):
        return Greeting()
    return Thanks() if _THANKS.fullmatch(text) else None


def read_small_wish(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read wishes that need no words of one's own: help, status, what is followed."""
    if _GREETING.fullmatch(text):
        return Greeting()
    for form, wish in (
        (_THANKS, Thanks()),
        (_HELP, HelpWanted()),
        (_STATUS, StatusWanted()),
        (_FOLLOWED, ListFollowed()),
    ):
        if form.fullmatch(text):
            return wish
    return None


_PLANNED: tuple[tuple[str, str], ...] = (
    (
        r"(?:papers? |works? |something |anything |more |what is |what's )*similar(?: papers?)? (?:to|as) .+",
        "similar",
    ),
    (r"(?:papers|more|something) like .+|related (?:papers?|works?) (?:to|for|of) .+", "similar"),
    (r"compare .+ (?:and|with|to|vs\.?|versus) .+", "compare"),
    (r"cite .+|how (?:do i|to|should i|can i) cite .+", "cite"),
    (r"(?:the |a )?(?:bibtex|ris|csl|apa|bibliography)(?: \w+)? (?:of|for) .+|(?:bibtex|ris) \S+", "cite"),
    (
        r"trending(?: (?:in|on|this|papers|today|now|at)\b.*)?|what(?:'s| is) (?:trending|hot|popular)\b.*",
        "trending",
    ),
    (
        r"who (?:works|worked|writes|publishes|published|collaborates) with .+"
        r"|.+'s (?:co-?authors|collaborators)",
        "coauthors",
    ),
    (r"(?:the )?(?:co-?authors|collaborators|network) (?:of|for) .+|co-?authors .+", "coauthors"),
    (r"(?:papers |who |what |which papers )?(?:citing|cites|cited by) .+", "citing"),
    (
        r"(?:my |our |the )?(?:reading list|library|saved papers)"
        r"|add .+ to (?:my|our|the) .*(?:list|library)",
        "library",
    ),
    (r"(?:pause|mute|snooze) .+", "pause"),
    (r"(?:forget me|(?:delete|export|forget|show) (?:all )?(?:of )?my data|privacy)", "privacy"),
)
_PLANNED_FORMS = tuple((re.compile(form, re.I), what) for form, what in _PLANNED)
_SAVE = re.compile(r"(?:save|bookmark|keep) (.+)", re.I)


def read_planned(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read a wish for what can't be done yet."""
    for form, what in _PLANNED_FORMS:
        if form.fullmatch(text):
            return NotYet(what)
    saved = _SAVE.fullmatch(text)
    return NotYet("library") if saved and find_paper_ids(saved[1]) else None
