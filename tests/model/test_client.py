"""One client is one for rules, rejections, error list and ledger alike, however the identifier is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from icare_xl.check.engine import check, check_folder
from icare_xl.check.error_list import Checked, Listing
from icare_xl.check.error_list.listing import words
from icare_xl.check.error_list.summary import by_client
from icare_xl.icare import messages
from icare_xl.icare.example import good_row
from icare_xl.model.cells import Cell
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, births, client_key, conflicts, row_keys
from icare_xl.model.sheet import NOTES
from icare_xl.model.template import Field
from icare_xl.rejected import matching, rejections
from icare_xl.upload.ledger.fingerprints import fingerprint, normal
from tests.icare.test_notes import THIRD
from tests.support.sheets import TODAY, sheet_of

# What ledgers already hold is made of the form on the right.
FORMS = [
    ("12345678", "12345678"), ("1234-5678", "12345678"), ("1234/5678", "12345678"), ("1234\\5678", "12345678"),
    ("1234.5678", "12345678"), ("1234_5678", "12345678"), ("#1234 5678", "12345678"), ("1234\u20105678", "12345678"),
    ("1234\u20115678", "12345678"), ("1234\u20135678", "12345678"), ("1234\u20145678", "12345678"),
    ("1234\u20155678", "12345678"), ("1234\u22125678", "12345678"), ("12 34\xa056\u202f78", "12345678"),
    ("\u200b1234\u200b5678", "12345678"), ("\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18", "12345678"),
    ("\u0661\u0662\u0663\u0664", "\u0661\u0662\u0663\u0664"), ("T123456789", "t123456789"),
    ("t-123 456 789", "t123456789"), ("\uff34\uff11\uff12\uff13", "t123"), ("\xc912", "\xe912"),
    ("e\u030112", "\xe912"), ("\xe9-12", "\xe912"), ("stra\xdfe 1", "strasse1"), ("\u013012", "i12"),
    ("\ufb011", "fi1"), ("\u2116 12", "no12"), ("\xbd", "12"), ("x\u0302\u0301 1", "x1"), ("12\xb2", "122"),
    ("\u01521", "\u01531"), ("n/a", "na"), ("0", "0"), ("", ""), ("  ", ""), ("\xad", ""),
]  # fmt: skip
ONLY_SIGNS = [("---", "---"), ("\u2014", "-"), (" / ", "/"), ("_", "_"), ("\u2019", "'"), ("\xb4", "\u0301")]
SEPARATED = ["1234/5678", "1234.5678", "1234_5678", "1234 5678", "１２３４５６７８", "#1234-5678"]


@pytest.mark.parametrize(("typed", "form"), FORMS)
def test_the_ledger_keeps_its_form_of_an_identifier_which_is_the_clients_key(typed: str, form: str) -> None:
    assert normal(Field(IDENTIFIER, "", "identifier", True), Cell(typed)) == client_key(typed) == form


@pytest.mark.parametrize(("typed", "form"), ONLY_SIGNS)
def test_signs_alone_tell_no_client_and_keep_their_form_in_the_ledger(typed: str, form: str) -> None:
    assert normal(Field(IDENTIFIER, "", "identifier", True), Cell(typed)) == form
    assert client_key(typed) == ""


@pytest.mark.parametrize(("kind", "typed", "form"), [("postal", "m1b–5K1", "m1b5k1"), ("phone", "(416) 555-0123", "4165550123"),
                                                     ("postal", "--", "--")])  # fmt: skip
def test_the_ledger_keeps_its_form_of_other_codes(kind: str, typed: str, form: str) -> None:
    assert normal(Field("any", "", kind, True), Cell(typed)) == form  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "content", "meeting"),
    [
        ("12345678", (1171120851538887731, 7900925520811221206), (7676658381059976906, 12891882297341765908)),
        ("1234/5678", (1171120851538887731, 7900925520811221206), (7676658381059976906, 12891882297341765908)),
        ("１２３４-５６７８", (1171120851538887731, 7900925520811221206), (7676658381059976906, 12891882297341765908)),
        ("t-123 456 789", (3549302939446319419, 15842361717168291622), (16989818154348195616, 12174951868477147876)),
        ("É 12", (9929412980134706740, 4253173421650986187), (12574249735785602842, 14420342879909081769)),
        ("---", (14524630785684476506, 9128269473180102907), (17563508688547998809, 12545233043011384929)),
    ],
)
def test_fingerprints_stay_what_they_are(typed: str, content: tuple[int, int], meeting: tuple[int, int]) -> None:
    """Another number here would let every row that was ever sent be sent again."""
    prints = fingerprint(sheet_of({4: good_row() | {IDENTIFIER: typed}}), bytes(range(32)))
    assert (tuple(prints.content[0]), tuple(prints.meeting[0])) == (content, meeting)


@pytest.mark.parametrize("typed", SEPARATED)
class TestOneClient:
    def rows(self, typed: str) -> dict[int, dict[str, object]]:
        return {
            row: good_row() | {IDENTIFIER: identifier, BIRTH_DATE: born, NOTES: THIRD}
            for row, identifier, born in ((4, "12345678", "1978-05-20"), (5, typed, "1978-05-21"))
        }

    def test_for_the_rules(self, typed: str) -> None:
        found = check(sheet_of(self.rows(typed)), TODAY).findings
        assert [each.cell for each in found if each.rule == "IC302"] == ["E4", "E5"]

    def test_among_files(self, typed: str) -> None:
        one, other = ({4: row} for row in self.rows(typed).values())
        reports = check_folder([sheet_of(one), sheet_of(other)], TODAY)
        assert [[each.cell for each in report.findings if each.rule == "IC402"] for report in reports] == [["E4"]] * 2

    def test_once_in_a_file(self, typed: str) -> None:
        rows = {4: good_row() | {IDENTIFIER: "12345678"}, 5: good_row() | {IDENTIFIER: typed}}
        found = check(sheet_of(rows), TODAY).findings
        assert [each.row for each in found if each.rule == "IC305"] == [5]

    def test_for_rejections(self, typed: str) -> None:
        rejected = rejections.read(sheet_of(self.rows(typed)), messages.shipped())
        assert [client.rows for client in rejected.clients] == [(4, 5)]
        assert all(each.causes for each in rejected.complaints)

    def test_in_the_error_list(self, typed: str) -> None:
        sheet = sheet_of(self.rows(typed))
        counts = by_client(Listing([Checked(Path("jan.xlsx"), sheet, check(sheet, TODAY))])).counts
        assert [(words(each.name, "en"), words(each.about, "en")) for each in counts] == [("12345678", "2 rows")]

    def test_by_position_in_the_original(self, typed: str) -> None:
        """iCARE's positions are trusted, as the only one leads to a row of the client."""
        original = sheet_of({4: {IDENTIFIER: "12345678", "postal_cd": "M1B5K1"}, 5: {"postal_cd": "H0H0H0"}})
        note = "[BUID:1,RID:2,ORP:1/2,DTS:2026-02-03 10:05:04][XML:] (Client) No. / (Client) Non."
        rejected = sheet_of({4: {NOTES: note, IDENTIFIER: typed, "postal_cd": "V5K0A1", "end_dttm": "2026-01-05"}})
        assert matching.original(original, rejected).pairs == ((4, 4),)


