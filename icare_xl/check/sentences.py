"""What is said of a check, of a finding and its cause, and of what was corrected."""

from __future__ import annotations

import re
from pathlib import Path

from icare_xl.check.fixes import Fix
from icare_xl.model.counting import CHECKED, CORRECTED, ERRORS, FOUND_RIGHT, LISTED, MARKED, WARNINGS, counted
from icare_xl.model.finding import Acceptance, Diagnosis, Finding, Mark, Origin, Reason, Report, Severity
from icare_xl.model.text import Text

SEVERITY: dict[Severity, Text] = {"error": Text("error", "erreur"), "warning": Text("warning", "avertissement")}
ORIGIN: dict[Origin, Text] = {
    "template": Text("the template", "le modèle"),
    "documented": Text("a public document", "un document public"),
    "house": Text("inferred by us", "notre déduction"),
}
REASON: dict[Reason, Text] = {
    "checked-document": Text("I looked at the document", "J’ai vérifié le document"),
    "confirmed-by-client": Text("The client confirmed it", "La personne cliente l’a confirmé"),
    "correct-in-icare": Text("It is right in iCARE", "C’est exact dans iEDEC"),
    "other": Text("Another reason", "Une autre raison"),
}
MARK: dict[Mark, Text] = {
    "missing": Text("missing", "manquant"),
    "wrong": Text("wrong", "à corriger"),
    "warning": SEVERITY["warning"],
}
MEANING: dict[Mark, Text] = {
    "missing": Text(
        "Something is missing here: fill in the cell.", "Il manque quelque chose ici : remplissez la cellule."
    ),
    "wrong": Text("What is here is wrong: correct it.", "Cette valeur ne convient pas : corrigez-la."),
    "warning": Text("Look at this again; it does not block saving.", "À vérifier; l’enregistrement reste possible."),
}
MOST_CAUSES = 7  # more at once are no help
NO_ROW = Text("No filled row below the head.", "Aucune ligne remplie sous l’en-tête.")
NO_COMMON_CAUSE = Text("No common cause", "Aucune cause commune")


def causes_told(report: Report) -> list[Text]:
    """What lies behind the findings and what to do: the causes that explain most, and how many more there are."""
    told = [each.told for each in report.diagnoses[:MOST_CAUSES]]
    more = len(report.diagnoses) - len(told)
    forms = (
        Text("… and {n} more cause.", "… et {n} autre cause."),
        Text("… and {n} more causes.", "… et {n} autres causes."),
    )
    return [*told, counted(more, forms)] if more else told


def cause_named(cause: Diagnosis) -> Text:
    """`CA15: Update Record ID 10387104 stands on 19 rows (rows 4–22).`"""
    return Text("{code}: {says}", "{code} : {says}").format(code=cause.code, says=cause.says)


def cause_explained(cause: Diagnosis, origin: Origin) -> Text:
    """What a cell is part of, what to do about all of it, and why."""
    words = {"told": cause.told, "why": cause.why, "code": cause.code, "origin": ORIGIN[origin]}
    return Text(
        "Part of: {told}\nWhy: {why}\n(cause {code}; origin: {origin})",
        "Cause commune : {told}\nPourquoi : {why}\n(cause {code}; origine : {origin})",
    ).format(**words)


def of_any_cell(says: Text) -> Text:
    """What a rule or a cause says, with … for what it names: true wherever it is said."""
    return Text(*(re.sub(r"\{\w+\}", "…", each) for each in (says.en, says.fr)))


def accepted_by(acceptance: Acceptance) -> Text:
    """`The client confirmed it (Ana Novak, 2026-02-03).`"""
    words = {
        "reason": REASON[acceptance.reason],
        "by": acceptance.by,
        "day": f"{acceptance.when.astimezone():%Y-%m-%d}",
    }
    return Text("{reason} ({by}, {day}).", "{reason} ({by}, {day}).").format(**words)


