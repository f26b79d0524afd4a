"""What every picture shares: the panel, its colors, one thread at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, cast

from bot.words import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# An opaque panel, as nothing reads well on both of Discord's themes; dark, as most people's theme is.
PANEL = "#1e1f22"
TEXT = "#e3e5e8"
SOFT = "#a3a9b3"
BASELINE = "#4a4d54"
SERIES = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7")
"""For several people in one picture: told apart by color-blind eyes too (Okabe and Ito, 2008)."""

WIDTH = 4.0
SMALL = 6.9
FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Droid Sans Fallback", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Arial Unicode MS",
)  # fmt: skip
"""Whichever is installed writes what matplotlib's own font can't, as Chinese, Japanese and Korean names."""

_PIXELS_PER_INCH = 200

# matplotlib keeps fonts and caches that threads must not change together.
_drawing = threading.Lock()

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A PNG, and what it shows in words."""

    data: bytes
    description: str


def drawn_once(draw: Callable[P, bytes]) -> Callable[P, bytes]:
    """Let one thread draw at a time, and keep pictures: two that ask for the same have it drawn once.

    What is drawn has to be hashable. Words in it are in the language of who asks.
    """

    @lru_cache(maxsize=128)
    def draw_in(_spoken: str, *args: Any, **kwargs: Any) -> bytes:
        return draw(*args, **kwargs)

    kept = cast("Callable[..., bytes]", draw_in)

    @wraps(draw)
    def draw_or_find(*args: P.args, **kwargs: P.kwargs) -> bytes:
        with _drawing:
            return kept(language(), *args, **kwargs)

    return draw_or_find


def new_figure(height: float) -> Figure:
    """Return an empty panel of the usual width, `height` in inches."""
    # 36 MB and 0.7 s that a bot without a picture does not spend.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    _add_fonts()
    figure = Figure(figsize=(WIDTH, height), dpi=_PIXELS_PER_INCH, facecolor=PANEL)
    FigureCanvasAgg(figure)
    return figure


@cache
def _add_fonts() -> None:
    from matplotlib import rcParams
    from matplotlib.font_manager import get_font_names

    installed = set(get_font_names())
    found = [name for name in FONTS if name in installed]
    rcParams["font.family"] = ["DejaVu Sans", *found[:1]]


def png_of(figure: Figure) -> bytes:
    """Return a figure as a PNG."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", facecolor=PANEL)
    return buffer.getvalue()


def bare(axes: Axes) -> None:
    """Leave only the line that bars stand on."""
    axes.set_facecolor(PANEL)
    axes.tick_params(length=0, pad=2)
    axes.set_yticks([])
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(BASELINE)
    axes.spines["bottom"].set_linewidth(0.6)
