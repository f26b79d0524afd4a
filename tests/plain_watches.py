"""A thousand watches invented from real papers, each with what it wants as plain words would say it.

The plain reading is slow, knows no index, and shares with the product its list of stop words alone.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import WordCounts
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Place,
    PlaceKind,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Unlike,
    Watch,
)
from bot.metrics.stopwords import FUNCTION_WORDS

WATCHES = 1_000
PLACES = 250
SHELVES = 12
UNDIVIDED = str.maketrans({"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart."""

CODE = re.compile(r"https?://github\.com/[\w.-]+/[\w.-]+")


class Text:
    """A record as the plain matcher reads it, with no word of the product's own reading."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.id: str = record["arxiv_id"]
        self.title, self.abstract = plain_words(record["title"]), plain_words(record["abstract"])
        self.names = [plain_words(name) for name in record["authors"]]
        self.categories: list[str] = record["categories"]
        self.listed_by = set(self.categories)
        self.first = True
        self.is_replaced = False
        self.code = CODE.search(record["abstract"]) is not None
        self.score, self.novelty = numbers_of(self.id)
        self.all = {*self.title, *self.abstract, *(word for name in self.names for word in name)}

    def says(self, *phrase: str) -> bool:
        """Say whether the words stand in a row in title, abstract or authors."""
        return any(row[: len(phrase)] == phrase for row in self._rows(len(phrase)))

    def says_beginning(self, word: str, beginning: str) -> bool:
        """Say whether a word and one that begins so stand in a row."""
        return any(row[0] == word and row[1].startswith(beginning) for row in self._rows(2) if len(row) == 2)

    def _rows(self, length: int) -> Iterator[tuple[str, ...]]:
        names = [word for name in self.names for word in name]
        for row in (self.title, self.abstract, names):
            for start in range(len(row)):
                yield tuple(row[start : start + length])


def numbers_of(arxiv_id: str) -> tuple[int | None, int | None]:
    """Return the invented numbers of a paper, by its last digits; some lack one, some both."""
    score, novelty = int(arxiv_id[-2:]), 99 - int(arxiv_id[-3:-1])
    return (None if score % 3 == 0 else score), (None if novelty % 4 == 0 else novelty)


def plain_words(text: str) -> list[str]:
    """Return the words of text whose letters are plain; others are no part of any watch here."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", folded.casefold().translate(UNDIVIDED))


Wanted = Callable[[Text], bool]


@dataclass(frozen=True)
class Case:
    """A watch, what it wants in plain words, and whether it asks for a category."""

    watch: Watch
    wants: Wanted
    by_category: bool

    def hears_of(self, text: Text, dated: datetime) -> bool:
        """Say whether a listing of this kind is news here at all."""
        if self.watch.created_at > dated:
            return False
        if text.is_replaced:
            return self.watch.filters.versions
        return text.first or self.by_category


@dataclass
class PlainShelf:
    """A server's reading list, with the papers that are on it now."""

    shelf: Shelf
    texts: list[Text] = field(default_factory=list)


