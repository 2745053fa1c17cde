"""What a form says of itself in its hidden cells, so that sorted, moved and copied rows are still known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from icare_xl.model.text import Language

MARK = "icare-xl"  # before all that is hidden


def head(kind: str, language: Language) -> str:
    """What stands in the row of heads."""
    return f"{MARK} {kind} {language}"


def key(kind: str, row: str, filled_in: Mapping[str, str]) -> str:
    """What stands in each row: its key, and what its cells to fill in held when they were last recorded."""
    return f"{MARK} {kind} {json.dumps([row, filled_in], ensure_ascii=False)}"


def read_head(text: str, kinds: Iterable[str]) -> tuple[str, Language] | None:
    """The kind and the language of a form, where this is the hidden cell of its heads."""
    if not text.startswith(MARK):
        return None
    named = {head(kind, language): (kind, language) for kind in kinds for language in _LANGUAGES}
    return named.get(text)


def read_key(text: str, kind: str) -> tuple[str, dict[str, str]] | None:
    """The key of a row, and what was recorded of it; None where this is no row of a form of this kind."""
    before = f"{MARK} {kind} "
    try:
        row, filled_in = json.loads(text.removeprefix(before)) if text.startswith(before) else (None, None)
    except (ValueError, TypeError):
        return None
    return (row, filled_in) if isinstance(row, str) and isinstance(filled_in, dict) else None


_LANGUAGES: tuple[Language, ...] = ("en", "fr")
