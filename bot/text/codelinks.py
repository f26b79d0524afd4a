"""Finds the repository a paper's code lives in, in what its authors wrote."""

from __future__ import annotations

import re

_REPOSITORY = re.compile(
    r"""(?<![\w.@-])(?:https?://)?(?:www\.)?
    (?: (?P<host>github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com)
        /(?P<owner>[\w.-]{1,100})/(?P<name>[\w.-]{1,100})
        (?P<path>/(?:-/)?(?:tree|blob|src)/[\w./~%+-]{1,200})?
      | (?P<other>(?:gitlab\.[\w.-]{2,60}|git\.sr\.ht|anonymous\.4open\.science|sourceforge\.net/projects)
        /[\w./~%+-]{2,200})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Pages of the hosts themselves where an owner would stand.
_NO_OWNERS = frozenset(
    {"about", "apps", "collections", "explore", "features", "login", "marketplace", "orgs", "search",
     "settings", "site", "sponsors", "stars", "topics", "trending", "users"}
)  # fmt: skip
_SPEAKS_OF_CODE = re.compile(
    r"code|implement|software|sourc|repo|availab|releas|publish|project|toolkit|script", re.I
)
_TEX_ESCAPE = re.compile(r"\{?\\([_%#&~-])\}?")
_CONTEXT = 120


def find_code_url(*texts: str) -> str | None:
    """Return the first repository that the texts name, one offered as the paper's code preferred."""
    fallback = None
    for text in texts:
        if "/" not in text:
            continue
        text = _TEX_ESCAPE.sub(r"\1", text[:50_000])
        for match in _REPOSITORY.finditer(text):
            url = _url(match)
            if url is None:
                continue
            if _SPEAKS_OF_CODE.search(text, max(0, match.start() - _CONTEXT), match.start()):
                return url
            fallback = fallback or url
    return fallback


def _url(match: re.Match[str]) -> str | None:
    """Write the repository's address in one form."""
    if match["other"]:
        host, _, path = match["other"].partition("/")
        path = path.rstrip(".-/%+~")
        return f"https://{host.lower()}/{path}" if path else None
    owner, name = match["owner"], match["name"].rstrip(".-")
    name = name[:-4] if name.lower().endswith(".git") else name
    if not name.strip("._-") or not owner.strip("._-") or owner.lower() in _NO_OWNERS:
        return None
    path = (match["path"] or "").rstrip("./%+~-")
    return f"https://{match['host'].lower()}/{owner}/{name}{path}"
