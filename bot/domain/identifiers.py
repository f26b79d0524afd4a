"""Identifiers of papers and people as values; `bot.text.identifiers` finds them in text.

A mailing brings thousands: a struct is made in a tenth of the time of a frozen dataclass.
"""

from __future__ import annotations

import msgspec


class ArxivId(msgspec.Struct, frozen=True, order=True):
    """An arXiv identifier: `2306.05949` or, before April 2007, `math/0309136`.

    `base` never holds a version or a subject class; `version` is None where none was asked for.
    """

    base: str
    version: int | None = None

    def __str__(self) -> str:
        return self.base if self.version is None else f"{self.base}v{self.version}"

    @property
    def unversioned(self) -> ArxivId:
        """The paper itself, whatever version was asked for."""
        return ArxivId(self.base)

    @property
    def year_month(self) -> tuple[int, int]:
        """The year and month in which the identifier was given, at the paper's announcement."""
        digits = self.base.rpartition("/")[2]
        year = int(digits[:2])
        # The archive opened in August 1991.
        return (1900 if year > 90 else 2000) + year, int(digits[2:4])

    @property
    def doi(self) -> Doi:
        """The DOI that arXiv registers for every paper (DataCite prefix 10.48550)."""
        return Doi(f"10.48550/arxiv.{self.base.lower()}")

    @property
    def url(self) -> str:
        """The abstract page."""
        return f"https://arxiv.org/abs/{self}"

    @property
    def pdf_url(self) -> str:
        """The PDF."""
        return f"https://arxiv.org/pdf/{self}"


class Doi(msgspec.Struct, frozen=True, order=True):
    """A DOI without resolver, in lower case (DOIs don't distinguish case)."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        """The resolver's address."""
        return f"https://doi.org/{self.value}"


class OpenAlexId(msgspec.Struct, frozen=True, order=True):
    """An OpenAlex id: a letter for the kind (`W` work, `A` author) and digits."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        """The page of the entity."""
        return f"https://openalex.org/{self.value}"


class SemanticScholarId(msgspec.Struct, frozen=True, order=True):
    """A Semantic Scholar paper: 40 hexadecimal digits, or `CorpusId:` and digits."""

    value: str

    def __str__(self) -> str:
        return self.value


class Orcid(msgspec.Struct, frozen=True, order=True):
    """An ORCID iD with hyphens, its check digit verified (ISO 7064, MOD 11-2)."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        """The person's ORCID page."""
        return f"https://orcid.org/{self.value}"


PaperId = ArxivId | Doi | OpenAlexId | SemanticScholarId
AuthorId = OpenAlexId | Orcid
