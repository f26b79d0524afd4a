"""Forms of German sentences, and how the same is said in English."""

from __future__ import annotations

from bot.services.conversation.german_small import (
    NEW,
    PAPERS,
    RATHER,
    SMALL_FORMS,
    WORKS,
)
from bot.services.conversation.german_times import WHEN as _WHEN
from bot.services.conversation.german_watching import WATCHING_FORMS

_THEIR = r"(?:seine?|ihre?|deren|dessen)"

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

_ENOUGH = r"(?: (?:reicht|genügt|ist (?:okay|ok|gut|besser|genug)|wäre (?:gut|besser|schön)))?"

FORMS: tuple[tuple[str, str], ...] = (
    *SMALL_FORMS,
    # What speaks of the last answer
    (r"(?:und )?wie viele(?: (?:sind(?: es| das)?|gibt es|davon))?", "how many are there"),
    (r"(?:und )?wie viele davon haben code", "how many of them have code"),
    (r"welche (?:davon|von (?:denen|ihnen)) haben code", "which of them have code"),
    (r"wer hat (?:es|das|die|den|dieses paper) geschrieben|von wem ist (?:es|das)", "who wrote it"),
    (
        rf"wer hat (?:das|den|die) (erste|zweite|dritte|letzte)n?(?: {PAPERS})? geschrieben",
        r"who wrote das \1",
    ),
    (
        r"(?:lösche?|entferne?|nimm) (?:es|das|die|den)(?: wieder)?(?: (?:von|aus) (?:der"
        r"|meiner) (?:lese|merk)?liste"
        r"| raus| heraus)?",
        "remove it from my list",
    ),
    (r"mehr(?: davon)?|weiter|weitere|noch mehr|nächste(?: seite)?", "more"),
    (r"zurück|vorherige(?: seite)?", "back"),
    (rf"(?:de[rn]|die|das) erste[nrs]?(?: {PAPERS})?", "the first one"),
    (rf"(?:de[rn]|die|das) zweite[nrs]?(?: {PAPERS})?", "the second one"),
    (rf"(?:de[rn]|die|das) dritte[nrs]?(?: {PAPERS})?", "the third one"),
    (rf"(?:de[rn]|die|das) letzte[nrs]?(?: {PAPERS})?", "the last one"),
    (r"(?:davon )?(?:bitte )?nur (?:die )?mit code(?: davon)?", "only with code"),
    (r"(?:(?:da(?:zu|von|für)|hierzu)(?: auch)? code|code da(?:zu|von|für))", "does it have code"),
    (
        rf"(?:das|die(?! \w+n\b)|de[nr]) (?:meist|am meisten )zitierte[nrs]?(?: {PAPERS})?"
        r"(?: (?:davon|von (?:denen|ihnen|diesen)))?",
        "the most cited one",
    ),
    (
        rf"(?:das|de[nr]) neu(?:e)?ste[nrs]?(?: {PAPERS})?(?: (?:davon|von (?:denen|ihnen|diesen)))?",
        "the newest one",
    ),
    (
        r"(?:wer|welche[rs]?)(?: (?:von (?:beiden|ihnen|denen|den beiden)|davon))"
        r" (?:hat|ist|wird)(?: .+)? (?:h-?index|zitate|zitationen|zitiert|paper|produktiver|bekannter)",
        "which of them has the most citations",
    ),
    (
        r"(?:bitte )?(?:aber )?(?:höchstens|maximal|nicht mehr als) (\d+)(?: \w+)? (?:am|pro) tag",
        r"at most \1 a day",
    ),
    (r"(?:aber )?(?:bitte )?keine (surveys?|reviews?|übersichten|querlistungen|cross-?lists?)", r"but no \1"),
    (
        r"nur (?:als )?(?:primär(?:e kategorie)?|hauptkategorie)|ohne (?:querlistungen|cross-?lists?)",
        "primary only",
    ),
    (rf"(?:nur (?:die )?)?({_WHEN})(?: und)?( mit code)?", r"only \1\2"),
    (r"(?:nur )?(?:die|diejenigen|jene) (?:mit|von) (.+)", r"the ones with \1"),
    (r"nur (?:die )?(?:in|aus) ([a-z-]+\.[a-z-]+)", r"only in \1"),
    (r"(?:ohne|nicht)(?: (?:die|solche))?(?: (?:in|aus))? ([a-z-]+\.[a-z-]+)", r"exclude \1"),
    (r"nur (?:die )?(?:seit|ab) (.+)", r"only since \1"),
    (
        rf"(?:eine |die )?liste (?:aller? )?(?:seiner|ihrer) {PAPERS}( .+)?",
        r"his papers\1",
    ),
    (r"(?:exportiere?|lade) (?:sie|diese|die|alle)(?: alle)? als (\S+)(?: herunter)?", r"export them as \1"),
    (r"(?:(?:gibt es |was ist |wie ist )?(?:eine |die )?)doi(?: dazu| davon)?", "doi"),
    (
        r"wann (?:ist|wurde) (?:es|das|die|der|sie|diese[rs]?)(?: \w+)?"
        r" (?:erschienen|veröffentlicht|publiziert)",
        "when was it published",
    ),
    (r"worum geht(?: e)?'?s(?: (?:da|darin|dabei|in (?:der|dem) paper))?", "what is it about"),
    (r"worum geht(?: e)?'?s (?:in|bei) (?:der|dem) (erste|zweite|dritte)n?", r"das \1"),
    (r"als (bibtex|ris|endnote|apa|csl(?:-json)?)", r"as \1"),
    (rf"ähnliche(?: {PAPERS})?", "similar papers"),
    (r"speichern?|merken?|sichern?", "save"),
    (rf"(?:wer sind )?{_THEIR} (?:ko-?|co-?|mit)autor(?:inn)?en", "his coauthors"),
    (rf"{_THEIR} {NEW} {PAPERS}( .+)?", r"his newest papers\1"),
    (rf"{_THEIR} (?:meist|am meisten )zitierten? {PAPERS}( .+)?", r"his most cited papers\1"),
    (rf"{_THEIR} {PAPERS}( .+)?", r"his papers\1"),
    (
        rf"(?:(?:die|alle) )?{PAPERS} (?:von|der) (?:beiden|allen)(?: zusammen)?( .+)?"
        rf"|(?:{_THEIR} )?gemeinsamen? {PAPERS}(?: (?:von|der) (?:beiden|allen))?( .+)?"
        r"|(?:was )?haben (?:sie|(?:die )?beide[n]?) (?:(?:schon(?: mal)?|etwas) )?(?:zusammen|gemeinsam)"
        r" (?:geschrieben|veröffentlicht|publiziert)",
        r"papers by both\1\2",
    ),
    (r"(?:nein,? |doch |lieber |besser |bitte )*(?:in|nach|im) (?:kanal )?(#[\w-]+|kanal|server)", r"in \1"),
    (rf"{RATHER}(?:täglich|jeden tag|einmal (?:am|pro) tag){_ENOUGH}", "daily"),
    (rf"{RATHER}(?:wöchentlich|jede woche|einmal (?:die|pro|in der) woche){_ENOUGH}", "weekly"),
    (r"(?:und )?neuere", "newest first"),
    (r"von (\S+ \S.*)", r"papers by \1"),
    (
        r"(?:gibt es )?davon (?:auch )?(?:(?:et)?was|welche|eine?s) mit code"
        r"|(?:auch )?(?:(?:et)?was|welche) mit code",
        "only with code",
    ),
    (
        r"welche[rs]?(?: (?:davon|von (?:denen|ihnen)))? (?:wurde|wird|ist|hat)"
        r" (?:am (?:häufigsten|meisten|öftesten) zitiert|die meisten zitate)",
        "most cited first",
    ),
    (
        r"(?:hat|haben) (?:der|die|er|sie|der autor|die autorin) (?:noch )?"
        r"(?:mehr|anderes|weiteres|noch (?:et)?was) (?:geschrieben|veröffentlicht|publiziert)",
        "his papers",
    ),
    (
        rf"(?:ich (?:will|möchte) )?über (?:{NEW} )?(?:{PAPERS}|sachen|dinge) von (ihm|ihr|ihnen) "
        r"(?:bescheid wissen|informiert werden|etwas hören)",
        r"follow \1",
    ),
    (
        r"stopp?e? (?:es|das|die)(?: wieder)?|(?:mach|nimm) (?:es|das) (?:wieder )?(?:rückgängig|zurück)",
        "stop following it",
    ),
    (r"wer sind (?:die|ihre|seine) autor(?:inn)?en", "who are the authors"),
    (r"folge? (?:dem|der) (ersten?|letzten?) autor(?:in)?", "follow the first author"),
    (r"(?:die )?neu(?:e)?sten?(?: (?:zuerst|oben|davon))?", "newest first"),
    (r"(?:die )?(?:meist|am meisten )zitierten?(?: (?:zuerst|oben|davon))?", "most cited first"),
    (r"(?:auch )?ohne code", "without code"),
    (r"alle (?:kategorien|felder)", "all categories"),
    (r"(?:einen )?längeren zeitraum|egal wann", "a longer time"),
    (r"(?:ohne|nicht)(?: die| solche)? (?:über|zu|zum thema) (.+)", r"without the ones about \1"),
    (r"nur (?:die|solche|welche)? ?(?:über|zu|zum thema) (.+)", r"only those about \1"),
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
        r"(?:füge?|setze?|pack|nimm|tu) (.+?) (?:zu|auf|in) (?:meine[r]?|die|der) (?:lese|merk)?liste"
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
    (r"(?:zitiere?|zitat von) (.+)", r"cite \1"),
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
        r"(?:überblick|übersicht|einführung|einstieg|infos?) (?:über|zu|zum thema|zur|in) (.+)",
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
    (r"(?:aber |und )?ohne (?!code\b)(\S+(?: \S+)?)", r"without the ones about \1"),
    (r"(.+?),? (?:aber )?ohne (.+)", r"\1 without \2"),
    (r"(.+?),? aber nicht (?:über|zu|zum thema|mit) (.+)", r"\1 but not about \2"),
)
