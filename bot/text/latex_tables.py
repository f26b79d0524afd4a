"""What LaTeX macros mean for `bot.text.latex`, where pylatexenc's tables say nothing or too much."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db

# Macros whose argument is what people read.
_TRANSPARENT_NAMES = """
    textbf textit emph textsc texttt textrm textsf textmd textup textsl textnormal text mbox hbox
    fbox mathrm mathit mathbf mathsf mathtt mathnormal boldsymbol bm pmb symbf operatorname
    underline uline ensuremath url nolinkurl path mathop mathbin mathrel mathord mathopen mathclose
    overbrace underbrace boxed smash so widehat widetilde overline
    overrightarrow underbar mathds acl ac acs acp gls Gls glspl todo
"""
TRANSPARENT = frozenset(_TRANSPARENT_NAMES.split())
# The first argument is an address, a color or the like, the second is what people read.
_SECOND_ARGUMENT_NAMES = """
    href hyperlink hyperref textcolor colorbox foreignlanguage texorpdfstring raisebox
"""
SECOND_ARGUMENT = frozenset(_SECOND_ARGUMENT_NAMES.split())
# Nothing of these is read, neither their arguments.
_ARGUMENTS_DROPPED_NAMES = """
    cite citep citet citeauthor citeyear citealp citealt parencite textcite autocite ref eqref
    autoref cref Cref label begin end color vspace hspace vskip hskip input include includegraphics
    newcommand renewcommand usepackage thispagestyle pagestyle index fontsize selectfont
"""
ARGUMENTS_DROPPED = frozenset(_ARGUMENTS_DROPPED_NAMES.split())
# Switches, sizes and spacing that leave no trace.
_DROPPED_NAMES = """
    bf it em sc tt rm sf sl cal bfseries itshape scshape ttfamily rmfamily sffamily mdseries upshape
    normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge boldmath
    unboldmath displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits left right
    middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr protect noindent
    indent centering nonumber notag relax xspace allowbreak nobreak linebreak sloppy par newline
    hfill quad qquad enspace thinspace medspace thickspace negthinspace hline toprule midrule
    bottomrule nobreakspace space item
"""
DROPPED = frozenset(_DROPPED_NAMES.split())
_SPACES_NAMES = """
    quad qquad enspace thinspace medspace thickspace nobreakspace space newline par item linebreak
"""
SPACES = frozenset(_SPACES_NAMES.split())

CONTROL_SYMBOLS = {
    **{character: character for character in "%$&_#{}()[]"},
    **dict.fromkeys(",;:> \n\t\r\\", " "),
    **dict.fromkeys("!-/*", ""),
    "|": "‖",
    "@": "",
}

# Combining characters by the name of the accent, in text and in formulas.
ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328", "t": "\u0361",
}  # fmt: skip
MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip

# How Unicode calls the letters of each alphabet; those it had before bear the shorter name.
ALPHABETS = {
    "mathbb": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "Bbb": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "mathcal": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "mathscr": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "mathfrak": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
}

SYMBOLS = {
    "ne": "≠", "iff": "⟺", "implies": "⟹", "impliedby": "⟸", "S": "§", "P": "¶", "LaTeX": "LaTeX",
    "TeX": "TeX", "copyright": "©", "euro": "€", "texteuro": "€", "pounds": "£", "degree": "°",
    "celsius": "°C", "coloneqq": ":=", "colon": ":", "Pr": "Pr", "max": "max", "min": "min", "sup": "sup",
    "inf": "inf", "lim": "lim", "argmax": "argmax", "argmin": "argmin", "bmod": "mod", "mod": "mod",
    "pmod": "mod", "mid": "|", "vert": "|", "lvert": "|", "rvert": "|", "middot": "·", "xrightarrow": "→",
    "longrightarrow": "⟶", "prime": "′", "And": "&", "lbrace": "{", "rbrace": "}", "micro": "µ", "ohm": "Ω",
    "tightlist": "", "etal": "et al.", "ie": "i.e.", "eg": "e.g.", "ast": "*", "sim": "\u223c",
    "textasciicircum": "^", "bigO": "O", "aleph": "ℵ",
}  # fmt: skip

_RAISED = "0123456789+-=()niabcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ′*†°∘ \u22a4"
_RAISED_TO = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ′*†°° ᵀ"
_LOWERED = "0123456789+-=()aehijklmnoprstuvxβγρφχ"
_LOWERED_TO = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
SUPERSCRIPTS = dict(zip(_RAISED, _RAISED_TO, strict=True))
SUBSCRIPTS = dict(zip(_LOWERED, _LOWERED_TO, strict=True))


@cache
def find_symbol(name: str) -> str | None:
    """Return the characters that a macro stands for."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    spec: Any = _database().get_macro_spec(name)
    found: object = spec.simplify_repl if spec else None
    return found if isinstance(found, str) and "%" not in found else None


@cache
def _database() -> Any:
    return get_default_latex_context_db()


@cache
def letter_of(alphabet: str, letter: str) -> str:
    """Return a letter of another alphabet, the letter itself where there is none."""
    if letter.isdigit() or not (letter.isascii() and letter.isalnum()):
        return letter
    for style in ALPHABETS[alphabet]:
        try:
            return unicodedata.lookup(
                f"{style} {'CAPITAL' if letter.isupper() else 'SMALL'} {letter.upper()}"
            )
        except KeyError:
            continue
    return letter


def raised_or_lowered(mark: str, text: str) -> str:
    """Write small characters where Unicode has all of them, else `^(…)`, `_x`."""
    small = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
    word = len(text) > 3 and text.isalpha()
    if text and not word and all(character in small for character in text):
        return "".join(small[character] for character in text)
    if len(text) <= 1 or re.fullmatch(r"[\w.]+", text):
        return f"{mark}{text}" if text else ""
    return f"{mark}({text})"
