"""Topics asked of texts, beside the full text index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from bot.domain.topics import And, Not, Or, Term, Topic
from bot.text.folding import fold
from bot.text.topic_matching import matches
from bot.text.topics import parse_topic

PAPERS = [
    ("Green AI", "Energy and carbon of large language models.", ("Roy Schwartz", "Sasha Luccioni")),
    ("Text-to-image bias", "We audit GPT-4 and language models for green claims.", ("José Müller",)),
    ("Ökologie & Größe: naïve models", "Language. Models of AI", ("Łukasz Ørsted", "Luccioni Sasha")),
    ("", "", ()),
]  # fmt: skip
TOPICS = [
    "green", "green ai", "green -gpt", '"language models"', '"models language"', "lang*", '"large lang*"',
    "ti:green", "abs:green OR au:schwartz", 'au:"sasha luccioni"', "luccioni -ti:ai", "muller",
    "Müller OR Łukasz", "okologie", "grosse", "naive", "text-to-image", "GPT-4",
    "models -(green OR large)", "green (carbon OR bias)", '"ai energy"', "orsted", "mod* -carbon",
    "ti:(bias OR ai) abs:energy",
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """Return a full text index over the papers, folded as the catalogue does it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE papers USING fts5(ti, abs, au, tokenize = 'unicode61')")
    for number, (title, abstract, authors) in enumerate(PAPERS):
        row = (number, fold(title), fold(abstract), fold("\n".join(authors)))
        connection.execute("INSERT INTO papers (rowid, ti, abs, au) VALUES (?, ?, ?, ?)", row)
    yield connection
    connection.close()


def fts(topic: Topic) -> str:
    """Write a topic in FTS5's own language."""
    match topic:
        case Term(said, field, prefix):
            column = f"{field} : " if field else ""
            return f'{column}"{" ".join(said)}"' + (" *" if prefix else "")
        case Or(parts):
            return "(" + " OR ".join(fts(part) for part in parts) + ")"
        case And(parts):
            wanted = " AND ".join(fts(part) for part in parts if not isinstance(part, Not))
            unwanted = "".join(f" NOT {fts(part.part)}" for part in parts if isinstance(part, Not))
            return f"(({wanted}){unwanted})"
    raise AssertionError(topic)


@pytest.mark.parametrize("text", TOPICS)
def test_matches_agrees_with_the_full_text_index(index: sqlite3.Connection, text: str) -> None:
    topic = parse_topic(text)

    found = {row[0] for row in index.execute("SELECT rowid FROM papers WHERE papers MATCH ?", (fts(topic),))}
    assert {number for number, paper in enumerate(PAPERS) if matches(topic, *paper)} == found
    if text not in ('"models language"', '"ai energy"'):
        assert found


def test_matches_phrase_across_fields_does_not_hold() -> None:
    assert not matches(parse_topic('"ai energy"'), "Green AI", "Energy", ())
    assert matches(parse_topic("ai energy"), "Green AI", "Energy", ())
