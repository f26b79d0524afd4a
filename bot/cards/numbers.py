"""Our own numbers on cards: as fields, before a title, and explained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.wording import (
    GAP,
    PARAGRAPH,
    enumerated,
    foreign,
    joined,
    papers_counted,
)
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
from bot.text.dates import full_date
from bot.words import _, counted, marked, ngettext, number

Fields = tuple[tuple[str, str, bool], ...]
"""Names and values of an embed's fields, and whether others may stand beside them."""

_TITLE = 120
_WORDS_SHOWN = 3
_NAMES = {ScoreKind.FORECAST: marked("Forecast"), ScoreKind.IMPACT: marked("Impact")}
_PARTS = {
    Part.TOPIC: marked("topic"),
    Part.WORDING: marked("wording"),
    Part.AUTHORS: marked("authors"),
    Part.CODE: marked("code"),
}

_REASONS = {
    Missing.NOT_YET: marked("it was not worked out yet; new papers come first, older ones as time allows"),
    Missing.NO_TITLE: marked("the paper has no title"),
    Missing.NO_AUTHORS: marked("no authors are known"),
    Missing.NO_ABSTRACT: marked("no abstract is known"),
    Missing.SHORT_ABSTRACT: marked("the abstract is too short to compare: it takes 30 words"),
    Missing.NOT_ENGLISH: marked("the abstract is not in English, and other languages are not compared"),
    Missing.KEYWORD_LIST: marked("the abstract is a list of words rather than sentences"),
    Missing.NO_DATE: marked("the date of the first version is unknown"),
    Missing.FUTURE_DATE: marked("its date is still to come"),
    Missing.NO_CATEGORY: marked("neither a category nor a venue is known to compare it within"),
    Missing.FEW_PRIOR_PAPERS: marked("the catalogue has fewer than 1,000 earlier papers of its field"),
    Missing.SMALL_COHORT: marked(
        "the catalogue has fewer than 30 papers of its field and quarter that have one"
    ),
    Missing.NO_SPREAD: marked("all papers it would be compared with have the same value"),
    Missing.NO_CITATION_COUNT: marked("no source has counted its citations"),
    Missing.OTHER_COUNT: marked(
        "its citations were counted by another source or at another time than others'"
    ),
    Missing.TOO_YOUNG: marked("it is less than a year old: too few citations have had time to come"),
    Missing.TOO_OLD: marked("it is over a year old: its citations speak instead"),
    Missing.FEW_PAPERS: marked("too few papers have one"),
    Missing.NEAR_COPY: marked(
        "its wording is nearly that of an earlier paper, whose fate it would be forecast"
    ),
    Missing.NOT_WORTH_SHOWING: marked(
        "the forecast is switched off: on years it had not seen it may have ranked hardly better than chance"
    ),
    Missing.NO_MODEL: marked("no forecast has been trained"),
}

CAVEATS = marked(
    "These numbers speak of attention and wording, not of quality: a good paper may have low ones. "
    "Shuffling a text's words hardly changes its Novelty. Namesakes may be mixed up. Everything was "
    "measured on English papers of computer science. They are no basis for hiring, promotion or grants."
)


