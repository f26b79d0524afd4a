"""Which papers can have numbers, and why others cannot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.numbers import Missing
from bot.metrics.eligible import date_fault, forecast_fault, text_fault

TODAY = date(2026, 11, 26)
ENGLISH = (
    "We study how robots can grasp objects that slip from their fingers, and we show that a camera in "
    "the palm is enough to find out when that is about to happen. The method works on ten objects of a "
    "household."
)
GERMAN = (
    "Wir untersuchen, wie Roboter Gegenstände greifen können, die ihnen aus den Fingern gleiten, und "
    "zeigen, dass eine Kamera in der Hand genügt, um das vorherzusehen. Das Verfahren wurde in zehn "
    "Versuchen an Dingen des Haushalts erprobt, die so noch nie zu sehen waren."
)
FRENCH = (
    "Nous étudions comment les robots peuvent saisir des objets qui glissent entre leurs doigts, et "
    "nous montrons qu'une caméra placée dans la paume suffit à prévoir ce qui va se passer. La méthode "
    "a été essayée sur dix objets."
)
ITALIAN = (
    "Si studia come i robot possano afferrare oggetti che scivolano tra le dita, e si mostra che una "
    "sola camera posta in mano basta a prevedere il momento in cui ciò accade. Il metodo è stato "
    "provato in casa su dieci oggetti a caso."
)
CHINESE = "我们研究机器人如何抓取会从手指间滑落的物体并证明手掌中的摄像头足以预测这一时刻" * 3


@pytest.mark.parametrize(
    ("title", "abstract", "fault"),
    [
        pytest.param("Grasping", ENGLISH, None, id="english"),
        pytest.param("", ENGLISH, Missing.NO_TITLE, id="no-title"),
        pytest.param("Grasping", "", Missing.NO_ABSTRACT, id="no-abstract"),
        pytest.param("Grasping", " $$ -- ", Missing.NO_ABSTRACT, id="signs-only"),
        pytest.param("Grasping", "Two words", Missing.SHORT_ABSTRACT, id="two-words"),
        pytest.param("Grasping", f"{ENGLISH} {'grasp robot ' * 11}", None, id="short-list"),
        pytest.param(
            "Grasping", f"{ENGLISH} {'grasp robot ' * 13}", Missing.KEYWORD_LIST, id="list-of-keywords"
        ),
        pytest.param("Greifen", GERMAN, Missing.NOT_ENGLISH, id="german"),
        pytest.param("Saisir", FRENCH, Missing.NOT_ENGLISH, id="french"),
        pytest.param("Presa", ITALIAN, Missing.NOT_ENGLISH, id="italian"),
        pytest.param("抓取", CHINESE, Missing.NOT_ENGLISH, id="chinese"),
        pytest.param("Grasping", "grasp " * 40, Missing.NOT_ENGLISH, id="keywords-only"),
    ],
)
def test_text_fault_of_an_abstract_names_what_is_wrong(
    title: str, abstract: str, fault: Missing | None
) -> None:
    assert text_fault(title, abstract) is fault


@pytest.mark.parametrize(
    ("day", "authors", "fault"),
    [
        pytest.param(TODAY, 1, None, id="of-today"),
        pytest.param(TODAY - timedelta(days=364), 3, None, id="nearly-a-year"),
        pytest.param(TODAY - timedelta(days=365), 3, Missing.TOO_OLD, id="a-year"),
        pytest.param(TODAY + timedelta(days=1), 3, Missing.FUTURE_DATE, id="future"),
        pytest.param(None, 3, Missing.NO_DATE, id="no-date"),
        pytest.param(TODAY, 0, Missing.NO_AUTHORS, id="no-authors"),
    ],
)
def test_forecast_fault_of_a_paper_names_what_is_wrong(
    day: date | None, authors: int, fault: Missing | None
) -> None:
    assert forecast_fault(day, TODAY, authors=authors) is fault


def test_date_fault_of_an_old_paper_is_none() -> None:
    assert date_fault(date(1998, 1, 1), TODAY) is None
