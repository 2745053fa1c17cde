"""Answers in other words than those of the lists: the other language, the codes of another system."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check import list_match
from icare_xl.check.causes.cause import Case, Scene, cause, columns_of, down, rows_of
from icare_xl.model.finding import Finding

ANSWERS = 3  # cells: fewer are told one by one


@cause(
    "CA22",
    en="{count} answers are in the other language, such as “{value}” for “{exact}” ({columns}, {rows}).",
    fr="{count} réponses sont dans l’autre langue, par exemple « {value} » pour « {exact} » ({columns}, {rows}).",
    do_en="The lists of this template are in one language; all of these cells can take its words in one step.",
    do_fr="Les listes de ce modèle sont dans une seule langue; toutes ces cellules peuvent en prendre les mots en "
    "une fois.",
    why_fr="Un système qui fonctionne dans l’autre langue exporte ses réponses dans celle-ci; aucune ne figure alors dans "
    "les listes du modèle.",
    good=[{"rows": {4: {"topic_housing_given_ind": "Oui"}}}],
    bad=[{"rows": down("topic_housing_given_ind", "Oui", "Oui", support_received_ind="Non"), "about": [4, 5]}],
)
def the_other_language(scene: Scene) -> Iterator[Case]:
    """A system set to the other language exports its answers in that language, and the template’s lists have none of them."""
    found = [finding for finding in scene.of_rules("IC103", "IC116") if _other_language(finding)]
    if len(found) >= ANSWERS and len({finding.row for finding in found}) > 1:
        cells = [finding.place for finding in found if finding.place]
        cure = {finding.place: finding.proposals[0].text for finding in found if finding.place}
        words = {"count": len(found), "value": found[0].value.strip(), "exact": found[0].proposals[0].text.strip(),
                 "columns": columns_of(cells)}  # fmt: skip
        here = frozenset(rows_of(cells))
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
    do_en="Another system writes them this way; all of these cells can take the words of the lists in one step.",
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
        words = {"count": len(found), "columns": columns_of(cure), **about}
        yield Case(rows_of(cure), cure, words, rules=("IC103", "IC105", "IC116"), cure=cure)


def _is_code(finding: Finding) -> bool:
    typed = finding.value.strip()
    return finding.suggestion is not None and (typed.isdecimal() or list_match.is_yes_or_no(typed))