class Inventor:
    """Makes watches of all kinds from words, names and categories that occur in so many days."""

    def __init__(self, texts: Sequence[Text], counts: WordCounts, start: datetime, days: int) -> None:
        self._chance = random.Random(40)
        self._days = days
        self._texts = texts
        self._counts = counts
        self._start = start
        seen = Counter(word for text in texts for word in {*text.title, *text.abstract})
        self._words = sorted(w for w, n in seen.items() if 3 <= n <= 400 and w.isascii() and len(w) > 3)
        self._categories = sorted({name for text in texts for name in text.categories})
        listed = Counter(text.id for text in texts)
        # What is listed twice may have other words by then.
        self._once = [text for text in texts if listed[text.id] == 1]
        self.shelves = [
            PlainShelf(Shelf(kind=ShelfKind.SERVER, id=1 + number), self._chance.sample(self._once, 4))
            for number in range(SHELVES)
        ]

    def change_of(self, shelf: PlainShelf) -> tuple[Text, Text]:
        """Return a paper that comes to a reading list, and one that leaves it."""
        come = self._chance.choice([text for text in self._once if text not in shelf.texts])
        return come, self._chance.choice(shelf.texts)

    def cases(self) -> list[Case]:
        """Return all watches."""
        return [self._case(number) for number in range(WATCHES)]

    def _case(self, number: int) -> Case:
        place_id = 1 + number % PLACES
        own_list = self.shelves[place_id % SHELVES]
        criterion, first = self._criterion(own_list)
        wanted = [first]
        narrowed: list[Criterion] = []
        if self._chance.random() < 0.25 and not isinstance(criterion, CategoryCriterion):
            category = self._chance.choice(self._categories[:30])
            narrowed.append(CategoryCriterion(category=category))
            wanted.append(lambda text: in_category(text, category, primary=False))
        if self._chance.random() < 0.2 and not isinstance(criterion, TopicCriterion):
            topic, holds = self._topic()
            narrowed.append(topic)
            wanted.append(holds)
        filters, passes = self._filters()
        late = self._chance.random() < 0.2
        created = (
            self._start + timedelta(days=self._chance.randrange(self._days), hours=12)
            if late
            else self._start
        )
        watch = Watch(
            owner_id=1,
            place=Place(kind=PlaceKind.CHANNEL, id=place_id, guild_id=own_list.shelf.id),
            criterion=criterion,
            narrowed=tuple(narrowed),
            filters=filters,
            created_at=created,
        )
        by_category = any(isinstance(one, CategoryCriterion) for one in (criterion, *narrowed))
        return Case(watch, lambda text: all(holds(text) for holds in (*wanted, passes)), by_category)

    def _criterion(self, own_list: PlainShelf) -> tuple[Criterion, Wanted]:
        kind = self._chance.random()
        if kind < 0.35:
            return self._author()
        if kind < 0.5:
            category, primary = (
                self._chance.choice([*self._categories, "cs", "math"]),
                self._chance.random() < 0.5,
            )
            criterion = CategoryCriterion(category=category, primary=primary)
            return criterion, lambda text: in_category(text, category, primary=primary)
        if kind < 0.9:
            return self._topic()
        return self._similar() if kind < 0.96 else self._like_a_shelf(own_list)

    def _author(self) -> tuple[Criterion, Wanted]:
        """Watch somebody of two plain names, whose family name is not one of the crowded short ones."""
        while True:
            text = self._chance.choice(self._texts)
            known = [name for name in text.names if len(name) == 2 and len(name[1]) > 6 and len(name[0]) > 1]
            if known:
                break
        given, family = self._chance.choice(known)
        strict = self._chance.random() < 0.4
        others = [" ".join(name) for name in text.names if name != [given, family]]
        criterion = AuthorCriterion(
            author_id=self._chance.randrange(10**6),
            name=f"{given.title()} {family.title()}",
            names=(f"{given} {family}",),
            coauthors=tuple(others),
            strict=strict,
        )
        return criterion, lambda text: is_by(text, given, family, () if strict else others)

    def _topic(self) -> tuple[TopicCriterion, Wanted]:
        one, two, three = (self._chance.choice(self._words) for _ in range(3))
        pair = self._phrase()
        name = self._family()
        forms: list[tuple[str, Wanted]] = [
            (one, lambda text: one in text.all),
            (f"{one} OR {two}", lambda text: one in text.all or two in text.all),
            (f"{one} {two}", lambda text: {one, two} <= text.all),
            (f"({one} OR {two}) -{three}", lambda t: bool({one, two} & t.all) and three not in t.all),
            (f"{one[:4]}*", lambda text: any(word.startswith(one[:4]) for word in text.all)),
            (f"ti:{one}", lambda text: one in text.title),
            (f"abs:{one} NOT {two}", lambda text: one in text.abstract and two not in text.all),
            (f"au:{name}", lambda text: any(name in signed for signed in text.names)),
            (f'"{pair[0]} {pair[1][:3]}*"', lambda text: text.says_beginning(pair[0], pair[1][:3])),
            (f'{one} -"{pair[0]} {pair[1]}"', lambda text: one in text.all and not text.says(*pair)),
            (
                f"({one} (ti:{two} OR abs:{three}))",
                lambda t: one in t.all and (two in t.title or three in t.abstract),
            ),
            (f'"{pair[0]} {pair[1]}"', lambda text: text.says(*pair)),
            (f'"{pair[0]} {pair[1]}" OR ({one} {two})', lambda t: t.says(*pair) or {one, two} <= t.all),
        ]
        topic, holds = self._chance.choice(forms)
        return TopicCriterion(topic=topic), holds

    def _family(self) -> str:
        """Return the last word of somebody's name."""
        while True:
            name = self._chance.choice(self._chance.choice(self._texts).names or [[]])
            if len(name) > 1 and name[-1].isascii():
                return name[-1]

    def _phrase(self) -> tuple[str, str]:
        while True:
            title = self._chance.choice(self._texts).title
            at = self._chance.randrange(max(1, len(title) - 1))
            pair = title[at : at + 2]
            if len(pair) == 2 and len(pair[1]) > 1 and all(word.isascii() for word in pair):
                return pair[0], pair[1]

    def _similar(self) -> tuple[SimilarCriterion, Wanted]:
        text = self._chance.choice(self._texts)
        threshold = self._chance.choice((0.15, 0.2, 0.25, 0.3))
        sought = weights(text, self._counts)
        criterion = SimilarCriterion(
            title=" ".join(text.title), abstract=" ".join(text.abstract), threshold=threshold
        )
        return criterion, lambda other: near(sought, weights(other, self._counts)) >= threshold

    def _like_a_shelf(self, shelf: PlainShelf) -> tuple[ShelfCriterion, Wanted]:
        """Want what is near a paper of a server's reading list, as it is then; none is near itself."""
        threshold = self._chance.choice((0.15, 0.2, 0.25, 0.3))

        def wants(other: Text) -> bool:
            found = weights(other, self._counts)
            return any(
                near(weights(text, self._counts), found) >= threshold
                for text in shelf.texts
                if text.id != other.id
            )

        return ShelfCriterion(shelf=shelf.shelf, threshold=threshold), wants

    def _filters(self) -> tuple[Filters, Wanted]:
        kind, word = self._chance.random(), self._chance.choice(self._words)
        if kind < 0.1:
            return Filters(has_code=True), lambda text: text.code
        if kind < 0.2:
            return Filters(exclude=(word, "no such words")), lambda text: word not in text.all
        if kind < 0.25:
            return Filters(min_score=50.0), lambda text: reaches(text.score, 50)
        if kind < 0.3:
            return Filters(min_novelty=40.0, unscored=True), lambda text: reaches(
                text.novelty, 40, or_none=True
            )
        if kind < 0.35:
            both = Filters(min_score=20.0, min_novelty=30.0, has_code=True)
            return both, lambda text: reaches(text.score, 20) and reaches(text.novelty, 30) and text.code
        if kind < 0.5:
            return Filters(versions=True), lambda text: True
        if kind < 0.6:
            name = self._chance.choice([one for one in self._chance.choice(self._texts).names if one])
            return Filters(without_authors=(" ".join(name),)), lambda text: name not in text.names
        if kind < 0.7:
            avoided = self._chance.choice(self._texts)
            unlike = Unlike(
                paper_id=10**9, title=" ".join(avoided.title), abstract=" ".join(avoided.abstract)
            )
            sought = weights(avoided, self._counts)
            return Filters(unlike=(unlike,)), lambda text: near(sought, weights(text, self._counts)) < 0.3
        return Filters(), lambda text: True


