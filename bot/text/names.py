"""Compares names of people as they are printed on papers."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.folding import words

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_APOSTROPHES = re.compile("[\u2019\u2018\u02bc\u02bb\u2032'`\u00b4]")
_ASIDE = re.compile(r"\([^()]*\)")
_PLAIN = re.compile(r"[A-Za-z .-]+")
# "AS Luccioni": two capitals before a name in mixed case are initials.
_GLUED_INITIALS = re.compile(r"(?<![^\W_])[A-Z]{2}(?=[\s.])")

# Chinese, Korean and Vietnamese family names that so many people share that an initial says nothing:
# of labelled pairs with such a name and an initial, 7 in 100 are one person, of others 78.
_CROWDED_NAMES = """
    an ba bai ban bao bi bian bui cai cao cha chai chan chang chao che chen cheng cheon cheong cheung
    chi chiang chien chin cho choi chong choo chou chow chu chua chuang chui chun chung cui dai dang
    dao deng di dinh do dong doan dou du duan duong fan fang fei feng fong fu fung gan gao ge geng
    gong gu guan gui guo ha hai han hao he heo ho hoang hong hou hsieh hsu hu hua huang hui hung huo
    huynh hwang im jang jeon jeong ji jia jian jiang jiao jie jin jing jo joo ju jun jung kang ke kim
    ko koh kong koo kou kuang kuo kwak kwok kwon lai lam lan lang lau law le lee lei leng leong leung
    li lian liang liao lim lin ling liu lo loh long lou lu lui luo luong lv ly lyu ma mai man mao mei
    meng mi miao min ming mo mok moon mou mu na nam nan ngo nguyen ni nie ning niu noh oh ong ou
    ouyang pan pang park pei peng pham phan phung pi piao pu qi qian qiang qiao qin qiu qu quan rao
    ren rong ruan ryu sha shan shang shao she shen sheng shi shih shim shin shu si sim son song
    su suh sun sung szeto tai tan tang tao teng tian ting tong tran trinh truong tsai tsang tse tseng
    tso tu tung vo vu wan wang wei wen weng wong woo wu xi xia xian xiang xiao xie xin xing xiong xu
    xue xuan yan yang yao ye yeh yeo yeon yeung yi yim yin ying yoo yoon you yu yuan yue yun zeng zha
    zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zou zuo
"""
_CROWDED = frozenset(_CROWDED_NAMES.split())


_COLLECTIVE = re.compile(
    r"\b(?:collaborations?|consortium|groups?|teams?|projects?|committee|network|initiative|university"
    r"|institute)\b",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Say whether somebody can be called so: arXiv lists the colon after a collaboration as an author."""
    return any(map(str.isalpha, text))


def is_collective(name: str) -> bool:
    """Say whether a collaboration, a team or an institution signs, and no person."""
    return _COLLECTIVE.search(name) is not None


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the folded name in the order it is spoken, without punctuation."""
    if _PLAIN.fullmatch(name):
        # Most names, and an import asks for millions.
        return " ".join(name.lower().replace(".", " ").replace("-", " ").split())
    name = _APOSTROPHES.sub("", _ASIDE.sub(" ", name))
    parts = [words(part) for part in name.split(",")]
    parts = [part for part in parts if part]
    suffix = [part for part in parts[1:] if len(part) == 1 and part[0] in _SUFFIXES]
    others = [part for index, part in enumerate(parts) if not index or part not in suffix]
    ordered = [*others[1:], *others[:1], *suffix]
    return " ".join(word for part in ordered for word in part)


@lru_cache(maxsize=16384)
def name_parts(name: str) -> tuple[str, ...]:
    """Return given names and family name, initials apart, without `Jr.` and the like."""
    if not name.isupper():
        name = _GLUED_INITIALS.sub(lambda match: " ".join(match[0]), name)
    parts = name_key(name).split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return tuple(parts)


def stand_for_each_other(one: str, other: str) -> bool:
    """Return whether two given names agree, one perhaps shortened to its initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def is_crowded(family: str) -> bool:
    """Return whether so many people bear a folded family name that an initial before it says nothing."""
    return family in _CROWDED


def initials_compatible(first: str, second: str) -> bool:
    """Return whether two printed names may be one person's, initials standing for given names.

    The family name agrees, so do the first given names as far as they are written out; middle names
    may be missing in one of them. Names in another order are not compared, and family names that a
    great many people bear, as in East Asia, ask for the whole given name.
    """
    one, other = name_parts(first), name_parts(second)
    if not one or not other or one[-1] != other[-1]:
        return False
    if "".join(one) == "".join(other):
        return True
    if one[-1] in _CROWDED:
        return False
    shorter, longer = sorted((one[:-1], other[:-1]), key=len)
    if not shorter:
        return not longer
    if not stand_for_each_other(shorter[0], longer[0]):
        return False
    rest = iter(longer[1:])
    return all(any(stand_for_each_other(name, candidate) for candidate in rest) for name in shorter[1:])


def family_name(name: str) -> str:
    """Return the folded family name, which two printed names of one person share; empty for no name."""
    parts = name_parts(name)
    return parts[-1] if parts else ""


def may_mean(typed: str, printed: str) -> bool:
    """Return whether somebody may mean a printed name by what they typed, which is not the whole name.

    They may begin with the family name, leave given names out, shorten them to initials, or write
    umlauts out.
    """
    one, other = name_parts(typed), name_parts(printed)
    if not one or not other:
        return False
    if sorted(one) == sorted(other) or one == name_parts(printed.translate(_WRITTEN_OUT)):
        return True
    if len(one) == 1 or one[0] in _PARTICLES:
        return other[-len(one) :] == one
    if (one[0], one[-1]) == (other[0], other[-1]):
        return set(one) <= set(other)
    family_first = len(one[-1]) == 1
    return min(map(len, one)) == 1 and initials_compatible(
        " ".join((*one[1:], one[0])) if family_first else typed, printed
    )


def is_name_like(text: str) -> bool:
    """Return whether a text could be a person's name as it is printed: capitals, initials, particles."""
    tokens = text.replace(",", " ").split()
    if len(tokens) not in _NAME_LENGTHS or not _NOT_IN_NAMES.isdisjoint(text.lower().split()):
        return False
    capitalized = [token for token in tokens if token.lower() not in _PARTICLES]
    if len(capitalized) < 2 or not all(_NAME.fullmatch(token) for token in tokens):
        return False
    # Scripts without capitals have nothing to show here.
    return all(token[0].isupper() or token[0] == token[0].swapcase() for token in capitalized)


_WRITTEN_OUT = str.maketrans(
    {
        "\u00e4": "ae",
        "\u00f6": "oe",
        "\u00fc": "ue",
        "\u00e5": "aa",
        "\u00c4": "Ae",
        "\u00d6": "Oe",
        "\u00dc": "Ue",
    }
)
_PARTICLES = frozenset(
    ["al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le",
     "ten", "ter", "van", "von", "y", "zu", "zur"]
)  # fmt: skip
_NOT_IN_NAMES = frozenset(
    ["a", "about", "all", "an", "and", "are", "as", "at", "by", "can", "deep", "for", "from", "how", "in",
     "is", "language", "large", "learning", "machine", "model", "models", "need", "network", "networks",
     "neural", "not", "of", "on", "or", "quantum", "the", "theory", "to", "using", "via", "what", "when",
     "why", "with", "you"]
)  # fmt: skip
_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]*")
_NAME_LENGTHS = range(2, 6)
