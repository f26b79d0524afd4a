"""One calm accent color an archive, the same on cards and in charts."""

from __future__ import annotations

ACCENTS = {
    "cs": 0x4C7DBF,
    "math": 0x8A63B8,
    "stat": 0x2F8F83,
    "eess": 0x3C93A8,
    "econ": 0xA8873B,
    "q-bio": 0x5B9A4A,
    "q-fin": 0x7C8B3A,
    "physics": 0xC4703F,
    "astro-ph": 0x6670BC,
    "cond-mat": 0xB5624F,
    "gr-qc": 0x6F6A9E,
    "hep-ex": 0xB0566E,
    "hep-lat": 0xA8577F,
    "hep-ph": 0xBB5A5A,
    "hep-th": 0x9C4F86,
    "math-ph": 0x9460A6,
    "nlin": 0xB98A2F,
    "nucl-ex": 0xAD6B45,
    "nucl-th": 0xA65F52,
    "quant-ph": 0x4A8CA0,
}
NEUTRAL = 0x7A828E
TROUBLE = 0xB4554B
GOOD = 0x4F9A6B


def accent(category: str | None) -> int:
    """Return the color of a category's archive; neutral where the category is unknown."""
    return ACCENTS.get((category or "").partition(".")[0], NEUTRAL)
