"""The name of a file for upload, made of a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping

from icare_xl.settings import NAMING_WORDS

LONGEST = 120  # of a name: paths may have no more than 260 signs in all
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LEFT_OVER = re.compile(r"[ _.-]*([_-])[ _.-]*")


def file_name(pattern: str, words: Mapping[str, str], number: int | None = None) -> str:
    """`Agency_nars_2026-01.xlsx`: words without a value leave no gap, and no sign that Windows forbids remains.

    `number` tells files apart that would have the same name otherwise.
    """
    filled = pattern.format_map({word: words.get(word, "") for word in NAMING_WORDS})
    tidy = _LEFT_OVER.sub(r"\1", _FORBIDDEN.sub("-", filled)).strip(" ._-")
    body = tidy.removesuffix(".xlsx")[:LONGEST] or "upload"
    return f"{body}_{number}.xlsx" if number else f"{body}.xlsx"
