"""How the bot is doing."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, TROUBLE
from bot.cards.wording import (
    foreign,
    joined,
    label,
    moment,
    papers_counted,
)
from bot.domain.feeds import FeedState, SourceStatus
from bot.services.answers import StatusAnswer
from bot.services.harvesting.coverage import Coverage
from bot.text.dates import full_date
from bot.words import _, counted, ngettext, number

_FEEDS = 4
_NAMED = 3
_NEVER = datetime.min.replace(tzinfo=UTC)


def render_status(answer: StatusAnswer) -> Card:
    """Return size, harvest, queue, and one line a source."""
    broken = foreign(answer.broken_reason, 400)
    quiet = foreign(answer.quiet_reason, 400)
    harvest = (
        _("Last harvest {moment}.").format(moment=moment(answer.last_harvest))
        if answer.last_harvest
        else _("Nothing harvested yet.")
    )
    embed = discord.Embed(
        title=_("Something is wrong") if broken else _("All is well"),
        description=joined((broken, quiet, harvest, _coverage(answer.coverage)), "\n"),
        color=TROUBLE if broken else GOOD,
    )
    embed.add_field(name=_("Papers"), value=f"**{number(answer.size.papers)}**", inline=True)
    embed.add_field(name=_("Authors"), value=f"**{number(answer.size.authors)}**", inline=True)
    embed.add_field(name=_("Waiting to be sent"), value=f"**{number(answer.queued)}**", inline=True)
    for source in answer.sources[:8]:
        embed.add_field(name=foreign(source.name, 100) or _("Source"), value=_source(source), inline=False)
    newest_first = sorted(answer.feeds, key=lambda feed: feed.checked_at or _NEVER, reverse=True)
    if feeds := [_feed(feed) for feed in newest_first[:_FEEDS]]:
        embed.add_field(name=_("Announced by arXiv"), value="\n".join(feeds), inline=False)
    newest = answer.size.newest_announcement
    embed.set_footer(
        text=joined(
            (
                f"Hoopoe {label(answer.version, 40)}",
                _("newest announcement {date}").format(date=full_date(newest)) if newest else "",
            )
        )
    )
    return fit(Card(embeds=(embed,), ephemeral=True))


def _coverage(coverage: Coverage) -> str:
    """Return since when the catalogue is complete, or which announcements it lacks."""
    if coverage.since is None or not (coverage.days or coverage.gaps):
        return ""
    complete = ngettext(
        "Complete: {count} announcement day since {date}.",
        "Complete: {count} announcement days since {date}.",
        coverage.days,
    ).format(count=number(coverage.days), date=full_date(coverage.since))
    if not coverage.gaps:
        return complete
    named = "; ".join(foreign(str(gap), 80) for gap in coverage.gaps[-_NAMED:])
    more = len(coverage.gaps) - _NAMED
    if more > 0:
        missing = _("Missing: {gaps}; {count} more before.").format(gaps=named, count=number(more))
    else:
        missing = _("Missing: {gaps}.").format(gaps=named)
    return joined((missing, _("They are being fetched.") if coverage.filling else "", complete), " ")


def _source(source: SourceStatus) -> str:
    """Return when it last answered, today's use and gain, and what went wrong since."""
    never = _("no answer yet") if source.requests_today else _("not asked yet")
    answered = (
        _("answered {moment}").format(moment=moment(source.last_success)) if source.last_success else never
    )
    asked, got = source.requests_today, source.gained_today
    use = counted(asked, "{count} request today", "{count} requests today") if asked else ""
    gained = counted(got, "{count} paper gained", "{count} papers gained") if got else ""
    left = _("{allowance} left").format(allowance=foreign(source.left, 80)) if source.left else ""
    spent = _("{sum} spent").format(sum=f"${number(source.spent_usd, ',.4f')}") if source.spent_usd else ""
    rests = _("asked again {moment}").format(moment=moment(source.rests_until)) if source.rests_until else ""
    first = joined((answered, use, gained, left, rests, spent))
    if not source.is_failing or source.last_error_at is None:
        return first
    return f"{first}\n**{foreign(source.last_error, 200)}** {moment(source.last_error_at)}"


def _feed(feed: FeedState) -> str:
    """Return what the newest mailing of a group of categories brought."""
    names = ", ".join(foreign(name, 30) for name in feed.categories[:_NAMED])
    if len(feed.categories) > _NAMED:
        more = len(feed.categories) - _NAMED
        names = ngettext(
            "{names} and {count} more category", "{names} and {count} more categories", more
        ).format(names=names, count=number(more))
    when = _("nothing read yet")
    if feed.dated:
        when = _("{papers} on {date}").format(
            papers=papers_counted(feed.item_count), date=full_date(feed.dated)
        )
    return joined((f"{names}: {when}", foreign(feed.error, 60)))[:200]
