"""What can become of a message on its way to Discord, besides arriving."""

from __future__ import annotations


class PlaceGone(Exception):
    """The place can't be written to; `reason` says in words what is missing there."""

    def __init__(self, reason: str) -> None:
        """Keep the reason as the watch's owner reads it."""
        super().__init__(reason)
        self.reason = reason


class MessageGone(Exception):
    """The message is no longer there; the place itself is in order."""


class TryLater(Exception):
    """The message was certainly not sent; it may be after `seconds`."""

    def __init__(self, seconds: float) -> None:
        """Keep how long to wait, where Discord said so."""
        super().__init__(f"{seconds} s")
        self.seconds = seconds


class Refused(Exception):
    """Discord will never take this message; the place itself is in order."""


class Unclear(Exception):
    """The message may or may not have arrived."""


class HistoryUnreadable(Exception):
    """The place's history may not be read, so what arrived there can't be found out."""

    def __init__(self, *, has_nonces: bool = True) -> None:
        """Keep whether Discord knows messages there by their nonce; posts in forums have none."""
        super().__init__("history unreadable")
        self.has_nonces = has_nonces