def rows_checked(rows: int, report: Report) -> Text:
    """`128 rows checked: 2 errors, 1 warning. Found right: 1.`, and what could not be found out."""
    checked = _checked(rows, report)
    if report.accepted:
        right = Text("{n}.", "{n}.").format(n=counted(len(report.accepted), FOUND_RIGHT))
        checked = Text.joined([checked, right])
    if not report.could_not_explain:
        return checked
    unexplained = Text(
        "Not all causes are known, as {codes} could not run; report this to the people who maintain icare-xl.",
        "Les causes ne sont pas toutes connues, faute d’avoir pu exécuter {codes}; signalez le problème aux responsables "
        "d’icare-xl.",
    ).format(codes=", ".join(report.could_not_explain))
    return Text.joined([checked, unexplained])


def _checked(rows: int, report: Report) -> Text:
    words = {
        "rows": counted(rows, CHECKED),
        "errors": counted(report.errors, ERRORS),
        "warnings": counted(report.warnings, WARNINGS),
        "codes": ", ".join(report.could_not_run),
    }
    if report.could_not_run:
        return Text(
            "{rows}: {errors}, {warnings}. The check is incomplete, as {codes} could not run; report "
            "this to the people who maintain icare-xl.",
            "{rows} : {errors}, {warnings}. La vérification est incomplète, faute d’avoir pu exécuter "
            "{codes}; signalez le problème aux responsables d’icare-xl.",
        ).format(**words)
    if not report.findings:
        return Text("{rows}: nothing to correct.", "{rows} : rien à corriger.").format(**words) if rows else NO_ROW
    return Text("{rows}: {errors}, {warnings}.", "{rows} : {errors}, {warnings}.").format(**words)


def finding_explained(finding: Finding, why: Text) -> Text:
    """What is wrong, what to put there, why, and where the rule comes from."""
    words = {
        "cell": finding.cell or "",
        "label": finding.label or "",
        "message": finding.message,
        "why": why,
        "suggestion": finding.suggestion or "",
        "reason": finding.proposals[0].reason if finding.proposals else "",
        "severity": SEVERITY[finding.severity],
        "rule": finding.rule,
        "origin": ORIGIN[finding.origin],
    }
    instead = Text("\nEnter instead: {suggestion}\n{reason}", "\nÀ inscrire à la place : {suggestion}\n{reason}")
    return Text(
        "{cell}, {label}\n{message}{instead}\nWhy: {why}\n({severity}, rule {rule}; origin: {origin})",
        "{cell}, {label}\n{message}{instead}\nPourquoi : {why}\n({severity}, règle {rule}; origine : {origin})",
    ).format(instead=instead.format(**words) if finding.suggestion else "", **words)


def cell_fixed(fix: Fix) -> Text:
    """`E7: “1978/5/20” → “1978-05-20”. The text can only be this day.`"""
    return Text.joined([cell_changed(fix.cell, fix.old.text, fix.proposal.text), fix.proposal.reason])


def cell_changed(cell: str, old: str, new: str) -> Text:
    """`E7: “1978/5/20” → “1978-05-20”.`"""
    words = {"cell": cell, "old": old, "new": new}
    return Text("{cell}: “{old}” → “{new}”.", "{cell} : « {old} » → « {new} ».").format(**words)


def holds_a_formula(cell: str) -> Text:
    return Text(
        "{cell} holds a formula and stays as it is. Replace the formula by its value first.",
        "{cell} contient une formule et reste telle quelle. Remplacez d’abord la formule par sa valeur.",
    ).format(cell=cell)


def fixes_written(count: int, out: Path) -> Text:
    """`12 cells corrected: out.xlsx`"""
    return _counted_in(count, CORRECTED, out)


def cells_marked(count: int, out: Path) -> Text:
    """`3 cells marked: out.xlsx`"""
    return _counted_in(count, MARKED, out)


def findings_listed(count: int, out: Path) -> Text:
    """`11 findings listed: out.xlsx`"""
    return _counted_in(count, LISTED, out)


def _counted_in(count: int, forms: tuple[Text, Text], out: Path) -> Text:
    return Text("{things}: {out}", "{things} : {out}").format(things=counted(count, forms), out=out)


def marks_removed(out: Path) -> Text:
    return Text("The copy has no marks: {out}", "La copie est sans marques : {out}").format(out=out)
