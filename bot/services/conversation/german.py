"""German sentences as the English ones of the same meaning, which the grammar then reads."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.services.conversation.german_forms import FORMS
from bot.services.conversation.german_small import PAPERS
from bot.services.conversation.german_times import with_times
from bot.services.conversation.phrases import PLACES, clean

_COURTESY = re.compile(
    r"^(?:(?:bitte|und|jo|na|also|ey|doch|dann|nein|(?:kannst|könntest|würdest) du(?: mir| uns)?(?: bitte)?"
    r"|(?:zeig|gib|nenn|such|finde?|empfiehl|schlag)e?(?: mir| uns)?(?: bitte)?(?: mal)?(?! nach)"
    r"|(?:hast|kennst) du(?: denn| vielleicht| auch)?(?= (?:ein|das|die|was|etwas|paper|arbeiten)\b)"
    r"|ich (?:suche|brauche|bräuchte|möchte|will|hätte gern(?:e)?)|gibt es"
    r"|(?:können|könnten|würden) sie(?: mir| uns)?(?: bitte)?"
    r"|(?:zeigen|geben|nennen|suchen) sie(?: mir| uns)?"
    r")[ ,]+)+",
    re.IGNORECASE,
)
_BEHIND_VERB = re.compile(r"^(\w+)(?: (?:doch|mal|bitte))+(?= \S)", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hallo|hi|hey|moin|servus|guten (?:morgen|tag|abend))(?: hoopoe| zusammen)?\s*[,.!:]+\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?<=\w)[\s,.!?]*(?:\s(?:bitte|danke|zeigen|geben|sehen|finden|suchen)[\s,.!?]*)*$|[\s,.!?]+$",
    re.IGNORECASE,
)

_SENTENCES = tuple((re.compile(form, re.IGNORECASE), meaning) for form, meaning in FORMS)

_OFTEN = tuple(
    (re.compile(rf"\s{form}(?=\s|$)", re.IGNORECASE), f" {meaning}")
    for form, meaning in (
        (r"(?:aber )?(?:nur )?mit code", "with code"),
        (r"(?:aber |und )?(?:nicht|nichts|keine?n?) (?:über|zu|zum thema|mit|von)", "but not about"),
        (r"aber (?:nicht|keine?n?)", "but not"),
        (r"(?:aber |und )?ohne", "without"),
        (r"(?:außer|ausser|ausgenommen)", "except"),
        (r"(?:aber )?(?:(?:nur|bitte|lieber) )*(?:jeden (?:tag|morgen)|täglich)", "daily"),
        (r"(?:aber )?(?:(?:nur|bitte|lieber) )*(?:jede woche|wöchentlich|jeden montag|montags)", "weekly"),
        (r"jeden (?:diens|donners|frei|sams|sonn)tag|jeden mittwoch", "every friday"),
    )
)
_AT_AN_HOUR = re.compile(r"(?<=(?:daily|eekly) )um (\d\d?(?:[:.]\d\d)?)(?: uhr)?$", re.IGNORECASE)
_OF_A_YEAR = re.compile(rf"((?:19|20)\d\d)(?:er)? ({PAPERS})(?= |$)(.*)", re.IGNORECASE)

_PRONOUNS = {"er": "him", "ihm": "him", "ihn": "him", "ihr": "her", "sie": "her", "ihnen": "them"}
_POINTED = re.compile(
    r"(?P<verb>(?:un)?follow|follow citations of|pause|resume|cite|save|similar to|who works with"
    r"|(?:most cited )?papers by|coauthors of)"
    rf" (?P<what>{'|'.join(_PRONOUNS)}|es|das|dies|dem|(?:das|dem|den|die|diese[nmrs]?)(?: (?i:{PAPERS}))?)"
    r"(?P<rest> (?:daily|weekly|since|until|from|before|in|as|with) ?.*)?"
)
"""Pronouns are written small: "folge Das" names somebody."""

_COMPARED = re.compile(rf"^(compare|h-index of) ({'|'.join(_PRONOUNS)})(?= |$)")
_SUBJECTS = {"er": "he", "sie": "she"}
_ASKED = re.compile(r"^(how many (?:citations|papers) does) (er|sie)(?= )")

_PLACES = dict(
    zip(
        ("erste", "zweite", "dritte", "vierte", "fünfte", "letzte"),
        (*PLACES[:5], "last"),
        strict=True,
    )
)
_PLACED = re.compile(
    r"^(save|cite|who wrote|similar to|remove|follow|follow citations of|unfollow|pause|resume)"
    rf" (?:den|die|das|der|dem) ({'|'.join(_PLACES)})[nrs]?(?: {PAPERS})?(?=$| )",
    re.IGNORECASE,
)
_WITHOUT_UMLAUT = {
    "ueber": "über", "fuer": "für", "aehnlich": "ähnlich", "aehnliche": "ähnliche", "naechste": "nächste",
    "fuenf": "fünf", "fuenfte": "fünfte", "woechentlich": "wöchentlich", "taeglich": "täglich",
    "hoechstens": "höchstens", "moechte": "möchte", "koennen": "können", "koenntest": "könntest",
    "wuerdest": "würdest", "loesche": "lösche", "rueckgaengig": "rückgängig", "zurueck": "zurück",
}  # fmt: skip
"""German words as they are typed where there is no umlaut; names keep their letters."""

_FIELDS = {
    "robotik": "cs.RO", "computerlinguistik": "cs.CL", "sprachverarbeitung": "cs.CL",
    "maschinellem lernen": "cs.LG", "maschinelles lernen": "cs.LG", "künstlicher intelligenz": "cs.AI",
    "künstliche intelligenz": "cs.AI", "ki": "cs.AI", "bildverarbeitung": "cs.CV", "kryptographie": "cs.CR",
    "kryptografie": "cs.CR", "informatik": "cs", "statistik": "stat", "mathematik": "math",
    "physik": "physics", "quantenphysik": "quant-ph", "astrophysik": "astro-ph", "biologie": "q-bio",
    "wirtschaft": "econ", "ökonomie": "econ", "volkswirtschaft": "econ", "elektrotechnik": "eess",
}  # fmt: skip
_IN_GERMAN = re.compile(
    rf"(?<=\bin )(?:der )?({'|'.join(_FIELDS)})(?=$| (?:since|this|today|yesterday|with|heute|gestern|seit"
    r"|diese|mit)\b)",
    re.IGNORECASE,
)
"""Fields of arXiv by their German names, behind "in"."""

_UNSPELLED = re.compile(rf"\b(?:{'|'.join(_WITHOUT_UMLAUT)})\b", re.IGNORECASE)
_LONGEST = 300
"""Characters of the longest sentence that is looked at."""


def in_english(text: str) -> str | None:
    """Return what a German sentence asks in English words; None for what is not known as German.

    Names, titles and topics stay as they are.
    """
    if len(text) > _LONGEST:
        return None
    text = _UNSPELLED.sub(lambda found: _WITHOUT_UMLAUT[found[0].lower()], text)
    said = _CLOSING.sub("", _GREETING.sub("", clean(text)) or text)
    said = _BEHIND_VERB.sub(r"\1", _COURTESY.sub("", said, count=1)) or said
    said = _respelled(_OF_A_YEAR.sub(r"\2\3 aus \1", said))
    for form, meaning in _SENTENCES:
        if found := form.fullmatch(said):
            told = found.expand(meaning)
            # What an optional part would have added: "trending in", "cite it as".
            told = _IN_GERMAN.sub(_field, re.sub(r"(?: (?:in|as|at))?\s*$", "", told))
            return _pointing(_placed(_with_conditions(_several(told))))
    return None


def _field(found: re.Match[str]) -> str:
    return _FIELDS[found[1].lower()]


def _respelled(said: str) -> str:
    """Return a short wish with a misspelled place of a list put right: "das zwiete"."""
    tokens = said.split()
    if not 2 <= len(tokens) <= _FEW:
        return said
    for position, (article, token) in enumerate(pairwise(tokens), 1):
        if article.lower() in ("das", "die", "der", "den", "dem") and token.islower():
            near = [one for one in _PLACES if OSA.distance(token.rstrip("nrs"), one, score_cutoff=1) <= 1]
            tokens[position] = near[0] if len(near) == 1 and len(token) > _SHORTEST else token
    return " ".join(tokens)


_FEW, _SHORTEST = 5, 4


def _several(said: str) -> str:
    """Join the names of several people in English; a subject stays as it is."""
    if not said.startswith("papers by "):
        return said
    names, about, subject = said.partition(" about ")
    return f"{names.replace(' und ', ' and ')}{about}{subject}"


def _with_conditions(said: str) -> str:
    for form, meaning in _OFTEN:
        said = form.sub(meaning, said, count=1)
    return with_times(_AT_AN_HOUR.sub(r"at \1", said))


def _placed(said: str) -> str:
    """Put a list's place in English where it is all that was named: "save das zweite"."""
    if said.startswith("das ") and (place := _PLACES.get(said[4:])):
        return f"the {place} one"
    return _PLACED.sub(lambda found: f"{found[1]} the {_PLACES[found[2].lower()]}", said, count=1)


def _pointing(said: str) -> str:
    """Put the English pronoun where a German one is all that was named."""
    said = _COMPARED.sub(lambda other: f"{other[1]} {_PRONOUNS[other[2]]}", said)
    said = _ASKED.sub(lambda other: f"{other[1]} {_SUBJECTS[other[2]]}", said)
    found = _POINTED.fullmatch(said)
    if found is None:
        return said
    pronoun = _PRONOUNS.get(found["what"], "it")
    return f"{found['verb']} {pronoun}{found['rest'] or ''}"
