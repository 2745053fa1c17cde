"""The form of what is set for good: a setting a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.check.sentences import accepted_by
from icare_xl.excel.forms.choices import chosen
from icare_xl.excel.forms.errors import AgencyHasSet, NoFolderChosen, NoRow, NoSuchChoice, NotAllowed, OnlyForMe
from icare_xl.excel.forms.form import Column, Entry, Form, Kind, Row, Shown
from icare_xl.excel.forms.sentences import HOW_TO
from icare_xl.excel.sentences import NOW_IN_THIS_LANGUAGE
from icare_xl.excel.session import Session
from icare_xl.icare.deadline import FEDERAL, PROVINCES
from icare_xl.model.finding import Acceptance
from icare_xl.model.text import Text
from icare_xl.settings import BadSetting, Settings

VALUE = Column("value", Text("Value", "Valeur"), 34, Text(
    "What is set. Empty the cell where nothing is to be set. Between several, put a semicolon.",
    "Le paramètre choisi. Videz la cellule si rien ne doit l’être. Entre plusieurs valeurs, mettez un point-virgule."))  # fmt: skip
SCOPE = Column("scope", Text("Set for", "Vaut pour"), 14, Text(
    "Whether this is for you, or for everybody who uses the agency’s ledger.",
    "Pour vous seulement, ou pour toutes les personnes qui utilisent le registre de l’organisme."))  # fmt: skip
SCOPES = {"me": Text("me", "moi"), "agency": Text("the agency", "l’organisme")}
LEAVE = Text("leave as it is", "laisser tel quel")
PICK = Text("choose a folder…", "choisir un dossier…")
QUIET, AGAIN = Text("do not say it", "ne pas le signaler"), Text("say it again", "le signaler de nouveau")
_RIGHT = "right:"  # before the id of an acceptance
_HIDDEN_PASSWORD = ":***@"
_PICKING = {"leave": LEAVE, "pick": PICK}
_WHICH_FOLDER = Text("Choose the folder", "Choisissez le dossier")
_A_FOLDER = Text(
    "a whole path such as Z:\\icare, or choose a folder from the list of the cell",
    "un chemin complet, dont Z:\\icare, ou choisissez un dossier dans la liste de la cellule",
)
_LEDGER_LEFT = Text(
    "What was remembered before stays in the ledger where it was. Press Settings again to see what is set beside the new one.",
    "Ce qui a été retenu auparavant reste au registre, là où il était. Appuyez de nouveau sur Paramètres pour voir les paramètres "
    "à côté du nouveau.",
)
_PROVINCES = {
    FEDERAL: Text("federal holidays only", "jours fériés fédéraux seulement"),
    **PROVINCES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A setting in plain words. `words` are what stands in the cell for values of its own."""

    name: str
    label: Text
    about: Text
    words: Mapping[str, Text] = field(default_factory=dict)
    allowed: Text | None = None
    folder: bool = False
    for_agency: bool = True

    @property
    def choices(self) -> Sequence[Text]:
        """What the drop-down of its value holds; a list of several has none."""
        if self.folder:
            return [*_PICKING.values()]
        return [] if settings.setting(self.name).many else [*self.words.values()]


