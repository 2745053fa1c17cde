"""Templates: read from a workbook's own hidden LOV sheets, else from the definitions that ship with the project."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from icare_xl.icare.errors import NoSuchService
from icare_xl.model.client import IDENTIFIER
from icare_xl.model.grid import Grid
from icare_xl.model.normalise import collapse_blanks, id_of_yes_or_no
from icare_xl.model.template import Field, Kind, ListOfValues, Template
from icare_xl.model.text import Text

ONLY_ENGLISH = Text(
    "icare-xl knows no French edition of this template, so the sheet is the English one of {edition}. To report in French, fill "
    "in the French template of iCARE; icare-xl checks it by its own lists.",
    "icare-xl ne connaît aucune édition française de ce modèle; la feuille est donc celle de {edition}, en anglais. Pour "
    "déclarer en français, remplissez le modèle français d’iEDEC; icare-xl le vérifie d’après ses propres listes.",
)
_SHIPPED = files("icare_templates")
_FIELDS = re.compile(r"^[ \t]*(?:fields[ \t]*=|\[\[[ \t]*fields\b)", re.M)  # where the long part of a definition begins
_KIND_BY_LABEL: tuple[tuple[str, Kind], ...] = (
    ("YYYY-MM-DD", "date"),
    ("AAAA-MM-JJ", "date"),
    ("A#A#A#", "postal"),
    ("###-###-####", "phone"),
)
_KIND_BY_ID: tuple[tuple[str, Kind], ...] = (
    (IDENTIFIER, "identifier"),
    (r".*_(dt|dttm)", "date"),
    (r"postal_.*", "postal"),
    (r".*phone_no", "phone"),
    (r".*email_txt", "email"),
    (r".*_no", "number"),
    (r".*_ind", "yes-no"),
)


@cache
def built_in() -> tuple[Template, ...]:
    """Every definition in `templates/*.toml`."""
    return tuple(_defined(tomllib.loads(head + fields)) for head, fields in _definitions())


@cache
def services() -> dict[str, Text]:
    """The name of each service, in the order of the menu New sheet; read without fields, as every press needs it."""
    heads = sorted((tomllib.loads(head) for head, _ in _definitions()), key=lambda head: head["menu"])
    return {head["service"]: Text(**head["name"]) for head in heads}


def _definitions() -> Iterator[tuple[str, str]]:
    """What stands above the fields of each definition, and the fields."""
    for file in sorted(_SHIPPED.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            text = file.read_text("utf-8")
            if begin := _FIELDS.search(text):
                yield text[: begin.start()], text[begin.start() :]


def of_service(service: str) -> Template:
    """The built-in template of a service. Raises NoSuchService."""
    names = [each.service or "" for each in built_in()]
    if service not in names:
        raise NoSuchService(name=service, names=", ".join(names))
    return built_in()[names.index(service)]


@cache
def french_layout() -> Template:
    """A French edition as far as it is known second-hand: enough to try things out, never for an upload."""
    return _defined(tomllib.loads((_SHIPPED / "french" / "nars.toml").read_text("utf-8")))


def blank_workbook(service: str) -> bytes:
    """The blank upload workbook of a service, as it ships: in English, the only edition known. Raises NoSuchService."""
    return (_SHIPPED / f"{of_service(service).service}.xlsx").read_bytes()


@cache
def list_of_values(name: str) -> ListOfValues:
    """`templates/lists/NAME.csv`."""
    rows = list(csv.DictReader((_SHIPPED / "lists" / f"{name}.csv").read_text("utf-8").splitlines()))
    return ListOfValues(
        tuple(row["en"] for row in rows), tuple(row["id"] or id_of_yes_or_no(row["en"]) for row in rows)
    )


def recognise(ids: Sequence[str], labels: Sequence[str] = ()) -> Template | None:
    """The built-in template that shares the most field ids with row 2, if that is more than half of both.

    Where labels are given, at least half of them have to be its own: the same ids under other labels are another
    language or another edition, and what its lists allow is not known.
    """
    best = max(built_in(), key=lambda template: _likeness(template, ids))
    if _likeness(best, ids) <= 0.5:
        return None
    label_of = {field.id: collapse_blanks(field.label) for field in best.fields}
    written = [
        (label_of[id_], collapse_blanks(label))
        for id_, label in zip(ids, labels, strict=False)
        if id_ in label_of and label
    ]
    same = sum(own == found for own, found in written)
    return best if not written or same * 2 >= len(written) else None


def _likeness(template: Template, ids: Sequence[str]) -> float:
    """The share of field ids in common, from 0 to 1."""
    return len(set(template.ids) & set(ids)) / max(len(template.ids), len(ids), 1)


def from_workbook(ids: Sequence[str], labels: Sequence[str], lov: Grid, lov_ids: Grid) -> Template | None:
    """The template that a workbook's LOV and LOVIds sheets describe, or None where they describe nothing.

    `ids` and `labels` are rows 2 and 3 of its data sheet. An edition that ships with the project keeps the
    order of its own ids, so that moved and missing columns show; of any other edition row 2 is all we know.
    """
    flags = lov.row(2)
    if not any("mandatory=" in cell.text.lower() for cell in flags.values()):
        return None
    code, version, locale = (lov.at(1, column).text or None for column in (0, 2, 3))
    like = recognise(ids)
    edition = _edition(code, version, ids, like)
    if edition and like and like.service != edition.service:
        return None  # the hidden sheets belong to another sheet of this workbook
    if not edition and lov.at(1, 1).text not in ("", str(len(ids))):
        # columns were added or removed: no telling which list belongs to which
        return replace(unknown(ids, labels), code=code, version=version, locale=locale, source="workbook")
    known = {field.id: field for field in edition.fields} if edition else {}
    label_of = dict(zip(ids, labels, strict=True))
    fields = []
    for column, id_ in enumerate(edition.ids) if edition else _first_columns(ids):
        allowed = _column_list(lov, lov_ids, column)
        required = column in flags and "mandatory=true" in flags[column].text.lower()
        field = known.get(id_) or Field(id_, id_, kind_of(id_, label_of.get(id_, ""), allowed))
        if allowed != field.allowed:
            field = replace(field, kind=kind_of(id_, field.label, allowed), allowed=allowed, status="own")
        fields.append(replace(field, label=label_of.get(id_) or field.label, required=required))
    service, name = (edition.service, edition.edition) if edition else (like.service if like else code, None)
    return Template(service, code, version, locale, tuple(fields), "workbook", edition=name)


def _edition(code: str | None, version: str | None, ids: Sequence[str], like: Template | None) -> Template | None:
    """The built-in definition of the very edition that LOV!A1:C1 names; `like` is the one that the ids resemble.

    Where our definition lacks the code or the version, the workbook's may be anything, but then nearly all ids have to
    agree.
    """
    named = next((each for each in built_in() if each.code and (each.code, each.version) == (code, version)), None)
    if named or like is None:
        return named
    agrees = all(
        not ours or not theirs or ours == theirs for ours, theirs in ((like.code, code), (like.version, version))
    )
    sure = (like.code, like.version) == (code, version) or _likeness(like, ids) >= 0.9
    return like if agrees and sure else None


def unknown(ids: Sequence[str], labels: Sequence[str], mandatory: Collection[int] = ()) -> Template:
    """What rows 2 and 3 alone tell of a sheet that nothing describes: kinds of fields, but no lists.

    `mandatory` are the columns whose labels have the colour of mandatory fields.
    """
    like, label_of = recognise(ids), dict(zip(ids, labels, strict=True))
    fields = (
        Field(id_, label_of[id_] or id_, kind_of(id_, label_of[id_], None), required=column in mandatory)
        for column, id_ in _first_columns(ids)
    )
    return Template(like.service if like else None, None, None, None, tuple(fields), None)


def kind_of(id_: str, label: str, allowed: ListOfValues | None) -> Kind:
    """What a field holds: from its list, else from a format in its label, else from how its id is built."""
    if allowed:
        return "yes-no" if set(allowed.ids) == {"0", "1"} else "list"
    by_label = [kind for sign, kind in _KIND_BY_LABEL if sign in label]
    by_id = [kind for pattern, kind in _KIND_BY_ID if re.fullmatch(pattern, id_)]
    return [*by_label, *by_id, "text"][0]


def _column_list(lov: Grid, lov_ids: Grid, column: int) -> ListOfValues | None:
    values = list(lov.column(column, first_row=3))
    if not values:
        return None
    texts = tuple(cell.text for _, cell in values)
    codes = lov_ids.codes(column, np.array([row for row, _ in values], np.int32))
    ids = (lov_ids.cells[code].text for code in codes.tolist())
    return _shared(texts, tuple(id_ or id_of_yes_or_no(text) for id_, text in zip(ids, texts, strict=True)))


@cache
def _shared(values: tuple[str, ...], ids: tuple[str, ...]) -> ListOfValues:
    """One object for equal lists, so that what is worked out for one column serves all that have it."""
    return ListOfValues(values, ids)


def _first_columns(ids: Sequence[str]) -> list[tuple[int, str]]:
    """The column of each id, where it stands first."""
    first = {id_: column for column, id_ in reversed(list(enumerate(ids))) if id_}
    return sorted((column, id_) for id_, column in first.items())


def _short_list(entry: dict[str, Any]) -> ListOfValues | None:
    """The list of a field whose values stand in the definition itself."""
    values = tuple(entry.get("values", ()))
    return _shared(values, tuple(entry.get("ids") or map(id_of_yes_or_no, values))) if values else None


def _defined(table: dict[str, Any]) -> Template:
    fields = []
    for entry in table["fields"]:
        allowed = list_of_values(entry["list"]) if "list" in entry else _short_list(entry)
        kind = entry.get("kind") or kind_of(entry["id"], entry["label"], allowed)
        required, status = entry.get("required", False), entry.get("status", "own")
        fields.append(Field(entry["id"], entry["label"], kind, required, allowed, status))
    about = {name: table.get(name) for name in ("service", "code", "version", "locale", "title", "edition")}
    return Template(fields=tuple(fields), source="built-in", **about)
