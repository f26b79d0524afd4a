"""Wishes for news: what is to be followed, and what no longer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.search import PaperFilter
from bot.domain.watches import Every
from bot.services.conversation.conditions import (
    is_category_like,
    read_category,
    take_code,
    take_conditions,
    without_dates,
)
from bot.services.conversation.hours import take_time
from bot.services.conversation.phrases import A_WHILE, IN_A_CHANNEL, content
from bot.services.conversation.targets import WORKS, read_target
from bot.services.conversation.unwanted import take_unwanted, with_endings
from bot.services.conversation.wishes import (
    BetweenHours,
    Follow,
    ListFollowed,
    Pause,
    Resume,
    Say,
    Target,
    TargetKind,
    Unfollow,
    Wish,
)
from bot.text.names import is_name_like

_FOLLOW = re.compile(
    r"(?:follow|watch(?: for)?|track|(?:subscribe|sign)(?: me)?(?: up)? (?:to|for)"
    r"|inform (?:me|us) (?:about|of|on|for|when|if)|(?:notify|alert|tell|ping) (?:me|us) (?:about|of|on|when"
    r"|if|whenever|(?:the )?next time|each time|every time)"
    r"|let (?:me|us) know (?:about|when|if|of|whenever)"
    r"|(?:hear|be (?:told|informed|notified|kept posted)) (?:about|of|on|when)"
    r"|keep (?:me|us) (?:posted|updated|informed|in the loop|up[- ]to[- ](?:date|speed)) (?:about|on|with|of)"
    r"|(?:keep|have) an eye (?:out )?(?:on|for)|monitor|keep track of|keep up with"
    r"|stay (?:up[- ]to[- ]date|updated|informed|current) (?:on|with|about)"
    r"|(?:look|watch) out for) (?P<what>.+)",
    re.I,
)
_UNFOLLOW = re.compile(
    r"(?:unfollow|unwatch|untrack|unsubscribe(?: me)?(?: from)?|stop (?:following|watching|tracking"
    r"|(?:notifying|alerting|telling) (?:me|us) (?:about|of|on|when)|sending (?:me|us))"
    r"|(?:i )?(?:no longer|don'?t) (?:want (?:to )?)?(?:follow|watch|track|send me|notify me(?: about)?)"
    r"|remove (?:the |my )?watch(?: on| for)?|no more(?: news)? (?:about|from|of))"
    r" (?P<what>.+?)(?: any ?more)?",
    re.I,
)
_RHYTHM = re.compile(
    r"(?P<what>.+?),?(?: but)?(?: (?:only|just))? (?:(?:as|in) (?:a |one )?)?"
    r"(?:(?P<day>daily|(?:once |every |each |a )+(?:day|morning|evening))"
    r"|(?:weekly|(?:once |every |each |a )+week)"
    r"|(?P<weekday>(?:weekly )?(?:on|every|each) (?:mon|tues|wednes|thurs|fri|satur|sun)days?))(?: digest)?",
    re.I,
)
_EVERY_FIRST = re.compile(
    r"(?:(?:set ?up|make|create|start|get|receive|have) )?(?:a )?"
    r"(?P<every>(?:every|each) (?:day|morning|evening|week|monday)|daily|weekly),?"
    r"(?P<digest> (?:a |the )?(?:digest|summary|list|e?-?mail|update|report|newsletter)s?"
    r" (?:of|on|for|about|with))? (?P<what>.+)",
    re.I,
)
_CHANGED = re.compile(
    r"(?:put|change|switch|set|make) (?P<what>.+?) (?:(?:on|to|into) )?(?P<every>daily|weekly)", re.I
)
_OF_PAPERS = re.compile(
    r"(?:(?:new|the|all|latest|recent) )*(?:papers|publications|preprints|articles) .+", re.I
)
_UNPAUSE = r"(?:resume|un-?pause|un-?mute|un-?snooze)"
_RESUME = re.compile(rf"{_UNPAUSE}(?: following| watching)? (?P<what>.+?)(?: again)?", re.I)
_PAUSE = re.compile(r"(?:pause|mute|snooze)(?: following| watching)? (?P<what>.+)", re.I)
_NOTICES = r"(?:all )?(?:my |the )?(?:notifications|alerts|announcements|everything)"
_OFF = re.compile(
    rf"(?:(?:turn|switch) (?:off {_NOTICES}|{_NOTICES} off)|{_NOTICES} off|pause|mute|snooze){A_WHILE}?", re.I
)
_ON = re.compile(
    rf"(?:turn|switch) (?:(?:back )?on {_NOTICES}|{_NOTICES} (?:back )?on)(?: again)?"
    rf"|{_NOTICES} (?:back )?on(?: again)?|{_UNPAUSE}",
    re.I,
)
_WE_ARE = r"(?:i am|i'?m|we are|we'?re)"
_LEAVE = r"(?:vacation|holidays?|leave)"
_AWAY = re.compile(rf"{_WE_ARE} (?:away|off|on {_LEAVE})(?: .+)?", re.I)
_BACK = re.compile(rf"{_WE_ARE} back(?: again)?(?: from .+)?|back from (?:(?:my|our) )?{_LEAVE}", re.I)
_FOR_A_WHILE = re.compile(rf"{A_WHILE}$", re.I)
_IN_A_CHANNEL = re.compile(rf" {IN_A_CHANNEL}$", re.I)
_POST = re.compile(
    rf"(?:post|announce|publish|send|share) .+ {IN_A_CHANNEL}"
    r"(?: (?:daily|weekly|(?:every|each) \w+|once a \w+))?",
    re.I,
)
_HERE = re.compile(r" (?:right )?(?:in )?(?:here|this chat|my (?:dms?|direct messages|inbox))$", re.I)
_ALL = re.compile(
    r"everything|all|everyone|everybody|all of (?:them|it)|(?:all )?(?:(?:my|our|the) )?(?:of my )?"
    r"(?:watches|follows|alerts|notifications|subscriptions|announcements)",
    re.I,
)
_SEVERAL = re.compile(
    r"(?:all|both|these|those)(?: the)? (?:of them|two|three|four)|all of (?:them|these)", re.I
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,\s*(?:and\s)?|\sand\s|\s?[&;]\s?)\s*", re.I)
_POINTED_AT = re.compile(
    r"(?:(?:he|she|it) \w+s|they \w+"
    r"|(?:the|its) (?:first|second|third|last|next|senior)(?: one| author| paper)?$)\b",
    re.I,
)
_BY_POINTED = re.compile(r"\b(?:by|of|from) (?:this|that|these|those) (?:authors?|person|people)$", re.I)
_POINTED = re.compile(
    r"it|he|she|they|him|her|them|both|one|(?:its|the|their|all)(?: the)? authors?(?: of (?:it|this|that))?"
    r"|(?:this|that|these|those|the)"
    r"(?: (?:ones?|authors?|persons?|people|papers?|topics?|categor(?:y|ies)))?",
    re.I,
)
"""What the last answer would have named: alone it names nothing."""


def read_watching(text: str, today: date) -> Wish | None:
    """Read a wish to follow, to unfollow or to go on following something."""
    if _POST.fullmatch(text):
        return Say("elsewhere")
    if what := _to_follow(text):
        return _followed(what, today)
    if found := _UNFOLLOW.fullmatch(text):
        what = _take_narrowing(found["what"], today)[0]
        return Unfollow(None if _POINTED.fullmatch(what) else _all_or_one(what, today))
    if _OFF.fullmatch(text) or _AWAY.fullmatch(text):
        return Pause(None)
    if _ON.fullmatch(text) or _BACK.fullmatch(text):
        return Resume(None)
    if found := _PAUSE.fullmatch(text):
        what = _FOR_A_WHILE.sub("", found["what"])
        return ListFollowed() if _POINTED.fullmatch(what) else Pause(_all_or_one(what, today))
    if found := _RESUME.fullmatch(text):
        what = found["what"]
        return ListFollowed() if _POINTED.fullmatch(what) else Resume(_all_or_one(what, today))
    return None


def _to_follow(text: str) -> str | None:
    """Return what somebody wishes to follow, and behind it how often; None for another wish."""
    if found := _FOLLOW.fullmatch(text):
        return found["what"]
    found = _EVERY_FIRST.fullmatch(text)
    if found and (found["digest"] or _is_to_come(found["what"])):
        return f"{found['what']} {found['every']}"
    found = _CHANGED.fullmatch(text)
    if found and is_category_like(found["what"]):
        return f"{found['what']} {found['every']}"
    found = _RHYTHM.fullmatch(text)
    return text if found and _is_to_come(found["what"]) else None


def _is_to_come(what: str) -> bool:
    """Say whether what is asked for again and again can only be what is to come."""
    return is_category_like(what) or _OF_PAPERS.fullmatch(what) is not None


def _followed(what: str, today: date) -> Wish:
    what, hour, is_whole = take_time(what)
    if hour is not None and not is_whole:
        return BetweenHours(hour)
    found = _RHYTHM.fullmatch(what)
    rhythm = Every.INSTANT if hour is None else Every.DAILY
    if found is not None:
        what, rhythm = found["what"], Every.DAILY if found["day"] else Every.WEEKLY
        if found["weekday"] and "mon" not in found["weekday"].lower():
            return Say("weekly day")
    if _IN_A_CHANNEL.search(what):
        return Say("elsewhere")
    what, has_code = take_code(_HERE.sub("", what))
    unwanted = take_unwanted(what)
    if unwanted and (unwanted.is_sure or is_category_like(unwanted.rest) or is_name_like(unwanted.rest)):
        if any(map(is_category_like, unwanted.words)):
            return Say("without category")
        what, exclude = unwanted.rest, tuple(map(with_endings, unwanted.words))
    else:
        exclude = ()
    if _SEVERAL.fullmatch(what) or _are_names(what):
        return Say("one by one")
    if _POINTED.fullmatch(what) or _POINTED_AT.match(what) or _BY_POINTED.search(what):
        return Say("follow")
    if sum(map(is_category_like, what.replace(",", " ").split())) > 1:
        return Say("one category")
    what, where = _take_narrowing(what, today)
    where = replace(where, has_code=where.has_code or has_code)
    return _narrowed(Follow(read_target(what, today), where, every=rhythm, exclude=exclude, hour=hour))


_ABOUT = re.compile(
    rf"(?P<name>.+?)(?P<theirs>(?:['’]s|(?<=s)['’]) (?:new |latest )?{WORKS})? (?:on|about|regarding)"
    r" (?P<topic>.+)",
    re.I,
)


def _narrowed(follow: Follow) -> Follow | Say:
    """Part an author's name from the subject behind it; ask where only the last answer named the paper."""
    target = follow.target
    about = _ABOUT.fullmatch(target.text)
    if about and (target.kind is TargetKind.AUTHOR or (about["theirs"] and is_name_like(about["name"]))):
        return replace(follow, target=Target(TargetKind.AUTHOR, about["name"]), topic=about["topic"])
    return Say("which paper") if _is_of_unnamed(target) else follow


def _take_narrowing(what: str, today: date) -> tuple[str, PaperFilter]:
    """Split off what leaves only some of what is followed; a category alone is followed itself."""
    rest, where = take_conditions(what, today)
    where = without_dates(where)
    if read_category(what):
        return what, PaperFilter()
    if where.category and not content(rest):
        return where.category, replace(where, category=None)
    return rest, where


def _is_of_unnamed(target: Target) -> bool:
    """Say whether what is followed is of a paper that only the last answer would have named."""
    is_of_paper = target.kind in (TargetKind.CITATIONS, TargetKind.SIMILAR)
    return is_of_paper and _POINTED.fullmatch(target.text) is not None


def _are_names(what: str) -> bool:
    """Say whether several people are named, and nothing else; "Luccioni, Sasha" is one."""
    names = [one for one in _BETWEEN_NAMES.split(what) if one]
    return len(names) > 1 and all(map(is_name_like, names))


def _all_or_one(what: str, today: date) -> Target | None:
    return None if _ALL.fullmatch(what) else read_target(what, today)
