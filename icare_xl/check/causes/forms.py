"""Whole columns and blocks in one wrong form: pasted signs, the other language, nothing at all, one complaint from top to bottom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date

import numpy as np

from icare_xl.check import list_match
from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, down, short
from icare_xl.model.addresses import Place, letters
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.columns import Column
from icare_xl.model.finding import Finding
from icare_xl.model.normalise import INVISIBLE, collapse_blanks, comparison_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text, first_few, quoted

PASTED, ANSWERS, ALL = 5, 3, 5  # cells, cells, rows: fewer are told one by one
COLUMNS = 4  # that a sentence names
MOST = 0.6  # of the filled cells of a column
_SIGNS = frozenset(INVISIBLE + "\u00a0\u202f\u2007")


def _columns(cells: Collection[Place]) -> Text:
    """`column E`, `columns E, G, …`: the columns that these cells are in."""
    named = [letters(column) for column in sorted({column for _, column in cells})]
    told = first_few(named, COLUMNS)
    return Text(f"column {told}", f"colonne {told}") if len(named) == 1 else Text(f"columns {told}", f"colonnes {told}")


def _rows(cells: Collection[Place]) -> list[int]:
    return sorted({row for row, _ in cells})


@cause(
    "CA20",
    en="{count} cells hold signs that nobody sees, such as no-break spaces ({columns}, {rows}): they were "
    "pasted from a web page or a document.",
    fr="{count} cellules contiennent des signes invisibles, comme des espaces insécables ({columns}, "
    "{rows}) : elles ont été collées d’une page Web ou d’un document.",
    do_en="All of these signs can be taken out in one step.",
    do_fr="Tous ces signes peuvent être retirés en une fois.",
    why_fr="Un texte collé d’une page Web apporte des signes invisibles, et deux textes qui paraissent égaux ne le "
    "sont plus.",
    good=[{"rows": {4: {"service_language_id": "English\u00a0"}}}],
    bad=[
        {
            "rows": down("service_language_id", *["English\u00a0"] * 3, institution_type_id="Public\u00a0library"),
            "about": [4, 5, 6],
        }
    ],
)
def pasted_text(scene: Scene) -> Iterator[Case]:
    """A text pasted from a web page brings signs that nobody sees, and two texts that look the same are not."""
    grid = scene.sheet.grid
    signs = np.fromiter((_has_signs(cell) for cell in grid.cells), np.bool_, len(grid.cells))
    if not signs.any():
        return
    cells = [
        (row, scene.sheet.layout.columns[field.id])
        for field in scene.sheet.fields()
        for row in scene.numbers(signs[grid.codes(scene.sheet.layout.columns[field.id], scene.sheet.rows)])
    ]
    if len(cells) >= PASTED:
        cure = {place: _plain(scene.sheet, place) for place in cells}
        words = {"count": len(cells), "columns": _columns(cells)}
        yield Case(_rows(cells), cells, words, cure=cure)


def _plain(sheet: Sheet, place: Place) -> str:
    """The text without these signs, or the value of the list that it is then."""
    text, field = sheet.grid.at(*place).text, sheet.field_at(place[1])
    exact = field.allowed.exact.get(comparison_key(text)) if field and field.allowed else None
    return exact or collapse_blanks(text)


def _has_signs(cell: Cell) -> bool:
    if cell.holds is not Holds.TEXT or cell.formula or cell.text.isascii():
        return False
    return not _SIGNS.isdisjoint(cell.text) and not cell.blank and collapse_blanks(cell.text) != cell.text


@cause(
    "CA22",
    en="{count} answers are in the other language, such as “{value}” for “{exact}” ({columns}, {rows}).",
    fr="{count} réponses sont dans l’autre langue, par exemple « {value} » pour « {exact} » ({columns}, {rows}).",
    do_en="The lists of this template are in one language; all of these cells can take its words in one step.",
    do_fr="Les listes de ce modèle sont dans une seule langue; toutes ces cellules peuvent en prendre les mots en "
    "une fois.",
    why_fr="Un système réglé sur l’autre langue exporte ses réponses dans celle-ci; aucune ne figure alors dans les "
    "listes du modèle.",
    good=[{"rows": {4: {"topic_housing_given_ind": "Oui"}}}],
    bad=[{"rows": down("topic_housing_given_ind", "Oui", "Oui", support_received_ind="Non"), "about": [4, 5]}],
)
def the_other_language(scene: Scene) -> Iterator[Case]:
    """A system set to the other language exports its answers in that language, and none of them is in the template’s lists."""
    found = [finding for finding in scene.of_rules("IC103", "IC116") if _other_language(finding)]
    if len(found) >= ANSWERS and len({finding.row for finding in found}) > 1:
        cells = [finding.place for finding in found if finding.place]
        cure = {finding.place: finding.proposals[0].text for finding in found if finding.place}
        words = {"count": len(found), "value": found[0].value.strip(), "exact": found[0].proposals[0].text.strip(),
                 "columns": _columns(cells)}  # fmt: skip
        here = frozenset(_rows(cells))
        yield Case(here, cells, words, explains=lambda finding: finding.row in here and _foreign(finding), cure=cure)


def _foreign(finding: Finding) -> bool:
    """Whether a value is in the other language as far as we can tell: known to be, or like nothing in its list."""
    return finding.rule in ("IC103", "IC116") and (_other_language(finding) or finding.suggestion is None)


def _other_language(finding: Finding) -> bool:
    return bool(finding.proposals) and list_match.is_translation(finding.value, finding.proposals[0].text)


@cause(
    "CA28",
    en="{count} answers are codes, such as “{value}” for “{exact}” ({columns}, {rows}).",
    fr="{count} réponses sont des codes, par exemple « {value} » pour « {exact} » ({columns}, {rows}).",
    do_en="Another system writes them so; all of these cells can take the words of the lists in one step.",
    do_fr="Un autre système les écrit ainsi; toutes ces cellules peuvent prendre les mots des listes en une fois.",
    why_fr="Bien des systèmes exportent 1 et 0, Y et N ou VRAI et FAUX; iEDEC attend le texte de la liste.",
    good=[{"rows": {4: {"topic_housing_given_ind": "1"}}}],
    bad=[
        {
            "rows": down("topic_housing_given_ind", "1", "1", topic_housing_referral_ind="0", support_received_ind="N"),
            "about": [4, 5],
        }
    ],
)
def codes_for_answers(scene: Scene) -> Iterator[Case]:
    """Many systems export 1 and 0, Y and N, or TRUE and FALSE; iCARE expects the text of the list."""
    found = [finding for finding in scene.of_rules("IC103", "IC116") if _is_code(finding)]
    if len(found) >= ANSWERS and len({finding.row for finding in found}) > 1:
        cure = {finding.place: finding.suggestion for finding in found if finding.place and finding.suggestion}
        about = {"value": found[0].value.strip(), "exact": found[0].suggestion}
        words = {"count": len(found), "columns": _columns(cure), **about}
        yield Case(_rows(cure), cure, words, rules=("IC103", "IC105", "IC116"), cure=cure)


def _is_code(finding: Finding) -> bool:
    typed = finding.value.strip()
    return finding.suggestion is not None and (typed.isdecimal() or list_match.is_yes_or_no(typed))


@cause(
    "CA23",
    en="Nothing stands in {labels} on any of the {count} rows; {they}.",
    fr="Rien ne figure dans {labels} sur aucune des {count} lignes; {they}.",
    do_en="Look whether the export leaves this out, before you fill it row by row.",
    do_fr="Vérifiez si l’exportation l’omet, avant de remplir ligne par ligne.",
    why_fr="Une colonne vide d’un bout à l’autre vient d’une exportation qui ne la connaît pas, et non de trente "
    "oublis.",
    good=[{"rows": {4: {"postal_cd": ""}, **{row: {} for row in range(5, 12)}}}],
    bad=[{"rows": down("postal_cd", *[""] * 6), "about": [*range(4, 10)]}],
)
def a_column_left_blank(scene: Scene) -> Iterator[Case]:
    """A column that is blank from top to bottom comes of an export that does not know it, and not of thirty oversights."""
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
    "IC109": Text("have stray spaces", "ont des espaces superflues"),
    "IC110": Text("are not written A#A#A#", "ne sont pas écrites A#A#A#"),
    "IC112": Text("are not written ###-###-####", "ne sont pas écrites ###-###-####"),
    "IC116": Text("are not in our copy of the list", "ne figurent pas dans notre copie de la liste"),
    "IC120": Text("are in the future or before 1900", "sont postérieures à aujourd’hui ou antérieures à 1900"),
    "IC121": Text("are in the future", "sont postérieures à aujourd’hui"),
    "IC123": Text("are before iCARE existed", "sont antérieures à l’existence d’iEDEC"),
    "IC130": Text("are not client IDs of 8 or 10 digits", "ne sont pas des numéros de client de 8 ou 10 chiffres"),
    "IC131": Text("have separators in them", "contiennent des séparateurs"),
    "IC133": Text("are identifiers of no known form", "sont des identifiants d’aucune forme connue"),
    "IC201": Text("are before the start", "précèdent le début"),
    "IC132": Text("do not look like the chosen type", "ne ressemblent pas au type choisi"),
}


@cause(
    "CA24",
    turn=1,  # after whatever says more
    en="{count} of {all} values in {where} {fault} ({rows}).",
    fr="{count} valeurs sur {all} dans {where} {fault} ({rows}).",
    do_en="They came there together: {how}",
    do_fr="Elles y sont arrivées ensemble : {how}",
    why_fr="Ce qui est faux de la même façon d’un bout à l’autre d’une colonne vient de la manière dont elle a été "
    "remplie, et se corrige en une fois.",
    good=[{"rows": {4: {"postal_cd": "M1B 5K1"}, **{row: {} for row in range(5, 12)}}}],
    bad=[{"rows": down("postal_cd", *["M1B 5K1"] * 6), "about": [*range(4, 10)]},
         {"rows": down("client_birth_dt", *(date(1978 + 3 * n, 5, 20 - n) for n in range(6))), "about": [*range(4, 10)]}],
)  # fmt: skip
def one_fault_down_a_column(scene: Scene) -> Iterator[Case]:
    """What is wrong in the same way down a whole column comes of how it was filled, and is put right at once."""
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
    "look at the export or the paste that brought them, before you look at single cells.",
    "voyez l’exportation ou le collage qui les a apportées, avant d’examiner chaque cellule.",
)


def _of_column(sheet: Sheet, rule: str, found: list[Finding]) -> Case:
    cells = sorted({finding.place for finding in found if finding.place})
    safe = {finding.place: finding.proposals[0].text for finding in found
            if finding.place and finding.proposals and finding.proposals[0].confidence == "safe"}  # fmt: skip
    columns = {sheet.field_at(column) for _, column in cells}
    filled = sum(int(sheet.column(field.id, Column).filled.sum()) for field in columns if field)
    where = _columns(cells)
    with_article = Text(where.en, f"la {where.fr}" if len(columns) == 1 else f"les {where.fr}")
    cure = safe if len(safe) == len(cells) else {}
    words = {
        "count": len(cells),
        "all": filled,
        "where": with_article,
        "fault": _SAME_FAULT[rule],
    }
    return Case(_rows(cells), cells, words | {"how": HEALS if cure else BY_HAND}, rules=(rule,), cure=cure)
