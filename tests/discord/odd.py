"""What people type by accident or on purpose: values for every option, and sentences for direct messages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

LONGEST = 6000
"""The most characters that Discord takes in an option without a limit of its own."""

ODD = (
    "",
    " ",
    "\n\t ",
    "🦤🦤🦤",
    "👩🏽‍🔬 e\u0301\u0301\u0301",
    "\u202egnihton\u202c \u200b\u200e",
    "السلام عليكم",
    "量子计算",
    "**bold** _it_ ~~no~~ ||secret|| `code` ```block",
    "[click](https://evil.example) <https://evil.example>",
    "@everyone @here <@1> <@&1> <#1> <:x:1> </help:1>",
    "'; DROP TABLE papers; --",
    '" OR 1=1 --',
    'NEAR(a b, 5) AND "',
    "ti: abs: au:",
    "* ** a* -",
    "((((((((((",
    "NOT NOT NOT x",
    "a AND (b OR",
    "{0} {name} %s %d",
    "\\",
    "\x00\x01\x7f",
    "$\\frac{1}{2}$ \\LaTeX",
    "0",
    "-1",
    "1e999",
    "99999999999999999999999",
    "٣٤",
    "²",
    "None",
    "null",
)
PAPERS = (
    "2306.05949",
    "arXiv:2306.05949v9",
    "2306.0594",
    "2313.99999",
    "math/0309136",
    "hep-th/9901001v1",
    "https://arxiv.org/abs/2306.05949",
    "https://arxiv.org/pdf/9999.99999",
    "https://doi.org/10.48550/arXiv.2306.05949",
    "10.1000/",
    "10.1145/3287560.3287596",
    "https://openalex.org/W999999999999999",
    "W0",
    "https://example.com/",
    "Evaluating the Social Impact of Generative AI Systems in Systems and Society",
    "Evaluating the Socal Impact",
)
PEOPLE = (
    "Sasha Luccioni",
    "sasha lucioni",
    "Wei Zhang",
    "Luccioni, S.",
    "0000-0001-6238-7050",
    "0000-0001-6238-7051",
    "https://orcid.org/0000-0000-0000-0000",
    "A5023888391",
    "A0",
    "X",
    "Nobody Anywhere",
)
CATEGORIES = ("cs.CY", "cs", "math", "cs.ZZ", "computers and socety", "CS.cy")
DAYS = ("2024", "last month", "2025-02-30", "0000", "99999-01-01", "tomorrow", "May", "until 2020")
NUMBERS = ("1", "2", "#1", "0", "-5", "1.5", "999999999999999999")
QUERIES = ('"green ai" OR carbon*', "energy", "ti:energy -model", "au:luccioni", "of OR the")
ZONES = ("Europe/Berlin", "Mars/Olympus", "UTC+25", "../../etc/passwd")
QUIET = ("22-7", "off", "25-3", "7-7", "-")

LIKELY = {
    "paper": PAPERS,
    "similar": PAPERS,
    "category": CATEGORIES,
    "since": DAYS,
    "until": DAYS,
    "watch": NUMBERS,
    "query": QUERIES,
    "topic": QUERIES,
    "exclude": QUERIES,
    "time_zone": ZONES,
    "quiet": QUIET,
    **dict.fromkeys(("name", "author", "first", "second", "third", "fourth"), PEOPLE),
}
"""What is often near to right for an option of this name; any other gets odd values alone."""

SENTENCES = (
    "{person}",
    "{paper}",
    "papers by {person} since {day} with code",
    "new in {category} this week",
    "similar to {paper}",
    "compare {person} and {other}",
    "cite {paper} in APA",
    "follow {person}",
    'follow "{query}"',
    "follow {category}",
    "unfollow {category}",
    "unfollow everything",
    "pause {category}",
    "resume {category}",
    "following",
    "who works with {person}?",
    "trending in {category} this month",
    "save {paper}",
    "my reading list",
    "export my list as RIS",
    "papers about {query}",
    "more",
    "the second one",
    "the {number}th",
    "only with code",
    "cite it",
    "similar",
    "her papers",
    "follow her",
    "my data",
    "help",
    "status",
    "thanks",
)


@dataclass(frozen=True)
class Step:
    """One thing that somebody does; `places` choose among what is there at that moment."""

    kind: str
    name: str = ""
    options: Json = field(default_factory=dict)
    text: str = ""
    places: tuple[int, int, int] = (0, 0, 0)


def slash_commands() -> dict[str, list[Json]]:
    """Return the options of every command and sub-command by its name, from what Discord is sent."""
    text = Path(__file__).with_name("commands.json").read_text(encoding="utf-8")
    found: dict[str, list[Json]] = {}
    for command in json.loads(text):
        if command["type"] != 1:
            continue
        subs = [option for option in command.get("options", ()) if option["type"] == 1]
        for sub in subs:
            found[f"{command['name']} {sub['name']}"] = sub.get("options", [])
        if not subs:
            found[command["name"]] = command.get("options", [])
    return found


COMMANDS = slash_commands()


def texts(likely: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """Return what may stand where a text is asked for."""
    return st.one_of(
        *([st.sampled_from(likely)] * 2 if likely else []),
        st.sampled_from(ODD),
        st.text(max_size=40),
    )


def values(option: Json) -> st.SearchStrategy[Any]:
    """Return values for an option: right ones, odd ones, too long ones, and choices that are no more."""
    kind = option["type"]
    if kind == 3:
        if option.get("choices"):
            return st.sampled_from([choice["value"] for choice in option["choices"]] + ["stale", ""])
        longest = option.get("max_length") or LONGEST
        long = st.sampled_from(ODD[3:]).map(lambda text: text * (longest // len(text) + 1))
        return st.one_of(
            texts(LIKELY.get(option["name"], ())),
            texts(LIKELY.get(option["name"], ())),
            long.map(lambda text: text[:longest]),
            long.map(lambda text: text[: longest + 1]),
        )
    if kind == 4:
        if option.get("choices"):
            return st.sampled_from([choice["value"] for choice in option["choices"]] + [-7])
        return st.integers(option.get("min_value", 0) - 1, option.get("max_value", 100) + 1)
    if kind == 10:
        return st.floats(option.get("min_value", 0) - 1, option.get("max_value", 100) + 1)
    if kind == 5:
        return st.booleans()
    # A channel or a role: which one, of those that are there.
    return st.integers(0, 9)


@st.composite
def slashes(draw: st.DrawFn, kind: str = "slash") -> Step:
    """Return a command with all options that it must have, and some of the others."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    options = {
        option["name"]: draw(values(option))
        for option in COMMANDS[name]
        if option.get("required") or draw(st.integers(0, 2)) == 0
    }
    return Step(kind=kind, name=name, options=options, places=draw(_PLACES))


