"""What belongs in a cell in which nothing is wrong, in at most six lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from icare_xl.model.counting import VALUES, counted
from icare_xl.model.sheet import NOTES
from icare_xl.model.template import Field, Kind, Template
from icare_xl.model.text import Text, quoted, shortened

if TYPE_CHECKING:
    from icare_xl.icare.cell_conditions import Conditions

MOST_LINES, MOST_VALUES, LONGEST = 6, 5, 60
_YES, _NO = Text("Yes", "Oui"), Text("No", "Non")
_ANNOUNCED_BY = {"email_txt": "email_txt_ind", "phone_no": "consent_ind"}  # rules of their own: IC214 and IC215

_NO_RULE = Text("{cell}: no rule looks at this cell.", "{cell} : aucune règle ne porte sur cette cellule.")
_RIGHT = Text("{cell}, {label}: nothing to correct.", "{cell}, {label} : rien à corriger.")
_ICARES_OWN = Text(
    "iCARE writes its notes on rejected rows here; leave the cell blank.",
    "iEDEC écrit ici ses notes sur les lignes rejetées; laissez la cellule vide.",
)
_FROM_LIST = Text(
    "It takes a value from its list ({values}): {some}", "Elle accepte une valeur de sa liste ({values}) : {some}"
)
_FROM_OUR_COPY = Text(
    "It takes a value from its list; our copy, typed by hand, has {values}: {some}",
    "Elle accepte une valeur de sa liste; notre copie, saisie à la main, compte {values} : {some}",
)
_TAKES: dict[Kind, Text] = {
    "text": Text("It takes free text.", "Elle accepte un texte libre."),
    "date": Text(
        "It takes a date in the format YYYY-MM-DD, such as 2018-06-05.",
        "Elle accepte une date au format AAAA-MM-JJ, par exemple 2018-06-05.",
    ),
    "yes-no": Text("It takes Yes or No.", "Elle accepte Oui ou Non."),
    "list": Text("It takes a value from its list.", "Elle accepte une valeur de sa liste."),
    "postal": Text(
        "It takes a postal code without a space, such as M1B5K1.",
        "Elle accepte un code postal sans espace, par exemple M1B5K1.",
    ),
    "phone": Text(
        "It takes a telephone number in the format ###-###-####, such as 416-555-0123.",
        "Elle accepte un numéro de téléphone au format ###-###-####, par exemple 416-555-0123.",
    ),
    "email": Text(
        "It takes one email address, such as ana.novak@example.com.",
        "Elle accepte une seule adresse courriel, par exemple ana.novak@example.com.",
    ),
    "number": Text(
        "It takes a number in digits alone, such as 12 or 12.5.",
        "Elle accepte un nombre en chiffres seulement, par exemple 12 ou 12,5.",
    ),
    "identifier": Text(
        "It takes the number on the immigration document, without spaces or dashes: a client ID has 8 or 10 digits, such as "
        "12345678.",
        "Elle accepte le numéro du document d’immigration, sans espaces ni tirets : un numéro de client compte 8 ou 10 "
        "chiffres, par exemple 12345678.",
    ),
}
_ALWAYS = Text("It is always mandatory.", "Elle est toujours obligatoire.")
_MAY_BE_BLANK = Text("The template lets it stay blank.", "Le modèle permet de la laisser vide.")
_ASKED = Text("Fill it in where “{parent}” is {answers}.", "Remplissez-la si « {parent} » porte {answers}.")
_UNASKED = Text("Leave it blank where “{parent}” is {answers}.", "Laissez-la vide si « {parent} » porte {answers}.")
_ONLY_AFTER_YES = Text(
    "Leave it blank unless “{parent}” is {answers}.", "Laissez-la vide, sauf si « {parent} » porte {answers}."
)
_YES_ONLY_AFTER_YES = Text(
    "Answer {yes} here only where “{parent}” is {answers}.",
    "Répondez {yes} ici seulement si « {parent} » porte {answers}.",
)
_YES_AMONG_ITS_OWN = Text(
    "Where it is {yes}, so is at least one of the cells that belong to it, such as “{other}”.",
    "Si elle porte {yes}, au moins une des cellules qui en dépendent aussi, comme « {other} ».",
)
_TOGETHER = Text(
    "Fill it in together with “{other}”, or leave both blank.",
    "Remplissez-la en même temps que « {other} », ou laissez les deux vides.",
)
_ONE_FILLED = Text(
    "At least one of these is filled in: {others}", "Au moins une de ces cellules est remplie : {others}"
)
_ONE_YES = Text(
    "At least one cell of its group is {yes}; the group starts with “{other}”.",
    "Au moins une cellule de son groupe porte {yes}; le groupe commence par « {other} ».",
)


def cell_described(cell: str, field: Field | None, template: Template) -> Text:
    """What a cell takes, with the first values of its list or an example, and when it has to be filled.

    `field` is None where no rule looks at the cell.
    """
    if field is None:
        return _NO_RULE.format(cell=cell)
    lines = [_RIGHT.format(cell=cell, label=field.label), _takes(field)]
    if field.id != NOTES:
        lines += [_ALWAYS] if field.required else list(_conditions(field, template)) or [_MAY_BE_BLANK]
    return Text.joined(lines[:MOST_LINES], "\n")


def _takes(field: Field) -> Text:
    if field.id == NOTES:
        return _ICARES_OWN
    if not field.allowed:
        return _TAKES[field.kind]
    values = field.allowed.values
    says = _FROM_OUR_COPY if field.status == "transcribed" else _FROM_LIST
    return says.format(values=counted(len(values), VALUES), some=_few(values, MOST_VALUES))


def _conditions(field: Field, template: Template) -> Iterator[Text]:
    """When a cell that the template lets stay blank is filled all the same, the plainest condition first."""
    from icare_xl.icare.conditions_file import conditions_for  # a press that explains no clean cell needs none of it

    known, field_of = conditions_for(template.ids), {each.id: each for each in template.fields}
    asked: dict[str, list[str]] = {}
    if (parent := _ANNOUNCED_BY.get(field.id)) in field_of:
        asked[str(parent)] = ["1"]
    for each in known.asks:
        if field.id in each.fields:
            asked.setdefault(each.parent, []).extend(each.answers)
    yield from (_of_parent(_ASKED, field_of[id_], answers) for id_, answers in asked.items())
    yield from _among_others(field, known, field_of)
    for blank in known.blanks:
        if field.id in blank.fields and field.id != blank.parent:
            parent_field = field_of[blank.parent]
            yield _of_parent(_UNASKED if blank.answers else _ONLY_AFTER_YES, parent_field, blank.answers or ["1"])
    parents = [each.parent for each in known.any_of if field.id in each.children]
    parents += [each.parent for each in known.only_if if field.id == each.child]
    for id_ in dict.fromkeys(parents):
        yield _of_parent(_YES_ONLY_AFTER_YES, field_of[id_], ["1"], yes=_answer(field, "1"))
    for each_any in known.any_of:
        if field.id == each_any.parent:
            yield _YES_AMONG_ITS_OWN.format(yes=_answer(field, "1"), other=_label(field_of[each_any.children[0]]))


def _among_others(field: Field, known: Conditions, field_of: dict[str, Field]) -> Iterator[Text]:
    """What is said of several cells that are alike."""
    for pair in known.both:
        if field.id in pair.fields:
            yield _TOGETHER.format(other=_label(field_of[next(id_ for id_ in pair.fields if id_ != field.id)]))
    for several in known.at_least_one:
        if field.id in several.fields:
            yield _ONE_FILLED.format(others=_few([_label(field_of[id_]) for id_ in several.fields], 3))
    for group in known.one_yes:
        if field.id in group.fields:
            yield _ONE_YES.format(yes=_answer(field, "1"), other=_label(field_of[group.fields[0]]))


def _of_parent(says: Text, parent: Field, answers: list[str] | tuple[str, ...], **words: Text) -> Text:
    """A sentence about the answers to a question, in the words of its list."""
    told = [_answer(parent, each) for each in answers]
    either = Text(" or ".join(each.en for each in told), " ou ".join(each.fr for each in told))
    return says.format(parent=_label(parent), answers=either, **words)


def _answer(field: Field, answer: str) -> Text:
    """An answer by its id, as the list has it; by its own text where the list has no such id."""
    ids = {id_: value for value, id_ in field.allowed.id_of.items()} if field.allowed else {"1": "", "0": ""}
    value = ids.get(answer, answer)
    return quoted([shortened(value, LONGEST)]) if value else {"1": _YES, "0": _NO}[answer]


def _few(texts: Sequence[str], most: int) -> Text:
    """The first texts in quotes, to end a sentence: with … where there are more."""
    some = quoted(shortened(each, LONGEST) for each in texts[:most])
    end = ", …" if len(texts) > most else "."
    return Text(some.en + end, some.fr + end)


def _label(field: Field) -> str:
    return shortened(field.label, LONGEST)
