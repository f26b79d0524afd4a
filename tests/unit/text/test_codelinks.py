"""The repository that authors name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.codelinks import find_code_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://github.com/owner/repo.", "https://github.com/owner/repo"),
        ("Code at github.com/Owner/Repo.git)", "https://github.com/Owner/Repo"),
        ("(http://www.GitHub.com/owner/repo/)", "https://github.com/owner/repo"),
        ("https://github.com/a/b/tree/main/sub/dir", "https://github.com/a/b/tree/main/sub/dir"),
        ("https://github.com/a/b#readme", "https://github.com/a/b"),
        (r"\url{https://github.com/a/b\_c}", "https://github.com/a/b_c"),
        (r"\href{https://github.com/a/b}{code}", "https://github.com/a/b"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b"),
        ("https://gitlab.inria.fr/team/tool.", "https://gitlab.inria.fr/team/tool"),
        ("https://bitbucket.org/a/b and https://codeberg.org/c/d", "https://bitbucket.org/a/b"),
        ("https://anonymous.4open.science/r/tool-1234", "https://anonymous.4open.science/r/tool-1234"),
        ("We extend x/y from github.com/x/y. " + "z " * 80 + "Our code: github.com/a/b", "https://github.com/a/b"),
        ("https://github.com/owner", None),
        ("https://github.com/features/actions", None),
        ("https://example.org/github.com/a/b", "https://github.com/a/b"),
        ("me@github.com/a/b", None),
        ("https://notgithub.com/a/b", None),
        ("İ/ " * 9 + r"code: \url{https://github.com/a\_b/c}", "https://github.com/a_b/c"),
        ("code: https://www.github.com/a/b, and " + "z " * 99, "https://github.com/a/b"),
        ("https://team.github.io/page/ and gitlab/x", None),
        ("no link, 3/4", None),
        ("", None),
    ],
)  # fmt: skip
def test_find_code_url_forms(text: str, expected: str | None) -> None:
    assert find_code_url(text) == expected


def test_find_code_url_several_texts_first_offer_wins() -> None:
    assert (
        find_code_url("", "see https://github.com/a/b", "code: https://github.com/c/d")
        == "https://github.com/c/d"
    )


@given(st.text(max_size=200))
def test_find_code_url_any_text_never_raises(text: str) -> None:
    found = find_code_url(text, f"code: https://github.com/a/b {text}")

    assert found is not None
    assert found.startswith("https://")
