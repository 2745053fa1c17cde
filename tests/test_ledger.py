"""The memory of what was sent: nothing twice, nothing lost, and no client's value in any byte of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from icare_xl.demo import good_row
from icare_xl.errors import AlreadySent, NoSuchSubmission
from icare_xl.ledger import Ledger, Particulars, open_ledger
from tests.sheets import sheet_of

ANA, BEN = "ana", "ben"
JANUARY = date(2026, 1, 1)


def sheet(*clients: int, **cells: str):
    return sheet_of({4 + place: good_row(client) | cells for place, client in enumerate(clients)})


def about(file: str = "jan.xlsx", sha256: str = "0" * 64, **more: object) -> Particulars:
    return Particulars("information_orientation", JANUARY, file, sha256, **more)  # type: ignore[arg-type]


def save(ledger: Ledger, *clients: int, file: str = "jan.xlsx", despite: Iterable[str] = (), **more: object) -> str:
    """Save a sheet with these clients; returns the id."""
    claim = ledger.claim(about(file, **more), ledger.prints(sheet(*clients)), Path(file), [*despite])
    ledger.complete(claim)
    return claim.saved.id


def sent(ledger: Ledger, *clients: int) -> dict[int, str]:
    """Place of a row -> name of the file in which the ledger has seen it."""
    found = ledger.history().seen(ledger.prints(sheet(*clients))).sent
    return {place: each.saved.about.file for place, each in found.items()}


class TestContract:
    def test_what_was_saved_is_known_to_everybody_from_then_on(self, where: str) -> None:
        save(open_ledger(where, ANA), 1, 2, 3)
        ledger = open_ledger(where, BEN)
        (found,) = ledger.history().submissions
        assert (found.saved.by, found.standing, found.saved.rows, found.saved.about) == (ANA, "saved", 3, about())
        assert sent(ledger, 9, 2, 3) == {1: "jan.xlsx", 2: "jan.xlsx"}
        assert not ledger.history().problems

    def test_a_row_is_claimed_once(self, where: str) -> None:
        save(open_ledger(where, ANA), 1, 2)
        ledger = open_ledger(where, BEN)
        with pytest.raises(AlreadySent) as told:
            save(ledger, 2, 3, file="again.xlsx")
        assert "ana saved 1 of these rows" in told.value.text.en and "jan.xlsx" in told.value.text.fr
        assert [each.saved.about.file for each in ledger.history().submissions] == ["jan.xlsx"]

    def test_who_knows_of_it_may_claim_it_again(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        first = save(ledger, 1)
        save(ledger, 1, file="again.xlsx", despite=[first])
        with pytest.raises(AlreadySent):
            save(ledger, 1, file="third.xlsx", despite=[first])

    def test_an_unfinished_claim_holds_its_rows(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        ledger.claim(about(), ledger.prints(sheet(1)), Path("jan.xlsx"))
        assert ledger.history().submissions[0].standing == "unfinished"
        with pytest.raises(AlreadySent):
            save(open_ledger(where, BEN), 1)

    def test_a_withdrawn_claim_lets_go_of_them(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        ledger.withdraw(ledger.claim(about(), ledger.prints(sheet(1)), Path("jan.xlsx")))
        save(open_ledger(where, BEN), 1)

    @pytest.mark.parametrize(
        ("status", "held"),
        [("pending", True), ("processed", True), ("error", False), ("deleted", False), ("withdrawn", False)],
    )
    def test_rows_are_held_as_long_as_icare_has_them_or_may_get_them(self, where: str, status, held: bool) -> None:
        ledger = open_ledger(where, ANA)
        ledger.set_status(save(ledger, 1), status)
        assert bool(sent(ledger, 1)) is held

    def test_the_last_status_counts(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2, 3)
        ledger.set_status(id_, "pending")
        found = ledger.set_status(id_[:6], "processed", accepted=2, rejected=1)
        assert (found.standing, found.accepted, found.rejected) == ("processed", 2, 1)

    def test_no_such_file(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1)
        with pytest.raises(NoSuchSubmission) as told:
            ledger.set_status("0", "pending")
        assert id_ in told.value.text.fr

    def test_two_who_save_the_same_rows_at_once(self, where: str) -> None:
        """Exactly one of them wins, and the other is told, in every round."""
        rounds, others = 12, 3
        context = multiprocessing.get_context("spawn")
        barrier, answers = context.Barrier(others), context.Queue()
        processes = [context.Process(target=_racer, args=(where, n, rounds, barrier, answers)) for n in range(others)]
        for each in processes:
            each.start()
        told = [answers.get(timeout=120) for _ in range(rounds * others)]
        for each in processes:
            each.join()
        assert {
            number: [won for n, won in told if n == number].count(True) for number in range(rounds)
        } == dict.fromkeys(range(rounds), 1)
        assert len(open_ledger(where, ANA).history().submissions) == rounds


def _racer(where: str, racer: int, rounds: int, barrier, answers) -> None:
    ledger = open_ledger(where, f"racer {racer}")
    for number in range(rounds):
        prints = ledger.prints(sheet(*range(100 * number, 100 * number + 50)))
        barrier.wait()
        try:
            ledger.complete(ledger.claim(about(f"{racer}.xlsx"), prints, Path("x.xlsx")))
            answers.put((number, True))
        except AlreadySent:
            answers.put((number, False))