def reason(missing: Missing) -> str:
    """Return why a number is missing, as the end of a sentence."""
    return _(_REASONS[missing])


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
        fields.append((_(_NAMES[score.kind]), _standing(score.standing), True))
    if isinstance(numbers.novelty, Novelty):
        if numbers.novelty.standing is not None:
            fields.append((_("Novelty"), _novelty_text(numbers.novelty), True))
        elif numbers.near is not None:
            fields.append((_("Close to"), _near_text(numbers.near), False))
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
            (
                _("Novelty"),
                f"**{numbers.novelty.mean:.0f}** · {papers_counted(numbers.novelty.papers)}",
                True,
            )
        )
    if not isinstance(numbers.track_record, Missing):
        record = numbers.track_record
        fields.append(
            (
                _("AI Score"),
                f"**{record.score:.0f}** ± {record.error:.0f} · {papers_counted(record.papers)}",
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
    keep = _keep_in_mind()
    if answer.near:
        lines = "\n".join(f"- {_near_text(near)}" for near in answer.near)
        heading = _("**Nearest earlier papers**, and how alike the wording is (1 is the same)")
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
            counted(
                numbers.papers,
                "Both are over the {count} paper of this author in the catalogue, not over all they wrote.",
                "Both are over the {count} papers of this author in the catalogue, not over all they wrote.",
            )
        )
    parts.append(_keep_in_mind())
    return _about(
        foreign(author.name, limits.TITLE),
        parts,
        accent(author.primary_category),
        numbers.as_of if numbers else None,
    )


def render_about_numbers() -> Card:
    """Return what the number before each paper of a list is."""
    return _about(
        _("The number before a paper"),
        [
            _(
                "**Forecast**, for papers under a year old: where their citations are expected to stand "
                "among papers of the same field and month, from 1 to 99. **Impact**, afterwards: where they "
                "do stand. "
                "Papers without enough to go by have none; a paper's own card says why."
            ),
            _keep_in_mind(),
        ],
        NEUTRAL,
        None,
    )


def _about(title: str, parts: Iterable[str], color: int, as_of: date | None) -> Card:
    embed = discord.Embed(title=title or _("Untitled"), description=joined(parts, GAP), color=color)
    embed.set_author(name=_("About these numbers"))
    embed.set_footer(text=joined((_("Hoopoe's own numbers"), full_date(as_of) if as_of else "")))
    return fit(Card(embeds=(embed,), ephemeral=True))


def _about_missing_score(why: Missing, dated: date | None, today: date) -> str:
    is_old = dated is not None and score_of(None, dated, today) is Missing.NOT_YET and _is_old(dated, today)
    return (_no_impact if is_old else _no_forecast)(why)


def _no_forecast(why: Missing) -> str:
    return _("**Forecast: none**, as {reason}.").format(reason=reason(why))


def _no_impact(why: Missing) -> str:
    return _("**Impact: none**, as {reason}.").format(reason=reason(why))


def _is_old(dated: date, today: date) -> bool:
    return (today - dated).days >= 365


def _about_forecast(forecast: Forecast | Missing, worth: Worth | None) -> str:
    if isinstance(forecast, Missing):
        return _no_forecast(forecast)
    place = forecast.standing
    made_of = ", ".join(
        f"{_part_name(part, forecast)} {number(points, '+.0f')}"
        for part, points in forecast.parts
        if round(points)
    )
    words = ", ".join(
        f"{foreign(word, 30)} {number(points, '+.1f')}"
        for word, points in forecast.words[:_WORDS_SHOWN]
        if round(points, 1)
    )
    return joined(
        (
            _(
                "**Forecast {place} of 100** among {cohort}: where its citations are expected to "
                "stand once they exist."
            ).format(place=place.percentile, cohort=_cohort(place)),
            _("Against a typical paper, in points: {parts}.").format(parts=made_of) if made_of else "",
            _("Words that move it most: {words}.").format(words=words) if words else "",
            "" if forecast.with_authors else _("It does not look at what the authors wrote before."),
            _outlook_text(forecast),
            _worth_text(worth),
        ),
        " ",
    )


def _part_name(part: Part, forecast: Forecast) -> str:
    """Return what a part is called; without their history, of authors only the number counts."""
    if part is Part.AUTHORS and not forecast.with_authors:
        return _("number of authors")
    return _(_PARTS[part])


def _outlook_text(forecast: Forecast) -> str:
    least = forecast.standing.percentile // 5 * 5
    top = _("hardly ever")
    if forecast.top_tenth > 0.005:
        top = _("about 1 time in {count}").format(count=number(round(1 / forecast.top_tenth)))
    return _(
        "Papers shown {least} to {most} end in the real top 10 % {often}; four of five end "
        "between {low} and {high}, on average at {mean}."
    ).format(
        least=least,
        most=min(least + 4, 99),
        often=top,
        low=f"{forecast.low:.0f}",
        high=f"{forecast.high:.0f}",
        mean=f"{forecast.expected:.0f}",
    )


def _worth_text(worth: Worth | None) -> str:
    if worth is None:
        return ""
    value, low, high = worth.spearman
    return _(
        "On years it had not seen, this forecast ({version}, trained on {papers}) ranked papers with a "
        "correlation of {value} ({low} to {high}), where 0 is chance and 1 is perfect."
    ).format(
        version=foreign(worth.version, 60),
        papers=foreign(worth.summary, 120),
        value=number(value, ".2f"),
        low=number(low, ".2f"),
        high=number(high, ".2f"),
    )


def _about_impact(impact: Standing | Missing, paper: Paper) -> str:
    if isinstance(impact, Missing):
        return _no_impact(impact)
    cited = paper.citation_count
    origin = ""
    if cited:
        origin = ngettext(
            "{count} citation by {source}, {date}.", "{count} citations by {source}, {date}.", cited.value
        ).format(count=number(cited.value), source=foreign(cited.source, 60), date=full_date(cited.as_of))
    return joined(
        (
            _(
                "**Impact {place} of 100** among {cohort}: where its citations stand among those papers."
            ).format(place=impact.percentile, cohort=_cohort(impact)),
            origin,
            _("Citations at one to two years of age rank those of eight years at .85."),
        ),
        " ",
    )


def _about_novelty(novelty: Novelty | Missing) -> str:
    if isinstance(novelty, Missing):
        return _no_novelty(reason(novelty))
    compared = counted(
        novelty.prior_papers,
        "compared with {count} earlier paper of five years",
        "compared with {count} earlier papers of five years",
    )
    if novelty.standing is None:
        return _(
            "**Novelty: none**, as the wording is close to that of an earlier paper ({likeness}, "
            "{compared}): a new version, a follow-up by the same authors, or a copy."
        ).format(likeness=number(novelty.nearest, ".2f"), compared=compared)
    return joined(
        (
            _(
                "**Novelty {place} of 100** among {cohort}: distance in wording from earlier work, "
                "not a judgement of merit; {compared}."
            ).format(
                place=f"{_tilde(novelty)}{novelty.standing.percentile}",
                cohort=_cohort(novelty.standing),
                compared=compared,
            ),
            _("The catalogue is small, so it is approximate.") if novelty.approximate else "",
            _(
                "It finds copies and papers from outside the field; reviewers' scores for novelty it does "
                "not predict."
            ),
        ),
        " ",
    )


def _no_novelty(why: str) -> str:
    return _("**Novelty: none**, as {reason}.").format(reason=why)


def _about_track_record(numbers: AuthorNumbers | None) -> str:
    record = numbers.track_record if numbers else Missing.NOT_YET
    if isinstance(record, Missing):
        why = (
            _("fewer than three papers of the catalogue are over a year old and have an Impact")
            if record is Missing.FEW_PAPERS
            else reason(record)
        )
        return _("**AI Score: none**, as {reason}.").format(reason=why)
    return _(
        "**AI Score {score} ± {error}**: the track record, how this author's papers "
        "fare among papers of their field and month, over {papers} with an Impact, "
        "the last three years in full and earlier ones half; 50 is a typical author of the same cohorts. Of "
        "an author's next papers it tells a little (a correlation of .30), the h-index next to nothing (.02)."
    ).format(score=f"{record.score:.0f}", error=f"{record.error:.0f}", papers=papers_counted(record.papers))


def _about_author_novelty(numbers: AuthorNumbers | None) -> str:
    novelty = numbers.novelty if numbers else Missing.NOT_YET
    if isinstance(novelty, Missing):
        why = (
            _("fewer than five papers of the catalogue have one")
            if novelty is Missing.FEW_PAPERS
            else reason(novelty)
        )
        return _no_novelty(why)
    return _(
        "**Novelty {mean}**: the mean over {papers} of the distance in wording from earlier work, "
        "not a judgement of merit."
    ).format(mean=f"{novelty.mean:.0f}", papers=papers_counted(novelty.papers))


def _about_facts(author: Author) -> str:
    figures = (author.h_index, author.paper_count, author.citation_count, author.i10_index)
    sources = dict.fromkeys(figure.source for figure in figures if figure is not None)
    if not sources:
        return ""
    names = enumerated(foreign(_(source), 60) for source in sources)
    said = _("h-index, papers, citations and i10-index are counts by {sources}, over what is known there.")
    return said.format(sources=names)


def _keep_in_mind() -> str:
    return f"{_('**What to keep in mind**')}\n{_(CAVEATS)}"


def _cohort(standing: Standing) -> str:
    return ngettext("{count} paper of {cohort}", "{count} papers of {cohort}", standing.size).format(
        count=number(standing.size), cohort=foreign(standing.cohort.label, 80)
    )


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
    facts = ", ".join(part for part in (str(near.year or ""), number(near.similarity, ".2f")) if part)
    return f"{foreign(near.title, _TITLE) or _('Untitled')} ({facts})"


def _day(paper: Paper) -> date | None:
    return paper.dated_at.date() if paper.dated_at else None
