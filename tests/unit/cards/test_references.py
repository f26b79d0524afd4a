"""The card of a reference."""

from __future__ import annotations

from bot.cards.references import TOO_LONG, render_reference
from bot.domain.papers import Authorship
from bot.services.answers import ReferenceAnswer
from bot.text.references import ReferenceForm, render_references
from tests.factories import make_paper
from tests.unit.cards.checks import assert_valid


def test_reference_is_shown_and_attached() -> None:
    paper = make_paper()
    card = render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.RIS))
    assert_valid(card)
    text = render_references([paper], ReferenceForm.RIS)
    assert text.strip() in card.content
    assert [file.data.decode() for file in card.files] == [text]


def test_reference_with_a_fence_in_its_title_stays_in_its_block() -> None:
    paper = make_paper(title="A ```@everyone``` title")
    card = render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.APA))
    assert card.content.count("```") == 2


def test_reference_of_three_thousand_authors_is_in_the_file() -> None:
    paper = make_paper(authors=tuple(Authorship(name=f"Ann Author{number}") for number in range(3000)))
    card = render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.BIBTEX))
    assert_valid(card)
    assert card.content == TOO_LONG
    assert b"Author2999, Ann" in card.files[0].data
