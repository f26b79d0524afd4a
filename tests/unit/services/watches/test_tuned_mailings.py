"""What a wish for fewer announcements changes of the mailings that come after it, and its end takes back."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper
from bot.domain.watches import CategoryCriterion
from bot.services.watches.tuning import AUTHOR, LESS, MUTE, Tuning
from tests.factories import make_paper
from tests.unit.services.conftest import House
from tests.unit.services.harvesting.test_harvest import CHANNEL, a_watch, feed

SUBJECTS = ["carbon", "energy", "language", "vision", "privacy", "fairness", "protein", "climate", "optics"]


def paper_on(number: int, subject: str, author: str) -> Paper:
    """Return a paper about one thing by one author."""
    return make_paper(
        id=None,
        arxiv_id=ArxivId(f"2611.{number:05}"),
        title=f"On {subject}",
        abstract=f"We measure {subject}.",
        authors=(Authorship(name=author),),
        primary_category="cs.CY",
        categories=("cs.CY",),
    )


async def mail(house: House, *papers: Paper) -> list[str]:
    """Let a day's mailing come; return the titles that are announced."""
    house.pass_time(days=1)
    house.arxiv.feeds["cs.CY"] = feed(papers, house.now)
    await house.harvester.run()
    due = await house.stores.deliveries.claim_due(house.now)
    ids = [delivery.paper_id for message in due for delivery in message.deliveries]
    return sorted(paper.title.split()[1] for paper in await house.stores.papers.find_papers(ids))


@pytest.mark.parametrize(
    ("wish", "left"),
    [(LESS, ["optics"]), (f"{AUTHOR}0", ["carbon"]), (MUTE, [])],
    ids=["less", "author", "mute"],
)
async def test_wish_holds_from_the_next_mailing_until_it_is_taken_back(
    house: House, wish: str, left: list[str]
) -> None:
    tuning = Tuning(watches=house.stores.watches, papers=house.stores.papers)
    await house.stores.watches.save_watch(a_watch(CategoryCriterion(category="cs.CY")))
    house.arxiv.feeds["cs.CY"] = feed([])
    await house.harvester.run()
    # A word counts for likeness where several papers have it.
    subjects = SUBJECTS * 3
    first = [paper_on(n, subject, f"Author {subject.title()}") for n, subject in enumerate(subjects, 1)]
    assert await mail(house, *first) == sorted(subjects)
    carbon = await house.stores.papers.find_paper(ArxivId("2611.00001"))
    assert carbon is not None
    behind = next(
        message
        for message in await house.stores.deliveries.list_unclear()
        if message.deliveries[0].paper_id == carbon.id
    )

    async def after(first: int) -> list[str]:
        """Return what comes of a like of that paper, and of a paper by its author on another thing."""
        return await mail(
            house,
            paper_on(first, "carbon", "Another One"),
            paper_on(first + 1, "optics", "Author Carbon"),
        )

    ask = {"guild_id": CHANNEL.guild_id, "person": 3}
    await tuning.tune(behind.id, carbon.id or 0, wish, **ask)  # type: ignore[arg-type]  # two kinds of numbers
    wished = await after(41)
    await tuning.undo(behind.id, carbon.id or 0, wish, **ask)  # type: ignore[arg-type]  # two kinds of numbers
    undone = await after(51)

    assert wished == left
    assert undone == (["carbon", "optics"] if wish != MUTE else ["carbon", "carbon", "optics", "optics"])
