"""How long a service is left alone, and that this outlives the process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sources.circuit import Circuit

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def _rests(circuit: Circuit, failures: int) -> list[float]:
    rests = []
    for _ in range(failures):
        circuit.failed(NOW)
        until = circuit.rests_until(NOW)
        rests.append((until - NOW).total_seconds() if until else 0)
    return rests


def test_circuit_opens_after_three_failures_and_doubles_its_rests() -> None:
    circuit = Circuit(chance=lambda: 0)

    assert _rests(circuit, 8) == [0, 0, 30, 60, 120, 240, 300, 300]

    circuit.succeeded()

    assert circuit.rests_until(NOW) is None
    assert not circuit.is_open


def test_rest_before_the_circuit_opens_is_half_of_the_next() -> None:
    circuit = Circuit(timedelta(seconds=12), timedelta(minutes=30), chance=lambda: 0)

    assert [circuit.failed(NOW).total_seconds() for _ in range(4)] == [3, 6, 12, 24]


def test_rest_varies_but_never_exceeds_the_longest() -> None:
    circuit = Circuit(timedelta(seconds=40), timedelta(seconds=100), chance=lambda: 1)

    assert _rests(circuit, 5) == [0, 0, 50, 100, 100]


def test_circuit_does_not_outlast_a_clock_that_was_set_back() -> None:
    circuit = Circuit()
    _rests(circuit, 3)

    assert circuit.rests_until(NOW - timedelta(days=1)) is None


def test_score_outlives_the_process_and_goes_on_doubling(tmp_path: Path) -> None:
    path = tmp_path / "score"
    _rests(Circuit(path=path, chance=lambda: 0), 4)

    after = Circuit(path=path, chance=lambda: 0)

    assert after.is_open
    assert after.rests_until(NOW) == NOW + timedelta(seconds=60)
    assert _rests(after, 1) == [120]


def test_answer_to_another_process_closes_the_circuit_here(tmp_path: Path) -> None:
    path = tmp_path / "score"
    here, there = Circuit(path=path), Circuit(path=path)
    _rests(here, 3)
    assert there.rests_until(NOW)

    there.succeeded()

    assert here.rests_until(NOW) is None
    assert not path.exists()


def test_failures_below_the_limit_are_counted_without_a_file(tmp_path: Path) -> None:
    circuit = Circuit(path=tmp_path / "score", chance=lambda: 0)

    assert _rests(circuit, 3) == [0, 0, 30]


def test_torn_score_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "score"
    path.write_text("7 never")

    assert Circuit(path=path).rests_until(NOW) is None


def test_score_that_cannot_be_kept_counts_in_this_process(tmp_path: Path) -> None:
    circuit = Circuit(path=tmp_path / "missing" / "score", chance=lambda: 0)

    assert _rests(circuit, 4) == [0, 0, 30, 60]
