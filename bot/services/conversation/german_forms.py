"""Forms of German sentences, and how the same is said in English."""

from __future__ import annotations

from bot.services.conversation.german_pointing import POINTING_FORMS
from bot.services.conversation.german_small import (
    NEW,
    PAPERS,
    SMALL_FORMS,
    WORKS,
)
from bot.services.conversation.german_times import WHEN as _WHEN
from bot.services.conversation.german_watching import WATCHING_FORMS

_SOME = (
    r"(?:(?:neue?(?:ste)?[ns]?|aktuelle[ns]?|letzte[ns]?|das|die|den|alle|ein|eine[ns]?|einige|paar"
    r"|irgendein|irgendwelche|mehr|noch) )*"
)

_FAMOUS = (
    r"(?:(?:wichtig|meistzitiert|bekannt|einflussreich|berühmt|best)\w*"
    r"|(?:am )?(?:meist|meisten) zitierte[ns]?)"
)
_LATELY = r"(?:heute|diese woche|diesen monat)"
_POPULAR = (
    rf"(?:(?:was|welche {PAPERS}) (?:liegt|ist|liegen|sind) )?(?:gerade )?({_LATELY} )?"
    r"(?:im trend|angesagt|beliebt)"
)


FORMS: tuple[tuple[str, str], ...] = (
    *SMALL_FORMS,
    *POINTING_FORMS,
    # People
    (
        r"(?:welchen |wie (?:hoch|groß) ist der )h-?index (?:hat |von |ist von )?(.+)",
        r"h-index of \1",
    ),
    (
        rf"welche {PAPERS} (?:hat|haben) (.+?)( {_WHEN})? (?:geschrieben|veröffentlicht|publiziert)",
        r"papers by \1\2",
    ),
    (
        rf"(?:was|welches|welche) (?:sind|ist) (?:die|das|der) {_FAMOUS} {PAPERS} (?:von|vom|der|des) (.+)"
        rf"|(?:die |das )?{_FAMOUS} {PAPERS} (?:von|vom|der|des) (.+)",
        r"most cited papers by \1\2",
    ),
    (
        rf"(?:die |das )?(?:neu|letzt|jüngst)\w*(?: (?:\d+|zwei|drei|vier|fünf|zehn))? {PAPERS}"
        r" (?:von|vom|der|des) (.+)",
        r"papers by \1",
    ),
    (r"wer sind (?:die )?(?:ko-?|co-?|mit)autor(?:inn)?en von (.+)", r"coauthors of \1"),
    (
        r"wer (?:wird|ist) (?:öfter|häufiger|mehr|bekannter)(?: zitiert)?,? (.+?) oder (.+)",
        r"compare \1 and \2",
    ),
    (r"kennst du (.+)", r"who is \1"),
    (r"(?:wer (?:ist|war)) (.+)", r"who is \1"),
    (r"wo (?:arbeitet|forscht|lehrt) (.+)", r"who is \1"),
    (
        r"wer (?:arbeitet|schreibt|publiziert|forscht) (?:zu|zum thema|über|an) (?:der |dem )?(.+)",
        r"papers about \1",
    ),
    (
        rf"(?:welche|was für) {PAPERS} (?:gibt es|gibt's|kennst du|hast du) (?:über|zu|zum thema|zur) (.+)",
        r"papers about \1",
    ),
    (
        rf"wie viele {PAPERS} (?:hat|haben) (.+?) ({_WHEN})(?: (?:veröffentlicht|geschrieben|publiziert))",
        r"how many papers did \1 publish \2",
    ),
    (
        rf"wie viele {PAPERS} (?:hat|haben) (.+?) (?:im jahr )?((?:19|20)\d\d)"
        r"(?: (?:veröffentlicht|geschrieben|publiziert))",
        r"how many papers did \1 publish in \2",
    ),
    (
        r"wie viele (?:zitate|zitationen|zitierungen) hat (.+)",
        r"how many citations does \1 have",
    ),
    (
        rf"wie viele ({NEW} )?{PAPERS} (?:gibt es|gibt's|kennst du|hast du|sind|handeln)?"
        r" ?(?:über|zu|zum thema|zur) (.+?)(?: (?:gibt es|erschienen|veröffentlicht))?",
        r"how many papers about \2",
    ),
    (
        rf"wie viele (?:{NEW} )?{PAPERS} (?:gab es |gibt es |sind |kamen )?({_WHEN} )?"
        rf"(?:in|aus) (\S+)( {_WHEN})?(?: (?:raus|heraus|erschienen))?",
        r"how many new papers in \2 \1\3",
    ),
    (
        rf"wie viele {PAPERS} (?:von|hat) (.+?)"
        r"(?: (?:kennst du|hast du|gibt es|(?:schon )?(?:veröffentlicht|geschrieben|publiziert)))*",
        r"how many papers does \1 have",
    ),
    (
        r"mit wem (?:hat|haben) (.+?) (?:schon |alles |zusammen |gemeinsam |oft |am meisten )*"
        r"(?:gearbeitet|geschrieben|publiziert|veröffentlicht)",
        r"who works with \1",
    ),
    (
        r"(?:wer|welche[rs]?) hat (?:mehr|die meisten|den (?:höheren|höchsten)|einen höheren)"
        r" (?:zitate|zitationen|paper|h-?index),? (.+?) oder (.+)",
        r"compare \1 and \2",
    ),
    (
        r"(?:woran|an was|worüber|wozu) (?:arbeitet|forscht|schreibt|publiziert) (.+?)"
        r"(?: (?:gerade|zurzeit|derzeit|aktuell|im moment|so))?",
        r"papers by \1",
    ),
    (r"erzähle? (?:mir|uns) (?:etwas|mehr|was|alles) (?:über|von) (.+)", r"tell me about \1"),
    (r"(?:mehr )?infos? (?:zu|über) (.+)", r"tell me about \1"),
    (
        r"(?:mit wem|wer) (?:arbeitet|schreibt|publiziert|forscht) (?:mit )?(.+?)"
        r"(?: (?:am (?:häufigsten|meisten|liebsten)|meistens?|oft|sonst))?(?: zusammen)?",
        r"who works with \1",
    ),
    (r"(?:die )?(?:ko-?|co-?|mit)autor(?:inn)?en von (.+)", r"coauthors of \1"),
    (
        rf"haben (.+?) und (.+?) (?:(?:schon(?: mal)?|jemals|eigentlich) )?(?:gemeinsame {PAPERS}"
        r"|(?:zusammen|gemeinsam) (?:geschrieben|veröffentlicht|publiziert))",
        r"papers by \1 and \2",
    ),
    (r"vergleich(?:e)? (.+?) (?:und|mit) (.+)", r"compare \1 and \2"),
    (r"wie oft (?:wird|wurde|ist) (.+?) zitiert(?: worden)?", r"how often is \1 cited"),
    *WATCHING_FORMS,
    # Single papers
    (r"(?:den |einen |die )?(bibtex|ris|apa|endnote)(?:-| )?\w* (?:für|von|zu) (.+)", r"cite \2 as \1"),
    (
        r"(?:füge?|setze?|pack|nimm|tu) (.+?) (?:(?:zu|auf|in) )?(?:meine[r]?|die|der) (?:lese|merk)?liste"
        r"(?: hinzu)?",
        r"save \1",
    ),
    (rf"(?:finde )?{PAPERS},? die (.+?) (?:ähneln|ähnlich sind)", r"similar to \1"),
    (r"wie zitiere ich (.+?)(?: als (\S+))?", r"cite \1 as \2"),
    (
        rf"(?:zitiere? |exportiere? )?(?:alle )?(?:die )?{PAPERS} von (.+)"
        r" als (bibtex|ris|apa|endnote|csl-json)",
        r"cite papers by \1 as \2",
    ),
    (r"zitiere? (?:es|das|diese[ns]?)(?: als (\S+))?", r"cite it as \1"),
    (r"zitiere? (.+?) als (\S+)", r"cite \1 as \2"),
    (r"(?:zitiere?|zitat von) (.+)|(\S*\d{4}\S*) zitieren", r"cite \1\2"),
    (r"(?:et)?was ähnliches wie (.+)", r"similar to \1"),
    (rf"(?:ähnliche(?:s)?(?: {PAPERS})?|ähnlich) (?:wie|zu) (.+)", r"similar to \1"),
    (rf"{PAPERS} (?:ähnlich )?wie (.+)", r"similar to \1"),
    (r"(?:merke?|speichere?|sichere?) (?:es|das|die|den|diese[ns]?)", "save it"),
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
        r"(?:mal )?(?:einen |eine |ein paar )?(?:guten? |kurzen? )?"
        r"(?:überblick|übersicht|einführung|einstieg|infos?) (?:über|zu|zum thema|zur|in)"
        rf" (?:(?:{NEW} )?{PAPERS} (?:über|zu|zum thema|zur) )?(.+)",
        r"papers about \1",
    ),
    (
        rf"welche (?:{NEW} )?{PAPERS} (?:gibt es|gab es|sind|kamen)(?: neu)? (?:in|aus) (.+)",
        r"new in \1",
    ),
    (
        rf"was (?:habe|hab|haben) (?:ich|wir) (?:({_WHEN}) )?(?:in (\S+) )?verpasst",
        r"what's new in \2 \1",
    ),
    (
        rf"{_POPULAR} in (\S+)( {_LATELY})?(?: .*)?",
        r"trending in \2 \1\3",
    ),
    (
        rf"(?:was|welche {PAPERS}) (?:ist|sind|liegt|liegen) ({_LATELY}) in (\S+)"
        r" (?:im trend|angesagt|beliebt)",
        r"trending in \2 \1",
    ),
    (rf"{_POPULAR}( {_LATELY})?(?: .*)?", r"trending \1\2"),
    (rf"(?:{NEW} {PAPERS}|neues|was gibt(?:'| e)?s neues|was ist neu|neu) (?:in|aus) (.+)", r"new in \1"),
    (rf"(?:die )?(?:meist|am meisten )zitierten? {PAPERS} (?:in|aus) (.+)", r"most cited papers in \1"),
    (rf"(?:die )?(?:meist|am meisten )zitierten? {PAPERS} (?:über|zu) (.+)", r"most cited papers about \1"),
    (rf"{PAPERS} mit code (?:über|zu|zum thema|zur) (.+)", r"papers about \1 with code"),
    (
        rf"(?:die )?(?:meist|am meisten )zitierten? {PAPERS} (?:von|vom|der|des) (.+)",
        r"most cited papers by \1",
    ),
    (r"(?:was|etwas|irgendwas|alles) (?:über|zu|zum thema|zur) (.+)", r"papers about \1"),
    (
        r"(?:was gibt(?:'| e)?s neues|gibt(?:'| e)?s (?:was |etwas )?neues|neues|was ist neu)"
        r" (?:über|zu|zum thema|zur|bei) (.+)",
        r"new papers about \1",
    ),
    (r"(?:was|etwas|irgendwas) neues (?:über|zu|zum thema|zur) (.+)", r"new papers about \1"),
    (rf"(?:{NEW} )?{PAPERS} ({_WHEN}(?: in \S+)?(?: mit code)?)", r"papers \1"),
    (
        rf"{_SOME}{PAPERS} (?:von|vom|der|des) (.+?) (?:über|zu|zum thema|zur) (.+)",
        r"papers by \1 about \2",
    ),
    (rf"{_SOME}{PAPERS} (?:von|vom|der|des) (.+)", r"papers by \1"),
    (
        rf"(?:was )?(?:hat|haben) (.+?)( {_WHEN})?"
        r"(?: zuletzt| kürzlich| neulich| jüngst| (?:sonst )?noch| alles)?"
        r"(?: (?:et)?was| irgendwas)?(?: neues)?"
        r" (?:veröffentlicht|geschrieben|publiziert)",
        r"papers by \1\2",
    ),
    (r"(?:was |etwas |irgendwas )?neues (?:von|vom) (.+)", r"newest papers by \1"),
    (rf"{NEW} {PAPERS} (?:über|zu|zum thema|zur) (.+)", r"new papers about \1"),
    (rf"{_SOME}{PAPERS} (?:über|zu|zum thema|zur) (.+)", r"papers about \1"),
    (rf"{WORKS} (?:in|aus) (.+)", r"papers in \1"),
    (
        rf"was (?:gab|gibt|kam|erschien|ist|wurde) (?:es |so )?(?:neue?s? )?({_WHEN}(?: (?:in|aus) \S+)?"
        rf"|in \S+ {_WHEN})(?: (?:raus|heraus|erschienen|veröffentlicht))?",
        r"what came out \1",
    ),
    (rf"(?:was gibt(?:'| e)?s neues|was ist neu|neue {PAPERS}|neuigkeiten)", "what's new"),
    (r"such(?:e)?(?: nach)? (.+)", r"search for \1"),
    (r"ich interessiere mich (?:sehr |besonders )?für (.+)", r"papers about \1"),
    (r"(?:et)?was neues", "what's new"),
    (rf"was war(?:en)? ({_WHEN}) (?:so )?(?:neu|los) in (.+)", r"new in \2 \1"),
    (
        rf"(?:die )?(?:top|beliebtesten?|besten?|heißesten?) {PAPERS}( {_LATELY})?(?: in (\S+))?",
        r"trending in \2 \1",
    ),
    (
        rf"(?:welche )?{PAPERS} (?:sollte|muss|soll) (?:ich|man) (?:kennen|lesen|gelesen haben)"
        r" (?:zu|über|zum thema|zur) (.+)"
        rf"|welche {PAPERS} (?:zu|über|zum thema|zur) (.+) (?:sollte|muss|soll) (?:ich|man) (?:kennen|lesen)",
        r"papers about \1\2",
    ),
    (r"übersichts(?:artikel|arbeiten?) (?:zu|über|zum thema|zur) (.+)", r"surveys on \1"),
    (rf"{NEW} {PAPERS} ({_WHEN}) (?:über|zu|zum thema|zur) (.+)", r"new papers about \2 \1"),
    (rf"(?:die |das )?{_FAMOUS} {PAPERS} (?:über|zu|zum thema|zur) (.+)", r"most cited papers about \1"),
    (
        r"(surveys?|reviews?|tutorials?|benchmarks?|datasets?) (?:über|zu|zum thema|zur|für) (.+)",
        r"\1 on \2",
    ),
    (r"(?:aber |und )?ohne (?!code\b)(\S+(?: \S+)?)", r"without the ones about \1"),
    (r"(.+?),? (?:aber )?ohne (.+)", r"\1 without \2"),
    (r"(.+?),? aber nicht (?:über|zu|zum thema|mit) (.+)", r"\1 but not about \2"),
)
