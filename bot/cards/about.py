"""About these numbers: what each of a card's own is made of, what it is worth, and why one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import discord

from bot.cards import limits
from bot.cards.authors import author_figures
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.labels import trained_on
from bot.cards.numbers import day, near_text, tilde
from bot.cards.reasons import reason
from bot.cards.wording import (
    GAP,
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

_WORDS_SHOWN = 3
_PARTS = {
    Part.TOPIC: marked("topic"),
    Part.WORDING: marked("wording"),
    Part.AUTHORS: marked("authors"),
    Part.CODE: marked("code"),
}
CAVEATS = marked(
    "These numbers speak of attention and wording, not of quality: a good paper may have low ones. "
    "Shuffling a text's words hardly changes its Novelty. Namesakes may be mixed up. Everything was "
    "measured on English papers of computer science. They are no basis for hiring, promotion or grants."
)


def render_about_paper(answer: AboutPaperAnswer, *, now: datetime) -> Card:
    """Return what this paper's numbers say, what they are made of, and what they are worth."""
    paper, numbers, today = answer.paper, answer.paper.numbers or UNSCORED, now.date()
    dated = day(paper)
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
        lines = "\n".join(f"- {near_text(near)}" for near in answer.near)
        heading = _("**Nearest earlier papers**, and how alike the wording is (1 is the same)")
        # A list takes in the next line that is not empty, and empty ones are not shown after it.
        keep = f"{heading}\n{lines}\n{GAP}{keep}"
    parts.append(keep)
    return _about(foreign(paper.title, limits.TITLE), parts, accent(paper.primary_category), numbers.as_of)


def render_about_author(answer: AuthorAnswer) -> Card:
    """Return what an author's numbers say, what they are over, and what they are worth."""
    author, numbers = answer.author, answer.numbers
    parts = [_about_track_record(numbers), _about_author_novelty(numbers)]
    if numbers is not None:
        parts.append(
            counted(
                numbers.papers,
                "Both look at the {count} paper of this author in the catalogue, not at all they wrote.",
                "Both look at the {count} papers of this author in the catalogue, not at all they wrote.",
            )
        )
    parts += [_about_facts(author), _keep_in_mind()]
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
    lead = _(
        "**Forecast {place} of 100** among {cohort}: where its citations are expected to "
        "stand once they exist."
    ).format(place=place.percentile, cohort=_cohort(place))
    made = joined(
        (
            _("Against a typical paper, in points: {parts}.").format(parts=made_of) if made_of else "",
            _("Words that move it most: {words}.").format(words=words) if words else "",
            "" if forecast.with_authors else _("It does not look at what the authors wrote before."),
            _("No earlier paper of its authors is known, which is counted with the authors.")
            if forecast.of_newcomers
            else "",
        ),
        " ",
    )
    # A line each: what it is, what it is made of, what it is worth.
    return joined((lead, made, joined((_outlook_text(forecast), _worth_text(worth)), " ")), "\n")


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
        papers=trained_on(worth.summary),
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
                place=f"{tilde(novelty)}{novelty.standing.percentile}",
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
    known = [(name, figure.source) for name, figure in author_figures(author) if figure is not None]
    if not known:
        return ""
    sources = enumerated(
        foreign(_(source), 60) for source in dict.fromkeys(source for _name, source in known)
    )
    names = ", ".join(name for name, _source in known)
    return _("{names}: counts by {sources}, over what is known there.").format(names=names, sources=sources)


def _keep_in_mind() -> str:
    return f"{_('**What to keep in mind**')}\n{_(CAVEATS)}"


def _cohort(standing: Standing) -> str:
    return ngettext("{count} paper of {cohort}", "{count} papers of {cohort}", standing.size).format(
        count=number(standing.size), cohort=foreign(standing.cohort.label, 80)
    )
