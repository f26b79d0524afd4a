"""Reads identifiers of papers and people in every form that people paste."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bot.domain.identifiers import ArxivId, AuthorId, Doi, OpenAlexId, Orcid, PaperId, SemanticScholarId
from bot.errors import InvalidIdentifier
from bot.text.markdown import clean
from bot.words import _, marked

_LONGEST = 2_000

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    "dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|"
    "physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_ARXIV_ID = rf"(?:\d{{4}}\.\d{{4,5}}|(?:{_ARCHIVES})(?:\.[a-z-]{{2,9}})?/\d{{7}})(?:v[1-9]\d{{0,2}})?"
_DOI_TEXT = r"10\.\d{4,9}/[^\s\"`]+"
_FLAGS = re.IGNORECASE | re.ASCII

_ARXIV_PREFIX = re.compile("ar[x\u03c7]iv(?:[.]org)?(?: ?id)?(?: ?: ?| (?=[0-9a-z]))", re.IGNORECASE)
# The stamp on the margin goes on with category and date: `arXiv:2306.05949v2 [cs.CY] 9 Jun 2023`.
_ARXIV_WHOLE = re.compile(rf"({_ARXIV_ID})(?:\.pdf| ?\[[a-z-]+(?:\.[a-z-]+)?\].*)?", _FLAGS)
_NEW_FORM = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})(?:v(\d+))?", _FLAGS)
_OLD_FORM = re.compile(r"([a-z-]+)(?:\.[a-z-]+)?/(\d\d)(\d\d)(\d{3})(?:v(\d+))?", _FLAGS)

_DOI_PREFIX = re.compile(r"doi ?[:=]? ?(?=10\.)", _FLAGS)
_DOI_WHOLE = re.compile(_DOI_TEXT, _FLAGS)
# What a page's address carries on behind "?", and no DOI does: "utm_source=…", "journalCode=…".
_DOI_PARAMETERS = re.compile(r"[?&#][\w.-]{1,40}=.*", _FLAGS)
_DOI_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", _FLAGS)
# What publishers' pages and preprint servers add behind a DOI.
_DOI_PAGE = re.compile(
    r"(?:/(?:full|fulltext|abstract|summary|pdf|pdfdirect|epdf|epub|meta|html|references|download))+$|\.pdf$",
    _FLAGS,
)
_DOI_PREPRINT = re.compile(r"(10\.(?:1101|64898)/[\d.]+?)(?:v\d+.*)", _FLAGS)

_WORK = re.compile(r"W\d{7,12}", _FLAGS)
_PERSON = re.compile(r"A\d{7,12}", _FLAGS)
_SHA = re.compile(r"[0-9a-f]{40}", _FLAGS)
_CORPUS_ID = re.compile(r"corpus ?id ?: ?(\d{1,12})", _FLAGS)
_ORCID = re.compile(r"(?:orcid(?: ?id)? ?:? ?)?(\d{4})-(\d{4})-(\d{4})-(\d{3}[\dx])", _FLAGS)

_LINK = re.compile(
    r"(https?://)?((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?::\d{1,5})?((?:[/?#].*)?)", _FLAGS | re.DOTALL
)
_WRAPPED = re.compile(r"\[[^\]]*\]\((.+)\)|<(.+)>|\((.+)\)|\[(.+)\]", re.DOTALL)
_LEADING = "\"'*_~` \u2018\u201c"
_TRAILING = ".,;:!?'\"*_~`\u2019\u201d\u2026"

# Where each host keeps an arXiv id in its addresses.
_ANY_PATH = r"(?:[\w.-]+/){0,5}?"
_ARXIV_PATHS = {
    "arxiv.org": _ANY_PATH,
    "ar5iv.org": _ANY_PATH,
    "xxx.lanl.gov": _ANY_PATH,
    "alphaxiv.org": _ANY_PATH,
    "scholarfeed.org": _ANY_PATH,
    "huggingface.co": "papers/",
    "hf.co": "papers/",
    "arxiv-vanity.com": "papers/",
    "emergentmind.com": "papers/",
    "papers.cool": "arxiv/",
    "scirate.com": "arxiv/",
    "semanticscholar.org": "(?:arxiv/|graph/v1/paper/)?",
    "adsabs.harvard.edu": "abs/",
}
_ARXIV_PATH = {
    host: re.compile(rf"/{before}(?:arxiv:)?({_ARXIV_ID})(?:\.pdf|\.html?|\.txt)?(?:[/-].*)?", _FLAGS)
    for host, before in _ARXIV_PATHS.items()
}
_SEMANTIC_SCHOLAR_PATH = re.compile(
    r"/(?:(?:paper|reader|graph/v1/paper)/(?:[^/]*/)?([0-9a-f]{40})(?:/.*)?|(?:graph/v1/paper/)?corpusid:(\d{1,12})|"
    r"p/(\d{1,12}))", _FLAGS,
)  # fmt: skip
_OPENALEX_PATH = re.compile(r"/(?:(?:works|authors|people)/)?([wa]\d{1,12})/?", _FLAGS)
_DOI_IN_PATH = re.compile(r"[/=:](10\.\d{4,9}/[^\s\"?#&]+)", _FLAGS)

_ANY = marked("an arXiv id such as 2306.05949, a DOI, or a link to a paper")


def parse_paper_id(text: str) -> PaperId:
    """Return the paper that an identifier or a link names.

    Raises:
        InvalidIdentifier: the text is none, or names something other than a paper.
    """
    found = find_paper_id(text)
    if found is None:
        raise InvalidIdentifier(text, _expected(text))
    return found


def find_paper_id(text: str) -> PaperId | None:
    """Return the paper that the whole text names, None where it is not an identifier or link."""
    found = _whole(text)
    return None if isinstance(found, Orcid) or _is_person(found) else found


def find_author_id(text: str) -> AuthorId | None:
    """Return the person that the whole text names by ORCID or OpenAlex id, bare or as a link."""
    found = _whole(text)
    return (
        found if isinstance(found, Orcid) or (isinstance(found, OpenAlexId) and _is_person(found)) else None
    )


def _is_person(found: PaperId | Orcid | None) -> bool:
    return isinstance(found, OpenAlexId) and found.value.startswith("A")


def _whole(text: str) -> PaperId | Orcid | None:
    text = _unwrapped(text)
    if not text:
        return None
    return _bare(text) or _of_link(text)


def _unwrapped(text: str) -> str:
    """Take away what people put around an identifier: brackets, quotes, Markdown, a full stop."""
    if len(text) > _LONGEST:
        return ""
    text = " ".join(clean(text).replace("\u2010", "-").replace("\u2011", "-").split())
    for _turn in range(4):
        before = text
        text = _trimmed(text.lstrip(_LEADING))
        if match := _WRAPPED.fullmatch(text):
            text = next(group for group in match.groups() if group).strip()
        if text == before:
            break
    return text


def _trimmed(text: str) -> str:
    """Take away punctuation at the end, and closing brackets that were opened before."""
    while text:
        shorter = text.rstrip(_TRAILING + " ")
        for opening, closing in ("()", "[]", "{}", "<>"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == text:
            break
        text = shorter
    return text


def _bare(text: str) -> PaperId | Orcid | None:
    """Read an identifier that is not a link."""
    prefix = _ARXIV_PREFIX.match(text)
    if match := _ARXIV_WHOLE.fullmatch(text, prefix.end() if prefix else 0):
        return _arxiv(match[1])
    prefix = _DOI_PREFIX.match(text)
    if match := _DOI_WHOLE.fullmatch(text, prefix.end() if prefix else 0):
        return _doi(match[0])
    if _WORK.fullmatch(text) or _PERSON.fullmatch(text):
        return OpenAlexId(text.upper())
    if match := _CORPUS_ID.fullmatch(text):
        return SemanticScholarId(f"CorpusId:{int(match[1])}")
    if _SHA.fullmatch(text):
        return SemanticScholarId(text.lower())
    if match := _ORCID.fullmatch(text):
        return _orcid("-".join(match.groups()))
    return None


def _arxiv(text: str) -> ArxivId | None:
    """Read an arXiv id; numbers that arXiv can't have given are none."""
    # https://info.arxiv.org/help/arxiv_identifier.html
    if match := _NEW_FORM.fullmatch(text):
        year, month, number = match[1], match[2], match[3]
        month_given = "0704" <= year + month < "9000" and 1 <= int(month) <= 12
        digits = 5 if year + month >= "1501" else 4
        if not month_given or len(number) != digits or not int(number):
            return None
        return ArxivId(f"{year}{month}.{number}", int(match[4]) if match[4] else None)
    if match := _OLD_FORM.fullmatch(text):
        archive, year, month, number = match[1].lower(), match[2], match[3], match[4]
        month_given = 1 <= int(month) <= 12 and (year + month >= "9107" or year + month <= "0703")
        if not month_given or not int(number):
            return None
        return ArxivId(f"{archive}/{year}{month}{number}", int(match[5]) if match[5] else None)
    return None


