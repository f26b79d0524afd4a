"""The paper card and the full abstract."""

from __future__ import annotations

import pytest

from bot.cards.answers import render_answer
from bot.cards.papers import render_full_abstract
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import Doi
from bot.domain.search import ListRequest, Page
from bot.services.answers import (
    ListAnswer,
    PaperAnswer,
)
from tests.factories import (
    NOW,
    SEEN,
    make_paper,
)
from tests.unit.cards.checks import assert_valid, everything, ids, labels

GAP = "\n\u00a0\n"


async def test_paper_card_of_a_full_paper_reads_in_this_order() -> None:
    paper = make_paper(
        summary="Seven kinds of impact can be measured.",
        summary_source="Semantic Scholar",
        journal_reference="Handbook of Generative AI (2024)",
        code_url="https://github.com/example/impact",
        citation_count=Figure(value=1234, source="OpenAlex", as_of=SEEN),
        scores=(SourceScore(source="Scholar Feed", label="Score", value=95.5, as_of=SEEN),),
    )
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)

    assert card.embeds[0].to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": 0x4C7DBF,
        "title": "Evaluating the Social Impact of Generative AI Systems in Systems and Society",
        "url": "https://arxiv.org/abs/2306.05949",
        "description": "Irene Solaiman, Zeerak Talat, William Agnew *et al.*\nallen-ai, cmu"
        f"{GAP}Computers and Society · Jun 9, 2023 · v4 · [Code](https://github.com/example/impact) · "
        "**1,234** citations\nHandbook of Generative AI (2024)"
        f"{GAP}> Seven kinds of impact can be measured. *Semantic Scholar*\n\n{paper.abstract}",
        "fields": [
            {"name": "Scholar Feed, May 29, 2026", "value": "Score **95.5**", "inline": False},
        ],
        "footer": {"text": "arXiv:2306.05949 · arXiv and OpenAlex, May 29, 2026"},
    }
    assert labels(card) == ["PDF", "Code", "Similar", "Cite", "Save", "About these numbers"]
    assert_valid(card)


async def test_paper_card_with_a_long_abstract_is_cut_honestly_and_offers_the_rest() -> None:
    paper = make_paper(abstract="A sentence about energy. " * 200)
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)
    assert (card.embeds[0].description or "").endswith("…")
    assert ids(card) == [
        "abstract:1",
        "paper:1:similar",
        "paper:1:cite",
        "paper:1:save",
        "paper:1:numbers",
    ]
    whole = render_full_abstract(paper)
    assert "".join(embed.description or "" for embed in whole.embeds) == paper.abstract.strip()
    assert whole.ephemeral


async def test_paper_card_of_a_withdrawn_paper_says_so_first() -> None:
    card = await render_answer(PaperAnswer(paper=make_paper(withdrawn=True)), now=NOW)
    assert f"{GAP}**Withdrawn** · Computers and Society" in (card.embeds[0].description or "")


async def test_paper_card_of_a_withdrawn_paper_gives_the_reason() -> None:
    paper = make_paper(withdrawn=True, comment="Withdrawn: Lemma 3 is wrong", abstract="")
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)
    assert "\nWithdrawn: Lemma 3 is wrong" in (card.embeds[0].description or "")
    standing = make_paper(comment="12 pages")
    assert "12 pages" not in str(
        (await render_answer(PaperAnswer(paper=standing), now=NOW)).embeds[0].to_dict()
    )


async def test_paper_card_of_an_invented_paper_links_nowhere() -> None:
    paper = make_paper(invented=True, code_url="https://code.example/1")
    card = await render_answer(PaperAnswer(paper=paper), now=NOW)
    assert labels(card) == ["Similar", "Cite", "Save", "About these numbers"]
    assert "· Code" in (card.embeds[0].description or "")
    assert "http" not in (card.embeds[0].description or "")
    assert card.embeds[0].url is None
    assert "invented sample paper" in (card.embeds[0].footer.text or "")


async def test_paper_card_of_a_doi_with_parentheses_keeps_its_link_whole() -> None:
    paper = make_paper(arxiv_id=None, doi=Doi("10.1002/(sici)1097<693::aid>3.0.co;2-o"))
    page = Page(papers=(paper,), total=1)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert "](https://doi.org/10.1002/%28sici%291097%3C693::aid%3E3.0.co;2-o)" in everything(card)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://good.example@evil.example/", "data:text/html,x", "ftp://a/b"]
)
async def test_code_link_of_another_kind_is_left_out(url: str) -> None:
    card = await render_answer(PaperAnswer(paper=make_paper(code_url=url)), now=NOW)
    assert "Code" not in everything(card)
