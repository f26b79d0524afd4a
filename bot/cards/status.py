"""How the bot is doing."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import GOOD, TROUBLE
from bot.cards.wording import count, foreign, full_date, joined, label, moment
from bot.domain.feeds import FeedState, SourceStatus
from bot.services.answers import StatusAnswer
from bot.services.coverage import Coverage

_FEEDS = 4
_NAMED = 3
_NEVER = datetime.min.replace(tzinfo=UTC)


def render_status(answer: StatusAnswer) -> Card:
    """Return size, harvest, queue, and one line a source."""
    broken = foreign(answer.broken_reason, 400)
    quiet = foreign(answer.quiet_reason, 400)
    harvest = (
        f"Last harvest {moment(answer.last_harvest)}." if answer.last_harvest else "Nothing harvested yet."
    )
    embed = discord.Embed(
        title="Something is wrong" if broken else "All is well",
        description=joined((broken, quiet, harvest, _coverage(answer.coverage)), "\n"),
        color=TROUBLE if broken else GOOD,
    )
    embed.add_field(name="Papers", value=f"**{answer.size.papers:,}**", inline=True)
    embed.add_field(name="Authors", value=f"**{answer.size.authors:,}**", inline=True)
    embed.add_field(name="Waiting", value=f"**{answer.queued:,}**", inline=True)
    for source in answer.sources[:8]:
        embed.add_field(name=foreign(source.name, 100) or "Source", value=_source(source), inline=False)
    newest_first = sorted(answer.feeds, key=lambda feed: feed.checked_at or _NEVER, reverse=True)
    if feeds := [_feed(feed) for feed in newest_first[:_FEEDS]]:
        embed.add_field(name="Announced by arXiv", value="\n".join(feeds), inline=False)
    newest = answer.size.newest_announcement
    embed.set_footer(
        text=joined(
            (
                f"Hoopoe {label(answer.version, 40)}",
                f"newest announcement {full_date(newest)}" if newest else "",
            )
        )
    )
    return fit(Card(embeds=(embed,), ephemeral=True))


def _coverage(coverage: Coverage) -> str:
    """Return since when the catalogue is complete, or which announcements it lacks."""
    if coverage.since is None:
        return ""
    days = f"{count(coverage.days, 'announcement day')} since {full_date(coverage.since)}"
    if not coverage.gaps:
        return f"Complete: {days}."
    named = "; ".join(foreign(str(gap), 80) for gap in coverage.gaps[-_NAMED:])
    more = len(coverage.gaps) - _NAMED
    doing = " They are being fetched." if coverage.filling else ""
    return f"Missing: {named}{f'; {more} more before' if more > 0 else ''}.{doing} Complete: {days}."


def _source(source: SourceStatus) -> str:
    """Return when it last answered, today's use and gain, and what went wrong since."""
    never = "no answer yet" if source.requests_today else "not asked yet"
    answered = f"answered {moment(source.last_success)}" if source.last_success else never
    use = f"{count(source.requests_today, 'request')} today"
    gained = f"{count(source.gained_today, 'paper')} gained"
    left = f"{foreign(source.left, 80)} left" if source.left else ""
    spent = f"${source.spent_usd:,.4f} spent" if source.spent_usd else ""
    rests = f"asked again {moment(source.rests_until)}" if source.rests_until else ""
    first = joined((answered, use, gained, left, rests, spent))
    if not source.last_error or source.last_error_at is None:
        return first
    if source.last_success is not None and source.last_success >= source.last_error_at:
        return first
    return f"{first}\n**{foreign(source.last_error, 200)}** {moment(source.last_error_at)}"


def _feed(feed: FeedState) -> str:
    """Return what the newest mailing of a group of categories brought."""
    names = ", ".join(foreign(name, 30) for name in feed.categories[:_NAMED])
    if len(feed.categories) > _NAMED:
        names += f" and {count(len(feed.categories) - _NAMED, 'more category', 'more categories')}"
    when = (
        f"{count(feed.item_count, 'paper')} on {full_date(feed.dated)}" if feed.dated else "nothing read yet"
    )
    return joined((f"{names}: {when}", foreign(feed.error, 60)))[:200]
