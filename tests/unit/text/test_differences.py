"""What a reader notices between two versions of a paper."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.papers import Authorship
from bot.domain.revisions import Change, Revision
from bot.text.differences import revision_between
from tests.factories import make_paper

ABSTRACT = (
    "We measure the energy that training takes. We find that most of it is spent on experiments that are "
    "never published, and we propose a way to report them."
)
FIRST = make_paper(version=1, title="On Energy", abstract=ABSTRACT)


@pytest.mark.parametrize(
    ("changes", "noticed"),
    [
        pytest.param({"title": "On Power"}, (Change.TITLE,), id="title"),
        pytest.param({"title": "On  energy."}, (), id="title-in-other-letters"),
        pytest.param({"authors": FIRST.authors[:1]}, (Change.AUTHORS,), id="authors"),
        pytest.param({"abstract": ABSTRACT.replace("most", "much")}, (), id="abstract-corrected"),
        pytest.param({"abstract": "We sing of birds. " * 9}, (Change.ABSTRACT,), id="abstract-rewritten"),
        pytest.param(
            {"withdrawn": True, "abstract": "This paper has been withdrawn."},
            (Change.WITHDRAWN,),
            id="withdrawn",
        ),
        pytest.param({"comment": "9 pages"}, (), id="nothing"),
        pytest.param(
            {
                "title": "On Power",
                "abstract": "We sing of birds. " * 9,
                "journal_reference": "Nature 1 (2026)",
            },
            (Change.TITLE, Change.ABSTRACT, Change.PUBLISHED),
            id="several",
        ),
    ],
)
def test_revision_between_versions_says_what_a_reader_notices(
    changes: dict[str, Any], noticed: tuple[Change, ...]
) -> None:
    after = make_paper(**({"version": 2, "title": "On Energy", "abstract": ABSTRACT} | changes))

    revision = revision_between(FIRST, after)

    former = "On Energy" if Change.TITLE in noticed else ""
    assert revision == Revision(version=2, changes=noticed, former_title=former)


@pytest.mark.parametrize(("kept", "is_rewritten"), [(81, False), (80, False), (79, True)])
def test_abstract_of_which_less_than_four_fifths_of_the_words_agree_is_rewritten(
    kept: int, is_rewritten: bool
) -> None:
    first = [f"word{n}" for n in range(100)]
    second = first[:kept] + [f"other{n}" for n in range(kept, 100)]
    before = make_paper(version=1, abstract=" ".join(first))
    after = make_paper(version=2, abstract=" ".join(second))

    revision = revision_between(before, after)

    assert revision is not None
    assert (Change.ABSTRACT in revision.changes) is is_rewritten


def test_revision_between_spellings_of_one_version_is_none() -> None:
    """Another source prints names and titles in another way; that is no new version."""
    other = make_paper(version=1, title="Energy", abstract="Birds.", authors=(Authorship(name="A. Nother"),))
    assert revision_between(FIRST, other) is None


def test_revision_between_initials_and_full_names_is_no_change_of_authors() -> None:
    full = make_paper(version=1, authors=(Authorship(name="José María Ruiz"),))
    short = make_paper(version=2, authors=(Authorship(name="J. M. Ruiz"),))
    assert revision_between(full, short) == Revision(version=2)


def test_revision_between_a_withdrawn_paper_and_a_new_version_says_that_it_is_back() -> None:
    withdrawn = make_paper(version=2, withdrawn=True, abstract="This paper has been withdrawn.")
    back = make_paper(version=3, abstract=ABSTRACT)
    assert revision_between(withdrawn, back) == Revision(version=3, changes=(Change.RESTORED,))


def test_revision_between_publication_needs_no_new_version() -> None:
    published = make_paper(
        version=1, title="On Energy", abstract=ABSTRACT, journal_reference="Nature 1 (2026)"
    )
    assert revision_between(FIRST, published) == Revision(version=1, changes=(Change.PUBLISHED,))
    assert revision_between(published, published) is None
