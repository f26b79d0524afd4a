"""Buttons as cards show them: all their state is in the `custom_id`, as is that of `bot.cards.menus`.

What they do is in `bot.cards.actions`; so cards can be rendered without knowing it, and work after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.cards import limits
from bot.cards.wording import label, web_address
from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.domain.watches import Watch
from bot.words import _

Item = discord.ui.Item[discord.ui.View]
Button = discord.ui.Button[discord.ui.View]

FOR_ALL = "-all"
"""Marks the components of a whispered question whose answer everybody was to see."""

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


def cite_author_button(author_id: int) -> Button:
    """Writes the author's papers as references."""
    return button(_("Cite"), f"author:{author_id}:cite")


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


def custom_ids(components: Iterable[Any]) -> Iterator[str]:
    """Yield the custom_ids of components, those inside rows and containers too."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from custom_ids(getattr(component, "children", ()))
        if (accessory := getattr(component, "accessory", None)) is not None:
            yield from custom_ids([accessory])
