"""The marks on a web page: a style sheet with a class for each, in the hue and the pattern it has in a cell."""

from __future__ import annotations

from icare_xl.xlsx.marks import LOOKS, Look

_PATTERNS = {
    "solid": "#{ground}",
    "lightUp": "repeating-linear-gradient(135deg, #{ink} 0 1px, #{ground} 1px 7px) #{ground}",
    "lightGray": "radial-gradient(#{ink} 0.8px, transparent 1px) 0 0 / 5px 5px #{ground}",
}


def css() -> str:
    """Text on a mark is black whatever the page's colours are."""
    return "\n".join(
        f".{mark} {{ background: {_fill(look)}; color: #000; forced-color-adjust: none; print-color-adjust: exact }}"
        for mark, look in LOOKS.items()
    )


def _fill(look: Look) -> str:
    return _PATTERNS[look.pattern].format(ink=look.ink, ground=look.ground)
