"""German sentences, and the English ones that mean the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.help import PLAIN_WORDS
from bot.domain.search import ListRequest, Page
from bot.services.answers import ListAnswer, PaperAnswer
from bot.services.conversation.follow_ups import read_follow_up
from bot.services.conversation.german import in_english
from bot.services.conversation.last_answers import Talk
from bot.services.conversation.sentences import parse_sentence
from bot.services.conversation.wishes import LookUp
from bot.words import LANGUAGES, _, speaking
from tests.factories import make_paper
from tests.unit.services.conversation.test_sentences import SENTENCES

LISTED = tuple(make_paper(id=number, title=f"Paper {number}") for number in range(1, 4))
TALK = (
    Talk()
    .after(PaperAnswer(paper=LISTED[0]))
    .after(ListAnswer(request=ListRequest(title="L"), request_id=1, page=Page(papers=LISTED, total=9)))
)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Hilfe", "help"),
        ("Was kannst du alles?", "help"),
        ("Guten Morgen", "hello"),
        ("danke", "thanks"),
        ("Vielen Dank!", "thanks"),
        ("Was ist neu?", "what's new"),
        ("neue Arbeiten in cs.CY", "new in cs.CY"),
        ("Hallo! Neue Arbeiten in cs.CY?", "new in cs.CY"),
        ("Guten Morgen Hoopoe, wer ist Emma Strubell?", "who is Emma Strubell"),
        ("Hallo zusammen!", "hello"),
        ("Lösch alles über mich", "delete my data"),
        ("folge bitte cs.CL", "follow cs.CL"),
        ("im Trend in cs.CV diesen Monat", "trending in cs.CV this month"),
        ("was ist diesen Monat im Trend in cs.CV", "trending in cs.CV this month"),
        ("was ist heute angesagt", "trending today"),
        ("was bedeuten diese Zahlen", "what does novelty mean"),
        ("wie alt sind deine Daten", "what are your sources"),
        ("schick mir jeden Morgen cs.CL", "follow cs.CL daily"),
        ("sende uns cs.CL wöchentlich", "follow cs.CL weekly"),
        ("hat Emma Strubell dieses Jahr was veröffentlicht", "papers by Emma Strubell this year"),
        ("hat Emma Strubell etwas Neues geschrieben", "papers by Emma Strubell"),
        ("wo arbeitet Emma Strubell", "who is Emma Strubell"),
        ("ich will nichts mehr von cs.CL hören", "unfollow cs.CL"),
        ("stopp", "stop"),
        ("pausiere alles", "pause everything"),
        ("pausiere alles bis Montag", "pause everything"),
        ("pausiere cs.CY für eine Woche", "pause cs.CY"),
        ("pausiere das bis auf Weiteres", "pause it"),
        ("stumm bis Montag", "pause everything"),
        ("schalte bitte alles stumm", "pause everything"),
        ("Benachrichtigungen aus", "pause everything"),
        ("keine Nachrichten bis Montag", "pause everything"),
        ("alles wieder an", "resume everything"),
        ("schalte alles wieder an", "resume everything"),
        ("Benachrichtigungen wieder einschalten", "resume everything"),
        ("setze alles fort", "resume everything"),
        ("alles fortsetzen bitte", "resume everything"),
        ("am Wochenende nichts", "no messages on weekends"),
        ("Bitte am Wochenende keine Nachrichten", "no messages on weekends"),
        ("keine Meldungen an Wochenenden", "no messages on weekends"),
        ("stör mich sonntags nicht", "no messages on weekends"),
        ("nur werktags", "no messages on weekends"),
        ("entfolge allem", "unfollow everything"),
        ("meine Einstellungen", "my settings"),
        ("Ruhezeiten von 22 bis 7 Uhr", "quiet hours 22-7"),
        ("Ruhezeit 22-7", "quiet hours 22-7"),
        ("keine Meldungen zwischen 22 und 7 Uhr", "quiet hours 22-7"),
        ("Bitte nachts keine Nachrichten", "no messages at night"),
        ("stör mich nachts nicht", "no messages at night"),
        ("Zusammenfassung um 9 Uhr", "digest at 9"),
        ("meine Zeitzone ist Berlin", "my time zone is Berlin"),
        ("zeig mir die meistzitierten Arbeiten in cs.CY", "most cited papers in cs.CY"),
        ("meistzitierte Paper über Energie", "most cited papers about Energie"),
        ("Arbeiten mit Code über Energie", "papers about Energie with code"),
        ("Was gibt's Neues in cs.LG diese Woche?", "new in cs.LG this week"),
        ("Was gibt es Neues in cs.CY?", "new in cs.CY"),
        ("Nichts heute?", "nothing today"),
        ("Heute nichts Neues?", "nothing today"),
        ("keine Meldungen diese Woche", "nothing today"),
        ("keine Meldungen bis Montag", "pause everything"),
        ("Welche Paper gibt es zu Energie seit 2022?", "papers about Energie since 2022"),
        ("Was für Arbeiten kennst du zum Thema graph networks?", "papers about graph networks"),
        ("Kannst du mir neue Paper in cs.CL diese Woche zeigen?", "new in cs.CL this week"),
        ("zeig mir bitte die neuesten Arbeiten von Sasha Luccioni", "papers by Sasha Luccioni"),
        ("Arbeiten von Emma Strubell seit 2024 mit Code", "papers by Emma Strubell since 2024 with code"),
        ('Veröffentlichungen zum Thema "green AI" seit 2023', 'papers about "green AI" since 2023'),
        ("neue Artikel über Energieverbrauch", "new papers about Energieverbrauch"),
        ("ähnliche Arbeiten wie 2306.05949", "similar to 2306.05949"),
        ("Vergleiche Emma Strubell und Sasha Luccioni", "compare Emma Strubell and Sasha Luccioni"),
        ("zitiere 2306.05949 als BibTeX", "cite 2306.05949 as BibTeX"),
        ("zitiere es", "cite it"),
        ("Folge Emma Strubell", "follow Emma Strubell"),
        ("folge cs.CY täglich", "follow cs.CY daily"),
        ("folge cs.CY nicht mehr", "unfollow cs.CY"),
        ("beobachte Zitate von 2306.05949", "follow citations of 2306.05949"),
        ("Wem folge ich?", "following"),
        ("Wer arbeitet mit Emma Strubell zusammen?", "who works with Emma Strubell"),
        ("Koautorinnen von Emma Strubell", "coauthors of Emma Strubell"),
        ("Wer ist Emma Strubell?", "who is Emma Strubell"),
        ("wie oft wird Emma Strubell zitiert?", "how often is Emma Strubell cited"),
        ("Was ist im Trend in cs.CL?", "trending in cs.CL"),
        ("Merke 2306.05949", "save 2306.05949"),
        ("entferne 2306.05949 von meiner Leseliste", "remove 2306.05949 from my list"),
        ("exportiere meine Leseliste", "export my reading list"),
        ("Suche nach federated learning", "search for federated learning"),
        ("was bedeutet Novelty?", "what does novelty mean"),
        ("lösche meine Daten", "delete my data"),
        ("pausiere cs.CY", "pause cs.CY"),
        ("setze cs.CY fort", "resume cs.CY"),
        ("mehr", "more"),
        ("der zweite", "the second one"),
        ("die letzte Arbeit", "the last one"),
        ("nur mit Code", "only with code"),
        ("am meisten zitierte zuerst", "most cited first"),
        # What speaks of the last answer
        ("und seine Koautoren?", "his coauthors"),
        ("Wer sind ihre Mitautorinnen?", "his coauthors"),
        ("und seine neuesten Arbeiten", "his newest papers"),
        ("ihre meistzitierten Paper seit 2020", "his most cited papers since 2020"),
        ("ihre Arbeiten", "his papers"),
        ("als BibTeX", "as BibTeX"),
        ("als APA bitte", "as APA"),
        ("folge ihm", "follow him"),
        ("folge ihr wöchentlich", "follow her weekly"),
        ("beobachte das", "follow it"),
        ("pausiere das", "pause it"),
        ("folge ihnen nicht mehr", "unfollow them"),
        ("setze es fort", "resume it"),
        ("zitiere dieses Paper", "cite it"),
        ("ähnliche Arbeiten", "similar papers"),
        ("ähnliche wie das", "similar to it"),
        ("speichern", "save"),
        ("merken bitte", "save"),
        ("wöchentlich bitte", "weekly"),
        ("doch lieber täglich", "daily"),
        ("mach es wöchentlich", "weekly"),
        ("das dritte bitte", "the third one"),
        ("nur seit 2024", "only since 2024"),
        ("ja", "yes"),
        ("Ja, bitte!", "yes"),
        ("genau die", "yes"),
        ("nein danke", "no"),
        ("Arbeiten von beiden zusammen", "papers by both"),
        ("gemeinsame Paper seit 2020", "papers by both since 2020"),
        ("haben die beiden schon mal zusammen veröffentlicht?", "papers by both"),
        ("Paper von Ada A und Bo B seit 2020", "papers by Ada A and Bo B since 2020"),
        ("Paper von Ada A über Licht und Luft", "papers by Ada A about Licht und Luft"),
        ("hi, kannst du mir was zu diffusion models zeigen?", "papers about diffusion models"),
        ("etwas Neues über Bienen", "new papers about Bienen"),
        ("nur von diesem Monat und mit Code bitte", "only this month with code"),
        ("nur aus der letzten Woche", "only last week"),
        ("was ist auf meiner Liste?", "my reading list"),
        ("zeig meine Leseliste", "my reading list"),
        ('folge dem Thema "green ai" aber nur wöchentlich', 'follow the topic "green ai" weekly'),
        ("folge der Kategorie cs.CY", "follow the category cs.CY"),
        (
            "Guten Tag, ich hätte gern die meistzitierten Arbeiten von Ada A.",
            "most cited papers by Ada A",
        ),
        ("Und die neuesten?", "newest first"),
        ("und die meistzitierten", "most cited first"),
        ("Mit wem arbeitet er am häufigsten zusammen?", "who works with him"),
        ("Haben Ada A und Bo B gemeinsame Arbeiten?", "papers by Ada A and Bo B"),
        ("haben Ada A und Bo B schon zusammen publiziert", "papers by Ada A and Bo B"),
        ("Bitte informieren Sie mich über neue Arbeiten von ihm.", "follow him"),
        ("benachrichtige mich über neue Paper von Ada A", "follow Ada A"),
        ("Könnten Sie mir bitte neue Arbeiten in cs.CY zeigen?", "new in cs.CY"),
        ("auch ohne Code", "without code"),
        ("ohne die über Wespen", "without the ones about Wespen"),
        ("Wer forscht zu KI und Klima?", "papers about KI und Klima"),
        ("was gibts neues zu robotik", "new papers about robotik"),
        ("was hab ich gespeichert", "my reading list"),
        ("Danke, das reicht mir.", "thanks"),
        ("Wie viele Arbeiten von Ada A kennst du?", "how many papers does Ada A have"),
        ("wie viele Paper hat Ada A", "how many papers does Ada A have"),
        ("Bitte eine Liste seiner Arbeiten aus den Jahren 2010 bis 2012", "his papers from 2010 until 2012"),
        ("exportiere sie als RIS", "export them as RIS"),
        ("Wie zitiere ich die erste?", "cite the first"),
        ("Gibt es eine DOI dazu?", "doi"),
        ("Wann ist die erschienen?", "when was it published"),
        ("Worum geht es?", "what is it about"),
        ("Worum geht es in der ersten?", "the first one"),
        ("merke das zweite", "save the second"),
        ("zitiere die dritte Arbeit als APA", "cite the third as APA"),
        ("ähnliche wie das erste", "similar to the first"),
        ("entferne das letzte von meiner Liste", "remove the last from my list"),
        ("alle Paper von Ada A als RIS", "cite papers by Ada A as RIS"),
        ("nein, in #papers", "in #papers"),
        ("lieber im Kanal #neue-paper", "in #neue-paper"),
        # Times
        ("Arbeiten von 2018", "papers from 2018"),
        ("neue Paper ab 2018", "papers since 2018"),
        ("Paper ab 2018 in cs.CL mit Code", "papers since 2018 in cs.CL with code"),
        ("Arbeiten seit Mai 2024", "papers since may 2024"),
        ("Arbeiten von Emma Strubell von 2024", "papers by Emma Strubell from 2024"),
        ("Arbeiten von Emma Strubell ab 2024", "papers by Emma Strubell since 2024"),
        ("Arbeiten über Energie von 2018 bis 2020", "papers about Energie from 2018 until 2020"),
        ("Arbeiten über Energie aus dem Jahr 2018", "papers about Energie in 2018"),
        ("Arbeiten über Energie vor 2018", "papers about Energie before 2018"),
        ("Arbeiten über Energie zwischen 2018 und 2020", "papers about Energie between 2018 and 2020"),
        ("nur von 2018 bis 2020", "only from 2018 until 2020"),
        ("nur aus 2018", "only in 2018"),
        ("nur in cs.CL", "only in cs.CL"),
        ("ohne cs.CV", "exclude cs.CV"),
        ("wie viele Paper hat Ada A 2023 veröffentlicht?", "how many papers did Ada A publish in 2023"),
        ("wie viele Paper hat Ada A seit 2020 geschrieben", "how many papers did Ada A publish since 2020"),
        ("wie viele Paper gibt es zu Bienen seit 2018?", "how many papers about Bienen since 2018"),
        ("wie viele neue Paper gab es diese Woche in cs.CL", "how many new papers in cs.CL this week"),
        ("wie viele Zitationen hat Ada A?", "how many citations does Ada A have"),
        ("Wir möchten neue Arbeiten aus cs.CL in unserem Kanal", "post papers in our channel"),
        ("wie richte ich das ein?", "set up announcements"),
        ("täglich um 9 Uhr", "every day at 9"),
        ("Literatur zu Bienen seit 2020", "papers about Bienen since 2020"),
        ("wie viele sind es?", "how many are there"),
        ("Welche davon haben Code?", "which of them have code"),
        ("wer hat das geschrieben?", "who wrote it"),
        ("mehr davon", "more"),
        ("ohne Drohnen", "without the ones about Drohnen"),
        ("lösch das wieder", "remove it from my list"),
        ("jo gib mal neue Paper zu Robotern", "new papers about Robotern"),
        ("Vielen Dank für Ihre Hilfe", "thanks"),
        ("Mit freundlichen Grüßen\nBob", "thanks"),
        ("Digest um 8:30", "digest at 8:30"),
        ("jeden Freitag", "every friday"),
        ("folge cs.CL montags", "follow cs.CL weekly"),
        ("folge cs.CL jeden Freitag", "follow cs.CL every friday"),
        ("ich wohne in Wien", "i am in Wien"),
        ("das zwiete", "the second one"),
        ("speicher das dirtte", "save the third"),
        ("die mit Strubell", "the ones with Strubell"),
        ("zeige mir das Paper von Ada A aus dem Jahr 2019", "papers by Ada A in 2019"),
        ("Hast du ein Paper über Bienen?", "papers about Bienen"),
        ("Paper über Bienen ohne Honig", "papers about Bienen without Honig"),
        ("Paper über Bienen, aber nicht über Honig", "papers about Bienen, but not about Honig"),
        ("object detection ohne YOLO", "object detection without YOLO"),
        ("Arbeiten zu Bienen außer Honig seit 2020", "papers about Bienen except Honig since 2020"),
        ("gibt es neue arbeiten ueber bienen", "new papers about bienen"),
        ("aehnliche arbeiten", "similar papers"),
        ("speicher die", "save it"),
        ("keine Ahnung was du kannst, hilf mir", "help"),
        ("Was ist arXiv?", "what is arxiv"),
        ("Woher kommen deine Paper?", "what are your sources"),
        ("Wie aktuell bist du?", "what are your sources"),
        ("höchstens 5 am Tag", "at most 5 a day"),
        ("aber keine Surveys", "but no Surveys"),
        ("nur primär", "primary only"),
        ("entfolge dem ersten", "unfollow the first"),
        ("2017er Paper über Bienen", "papers about Bienen in 2017"),
        ("Paper über Bienen seit letztem Herbst", "papers about Bienen since last autumn"),
        ("Paper von Ada A aus den letzten fünf Jahren", "papers by Ada A last five years"),
        ("Paper von Ada A zwischen 2015 und 2017", "papers by Ada A between 2015 and 2017"),
        ("Paper über Bienen der letzten zwei Wochen", "papers about Bienen last two weeks"),
        ("Paper über Bienen im ersten Quartal 2026", "papers about Bienen in first quarter 2026"),
        ("Paper über Bienen aus den 2010er Jahren", "papers about Bienen in 2010s"),
        ("Paper über Bienen vor Corona", "papers about Bienen before covid"),
        ("Paper über Bienen seit Mai", "papers about Bienen since may"),
        ("neue Paper in cs.CV seit Montag", "new in cs.CV since monday"),
        ("Paper über Bienen im Winter", "papers about Bienen im Winter"),
        ("was kam letzte Woche in cs.CL raus", "what came out last week in cs.CL"),
        ("ab Oktober 2018", "only since october 2018"),
        ("von 2018 an", "only from 2018 on"),
        ("folge Sie Zhang", "follow Sie Zhang"),
    ],
)
def test_german_sentence_is_the_english_one(german: str, english: str) -> None:
    assert in_english(german) == english


@pytest.mark.parametrize("sentence", sorted({text for text, _ in SENTENCES} - {"danke", "Danke!"}))
def test_english_sentence_is_not_taken_for_german(sentence: str) -> None:
    assert in_english(sentence) is None


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_example_of_the_help_is_understood(spoken: str) -> None:
    with speaking(spoken):
        examples = _(PLAIN_WORDS)
    for example in re.findall("`([^`]+)`", examples):
        said = in_english(example) or example
        about_last = read_follow_up(said, TALK, date(2026, 11, 24))
        wish = parse_sentence(said, date(2026, 11, 24))
        assert about_last or not isinstance(wish, LookUp) or example == "Sasha Luccioni", example


@given(st.text(max_size=400))
def test_anything_is_read_or_left_alone(text: str) -> None:
    assert in_english(text) is None or in_english(text) != ""


@pytest.mark.parametrize("word", ["neu ", "das neue ", "die ", "ohne ", "jeden ", "wie viele ", "Paper von "])
@pytest.mark.timeout(5)
def test_repeated_words_end_soon(word: str) -> None:
    in_english(f"{word * 60}x"[:300])
