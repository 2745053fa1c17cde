"""Whatever is filtered, hidden, merged, in a table or sorted meanwhile: no cell of an open sheet changes that was not announced.

python -m pytest tests/workbooks/test_live_writing.py -s --cases 10000 -m "not live"    # prints how the cases ended
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from icare_xl.excel import press as pressing
from icare_xl.icare.example import good_row, rejected_month, template
from icare_xl.workbooks.excel import attach
from tests.excel.test_buttons import DATA, excel
from tests.stand_in.backend import Box
from tests.stand_in.engine import EDIT_MODE, Excel
from tests.support import some

__all__ = ["excel"]  # a fixture

FIRST, LAST, WIDE = 4, 9, 10
POSTAL, BORN, LANGUAGE = (
    template().ids.index(id_) + 1 for id_ in ("postal_cd", "client_birth_dt", "service_language_id")
)
NOTE = str(rejected_month()[4]["processing_details"])
# What each button is asked for, and what may stand in a cell afterwards instead of what stood there.
ANNOUNCED: dict[str, dict[Any, Any]] = {
    "fix_format": {"m1b 5k1": "M1B5K1", datetime(1978, 5, 20): "1978-05-20"},
    "propose": {"m1b 5k1": "M1B5K1", datetime(1978, 5, 20): "1978-05-20", "Ukranian": "Ukrainian"},
    "strip_notes": {NOTE: None},
    "check": {},
    "read_notes": {},
    "next_finding": {},
    "clear_marks": {},
}
BUSY = (EDIT_MODE, "OLE error 0x800ac472", None, None)
Cells = dict[tuple[int, int], tuple[Any, str]]


@pytest.fixture(scope="module")
def ended() -> Iterator[Counter[str]]:
    """How many cases ended how, by the button."""
    counted: Counter[str] = Counter()
    yield counted
    for how, count in sorted(counted.items()):
        print(f"\n{count:6}  {how}", end="")
    print(f"\n{sum(counted.values()):6}  cases")


@pytest.fixture
def cases(request: pytest.FixtureRequest, excel: Excel) -> int:
    asked: int = request.config.getoption("--cases") or some(250)
    return max(1, asked // 16) if excel.name == "libreoffice" else asked


@pytest.mark.thorough
def test_no_cell_changes_that_was_not_announced(
    excel: Excel,
    ended: Counter[str],
    cases: int,
    tmp_path: Path,
    own_settings: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    for number in range(cases):
        case = Case(excel, Random(f"{excel.name} {excel.french} {number}"))
        try:
            ended[f"{excel.name}{' in French' * excel.french}: {case.play()}"] += 1
        except BaseException as fault:
            fault.add_note(f"case {number}: {case.told}")
            raise
        finally:
            case.close()
            for kept in (
                tmp_path / "own",
                own_settings.parent / "ledger",
            ):  # else each case is slower than the one before
                shutil.rmtree(kept, ignore_errors=True)


class Case:
    """One sheet, with what people do to sheets, one button and Undo."""

    def __init__(self, excel: Excel, random: Random) -> None:
        self.excel, self.random, self.told = excel, random, ""
        self.book = excel.backend.add()
        (self.sheet,) = self.book.sheets()
        self.sheet.rename(DATA)
        self._fill()
        self._disturb()

    def _fill(self) -> None:
        fields = template().fields
        self.sheet.put(2, 1, [[field.id for field in fields], [field.label for field in fields]])
        for row in range(FIRST, LAST + 1):
            slips: dict[str, Any] = {
                "processing_details": NOTE,
                "postal_cd": "m1b 5k1",
                "client_birth_dt": datetime(1978, 5, 20),
                "service_language_id": "Ukranian",
            }
            chosen = {id_: value for id_, value in slips.items() if self.random.random() < 0.6}
            given = good_row(row) | chosen
            self.sheet.put(row, 1, [[given.get(field.id) or None for field in fields]])
        self.sheet.set_number_format([(FIRST, POSTAL, LAST, POSTAL)], self.random.choice(["@", "General"]))
        self.sheet.set_number_format([(FIRST, BORN, LAST, BORN)], "yyyy-mm-dd")

    def _disturb(self) -> None:
        """Filters, hidden rows, merged cells, tables; what reports disagree on; what happens meanwhile."""
        excel, random = self.excel, self.random
        some = [row for row in range(FIRST, LAST + 1) if random.random() < 0.4]
        if random.random() < 0.5:
            self.sheet.filter_out(some)
        if random.random() < 0.4:
            for _ in range(random.randint(1, 3)):
                self._merge()
        if random.random() < 0.4:
            self.sheet.add_table((3, 1, LAST, random.choice([BORN, POSTAL, WIDE])))
        excel.some_rows_hidden = random.choice([None, False, True])
        excel.spills = random.choice([None, []])
        excel.read_only = random.random() < 0.1
        excel.on_change = lambda cells: self.sheet.put(LAST + 3, 1, [["another add-in"]])
        excel.at_box = self._sort if random.random() < 0.15 else lambda: None
        excel.user = self._type
        self._fails_at = random.randint(1, 12) if random.random() < 0.25 else 0
        self._for_good = random.random() < 0.3
        self._seen = 0
        self.sorted = False

    def _merge(self) -> None:
        top, left = self.random.randint(FIRST, LAST - 1), self.random.choice([1, BORN, POSTAL, LANGUAGE])
        box: Box = (top, left, top + self.random.randint(0, 1), left + self.random.randint(0, 1))
        if box[:2] != box[2:] and all(
            box[2] < each[0] or each[2] < box[0] or box[3] < each[1] or each[3] < box[1] for each in self.sheet.merged()
        ):
            self.sheet.merge(box)

    def _sort(self) -> None:
        """Somebody sorts two rows while the box is open."""
        one, other = self.random.sample(range(FIRST, LAST + 1), 2)
        rows = self.sheet.values((one, 1, one, WIDE)), self.sheet.values((other, 1, other, WIDE))
        if not self.sheet.merged():
            self.sorted = True
            self.sheet.put(one, 1, rows[1])
            self.sheet.put(other, 1, rows[0])

    def _type(self, call: str) -> None:
        """Somebody types between the calls that write, as long as Excel takes it."""
        if call in ("Range.Value2 =", "Range.NumberFormat"):
            self.sheet.put(LAST, WIDE, [["typed"]])

    def _fault(self, call: str) -> bool:
        """Excel refuses a call that writes or proves, once or from then on."""
        if not self._fails_at or call not in ("Range.Value2 =", "Range.Value2", "Range.NumberFormat", "Range.Value"):
            return False
        if not object.__getattribute__(self.excel.application, "Interactive"):
            self._seen += 1
        return self._seen == self._fails_at or (self._for_good and self._seen >= self._fails_at)

    def press(self, button: str) -> None:
        self.excel.alerts.clear()
        self.excel.answers[:] = ["yes"]
        pressing.press(button, attach(self.excel.hwnd), "en", date(2026, 2, 3), lambda _: None)
        self.told = self.excel.alerts[-1].prompt if self.excel.alerts else ""

    def play(self) -> str:
        """How it ended."""
        if self.random.random() < 0.3:
            self.press("check")
        button = self.random.choice(["fix_format", "fix_format", "propose", "strip_notes", "strip_notes", *ANNOUNCED])
        place = (self.random.randint(FIRST, LAST), self.random.choice([BORN, POSTAL, LANGUAGE]))
        self.book.select([(*place, *place)])
        before = self.cells()
        self.excel.fault, self.excel.refusal = self._fault, BUSY
        sort, self.excel.at_box = self.excel.at_box, lambda: None

        def sorting() -> None:
            nonlocal before
            if self.excel.alerts[-1].buttons == "yes_no":
                sort()
                before = self.cells()

        self.excel.at_box = sorting
        self.press(button)
        self.excel.fault, self.excel.at_box = (lambda call: False), (lambda: None)
        changed = {place for place, held in self.cells().items() if held != before[place]}
        named = self.told.partition("what these cells")[2]
        if "it is not certain" in self.told:
            assert all(f"{'ABCDEFGHIJ'[column - 1]}{row}" in named or "…" in named for row, column in changed)
            self.press("undo")
            assert self.cells() == before
            return f"{button}: the cells named, and taken back by Undo"
        for at in changed:
            assert self.cells()[at] == (ANNOUNCED[button][before[at][0]], before[at][1]), at
        if changed:
            cells = "cell" if len(changed) == 1 else "cells"
            assert f"{len(changed)} {cells}" in self.told
            self.press("undo")
            assert self.cells() == before
            return f"{button}: written, and taken back by Undo"
        if ANNOUNCED[button] and self.excel.alerts[:-1]:
            assert "nothing was written" in self.told or "as they were" in self.told or "is being edited" in self.told
            assert self._fails_at or self.sorted, "nothing was in the way"
            return f"{button}: refused, and nothing changed"
        return f"{button}: nothing to write"

    def cells(self) -> Cells:
        """What every cell holds, and in which format."""
        box = (1, 1, LAST + 4, len(template().fields) + 2)
        rows = self.sheet.values(box)
        formats = {
            (row, column): self.sheet.number_format(row, column)
            for row in range(FIRST, LAST + 1)
            for column in (1, BORN, POSTAL, LANGUAGE)
        }
        return {
            (row, column): (value, formats.get((row, column), ""))
            for row, line in enumerate(rows, 1)
            for column, value in enumerate(line, 1)
        }

    def close(self) -> None:
        with suppress(Exception):
            self.book.close()
        self.excel.fault = lambda call: False
        self.excel.user = self.excel.on_change = lambda _: None
