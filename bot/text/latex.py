"""Shows LaTeX of titles and abstracts as Unicode.

Symbols come from pylatexenc's tables. The reading is done here: its parser drops what follows a `%`,
contents of `\\texttt` and unknown macros, and superscripts lose their extent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text.latex_tables import (
    ACCENTS,
    ALPHABETS,
    ARGUMENTS_DROPPED,
    CONTROL_SYMBOLS,
    DROPPED,
    MATH_ACCENTS,
    SECOND_ARGUMENT,
    SPACES,
    SUPERSCRIPTS,
    TRANSPARENT,
    find_symbol,
    letter_of,
    raised_or_lowered,
)

_LONGEST = 50_000
_DEEPEST = 25

_TEX = re.compile(r"[\\$^{}]|\S~\S|`|''|--|_\{")
_MATH = re.compile(
    r"""(?<!\\)\$\$(?P<display>[^$]{1,2000})\$\$
      | (?<!\\)\$(?P<inline>(?:[^$\\]|\\.){1,2000})\$
      | \\\((?P<round>(?:[^\\]|\\[^()]){1,2000})\\\)
      | \\\[(?P<square>(?:[^\\]|\\[^\[\]]){1,2000})\\\]""",
    re.VERBOSE | re.DOTALL,
)
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}^_&'\\]|[^\\{}^_&']+", re.DOTALL)
_MACRO = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})?")
_PLAIN_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{2,}(?![^\W_])")
_PLAIN_GROUP = re.compile(r"[^\W_](?:[\w .:+-]*[\w.:+-])?|[,.]")
# Stands round the name of a function until its neighbors are known.
_GAP = "\ue000"
# Private characters that stand for formulas; foreign ones mean nothing to anybody.
_ASIDE = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")


@lru_cache(maxsize=512)
def to_unicode(text: str) -> str:
    """Return text with its LaTeX shown in Unicode; what is not understood stays as it was written."""
    if len(text) > _LONGEST or not _TEX.search(text):
        return text
    text_only = _PRIVATE.sub("", text)
    pieces: list[str] = []
    formulas: list[str] = []
    kept = start = 0
    try:
        while match := _MATH.search(text_only, start):
            inside = match[match.lastgroup or 0]
            if match["inline"] and not _is_math(inside, text_only[match.end() : match.end() + 1]):
                start = match.start() + 1
                continue
            # Formulas become one character each, so that `\textbf{Mem$^2$}` is read as one group.
            pieces += (text_only[kept : match.start()], chr(_ASIDE + len(formulas)))
            formulas.append(_math(inside))
            kept = start = match.end()
        said = _text("".join(pieces) + text_only[kept:])
    except _TooDeep:
        return text
    return _PRIVATE.sub(lambda match: formulas[ord(match[0]) - _ASIDE], said)


class _TooDeep(Exception):
    """Groups inside groups beyond anything that people write."""


def _is_math(inside: str, following: str) -> bool:
    """Tell formulas from prices: `$5 and $10` holds none."""
    if not inside.strip() or inside.count("{") != inside.count("}"):
        return False
    if inside[0].isdigit() and len(_PLAIN_WORD.findall(_MACRO.sub("", inside))) >= 2:
        return False
    if re.search(r"[\\^_{}=]", inside) or not re.search(r"\w", inside):
        return True
    return not (following.isdigit() or inside[0].isspace() or inside[-1].isspace())


def _text(source: str) -> str:
    """Convert what stands outside formulas."""
    if not _TEX.search(source):
        return source
    said = _Reader(source, math=False).read()
    said = re.sub("---", "—", re.sub("``", "“", re.sub("''", "”", said)))
    # An option of a program (`--help`) keeps its hyphens.
    said = re.sub(r"(?<!-)--(?!-)(?!(?<=\s--)[a-z])", "–", said)
    said = re.sub(r"(?<!\w)`([^`'\n]{1,200})'(?!\w)", r"‘\1’", said)
    # A tie between words; `5~10` is a range, `~50` an estimate, `/~ines` somebody's page.
    return re.sub(r"(?<=[^\s\d/])~(?=\S)|(?<=\d)~(?=[^\W\d])", " ", said)


def _math(source: str) -> str:
    said = _Reader(re.sub(r"(?<!\\)~", r"\\ ", source), math=True).read()
    if _GAP in said:
        said = re.sub(rf"(?<=[\w)\]|]){_GAP}+(?=\w)", " ", said).replace(_GAP, "")
    return re.sub(r"(?<=[(\[⟨]) | (?=[)\]⟩])", "", " ".join(said.split()))


class _Reader:
    """Reads tokens from left to right, each once."""

    def __init__(self, source: str, *, math: bool) -> None:
        self._tokens: list[str] = _TOKEN.findall(source)
        self._next = 0
        self._depth = 0
        self._math = math

    def read(self) -> str:
        """Return the whole source."""
        out: list[str] = []
        while self._next < len(self._tokens):
            if self._at("}"):
                self._next += 1
                out.append("" if self._math else "}")
            else:
                out.append(self._piece())
        return "".join(out)

    def _at(self, piece: str) -> bool:
        return self._next < len(self._tokens) and self._tokens[self._next] == piece

    def _rest(self) -> str:
        """Return the token that comes next, empty at the end."""
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _piece(self) -> str:
        """Convert the next token with what belongs to it."""
        piece = self._tokens[self._next]
        self._next += 1
        if piece == "{":
            return self._group()
        if piece in ("^", "_"):
            return self._script(piece)
        if piece[0] == "\\" and len(piece) > 1:
            name = piece[1:].rstrip("*") or piece[1:]
            return self._macro(name) if name[0].isalpha() and name.isascii() else self._control(name)
        if self._math and piece in ("&", "'"):
            return " " if piece == "&" else "′"
        return piece

    def _until_brace(self) -> str:
        """Convert up to the closing brace, and take that."""
        self._descend()
        out: list[str] = []
        while self._next < len(self._tokens) and not self._at("}"):
            out.append(self._piece())
        self._next += self._at("}")
        self._depth -= 1
        return "".join(out)

    def _descend(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeep

    def _group(self) -> str:
        """Convert a group; of braces outside formulas those that only LaTeX needs are left out."""
        start = self._next
        inside = self._until_brace()
        if self._math:
            return inside
        raw = self._tokens[start : self._next]
        closed = raw[-1:] == ["}"]
        if closed and (any(piece[0] == "\\" for piece in raw) or _PLAIN_GROUP.fullmatch(inside)):
            return inside
        return "{" + inside + ("}" if closed else "")

    def _argument(self) -> str:
        """Convert a macro's argument: a group, a macro or one character."""
        self._skip_spaces()
        piece = self._rest()
        if not piece or piece == "}":
            return ""
        if piece == "{":
            self._next += 1
            return self._until_brace()
        if piece[0] != "\\" and len(piece) > 1:
            self._tokens[self._next] = piece[1:]
            return piece[0]
        self._descend()
        inside = self._piece()
        self._depth -= 1
        return inside

    def _skip_spaces(self) -> None:
        if self._rest()[:1].isspace():
            self._tokens[self._next] = self._rest().lstrip()
            self._next += not self._tokens[self._next]

    def _skip_options(self) -> str:
        """Pass over `[…]` and return what it holds."""
        match = re.match(r"\s*\[([^\[\]]*)\]", self._rest())
        if not match:
            return ""
        self._tokens[self._next] = self._rest()[match.end() :]
        self._next += not self._tokens[self._next]
        return match[1]

    def _control(self, character: str) -> str:
        if character in ACCENTS and not self._math:
            return self._accented(ACCENTS[character], character)
        return CONTROL_SYMBOLS.get(character, "" if character.isspace() else f"\\{character}")

    def _accented(self, mark: str, name: str) -> str:
        before = self._next
        base = self._argument()
        if not base[:1].isalpha():
            return ("" if name.isalpha() or self._next > before else name) + base
        base = {"\u0131": "i", "ȷ": "j"}.get(base[0], base[0]) + mark + base[1:]
        return unicodedata.normalize("NFC", base)

    def _macro(self, name: str) -> str:
        """Convert a macro with its arguments."""
        if self._math and name in MATH_ACCENTS:
            inside = self._argument()
            return unicodedata.normalize("NFC", inside + MATH_ACCENTS[name]) if len(inside) == 1 else inside
        if not self._math and name in ACCENTS:
            return self._accented(ACCENTS[name], name)
        if name in DROPPED:
            return self._dropped(name)
        if name in ALPHABETS:
            return "".join(letter_of(name, letter) for letter in self._argument())
        if name in TRANSPARENT or name in SECOND_ARGUMENT or name in ARGUMENTS_DROPPED:
            return self._wrapped(name)
        structure = self._structure(name)
        return structure if structure is not None else self._symbol_or_name(name)

    def _dropped(self, name: str) -> str:
        if name in ("left", "right") and self._rest().lstrip().startswith("."):
            self._argument()
        elif not self._math:
            self._skip_spaces()
        return " " if name in SPACES else ""

    def _wrapped(self, name: str) -> str:
        self._skip_options()
        inside = self._argument()
        if name in SECOND_ARGUMENT:
            return self._argument()
        return inside if name in TRANSPARENT else ""

    def _structure(self, name: str) -> str | None:
        """Convert macros that put their arguments together in a way of their own."""
        if name in ("frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac"):
            return f"{_bracketed(self._argument())}/{_bracketed(self._argument())}"
        if name == "sqrt":
            degree = "".join(SUPERSCRIPTS.get(character, "") for character in self._skip_options())
            return f"{degree}√{_bracketed(self._argument())}"
        if name in ("binom", "tbinom", "dbinom"):
            return f"({self._argument()} choose {self._argument()})"
        if name in ("footnote", "footnotetext", "thanks"):
            return f" ({self._argument()})"
        if name in ("textsuperscript", "textsubscript"):
            return raised_or_lowered("^" if name == "textsuperscript" else "_", self._argument())
        return None

    def _symbol_or_name(self, name: str) -> str:
        symbol = find_symbol(name)
        if symbol is None:
            # Authors' own macros: `\ours{}` is a name, `\ac{LLM}` a way to print one.
            inside = self._argument() if self._at("{") else ""
            return inside or name
        if self._math and symbol.isascii() and symbol.isalpha():
            return f"{_GAP}{symbol}{_GAP}"
        following = self._rest().lstrip()[:1]
        if symbol.isalpha() and (following.isalnum() or not self._math) and len(symbol) <= 2:
            self._skip_spaces()
        if self._at("{") and not self._math:
            return symbol + self._argument()
        return symbol

    def _script(self, mark: str) -> str:
        """Convert a superscript or subscript; outside formulas only what can't be anything else."""
        if not self._math:
            digits = re.match(r"\d+", self._rest()) if mark == "^" else None
            if digits:
                self._tokens[self._next] = self._rest()[digits.end() :]
                self._next += not self._tokens[self._next]
                return raised_or_lowered(mark, digits[0])
            if not self._at("{"):
                return mark
        return raised_or_lowered(mark, self._argument().strip().replace(_GAP, ""))


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 1 or re.fullmatch(r"\w+|[\d.,]+", text) else f"({text})"