LINES = (
    Line("ledger", Text("Ledger folder", "Dossier du registre"), Text(
        "Where it is remembered what was saved and sent. Two who upload share one, such as Z:\\icare\\ledger; empty: yours, on this "
        "computer.",
        "L’endroit où l’on retient ce qui a été enregistré et envoyé. Deux personnes qui téléversent en partagent un, par exemple "
        "Z:\\icare\\registre; vide : le vôtre, sur cet ordinateur."), allowed=_A_FOLDER, folder=True, for_agency=False),
    Line("province", Text("Province or territory", "Province ou territoire"), Text(
        "Whose holidays count for the day by which a month is due, such as Ontario. Empty: the earliest day of any.",
        "Celle dont les jours fériés comptent pour l’échéance du mois, par exemple Ontario. Vide : la première date possible."),
        words=_PROVINCES),
    Line("agency", Text("Agency", "Organisme"), Text(
        "Its name, for the names of saved copies, such as Newcomer House.",
        "Son nom, qui peut figurer dans le nom des copies, par exemple Maison d’accueil.")),
    Line("accounts", Text("Accounts", "Comptes"), Text(
        "The iCARE accounts, where there are several, such as North York; Scarborough. Save for upload asks which one a file is for.",
        "Les comptes iEDEC, s’il y en a plusieurs, par exemple Ottawa; Gatineau. Enregistrer pour téléverser demande auquel va "
        "un fichier.")),
    Line("closing_days", Text("Closing days", "Jours de fermeture"), Text(
        "Days on which the agency is closed besides holidays, such as 2026-08-03; 2026-12-24.",
        "Les jours où l’organisme est fermé, outre les jours fériés, par exemple 2026-08-03; 2026-12-24.")),
    Line("month", Text("Reporting month", "Mois à déclarer"), Text(
        "Such as 2026-01. Empty, as it mostly should be: the last month that is over.",
        "Par exemple 2026-01. Vide, comme il convient le plus souvent : le dernier mois écoulé.")),
    Line("language", Text("Language", "Langue"), Text(
        "The language of the buttons and messages, such as French.",
        "La langue des boutons et des messages, par exemple le français."),
        words={"en": Text("English", "anglais"), "fr": Text("French", "français")}),
    Line("without", Text("Rules left out", "Règles laissées de côté"), Text(
        "Rules that Check sheet leaves out, by their codes, such as IC201; IC130, or “all that is only inferred”.",
        "Les règles que Vérifier la feuille laisse de côté, par leur code, par exemple IC201; IC130, ou « tout ce qui est seulement "
        "déduit »."),
        words={"house": Text("all that is only inferred", "tout ce qui est seulement déduit")},
        allowed=Text("codes such as IC201, or “all that is only inferred”",
                     "des codes, dont IC201, ou « tout ce qui est seulement déduit »")),
    Line("naming", Text("Names of saved copies", "Noms des copies enregistrées"), Text(
        "Such as {agency}_{service}_{month}; each word in braces is filled in. Empty: the name of the workbook and _upload.",
        "Par exemple {agency}_{service}_{month}; chaque mot entre accolades est rempli. Vide : le nom du classeur suivi de _upload.")),
    Line("upload_folder", Text("Folder for copies", "Dossier des copies"), Text(
        "Where copies of workbooks in OneDrive or SharePoint are saved for upload, such as C:\\icare. Empty: you are asked.",
        "Où s’enregistrent les copies à téléverser des classeurs de OneDrive ou SharePoint, par exemple C:\\iedec. Vide : on vous le "
        "demande."), allowed=_A_FOLDER, folder=True),
)  # fmt: skip
_BY_NAME = {each.name: each for each in LINES}


def form(session: Session) -> Form:
    """What is in force, and for whom it is set."""
    found = session.settings
    rows = [Row(each.name, {"name": each.label, "about": each.about, **_state(each, found)}, _choices(each, found))
            for each in LINES]  # fmt: skip
    rows += map(_right, session.acceptances)
    return Form(SETTINGS_FORM, Text("Settings", "Paramètres"), [HOW_TO, *found.problems], rows)


def _right(each: Acceptance) -> Row:
    """A warning that was found right, and whether it is to be said again."""
    words = {"cell": each.cell, "file": each.file, "rule": each.rule}
    name = Text("Found right: {cell} of {file} ({rule})", "Jugé exact : {cell} de {file} ({rule})").format(**words)
    cells: Shown = {"name": name, VALUE.id: QUIET, SCOPE.id: SCOPES["agency"], "about": accepted_by(each)}
    return Row(f"{_RIGHT}{each.id}", cells, {VALUE.id: [QUIET, AGAIN]})


def _record_right(session: Session, entry: Entry) -> Shown | None:
    typed = entry.texts[VALUE.id]
    step = chosen(typed, {"quiet": QUIET, "again": AGAIN})
    if step is None:
        raise NoSuchChoice(column=VALUE.head, value=typed, choices=Text.joined([QUIET, AGAIN], ", "))
    if step == "again":
        session.ledger.revoke(entry.key.removeprefix(_RIGHT))
        return {VALUE.id: AGAIN}
    return None


