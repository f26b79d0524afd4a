"""A form of one field."""

from __future__ import annotations

import discord


class Question(discord.ui.Modal):
    """A form that discord.py sends but need not remember: `submit_form` knows it by its `custom_id`."""

    def __init__(
        self,
        *,
        title: str,
        custom_id: str,
        label: str,
        longest: int,
        placeholder: str | None = None,
        present: str | None = None,
    ) -> None:
        """Ask for one text; where there may be a `present` one, it is shown and may be left empty."""
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        self.text: discord.ui.TextInput[Question] = discord.ui.TextInput(
            label=label,
            placeholder=placeholder,
            default=present or None,
            required=present is None,
            max_length=longest,
            custom_id="text",
        )
        self.add_item(self.text)

    def is_finished(self) -> bool:
        """Say that there is nothing to listen for, as with the components of cards."""
        return True
