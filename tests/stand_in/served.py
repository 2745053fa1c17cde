"""The stand-in for Excel over real COM, from a process of its own on Windows, with a type library as Excel has one.

It serves whatever `com` has and needs no list of it. On its standard input it takes commands, one line of JSON each, and
answers each with one: `["new", "C:\\jan.xlsx"]`, for another Excel with these workbooks open, is answered with the name to find
it by, `["state"]` with what it holds, the boxes that it showed itself, and the calls that reached it.
"""

from __future__ import annotations

import inspect
import json
import queue
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pythoncom
import pywintypes
import win32event
from win32com.server import policy, util
from win32com.server.exception import COMException

from tests.stand_in import com
from tests.stand_in.engine import Excel
from tests.stand_in.windows import ComError
from tests.stand_in.with_openpyxl import OpenpyxlBackend

RANGE = pywintypes.IID("{00020846-0000-0000-C000-000000000046}")  # by which xlwings tells a range
_UNKNOWN_NAME, _NO_MEMBER, _NOT_GIVEN = -2147352570, -2147352573, -2147352572
_VARIANT = (pythoncom.VT_VARIANT, 0, None)
_GIVEN, _OPTIONAL = pythoncom.VT_VARIANT, 1 | 16  # PARAMFLAG_FIN, PARAMFLAG_FOPT


def classes(base: type = com.Com) -> Iterator[type]:
    """Every class of the stand-in."""
    yield base
    for each in base.__subclasses__():
        yield from classes(each)


def members(kind: type) -> dict[str, Any]:
    """What Excel's name for it leads to: a property, a function, or a value of the class itself."""
    names = [name for name in dir(kind) if name[0].isupper()]
    return {name: inspect.getattr_static(kind, name) for name in names}


NAMES = sorted({name for kind in classes() for name in members(kind)} - {"Item"})
IDS = {name.lower(): number for number, name in enumerate(NAMES, 1000)} | {"item": pythoncom.DISPID_VALUE}
BY_ID = {number: name for name, number in zip(NAMES, range(1000, 1000 + len(NAMES)), strict=True)} | {0: "Item"}


def type_infos() -> dict[type, Any]:
    """An interface for each class, in a type library made for the purpose: it tells pywin32 what takes which arguments."""
    path = str(Path(tempfile.mkdtemp(), "excel.tlb"))
    library = pythoncom.CreateTypeLib2(3, path)  # of a 64-bit Windows
    library.SetGuid(pywintypes.CreateGuid())
    library.SetName("Excel")
    kinds = list(dict.fromkeys(classes()))
    for kind in kinds:
        info = library.CreateTypeInfo(kind.__name__, pythoncom.TKIND_DISPATCH)
        info.SetGuid(RANGE if kind is com.Range else pywintypes.CreateGuid())
        info.SetTypeFlags(pythoncom.TYPEFLAG_FDISPATCHABLE)
        for place, (name, invkind, parameters) in enumerate(described(kind)):
            told = pythoncom.FUNCDESC()
            told.memid, told.invkind, told.funckind, told.callconv = (
                IDS[name.lower()],
                invkind,
                pythoncom.FUNC_DISPATCH,
                4,
            )
            told.rettype = _VARIANT
            told.args = tuple((_GIVEN, _OPTIONAL if optional else 1, None) for optional in parameters.values())
            told.cParamsOpt = 0
            info.AddFuncDesc(place, told)
            info.SetFuncAndParamNames(place, (name, *(() if invkind == pythoncom.INVOKE_PROPERTYPUT else parameters)))
        info.LayOut()
    library.SaveAllChanges()
    made = pythoncom.LoadTypeLib(path)
    return {kind: made.GetTypeInfo(number) for number, kind in enumerate(kinds)}


def described(kind: type) -> Iterator[tuple[str, int, dict[str, bool]]]:
    """Name, how it is invoked, and its parameters: name -> whether it may be left out."""
    for name, member in members(kind).items():
        if inspect.isfunction(member):
            yield name, pythoncom.INVOKE_FUNC, parameters(member)
            continue
        yield name, pythoncom.INVOKE_PROPERTYGET, {}
        if not isinstance(member, property) or member.fset:
            yield name, pythoncom.INVOKE_PROPERTYPUT, {"value": False}


def parameters(function: Any) -> dict[str, bool]:
    """Thirty of those that Excel has any number of."""
    found: dict[str, bool] = {}
    for each in list(inspect.signature(function).parameters.values())[1:]:
        if each.kind is each.VAR_POSITIONAL:
            found |= {f"Arg{number}": True for number in range(1, 31)}
        else:
            found[each.name] = each.default is not each.empty
    return found