def reaches(number: int | None, least: int, *, or_none: bool = False) -> bool:
    """Say whether a number is high enough, or missing where that is let pass."""
    return or_none if number is None else number >= least


def in_category(text: Text, category: str, *, primary: bool) -> bool:
    """Say whether a paper is newly listed in a category or archive, or has it first."""
    names = text.categories[:1] if primary else text.categories
    return any(
        name in text.listed_by and (name == category or name.startswith(f"{category}.")) for name in names
    )


def is_by(text: Text, given: str, family: str, coauthors: Sequence[str]) -> bool:
    """Say whether somebody signed in full, or by initial beside a known co-author."""
    signed = {" ".join(name) for name in text.names}
    if f"{given} {family}" in signed:
        return True
    if signed.isdisjoint(coauthors):
        return False
    return any(
        len(name) > 1 and name[-1] == family and (name[0] == given or name[0] == given[0])
        for name in text.names
    )


_weights: dict[str, dict[str, float]] = {}


def weights(text: Text, counts: WordCounts) -> dict[str, float]:
    """Return (1 + ln count) idf by word, the title counted twice, of length 1."""
    if text.id not in _weights:
        said = Counter([*text.abstract, *text.title, *text.title])
        raw = {
            word: (1 + math.log(n)) * (math.log((1 + counts.papers) / (1 + counts.papers_with[word])) + 1)
            for word, n in said.items()
            if counts.papers_with.get(word, 0) >= 3 and word not in FUNCTION_WORDS
        }
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        _weights[text.id] = {word: value / length for word, value in raw.items()}
    return _weights[text.id]


def near(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the sum of products over the words of both."""
    return sum(value * other.get(word, 0.0) for word, value in one.items())


def counts_of(texts: Sequence[Text]) -> WordCounts:
    """Count in how many texts each word stands."""
    found = Counter(word for text in texts for word in {*text.title, *text.abstract})
    return WordCounts(papers=len(texts), papers_with={word: n for word, n in found.items() if n >= 3})
