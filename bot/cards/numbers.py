"""Our own numbers on cards: as fields, before a title, and explained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.wording import GAP, PARAGRAPH, count, foreign, full_date, joined, number
from bot.domain.authors import Author
from bot.domain.numbers import (
    UNSCORED,
    AuthorNumbers,
    Forecast,
    Missing,
    Near,
    Novelty,
    Part,
    Score,
    ScoreKind,
    Standing,
    Worth,
    score_of,
)
from bot.domain.papers import Paper
from bot.services.answers import AboutPaperAnswer, AuthorAnswer

Fields = tuple[tuple[str, str, bool], ...]
"""Names and values of an embed's fields, and whether others may stand beside them."""

_TITLE = 120
_WORDS_SHOWN = 3
_NAMES = {ScoreKind.FORECAST: "Forecast", ScoreKind.IMPACT: "Impact"}
_PARTS = {Part.TOPIC: "topic", Part.WORDING: "wording", Part.AUTHORS: "authors", Part.CODE: "code"}

_REASONS = {
    Missing.NOT_YET: "it was not worked out yet; new papers come first, older ones as time allows",
    Missing.NO_TITLE: "the paper has no title",
    Missing.NO_AUTHORS: "no authors are known",
    Missing.NO_ABSTRACT: "no abstract is known",
    Missing.SHORT_ABSTRACT: "the abstract is too short to compare: it takes 30 words",
    Missing.NOT_ENGLISH: "the abstract is not in English, and other languages are not compared",
    Missing.KEYWORD_LIST: "the abstract is a list of words rather than sentences",
    Missing.NO_DATE: "the date of the first version is unknown",
    Missing.FUTURE_DATE: "its date is still to come",
    Missing.NO_CATEGORY: "neither a category nor a venue is known to compare it within",
    Missing.FEW_PRIOR_PAPERS: "the catalogue has fewer than 1,000 earlier papers of its field",
    Missing.SMALL_COHORT: "the catalogue has fewer than 30 papers of its field and quarter that have one",
    Missing.NO_SPREAD: "all papers it would be compared with have the same value",
    Missing.NO_CITATION_COUNT: "no source has counted its citations",
    Missing.OTHER_COUNT: "its citations were counted by another source or at another time than others'",
    Missing.TOO_YOUNG: "it is less than a year old: too few citations have had time to come",
    Missing.TOO_OLD: "it is over a year old: its citations speak instead",
    Missing.FEW_PAPERS: "too few papers have one",
    Missing.NEAR_COPY: "its wording is nearly that of an earlier paper, whose fate it would be forecast",
    Missing.NOT_WORTH_SHOWING: (
        "the forecast is switched off: on years it had not seen it may have ranked hardly better than chance"
    ),
    Missing.NO_MODEL: "no forecast has been trained",
}

CAVEATS = (
    "These numbers speak of attention and wording, not of quality: a good paper may have low ones. "
    "Shuffling a text's words hardly changes its Novelty. Namesakes may be mixed up. Everything was "
    "measured on English papers of computer science. They are no basis for hiring, promotion or grants."
)


def reason(missing: Missing) -> str:
    """Return why a number is missing, as the end of a sentence."""
    return _REASONS[missing]


def score_text(paper: Paper, today: date) -> str:
    """Return the number before a paper in a list, empty where there is none."""
    score = score_of(paper.numbers, _day(paper), today)
    return str(score.standing.percentile) if isinstance(score, Score) else ""


def paper_fields(paper: Paper, today: date) -> Fields:
    """Return a paper's Score and Novelty, or what it is nearly a copy of; what is missing is left out."""
    numbers = paper.numbers or UNSCORED
    fields: list[tuple[str, str, bool]] = []
    score = score_of(numbers, _day(paper), today)
    if isinstance(score, Score):
        fields.append((_NAMES[score.kind], _standing(score.standing), True))
    if isinstance(numbers.novelty, Novelty):
        if numbers.novelty.standing is not None:
            fields.append(("Novelty", _novelty_text(numbers.novelty), True))
        elif numbers.near is not None:
            fields.append(("Close to", _near_text(numbers.near), False))
    return tuple(fields)


def numbers_source(as_of: date | None, fields: Fields) -> str:
    """Return whose numbers a card's fields are and of when, empty where there are none."""
    names = [name for name, _, _ in fields]
    return f"{', '.join(names)}: Hoopoe, {full_date(as_of)}" if names and as_of else ""


def author_fields(numbers: AuthorNumbers | None) -> Fields:
    """Return an author's Novelty and AI Score with what they are over; what is missing is left out."""
    fields: list[tuple[str, str, bool]] = []
    if numbers is None:
        return ()
    if not isinstance(numbers.novelty, Missing):
        fields.append(
            ("Novelty", f"**{numbers.novelty.mean:.0f}** · {count(numbers.novelty.papers, 'paper')}", True)
        )
    if not isinstance(numbers.track_record, Missing):
        record = numbers.track_record
        fields.append(
            (
                "AI Score",
                f"**{record.score:.0f}** ± {record.error:.0f} · {count(record.papers, 'paper')}",
                True,
            )
        )
    return tuple(fields)


