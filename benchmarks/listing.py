"""The error list of 100,000 findings: what writing each form takes, and how the page behaves in Chromium.

    python benchmarks/listing.py [FINDINGS] [RUNS]

The writing is also told as a ratio to inflating and parsing the list's own sheet once, in the same run.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.parsers import expat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from icare_xl.check.engine import check  # noqa: E402
from icare_xl.check.error_list import Checked, Listing, write_list  # noqa: E402
from icare_xl.icare.example import good_row  # noqa: E402
from icare_xl.model.check_date import CheckDate  # noqa: E402
from tests.support import browser  # noqa: E402
from tests.support.sheets import sheet_of  # noqa: E402


def many(findings: int) -> Checked:
    """Two wrong cells a row, each with a value and a message of its own; five rows a client."""
    rows = {
        4 + n: good_row(n)
        | {"client_validation_id": str(10_000_000 + n // 5), "postal_cd": f"m1b{n}", "client_birth_dt": f"1978/5/{n}"}
        for n in range(findings // 2 + 1)
    }
    sheet = sheet_of(rows)
    report = check(sheet, CheckDate(date(2026, 2, 3)), without={"house"})
    return Checked(
        Path("/a folder of the month/january.xlsx"), sheet, replace(report, findings=report.findings[:findings])
    )


def seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def inflate_and_parse(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as package:
        expat.ParserCreate().Parse(package.read("xl/worksheets/sheet2.xml"), True)


def in_chromium(path: Path) -> None:
    if reason := browser.missing():
        print(reason)
        return
    with browser.chromium() as found:
        page = found.new_page()
        page.set_default_timeout(120_000)
        print(f"{'open the page':24}{seconds(lambda: page.goto(path.as_uri())):8.2f} s")
        press = "place => document.querySelectorAll('#findings thead button')[place].click()"
        print(f"{'sort by value':24}{seconds(lambda: page.evaluate(press, 3)):8.2f} s")
        search = """() => { const form = document.getElementById("filters");
            form.elements.text.value = "m1b777"; form.dispatchEvent(new Event("input")) }"""
        shown = "() => !/^500 /.test(document.getElementById('count').textContent)"
        print(f"{'search':24}{seconds(lambda: (page.evaluate(search), page.wait_for_function(shown))):8.2f} s")
        page.evaluate("() => document.getElementById('filters').reset()")
        page.wait_for_timeout(1000)
        rest = "() => { document.getElementById('rest').click(); return document.body.offsetHeight }"
        print(f"{'show 2,000 rows':24}{seconds(lambda: page.evaluate(rest)):8.2f} s")


def main(findings: int = 100_000, runs: int = 3) -> None:
    checked = many(findings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        book, page = Path(folder) / "list.xlsx", Path(folder) / "list.html"
        best = {
            out: min(seconds(lambda out=out: write_list(out, Listing([checked]), "en")) for _ in range(runs))
            for out in (book, page)
        }
        base = min(seconds(lambda: inflate_and_parse(book)) for _ in range(runs))
        print(f"{len(checked.report.findings)} findings; best of {runs}; inflate + parse {base:.2f} s")
        for out, taken in best.items():
            print(f"{out.name:24}{taken:8.2f} s   x {taken / base:4.1f}   {out.stat().st_size / 1e6:6.1f} MB")
        print(f"more memory than before {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3:8.0f} MB")
        in_chromium(page)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
