"""Which cells of a row belong together: `templates/blocks.toml`, fitted to the fields that a sheet has."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_ONE_IS_ENOUGH = {"any_of", "asks", "blanks", "at_least_one", "one_yes"}


@cache
def conditions_for(ids: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """The entries of each table for a sheet with these fields; `complete` where it has all children of the entry.

    Entries without their fields are left out (details, children and choices need one of theirs, all others every one),
    and wildcards are replaced: `X_*` in a list by all ids that fit, `*` in a parent by each word that fits in turn.
    """
    return {
        table: [present for entry in entries for each in _words(entry, ids) if (present := _present(table, each, ids))]
        for table, entries in _tables().items()
    }


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("icare_templates") / "blocks.toml").read_text("utf-8"))


def _words(entry: dict[str, Any], ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    parent = entry.get("parent", "")
    if "*" not in parent:
        yield entry
        return
    for match in filter(None, (_pattern(parent).fullmatch(id_) for id_ in ids)):
        text = json.dumps(entry).replace("*", match[1])
        yield json.loads(text)


def _present(table: str, entry: dict[str, Any], ids: Sequence[str]) -> dict[str, Any] | None:
    present = dict(entry)
    for name in ("children", "fields"):
        if name in entry:
            present[name] = [id_ for wanted in entry[name] for id_ in ids if _pattern(wanted).fullmatch(id_)]
            if len(present[name]) < (1 if table in _ONE_IS_ENOUGH else len(entry[name])):
                return None
            present["complete"] = len(present[name]) >= len(entry[name])
    single = (entry[name] for name in ("parent", "child", "start", "end") if name in entry)
    return present if all(id_ in ids for id_ in single) else None


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted).replace(r"\*", r"(\w+)"))
