"""The Excel add-in without Excel: its package, its ribbon, and its VBA, which LibreOffice runs."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mslex
import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icare_addin import build
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile

from icare_xl.excel.buttons.tab import BUTTONS, RIBBON
from icare_xl.excel.ribbon import Menu
from icare_xl.icare.example import month_with_mistakes
from tests.excel.test_buttons import expected, marked
from tests.stand_in import press
from tests.stand_in.basic import Basic
from tests.stand_in.engine import in_place
from tests.stand_in.libreoffice import LOCAL_FOLDER, Office
from tests.stand_in.with_libreoffice import LibreOfficeBackend
from tests.support import some
from tests.support.sheets import small_workbook

REFRESH = "python .ci/refresh.py"
PACKAGE = zipfile.ZipFile(build.OUT)
NAMES = PACKAGE.namelist()
CUSTOM_UI = ElementTree.fromstring(PACKAGE.read("customUI/customUI14.xml"))
CONTROLS = [each for each in CUSTOM_UI.iter() if each.get("id")]
TEXTS = build.texts()
PROCEDURES = {
    f"{module}.{name}": parameters
    for module, source in build.modules().items()
    for name, parameters in re.findall(r"^Public Sub (\w+)\((.*)\)", source, re.M)
}


def relationships(name: str) -> dict[str, str]:
    """What a part of the package points to, by type."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return {
        each.attrib["Type"].rpartition("/")[2]: posixpath.normpath(posixpath.join(folder, each.attrib["Target"]))
        for each in ElementTree.fromstring(PACKAGE.read(name))
    }


class TestPackage:
    def test_is_fresh(self, tmp_path: Path) -> None:
        build.write_addin(tmp_path / "new.xlam")
        assert (tmp_path / "new.xlam").read_bytes() == build.OUT.read_bytes(), f"run {REFRESH}"

    def test_every_part_has_one_content_type_and_none_is_named_in_vain(self) -> None:
        types = list(ElementTree.fromstring(PACKAGE.read("[Content_Types].xml")))
        endings = {each.get("Extension") for each in types}
        named = {each.attrib["PartName"].removeprefix("/") for each in types if each.get("PartName")}
        assert named < set(NAMES) and all(name.rpartition(".")[2] in endings for name in NAMES)

    def test_every_part_can_be_reached(self) -> None:
        maps = [name for name in NAMES if name.endswith(".rels")]
        reached = {target for name in maps for target in relationships(name).values()}
        assert reached == set(NAMES) - set(maps) - {"[Content_Types].xml"}

    def test_is_what_excel_opens(self) -> None:
        verdict = OpenXmlValidator().validate(build.OUT)
        assert not verdict.errors

    def test_names_nobody_and_no_machine(self) -> None:
        for name in set(NAMES) - {"xl/vbaProject.bin"}:
            assert not re.search(rb"[A-Z]:\\|/home|<dc:creator>(?!icare-xl<)", PACKAGE.read(name)), name


class TestVba:
    @pytest.mark.filterwarnings("ignore")  # of oletools, which lags behind its own imports
    def test_reads_back_as_written(self) -> None:
        from oletools.olevba import VBA_Parser

        reader = VBA_Parser(str(build.OUT))
        read = {name.rpartition("/")[2]: source for _, _, name, source in reader.extract_macros()}
        reader.close()
        ours = {f"{name}.bas": source for name, source in build.modules().items()}
        assert set(read) == set(ours) | {"ThisWorkbook.cls", "Sheet1.cls"}
        assert {name: read[name] for name in ours} == ours

    def test_holds_sources_and_no_compiled_code(self) -> None:
        with olefile.OleFileIO(PACKAGE.read("xl/vbaProject.bin"), raise_defects=olefile.DEFECT_INCORRECT) as project:
            names = {"/".join(name) for name in project.listdir()}
            assert project.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000000")
        modules = {"VBA/ThisWorkbook", "VBA/Sheet1"} | {f"VBA/{name}" for name in build.modules()}
        assert names == modules | {"VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"}
        with ExcelFile(build.OUT) as addin:
            assert [module.text_offset for module in addin.vba_project().modules] == [0, 0, 0, 0, 0]

    def test_needs_only_what_every_new_workbook_needs(self) -> None:
        with ExcelFile(build.OUT) as addin:
            assert [reference.name for reference in addin.references()] == ["stdole", "Office"]

    @pytest.mark.parametrize("name", build.modules())
    def test_a_module_is_as_excel_wants_it(self, name: str) -> None:
        source = build.modules()[name]
        assert source.isascii() and len(name) <= 31 and source.startswith(f'Attribute VB_Name = "{name}"\r\n')
        assert source.count("\n") == source.count("\r\n") and source.endswith("\r\n")
        assert not re.search(r"\bDeclare\b|[A-Z]:\\|/home|Attribute VB_(?!Name)", source)

    @pytest.mark.parametrize("name", PROCEDURES)
    def test_no_error_leaves_what_excel_calls(self, name: str) -> None:
        module, _, procedure = name.partition(".")
        body = build.modules()[module].partition(f"Sub {procedure}(")[2].partition("End Sub")[0]
        assert "On Error " in body