def _doi(text: str) -> ArxivId | Doi | None:
    """Read a DOI; one that arXiv registered is the arXiv id in it."""
    text = _trimmed(_DOI_PARAMETERS.sub("", text))
    if match := _DOI_OF_ARXIV.fullmatch(text):
        return _arxiv(match[1])
    suffix = text.partition("/")[2]
    return Doi(text.lower()) if any(character.isalnum() for character in suffix) else None


def _orcid(text: str) -> Orcid | None:
    """Read an ORCID iD; a wrong check digit makes it none."""
    # https://support.orcid.org/hc/en-us/articles/360006897674
    total = 0
    digits = text.replace("-", "").upper()
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return Orcid(text.upper()) if digits[-1] == ("X" if check == 10 else str(check)) else None


def _of_link(text: str) -> PaperId | Orcid | None:
    """Read a link to a paper or a person, with or without its scheme."""
    match = _LINK.fullmatch(text)
    if match is None or " " in text or not match[3]:
        return None
    host, address = match[2].lower(), unquote(match[3])
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    site = _site(host)
    if site == "orcid.org":
        found = _ORCID.fullmatch(path.strip("/"))
        return _orcid("-".join(found.groups())) if found else None
    if site == "openalex.org" and (found := _OPENALEX_PATH.fullmatch(path)):
        return OpenAlexId(found[1].upper())
    if site == "semanticscholar.org" and (found := _SEMANTIC_SCHOLAR_PATH.fullmatch(path)):
        return SemanticScholarId(found[1].lower() if found[1] else f"CorpusId:{int(found[2] or found[3])}")
    if site in _ARXIV_PATH and (found := _ARXIV_PATH[site].fullmatch(path.rstrip(_TRAILING))):
        return _arxiv(found[1])
    return _doi_of_address(address)


