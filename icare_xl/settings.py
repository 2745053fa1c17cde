"""What is set for good: by a person in a file of theirs, and by the agency in a file beside the ledger, which wins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, NamedTuple

from icare_xl.icare.deadline import CALENDARS
from icare_xl.model.errors import IcareError
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.atomic import raising_cannot_write, replacing

AGENCY_FILE = "agency.toml"
NAMING_WORDS = ("agency", "service", "month", "account", "part", "date", "file")
DEFAULT_NAMING = "{file}_upload"
_YEARS = range(2000, 2100)  # of months that are reported
_WHOLE_FILE = ""  # instead of a key
Value = str | list[str] | list[date]


class BadSettings(IcareError):
    says = Text(
        "The settings in “{path}” cannot be used ({value}); correct the file or remove it.",
        "Les paramètres de « {path} » sont inutilisables ({value}); corrigez le fichier ou retirez-le.",
    )


class BadSetting(IcareError):
    says = Text(
        "In the settings of “{path}”, {key} cannot be “{value}”; give {allowed}.",
        "Dans les paramètres de « {path} », {key} ne peut être « {value} »; indiquez {allowed}.",
    )


class NoSuchSetting(IcareError):
    says = Text(
        "There is no setting “{key}” in “{path}”; choose one of {names}.",
        "Il n’existe pas de paramètre « {key} » dans « {path} »; choisissez parmi {names}.",
    )


class NoAgencyFile(IcareError):
    says = Text(
        "The agency’s settings are kept in the folder of its ledger, and this ledger is in a database; set it in your "
        "own file.",
        "Les paramètres de l’organisme se trouvent dans le dossier de son registre, et ce registre est dans une "
        "base de données; inscrivez-le dans votre propre fichier.",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. `sources` says which file each setting comes from; the others are as nobody set them. `problems` are
    what was passed over in the files.

    `where` is the folder or the URL of the ledger, or why nobody can tell. `without` holds codes of rules to leave out, or
    `house` for all that we only infer. `naming` is the name of a saved copy, with words of naming.WORDS in braces.
    `closing_days` are the agency's own. `upload_folder` takes the copies of workbooks that have no folder on this computer.
    `month` is the reporting month (its first day), where it is not the last that is over.
    """

    where: str | IcareError
    without: frozenset[str] = frozenset()
    agency: str | None = None
    accounts: tuple[str, ...] = ()
    province: str | None = None
    closing_days: tuple[date, ...] = ()
    naming: str | None = None
    language: Language | None = None
    upload_folder: str | None = None
    month: date | None = None
    sources: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Text, ...] = ()

    @property
    def ledger(self) -> str:
        """Raises what is wrong with the settings that name it: another ledger would not know what was sent."""
        if isinstance(self.where, IcareError):
            raise self.where
        return self.where

    @property
    def agency_file(self) -> Path | None:
        """The agency's settings: in the folder of the ledger. A ledger in a database has none."""
        return _agency_file(self.where)

    @property
    def agency_file_to_set(self) -> Path:
        """The same, to put a setting there. Raises NoAgencyFile, and what is wrong with the settings that name the ledger."""
        if file := _agency_file(self.ledger):
            return file
        raise NoAgencyFile

    def value(self, name: str) -> Any:
        """One setting; None for a ledger that nobody can tell."""
        if name == "ledger":
            return None if isinstance(self.where, IcareError) else self.where
        return getattr(self, name)


def settings_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("icare-xl", appauthor=False) / "settings.toml"


def default_ledger() -> Path:
    """The ledger of somebody who has set none: their own, on this machine."""
    from platformdirs import user_data_path

    return user_data_path("icare-xl", appauthor=False, ensure_exists=True) / "ledger"


def own_messages() -> Path:
    """The person's own catalogue of iCARE's messages."""
    return settings_file().with_name("messages.csv")


