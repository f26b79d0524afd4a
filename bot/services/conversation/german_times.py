"""German words for time as the English ones, which are then read as dates."""

from __future__ import annotations

import re
from datetime import date

from bot.text.dates import parse_range

MONTHS = {
    "januar": "january", "jänner": "january", "februar": "february", "märz": "march", "maerz": "march",
    "april": "april", "mai": "may", "juni": "june", "juli": "july", "august": "august",
    "september": "september", "oktober": "october", "november": "november", "dezember": "december",
}  # fmt: skip
YEAR = rf"(?:(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d"

_NUMBERS = {
    "ein": "one", "eine": "one", "einem": "one", "einer": "one", "zwei": "two", "drei": "three",
    "vier": "four", "fünf": "five", "fuenf": "five", "sechs": "six", "sieben": "seven", "acht": "eight",
    "neun": "nine", "zehn": "ten", "zwölf": "twelve", "paar": "few",
}  # fmt: skip
_UNITS = {
    "tag": "days", "tage": "days", "tagen": "days", "woche": "week", "wochen": "weeks", "monat": "month",
    "monats": "month", "monate": "months", "monaten": "months", "jahr": "year", "jahrs": "year",
    "jahres": "year", "jahre": "years", "jahren": "years", "jahrzehnt": "decade", "jahrzehnte": "decades",
    "jahrzehnten": "decades", "quartal": "quarter", "quartals": "quarter", "semester": "semester",
    "semesters": "semester", "halbjahr": "half", "hälfte": "half", "wochenende": "weekend",
}  # fmt: skip
_SEASONS = {
    "frühling": "spring", "frühjahr": "spring", "fruehling": "spring", "fruehjahr": "spring",
    "sommer": "summer", "herbst": "autumn", "winter": "winter",
}  # fmt: skip
_DAYS = {
    "montag": "monday", "dienstag": "tuesday", "mittwoch": "wednesday", "donnerstag": "thursday",
    "freitag": "friday", "samstag": "saturday", "sonnabend": "saturday", "sonntag": "sunday",
    "heute": "today", "gestern": "yesterday", "vorgestern": "day before yesterday",
}  # fmt: skip
_WHICH = {
    f"{stem}{end}": english
    for stem, english in (
        ("diese", "this"), ("letzte", "last"), ("vergangene", "last"), ("vorige", "last"),
        ("erste", "first"), ("zweite", "second"), ("dritte", "third"), ("vierte", "fourth"),
    )
    for end in ("", "r", "s", "m", "n")
}  # fmt: skip
_OTHERS = {
    "den": "the", "dem": "the", "der": "the", "die": "the", "das": "the", "des": "the", "corona": "covid",
    "pandemie": "pandemic", "covid": "covid", "weihnachten": "christmas", "neujahr": "new year",
    "anfang": "early", "mitte": "mid", "ende": "late", "an": "on",
}  # fmt: skip
_BETWEEN = {"und": "and", "and": "and", "oder": "or", "bis": "until"}
_WORDS = MONTHS | _NUMBERS | _UNITS | _SEASONS | _DAYS | _WHICH | _OTHERS
_PREPOSITIONS = {
    "seit": "since", "ab": "since", "von": "from", "vom": "from", "aus": "in", "in": "in", "im": "in",
    "während": "in", "am": "on", "vor": "before", "nach": "after", "bis": "until", "zwischen": "between",
    "der": "in", "des": "in",
}  # fmt: skip
_STANDS_ALONE = ("heute", "gestern", "vorgestern", "diese", "letzte", "vergangene", "vorige")
"""How what needs no preposition begins."""

_DATE = r"\d{1,4}(?:er|ern|\.)?|\d{1,2}\.\d{1,2}\.\d{4}"
_NEEDLESS = re.compile(r"\bthe |\byears? (?=\d{4})|(?<=\d0s) years?")
"""What English leaves out of "the years 2010 until 2012" and "the 2010s"."""

_AGO = re.compile(rf"(?:\d+|{'|'.join(_NUMBERS.values())}) (?:day|week|month|year)s?")
_LONGEST = 9
_SOME_DAY = date(2024, 2, 29)

WHEN = (
    rf"(?:(?:{'|'.join((*_PREPOSITIONS, *_STANDS_ALONE))})\w*"
    rf"(?: (?:(?:{'|'.join(_BETWEEN)}) )?(?:{'|'.join(_WORDS)}|{_DATE}))*)"
)
"""What may be a time: how one begins, and words that occur in one."""


def with_times(said: str) -> str:
    """Return a sentence with the time that it names in English, if it names one."""
    tokens = said.split()
    for start in range(len(tokens)):
        for end in range(min(len(tokens), start + _LONGEST), start, -1):
            if found := _in_english(tokens[start:end]):
                return " ".join((*tokens[:start], found, *tokens[end:]))
    return said


def _in_english(tokens: list[str]) -> str | None:
    """Return a time in English; None for what is none."""
    first, *rest = [token.lower().strip(",") for token in tokens]
    preposition = _PREPOSITIONS.get(first, "")
    if not preposition and not first.startswith(_STANDS_ALONE):
        return None
    words = [_word(token) for token in (rest if preposition else (first, *rest))]
    if not words or None in words:
        return None
    said = _NEEDLESS.sub("", " ".join(word for word in words if word))
    if preposition == "before" and _AGO.fullmatch(said):
        said, preposition = f"{said} ago", "from"
    if preposition == "in" and " until " in said:
        preposition = "from"
    if preposition in ("in", "from", "on") and re.match(r"(?:this|last|today|yesterday|day before)\b", said):
        preposition = ""
    english = f"{preposition} {said}".strip()
    return english if parse_range(english, _SOME_DAY) else None


def _word(token: str) -> str | None:
    """Return a word of a time in English, None for any other."""
    if decade := re.fullmatch(r"((?:19|20)?\d0)ern?", token):
        return f"{decade[1]}s"
    if re.fullmatch(r"\d{1,2}\.", token):
        return token.rstrip(".")
    if re.fullmatch(_DATE, token):
        return token
    return _WORDS.get(token) or _BETWEEN.get(token)
