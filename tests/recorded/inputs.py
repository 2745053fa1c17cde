"""The files that cases start from, by name; each is made once for all cases of a run. All people in them are invented."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from icare_xl.icare import library
from icare_xl.icare.example import month_with_mistakes, rejected_month
from icare_xl.model.addresses import a1
from tests.check.test_folder import write
from tests.check.test_services import FAULTS, Fault, TestEditionsNobodyHasSeen
from tests.icare.test_editions import TestCompare
from tests.icare.test_notes import FIRST, SECOND, THIRD
from tests.icare.test_recognise import french
from tests.rejected.test_corrections import note
from tests.support.services import SERVICES, good
from tests.support.sheets import as_excel_saves_it, rewrite, small_workbook, text_cell
from tests.test_genuine import with_cells

Make = Callable[[Path], object]
_UNKNOWN = (
    "[BUID:9,RID:,ORP:2/9,DTS:2026-02-03 10:05:04][XML:postal_cd] (Service) Nobody knows this. / (Service) Inconnu."
)
_WARNED = {"client_validation_id": "1234567"}
POSTAL = "postal_txt"  # of a client profile
_POSTAL_CELL = a1(4, library.of_service("client_profile").ids.index(POSTAL))
_SAFE_IN_MANY = 14  # more than fit a box


def made(name: str, folder: Path) -> Path:
    """A file or folder of inputs, in the folder of those made already."""
    path = folder / name
    if not path.exists():
        folder.mkdir(exist_ok=True)
        MAKERS[name](path)
    return path


def put(name: str, made_in: Path, folder: Path) -> None:
    """A copy of it in the folder of a case."""
    path = made(name, made_in)
    if path.is_dir():
        shutil.copytree(path, folder / name)
    else:
        shutil.copyfile(path, folder / name)


def _good(service: str, path: Path) -> None:
    rows = {4 + number: good(service, number, full=number % 2 == 0) for number in range(12)}
    small_workbook(path, rows, of=library.of_service(service))


def _profiles(count: int, path: Path) -> None:
    _profile_rows(path, [{}] * count)


def _profile_rows(path: Path, slips: Sequence[Mapping[str, str]]) -> Path:
    """Rows of the template that is read most quickly, each of another client and with a slip."""
    rows = {4 + number: good("client_profile", number) | slip for number, slip in enumerate(slips)}
    return small_workbook(path, rows, of=library.of_service("client_profile"))


def _faults(service: str, path: Path) -> None:
    """One fault a row, each in the row of another client or course."""

    def broken(fault: Fault, number: int) -> dict[str, Any]:
        own = good(service, number)
        told_by = {id_: own[id_] for id_ in ("client_validation_id", "client_birth_dt", "course_cd") if id_ in own}
        return fault.row | told_by | {fault.field.id: fault.value}

    rows = {row: broken(fault, row) for row, fault in enumerate(FAULTS[service], 4)}
    small_workbook(path, rows, of=library.of_service(service))


def _month(folder: Path) -> None:
    """A client without a profile, a doubtful number, two birth dates, courses nobody set up; and files of no interest."""
    rows = [good("information_orientation", number) for number in range(4)]
    profiles = [good("client_profile", number) for number in range(3)]
    write(folder, "1 profiles.xlsx", "client_profile", profiles[0], profiles[1] | _WARNED, profiles[2])
    orientation = (rows[0], rows[1] | _WARNED, rows[2] | {"client_birth_dt": "1952-03-04"}, rows[3])
    write(folder, "2 orientation.xlsx", "information_orientation", *orientation)
    write(folder, "3 courses.xlsx", "lt_course_setup", good("lt_course_setup", 1))
    enrolled = good("lt_client_enrolment", 2) | {"course_cd": "L-009"}
    write(folder, "4 enrolments.xlsx", "lt_client_enrolment", good("lt_client_enrolment", 0), enrolled)
    write(folder, "5 exits.xlsx", "lt_client_exit", good("lt_client_exit", 2))
    (folder / "~$2 orientation.xlsx").write_bytes(b"Excel's lock file")
    (folder / "read me.txt").write_text("not a workbook")


def _with_unusable(folder: Path) -> None:
    write(folder, "good.xlsx", "nars", good("nars", 0))
    (folder / "text.xlsx").write_text("not a workbook")


def _rejected(path: Path) -> None:
    """Notes in both forms, several in a cell, one nobody has explained, one with a remark, and a remark alone."""
    texts = [FIRST, SECOND, THIRD, f"{FIRST}\n{SECOND}", _UNKNOWN, f"{THIRD} asked Ana", "checked on paper, Ana"]
    _profile_rows(path, [{"processing_details": text} for text in texts])


BACK = (2, 5, 9)  # the clients of sent.xlsx whose rows come back


def _sent(path: Path, *slips: dict[str, str]) -> None:
    service = "lt_client_exit"
    rows = {4 + client: good(service, client) for client in range(12)}
    for row, slip in enumerate(slips, 4):
        rows[row] |= slip
    small_workbook(path, rows, of=library.of_service(service))


def _returned(path: Path, *slips: dict[str, str]) -> None:
    service = "lt_client_exit"
    rows = [{"processing_details": note(client + 1, 12), **good(service, client)} for client in BACK]
    for row, slip in zip(rows, slips, strict=False):
        row |= slip
    small_workbook(path, dict(enumerate(rows, 4)), of=library.of_service(service))


def _corrected(path: Path) -> None:
    _returned(path, {"client_validation_id": "12345678", "course_cd": "L-002"}, {}, {"client_birth_dt": "1969-01-31"})


def _edition(path: Path, *, in_french: bool) -> None:
    """An edition that nobody has seen, described by its own hidden LOV sheets."""
    unseen = TestEditionsNobodyHasSeen()
    small_workbook(path, unseen.rows(french=in_french), of=unseen.newer(french=in_french))


def _in_french(path: Path) -> None:
    to_french = {"Yes": "Oui", "No": "Non"}
    months = {
        row: {id_: to_french.get(str(value), value) for id_, value in cells.items()}
        for row, cells in month_with_mistakes().items()
    }
    small_workbook(path, months, of=french())


def _many_to_fix(path: Path) -> None:
    _profile_rows(path, [{POSTAL: "m1b 5k1"}] * _SAFE_IN_MANY)


def _plain_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Contacts", "Ana Novak"])
    book.save(path)


def _two_sheets(path: Path) -> None:
    book = openpyxl.load_workbook(_profile_rows(path, [{}]))
    book.copy_worksheet(book.worksheets[0]).title = "February"
    book.save(path)


def _from_good(path: Path, change: Callable[[Path, Path], object]) -> None:
    plain = _profile_rows(path.with_name(f"before_{path.stem}.xlsx"), [{}])
    change(plain, path)
    plain.unlink()


def _with_macros(plain: Path, path: Path) -> None:
    rewrite(plain, path, lambda name, xml: xml.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"))


def _without_lists(plain: Path, path: Path) -> None:
    """As another program saves it: the hidden sheets are gone."""
    book = openpyxl.load_workbook(plain)
    for name in ("LOV", "LOVIds"):
        del book[name]
    book.save(path)


def _rows(rows: dict[int, Any]) -> Make:
    return lambda path: small_workbook(path, rows, of=library.of_service("information_orientation"))


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAKERS: dict[str, Make] = {
    "january.xlsx": _rows(month_with_mistakes()),
    "january_rejected.xlsx": _rows(rejected_month()),
    "x14.xlsx": lambda path: _from_good(path, as_excel_saves_it),
    "sent.xlsx": _sent,
    "returned.xlsx": _returned,
    "corrected.xlsx": _corrected,
    "doubtful.xlsx": lambda path: _sent(path, _WARNED),
    "profiles.xlsx": partial(_profiles, 3),
    "long.xlsx": partial(_profiles, 2501),
    "rejected.xlsx": _rejected,
    "month": _month,
    "with_unusable": _with_unusable,
    "nothing": Path.mkdir,
    "many_to_fix.xlsx": _many_to_fix,
    "newer.xlsx": TestCompare().newer,
    "edition_en.xlsx": partial(_edition, in_french=False),
    "edition_fr.xlsx": partial(_edition, in_french=True),
    "french.xlsx": _in_french,
    "without_lists.xlsx": lambda path: _from_good(path, _without_lists),
    "changed_header.xlsx": lambda path: _from_good(
        path, lambda plain, out: with_cells(plain, out, {"F2": text_cell("postal")})
    ),
    "formula.xlsx": lambda path: _from_good(
        path, lambda plain, out: with_cells(plain, out, {_POSTAL_CELL: 't="str"><f>"M1B "&amp;"5K1"</f><v>M1B 5K1</v>'})
    ),
    "plain.xlsx": _plain_workbook,
    "two_sheets.xlsx": _two_sheets,
    "macros.xlsm": lambda path: _from_good(path, _with_macros),
    "cut_off.xlsx": lambda path: _from_good(path, lambda plain, out: out.write_bytes(plain.read_bytes()[:5000])),
    "text.xlsx": lambda path: path.write_text("not a workbook"),
    "empty.xlsx": lambda path: path.write_bytes(b""),
    "old.xls": lambda path: path.write_bytes(_COMPOUND + b"Workbook"),
    "encrypted.xlsx": lambda path: path.write_bytes(_COMPOUND + "EncryptedPackage".encode("utf-16-le")),
    **{f"good_{service}.xlsx": partial(_good, service) for service in SERVICES},
    **{f"faults_{service}.xlsx": partial(_faults, service) for service in SERVICES},
    **{
        f"blank_{service}.xlsx": partial(
            lambda service, path: path.write_bytes(library.blank_workbook(service)), service
        )
        for service in SERVICES
    },
}
