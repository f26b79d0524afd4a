"""What each person was answered last: what "it", "her" and "the second one" can mean."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Page
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    Criterion,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
)
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    ListAnswer,
    PaperAnswer,
    PapersAnswer,
    PausedAnswer,
    ReferenceAnswer,
    ResumedAnswer,
    SavedAnswer,
    WatchAnswer,
    WatchesAnswer,
    WordsAnswer,
)
from bot.services.conversation.offered import Offer

REMEMBERED = 5_000
"""People whose last answers are kept, in memory alone: who wrote longest ago is forgotten first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What can be referred to: the last list, paper, author and watch.

    `page` holds the papers that "the second one" counts: a list's, or those that a message named.
    A paper opened from a list leaves the list where it is; another person is another subject. `compared`
    are the names of who stood side by side; `just_followed` says that the very last answer made a watch;
    `left_out` are the words that it does without; `watches` names those that were just listed, in order;
    `elsewhere` is the command that makes the last watch in a server, and
    `offer` and `then` what a "yes" to the very last answer takes up.
    """

    listed: ListAnswer | None = None
    page: Page | None = None
    paper: Paper | None = None
    author: str = ""
    watched: str = ""
    watch_id: int | None = None
    just_followed: bool = False
    left_out: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    elsewhere: str = ""
    compared: tuple[str, ...] = ()
    offer: Offer | None = None
    then: str = ""

    def after(self, answer: Answer) -> Talk:
        """Return what can be referred to after one more answer; small talk changes nothing."""
        match answer:
            case ListAnswer(page=page, request=request):
                only = page.papers[0] if len(page.papers) == 1 else None
                paper = self.paper if request.similar_to else only
                return replace(self, listed=answer, page=page, paper=paper, author=author_of(request))
            case PapersAnswer(papers=papers):
                named = Page(papers=papers, total=len(papers))
                return replace(self, listed=None, page=named, paper=None, author="")
            case AuthorAnswer(author=author) | CoauthorsAnswer(author=author):
                return replace(self, listed=None, page=None, paper=None, author=author.name, compared=())
            case ComparisonAnswer(people=people):
                names = tuple(person.author.name for person in people)
                return replace(self, listed=None, page=None, paper=None, author="", compared=names)
            case WatchesAnswer(watches=watches):
                return replace(self, watches=tuple(_name_of_watched(one.criterion) for one in watches))
            case WordsAnswer(then=then):
                return replace(self, then=then)
            case PaperAnswer(paper=paper) | ReferenceAnswer(paper=paper) | SavedAnswer(paper=paper):
                return replace(self, paper=paper)
            case WatchAnswer(watch=watch) | PausedAnswer(watch=watch) | ResumedAnswer(watch=watch):
                return replace(
                    self,
                    watched=_name_of_watched(watch.criterion),
                    watch_id=watch.id,
                    just_followed=isinstance(answer, WatchAnswer),
                    left_out=watch.filters.exclude,
                    elsewhere=_command_for(watch.criterion),
                )
        return self


class LastAnswers:
    """Remembers what each person was answered last."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._talks: OrderedDict[int, Talk] = OrderedDict()

    def find(self, person: int) -> Talk:
        """Return what a person can refer to."""
        return self._talks.get(person, Talk())

    def remember(self, person: int, answer: Answer) -> None:
        """Keep an answer that something can be said about."""
        talk = self.find(person)
        asks = isinstance(answer, WordsAnswer) and answer.asks_which
        before = replace(talk, offer=talk.offer if asks else None, then="", just_followed=False, watches=())
        self._keep(person, before.after(answer))

    def offer(self, person: int, offer: Offer | None) -> None:
        """Keep what was offered in place of an answer."""
        self._keep(person, replace(self.find(person), offer=offer, then=""))

    def _keep(self, person: int, talk: Talk) -> None:
        self._talks[person] = talk
        self._talks.move_to_end(person)
        while len(self._talks) > REMEMBERED:
            self._talks.popitem(last=False)

    def forget(self, person: int) -> None:
        """Keep nothing of a person."""
        self._talks.pop(person, None)


def author_of(request: ListRequest) -> str:
    """Return whose papers a list has; empty where it is of nobody, or of several."""
    names = request.named.get("name", ())
    return request.author or (names[0] if len(names) == 1 else "")


def _name_of_watched(criterion: Criterion) -> str:
    match criterion:
        case AuthorCriterion(name=name):
            return name
        case CategoryCriterion(category=category):
            return category
        case TopicCriterion(topic=topic):
            return topic if '"' in topic else f'"{topic}"'
        case ShelfCriterion():
            return "papers like my reading list"
        case SimilarCriterion(title=title):
            return title
        case CitationsCriterion(title=title):
            return f"citations of {title}"
        case AuthorCitationsCriterion(name=name):
            return f"citations of papers by {name}"


def _command_for(criterion: Criterion) -> str:
    """Return the command that watches the same from a server."""
    match criterion:
        case AuthorCriterion(name=name):
            return f"/watch author author:{name}"
        case CategoryCriterion(category=category):
            return f"/watch category category:{category}"
        case TopicCriterion(topic=topic):
            return f"/watch topic topic:{topic}"
        case ShelfCriterion():
            return "/watch similar similar:our reading list"
        case SimilarCriterion(title=title):
            return f"/watch similar similar:{title}"
        case CitationsCriterion(title=title):
            return f"/watch citations citations:{title}"
        case AuthorCitationsCriterion(name=name):
            return f"/watch citations citations:{name}"
