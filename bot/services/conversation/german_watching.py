"""Forms of German sentences about what is followed, and how the same is said in English."""

from __future__ import annotations

from bot.services.conversation.german_small import A_WHILE, NEW, NOTICES, PAPERS, SILENT

_DIGEST = r"(?:zusammenfassung|übersicht|digest|e?-?mail|liste)"
_EVERY = r"(?:jeden (?:morgen|tag|montag)|täglich|jede woche|wöchentlich)"

WATCHING_FORMS: tuple[tuple[str, str], ...] = (
    (
        r"(?:informier|benachrichtig)e?n?(?: sie)? mich,? (?:wenn|falls|sobald) (.+?)"
        r" (?:et)?was(?: neues)? (?:veröffentlicht|schreibt|publiziert|herausbringt)",
        r"follow \1",
    ),
    (
        r"(?:sag|gib|geben sie) mir(?: bitte)? bescheid,? (?:wenn|falls|sobald) (.+?)"
        r" (?:et)?was(?: neues)? (?:veröffentlicht|schreibt|publiziert|herausbringt)",
        r"follow \1",
    ),
    (
        r"(?:(?:informier|benachrichtig)e?n?(?: sie)? mich|(?:sag|gib|geben sie) mir(?: bitte)? bescheid),?"
        rf" (?:wenn|falls|sobald) es(?: (?:et)?was)? ?(?:{NEW}|neues)?(?: {PAPERS})?"
        r" (?:über|zu|zum thema|zur) (.+?) gibt",
        r"follow the topic \1",
    ),
    (
        rf"(?:über )?(?:{NEW} )?{PAPERS} von (.+?) (?:informiert|benachrichtigt) werden",
        r"follow \1",
    ),
    (
        r"(?:halte?|halten sie) (?:mich|uns) (?:über|zu|bei) (.+?) (?:auf dem laufenden|informiert)",
        r"follow \1",
    ),
    (
        r"(?:(?:informier|benachrichtig)e?n?(?: sie)? (?:mich|uns)"
        r"|(?:sag|gib|sagen sie|geben sie) (?:mir|uns)(?: bitte)?(?: bescheid)?),?"
        r" (?:wenn|falls|sobald) (?:jemand |irgendwer |wer )?(.+?) zitiert(?: wird)?",
        r"follow citations of \1",
    ),
    (
        rf"(?:informier|benachrichtig)e?n?(?: sie)? (?:mich|uns) ({_EVERY}) (?:über|bei|zu) (.+)",
        r"follow \2 \1",
    ),
    (r"(?:folge|beobachte|abonniere|verfolge) (?:neuen )?papern? wie (.+)", r"follow papers like \1"),
    (r"(?!wem |wen |was |ich )(.+?) (?:nicht|nie) (?:mehr|länger) folgen", r"unfollow \1"),
    (r"(?!wem |wen |was |ich )(.+?) folgen", r"follow \1"),
    (r"bestelle? (.+) ab|(.+) (?:abbestellen|deabonnieren|nicht mehr abonnieren)", r"unfollow \1\2"),
    (
        rf"({_EVERY}) (?:eine[n]? )?{_DIGEST} (?:von|zu|über|aus|für|der|des) (.+?)"
        r"(?: um (\d\d?)(?: uhr)?)?",
        r"follow \2 \1 at \3",
    ),
    (
        rf"(?:schicke?|sende?) (?:mir|uns) ({_EVERY}) (?:die )?(?:{NEW} )?{PAPERS} (?:aus|in|von) (.+)",
        r"follow \2 \1",
    ),
    (
        rf"(?:folge|beobachte|abonniere|verfolge) (?:{NEW} )?{PAPERS} (?:über|zu|zum thema|zur) (.+)",
        r"follow papers on \1",
    ),
    (rf"(?:folge|beobachte|abonniere|verfolge) (?:{NEW} )?{PAPERS} (?:von|aus|in) (.+)", r"follow \1"),
    (
        rf"(?:eine[n]? )?(wöchentlich|täglich)e[nr]? {_DIGEST} (?:von|zu|über|aus|für|der|des) (.+)",
        r"follow \2 \1",
    ),
    (
        rf"(?:schicke?|sende?) (?:mir|uns) ({_EVERY}) (?:eine[n]? )?{_DIGEST}"
        r" (?:von|zu|über|aus|für|der|des) (.+)",
        r"follow \2 \1",
    ),
    (
        rf"(?:schicke?|sende?) (?:mir|uns) ({_EVERY}) (?:{NEW} )?{PAPERS} (?:über|zu|zum thema|zur) (.+)",
        r"follow the topic \2 \1",
    ),
    (
        rf"(?:beende|kündige|lösche?|storniere|stoppe?|deaktiviere) (?:alle )?(?:meine )?"
        rf"(?:abos|abonnements|{NOTICES})"
        rf"|(?:stelle?|schalte?) {NOTICES} ab",
        "stop messaging me",
    ),
    (
        r"(?:beende|kündige|lösche?|storniere) (?:das|mein) (?:abo|abonnement) (?:von|für|zu|auf|über) (.+)",
        r"unfollow \1",
    ),
    (
        rf"hör (?:bitte )?auf,? (?:mir|uns) (?:{NEW} )?(?:{PAPERS} )?(?:von|über|zu|zum thema|zur) (.+?)"
        r" zu (?:schicken|senden)",
        r"unfollow \1",
    ),
    (
        r"(?:ich bin|wir sind) (?:(?:ab|bis) \w+ |gerade |jetzt )?"
        rf"(?:im urlaub|in den ferien|verreist|weg|unterwegs){A_WHILE}?",
        "i am on vacation",
    ),
    (r"(?:ich bin|wir sind) (?:wieder (?:da|zurück)|zurück)", "i am back"),
    (
        rf"(?:(?:pausiere|schalte?) )?(?:bitte )?(?:{NOTICES} )?(?:stumm|aus)(?: ?schalten)?{A_WHILE}?"
        rf"|(?:{NOTICES} )?pausieren{A_WHILE}?|pausiere?n?(?: {NOTICES})?{A_WHILE}?"
        rf"|mache? (?:mal )?(?:eine )?pause{A_WHILE}?|{SILENT}{A_WHILE}",
        "pause everything",
    ),
    (
        rf"(?:schalte? )?(?:bitte )?{NOTICES} (?:bitte )?(?:wieder )?(?:an|ein)(?: ?schalten)?"
        rf"|setze? {NOTICES} (?:wieder )?fort|{NOTICES} fortsetzen",
        "resume everything",
    ),
    (r"stopp|aufhören|hör (?:bitte )?auf", "stop"),
    (r"nichts mehr (?:von|über|zu) (.+?)(?: (?:hören|sehen|wissen|bekommen))?", r"unfollow \1"),
    (
        rf"(?:(?:wir|ich) (?:möchten?|wollen|will"
        rf"|hätten? gern(?:e)?) )?(?:{NEW} )?{PAPERS} (?:aus|in|von) \S+"
        r" (?:in|bei) (?:unsere[mn]|meinem|einem) (?:kanal|server)(?: haben)?",
        "post papers in our channel",
    ),
    (r"(?:entfolge|entabonniere|beende|stoppe) alle[ms]", "unfollow everything"),
    (r"(?:ent(?:folge|abonniere)) (.+)", r"unfollow \1"),
    (r"(?:folge|beobachte|abonniere) (.+?) nicht (?:mehr|länger)", r"unfollow \1"),
    (
        r"(?:folge|beobachte|abonniere|verfolge) (?:den |neuen? )*zitat(?:en?|ionen) (?:von|auf) (.+)",
        r"follow citations of \1",
    ),
    (r"(?:folge|beobachte|abonniere|verfolge) (?:dem |das )?thema (.+)", r"follow the topic \1"),
    (r"(?:folge|beobachte|abonniere|verfolge) (?:der |die )?kategorie (.+)", r"follow the category \1"),
    (
        rf"(?:informier|benachrichtig)e?n?(?: sie)? mich (?:bitte )?(?:über|bei)(?: {NEW})?"
        rf" {PAPERS} (?:über|zu|zum thema|zur) (.+)",
        r"follow the topic \1",
    ),
    (
        rf"(?:informier|benachrichtig)e?n?(?: sie)? mich (?:bitte )?(?:über|bei)(?: {NEW})?"
        rf"(?: {PAPERS}(?: (?:von|in|aus))?)? (.+)",
        r"follow \1",
    ),
    (r"(?:folge|beobachte|abonniere|verfolge) (.+)", r"follow \1"),
    (rf"(?:schicke?|sende?) (?:mir|uns) ({_EVERY}) (.+)", r"follow \2 \1"),
    (rf"(?:schicke?|sende?) (?:mir|uns) (.+ {_EVERY})", r"follow \1"),
    (rf"(?:pausiere|stumm) (.+?){A_WHILE}?", r"pause \1"),
    (r"setze? (.+?) fort", r"resume \1"),
)
