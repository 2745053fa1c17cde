"""The person's own catalogue: it grows by itself, survives Excel, and never holds a client's data."""

from __future__ import annotations

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icare_xl.icare import messages, privacy
from icare_xl.icare.example import good_row
from icare_xl.icare.messages import COLUMNS, Collected
from icare_xl.model.sheet import NOTES
from icare_xl.model.text import Text
from icare_xl.rejected import new_messages, rejections
from tests.support.sheets import sheet_of

ODD = Text("Too late.", "Trop tard.")
HEAD = ",".join(COLUMNS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "messages.csv"


def collect(path: Path, *said: Text) -> Collected:
    return messages.collect(messages.load(path), said, (), ())


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["english"], row["french"]) for row in csv.DictReader(file)]


class TestCollecting:
    def test_makes_a_file_that_excel_opens(self, path: Path) -> None:
        assert collect(path, ODD) == Collected(1, path)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf" + HEAD.encode() + b"\r\n")
        assert rows(path) == [("Too late.", "Trop tard.")]

    def test_takes_each_once(self, path: Path) -> None:
        assert collect(path, ODD, ODD).new == 1 and collect(path, ODD).new == 0
        assert collect(path, Text("Value 12 is odd.", ""), Text("Value 13 is odd.", "")).new == 1
        assert rows(path) == [("Too late.", "Trop tard."), ("Value … is odd.", "")]

    def test_writes_nothing_where_all_is_known(self, path: Path) -> None:
        assert collect(path).new == 0 and not path.exists()

    def test_keeps_what_the_person_wrote(self, path: Path) -> None:
        path.parent.mkdir()
        own = f'{HEAD},mine\r\nOld.,Vieux.,,,"It is,\nwell, old.",,,,,Ana\r\n\r\n,,,,,,,,,\r\n'
        path.write_text(own, "utf-8", newline="")
        assert collect(path, ODD).new == 1
        assert path.read_bytes().decode("utf-8-sig") == own + "Too late.,Trop tard.,,,,,,,,\r\n"

    def test_leaves_the_file_where_writing_fails(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        collect(path, ODD)
        before = path.read_bytes()

        def locked(*_: object) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "replace", locked)
        found = collect(path, Text("Too early.", ""))
        assert found.new == 0 and found.trouble and "Permission denied" in found.trouble.en
        assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]

    def test_what_excel_would_take_for_a_formula_is_none(self, path: Path) -> None:
        collect(path, Text("=cmd|calc is odd.", "+Bizarre."))
        assert rows(path) == [("cmd|calc is odd.", "Bizarre.")]


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_whatever_excel_made_of_it(self, path: Path, encoding: str, delimiter: str, end: str) -> None:
        path.parent.mkdir()
        filled = ["Too late.", "Trop tard.", "", "", "", "Le mois est fermé…", "", "Demandez à IRCC", ""]
        lines = ["", delimiter.join(COLUMNS), "", delimiter.join(filled), delimiter * 8, ""]
        path.write_text(end.join(lines), encoding, newline="")
        entry = messages.load(path).find(ODD)
        assert entry and entry.meaning == Text("Le mois est fermé…", "Le mois est fermé…")
        assert collect(path, Text("Été.", "")).new == 1
        assert messages.load(path).find(ODD) == entry
        assert collect(path, Text("Été.", "")).new == 0

    def test_a_separator_line_and_other_capitals_are_fine(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("sep=;\nFrench;ENGLISH;Meaning_EN\nTrop tard.;Too late.;Closed.\n")
        assert messages.load(path).find(ODD) is not None
        assert collect(path, Text("Too early.", "Trop tôt.")).new == 1
        assert path.read_text("utf-8-sig").endswith("Trop tôt.;Too early.;\n")

    def test_the_persons_words_go_before_ours(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text(f"{HEAD}\nunable to validate,,,,Ours.,,,,postal_cd\n")
        entry = messages.load(path).find(Text("Unable to validate against database.", ""))
        assert entry and entry.meaning == Text("Ours.", "Ours.") and entry.look_at == ("postal_cd",)

    def test_an_entry_not_yet_filled_in_hides_nothing(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text(f"{HEAD}\nUnable to validate against database.,,,,,,,,\n…,…,,,Anything.,,,,\n")
        found = messages.load(path).find(Text("Unable to validate against database.", ""))
        assert found == messages.shipped().entries[0]

    @pytest.mark.parametrize(
        "content",
        [b"", b"nonsense", b"PK\x03\x04\x00\x81\x8d", b"a,b\n1,2\n", f"{HEAD}\na,b,c,d,e,f,g,h,i,extra\n".encode()],
    )
    def test_what_cannot_be_used_is_told_and_left_alone(self, path: Path, content: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(content)
        catalogue = messages.load(path)
        assert catalogue.trouble and str(path) in catalogue.trouble.en
        assert catalogue.entries == messages.shipped().entries
        assert messages.collect(catalogue, [ODD], (), ()) == Collected(0, path, catalogue.trouble)
        assert path.read_bytes() == content

    def test_no_file_is_no_trouble(self, path: Path) -> None:
        assert messages.load(path).trouble is None and not path.exists()


class TestPrivacy:
    PLANTED = ("12345678", "1978-05-20", "T987654321", "M1B5K1", "Ana", "Novak", "Toronto", "ana@example.com")

    @pytest.mark.parametrize(
        "said",
        [
            "Client 12345678 born 1978-05-20 is unknown.",
            "The value “Ana Novak” is not allowed here.",
            'The value "Ana Novak" is not allowed here.',
            "The value 'Ana Novak' is not allowed here.",
            "The value «\u00a0Ana Novak\u00a0» is not allowed here.",
            "The value “Ana Novak",
            "The value [Toronto] (Ana Novak) is not allowed.",
            "Client Ana Novak has no identifier T987654321.",
            "Ana Novak has no identifier.",
            "The city Toronto has no postal code M1B5K1 or M1B 5K1.",
            "Address of ana@example.com is wrong.",
            "L’identité d’Ana Novak, née le 20 mai 1978, est inconnue.",
        ],
    )
    def test_a_planted_value_never_reaches_the_file(self, path: Path, said: str) -> None:
        for english, french in ((said, ""), ("", said), (said, said)):
            collect(path, Text(english, french))
        written = path.read_text("utf-8-sig")
        assert not [value for value in (*self.PLANTED, "mai", "5K1") if value.casefold() in written.casefold()]

    @pytest.mark.parametrize("remark", [" Ana called from lisbon", "\nask ana about lisbon", ") Ana: lisbon"])
    @pytest.mark.parametrize("form", ["(Service) Too late. / (Service) Trop tard.{}", "(Service) Too late.{}"])
    def test_a_persons_remark_behind_a_message_stays_out(self, path: Path, remark: str, form: str) -> None:
        note = "[BUID:1,RID:,ORP:1/1,DTS:2026-02-03 10:05:04][1] " + form.format(remark)
        sheet = sheet_of({4: good_row() | {NOTES: note}})
        assert new_messages.collect(rejections.read(sheet, messages.load(path))).new == 1
        assert "lisbon" not in path.read_text("utf-8-sig") and "Too late." in path.read_text("utf-8-sig")

    def test_what_stands_in_the_sheet_stays_out_and_labels_stay_in(self, path: Path) -> None:
        note = "[BUID:1,RID:,ORP:1/1,DTS:x][1] (Service) Postal Code ab cd of our place is odd. / (Service) Bizarre."
        sheet = sheet_of({4: good_row() | {NOTES: note}, 9: good_row(1) | {"postal_cd": "AB cd"}}, beside="our place")
        new_messages.collect(rejections.read(sheet, messages.load(path)))
        assert rows(path) == [("Postal Code … of … is odd.", "Bizarre.")]

    @given(
        value=st.text(string.ascii_letters + string.digits + "@-/", min_size=3, max_size=20),
        before=st.sampled_from(["Value ", "La valeur de ", "x: ", ""]),
        after=st.sampled_from([" is odd.", ", est bizarre.", ".", ""]),
    )
    def test_a_cells_value_is_masked_wherever_it_stands(self, value: str, before: str, after: str) -> None:
        assert value not in privacy.masked(f"{before}{value}{after}", [value], ()).removeprefix(before).removesuffix(
            after
        )
