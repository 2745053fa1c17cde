"""Formats that a field's kind asks for: postal code, telephone, e-mail, number, identifier."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import numpy as np

from icare_xl.check import list_match
from icare_xl.check.rules import wording
from icare_xl.check.rules.rule import Told, Wrong, cell_rule, instead, row_rule
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.client import IDENTIFIER, IDENTIFIER_TYPE
from icare_xl.model.columns import Choice, Column, Mask
from icare_xl.model.dates import certain_day, two_days
from icare_xl.model.normalise import collapse_blanks, plain
from icare_xl.model.text import Text

_POSTAL = re.compile(r"[A-Z]\d[A-Z]\d[A-Z]\d", re.ASCII)
_LETTERS_IN_USE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", re.ASCII)
_PHONE = re.compile(r"[2-9]\d{2}-[2-9]\d{2}-\d{4}", re.ASCII)
_NUMBER = re.compile(r"\d+([.,]\d+)?", re.ASCII)
_SEPARATORS = re.compile(r"[\s./\-‐‑‒–—−]+")
_DASHED = re.compile(r"\d{3}-\d{3}-\d{4}", re.ASCII)
_THREE_PARTS = re.compile(r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}", re.ASCII)
_FORMS = {"postal": _POSTAL, "phone": _PHONE, "number": _NUMBER, "identifier": re.compile(r"[^\s./\-‐‑‒–—−]*")}
CLIENT_ID = re.compile(r"\d{8}|\d{10}", re.ASCII)
_LETTER_AND_DIGITS = re.compile(r"[A-Za-z]\d{6,}", re.ASCII)
_DIGIT_FOR = str.maketrans("OIL", "011")
SAME_CODE = Text(
    "This is the same code with capital letters and without spaces or dashes.",
    "C’est le même code en lettres majuscules, sans espaces ni tirets.",
)
LETTER_FOR_DIGIT = Text(
    "There is a letter where every postal code has a digit.", "Une lettre occupe la place d’un chiffre du code postal."
)
MEANT_NUMBER = Text(
    "This is most likely the number that is meant.", "C’est très probablement le numéro dont il s’agit."
)
SAME_NUMBER = Text("This is the same number, written ###-###-####.", "C’est le même numéro, écrit ###-###-####.")
WITHOUT_EXTENSION = Text(
    "This is the number without its extension, {extension}.", "C’est le numéro sans son poste, {extension}."
)
BARE = Text(
    "These are its letters and digits, without dashes, spaces and other separators.",
    "Ce sont ses lettres et ses chiffres, sans tirets, espaces ni autres séparateurs.",
)
Form = Literal["client ID", "document", "other", ""]
FOSS, PERMIT, LANDING = "1", "2", "3"  # iCARE's ids of the three types of identifier


def _speaks_for_itself(cell: Cell) -> bool:
    """Whether it holds something that no other rule has said all about: no date, and no error value."""
    return not cell.blank and cell.holds not in (Holds.ERROR, Holds.DATE)


def _identifier(cell: Cell) -> str:
    """The identifier without its separators; with them where they make a day of it, as no document prints it so."""
    return cell.text if _is_day(cell) else bare(cell.text)


def _is_day(cell: Cell) -> bool:
    """Whether three numbers with separators are a day since 1900, or two."""
    if not _THREE_PARTS.fullmatch(plain(cell.text)):
        return False
    days = two_days(cell) or (certain_day(cell),)
    return any(day and day.year >= 1900 for day in days)


def _digits(cell: Cell) -> int:
    """How many digits an identifier has; 0 where anything else is in it."""
    identifier = _identifier(cell)
    return len(identifier) if identifier.isascii() and identifier.isdecimal() else 0


def _form(cell: Cell) -> Form:
    """The form of an identifier; blank for blank cells, and for what is not typed at all."""
    return _form_of(cell.text) if _speaks_for_itself(cell) and cell.holds is not Holds.BOOLEAN else ""


@lru_cache(maxsize=65536)
def _form_of(text: str) -> Form:
    identifier = _identifier(Cell(text))
    if CLIENT_ID.fullmatch(identifier):
        return "client ID"
    return "document" if _LETTER_AND_DIGITS.fullmatch(identifier) else "other"


def _of_type(column: Choice, *types: str) -> Mask:
    """The rows with one of these types, also where its text is misspelt or in another language; no number is a text."""
    allowed = column.field.allowed

    def meant(cell: Cell) -> bool:
        best, *_ = list_match.proposals(cell, column.field) or [None]
        sure = best and best.confidence != "possible" and not collapse_blanks(cell.text).isdecimal()
        return bool(sure and best and allowed and allowed.id_of.get(best.text) in types)

    return column.chosen(*types) | column.each(meant)


def first_letter(cell: Cell) -> str:
    """The first letter of a postal code, whatever stands between its signs; nothing where no code can be like that."""
    code = bare(cell.text).upper()
    return code[0] if _LETTERS_IN_USE.fullmatch(code) else ""


def well_formed(kind: str, text: str) -> bool:
    """Whether a text has the form that a field of this kind asks for; True where it asks for none."""
    return not (form := _FORMS.get(kind)) or bool(form.fullmatch(text))


@lru_cache(maxsize=65536)
def bare(identifier: str) -> str:
    """The identifier without blanks, dashes and other separators."""
    return _SEPARATORS.sub("", collapse_blanks(identifier))


@cell_rule(
    "IC110",
    kinds=("postal",),
    origin="documented",
    source="CP-02, LS-12",
    en="“{value}” {why}. Enter capital letters and digits in turn without spaces, such as M1B5K1.",
    fr="« {value} » {why}. Entrez des lettres majuscules et des chiffres en alternance, sans espace, par exemple "
    "M1B5K1.",
    usual={"why": wording.NO_CODE},
    why_fr="Les libellés des modèles et l’aide des fournisseurs demandent le format A#A#A#, sans espace.",
    good=["M1B5K1"],
    bad={
        "M1B 5K1": "M1B5K1",
        "m1b5k1": "M1B5K1",
        "H0H-0H0": "H0H0H0",
        "M1B5K": None,
        "11B5K1": None,
        "m1b 5kl": "M1B5K1",
        "MOB 5K1": "M0B5K1",
    },
)
def unreadable_postal_code(cell: Cell) -> Wrong | None:
    """The labels of the templates and the vendors’ help ask for A#A#A# with no space."""
    text = collapse_blanks(cell.text)
    if not _speaks_for_itself(cell) or _POSTAL.fullmatch(text):
        return None
    compact = _SEPARATORS.sub("", text).upper()
    if _POSTAL.fullmatch(compact):
        return Wrong(instead(compact, SAME_CODE, "safe"), {"why": wording.MORE_THAN_A_CODE})
    read = "".join(sign.translate(_DIGIT_FOR) if index % 2 else sign for index, sign in enumerate(compact[:7]))
    if _LETTERS_IN_USE.fullmatch(read):
        return Wrong(instead(read, LETTER_FOR_DIGIT), {"why": wording.LETTER_THERE})
    return Wrong()


