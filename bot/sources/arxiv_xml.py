"""Reads the entries of arXiv's Atom and RSS documents without building a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from bot.errors import SourceChanged
from bot.sources.exchange import Incomplete

SOURCE = "arXiv"

_ATOM = "http://www.w3.org/2005/Atom "
_ARXIV = "http://arxiv.org/schemas/atom "
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/ "
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/ "

_ROOTS = frozenset({_ATOM + "feed", "rss"})
_RECORDS = frozenset({_ATOM + "entry", "item"})
# Atom's and RSS's words for the same thing have one name here.
_LEAVES: Mapping[str, str] = {
    _ATOM + "id": "id",
    "guid": "id",
    _ATOM + "title": "title",
    "title": "title",
    _ATOM + "summary": "summary",
    _ATOM + "subtitle": "summary",
    "description": "summary",
    _ATOM + "published": "published",
    "pubDate": "published",
    _ATOM + "updated": "updated",
    "lastBuildDate": "updated",
    _ATOM + "name": "name",
    _ARXIV + "affiliation": "affiliation",
    _ARXIV + "comment": "comment",
    _ARXIV + "journal_ref": "journal_reference",
    _ARXIV + "journal_reference": "journal_reference",
    _ARXIV + "doi": "doi",
    _ARXIV + "DOI": "doi",
    _ARXIV + "announce_type": "announce_type",
    _DUBLIN_CORE + "creator": "creator",
    _OPENSEARCH + "totalResults": "total",
    _OPENSEARCH + "startIndex": "start",
    _OPENSEARCH + "itemsPerPage": "page",
    "category": "category",
}
_ATOM_CATEGORY = _ATOM + "category"
_PRIMARY_CATEGORY = _ARXIV + "primary_category"
_CHUNK = 1 << 16
_CUT_OFF = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


class Record(NamedTuple):
    """The leaves of one entry or item; what may stand several times is listed.

    An affiliation comes with the number of names before it.
    """

    fields: dict[str, str]
    names: list[str]
    affiliations: list[tuple[int, str]]
    categories: list[str]


def read_records(data: bytes, emit: Callable[[Record], None]) -> Record:
    """Hand every entry of an Atom or RSS document to `emit`; return what stands before the first.

    Raises SourceChanged for anything but one whole, well-formed document without a DOCTYPE.
    """
    # All of arXiv's answers are UTF-8, whatever one may declare.
    parser = expat.ParserCreate(encoding="UTF-8", namespace_separator=" ")
    parser.buffer_text = True
    # Longer than most abstracts, which then come in one piece.
    parser.buffer_size = 1 << 13
    parser.ordered_attributes = True
    header = Record({}, [], [], [])
    finish = _install_handlers(parser, header, emit)
    try:
        for position in range(0, len(data), _CHUNK):
            parser.Parse(data[position : position + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise broken(error) from error
    finish()
    return header


def broken(error: expat.ExpatError) -> SourceChanged:
    """Return what is wrong with a document: it was cut off, or it is no XML."""
    kind = Incomplete if error.code in _CUT_OFF else SourceChanged
    return kind(SOURCE, f"not one whole XML document ({expat.ErrorString(error.code)})")


def _install_handlers(  # noqa: C901 - four small functions over the same locals
    parser: expat.XMLParserType, header: Record, emit: Callable[[Record], None]
) -> Callable[[], None]:
    """Let the parser collect records; return what hands over the last one.

    Callbacks are what reading a feed costs. So they are closures over plain locals, ends of elements
    are not listened to (a leaf's text is taken when the next element starts), and text only in leaves.
    """
    record = header
    fields, names, affiliations, categories = record
    chunks: list[str] = []
    keep, forget = chunks.append, chunks.clear
    find_key = _LEAVES.get
    open_key: str | None = None

    def first(name: str, _attributes: list[str]) -> None:
        if name not in _ROOTS:
            raise SourceChanged(SOURCE, f"another kind of document ({name[:60]})")
        parser.StartElementHandler = start

    def start(name: str, attributes: list[str]) -> None:
        nonlocal open_key, record, fields, names, affiliations, categories
        if open_key is not None:
            take_leaf(open_key)
        open_key = find_key(name)
        if open_key is not None:
            parser.CharacterDataHandler = keep
        elif name == _ATOM_CATEGORY:
            categories.append(attributes[1] if attributes and attributes[0] == "term" else _term(attributes))
        elif name == _PRIMARY_CATEGORY:
            fields["primary"] = _term(attributes)
        elif name in _RECORDS:
            if record is not header:
                emit(record)
            record = Record({}, [], [], [])
            fields, names, affiliations, categories = record

    def take_leaf(key: str) -> None:
        parser.CharacterDataHandler = None
        text = (chunks[0] if len(chunks) == 1 else "".join(chunks)).strip()
        forget()
        if key == "name":
            names.append(text)
        elif key == "category":
            categories.append(text)
        elif key == "affiliation":
            affiliations.append((len(names), text))
        elif key not in fields:
            fields[key] = text

    def finish() -> None:
        start("", [])
        if record is not header:
            emit(record)

    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = first
    return finish


def _refuse_doctype(*_: object) -> NoReturn:
    # ArXiv sends none; what entities can do to a parser begins with one.
    raise SourceChanged(SOURCE, "an XML document with a DOCTYPE")


def _term(attributes: list[str]) -> str:
    """Return the value of `term` from a list of names and values."""
    names = attributes[::2]
    return attributes[2 * names.index("term") + 1] if "term" in names else ""
