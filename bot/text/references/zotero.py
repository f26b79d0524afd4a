"""References as Zotero's RDF, the form that Zotero imports with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from bot.text.references.reference import Person, Reference

# https://www.zotero.org/support/dev/data_formats, "Zotero RDF", as Zotero itself exports it.
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
_UNPRINTABLE = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def zotero_rdf(references: Iterable[Reference]) -> str:
    """Return one document with an item a paper."""
    for prefix, space in _SPACES.items():
        ET.register_namespace(prefix, space)
    root = ET.Element(_name("rdf:RDF"))
    for reference in references:
        _add_item(root, reference)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _add_item(root: ET.Element, reference: Reference) -> None:
    is_article = bool(reference.published_in)
    item = ET.SubElement(root, _name("bib:Article" if is_article else "rdf:Description"))
    item.set(_name("rdf:about"), _clean(reference.url) or f"#{reference.key}")
    _add(item, "z:itemType", "journalArticle" if is_article else "preprint")
    if is_article:
        journal = ET.SubElement(ET.SubElement(item, _name("dcterms:isPartOf")), _name("bib:Journal"))
        _add(journal, "dc:title", reference.published_in)
    if reference.authors:
        people = ET.SubElement(ET.SubElement(item, _name("bib:authors")), _name("rdf:Seq"))
        for person in reference.authors:
            _add_person(people, person)
    _add(item, "dc:title", reference.title)
    _add(item, "dcterms:abstract", reference.abstract)
    _add(item, "dc:date", reference.date)
    _add(item, "z:citationKey", reference.key)
    _add(item, "dc:identifier", f"DOI {reference.doi}" if reference.doi else "")
    if reference.arxiv_id is not None and not is_article:
        _add(item, "z:repository", "arXiv")
        _add(item, "prism:number", f"arXiv:{reference.arxiv_id}")
    if reference.url:
        address = ET.SubElement(ET.SubElement(item, _name("dc:identifier")), _name("dcterms:URI"))
        _add(address, "rdf:value", reference.url)


def _add_person(people: ET.Element, person: Person) -> None:
    entry = ET.SubElement(ET.SubElement(people, _name("rdf:li")), _name("foaf:Person"))
    _add(entry, "foaf:surname", person.family)
    _add(entry, "foaf:givenName", " ".join(part for part in (person.given, person.suffix) if part))


def _add(parent: ET.Element, name: str, text: str) -> None:
    if text:
        ET.SubElement(parent, _name(name)).text = _clean(text)


def _name(short: str) -> str:
    prefix, _, local = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _clean(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return text.translate(_UNPRINTABLE).encode(errors="ignore").decode()
