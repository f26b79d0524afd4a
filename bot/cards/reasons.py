"""Why a number of ours is missing, in words."""

from __future__ import annotations

from bot.domain.numbers import Missing
from bot.words import _, marked

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


def reason(missing: Missing) -> str:
    """Return why a number is missing, as the end of a sentence."""
    return _(_REASONS[missing])
