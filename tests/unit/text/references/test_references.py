"""References: what reference managers read back is what the paper says."""

from __future__ import annotations

import csv
import io
import json
import string
import time
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import Doi
from bot.domain.papers import Authorship, Paper
from bot.text.references import ReferenceForm, reference_key, render_references
from bot.text.references.reference import person_of
from tests.factories import make_paper


def paper_by(*names: str, **changes: object) -> Paper:
    return make_paper(authors=tuple(Authorship(name=name) for name in names), **changes)


def bibtex_fields(paper: Paper) -> dict[str, str]:
    library = parse_string(render_references([paper], ReferenceForm.BIBTEX))
    assert not library.failed_blocks
    (entry,) = library.entries
    return {field.key: field.value for field in entry.fields}


def test_bibtex_preprint_has_the_fields_of_arxiv() -> None:
    fields = bibtex_fields(make_paper())
    assert fields["eprint"] == "2306.05949"
    assert fields["archiveprefix"] == "arXiv"
    assert fields["primaryclass"] == "cs.CY"
    assert (fields["year"], fields["month"]) == ("2023", "jun")
    assert fields["url"] == "https://arxiv.org/abs/2306.05949"


def test_bibtex_published_paper_is_an_article() -> None:
    paper = make_paper(venue="Physical Review D", doi=Doi("10.1103/physrevd.76.013009"))
    text = render_references([paper], ReferenceForm.BIBTEX)
    assert text.startswith("@article{")
    assert bibtex_fields(paper)["journal"] == "Physical Review D"


def test_bibtex_venue_that_is_arxiv_is_no_journal() -> None:
    paper = make_paper(venue="arXiv (Cornell University)")
    assert render_references([paper], ReferenceForm.BIBTEX).startswith("@misc{")


def test_bibtex_capitals_are_kept_by_braces() -> None:
    title = bibtex_fields(make_paper(title="BERT and GPT-4: A study of mRNA in Paris"))["title"]
    assert title == "{BERT} and {GPT}-4: {A} study of {mRNA} in Paris"


@pytest.mark.parametrize("letter", ["\N{CJK UNIFIED IDEOGRAPH-6587}", "a", "A", "1", "_"])
def test_bibtex_title_that_is_one_long_word_is_written_at_once(letter: str) -> None:
    """While an expression goes back and forth in a title, nothing else of the process runs."""
    began = time.process_time()
    render_references([make_paper(title=letter * 1200)], ReferenceForm.BIBTEX)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("50% faster & cheaper: the #1", r"50{\%} faster {\&} cheaper: the {\#}1", id="special"),
        pytest.param("naïve Łódź", r"na{\"\i}ve {\L}{\'o}d{\'z}", id="accents"),
        pytest.param("sets {sic} of braces", r"sets sic of braces", id="braces-of-tex"),
        pytest.param("基于深度学习的方法", "基于深度学习的方法", id="chinese"),
        pytest.param("تعلم الآلة", "تعلم الآلة", id="arabic"),
    ],
)
def test_bibtex_title_is_written_for_every_latex(title: str, written: str) -> None:
    assert bibtex_fields(make_paper(title=title))["title"] == written


@given(st.text(string.ascii_letters + string.digits + " &%$#_{}~^\\'\"@,=-éüøßłα≤", min_size=1, max_size=80))
def test_bibtex_any_title_leaves_a_file_that_parses(title: str) -> None:
    fields = bibtex_fields(make_paper(title=title))
    value = fields["title"]
    assert value.count("{") == value.count("}")


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        pytest.param("Sasha Luccioni", "Luccioni", "Sasha", id="plain"),
        pytest.param("Ludwig van der Berg", "van der Berg", "Ludwig", id="particles"),
        pytest.param("Luccioni, Sasha", "Luccioni", "Sasha", id="family-first"),
        pytest.param("王伟", "王伟", "", id="chinese"),
        pytest.param("Plato", "Plato", "", id="one-name"),
    ],
)
def test_person_is_taken_apart(name: str, family: str, given: str) -> None:
    person = person_of(name)
    assert (person.family, person.given, person.is_group) == (family, given, False)


@pytest.mark.parametrize("name", ["The ATLAS Collaboration", "LIGO Scientific Collaboration", "OpenAI Team"])
def test_collaboration_stays_whole(name: str) -> None:
    assert person_of(name).family == name
    assert f"{{{name}}}" in bibtex_fields(paper_by(name))["author"]


def test_ris_reads_back() -> None:
    paper = paper_by("Sasha Luccioni", "ATLAS Collaboration", title="Power Hungry Processing")
    (entry,) = rispy.loads(render_references([paper], ReferenceForm.RIS))
    assert entry["authors"] == ["Luccioni, Sasha", "ATLAS Collaboration"]
    assert entry["title"] == "Power Hungry Processing"
    assert entry["year"] == "2023"
    assert entry["urls"] == ["https://arxiv.org/abs/2306.05949"]


