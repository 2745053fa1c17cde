"""What buttons do to an open workbook: marks and texts, each step so that Undo can take it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icare_xl.check.engine import Memory, check
from icare_xl.excel import last_marks, undo_log
from icare_xl.excel.private_folder import PrivateFolders
from icare_xl.excel.reading import Reading
from icare_xl.excel.row_tracking import client_digests, followed, row_digests
from icare_xl.excel.undo_log import Change, Marker
from icare_xl.icare import recognise
from icare_xl.model.addresses import Place
from icare_xl.model.cells import Stored
from icare_xl.model.check_date import CheckDate
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.finding import MARKS, Marks
from icare_xl.model.text import Text

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import ExcelHost


@dataclass(frozen=True, slots=True)
class Undone:
    """The button whose change was undone, which cells hold what they held before, and which were left alone (places of then).

    `exact`: the marks are as they were before.
    """

    button: Text
    cells: list[Place]
    left: list[Place]
    exact: bool


@dataclass(frozen=True)
class Edits:
    """The edits of one workbook. `when`, `without` and `memory` are those of the check, `button` names what does
    them.
    """

    book: ExcelHost
    private: PrivateFolders
    when: CheckDate
    without: Collection[str]
    button: Text
    memory: Memory | None

    def mark(self, name: str, cells: Marks, by: Marker) -> None:
        """Mark these cells of a sheet and no others."""
        self.book.must_be_writable(name)
        before, after = self.book.marked(name), {mark: cells.get(mark, set()) for mark in MARKS}
        if before != after or (any(after.values()) and self._marked_by(name) != by):
            self._remember(Change(self.book.key, name, marks=(before, after), by=by, button=self.button))
        self._mark(name, after)

    def refresh_marks(self, reading: Reading) -> None:
        """Where a sheet that can be written was marked, mark it by what is wrong now. This is no step of its own.

        Marks of unknown origin count as the check's, except in a rejected file.
        """
        name, by = reading.sheet.name, self._marked_by(reading.sheet.name)
        if by == "nobody" or (by == "notes") != bool(reading.notes) or not self.book.is_writable(name):
            return
        wrong = reading.rejected.marks_of(reading.open_complaints) if reading.notes else reading.report.cells_to_mark
        now = self.book.marked(name)
        if now is None and self._is_as_last_marked(name, wrong):
            return
        if now != wrong and (by or now is None or any(now.values())):
            self._mark(name, wrong)

    def _mark(self, name: str, cells: Marks) -> None:
        self.book.mark(name, cells)
        last_marks.note(self.book.key, name, cells, None, self.private.last_marks)

    def _is_as_last_marked(self, name: str, cells: Marks) -> bool:
        """Whether marks that are too many to read are these, by what was noted of them, and as many as then."""
        areas = self.book.marked_areas(name)
        same = last_marks.are_noted(self.book.key, name, cells, areas, self.private.last_marks)
        if same:
            last_marks.note(self.book.key, name, cells, areas, self.private.last_marks)
        return same

    def are_first_marks(self, name: str) -> bool:
        """Whether nothing is known of a sheet that was marked before."""
        return self._marked_by(name) is None

    def unmark(self) -> bool:
        """Lift our marks from the whole workbook; whether there were any."""
        names = [sheet.name for sheet in self.book.sheets if self.book.is_marked(sheet.name)]
        for name in names:
            self.book.must_be_writable(name)
        for name in names:
            self.mark(name, {}, "nobody")
        return bool(names)

    def put(self, reading: Reading, texts: Mapping[Place, str]) -> None:
        """Put texts into cells of an iCARE sheet, an empty one for nothing; the marks follow.

        Where that fails and no cell has changed, nothing is left to undo.
        """
        sheet, name = reading.sheet, reading.sheet.name
        self.book.must_be_writable(name)
        marks, changed = self._marks_with(reading, texts), sheet.grid.changed(texts)
        held = self.book.stored(name, texts)
        columns = [sheet.layout.columns[id_] for id_ in (IDENTIFIER, BIRTH_DATE) if sheet.has(id_)]
        clients = client_digests(changed, {row for row, _ in texts}, columns)
        self._remember(
            Change(self.book.key, name, held, texts, marks, None, row_digests(changed), clients, self.button)
        )
        try:
            self.book.write(name, texts)
        except Exception:
            with suppress(Exception):  # where even this cannot be read, Undo will tell
                if self.book.stored(name, texts) == held:
                    self.let_go()
            raise
        if marks:
            self._mark(name, marks[1])

    def _marks_with(self, reading: Reading, texts: Mapping[Place, str]) -> tuple[Marks | None, Marks] | None:
        """The marks of a sheet, and what they are with these texts: by the check, or as iCARE’s notes had them but for these
        cells. None where there are no marks.
        """
        now = self.book.marked(reading.sheet.name)
        if now is not None and not any(now.values()):
            return None
        if self._marked_by(reading.sheet.name) != "notes":
            return now, reading.report_with(texts).cells_to_mark
        return None if now is None else (now, {mark: cells - texts.keys() for mark, cells in now.items()})

    @property
    def last(self) -> Change | None:
        """The last change that can be undone."""
        return undo_log.last(self.book.key, self.private.undo_log)

    def let_go(self) -> None:
        """Forget the last change."""
        undo_log.forget_last(self.book.key, self.private.undo_log)

    def put_back(self, change: Change) -> Undone:
        """Undo the last change, but for cells that were changed since; rows that have moved are followed."""
        name = change.sheet
        self.book.show(name)
        self.book.must_be_writable(name)
        grid = self.book.grid(name)
        places = followed(change, grid) if change.after else {}
        held = self.book.stored(name, places.values())
        back = {then: now for then, now in places.items() if _same(held[now], change.before[then])}
        ours = {
            then: now
            for then, now in places.items()
            if then not in back and (cell := grid.at(*now)).text == change.after[then] and not cell.formula
        }
        if ours:
            self.book.write(name, {now: change.before[then] for then, now in ours.items()})
        self.let_go()
        back |= ours
        as_it_was = len(back) == len(change.after) and all(then == now for then, now in back.items())
        exact = not change.marks or self._put_marks_back(name, *change.marks, as_it_was)
        return Undone(change.button, list(back.values()), [then for then in change.after if then not in back], exact)

    def _put_marks_back(self, name: str, before: Marks | None, after: Marks, as_it_was: bool) -> bool:
        """The marks from before a change, if nothing has happened to the sheet since; else by what is wrong now."""
        if before is not None:
            none_before = not any(before.values())
            if none_before or (as_it_was and self.book.marked(name) == after):
                self._mark(name, before)
                return True
        if self._marked_by(name) != "notes":
            sheet = recognise.upload_sheet(self.book, name)
            wrong = check(sheet, self.when, self.without, memory=self.memory).cells_to_mark
            self._mark(name, wrong)
        return False

    def _remember(self, change: Change) -> None:
        undo_log.remember(change, self.private.undo_log)

    def _marked_by(self, name: str) -> Marker | None:
        return undo_log.marked_by(self.book.key, name, self.private.undo_log)


def _same(one: Stored, other: Stored) -> bool:
    return (type(one), one) == (type(other), other)
