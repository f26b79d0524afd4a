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
# How the addresses begin that the pattern finds.
_HOSTS = (
    "github.com/", "gitlab.", "bitbucket.org/", "codeberg.org/", "gitee.com/", "git.sr.ht/",
    "anonymous.4open.science/", "sourceforge.net/projects/",
)  # fmt: skip
_BEFORE_HOST = len("https://www.")
_LONGEST_HOST = 80
# Pages of the hosts themselves where an owner would stand.
_NO_OWNERS = frozenset(
    {"about", "apps", "collections", "explore", "features", "login", "marketplace", "orgs", "search",
     "settings", "site", "sponsors", "stars", "topics", "trending", "users"}
)  # fmt: skip
_OF_CODE = (
    "code", "availab", "implement", "software", "sourc", "repo", "releas", "publish", "project", "toolkit",
    "script",
)  # fmt: skip
_TEX_ESCAPE = re.compile(r"\{?\\([_%#&~-])\}?")
_CONTEXT = 120
_LONGEST = 50_000


def find_code_url(*texts: str) -> str | None:
    """Return the first repository that the texts name, one offered as the paper's code preferred."""
    fallback = None
    for text in texts:
        text = text[:_LONGEST]
        if "/" not in text or (first := _first_host(text)) is None:
            continue
        start = max(first - _BEFORE_HOST, 0)
        if "\\" in text:
            text = text[:start] + _TEX_ESCAPE.sub(r"\1", text[start:])
        for match in _REPOSITORY.finditer(text, start):
            url = _url(match)
            if url is None:
                continue
            before = text[max(match.start() - _CONTEXT, 0) : match.start()].lower()
            if any(word in before for word in _OF_CODE):
                return url
            fallback = fallback or url
    return fallback


def _first_host(text: str) -> int | None:
    """Return where the first host of repositories stands, or a place before it; None without any."""
    # Four abstracts of five name none, and looking for words is cheaper than any pattern.
    lower, start = text.lower(), max(text.find("/") - _LONGEST_HOST, 0)
    places = [place for host in _HOSTS if (place := lower.find(host, start)) >= 0]
    if not places:
        return None
    # Beyond ASCII, lower case may be longer: its places are not the text's.
    return min(places) if text.isascii() else 0


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
