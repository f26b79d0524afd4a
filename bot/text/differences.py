"""What a reader notices when a paper's record changes."""

from __future__ import annotations

from difflib import SequenceMatcher

from bot.domain.papers import Paper
from bot.domain.revisions import Change, Revision
from bot.text.folding import title_key, words
from bot.text.latex import to_unicode

REWRITTEN = 0.8
"""Abstracts whose words agree less than this (0-1) are rewritten; above it are corrections."""


def revision_between(before: Paper, after: Paper) -> Revision | None:
    """Return what became different, None where no announcement of the paper would look different.

    Words are compared between versions alone: sources print those of one version differently.
    """
    changes = _changes(before, after)
    if not changes and after.version <= before.version:
        return None
    return Revision(
        version=after.version,
        changes=changes,
        former_title=before.title if Change.TITLE in changes else "",
    )


def _changes(before: Paper, after: Paper) -> tuple[Change, ...]:
    is_newer = after.version > before.version
    # A withdrawn paper's abstract is the reason; that it is another one says nothing more.
    is_text = is_newer and not after.withdrawn
    found = {
        Change.WITHDRAWN: after.withdrawn and not before.withdrawn,
        Change.RESTORED: is_newer and before.withdrawn and not after.withdrawn,
        Change.TITLE: is_newer and _title(before) != _title(after),
        Change.AUTHORS: is_newer and _people(before) != _people(after),
        Change.ABSTRACT: is_text and not before.withdrawn and _is_rewritten(before.abstract, after.abstract),
        Change.PUBLISHED: bool(after.journal_reference) and not before.journal_reference,
    }
    return tuple(change for change in Change if found[change])


def _title(paper: Paper) -> str:
    return title_key(to_unicode(paper.title))


def _people(paper: Paper) -> list[tuple[str, str]]:
    """Return last words and initials: sources write the rest of a name differently."""
    names = [words(to_unicode(author.name)) for author in paper.authors]
    return [(name[-1], name[0][0]) for name in names if name]


def _is_rewritten(before: str, after: str) -> bool:
    if not before.strip() or not after.strip():
        return False
    matcher = SequenceMatcher(None, words(before), words(after), autojunk=False)
    return matcher.real_quick_ratio() < REWRITTEN or matcher.ratio() < REWRITTEN
