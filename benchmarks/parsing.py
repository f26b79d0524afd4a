"""Parses 1,000 real entries of the query API: Hoopoe against feedparser, arxiv.py and ElementTree.

The entries are real papers of `arxiv_daily` (title, authors, categories, comment, abstract), rendered
into the layout of the recorded answers; identifiers' versions and the two dates are filled in.
Run: python -m benchmarks.parsing [folder of recorded data]

"Hoopoe, fields as text" is what feedparser also gives; "Hoopoe, papers" goes on to the frozen values
of the domain, finds repositories and withdrawals, and checks counts, categories and identifiers.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import feedparser
from arxiv import _feed as arxiv_py

from benchmarks.corpus import data_folder
from bot.sources.arxiv_parser import parse_papers
from bot.sources.arxiv_xml import Record, read_records

ENTRIES = 1000
ROUNDS = 15

_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" \
xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/benchmark</id>
  <title>arXiv Query: search_query=all:benchmark&amp;id_list=&amp;start=0&amp;max_results={count}</title>
  <updated>2026-06-01T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?search_query=all:benchmark" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{count}</opensearch:itemsPerPage>
  <opensearch:totalResults>{count}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v1</id>
    <title>{title}</title>
    <updated>{day}T17:59:46Z</updated>
    <link href="https://arxiv.org/abs/{id}v1" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{id}v1" rel="related" type="application/pdf" title="pdf"/>
    <summary>{abstract}</summary>
{categories}
    <published>{day}T17:59:46Z</published>
{comment}    <arxiv:primary_category term="{primary}"/>
{authors}
  </entry>
"""


def render(records: list[dict[str, Any]]) -> bytes:
    """Return an answer of the query API that lists the records."""
    entries = []
    for record in records:
        comment = record.get("comment")
        entries.append(
            _ENTRY.format(
                id=record["arxiv_id"],
                title=escape(record["title"]),
                day=record["announced"],
                abstract=escape(record["abstract"]),
                categories="\n".join(
                    f'    <category term="{code}" scheme="http://arxiv.org/schemas/atom"/>'
                    for code in record["categories"]
                ),
                comment=f"    <arxiv:comment>{escape(comment)}</arxiv:comment>\n" if comment else "",
                primary=record["categories"][0],
                authors="\n".join(
                    f"    <author>\n      <name>{escape(name)}</name>\n    </author>"
                    for name in record["authors"]
                ),
            )
        )
    return (_HEAD.format(count=len(records)) + "".join(entries) + "</feed>\n").encode()


def parse_with_arxiv_py(document: bytes) -> int:
    """Parse as arxiv.py's client does."""
    return len(arxiv_py.parse(document).results)


def parse_fields(document: bytes) -> list[Record]:
    """Parse as Hoopoe does, and keep every field of every entry."""
    records: list[Record] = []
    read_records(document, records.append)
    return records


def best_seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the processor's time of the quickest of some runs.

    By the clock, other work on the machine would disturb long runs, the peers', more than short ones.
    """
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def peak_bytes(work: Callable[[], object]) -> int:
    """Return the most memory that Python held at once for the work, its result included."""
    tracemalloc.start()
    try:
        kept = work()
        peak = tracemalloc.get_traced_memory()[1]
        del kept
    finally:
        tracemalloc.stop()
    return peak


def main(data: Path) -> None:
    """Print the table."""
    path = data / "arxiv_daily" / "cs-new_2026-04-06_2026-05-29.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, ENTRIES)]
    document = render(records)
    papers = parse_papers(document)
    assert [str(paper.arxiv_id) for paper in papers] == [record["arxiv_id"] for record in records]
    work: dict[str, tuple[Callable[[], object], int]] = {
        "feedparser": (lambda: feedparser.parse(document), 3),
        "arxiv.py": (lambda: parse_with_arxiv_py(document), ROUNDS),
        "ElementTree, the tree alone": (lambda: ElementTree.fromstring(document), ROUNDS),  # noqa: S314 - our own
        "Hoopoe, fields as text": (lambda: parse_fields(document), ROUNDS),
        "Hoopoe, papers": (lambda: parse_papers(document), ROUNDS),
    }
    seconds = {name: best_seconds(run, rounds) for name, (run, rounds) in work.items()}
    peer = seconds["feedparser"]
    print(f"{ENTRIES} entries, {len(document) / 1e6:.2f} MB\n")
    print("| parser | entries/s | x feedparser | peak memory / document |")
    print("|---|---|---|---|")
    for name, (run, _) in work.items():
        memory = peak_bytes(run) / len(document)
        print(f"| {name} | {ENTRIES / seconds[name]:,.0f} | {peer / seconds[name]:.1f} | {memory:.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else data_folder())