# What we use of the schema of 2009/07: what an element holds, what it must have, what it may have.
# A word that is not in the schema makes Excel leave out the whole tab without saying so.
_SHOWN = {"imageMso", "getScreentip", "getSupertip", "keytip", "tag", "size", "insertBeforeMso"}
SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "customUI": ({"ribbon", "contextMenus"}, {"onLoad"}, set()),
    "ribbon": ({"tabs"}, set(), set()),
    "tabs": ({"tab"}, set(), set()),
    "tab": ({"group"}, {"id", "getLabel", "keytip"}, {"insertAfterMso"}),
    "group": ({"button", "menu"}, {"id", "getLabel"}, set()),
    "menu": ({"button"}, {"id", "getLabel"}, _SHOWN),
    "button": (set(), {"id", "getLabel", "onAction"}, _SHOWN),
    "contextMenus": ({"contextMenu"}, set(), set()),
    "contextMenu": ({"button"}, {"idMso"}, set()),
}
VALUES = {"id": r"[A-Za-z_]\w*", "keytip": r"\S{1,3}", "size": "normal|large", "idMso": r"\w+", "imageMso": r"\w+"}


class TestRibbon:
    def test_keeps_to_the_schema(self) -> None:
        space = "{http://schemas.microsoft.com/office/2009/07/customui}"
        assert CUSTOM_UI.tag == f"{space}customUI"
        assert [each.tag for each in CUSTOM_UI] == [f"{space}ribbon", f"{space}contextMenus"]
        for element in CUSTOM_UI.iter():
            holds, must, may = SCHEMA[element.tag.removeprefix(space)]
            assert {child.tag.removeprefix(space) for child in element} <= holds
            assert must <= set(element.attrib) <= must | may, element.attrib
            for attribute, value in element.attrib.items():
                assert re.fullmatch(VALUES.get(attribute, ".{1,1024}"), value), (attribute, value)

    def test_only_controls_of_a_group_have_a_size(self) -> None:
        sized = {each.get("id") for group in CUSTOM_UI.iter() if group.tag.endswith("}group") for each in group}
        assert {each.get("id") for each in CONTROLS if each.get("size")} == sized

    def test_no_id_stands_twice(self) -> None:
        ids = [each.get("id") for each in CONTROLS]
        assert len(ids) == len(set(ids))

    def test_every_button_does_something_and_is_on_it(self) -> None:
        pressed = [each.get("tag") or each.get("id") for each in CONTROLS if each.get("onAction")]
        assert set(pressed) == set(BUTTONS) and len(pressed) == len(BUTTONS) + len(build.RIGHT_CLICK)

    def test_every_callback_is_there(self) -> None:
        wanted = {
            (value, 2 if attribute.startswith("get") else 1)
            for element in CUSTOM_UI.iter()
            for attribute, value in element.attrib.items()
            if re.match("on|get", attribute)
        }
        there = {name: parameters for name, parameters in PROCEDURES.items() if name.startswith("IcareRibbon.")}
        assert wanted == {(name, parameters.count(",") + 1) for name, parameters in there.items()}

    def test_every_text_is_there_in_both_languages(self) -> None:
        for each in CONTROLS:
            key = each.get("tag") or each.get("id")
            assert TEXTS[f"{key}.label"].en and TEXTS[f"{key}.label"].fr
            assert not each.get("getSupertip") or (TEXTS[f"{key}.tip"].en and TEXTS[f"{key}.tip"].fr)

    def test_every_text_that_vba_asks_for_is_there(self) -> None:
        asked = re.findall(r'(?:TextOf\(|reason = |, )"([a-z_.]+)"', "".join(build.modules().values()))
        assert set(asked) - {"fr", "en", "alone"} == {*build.own_texts(), "no_workbook", "protected_view", "busy"}

    def test_labels_fit_and_tips_are_sentences(self) -> None:
        for key, text in TEXTS.items():
            if key.endswith(".label"):
                longest = 60 if key.startswith("new_") else 30  # a menu has room for the whole name of a service
                assert max(len(text.en), len(text.fr)) <= longest, key
            else:
                assert key == "working" or (text.en[-1] == "." and text.fr[-1] == "."), key

    def test_keytips_are_unique_where_they_are_typed(self) -> None:
        controls = [control for group in RIBBON for control in group.controls]
        for scope in (controls, *(each.items for each in controls if isinstance(each, Menu))):
            keys = [each.keytip for each in scope]
            assert len(keys) == len(set(keys))
            assert not [key for key in keys for other in keys if key != other and other.startswith(key)]


