"""Shows LaTeX of titles and abstracts as Unicode."""

from __future__ import annotations


def to_unicode(text: str) -> str:
    """Return text with its LaTeX shown in Unicode characters; other text as it is."""
    return text
