"""Every page we write, in a real browser: no WCAG 2.1 AA violation by axe-core, and no sideways scrolling at 200 % and 320 px."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from icare_xl.check.causes import CAUSES
from icare_xl.check.error_list import Checked, Listing, page
from icare_xl.check.rules import RULES
from icare_xl.excel import help_page
from icare_xl.excel.buttons.tab import RIBBON
from icare_xl.icare.example import month_with_mistakes
from icare_xl.model.finding import Acceptance, Report
from icare_xl.model.text import Language, Text
from icare_xl.rejected import correction_list
from icare_xl.rejected.corrections import Correction, Corrections
from icare_xl.upload import certificate
from icare_xl.upload.certificate import Certificate
from tests.support.sheets import TODAY, sheet_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

LONG = "W" * 120
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDTHS = {"as usual": 1280, "at 200 %": 640, "on a telephone": 320}
# Colours are the same at every width, and what stands where is the same in every colour.
SEEN: tuple[tuple[Literal["light", "dark"], str], ...] = (
    ("light", "as usual"), ("dark", "as usual"), ("light", "at 200 %"), ("dark", "on a telephone"),
)  # fmt: skip


def error_list(out: Path, language: Language) -> None:
    from icare_xl.check.engine import check

    rows = month_with_mistakes()
    rows[10] |= {"service_language_id": LONG, "client_validation_id": LONG}
    sheet = sheet_of(rows)
    report = check(sheet, TODAY)
    right = Acceptance("abc", "IC130", "other", "Ana Novak", datetime(2026, 2, 3, tzinfo=UTC), "a.xlsx", "D5")
    first, *rest = report.findings
    accepted = Report(tuple(rest), diagnoses=report.diagnoses, accepted=((first, right),))
    page.write(out, Listing([Checked(Path("january.xlsx"), sheet, accepted)]), language)


def the_help(out: Path, language: Language) -> None:
    out.write_text(help_page.page(RIBBON, RULES, CAUSES, language), "utf-8")


def the_certificate(out: Path, language: Language) -> None:
    right = ({"rule": "IC130", "reason": "other", "by": "Ana Novak", "when": "2026-02-03T12:00:00+00:00"},)
    known = Certificate(
        f"{LONG}.xlsx", "0" * 64, "nars", "591", 12, {"IC130": 2}, "90-abc", "icare-xl 1", "2026-02-03T12:00:00+00:00",
        "Ana Novak", "2026-01", "North York", "k7m2p9qa3x", False, right,
    )  # fmt: skip
    out.write_text(certificate.page(known, language), "utf-8")


def the_corrections(out: Path, language: Language) -> None:
    found = tuple(Correction(f"1000000{n}", 4 + n, 4 + n, "postal_cd", "Postal Code", LONG, "M1B5K1") for n in range(3))
    correction_list.write(out, Corrections(found, (9,), (10,)), language)


def a_list(out: Path, language: Language) -> None:
    lines = [Text(f"E{n}: “{LONG}” → “x”.", f"E{n}\u00a0: «\u00a0{LONG}\u00a0» → «\u00a0x\u00a0».") for n in range(30)]
    out.write_text(help_page.page_of(Text("Changes", "Modifications"), lines[0], lines, language), "utf-8")


PAGES: dict[str, Callable[[Path, Language], None]] = {
    "error list": error_list, "help": the_help, "certificate": the_certificate, "corrections": the_corrections, "list": a_list,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(name: str, language: Language, chromium: Browser, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "page.html"
    PAGES[name](path, language)
    wrong = []
    for scheme, where in SEEN:
        width = WIDTHS[where]
        viewport: ViewportSize = {"width": width, "height": 800}
        shown = chromium.new_page(viewport=viewport, color_scheme=scheme, bypass_csp=True)
        shown.goto(path.as_uri())
        over = shown.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0 and width < 1280:  # a list of twelve columns may be wider than a whole screen
            wide = shown.evaluate(
                "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
                ".slice(0, 3).map(e => e.outerHTML.slice(0, 120))"
            )
            wrong.append((scheme, where, f"{over} px too wide", wide))
        found = Axe().run(shown, options={"runOnly": {"type": "tag", "values": LEVELS}})
        wrong += [
            (scheme, where, each["id"], [node["html"][:120] for node in each["nodes"][:3]])
            for each in found.response["violations"]
        ]
        shown.close()
    assert not wrong, "\n".join(map(str, wrong))
