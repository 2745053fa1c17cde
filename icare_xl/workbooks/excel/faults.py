"""What the numbers mean with which COM refuses a call; docs/excel.md names their sources."""

from __future__ import annotations

_BUSY = {
    -2146777998,  # 0x800AC472: a cell is being edited, or a box is open; it comes alone or in the details of a fault
    -2147418111,  # 0x80010001: the call was rejected
    -2147417846,  # 0x8001010A: try again later
}


def is_refusal(fault: BaseException) -> bool:
    """Whether this comes from Excel and not from us: pywin32's error, whose class other systems do not have."""
    return hasattr(fault, "hresult") or is_busy(fault)


def is_no(fault: BaseException) -> bool:
    """Whether Excel has understood a call and will not do it, now or later."""
    return is_refusal(fault) and not is_busy(fault)


def is_busy(fault: BaseException) -> bool:
    """Whether this is how Excel answers while a cell is being edited or a box is open."""
    return type(fault).__name__ == "ExcelBusyError" or not _BUSY.isdisjoint(_numbers(fault))


def code_of(fault: BaseException) -> str:
    """`0x800A03EC`, to be shown to who can do something with it."""
    return f"0x{_numbers(fault)[-1] & 0xFFFFFFFF:08X}"


def _numbers(fault: BaseException) -> list[int]:
    """Every number that a fault carries, Excel's own the last."""
    details = getattr(fault, "excepinfo", None) or ()
    given = (*fault.args[:1], getattr(fault, "hresult", None), *details[5:6])
    return [each for each in given if isinstance(each, int) and each]
