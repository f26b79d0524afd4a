"""Compares names of people as they are printed on papers."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.folding import words

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_APOSTROPHES = re.compile("[\u2019\u2018\u02bc\u02bb\u2032'`\u00b4]")
_ASIDE = re.compile(r"\([^()]*\)")
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


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the folded name in the order it is spoken, without punctuation."""
    name = _APOSTROPHES.sub("", _ASIDE.sub(" ", name))
    parts = [words(part) for part in name.split(",")]
    parts = [part for part in parts if part]
    suffix = [part for part in parts[1:] if len(part) == 1 and part[0] in _SUFFIXES]
    others = [part for index, part in enumerate(parts) if not index or part not in suffix]
    ordered = [*others[1:], *others[:1], *suffix]
    return " ".join(word for part in ordered for word in part)


def initials_compatible(first: str, second: str) -> bool:
    """Return whether two printed names may be one person's, initials standing for given names.

    The family name agrees, so do the first given names as far as they are written out; middle names
    may be missing in one of them. Names in another order are not compared, and family names that a
    great many people bear, as in East Asia, ask for the whole given name.
    """
    one, other = _parts(first), _parts(second)
    if not one or not other or one[-1] != other[-1]:
        return False
    if "".join(one) == "".join(other):
        return True
    if one[-1] in _CROWDED:
        return False
    shorter, longer = sorted((one[:-1], other[:-1]), key=len)
    if not shorter:
        return not longer
    if not _stand_for_each_other(shorter[0], longer[0]):
        return False
    rest = iter(longer[1:])
    return all(any(_stand_for_each_other(name, candidate) for candidate in rest) for name in shorter[1:])


@lru_cache(maxsize=16384)
def _parts(name: str) -> tuple[str, ...]:
    """Return given names and family name, initials apart, without `Jr.` and the like."""
    if not name.isupper():
        name = _GLUED_INITIALS.sub(lambda match: " ".join(match[0]), name)
    parts = name_key(name).split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return tuple(parts)


def _stand_for_each_other(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