def person() -> str:
    """The name under which somebody is at work on this machine."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # a process that belongs to nobody
        return "?"


def load(path: Path, codes: Collection[str], ledger: str | None = None) -> Settings:
    """What is in force for the owner of a settings file; `ledger` is another one to work with than is set. A file that cannot
    be read, a bad value and an unknown key are problems, and count as not set.
    """
    own, faults = _read(path, codes)
    unknown = faults.get("ledger") or faults.get(_WHOLE_FILE)
    where = ledger or unknown or own.get("ledger") or str(default_ledger())
    agency = _agency_file(where)
    theirs, agency_faults = _read(agency, codes) if agency else ({}, {})
    theirs.pop("ledger", None)  # the agency file cannot move the ledger it lies beside
    sources = dict.fromkeys([*own, *(["ledger"] if unknown else [])], path)
    sources |= dict.fromkeys(theirs, agency) if agency else {}
    if ledger:
        sources.pop("ledger", None)
    problems = tuple(fault.text for fault in (*faults.values(), *agency_faults.values()))
    values = {name: value for name, value in (own | theirs).items() if name != "ledger"}
    return Settings(where, **values, sources=MappingProxyType(sources), problems=problems)


def language_of(path: Path) -> Language | None:
    """The language that is set, where one is: needed to say what is wrong with the settings."""
    try:
        language = _given(path).get("language")
    except BadSettings:
        return None
    return "fr" if language == "fr" else "en" if language == "en" else None


def put(path: Path, codes: Collection[str], key: str, words: Sequence[str]) -> None:
    """Set one in a file, or unset it where there are no words; the person's comments and the rest stay.

    Raises BadSetting, NoSuchSetting, BadSettings and CannotWrite; then nothing was changed.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    known = setting(key)
    value: Any = list(words) if known.many else " ".join(words)
    if words:
        _read_one(path, codes, known.name, value)
        if known.name == "closing_days":
            value = [date.fromisoformat(each) for each in value]
        elif known.name == "ledger" and "://" not in value:
            value = str(Path(value).expanduser().absolute())
    with raising_cannot_write(path):
        try:
            document = tomlkit.parse(path.read_text("utf-8-sig") if path.exists() else "")
        except (TOMLKitError, ValueError, RecursionError) as fault:
            raise BadSettings(path=path, value=str(fault)) from fault
        if words:
            document[known.name] = value
        elif document.pop(known.name, None) is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path.resolve()) as temporary:
            temporary.write_text(tomlkit.dumps(document), "utf-8")


