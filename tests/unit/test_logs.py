"""Logging: one line a record, with the context of the moment it was made in."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from bot.logs import log_context, logging_to_stderr


def test_text_log_is_one_line_with_context(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_stderr("INFO", "text"), log_context(guild=7), log_context(command="/author"):
        logging.getLogger("bot.test").info("looked up papers=%s\nnot a new line", 3)

    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("INFO    bot.test: looked up papers=3\\nnot a new line guild=7 command=/author")


def test_json_log_is_one_object_a_line_with_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_stderr("INFO", "json"), log_context(guild=7):
        try:
            raise RuntimeError("broken")
        except RuntimeError:
            logging.getLogger("bot.test").exception("failed")

    [line] = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["event"], entry["guild"]) == ("error", "failed", 7)
    assert "RuntimeError: broken" in entry["error"]


def test_context_ends_where_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_stderr():
        with log_context(guild=7):
            pass
        logging.getLogger("bot.test").info("later")

    assert "guild" not in capsys.readouterr().err


def test_missing_voice_of_which_nobody_hears_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_stderr():
        logging.getLogger("discord.client").warning("PyNaCl is not installed, voice will NOT be supported")
        logging.getLogger("discord.client").warning("Shard ID %s is slow", 1)

    assert [line.rpartition(": ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "Shard ID 1 is slow"
    ]


def test_libraries_that_log_addresses_stay_quiet_even_when_debugging(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_to_stderr("DEBUG"):
        logging.getLogger("httpx").info("GET https://api.openalex.org?api_key=very-secret")
        logging.getLogger("bot.test").debug("asked")

    assert [line.rpartition(": ")[2] for line in capsys.readouterr().err.splitlines()] == ["asked"]


def test_transaction_that_the_end_cuts_short_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    pool = logging.getLogger("sqlalchemy.pool.impl.AsyncAdaptedQueuePool")
    with logging_to_stderr():
        for error in (asyncio.CancelledError(), OSError("disk")):
            pool.error("Exception during reset or similar", exc_info=error)

    shown = capsys.readouterr().err
    assert "OSError: disk" in shown
    assert "CancelledError" not in shown