@cell_rule(
    "IC111",
    kinds=("postal",),
    origin="house",
    source="formats",
    en="“{value}” has a letter that no postal code of Canada has in that place. Check the code.",
    fr="« {value} » contient une lettre qu’aucun code postal du Canada n’a à cet endroit. Vérifiez le code.",
    why_fr="Postes Canada n’emploie jamais D, F, I, O, Q ni U, ni W et Z comme première lettre.",
    good=["M1B5K1", "H0H0H0", "nonsense"],
    bad=["M1B5O1", "W1B5K1", "D1B5K1"],
)
def letter_never_in_postal_code(cell: Cell) -> Wrong | None:
    """Canada Post never uses D, F, I, O, Q and U, nor W and Z as the first letter."""
    text = _SEPARATORS.sub("", collapse_blanks(cell.text)).upper()
    return Wrong() if _POSTAL.fullmatch(text) and not _LETTERS_IN_USE.fullmatch(text) else None


@cell_rule(
    "IC112",
    kinds=("phone",),
    origin="house",
    source="CP-08, LS-12",
    en="“{value}” {why}. Check it and enter it as ###-###-####.",
    fr="« {value} » {why}. Vérifiez-le et entrez-le au format ###-###-####.",
    usual={"why": wording.ANOTHER_FORM},
    why_fr="Le libellé d’un modèle montre ce format; l’indicatif régional et l’indicatif de central ne commencent jamais "
    "par 0 ni par 1.",
    good=["416-555-0123"],
    bad={"(416) 555-0123": "416-555-0123", "4165550123": "416-555-0123", "+1 416 555 0123": "416-555-0123",
         "555-0123": None, "016-555-0123": None, "265-118-1203": None, "265 118 1203": None, "none": None,
         "+44 20 7946 0958": None, "416-555-0123 x5": None},
)  # fmt: skip
def unreadable_phone_number(cell: Cell) -> Wrong | None:
    """The label of one template shows this format; area code and exchange never start with 0 or 1."""
    text = collapse_blanks(cell.text)
    if not _speaks_for_itself(cell) or _PHONE.fullmatch(text):
        return None
    dashed, extension = (text, None) if _DASHED.fullmatch(text) else _north_american(text)
    if not _PHONE.fullmatch(dashed):
        return Wrong(words={"why": wording.ZERO_OR_ONE if _DASHED.fullmatch(dashed) else wording.NO_NUMBER})
    if extension:
        return Wrong(
            instead(dashed, WITHOUT_EXTENSION.format(extension=extension), "possible"), {"why": wording.EXTENSION}
        )
    digits = "".join(sign for sign in text if sign.isdecimal())
    same = digits.removeprefix("1") == dashed.replace("-", "") and not any(map(str.isalpha, text))
    return Wrong(instead(dashed, SAME_NUMBER, "safe") if same else instead(dashed, MEANT_NUMBER))