def shown(value: object) -> object:
    """A value as a person or a program reads it; no password of a database."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, str):
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", value)
    return sorted(map(str, value)) if isinstance(value, (frozenset, tuple)) else value


class Setting(NamedTuple):
    """`read` gives a value its form, or raises ValueError; `allowed` says what may stand there."""

    name: str
    read: Callable[[Any, Collection[str]], Any]
    allowed: Text
    many: bool = False


def _text(value: Any, codes: Collection[str]) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(value)
    value.encode("utf-8")  # a ValueError, of half a letter
    return value.strip()


def _ledger(value: Any, codes: Collection[str]) -> str:
    where = _text(value, codes)
    try:
        Path(where).expanduser()
    except RuntimeError as fault:  # the home of somebody unknown
        raise ValueError(value) from fault
    return where


def _texts(value: Any, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(_text(each, codes) for each in _list(value))


def _calendar(value: Any, codes: Collection[str]) -> str:
    return _one_of(value, CALENDARS)


def _language(value: Any, codes: Collection[str]) -> str:
    return _one_of(value, ("en", "fr"))


def _codes(value: Any, codes: Collection[str]) -> frozenset[str]:
    return frozenset(_one_of(each, (*codes, "house")) for each in _list(value))


def _days(value: Any, codes: Collection[str]) -> tuple[date, ...]:
    return tuple(sorted(_day(each) for each in _list(value)))


def _day(value: Any) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(value)
    return value


def month_of(value: Any) -> date:
    """The first day of the month that is written `2026-03`, or of the month of a day. Raises ValueError."""
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value.strip(), re.ASCII):
            raise ValueError(value)
        value = date.fromisoformat(f"{value.strip()}-01"[:10])
    day = _day(value)
    if day.year not in _YEARS:
        raise ValueError(value)
    return day.replace(day=1)


def _month(value: Any, codes: Collection[str]) -> date:
    return month_of(value)


def _naming(value: Any, codes: Collection[str]) -> str:
    pattern = _text(value, codes)
    for _, name, form, conversion in Formatter().parse(pattern):
        if name is not None and (name not in NAMING_WORDS or form or conversion):
            raise ValueError(name)
    if set(pattern) & set('/\\:*?"<>|'):
        raise ValueError(pattern)
    return pattern


def _one_of(value: Any, allowed: Collection[str]) -> str:
    """As it is spelled among those allowed."""
    spelled = {each.lower(): each for each in allowed}
    return spelled[_text(value, ()).lower()]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


_ONE_OF = Text("one of {names}", "l’une de ces valeurs : {names}")
_PATTERN = Text("a file name that may hold {names}", "un nom de fichier qui peut contenir {names}")
SETTINGS = (
    Setting("agency", _text, Text("the agency’s name", "le nom de l’organisme")),
    Setting("accounts", _texts, Text("a list of iCARE accounts", "une liste de comptes iEDEC"), many=True),
    Setting("province", _calendar, _ONE_OF.format(names=", ".join(CALENDARS))),
    Setting(
        "closing_days",
        _days,
        Text("a list of days such as 2026-08-03", "une liste de jours, par exemple 2026-08-03"),
        many=True,
    ),
    Setting("naming", _naming, _PATTERN.format(names=" ".join(f"{{{name}}}" for name in NAMING_WORDS))),
    Setting("without", _codes, Text("a list of rules, or house", "une liste de règles, ou house"), many=True),
    Setting("language", _language, _ONE_OF.format(names="en, fr")),
    Setting("upload_folder", _text, Text("a folder of this computer", "un dossier de cet ordinateur")),
    Setting("month", _month, Text("a month as 2026-03", "un mois, dont 2026-03")),
    Setting("ledger", _ledger, Text("a folder or the URL of a database", "un dossier ou l’URL d’une base de données")),
)


def setting(key: str) -> Setting:
    """Raises NoSuchSetting."""
    for each in SETTINGS:
        if each.name == key.replace("-", "_").lower():
            return each
    raise NoSuchSetting(path=settings_file(), key=key, names=", ".join(each.name for each in SETTINGS))


def _agency_file(ledger: str | IcareError) -> Path | None:
    return None if isinstance(ledger, IcareError) or "://" in ledger else Path(ledger) / AGENCY_FILE


def _read(path: Path, codes: Collection[str]) -> tuple[dict[str, Any], dict[str, IcareError]]:
    """The settings in a file, and what is wrong with the others, or with the file."""
    try:
        given = _given(path)
    except BadSettings as fault:
        return {}, {_WHOLE_FILE: fault}
    names = [each.name for each in SETTINGS]
    found: dict[str, Any] = {}
    faults: dict[str, IcareError] = {}
    for key, value in given.items():
        if key not in names:
            faults[key] = NoSuchSetting(path=path, key=key, names=", ".join(names))
            continue
        try:
            found[key] = _read_one(path, codes, key, value)
        except BadSetting as fault:
            faults[key] = fault
    return found, faults


def _read_one(path: Path, codes: Collection[str], key: str, value: Any) -> Any:
    known = setting(key)
    try:
        read = known.read(value, codes)
    except (ValueError, KeyError, TypeError) as fault:
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        raise BadSetting(path=path, key=key, value=shown, allowed=known.allowed) from fault
    return _at(path, read) if key == "ledger" else read


def _at(path: Path, ledger: str) -> str:
    """A relative folder is meant from where it is written."""
    return ledger if "://" in ledger else str(path.parent / Path(ledger.strip()).expanduser())


def _given(path: Path) -> dict[str, Any]:
    """A file as it is, or nothing where there is no file."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as fault:  # also of bytes that are no text, and of no TOML
        raise BadSettings(path=path, value=str(fault)) from fault
