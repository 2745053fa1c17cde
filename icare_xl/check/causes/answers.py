"""What was given to many rows at once: a whole block that one question does not ask for, one record, one note."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, example
from icare_xl.model.addresses import runs
from icare_xl.model.client import row_keys
from icare_xl.model.row_match import rows_by_key

_RECORD = "update_record_id"


@cause(
    "CA15",
    en="Update Record ID {id} stands on {count} rows (rows {rows}).",
    fr="Le numéro d’enregistrement à mettre à jour {id} figure sur {count} lignes (lignes {rows}).",
    do_en="Each of them would overwrite the same record: keep the number on the row of that record only.",
    do_fr="Chacune remplacerait le même enregistrement : gardez le numéro sur la seule ligne de cet enregistrement.",
    why_fr="Ce numéro désigne un seul enregistrement d’iEDEC; copié vers le bas, il fait remplacer cet enregistrement "
    "plusieurs fois.",
    good=[example(_RECORD, "10000001", "10000002", assessment_update_reason_id="Correct error")],
    bad=[example(_RECORD, "10000001", "10000001", assessment_update_reason_id="Correct error") | {"about": [4, 5]}],
)
def one_record_on_many_rows(scene: Scene) -> Iterator[Case]:
    """The number names one record of iCARE; copied down, it makes the rows overwrite that record one after the other."""
    sheet = scene.sheet
    for (id_,), rows in rows_by_key(dict(row_keys(sheet, _RECORD))).items():
        if len(rows) > 1:
            cells = cells_of(sheet, rows, _RECORD)
            yield Case(rows, cells, {"id": id_, "count": len(rows), "rows": runs(rows)})
