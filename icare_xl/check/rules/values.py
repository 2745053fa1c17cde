"""One cell at a time, whatever the field: is it there, is it text, is it in the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from icare_xl.check import list_match
from icare_xl.check.rules import wording
from icare_xl.check.rules.formats import CLIENT_ID, well_formed
from icare_xl.check.rules.rule import Hit, Wrong, cell_rule, hits, instead, sheet_rule
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.columns import Column, Dates
from icare_xl.model.dates import iso_day
from icare_xl.model.finding import Proposal
from icare_xl.model.normalise import collapse_blanks
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text

_WITH_A_FORMAT = ("postal", "phone", "email", "identifier")
_NEVER_A_NUMBER = ("date", "postal", "phone", "email")  # whose own rules have all to say of one
AS_TEXT = Text("This is the same value as text.", "C’est la même valeur sous forme de texte.")
NUMBER_AS_TEXT = Text(
    "These are the digits of the number as text; zeros at the start may be missing.",
    "Ce sont les chiffres du nombre sous forme de texte; il manque peut-être des zéros initiaux.",
)
AS_MANY_DIGITS = Text(
    "These are the digits of the number as text; there are as many as in a client ID.",
    "Ce sont les chiffres du nombre sous forme de texte; il y en a autant que dans un numéro de client.",
)
WITHOUT_TIME = Text(
    "This is the day as text; its time of day ({time}) is left out.",
    "C’est le jour sous forme de texte; son heure ({time}) est omise.",
)
MAYBE_TURNED = Text(
    "This is the day that Excel shows; other dates of the column are texts with the day first, so Excel may have taken "
    "the day for the month here.",
    "C’est le jour qu’Excel affiche; d’autres dates de la colonne sont des textes où le jour vient en premier, "
    "Excel a donc peut-être pris le jour pour le mois ici.",
)
TURNED_BACK = Text(
    "This is the day with day and month the other way round; Excel may have taken one for the other.",
    "C’est le jour une fois le jour et le mois inversés; Excel a peut-être pris l’un pour l’autre.",
)
WITHOUT_BLANKS = Text(
    "This is the same text without stray spaces and invisible characters.",
    "C’est le même texte sans espaces superflus ni caractères invisibles.",
)
RESULT = Text("This is what the formula gives.", "C’est ce que donne la formule.")


@sheet_rule(
    "IC100",
    row_by_row=True,
    origin="template",
    source="LOV row 2: CC-01, CP-01, CP-04, EM-01, IDN-01, IDN-02, IDN-03, IDN-08, IO-01, LE-01, LS-01, LX-01, NA-01, NA-11, "
    "SUP-01",
    en="“{label}” is mandatory and {why}. Enter a value.",
    fr="« {label} » est obligatoire et {why}. Entrez une valeur.",
    usual={"why": wording.BLANK},
    why_fr="Le modèle lui-même indique que cette colonne est obligatoire.",
    good=[{"rows": {4: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"postal_cd": ""}}}, {"rows": {4: {"postal_cd": " \u00a0"}}}],
)
def blank_mandatory_cell(sheet: Sheet) -> Iterator[Hit]:
    """The template itself marks this column as mandatory.

    By `Mandatory=true;` in LOV, or by an orange label in row 3. What is blank because it is merged is told by another
    rule.
    """
    for each in sheet.template.fields:
        if each.required and each.id != NOTES and sheet.has(each.id):
            column = sheet.column(each.id, Column)
            empty, apart = column.each(lambda cell: not cell.text), sheet.merged(each.id) == 0
            yield from hits(sheet, empty & apart, each.id)
            yield from hits(sheet, column.blank & ~empty & apart, each.id, why=wording.ONLY_BLANKS)


@cell_rule(
    "IC103",
    kinds=("list", "yes-no"),
    origin="template",
    source="LOV rows 3+: CC-02, CP-03, EM-13, EM-15, IO-02, IO-05, LS-09, LS-10, LS-13, LS-14, LX-02, NA-07, SUP-11",
    en="“{value}”{which} is not in the list for “{label}”. Pick a value from the list.",
    fr="« {value} »{which} ne figure pas dans la liste de « {label} ». Choisissez une valeur de la liste.",
    usual={"which": wording.NOTHING},
    why_fr="La liste déroulante de la colonne contient toutes les valeurs que le modèle permet.",
    good=["Yes", "No", "", " "],
    bad={
        "Maybe": None,
        "Ye": None,
        "Oui": "Yes",
        "n": "No",
        True: "Yes",
        "1": "Yes",
        Cell("2018-06-05", Holds.DATE): None,
    },
)
def value_not_in_list(cell: Cell, field: Field, sheet: Sheet) -> Wrong | None:
    """The drop-down of the column holds every value that the template allows."""
    if cell.blank or cell.is_error or field.allowed is None or field.status == "transcribed":
        return None
    if field.allowed.meant(cell.text) is not None:
        return None
    return Wrong(_proposals(cell, sheet.column(field.id, Column)), _which(cell))


def _which(cell: Cell) -> dict[str, Text]:
    return {"which": wording.A_DATE_THERE} if cell.holds is Holds.DATE else {}


def _proposals(cell: Cell, column: Column) -> tuple[Proposal, ...]:
    """What the list knows; of numbers that go up by one down the column, nothing: dragging has made them."""
    dragged = collapse_blanks(cell.text).isdecimal() and column.goes_up
    return () if dragged else list_match.proposals(cell, column.field)


@cell_rule(
    "IC116",
    kinds=("list",),
    origin="house",
    source="status of the lists",
    en="“{value}”{which} is not in our copy of the list for “{label}”, which was typed by hand. Look for the value "
    "in the list of your template.",
    fr="« {value} »{which} ne figure pas dans notre copie de la liste de « {label} », qui a été saisie à la main. "
    "Cherchez la valeur dans la liste de votre modèle.",
    usual={"which": wording.NOTHING},
    why_fr="La liste authentique de certaines colonnes est perdue; la nôtre a été saisie par un organisme, fautes "
    "comprises.",
    good=["Yes"],
    bad={"Maybe": None, "yes": "Yes"},
)
def value_not_in_transcribed_list(cell: Cell, field: Field, sheet: Sheet) -> Wrong | None:
    """The genuine list of some columns is lost; ours was typed by an agency, mistakes included."""
    if field.status != "transcribed" or field.allowed is None or cell.blank or cell.is_error:
        return None
    exact = field.allowed.meant(cell.text)
    return (
        None
        if exact is not None and collapse_blanks(exact) == collapse_blanks(cell.text)
        else Wrong(_proposals(cell, sheet.column(field.id, Column)), _which(cell))
    )


@cell_rule(
    "IC104",
    kinds=("list", "yes-no"),
    origin="template",
    source="LOV rows 3+",
    en="“{value}” is written a little differently in the list for “{label}”. Use the text of the list: “{exact}”.",
    fr="« {value} » s’écrit un peu autrement dans la liste de « {label} ». Utilisez le texte de la liste : "
    "« {exact} ».",
    why_fr="Aucune source publique ne dit si iEDEC accepte une différence de majuscules, d’espaces, d’apostrophes ou de "
    "tirets; seul le texte exact est donc sûr.",
    good=["Yes", "No"],
    bad={"yes": "Yes", "YES": "Yes", " No": "No", "No\u00a0": "No", "Yes 2": "Yes"},
)
def list_text_not_exact(cell: Cell, field: Field) -> Wrong | None:
    """Whether iCARE accepts other capitals, spaces, apostrophes or dashes is not public, so only the exact text is safe."""
    if field.allowed is None or field.status == "transcribed" or cell.text in field.allowed.id_of:
        return None
    exact = field.allowed.meant(cell.text)
    return Wrong(list_match.proposals(cell, field), {"exact": exact}) if exact is not None and not cell.blank else None


@cell_rule(
    "IC105",
    origin="template",
    severity="warning",
    source="STR-07",
    en="“{value}” is stored as {what}, not as text. Format the cell as Text and type the value again.",
    fr="« {value} » est stocké {what}, et non comme texte. Mettez la cellule au format Texte et retapez la valeur.",
    usual={"what": wording.NO_TEXT},
    why_fr="Le modèle met chaque cellule au format Texte; un nombre peut avoir perdu ses zéros initiaux.",
    good=["12345678", ""],
    bad={12345678: None, True: None},
)
def number_for_text(cell: Cell, field: Field) -> Wrong | None:
    """The template formats every cell as Text; a number may have lost its leading zeros.

    Excel may still show them, by a number format that nobody reads here; only where none can be missing is more proposed
    than what is possible.
    """
    if cell.formula or cell.holds not in (Holds.NUMBER, Holds.BOOLEAN) or not _right_as_text(cell.text, field):
        return None
    if cell.holds is Holds.BOOLEAN:
        return Wrong(words={"what": wording.TRUE_OR_FALSE})
    what = {"what": wording.A_NUMBER}
    if field.allowed or field.kind == "number":
        return Wrong(instead(cell.text, AS_TEXT, "safe"), what)
    if field.kind == "identifier" and CLIENT_ID.fullmatch(cell.text):
        return Wrong(instead(cell.text, AS_MANY_DIGITS), what)
    return Wrong(instead(cell.text, NUMBER_AS_TEXT, "possible"), what)


def _right_as_text(text: str, field: Field) -> bool:
    """Whether the list, or the rule for the format, would have nothing to say about this text."""
    if field.allowed:
        return text in field.allowed.id_of
    return field.kind not in _NEVER_A_NUMBER and (field.kind != "number" or well_formed("number", text))


@cell_rule(
    "IC106",
    origin="template",
    severity="warning",
    source="STR-07",
    en="{value} is stored as an Excel date, not as {what}. Format the cell as Text and {do}.",
    fr="{value} est stocké comme date Excel, et non comme {what}. Mettez la cellule au format Texte et {do}.",
    usual={"what": wording.TEXT, "do": wording.TYPE_AGAIN},
    why_fr="Le modèle met chaque cellule au format Texte; une vraie date peut parvenir à iEDEC dans l’ordre propre à "
    "l’ordinateur (jour-mois ou mois-jour).",
    good=["2018-06-05"],
    bad=[Cell("2018-06-05", Holds.DATE)],
)
def date_cell_for_text(cell: Cell, field: Field, sheet: Sheet) -> Wrong | None:
    """The template formats every cell as Text; a real date may reach iCARE in the order of the computer’s settings."""
    if cell.holds is not Holds.DATE or cell.formula or field.allowed:
        return None  # a list says itself that no date is in it
    do = wording.TYPE_AGAIN if field.kind in ("date", "text") else wording.ENTER_ITS_OWN
    what = {"what": wording.KINDS.get(field.kind, wording.TEXT), "do": do}
    if field.kind != "date":
        return Wrong(words=what)
    turned = _turned(cell) if sheet.column(field.id, Dates).order.day_first else None
    left_out = [_without(cell.time_of_day)] if cell.time_of_day else []
    if turned:
        either = ((cell.text, MAYBE_TURNED), (turned, TURNED_BACK))
        return Wrong([Proposal(text, Text.joined([says, *left_out]), "possible") for text, says in either], what)
    return Wrong(instead(cell.text, left_out[0]) if left_out else instead(cell.text, AS_TEXT, "safe"), what)


def _turned(cell: Cell) -> str | None:
    """The day that a real date is with day and month exchanged, where that is another one."""
    day = cell.day
    return (
        day.replace(month=day.day, day=day.month).isoformat()
        if day and day.day <= 12 and day.day != day.month
        else None
    )


def _without(time_of_day: time) -> Text:
    """That a time of day is left out, to the second where it has seconds."""
    return WITHOUT_TIME.format(time=f"{time_of_day:%H:%M:%S}".removesuffix(":00"))


@cell_rule(
    "IC107",
    origin="template",
    source="STR-07",
    en="The cell holds the error value {value}. Type the value itself.",
    fr="La cellule contient la valeur d’erreur {value}. Tapez la valeur elle-même.",
    why_fr="Une valeur d’erreur n’est ni un texte ni une valeur de liste.",
    good=["N/A", "#12"],
    bad=[Cell("#N/A", Holds.ERROR), Cell("#DIV/0!", Holds.ERROR)],
)
def error_value(cell: Cell) -> Wrong | None:
    """An error value is neither a text nor a value of a list."""
    return Wrong() if cell.is_error else None


@cell_rule(
    "IC108",
    origin="house",
    source="STR-08",
    en="“{value}” is the result of a formula. Replace the formula by its value.",
    fr="« {value} » est le résultat d’une formule. Remplacez la formule par sa valeur.",
    why_fr="Une formule peut changer ou cesser de fonctionner quand le fichier est ouvert ailleurs; aucune source publique ne dit ce "
    "qu’iEDEC en lit.",
    good=["=A1"],
    bad={Cell("Toronto", formula=True): "Toronto"},
)
def formula_for_text(cell: Cell) -> Wrong | None:
    """A formula may change or break when the file is opened elsewhere; what iCARE reads of it is not public."""
    return Wrong(instead(cell.text, RESULT)) if cell.formula and not cell.is_error else None


@cell_rule(
    "IC109",
    origin="house",
    source="STR-08",
    en="“{value}” has spaces or invisible characters that do not belong there. Type it again without them.",
    fr="« {value} » contient des espaces ou des caractères invisibles qui n’ont pas leur place. Retapez-le sans eux.",
    why_fr="Les espaces autour d’un texte, les sauts de ligne et les caractères invisibles ne se voient pas et rendent "
    "deux textes différents.",
    good=["Main Street", "Lit - 1L"],
    bad={" A1": "A1", "A1 ": "A1", "A\u00a01": "A 1", "A\u200b1": "A1", "A\n1": "A 1", "  ": ""},
)
def stray_blanks(cell: Cell, field: Field) -> Wrong | None:
    """Spaces around a text, line breaks and invisible characters cannot be seen and make two texts differ."""
    if cell.holds is not Holds.TEXT or cell.formula or cell.text == collapse_blanks(cell.text):
        return None
    if cell.blank:
        return None if field.required else Wrong(instead("", WITHOUT_BLANKS, "safe"))
    text = collapse_blanks(cell.text)
    if field.allowed or not well_formed(field.kind, text) or (field.kind in _WITH_A_FORMAT and " " in text):
        return None  # the list, or the rule for the format, has its own say on how a value is written
    if field.kind == "date" and not iso_day(cell):
        return None
    return Wrong(instead(text, WITHOUT_BLANKS, "safe"))
