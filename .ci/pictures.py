"""Make the pictures of the README and the docs again, from invented data, with LibreOffice and pdftoppm (Debian:
libreoffice-calc python3-uno poppler-utils).

    python .ci/pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from icare_xl.blank import write_workbook  # noqa: E402
from icare_xl.demo import month_with_mistakes, template  # noqa: E402
from tests.excel.libreoffice import Office  # noqa: E402
from tests.excel.with_libreoffice import LibreOfficeBackend  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    office = Office()
    try:
        marked_sheet(office, PICTURES / "marked.png")
    finally:
        office.stop()


def marked_sheet(office: Office, out: Path) -> None:
    """The example month after a check: some of its columns, the prepared rows left out."""
    with tempfile.TemporaryDirectory() as folder:
        month, marked = Path(folder) / "january.xlsx", Path(folder) / "marked.xlsx"
        write_workbook(template(), month, month_with_mistakes(), prepared=12)
        words = ["check", month, "--today", "2026-02-03", "--marked", marked]
        subprocess.run([sys.executable, "-m", "icare_xl", *map(str, words)], capture_output=True)
        draw(office, marked, "C3:I15", out, width=1400)


def draw(office: Office, workbook: Path, area: str, out: Path, width: int) -> None:
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
    style.PrintGrid = style.PrintHeaders = True
    style.ScaleToPages = 0
    style.Width, style.Height = cells.Size.Width + 1600, cells.Size.Height + 700
    pdf = workbook.with_suffix(".pdf")
    document.storeToURL(pdf.as_uri(), backend.properties({"FilterName": "calc_pdf_Export"}))
    document.close(True)
    size = ["-scale-to-x", str(width), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "150", *size, pdf, out.with_suffix("")], check=True)


if __name__ == "__main__":
    main()