def render_about_paper(answer: AboutPaperAnswer, *, now: datetime) -> Card:
    """Return what this paper's numbers say, what they are made of, and what they are worth."""
    paper, numbers, today = answer.paper, answer.paper.numbers or UNSCORED, now.date()
    dated = _day(paper)
    score = score_of(numbers, dated, today)
    is_old = isinstance(score, Score) and score.kind is ScoreKind.IMPACT
    parts = (
        [_about_impact(numbers.impact, paper)]
        if is_old
        else [_about_forecast(numbers.forecast, answer.worth)]
    )
    if isinstance(score, Missing):
        parts = [_about_missing_score(score, dated, today)]
    parts.append(_about_novelty(numbers.novelty))
    keep = f"**What to keep in mind**\n{CAVEATS}"
    if answer.near:
        lines = "\n".join(f"- {_near_text(near)}" for near in answer.near)
        heading = "**Nearest earlier papers**, and how alike the wording is (1 is the same)"
        # A line that is not empty would go on with the list.
        keep = f"{heading}\n{lines}{PARAGRAPH}{keep}"
    parts.append(keep)
    return _about(foreign(paper.title, limits.TITLE), parts, accent(paper.primary_category), numbers.as_of)


def render_about_author(answer: AuthorAnswer) -> Card:
    """Return what an author's numbers say, what they are over, and what they are worth."""
    author, numbers = answer.author, answer.numbers
    parts = [_about_track_record(numbers), _about_author_novelty(numbers), _about_facts(author)]
    if numbers is not None:
        parts.append(
            f"Both are over the {count(numbers.papers, 'paper')} of this author in the catalogue, not over "
            "all they wrote."
        )
    parts.append(f"**What to keep in mind**\n{CAVEATS}")
    return _about(
        foreign(author.name, limits.TITLE),
        parts,
        accent(author.primary_category),
        numbers.as_of if numbers else None,
    )


def render_about_numbers() -> Card:
    """Return what the number before each paper of a list is."""
    return _about(
        "The number before a paper",
        [
            "**Forecast**, for papers under a year old: where their citations are expected to stand among "
            "papers of the same field and month, from 1 to 99. **Impact**, afterwards: where they do stand. "
            "Papers without enough to go by have none; a paper's own card says why.",
            f"**What to keep in mind**\n{CAVEATS}",
        ],
        NEUTRAL,
        None,
    )


def _about(title: str, parts: Iterable[str], color: int, as_of: date | None) -> Card:
    embed = discord.Embed(title=title or "Untitled", description=joined(parts, GAP), color=color)
    embed.set_author(name="About these numbers")
    embed.set_footer(text=joined(("Hoopoe's own numbers", full_date(as_of) if as_of else "")))
    return fit(Card(embeds=(embed,), ephemeral=True))


def _about_missing_score(why: Missing, dated: date | None, today: date) -> str:
    is_old = dated is not None and score_of(None, dated, today) is Missing.NOT_YET and _is_old(dated, today)
    name = _NAMES[ScoreKind.IMPACT if is_old else ScoreKind.FORECAST]
    return f"**{name}: none**, as {reason(why)}."


def _is_old(dated: date, today: date) -> bool:
    return (today - dated).days >= 365


def _about_forecast(forecast: Forecast | Missing, worth: Worth | None) -> str:
    if isinstance(forecast, Missing):
        return f"**Forecast: none**, as {reason(forecast)}."
    place = forecast.standing
    made_of = ", ".join(
        f"{_part_name(part, forecast)} {points:+.0f}" for part, points in forecast.parts if round(points)
    )
    words = ", ".join(
        f"{foreign(word, 30)} {points:+.1f}"
        for word, points in forecast.words[:_WORDS_SHOWN]
        if round(points, 1)
    )
    return joined(
        (
            f"**Forecast {place.percentile} of 100** {_within(place)}: where its citations are expected to "
            "stand once they exist.",
            f"Against a typical paper, in points: {made_of}." if made_of else "",
            f"Words that move it most: {words}." if words else "",
            "" if forecast.with_authors else "It does not look at what the authors wrote before.",
            _outlook_text(forecast),
            _worth_text(worth),
        ),
        " ",
    )


def _part_name(part: Part, forecast: Forecast) -> str:
    """Return what a part is called; without their history, of authors only the number counts."""
    return "number of authors" if part is Part.AUTHORS and not forecast.with_authors else _PARTS[part]


