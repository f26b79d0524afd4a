"""Identifiers of papers and people in every form that people paste."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid, PaperId, SemanticScholarId
from bot.errors import InvalidIdentifier
from bot.text.identifiers import (
    find_author_id,
    find_paper_id,
    find_paper_ids,
    looks_like_identifier,
    parse_paper_id,
)

SHA = "649def34f8be52c8b66281af98ae884c09aef38b"
NEW = ArxivId("2306.05949")
OLD = ArxivId("math/0309136")
DOI = Doi("10.1145/3442188.3445922")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2306.05949", NEW),
        ("2306.05949v2", ArxivId("2306.05949", 2)),
        ("0704.0001", ArxivId("0704.0001")),
        ("2605.99123", ArxivId("2605.99123")),
        ("hep-th/9901001", ArxivId("hep-th/9901001")),
        ("quant-ph/0201082v1", ArxivId("quant-ph/0201082", 1)),
        ("math.GT/0309136", OLD),
        ("MATH.gt/0309136V3", ArxivId("math/0309136", 3)),
        ("arXiv:2306.05949", NEW),
        ("arxiv: 2306.05949V2", ArxivId("2306.05949", 2)),
        ("arXiv 2306.05949", NEW),
        ("arXiv:math/0309136", OLD),
        ("arXiv:2306.05949v2 [cs.CY] 9 Jun 2023", ArxivId("2306.05949", 2)),
        ("2306.05949.pdf", NEW),
    ],
)
def test_parse_paper_id_arxiv_forms_give_one_id(text: str, expected: ArxivId) -> None:
    assert parse_paper_id(text) == expected


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2306.05949",
        "http://arxiv.org/abs/2306.05949",
        "arxiv.org/abs/2306.05949",
        "https://www.arxiv.org/pdf/2306.05949",
        "https://arxiv.org/pdf/2306.05949.pdf",
        "https://arxiv.org/html/2306.05949#S3.SS1",
        "https://arxiv.org/format/2306.05949",
        "https://arxiv.org/abs/2306.05949?context=cs",
        "https://arxiv.org/abs/arXiv:2306.05949",
        "https://export.arxiv.org/abs/2306.05949",
        "https://ar5iv.org/abs/2306.05949",
        "https://ar5iv.labs.arxiv.org/html/2306.05949",
        "https://www.alphaxiv.org/abs/2306.05949",
        "https://alphaxiv.org/overview/2306.05949",
        "https://huggingface.co/papers/2306.05949",
        "https://hf.co/papers/2306.05949",
        "https://www.scholarfeed.org/paper/2306.05949",
        "https://scholarfeed.org/papers/2306.05949?tab=similar",
        "https://www.semanticscholar.org/arxiv/2306.05949",
        "https://doi.org/10.48550/arXiv.2306.05949",
        "https://dx.doi.org/10.48550/ARXIV.2306.05949",
        "HTTPS://ARXIV.ORG/ABS/2306.05949",
    ],
)
def test_parse_paper_id_link_to_arxiv_paper_gives_its_id(link: str) -> None:
    assert parse_paper_id(link) == NEW


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://arxiv.org/abs/math.GT/0309136", OLD),
        ("https://arxiv.org/pdf/math/0309136v2.pdf", ArxivId("math/0309136", 2)),
        ("http://ar5iv.org/abs/hep-th/9901001", ArxivId("hep-th/9901001")),
        ("https://arxiv.org/pdf/2306.05949v12", ArxivId("2306.05949", 12)),
        ("https://doi.org/10.48550/arXiv.hep-th/9901001", ArxivId("hep-th/9901001")),
    ],
)
def test_parse_paper_id_link_with_version_or_old_id_keeps_them(link: str, expected: ArxivId) -> None:
    assert parse_paper_id(link) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1145/3442188.3445922", DOI),
        ("doi:10.1145/3442188.3445922", DOI),
        ("DOI: 10.1145/3442188.3445922", DOI),
        ("https://doi.org/10.1145/3442188.3445922", DOI),
        ("http://dx.doi.org/10.1145/3442188.3445922", DOI),
        ("https://dl.acm.org/doi/abs/10.1145/3442188.3445922", DOI),
        ("https://dl.acm.org/doi/pdf/10.1145/3442188.3445922?download=true", DOI),
        (
            "https://link.springer.com/content/pdf/10.1007/s00146-020-00950-y.pdf",
            Doi("10.1007/s00146-020-00950-y"),
        ),
        ("https://www.frontiersin.org/articles/10.3389/frai.2020.00004/full", Doi("10.3389/frai.2020.00004")),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0115069",
            Doi("10.1371/journal.pone.0115069"),
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full",
            Doi("10.1101/2020.01.01.123456"),
        ),
        ("10.1016/S0140-6736(20)30183-5", Doi("10.1016/s0140-6736(20)30183-5")),
        ("https://doi.org/10.1016/S0140-6736%2820%2930183-5", Doi("10.1016/s0140-6736(20)30183-5")),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            Doi("10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"),
        ),
        ("10.48550/arXiv.2306.05949", NEW),
        ("10.1145/3442188.3445922?utm_source=feed&utm_medium=mail", DOI),
        ("https://doi.org/10.1145/3442188.3445922?utm_source=feed&utm_medium=mail", DOI),
    ],
)
def test_parse_paper_id_doi_forms_give_one_doi(text: str, expected: PaperId) -> None:
    assert parse_paper_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W2741809807", OpenAlexId("W2741809807")),
        ("w2741809807", OpenAlexId("W2741809807")),
        ("https://openalex.org/W2741809807", OpenAlexId("W2741809807")),
        ("https://openalex.org/works/w2741809807", OpenAlexId("W2741809807")),
        ("https://api.openalex.org/works/W2741809807?select=id", OpenAlexId("W2741809807")),
        ("https://api.openalex.org/works/https://doi.org/10.1145/3442188.3445922", DOI),
        (SHA, SemanticScholarId(SHA)),
        (SHA.upper(), SemanticScholarId(SHA)),
        ("CorpusId:215416146", SemanticScholarId("CorpusId:215416146")),
        ("corpus ID: 215416146", SemanticScholarId("CorpusId:215416146")),
        (f"https://www.semanticscholar.org/paper/Some-Title-Author/{SHA}", SemanticScholarId(SHA)),
        (f"https://www.semanticscholar.org/paper/{SHA}?utm_source=direct_link", SemanticScholarId(SHA)),
        (f"https://www.semanticscholar.org/reader/{SHA}", SemanticScholarId(SHA)),
        ("https://api.semanticscholar.org/CorpusID:215416146", SemanticScholarId("CorpusId:215416146")),
    ],
)
def test_parse_paper_id_index_forms_give_index_id(text: str, expected: PaperId) -> None:
    assert parse_paper_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "  2306.05949 ",
        "2306.05949.",
        "(2306.05949)",
        "[2306.05949]",
        "`2306.05949`",
        '"2306.05949"',
        "**2306.05949**",
        "<https://arxiv.org/abs/2306.05949>",
        "[the paper](https://arxiv.org/abs/2306.05949)",
        "[the paper](<https://arxiv.org/abs/2306.05949>).",
        "https://arxiv.org/abs/2306.05949).",
        "https://arxiv.org/abs/2306.05949!",
        "\u200b2306.05949\ufeff",
        "2306\u200b.05949",
    ],
)
def test_find_paper_id_wrapped_as_people_write_is_found(text: str) -> None:
    assert find_paper_id(text) == NEW


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("2313.05949", "month"),
        ("2300.05949", "month"),
        ("2306.5949", "five digits"),
        ("1412.12345", "four before 2015"),
        ("0703.1234", "month"),
        ("2306.00000", "arXiv id"),
        ("2306.05949v0", "arXiv id"),
        ("hep-th/9913001", "archive"),
        ("hep-th/0704001", "archive"),
        ("foo-bar/9901001", "arXiv id such as"),
        ("https://github.com/huggingface/transformers", "a link to a paper"),
        ("https://arxiv.org/list/cs.CY/new", "a link to a paper"),
        ("https://arxiv.org/a/luccioni_a_1", "a link to a paper"),
        ("https://arxiv.org/abs/2313.05949", "a link to a paper"),
        ("https://huggingface.co/datasets/2306.05949", "a link to a paper"),
        ("https://evil.org/abs/2306.05949", "a link to a paper"),
        ("https://notarxiv.org/abs/2306.05949", "a link to a paper"),
        ("https://arxiv.org.evil.com/abs/2306.05949", "a link to a paper"),
        ("10.1145/", "a DOI"),
        ("0000-0002-1825-0097", "names a person"),
        ("https://openalex.org/A5023888391", "names a person"),
        ("Attention is all you need", "arXiv id such as"),
        ("", "arXiv id such as"),
        ("\x00", "arXiv id such as"),
        ("9" * 5000, "arXiv id such as"),
    ],
)
def test_parse_paper_id_anything_else_says_what_was_expected(text: str, clue: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_paper_id(text)

    assert clue in caught.value.expected
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000-0002-1825-0097", Orcid("0000-0002-1825-0097")),
        ("orcid:0000-0002-1694-233x", Orcid("0000-0002-1694-233X")),
        ("ORCID iD: 0000-0002-1825-0097", Orcid("0000-0002-1825-0097")),
        ("https://orcid.org/0000-0002-1825-0097", Orcid("0000-0002-1825-0097")),
        ("orcid.org/0000-0002-1825-0097/", Orcid("0000-0002-1825-0097")),
        ("0000\u20110002\u20111825\u20110097", Orcid("0000-0002-1825-0097")),
        ("A5023888391", OpenAlexId("A5023888391")),
        ("https://openalex.org/authors/a5023888391", OpenAlexId("A5023888391")),
        ("https://api.openalex.org/people/A5023888391", OpenAlexId("A5023888391")),
        ("0000-0002-1825-0098", None),
        ("W2741809807", None),
        ("2306.05949", None),
        ("Sasha Luccioni", None),
        ("A100", None),
    ],
)
def test_find_author_id_forms(text: str, expected: OpenAlexId | Orcid | None) -> None:
    assert find_author_id(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("See https://arxiv.org/abs/2306.05949, it is good.", (NEW,)),
        ("(arXiv:2306.05949)", (NEW,)),
        ("arXiv:2306.05949 [cs.CY] and arXiv 2401.04088.", (NEW, ArxivId("2401.04088"))),
        (
            "[this](https://arxiv.org/abs/2306.05949) and <https://doi.org/10.1145/3442188.3445922>",
            (NEW, DOI),
        ),
        (
            "**https://arxiv.org/abs/2306.05949** ||arxiv.org/pdf/2401.04088.pdf||",
            (NEW, ArxivId("2401.04088")),
        ),
        ("_https://hf.co/papers/2306.05949_", (NEW,)),
        ("Have you read 2306.05949? Or math.GT/0309136!", (NEW, OLD)),
        ("2306.05949v1, https://arxiv.org/pdf/2306.05949v2 and 2306.05949", (ArxivId("2306.05949", 1),)),
        ("doi 10.1016/S0140-6736(20)30183-5; later", (Doi("10.1016/s0140-6736(20)30183-5"),)),
        ("(10.1145/3442188.3445922)", (DOI,)),
        ("https://arxiv.org/abs/2306.05949,https://doi.org/10.1145/3442188.3445922", (NEW, DOI)),
        (
            "[https://arxiv.org/abs/2306.05949](https://arxiv.org/abs/2306.05949)\n> W2741809807",
            (NEW, OpenAlexId("W2741809807")),
        ),
        (
            f"https://www.semanticscholar.org/paper/{SHA} (Corpus ID: 12)",
            (SemanticScholarId(SHA), SemanticScholarId("CorpusId:12")),
        ),
        ("论文2306.05949很好", (NEW,)),
    ],
)
def test_find_paper_ids_in_sentences_finds_each_once_in_order(
    sentence: str, expected: tuple[PaperId, ...]
) -> None:
    assert find_paper_ids(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "We meet on 2024.05.12 or 12.05.2024 at 10.30.",
        "In 2024.10001 units were sold.",
        "It costs $2306.05949, or 2306.05949 EUR, or €1912.12345.",
        "A mass of 2012.12345 kg and 1912.12345%.",
        "Call +49 0711.1234 or 555.2306.1234, tel 0711.1234.",
        "Upgrade to version 2009.19042 (was v2306.05949, 1.2306.05949, 2306.05949.1).",
        "Range 2306.05949-2306.05950x, 12,2306.05949 and -2306.05949",
        "https://github.com/user/2306.05949 and user@2306.05949.com",
        f"Fixed in commit {SHA}.",
        "Use W100 and A100 cards, and/or TCP/IP, 10.5/3, and 10.1/2.",
        "2313.05949 is no month, 2306.5949 is short, 2306.059491 is long.",
        "https://orcid.org/0000-0002-1825-0097",
        "😀",
        "",
    ],
)
def test_find_paper_ids_numbers_of_other_kinds_are_left_alone(sentence: str) -> None:
    assert find_paper_ids(sentence) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2306.05949", True),
        ("2306.059", True),
        ("arxiv:xyz", True),
        ("https://example.org", True),
        ("example.org/paper", True),
        ("10.1145/foo", True),
        ("0000-0002-1825-0098", True),
        ("hep-th/990100", True),
        ("Sasha Luccioni", False),
        ("node.js", False),
        ("3.14", False),
        ("GPT-4", False),
        ("TCP/IP", False),
        ("", False),
    ],
)
def test_looks_like_identifier(text: str, expected: bool) -> None:
    assert looks_like_identifier(text) is expected


months = st.tuples(st.integers(7, 89), st.integers(1, 12)).filter(lambda ym: ym >= (7, 4))
new_ids = st.builds(
    lambda ym, n: f"{ym[0]:02}{ym[1]:02}." + (f"{n:05}" if ym >= (15, 1) else f"{n % 9999 + 1:04}"),
    months,
    st.integers(1, 99999),
)
old_ids = st.builds(
    lambda archive, year, month, n: f"{archive}/{year:02}{month:02}{n:03}",
    st.sampled_from(["hep-th", "math", "math-ph", "cs", "astro-ph", "cond-mat", "q-bio"]),
    st.integers(92, 99) | st.integers(0, 6),
    st.integers(1, 12),
    st.integers(1, 999),
)
arxiv_ids = st.builds(ArxivId, new_ids | old_ids, st.none() | st.integers(1, 99))
digits = st.text("0123456789", min_size=1, max_size=9)
dois = st.builds(
    lambda prefix, suffix: Doi(f"10.{prefix}/{suffix}"),
    st.integers(1000, 99999).filter(lambda prefix: prefix != 48550),
    st.from_regex(r"[a-z0-9]([a-z0-9._()-]{0,20}[a-z0-9])?", fullmatch=True)
    .filter(lambda suffix: suffix.count("(") == suffix.count(")") and not suffix.endswith(".pdf")),
)  # fmt: skip
works = st.builds(lambda n: OpenAlexId(f"W{n}"), st.integers(10**7, 10**11))
scholars = st.builds(lambda n: SemanticScholarId(f"CorpusId:{n}"), st.integers(0, 10**11))
scholars |= st.builds(SemanticScholarId, st.text("0123456789abcdef", min_size=40, max_size=40))


@given(arxiv_ids | dois | works | scholars)
def test_parse_paper_id_written_id_gives_itself(paper_id: PaperId) -> None:
    assert parse_paper_id(str(paper_id)) == paper_id


@given(arxiv_ids | dois | works)
def test_parse_paper_id_own_link_gives_itself(paper_id: ArxivId | Doi | OpenAlexId) -> None:
    assert parse_paper_id(paper_id.url) == paper_id


@given(arxiv_ids)
def test_parse_paper_id_arxiv_pdf_and_doi_give_the_paper(paper_id: ArxivId) -> None:
    assert parse_paper_id(paper_id.pdf_url) == paper_id
    assert parse_paper_id(paper_id.doi.value) == paper_id.unversioned


@given(st.lists(arxiv_ids | dois, max_size=4, unique_by=lambda paper: str(paper).split("v")[0]))
def test_find_paper_ids_links_between_words_are_all_found(papers: list[ArxivId | Doi]) -> None:
    sentence = " and ".join(f"see <{paper.url}>," for paper in papers)

    assert find_paper_ids(sentence) == tuple(papers)


@given(st.text(max_size=300))
def test_identifier_functions_any_text_never_raise_anything_else(text: str) -> None:
    found = find_paper_id(text)

    assert find_author_id(text) is None or found is None
    assert found is None or looks_like_identifier(text)
    find_paper_ids(text)


def test_find_paper_ids_real_abstracts_hold_hardly_any_bare_number(data_folder: Path) -> None:
    """Abstracts are full of decimal numbers; what is found there are links and quoted ids."""
    path = data_folder / "arxiv_daily" / "cs.CV-feed_2026-04-17_2026-04-30.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line)["abstract"] for line in lines]

    found = [(paper, abstract) for abstract in abstracts for paper in find_paper_ids(abstract)]

    assert len(abstracts) > 2000
    for paper, abstract in found:
        assert f"{paper}".lower() in abstract.lower()
    assert len(found) < 20


@pytest.mark.parametrize(
    "path",
    [
        "~/Downloads/2306.05949v2.pdf",
        "file:///home/me/papers/2306.05949v2.pdf",
        "see C:\\Users\\me\\2306.05949v2 (1).pdf please",
    ],
)
def test_find_paper_ids_of_a_files_path_is_the_files_name(path: str) -> None:
    assert find_paper_ids(path) == (ArxivId("2306.05949", 2),)


@pytest.mark.parametrize(
    "link",
    ["https://scholar.google.com/citations?user=abc", "https://www.zotero.org/groups/1/items/AB12"],
)
def test_parse_paper_id_of_a_page_that_names_no_paper_says_what_does(link: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_paper_id(link)
    assert "its title, its DOI or its arXiv id" in caught.value.expected
