"""What each person was answered last: what "it", "her" and "the second one" can mean."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from bot.domain.papers import Paper
from bot.domain.search import Page
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
    ListAnswer,
    PaperAnswer,
    PapersAnswer,
    PausedAnswer,
    ReferenceAnswer,
    ResumedAnswer,
    SavedAnswer,
    WatchAnswer,
)

REMEMBERED = 5_000
"""People whose last answers are kept, in memory alone: who wrote longest ago is forgotten first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What can be referred to: the last list, paper, author and watch.

    `page` holds the papers that "the second one" counts: a list's, or those that a message named.
    A paper opened from a list leaves the list where it is; another person is another subject.
    """

    listed: ListAnswer | None = None
    page: Page | None = None
    paper: Paper | None = None
    author: str = ""
    watched: str = ""
    watch_id: int | None = None

    def after(self, answer: Answer) -> Talk:
        """Return what can be referred to after one more answer; small talk changes nothing."""
        match answer:
            case ListAnswer(page=page, request=request):
                only = page.papers[0] if len(page.papers) == 1 else None
                paper = self.paper if request.similar_to else only
                return replace(self, listed=answer, page=page, paper=paper, author=request.author)
            case PapersAnswer(papers=papers):
                named = Page(papers=papers, total=len(papers))
                return replace(self, listed=None, page=named, paper=None, author="")
            case AuthorAnswer(author=author) | CoauthorsAnswer(author=author):
                return replace(self, listed=None, page=None, paper=None, author=author.name)
            case PaperAnswer(paper=paper) | ReferenceAnswer(paper=paper) | SavedAnswer(paper=paper):
                return replace(self, paper=paper)
            case WatchAnswer(watch=watch) | PausedAnswer(watch=watch) | ResumedAnswer(watch=watch):
                return replace(self, watched=_name_of_watched(watch.criterion), watch_id=watch.id)
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
        self._talks[person] = self.find(person).after(answer)
        self._talks.move_to_end(person)
        while len(self._talks) > REMEMBERED:
            self._talks.popitem(last=False)

    def forget(self, person: int) -> None:
        """Keep nothing of a person."""
        self._talks.pop(person, None)


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
