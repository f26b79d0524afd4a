"""Announcements of one paper and of many."""

from __future__ import annotations

import re
from dataclasses import replace

import discord

from bot.cards.announcements import BATCH_LIMIT, count_fitting, render_announcement
from bot.cards.revisions import render_revision
from bot.domain.identifiers import ArxivId
from bot.domain.revisions import Change, RevisedMessage, Revision
from tests.factories import (
    NOW,
    make_announcement,
    make_delivery,
    make_paper,
)
from tests.unit.cards.checks import assert_valid, everything, ids


def test_announcement_of_one_paper_says_why_and_always_offers_the_abstract() -> None:
    card = render_announcement(make_announcement(), [make_paper(abstract="Energy. " * 200)], now=NOW)
    assert card.embeds[0].author.name == "author Emma Strubell · topic: energy"
    assert ids(card) == [
        "announcement:77:1",
        "paper:1:similar",
        "paper:1:numbers",
        "paper:1:save",
        "paper:1:discuss",
        "tune:77:1",
    ]
    description = card.embeds[0].description or ""
    assert description.endswith("…")
    assert 500 < len(description.rpartition("\n")[2]) <= 600

    short = render_announcement(make_announcement(), [make_paper(abstract="Short.")], now=NOW)
    assert ids(short)[0] == "announcement:77:1"


def test_announcement_of_forty_papers_is_one_message_with_every_title_and_link() -> None:
    papers = [
        make_paper(
            id=number, arxiv_id=ArxivId(f"2605.{number:05}"), title=f"Paper {number} " + "on energy " * 30
        )
        for number in range(1, 41)
    ]
    deliveries = tuple(
        make_delivery(
            id=number, paper_id=number, reasons=("category cs.CY",) if number % 2 else ("topic: energy",)
        )
        for number in range(1, 41)
    )
    card = render_announcement(make_announcement(deliveries=deliveries), papers, now=NOW)

    assert_valid(card)
    shown = everything(card)
    assert all(f"(https://arxiv.org/abs/2605.{number:05})" in shown for number in range(1, 41))
    assert all(f"[Paper {number} on energy" in shown for number in range(1, 41))
    assert shown.count("**category cs.CY**") == shown.count("**topic: energy**") == 1
    assert ids(card) == ["open:77:0", "open:77:25", "announcement:77:0"]


def test_announcement_of_more_papers_than_fit_says_how_many_do() -> None:
    assert count_fitting([make_paper()] * 3) == 3
    assert count_fitting([make_paper()] * 100) == BATCH_LIMIT == 40


def test_announcement_of_invented_papers_names_their_ids() -> None:
    papers = [make_paper(id=n, invented=True, arxiv_id=ArxivId(f"2605.9900{n}")) for n in (1, 2)]
    deliveries = tuple(make_delivery(id=n, paper_id=n) for n in (1, 2))
    card = render_announcement(make_announcement(deliveries=deliveries), papers, now=NOW)
    assert "2605.99001" in everything(card)
    assert "https://" not in everything(card)


def test_digest_of_one_paper_is_a_list_with_its_menu() -> None:
    card = render_announcement(make_announcement(is_digest=True), [make_paper()], now=NOW)

    assert_valid(card)
    assert card.embeds[0].title == "1 new paper"
    assert ids(card) == ["open:77:0", "announcement:77:0"]


def test_digest_that_one_menu_does_not_hold_says_which_papers_each_has() -> None:
    """In the order of the list, which has each reason's papers together."""
    reasons = (("topic: energy",), ("category cs.CY",))
    deliveries = tuple(make_delivery(id=n, paper_id=n, reasons=reasons[n % 2]) for n in range(1, 31))
    papers = [make_paper(id=n, title=f"Paper {n}") for n in range(1, 31)]
    card = render_announcement(make_announcement(is_digest=True, deliveries=deliveries), papers, now=NOW)

    menus = [one for one in card.view.children if isinstance(one, discord.ui.Select)] if card.view else []
    assert [menu.placeholder for menu in menus] == ["Open a paper, 1 to 25…", "Open a paper, 26 to 30…"]
    listed = re.findall(r"\[(Paper \d+)\]", "".join(embed.description or "" for embed in card.embeds))
    assert [option.label for menu in menus for option in menu.options] == listed


