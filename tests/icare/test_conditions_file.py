"""The file of conditions: what ships can be read, and a mistake in it is named with its line."""

from __future__ import annotations

from importlib.resources import files

import pytest

from icare_xl.icare.cell_conditions import Asks, Once
from icare_xl.icare.conditions_file import conditions_for, parse, shipped

GOOD = """# What stands once: { is no entry here
once = [
  { source = "a { brace", fields = ["x"] },  # nor is { this
  { source = "b", fields = [
    "x", "y"] }, { source = "c", services = ["s"], fields = ["z"] },
  { source = 'd {', fields = ["x"] },
]

asks = [
  { source = "e", parent = "p", fields = ["x"] },
]
"""


def test_every_table_that_ships_has_conditions() -> None:
    text = (files("icare_templates") / "conditions.toml").read_text("utf-8")
    assert sum(map(len, vars(shipped()).values())) == text.count("source = ")


def test_a_condition_has_the_types_of_its_table() -> None:
    found = parse(GOOD)
    assert found.once[0] == Once("a { brace", ("x",))
    assert found.asks == (Asks("e", "p", ("x",), answers=("1",)),)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("asks = [", "ask = [", "line 9: “ask” is no table of conditions"),
        ("asks = [", "both = 5\nasks = [", "line 9: “both” is no table of conditions"),
        ("asks = [", "both = ['x']\nasks = [", "line 9: “both” is no table of conditions"),
        (
            'parent = "p"',
            'parnt = "p"',
            "line 10: “parnt” is no key here; choose among source, parent, fields, answers",
        ),
        ('parent = "p", ', "", "line 10: “parent” is missing"),
        ('source = "c", ', "", "line 5: “source” is missing"),
        ('["z"]', '"z"', "line 5: “fields” has to be a list of texts"),
        ("source = 'd {'", "source = 4", "line 6: “source” has to be a text"),
        ('{\', fields = ["x"]', "{', fields = [1]", "line 6: “fields” has to be a list of texts"),
        ('{\', fields = ["x"]', "{', fields = []", "line 6: “fields” has to be a list of texts"),
        ('parent = "p"', 'complete = true, parent = "p"', "line 10: “complete” is no key here"),
        ('{ source = "e"', 'source = "e"', "at line 10"),
        (
            "asks = [",
            "[[only_if]]\nsource = 'x'\nparent = 'y'\nchild = 'z'\n[[only_if]]\nsource = 'x'\n[x]\ny = [",
            "line 13: “parent” is missing",
        ),
    ],
)
def test_a_mistake_is_named_with_the_file_and_the_line(right: str, wrong: str, said: str) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(ValueError, match=r"conditions\.toml") as fault:
        parse(GOOD.replace(right, wrong))
    assert said in str(fault.value)


def test_a_star_in_a_parent_stands_for_the_same_word_throughout() -> None:
    asked = conditions_for(("food_needs_ind", "food_referrals_ind", "legal_needs_ind", "legal_refs_ind")).asks
    assert [(each.parent, each.fields) for each in asked] == [
        ("food_needs_ind", ("food_referrals_ind",)),
        ("legal_needs_ind", ("legal_refs_ind",)),
    ]
