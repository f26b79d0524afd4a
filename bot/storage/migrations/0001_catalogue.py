"""The catalogue with its text index, watches, deliveries and what the bot remembers.

Revises: nothing
"""

from __future__ import annotations

from alembic import op

revision = "0001_catalogue"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE announcements (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        place_kind TEXT NOT NULL,
        place_id INTEGER NOT NULL,
        guild_id INTEGER,
        state TEXT NOT NULL,
        claimed_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        message_id INTEGER,
        sent_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX announcements_state ON announcements (state, place_kind, place_id)",
    """
    CREATE TABLE authors (
        id INTEGER NOT NULL,
        openalex_id TEXT,
        orcid TEXT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        linked_count INTEGER NOT NULL,
        paper_count INTEGER NOT NULL,
        primary_category TEXT,
        profile TEXT,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX authors_bare_name ON authors (name_key) WHERE openalex_id IS NULL",
    "CREATE UNIQUE INDEX authors_openalex_id ON authors (openalex_id) WHERE openalex_id IS NOT NULL",
    "CREATE INDEX authors_orcid ON authors (orcid) WHERE orcid IS NOT NULL",
    """
    CREATE TABLE authorships (
        author_id INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (author_id, paper_id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX authorships_paper_id ON authorships (paper_id)",
    """
    CREATE TABLE feed_states (
        categories TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (categories)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE name_index (
        tier INTEGER NOT NULL,
        text TEXT NOT NULL,
        author_id INTEGER NOT NULL,
        PRIMARY KEY (tier, text, author_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE papers (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        arxiv_id TEXT,
        doi TEXT,
        openalex_id TEXT,
        version INTEGER NOT NULL,
        submitted_at INTEGER,
        updated_at INTEGER,
        announced_at INTEGER,
        dated_at INTEGER,
        fetched_at INTEGER,
        withdrawn INTEGER NOT NULL,
        invented INTEGER NOT NULL,
        citation_count INTEGER,
        citation_source TEXT,
        citation_as_of TEXT,
        citation_at_least INTEGER NOT NULL,
        primary_category TEXT,
        categories TEXT NOT NULL,
        source TEXT NOT NULL,
        code_url TEXT,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        authors TEXT NOT NULL,
        versions TEXT NOT NULL,
        scores TEXT NOT NULL,
        comment TEXT NOT NULL,
        journal_reference TEXT NOT NULL,
        venue TEXT NOT NULL,
        summary TEXT NOT NULL,
        summary_source TEXT NOT NULL,
        abstract TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX papers_announced_at ON papers (announced_at) WHERE announced_at IS NOT NULL",
    "CREATE UNIQUE INDEX papers_arxiv_id ON papers (arxiv_id) WHERE arxiv_id IS NOT NULL",
    "CREATE INDEX papers_citation_count ON papers (citation_count)",
    "CREATE UNIQUE INDEX papers_doi ON papers (doi) WHERE doi IS NOT NULL",
    "CREATE UNIQUE INDEX papers_openalex_id ON papers (openalex_id) WHERE openalex_id IS NOT NULL",
    "CREATE INDEX papers_dated_at ON papers (dated_at)",
    "CREATE INDEX papers_title_key ON papers (title_key)",
    """
    CREATE TABLE requests (
        id INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (body)
    ) STRICT
    """,
    """
    CREATE TABLE states (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE watches (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        owner_id INTEGER NOT NULL,
        place_kind TEXT NOT NULL,
        place_id INTEGER NOT NULL,
        guild_id INTEGER,
        criterion_kind TEXT NOT NULL,
        criterion_key TEXT NOT NULL,
        criterion TEXT NOT NULL,
        has_code INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        paused_reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX watches_guild_id ON watches (guild_id)",
    """
    CREATE UNIQUE INDEX watches_place
    ON watches (place_kind, place_id, criterion_kind, criterion_key, has_code)
    """,
    """
    CREATE TABLE author_keys (
        "key" TEXT NOT NULL,
        author_id INTEGER NOT NULL,
        PRIMARY KEY ("key", author_id),
        FOREIGN KEY(author_id) REFERENCES authors (id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX author_keys_author_id ON author_keys (author_id)",
    """
    CREATE TABLE choices (
        person_id INTEGER NOT NULL,
        name_key TEXT NOT NULL,
        author_id INTEGER NOT NULL,
        PRIMARY KEY (person_id, name_key),
        FOREIGN KEY(author_id) REFERENCES authors (id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE deliveries (
        id INTEGER NOT NULL,
        place_kind TEXT NOT NULL,
        place_id INTEGER NOT NULL,
        guild_id INTEGER,
        paper_id INTEGER NOT NULL,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        held_at INTEGER,
        announcement_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(paper_id) REFERENCES papers (id),
        FOREIGN KEY(announcement_id) REFERENCES announcements (id)
    ) STRICT
    """,
    "CREATE INDEX deliveries_announcement_id ON deliveries (announcement_id)",
    "CREATE INDEX deliveries_paper_id ON deliveries (paper_id)",
    "CREATE UNIQUE INDEX deliveries_place_paper ON deliveries (place_kind, place_id, paper_id)",
    "CREATE INDEX deliveries_state ON deliveries (state, place_kind, place_id)",
    """
    CREATE TABLE listings (
        paper_id INTEGER NOT NULL,
        category TEXT NOT NULL,
        listed_at INTEGER NOT NULL,
        PRIMARY KEY (paper_id, category),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE delivery_watches (
        delivery_id INTEGER NOT NULL,
        watch_id INTEGER NOT NULL,
        label TEXT NOT NULL,
        PRIMARY KEY (delivery_id, watch_id),
        FOREIGN KEY(delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX delivery_watches_watch_id ON delivery_watches (watch_id)",
    """
    CREATE VIRTUAL TABLE papers_index USING fts5(
        title, abstract, authors, categories,
        content='', tokenize='unicode61'
    )
    """,
)


def upgrade() -> None:
    """Make every table."""
    for statement in STATEMENTS:
        op.execute(statement)
