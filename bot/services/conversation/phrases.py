"""What a message says without its wrapping: mentions, courtesies, misspelled keywords, empty words.

Also the few words that several readers of sentences look for.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

from bot.domain.search import Sort
from bot.text.folding import words

_MENTION = re.compile(r"<(?:@[!&]?|a?:\w{1,40}:)\d{5,25}>|@(?:everyone|here|hoopoe)\b", re.IGNORECASE)
_CHANNEL_MENTION = re.compile(r"<#\d{5,25}>")
A_CHANNEL = "#channel"
"""What stands for a channel that was picked, and not typed."""
_HESITATION = re.compile(
    r"\b(?:((?i:please|okay|ok|and|hoopoe|so|well|the|on|about)) um+|[Uu]h+m?|[Ee]rm(?=,))(?:,|(?=\s))"
)
"""What dictated messages have; "um" alone is a word of German, and "ERM" and "UH" stand for something."""

_WITH = re.compile(r"(?<![\w/])w/ ?(?=\w)(?!o\b)", re.IGNORECASE)
_BRACKETED_LINK = re.compile(r"<(https?://[^\s<>]+)>")
_SHORTHAND = tuple(
    (re.compile(form, re.IGNORECASE), meaning)
    for form, meaning in (
        (r"\bsm?th\b", "something"),
        (r"(?<=\bmost )(?:frequently|often) (?=cited)", ""),
        # How many are shown is the page's: "newest three papers by …".
        (
            r"\b(newest|latest|most recent|most cited|last|recent|best|top|first)"
            r" (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twenty)"
            r" (?=(?:\w+ ){0,2}(?:papers|articles|publications|preprints|works)\b)",
            r"\1 ",
        ),
        (r"\bthe top (?=(?:one|result)\b)", "the first "),
        (r"(?<=\d)(?: o'?clock)? in the morning\b", " am"),
        (r"(?<=\d)(?: o'?clock)? in the (?:evening|afternoon)\b", " pm"),
        (r"^(?:whats|wats|wht'?s) (?=\w)", "what's "),
        (r"\bsub (?=me to\b)", "subscribe "),
        (r"\barxiv (?=(?:papers?|preprints?|articles?|listings?)\b)", ""),
        # Where a line of a PDF ends within a word, and below an answer what was answered.
        (r"(?<=[^\W\d_])-\r?\n(?=[a-z])", ""),
        (r"^>+ ?", ""),
    )
)
_QUOTES = str.maketrans("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a", '"""""\'\'\'')

