"""A form of one field."""

from __future__ import annotations

import discord


class Question(discord.ui.Modal):
    """A form that discord.py sends but need not remember: `submit_form` knows it by its `custom_id`."""

    def __init__(self, *, title: str, custom_id: str, label: str, placeholder: str, longest: int) -> None:
        """Ask for one text, which may not be left out."""
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        self.text: discord.ui.TextInput[Question] = discord.ui.TextInput(
            label=label, placeholder=placeholder, max_length=longest, custom_id="text"
        )
        self.add_item(self.text)

    def is_finished(self) -> bool:
        """Say that there is nothing to listen for, as with the components of cards."""
        return True
