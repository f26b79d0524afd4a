"""The card of a reference."""

from __future__ import annotations

import pytest

from bot.cards import limits
from bot.cards.library import render_export
from bot.cards.references import TOO_LONG, render_author_references, render_reference
from bot.domain.papers import Authorship
from bot.services.answers import AuthorReferencesAnswer, ExportAnswer, ReferenceAnswer
from bot.text.references import CITED, ReferenceForm, render_references
from tests.factories import NOW, make_author, make_paper
from tests.unit.cards.checks import assert_valid, ids


async def test_reference_is_shown_and_attached() -> None:
    paper = make_paper()
    card = await render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.RIS))
    assert_valid(card)
    text = render_references([paper], ReferenceForm.RIS)
    assert text.strip() in card.content
    assert [file.data.decode() for file in card.files] == [text]


async def test_reference_with_a_fence_in_its_title_stays_in_its_block() -> None:
    paper = make_paper(title="A ```@everyone``` title")
    card = await render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.APA))
    assert card.content.count("```") == 2


async def test_reference_of_three_thousand_authors_is_in_the_file() -> None:
    paper = make_paper(authors=tuple(Authorship(name=f"Ann Author{number}") for number in range(3000)))
    card = await render_reference(ReferenceAnswer(paper=paper, form=ReferenceForm.BIBTEX))
    assert_valid(card)
    assert card.content == TOO_LONG
    assert b"Author2999, Ann" in card.files[0].data


async def test_papers_of_an_author_are_one_file_with_buttons_for_other_forms() -> None:
    papers = tuple(make_paper(id=number, title=f"Paper {number}") for number in (1, 2))
    answer = AuthorReferencesAnswer(
        author=make_author(id=7, name="Sasha Luccioni"), papers=papers, total=2, form=ReferenceForm.RIS
    )
    card = await render_author_references(answer, now=NOW)
    assert_valid(card)
    assert card.content == "2 papers by Sasha Luccioni as RIS."
    (file,) = card.files
    assert file.name == "sasha-luccioni.ris"
    assert file.data.decode() == render_references(papers, ReferenceForm.RIS)
    assert ids(card) == [f"author:7:cite:{form}" for form in CITED]


async def test_author_without_papers_has_no_file() -> None:
    answer = AuthorReferencesAnswer(author=make_author(), papers=(), total=0, form=ReferenceForm.RIS)
    card = await render_author_references(answer, now=NOW)
    assert_valid(card)
    assert card.files == ()
    assert card.content == (
        "The catalogue has no paper by Sasha Luccioni yet. Look-ups and harvests bring them."
    )


async def test_file_of_references_fits_what_discord_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE", 200_000)
    crowd = tuple(Authorship(name=f"Ann Author{number}") for number in range(300))
    papers = tuple(make_paper(id=number, authors=crowd if number % 3 == 0 else ()) for number in range(1, 30))
    answer = AuthorReferencesAnswer(author=make_author(), papers=papers, total=29, form=ReferenceForm.BIBTEX)
    card = await render_author_references(answer, now=NOW)
    written = card.files[0].data.count(b"@misc")
    assert 1 < written < 29
    assert f"The newest {written} papers" in card.content
    for form in ReferenceForm:
        listed = await render_export(ExportAnswer(papers=papers, form=form))
        assert f"The last saved {written} papers" in listed.content
        assert len(listed.files[0].data) <= 200_000