@st.composite
def typings(draw: st.DrawFn) -> Step:
    """Return what somebody has typed of an option that is completed."""
    name = draw(st.sampled_from([n for n in sorted(COMMANDS) if any(map(_completes, COMMANDS[n]))]))
    option = draw(st.sampled_from([one for one in COMMANDS[name] if _completes(one)]))
    typed = draw(texts(LIKELY.get(option["name"], ())))
    return Step(kind="type", name=name, options={"": option["name"]}, text=typed, places=draw(_PLACES))


@st.composite
def messages(draw: st.DrawFn) -> Step:
    """Return a direct message: a wish with odd values in its places, or only an odd value."""
    wish = draw(st.sampled_from((*SENTENCES, "{odd}", "{odd}", "{odd} {person}")))
    text = wish.format(
        person=draw(texts(PEOPLE)),
        other=draw(texts(PEOPLE)),
        paper=draw(texts(PAPERS)),
        day=draw(texts(DAYS)),
        category=draw(texts(CATEGORIES)),
        query=draw(texts(QUERIES)),
        number=draw(texts(NUMBERS)),
        odd=draw(texts()),
    )
    return Step(kind="say", text=text[:2000])


def _completes(option: Json) -> bool:
    return bool(option.get("autocomplete"))


_PLACES = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 30))

touches = st.builds(Step, kind=st.just("touch"), text=texts(), places=_PLACES)
"""A button or menu of any message so far, pressed by anybody; `text` is for a form that it opens."""

weathers = st.builds(
    Step,
    kind=st.just("weather"),
    name=st.sampled_from(("fine", "arXiv down", "OpenAlex down", "down", "changed", "slow down", "spent")),
)
"""How the sources behave from here on."""

days = st.lists(
    st.one_of(slashes(), slashes(), slashes(), messages(), messages(), touches, touches, typings(), weathers),
    min_size=1,
    max_size=12,
)
"""What happens to a bot one after another."""
