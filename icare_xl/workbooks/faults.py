"""What is wrong with a package, in sentences that name the file."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from icare_xl.model.errors import AFolder, CannotRead, IcareError, NoSuchFile, NoSuchFileButNear, NotAllowed
from icare_xl.model.text import Text, quoted
from icare_xl.workbooks.atomic import TOO_LONG, is_too_long
from icare_xl.workbooks.errors import (
    DamagedWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    RowsAreTied,
    UnusualWorkbook,
    WorkbookTooLarge,
)
from icare_xl.workbooks.xlsx import errors as xlsx
from icare_xl.workbooks.xlsx.errors import Damage, Oddity

DAMAGE: dict[Damage, Text] = {
    Damage.CUT_OFF: Text("it ends too early", "il est tronqué"),
    Damage.ZIP_DIRECTORY: Text("its table of contents is garbled", "sa table des matières est illisible"),
    Damage.NO_MAIN_PART: Text("its contents list is incomplete", "sa liste de contenu est incomplète"),
    Damage.MISSING_PART: Text("“{name}” is missing", "« {name} » est absent"),
    Damage.PACKED_PART: Text("“{name}” cannot be unpacked", "« {name} » ne peut être décompressé"),
    Damage.GARBLED_PART: Text("“{name}” cannot be read", "« {name} » est illisible"),
    Damage.FORMATS: Text("its table of formats is garbled", "sa table des formats est illisible"),
    Damage.SHEET: Text("a sheet is broken off or garbled", "une feuille est tronquée ou illisible"),
    Damage.ROW: Text("it has a row {row}", "il a une ligne {row}"),
    Damage.COLUMN: Text("it has a column {name}", "il a une colonne {name}"),
    Damage.CELL: Text("a cell holds “{text}”", "une cellule contient « {text} »"),
}
_NAMES = 2000  # of a folder, among which one is looked for that was misspelt
ODDITIES: dict[Oddity, Text] = {
    Oddity.ENCODING: Text("a sheet is not written in UTF-8", "une feuille n’est pas écrite en UTF-8"),
    Oddity.MARKUP: Text("a sheet has {sign} in it", "une feuille contient {sign}"),
    Oddity.CELLS: Text(
        "its cells are not written as Excel writes them", "ses cellules ne sont pas écrites à la manière d’Excel"
    ),
}
_SAME_WORDS: dict[type[xlsx.XlsxError], type[IcareError]] = {
    xlsx.NotAPackage: NotAWorkbook,
    xlsx.Encrypted: EncryptedWorkbook,
    xlsx.OldFormat: OldWorkbook,
    xlsx.TooLarge: WorkbookTooLarge,
    xlsx.RowsAreTied: RowsAreTied,
}


def in_words(fault: xlsx.XlsxError | OSError, path: Path) -> IcareError:
    """The error to raise instead, for a package that was to be read at `path`."""
    match fault:
        case FileNotFoundError() if not is_too_long(path):
            near = _near(path)
            return NoSuchFileButNear(path=path, near=quoted(near)) if near else NoSuchFile(path=path)
        case FileNotFoundError():
            return CannotRead(path=path, reason=TOO_LONG)
        case OSError() if path.is_dir():
            return AFolder(path=path)
        case PermissionError():
            return NotAllowed(path=path)
        case OSError():
            return CannotRead(path=path, reason=fault.strerror)
        case xlsx.Damaged():
            return DamagedWorkbook(path=path, reason=DAMAGE[fault.what].format(**fault.words))
        case xlsx.Unusual():
            return UnusualWorkbook(path=path, reason=ODDITIES[fault.what].format(**fault.words))
    return _SAME_WORDS[type(fault)](path=path, **fault.words)


def _near(path: Path) -> list[str]:
    """Names in its folder that look like it."""
    try:
        names = [each.name for each in islice(path.parent.iterdir(), _NAMES)]
    except OSError:
        return []
    return get_close_matches(path.name, [name for name in names if name.lower().endswith((".xlsx", ".xlsm", ".xls"))])
