"""The marks are told apart by hue and by pattern, whoever looks, and what stands in a marked cell can be read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from icare_xl.workbooks.html import style_of_marks
from icare_xl.workbooks.marks import LOOKS, Look
from tests.support.colours import VISION, Colour, colour, contrast, difference, lab, seen

BLACK, WHITE = np.zeros(3), np.ones(3)
INKED = 0.25  # of a cell, by lightUp and lightGray alike
READABLE = 4.5  # WCAG 2, level AA
# About 1 is the least that people see with two colours side by side. Marks are small and seen one at a time, on poor
# screens and printed, so we ask for ten times that.
APART = 10


def mixed(look: Look) -> Colour:
    """What a pattern becomes from afar, and in programs that show no patterns."""
    ink, ground = (np.frombuffer(bytes.fromhex(each), np.uint8) for each in (look.ink, look.ground))
    return colour(bytes(np.round(INKED * ink + (1 - INKED) * ground).astype(np.uint8)).hex())


def ground(look: Look) -> Colour:
    return colour(look.ground)


def ink(look: Look) -> Colour:
    return colour(look.ink)


def test_every_mark_has_a_pattern_and_a_hue_of_its_own() -> None:
    assert len({look.pattern for look in LOOKS.values()}) == len({look.ground for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("part", [ground, ink, mixed])
@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_black_text_can_be_read_on_every_mark(look: Look, part: Callable[[Look], Colour]) -> None:
    assert contrast(BLACK, part(look)) >= READABLE


@pytest.mark.parametrize("part", [ground, mixed])
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("one", "other"), [*combinations(LOOKS, 2)])
def test_no_two_marks_look_alike(one: str, other: str, vision: str, part: Callable[[Look], Colour]) -> None:
    first, second = (lab(seen(part(LOOKS[mark]), vision)) for mark in (one, other))  # type: ignore[index]
    assert difference(first, second) >= APART


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_no_mark_looks_like_a_cell_without_one(look: Look, vision: str) -> None:
    assert difference(lab(seen(mixed(look), vision)), lab(WHITE)) >= APART


def test_a_page_shows_every_mark_in_its_colours() -> None:
    rules = dict(zip(LOOKS, style_of_marks().splitlines(), strict=True))
    for mark, look in LOOKS.items():
        assert rules[mark].startswith(f".{mark} ") and f"#{look.ground}" in rules[mark]
        assert f"#{look.ink}" in rules[mark]


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_as_published(
    one: tuple[float, float, float], other: tuple[float, float, float], published: float
) -> None:
    assert difference(one, other) == pytest.approx(published, abs=5e-5)


def test_contrast_is_as_published() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(colour("767676"), WHITE) == pytest.approx(4.54, abs=0.01)
