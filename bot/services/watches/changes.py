"""Changes of one setting of a watch, from what a person chose or wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import UnionType
from typing import Any

from bot.domain.orders import OFF, ON, Setting
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Every,
    TopicCriterion,
    Watch,
    WordingCriterion,
)
from bot.errors import InvalidInput
from bot.services.watches.criteria import LEAST_THRESHOLD, excluded_words, known_category, topic_criterion
from bot.words import _, number

MOST_A_DAY = 500


def settings_of(watch: Watch) -> dict[Setting, str]:
    """Return what can be changed of a watch, with its present value; empty where there is none."""
    filters, manner = watch.filters, watch.manner
    found = {Setting.EVERY: manner.every.value, Setting.MOST: _number(manner.most_a_day)}
    if watch.place.guild_id is not None:
        found |= {Setting.ROLE: str(manner.role_id or ""), Setting.THREAD: _switch(manner.thread)}
    category = next((one for one in watch.criteria if isinstance(one, CategoryCriterion)), None)
    if not isinstance(watch.criterion, CategoryCriterion):
        found[Setting.CATEGORY] = category.category if category else ""
    if category:
        found[Setting.PRIMARY] = _switch(category.primary)
    topic = next((one.topic for one in watch.criteria if isinstance(one, TopicCriterion)), "")
    found |= {
        Setting.TOPIC: topic,
        Setting.EXCLUDE: ", ".join(filters.exclude),
        Setting.CODE: _switch(filters.has_code),
        Setting.SCORE: _number(filters.min_score),
        Setting.NOVELTY: _number(filters.min_novelty),
        Setting.VERSIONS: _switch(filters.versions),
    }
    if filters.asks_for_numbers:
        found[Setting.UNSCORED] = _switch(filters.unscored)
    if isinstance(watch.criterion, AuthorCriterion):
        found[Setting.STRICT] = _switch(watch.criterion.strict)
    if isinstance(watch.criterion, WordingCriterion):
        found[Setting.THRESHOLD] = f"{watch.criterion.threshold:g}"
    return found


def changed(watch: Watch, setting: Setting, text: str) -> Watch:
    """Return the watch with one setting changed; empty text takes away what may be missing.

    Raises InvalidInput, or InvalidTopic with the place of the fault.
    """
    return _CHANGES[setting](watch, text.strip())


def _in_filters(watch: Watch, **changes: Any) -> Watch:
    return replace(watch, filters=replace(watch.filters, **changes))


def _in_manner(watch: Watch, **changes: Any) -> Watch:
    return replace(watch, manner=replace(watch.manner, **changes))


def _with_category(watch: Watch, text: str) -> Watch:
    others = tuple(one for one in watch.narrowed if not isinstance(one, CategoryCriterion))
    wanted = (CategoryCriterion(category=known_category(text)),) if text else ()
    return replace(watch, narrowed=(*others, *wanted))


def _with_topic(watch: Watch, text: str) -> Watch:
    if isinstance(watch.criterion, TopicCriterion):
        return replace(watch, criterion=topic_criterion(text))
    others = tuple(one for one in watch.narrowed if not isinstance(one, TopicCriterion))
    return replace(watch, narrowed=(*others, *((topic_criterion(text),) if text else ())))


def _in_criteria(watch: Watch, kind: type[Criterion] | UnionType, **changes: Any) -> Watch:
    first, *narrowed = (replace(one, **changes) if isinstance(one, kind) else one for one in watch.criteria)
    return replace(watch, criterion=first, narrowed=tuple(narrowed))


_CHANGES: dict[Setting, Callable[[Watch, str], Watch]] = {
    Setting.EVERY: lambda watch, text: _in_manner(watch, every=_every(text)),
    Setting.MOST: lambda watch, text: _in_manner(watch, most_a_day=_whole(text)),
    Setting.ROLE: lambda watch, text: _in_manner(watch, role_id=_role(text)),
    Setting.THREAD: lambda watch, text: _in_manner(watch, thread=text == ON),
    Setting.CATEGORY: _with_category,
    Setting.PRIMARY: lambda watch, text: _in_criteria(watch, CategoryCriterion, primary=text == ON),
    Setting.TOPIC: _with_topic,
    Setting.EXCLUDE: lambda watch, text: _in_filters(watch, exclude=excluded_words(text)),
    Setting.CODE: lambda watch, text: _in_filters(watch, has_code=text == ON),
    Setting.SCORE: lambda watch, text: _in_filters(watch, min_score=_percentile(text)),
    Setting.NOVELTY: lambda watch, text: _in_filters(watch, min_novelty=_percentile(text)),
    Setting.UNSCORED: lambda watch, text: _in_filters(watch, unscored=text == ON),
    Setting.VERSIONS: lambda watch, text: _in_filters(watch, versions=text == ON),
    Setting.STRICT: lambda watch, text: _in_criteria(watch, AuthorCriterion, strict=text == ON),
    Setting.THRESHOLD: lambda watch, text: _in_criteria(watch, WordingCriterion, threshold=_share(text)),
}


def _every(text: str) -> Every:
    if text not in list(Every):
        raise InvalidInput(text, _("instant, daily or weekly"))
    return Every(text)


def _percentile(text: str) -> float | None:
    return _between(text, 0, 100) if text else None


def _share(text: str) -> float:
    return _between(text, LEAST_THRESHOLD, 1)


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:4]) <= MOST_A_DAY):
        raise InvalidInput(
            text, _("a whole number from 1 to {most}, or nothing for no limit").format(most=MOST_A_DAY)
        )
    return int(text)


def _role(text: str) -> int | None:
    """Return a role's number, also as it stands in a mention."""
    digits = text.removeprefix("<@&").removesuffix(">")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise InvalidInput(text, _("the name of a role of this server, or nothing for none"))
    return int(digits)


def _between(text: str, least: float, most: float) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        raise InvalidInput(
            text,
            _("a number from {least} to {most}").format(least=number(least, "g"), most=number(most, "g")),
        )
    return value


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _switch(value: bool) -> str:
    return ON if value else OFF
