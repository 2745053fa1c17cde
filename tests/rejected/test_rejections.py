"""Rejected rows as staff work on them: the right cells, by client, with honest hints."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from icare_xl.icare import library, messages
from icare_xl.icare.blank_workbook import Value
from icare_xl.icare.example import good_row
from icare_xl.icare.recognise import upload_sheet
from icare_xl.model.addresses import a1
from icare_xl.model.client import IDENTITY
from icare_xl.model.sheet import NOTES
from icare_xl.model.template import Template
from icare_xl.model.text import Text
from icare_xl.rejected import likely_slips, rejections
from icare_xl.rejected.rejections import Rejected
from icare_xl.rejected.sentences import complaint_lines, rejected_summary
from icare_xl.workbooks.file import FileHost
from tests.icare.test_notes import FIRST, SECOND, THIRD
from tests.support.sheets import sheet_of, small_workbook

SERVICES = library.built_in()
TYPE, ID, BORN = IDENTITY


def read(rows: Mapping[int, Mapping[str, Value]], of: Template | None = None) -> Rejected:
    return rejections.read(sheet_of(rows, of=of), messages.shipped())


def noted(client: int, note: str = THIRD, **more: Value) -> dict[str, Value]:
    return good_row(client) | {NOTES: note} | more


def generated(template: Template, seed: int) -> tuple[str, list[str]]:
    """A note in one of both forms, with some messages, and the field ids that it names."""
    chance = random.Random(f"{template.service} {seed}")
    ids = [field.id for field in template.fields if field.id != NOTES]
    named: list[str] = []
    written = []
    for number in range(1, chance.randint(1, 3) + 1):
        some = chance.sample(ids, chance.randint(0, 4))
        named += some
        marker = (
            f"[XML:{chance.choice([', ', ',', ', ']).join(some)}]" if some or chance.random() < 0.5 else f"[{number}]"
        )
        written.append(f"{marker} (Service) Words {number}. / (Service) Mots {number}.")
    head = f"[BUID:{seed},RID:{chance.choice(['', '91670490'])},ORP:{seed + 1}/25,DTS:2026-02-03 10:05:04]"
    return head + chance.choice([" ", "\n", ""]).join(written), named


@pytest.mark.parametrize("template", SERVICES, ids=lambda template: template.service)
def test_generated_notes_lead_to_their_cells(template: Template) -> None:
    """25 notes for each of the eight templates: 200, and every one to exactly its cells."""
    made = {4 + seed: generated(template, seed) for seed in range(25)}
    first = next(field.id for field in template.fields if field.id not in (NOTES, "update_record_id"))
    found = read({row: {NOTES: note, first: "x"} for row, (note, _) in made.items()}, of=template)
    assert found.rows == list(made)
    for row, (_, named) in made.items():
        cells = [place for each in found.complaints if each.row == row for place in each.cells]
        assert [a1(*place) for place in cells] == [a1(row, template.ids.index(id_)) for id_ in named]


@pytest.mark.parametrize("template", SERVICES, ids=lambda template: template.service)
def test_generated_notes_lead_to_their_cells_in_a_workbook(template: Template, tmp_path: Path) -> None:
    made = {4 + seed: generated(template, seed) for seed in range(3)}
    path = small_workbook(tmp_path / "r.xlsx", {row: {NOTES: note} for row, (note, _) in made.items()}, of=template)
    with FileHost(path) as host:
        found = rejections.read(upload_sheet(host), messages.shipped())
    assert {(row, template.ids.index(id_)) for row, (_, named) in made.items() for id_ in named} == {
        place for each in found.complaints for place in each.cells
    }


def test_a_field_id_in_other_capitals_is_found() -> None:
    (complaint,) = read({4: noted(0, SECOND.replace("consent_ind, phone_no", "POSTAL_CD"))}).complaints
    assert [a1(*place) for place in complaint.cells] == ["F4"]


class TestWhereToLook:
    def test_identity_points_to_identifier_type_and_birth(self) -> None:
        (complaint,) = read({4: noted(0, FIRST)}).complaints
        assert complaint.cells == () and [a1(*place) for place in complaint.look_at] == ["C4", "D4", "E4"]

    def test_a_named_cell_goes_before_the_category(self) -> None:
        (complaint,) = read({4: noted(0, FIRST.replace("[XML:]", "[XML:client_birth_dt]"))}).complaints
        assert [a1(*place) for place in complaint.cells] == ["E4"] and complaint.look_at == ()

    def test_an_unknown_message_of_a_known_category_points_too(self) -> None:
        (complaint,) = read(
            {4: noted(0, "[BUID:1,RID:,ORP:1/1,DTS:x][1] (Client) Odd. / (Client) Bizarre.")}
        ).complaints
        assert [a1(*place) for place in complaint.look_at] == ["C4", "D4", "E4"] and not complaint.message.explained

    def test_a_missing_phone_number_without_fields_points_to_the_profile(self) -> None:
        profile = library.of_service("client_profile")
        (complaint,) = read(
            {4: {NOTES: SECOND.replace("XML:consent_ind, phone_no", "1"), ID: "12345678"}}, profile
        ).complaints
        assert complaint.look_at == ((4, profile.ids.index("consent_ind")), (4, profile.ids.index("phone_no")))

    def test_a_field_of_another_sheet_is_named(self) -> None:
        found = read({4: noted(0, SECOND)})
        assert found.complaints[0].absent == ("consent_ind", "phone_no")
        assert any("consent_ind, phone_no" in line.en for line in complaint_lines(found))

    def test_fields_of_another_sheet_are_said_of_the_rows_that_name_them_alone(self) -> None:
        head = "[BUID:1,RID:2,ORP:1/1,DTS:2015-04-13 13:18:23]"
        notes = [
            f"{head}[XML:{id_}] (Service) Wrong. / (Service) Faux." for id_ in ("postal_cd", "heard_of", "postal_cd")
        ]
        told = [text.en for text in complaint_lines(read({4 + n: noted(n, note) for n, note in enumerate(notes)}))]
        with_it = [number for number, line in enumerate(told) if line.endswith("does not have: heard_of.")]
        assert with_it == [3] and told[4].startswith("Row 5: ") and len(told) == 5

    def test_marks_tell_missing_wrong_and_doubtful_cells_apart(self) -> None:
        note = SECOND.replace("consent_ind, phone_no", "postal_cd, support_received_ind")
        found = read({4: noted(0, note, postal_cd=""), 5: noted(1)})
        ids = library.of_service("information_orientation").ids
        assert found.cells_to_mark == {
            "missing": {(4, ids.index("postal_cd"))},
            "wrong": {(4, ids.index("support_received_ind"))},
            "warning": {(5, ids.index(id_)) for id_ in IDENTITY},
        }


class TestByClient:
    def test_one_wrong_identifier_sinks_all_rows_of_the_client(self) -> None:
        rows = {row: noted(1) for row in (4, 5, 7, 9, 12, 13, 20)} | {6: noted(2)}
        found = read(rows)
        assert [client.rows for client in found.clients] == [(4, 5, 7, 9, 12, 13, 20), (6,)]
        assert rejected_summary(found) == Text(
            "8 rows rejected: 8 for identity; 2 clients.", "8 lignes rejetées\u00a0: 8 pour l’identité; 2 clients."
        )
        head, *lines = complaint_lines(found)
        assert head.fr.startswith("«\u00a0Impossible de valider dans la base de données.\u00a0» iEDEC n’a trouvé aucun")
        assert [line.en for line in lines] == [
            "1 client, 7 rows (4, 5, 7, 9, 12, 13, 20): see C4, D4, E4, C5, D5, E5, ….", "Row 6: see C6, D6, E6.",
        ]  # fmt: skip

    def test_the_sentence_counts_rows_by_reason(self) -> None:
        phone = SECOND.replace("consent_ind, phone_no", "")
        rows = {row: noted(row % 2) for row in range(4, 9)} | {9: noted(2, phone), 10: noted(3, phone)}
        assert rejected_summary(read(rows)) == Text(
            "7 rows rejected: 5 for identity, 2 for a missing phone number; 4 clients.",
            "7 lignes rejetées\u00a0: 5 pour l’identité, 2 pour un numéro de téléphone manquant; 4 clients.",
        )

    def test_one_row_in_french_is_singular(self) -> None:
        assert rejected_summary(read({4: noted(0)})).fr == "1 ligne rejetée\u00a0: 1 pour l’identité; 1 client."

    def test_a_sheet_without_clients_counts_none(self) -> None:
        found = read({4: {NOTES: SECOND, "course_cd": "A"}}, library.of_service("lt_course_setup"))
        assert found.clients == [] and rejected_summary(found).en == "1 row rejected: 1 for a missing phone number."

    def test_rows_without_an_identifier_are_not_one_client(self) -> None:
        found = read({4: noted(0, **{ID: ""}), 5: noted(1, **{ID: ""})})
        assert [client.rows for client in found.clients] == [(4,), (5,)]

    def test_no_value_of_a_client_is_said(self) -> None:
        rows = {4: noted(0, **{ID: "7654321"}), 5: noted(1, **{ID: "7654321"})}
        found = read(rows)
        said = " ".join(f"{line.en} {line.fr}" for line in complaint_lines(found))
        assert likely_slips.COUNT.en[:20] in said
        assert not any(value in said for value in ("7654321", str(rows[4][BORN]), str(rows[5][BORN])))


class TestLikelyCauses:
    """Each with the cells that show it; a good row has none."""

    def hints(self, rows: Mapping[int, Mapping[str, Value]]) -> dict[int, list[str]]:
        sheet = sheet_of({row: good_row(row) | given for row, given in rows.items()})
        named = {name: text for name, text in vars(likely_slips).items() if isinstance(text, Text)}
        return {
            row: [next(name for name, text in named.items() if _is(hint, text)) for hint in hints]
            for row, hints in likely_slips.likely(sheet, sheet.rows.tolist()).items()
        }

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ({4: {}, 5: {}}, {}),
            ({4: {ID: "1234567"}}, {4: ["COUNT"]}),
            ({4: {ID: "123456789"}}, {4: ["COUNT"]}),
            ({4: {ID: "1234567O"}}, {4: ["LETTERS"]}),
            ({4: {ID: "T123456789"}}, {4: ["OTHER_TYPE"]}),
            ({4: {TYPE: "IMM5292, IMM5509, IMM1000 Number"}}, {4: ["OTHER_TYPE"]}),
            ({4: {ID: "1234-5678"}}, {4: ["SEPARATORS"]}),
            ({4: {BORN: "03/04/1985"}}, {4: ["TWO_DAYS"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "12345678", BORN: "1985-04-03"}},
             {4: ["SWAPPED"], 5: ["SWAPPED"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "12345678", BORN: "1985-03-14"}},
             {4: ["OTHER_BIRTH"], 5: ["OTHER_BIRTH"]}),
            ({4: {ID: "12345678", BORN: "1985-03-03"}, 5: {ID: "12345678", BORN: "1985-03-14"}},
             {4: ["OTHER_BIRTH"], 5: ["OTHER_BIRTH"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "12345670", BORN: "1985-03-04"}},
             {4: ["ALMOST"], 5: ["ALMOST"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "21345678", BORN: "1985-03-04"}},
             {4: ["ALMOST"], 5: ["ALMOST"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "1234567", BORN: "1985-03-04"}},
             {4: ["ALMOST"], 5: ["COUNT", "ALMOST"]}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "12345600", BORN: "1985-03-04"}}, {}),
            ({4: {ID: "12345678", BORN: "1985-03-04"}, 5: {ID: "12345670", BORN: "1985-03-05"}}, {}),
        ],
    )  # fmt: skip
    def test_of(self, rows: dict[int, dict[str, Value]], expected: dict[int, list[str]]) -> None:
        assert self.hints(rows) == expected

    def test_come_with_the_cells_that_show_them(self) -> None:
        rows = {
            4: noted(0, **{ID: "12345678", BORN: "1985-03-04"}),
            9: good_row(1) | {ID: "12345678", BORN: "1985-04-03"},
        }
        (complaint,) = read(rows).complaints
        assert complaint.causes == (likely_slips.SWAPPED.format(cell="E4", others="E9"),)

    def test_are_of_identity_alone(self) -> None:
        assert read({4: noted(0, SECOND, **{ID: "1234567"})}).complaints[0].causes == ()

    def test_of_a_sheet_full_of_one_placeholder_come_soon(self) -> None:
        rows: dict[int, Any] = {
            4 + n: noted(n, **{ID: str(10_000_000 + n % 1250), BORN: f"1985-0{1 + n % 9}-01"}) for n in range(2500)
        }
        assert len(read(rows).complaints) == 2500


def _is(hint: Text, text: Text) -> bool:
    return bool(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(text.en)), hint.en))
