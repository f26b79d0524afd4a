"""All stores over one open database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.storage.accounts import Accounts
from bot.storage.catalogue.enrichments import Enrichments
from bot.storage.catalogue.papers import Papers
from bot.storage.database import Database
from bot.storage.incoming.citations import Citations
from bot.storage.incoming.harvests import Harvests
from bot.storage.incoming.imports import Imports
from bot.storage.library import Library
from bot.storage.numbers.numbers import Numbers
from bot.storage.outgoing.deliveries import Deliveries
from bot.storage.outgoing.revisions import Revisions
from bot.storage.outgoing.shards import Shards
from bot.storage.outgoing.watches import Watches
from bot.storage.people.authors import Authors
from bot.storage.picks import Picks
from bot.storage.privacy import Privacy
from bot.storage.state import State
from bot.storage.welcomes import Welcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What the services need from storage."""

    papers: Papers
    authors: Authors
    watches: Watches
    harvests: Harvests
    deliveries: Deliveries
    revisions: Revisions
    library: Library
    privacy: Privacy
    state: State
    imports: Imports
    accounts: Accounts
    enrichments: Enrichments
    numbers: Numbers
    welcomes: Welcomes
    citations: Citations
    picks: Picks


def _now() -> datetime:
    return datetime.now(UTC)


def open_stores(
    database: Database, *, shards: Shards | None = None, clock: Callable[[], datetime] = _now
) -> Stores:
    """Return the stores; `shards` are this process's where several share the file."""
    return Stores(
        papers=Papers(database),
        authors=Authors(database),
        watches=Watches(database, clock),
        harvests=Harvests(database),
        deliveries=Deliveries(database, shards),
        revisions=Revisions(database, shards),
        library=Library(database),
        privacy=Privacy(database),
        state=State(database),
        imports=Imports(database),
        accounts=Accounts(database),
        enrichments=Enrichments(database),
        numbers=Numbers(database),
        welcomes=Welcomes(database),
        citations=Citations(database),
        picks=Picks(database),
    )
