"""Build the Excel add-in, without Excel, from the ribbon, its texts and its VBA.

    python addin/build.py [OUT]

The same input gives the same bytes on every machine: nothing is compressed by zlib, dated or named after its maker.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.sax.saxutils import escape

from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB

from icare_xl.excel.buttons.tab import BUTTONS, RIBBON
from icare_xl.excel.ribbon import TAB_KEYTIP, Button, Menu, controls_of
from icare_xl.model.text import Text
from icare_xl.workbooks.excel.errors import CellBeingEdited, NoWorkbook, ProtectedView

Table = list[tuple[str, str, str]]  # key, English, French
HERE = Path(__file__).parent
OUT = HERE / "icare-xl.xlam"
TITLE = "icare-xl (iCARE / iEDEC)"
ABOUT = "Checks iCARE workbooks before upload. / Vérifie les classeurs iEDEC avant le téléversement."
RIGHT_CLICK = {"menu": "ContextMenuCell", "table": "ContextMenuListRange"}  # of a cell; of a cell in a table

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML = "http://schemas.openxmlformats.org/"
_MAIN = f"{_OOXML}spreadsheetml/2006/main"
_OFFICE = f"{_OOXML}officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MICROSOFT = "http://schemas.microsoft.com/office"


def main() -> None:
    write_addin(Path(sys.argv[1]) if sys.argv[1:] else OUT)


def write_addin(out: Path = OUT) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0  # else it tells Windows from the others
            package.writestr(entry, content)


def parts() -> dict[str, bytes]:
    """The files of the package by name."""
    skeleton = _skeleton()
    table = [(key, text.en, text.fr) for key, text in texts().items()] + [("alone", alone(), alone())]
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_OOXML}package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
            (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _app(),
        "customUI/customUI14.xml": ribbon(),
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
            (f"{_OFFICE}/theme", "theme/theme1.xml"),
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/sharedStrings", "sharedStrings.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _sheet(table),
        "xl/sharedStrings.xml": _strings(table),
        "xl/theme/theme1.xml": skeleton["xl/theme/theme1.xml"],
        "xl/styles.xml": skeleton["xl/styles.xml"],
        "xl/vbaProject.bin": _not_compiled(skeleton["xl/vbaProject.bin"]),
    }


def ribbon() -> bytes:
    """The tab and the two right-click menus; every text is asked for, in the language of the moment."""
    root = Element("customUI", xmlns=f"{_MICROSOFT}/2009/07/customui", onLoad="IcareRibbon.OnLoad")
    tabs = SubElement(SubElement(root, "ribbon"), "tabs")
    label = {"getLabel": "IcareRibbon.GetLabel"}
    tab = SubElement(tabs, "tab", id="icare_tab", keytip=TAB_KEYTIP, insertAfterMso="TabView", **label)
    for group in RIBBON:
        element = SubElement(tab, "group", id=group.id, **label)
        for control in group.controls:
            _add(element, control, size="large" if control.large else "normal")
    right_click = SubElement(root, "contextMenus")
    explain = BUTTONS["explain_cell"]
    for place, menu in RIGHT_CLICK.items():
        # An id stands once in a ribbon: these name the button they stand for in their tag.
        own = {"id": f"{explain.id}_{place}", "tag": explain.id, "imageMso": explain.image, **label}
        where = SubElement(right_click, "contextMenu", idMso=menu)
        SubElement(where, "button", insertBeforeMso="Cut", onAction="IcareRibbon.OnAction", **own)
    indent(root)
    return _XML.encode() + tostring(root, "utf-8") + b"\n"


def _add(parent: Element, control: Button | Menu, **size: str) -> None:
    """The items of a menu have no size of their own."""
    asked = {"getLabel": "GetLabel", "getScreentip": "GetLabel", "getSupertip": "GetSupertip"}
    if isinstance(control, Button):
        asked["onAction"] = "OnAction"
    callbacks = {attribute: f"IcareRibbon.{procedure}" for attribute, procedure in asked.items()}
    own = {"id": control.id, "imageMso": control.image, "keytip": control.keytip}
    element = SubElement(parent, type(control).__name__.lower(), **own, **size, **callbacks)
    for item in control.items if isinstance(control, Menu) else ():
        _add(element, item)


def texts() -> dict[str, Text]:
    """Everything the add-in says: of the ribbon, then of texts.csv, then what Python would say if it could be asked."""
    return (
        dict(_of_ribbon())
        | own_texts()
        | {
            "no_workbook": NoWorkbook.says,
            "protected_view": ProtectedView.says,
            "busy": CellBeingEdited.says,
        }
    )


def alone() -> str:
    """The buttons that need no workbook, each between blanks."""
    return "".join(f" {each.id} " for each in BUTTONS.values() if each.alone)


def own_texts() -> dict[str, Text]:
    """What VBA says when Python cannot speak."""
    with (HERE / "texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Text(row["en"], row["fr"]) for row in csv.DictReader(file)}


def _of_ribbon() -> Iterator[tuple[str, Text]]:
    for group in RIBBON:
        yield f"{group.id}.label", group.label
        for each in controls_of(group):
            yield f"{each.id}.label", each.label
            yield f"{each.id}.tip", each.tip


def modules() -> dict[str, str]:
    """Our VBA by name of module, with the line ends that VBA wants."""
    return {path.stem: path.read_text("ascii").replace("\n", "\r\n") for path in sorted(HERE.glob("vba/*.bas"))}


def _skeleton() -> dict[str, bytes]:
    """The add-in that Excel saved empty and pyOpenVBA ships, with our modules in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlam"
        with ExcelFile.create_new(path) as empty:
            project = empty.vba_project()
            project.delete_module("Module1")
            for document in project.modules:
                document.dirty = True  # written anew, from its source alone
            for name, source in modules().items():
                project.add_module(name, source)
            empty.save(path)
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}


