"""The sheet itself: its columns, its extent, and column A, which belongs to iCARE."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl import notes
from icare_xl.address import letters
from icare_xl.rules.rule import Spot, sheet_rule
from icare_xl.sheet import FIRST_ROW, LAST_ROW, NOTES, Sheet

_IDS = ["processing_details", "client_birth_dt", "postal_cd", "end_dttm"]


@sheet_rule(
    "IC001",
    origin="template",
    source="STR-02, STR-03",
    en="Column {letter} has “{found}” in row 2 where this template has the field id “{expected}”. "
    "Copy row 2 from the original template.",
    fr="La colonne {letter} contient « {found} » à la ligne 2, là où ce modèle a l’identifiant de champ "
    "« {expected} ». Copiez la ligne 2 du modèle d’origine.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "AA", "postal_cd", "end_dttm"]}],
)
def wrong_field_id(sheet: Sheet) -> Iterator[Spot]:
    """Only the hidden id in row 2 tells iCARE which field a column is; labels repeat inside a sheet."""
    for column, id_ in sheet.layout.wrong:
        words = {"letter": letters(column), "found": sheet.layout.found[column], "expected": id_}
        yield Spot(None, id_, words=words)


@sheet_rule(
    "IC002",
    origin="template",
    source="STR-03",
    en="The column “{label}” ({id}) is missing. Move the rows into a copy of the original template.",
    fr="La colonne « {label} » ({id}) est absente. Transférez les lignes dans une copie du modèle d’origine.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "client_birth_dt", "end_dttm"]}],
)
def missing_column(sheet: Sheet) -> Iterator[Spot]:
    """An upload with another set of columns than the template may be refused as a whole."""
    for id_ in sheet.layout.missing:
        yield Spot(None, None, words={"id": id_, "label": sheet.field(id_).label})


@sheet_rule(
    "IC003",
    origin="template",
    source="STR-03",
    en="The column “{label}” ({id}) stands in {letter}, out of its order. Move it back to its place.",
    fr="La colonne « {label} » ({id}) se trouve en {letter}, hors de son ordre. Remettez-la à sa place.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "postal_cd", "end_dttm", "client_birth_dt"]}],
)
def moved_column(sheet: Sheet) -> Iterator[Spot]:
    """The order of the columns is part of the template."""
    for column, id_ in sheet.layout.moved:
        yield Spot(None, id_, words={"id": id_, "letter": letters(column)})


@sheet_rule(
    "IC004",
    origin="template",
    source="STR-03",
    en="Column {letter} has the field id “{found}”, which this template does not have. Delete the column.",
    fr="La colonne {letter} porte l’identifiant de champ « {found} », que ce modèle n’a pas. Supprimez la colonne.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": [*_IDS, "file_number"]}],
)
def extra_column(sheet: Sheet) -> Iterator[Spot]:
    """A column that the template does not have may make iCARE refuse the file."""
    for column, found in sheet.layout.extra:
        yield Spot(None, column, words={"letter": letters(column), "found": found})


@sheet_rule(
    "IC005",
    origin="template",
    source="STR-03",
    en="The field id “{id}” stands in columns {first} and {second}. Delete the column that is not the original.",
    fr="L’identifiant de champ « {id} » figure dans les colonnes {first} et {second}. "
    "Supprimez la colonne qui n’est pas d’origine.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": [*_IDS, "postal_cd"]}],
)
def repeated_column(sheet: Sheet) -> Iterator[Spot]:
    """Field ids are unique inside a template; only the first column of a repeated one is checked."""
    for first, second, id_ in sheet.layout.repeated:
        yield Spot(None, second, words={"id": id_, "first": letters(first), "second": letters(second)})


@sheet_rule(
    "IC006",
    origin="template",
    source="STR-03",
    en="The hidden sheet LOV announces {announced} columns in cell B1, but row 2 has {found} field ids. "
    "Start again from the original template.",
    fr="La feuille masquée LOV annonce {announced} colonnes dans la cellule B1, mais la ligne 2 contient "
    "{found} identifiants de champ. Repartez du modèle d’origine.",
    good=[{"expected": _IDS, "found": _IDS, "announced": "4"}, {"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": _IDS, "announced": "5"}],
)
def column_count_differs(sheet: Sheet) -> Iterator[Spot]:
    """LOV!B1 holds the number of columns in the genuine template; the two must agree."""
    found, announced = sum(map(bool, sheet.layout.found)), sheet.layout.announced
    if announced is not None and announced != str(found):
        yield Spot(None, None, words={"announced": announced, "found": found})


@sheet_rule(
    "IC007",
    origin="template",
    source="STR-05",
    en="{count} filled rows stand below row {last}, where the prepared 2,500 rows end. Move them into a second file.",
    fr="{count} lignes remplies se trouvent sous la ligne {last}, où s’arrêtent les 2 500 lignes préparées. "
    "Transférez-les dans un deuxième fichier.",
    good=[{"rows": {2503: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {2504: {"postal_cd": "M1B5K1"}}}],
)
def row_beyond_the_prepared(sheet: Sheet) -> Iterator[Spot]:
    """The template prepares rows 4 to 2503; drop-downs and text format end there. Said once, at the first such row."""
    beyond = sheet.rows[sheet.rows > LAST_ROW]
    if len(beyond):
        first = next(iter(sheet.layout.places.values()))
        yield Spot(int(beyond[0]), first, words={"count": len(beyond), "last": LAST_ROW})


@sheet_rule(
    "IC008",
    origin="house",
    source="STR-09",
    en="“{value}” stands in a column that has no field id. Delete what is beside the table.",
    fr="« {value} » se trouve dans une colonne sans identifiant de champ. Supprimez ce qui est à côté du tableau.",
    good=[{"rows": {4: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"postal_cd": "M1B5K1"}}, "beside": "see Maria"}],
)
def stray_column(sheet: Sheet) -> Iterator[Spot]:
    """Jottings beside the table are not part of the template. One sentence a column, at its first value."""
    with_id = {column for column, id_ in enumerate(sheet.layout.found) if id_} | set(sheet.layout.places.values())
    for column in sorted(set(sheet.grid.columns) - with_id):
        for row, _ in sheet.grid.column(column, FIRST_ROW - 1):
            yield Spot(row, column)
            break


@sheet_rule(
    "IC010",
    origin="documented",
    source="STR-10",
    en="iCARE’s note on the rejected row is still in column A. Correct the row, then strip the notes.",
    fr="La note d’iEDEC sur la ligne rejetée est encore dans la colonne A. Corrigez la ligne, puis retirez les notes.",
    good=[{"rows": {4: {"processing_details": "", "postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"processing_details": "[BUID:1,RID:,ORP:1/2,DTS:2018-08-07 10:05:04][1] (Client) Unable "
                       "to validate against database. / (Client) Impossible de valider dans la base de données."}}}],
)  # fmt: skip
def note_in_column_a(sheet: Sheet) -> Iterator[Spot]:
    """The help pages say to delete the notes before a rejected file is uploaded again."""
    return (Spot(row, NOTES) for row, text in notes.column_a(sheet) if notes.has_note(text))


@sheet_rule(
    "IC011",
    origin="house",
    source="STR-10",
    en="“{value}” stands in column A, which is iCARE’s own. Move the remark elsewhere.",
    fr="« {value} » se trouve dans la colonne A, réservée à iEDEC. Déplacez la remarque.",
    good=[{"rows": {4: {"processing_details": " ", "postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"processing_details": "ask Maria", "postal_cd": "M1B5K1"}}}],
)
def remark_in_column_a(sheet: Sheet) -> Iterator[Spot]:
    """Column A is where iCARE writes; what it does with a remark found there is not public."""
    return (Spot(row, NOTES) for row, text in notes.column_a(sheet) if not notes.has_note(text))
