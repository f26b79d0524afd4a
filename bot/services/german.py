"""German sentences as the English ones of the same meaning, which the grammar then reads."""

from __future__ import annotations

import re

from bot.services.phrases import clean

_WORKS = r"(?:arbeit(?:en)?|artikeln?|aufsätzen?|veröffentlichung(?:en)?|publikation(?:en)?|vorabdrucken?)"
_PAPERS = rf"(?:{_WORKS}|papers?|papern|preprints?)"
_THEIR = r"(?:seine?|ihre?|deren|dessen)"
_NEW = r"(?:(?:die|den|das) )?(?:neu|neue[ns]?|neue?ste[ns]?|aktuelle[ns]?|letzte[ns]?)"
_COURTESY = re.compile(
    r"^(?:(?:bitte|und|doch|dann|nein|(?:kannst|könntest|würdest) du(?: mir| uns)?(?: bitte)?"
    r"|(?:zeig|gib|nenn|such|finde?)e?(?: mir| uns)?(?: bitte)?(?: mal)?(?! nach)"
    r"|ich (?:suche|brauche|möchte|will|hätte gern(?:e)?)|gibt es)[ ,]+)+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hallo|hi|hey|moin|servus|guten (?:morgen|tag|abend))(?: hoopoe| zusammen)?\s*[,.!:]+\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?<=\w)[\s,.!?]*(?:\s(?:bitte|danke|zeigen|geben|sehen|finden|suchen)[\s,.!?]*)*$|[\s,.!?]+$",
    re.IGNORECASE,
)

_SILENT = (
    r"(?:keine (?:nachrichten|meldungen|mitteilungen|benachrichtigungen|ankündigungen)|nichts"
    r"|nicht stören|störe? mich nicht|(?:sei |bleib )?(?:ruhig|still|stumm)|ruhe)"
    r"(?: mehr)?(?: schicken| senden| melden)?"
)
_A_WHILE = r"(?: (?:bis .+|für (?:eine?n?|zwei|drei|\d+) \w+|heute|diese woche|erst ?mal|vorerst))"
_NOTICES = r"(?:alle[sn]?|(?:alle |die |meine )?(?:benachrichtigungen|nachrichten|meldungen|mitteilungen))"
_ON_DAYS = (
    r"(?:am wochenende|an (?:den )?wochenenden|wochenends|werktags|unter der woche"
    r"|(?:mon|diens|donners|frei|sams|sonn)tags(?: und sonntags)?|mittwochs|am (?:sams|sonn)tag)"
)
_RATHER = r"(?:mache? (?:es|das|die|den) )?(?:(?:lieber|besser|nur|stattdessen) )*"
_AT_NIGHT = r"(?:nachts|in der nacht|über nacht)"

_MONTHS = {
    "januar": "january", "jänner": "january", "februar": "february", "märz": "march", "april": "april",
    "mai": "may", "juni": "june", "juli": "july", "august": "august", "september": "september",
    "oktober": "october", "november": "november", "dezember": "december",
}  # fmt: skip
_YEAR = rf"(?:(?:{'|'.join(_MONTHS)}) )?(?:19|20)\d\d"
_WHEN = (
    rf"(?:seit|ab|von|vor|nach|bis|zwischen|(?:im|aus)(?: dem)?(?: jahr)?) {_YEAR}"
    rf"(?: (?:bis|und) {_YEAR})?(?: an)?"
)

