"""The pages name tests as proof: each that is named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def known_tests() -> set[str]:
    """Return the names of all tests."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tests_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    files = set(re.findall(r"tests/[\w/]+\.py", text))
    assert set(re.findall(r"`(test_\w+)`", text)) - known_tests() == set()
    assert [file for file in files if not (ROOT / file).exists()] == []
