"""What is wrong with a value, as a part of a rule's sentence: `{why}` in “{value}” {why}."""

from __future__ import annotations

from icare_xl.model.counting import counted
from icare_xl.model.text import Text

NOTHING = Text("", "")

# Postal codes and telephone numbers
MORE_THAN_A_CODE = Text(
    "has small letters, spaces or other characters in it", "contient des minuscules, des espaces ou d’autres caractères"
)
LETTER_THERE = Text(
    "has a letter where a postal code has a digit", "contient une lettre là où un code postal a un chiffre"
)
NO_CODE = Text("is not a postal code in the format A#A#A#", "n’est pas un code postal au format A#A#A#")
ANOTHER_FORM = Text("is not written ###-###-####", "n’est pas au format ###-###-####")
ZERO_OR_ONE = Text(
    "has an area code or an exchange that starts with 0 or 1",
    "a un indicatif régional ou de central qui commence par 0 ou 1",
)
NO_NUMBER = Text(
    "is not a ten-digit telephone number of North America",
    "n’est pas un numéro de téléphone nord-américain à dix chiffres",
)
EXTENSION = Text("has an extension after the number", "contient un numéro de poste")

# Identifiers
A_DAY = Text("is a date", "est une date")
SIGNS = Text("has letters or other characters in it", "contient des lettres ou d’autres caractères")
NO_CLIENT_ID = Text(
    "has other characters or another number of digits",
    "contient d’autres caractères ou compte un autre nombre de chiffres",
)
NO_DOCUMENT = Text(
    "is neither 8 or 10 digits nor a letter and at least 6 digits",
    "n’a ni 8 ou 10 chiffres, ni une lettre suivie d’au moins 6 chiffres",
)
A_ZERO = Text("; a zero at the start may be missing", "; il manque peut-être un zéro initial")
_HAS = Text("has {digits}", "compte {digits}")
_DIGITS = Text("{n} digit", "{n} chiffre"), Text("{n} digits", "{n} chiffres")

# Dates
OTHER_WAY = Text("is a date in another format than YYYY-MM-DD", "est une date dans un autre format qu’AAAA-MM-JJ")
OTHER_DASHES = Text(
    "has special dashes or digits instead of the plain ones of YYYY-MM-DD",
    "contient des tirets ou des chiffres spéciaux au lieu des caractères simples d’AAAA-MM-JJ",
)
PLAIN_NUMBER = Text(
    "is a plain number, the way Excel stores dates", "est un simple nombre, comme ceux qu’Excel emploie pour les dates"
)
SHORT_YEAR = Text("has a year of two digits", "a une année à deux chiffres")
NO_DAY = Text("is a date that does not exist", "est une date qui n’existe pas")
LETTERS = Text("has letters in it", "contient des lettres")
NO_DATE = Text("is not a date", "n’est pas une date")
NOT_THAT_WAY = Text("is not written YYYY-MM-DD", "n’est pas au format AAAA-MM-JJ")
AHEAD = Text("in the future", "dans le futur")
AHEAD_OR_LONG_AGO = Text("in the future or before 1900", "dans le futur ou antérieure à 1900")
LONG_AGO = Text("before 1900", "antérieure à 1900")

# Whatever the field
BLANK = Text("blank", "vide")
ONLY_BLANKS = Text(
    "holds only spaces or invisible characters", "ne contient que des espaces ou des caractères invisibles"
)
A_DATE_THERE = Text(", a date,", ", une date,")
NO_TEXT = Text("a number or as TRUE/FALSE", "comme nombre ou comme VRAI/FAUX")
A_NUMBER = Text("a number", "comme nombre")
TRUE_OR_FALSE = Text("TRUE or FALSE", "comme VRAI ou FAUX")


TEXT = Text("text", "texte")
TYPE_AGAIN = Text("type the value again", "retapez la valeur")
ENTER_ITS_OWN = Text("enter the value that belongs there", "entrez la valeur qui va à cet endroit")
KINDS = {
    "postal": Text("a postal code", "code postal"),
    "phone": Text("a telephone number", "numéro de téléphone"),
    "email": Text("an email address", "adresse courriel"),
    "number": Text("a number", "nombre"),
    "identifier": Text("an identifier", "identifiant"),
}


def has_digits(count: int) -> Text:
    return _HAS.format(digits=counted(count, _DIGITS))