def _site(host: str) -> str:
    """Return the known site that a host belongs to (`export.arxiv.org` to `arxiv.org`), else the host."""
    parts = host.split(".")
    for start in range(len(parts) - 1):
        site = ".".join(parts[start:])
        if site in _ARXIV_PATH or site in ("orcid.org", "openalex.org"):
            return site
    return host


def _doi_of_address(address: str) -> ArxivId | Doi | None:
    """Read a DOI that a publisher's address holds, in its path or a parameter."""
    match = _DOI_IN_PATH.search(address)
    if match is None:
        return None
    found = _DOI_PAGE.sub("", _trimmed(match[1]))
    preprint = _DOI_PREPRINT.fullmatch(found)
    return _doi(preprint[1] if preprint else found)


_UNITS = (
    "%|percent|kg|mg|km|cm|mm|nm|ms|ns|sec|seconds?|minutes?|hours?|days?|years?|k?hz|mhz|ghz|[kmgt]?ev|[kmgt]b|"
    "usd|eur|gbp|dollars?|euros?|units?|points?|meters?|metres?|miles?|feet|tokens?|samples?"
)
# A number is taken for an arXiv id where it stands alone: no price, amount, version, telephone number or
# part of a longer one. Its month must exist, so that most decimal numbers are none.
_IN_SENTENCE = re.compile(
    rf"""
    (?<![a-z0-9@.-])(?P<link>(?:https?://)?(?:[a-z0-9-]{{1,63}}\.){{1,8}}[a-z]{{2,24}}(?::\d{{1,5}})?/
        (?:(?!,https?:)[^\s<>"`|\\^{{}}\[\]])+)
  | (?P<doi>(?<![\w.])10\.\d{{4,9}}/[^\s<>"`|\\\[\]]+)
  | (?<!\w)corpus\s?id\s?:\s?(?P<corpus>\d{{1,12}})(?!\w)
  | (?<!\w)ar[x\u03c7]iv(?:\s?id)?\s?:?\s?\[?(?P<prefixed>{_ARXIV_ID})(?![\w]|[.,]\d)
  | (?<=[/\\])(?P<file>\d{{4}}\.\d{{4,5}}(?:v[1-9]\d{{0,2}})?)(?=(?:\s?\(\d\))?\.pdf(?!\w))
  | (?<![\w.@$\u20ac\u00a3\u00a5+/-])(?<!\d,)(?<!\+\d\ )(?<!\+\d\d\ )(?<!\+\d\d\d\ )(?<!tel\ )(?<!phone\ )
    (?<!version\ )(?<!build\ )(?<!release\ )
    (?P<number>{_ARXIV_ID})(?![\w\u20ac\u00a3]|[.,:/-]\d|\s?(?:{_UNITS})(?!\w))
  | (?<![\w./-])(?P<work>W\d{{8,12}})(?![\w/-])
    """,
    _FLAGS | re.VERBOSE,
)


