"""The add-in in one Windows user's Excel: how it is put there, and taken out again.

Excel loads what its values OPEN, OPEN1, OPEN2, … name, and stops at the first number that is missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import count
from pathlib import Path, PureWindowsPath

from icare_xl.excel.errors import ExcelIsOpen, NeedsWindows, OnlyInPart, StorePython
from icare_xl.excel.registry import Registry, Value
from icare_xl.model.errors import NoSuchFile
from icare_xl.model.text import Language
from icare_xl.workbooks.atomic import raising_cannot_write, replacing

OUR_KEY = r"Software\IcareXL"
PYTHON = "Python"  # value of OUR_KEY: the program that the buttons start
LANGUAGE = "Language"  # value of OUR_KEY: the language of the ribbon, "en" or "fr"
EXCEL = r"Software\Microsoft\Office\16.0\Excel"  # Excel 2016 and every later one
OPTIONS = rf"{EXCEL}\Options"
TRUSTED = rf"{EXCEL}\Security\Trusted Locations\IcareXL"

Slots = dict[int, Value]  # OPEN is 0
_OPEN = re.compile(r"OPEN([1-9]\d*)?", re.IGNORECASE)
_LINE = re.compile(r'\s*(?:/\w\b\s*)*"?([^"]*?)"?\s*')  # `/R "C:\…\x.xlam"`, with or without switch and quotes


@dataclass(frozen=True, slots=True)
class Computer:
    """What an installation has to know, and what it changes."""

    registry: Registry
    excel_is_open: Callable[[], bool]
    folder: Path
    python: Path

    @property
    def addin(self) -> Path:
        return self.folder / "icare-xl.xlam"


def this_computer() -> Computer:
    """Raises NeedsWindows, and StorePython where Windows would hide our files from Excel."""
    if sys.platform == "win32":
        from ctypes import windll

        from platformdirs import user_data_path

        from icare_xl.excel.registry import WindowsRegistry

        if "WindowsApps" in Path(sys.base_prefix).parts:
            raise StorePython()
        return Computer(
            registry=WindowsRegistry(),
            excel_is_open=lambda: bool(windll.user32.FindWindowW("XLMAIN", None)),  # hidden windows too
            folder=user_data_path("IcareXL", appauthor=False),
            python=without_console(Path(sys.executable)),
        )
    raise NeedsWindows()


def without_console(python: Path) -> Path:
    """The Python beside this one that opens no console window, where there is one."""
    silent = python.with_name("pythonw.exe")
    return silent if silent.exists() else python


def built_addin() -> Traversable:
    return files("icare_addin") / "icare-xl.xlam"


def install(computer: Computer, source: Traversable) -> str:
    """Copy the add-in into its folder, trust that folder, and have Excel load it; returns the name of its slot."""
    content = _read(source)
    before = _slots(computer)
    after = with_ours(before, computer.addin)
    _put(computer.addin, content)
    with _told_where_in_part():
        computer.registry.write(OUR_KEY, PYTHON, Value(str(computer.python)))
        computer.registry.write(TRUSTED, "Path", Value(f"{computer.folder}\\"))
        computer.registry.write(TRUSTED, "Description", Value("icare-xl"))
        _change(computer.registry, before, after)
    return _name(ours(after, computer.addin)[0])


def uninstall(computer: Computer) -> list[str]:
    """Take out all that `install` put there; returns what that was: keys and values of HKCU, and the file."""
    registry, addin = computer.registry, computer.addin
    before = _slots(computer)
    found = [rf"{OPTIONS}\{_name(number)}" for number in ours(before, addin)]
    found += [key for key in (TRUSTED, OUR_KEY) if registry.values(key)]
    found += [str(addin)] if addin.exists() else []
    with _told_where_in_part():
        _change(registry, before, without_ours(before, addin))
        registry.delete_key(TRUSTED)
        _may_change(addin)
        addin.unlink(missing_ok=True)
        registry.delete_key(OUR_KEY)
    with suppress(OSError):  # not empty, or not there
        computer.folder.rmdir()
    return found


def keep_language(language: Language) -> None:
    """The ribbon's from now on."""
    this_computer().registry.write(OUR_KEY, LANGUAGE, Value(language))


def with_ours(slots: Slots, addin: Path) -> Slots:
    """Ours stays where Excel reads it, else takes the first free slot; all others stay, even behind a gap."""
    free = next(number for number in count() if number not in slots)
    mine = ours(slots, addin)
    read = [number for number in mine if number < free]
    others = {number: value for number, value in slots.items() if number not in mine}
    return others | dict.fromkeys(read or [free], Value(f'"{addin}"'))


def without_ours(slots: Slots, addin: Path) -> Slots:
    """The others as they are, in order, moved up so that Excel reads them all; untouched where ours is not there."""
    mine = ours(slots, addin)
    return dict(enumerate(slots[number] for number in sorted(slots) if number not in mine)) if mine else slots


def ours(slots: Slots, addin: Path) -> list[int]:
    """The slots that name our file, however it is spelled."""
    return sorted(number for number, value in slots.items() if _file(value) == PureWindowsPath(addin))


def _file(value: Value) -> PureWindowsPath | None:
    line = _LINE.fullmatch(value.data) if isinstance(value.data, str) else None
    return PureWindowsPath(line[1]) if line else None


def _name(number: int) -> str:
    return f"OPEN{number or ''}"


def _slots(computer: Computer) -> Slots:
    """Raises ExcelIsOpen: Excel writes these values anew when it closes."""
    if computer.excel_is_open():
        raise ExcelIsOpen()
    options = computer.registry.values(OPTIONS).items()
    return {int(found[1] or 0): value for name, value in options if (found := _OPEN.fullmatch(name))}


def _change(registry: Registry, before: Slots, after: Slots) -> None:
    """Front to back, and what is left over last: cut off anywhere, an add-in is at worst named twice, never lost."""
    for number in sorted(after):
        if before.get(number) != after[number]:
            registry.write(OPTIONS, _name(number), after[number])
    for number in sorted(before.keys() - after.keys(), reverse=True):
        registry.delete(OPTIONS, _name(number))


def _read(source: Traversable) -> bytes:
    try:
        return source.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile(path=source) from None


def _put(addin: Path, content: bytes) -> None:
    """The contents only: a downloaded file's mark of the web, with which Excel would block it, stays behind."""
    with raising_cannot_write(addin):
        addin.parent.mkdir(parents=True, exist_ok=True)
        _may_change(addin)
        with replacing(addin) as temporary:
            temporary.write_bytes(content)


def _may_change(addin: Path) -> None:
    """Windows neither replaces nor deletes a read-only file, and some ways of rolling out profiles leave ours so."""
    if addin.exists():
        addin.chmod(0o644)


@contextmanager
def _told_where_in_part() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise OnlyInPart(reason=fault.strerror or fault) from fault
