"""The three months, step by step."""

from __future__ import annotations

from datetime import date

from tests.story.teller import Teller

ANA, BEN = "Ana Novak", "Ben Tremblay"
NOT_FOUND = (
    "[1] (Client) Unable to validate against database. / (Client) Impossible de valider dans la base de données."
)


def tell(teller: Teller) -> None:
    january(teller)


def january(ana: Teller) -> None:
    ana.chapter("January", "Janvier")
    ana.day(date(2026, 2, 2), ANA)
    ana.opens("january.xlsx")
    ana.presses("check")
    ana.presses("next_finding")
