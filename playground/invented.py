"""Invented papers and people: put together from parts by a seed, dated relative to a day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from importlib import resources
from random import Random
from typing import Any

from bot.domain.authors import Author
from bot.domain.figures import Figure, YearCount
from bot.domain.identifiers import ArxivId, OpenAlexId
from bot.domain.papers import Authorship, Paper, Version

SOURCE = "Sample"
"""The source that numbers of invented papers and people name."""

COMMENT = "Invented for the playground: there is no such paper."

_SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with"]
)
_OLDEST_DAYS = 1100
_THIS_WEEK = 24
"""So many of the newest papers fall into the last seven days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person; the number tells namesakes apart."""

    number: int
    name: str
    institution: str
    categories: tuple[str, ...]

    @property
    def openalex_id(self) -> OpenAlexId:
        """An id of OpenAlex's form, far beyond those that OpenAlex has given away."""
        return OpenAlexId(f"A99{self.number:08d}")


class Inventor:
    """Makes the same papers for the same numbers and day, no two with one title."""

    def __init__(self, parts: Mapping[str, Any], today: date) -> None:
        """Take the parts that titles, abstracts and names are made of, and the day to be up to date on."""
        self._parts = parts
        self._today = today
        self._titles: set[str] = set()

    @classmethod
    def bundled(cls, today: date) -> Inventor:
        """Return an inventor with the parts that come with Hoopoe."""
        text = resources.files("playground").joinpath("data", "invented.json").read_text(encoding="utf-8")
        return cls(json.loads(text), today)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories there are parts for; any other gets papers of a general kind."""
        return tuple(self._parts["categories"])

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who may be an author."""
        rows = [(group, name) for group in self._parts["groups"] for name in group["people"]]
        return tuple(
            Person(
                number=number,
                name=name,
                institution=group["institution"],
                categories=tuple(group["categories"]),
            )
            for number, (group, name) in enumerate(rows, start=1)
        )

    def papers(self, count: int) -> Iterator[Paper]:
        """Yield papers 0 to count, the newest first, the categories in turn."""
        for number in range(count):
            category = self.categories[number % len(self.categories)]
            paper = self.paper(number, category, _submitted(number, count, self._today))
            self.keep(paper)
            yield paper

    def keep(self, paper: Paper) -> None:
        """Let no later paper have this title."""
        self._titles.add(paper.title)

    def paper(self, number: int, category: str, submitted_at: datetime, attempt: int = 0) -> Paper:
        """Invent one paper; numbers up to 999 give identifiers that never meet."""
        random = Random(f"hoopoe {number} {category} {attempt}")  # noqa: S311 - the same papers every time
        words = self._parts["categories"].get(category, self._parts["general"])
        has_code = random.random() < 0.3
        for _ in range(50):
            title, abstract = self._text(random, words, has_code)
            if title not in self._titles:
                break
        also = min(len(words["also"]), random.randint(0, 1))
        today = datetime.combine(self._today, time(), UTC)
        arxiv_id = ArxivId(f"{submitted_at:%y%m}.{99000 + number % 1000}")
        return Paper(
            arxiv_id=arxiv_id,
            versions=(Version(number=1, submitted_at=submitted_at),),
            title=title,
            abstract=abstract,
            authors=self._authors(random, category),
            primary_category=category,
            categories=(category, *random.sample(words["also"], also)),
            submitted_at=submitted_at,
            updated_at=submitted_at,
            announced_at=datetime.combine(submitted_at.date() + timedelta(days=1), time(), UTC),
            comment=COMMENT,
            code_url=f"https://code.example/{arxiv_id}" if has_code else None,
            citation_count=_citations(random, submitted_at.date(), self._today),
            invented=True,
            source=SOURCE,
            fetched_at=today,
        )

    def author(self, person: Person, papers: Sequence[Paper]) -> Author:
        """Invent the profile of a person who wrote these papers and, it says, some more elsewhere."""
        random = Random(f"hoopoe person {person.number}")  # noqa: S311 - the same people every time
        own = [paper for paper in papers if any(a.openalex_id == person.openalex_id for a in paper.authors)]
        years = tuple(_years(random, self._today.year))
        work_count = sum(year.papers for year in years)
        citation_count = sum(year.citations for year in years)

        def figure(value: int) -> Figure:
            return Figure(value=value, source=SOURCE, as_of=self._today)

        return Author(
            name=person.name,
            openalex_id=person.openalex_id,
            primary_category=own[0].primary_category if own else person.categories[0],
            institutions=(person.institution,),
            h_index=figure(min(work_count, round(0.5 * citation_count**0.5))),
            i10_index=figure(round(0.4 * work_count)),
            paper_count=figure(work_count),
            citation_count=figure(citation_count),
            years=years,
            invented=True,
            fetched_at=datetime.combine(self._today, time(), UTC),
        )

    def _text(self, random: Random, words: Mapping[str, Any], has_code: bool) -> tuple[str, str]:
        subject, approach = random.choice(words["subjects"]), random.choice(words["approaches"])
        title = random.choice(
            (
                f"{approach} for {subject}",
                f"{random.choice(self._parts['angles'])} {subject}",
                f"{random.choice(self._parts['systems'])}: {approach} for {subject}",
                f"{subject}, seen with {approach}",
            )
        )
        background = random.choice(self._parts["backgrounds"]).format(subject=subject)
        method = random.choice(self._parts["methods"]).format(
            approach=approach, setting=random.choice(words["settings"])
        )
        finding, observation = random.choice(words["findings"]), random.choice(self._parts["observations"])
        ending = random.choice(self._parts["code_endings" if has_code else "endings"])
        abstract = " ".join((background, method, finding, observation, ending))
        return _title_case(title), abstract

    def _authors(self, random: Random, category: str) -> tuple[Authorship, ...]:
        home = [person for person in self.people if category in person.categories] or list(self.people)
        first = random.choice(home)
        group = [person for person in home if person.institution == first.institution and person != first]
        # A visitor now and then, but no namesake: their papers are to tell them apart.
        names = Counter(person.name for person in self.people)
        others = [
            person
            for person in self.people
            if person.institution != first.institution and names[person.name] == 1
        ]
        chosen = [first, *random.sample(group, random.randint(0, len(group)))]
        visitor = random.choice(others)
        if random.random() < 0.35:
            chosen.insert(random.randint(1, len(chosen)), visitor)
        return tuple(
            Authorship(name=person.name, openalex_id=person.openalex_id, institutions=(person.institution,))
            for person in chosen
        )