_FORMS: tuple[tuple[str, str], ...] = (
    # What needs no name
    (r"hilfe|befehle|was kannst du(?: alles)?|wie (?:funktioniert|geht) das|was ist (?:das|hoopoe)", "help"),
    (
        r"(?:hallo|servus|grüezi|grüß (?:dich|gott)|guten (?:morgen|tag|abend))(?: hoopoe| zusammen)?",
        "hello",
    ),
    (r"(?:vielen dank|danke|dankeschön|dank dir)(?: (?:schön|sehr|dir|vielmals))*", "thanks"),
    (
        r"(?:ja|genau|richtig|stimmt|jawohl|doch)"
        r"(?:[, ]+(?:bitte|gerne?|genau|de[rn]|die|das|richtig|stimmt))*",
        "yes",
    ),
    (r"nein(?:[, ]+danke)?", "no"),
    (r"tschüss?|auf wiedersehen|bis (?:bald|später|dann)|gute nacht", "bye"),
    (r"bist du (?:ein |eine )?(?:bot|ki|mensch|roboter)|wer bist du", "what are you"),
    (r"wie ist (?:der|dein) status|läuft alles|geht alles", "status"),
    (r"(?:lösche?|vergiss) (?:alle )?meine daten|vergiss mich", "delete my data"),
    (r"was (?:weißt|speicherst) du (?:über|von) mir?(?:ch)?|datenschutz|meine daten", "my data"),
    (
        r"(?:wem|was|wen) (?:folge|beobachte|abonniere) ich|meine (?:abos|abonnements)",
        "following",
    ),
    (r"(?:meine |die )?(?:leseliste|merkliste)", "my reading list"),
    (r"rückgängig(?: machen)?", "undo"),
    (r"(?:wir )?(?:ankündigungen|benachrichtigungen) einrichten|einrichten", "set up announcements"),
    (
        r"was (?:bedeutet|ist|heißt) (?:der |die |das )?"
        r"(?:novelty|neuartigkeit|ai[ -]score|h-index|impact|wirkung|forecast|prognose)",
        "what does novelty mean",
    ),
    # One's hours
    (r"(?:meine )?einstellungen", "my settings"),
    (r"(?:meine )?zeitzone(?: ist|:)? (.+)", r"my time zone is \1"),
    (
        r"(?:meine )?ruhe(?:zeit(?:en)?|stunden)(?: sind|:)?(?: von)? (\d\d?)(?: uhr)?"
        r"(?: ?- ?| bis )(\d\d?)(?: uhr)?",
        r"quiet hours \1-\2",
    ),
    (
        rf"{_SILENT} (?:zwischen|von) (\d\d?)(?: uhr)?(?: ?- ?| und | bis )(\d\d?)(?: uhr)?(?: nachts)?",
        r"quiet hours \1-\2",
    ),
    (
        rf"{_SILENT} {_ON_DAYS}|{_ON_DAYS} {_SILENT}|störe? mich {_ON_DAYS} nicht"
        rf"|nur (?:werktags|an werktagen|unter der woche)",
        "no messages on weekends",
    ),
    (rf"{_SILENT} {_AT_NIGHT}|{_AT_NIGHT} {_SILENT}|störe? mich {_AT_NIGHT} nicht", "no messages at night"),
    (r"(?:meine )?(?:digests?|zusammenfassung(?:en)?) um (\d\d?)(?: uhr)?", r"digest at \1"),
    # What speaks of the last answer
    (r"mehr|weiter|weitere|noch mehr|nächste(?: seite)?", "more"),
    (r"zurück|vorherige(?: seite)?", "back"),
    (rf"(?:de[rn]|die|das) erste[nrs]?(?: {_PAPERS})?", "the first one"),
    (rf"(?:de[rn]|die|das) zweite[nrs]?(?: {_PAPERS})?", "the second one"),
    (rf"(?:de[rn]|die|das) dritte[nrs]?(?: {_PAPERS})?", "the third one"),
    (rf"(?:de[rn]|die|das) letzte[nrs]?(?: {_PAPERS})?", "the last one"),
    (r"nur (?:die )?mit code", "only with code"),
    (rf"(?:nur (?:die )?)?({_WHEN})", r"only \1"),
    (r"nur (?:die )?(?:seit|ab) (.+)", r"only since \1"),
    (r"als (bibtex|ris|endnote|apa|csl(?:-json)?)", r"as \1"),
    (rf"ähnliche(?: {_PAPERS})?", "similar papers"),
    (r"speichern?|merken?|sichern?", "save"),
    (rf"(?:wer sind )?{_THEIR} (?:ko-?|co-?|mit)autor(?:inn)?en", "his coauthors"),
    (rf"{_THEIR} {_NEW} {_PAPERS}( .+)?", r"his newest papers\1"),
    (rf"{_THEIR} (?:meist|am meisten )zitierten? {_PAPERS}( .+)?", r"his most cited papers\1"),
    (rf"{_THEIR} {_PAPERS}( .+)?", r"his papers\1"),
    (
        rf"(?:(?:die|alle) )?{_PAPERS} (?:von|der) (?:beiden|allen)(?: zusammen)?( .+)?"
        rf"|(?:{_THEIR} )?gemeinsamen? {_PAPERS}(?: (?:von|der) (?:beiden|allen))?( .+)?"
        r"|(?:was )?haben (?:sie|(?:die )?beide[n]?) (?:(?:schon(?: mal)?|etwas) )?(?:zusammen|gemeinsam)"
        r" (?:geschrieben|veröffentlicht|publiziert)",
        r"papers by both\1\2",
    ),
    (r"(?:nein,? |doch |lieber |besser |bitte )*(?:in|nach|im) (?:kanal )?(#[\w-]+|kanal|server)", r"in \1"),
    (rf"{_RATHER}(?:täglich|jeden tag)", "daily"),
    (rf"{_RATHER}(?:wöchentlich|jede woche)", "weekly"),
    (r"(?:die )?neu(?:e)?sten? (?:zuerst|oben)", "newest first"),
    (r"(?:die )?(?:meist|am meisten )zitierten? (?:zuerst|oben)", "most cited first"),
    # People
    (r"(?:wer (?:ist|war)) (.+)", r"who is \1"),
    (
        r"(?:mit wem|wer) (?:arbeitet|schreibt|publiziert|forscht) (?:mit )?(.+?)(?: zusammen)?",
        r"who works with \1",
    ),
    (r"(?:die )?(?:ko-?|co-?|mit)autor(?:inn)?en von (.+)", r"coauthors of \1"),
    (r"vergleich(?:e)? (.+?) (?:und|mit) (.+)", r"compare \1 and \2"),
    (r"wie oft (?:wird|wurde|ist) (.+?) zitiert(?: worden)?", r"how often is \1 cited"),
    # Being told
    (
        rf"(?:(?:pausiere|schalte?) )?(?:bitte )?(?:{_NOTICES} )?(?:stumm|aus)(?: ?schalten)?{_A_WHILE}?"
        rf"|pausiere?n?(?: {_NOTICES})?{_A_WHILE}?|{_SILENT}{_A_WHILE}",
        "pause everything",
    ),
    (
        rf"(?:schalte? )?(?:bitte )?{_NOTICES} (?:bitte )?(?:wieder )?(?:an|ein)(?: ?schalten)?"
        rf"|setze? {_NOTICES} (?:wieder )?fort|{_NOTICES} fortsetzen",
        "resume everything",
    ),
    (r"(?:entfolge|entabonniere) alle[ms]", "unfollow everything"),
    (r"(?:ent(?:folge|abonniere)) (.+)", r"unfollow \1"),
    (r"(?:folge|beobachte|abonniere) (.+?) nicht (?:mehr|länger)", r"unfollow \1"),
    (
        r"(?:folge|beobachte|abonniere|verfolge) (?:neuen? )?zitat(?:en?|ionen) (?:von|auf) (.+)",
        r"follow citations of \1",
    ),
    (r"(?:folge|beobachte|abonniere|verfolge) (.+)", r"follow \1"),
    (rf"(?:pausiere|stumm) (.+?){_A_WHILE}?", r"pause \1"),
    (r"setze? (.+?) fort", r"resume \1"),
    # Single papers
    (r"zitiere? (?:es|das|diese[ns]?)(?: als (\S+))?", r"cite it as \1"),
    (r"zitiere? (.+?) als (\S+)", r"cite \1 as \2"),
    (r"(?:zitiere?|zitat von) (.+)", r"cite \1"),
    (rf"(?:ähnliche(?:s)?(?: {_PAPERS})?|ähnlich) (?:wie|zu) (.+)", r"similar to \1"),
    (rf"{_PAPERS} (?:ähnlich )?wie (.+)", r"similar to \1"),
    (r"(?:merke?|speichere?|sichere?) (?:es|das|diese[ns]?)", "save it"),
    (r"(?:merke?|speichere?|sichere?)(?: dir| mir)? (.+)", r"save \1"),
    (
        r"(?:entferne?|lösche?|nimm) (.+?) (?:von|aus) (?:der|meiner) (?:lese|merk)?liste",
        r"remove \1 from my list",
    ),
    (
        r"exportiere? (?:meine |die )?(?:lese|merk)?liste(?: als (\S+))?",
        r"export my reading list as \1",
    ),
    # Lists of papers
    (
        r"(?:was (?:liegt|ist) )?(?:gerade )?(?:im trend|angesagt|beliebt)(?: in (\S+))?(?: .*)?",
        r"trending in \1",
    ),
    (rf"(?:{_NEW} {_PAPERS}|neues|was gibt(?:'| e)?s neues|was ist neu|neu) (?:in|aus) (.+)", r"new in \1"),
    (rf"(?:die )?(?:meist|am meisten )zitierten? {_PAPERS} (?:in|aus) (.+)", r"most cited papers in \1"),
    (rf"(?:die )?(?:meist|am meisten )zitierten? {_PAPERS} (?:über|zu) (.+)", r"most cited papers about \1"),
    (rf"{_PAPERS} mit code (?:über|zu|zum thema|zur) (.+)", r"papers about \1 with code"),
    (rf"(?:{_NEW} )?{_PAPERS} ({_WHEN}(?: in \S+)?(?: mit code)?)", r"papers \1"),
    (
        rf"(?:{_NEW} )?{_PAPERS} (?:von|vom|der|des) (.+?) (?:über|zu|zum thema|zur) (.+)",
        r"papers by \1 about \2",
    ),
    (rf"(?:{_NEW} )?{_PAPERS} (?:von|vom|der|des) (.+)", r"papers by \1"),
    (rf"{_NEW} {_PAPERS} (?:über|zu|zum thema|zur) (.+)", r"new papers about \1"),
    (rf"{_PAPERS} (?:über|zu|zum thema|zur) (.+)", r"papers about \1"),
    (rf"{_WORKS} (?:in|aus) (.+)", r"papers in \1"),
    (rf"(?:was gibt(?:'| e)?s neues|was ist neu|neue {_PAPERS}|neuigkeiten)", "what's new"),
    (r"such(?:e)?(?: nach)? (.+)", r"search for \1"),
)
_SENTENCES = tuple((re.compile(form, re.IGNORECASE), meaning) for form, meaning in _FORMS)

