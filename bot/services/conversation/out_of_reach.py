"""Conditions that no search can hold, as they are not indexed: institutions, conferences and journals."""

from __future__ import annotations

import re
from datetime import date

from bot.services.answers import WordsAnswer
from bot.services.conversation.asked_authors import read_person
from bot.services.conversation.conditions import take_conditions
from bot.services.conversation.phrases import PAPERS, content
from bot.services.conversation.wishes import LookUp, OutOfReach, Wish
from bot.text.folding import fold, words
from bot.text.markdown import clip, plain
from bot.text.names import is_name_like
from bot.words import _, marked

_SHOWN = 120

_WELL_KNOWN = """
    mit, eth, eth zurich, eth zuerich, ethz, epfl, cmu, carnegie mellon, stanford, berkeley, uc
    berkeley, oxford, cambridge, harvard, princeton, yale, caltech, cornell, columbia, nyu, ucla, ucsd,
    georgia tech, uiuc, umass, tsinghua, peking, zhejiang, kaist, nus, ntu, inria, cnrs, cern, nasa, max
    planck, mpi, fraunhofer, dfki, helmholtz, tum, tu munich, tu muenchen, tu berlin, rwth, rwth aachen,
    lmu, mila, allen ai, ai2, google, google brain, google research, google deepmind, deepmind, openai,
    anthropic, meta, meta ai, facebook, microsoft, microsoft research, nvidia, ibm, ibm research,
    amazon, apple, adobe, adobe research, huawei, tencent, alibaba, baidu, bytedance, samsung,
    salesforce, hugging face, huggingface, deepseek, mistral, cohere, bell labs, xerox parc, riken
"""
_INSTITUTIONS = frozenset(" ".join(_WELL_KNOWN.split()).split(", "))
"""Those that everybody knows by names without a word such as "university"."""

_MARKED = re.compile(
    r"\b(?:university|universit(?:ä|ae|a)t|universit[éeàa]|universidade?|hochschule|polytechnic|polytechnique"
    r"|institute?|research cent(?:er|re)|laborator(?:y|ies))\b",
    re.IGNORECASE,
)
_AFFILIATED = re.compile(
    r"(?: (?:written|published|done|made|coming))?"
    r" (?:(?:by|of) (?:the )?(?:people|researchers|authors|scientists|those|anyone|groups?|teams?|labs?)"
    r" (?:at|from|of|in)|(?:affiliated|working) (?:with|at)|at|from|out of) (?:the )?(?P<name>[^,;:?!]+)",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    rf"(?:(?:the|new|latest|recent|all) )*(?P<name>[^,;:?!]{{2,60}}?)(?:'s)? (?={PAPERS}\b)", re.IGNORECASE
)
_ENDED = re.compile(
    r" (?:on|about|for|regarding|concerning|since|until|before|after|in|from|with|that|which|and|last|this"
    r"|published|newest|most|sorted|weekly|daily)\b.*|\.$",
    re.IGNORECASE,
)

_VENUES = (
    r"neurips|nips|icml|iclr|cvpr|iccv|eccv|wacv|bmvc|emnlp|naacl|eacl|coling|aaai|ijcai|aistats|icra|iros|corl"
    r"|sigir|sigmod|sigcomm|siggraph|icassp|interspeech|facct|miccai|jmlr|tmlr|tacl|tpami|pnas|ecml|aamas|usenix"
)
_ALSO_WORDS = r"ACL|CHI|KDD|RSS|COLT|UAI|WWW|VLDB|STOC|FOCS|SODA|ICSE|Nature|Science|The Lancet|NEJM|PRL"
"""What is a venue in capitals alone, as the words and other abbreviations are many."""