def _submitted(number: int, count: int, today: date) -> datetime:
    """Return when paper `number` of `count` was submitted: some this week, then ever sparser."""
    if number < _THIS_WEEK:
        age = 1 + number * 6 // _THIS_WEEK
    else:
        age = 7 + round(_OLDEST_DAYS * ((number - _THIS_WEEK) / count) ** 2)
    moment = time(hour=8 + number * 7 % 11, minute=number * 13 % 60)
    return datetime.combine(today - timedelta(days=age), moment, UTC)


def _citations(random: Random, submitted: date, today: date) -> Figure | None:
    """Return more citations for older papers, very unequally, and none known for new ones."""
    age = (today - submitted).days
    spread = random.paretovariate(1.3)
    if age < 60:
        return None
    return Figure(value=min(int(age / 60 * spread), 2000), source=SOURCE, as_of=today)


def _years(random: Random, this_year: int) -> Iterator[YearCount]:
    """Yield a career of seven to fourteen years in which work comes first and citations follow."""
    length, pace = random.randint(7, 14), random.uniform(1.5, 5)
    for index in range(length):
        papers = max(1, round(pace * random.uniform(0.5, 1.4) * min(1.0, 0.3 + index / 5)))
        citations = round(pace * 6 * index**1.3 * random.uniform(0.7, 1.3))
        yield YearCount(year=this_year - length + 1 + index, papers=papers, citations=citations)


def _title_case(text: str) -> str:
    """Capitalize the words of a title, but not small ones, nor what stands in a formula."""
    words: list[str] = []
    in_formula = False
    for index, word in enumerate(text.split(" ")):
        starts = index == 0 or words[-1].endswith(":")
        plain = not in_formula and not word.startswith("$")
        words.append(word[:1].upper() + word[1:] if plain and (starts or word not in _SMALL_WORDS) else word)
        in_formula ^= word.count("$") % 2 == 1
    return " ".join(words)
