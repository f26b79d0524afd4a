"""Small talk: what needs no words of one's own."""

from __future__ import annotations

import re

from bot.services.conversation.wishes import Say, Wish
from bot.text.folding import words

Table = tuple[tuple[re.Pattern[str], Wish], ...]
"""Forms of what may be said, each with what it wishes."""


def _words_of(words_allowed: str) -> str:
    """Return the form of one or more of these words, in any order."""
    return rf"(?:(?:{'|'.join(words_allowed.split())})\b ?)+"


_TO_WHOM = rf"(?: {_words_of('there hoopoe bot everyone all again friend man')})?"
_NICE = "interesting great cool nice ok okay perfect awesome wonderful excellent amazing"
_AFTER_THANKS = (
    "so very much a lot bunch in advance again hoopoe bot man you for your the help kind regards beaucoup bye"
    " indeed assistance time effort muchas mil"
)
_PRAISE = (
    r"(?:that|this|it|you)(?: is| was|'s| s| are| re)? (?:very |so |really )?"
    r"(?:helpful|great|nice|cool|perfect|useful|awesome|works|worked|helped)"
)
_GREETING = (
    rf"(?:hi+|hello|hallo|hey|hiya|howdy|hola|moin|bonjour|greetings|yo|ping){_TO_WHOM}",
    rf"good (?:morning|afternoon|evening|day){_TO_WHOM}",
    r"what(?: is|s| s) up|sup|wass?up|how are you(?: doing)?(?: today)?|are you (?:there|awake|alive|here)",
)
_THANKS = (
    rf"(?:{_words_of(_NICE + ' and many muchas')})?"
    r"(?:thanks|thank you|thx|ty|tysm|cheers|merci|danke|gracias|much appreciated)"
    rf" ?(?:{_words_of(_AFTER_THANKS)})?(?:{_PRAISE})?",
    rf"good bot|well done|{_PRAISE}|(?:i am |i m )?much obliged(?: to you)?",
    r"(?:(?:perfect|great|ok|okay|thanks) )?that (?:is|s) all (?:i|we) need(?:ed)?(?: thank you| thanks)?"
    r"(?: so| very)?(?: much)?(?: for your help)?",
)
_BYE = (
    r"(?:(?:ok|okay|thanks|thank you|great|perfect) )?that(?: is| s)? (?:all|it)(?: for (?:now|today))?"
    r"(?: thanks| thank you)?",
    r"(?:good)?bye(?: bye)?|good night|see you(?: later)?|ciao|cu|(?:(?:kind|best"
    r"|warm) )?regards(?: \w+){0,3}",
)
_CHAT = (
    _words_of(f"{_NICE} lol haha hm hmm yes yeah no nope nah done sure sorry test nothing"),
    r"that(?: is| s) (?:(?:too|very|so|quite|a bit) )?"
    r"(?:many|much|few|bad|good|fine|wrong|right|enough|a lot)",
    r"never ?mind|no problem|all good|(?:you are|you re) .{1,20}|shut up|fuck .{1,10}"
    r"|wtf|omg|(?:bad|stupid|dumb|useless) bot|you (?:really )?(?:suck|are wrong)"
    r"|(?:please )?see attached|sent from my \w+",
)


def table_of(*rows: tuple[Wish, tuple[str, ...]]) -> Table:
    """Return a table of wishes and the forms of each, in whatever case."""
    return tuple((re.compile("|".join(forms), re.IGNORECASE), wish) for wish, forms in rows)


_TALK = table_of(
    (Say("greeting"), _GREETING),
    (Say("thanks"), _THANKS),
    (Say("bye"), _BYE),
    (Say("chat"), _CHAT),
)


def read_talk(said: str) -> Say | None:
    """Read a greeting, thanks or the like: what politeness would hide if it were taken off."""
    wish = first_in(_TALK, " ".join(words(said)))
    return wish if isinstance(wish, Say) else None


def first_in(table: Table, text: str) -> Wish | None:
    """Return the first wish of a table that the whole text has a form of."""
    return next((wish for form, wish in table if form.fullmatch(text)), None)