def _north_american(text: str) -> tuple[str, str | None]:
    """The number in a text written with dashes, and its extension; nothing where it is of other countries, or none."""
    import phonenumbers  # heavy; most sheets have no telephone column

    try:
        found = phonenumbers.parse(text, "CA")
    except phonenumbers.NumberParseException:
        return "", None
    number = str(found.national_number) if found.country_code == 1 else ""
    return f"{number[:3]}-{number[3:6]}-{number[6:]}", found.extension


@cell_rule(
    "IC113",
    kinds=("email",),
    origin="house",
    source="formats",
    en="“{value}” is not one complete email address. Check it with the person it belongs to.",
    fr="« {value} » n’est pas une adresse courriel seule et complète. Vérifiez-la auprès de la personne concernée.",
    why_fr="Toute adresse a un seul @, un point dans son domaine et aucun espace; aucun serveur n’est interrogé.",
    good=["ana.novak@example.com"],
    bad=["ana.novak@example", "ana novak@example.com", "ana.novak", "a@b@example.com"],
)
def unreadable_email(cell: Cell) -> Wrong | None:
    """Every address has one @, a dot in its domain and no spaces; no server is asked."""
    if not _speaks_for_itself(cell):
        return None
    from email_validator import EmailNotValidError, validate_email  # heavy; most sheets have no such column

    try:
        validate_email(collapse_blanks(cell.text), check_deliverability=False)
    except EmailNotValidError:
        return Wrong()
    return None


@cell_rule(
    "IC114",
    kinds=("number",),
    origin="house",
    source="generic rules",
    en="“{value}” is not a number written in digits alone. Enter the number alone, such as 12 or 12.5.",
    fr="« {value} » n’est pas un nombre écrit en chiffres seulement. Entrez le nombre seul, par exemple 12 ou 12,5.",
    why_fr="Le code masqué de la colonne dit qu’elle contient un nombre, et le modèle n’a pas de liste pour elle.",
    good=["12", "0.25", "1,0"],
    bad=["twelve", "12 h", "-3"],
)
def unreadable_number(cell: Cell) -> Wrong | None:
    """The hidden code of the column says that it holds a number, and the template has no list for it.

    Such ids end in `_no`.
    """
    return Wrong() if _speaks_for_itself(cell) and not _NUMBER.fullmatch(collapse_blanks(cell.text)) else None


