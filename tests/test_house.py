"""The house: what may import what, and what each module says it is for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.each import of_each

PACKAGE = ROOT / "icare_xl"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("icare_xl"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("icare_xl")}
    return {name for name in found if name in MODULES}


def exported(folder: Path) -> set[str]:
    """The modules that a folder's `__all__` names: what the other folders may use."""
    tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
    lists = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return set(ast.literal_eval(lists[0])) if lists else set()


@of_each([name for name in MODULES if name.count(".") > 1])
def test_a_module_imports_from_another_folder_only_what_that_exports(module: str) -> None:
    own = module.split(".")[1]
    others = [name.split(".")[1:3] for name in imports(MODULES[module]) if name.count(".") > 1]
    assert [name for folder, name in others if folder != own and name not in exported(PACKAGE / folder)] == []


@of_each(MODULES.values())
def test_a_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.skipif(sys.platform == "win32", reason="what imports what is the same on any system")
def test_nothing_imports_from_above_or_in_a_circle() -> None:
    assert subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=PACKAGE.parent).returncode == 0
