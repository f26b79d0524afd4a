"""The sample: facts of the reference page as its source's, in a file of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.app import open_services
from bot.config import Settings
from bot.domain.identifiers import ArxivId
from bot.outside import Sources
from bot.setting_values import DATABASE_PREFIX
from playground.feed import SampleFeed
from playground.sample import INVENTED, Sample, sample_catalogue
from playground.sources import SampleAuthors, SamplePapers, SampleRecords

TODAY = date(2026, 11, 24)


def now() -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_reference_page_is_there_as_its_sources_words():
    sample = Sample.of(TODAY)
    author = sample.authors[0]
    papers = {str(paper.arxiv_id): paper for paper in sample.papers if not paper.invented}

    assert author.name == "Sasha Luccioni"
    assert author.primary_category == "cs.CY"
    assert (author.h_index.value, author.paper_count.value, author.citation_count.value) == (43, 15, 1768)
    assert {(score.label, score.value, score.unit) for score in author.scores} == {
        ("Novelty", 41, "%"),
        ("AI Score", 57, ""),
    }
    assert len(papers) == 15
    assert papers["2603.00068"].submitted_at.date() == date(2026, 5, 29)
    assert papers["2603.00068"].scores[0].value == 95.5
    assert [key for key, paper in papers.items() if paper.code_url] == ["2605.13981", "2509.19222"]
    for one in (author.h_index, *author.scores, *(s for paper in papers.values() for s in paper.scores)):
        assert (one.source, one.as_of) == ("Scholar Feed", date(2026, 5, 29))


def test_nothing_is_invented_about_real_people():
    sample = Sample.of(TODAY)
    real = [paper for paper in sample.papers if not paper.invented]

    assert sample.authors[0].years == ()
    assert sample.authors[0].openalex_id is None
    assert all(paper.citation_count is None for paper in real)
    assert all(any(one.name == "Sasha Luccioni" for one in paper.authors) for paper in real)
    assert not any(
        one.name == "Sasha Luccioni" for paper in sample.papers if paper.invented for one in paper.authors
    )


async def test_file_is_gone_afterwards():
    async with sample_catalogue(Sample.of(TODAY)) as file:
        assert file.exists()

    assert not file.parent.exists()


async def test_catalogue_made_from_it_answers_as_the_reference_page():
    sample = Sample.of(TODAY)
    sources = Sources(
        arxiv=SamplePapers(sample.papers, now),
        feed=SampleFeed(sample.inventor, sample.mailing, now),
        records=SampleRecords(now),
        openalex=SampleAuthors(sample.authors, now),
    )
    async with sample_catalogue(sample) as file:
        settings = Settings(database_url=f"{DATABASE_PREFIX}{file}")
        async with open_services(settings, clock=now, sources=sources) as services:
            answer = await services.lookup.author("sasha LUCCIONI")
            paper = await services.lookup.paper("https://arxiv.org/abs/2306.05949v4")
            size = await services.papers.size()

    assert (answer.author.h_index.value, answer.author.h_index.source) == (43, "Scholar Feed")
    assert (answer.author.paper_count.value, answer.author.paper_count.at_least) == (15, False)
    assert answer.author.citation_count.value == 1768
    assert {score.label for score in answer.author.scores} == {"Novelty", "AI Score"}
    assert sum(year.papers for year in answer.author.years) == 15
    assert answer.unreachable == ()
    assert paper.paper.institutions == ("allen-ai", "cmu")
    assert paper.paper.arxiv_id == ArxivId("2306.05949")
    assert size.papers == 15 + INVENTED