def test_digest_of_what_came_after_the_most_of_a_day_says_so() -> None:
    """Each with its title, its link, and a place in the menu that opens its card."""
    numbers = range(1, 13)
    deliveries = tuple(make_delivery(id=n, paper_id=n, is_rest=True) for n in numbers)
    papers = [make_paper(id=n, title=f"Paper {n}", arxiv_id=ArxivId(f"2605.{n:05}")) for n in numbers]
    rest = make_announcement(is_digest=True, deliveries=deliveries)
    card = render_announcement(rest, papers, now=NOW)
    one = render_announcement(replace(rest, deliveries=deliveries[:1]), papers[:1], now=NOW)
    with_new = replace(rest, deliveries=(make_delivery(id=1, paper_id=1), *deliveries[1:]))

    assert card.embeds[0].title == "12 more papers"
    assert all(f"[Paper {n}](https://arxiv.org/abs/2605.{n:05})" in everything(card) for n in numbers)
    (menu,) = (
        [part for part in card.view.children if isinstance(part, discord.ui.Select)] if card.view else []
    )
    assert [(option.label, option.value) for option in menu.options] == [
        (f"Paper {n}", str(n)) for n in numbers
    ]
    assert one.embeds[0].title == "1 more paper"
    assert render_announcement(with_new, papers, now=NOW).embeds[0].title == "12 new papers"


def test_digest_lists_the_papers_of_each_reason_in_the_order_of_their_rank() -> None:
    """The deliveries come in that order; the reason of the first of them stands first."""
    reasons = {4: "topic: energy", 2: "category cs.CY", 3: "topic: energy", 1: "category cs.CY"}
    deliveries = tuple(make_delivery(id=n, paper_id=n, reasons=(why,)) for n, why in reasons.items())
    papers = [make_paper(id=n, title=f"Paper {n}") for n in (1, 2, 3, 4)]
    card = render_announcement(make_announcement(is_digest=True, deliveries=deliveries), papers, now=NOW)

    shown = re.findall(r"\*\*[^*]+\*\*|Paper \d", card.embeds[0].description or "")
    assert shown == ["**topic: energy**", "Paper 4", "Paper 3", "**category cs.CY**", "Paper 2", "Paper 1"]


def test_digest_names_what_may_have_been_missed() -> None:
    missed = make_paper(id=9, title="Lost on the *way*")
    card = render_announcement(
        make_announcement(is_digest=True, missed=(9,)), [make_paper(), missed], now=NOW
    )

    assert_valid(card)
    assert card.embeds[-1].footer.text == "May have been missed: Lost on the *way*"
    assert "Lost" not in (card.embeds[0].description or "")


def test_announcement_pings_the_roles_of_its_watches_and_nobody_else() -> None:
    card = render_announcement(
        make_announcement(role_ids=(5, 6)), [make_paper(title="@everyone <@&7>")], now=NOW
    )

    message = card.message()
    assert message["content"] == "<@&5> <@&6>"
    assert message["allowed_mentions"].to_dict() == {"parse": [], "roles": [5, 6]}


def test_announcement_pings_five_roles_at_most() -> None:
    message = render_announcement(
        make_announcement(role_ids=tuple(range(1, 8))), [make_paper()], now=NOW
    ).message()
    assert message["content"] == "<@&1> <@&2> <@&3> <@&4> <@&5>"
    assert message["allowed_mentions"].to_dict()["roles"] == [1, 2, 3, 4, 5]


def test_announcement_of_a_changed_paper_says_first_what_changed() -> None:
    revision = Revision(
        version=3, changes=(Change.TITLE, Change.ABSTRACT, Change.PUBLISHED), former_title="*Old* title"
    )
    card = render_announcement(make_announcement(), [make_paper()], now=NOW, revisions={1: revision})

    assert_valid(card)
    first = (card.embeds[0].description or "").partition("\n")[0]
    assert first == ("**v3: title changed, abstract rewritten, now published** · formerly: \\*Old\\* title")


def test_digest_says_beside_each_paper_what_changed() -> None:
    papers = [make_paper(id=n, title="On energy " * 25) for n in range(1, 41)]
    deliveries = tuple(make_delivery(id=n, paper_id=n) for n in range(1, 41))
    changed = dict.fromkeys(range(1, 41), Revision(version=2, changes=tuple(Change), former_title="Old"))
    card = render_announcement(
        make_announcement(deliveries=deliveries, is_digest=True), papers, now=NOW, revisions=changed
    )

    assert_valid(card)
    assert everything(card).count("**v2: withdrawn") == 40


def test_answer_names_what_changed_and_carries_its_number() -> None:
    papers = [make_paper(id=n, title=f"Paper {n}", journal_reference="Nature 1 (2026)") for n in (1, 2)]
    revisions = {
        1: Revision(version=2, changes=(Change.WITHDRAWN,)),
        2: Revision(version=1, changes=(Change.PUBLISHED,)),
    }
    message = RevisedMessage(
        id=5,
        announcement=make_announcement(),
        message_id=70,
        revisions=revisions,
        fresh=(1, 2),
        is_answered=True,
        claimed_at=NOW,
    )
    card = render_revision(message, papers)
    alone = render_revision(replace(message, fresh=(2,)), papers)

    assert_valid(card)
    assert "**v2: withdrawn**" in everything(card)
    assert "**now published**\nNature 1 (2026)" in everything(card)
    assert ids(card) == ["revision:5:0"]
    assert "revision:5:2" in ids(alone)
    assert "Paper 1" not in everything(alone)
