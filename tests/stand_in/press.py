"""Runs a module as `python -m` does, in a process of its own in which xlwings finds a stand-in for Excel.

    EXCEL_PORT=2002 python tests/stand_in/press.py -m icare_xl press check --hwnd 1   # over the LibreOffice that listens there
    EXCEL_BOOK=a.xlsx python tests/stand_in/press.py -m icare_xl press check --hwnd 1  # over openpyxl, with this workbook open

EXCEL_ANSWERS (`yes,ok`) answers the alerts. EXCEL_REPORT names a file for the calls and alerts, as JSON.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])  # instead of this folder

from tests.stand_in.backend import Backend  # noqa: E402
from tests.stand_in.engine import Excel, in_place  # noqa: E402


def backend() -> Backend:
    if port := os.environ.get("EXCEL_PORT"):
        from tests.stand_in.libreoffice import connect
        from tests.stand_in.with_libreoffice import LibreOfficeBackend

        return LibreOfficeBackend(connect(int(port)))
    from tests.stand_in.with_openpyxl import OpenpyxlBackend

    made = OpenpyxlBackend()
    if path := os.environ.get("EXCEL_BOOK"):
        made.open(Path(path))
    return made


def run(module: str, arguments: list[str]) -> int:
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__")  # `alter_sys` would hide the __main__ that UNO lives in
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def report(excel: Excel) -> None:
    if path := os.environ.get("EXCEL_REPORT"):
        told = {"calls": excel.calls, "alerts": [alert._asdict() for alert in excel.alerts]}
        Path(path).write_text(json.dumps(told), encoding="utf-8")


def main() -> int:
    if len(sys.argv) < 3 or sys.argv[1] != "-m":
        print(__doc__, file=sys.stderr)
        return 2
    with in_place(backend()) as excel:
        excel.answers += filter(None, os.environ.get("EXCEL_ANSWERS", "").split(","))
        code = run(sys.argv[2], sys.argv[3:])
        report(excel)
    return code


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # UNO's client may crash when the interpreter ends in the ordinary way