def _not_compiled(project: bytes) -> bytes:
    """[MS-OVBA] 2.3.4.1: with a version that no Excel has, each compiles the sources."""
    container = CFB.from_bytes(project)
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", bytes.fromhex("CC61 FFFF 00 0000"))
    return container.to_bytes()


def _xml(text: str) -> bytes:
    return (_XML + text).encode()


def _content_types() -> bytes:
    package = "application/vnd.openxmlformats-package"
    by_ending = {
        "rels": f"{package}.relationships+xml",
        "xml": "application/xml",
        "bin": "application/vnd.ms-office.vbaProject",
    }
    by_name = {
        "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "xl/worksheets/sheet1.xml": f"{_SHEET}.worksheet+xml",
        "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "xl/styles.xml": f"{_SHEET}.styles+xml",
        "xl/sharedStrings.xml": f"{_SHEET}.sharedStrings+xml",
        "docProps/core.xml": f"{package}.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    defaults = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in by_ending.items())
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in by_name.items())
    return _xml(f'<Types xmlns="{_OOXML}package/2006/content-types">{defaults}{overrides}</Types>')


def _relationships(*targets: tuple[str, str]) -> bytes:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return _xml(f'<Relationships xmlns="{_OOXML}package/2006/relationships">{each}</Relationships>')


def _core() -> bytes:
    """Excel's list of add-ins shows the title and, below the list, the description."""
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_OOXML}package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>icare-xl</dc:creator><dc:description>{ABOUT}</dc:description>"
        "</cp:coreProperties>"
    )


def _app() -> bytes:
    return _xml(
        f'<Properties xmlns="{_OOXML}officeDocument/2006/extended-properties">'
        "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
    )


def _workbook() -> bytes:
    """Nobody sees the sheets of an add-in; `codeName` ties them to the VBA project."""
    return _xml(
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>'
        '<bookViews><workbookView visibility="hidden"/></bookViews>'
        '<sheets><sheet name="icare_texts" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(table: Table) -> bytes:
    """Each cell has a string of its own."""
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{"ABC"[i]}{row}" t="s"><v>{3 * row - 3 + i}</v></c>' for i in range(3))
        + "</row>"
        for row in range(1, len(table) + 1)
    )
    return _xml(f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData>{rows}</sheetData></worksheet>')


def _strings(table: Table) -> bytes:
    each = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for row in table for text in row)
    count = 3 * len(table)
    return _xml(f'<sst xmlns="{_MAIN}" count="{count}" uniqueCount="{count}">{each}</sst>')


if __name__ == "__main__":
    main()
