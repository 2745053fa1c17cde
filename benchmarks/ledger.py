"""A large month against a large memory: rows fingerprinted and looked up in a ledger in a folder, in a process of its own.

    python benchmarks/ledger.py [ROWS] [REMEMBERED] [RUNS]

Ratios are to the least that remembering rows takes in plain Python, in the same run: one SHA-256 for each row of the
sheet, and one look into a set of as many digests as the ledger has rows.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from icare_xl.upload.ledger import Particulars, Prints, Saved, open_ledger
from icare_xl.upload.ledger.folder import FolderStore

ROOT = Path(__file__).resolve().parents[1]
FILE_ROWS = 2500
ONE_RUN = """
import json, sys, time
from icare_xl.upload.ledger import open_ledger
from benchmarks.ledger import big_sheet
sheet = big_sheet(int(sys.argv[2]))
started = time.perf_counter()
ledger = open_ledger(sys.argv[1], "ana")
prints = ledger.prints(sheet)
printed = time.perf_counter()
history = ledger.history()
read = time.perf_counter()
seen = history.seen(prints)
done = time.perf_counter()
print(json.dumps([printed - started, read - printed, done - read, len(seen.sent)]))
"""


def big_sheet(rows: int):
    """Rows of an example of Information and Orientation, every one another client's; far more than a workbook can hold."""
    from icare_xl.icare import recognise
    from icare_xl.icare.example import good_row, template
    from icare_xl.model.cells import Cell
    from icare_xl.model.grid import Grid
    from icare_xl.model.sheet import Sheet

    of = template()
    places = {id_: number for number, id_ in enumerate(of.ids)}
    good = [(places[id_], Cell(str(value))) for id_, value in good_row().items()]
    who = places["client_validation_id"]
    cells = ((4 + row, column, cell) for row in range(rows) for column, cell in good if column != who)
    clients = ((4 + row, who, Cell(str(10_000_000 + row))) for row in range(rows))
    grid = Grid.of([(2, places[id_], Cell(id_)) for id_ in of.ids] + [*cells, *clients])
    layout = recognise.match_columns(of.ids, list(of.ids), None)
    return Sheet("iCARE Template", of, layout, grid, np.arange(4, 4 + rows, dtype=np.int32))


def remember(folder: Path, rows: int, also: Prints) -> None:
    """Fill a ledger with files of 2,500 rows that nobody knows, and one that holds the sheet's first rows."""
    store, random = FolderStore(folder), np.random.default_rng(1)
    about = Particulars("information_orientation", date(2025, 1, 1), "some.xlsx", "0" * 64)
    for number in range(1, rows // FILE_ROWS + 1):
        digests = random.integers(1, 2**63, (2, FILE_ROWS, 2), np.uint64)
        store.put_event(Saved(f"file{number}", number, datetime.now(UTC), "ana", about, Prints(also.key, *digests)))
    some = Prints(also.key, also.content[:FILE_ROWS], also.meeting[:FILE_ROWS])
    store.put_event(Saved("known", rows, datetime.now(UTC), "ben", about, some))


def plain(rows: int, remembered: int) -> float:
    """Seconds of the least that it takes."""
    known = {number.to_bytes(16, "little") for number in range(remembered)}
    texts = [f"{number} and what else a row says" for number in range(rows)]
    started = time.perf_counter()
    assert not [text for text in texts if hashlib.sha256(text.encode()).digest()[:16] in known]
    return time.perf_counter() - started


def main(rows: int = 100_000, remembered: int = 500_000, runs: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder, "ledger")
        (prints,) = open_ledger(where, "ana").prints(big_sheet(FILE_ROWS))
        remember(where, remembered, prints)
        size = sum(path.stat().st_size for path in where.rglob("*") if path.is_file())
        base = min(plain(rows, remembered) for _ in range(runs))
        figures = [one_run(where, rows) for _ in range(runs)]
        prints_, read, look = (min(each[part] for each in figures) for part in range(3))
        total = min(sum(each[:3]) for each in figures)
        print(f"{rows} rows against {remembered} remembered in {size / 1e6:.0f} MB; plain {base:.2f} s; best of {runs}")
        for name, seconds in (("fingerprints", prints_), ("read", read), ("look up", look), ("together", total)):
            print(f"{name:14}{seconds:6.2f} s   x {seconds / base:5.1f}")
        assert all(each[3] == FILE_ROWS for each in figures)


def one_run(where: Path, rows: int) -> list[float]:
    """Seconds for the fingerprints, for reading the ledger and for looking up; and how many rows it knew."""
    words = [sys.executable, "-c", ONE_RUN, str(where), str(rows)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(*map(int, sys.argv[1:]))
