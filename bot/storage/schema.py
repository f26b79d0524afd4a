"""The tables of the catalogue; a test holds the migrations equal to this page."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from bot.storage.columns import BIG, UtcMoment

metadata = MetaData()

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arxiv_id", Text),
    Column("doi", Text),
    Column("openalex_id", Text),
    Column("version", Integer, nullable=False),
    Column("submitted_at", UtcMoment),
    Column("updated_at", UtcMoment),
    Column("announced_at", UtcMoment),
    # The first known of submitted_at and announced_at, for filters and order.
    Column("dated_at", UtcMoment),
    Column("fetched_at", UtcMoment),
    Column("withdrawn", Integer, nullable=False),
    Column("invented", Integer, nullable=False),
    Column("citation_count", Integer),
    Column("citation_source", Text),
    Column("citation_as_of", Text),
    Column("citation_at_least", Integer, nullable=False),
    Column("primary_category", Text),
    # Between spaces, so that one LIKE finds a category or an archive.
    Column("categories", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("code_url", Text),
    Column("title", Text, nullable=False),
    # The folded title's first letters: long enough to tell titles apart, short enough to index.
    Column("title_key", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Column("scores", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("journal_reference", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("summary_source", Text, nullable=False),
    # The longest value last: what stands before it is read without its overflow pages.
    Column("abstract", Text, nullable=False),
    # Where values come from, as JSON; only who writes the paper reads it. See `bot.domain.records`.
    Column("origins", Text, nullable=False, server_default="{}"),
    # Added later, and small; a column can only be added behind the others.
    Column("announced_estimated", Integer, nullable=False, server_default="0"),
    # An id is never given twice: buttons of old messages carry it.
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("papers_arxiv_id", papers.c.arxiv_id, unique=True, sqlite_where=papers.c.arxiv_id.is_not(None))
Index("papers_doi", papers.c.doi, unique=True, sqlite_where=papers.c.doi.is_not(None))
Index("papers_openalex_id", papers.c.openalex_id, unique=True, sqlite_where=papers.c.openalex_id.is_not(None))
Index("papers_title_key", papers.c.title_key)
Index("papers_dated_at", papers.c.dated_at)
Index("papers_announced_at", papers.c.announced_at, sqlite_where=papers.c.announced_at.is_not(None))
Index("papers_citation_count", papers.c.citation_count)

Index("papers_unlisted_title", papers.c.title_key, sqlite_where=papers.c.arxiv_id.is_(None))

paper_names = Table(
    "paper_names",
    metadata,
    # The column of `papers` that would hold it: doi, openalex_id or title.
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    PrimaryKeyConstraint("kind", "value", "paper_id"),
    Index("paper_names_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Identifiers and folded titles under which papers are known besides those of their rows."""

merges = Table(
    "merges",
    metadata,
    Column("id", Integer, primary_key=True),
    # Rows of papers, which may be gone by now.
    Column("kept_id", Integer, nullable=False),
    Column("gone_id", Integer),
    Column("evidence", Text, nullable=False),
    Column("merged_at", UtcMoment, nullable=False),
    Column("undone_at", UtcMoment),
    # Both records as they were, and what pointed at the second, as JSON.
    Column("body", Text, nullable=False),
    Index("merges_kept_id", "kept_id"),
    Index("merges_gone_id", "gone_id"),
    sqlite_strict=True,
)
Index("merges_undone", merges.c.kept_id, merges.c.gone_id, sqlite_where=merges.c.undone_at.is_not(None))
"""Which papers became one, by what evidence; an undone merge keeps them apart."""