_TO_SEE = r"(?:(?: to)?(?: (?:see|know|read|find|have|get)\b)?)"
_COURTESIES = (
    r"(?:hi|hello|hey|hiya|yo|hola|bonjour|good (?:morning|afternoon|evening))\b(?: there)?(?: hoopoe| bot)?",
    # "SIR models" and "CIAO: a system" are subjects.
    r"(?:(?:dear|ciao) (?:hoopoe|bot)|(?:dear )?(?:sir|madam|ma'?am)|ciao)(?=\s*[,!])",
    r"hoopoe(?= (?:can|could|would|will|please)\b)",
    r"(?:my )?dear (?:sir or madam|sirs)(?=\s*,)|might i (?:trouble|ask) you for(?: a list of)?",
    r"(?:(?:would|could) you )?be so (?:kind|good)(?: as)? to|do you happen to know",
    r"(?:but )?i (?:only|just) (?:really )?(?:care about|want|need)(?: the ones| those)?",
    r"h+m+(?=[\s,])|(?:great|perfect|nice|cool|but|well)(?=\s*,)|of (?:those|these)(?=\s*,)",
    r"(?:would it be|is it) possible to(?: (?:see|get|have))?|any chance (?:that )?(?:you|i|we)"
    r" (?:could|can|might)|(?:(?:do|would) you )?mind (?:showing|giving|sending|telling|finding)"
    r"(?: me| us)?|i(?:'d| would) appreciate|(?:(?:have )?you )?got(?= (?:any|some)(?:thing)?\b)",
    r"(?:nah|nope|no|oh)(?=[, ]+(?:cancel|stop|unfollow|undo|remove)\b)"
    r"|(?:that'?s |that is )?(?:far )?too many"
    r"(?=\s*[,.:!-])|i require|por favor|gimme",
    r"hoopoe(?=\s*[,:!.])|just(?= (?:show|give|tell|send|find)\b)|dear hoopoe,?|please|pls|plz|kindly"
    r"|also|and|then|ok|okay|so",
    r"(?:can|could|would|will|may) (?:you|u|i|we)(?: please| kindly| maybe)?(?: (?:see|have|get))?",
    rf"(?:i|we)(?:'d| would| should) (?:like|love){_TO_SEE}|(?:i|we) (?:want|need|wish){_TO_SEE}",
    r"i(?:'m| am)? (?:looking|searching|interested|search)(?: for| in)?",
    r"i(?:'m| am| was)? (?:wondering|hoping)(?: (?:if|whether|that))?"
    r"(?: (?:you|i|we) (?:could|can|might|would))?"
    r"(?: (?:maybe|perhaps|please))?|if (?:there(?:'s| is| are)|you (?:have|know))",
    r"(?:(?:no|nope|sorry|oops),? )*i (?:mean|meant)(?: to say)?|(?:no,? )?(?:wait|hold on|actually|oops)",
    r"(?:show|give|get|send|fetch|bring|recommend|suggest)(?: me| us)|lookup|(?:pull|bring) up|display",
    r"(?:show|see|recommend|suggest)"
    r"(?= (?:the|some|any|papers|all|today's|yesterday's|this|new|newest|latest|recent|more)\b)",
    r"help (?:me|us)(?: to)?(?= (?:find|get|see|search|look)\b)",
    r"(?:find|list|look)(?: me| us)?(?: up| for)?",
    r"how (?:do|can|could|to)(?: (?:i|we|one))?(?= (?:un)?(?:follow|pause|save|export|compare|stop)\b)"
    r"|how (?:i|we) can(?= (?:follow|unfollow|stop|pause|unsubscribe)\b)",
    r"(?:compile|prepare|generate|produce)(?: me| us)?(?= (?:the|a|my|all)\b)",
    r"tell (?:me|us)(?: more| something)? about|tell (?:me|us)(?= (?:which|what|who|how)\b)",
    # How many are shown is the page's: "give me five papers on bees".
    r"(?:a (?:few|couple of)|some|two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,2})"
    r"(?= (?:(?:good|new|recent|interesting) )*(?:papers|articles|preprints|publications)\b)",
    r"what do you know about(?! me\b)|do you (?:know|have)|have you (?:seen|read)",
)
_OPENING = re.compile(rf"(?:{'|'.join(_COURTESIES)})(?:\s*[,!.:]+\s*|\s+)(?=\S)", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?: in (?:your|the) (?:catalogu?e?|database|index))?"
    r"(?:,? (?:i|we) (?:think|guess|believe|suppose))?"
    r"(?: (?:right now|at the moment|these days|nowadays|then|too|as well))?"
    r"(?: for (?:our|my|the) (?:group|lab|team))?"
    r"(?:,? (?:that |this |it )?would be (?:good|nice|great|perfect|fine|helpful))?"
    r"(?:[\s,.!?]+you (?:dumb|stupid|useless|silly|lazy|fucking) (?:bot|thing|machine))?"
    r"(?:[\s,.!?]+(?:please|pls|plz|for (?:me|us)|thanks(?: a lot)?|thank you|thx|hoopoe))?[\s,.!?]*$",
    re.IGNORECASE,
)

# A full stop behind one or two letters is more often an initial's or a title's than a sentence's.
_VERBS = "show|find|list|give|tell|send|follow|unfollow|new in|papers by|what|who"
_SENTENCE_END = re.compile(
    rf"(?<=\w\w\w)\.\s+(?=\S)|(?<=[!?])\s+(?=\S)|,?\s+and (?:then )?(?=(?:{_VERBS})\b)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b(?:prof|mrs)$", re.IGNORECASE)

PAPERS = r"(?:papers?|publications?|preprints?|articles?|works?)"
ANYTHING = r"(?:everything|anything|something|all|stuff|work|research|literature|latest|newest|news)"
A_WHILE = (
    r"(?: (?:for (?:a|an|one|two|three|\d+|some|the) (?:\w+ )?(?:hours?|days?|weeks?|months?|while|time)"
    r"|(?:until|till) (?!(?:19|20)\d\d$).+|for now|today|tonight|this (?:week|weekend|month)))"
)
"""How long somebody wants peace, as it is said at the end."""
IN_A_CHANNEL = (
    r"(?:in|to|into|for|over to) (?:the |our |my )?"
    r"(?P<channel>#[\w-]+|[\w-]+ channel|channel(?: [\w-]+)?|server)(?: (?:instead|rather|then))?"
)
"""Where somebody wants announcements, other than here."""
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
"""Places of a list, in words."""
A_PLACE = rf"(?:the (?:{'|'.join(PLACES)}|last)|(?:{'|'.join(PLACES)}|last)(?= ))(?: (?:one|paper|result))?"

NEWS = frozenset({"new", "news", "newest", "latest", "recent"})

FILLERS = frozenset(
    words(
        """a about all also am an and announced any anybody anyone anything appeared are article
        articles as at be been best by came can cited come could daily deal deals did do does find
        for from get give good got had happen happened happening happens has have highest how i in
        interesting is it its know last latest link links list literature looking many me more most my
        need new newest news not of on or other others our out paper papers please posted preprint preprints
        publication publications published recent recently recommend research s show some somebody
        someone something stuff submission submissions submitted suggest summaries summary tell that the
        their them there these things this to top up us want was we were what whats which who whos with work
        works written wrote you your"""
    )
)
"""Words that say nothing about what a paper is about."""

