"""The house: what may import what, and what each module says it is for."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "icare_xl"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
LAYERS = [
    ["address", "wording", "registry", "privacy"],
    ["model", "grid"],
    ["errors", "dates", "ribbon", "deadline", "web"],
    ["sheet", "hosts", "xlsx"],
    ["library", "blocks", "blank"],
    ["naming", "listed"],
    ["snapshot", "notes", "messages", "settings", "journal", "kept", "moved"],
    ["rules"],
    [
        "check",
        "causes",
        "rejections",
        "hosts.file",
        "hosts.excel",
        "proof",
        "compare",
        "matching",
        "ledger",
        "certificate",
        "fixes",
    ],
    ["guards", "changes"],
    ["upload", "demo", "install", "corrections", "month"],
    ["say", "contract", "terminal", "rulebook", "report", "swatches", "guide"],
    ["desk"],
    ["going"],
    ["buttons"],
    ["press"],
    ["__main__"],
]


def packages(module: str) -> list[str]:
    return [module[:place] for place, sign in enumerate(module) if sign == "."]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("icare_xl"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("icare_xl")}
    return {name for name in found if name in MODULES}


# Whoever imports a module imports its packages first.
NEEDS = {
    name: {each for found in (name, *imports(path)) for each in (found, *packages(found))} - {name}
    for name, path in MODULES.items()
}


def layer(module: str) -> int:
    """The layer of a module: that of the longest name that it starts with."""
    own = module.removeprefix("icare_xl").removeprefix(".")
    named = {name: number for number, names in enumerate(LAYERS) for name in names}
    return next(named[name] for name in sorted(named, key=len, reverse=True) if f"{own}.".startswith(f"{name}."))


@pytest.mark.parametrize("module", [name for name in MODULES if name != "icare_xl"])
def test_a_module_imports_only_from_layers_below_or_beside_it(module: str) -> None:
    above = {name for name in imports(MODULES[module]) - {"icare_xl"} if layer(name) > layer(module)}
    assert not above


@pytest.mark.parametrize("path", MODULES.values(), ids=list(MODULES))
def test_a_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


# One interpreter for all: what a module needs may be there already, unless that needs the module's package in turn.
ONE_AFTER_THE_OTHER = """
import importlib, json, sys, traceback
faults = {}
for module, needed_by in json.load(sys.stdin).items():
    for each in needed_by:
        sys.modules.pop(each, None)
    try:
        importlib.import_module(module)
    except Exception:
        faults[module] = traceback.format_exc()
print(json.dumps(faults))
"""


@pytest.fixture(scope="module")
def faults() -> dict[str, str]:
    """What went wrong where each module was imported before all that need it or another of its package."""
    alone = {name: sorted(needed_by(".".join(name.split(".")[:2]))) for name in MODULES if "__main__" not in name}
    command = [sys.executable, "-c", ONE_AFTER_THE_OTHER]
    told = subprocess.run(command, input=json.dumps(alone), capture_output=True, text=True, check=True).stdout
    found: dict[str, str] = json.loads(told)
    return found


def needed_by(module: str) -> set[str]:
    """The module and those that import it, directly or through others."""
    found, new = set(), {module}
    while new:
        found |= new
        new = {name for name, needs in NEEDS.items() if needs & new} - found
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="what a module needs is the same on any system")
@pytest.mark.parametrize("module", [name for name in MODULES if "__main__" not in name])
def test_a_module_can_be_imported_on_its_own(module: str, faults: dict[str, str]) -> None:
    assert module not in faults, faults[module]
