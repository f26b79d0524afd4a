"""Buttons and menus as cards show them: all their state is in the `custom_id`.

What they do is in `bot.cards.actions`; so cards can be rendered without knowing it, and work after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import discord

from bot.cards import limits
from bot.cards.labels import pause_reason, watch_label
from bot.cards.wording import (
    joined,
    label,
    web_address,
)
from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.orders import OFF, ON, Setting
from bot.domain.papers import Paper
from bot.domain.watches import Every, Watch
from bot.metrics.network import Coauthor
from bot.words import _, counted, marked

Item = discord.ui.Item[discord.ui.View]
Button = discord.ui.Button[discord.ui.View]
Select = discord.ui.Select[discord.ui.View]

WRITTEN = "?"
"""The value of a setting that is written into a form."""

FOR_ALL = "-all"
"""Marks the components of a whispered question whose answer everybody was to see."""

RHYTHMS = {
    Every.INSTANT: marked("Each paper at once"),
    Every.DAILY: marked("A digest every day"),
    Every.WEEKLY: marked("A digest every week"),
}
SWITCHES = {
    Setting.PRIMARY: (marked("Only as first category"), marked("Cross-lists too")),
    Setting.CODE: (marked("Only with code"), marked("With or without code")),
    Setting.THREAD: (marked("A thread below each paper"), marked("No threads below papers")),
    Setting.VERSIONS: (marked("New versions too"), marked("No new versions")),
    Setting.STRICT: (marked("Only the full name"), marked("Initials too, with a known co-author")),
    Setting.UNSCORED: (marked("Papers without a number too"), marked("No papers without a number")),
}
FORMS = {
    Setting.MOST: marked("At most so many a day"),
    Setting.ROLE: marked("Ping a role"),
    Setting.CATEGORY: marked("Only in a category"),
    Setting.TOPIC: marked("Only about a topic"),
    Setting.EXCLUDE: marked("Without certain words"),
    Setting.SCORE: marked("Least score"),
    Setting.NOVELTY: marked("Least novelty"),
    Setting.THRESHOLD: marked("Least similarity"),
}

ANNOUNCEMENT = "announcement"
"""Marks the button by which an announcement's message is found again."""

_NEAREST = 60
"""How much of a title a button shows; more would fill the screen."""


class Components(discord.ui.View):
    """Rows of components that discord.py sends but need not remember."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Put the items in rows, in their order."""
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """Say that there is nothing to listen for: dynamic items answer by `custom_id`.

        Otherwise discord.py would keep every message that was ever sent with a button in memory.
        """
        return True


def rows(*items: Item | None) -> Components | None:
    """Return the items that there are as a view, none of them twice; None where there are none."""
    present: dict[str, Item] = {}
    for item in items:
        if item is not None:
            known_by = getattr(item, "custom_id", None) or getattr(item, "url", None) or str(id(item))
            present.setdefault(known_by, item)
    return Components(present.values()) if present else None


