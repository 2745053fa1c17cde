"""xlwings and pywin32 as they are, at work on the stand-in that another process serves; on Windows only.

    python -m tests.stand_in.over_com NAME press check --hwnd 1    # icare-xl, in the Excel that is served under this name

It prints the boxes as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pythoncom
import pywintypes
import win32timezone
from win32com.client import CDispatch

from tests.stand_in.engine import Excel, in_place
from tests.stand_in.served import state
from tests.stand_in.windows import xlwindows
from tests.stand_in.with_openpyxl import OpenpyxlBackend

__all__ = ["Server", "attached", "state"]


class Server:
    """The process that serves, and what is asked of it."""

    def __init__(self) -> None:
        words, root = [sys.executable, "-m", "tests.stand_in.served"], Path(__file__).parents[2]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=root
        )

    def ask(self, *words: object) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        self._process.communicate(timeout=60)


@contextmanager
def attached(name: str) -> Iterator[Excel]:
    """While this lasts, xlwings finds the Excel that is served under this name. Only Excel's windows and message boxes are
    not there: their answers are this one's, everything else is asked over COM.
    """
    real = {"CDispatch": CDispatch, "win32timezone": win32timezone}
    with (
        in_place(OpenpyxlBackend()) as boxes,
        patch.multiple(xlwindows, get_xl_app_from_hwnd=lambda hwnd: found(name), **real),
    ):
        yield boxes


def found(name: str) -> Any:
    """As xlwings wraps what it gets from a window."""
    dispatch = pythoncom.GetActiveObject(pywintypes.IID(name)).QueryInterface(pythoncom.IID_IDispatch)
    return xlwindows.COMRetryObjectWrapper(xlwindows.Dispatch(dispatch))


def main() -> None:
    from icare_xl.cli.command import main as icare

    with attached(sys.argv[1]) as boxes:
        icare(sys.argv[2:], standalone_mode=False)
    print(json.dumps(boxes.alerts))


if __name__ == "__main__":
    main()
