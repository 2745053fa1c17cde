"""The sheet itself: its columns, its extent, and column A, which belongs to iCARE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from icare_xl.check.rules.rule import Hit, sheet_rule
from icare_xl.icare import notes
from icare_xl.model.addresses import letters
from icare_xl.model.client import BIRTH_DATE
from icare_xl.model.sheet import FIRST_ROW, NOTES, LostIds, Sheet
from icare_xl.model.text import Text

_IDS = ["processing_details", BIRTH_DATE, "postal_cd", "end_dttm"]
Told = TypeVar("Told")


def _of_ids(sheet: Sheet, found: Iterable[Told]) -> Iterable[Told]:
    """What is wrong with the field ids of a sheet, if row 2 still holds them; else only that is told."""
    return () if sheet.layout.lost else found


@sheet_rule(
    "IC001",
    origin="template",
    source="STR-02, STR-03",
    en="Column {letter} has “{found}” in row 2, where this template has the column code “{expected}”. Copy row 2 from "
    "the original template.",
    fr="La colonne {letter} contient « {found} » à la ligne 2, là où ce modèle a le code de colonne « {expected} ». "
    "Copiez la ligne 2 du modèle d’origine.",
    why_fr="Seul le code masqué de la ligne 2 permet à iEDEC de reconnaître une colonne; les libellés se répètent dans une "
    "feuille.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "AA", "postal_cd", "end_dttm"]}],
)
def wrong_field_id(sheet: Sheet) -> Iterator[Hit]:
    """Only the hidden code in row 2 tells iCARE which column is which; labels repeat inside a sheet."""
    for column, id_ in _of_ids(sheet, sheet.layout.wrong):
        words = {"letter": letters(column), "found": sheet.layout.found[column], "expected": id_}
        yield Hit(None, id_, words=words)


@sheet_rule(
    "IC002",
    origin="template",
    source="STR-03",
    en="The column “{label}” ({id}) is missing. Move the rows into a copy of the original template.",
    fr="La colonne « {label} » ({id}) est absente. Transférez les lignes dans une copie du modèle d’origine.",
    why_fr="Un fichier dont les colonnes ne sont pas celles du modèle risque d’être refusé en entier.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", BIRTH_DATE, "end_dttm"]}],
)
def missing_column(sheet: Sheet) -> Iterator[Hit]:
    """A file whose columns are not those of the template may be refused as a whole."""
    for id_ in _of_ids(sheet, sheet.layout.missing):
        yield Hit(None, None, words={"id": id_, "label": sheet.field(id_).label})


@sheet_rule(
    "IC003",
    origin="template",
    source="STR-03",
    en="The column “{label}” ({id}) is in {letter}, out of order. Move it back to its place.",
    fr="La colonne « {label} » ({id}) se trouve en {letter}, ce qui n’est pas sa place. Remettez-la à sa place dans "
    "l’ordre du modèle.",
    why_fr="L’ordre des colonnes fait partie du modèle.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "postal_cd", "end_dttm", BIRTH_DATE]}],
)
def moved_column(sheet: Sheet) -> Iterator[Hit]:
    """The order of the columns is part of the template."""
    for column, id_ in _of_ids(sheet, sheet.layout.moved):
        yield Hit(None, id_, words={"id": id_, "letter": letters(column)})


@sheet_rule(
    "IC004",
    origin="template",
    source="STR-03",
    en="Column {letter} has the column code “{found}”, which this template does not have. Delete the column.",
    fr="La colonne {letter} porte le code « {found} », que ce modèle n’a pas. Supprimez la colonne.",
    why_fr="Une colonne que le modèle n’a pas peut amener iEDEC à refuser le fichier.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": [*_IDS, "file_number"]}],
)
def extra_column(sheet: Sheet) -> Iterator[Hit]:
    """A column that the template does not have may make iCARE refuse the file."""
    for column, found in _of_ids(sheet, sheet.layout.extra):
        if found:
            yield Hit(None, column, words={"letter": letters(column), "found": found})


@sheet_rule(
    "IC014",
    origin="template",
    source="STR-03",
    en="Column {letter} has no column code in row 2, though columns to its right have one. Delete the column.",
    fr="La colonne {letter} n’a pas de code à la ligne 2, alors que des colonnes à sa droite en ont un. Supprimez la "
    "colonne.",
    why_fr="Une colonne insérée éloigne toutes les autres de leurs listes déroulantes et de ce que les feuilles masquées "
    "en disent.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": ["processing_details", "", BIRTH_DATE, "postal_cd", "end_dttm"]}],
)
def column_without_id(sheet: Sheet) -> Iterator[Hit]:
    """An inserted column shifts all others away from their drop-downs and from what the hidden sheets say of them."""
    blank = {column for column, found in _of_ids(sheet, sheet.layout.extra) if not found}
    for column in sorted(blank):
        if column - 1 not in blank:  # told once for columns side by side
            yield Hit(None, column, words={"letter": letters(column)})


@sheet_rule(
    "IC005",
    origin="template",
    source="STR-03",
    en="The column code “{id}” is in columns {first} and {second}. Delete the column that is not the original.",
    fr="Le code de colonne « {id} » figure dans les colonnes {first} et {second}. Supprimez la colonne qui n’est pas "
    "d’origine.",
    why_fr="Un code de colonne ne figure qu’une fois dans un modèle; s’il est répété, seule la première colonne est "
    "vérifiée.",
    good=[{"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": [*_IDS, "postal_cd"]}],
)
def repeated_column(sheet: Sheet) -> Iterator[Hit]:
    """A column code appears only once in a template; where it is repeated, only the first column is checked."""
    for first, second, id_ in _of_ids(sheet, sheet.layout.repeated):
        yield Hit(None, second, words={"id": id_, "first": letters(first), "second": letters(second)})


@sheet_rule(
    "IC006",
    origin="template",
    source="STR-03",
    en="The hidden sheet LOV announces {announced} columns in cell B1, but row 2 has {found} column codes. Start again "
    "from the original template.",
    fr="La feuille masquée LOV annonce {announced} colonnes dans la cellule B1, mais la ligne 2 contient {found} codes "
    "de colonne. Repartez du modèle d’origine.",
    why_fr="La cellule B1 de LOV indique le nombre de colonnes du modèle authentique.",
    good=[{"expected": _IDS, "found": _IDS, "announced": "4"}, {"expected": _IDS, "found": _IDS}],
    bad=[{"expected": _IDS, "found": _IDS, "announced": "5"}],
)
def column_count_differs(sheet: Sheet) -> Iterator[Hit]:
    """Cell B1 of LOV holds the number of columns in the genuine template.

    Told where no column was found wrong already.
    """
    layout = sheet.layout
    found, announced = sum(map(bool, layout.found)), layout.announced
    told = layout.lost or layout.wrong or layout.missing or layout.extra or layout.repeated
    if announced is not None and announced != str(found) and not told:
        yield Hit(None, None, words={"announced": announced, "found": found})


@sheet_rule(
    "IC016",
    origin="template",
    source="STR-02",
    en="Row 2, where the hidden column codes belong, {became}; {checked}. {put_back}.",
    fr="La ligne 2, réservée aux codes masqués des colonnes, {became}; {checked}. {put_back}.",
    why_fr="Seuls les codes masqués de la ligne 2 permettent à iEDEC de reconnaître les colonnes; sans eux, il ne peut "
    "rien lire du fichier.",
    good=[{"rows": {4: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"postal_cd": "M1B5K1"}}, "row 2": "empty"}],
)
def ids_lost(sheet: Sheet) -> Iterator[Hit]:
    """Only the hidden codes in row 2 tell iCARE which column is which; without them it can read nothing of the file.

    Nothing else is said of the head of the sheet then.
    """
    if sheet.layout.lost:
        yield Hit(None, None, words=words_of_lost_ids(sheet, sheet.layout.lost))


def words_of_lost_ids(sheet: Sheet, lost: LostIds) -> dict[str, Text]:
    """What became of row 2, by what the cells were checked, and how the row comes back."""
    return {
        "became": _BECAME[lost.row_2].format(row=lost.row),
        "checked": _CHECKED[lost.told_by].format(row=lost.row),
        "put_back": _put_back(sheet, lost),
    }


def _put_back(sheet: Sheet, lost: LostIds) -> Text:
    """What brings the ids back and loses nothing: row 2 alone where all else is as in the template, else a fresh copy."""
    layout = sheet.layout
    changed = layout.missing or layout.moved or layout.extra or layout.repeated
    as_announced = layout.announced in (None, str(len(layout.found)))
    whole = sheet.template.source == "workbook" and as_announced and (layout.unknown or not changed)
    return _PUT_BACK.get((lost.row_2, lost.row), _MOVE_ROWS) if whole else _MOVE_ROWS


_BECAME = {
    "deleted": Text(
        "was deleted, and the labels are in its place", "a été supprimée, et les libellés ont pris sa place"
    ),
    "empty": Text("is empty", "est vide"),
    "labels": Text("holds labels instead", "contient plutôt des libellés"),
    "others": Text("holds other things", "contient autre chose"),
    "elsewhere": Text("does not hold them: they are in row {row}", "ne les contient pas : ils sont à la ligne {row}"),
}
_CHECKED = {
    "ids": Text("the cells were checked by them", "les cellules ont été vérifiées d’après eux"),
    "labels": Text(
        "the cells were checked by their labels in row {row}",
        "les cellules ont été vérifiées d’après leurs libellés, à la ligne {row}",
    ),
    None: Text("the cells could not be checked", "les cellules n’ont pas pu être vérifiées"),
}
_MOVE_ROWS = Text(
    "Move the rows into a copy of the original template", "Transférez les lignes dans une copie du modèle d’origine"
)
_PUT_BACK: dict[tuple[str, int | None], Text] = {
    ("deleted", 2): Text(
        "Insert a row above the labels and copy row 2 of the original template into it",
        "Insérez une ligne au-dessus des libellés et copiez-y la ligne 2 du modèle d’origine",
    ),
    ("empty", 3): Text("Copy row 2 of the original template into it", "Copiez-y la ligne 2 du modèle d’origine"),
    ("labels", 3): Text(
        "Copy row 2 of the original template over it", "Remplacez-la par la ligne 2 du modèle d’origine"
    ),
    ("others", 3): Text(
        "Keep elsewhere what it holds, then copy row 2 of the original template over it",
        "Gardez ailleurs ce qu’elle contient, puis remplacez-la par la ligne 2 du modèle d’origine",
    ),
    ("elsewhere", 1): Text(
        "Insert a row at the top and copy row 1 of the original template into it",
        "Insérez une ligne tout en haut et copiez-y la ligne 1 du modèle d’origine",
    ),
}


@sheet_rule(
    "IC018",
    origin="template",
    source="STR-02",
    en="Row {row}, where the labels belong, holds a client. Insert a row above it and copy row 3 of the original template into it.",
    fr="La ligne {row}, réservée aux libellés, contient un client. Insérez une ligne au-dessus et copiez-y la ligne 3 du modèle "
    "d’origine.",
    why_fr="Dans un modèle, les clients commencent à la ligne 4; celui qui se trouve plus haut risque de ne pas être lu.",
    good=[{"rows": {4: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"postal_cd": "M1B5K1"}}, "first row": 3}],
)
def labels_lost(sheet: Sheet) -> Iterator[Hit]:
    """In a template clients begin in row 4; one that is higher up may not be read.

    Where row 2 is lost too, it is put back first.
    """
    if sheet.first_row < FIRST_ROW and not sheet.layout.lost:
        yield Hit(None, None, words={"row": sheet.first_row})


@sheet_rule(
    "IC007",
    origin="template",
    source="STR-05",
    en="Filled rows below row {last}, where the 2,500 prepared rows end: {count}. Move them into a second file.",
    fr="Lignes remplies sous la ligne {last}, où s’arrêtent les 2 500 lignes préparées : {count}. "
    "Transférez-les dans un deuxième fichier.",
    why_fr="Le modèle prépare les lignes 4 à 2503; les listes déroulantes et le format Texte s’arrêtent là.",
    good=[{"rows": {2503: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {2504: {"postal_cd": "M1B5K1"}}}],
)
def row_beyond_the_prepared(sheet: Sheet) -> Iterator[Hit]:
    """The template prepares rows 4 to 2503; drop-downs and text format end there.

    Said once, at the first such row.
    """
    beyond = sheet.rows[sheet.rows > sheet.last_row]
    if len(beyond):
        first = next(iter(sheet.layout.columns.values()))
        yield Hit(int(beyond[0]), first, words={"count": len(beyond), "last": sheet.last_row})


@sheet_rule(
    "IC008",
    origin="house",
    source="STR-09",
    en="“{value}” is in a column that the template does not have. Delete what is beside the table.",
    fr="« {value} » se trouve dans une colonne que le modèle n’a pas. Supprimez ce qui est à côté du tableau.",
    why_fr="Ce qui est noté à côté du tableau ne fait pas partie du modèle.",
    good=[{"rows": {4: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"postal_cd": "M1B5K1"}}, "beside": "see Maria"}],
)
def stray_column(sheet: Sheet) -> Iterator[Hit]:
    """What is noted beside the table is not part of the template.

    One sentence a column, at its first value.
    """
    beside = [column for column in sheet.grid.columns if column >= len(sheet.layout.found)]
    for column in _of_ids(sheet, sorted(beside)):
        for row, _ in sheet.grid.column(column, FIRST_ROW - 1):
            yield Hit(row, column)
            break


@sheet_rule(
    "IC012",
    origin="template",
    severity="warning",
    source="STR-01, STR-04",
    en="icare-xl does not know this edition of the template ({service}, version {version}); it checked {checked}. Look "
    "over the cells that depend on each other, since only some of them could be checked.",
    fr="icare-xl ne connaît pas cette édition du modèle ({service}, version {version}); il a vérifié "
    "{checked}. Relisez les cellules qui dépendent les unes des autres, car seules certaines ont pu être "
    "vérifiées.",
    why_fr="IRCC remplace ses modèles; un classeur qui a ses propres listes masquées est vérifié d’après celles-ci.",
    good=[{"edition": "2018", "rows": {}}],
    bad=[{"edition": None, "rows": {}}],
)
def unknown_edition(sheet: Sheet) -> Iterator[Hit]:
    """IRCC replaces its templates; a workbook with its own hidden lists is checked by those."""
    template = sheet.template
    if template.edition is None and not sheet.layout.lost:
        lists = any(field.allowed for field in template.fields)
        flags = any(field.required for field in template.fields)
        checked = _BY_LISTS if lists else _BY_COLOUR if flags else _BY_IDS
        words = {"service": template.service or "?", "version": template.version or "?", "checked": checked}
        yield Hit(None, None, words=words)


_BY_LISTS = Text("mandatory cells, lists and formats", "les cellules obligatoires, les listes et les formats")
_BY_COLOUR = Text(
    "mandatory cells (by the colour of their labels) and formats, but no lists",
    "les cellules obligatoires (d’après la couleur des libellés) et les formats, mais aucune liste",
)
_BY_IDS = Text(
    "formats, but neither mandatory cells nor lists", "les formats, mais ni les cellules obligatoires ni les listes"
)


@sheet_rule(
    "IC013",
    origin="template",
    severity="warning",
    source="STR-01",
    en="The hidden sheets LOV and LOVIds are missing, so the built-in lists of the {edition} edition were "
    "used. Move the rows into a copy of the original template.",
    fr="Les feuilles masquées LOV et LOVIds sont absentes; les listes intégrées de l’édition {edition} ont "
    "été utilisées. Transférez les lignes dans une copie du modèle d’origine.",
    why_fr="Le modèle authentique contient ses propres listes; aucune source publique ne dit ce qu’iEDEC fait d’un fichier qui "
    "les a perdues.",
    good=[{"source": "workbook", "rows": {}}],
    bad=[{"source": "built-in", "rows": {}}],
)
def hidden_sheets_lost(sheet: Sheet) -> Iterator[Hit]:
    """The genuine template carries its own lists; what iCARE makes of a file without them is not public."""
    if sheet.template.source == "built-in" and not sheet.layout.lost:
        yield Hit(None, None, words={"edition": sheet.template.edition})


@sheet_rule(
    "IC010",
    origin="documented",
    source="STR-10",
    en="iCARE’s note on the rejected row is still in column A. Correct the row, then remove the note.",
    fr="La note d’iEDEC sur la ligne rejetée est encore dans la colonne A. Corrigez la ligne, puis retirez "
    "la note.",
    why_fr="Les pages d’aide disent de supprimer les notes avant de téléverser de nouveau un fichier rejeté.",
    good=[{"rows": {4: {"processing_details": "", "postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"processing_details": "[BUID:1,RID:,ORP:1/2,DTS:2018-08-07 10:05:04][1] (Client) Unable "
                       "to validate against database. / (Client) Impossible de valider dans la base de données."}}}],
)  # fmt: skip
def note_in_column_a(sheet: Sheet) -> Iterator[Hit]:
    """The help pages say to delete the notes before a rejected file is uploaded again."""
    return (Hit(row, NOTES) for row, text in _column_a(sheet) if notes.is_only_notes(text))


@sheet_rule(
    "IC015",
    origin="documented",
    source="STR-10",
    en="Column A holds iCARE’s note together with a remark. Keep the remark elsewhere, then empty the cell.",
    fr="La colonne A contient la note d’iEDEC et une remarque. Gardez la remarque ailleurs, puis videz la cellule.",
    why_fr="Le programme ne vide jamais une cellule qui contient une remarque, et une telle cellule n’est jamais prête à "
    "téléverser.",
    good=[{"rows": {4: {"processing_details": "ask Maria", "postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"processing_details": "ask Maria [BUID:1,RID:,ORP:1/2,DTS:2018-08-07 10:05:04][1] (Client) A. / "
                       "(Client) B."}}}],
)  # fmt: skip
def note_beside_a_remark(sheet: Sheet) -> Iterator[Hit]:
    """The program never empties a cell that holds a remark, and such a cell is never ready for upload."""
    for row, text in _column_a(sheet):
        if notes.has_note(text) and not notes.is_only_notes(text):
            yield Hit(row, NOTES)


@sheet_rule(
    "IC011",
    origin="house",
    source="STR-10",
    en="“{value}” is in column A, which is reserved for iCARE. Move the remark elsewhere.",
    fr="« {value} » se trouve dans la colonne A, réservée à iEDEC. Déplacez la remarque ailleurs.",
    why_fr="La colonne A est celle où iEDEC écrit; aucune source publique ne dit ce qu’il fait d’une remarque qui "
    "s’y trouve.",
    good=[{"rows": {4: {"processing_details": " ", "postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"processing_details": "ask Maria", "postal_cd": "M1B5K1"}}}],
)
def remark_in_column_a(sheet: Sheet) -> Iterator[Hit]:
    """Column A is where iCARE writes; what it does with a remark found there is not public."""
    return (Hit(row, NOTES) for row, text in _column_a(sheet) if not notes.has_note(text))


def _column_a(sheet: Sheet) -> Iterable[tuple[int, str]]:
    """Column A, where it is known for what it is."""
    return () if sheet.layout.unknown else notes.column_a(sheet)
