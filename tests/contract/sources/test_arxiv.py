"""The query API and the feeds, against what arXiv answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from bot.domain.feeds import Feed, Validators
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import AnnounceType, Authorship, Paper, Version
from bot.errors import SourceChanged
from bot.sources.arxiv import ArxivClient
from bot.sources.arxiv_feed import parse_feed
from bot.sources.arxiv_parser import parse_papers
from bot.sources.gate import Gate
from tests.contract.sources.conftest import Recorded
from tests.contract.sources.servers import NOW, STEADY, answering, by_target, serve

Read = Callable[[str], list[Recorded]]


def _client(client: httpx.AsyncClient, url: str) -> ArxivClient:
    return ArxivClient(
        client,
        Gate(0),
        api_url=f"{url}/api/query",
        rss_url=f"{url}/",
        clock=lambda: NOW,
        patience=STEADY,
        feed_patience=STEADY,
    )


def _named(answers: list[Recorded], part: str) -> Recorded:
    return next(answer for answer in answers if part in answer.name)


def test_every_recorded_answer_is_read_whole(recorded: Read) -> None:
    answers = recorded("arxiv")
    assert len(answers) == 16

    for answer in answers:
        if answer.status == 200:
            papers = parse_papers(answer.body)

            assert len(papers) == answer.body.count(b"<entry>"), answer.name
            assert all(paper.authors and paper.abstract and paper.submitted_at for paper in papers)
            assert all(paper.primary_category == paper.categories[0] for paper in papers)
            # Every affiliation, comment, DOI and journal reference has arrived somewhere.
            assert sum(len(author.institutions) for p in papers for author in p.authors) == answer.body.count(
                b"<arxiv:affiliation>"
            )
            for tag, values in (
                (b"<arxiv:comment>", [paper.comment for paper in papers]),
                (b"<arxiv:doi>", [paper.doi for paper in papers]),
                (b"<arxiv:journal_ref>", [paper.journal_reference for paper in papers]),
            ):
                assert sum(map(bool, values)) == answer.body.count(tag), (answer.name, tag)


def test_paper_with_affiliations_is_complete(recorded: Read) -> None:
    (paper,) = parse_papers(_named(recorded("arxiv"), "astro-ph_0601001").body, NOW)

    submitted = datetime(2006, 1, 2, 14, 57, 58, tzinfo=UTC)
    assert paper.abstract.startswith("We derive the frequencies of hot Jupiters (HJs) with 3--5 day periods")
    assert paper == Paper(
        arxiv_id=ArxivId("astro-ph/0601001"),
        version=1,
        versions=(Version(number=1, submitted_at=submitted),),
        title=(
            "Frequency of Hot Jupiters and Very Hot Jupiters from the OGLE-III Transit Surveys Toward the "
            "Galactic Bulge and Carina"
        ),
        abstract=paper.abstract,
        authors=(
            Authorship(name="Andrew Gould", institutions=("Ohio State",)),
            Authorship(name="Susan Dorsher", institutions=("Ohio State",)),
            Authorship(name="B. Scott Gaudi", institutions=("CfA",)),
            Authorship(name="Andrzej Udalski", institutions=("Warsaw University Observatory",)),
        ),
        primary_category="astro-ph",
        categories=("astro-ph",),
        submitted_at=submitted,
        updated_at=submitted,
        comment=(
            "62 pages including 16 figures and 9 tables. Submitted to Acta Astronomica. Full resolution "
            "version at http://www.astronomy.ohio-state.edu/~gould/ogle_hot_jupiters.ps.gz"
        ),
        journal_reference="ActaAstron.56:1-50,2006",
        source="arXiv",
        fetched_at=NOW,
    )


def test_doi_is_lower_case_and_a_later_version_keeps_both_dates(recorded: Read) -> None:
    papers = [paper for a in recorded("arxiv") if a.status == 200 for paper in parse_papers(a.body)]
    by_id = {str(paper.arxiv_id): paper for paper in papers}

    assert by_id["2202.12139"].doi == Doi("10.1109/icstw55395.2022.00035")
    later = next(paper for paper in papers if paper.version > 1)
    assert [version.number for version in later.versions] == [1, later.version]
    assert later.versions[0].submitted_at == later.submitted_at
    assert later.versions[1].submitted_at == later.updated_at


async def test_look_up_keeps_the_order_of_the_ids(client: httpx.AsyncClient, recorded: Read) -> None:
    ids = [paper.arxiv_id for paper in parse_papers(_named(recorded("arxiv"), "s0_m10.xml").body)]
    wanted = [paper_id for paper_id in reversed(ids) if paper_id]
    async with serve(answering(_named(recorded("arxiv"), "s0_m10.xml").body)) as server:
        arxiv = _client(client, server.url)
        papers = await arxiv.fetch_papers([*wanted, ArxivId("2401.99999"), wanted[0]])

        assert [paper.arxiv_id for paper in papers] == wanted
        assert len(server.requests) == 1
        assert server.requests[0].path == "/api/query"
        assert server.requests[0].query == {
            "id_list": ",".join(map(str, [*wanted, "2401.99999"])),
            "start": "0",
            "max_results": "11",
        }


async def test_replayed_requests_get_recorded_answers(client: httpx.AsyncClient, recorded: Read) -> None:
    """Served by path and query as recorded: what is asked is what arXiv was asked."""
    answers = {}
    for answer in recorded("arxiv"):
        wanted = re.search(r"id_list=([^&]+)", answer.request)
        if wanted:
            answers[f"/api/query?id_list={wanted[1]}&start=0&max_results=1"] = (answer.status, answer.body)
    async with serve(by_target(answers)) as server:
        arxiv = _client(client, server.url)

        for text, known in [("1605.08386", True), ("2104.12255v1", True), ("astro-ph/0601001", True),
                            ("quant-ph/0201082v1", True), ("0000.0000", False), ("abc", False)]:  # fmt: skip
            base, _, version = text.partition("v") if text[-2:] == "v1" else (text, "", "")
            found = await arxiv.fetch_papers([ArxivId(base, int(version) if version else None)])

            assert [str(paper.arxiv_id) for paper in found] == ([base] if known else [])


async def test_malformed_id_does_not_spoil_the_others(client: httpx.AsyncClient, recorded: Read) -> None:
    refusal = _named(recorded("arxiv"), "id_abc")
    good = _named(recorded("arxiv"), "id_1605.08386")
    async with serve(answering(refusal.body, status=refusal.status), answering(good.body)) as server:
        papers = await _client(client, server.url).fetch_papers([ArxivId("abc"), ArxivId("1605.08386")])

        assert [str(paper.arxiv_id) for paper in papers] == ["1605.08386"]
        assert [request.query["id_list"] for request in server.requests] == ["abc,1605.08386", "1605.08386"]


async def test_many_ids_are_asked_in_batches(client: httpx.AsyncClient, recorded: Read) -> None:
    empty = _named(recorded("arxiv"), "id_0000.0000").body
    async with serve(answering(empty)) as server:
        ids = [ArxivId(f"2401.{number:05}") for number in range(250)]

        assert await _client(client, server.url).fetch_papers(ids) == ()
        assert [request.query["max_results"] for request in server.requests] == ["100", "100", "50"]


async def test_page_shorter_than_it_counts_is_asked_again(client: httpx.AsyncClient, recorded: Read) -> None:
    whole = _named(recorded("arxiv"), "s0_m10.xml").body
    start = whole.rindex(b"<entry>")
    short = whole[:start] + b"</feed>"
    async with serve(answering(short), answering(whole)) as server:
        assert len(await _client(client, server.url).search_papers(text="testing", limit=10)) == 10

    async with serve(answering(short)) as server:
        with pytest.raises(SourceChanged, match="9 entries where the answer counts 10"):
            await _client(client, server.url).search_papers(text="testing", limit=10)
        assert len(server.requests) == 2


async def test_search_asks_newest_first_with_words_alone(client: httpx.AsyncClient, recorded: Read) -> None:
    empty = _named(recorded("arxiv"), "id_0000.0000").body
    async with serve(answering(empty)) as server:
        await _client(client, server.url).search_papers(
            text='"power hungry" (cost) OR ti:x', author="Müller, Jürgen", category="cs.CY", limit=5
        )

        words = 'all:"power hungry" AND all:cost AND all:ti AND all:x'
        assert server.requests[0].query == {
            "search_query": f'{words} AND au:"Jürgen Müller" AND cat:cs.CY',
            "start": "0",
            "max_results": "5",
            "sortBy": "submittedDate",
            "sortOrder": "descending",
        }


async def test_search_for_nothing_asks_nobody(client: httpx.AsyncClient) -> None:
    arxiv = _client(client, "http://127.0.0.1:9")

    assert await arxiv.search_papers() == ()
    assert await arxiv.search_papers(text=' "" () 🦜 ') == ()
    assert await arxiv.search_papers(text="x", limit=0) == ()
    assert arxiv.status.requests_today == 0


def test_every_recorded_feed_is_read_whole(recorded: Read) -> None:
    answers = recorded("arxiv_rss")
    assert len(answers) > 25

    for answer in answers:
        if answer.status != 200 or answer.name.endswith(".txt"):
            with pytest.raises(SourceChanged):
                parse_feed(answer.body, ["cs.CL"], validators=Validators())
            continue
        feed = parse_feed(answer.body, ["cs.CL"], validators=Validators())
        marks = answer.body.count(b"<arxiv:announce_type>")

        assert len(feed.items) == marks, answer.name
        assert not feed.full
        day = re.search(r"\d{4}-\d\d-\d\d", answer.name)
        assert day is not None
        # Midnight in New York is four or five hours later in UTC.
        assert feed.dated is not None
        assert f"{feed.dated:%Y-%m-%d}" == day[0], answer.name
        assert feed.dated.hour in (4, 5)
        for item in feed.items:
            assert not item.paper.abstract.startswith("arXiv:")
            assert item.paper.authors
            assert item.paper.primary_category in item.paper.categories
            listed = feed.dated if item.announce_type.is_first_listing else None
            assert item.paper.announced_at == listed


def test_atom_and_rss_say_the_same(recorded: Read) -> None:
    pairs = 0
    answers = {answer.name: answer for answer in recorded("arxiv_rss") if answer.status == 200}
    for name, answer in answers.items():
        other = answers.get(name.replace(".atom.", ".rss."))
        if ".atom." in name and other:
            atom, rss = (parse_feed(a.body, ["x"], validators=Validators()) for a in (answer, other))

            assert atom == rss, name
            pairs += 1
    assert pairs >= 4


def test_announcement_of_an_old_paper_is_complete(recorded: Read) -> None:
    feed = parse_feed(
        _named(recorded("arxiv_rss"), "cond-mat+hep-th_2011-02-03.atom").body,
        ["cond-mat", "hep-th"],
        validators=Validators(),
    )
    cross, _, replaced = feed.items

    assert feed.categories == ("cond-mat", "hep-th")
    assert cross.announce_type is AnnounceType.CROSS
    assert cross.paper.arxiv_id == ArxivId("0906.3421")
    assert cross.paper.version == 2
    assert cross.paper.categories == ("math.CO", "cond-mat.stat-mech", "math-ph", "math.MP")
    assert replaced.announce_type is AnnounceType.REPLACE
    assert replaced.paper.arxiv_id == ArxivId("hep-th/0703166")
    assert replaced.paper.version == 5
    assert replaced.paper.doi == Doi("10.1103/physrevd.77.047702")
    assert replaced.paper.journal_reference == "Phys.Rev.D77:047702,2008"
    assert [author.name for author in replaced.paper.authors] == ["Hironobu Kihara", "Muneto Nitta"]


async def test_feed_is_asked_for_all_categories_at_once_and_conditionally(
    client: httpx.AsyncClient, recorded: Read
) -> None:
    body = _named(recorded("arxiv_rss"), "saturday_empty.atom").body
    stamp = "Sat, 25 Apr 2026 04:00:03 GMT"
    async with serve(
        answering(body, ETag='"abc"', Last_Modified=stamp, Content_Type="application/atom+xml"),
        answering(status=304, ETag='"abc"'),
    ) as server:
        arxiv = _client(client, server.url)
        feed = await arxiv.fetch_feed(["cs.CL", "stat.ML"], Validators())

        assert isinstance(feed, Feed)
        assert feed.items == ()
        assert feed.validators == Validators(etag='"abc"', last_modified=stamp)
        assert await arxiv.fetch_feed(["cs.CL", "stat.ML"], feed.validators) is None
        first, second = server.requests
        assert urlsplit(first.target).path == "/atom/cs.CL+stat.ML"
        assert "if-none-match" not in first.headers
        assert second.headers["if-none-match"] == '"abc"'
        assert second.headers["if-modified-since"] == stamp


async def test_unchanged_answer_that_nobody_asked_for_is_a_fault(client: httpx.AsyncClient) -> None:
    async with serve(answering(status=304)) as server:
        with pytest.raises(SourceChanged):
            await _client(client, server.url).fetch_feed(["cs.CL"], Validators())


async def test_unknown_category_is_told_in_arxivs_words(client: httpx.AsyncClient, recorded: Read) -> None:
    refusal = _named(recorded("arxiv_rss"), "error_bad_archive.atom")
    async with serve(answering(refusal.body, status=refusal.status)) as server:
        with pytest.raises(SourceChanged, match="Bad archive 'nope'"):
            await _client(client, server.url).fetch_feed(["nope"], Validators())

        assert len(server.requests) == 1


def test_feed_at_its_limit_says_that_it_is_full(recorded: Read) -> None:
    body = _named(recorded("arxiv_rss"), "cs.CV_2026-04-22.atom").body
    start, end = body.index(b"<entry>"), body.rindex(b"</entry>") + len(b"</entry>")
    entry = body[start : body.index(b"</entry>") + len(b"</entry>")]

    def feed_of(count: int) -> Feed:
        return parse_feed(body[:start] + entry * count + body[end:], ["cs.CV"], validators=Validators())

    assert not feed_of(1999).full
    assert feed_of(2000).full
