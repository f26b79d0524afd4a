"""German forms of small talk, of help and of what one's hours are."""

from __future__ import annotations

WORKS = (
    r"(?:arbeit(?:en)?|artikeln?|aufsätzen?|veröffentlichung(?:en)?|publikation(?:en)?|vorabdrucken?"
    r"|literatur)"
)
PAPERS = rf"(?:{WORKS}|papers?|papern|preprints?)"
_NOTHING = r"(?:keine (?:nachrichten|meldungen|mitteilungen|benachrichtigungen|ankündigungen)|nichts)"
NEW = r"(?:(?:die|den|das) )?(?:neu|neue[ns]?|neue?ste[ns]?|aktuelle[ns]?|letzte[ns]?)"
SILENT = (
    rf"(?:{_NOTHING}"
    r"|nicht stören|störe? mich nicht|(?:sei |bleib )?(?:ruhig|still|stumm)|ruhe)"
    r"(?: mehr)?(?: schicken| senden| melden)?"
)
A_WHILE = (
    r"(?: (?:bis (?!(?:19|20)\d\d$).+|für (?:eine?n?|zwei|drei|\d+) \w+|heute|diese woche|erst ?mal|vorerst))"
)
NOTICES = r"(?:alle[sn]?|(?:alle |die |meine )?(?:benachrichtigungen|nachrichten|meldungen|mitteilungen))"
_ON_DAYS = (
    r"(?:am wochenende|an (?:den )?wochenenden|wochenends|werktags|unter der woche"
    r"|(?:mon|diens|donners|frei|sams|sonn)tags(?: und sonntags)?|mittwochs|am (?:sams|sonn)tag)"
)
RATHER = r"(?:mache? (?:es|das|die|den) )?(?:(?:lieber|besser|nur|stattdessen) )*"
_AT_NIGHT = r"(?:nachts|in der nacht|über nacht)"

