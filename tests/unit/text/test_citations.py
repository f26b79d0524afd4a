"""References as they are pasted from papers, mails and bibliographies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.citations import Citation, quoted_title, read_citation

ATTENTION = "Attention Is All You Need"


@pytest.mark.parametrize(
    "text",
    [
        '[12] A. Vaswani, N. Shazeer, "Attention Is All You Need", 2017',
        'A. Vaswani et al., "Attention Is All You Need," in Proc. NeurIPS, 2017, pp. 1-11.',
        'Vaswani, Ashish, et al. "Attention Is All You Need." Advances in neural information (2017).',
        "Vaswani et al., Attention Is All You Need, NeurIPS 2017",
        "Vaswani et al. Attention Is All You Need. NeurIPS, 2017.",
        "Vaswani et al: Attention Is All You Need, NeurIPS, 2017",
        "Vaswani, A., Shazeer, N., & Parmar, N. (2017). Attention Is All You Need. NeurIPS, 30.",
        "Vaswani, A., Shazeer, N., Parmar, N. (2017, June). Attention Is All You Need",
        "A. Vaswani, N. Shazeer, and N. Parmar. Attention Is All You Need. In NeurIPS, 2017.",
        "Ashish Vaswani, Noam Shazeer, and Niki Parmar. Attention Is All You Need. In NIPS, 2017.",
        'Vaswani, Ashish, Noam Shazeer, and Niki Parmar. 2017. "Attention Is All You Need." arXiv.',
        "A. Vaswani, N. Shazeer, N. Parmar, Attention Is All You Need, in: NeurIPS, 2017.",
        "12. Vaswani A, Shazeer N. et al. Attention Is All You Need. 2017;30.",
    ],
)
def test_reference_is_about_its_title(text: str) -> None:
    assert read_citation(text) == Citation(title=ATTENTION)


@pytest.mark.parametrize(
    ("text", "authors", "year"),
    [
        ("Vaswani et al. 2017", ("Vaswani",), "2017"),
        ("Vaswani u. a. 2017", ("Vaswani",), "2017"),
        ("(Vaswani et al., 2017)", ("Vaswani",), "2017"),
        ("Vaswani et al. (2017a)", ("Vaswani",), "2017"),
        ("as shown by Luccioni et al. (2023)", ("Luccioni",), "2023"),
        ("Luccioni & Strubell 2023", ("Luccioni", "Strubell"), "2023"),
        ("van der Maaten and Hinton (2008)", ("van der Maaten", "Hinton"), "2008"),
        ("Dodge (2022)", ("Dodge",), "2022"),
    ],
)
def test_short_reference_names_authors_and_year(text: str, authors: tuple[str, ...], year: str) -> None:
    assert read_citation(text) == Citation(authors=authors, year=year)


@pytest.mark.parametrize(
    "text",
    [
        "(Vaswani et al., 2017; Strubell et al., 2019)",
        "[1] A. Vaswani. Attention Is All You Need. 2017. [2] E. Strubell. Energy and Policy. 2019.",
    ],
)
def test_several_references_are_several(text: str) -> None:
    assert read_citation(text) == Citation(several=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "papers about bees since 2024",
        "Attention Is All You Need (2017)",
        "graph neural networks 2019",
        "Strubell 2019",
        'papers about "large language models for code" since 2024',
        "Bees. Wasps. 2019.",
        "GPT-4 and Claude 2024",
        "Bees and Wasps 2019",
        "papers from March 2024",
        "papers by Emma Strubell et al. since 2019",
    ],
)
def test_other_text_is_no_reference(text: str) -> None:
    assert read_citation(text) is None


def test_quoted_title_is_found_in_a_mail() -> None:
    mail = 'Hi all, on "Monday" please read "Energy and Policy Considerations for Deep Learning in NLP." Best'
    assert quoted_title(mail) == "Energy and Policy Considerations for Deep Learning in NLP"
    assert not quoted_title('the "green AI" papers')


@given(st.text(max_size=600))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    read_citation(text)
    quoted_title(text)