_TIMES = tuple(
    (re.compile(rf"\s{form}(?=\s|$)", re.IGNORECASE), f" {meaning}")
    for form, meaning in (
        (r"(?:von )?heute", "today"),
        (r"(?:von )?gestern", "yesterday"),
        (r"(?:(?:in|aus) )?(?:diese[rn]?|der) woche", "this week"),
        (r"(?:(?:in|aus) )?(?:der )?(?:letzte[rn]?|vergangene[rn]?) woche", "last week"),
        (r"(?:in )?(?:diese[mn]|im) monat", "this month"),
        (r"(?:im )?(?:letzte[mn]|vergangene[mn]) monat", "last month"),
        (r"(?:in diesem|dieses) jahr", "this year"),
        (r"seit", "since"),
        (rf"ab(?= {_YEAR})", "since"),
        (rf"von(?= {_YEAR})", "from"),
        (rf"vor(?= {_YEAR})", "before"),
        (rf"nach(?= {_YEAR})", "after"),
        (rf"(?:aus|im|in)(?: dem)?(?: jahr)?(?= {_YEAR})", "in"),
        (rf"zwischen ({_YEAR}) und(?= {_YEAR})", r"between \1 and"),
        (rf"bis(?= {_YEAR})", "until"),
        (rf"from ({_YEAR}) an", r"from \1 on"),
        (r"mit code", "with code"),
        (r"(?:jeden tag|täglich)", "daily"),
        (r"(?:jede woche|wöchentlich)", "weekly"),
    )
)

