"""What is stored about a person, and that nothing of it is left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.domain.library import Shelf, ShelfKind
from bot.domain.privacy import language_key
from bot.domain.schedule import Hours, hours_key
from bot.domain.search import ListRequest, Sort
from bot.domain.watches import Place, PlaceKind
from bot.storage import Stores, codec
from tests.contract.storage.mailing import deliver
from tests.factories import NOW, make_author, make_category_watch, make_paper

ANN, BO = 987654321987, 2
DIRECT = Place(kind=PlaceKind.DIRECT, id=ANN)
CHANNEL = Place(kind=PlaceKind.CHANNEL, id=600, guild_id=500)
SERVER = Shelf(kind=ShelfKind.SERVER, id=500)
OWN = Shelf(kind=ShelfKind.PERSON, id=ANN)


async def furnish(stores: Stores) -> int:
    """Store something of every kind for Ann; return the paper's id."""
    (paper,) = await stores.papers.save_papers([make_paper(id=None)])
    author = await stores.authors.save_author(make_author(id=None))
    watches = [
        await stores.watches.save_watch(make_category_watch(id=None, owner_id=ANN, place=place))
        for place in (DIRECT, CHANNEL)
    ]
    # One announced, one that still waits.
    await deliver(stores, 1, watches)
    await stores.deliveries.claim_due(NOW)
    await deliver(stores, 2, watches)
    await stores.authors.remember_choice(ANN, "Sasha Luccioni", author.id or 0)
    for shelf in (SERVER, OWN):
        await stores.library.save_to_shelf(shelf, paper.id or 0, ANN, NOW)
    await stores.library.toggle_vote(SERVER, paper.id or 0, ANN)
    await stores.library.toggle_vote(SERVER, paper.id or 0, BO)
    await stores.state.set_state(hours_key(DIRECT), codec.encode(Hours(time_zone="Europe/Berlin")))
    await stores.state.set_state(language_key(ANN), "de")
    await stores.state.keep_request(ListRequest(title="Your reading list", shelf=OWN))
    return paper.id or 0


async def test_export_holds_everything_of_the_person_alone(stores: Stores) -> None:
    await furnish(stores)
    data = await stores.privacy.export_person(ANN)
    assert {watch.place for watch in data.watches} == {DIRECT, CHANNEL}
    assert [(name, author.name) for name, author in data.choices] == [("sasha luccioni", "Sasha Luccioni")]
    assert {(one.shelf, one.saved, one.voted) for one in data.shelved} == {
        (SERVER, True, True),
        (OWN, True, False),
    }
    assert data.hours == Hours(time_zone="Europe/Berlin")
    assert data.language == "de"
    other = await stores.privacy.export_person(BO)
    assert (other.watches, other.choices, len(other.shelved), other.hours) == ((), (), 1, None)


async def test_forgotten_person_is_nowhere_in_the_file(stores: Stores, file: Path) -> None:
    await furnish(stores)
    await stores.privacy.forget_person(ANN)
    with sqlite3.connect(file) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [
            (table, row)
            for table in tables
            if not table.startswith("papers_index")
            for row in connection.execute(f'SELECT * FROM "{table}"')
            if str(ANN) in str(row)
        ]
    assert found == []


async def test_forgotten_person_leaves_what_the_server_has(stores: Stores) -> None:
    paper_id = await furnish(stores)
    await stores.privacy.forget_person(ANN)
    assert [watch.place for watch in await stores.watches.list_watches()] == [CHANNEL]
    page = await stores.library.read_shelf(SERVER, sort=Sort.VOTES, limit=5)
    assert ([paper.id for paper in page.papers], page.figures) == ([paper_id], (1,))