authors = Table(
    "authors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("openalex_id", Text),
    Column("orcid", Text),
    Column("name", Text, nullable=False),
    # A person whom evidence tells from others of the name has a number behind it, "wei wang #7".
    Column("name_key", Text, nullable=False),
    # Papers of the catalogue that are linked to this row.
    Column("linked_count", Integer, nullable=False),
    # The larger of that and the count a source gives: the order of autocomplete.
    Column("paper_count", Integer, nullable=False),
    Column("primary_category", Text),
    # The whole profile as JSON; NULL for a name of which nothing else is known.
    Column("profile", Text),
    sqlite_strict=True,
)
Index(
    "authors_openalex_id", authors.c.openalex_id, unique=True, sqlite_where=authors.c.openalex_id.is_not(None)
)
Index("authors_orcid", authors.c.orcid, sqlite_where=authors.c.orcid.is_not(None))
Index("authors_bare_name", authors.c.name_key, unique=True, sqlite_where=authors.c.openalex_id.is_(None))

author_keys = Table(
    "author_keys",
    metadata,
    Column("key", Text, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    PrimaryKeyConstraint("key", "author_id"),
    Index("author_keys_author_id", "author_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The folded forms under which a profile is known: its name, aliases and printed names."""

author_ids = Table(
    "author_ids",
    metadata,
    Column("openalex_id", Text, primary_key=True, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Ids that a source has merged into another profile, and whose they are now."""

name_index = Table(
    "name_index",
    metadata,
    Column("tier", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_id", Integer, nullable=False),
    PrimaryKeyConstraint("tier", "text", "author_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Every rotation of every name by how much the author published; see `bot.storage.names`."""

misplaced_names = Table(
    "misplaced_names",
    metadata,
    Column("author_id", Integer, primary_key=True),
    # Where the name stands in the index, NULL for nowhere.
    Column("tier", Integer),
    sqlite_strict=True,
)
"""Names that an import left where they stood in the index; see `bot.storage.entries`."""

authorships = Table(
    "authorships",
    metadata,
    Column("author_id", Integer, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("author_id", "paper_id"),
    Index("authorships_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

attributions = Table(
    "attributions",
    metadata,
    Column("paper_id", Integer, nullable=False),
    Column("name_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    PrimaryKeyConstraint("paper_id", "name_id"),
    Index("attributions_person_id", "person_id"),
    Index("attributions_name_id", "name_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Whose a paper is that is linked to a name as such; the name's own id where nothing tells."""

sorted_names = Table(
    "sorted_names",
    metadata,
    Column("name_key", Text, primary_key=True, nullable=False),
    # How many papers bore the name, or one like it, when they were last sorted into people.
    Column("papers", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

listings = Table(
    "listings",
    metadata,
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("listed_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("paper_id", "category"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

citations = Table(
    "citations",
    metadata,
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    # The source's id of the cited work, which stays what it is when papers become one.
    Column("cited", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("found_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("paper_id", "cited"),
    Index("citations_cited", "cited"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

cited_works = Table(
    "cited_works",
    metadata,
    Column("work", Text, primary_key=True, nullable=False),
    # The first day of publication from which on it is known which papers cite the work.
    Column("since", Text, nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The works whose citations are followed."""

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", BIG, nullable=False),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("criterion_kind", Text, nullable=False),
    # What makes two criteria equal; the criterion itself is JSON.
    Column("criterion_key", Text, nullable=False),
    Column("criterion", Text, nullable=False),
    # The further criteria, as JSON pairs of kind and criterion.
    Column("narrowed", Text, nullable=False),
    # Filters and manner hold what differs from the default, so that they can grow.
    Column("filters", Text, nullable=False),
    Column("manner", Text, nullable=False),
    # What makes two watches of equal criterion equal: the further criteria's keys and the filters.
    Column("condition_key", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("paused_reason", Text, nullable=False),
    Index(
        "watches_place",
        "place_kind",
        "place_id",
        "criterion_kind",
        "criterion_key",
        "condition_key",
        unique=True,
    ),
    Index("watches_guild_id", "guild_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

WATCHES_VERSION = "watches_version"
"""The state that counts changes of watches: what was made of them is good while it stays."""

WATCH_TRIGGERS = tuple(
    f"CREATE TRIGGER watches_after_{change} AFTER {change.upper()} ON watches BEGIN"  # noqa: S608 -- our words
    f" INSERT INTO states (key, value) VALUES ('{WATCHES_VERSION}', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT); END"
    for change in ("insert", "update", "delete")
)
"""They count whoever writes, in whichever process."""

SHELF_TRIGGERS = tuple(
    f"CREATE TRIGGER library_after_{change} AFTER {change.upper()}{columns} ON library"  # noqa: S608 -- our words
    " WHEN EXISTS (SELECT 1 FROM watches WHERE criterion_kind = 'shelf' AND (guild_id ="
    f" {row}.shelf_id OR (place_kind = 'direct' AND place_id = {row}.shelf_id))) BEGIN"
    f" INSERT INTO states (key, value) VALUES ('{WATCHES_VERSION}', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT); END"
    for change, columns, row in (
        ("insert", "", "new"),
        ("update", " OF paper_id", "new"),
        ("delete", "", "old"),
    )
)
"""What is saved or taken off changes the watches of what is similar to that list."""

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("state", Text, nullable=False),
    Column("claimed_at", UtcMoment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcMoment, nullable=False),
    Column("message_id", BIG),
    Column("sent_at", UtcMoment),
    Column("digest", Integer, nullable=False, server_default="0"),
    # The digest that says that this message may have been missed.
    Column("told_in", Integer),
    # An id is never given twice: it makes the nonce and the button of a message.
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("announcements_state", announcements.c.state, announcements.c.place_kind, announcements.c.place_id)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("held_at", UtcMoment),
    Column("announcement_id", Integer, ForeignKey("announcements.id")),
    Column("due_at", UtcMoment, nullable=False, server_default="0"),
    # 0: a message of its own; 1: in a digest; 2: in a digest, as the rest of a day.
    Column("digest", Integer, nullable=False, server_default="0"),
    Index("deliveries_place_paper", "place_kind", "place_id", "paper_id", unique=True),
    Index("deliveries_paper_id", "paper_id"),
    Index("deliveries_announcement_id", "announcement_id"),
    sqlite_strict=True,
)
Index(
    "deliveries_waiting",
    deliveries.c.state,
    deliveries.c.place_kind,
    deliveries.c.place_id,
    deliveries.c.guild_id,
    deliveries.c.digest,
    deliveries.c.due_at,
    deliveries.c.id,
    sqlite_where=deliveries.c.announcement_id.is_(None),
)
Index("deliveries_state", deliveries.c.state, deliveries.c.place_kind, deliveries.c.place_id)

delivery_watches = Table(
    "delivery_watches",
    metadata,
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), nullable=False),
    Column("watch_id", Integer, nullable=False),
    Column("label", Text, nullable=False),
    PrimaryKeyConstraint("delivery_id", "watch_id"),
    Index("delivery_watches_watch_id", "watch_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The watches that wanted a delivery, with what they were called then."""

revisions = Table(
    "revisions",
    metadata,
    # An id is never given twice: it makes the nonce and the button of an answer.
    Column("id", Integer, primary_key=True),
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    # What a reader notices, as JSON; an empty list where the message is only brought up to date.
    Column("changes", Text, nullable=False),
    Column("former_title", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The first of those that are told together, from their first try on.
    Column("told_as", Integer),
    Column("claimed_at", UtcMoment),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcMoment, nullable=False),
    # The message that answers the announcement, where there is one.
    Column("answer_id", BIG),
    Index("revisions_delivery_id", "delivery_id"),
    Index("revisions_told_as", "told_as"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("revisions_waiting", revisions.c.state, sqlite_where=revisions.c.state.in_(("due", "sending")))
"""What became different of papers after they were announced, and whether their places know."""

feed_states = Table(
    "feed_states",
    metadata,
    Column("categories", Text, primary_key=True, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

mailings = Table(
    "mailings",
    metadata,
    # The day of the feed in New York, as text that sorts.
    Column("day", Text, nullable=False),
    Column("categories", Text, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("filled", Integer, nullable=False),
    PrimaryKeyConstraint("day", "categories"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Which day's announcement of which categories came into the catalogue, and how."""

states = Table(
    "states",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False, unique=True),
    sqlite_strict=True,
)

choices = Table(
    "choices",
    metadata,
    Column("person_id", BIG, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    PrimaryKeyConstraint("person_id", "name_key"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("source", Text, nullable=False),
    Column("day", Text, nullable=False),
    # In the source's own unit: calls, or millionths of a dollar.
    Column("spent", Integer, nullable=False),
    Column("told_limit", Integer),
    Column("told_left", Integer),
    Column("rests_until", UtcMoment),
    Column("gained", Integer, nullable=False),
    PrimaryKeyConstraint("source", "day"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""What each source cost and brought on each day, UTC."""

enrichments = Table(
    "enrichments",
    metadata,
    Column("source", Text, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("due_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("source", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""When a source is to be asked about a paper again; without a row it was never asked."""

looks = Table(
    "looks",
    metadata,
    Column("paper_id", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("looked_at", UtcMoment, nullable=False),
    Index("looks_looked_at", "looked_at"),
    sqlite_strict=True,
)
"""How often cards of a paper were shown: never by whom."""

library = Table(
    "library",
    metadata,
    Column("shelf_kind", Text, nullable=False),
    Column("shelf_id", BIG, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    # NULL where the person asked to be forgotten.
    Column("saved_by", BIG),
    Column("saved_at", UtcMoment, nullable=False),
    # The message of the weekly picks that carries it.
    Column("picked_in", Integer),
    PrimaryKeyConstraint("shelf_kind", "shelf_id", "paper_id"),
    Index("library_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

library_votes = Table(
    "library_votes",
    metadata,
    Column("shelf_kind", Text, nullable=False),
    Column("shelf_id", BIG, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("person_id", BIG, nullable=False),
    PrimaryKeyConstraint("shelf_kind", "shelf_id", "paper_id", "person_id"),
    ForeignKeyConstraint(
        ["shelf_kind", "shelf_id", "paper_id"],
        ["library.shelf_kind", "library.shelf_id", "library.paper_id"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    Index("library_votes_person_id", "person_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
paper_numbers = Table(
    "paper_numbers",
    metadata,
    Column("paper_id", Integer, primary_key=True),
    # What the numbers from its text were made with: the model and the catalogue's size class; empty before.
    Column("basis", Text, nullable=False),
    Column("scored_on", Text),
    # Why the text can't be compared, or no forecast made; see `bot.domain.numbers.Missing`.
    Column("fault", Text),
    Column("forecast_fault", Text),
    Column("distance", REAL),
    Column("nearest", REAL),
    Column("prior_papers", Integer),
    # The nearest earlier papers as JSON pairs of id and cosine.
    Column("near", Text),
    Column("prediction", REAL),
    # The model, what it looked at, and the parts of its prediction, as JSON.
    Column("prediction_by", Text),
    # Percentiles in the cohorts of the same key in `cohorts`, or why there is none.
    Column("novelty", Integer),
    Column("novelty_in", Text),
    Column("novelty_missing", Text),
    Column("forecast", Integer),
    Column("forecast_in", Text),
    Column("forecast_missing", Text),
    # What became of papers forecast so: mean, interval, share in the top tenth, as JSON.
    Column("outlook", Text),
    Column("impact", Integer),
    Column("impact_in", Text),
    Column("impact_missing", Text),
    # Forecast or Impact, whichever the paper's age asks for.
    Column("score", Integer),
    # What feeds are ordered by: 14 log2(expected percentile) + its day, which orders as Rank does.
    Column("trend", REAL),
    Index("paper_numbers_basis", "basis", "paper_id"),
    sqlite_strict=True,
)
Index("paper_numbers_score", paper_numbers.c.score, sqlite_where=paper_numbers.c.score.is_not(None))
Index("paper_numbers_novelty", paper_numbers.c.novelty, sqlite_where=paper_numbers.c.novelty.is_not(None))
"""The numbers Hoopoe makes of each paper: from its text, and where these stand in its cohort."""

cohorts = Table(
    "cohorts",
    metadata,
    Column("number", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("counted_on", Text, nullable=False),
    PrimaryKeyConstraint("number", "key"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""How many papers each cohort had when a number's standings in it were last worked out."""

unscored = Table(
    "unscored",
    metadata,
    Column("dated_at", BIG, nullable=False),
    Column("paper_id", Integer, nullable=False),
    PrimaryKeyConstraint("dated_at", "paper_id"),
    Index("unscored_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Papers whose text is new or changed, by their date in microseconds."""

unplaced = Table(
    "unplaced",
    metadata,
    # The first month, counted from the year 0, and how many: 3, or 12 for papers without category.
    Column("start", Integer, nullable=False),
    Column("months", Integer, nullable=False),
    PrimaryKeyConstraint("start", "months"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Times in which something changed that percentiles are made of."""

_QUEUE = "INSERT OR IGNORE INTO unscored (dated_at, paper_id) VALUES (coalesce(new.dated_at, 0), new.id);"
_YEAR = "CAST(strftime('%Y', new.dated_at / 1000000, 'unixepoch') AS INTEGER) * 12"
_QUARTER = "(CAST(strftime('%m', new.dated_at / 1000000, 'unixepoch') AS INTEGER) - 1) / 3 * 3"
_PLACE = (
    "INSERT OR IGNORE INTO unplaced (start, months)"
    f" SELECT {_YEAR} + CASE WHEN new.primary_category IS NULL THEN 0 ELSE {_QUARTER} END,"
    " CASE WHEN new.primary_category IS NULL THEN 12 ELSE 3 END WHERE new.dated_at IS NOT NULL;"
)
_DIFFERS = " OR ".join(
    f"new.{name} IS NOT old.{name}" for name in ("title", "abstract", "primary_category", "venue", "dated_at")
)

NUMBER_TRIGGERS = (
    f"CREATE TRIGGER papers_unscored AFTER INSERT ON papers BEGIN {_QUEUE} END",
    "CREATE TRIGGER papers_cited AFTER INSERT ON papers"
    f" WHEN new.citation_count IS NOT NULL BEGIN {_PLACE} END",
    f"CREATE TRIGGER papers_reworded AFTER UPDATE ON papers WHEN {_DIFFERS} BEGIN {_QUEUE} {_PLACE} END",
    "CREATE TRIGGER papers_recited AFTER UPDATE ON papers"
    f" WHEN new.citation_count IS NOT old.citation_count BEGIN {_PLACE} END",
    "CREATE TRIGGER papers_gone AFTER DELETE ON papers BEGIN"
    " DELETE FROM paper_numbers WHERE paper_id = old.id; DELETE FROM unscored WHERE paper_id = old.id; END",
)
"""They notice what numbers are made of, whoever writes it."""

TEXT_INDEX = (
    "CREATE VIRTUAL TABLE papers_index USING fts5("
    "title, abstract, authors, categories, content='', tokenize='unicode61')"
)
"""Full text without a copy of the text: it holds folded words, `papers` the text itself."""

WORD_INDEX = "CREATE VIRTUAL TABLE papers_words USING fts5vocab('papers_index', 'row')"
"""The words of the text index, with the number of papers that have each."""

welcomes = Table(
    "welcomes",
    metadata,
    Column("guild_id", BIG, primary_key=True, autoincrement=False),
    Column("met_at", UtcMoment, nullable=False),
    # When a process began to send the message; NULL while none does.
    Column("claimed_at", UtcMoment),
    Column("settled", Integer, nullable=False),
    sqlite_strict=True,
)
"""Servers the bot has met: once settled, it never introduces itself there again."""

reading_picks = Table(
    "reading_picks",
    metadata,
    Column("guild_id", BIG, primary_key=True, autoincrement=False),
    Column("channel_id", BIG, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    # NULL after the channel could not be written to any more.
    Column("next_at", UtcMoment),
    sqlite_strict=True,
)
"""When servers' reading lists have their weekly picks; see `bot.storage.picks`."""

Index("library_picked_in", library.c.picked_in, sqlite_where=library.c.picked_in.is_not(None))
