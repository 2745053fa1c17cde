"""Columns that are wrong from top to bottom: blank, or with one fault in nearly every value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, columns_of, down, rows_of, short
from icare_xl.model.addresses import letters
from icare_xl.model.columns import Column
from icare_xl.model.finding import Finding
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text, quoted

ALL = 5  # rows: fewer are told one by one
MOST = 0.6  # of the filled cells of a column


@cause(
    "CA23",
    en="Nothing is entered under {labels} on any of the {count} rows; {they}.",
    fr="Aucune des {count} lignes n’a de valeur sous {labels}; {they}.",
    do_en="See whether the export leaves this out before you fill it in row by row.",
    do_fr="Vérifiez si l’exportation l’omet, avant de remplir ligne par ligne.",
    why_fr="Une colonne vide d’un bout à l’autre a très probablement été omise de l’exportation, et non oubliée ligne par "
    "ligne.",
    good=[{"rows": {4: {"postal_cd": ""}, **{row: {} for row in range(5, 12)}}}],
    bad=[{"rows": down("postal_cd", *[""] * 6), "about": [*range(4, 10)]}],
)
def a_column_left_blank(scene: Scene) -> Iterator[Case]:
    """A column that is blank from top to bottom was most likely left out of the export, not forgotten row by row."""
    sheet, found = scene.sheet, scene.of_rules("IC100")
    count = Counter(finding.field for finding in found)
    ids = [id_ for id_, times in count.items() if id_ and times >= max(ALL, len(sheet.rows))]
    if ids:
        named = [quoted([short(sheet.field(id_).label)]) for id_ in ids[:3]]
        at = [letters(sheet.layout.columns[id_]) for id_ in ids]
        told = [Text(f"{name.en} ({letter})", f"{name.fr} ({letter})") for name, letter in zip(named, at, strict=False)]
        labels = Text.joined([*told, *([Text("…", "…")] if len(ids) > 3 else [])], ", ")
        they = MANDATORY if len(ids) == 1 else ALL_MANDATORY
        words = {"labels": labels, "count": len(sheet.rows), "they": they}
        yield Case(sheet.rows.tolist(), cells_of(sheet, sheet.rows.tolist(), *ids), words, rules=("IC100",))


MANDATORY = Text("the column is mandatory", "la colonne est obligatoire")
ALL_MANDATORY = Text("the columns are mandatory", "les colonnes sont obligatoires")
_SAME_FAULT = {
    "IC101": Text("are not written YYYY-MM-DD", "ne sont pas au format AAAA-MM-JJ"),
    "IC102": Text("can be read as two days", "peuvent désigner deux jours"),
    "IC103": Text("are not in the list", "ne figurent pas dans la liste"),
    "IC104": Text("are written a little differently in the list", "s’écrivent un peu autrement dans la liste"),
    "IC105": Text("are stored as numbers, not as text", "sont stockées comme nombres, et non comme texte"),
    "IC106": Text("are stored as Excel dates, not as text", "sont stockées comme dates Excel, et non comme texte"),
    "IC107": Text("are error values", "sont des valeurs d’erreur"),
    "IC108": Text("are results of formulas", "sont des résultats de formules"),
    "IC109": Text("have stray spaces", "ont des espaces superflus"),
    "IC110": Text("are not written A#A#A#", "ne sont pas au format A#A#A#"),
    "IC112": Text("are not written ###-###-####", "ne sont pas au format ###-###-####"),
    "IC116": Text("are not in our copy of the list", "ne figurent pas dans notre copie de la liste"),
    "IC120": Text("are in the future or before 1900", "sont dans le futur ou antérieures à 1900"),
    "IC121": Text("are in the future", "sont dans le futur"),
    "IC123": Text("are before iCARE existed", "sont antérieures à la création d’iEDEC"),
    "IC130": Text("are not client IDs of 8 or 10 digits", "ne sont pas des numéros de client de 8 ou 10 chiffres"),
    "IC131": Text("have separators in them", "contiennent des séparateurs"),
    "IC133": Text("are identifiers in no known format", "ne sont dans aucun format connu d’identifiant"),
    "IC201": Text("are before the start", "précèdent le début"),
    "IC132": Text("do not look like the chosen type", "ne ressemblent pas au type choisi"),
}


@cause(
    "CA24",
    turn=1,  # after whatever says more
    en="{count} of {all} values in {where} {fault} ({rows}).",
    fr="{count} valeurs sur {all} dans {where} {fault} ({rows}).",
    do_en="They got there together: {how}",
    do_fr="Elles y sont arrivées ensemble : {how}",
    why_fr="Ce qui est erroné de la même façon d’un bout à l’autre d’une colonne vient de la manière dont elle a été "
    "remplie, et se corrige d’un bloc.",
    good=[{"rows": {4: {"postal_cd": "M1B 5K1"}, **{row: {} for row in range(5, 12)}}}],
    bad=[{"rows": down("postal_cd", *["M1B 5K1"] * 6), "about": [*range(4, 10)]},
         {"rows": down("client_birth_dt", *(date(1978 + 3 * n, 5, 20 - n) for n in range(6))), "about": [*range(4, 10)]}],
)  # fmt: skip
def one_fault_down_a_column(scene: Scene) -> Iterator[Case]:
    """What is wrong in the same way down a whole column comes from how it was filled, and can be put right as a whole."""
    columns: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in scene.of_rules(*_SAME_FAULT):
        if finding.field:
            columns[finding.rule, finding.field].append(finding)
    together: dict[str, list[Finding]] = defaultdict(list)
    for (rule, id_), found in columns.items():
        filled = int(scene.sheet.column(id_, Column).filled.sum())
        if len(found) >= ALL and len(found) >= MOST * filled:
            together[rule] += found
    for rule, found in together.items():
        yield _of_column(scene.sheet, rule, found)


HEALS = Text("all of them can be put right in one step.", "toutes peuvent être corrigées en une fois.")
BY_HAND = Text(
    "look at the export or the paste that brought them before you look at single cells.",
    "voyez l’exportation ou le collage qui les a apportées, avant d’examiner chaque cellule.",
)


def _of_column(sheet: Sheet, rule: str, found: list[Finding]) -> Case:
    cells = sorted({finding.place for finding in found if finding.place})
    safe = {finding.place: finding.proposals[0].text for finding in found
            if finding.place and finding.proposals and finding.proposals[0].confidence == "safe"}  # fmt: skip
    columns = {sheet.field_at(column) for _, column in cells}
    filled = sum(int(sheet.column(field.id, Column).filled.sum()) for field in columns if field)
    where = columns_of(cells)
    with_article = Text(where.en, f"la {where.fr}" if len(columns) == 1 else f"les {where.fr}")
    cure = safe if len(safe) == len(cells) else {}
    words = {
        "count": len(cells),
        "all": filled,
        "where": with_article,
        "fault": _SAME_FAULT[rule],
    }
    return Case(rows_of(cells), cells, words | {"how": HEALS if cure else BY_HAND}, rules=(rule,), cure=cure)