def button(
    text: str,
    custom_id: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Button:
    """Return a button that is answered by its `custom_id`."""
    shown = label(text, limits.BUTTON_LABEL) or _("Open")
    return discord.ui.Button(label=shown, custom_id=custom_id, style=style, disabled=disabled)


def link_button(text: str, url: str | None) -> Button | None:
    """Return a button that opens a page, None where the address is none."""
    address = web_address(url)
    return discord.ui.Button(label=text, url=address) if address else None


def papers_button(author_id: int) -> Button:
    """Lists the author's papers."""
    return button(_("Papers"), f"author:{author_id}:papers", style=discord.ButtonStyle.primary)


def follow_button(author_id: int) -> Button:
    """Follows the author in the person's direct messages."""
    return button(_("Follow"), f"author:{author_id}:follow")


def coauthors_button(author_id: int) -> Button:
    """Shows who writes with the author."""
    return button(_("Co-authors"), f"author:{author_id}:coauthors")


def full_abstract_button(paper_id: int) -> Button:
    """Shows the whole abstract."""
    return button(_("Full abstract"), f"abstract:{paper_id}")


def cite_button(paper_id: int | None) -> Button | None:
    """Shows how to cite a paper; None where it is not in the catalogue."""
    return None if paper_id is None else button(_("Cite"), f"paper:{paper_id}:cite")


def save_button(paper_id: int | None) -> Button | None:
    """Saves a paper to the reading list; None where it is not in the catalogue."""
    return None if paper_id is None else button(_("Save"), f"paper:{paper_id}:save")


def discuss_button(paper_id: int | None) -> Button | None:
    """Opens a thread about a paper; None where it is not in the catalogue."""
    return None if paper_id is None else button(_("Discuss"), f"paper:{paper_id}:discuss")


def vote_button(paper_id: int) -> Button:
    """Votes for a paper on the reading list."""
    return button(_("Vote"), f"paper:{paper_id}:vote")


def similar_button(paper_id: int | None) -> Button | None:
    """Lists the papers nearest in wording; None where it is not in the catalogue."""
    return None if paper_id is None else button(_("Similar"), f"paper:{paper_id}:similar")


def paper_numbers_button(paper_id: int | None) -> Button | None:
    """Explains a paper's numbers; None where it is not in the catalogue."""
    return None if paper_id is None else button(_("About these numbers"), f"paper:{paper_id}:numbers")


def author_numbers_button(author_id: int) -> Button:
    """Explains an author's numbers."""
    return button(_("About these numbers"), f"author:{author_id}:numbers")


def list_numbers_button() -> Button:
    """Explains the number before each paper of a list."""
    return button(_("About these numbers"), "numbers")


def announcement_button(announcement_id: int, paper_id: int | None) -> Button:
    """Marks the message of an announcement, and shows the abstract, or those of a batch."""
    text = _("Abstracts") if paper_id is None else _("Full abstract")
    return button(text, f"{ANNOUNCEMENT}:{announcement_id}:{paper_id or 0}")


def revision_button(message_id: int, paper_id: int | None) -> Button:
    """Marks the answer to an announcement, and shows the abstract, or those of several papers."""
    text = _("Abstracts") if paper_id is None else _("Full abstract")
    return button(text, f"revision:{message_id}:{paper_id or 0}")


def page_buttons(request_id: int, offset: int, size: int, total: int) -> tuple[Button, ...]:
    """Turn a list; none where there is one page. A button at an end stays in its place, disabled."""
    if total <= size and offset == 0:
        return ()
    back, on = max(0, offset - size), offset + size
    return (
        button(_("Previous"), f"list:{request_id}:{back}:back", disabled=offset == 0),
        button(_("Next"), f"list:{request_id}:{on}:on", disabled=on >= total),
    )


def paper_select(
    papers: Sequence[Paper], request_id: int, offset: int, *, is_one_of_several: bool = False
) -> Select | None:
    """Opens one of the papers; None where none of them is in the catalogue.

    Where a list is too long for one menu, each says which of its papers it has.
    """
    placeholder = _("Open a paper…")
    if is_one_of_several:
        said = _("Open a paper, {first} to {last}…")
        placeholder = said.format(first=offset + 1, last=offset + len(papers))
    return _select(placeholder, f"open:{request_id}:{offset}", _paper_options(papers))


def vote_select(papers: Sequence[Paper], request_id: int, offset: int) -> Select | None:
    """Votes for one of the papers of a reading list."""
    return _select(_("Vote for a paper…"), f"vote:{request_id}:{offset}", _paper_options(papers))


def _paper_options(papers: Sequence[Paper]) -> tuple[discord.SelectOption, ...]:
    options = {
        str(paper.id): discord.SelectOption(
            label=label(paper.title, limits.OPTION_TEXT) or _("Untitled"),
            value=str(paper.id),
            description=label(", ".join(author.name for author in paper.authors[:3]), limits.OPTION_TEXT)
            or None,
        )
        for paper in papers[: limits.OPTIONS]
        if paper.id is not None
    }
    return tuple(options.values())


def author_select(
    candidates: Sequence[tuple[Author, str | None]], asked: str, person: int, *, for_all: bool = False
) -> Select | None:
    """Chooses one of several people of the same name; the name asked for goes along.

    `for_all` posts the card where everybody sees it.
    """
    options = {
        str(author.id): discord.SelectOption(
            label=label(author.name, limits.OPTION_TEXT) or _("Unnamed"),
            value=str(author.id),
            description=label(
                joined((_field(author), ", ".join(author.institutions[:1]), top)), limits.OPTION_TEXT
            )
            or None,
        )
        for author, top in candidates[: limits.OPTIONS]
        if author.id is not None
    }
    start = f"choose{FOR_ALL if for_all else ''}:{person}:"
    name = limits.cut(label(asked, limits.CUSTOM_ID), limits.CUSTOM_ID - len(start))
    return _select(_("Who is meant?"), start + name, options.values())


def coauthor_select(coauthors: Sequence[Coauthor]) -> Select | None:
    """Opens one co-author's card: known by the source's id, without one by name."""
    options = {
        value: discord.SelectOption(
            label=label(one.name, limits.OPTION_TEXT) or _("Unnamed"),
            value=value,
            description=counted(one.papers, "{count} joint paper", "{count} joint papers"),
        )
        for one in coauthors[: limits.OPTIONS]
        if (value := str(one.openalex_id or limits.cut(one.name, limits.OPTION_TEXT)))
    }
    return _select(_("Open an author…"), "coauthor", options.values())


def _field(author: Author) -> str:
    return category_name(author.primary_category) if author.primary_category else ""


def nearest_button(author_or_paper: Author | Paper, *, for_all: bool = False) -> Button | None:
    """Opens a near miss, for everybody or in place; None where it is not in the catalogue."""
    if author_or_paper.id is None:
        return None
    start = f"near{FOR_ALL if for_all else ''}"
    if isinstance(author_or_paper, Author):
        return button(author_or_paper.name, f"{start}:author:{author_or_paper.id}")
    return button(label(author_or_paper.title, _NEAREST), f"{start}:paper:{author_or_paper.id}")


def watch_buttons(watch: Watch) -> tuple[Button, ...]:
    """Change, Pause or Resume, and Remove; none for a watch that is only looked at."""
    if watch.id is None:
        return ()
    going_on = (
        button(_("Resume"), f"watch:{watch.id}:resume", style=discord.ButtonStyle.primary)
        if watch.paused_reason
        else button(_("Pause"), f"watch:{watch.id}:pause")
    )
    return (
        button(_("Change"), f"watch:{watch.id}:change"),
        going_on,
        button(_("Remove"), f"watch:{watch.id}:remove"),
    )


def setting_select(watch: Watch, settings: Mapping[Setting, str]) -> Select | None:
    """Changes one setting of a watch: at once, or in a form where something is to be written."""
    options = [
        discord.SelectOption(
            label=text, value=f"{setting}={value}", description=label(now, limits.OPTION_TEXT)
        )
        for setting, present in settings.items()
        for text, value, now in _choices_of(setting, present)
    ]
    return _select(_("Change a setting…"), f"watch:{watch.id}:set", options[: limits.OPTIONS])


def _choices_of(setting: Setting, present: str) -> list[tuple[str, str, str]]:
    """Return what can be chosen for a setting: its words, the value, and what is so now."""
    if setting is Setting.EVERY:
        return [
            (_(text), every.value, _("Now: {value}").format(value=_(RHYTHMS[Every(present)])))
            for every, text in RHYTHMS.items()
            if every != present
        ]
    if setting in SWITCHES:
        turned_on, turned_off = (_(text) for text in SWITCHES[setting])
        if present == ON:
            return [(turned_off, OFF, _("Now: {value}").format(value=turned_on))]
        return [(turned_on, ON, "")]
    now = _("Now: {value}").format(value=present) if present else _("Now: none")
    return [(f"{_(FORMS[setting])}…", WRITTEN, now)]


def watch_select(watches: Sequence[Watch], offset: int) -> Select | None:
    """Opens one watch of a list, to remove or resume it."""
    options = {
        str(watch.id): discord.SelectOption(
            label=label(watch_label(watch.label), limits.OPTION_TEXT) or _("Watch"),
            value=str(watch.id),
            description=label(_state(watch), limits.OPTION_TEXT),
        )
        for watch in watches[: limits.OPTIONS]
        if watch.id is not None
    }
    return _select(_("Change a watch…"), f"watches:{offset}", options.values())


def _state(watch: Watch) -> str:
    if not watch.paused_reason:
        return _("Active")
    return _("Paused: {reason}").format(reason=pause_reason(watch.paused_reason))


def _select(placeholder: str, custom_id: str, options: Iterable[discord.SelectOption]) -> Select | None:
    """Return a menu of one choice."""
    choices = list(options)
    return (
        discord.ui.Select(placeholder=placeholder, custom_id=custom_id, options=choices) if choices else None
    )
