"""Names in place of the words that point at people of the last answer: "her papers", "by both"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.services.conversation.last_answers import Talk
from bot.services.conversation.phrases import PLACES, index_of

_WHOM = re.compile(
    r"\b(?:(?:her|him|them)(?= (?:with|and|to|vs|versus)\b)|(?<=by )(?:her|him|them)\b"
    r"|(?:(?<=does )|(?<=did )|(?<=has )|(?<=have )|(?<=is )|(?<=when )|(?<=if )|(?<=whenever )"
    r"|(?<=time ))"
    r"(?:she|he|they)(?= \w)"
    r"|(?:her|him|them|they|she|he)$|(?:this|that) (?:author|person)\b)",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\b(?:her|his|their)(?= (?:(?:\w+ ){0,2}(?:papers?|publications|works?|co-?authors|collaborators)"
    r"|network"
    r"|h-index|citations|numbers)\b)",
    re.I,
)
_WHICH_OF_THEIRS = re.compile(
    r"(?:(?:which|what) (?:one )?of (?:her|his|their) (?:papers|publications)"
    r"(?: (?:is|are|was|were))?(?: the)?"
    r"|(?:what(?:'s| is| about) )?(?:her|his|their)) (?P<order>most cited|newest|latest|most novel|best)"
    r"(?: ones?)?",
    re.IGNORECASE,
)

_BARE_OF_AUTHOR = tuple(
    (re.compile(form, re.IGNORECASE), meaning)
    for form, meaning in (
        (r"(?:the |all )?(?:papers|publications)", "papers by {}"),
        (r"(?:the )?co-?authors|collaborators|network", "coauthors of {}"),
        (r"follow", "follow {}"),
        (
            r"(?:(?:and|but|only|just|show me) )*(?:the ones|those) (?:about|on) (?P<about>.+)",
            "papers by {} about {about}",
        ),
        (r"(?:how many |the )?(?:citations|h[- ]?index|metrics|numbers)", "who is {}"),
    )
)

_WORKS = r"(?:papers|publications|preprints|works?|articles)"
_TOGETHER = r"(?: (?:together|jointly|with each other))"
_JOINT = re.compile(
    rf"(?:(?:(?:the|any|all|their) )*(?:(?:joint|common|shared|co-?authored) )?{_WORKS} (?:by|of|from)"
    rf" (?:both|all|them|these)(?: of them| authors| people| two| three| four)?{_TOGETHER}?"
    rf"|(?:(?:the|any|all|their) )*(?:joint|common|shared|co-?authored) {_WORKS}"
    rf"|(?:what|which {_WORKS}) (?:have|did) (?:they|both)(?: both)? (?:written?|published?|done?)"
    rf"{_TOGETHER}?"
    r"|(?:have|did|do) (?:they|both)(?: ever)? (?:work(?:ed)?|written?|wrote|publish(?:ed)?|collaborated?"
    rf"|co-?author(?:ed)?)(?: (?:anything|something|{_WORKS}))?{_TOGETHER}?"
    rf"|(?:{_WORKS} )?(?:they (?:wrote|have written|published) )?(?:together|both))"
    r"(?P<rest> (?:since|about|from|with code|before|after|in) ?.*)?",
    re.IGNORECASE,
)
"""What asks for papers that all those wrote who were compared."""


_WITH_WHOM = re.compile(
    r"(?:(?:the |all |any )?papers|what|anything|everything|something) (?:that )?(?:he|she|they)"
    r"(?:'s|'ve)? (?:has |have )?(?:ever )?(?:done|wrote|written"
    r"|published|did|made)"
    r"(?: together)? with (?P<other>.+)",
    re.IGNORECASE,
)
_COMPARED_AGAIN = re.compile(
    r"(?:(?:and )?(?:add|include) (?P<other>.+?)(?: (?:to|in) (?:it|them|(?:the|this) (?:comparison|list)))?"
    r"|compare (?:them|these|those|all)(?: (?:by|in|on) .+)?"
    r"|(?:who|which(?: one| of them)?) (?:has|is|was)(?: the)? (?:more|most|better|best|higher"
    r"|highest)(?: [\w-]+){0,2})",
    re.IGNORECASE,
)


_ONE_COMPARED = re.compile(
    rf"(?P<lead>follow|watch|who is|papers (?:by|of)|coauthors of|show|open) "
    rf"(?:the )?(?P<which>{'|'.join(PLACES)}|last)(?: (?:one|author|person))?",
    re.IGNORECASE,
)


def with_names(said: str, talk: Talk) -> str | None:
    """Return a message with names in place of "her", "both" or of nothing; None where it names nobody so."""
    if len(talk.compared) > 1 and (of_compared := _with_compared(said, talk.compared)):
        return of_compared
    author = talk.author
    if not author:
        return None
    if together := _WITH_WHOM.fullmatch(said):
        return f"papers by {author} and {together['other']}"
    for form, meaning in _BARE_OF_AUTHOR:
        if found := form.fullmatch(said):
            return meaning.format(author, **found.groupdict())
    if which := _WHICH_OF_THEIRS.fullmatch(said):
        return f"{author}'s {which['order']} papers"
    if _WHOM.search(said):
        return _WHOM.sub(lambda _: author, said)
    if _WHOSE.search(said):
        return _WHOSE.sub(lambda _: f"{author}'s", said)
    return None


def _with_compared(said: str, names: Sequence[str]) -> str | None:
    """Return what is said of all who were compared, or of one in their order."""
    if joint := _JOINT.fullmatch(said):
        return f"papers by {' and '.join(names)}{joint['rest'] or ''}"
    if again := _COMPARED_AGAIN.fullmatch(said):
        return f"compare {' and '.join(filter(None, (*names, again['other'])))}"
    one = _ONE_COMPARED.fullmatch(said)
    place = index_of(one["which"], len(names)) if one else len(names)
    return f"{one['lead']} {names[place]}" if one and place < len(names) else None
