"""What stands behind an option, and how to write it where it was written otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from icare_xl.check.codes import CODES
from icare_xl.cli.usage import Misuse, near_or_all
from icare_xl.model.text import Text

_NO_RULE = Text("There is no rule “{value}”.", "Il n’y a pas de règle « {value} ».")
_ALL_RULES = Text("“icare-xl rules” lists them all.", "« icare-xl rules » les énumère toutes.")


class Moment(click.ParamType):  # type: ignore[type-arg]
    """A month or a day."""

    def __init__(self, name: str, form: str, wrong: Text) -> None:
        self.name, self._form, self._wrong = name, form, wrong

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(value, self._form)
        except ValueError as fault:
            raise Misuse(self._wrong.format(value=value), ctx) from fault


class RuleCode(click.ParamType):  # type: ignore[type-arg]
    """The code of a rule or a cause, or `house`; capitals do not matter."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        known = {each.casefold(): each for each in (*CODES, "house")}
        if str(value).casefold() not in known:
            raise Misuse(near_or_all(_NO_RULE.format(value=value), str(value), sorted(CODES), _ALL_RULES), ctx)
        return known[str(value).casefold()]


MONTH = Moment("month", "%Y-%m", Text(
    "“{value}” is no month. Write year and month as 2026-01.",
    "« {value} » n’est pas un mois. Écrivez l’année et le mois comme ceci : 2026-01."))  # fmt: skip
DAY = Moment("day", "%Y-%m-%d", Text(
    "“{value}” is no day. Write year, month and day as 2026-02-03.",
    "« {value} » n’est pas un jour. Écrivez l’année, le mois et le jour comme ceci : 2026-02-03."))  # fmt: skip