_KEYWORDS = (
    "anything", "compare", "following", "follow", "hello", "latest", "paper", "papers", "publications",
    "resume", "search", "similar", "status", "subscribe", "thanks", "trending", "unfollow", "unsubscribe",
)  # fmt: skip
_OTHER_WORDS = frozenset({"fellow", "papery", "states", "tending", "presume", "compere", "hallo"})
_KEYWORDS_LOOKED_AT = 3


def index_of(which: str, count: int) -> int:
    """Return the place, from 0, of "second", "2" or "last" among so many; there may be none such."""
    which = which.lower()
    if which == "last":
        return count - 1
    return int(which) - 1 if which.isdecimal() else PLACES.index(which)


def forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Return forms in which something is said, in whatever case."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def clean(text: str) -> str:
    """Return a message's text alone: no mentions, no invisible characters, plain quotes, one line."""
    text = _HESITATION.sub(r"\1", text)
    for form, meaning in _SHORTHAND:
        text = form.sub(meaning, text)
    text = _CHANNEL_MENTION.sub(f" {A_CHANNEL} ", text)
    text = _WITH.sub("with ", text)
    text = _BRACKETED_LINK.sub(r"\1", _MENTION.sub(" ", text.translate(_QUOTES)))
    kept = []
    for character in text:
        kind = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif kind not in ("Cc", "Cf", "Cs", "Co"):
            kept.append(character)
    return " ".join("".join(kept).split())


_REASON = re.compile(
    r"(?<=\w),? (?:(?:because|cause|as|since) (?:i|we|my|our)\b|for (?:my|our) (?:thesis|talk|class|course"
    r"|lecture|seminar|paper|proposal|meeting|exam|presentation|project)$).*$",
    re.IGNORECASE,
)
"""What somebody asks for, which says nothing of what is asked."""


def without_courtesies(text: str) -> str:
    """Return what is asked, without how politely it is asked, and why; never empty for a text."""
    text = _REASON.sub("", text)
    while shorter := _OPENING.match(text):
        text = text[shorter.end() :]
    shorter_end = _CLOSING.sub("", text)
    return shorter_end or text


def sentences(text: str) -> list[str]:
    """Split a text into its sentences, and into wishes that "and" joins."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text, start, end.start()):
            found.append(text[start : end.start()])
            start = end.end()
    return [*found, text[start:]]


def content(text: str) -> list[str]:
    """Return the words that say what is meant, without those that any question has, and small numbers."""
    return [word for word in words(text) if word not in FILLERS and not (word.isdecimal() and len(word) < 3)]


def trimmed(text: str) -> tuple[str, str]:
    """Split off the words before the first that says what is meant; if there are any, those behind go too.

    "What is a transformer used for" means a transformer; "Attention is all you need" is a title.
    """
    tokens = text.split()
    telling = [place for place, token in enumerate(tokens) if content(token)]
    if not telling or not telling[0]:
        return "", text
    return " ".join(tokens[: telling[0]]), " ".join(tokens[telling[0] : telling[-1] + 1])


def respell(text: str) -> str:
    """Return the text with its misspelled keywords put right, looking at its first words only.

    A word further on may be part of a name, so it stays as it is.
    """
    tokens = text.split(" ")
    for position, token in enumerate(tokens[:_KEYWORDS_LOOKED_AT]):
        tokens[position] = _respelled(token)
    return " ".join(tokens)


def _respelled(token: str) -> str:
    word = token.lower()
    if len(word) < 5 or word in _KEYWORDS or word in _OTHER_WORDS:
        return token
    for keyword in _KEYWORDS:
        allowed = 2 if len(keyword) >= 9 else 1
        if word[0] == keyword[0] and OSA.distance(word, keyword, score_cutoff=allowed) <= allowed:
            return keyword
    return token


def sort_asked(lead: str) -> Sort:
    """Return the order that words before "papers" ask for."""
    said = set(words(lead))
    return Sort.CITATIONS if "cited" in said else Sort.NEWEST if said & NEWS else Sort.RELEVANCE


_SAID_AFTER = (*PLACES, "the", "bibtex", "newest", "latest", "cited", "paper", "similar", "endnote", "last")
_BESIDE = frozenset(
    words(
        "a and as cite first form format in it last me most of on one ones open please save second show third"
    )
)


def respelled_follow_up(said: str) -> str | None:
    """Return "teh secnd one" put right; None where a word is no follow-up's, or none is misspelled.

    What is done is not guessed at: verbs are spelled right.
    """
    tokens, changed = said.lower().split(), False
    if not 2 <= len(tokens) <= _LONGEST_FOLLOW_UP:
        return None
    for position, token in enumerate(tokens):
        if token in _BESIDE or token in _SAID_AFTER:
            continue
        near = [
            one for one in _SAID_AFTER if len(token) > 2 and OSA.distance(token, one, score_cutoff=1) <= 1
        ]
        if len(near) != 1:
            return None
        tokens[position], changed = near[0], True
    return " ".join(tokens) if changed else None


_LONGEST_FOLLOW_UP = 6
