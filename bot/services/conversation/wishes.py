"""What somebody may wish in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.search import PaperFilter, Sort
from bot.domain.watches import Every
from bot.text.references import ReferenceForm


@dataclass(frozen=True, slots=True)
class Say:
    """Something with a fixed reply: `what` names it in `bot.services.conversation.replies`."""

    what: str


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """What can be asked?"""


@dataclass(frozen=True, slots=True)
class SetUpWanted:
    """Begin the guided set-up of announcements."""


@dataclass(frozen=True, slots=True)
class StatusWanted:
    """How is the bot doing?"""


@dataclass(frozen=True, slots=True)
class PrivacyWanted:
    """What is kept of me? Or, with `forget`, a wish to have it deleted."""

    forget: bool = False


@dataclass(frozen=True, slots=True)
class Speak:
    """A wish to be answered in a language, by its code."""

    language: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """No words at all."""


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier or link, of a paper or a person, or what was meant as one."""

    text: str


@dataclass(frozen=True, slots=True)
class PapersNamed:
    """A text with several papers' identifiers or links."""

    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """An author, asked for as such."""

    name: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """A name, a title or words to search for: only the catalogue can tell.

    `listed` says that papers were asked for: a name then means its papers, not its card. `is_title`
    says that the words were given as a title, in quotes or behind "the paper".
    """

    text: str
    where: PaperFilter = PaperFilter()
    listed: bool = False
    sort: Sort = Sort.RELEVANCE
    is_title: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class PapersBy:
    """Papers that all these people wrote together, of those only the ones about something."""

    names: tuple[str, ...]
    where: PaperFilter = PaperFilter()
    sort: Sort = Sort.NEWEST
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewIn:
    """What was announced lately, or another order of what there is, in a category (as written) or at all."""

    where: PaperFilter = PaperFilter()
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class SearchFor:
    """A search, asked for as such."""

    query: str
    where: PaperFilter = PaperFilter()
    sort: Sort = Sort.RELEVANCE


@dataclass(frozen=True, slots=True)
class SearchWithout:
    """A search for papers that are not about something, in the topic language.

    `otherwise` is what is wished where the words belong to the subject, as in "learning without labels":
    that is so if papers have them in a row, as `phrase`.
    """

    query: str
    where: PaperFilter = PaperFilter()
    sort: Sort = Sort.RELEVANCE
    wanted: str = ""
    phrase: str = ""
    otherwise: SearchFor | LookUp | None = None


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A condition that no search can hold, of which `kind`; `instead` asks the same without it."""

    name: str
    instead: str = ""
    kind: Literal["institution", "venue", "citations"] = "institution"


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers does a list have?"""

    of: PapersBy | NewIn | SearchFor | SearchWithout | LookUp


class TargetKind(StrEnum):
    """What can be followed; `unsure` is a name or a topic without its quotes."""

    AUTHOR = "author"
    CATEGORY = "category"
    TOPIC = "topic"
    CITATIONS = "citations"
    CITED_AUTHOR = "cited author"
    SIMILAR = "similar"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody wants to follow, or no longer."""

    kind: TargetKind
    text: str


@dataclass(frozen=True, slots=True)
class Follow:
    """A wish for news, of which `where` and the words of `topic` leave only some."""

    target: Target
    where: PaperFilter = PaperFilter()
    topic: str = ""
    every: Every = Every.INSTANT
    exclude: tuple[str, ...] = ()
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Unfollow:
    """A wish for no more news of something, of everything where `target` is None."""

    target: Target | None


@dataclass(frozen=True, slots=True)
class Pause:
    """A wish for no news of something, or of everything, for a while."""

    target: Target | None


@dataclass(frozen=True, slots=True)
class Resume:
    """A wish for news again, of something or of everything, after a pause."""

    target: Target | None


@dataclass(frozen=True, slots=True)
class ListFollowed:
    """What do I follow?"""


@dataclass(frozen=True, slots=True)
class Cite:
    """A paper's reference, in a form."""

    paper: str
    form: ReferenceForm


@dataclass(frozen=True, slots=True)
class CiteAuthor:
    """An author's papers as references, in a form."""

    name: str
    form: ReferenceForm
    where: PaperFilter = PaperFilter()


@dataclass(frozen=True, slots=True)
class SimilarTo:
    """Papers whose wording is near a paper's."""

    paper: str


@dataclass(frozen=True, slots=True)
class Trending:
    """What is expected to be cited most of the last days, in a category as it was written, or of all."""

    category: str | None
    days: int


@dataclass(frozen=True, slots=True)
class Compare:
    """Several people side by side."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoauthorsOf:
    """Who writes with somebody?"""

    name: str


@dataclass(frozen=True, slots=True)
class Save:
    """A paper for the reading list."""

    paper: str


@dataclass(frozen=True, slots=True)
class Unsave:
    """A paper that is to leave the reading list."""

    paper: str


@dataclass(frozen=True, slots=True)
class ListSaved:
    """What is on the reading list?"""


@dataclass(frozen=True, slots=True)
class ExportSaved:
    """A wish for one's whole reading list as a file."""

    form: ReferenceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHours:
    """A wish to change one's hours as it was written; to see them, where nothing is given."""

    time_zone: str | None = None
    digest_hour: int | None = None
    quiet: str | None = None


@dataclass(frozen=True, slots=True)
class BetweenHours:
    """A digest at a moment between this hour and the next."""

    hour: int


Told = (
    Say
    | HelpWanted
    | SetUpWanted
    | StatusWanted
    | PrivacyWanted
    | Speak
    | Nothing
    | OutOfReach
    | BetweenHours
)
"""What is answered without looking anything up."""

Named = Identified | PapersNamed | Person
"""Papers and people by what they are called."""

Listed = LookUp | PapersBy | NewIn | SearchFor | SearchWithout | Count
"""What papers are to be like, or how many such there are."""

Ordered = Cite | CiteAuthor | SimilarTo | Trending | Compare | CoauthorsOf
"""What commands do with papers and people."""

Saved = Save | Unsave | ListSaved | ExportSaved
"""What a person's own reading list is for."""

Followed = Follow | Unfollow | Pause | Resume | ListFollowed | SetHours
"""What comes by itself, and when."""

Wish = Told | Named | Listed | Ordered | Saved | Followed
