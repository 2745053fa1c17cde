"""What was given to many rows at once: an answer that contradicts a whole block, one record, one note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, down, short
from icare_xl.icare import notes
from icare_xl.model.addresses import letters
from icare_xl.model.client import row_keys
from icare_xl.model.finding import Finding
from icare_xl.model.row_match import rows_by_key
from icare_xl.model.sheet import NOTES
from icare_xl.model.text import first_few

if TYPE_CHECKING:
    from icare_xl.icare.cell_conditions import Conditions

_RECORD = "update_record_id"
_NOTE = (
    "[BUID:1,RID:,ORP:{}/9,DTS:2026-02-03 10:05:04][1] (Client) Unable to validate against database. / (Client) "
    "Impossible de "
    "valider dans la base de données."
)
SINGLY = 3  # shared values that are told one by one
BLOCK, ROWS, CELLS = 2, 2, 4  # contradicting cells in a row, rows, and cells in all; or many in a single row
MANY = 8
_SUPPORT = {"translation_ind": "Yes", "translation_language_from_id": "English", "translation_language_to_id": "Dari",
            "interpretation_ind": "Yes", "interpretation_language_from_id": "French", "interpretation_language_to_id": "Dari",
            "counselling_ind": "Yes"}  # fmt: skip


def _conditions(scene: Scene) -> Conditions:
    from icare_xl.icare.conditions_file import conditions_for  # only where answers contradict each other

    return conditions_for(tuple(id_ for id_ in scene.sheet.template.ids if scene.sheet.has(id_)))


def _blocks(
    scene: Scene, rules: Collection[str], pairs: Iterable[tuple[str, Collection[str]]]
) -> Iterator[tuple[str, list[Finding]]]:
    """Each question, and the findings of these rules in the cells that depend on it, of rows that have many of them."""
    found = scene.of_rules(*rules)
    for parent, children in pairs:
        ids, by_row = {parent, *children}, defaultdict[int, list[Finding]](list)
        for finding in found:
            if finding.field in ids and finding.row is not None:
                by_row[finding.row].append(finding)
        rows = {row: each for row, each in by_row.items() if len(each) >= BLOCK}
        mine = [finding for each in rows.values() for finding in each]
        if (len(rows) >= ROWS and len(mine) >= CELLS) or len(mine) >= MANY:
            yield parent, mine
            taken = set(map(id, mine))
            found = [finding for finding in found if id(finding) not in taken]


def _contradicted(scene: Scene, parent: str, mine: list[Finding]) -> Case:
    sheet, rows = scene.sheet, sorted({finding.row for finding in mine if finding.row is not None})
    field, at = sheet.field(parent), sheet.layout.columns[parent]
    columns = {finding.column for finding in mine if finding.column is not None}
    words = {
        "label": short(field.label),
        "column": letters(at),
        "answer": sheet.grid.at(rows[0], at).text or "–",
        "count": len(mine),
        "block": f"{letters(min(columns))}:{letters(max(columns))}",
    }
    taken = set(map(id, mine))
    return Case(
        rows, [finding.place for finding in mine if finding.place], words, explains=lambda finding: id(finding) in taken
    )


@cause(
    "CA09",
    en="The answer to “{label}” (column {column}) is “{answer}” in {the_rows}, yet {count} cells of its block {block} "
    "are filled.",
    fr="La réponse à « {label} » (colonne {column}) est « {answer} » dans {the_rows}, mais {count} cellules de son "
    "bloc {block} sont remplies.",
    do_en="Change the answer, or empty the block.",
    do_fr="Changez la réponse, ou videz le bloc.",
    why_fr="Une seule réponse décide de tout un bloc; corriger ses cellules une à une ne réglerait rien.",
    good=[{"rows": {row: {"support_received_ind": "Yes", **_SUPPORT} for row in (4, 5)}}, {"rows": {4: {"counselling_ind": "Yes"}}}],
    bad=[{"rows": dict.fromkeys((4, 5), _SUPPORT), "about": [4, 5]}],
)  # fmt: skip
def one_answer_a_whole_block(scene: Scene) -> Iterator[Case]:
    """One answer decides about a whole block; correcting its cells one by one would settle nothing."""
    if not scene.of_rules("IC211", "IC213"):
        return
    given = _conditions(scene)
    pairs: list[tuple[str, Collection[str]]] = [(entry.parent, entry.children) for entry in given.any_of]
    pairs += [(entry.parent, entry.fields) for entry in given.blanks]
    for parent, mine in _blocks(scene, ("IC211", "IC213"), pairs):
        yield _contradicted(scene, parent, mine)


@cause(
    "CA25",
    en="The answer to “{label}” (column {column}) is “{answer}” in {the_rows}, yet {count} cells of its block {block} "
    "are blank.",
    fr="La réponse à « {label} » (colonne {column}) est « {answer} » dans {the_rows}, mais {count} cellules de son "
    "bloc {block} sont vides.",
    do_en="Fill the block, or change the answer.",
    do_fr="Remplissez le bloc, ou changez la réponse.",
    why_fr="Une réponse recopiée sur toutes les lignes annonce des détails que personne n’a saisis.",
    good=[{"rows": {4: {"support_received_ind": "Yes"}}}],
    bad=[{"service": "nars", "about": [4, 5],
          "rows": down("find_employment_needs_ind", "Yes", "Yes", find_employment_referrals_ind="No")}],
)  # fmt: skip
def an_answer_without_its_block(scene: Scene) -> Iterator[Case]:
    """An answer copied to all rows promises details that nobody has entered."""
    if not scene.of_rules("IC212"):
        return
    pairs = [(entry.parent, entry.fields) for entry in _conditions(scene).asks if len(entry.fields) > 1]
    for parent, mine in _blocks(scene, ("IC212",), pairs):
        yield _contradicted(scene, parent, mine)


@cause(
    "CA15",
    en="Update Record ID {id} is on {count} rows ({rows}).",
    fr="Le numéro d’enregistrement à mettre à jour {id} figure sur {count} lignes ({rows}).",
    do_en="Each would overwrite the same record: keep it on the row of that record only.",
    do_fr="Chacune remplacerait le même enregistrement : ne gardez le numéro que sur sa ligne.",
    why_fr="Ce numéro désigne un seul enregistrement d’iEDEC; recopié vers le bas, il fait que chaque ligne remplace cet "
    "enregistrement à son tour.",
    good=[{"rows": down(_RECORD, "10000001", "10000002", assessment_update_reason_id="Correct error")}],
    bad=[{"rows": down(_RECORD, "10000001", "10000001", assessment_update_reason_id="Correct error"), "about": [4, 5]}],
)
def one_record_on_many_rows(scene: Scene) -> Iterator[Case]:
    """The number names one record in iCARE; where it is copied down, each row overwrites that record in turn."""
    sheet = scene.sheet
    if _RECORD in scene.moved:
        return
    shared = {id_: rows for (id_,), rows in rows_by_key(dict(row_keys(sheet, _RECORD))).items() if len(rows) > 1}
    for ids in _told(shared):
        rows = [row for id_ in ids for row in shared[id_]]
        yield Case(rows, cells_of(sheet, rows, _RECORD), {"id": first_few(ids), "count": len(rows)})


def _told(shared: Mapping[str, list[int]]) -> Iterator[list[str]]:
    """What is said of each value that several rows share, or of all of them at once where they are many."""
    yield from ([[id_] for id_ in shared] if len(shared) <= SINGLY else [list(shared)])


@cause(
    "CA17",
    en="The same iCARE note is on {count} rows ({rows}): it was copied down, since it is about row {position} of "
    "{total} in its upload.",
    fr="La même note d’iEDEC figure sur {count} lignes ({rows}) : elle a été recopiée, car elle concerne la ligne "
    "{position} sur {total} de son téléversement.",
    do_en="Find its row in the file that came back, and empty column A in the others.",
    do_fr="Trouvez sa ligne dans le fichier renvoyé par iEDEC, et videz la colonne A des autres.",
    why_fr="La note d’iEDEC sur une ligne rejetée donne la place de cette ligne dans le téléversement; deux lignes n’ont "
    "jamais la même.",
    good=[{"rows": {row: {NOTES: _NOTE.format(row)} for row in (4, 5)}}],
    bad=[{"rows": {row: {NOTES: _NOTE.format(4)} for row in (4, 5)}, "about": [4, 5]}],
)
def one_note_on_many_rows(scene: Scene) -> Iterator[Case]:
    """iCARE’s note on a rejected row names that row’s own place in the upload; no two rows have the same."""
    if not scene.of_rules("IC010", "IC015"):
        return
    first = {row: found[0] for row, found in notes.read(scene.sheet)[0].items() if found[0].position}
    keys = {row: f"{note.upload_id} {note.position}/{note.total}" for row, note in first.items()}
    shared = {key: rows for key, rows in rows_by_key(keys).items() if len(rows) > 1}
    for given in _told(shared):
        rows = [row for key in given for row in shared[key]]
        note = first[rows[0]]
        words = {"position": note.position, "total": note.total, "count": len(rows)}
        yield Case(rows, cells_of(scene.sheet, rows, NOTES), words)
