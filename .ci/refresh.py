"""Write again what is generated from the definitions, the rules and the ribbon: run it after changing them, and commit.

    python .ci/refresh.py

Needs the project installed (`python .ci/fresh.py test` does that into .venv).
"""

from __future__ import annotations

from pathlib import Path

from icare_addin.build import write_addin

from icare_xl.check.rule_book import rule_book
from icare_xl.icare import library
from icare_xl.icare.blank_workbook import write_workbook

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    for template in library.built_in():
        write_workbook(template, ROOT / "templates" / f"{template.service}.xlsx")
    (ROOT / "docs" / "rules.md").write_text(rule_book(), "utf-8")
    write_addin()


if __name__ == "__main__":
    main()
