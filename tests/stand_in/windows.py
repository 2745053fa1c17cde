"""xlwings' own code for Windows, loaded on any system, so that the tests run what runs beside Excel."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

_PYWIN32 = (
    "pythoncom",
    "win32api",
    "win32con",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
)


class Nothing:
    """Answers any name and any call with itself."""

    __file__ = ""

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *args: object, **named: object) -> Any:
        return self


class _ComError(Exception):
    """pywin32's error, shaped as there."""

    def __init__(self, hresult: int, strerror: str, excepinfo: tuple[Any, ...] | None, argerror: int | None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, strerror, excepinfo, argerror


@contextmanager
def _without_windows() -> Iterator[None]:
    """While this lasts, `import pywintypes` and its like find something."""
    modules = {name: Nothing() for name in _PYWIN32}
    modules["pythoncom"] = SimpleNamespace(ole_error=_ComError, CoInitialize=lambda: None, __file__="")  # type: ignore[assignment]
    modules["win32com.client"] = SimpleNamespace(  # type: ignore[assignment]
        **{name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")},
        Dispatch=None, DispatchEx=None,
    )  # fmt: skip
    modules["pywintypes"] = SimpleNamespace(com_error=_ComError, error=_ComError, TimeType=datetime)  # type: ignore[assignment]
    loader = ctypes.PyDLL
    sys.modules.update(modules)  # type: ignore[arg-type]
    ctypes.oledll = ctypes.windll = ctypes.PyDLL = Nothing()  # type: ignore
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]
        ctypes.PyDLL = loader  # type: ignore[misc]
        del ctypes.oledll, ctypes.windll  # type: ignore


def _load() -> ModuleType:
    if sys.platform == "win32":
        return import_module("xlwings._xlwindows")
    with _without_windows():
        return import_module("xlwings._xlwindows")


xlwindows: Any = _load()
ComError: type[Exception] = xlwindows.pywintypes.com_error
