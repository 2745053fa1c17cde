"""Make the pictures of the README and the docs again, from invented data, with LibreOffice, pdftoppm and Chromium
(Debian: libreoffice-calc python3-uno poppler-utils chromium).

    python .ci/pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from icare_xl.icare.blank_workbook import write_workbook  # noqa: E402
from icare_xl.icare.example import month_with_mistakes, template  # noqa: E402
from tests.stand_in.libreoffice import Office  # noqa: E402
from tests.stand_in.with_libreoffice import LibreOfficeBackend  # noqa: E402
from tests.support.browser import chromium  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    office = Office()
    try:
        marked_sheet(office, PICTURES / "marked.png")
        list_workbook(office, PICTURES / "list.png")
        list_page(PICTURES / "list_page.png")
    finally:
        office.stop()


def marked_sheet(office: Office, out: Path) -> None:
    """The example month after a check: some of its columns, the prepared rows left out."""
    with checked_month("--marked", "marked.xlsx") as marked:
        draw(office, marked, "C3:I15", out, width=1400)


def list_workbook(office: Office, out: Path) -> None:
    """The summary of the error list, with its chart."""
    with checked_month("--list", "list.xlsx") as listed:
        draw(office, listed, "A1:P36", out, width=1400, grid=False)


def list_page(out: Path) -> None:
    """The findings of the error list as a page, two of the filters in use."""
    with checked_month("--list", "list.html") as listed, chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 560})
        page.goto(listed.as_uri())
        page.select_option("select[name=severity]", label="error")
        page.locator("#findings thead button").nth(2).press("Enter")
        page.evaluate("() => document.querySelector('#title').scrollIntoView()")
        page.wait_for_timeout(300)
        page.screenshot(path=out)


@contextmanager
def checked_month(option: str, name: str) -> Iterator[Path]:
    """What the check of the example month writes with this option."""
    with tempfile.TemporaryDirectory() as folder:
        month, out = Path(folder) / "january.xlsx", Path(folder) / name
        write_workbook(template(), month, month_with_mistakes(), prepared=12)
        words = ["check", month, "--today", "2026-02-03", "--lang", "en", option, out]
        subprocess.run([sys.executable, "-m", "icare_xl", *map(str, words)], capture_output=True)
        yield out


def draw(office: Office, workbook: Path, area: str, out: Path, width: int, grid: bool = True) -> None:
    """A range of the first sheet on one page as large as it, as a PNG of this many pixels."""
    backend = LibreOfficeBackend(office.desktop)
    document = office.desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, backend.properties({"Hidden": True}))
    sheet = document.Sheets.getByIndex(0)
    cells = sheet.getCellRangeByName(area)
    sheet.setPrintAreas((cells.RangeAddress,))
    style = document.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
    for side in ("LeftMargin", "RightMargin", "TopMargin", "BottomMargin"):
        setattr(style, side, 0)
    style.HeaderIsOn = style.FooterIsOn = False
    style.PrintGrid = style.PrintHeaders = grid
    style.ScaleToPages = 0
    style.Width, style.Height = cells.Size.Width + 1600, cells.Size.Height + 700
    pdf = workbook.with_suffix(".pdf")
    document.storeToURL(pdf.as_uri(), backend.properties({"FilterName": "calc_pdf_Export"}))
    document.close(True)
    size = ["-scale-to-x", str(width), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "150", *size, pdf, out.with_suffix("")], check=True)


if __name__ == "__main__":
    main()
