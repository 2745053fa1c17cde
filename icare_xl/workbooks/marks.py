"""Marks: conditional-format rules that are always true and name their owner, so that they can be lifted exactly."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import NamedTuple

from icare_xl.model.addresses import areas as areas_of
from icare_xl.model.finding import Mark, Marks
from icare_xl.workbooks.xlsx.text import escape

FORMULA = '"icare-check"<>""'
AREAS_PER_RULE = 1000


class Look(NamedTuple):
    """How a mark fills a cell: a pattern by its name in the schema, in one colour (RRGGBB) on another."""

    pattern: str
    ink: str
    ground: str


# Hue and pattern both differ, so that no mark is told by its colour alone; text stays dark on light, and the hues stay
# apart for people who see no red, green or blue (tests/test_palette.py).
LOOKS: dict[Mark, Look] = {
    "missing": Look("lightUp", "C86F00", "FFB84D"),
    "wrong": Look("solid", "F56B7B", "F56B7B"),
    "warning": Look("lightGray", "D6B800", "FFF8CC"),
}

# What the schema puts after conditionalFormatting, so that marks go in front of the first of them.
_AFTER = (
    b"dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
    b"customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF "
    b"picture oleObjects controls webPublishItems tableParts extLst"
).split()
_BEFORE = (
    b"sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate "
    b"customSheetViews mergeCells phoneticPr conditionalFormatting"
).split()


def mark(sheet: bytes, cells: Marks, first_format: int) -> bytes:
    """The sheet's XML with rules over these cells. `first_format` is the number `add_formats` gave."""
    prefix = _prefix(sheet, b"worksheet")
    priority = max((int(found) for found in re.findall(rb'\bpriority="(\d+)"', sheet)), default=0)
    rules = []
    for number, name in enumerate(LOOKS):
        areas = list(areas_of(cells.get(name, ())))
        for start in range(0, len(areas), AREAS_PER_RULE):
            priority += 1
            where = " ".join(areas[start : start + AREAS_PER_RULE])
            rules.append(
                f'<P:conditionalFormatting sqref="{where}"><P:cfRule type="expression" '
                f'dxfId="{first_format + number}" priority="{priority}"><P:formula>{escape(FORMULA)}'
                "</P:formula></P:cfRule></P:conditionalFormatting>"
            )
    at = _place_for_rules(sheet, prefix)
    return sheet[:at] + "".join(rules).replace("P:", prefix.decode()).encode() + sheet[at:]


def unmark(sheet: bytes) -> bytes:
    """The sheet's XML without our rules; everybody else's stay, also where Excel put both into one element."""
    block, rule, formula = _shapes(_prefix(sheet, b"worksheet"))

    def without_ours(found: re.Match[bytes]) -> bytes:
        kept = rule.sub(lambda each: b"" if _is_ours(each[0], formula) else each[0], found[2])
        if kept == found[2]:
            return found[0]
        return found[1] + kept + found[3] if kept.strip() else b""

    return block.sub(without_ours, sheet) if b"icare-check" in sheet else sheet


def add_formats(styles: bytes) -> tuple[bytes, int]:
    """The styles part with one differential format a mark, and the number of the first."""
    prefix = _prefix(styles, b"styleSheet")
    found = _table(prefix).search(styles)
    if found is None:  # the schema wants the table in front of these
        at = re.search(rb"<%b(?:tableStyles|colors|extLst)\b|</%bstyleSheet>" % (prefix, prefix), styles)
        assert at is not None
        return styles[: at.start()] + _written(prefix, b"", _formats(prefix)) + styles[at.start() :], 0
    formats = found[2] or b""
    table = _written(prefix, found[1], formats + _formats(prefix))
    return styles[: found.start()] + table + styles[found.end() :], _count(prefix, formats)


def remove_formats(styles: bytes) -> bytes:
    """The styles part without the formats that `add_formats` put last in the table (elsewhere they do no harm)."""
    prefix = _prefix(styles, b"styleSheet")
    found = _table(prefix).search(styles)
    if found is None or not found[2] or not found[2].endswith(_formats(prefix)):
        return styles
    table = _written(prefix, found[1], found[2].removesuffix(_formats(prefix)))
    return styles[: found.start()] + table + styles[found.end() :]


def comparable(styles: bytes) -> bytes:
    """The styles part without our formats, for comparing: an empty table, however written, is as good as none."""
    prefix = _prefix(styles, b"styleSheet")
    found = _table(prefix).search(styles)
    if found is None:
        return styles
    formats = (found[2] or b"").removesuffix(_formats(prefix))
    return styles[: found.start()] + (_written(prefix, found[1], formats) if formats else b"") + styles[found.end() :]


def _table(prefix: bytes) -> re.Pattern[bytes]:
    """The table of differential formats: 1 its attributes, 2 the formats."""
    return re.compile(rb"<%bdxfs\b([^>]*?)(?:/>|>(.*?)</%bdxfs>)" % (prefix, prefix), re.S)


def _count(prefix: bytes, formats: bytes) -> int:
    return len(re.findall(rb"<%bdxf\b" % prefix, formats))


def _written(prefix: bytes, attributes: bytes, formats: bytes) -> bytes:
    """The table with its count corrected."""
    attributes = re.sub(rb'\s+count="\d*"', b"", attributes)
    opening = b'<%bdxfs count="%d"%b' % (prefix, _count(prefix, formats), attributes)
    return opening + (b">%b</%bdxfs>" % (formats, prefix) if formats else b"/>")


def _place_for_rules(sheet: bytes, prefix: bytes) -> int:
    """Where the schema wants conditional formats: behind the elements that come before them, in front of the next."""
    start = max(sheet.rfind(b"</%b%b>" % (prefix, name)) for name in _BEFORE)
    following = re.compile(rb"<%b(?:%b)\b|</%bworksheet>" % (prefix, b"|".join(_AFTER), prefix))
    found = following.search(sheet, start)
    assert found is not None
    return found.start()


@cache
def _formats(prefix: bytes) -> bytes:
    formats = (
        f'<P:dxf><P:fill><P:patternFill patternType="{look.pattern}"><P:fgColor rgb="FF{look.ink}"/>'
        f'<P:bgColor rgb="FF{look.ground}"/></P:patternFill></P:fill></P:dxf>'
        for look in LOOKS.values()
    )
    return "".join(formats).replace("P:", prefix.decode()).encode()


@cache
def _shapes(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    name = b"%bconditionalFormatting" % prefix
    return (
        re.compile(rb"(<%b\b[^>]*>)(.*?)(</%b>)" % (name, name), re.S),
        re.compile(rb"<%bcfRule\b[^>]*?(?:/>|>.*?</%bcfRule>)" % (prefix, prefix), re.S),
        re.compile(rb"<%bformula>(.*?)</%bformula>" % (prefix, prefix), re.S),
    )


def _is_ours(rule: bytes, formula: re.Pattern[bytes]) -> bool:
    return [html.unescape(found.decode()) for found in formula.findall(rule)] == [FORMULA]


def _prefix(xml: bytes, root: bytes) -> bytes:
    """The namespace prefix that a part uses, with its colon; most use none."""
    found = re.search(rb"<(?:(\w+):)?%b\b" % root, xml[:4096])
    return found[1] + b":" if found and found[1] else b""
