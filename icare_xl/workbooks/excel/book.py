"""A workbook open in Excel: what the middle of the program reads of it, and the marks and values it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from icare_xl.model.addresses import Area, Place, Places, a1
from icare_xl.model.cells import Stored
from icare_xl.model.errors import CannotWrite
from icare_xl.model.finding import Marks
from icare_xl.model.grid import Grid
from icare_xl.model.text import Text
from icare_xl.workbooks.excel import writing
from icare_xl.workbooks.excel.errors import MarkedAsFinal, NeverSaved, NotInFront, ProtectedSheet, SharedWorkbook
from icare_xl.workbooks.excel.faults import is_no
from icare_xl.workbooks.excel.marks import LiveMarks
from icare_xl.workbooks.excel.sheet import OpenSheet

LONGEST_PATH = 218  # Excel saves no longer one
_MANUAL = -4135
_REFUSED = Text("Excel refused", "Excel a refusé")


class ExcelHost:
    """A workbook open in Excel. `front` is the sheet before the person's eyes."""

    def __init__(self, app: Any, api: Any, front: str, process: int) -> None:
        self._app, self._api, self.front, self._process = app, api, front, process
        self._grids: dict[str, Grid] = {}
        self._live_marks: dict[str, LiveMarks] = {}

    @cached_property
    def name(self) -> str:
        return str(self._api.Name)

    @cached_property
    def _full_name(self) -> str:
        """The path, or the address on the web of a workbook in a synced folder, or the name of one never saved."""
        return str(self._api.FullName)

    @property
    def online(self) -> bool:
        """Whether it lies in OneDrive or SharePoint: then Excel names no folder of this computer."""
        return "://" in self._full_name

    @cached_property
    def path(self) -> Path:
        """Where the workbook is saved; the name alone, where it is online or was never saved."""
        return Path(self.name if self.online else self._full_name)

    @cached_property
    def key(self) -> str:
        """What tells the workbook from all others. One that was never saved is known to its own Excel only."""
        return self._full_name if self._api.Path else f"{self._full_name} {self._process}"

    @cached_property
    def sheets(self) -> tuple[OpenSheet, ...]:
        sheets, date1904 = self._api.Worksheets, bool(self._api.Date1904)
        return tuple(OpenSheet(self._app, sheets(number), date1904) for number in range(1, sheets.Count + 1))

    def grid(self, name: str) -> Grid:
        """Every filled cell of a sheet, hidden and filtered rows too; which are merged is asked apart."""
        if name not in self._grids:
            self._grids[name] = self._sheet(name).read()
        return self._grids[name]

    def merged(self, name: str) -> tuple[Area, ...]:
        """The areas of merged cells below the head of a sheet."""
        return self._sheet(name).merged(self.grid(name).end)

    def font_colours(self, name: str, row: int) -> Mapping[int, str]:
        return self._sheet(name).font_colours(row, self.grid(name).row(row))

    @property
    def cell(self) -> Place:
        """Row and column of the first selected cell; where a picture is selected, A1."""
        selected = self._app.Selection
        try:
            return (int(selected.Row), int(selected.Column) - 1) if selected is not None else (1, 0)
        except Exception as fault:
            if not is_no(fault):
                raise
            return 1, 0

    def activate(self) -> None:
        """Bring it to the front."""
        self._api.Activate()

    def show(self, name: str) -> None:
        """Bring a sheet to the front, unless it is hidden."""
        if self.front != name and self._sheet(name).visible:
            self._sheet(name).api.Activate()
            self.front = name

    def select(self, name: str, row: int, column: int) -> None:
        """Go to a cell. Raises NotInFront where somebody went to another sheet or workbook meanwhile."""
        self.show(name)
        try:
            self._sheet(name).range(a1(row, column)).Select()
        except Exception as fault:
            if not is_no(fault):
                raise
            raise NotInFront(name=name) from fault

    def first_visible_row(self, name: str, rows: Sequence[int]) -> int | None:
        """The first of these rows (in order, up or down) that neither a filter nor anybody has hidden."""
        return self._sheet(name).first_visible_row(rows)

    def is_marked(self, name: str) -> bool:
        return bool(self._marks(name).rules)

    def marked(self, name: str) -> Marks | None:
        """Our marks; None where they are too many to ask for."""
        return self._marks(name).read()

    def marked_areas(self, name: str) -> int:
        """How many areas our marks have."""
        return self._marks(name).count

    def mark(self, name: str, cells: Marks) -> None:
        """Mark these cells of a sheet, and no others."""
        self.must_be_writable(name)
        with self._still():
            self._marks(name).put(cells)

    def stored(self, name: str, cells: Places) -> dict[Place, Stored]:
        """What these cells hold, a day as its number, in one read."""
        return self._sheet(name).stored(cells)

    def write(self, name: str, values: Mapping[Place, Stored]) -> None:
        """Put values into cells of a sheet as it was read; what `writing.write` says is raised."""
        self.must_be_writable(name)
        try:
            with self._still(), self._quiet(name):
                writing.write(self._sheet(name), values, planned_on=self.grid(name))
        finally:
            del self._grids[name]

    def must_have_a_place(self) -> None:
        """Raises where the workbook was never saved."""
        if not self._api.Path:
            raise NeverSaved(name=self.name)

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A file with what the workbook holds now, gone afterwards. The workbook keeps its name."""
        with TemporaryDirectory() as folder:
            out = Path(folder, self.name if "." in self.name else f"{self.name}.xlsx")
            if len(str(out)) > LONGEST_PATH:
                out = out.with_stem(out.stem[: LONGEST_PATH - len(str(out))])
            try:
                self._api.SaveCopyAs(str(out))
            except Exception as fault:
                if not is_no(fault):
                    raise
                raise CannotWrite(path=out, reason=_REFUSED) from fault
            if not out.exists():
                raise CannotWrite(path=out, reason=Text("Excel wrote nothing", "Excel n’a rien écrit"))
            yield out

    @cached_property
    def read_only(self) -> bool:
        """Whether it can be changed, but not saved under its name."""
        return bool(self._api.ReadOnly)

    @cached_property
    def _shared(self) -> bool:
        """Whether it is a shared workbook of the old kind."""
        return bool(self._api.MultiUserEditing)

    @cached_property
    def saves_itself(self) -> bool:
        """Whether each change goes to the cloud at once. Older versions of Excel do not know of that."""
        try:
            return self.online and bool(self._api.AutoSaveOn)
        except Exception as fault:
            if not is_no(fault):
                raise
            return False

    def is_writable(self, name: str) -> bool:
        try:
            self.must_be_writable(name)
        except (SharedWorkbook, MarkedAsFinal, ProtectedSheet):
            return False
        return True

    def must_be_writable(self, name: str) -> None:
        """Raises where Excel would not let the cells of a sheet be marked or changed."""
        if self._shared:
            raise SharedWorkbook(name=self.name)
        if self.read_only and self._api.Final:
            raise MarkedAsFinal(name=self.name)
        if self._sheet(name).protected:
            raise ProtectedSheet(name=name)

    def _sheet(self, name: str) -> OpenSheet:
        return next(each for each in self.sheets if each.name == name)

    def _marks(self, name: str) -> LiveMarks:
        if name not in self._live_marks:
            self._live_marks[name] = LiveMarks(self._sheet(name))
        return self._live_marks[name]

    def _still(self) -> AbstractContextManager[None]:
        """Meanwhile the screen stands still and nobody can type."""
        return _set({(self._app, "ScreenUpdating"): False, (self._app, "Interactive"): False})

    def _quiet(self, name: str) -> AbstractContextManager[None]:
        """Meanwhile Excel asks nothing, code of others sleeps, nothing is calculated, and no table grows."""
        app = self._app
        settings: dict[tuple[Any, str], bool | int] = {(app, "EnableEvents"): False, (app, "DisplayAlerts"): False}
        if not self.saves_itself:  # else the cloud would get a workbook that does not calculate
            settings[app, "Calculation"] = _MANUAL
        if self._sheet(name).api.ListObjects.Count:
            settings[app.AutoCorrect, "AutoExpandListRange"] = False
        return _set(settings)


@contextmanager
def _set(settings: Mapping[tuple[Any, str], bool | int]) -> Iterator[None]:
    """Members of objects that have these values meanwhile, and those from before afterwards, whatever happens. The person can
    type again in any case, also where a press before this one was cut off.
    """
    with ExitStack() as afterwards:
        for (of, member), value in settings.items():
            afterwards.callback(setattr, of, member, member == "Interactive" or getattr(of, member))
            setattr(of, member, value)
        yield