SMALL_FORMS: tuple[tuple[str, str], ...] = (
    # What needs no name
    (
        r"(?:(?:ich habe )?keine ahnung,? (?:was du (?:alles )?kannst|wie das (?:geht|funktioniert))[, ]*)?"
        r"(?:hilf|helfen sie) mir(?: bitte)?|keine ahnung,? was du (?:alles )?kannst|was weißt du(?: alles)?",
        "help",
    ),
    (r"was ist (?:eigentlich )?(?:ein |das |der )?(?:arxiv|preprint)(?: eigentlich)?", "what is arxiv"),
    (
        rf"(?:woher (?:kommen|hast du|stammen)(?: (?:deine|die))? (?:{PAPERS}|daten|zahlen)"
        r"|wie (?:aktuell|alt|neu) (?:bist du|sind (?:deine|die) \w+)"
        r"|was kannst du (?:alles )?(?:durchsuchen|suchen|finden)"
        r"|welche (?:kategorien|fächer|gebiete|quellen) (?:kennst|hast|durchsuchst|nutzt) du"
        rf"|kannst du (?:{PAPERS}|pdfs?|volltexte) (?:zusammenfassen|lesen|erklären|übersetzen)"
        rf"|(?:{PAPERS}|pdfs?|volltexte) (?:zusammenfassen|lesen|erklären|übersetzen))",
        "what are your sources",
    ),
    (r"bist du (?:chat ?gpt|claude|gemini|eine ki)", "what are you"),
    (r"hilfe|befehle|was kannst du(?: alles)?|wie (?:funktioniert|geht) das|was ist (?:das|hoopoe)", "help"),
    (
        r"(?:hallo|servus|grüezi|grüß (?:dich|gott)|guten (?:morgen|tag|abend))(?: hoopoe| zusammen)?",
        "hello",
    ),
    (
        r"(?:vielen dank|danke)[,!. ]+(?:das|mir) (?:reicht|genügt|hilft|war'?s|ist alles)"
        r"(?: mir| schon| sehr| weiter)*",
        "thanks",
    ),
    (
        r"(?:vielen dank|danke|besten dank) für .+|(?:mit )?(?:freundlichen|besten|viele|liebe) grüßen?.*",
        "thanks",
    ),
    (
        r"(?:(?:super|toll|prima|perfekt|klasse|cool|ok|okay|alles klar|gut)[,! ]+)?"
        r"(?:vielen dank|danke|dankeschön|dank dir)(?: (?:schön|sehr|dir|vielmals))*",
        "thanks",
    ),
    (
        r"(?:ja|genau|richtig|stimmt|jawohl|doch)"
        r"(?:[, ]+(?:bitte|gerne?|genau|de[rn]|die|das|richtig|stimmt))*",
        "yes",
    ),
    (r"nein(?:[, ]+danke)?", "no"),
    (r"(?:ach )?(?:lass (?:es )?(?:mal )?(?:gut sein)?|schon gut|passt schon|egal|vergiss es)", "never mind"),
    (r"tschüss?|auf wiedersehen|bis (?:bald|später|dann)|gute nacht", "bye"),
    (
        r"bist du (?:ein |eine )?(?:bot|ki|mensch|roboter)|wer bist du"
        r"|wer hat dich (?:gemacht|gebaut|programmiert|entwickelt)",
        "what are you",
    ),
    (
        r"(?:speicherst|liest|siehst|behältst) du (?:alle )?meine nachrichten(?: mit)?",
        "do you read my messages",
    ),
    (
        r"wie ist (?:der|dein) status|(?:läuft|geht|funktioniert|ist) (?:alles|arxiv|openalex)"
        r"(?: gerade| denn)?(?: (?:down|erreichbar|kaputt|in ordnung|ok|online))?",
        "status",
    ),
    (
        r"überrasche? (?:mich|uns)(?: mal)?|was (?:soll|sollte|kann) (?:ich|wir) (?:mal )?lesen",
        "what should i read",
    ),
    (
        r"(?:wie )?(?:lösche?|vergiss) (?:ich )?(?:alle )?meine daten|vergiss mich"
        r"|(?:lösche?|vergiss) alles(?:,? was du)? (?:über|von) mi(?:ch|r)(?: weißt)?",
        "delete my data",
    ),
    (
        r"(?:was|welche daten) (?:weißt|speicherst|hast) du (?:über|von|zu) (?:mich|mir)(?: gespeichert)?"
        r"|datenschutz|meine daten",
        "my data",
    ),
    (
        r"(?:wem|was|wen) (?:folge|beobachte|abonniere) ich(?: gerade| alles| jetzt| schon)*"
        r"|meine (?:abos|abonnements)"
        r"|(?:welche|was für) (?:abos|abonnements|benachrichtigungen) (?:habe|hab) ich",
        "following",
    ),
    (
        r"(?:was (?:ist|steht|habe ich) (?:alles )?(?:auf|in) )?(?:meine[r]? |der |die )?(?:lese|merk)?liste"
        r"|was hab(?:e)? ich (?:alles )?(?:gespeichert|gemerkt)",
        "my reading list",
    ),
    (r"(?:wer (?:ist|sind) )?(?:die )?expert(?:e|en|in|innen) (?:für|in|zu) (.+)", r"experts on \1"),
    (r"rückgängig(?: machen)?", "undo"),
    (
        r"wie (?:lade|bekomme|füge|hole) (?:ich|wir) dich (?:auf|in|zu)"
        r" (?:meinem|meinen|unserem|unseren|einen|den) server(?: ein| hinzu)?",
        "invite you to our server",
    ),
    (
        r"(?:das (?:ist|war) )?(?:die |das |der )?falsche[srn]? (?:person|paper|autor(?:in)?|arbeit)"
        r"|(?:das )?(?:meinte|wollte) ich nicht",
        "wrong paper",
    ),
    (
        r"(?:wir )?(?:ankündigungen|benachrichtigungen) einrichten|einrichten"
        r"|wie richte (?:ich|ihr|man) (?:das|es) ein",
        "set up announcements",
    ),
    (
        r"(?:wie (?:wird|werden|berechnest du|funktionier(?:t|en)|entsteh(?:t|en))|woher kommt)"
        r" (?:der |die |das )?"
        r"(?:zahlen|novelty|neuartigkeit|ai[ -]score|h-index|impact|wirkung|forecast|prognose)"
        r"(?: (?:berechnet|gemessen|bestimmt))?",
        "what does novelty mean",
    ),
    (
        r"was (?:bedeute[nt]|ist|sind|heiß(?:t|en)) (?:der |die |das |diese )?"
        r"(?:zahlen|novelty|neuartigkeit|ai[ -]score|h-index|impact|wirkung|forecast|prognose)",
        "what does novelty mean",
    ),
    # One's hours
    (
        rf"{_NOTHING}(?: neues)? (?:heute|diese woche)|(?:heute|diese woche) {_NOTHING}(?: neues)?",
        "nothing today",
    ),
    (r"(?:meine )?einstellungen", "my settings"),
    (
        r"(?:(?:stelle?|setze?|ändere?) )?(?:die |meine )?zeitzone(?: ist| auf| in|:)? (.+)",
        r"my time zone is \1",
    ),
    (
        r"(?:meine )?ruhe(?:zeit(?:en)?|stunden)(?: sind|:)?(?: von)? (\d\d?)(?: uhr)?"
        r"(?: ?- ?| bis )(\d\d?)(?: uhr)?",
        r"quiet hours \1-\2",
    ),
    (
        rf"{SILENT} (?:zwischen|von) (\d\d?)(?: uhr)?(?: ?- ?| und | bis )(\d\d?)(?: uhr)?(?: nachts)?",
        r"quiet hours \1-\2",
    ),
    (
        rf"{SILENT} {_ON_DAYS}|{_ON_DAYS} {SILENT}|störe? mich {_ON_DAYS} nicht"
        rf"|nur (?:werktags|an werktagen|unter der woche)",
        "no messages on weekends",
    ),
    (
        r"(?:schreibe?|schicke?|sende?|melde?|störe?) (?:dich )?(?:mir|mich|uns|bei mir)?(?: bitte)?"
        rf" ?{_AT_NIGHT}(?: bitte)? (?:nicht|nichts)(?: mehr)?",
        "no messages at night",
    ),
    (
        r"(?:störe? mich )?nicht vor (\d\d?)(?: uhr)?(?: (?:stören|schreiben|melden))?"
        r"|schreib(?:e)? mir nicht vor (\d\d?)(?: uhr)?",
        r"no messages before \1\2",
    ),
    (
        r"(?:störe? mich )?nicht nach (\d\d?)(?: uhr)?(?: (?:stören|schreiben|melden))?"
        r"|schreib(?:e)? mir nicht nach (\d\d?)(?: uhr)?",
        r"no messages after \1\2",
    ),
    (rf"{SILENT} {_AT_NIGHT}|{_AT_NIGHT} {SILENT}|störe? mich {_AT_NIGHT} nicht", "no messages at night"),
    (
        r"(?:(?:stelle?|setze?|lege?|schicke?) )?(?:(?:mein(?:e[nr]?)?|den|die) )?(?:täglichen? )?"
        r"(?:digests?|zusammenfassung(?:en)?|übersicht(?:en)?)"
        r"(?: (?:jeden (?:morgen|tag)|täglich))? (?:um|auf) (\d\d?(?:[:.]\d\d)?)(?: uhr)?",
        r"digest at \1",
    ),
    (
        r"(?:(?:digests?|zusammenfassung|übersicht|(?:lieber |nur )?wöchentlich) )?(?:jeden|immer am)"
        r" (?:diens|mittwoch|donners|frei|sams|sonn)(?:tag)?(?: um \d\d?(?: uhr)?)?"
        r"|(?:immer |wöchentlich )?(?:diens|mittwoch|donners|frei|sams|sonn)(?:tag)?s(?: um \d\d?(?: uhr)?)?",
        "every friday",
    ),
    (r"(?:jeden tag|täglich|jeden morgen|morgens) um (\d\d?(?:[:.]\d\d)?)(?: uhr)?", r"every day at \1"),
    (r"(?:jeden|immer am) montag|(?:immer )?montags", "every monday"),
    (
        r"(?:ich (?:bin|wohne|lebe|arbeite|sitze)|wir (?:sind|wohnen|leben|arbeiten|sitzen))"
        r"(?: (?:gerade|jetzt|hier))? (?:in|aus) (.+)",
        r"i am in \1",
    ),
)