@pytest.mark.parametrize("typed", ["---", "/", "?", "_"])
def test_rows_whose_identifiers_are_signs_alone_are_not_one_client(typed: str) -> None:
    rows = {
        4 + number: good_row(number) | {IDENTIFIER: typed, NOTES: THIRD, "start_dttm": "2026-01-05"}
        for number in range(3)
    }
    sheet = sheet_of(rows)
    found = check(sheet, TODAY)
    assert not {"IC302", "IC305"} & {each.rule for each in found.findings}
    assert [client.rows for client in rejections.read(sheet, messages.shipped()).clients] == [(4,), (5,), (6,)]
    assert list(row_keys(sheet, IDENTIFIER)) == list(births(sheet)) == []
    counts = by_client(Listing([Checked(Path("jan.xlsx"), sheet, found)])).counts
    assert [(words(each.name, "en"), words(each.about, "en")) for each in counts] == [("no identifier", "3 rows")]


def test_keys_are_of_the_rows_in_which_all_fields_are_filled() -> None:
    rows = {
        4: {IDENTIFIER: "12-34", "postal_cd": " M1B 5K1"},
        5: {IDENTIFIER: "12"},
        7: {IDENTIFIER: "A", "postal_cd": "x"},
    }
    assert list(row_keys(sheet_of(rows), IDENTIFIER, "postal_cd")) == [(4, ("1234", "m1b 5k1")), (7, ("a", "x"))]
    assert list(row_keys(sheet_of(rows), IDENTIFIER, "no_such_field")) == []


def test_conflicts_come_client_by_client_in_the_order_of_what_is_said() -> None:
    told = [("b", 1, 4), ("a", 1, 5), ("b", 2, 6), ("c", 3, 7), ("a", 1, 8), ("c", 4, 9), ("b", 1, 10)]
    assert [*conflicts(told)] == [{1: [4, 10], 2: [6]}, {3: [7], 4: [9]}]
