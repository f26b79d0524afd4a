"""Watches: what somebody wants announced, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.library import Shelf
from bot.words import _, counted, number


class PlaceKind(StrEnum):
    """Where messages go: a channel or thread by its id, or a person's direct messages."""

    CHANNEL = "channel"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in Discord. `id` is the channel's or, for direct messages, the person's."""

    kind: PlaceKind
    id: int
    guild_id: int | None = None

    def __hash__(self) -> int:
        """Return what the id alone says: matching groups by place, and the other fields hardly tell more."""
        return hash(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorCriterion:
    """Papers by one author.

    `names` are printed forms that count as this author; `strict` takes those only, and not where
    evidence says another person, otherwise an initialled form counts too where a co-author agrees.
    What else is known of the author is that evidence: folded co-authors, categories, telling words
    of titles and institutions, and OpenAlex's id.
    """

    author_id: int
    name: str
    names: tuple[str, ...]
    categories: tuple[str, ...] = ()
    coauthors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    person: str | None = None
    strict: bool = False

    @property
    def has_evidence(self) -> bool:
        """Whether anything but the name is known."""
        return bool(self.coauthors or self.categories or self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCriterion:
    """Papers listed in a category; `primary` leaves cross-lists out."""

    category: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCriterion:
    """Papers whose text satisfies a topic, written in the topic language (`bot.text.topics`)."""

    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCriterion:
    """Papers whose wording is near a text: a paper's, or a sentence, which then is the title.

    `threshold` is the least cosine of the term vectors (0-1); `paper_id` is the catalogue's.
    """

    title: str
    abstract: str = ""
    paper_id: int | None = None
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCriterion:
    """Papers whose wording is near that of any paper of a reading list, as the list is by then.

    `parts` are what each of its papers asks for: read anew for each use, never kept with the watch.
    """

    shelf: Shelf
    threshold: float
    parts: tuple[SimilarCriterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsCriterion:
    """Papers that newly cite a paper: `paper_id` is the catalogue's, `works` OpenAlex's for it."""

    paper_id: int
    title: str
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """A work of an author, by OpenAlex's id."""

    work: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorCitationsCriterion:
    """Papers that newly cite an author's papers: `author_id` is the catalogue's.

    `works` are those whose citations are followed, the most cited first: read anew for each use,
    never kept with the watch.
    """

    author_id: int
    name: str
    works: tuple[OwnWork, ...] = ()


WordingCriterion = SimilarCriterion | ShelfCriterion
CitingCriterion = CitationsCriterion | AuthorCitationsCriterion
Criterion = AuthorCriterion | CategoryCriterion | TopicCriterion | WordingCriterion | CitingCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """A paper of the catalogue whose likes are not wanted: those of a cosine of .3 or more to it."""

    paper_id: int
    title: str
    abstract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a paper must have besides satisfying the criteria.

    `exclude` holds words and phrases of which none may occur. `unscored` lets a paper pass that
    has no number where `min_score` or `min_novelty` (0-100) asks for one. `versions` asks for
    papers too that a feed lists as replaced and that were never announced in the place.
    `without_authors` are printed names, `unlike` papers, whose own and whose likes are left out.
    """

    has_code: bool = False
    exclude: tuple[str, ...] = ()
    min_score: float | None = None
    min_novelty: float | None = None
    unscored: bool = False
    versions: bool = False
    without_authors: tuple[str, ...] = ()
    unlike: tuple[Unlike, ...] = ()

    @property
    def label(self) -> str:
        """The filters in a few words, empty where there are none."""
        parts = (
            _("with code") if self.has_code else "",
            _("without {words}").format(words=", ".join(self.exclude)) if self.exclude else "",
            _("not by {names}").format(names=", ".join(self.without_authors)) if self.without_authors else "",
            counted(len(self.unlike), "unlike {count} paper", "unlike {count} papers") if self.unlike else "",
            _("score ≥ {number}").format(number=number(self.min_score, "g"))
            if self.min_score is not None
            else "",
            _("novelty ≥ {number}").format(number=number(self.min_novelty, "g"))
            if self.min_novelty is not None
            else "",
            _("or no number") if self.unscored and self.asks_for_numbers else "",
            _("new versions too") if self.versions else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def asks_for_numbers(self) -> bool:
        """Whether a number of the paper decides."""
        return self.min_score is not None or self.min_novelty is not None


class Every(StrEnum):
    """How often a watch speaks: at once, or in a digest of a day or a week."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a watch's papers are delivered; `most_a_day` leaves the rest to a digest.

    `role_id` is the role that each message pings, `thread` asks for a thread below each paper.
    """

    every: Every = Every.INSTANT
    most_a_day: int | None = None
    role_id: int | None = None
    thread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What somebody wants announced, where and how.

    A paper must satisfy the criterion, which the watch is named by, all of `narrowed` and the
    filters. `paused_reason` is empty while the watch is active.
    """

    id: int | None = None
    owner_id: int
    place: Place
    criterion: Criterion
    narrowed: tuple[Criterion, ...] = ()
    filters: Filters = Filters()
    manner: Manner = Manner()
    created_at: datetime
    paused_reason: str = ""

    @property
    def compares_wording(self) -> bool:
        """Whether it matters to the watch how common words are."""
        return bool(self.filters.unlike) or any(isinstance(one, WordingCriterion) for one in self.criteria)

    @property
    def follows_citations(self) -> bool:
        """Whether it waits for papers that cite others; no feed brings those."""
        return isinstance(self.criterion, CitingCriterion)

    @property
    def followed_works(self) -> tuple[str, ...]:
        """The works, by OpenAlex's ids, whose citations it follows."""
        match self.criterion:
            case CitationsCriterion(works=works):
                return works
            case AuthorCitationsCriterion(works=own):
                return tuple(one.work for one in own)
        return ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, the one first that the watch is named by."""
        return (self.criterion, *self.narrowed)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories or archives one of which must list a paper; none where any may."""
        return tuple(one.category for one in self.criteria if isinstance(one, CategoryCriterion))

    @property
    def label(self) -> str:
        """The watch in a few words, as lists and announcements name it."""
        return " · ".join(label_of(criterion) for criterion in self.criteria)


Wanting = tuple[Watch, str]
"""A watch that wants a paper, and why, as announcements say it."""

PlaceWanting = tuple[int, tuple[Wanting, ...]]
"""Watches of one place that want a paper, after the id of the place, which Discord gives only once."""


def wanting_there(watch: Watch, reason: str) -> PlaceWanting:
    """Return a watch that wants a paper as all that its place wants it by."""
    return watch.place.id, ((watch, reason),)


def label_of(criterion: Criterion) -> str:
    """Return a criterion in a few words."""
    match criterion:
        case AuthorCriterion(name=name):
            return f"author {name}"
        case CategoryCriterion(category=category, primary=primary):
            return f"category {category}" + (" (primary)" if primary else "")
        case TopicCriterion(topic=topic):
            return f"topic: {topic}"
        case SimilarCriterion(title=title):
            return f"similar to {title}"
        case ShelfCriterion():
            return "similar to the reading list"
        case CitationsCriterion(title=title):
            return f"cites {title}"
        case AuthorCitationsCriterion(name=name):
            return f"cites papers by {name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a watch: papers it wanted, those of them that were sent, and when the last came."""

    matched: int = 0
    delivered: int = 0
    last_at: datetime | None = None
