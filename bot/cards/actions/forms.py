"""Forms that are known by their `custom_id` alone, so that a restart while one is filled in loses nothing."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.cards.actions.base import Host, Interaction, follow_up, keep_current, now_of, speak_with, think
from bot.cards.actions.setup import take_topic
from bot.cards.actions.watches import take_setting
from bot.cards.answers import render_answer
from bot.cards.menus import FORMS
from bot.errors import Outdated
from bot.services.answers import AuthorAnswer, PaperAnswer

if TYPE_CHECKING:
    from bot.services import Services

Handler = Callable[[Interaction, "Services", re.Match[str], str], Awaitable[None]]


async def submit_form(interaction: Interaction) -> None:
    """Act on a form that somebody sent, and report what goes wrong; one of an earlier version is, too."""
    data = cast("dict[str, Any]", interaction.data or {})
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    host = cast("Host", interaction.client)
    speak_with(interaction)
    written = next(_values(data.get("components", ())), "")
    try:
        for form, handle in _FORMS.items():
            if found := form.fullmatch(str(data.get("custom_id", ""))):
                await handle(interaction, host.services, found, written)
                return
        raise Outdated("a form")
    except Exception as error:  # noqa: BLE001 - the person waits for an answer, whatever happened
        await host.report_error(interaction, error)


async def _look_up(
    interaction: Interaction,
    services: Services,
    _found: re.Match[str],
    written: str,
) -> None:
    """Answer what was asked as a direct message would be, to the person alone."""
    await think(interaction)
    answer = await services.plain_words.answer(written, person=interaction.user.id)
    shown = await follow_up(interaction, await render_answer(answer, now=now_of(interaction)))
    if isinstance(answer, AuthorAnswer | PaperAnswer):
        await keep_current(interaction, services, answer, shown)


def _values(components: Any) -> Iterator[str]:
    """Yield what was written into the fields, however they are wrapped."""
    for component in components:
        if "value" in component:
            yield str(component["value"])
        yield from _values(component.get("components", ()))
        if isinstance(inner := component.get("component"), dict):
            yield from _values((inner,))


_FORMS: dict[re.Pattern[str], Handler] = {
    re.compile("lookup:form"): _look_up,
    re.compile(rf"watch:(?P<watch>\d{{1,18}}):(?P<setting>{'|'.join(FORMS)}):form"): take_setting,
    re.compile(r"setup:topic:(?P<channel>\d{0,20}):(?P<every>[a-z]*):form"): take_topic,
}
"""What each form is known by, and what is done with what was written into it."""