_MONTH_OF_YEAR = re.compile(rf"\b(?:{'|'.join(_MONTHS)})(?= (?:19|20)\d\d)", re.IGNORECASE)

_PRONOUNS = {"ihm": "him", "ihn": "him", "ihr": "her", "sie": "her", "ihnen": "them"}
_POINTED = re.compile(
    r"(?P<verb>(?:un)?follow|follow citations of|pause|resume|cite|save|similar to|who works with"
    r"|papers by|coauthors of)"
    rf" (?P<what>{'|'.join(_PRONOUNS)}|es|das|dies|dem|diese[nmrs]?(?: (?i:{_PAPERS}))?)"
    r"(?P<rest> (?:daily|weekly|since|until|from|before|in|as|with) ?.*)?"
)
"""Pronouns are written small: "folge Das" names somebody."""

_LONGEST = 300
"""Characters of the longest sentence that is looked at."""


def in_english(text: str) -> str | None:
    """Return what a German sentence asks in English words; None for what is not known as German.

    Names, titles and topics stay as they are.
    """
    if len(text) > _LONGEST:
        return None
    said = _CLOSING.sub("", _GREETING.sub("", clean(text)) or text)
    said = _COURTESY.sub("", said, count=1) or said
    for form, meaning in _SENTENCES:
        if found := form.fullmatch(said):
            told = found.expand(meaning)
            # What an optional part would have added: "trending in", "cite it as".
            told = re.sub(r" (?:in|as)\s*$", "", told)
            return _pointing(_with_times(_several(told)))
    return None


def _several(said: str) -> str:
    """Join the names of several people in English; a subject stays as it is."""
    if not said.startswith("papers by "):
        return said
    names, about, subject = said.partition(" about ")
    return f"{names.replace(' und ', ' and ')}{about}{subject}"


def _with_times(said: str) -> str:
    for form, meaning in _TIMES:
        said = form.sub(meaning, said, count=1)
    return _MONTH_OF_YEAR.sub(lambda found: _MONTHS[found[0].lower()], said)


def _pointing(said: str) -> str:
    """Put the English pronoun where a German one is all that was named."""
    found = _POINTED.fullmatch(said)
    if found is None:
        return said
    pronoun = _PRONOUNS.get(found["what"], "it")
    return f"{found['verb']} {pronoun}{found['rest'] or ''}"
