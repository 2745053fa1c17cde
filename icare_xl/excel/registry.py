"""The registry of one Windows user, as far as an installation needs it."""

from __future__ import annotations

import sys
from typing import NamedTuple, Protocol


class Value(NamedTuple):
    """What a key holds under a name; `kind` as Windows numbers it."""

    data: str | int | bytes | list[str] | None
    kind: int = 1  # REG_SZ, a plain text


class Registry(Protocol):
    """Keys below HKEY_CURRENT_USER; a key that is not there has no values. Raises OSError where Windows refuses."""

    def values(self, key: str) -> dict[str, Value]: ...

    def write(self, key: str, name: str, value: Value) -> None:
        """Makes the key where it is missing."""

    def delete(self, key: str, name: str) -> None: ...

    def delete_key(self, key: str) -> None:
        """Also content where there is no such key."""


if sys.platform == "win32":
    import winreg
    from contextlib import suppress

    class WindowsRegistry:
        """The real one."""

        def values(self, key: str) -> dict[str, Value]:
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    count = winreg.QueryInfoKey(opened)[1]
                    found = [winreg.EnumValue(opened, number) for number in range(count)]
            except FileNotFoundError:
                return {}
            return {name: Value(data, kind) for name, data, kind in found}

        def write(self, key: str, name: str, value: Value) -> None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, value.kind, value.data)

        def delete(self, key: str, name: str) -> None:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)

        def delete_key(self, key: str) -> None:
            with suppress(FileNotFoundError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