def find_paper_ids(sentence: str) -> tuple[PaperId, ...]:
    """Return the papers that a text names by link, identifier or DOI, each once, in their order.

    Two versions of a paper are one; the first that is named stays. Hashes without a link are left
    alone: in sentences they are commits more often than papers.
    """
    found: dict[PaperId, PaperId] = {}
    for match in _IN_SENTENCE.finditer(clean(sentence)):
        paper = _named(match)
        if paper is not None:
            found.setdefault(paper.unversioned if isinstance(paper, ArxivId) else paper, paper)
    return tuple(found.values())


def _named(match: re.Match[str]) -> PaperId | None:
    if match["link"]:
        return find_paper_id(_trimmed(match["link"]))
    if match["doi"]:
        return _doi(match["doi"])
    if match["corpus"]:
        return SemanticScholarId(f"CorpusId:{int(match['corpus'])}")
    if match["work"]:
        return OpenAlexId(match["work"].upper())
    return _arxiv(match["prefixed"] or match["file"] or match["number"])


_OWN_NUMBERS = re.compile(
    r"(?:^|\.)(?:scholar\.google\.[a-z.]+|zotero\.org|mendeley\.com|semanticscholar\.org|researchgate\.net"
    r"|drive\.google\.com|docs\.google\.com|dropbox\.com|connectedpapers\.com|consensus\.app|academia\.edu)$",
    _FLAGS,
)
"""Sites whose links say nothing of the paper that they lead to."""

_LOOKS = re.compile(
    rf"(?:arxiv ?(?:id)? ?: ?\S+|doi ?: ?\S+|10\.\d{{4,9}}/\S*|\d{{4}}\.\d{{3,6}}(?:v\d*)?|"
    rf"(?:{_ARCHIVES})(?:\.[a-z-]{{2,9}})?/\d{{5,9}}(?:v\d*)?|[wa]\d{{7,12}}|"
    r"corpus ?id ?: ?\d+|[0-9a-f]{40}|(?:pmid|pmcid|isbn|issn) ?:? ?[\dPMCX-]{6,20}|"
    r"(?:orcid ?:? ?)?\d{4}-\d{4}-\d{4}-\d{3}[\dx]|https?://\S+)",
    _FLAGS,
)


def looks_like_identifier(text: str) -> bool:
    """Return whether a text is meant as an identifier or link, right or wrong, and not as a name or title."""
    text = _unwrapped(text)
    if _LOOKS.fullmatch(text) or _bare(text):
        return True
    link = _LINK.fullmatch(text)
    return bool(link and link[3] and " " not in text)


def _expected(text: str) -> str:
    """Say what would have been right, as near to what was meant as can be told."""
    text = _unwrapped(text)
    number = _ARXIV_PREFIX.sub("", text, count=1)
    if re.fullmatch(r"\d{4}\.\d{3,6}(?:v\d*)?", number, re.ASCII):
        return _("an arXiv id such as 2306.05949: year, month from 01 to 12, five digits (four before 2015)")
    if re.fullmatch(rf"(?:{_ARCHIVES})(?:\.[a-z-]+)?/\d+(?:v\d*)?", number, _FLAGS):
        return _("an arXiv id such as hep-th/9901001: archive, year, month from 01 to 12, three digits")
    if isinstance(_whole(text), Orcid) or _is_person(_whole(text)):
        return _("{forms}; this one names a person").format(forms=_(_ANY))
    link = _LINK.fullmatch(text)
    if link and _OWN_NUMBERS.search(link[2]):
        return _("a link that says which paper it means; its title, its DOI or its arXiv id does")
    if text.lower().startswith(("http://", "https://")):
        return _(
            "a link to a paper, such as https://arxiv.org/abs/2306.05949 or "
            "https://doi.org/10.1145/3442188.3445922"
        )
    return _(_ANY)
