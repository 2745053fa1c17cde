"""A second proof of a saved copy: openpyxl, which shares no code with our reader, finds the same texts in it.

What our reader misreads it misreads before and after saving alike, so our own proof cannot see it.
"""

from __future__ import annotations

import gc
import math
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from icare_xl.model.cells import BLANK, Cell, Holds
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import NotAsPromised
from icare_xl.workbooks.file import FileHost

_OTHER_SHEETS = Text("another program finds other sheets in it", "un autre programme y trouve d’autres feuilles")
_OTHER_TEXTS = Text("another program reads other texts in it", "un autre programme y lit d’autres textes")
_CODE = re.compile("x([0-9A-Fa-f]{4})")
_SECOND = 1 / 86_400  # of a day
Value = str | float | bool | date | time | timedelta


def reads_alike(host: FileHost, sheet: Sheet, written: Path) -> bool:
    """Whether openpyxl can read the file, and with that the proof.

    Raises NotAsPromised where it finds other worksheets, by name and order, than the original has, or in a cell of `sheet`
    something else than we have read there: numbers and dates count by what they stand for, an empty text as blank.
    """
    try:
        names, values, epoch = _read(written, sheet.name)
    except Exception:  # openpyxl has no error of its own for that
        return False
    if not names:  # as of a workbook in the strict form of the standard
        return False
    if names != [each.name for each in host.sheets]:
        raise NotAsPromised(reason=_OTHER_SHEETS)
    cells = _by_row(sheet.grid)
    if not all(_same_row(cells.get(row, {}), values.get(row, {}), epoch) for row in cells.keys() | values.keys()):
        raise NotAsPromised(reason=_OTHER_TEXTS)
    return True


def _read(path: Path, sheet: str) -> tuple[list[str], dict[int, dict[int, Value]], datetime]:
    """The names of the worksheets, the filled cells of one by row and column, and the day that its dates count from."""
    import openpyxl  # noqa: TID251 - it reads here and writes nothing

    with path.open("rb") as file, warnings.catch_warnings(), _no_garbage_collection():
        warnings.simplefilter("ignore")  # of what it would drop if it were to write
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        names = [each.title for each in book.worksheets]
        if sheet not in names:
            return names, {}, book.epoch
        book[sheet].reset_dimensions()  # what a workbook says of its extent need not be so
        rows = enumerate(book[sheet].iter_rows(values_only=True), 1)
        filled = ((row, {at: each for at, each in enumerate(cells) if each not in (None, "")}) for row, cells in rows)
        return names, {row: cells for row, cells in filled if cells}, book.epoch


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """It would take a tenth of the time of reading, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _by_row(grid: Grid) -> dict[int, dict[int, Cell]]:
    """The filled cells by row and column."""
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    for column, (rows, codes) in grid.columns.items():
        for row, code in zip(rows.tolist(), codes.tolist(), strict=True):
            if grid.cells[code].text:
                found[row][column] = grid.cells[code]
    return found


def _same_row(cells: Mapping[int, Cell], values: Mapping[int, Value], epoch: datetime) -> bool:
    if values == {column: cell.text for column, cell in cells.items()}:
        return True  # as most rows are, and at once
    columns = cells.keys() | values.keys()
    return all(_same(cells.get(column, BLANK), values.get(column, ""), epoch) for column in columns)


def _same(cell: Cell, value: Value, epoch: datetime) -> bool:
    """Whether our cell and their value are the same to a person."""
    if isinstance(value, str):
        no_day = value == "#VALUE!" and cell.holds is Holds.NUMBER and cell.day is None  # in the format of a date
        return value == cell.text or no_day or _same_text(cell.text, value)
    if isinstance(value, bool):
        return cell.holds is Holds.BOOLEAN and cell.text == str(value).upper()
    if cell.holds not in (Holds.NUMBER, Holds.DATE):
        return False
    day = datetime.combine(cell.day, cell.time_of_day or time.min) if cell.holds is Holds.DATE and cell.day else None
    of_time = day is not None or not isinstance(value, int | float)
    stored = _stored(day, epoch) if day else float(cell.text)
    return math.isclose(stored, _stored(value, epoch), rel_tol=1e-14, abs_tol=_SECOND if of_time else 0)


def _stored(value: float | date | time | timedelta, epoch: datetime) -> float:
    """The number that Excel stores: days, where it is a date, since `epoch`."""
    from openpyxl.utils.datetime import to_excel  # noqa: TID251 - as above

    return value if isinstance(value, int | float) else float(to_excel(value, epoch))


def _same_text(ours: str, theirs: str) -> bool:
    """XML makes one sign of any line break, and of codes as _x000D_ and _x005F_ openpyxl keeps some and drops some."""
    if _CODE.search(f"{ours} {theirs}"):
        ours, theirs = _decoded(ours), _decoded(theirs)
    return ours.replace("\r\n", "\n").replace("\r", "\n") == theirs.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(text: str) -> str:
    """The signs instead of all that looks like a code, and no underscores, of which some belong to codes."""
    while (plain := _CODE.sub(lambda code: chr(int(code[1], 16)), text.replace("_", ""))) != text:
        text = plain
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