class Served(policy.BasicWrapPolicy):
    """One object of the stand-in, answering to COM."""

    infos: dict[type, Any]

    def _getdispid_(self, name: str, fdex: int) -> int:
        if name.lower() not in (each.lower() for each in members(type(self._obj_))):
            raise COMException(scode=_UNKNOWN_NAME)
        return IDS[name.lower()]

    def _GetTypeInfoCount_(self) -> int:  # noqa: N802
        return 1

    def _GetTypeInfo_(self, index: int, lcid: int) -> tuple[int, Any]:  # noqa: N802
        return 0, self.infos[type(self._obj_)]

    def _invoke_(self, dispid: int, lcid: int, flags: int, args: tuple[Any, ...]) -> tuple[int, int, Any]:
        """Faults that say nothing but their number are that number; the others carry their sentence."""
        try:
            return 0, -1, to_wire(self._asked(dispid, flags, [from_wire(each) for each in args]))
        except ComError as fault:
            if fault.excepinfo is None:  # type: ignore[attr-defined]
                return fault.hresult, -1, None  # type: ignore[attr-defined]
            _, source, text, _, _, code = fault.excepinfo  # type: ignore[attr-defined]
            raise COMException(desc=text, scode=code, source=source) from fault

    def _asked(self, dispid: int, flags: int, args: list[Any]) -> Any:
        while args and args[-1] is MISSING:
            args.pop()
        if dispid == pythoncom.DISPID_NEWENUM:
            return util.NewEnum([to_wire(each) for each in self._obj_])
        if dispid == pythoncom.DISPID_VALUE and not callable(self._obj_):
            raise ComError(_NO_MEMBER, "Member not found.", None, None)
        if dispid == pythoncom.DISPID_VALUE:
            return self._obj_(*args)
        name = BY_ID[dispid]
        if flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF):
            return setattr(self._obj_, name, args[0])
        member = inspect.getattr_static(type(self._obj_), name)
        found = getattr(self._obj_, name)
        if not inspect.isfunction(member):
            return found
        named = dict(zip(parameters(member), args, strict=False))
        if any(each.kind is each.VAR_POSITIONAL for each in inspect.signature(member).parameters.values()):
            return found(*args)
        return found(**{name: value for name, value in named.items() if value is not MISSING})


class _Missing:
    """An argument that was left out."""


MISSING = _Missing()


def to_wire(value: Any) -> Any:
    """As COM hands it over: objects as such, and rows within a tuple, as a tuple alone means several results. The error of a
    cell goes as its number, which is what pywin32 makes of it anyway.
    """
    if isinstance(value, com.Com):
        return util.wrap(value, usePolicy=Served)
    if isinstance(value, (list, tuple)):
        return (tuple(tuple(row) if isinstance(row, (list, tuple)) else row for row in value),)
    return value


def from_wire(value: Any) -> Any:
    if isinstance(value, pythoncom.TypeIIDs[pythoncom.IID_IDispatch]):
        return util.unwrap(value)
    return MISSING if value is pythoncom.Missing or value == _NOT_GIVEN else value


def state(excel: Excel) -> list[Any]:
    """What Excel holds now: of each book its sheets' cells and rules, and what is selected; as JSON has it."""
    return json.loads(json.dumps([_book(each) for each in excel.backend.books()], default=str))


def _book(book: Any) -> dict[str, Any]:
    sheets = {
        sheet.name: [sheet.used(), sheet.values(sheet.used()), [_rule(each) for each in sheet.rules()]]
        for sheet in book.sheets()
        if sheet.visible == -1
    }
    return {"name": book.name, "front": book.active_sheet(), "selected": book.selection(), "sheets": sheets}


def _rule(rule: Any) -> list[Any]:
    return [rule.kind, rule.formula, rule.areas, vars(rule.look) if hasattr(rule.look, "__dict__") else str(rule.look)]


def listen(lines: queue.Queue[str]) -> None:
    """An empty one at the end: nobody is there any more."""
    while line := sys.stdin.readline():
        lines.put(line)
    lines.put("")


def main() -> None:
    pythoncom.CoInitialize()
    Served.infos = type_infos()
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(lines,), daemon=True).start()
    excel, handles = Excel(OpenpyxlBackend()), []
    while True:
        win32event.MsgWaitForMultipleObjects([], False, 20, win32event.QS_ALLINPUT)
        pythoncom.PumpWaitingMessages()
        if lines.empty():
            continue
        line = lines.get()
        if not line:
            return
        match json.loads(line):
            case ["new", *paths]:
                excel, name = Excel(OpenpyxlBackend()), pywintypes.CreateGuid()  # a name that no Excel has
                for path in paths:
                    excel.open(Path(path))
                handles.append(pythoncom.RegisterActiveObject(to_wire(excel.application), name, 0))
                answer: Any = str(name)
            case _:
                answer = [state(excel), excel.alerts, excel.calls]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
