"""Cold presses of a button on 2,500 filled rows: what the imports take, and what the press itself takes; and a corrected
row checked again in a process that is warm.

    python benchmarks/press.py [ROWS] [RUNS]

Excel is played by openpyxl, whose own time is told apart. Ratios are to inflating and parsing the
sheet once, in the same run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from icare_xl.check.engine import check, recheck
from icare_xl.icare import recognise
from icare_xl.model.check_date import CheckDate
from icare_xl.workbooks.file import FileHost

ROOT = Path(__file__).resolve().parents[1]
ACTIONS = ("check", "next_finding", "explain_cell", "read_notes", "save_for_upload")
ONE_PRESS = """
import json, sys, time
from datetime import date
from pathlib import Path
started = time.perf_counter()
from icare_xl.excel import press
from icare_xl.workbooks.excel import attach
imported = time.perf_counter() - started
heavy = sorted({"pandas", "openpyxl", "xlsxwriter", "holidays", "rapidfuzz", "rich"} & {*sys.modules})
from tests.stand_in import with_openpyxl
from tests.stand_in.engine import in_place
inside = 0.0
def timed(function):
    def run(*words):
        global inside
        started = time.perf_counter()
        try:
            return function(*words)
        finally:
            inside += time.perf_counter() - started
    return run
for part, names in (("Sheet", "used values formulas has_formula rules add_rule put clear"), ("Book", "save_copy")):
    owner = getattr(with_openpyxl, part)
    for name in names.split():
        setattr(owner, name, timed(getattr(owner, name)))
with in_place(with_openpyxl.OpenpyxlBackend()) as excel:
    excel.open(Path(sys.argv[2]))
    inside, started = 0.0, time.perf_counter()
    press.press(sys.argv[1], attach(excel.hwnd), "en", date(2026, 2, 3), lambda _: None)
    print(json.dumps([imported, time.perf_counter() - started - inside, inside, len(excel.calls), heavy]))
"""


def main(rows: int = 2500, runs: int = 5) -> None:
    sys.path.insert(0, str(ROOT))
    from benchmarks.speed import best, full_workbook, inflate_and_parse

    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "full.xlsx"
        full_workbook(workbook, rows)
        base, _ = best(lambda: inflate_and_parse(workbook), runs)
        print(f"{rows} rows; inflate + parse {base:.2f} s; best of {runs}")
        for action in ACTIONS:
            figures = [pressed(action, workbook) for _ in range(runs)]
            imports, press, inside = (min(each[n] for each in figures) for n in (0, 1, 2))
            print(
                f"{action:16} imports {imports:.2f} s   press {press:.2f} s   x {press / base:4.1f}   openpyxl {inside:.2f} s"
                f"   {figures[0][3]} round trips   heavy imports: {', '.join(figures[0][4]) or 'none'}"
            )
        whole, row = (min(each) for each in zip(*(checked_again(workbook) for _ in range(runs)), strict=True))
        print(
            f"warm: whole sheet checked {whole:.3f} s   x {whole / base:4.1f}   a row checked again {row:.3f} s   x {row / base:4.1f}"
        )


def checked_again(workbook: Path) -> tuple[float, float]:
    """Seconds to check a sheet, and to check it again after two cells of one row were corrected."""
    with FileHost(workbook) as host:
        sheet, when = recognise.upload_sheet(host), CheckDate(date(2026, 2, 3))
    started = time.perf_counter()
    report = check(sheet, when)
    checked = time.perf_counter()
    recheck(sheet.changed({(1000, 4): "1985-04-03", (1000, 5): "M1B5K1"}), report, {1000}, when)
    return checked - started, time.perf_counter() - checked


def pressed(action: str, workbook: Path) -> tuple[float, float, float, int, list[str]]:
    """Seconds of the imports, of the press and of openpyxl in it, round trips, and which heavy modules the imports brought."""
    words = [sys.executable, "-c", ONE_PRESS, action, str(workbook)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
