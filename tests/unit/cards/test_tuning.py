"""What is said of fewer announcements of a kind."""

from __future__ import annotations

import pytest

from bot.cards.tuning import render_tuned
from bot.domain.watches import Watch
from bot.services.answers import TunedAnswer
from bot.services.watches.tuning import MUTE
from tests.factories import make_category_watch
from tests.fakes import PAPER

ONE, OTHER = make_category_watch("cs.CY"), make_category_watch("cs.AI")


@pytest.mark.parametrize(
    ("resumed", "still_paused", "title", "lines"),
    [
        pytest.param((ONE,), (), "Taken back", ["For: category cs.CY"], id="resumed"),
        pytest.param(
            (ONE,),
            (OTHER,),
            "Taken back",
            ["For: category cs.CY", "Still paused for another reason: category cs.AI"],
            id="one-of-two",
        ),
        pytest.param(
            (), (ONE,), "Nothing to take back", ["Still paused for another reason: category cs.CY"], id="none"
        ),
    ],
)
def test_mute_taken_back_says_which_watches_stay_paused(
    resumed: tuple[Watch, ...], still_paused: tuple[Watch, ...], title: str, lines: list[str]
) -> None:
    answer = TunedAnswer(
        announcement_id=77,
        paper=PAPER,
        wish=MUTE,
        author="",
        watches=resumed,
        undone=True,
        still_paused=still_paused,
    )

    (embed,) = render_tuned(answer).embeds

    assert embed.title == title
    assert (embed.description or "").splitlines() == lines
