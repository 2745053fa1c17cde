"""Cold runs of the command line on 2,500 filled rows, as ratios to inflating and parsing the same sheet once.

    python benchmarks/speed.py [ROWS] [RUNS]

All figures of a table come from one run on one machine; only the ratios mean anything elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from xml.parsers import expat

import psutil

from icare_xl.icare.blank_workbook import write_workbook
from icare_xl.icare.example import good_row, template
from icare_xl.model.template import Field

FULL_ROW = {
    "target_group_specific_ind": "Yes", "training_received_service_ind": "Yes", "skill_received_service_ind": "Yes",
    "support_received_ind": "Yes", "translation_language_from_id": "English", "translation_language_to_id": "French",
    "interpretation_language_from_id": "English", "interpretation_language_to_id": "French",
    "orientation_length_hours_no": "1", "orientation_length_minutes_no": "30",
}  # fmt: skip


def full_workbook(out: Path, rows: int) -> None:
    """Every list column filled (about 90 of 95 cells a row), no fault, no two rows alike."""
    values = {field.id: cycle(_some_values(field)) for field in template().fields if field.allowed}
    filled = {}
    for number in range(rows):
        row = {id_: next(each) for id_, each in values.items()} | good_row() | FULL_ROW
        row |= {"client_validation_id": str(10_000_000 + number), "update_record_id": str(20_000_000 + number)}
        filled[4 + number] = row
    write_workbook(template(), out, filled)


def _some_values(field: Field) -> tuple[str, ...]:
    assert field.allowed
    return ("Yes",) if field.kind == "yes-no" else field.allowed.values[:2]


def inflate_and_parse(workbook: Path) -> tuple[float, float]:
    """Seconds for the least that any reader does: unpack the sheet and let expat walk over it, asking for nothing."""
    started = time.perf_counter()
    with zipfile.ZipFile(workbook) as package:
        expat.ParserCreate().Parse(package.read("xl/worksheets/sheet1.xml"), True)
    return time.perf_counter() - started, 0.0


def cold(*words: str | Path) -> tuple[float, float]:
    """Seconds and peak MB of `icare-xl WORDS` in a process of its own."""
    started = time.perf_counter()
    process = psutil.Popen([sys.executable, "-m", "icare_xl", *map(str, words)], stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.Error:
            break
        time.sleep(0.005)
    process.wait()
    return time.perf_counter() - started, peak / 1e6


def best(run: Callable[[], tuple[float, float]], runs: int) -> tuple[float, float]:
    """The fastest time and the highest peak of several runs: the machine is shared, and noise only ever adds."""
    figures = [run() for _ in range(runs)]
    return min(seconds for seconds, _ in figures), max(peak for _, peak in figures)


def main(rows: int = 2500, runs: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workbook, out = Path(folder) / "full.xlsx", Path(folder) / "out.xlsx"
        full_workbook(workbook, rows)
        base, _ = best(lambda: inflate_and_parse(workbook), runs)
        print(f"{rows} rows, {len(template().fields)} columns, {workbook.stat().st_size / 1e6:.1f} MB; best of {runs}")
        print(f"{'inflate + parse':24}{base:8.2f} s   x  1.0")
        jobs: dict[str, tuple[str | Path, ...]] = {
            "--version": ("--version",),
            "check --json": ("check", workbook, "--json"),
            "check --json --marked": ("check", workbook, "--json", "--marked", out),
            "strip --json": ("strip", workbook, out, "--json"),
            "save --json": ("save", workbook, out, "--json"),
        }
        for name, words in jobs.items():
            seconds, peak = best(partial(cold, *words), runs)
            print(f"{name:24}{seconds:8.2f} s   x {seconds / base:4.1f}   {peak:6.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
