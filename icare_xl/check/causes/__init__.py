"""All causes, by family. To add one, write one function in the module of its family; nothing else lists it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from icare_xl.check.causes.cause import REGISTRY, Case, Cause, Scene

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["CAUSES", "CODES", "REGISTRY", "Case", "Cause", "Scene"]

CAUSES: tuple[Cause, ...] = tuple(
    sorted(REGISTRY.values(), key=lambda cause: (not cause.apart, cause.turn, cause.code))
)
CODES = frozenset(REGISTRY)