def _outlook_text(forecast: Forecast) -> str:
    least = forecast.standing.percentile // 5 * 5
    top = f"about 1 time in {round(1 / forecast.top_tenth)}" if forecast.top_tenth > 0.005 else "hardly ever"
    return (
        f"Papers shown {least} to {min(least + 4, 99)} end in the real top 10 % {top}; four of five end "
        f"between {forecast.low:.0f} and {forecast.high:.0f}, on average at {forecast.expected:.0f}."
    )


def _worth_text(worth: Worth | None) -> str:
    if worth is None:
        return ""
    value, low, high = worth.spearman
    return (
        f"On years it had not seen, this forecast ({foreign(worth.version, 60)}, trained on "
        f"{foreign(worth.summary, 120)}) ranked papers with a correlation of {value:.2f} ({low:.2f} to "
        f"{high:.2f}), where 0 is chance and 1 is perfect."
    )


def _about_impact(impact: Standing | Missing, paper: Paper) -> str:
    if isinstance(impact, Missing):
        return f"**Impact: none**, as {reason(impact)}."
    cited = paper.citation_count
    counted = (
        f" {number(cited.value)} citations by {foreign(cited.source, 60)}, {full_date(cited.as_of)}."
        if cited
        else ""
    )
    return (
        f"**Impact {impact.percentile} of 100** {_within(impact)}: where its citations stand among those "
        f"papers.{counted} Citations at one to two years of age rank those of eight years at .85."
    )


def _about_novelty(novelty: Novelty | Missing) -> str:
    if isinstance(novelty, Missing):
        return f"**Novelty: none**, as {reason(novelty)}."
    compared = f"compared with {number(novelty.prior_papers)} earlier papers of five years"
    if novelty.standing is None:
        return (
            f"**Novelty: none**, as the wording is close to that of an earlier paper ({novelty.nearest:.2f}, "
            f"{compared}): a new version, a follow-up by the same authors, or a copy."
        )
    about = " The catalogue is small, so it is approximate." if novelty.approximate else ""
    return (
        f"**Novelty {_tilde(novelty)}{novelty.standing.percentile} of 100** {_within(novelty.standing)}: "
        f"distance in wording from earlier work, not a judgement of merit; {compared}.{about} It finds "
        "copies and papers from outside the field; reviewers' scores for novelty it does not predict."
    )


def _about_track_record(numbers: AuthorNumbers | None) -> str:
    record = numbers.track_record if numbers else Missing.NOT_YET
    if isinstance(record, Missing):
        why = (
            "fewer than three papers of the catalogue are over a year old and have an Impact"
            if record is Missing.FEW_PAPERS
            else reason(record)
        )
        return f"**AI Score: none**, as {why}."
    return (
        f"**AI Score {record.score:.0f} ± {record.error:.0f}**: the track record, how this author's papers "
        f"fare among papers of their field and month, over {count(record.papers, 'paper')} with an Impact, "
        "the last three years in full and earlier ones half; 50 is a typical author of the same cohorts. Of "
        "an author's next papers it tells a little (a correlation of .30), the h-index next to nothing (.02)."
    )


def _about_author_novelty(numbers: AuthorNumbers | None) -> str:
    novelty = numbers.novelty if numbers else Missing.NOT_YET
    if isinstance(novelty, Missing):
        why = (
            "fewer than five papers of the catalogue have one"
            if novelty is Missing.FEW_PAPERS
            else reason(novelty)
        )
        return f"**Novelty: none**, as {why}."
    return (
        f"**Novelty {novelty.mean:.0f}**: the mean over {count(novelty.papers, 'paper')} of the distance in "
        "wording from earlier work, not a judgement of merit."
    )


def _about_facts(author: Author) -> str:
    figures = (author.h_index, author.paper_count, author.citation_count, author.i10_index)
    sources = dict.fromkeys(figure.source for figure in figures if figure is not None)
    if not sources:
        return ""
    names = " and ".join(foreign(source, 60) for source in sources)
    return f"h-index, papers, citations and i10-index are counts by {names}, over what is known there."


def _within(standing: Standing) -> str:
    return f"among {number(standing.size)} papers of {foreign(standing.cohort.label, 80)}"


def _standing(standing: Standing) -> str:
    return f"**{standing.percentile}** · {foreign(standing.cohort.label, 80)}"


def _novelty_text(novelty: Novelty) -> str:
    standing = novelty.standing
    return (
        f"**{_tilde(novelty)}{standing.percentile}** · {foreign(standing.cohort.label, 80)}"
        if standing
        else ""
    )


def _tilde(novelty: Novelty) -> str:
    return "~" if novelty.approximate else ""


def _near_text(near: Near) -> str:
    facts = ", ".join(part for part in (str(near.year or ""), f"{near.similarity:.2f}") if part)
    return f"{foreign(near.title, _TITLE) or 'Untitled'} ({facts})"


def _day(paper: Paper) -> date | None:
    return paper.dated_at.date() if paper.dated_at else None
