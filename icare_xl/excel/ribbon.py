"""What the ribbon in Excel is made of: groups of buttons and menus, with their texts in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from icare_xl.model.text import Text

TAB_KEYTIP = "IC"  # the letters after Alt
Does = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Button:
    """A control that does something. `id` is its name in the ribbon, and the word after `press`.

    `tip` is the sentence under the pointer, `keytip` the letters after Alt and those of the tab, `image` a picture
    that Office has. `alone`: it works where no workbook is open.
    """

    id: str
    label: Text
    tip: Text
    keytip: str
    image: str
    does: Does
    large: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A control that opens a list of buttons."""

    id: str
    label: Text
    tip: Text
    keytip: str
    image: str
    items: tuple[Button, ...]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Controls that stand together on the tab."""

    id: str
    label: Text
    controls: tuple[Button | Menu, ...]


def button(
    label: tuple[str, str], tip: tuple[str, str], keytip: str, image: str, large: bool = False, alone: bool = False
) -> Callable[[Does], Button]:
    """Makes a button of a function, named as the function is."""

    def make(function: Does) -> Button:
        return Button(function.__name__, Text(*label), Text(*tip), keytip, image, function, large, alone)

    return make


def buttons_of(groups: Iterable[Group]) -> Iterator[Button]:
    """Every button, those in menus too, in the order of the ribbon."""
    for group in groups:
        yield from (each for each in controls_of(group) if isinstance(each, Button))


def controls_of(group: Group) -> Iterator[Button | Menu]:
    """Every control of a group, each menu before its buttons."""
    for control in group.controls:
        yield control
        yield from control.items if isinstance(control, Menu) else ()
