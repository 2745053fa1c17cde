"""Templates: read from a workbook's own hidden LOV sheets, else from the definitions that ship with the project."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from icare_xl.grid import Grid
from icare_xl.model import Field, Kind, ListOfValues, Template
from icare_xl.wording import plain

_SHIPPED = files("icare_templates")
_YES, _NO = {"yes", "oui"}, {"no", "non"}
_ONE_IS_ENOUGH = {"any_of", "asks", "blanks", "at_least_one", "one_yes"}
_KIND_BY_ID: tuple[tuple[str, Kind], ...] = (
    (r"client_validation_id", "identifier"),
    (r".*_(dt|dttm)", "date"),
    (r"postal_.*", "postal"),
    (r".*phone_no", "phone"),
    (r".*email_txt", "email"),
    (r".*_no", "number"),
)


@cache
def built_in() -> tuple[Template, ...]:
    """Every definition in `templates/*.toml`."""
    definitions = (file for file in _SHIPPED.iterdir() if file.name.endswith(".toml"))
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted(definitions, key=lambda file: file.name)]
    return tuple(_defined(table) for table in tables if "fields" in table)


@cache
def blocks(ids: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """`templates/blocks.toml` for a sheet with these fields: which cells of a row belong together.

    Entries without their fields are left out (details, children and choices need one of theirs, all others every one),
    and wildcards are replaced: `X_*` in a list by all ids that fit, `*` in a parent by each word that fits in turn.
    """
    tables = tomllib.loads((_SHIPPED / "blocks.toml").read_text("utf-8"))
    return {
        table: [present for entry in entries for each in _words(entry, ids) if (present := _present(table, each, ids))]
        for table, entries in tables.items()
    }


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
    single = (entry[name] for name in ("parent", "child", "start", "end") if name in entry)
    return present if all(id_ in ids for id_ in single) else None


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted).replace(r"\*", r"(\w+)"))


@cache
def list_of_values(name: str) -> ListOfValues:
    """`templates/lists/NAME.csv`."""
    rows = list(csv.DictReader((_SHIPPED / "lists" / f"{name}.csv").read_text("utf-8").splitlines()))
    return ListOfValues(tuple(row["en"] for row in rows), tuple(row["id"] for row in rows))


def recognise(ids: Sequence[str]) -> Template | None:
    """The built-in template that shares the most field ids with row 2, if that is more than half of both."""

    def likeness(template: Template) -> float:
        return len(set(template.ids) & set(ids)) / max(len(template.ids), len(ids), 1)

    best = max(built_in(), key=likeness, default=None)
    return best if best and likeness(best) > 0.5 else None


def from_workbook(ids: Sequence[str], labels: Sequence[str], lov: Grid, lov_ids: Grid) -> Template | None:
    """The template that a workbook's LOV and LOVIds sheets describe, or None where they describe nothing.

    `ids` and `labels` are rows 2 and 3 of its data sheet. An edition that ships with the project keeps the
    order of its own ids, so that moved and missing columns show; of any other edition row 2 is all we know.
    """
    flags = lov.row(2)
    if not any("mandatory=" in cell.text.lower() for cell in flags.values()):
        return None
    code, version, locale = (lov.at(1, column).text or None for column in (0, 2, 3))
    edition = next((t for t in built_in() if (t.code, t.version) == (code, version) and code), None)
    known = {field.id: field for field in edition.fields} if edition else {}
    label_of = dict(zip(ids, labels, strict=True))
    fields = []
    for column, id_ in enumerate(edition.ids if edition else _without_repeats(ids)):
        allowed = _column_list(lov, lov_ids, column)
        label = label_of.get(id_) or (known[id_].label if id_ in known else id_)
        kind = known[id_].kind if id_ in known and not allowed else kind_of(id_, allowed)
        required = column in flags and "mandatory=true" in flags[column].text.lower()
        fields.append(Field(id_, label, kind, required, allowed))
    service = edition.service if edition else (recognised.service if (recognised := recognise(ids)) else code)
    return Template(service, code, version, locale, tuple(fields), "workbook")


def unknown(ids: Sequence[str], labels: Sequence[str]) -> Template:
    """What the ids alone tell of a sheet that nothing describes: kinds of fields, but no lists, nothing mandatory."""
    label_of = dict(zip(ids, labels, strict=True))
    fields = (Field(id_, label_of[id_] or id_, kind_of(id_, None)) for id_ in _without_repeats(ids))
    return Template(None, None, None, None, tuple(fields), "workbook")


def kind_of(id_: str, allowed: ListOfValues | None) -> Kind:
    """What a field holds, from its list, else from how its id is built: useful for editions nobody has seen."""
    if allowed:
        return "yes-no" if set(allowed.ids) == {"0", "1"} else "list"
    return next((kind for pattern, kind in _KIND_BY_ID if re.fullmatch(pattern, id_)), "text")


def _column_list(lov: Grid, lov_ids: Grid, column: int) -> ListOfValues | None:
    values = list(lov.column(column, first_row=3))
    if not values:
        return None
    texts = tuple(cell.text for _, cell in values)
    ids = tuple(lov_ids.at(row, column).text or _id_of_yes_or_no(cell.text) for row, cell in values)
    return _shared(texts, ids)


@cache
def _shared(values: tuple[str, ...], ids: tuple[str, ...]) -> ListOfValues:
    """One object for equal lists, so that what is worked out for one column serves all that have it."""
    return ListOfValues(values, ids)


def _id_of_yes_or_no(text: str) -> Literal["1", "0", ""]:
    return "1" if plain(text) in _YES else "0" if plain(text) in _NO else ""


def _without_repeats(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(id_ for id_ in ids if id_))


def _defined(table: dict[str, Any]) -> Template:
    fields = []
    for entry in table["fields"]:
        allowed = list_of_values(entry["list"]) if "list" in entry else None
        kind = entry.get("kind") or kind_of(entry["id"], allowed)
        fields.append(Field(entry["id"], entry["label"], kind, entry.get("required", False), allowed))
    code, version, locale = (table.get(name) for name in ("code", "version", "locale"))
    return Template(table["service"], code, version, locale, tuple(fields), "built-in", table["title"])