@row_rule(
    "IC130",
    marks=IDENTIFIER,
    origin="house",
    source="IDN-02, formats of identifiers",
    en="“{value}” {why}, and a FOSS/GCMS client ID has 8 or 10 digits. Compare it with the immigration document{zero}.",
    fr="« {value} » {why}, alors qu’un numéro d’identité SSOBL ou SMGC du client compte 8 ou 10 chiffres. "
    "Comparez-le avec le document d’immigration{zero}.",
    usual={"why": wording.NO_CLIENT_ID, "zero": wording.NOTHING},
    why_fr="L’identificateur de client d’IRCC (IUC) compte 8 ou 10 chiffres; aucune source publique ne dit ce qu’iEDEC vérifie "
    "lui-même.",
    good=[{IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "12345678"},
          {IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "12-3456-7890"},
          {IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number", IDENTIFIER: "T123456789"}],
    bad=[{IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "1234567"},
         {IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "xxxxxxxxx"},
         {IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "1978-05-20"},
         {IDENTIFIER_TYPE: "foss/gcms client id 3", IDENTIFIER: "4"},
         {IDENTIFIER_TYPE: "N° d’identité SSOBL ou SMGC du client", IDENTIFIER: "123456789"}],
)  # fmt: skip
def client_id_of_wrong_length(client_validation_type_id: Choice, client_validation_id: Column) -> Told:
    """IRCC’s client identifier (UCI) has 8 or 10 digits; what iCARE itself checks is not public."""
    odd = _of_type(client_validation_type_id, FOSS) & client_validation_id.each(lambda cell: _form(cell) == "other")
    if not odd.any():
        return
    digits = client_validation_id.spread(np.array(list(map(_digits, client_validation_id.distinct)), np.int32))
    days = client_validation_id.each(_is_day)
    yield {"why": wording.A_DAY}, odd & days
    yield {"why": wording.SIGNS}, odd & ~days & (digits == 0)
    for count in np.unique(digits[odd & (digits > 0)]).tolist():
        zero = wording.A_ZERO if count in (7, 9) else wording.NOTHING
        yield {"why": wording.has_digits(count), "zero": zero}, odd & (digits == count)


@cell_rule(
    "IC131",
    kinds=("identifier",),
    origin="house",
    source="formats of identifiers",
    en="“{value}” has dashes, spaces or other separators in it. Enter the identifier without them.",
    fr="« {value} » contient des tirets, des espaces ou d’autres séparateurs. Entrez l’identifiant sans ces signes.",
    why_fr="Les documents impriment l’identifiant par groupes; les exemples des modèles n’ont que des chiffres.",
    good=["12345678", "T123456789", "see file", "1978-05-20"],
    bad={"12-3456-7890": "1234567890", "1234 5678": "12345678"},
)
def separators_in_identifier(cell: Cell) -> Wrong | None:
    """Documents print the identifier in groups; the examples in the templates are digits alone."""
    if cell.holds is not Holds.TEXT:
        return None
    text = collapse_blanks(cell.text)
    bare = _SEPARATORS.sub("", text)
    return Wrong(instead(bare, BARE)) if bare != text and _form_of(cell.text) != "other" else None


@row_rule(
    "IC132",
    marks=IDENTIFIER,
    origin="house",
    source="formats of identifiers",
    en="“{value}” does not look like the chosen type, “{client_validation_type_id}”. Check number and type "
    "against the document.",
    fr="« {value} » ne ressemble pas au type choisi, « {client_validation_type_id} ». Vérifiez le numéro et "
    "le type d’après le document.",
    why_fr="Les numéros de client n’ont que des chiffres, ceux des permis et des fiches d’établissement commencent "
    "par une lettre; l’une des deux cellules est probablement erronée.",
    good=[{IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "12345678"},
          {IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number", IDENTIFIER: "W123456789"}],
    bad=[{IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "T123456789"},
         {IDENTIFIER_TYPE: "FOSS/GCMS Client ID 2", IDENTIFIER: "T123456789"},
         {IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number", IDENTIFIER: "12345678"}],
)  # fmt: skip
def identifier_of_another_type(client_validation_type_id: Choice, client_validation_id: Column) -> Mask:
    """Client IDs are digits only, numbers of permits and landing records start with a letter; one of the two cells
    is probably wrong.
    """
    digits = client_validation_id.each(lambda cell: _form(cell) == "client ID")
    letter = client_validation_id.each(lambda cell: _form(cell) == "document")
    return (_of_type(client_validation_type_id, FOSS) & letter) | (
        _of_type(client_validation_type_id, PERMIT, LANDING) & digits
    )


@row_rule(
    "IC133",
    marks=IDENTIFIER,
    origin="house",
    source="IDN-02, formats of identifiers",
    en="“{value}” {why}, unlike the identifiers on immigration documents. Compare it with the document.",
    fr="« {value} » {why}, contrairement aux identifiants des documents d’immigration. Comparez-le avec le document.",
    usual={"why": wording.NO_DOCUMENT},
    why_fr="Les numéros de client ont 8 ou 10 chiffres, ceux des permis et des fiches d’établissement une lettre et des "
    "chiffres; ce qui n’a aucun de ces formats vient rarement d’un document.",
    good=[{IDENTIFIER_TYPE: "Temporary Resident or Minister’s Permit Number", IDENTIFIER: "F123456789"},
          {IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number", IDENTIFIER: "12345678"},
          {IDENTIFIER_TYPE: "", IDENTIFIER: "12345678"},
          {IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "xxxxxxxxx"}],
    bad=[{IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number", IDENTIFIER: "123456789"},
         {IDENTIFIER_TYPE: "Temporary Resident or Minister’s Permit Number", IDENTIFIER: "1978-05-20"},
         {IDENTIFIER_TYPE: "", IDENTIFIER: "xxxxxxxxx"},
         {IDENTIFIER_TYPE: "Passport", IDENTIFIER: "?"}],
)  # fmt: skip
def identifier_of_no_known_form(client_validation_type_id: Choice, client_validation_id: Column) -> Told:
    """Client IDs are 8 or 10 digits, numbers of permits and landing records a letter and digits; what has neither
    format is rarely from a document.

    Under the type of client IDs another rule says it.
    """
    odd = client_validation_id.each(lambda cell: _form(cell) == "other") & ~_of_type(client_validation_type_id, FOSS)
    if odd.any():
        days = client_validation_id.each(_is_day)
        yield {"why": wording.A_DAY}, odd & days
        yield {}, odd & ~days
