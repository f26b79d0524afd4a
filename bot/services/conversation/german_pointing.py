"""German forms of what is said of the last answer, and how the same is said in English."""

from __future__ import annotations

from bot.services.conversation.german_small import NEW, PAPERS, RATHER
from bot.services.conversation.german_times import WHEN as _WHEN

_THEIR = r"(?:seine?|ihre?|deren|dessen)"
_ENOUGH = r"(?: (?:reicht|genügt|ist (?:okay|ok|gut|besser|genug)|wäre (?:gut|besser|schön)))?"
_IT = rf"(?:es|das|(?:das|dieses|diese[rm]?|der|dem|die) {PAPERS})"
_A_FORM = r"(bibtex|ris|endnote|apa|csl(?:-json)?)"

_PLACE = r"(erste|zweite|dritte|vierte|fünfte|letzte)[nrs]?"

POINTING_FORMS: tuple[tuple[str, str], ...] = (
    (
        r"was (?:hat|haben) (?:der|die) (?:(erste)|letzte)n? autor(?:in)?(?: (?:sonst|noch|alles|schon))*"
        r" (?:geschrieben|veröffentlicht|publiziert)",
        "what else did the first author publish",
    ),
    (rf"(?:das|den|die) {_PLACE} (?:davon |paper )?(?:als|in|auf) {_A_FORM}", r"das \1 as \2"),
    (rf"{_A_FORM} (?:dazu|davon|dafür|bitte)", r"as \1"),
    (r"(?:und |nur |bitte )*(?:die )?mit code", "only with code"),
    (r"(?:bitte )?(?:sortiere?n?|ordne) (?:sie |das |die )?nach (?:dem )?datum", "sort by date"),
    (r"(?:bitte )?(?:sortiere?n?|ordne) (?:sie |das |die )?nach (?:zitaten|zitationen)", "sort by citations"),
    (r"(?:bitte )?(?:sortiere?n?|ordne) (?:sie |das |die )?nach (?:dem )?score", "sort by score"),
    (
        r"(?:folge|abonniere|beobachte) (?:diesem thema|dieser suche|diese suche|dieses thema)",
        "follow this topic",
    ),
    (rf"(?:folge|abonniere|beobachte) (?:dem|der|den|die|das) {_PLACE}", r"follow das \1"),
    (r"(?:folge|abonniere|beobachte) (?:beiden|allen(?: (?:beiden|dreien))?)", "follow both"),
    (rf"(?:lösche?|entferne?) (?:das|den|die|dem) {_PLACE}", r"remove das \1"),
    (r"(?:und )?(?:auch |noch )*mit (?!wem |welche)(\S+ \S.*)", r"and add \1"),
    (
        r"(?:mir )?(?:das|es)(?: (?:auf|ins) \w+)? (?:erklären|zusammenfassen|übersetzen)"
        r"|(?:erkläre?|übersetze?) (?:mir )?(?:das|es)(?: (?:auf|ins) \w+)?"
        r"|fasse? (?:mir )?(?:das|es) zusammen",
        "explain it",
    ),
    (
        r"(?:(?:schicke?|sende?) (?:mir|uns) )?(?:das |den |die )?(?:(?:link )?(?:zum|zur) )?"
        r"(pdf|code|abstract|doi)",
        r"the \1",
    ),
    (
        r"(?:das (?:ist|war) )?(?:quatsch|unsinn|falsch)|(?:das )?stimmt (?:so )?nicht|falscher treffer",
        "wrong paper",
    ),
    (rf"(?:und (?:als|in|auf|im)|als|auf|im) {_A_FORM}(?:[- ](?:format|stil))?", r"as \1"),
    (
        rf"(?:wie viele|wieviele) (?:zitate|zitationen|zitierungen) hat {_IT}",
        "how many citations does it have",
    ),
    (rf"wie oft (?:wird|wurde|ist) {_IT} zitiert(?: worden)?", "how often is it cited"),
    (rf"hat {_IT}(?: auch)? (?:öffentlichen )?code", "does it have code"),
    (
        rf"(?:ist|wurde) {_IT} (?:schon |irgendwo |bereits )*(?:erschienen|veröffentlicht|publiziert)"
        rf"|(?:in welche[rm]|wo) (?:journal |zeitschrift |konferenz )?(?:ist|wurde) {_IT}"
        r" (?:erschienen|veröffentlicht|publiziert)",
        "where was it published",
    ),
    (rf"wann (?:kam|ist|wurde) {_IT} (?:raus|heraus)(?:gekommen)?", "when was it published"),
    (rf"was ist (?:daran|an {_IT}) (?:neu|besonders)|was steht (?:da|darin|drin)", "what is it about"),
    (
        r"(?:warum|wieso) (?:ist|sind) (?:der|die|das|seine?|ihre?) \S+ so (?:niedrig|hoch|schlecht|gut)"
        r"|was sag(?:t|en) (?:der|die|das) (?:score|zahlen?|werte?|prognose|wirkung|neuartigkeit) aus",
        "what does novelty mean",
    ),
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
)
