"""Why a watch wants a paper, as announcements say it."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.feeds import Listing
from bot.domain.search import WordCounts
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    Criterion,
    ShelfCriterion,
    Watch,
    label_of,
)
from bot.services.matching.listed import Listed
from bot.services.matching.nearness import ShelfNearness
from bot.services.matching.watched_author import WatchedAuthor
from bot.text.folding import title_key
from bot.text.markdown import clip

_CITED_TITLE = 90
"""So much of a cited paper's title is in a reason, which has to leave room for others."""

Reason = Callable[[Listed], str]


def reason_of(watch: Watch, counts: WordCounts) -> Reason | None:
    """Return what says why a watch wants a paper; None where that is its label, whatever the paper.

    A namesake may have signed, or it matters which paper of a reading list is near, or is cited.
    """
    authors = [
        WatchedAuthor(one) for one in watch.criteria if isinstance(one, AuthorCriterion) and one.has_evidence
    ]
    name_of = _name_of(watch.criterion, counts)
    if not authors and name_of is None:
        return None
    label, usual = watch.label, label_of(watch.criterion)

    def reason(paper: Listed) -> str:
        said = label.replace(usual, name_of(paper), 1) if name_of else label
        doubts = [doubt for author in authors if (doubt := author.doubt(paper))]
        return f"{said} (or a namesake: {', '.join(doubts)})" if doubts else said

    return reason


def _name_of(criterion: Criterion, counts: WordCounts) -> Reason | None:
    """Return what names a criterion by the paper; None where its label does."""
    match criterion:
        case ShelfCriterion():
            shelf, usual = ShelfNearness(criterion, counts), label_of(criterion)

            def near_to(paper: Listed) -> str:
                near = shelf.nearest(paper.vector, paper.listing.paper.id)
                return f"{usual} ({near.title})" if near else usual

            return near_to
        case AuthorCitationsCriterion():
            return lambda paper: _cited_of(criterion, paper.listing)
    return None


def _cited_of(criterion: AuthorCitationsCriterion, listing: Listing) -> str:
    """Return which papers of an author are cited: the most cited of them, and how many more."""
    titles = {title_key(one.title): one.title for one in criterion.works if one.work in listing.cites}
    if not titles:
        return label_of(criterion)
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"cites {clip(next(iter(titles.values())), _CITED_TITLE)}{more} (by {criterion.name})"
