"""Texts as the XML of a workbook stores them, and back."""

from __future__ import annotations

import html
import re

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_CODE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escape(text: str) -> str:
    """For a cell, a formula or its result; `unescape` and XML undo it.

    As Excel does, it writes what XML cannot hold (control characters, lone surrogates, U+FFFE, U+FFFF), the carriage
    return, which XML would change, and an underscore that would begin such a code, as _x000D_. Quotes stay.
    """
    return html.escape(_TO_CODE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text), quote=False)


def unescape(text: str) -> str:
    """The text without such codes, which an XML parser leaves in it."""
    if "_x" not in text:
        return text
    plain = _CODE.sub(lambda sign: chr(int(sign[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
