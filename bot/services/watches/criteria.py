"""From what people write to the criteria and filters of a watch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.domain.authors import Author
from bot.domain.categories import nearest_categories, parse_category
from bot.domain.library import Shelf, ShelfKind
from bot.domain.papers import Paper
from bot.domain.watches import AuthorCriterion, Place, ShelfCriterion, SimilarCriterion, TopicCriterion
from bot.errors import InvalidInput
from bot.metrics.evidence import institution_words, topic_words
from bot.text.folding import words
from bot.text.names import name_key
from bot.text.topics import parse_topic, print_topic
from bot.words import _

THRESHOLD = 0.25
"""The least similarity where nobody says another; docs/language.md shows what it brings."""

LEAST_THRESHOLD = 0.05
"""Below this, nearly everything is similar."""

FEWEST_WORDS = 3
"""A sentence of fewer words is better watched as a topic."""

MOST_EXCLUDED = 20
THE_LIST = "our reading list"
"""How a reading list is named where a paper or a sentence could be; forms like it do as well."""

_LIST = re.compile(r"(?:(?:the|our|my|this server'?s) )?(?:reading list|saved papers)", re.IGNORECASE)
_MOST_COAUTHORS = 200
_MOST_WORDS = 100


def author_criterion(author: Author, papers: Sequence[Paper], *, strict: bool) -> AuthorCriterion:
    """Return what identifies the author in a feed, which knows printed names only."""
    names = {name_key(name) for name in (author.name, *author.aliases)}
    signed = Counter(name_key(one.name) for paper in papers for one in paper.authors)
    fields = Counter(c for paper in papers for c in paper.categories)
    about = Counter(word for paper in papers for word in topic_words(paper.title))
    own = (one for paper in papers for one in paper.authors if name_key(one.name) in names)
    places = Counter(word for one in own for word in institution_words(one.institutions))
    places.update(institution_words(author.institutions))
    return AuthorCriterion(
        author_id=author.id or 0,
        name=author.name,
        names=tuple(sorted(names)),
        categories=tuple(code for code, _ in fields.most_common(10)),
        coauthors=tuple(name for name, _ in signed.most_common(_MOST_COAUTHORS) if name not in names),
        words=tuple(word for word, _ in about.most_common(_MOST_WORDS)),
        institutions=tuple(word for word, _ in places.most_common(_MOST_WORDS)),
        person=author.openalex_id.value if author.openalex_id else None,
        strict=strict,
    )


def topic_criterion(text: str) -> TopicCriterion:
    """Return a topic as it is kept; raise InvalidTopic with the place of the fault."""
    return TopicCriterion(topic=print_topic(parse_topic(text)))


def paper_criterion(paper: Paper, threshold: float | None) -> SimilarCriterion:
    """Return what is near a paper's wording."""
    return SimilarCriterion(
        title=paper.title,
        abstract=paper.abstract,
        paper_id=paper.id,
        threshold=THRESHOLD if threshold is None else threshold,
    )


def names_shelf(text: str) -> bool:
    """Say whether a text means the reading list of the place where it is said."""
    return _LIST.fullmatch(text.strip(" .!\"'")) is not None


def shelf_criterion(place: Place, threshold: float | None) -> ShelfCriterion:
    """Return what is near the papers of a server's reading list; in direct messages, of one's own."""
    own = place.guild_id is None
    return ShelfCriterion(
        shelf=Shelf(kind=ShelfKind.PERSON if own else ShelfKind.SERVER, id=place.guild_id or place.id),
        threshold=THRESHOLD if threshold is None else threshold,
    )


def sentence_criterion(text: str, threshold: float | None) -> SimilarCriterion:
    """Return what is near a sentence; raise InvalidInput where it has too few words."""
    if len(words(text)) < FEWEST_WORDS:
        raise InvalidInput(
            text, _("a paper, or a sentence of at least {count} words").format(count=FEWEST_WORDS)
        )
    kept = " ".join(text.split())
    return SimilarCriterion(title=kept, threshold=THRESHOLD if threshold is None else threshold)


def excluded_words(text: str) -> tuple[str, ...]:
    """Read words and phrases, commas between them; raise InvalidInput where one has no letter."""
    kept: dict[str, None] = {}
    for piece in text.replace('"', "").split(","):
        if not piece.strip():
            continue
        said = " ".join(words(piece))
        if not said:
            raise InvalidInput(piece.strip(), _("a word or a phrase; commas stand between several"))
        kept.setdefault(f"{said}*" if piece.rstrip().endswith("*") else said)
    if len(kept) > MOST_EXCLUDED:
        raise InvalidInput(text, _("at most {count} words or phrases").format(count=MOST_EXCLUDED))
    # In one order, so that the same words make the same watch.
    return tuple(sorted(kept))


def known_category(text: str) -> str:
    """Return the code of a category; raise InvalidInput, with the nearest categories, where there is none."""
    code = parse_category(text)
    if code is None:
        nearest = list(dict.fromkeys((*nearest_categories(text), "cs.CL", "math.NT", "hep-th")))[:3]
        raise InvalidInput(
            text, _("a category of arXiv, such as {examples}").format(examples=", ".join(nearest))
        )
    return code
