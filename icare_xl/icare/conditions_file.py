"""What `templates/conditions.toml` says; a mistake in it is told with its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from icare_xl.icare.cell_conditions import Condition, Conditions, FieldId, FieldIds, Texts

_TEXT, _LIST = "text", "list of texts"
# How the file writes a field of each type; fields of other types are not in it.
_IN_FILE: dict[Any, str] = {str: _TEXT, FieldId: _TEXT, FieldIds: _LIST, Texts: _LIST}
_FILE = "conditions.toml"
_TOKEN = re.compile(r"""#.*|"(?:\\.|[^"\\])*"|'[^']*'|(\{|^\[\[)""", re.M)  # comments, strings, where an entry begins
_TABLES: dict[str, type[Condition]] = {each.name: get_args(each.type)[0] for each in fields(Conditions)}


@cache
def shipped() -> Conditions:
    """All that ship with the project."""
    return parse((files("icare_templates") / _FILE).read_text("utf-8"))


@cache
def conditions_for(ids: tuple[str, ...]) -> Conditions:
    """Those that a sheet with these fields can meet."""
    fitted: dict[str, Any] = {
        table: tuple(each for entry in entries for each in entry.fitted(ids))
        for table, entries in vars(shipped()).items()
    }
    return Conditions(**fitted)


def parse(text: str) -> Conditions:
    """The conditions of a file with this text. Raises ValueError, which names the line and what is wrong there."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f"{_FILE}: {fault}") from fault
    found: dict[str, Any] = {}
    for table, entries in tables.items():
        if table not in _TABLES or not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            raise ValueError(f"{_FILE}, line {_line(text, table)}: “{table}” is no table of conditions")
        for number, entry in enumerate(entries, 1):
            if mistake := _mistake(_TABLES[table], entry):
                raise ValueError(f"{_FILE}, line {_line(text, table, number)}: {mistake}")
        found[table] = tuple(_condition(_TABLES[table], entry) for entry in entries)
    return Conditions(**found)


def _mistake(kind: type[Condition], entry: dict[str, Any]) -> str:
    """What is wrong with an entry, or nothing."""
    wanted = {each.name: _IN_FILE[each.type] for each in fields(kind) if each.type in _IN_FILE}
    for key, value in entry.items():
        if key not in wanted:
            return f"“{key}” is no key here; choose among {', '.join(wanted)}"
        if not _is_a(wanted[key], value):
            return f"“{key}” has to be a {wanted[key]}"
    missing = [each.name for each in fields(kind) if each.default is MISSING and each.name not in entry]
    return f"“{missing[0]}” is missing" if missing else ""


def _is_a(wanted: str, value: Any) -> bool:
    if wanted == _TEXT:
        return isinstance(value, str)
    return isinstance(value, list) and value != [] and all(isinstance(each, str) for each in value)


def _condition(kind: type[Condition], entry: dict[str, Any]) -> Condition:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return kind(**given)


def _line(text: str, table: str, entry: int = 0) -> int:
    """The line of a table, or of its entry of that number, by counting what opens one: the parser tells no lines."""
    head = re.search(rf"^[\[\"' \t]*{re.escape(table)}(?!\w)", text, re.M)
    start = head.start() if head else 0
    opened = [start, *(token.start() for token in _TOKEN.finditer(text, start) if token[1])]
    return text.count("\n", 0, opened[entry]) + 1