@pytest.fixture(scope="module")
def vba(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Basic]:
    """A copy of the add-in, in LibreOffice."""
    addin = tmp_path_factory.mktemp("addin") / "icare-xl.xlam"
    addin.write_bytes(build.OUT.read_bytes())
    basic = Basic(addin, office)
    yield basic
    basic.close()


PYTHON = rf"{LOCAL_FOLDER}\IcareXL\venv\Scripts\pythonw.exe"
AWKWARD = st.text(st.sampled_from("a é’&^%!;='(){}[]~ő\u00a0\t\\\" "), max_size=30)
PATHS = st.text(st.sampled_from("ab é’&^%!;='(){}~ő\u00a0\\"), max_size=30).map(lambda path: rf"C:\{path}\pythonw.exe")
SOME = settings(max_examples=some(60), deadline=None)


def by_windows(command: str, **variables: str) -> str:
    """As ExpandEnvironmentStrings does it: one pass, names that are not set stay as they are."""
    done, rest = "", command
    while rest:
        name, percent, after = rest[1:].partition("%")
        if rest[0] == "%" and percent and name.upper() in variables:
            done, rest = done + variables[name.upper()], after
        else:
            done, rest = done + rest[0], rest[1:]
    return done


class TestVbaRuns:
    @pytest.mark.parametrize("name", PROCEDURES)
    def test_what_excel_calls_compiles_and_lets_no_error_out(self, vba: Basic, name: str) -> None:
        count = PROCEDURES[name].count(",") + 1 if PROCEDURES[name] else 0
        vba.call(name, *["neither a control nor a ribbon"] * count)

    @pytest.mark.parametrize("key", TEXTS)
    def test_finds_its_texts(self, vba: Basic, key: str) -> None:
        assert vba.call("IcareStart.TextIn", "en", key) == TEXTS[key].en
        assert vba.call("IcareStart.TextIn", "fr", key) == TEXTS[key].fr

    def test_an_unknown_text_is_its_key(self, vba: Basic) -> None:
        assert vba.call("IcareStart.TextIn", "fr", "nope.label") == "nope.label"

    @pytest.mark.parametrize(
        ("wish", "excel", "language"),
        [
            ("", 0x0C0C, "fr"),  # Canada
            ("", 0x040C, "fr"),  # France
            ("", 0x1009, "en"),  # Canada
            ("", 0x0407, "en"),  # German
            ("en", 0x0C0C, "en"),
            ("fr", 0x0409, "fr"),
            ("es", 0x0C0C, "fr"),
        ],
    )
    def test_speaks_the_language_that_was_chosen_else_that_of_excel(
        self, vba: Basic, wish: str, excel: int, language: str
    ) -> None:
        assert vba.call("IcareStart.ChosenLanguage", wish, str(excel)) == language

    def test_without_the_registry_speaks_english_and_looks_in_the_persons_folder(self, vba: Basic) -> None:
        assert (vba.call("IcareStart.Language"), vba.call("IcareStart.PythonExe")) == ("en", PYTHON)

    @given(word=AWKWARD)
    @SOME
    def test_a_quoted_word_arrives_as_it_was(self, vba: Basic, word: str) -> None:
        assert mslex.split("x " + vba.call("IcareStart.Quoted", word) + " y", like_cmd=False, ucrt=True) == [
            "x",
            word,
            "y",
        ]

    @given(exe=PATHS)
    @SOME
    def test_the_command_line_says_what_was_meant(self, vba: Basic, exe: str) -> None:
        line = vba.call("IcareStart.CommandLine", "check", exe, "12345", "fr")
        meant = [exe, "-I", "-m", "icare_xl", "press", "check", "--hwnd", "12345", "--lang", "fr"]
        assert mslex.split(line, like_cmd=False, ucrt=True) == meant

    @given(command=st.lists(st.sampled_from(["a", "%", "%TEMP%", "%ICARE_PERCENT%", "é", "\\"])).map("".join))
    @SOME
    def test_a_percent_sign_survives_windows(self, vba: Basic, command: str) -> None:
        assert by_windows(vba.call("IcareStart.Unexpanded", command), ICARE_PERCENT="%", TEMP="elsewhere") == command

    @pytest.mark.parametrize("control", [each.get("id") for each in CONTROLS if each.get("onAction")])
    def test_a_press_becomes_a_command(self, vba: Basic, control: str) -> None:
        words: list[Any] = mslex.split(vba.command_line_for(control, hwnd=77), like_cmd=False, ucrt=True)
        [element] = [each for each in CONTROLS if each.get("id") == control]
        action = element.get("tag") or control
        assert words == [PYTHON, "-I", "-m", "icare_xl", "press", action, "--hwnd", "77", "--lang", "en"]

    @pytest.mark.parametrize(
        ("number", "reason"), [(0x80070002, "not_found"), (0x80070003, "not_found"), (0x80070005, "not_started")]
    )
    def test_tells_a_missing_python_from_a_forbidden_one(self, vba: Basic, number: int, reason: str) -> None:
        signed = str(number - 2**32)
        assert vba.call("IcareStart.WhyNot", signed) == reason
        assert vba.call("IcareStart.Told", reason, signed) == TEXTS[reason].en.format(python=PYTHON, code=f"{number:X}")

    @pytest.mark.parametrize(("code", "reason"), [("1", "failed"), ("2", "failed"), ("3", "no_excel"), ("4", "busy")])
    def test_tells_why_a_press_stopped_where_python_cannot_speak(self, vba: Basic, code: str, reason: str) -> None:
        assert vba.call("IcareStart.WhyStopped", code) == reason
        assert vba.call("IcareStart.Told", reason, code) == TEXTS[reason].en.format(python=PYTHON, code=code)

    @pytest.mark.parametrize(
        ("shown", "said", "ours"),
        [
            ("1 of 3 · F4", "1 of 3 · F4", True),
            ("12 of 2500 records found", "1 of 3 · F4", False),
            ("False", "", False),
        ],
    )
    def test_gives_the_bar_back_where_it_still_shows_what_a_button_said(
        self, vba: Basic, shown: str, said: str, ours: bool
    ) -> None:
        assert vba.call("IcareBar.IsOurs", shown, said) == str(ours)
        assert vba.call("IcareBar.Caller") == "'icare-xl.xlam'!IcareBar.GiveBarBack"

    @pytest.mark.parametrize(
        ("action", "views", "obstacle"),
        [
            ("check", "0", "no_workbook"),
            ("check", "1", "protected_view"),
            ("try_example", "0", ""),
            ("new_nars", "1", ""),
        ],
    )
    def test_without_a_workbook_only_some_buttons_work(
        self, vba: Basic, action: str, views: str, obstacle: str
    ) -> None:
        assert vba.call("IcareStart.Obstacle", action, views) == obstacle


def test_from_the_ribbon_to_the_marks(vba: Basic, office: Office, tmp_path: Path) -> None:
    """A control goes through the VBA to a command line, which checks the workbook that is open in LibreOffice."""
    with in_place(LibreOfficeBackend(office.desktop)) as excel:
        path = small_workbook(tmp_path / "jan é&.xlsx", month_with_mistakes())
        excel.open(path)
        program, *words = mslex.split(vba.command_line_for("check", hwnd=excel.hwnd), like_cmd=False, ucrt=True)
        assert (program, words[0]) == (PYTHON, "-I")
        stand_in = [sys.executable, str(Path(press.__file__)), *words[1:]]  # as `python -m`, with LibreOffice for Excel
        report = tmp_path / "report.json"
        environment = os.environ | {"EXCEL_PORT": str(office.port), "EXCEL_REPORT": str(report)}
        done = subprocess.run(stand_in, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        [alert] = json.loads(report.read_text("utf-8"))["alerts"]
        assert alert["prompt"].startswith("12 rows checked: ")
        assert marked(excel) == expected(path)
        excel.close_all()
