"""What the buttons and menus of the guided set-up do, and the form for a topic."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from bot.cards.actions.base import Action, Interaction, follow_up, now_of, think
from bot.cards.actions.base import replace as put
from bot.cards.actions.form import Question
from bot.cards.actions.organizers import demand_organizer
from bot.cards.card import Card
from bot.cards.places import chosen_place, home_of
from bot.cards.setup import (
    CHOSEN,
    TOPIC,
    SetUp,
    categories_of,
    render_category_step,
    render_channel_step,
    render_field_step,
    render_preview_step,
    render_rhythm_step,
)
from bot.cards.watches import render_watch
from bot.domain.orders import Order
from bot.domain.search import ListRequest
from bot.domain.watches import Every, Manner
from bot.errors import InvalidInput
from bot.services.answers import WatchAnswer
from bot.services.watches.criteria import known_category, topic_criterion
from bot.words import _

if TYPE_CHECKING:
    from bot.services import Services

_LONGEST_TOPIC = 200


class SetUpStep(
    Action,
    template=r"setup:(?P<show>begin|field|category|topic|channel|rhythm|preview|create)"
    r":(?P<field>[^:]{0,30}):(?P<channel>\d{0,20}|\?):(?P<every>[a-z]{0,10})(?::\d)?",
):
    """Takes an answer and shows the next step."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Begin with a message of its own, open a form, or turn the message into the next step."""
        await demand_organizer(interaction, services.permits)
        show = self.said["show"]
        state = SetUp(
            field=self._answered("field", interaction),
            channel=self._answered("channel", interaction),
            every=self.said["every"],
            is_direct=home_of(interaction) is None,
        )
        if show == "begin":
            await think(interaction)
            await follow_up(interaction, render_field_step(state))
        elif show == "topic":
            await interaction.response.send_modal(_topic_form(state))
        else:
            await interaction.response.defer()
            await put(interaction, await _render(show, await _read(state, services), interaction, services))

    def _answered(self, name: str, interaction: Interaction) -> str:
        said = self.said[name]
        if said != CHOSEN:
            return said
        data = cast("dict[str, Any]", interaction.data or {})
        return str(next(iter(data.get("values") or ()), ""))


async def take_topic(
    interaction: Interaction, services: Services, found: re.Match[str], written: str
) -> None:
    """Keep the topic that was written, and show the next step."""
    await demand_organizer(interaction, services.permits)
    topic = topic_criterion(written).topic
    number = await services.state.keep_request(ListRequest(title=topic, query=topic))
    state = SetUp(
        field=f"{TOPIC}{number}",
        topic=topic,
        channel=found["channel"],
        every=found["every"],
        is_direct=home_of(interaction) is None,
    )
    await interaction.response.defer()
    await put(interaction, await _render("channel", state, interaction, services))


def _topic_form(state: SetUp) -> Question:
    return Question(
        title=_("Set up announcements"),
        custom_id=f"setup:topic:{state.channel}:{state.every}:form",
        label=_('Words, "phrases", prefix*, AND OR NOT'),
        placeholder='energy AND ("language model" OR llm)',
        longest=_LONGEST_TOPIC,
    )


async def _read(state: SetUp, services: Services) -> SetUp:
    """Return the answers with the text of a topic; raise what says that one of them is none."""
    if state.field.startswith(TOPIC) and state.field[1:].isdigit():
        request = await services.state.get_request(int(state.field[1:]))
        return replace(state, topic=request.query)
    return replace(state, field=known_category(state.field)) if state.field else state


async def _render(show: str, state: SetUp, interaction: Interaction, services: Services) -> Card:
    """Return the step that is next; those that have nothing to ask are left out."""
    if not state.field or show == "field":
        return render_field_step(state)
    if show == "category" and categories_of(state.field):
        return render_category_step(state)
    if show in ("category", "channel") and not state.is_direct:
        return render_channel_step(state, interaction.channel_id or 0)
    place = chosen_place(interaction, int(state.channel) if state.channel else None)
    if show in ("category", "channel", "rhythm"):
        return render_rhythm_step(state)
    order = Order(
        owner=interaction.user.id,
        place=place,
        manner=Manner(every=_rhythm(state)),
        preview=show == "preview",
    )
    answer = await _watch(state, order, services)
    now = now_of(interaction)
    if show == "preview":
        return render_preview_step(state, answer, now=now)
    return render_watch(answer, now=now)


async def _watch(state: SetUp, order: Order, services: Services) -> WatchAnswer:
    if state.topic:
        return await services.watching.watch_topic(state.topic, order)
    return await services.watching.watch_category(state.field, order)


def _rhythm(state: SetUp) -> Every:
    try:
        return Every(state.every)
    except ValueError:
        raise InvalidInput(state.every, _("at once, daily or weekly")) from None
