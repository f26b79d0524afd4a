"""What a server's watch can bring along: a ping, a thread."""

from __future__ import annotations

import pytest

from bot.domain.orders import OFF, ON, Setting
from bot.domain.watches import Place, PlaceKind
from bot.errors import InvalidInput
from bot.services.watches.changes import changed, settings_of
from tests.factories import make_watch


@pytest.mark.parametrize("text", ["123", "<@&123>"])
def test_changed_role_is_read_as_number_or_mention(text: str) -> None:
    assert changed(make_watch(), Setting.ROLE, text).manner.role_id == 123


def test_changed_role_is_taken_away_by_nothing() -> None:
    watch = changed(make_watch(), Setting.ROLE, "123")
    assert changed(watch, Setting.ROLE, "").manner.role_id is None


@pytest.mark.parametrize("text", ["@everyone", "readers", "<@123>", "1" * 25])
def test_changed_role_that_is_none_says_what_to_write(text: str) -> None:
    with pytest.raises(InvalidInput, match="name of a role"):
        changed(make_watch(), Setting.ROLE, text)


def test_changed_thread_is_turned_on_and_off() -> None:
    watch = changed(make_watch(), Setting.THREAD, ON)
    assert watch.manner.thread
    assert not changed(watch, Setting.THREAD, OFF).manner.thread


def test_settings_of_direct_messages_have_neither_role_nor_thread() -> None:
    direct = make_watch(place=Place(kind=PlaceKind.DIRECT, id=4))
    assert {Setting.ROLE, Setting.THREAD} <= settings_of(make_watch()).keys()
    assert not {Setting.ROLE, Setting.THREAD} & settings_of(direct).keys()