@pytest.mark.parametrize(
    ("day", "iso", "bib", "ris"),
    [
        ((2005, 3, 14), "2005-03-14", ("2005", "mar"), "2005/03/14"),
        ((2005, 3, 1), "2005-03", ("2005", "mar"), "2005/03"),
        ((2005, 1, 1), "2005", ("2005", None), None),
    ],
)
def test_reference_claims_no_more_of_a_date_than_an_index_knows(
    day: tuple[int, int, int], iso: str, bib: tuple[str, str | None], ris: str | None
) -> None:
    """OpenAlex gives the first of a month, or of January, where it knows no more."""
    paper = make_paper(arxiv_id=None, doi=Doi("10.1000/abc"), submitted_at=datetime(*day, tzinfo=UTC))
    fields = bibtex_fields(paper)
    assert (fields["year"], fields.get("month")) == bib
    (entry,) = rispy.loads(render_references([paper], ReferenceForm.RIS))
    assert (entry["year"], entry.get("date")) == ("2005", ris)
    (item,) = json.loads(render_references([paper], ReferenceForm.CSL_JSON))
    assert item["issued"] == {"date-parts": [[int(part) for part in iso.split("-")]]}
    assert f",{iso}," in render_references([paper], ReferenceForm.CSV)
    assert paper.known_date == tuple(int(part) for part in iso.split("-"))


def test_ris_several_papers_are_several_records() -> None:
    papers = [make_paper(), make_paper(id=2, title="Another")]
    assert len(rispy.loads(render_references(papers, ReferenceForm.RIS))) == 2


def test_csl_json_names_people_and_groups() -> None:
    paper = paper_by("Jean-Pierre Serre", "ATLAS Collaboration")
    (item,) = json.loads(render_references([paper], ReferenceForm.CSL_JSON))
    assert item["author"] == [{"family": "Serre", "given": "Jean-Pierre"}, {"literal": "ATLAS Collaboration"}]
    assert item["issued"] == {"date-parts": [[2023, 6, 9]]}
    assert item["type"] == "article"


def test_apa_writes_a_preprint_as_the_manual_does() -> None:
    paper = paper_by("Alexandra Sasha Luccioni", "Jean-Pierre Serre", title="Power Hungry Processing")
    assert render_references([paper], ReferenceForm.APA) == (
        "Luccioni, A. S., & Serre, J.-P. (2023). Power Hungry Processing (arXiv:2306.05949). arXiv. "
        "https://doi.org/10.48550/arXiv.2306.05949\n"
    )


def test_apa_more_than_twenty_authors_names_nineteen_and_the_last() -> None:
    names = [f"Ann Author{letter}" for letter in string.ascii_lowercase]
    text = render_references([paper_by(*names)], ReferenceForm.APA)
    assert "Authors, A., … Authorz, A. (2023)" in text
    assert "Authort" not in text


def test_apa_without_authors_or_date_begins_with_the_title() -> None:
    paper = make_paper(authors=(), submitted_at=None, announced_at=None, title="What now?")
    assert render_references([paper], ReferenceForm.APA).startswith(
        "What now? (arXiv:2306.05949) (n.d.). arXiv."
    )


def test_key_stays_the_same_whatever_else_is_learned() -> None:
    paper = make_paper()
    later = replace(
        paper,
        title="Another title",
        venue="Nature",
        doi=Doi("10.1038/x"),
        version=3,
        updated_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert reference_key(paper) == reference_key(later) == "solaiman2023-2306.05949"


@given(st.text(max_size=30), st.text(max_size=60))
def test_key_is_safe_for_latex_and_file_names(name: str, title: str) -> None:
    key = reference_key(paper_by(name, title=title))
    assert set(key) <= set(string.ascii_lowercase + string.digits + ".-")
    assert key[0] not in ".-"


@given(st.text(max_size=40), st.text(max_size=120), st.sampled_from(ReferenceForm))
def test_any_paper_has_a_reference_in_every_form(name: str, title: str, form: ReferenceForm) -> None:
    text = render_references([paper_by(name, title=title)], form)
    assert text.strip()
    assert "\x00" not in text


def test_csv_reads_back_and_runs_no_formula() -> None:
    paper = paper_by("Ann, Author", title='=HYPERLINK("x"), "quoted"')
    rows = list(csv.DictReader(io.StringIO(render_references([paper], ReferenceForm.CSV))))
    assert rows[0]["title"] == '\'=HYPERLINK("x"), "quoted"'
    assert rows[0]["url"] == "https://arxiv.org/abs/2306.05949"


def test_zotero_rdf_is_well_formed_with_people_and_identifiers() -> None:
    paper = paper_by("Jean-Pierre Serre", "ATLAS Collaboration", title="A < B & \x01 C")
    written = render_references([paper, make_paper(id=2)], ReferenceForm.ZOTERO_RDF)
    root = ET.fromstring(written)  # noqa: S314 - our own text
    assert len(root) == 2
    text = ET.tostring(root[0], encoding="unicode")
    assert "<z:itemType>preprint</z:itemType>" in text
    assert "<foaf:surname>Serre</foaf:surname>" in text
    assert "A &lt; B &amp; C" in text
    assert "DOI 10.48550/arXiv.2306.05949" in text