_AT_VENUE = re.compile(
    r"(?:,? (?:accepted|published|presented|appeared|appearing|submitted))?"
    r"(?:,? (?:at|in|from|of|by|to|for)|,)? (?:the )?(?:proceedings of |conference |journal )?(?:the )?"
    rf"(?:(?i:{_VENUES})|{_ALSO_WORDS})(?:[ '\u2019-]{{1,2}}(?P<year>(?:19|20)?\d\d)(?!\w))?"
    r"(?: (?:conference|journal|proceedings))?(?=$|[ ,.?!])"
)
_VENUE = re.compile(rf"(?i:{_VENUES})|{_ALSO_WORDS}")
_CITED = re.compile(
    r"(?:,? (?:that|which|with|having|have|has|are|were|been|and|cited))*"
    r" (?P<often>(?:at least|more than|over|above|>=?|min(?:imum)?(?: of)?) ?\d[\d,.]*\+?"
    r" (?:citations?|cites|times)|\d[\d,.]*(?:\+| or more| and more) (?:citations?|cites|times))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"\b{PAPERS}\b", re.IGNORECASE)
_PREPOSED = re.compile(
    r"(?:at|in|from|by|to|of) (?:the )?(?:proceedings |conference |journal )?", re.IGNORECASE
)


def read_out_of_reach(text: str, today: date) -> Wish | None:
    """Read a wish for papers of an institution, a conference or a journal, and what it is without that."""
    return _cited_often(text, today) or _at_venue(text, today) or _of_institution(text, today)


def is_institution(name: str) -> bool:
    """Say whether a name is an institution's, by its words or because everybody knows it."""
    said = [word for word in words(fold(name)) if word not in ("the", "der", "die", "am")]
    if " ".join(said) in _INSTITUTIONS:
        return True
    return len(said) > 1 and len(said) < 9 and _MARKED.search(name) is not None


def without_it(wish: OutOfReach) -> WordsAnswer:
    """Return that a condition can't be held, and what can be asked instead."""
    name, instead = plain(clip(wish.name, _SHOWN)), plain(clip(wish.instead, _SHOWN))
    said = _(_KINDS[wish.kind])
    if instead:
        rest = _("*{instead}* asks the same without it; *yes* will do.").format(instead=instead)
    else:
        rest = _("Ask for a subject or a person: *papers on energy*, *papers by Sasha Luccioni*.")
    return WordsAnswer(text=f"{said.format(name=name)} {rest}", then=wish.instead)


_KINDS = {
    "institution": marked("I can't search by institution ({name}): cards show them where they are known."),
    "venue": marked("I can't search by conference or journal ({name}): cards show where a paper appeared."),
    "citations": marked("I can't search by a number of citations ({name}), but put the most cited first."),
}


def _cited_often(text: str, today: date) -> Wish | None:
    found = _CITED.search(text)
    if found is None or not _SEVERAL.search(text):
        return None
    rest = f"{text[: found.start()]}{text[found.end() :]}".strip(" ,.")
    return OutOfReach(found["often"], _asking(f"most cited {rest}", today), kind="citations")


def _at_venue(text: str, today: date) -> Wish | None:
    found = _AT_VENUE.search(f" {text}")
    if found is None:
        return None
    start, end = max(found.start() - 1, 0), found.end() - 1
    named = _VENUE.search(text, start)
    is_asked = (
        _PREPOSED.search(found[0]) or found["year"] or re.match(rf" {PAPERS}\b", text[end:], re.IGNORECASE)
    )
    if named is None or not is_asked:
        return None
    year = found["year"] or ""
    year = f" from {year if len(year) == 4 else ('20' if year < '70' else '19') + year}" if year else ""
    rest = f"{text[:start]}{text[end:]}".strip(" ,.:")
    return OutOfReach(text[named.start() : end].strip(), _asking(f"{rest}{year}", today), kind="venue")


def _of_institution(text: str, today: date) -> Wish | None:
    for found in _AFFILIATED.finditer(text):
        name = _ENDED.sub("", found["name"]).strip(" .")
        if is_institution(name):
            end = found.start("name") + len(name)
            rest = f"{text[: found.start()]}{text[end:]}".strip(" ,.")
            if is_name_like(rest):
                # Who bears the name is told apart by a menu; the card says where they are.
                return LookUp(rest)
            return read_person(rest, today) or OutOfReach(name, _asking(rest, today))
    if " " in text and is_institution(text) and take_conditions(text, today)[0] == text:
        return OutOfReach(text)
    theirs = _THEIRS.match(text)
    if theirs and is_institution(theirs["name"]):
        rest = f"{text[: theirs.start('name')]}{text[theirs.end() :]}"
        return OutOfReach(theirs["name"], _asking(rest, today))
    return None


def _asking(rest: str, today: date) -> str:
    """Return what is left of a wish, if it still asks for something."""
    left, where = take_conditions(rest, today)
    return rest if where.category or content(_FOLLOW.sub("", left)) else ""


_FOLLOW = re.compile(r"^(?:follow|watch|track)\b", re.IGNORECASE)