def record(session: Session, entry: Entry) -> Shown | None:
    """Put one setting where it belongs, or unset it. Raises what is wrong with it."""
    if entry.key.startswith(_RIGHT):
        return _record_right(session, entry)
    line, own = _BY_NAME.get(entry.key), settings.settings_file()
    if line is None:
        raise NoRow
    before = settings.load(own, CODES)
    to = _file(line, entry, before)
    words = _words(session, line, entry)
    if words is not None:
        try:
            settings.put(to, CODES, line.name, words)
        except BadSetting as fault:
            raise _not_allowed(line, entry.texts[VALUE.id]) from fault
    after = settings.load(own, CODES)
    if line.name == "ledger" and after.value("ledger") != before.value("ledger"):
        session.mention(_LEDGER_LEFT)
    if line.name == "language" and after.language:
        session.use_language(after.language)
        session.mention(NOW_IN_THIS_LANGUAGE)
    return _state(line, after)


def _file(line: Line, entry: Entry, before: Settings) -> Path:
    """The person's own file, or the agency's."""
    typed = entry.texts[SCOPE.id]
    scope = chosen(typed, SCOPES) if typed else "me"
    if scope is None:
        raise NoSuchChoice(column=SCOPE.head, value=typed, choices=Text.joined(SCOPES.values(), ", "))
    if scope == "agency":
        if not line.for_agency:
            raise OnlyForMe(me=SCOPES["me"])
        return before.agency_file_to_set
    if before.agency_file and before.sources.get(line.name) == before.agency_file:
        raise AgencyHasSet(agency=SCOPES["agency"])
    return settings.settings_file()


def _words(session: Session, line: Line, entry: Entry) -> list[str] | None:
    """What is to be set; nothing to unset it, and None to leave it as it is."""
    typed = entry.texts[VALUE.id]
    if line.folder and (step := chosen(typed, _PICKING)):
        return _picked(session) if step == "pick" else None
    if _HIDDEN_PASSWORD in typed or (line.folder and typed and not _is_whole(typed)):
        raise _not_allowed(line, typed)
    many = settings.setting(line.name).many
    given = [each.strip() for each in typed.split(";")] if many else [typed]
    return [chosen(each, line.words) or each for each in given if each]


def _is_whole(path: str) -> bool:
    """Whether a path or an address says all by itself: Excel is in no folder."""
    return "://" in path or Path(path).is_absolute() or PureWindowsPath(path).is_absolute()


def _picked(session: Session) -> list[str]:
    folder = session.excel.ask_folder(_WHICH_FOLDER.to(session.language), session.documents)
    if folder is None:
        raise NoFolderChosen
    return [str(folder)]


def _not_allowed(line: Line, typed: str) -> Exception:
    if line.choices and not line.folder:
        return NoSuchChoice(column=line.label, value=typed, choices=Text.joined(line.choices, ", "))
    return NotAllowed(column=line.label, value=typed, allowed=line.allowed or settings.setting(line.name).allowed)


def _state(line: Line, found: Settings) -> Shown:
    """What the row of a setting shows of what is in force."""
    source = found.sources.get(line.name)
    value = settings.shown(found.value(line.name)) if source else None
    given = [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []
    shown = Text.joined([line.words.get(each, Text(each, each)) for each in given], "; ")
    agency = source is not None and source == found.agency_file
    return {VALUE.id: shown, SCOPE.id: SCOPES["agency" if agency else "me"]}


def _choices(line: Line, found: Settings) -> Mapping[str, Sequence[Text]]:
    both = line.for_agency and found.agency_file
    return {VALUE.id: line.choices, SCOPE.id: [*SCOPES.values()] if both else [SCOPES["me"]]}


SETTINGS_FORM = Kind(
    "settings",
    Text("Settings", "Paramètres"),
    (
        Column("name", Text("Setting", "Paramètre"), 26),
        VALUE,
        SCOPE,
        Column("about", Text("What it is for", "À quoi il sert"), 62),
    ),
    record,
)
