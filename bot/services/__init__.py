"""What the product does, without Discord in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.services.announcing.announce import Announcer
    from bot.services.announcing.revise import Reviser
    from bot.services.conversation.languages import Languages
    from bot.services.discussions import Discussions
    from bot.services.enriching import Enriching
    from bot.services.harvesting.citing import Citing
    from bot.services.harvesting.harvest import Harvester
    from bot.services.library import ReadingList
    from bot.services.lookup import Lookup
    from bot.services.numbers import Numbers
    from bot.services.permits import Permits
    from bot.services.picks import Picks
    from bot.services.plain_words import PlainWords
    from bot.services.ports import PaperStore, StateStore
    from bot.services.privacy import Privacy
    from bot.services.relations import Relations
    from bot.services.renewal import Renewal
    from bot.services.scoring import Scoring
    from bot.services.search import Search
    from bot.services.status import Status
    from bot.services.timetable import Timetable
    from bot.services.watches.tuning import Tuning
    from bot.services.watches.watching import Watching
    from bot.services.welcoming import Welcoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything the Discord surface and the command line call, built once in `bot.app`."""

    lookup: Lookup
    search: Search
    relations: Relations
    renewal: Renewal
    library: ReadingList
    privacy: Privacy
    permits: Permits
    watching: Watching
    tuning: Tuning
    harvester: Harvester
    announcer: Announcer
    reviser: Reviser
    enriching: Enriching
    citing: Citing
    numbers: Numbers
    scoring: Scoring
    status: Status
    timetable: Timetable
    languages: Languages
    plain_words: PlainWords
    welcoming: Welcoming
    discussions: Discussions
    picks: Picks
    papers: PaperStore
    state: StateStore
