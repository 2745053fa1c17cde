"""What a person has set for good, in `settings.toml` in the folder that the system keeps for such files."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from icare_xl.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """`without`: codes of rules to leave out, or `house` for all that we only infer."""

    without: frozenset[str] = frozenset()


def settings_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("icare-xl", appauthor=False) / "settings.toml"


def own_messages() -> Path:
    """The person's own catalogue of iCARE's messages."""
    return settings_file().with_name("messages.csv")


def load(path: Path, codes: Collection[str]) -> Settings:
    """The settings in a file, or none where there is no file. Raises BadSettings, which names the bad value."""
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadSettings(path=path, value=str(fault)) from fault
    without = given.pop("without", [])
    names = without if isinstance(without, list) else [without]
    known = {code.lower(): code for code in (*codes, "house")}
    bad = [*given, *(str(each) for each in names if str(each).lower() not in known)]
    if bad or names is not without:
        raise BadSettings(path=path, value=", ".join(bad) or without)
    return Settings(frozenset(known[each.lower()] for each in names))
