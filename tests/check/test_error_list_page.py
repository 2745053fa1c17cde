"""The error list as a page, in a real browser: every finding, by keyboard alone, offline, readable and printable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from icare_xl.check.error_list import Listing, page, write_list
from icare_xl.check.error_list.listing import words
from icare_xl.check.error_list.summary import summary
from icare_xl.icare.blank_workbook import Value
from icare_xl.icare.example import good_row, month_with_mistakes
from icare_xl.model.text import Language
from tests.check.test_error_list import CODED, HOSTILE, HOSTILE_NAMES, expected, in_memory, with_values
from tests.support.causes import copied_down
from tests.support.colours import Colour, colour, contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Show = Callable[..., "Page"]
MONTH = in_memory(month_with_mistakes())
WITH_CAUSES = copied_down(2) | {20: good_row(20) | {"postal_cd": "?"}}
_VISIBLE_TEXTS = """() => {
  const groundOf = (each) => {
    const ground = getComputedStyle(each).backgroundColor;
    return /^rgba.* 0\\)$/.test(ground) ? groundOf(each.parentElement) : ground;
  };
  const hasText = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && hasText(each))
    .map((each) => [each.textContent.slice(0, 40), getComputedStyle(each).color, groundOf(each)]);
}"""


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Show]:
    """`show(listing)` opens its page, offline; nothing may go wrong in it and nothing may be asked of a network."""
    contexts, wrong = [], []

    def show(listing: Listing, language: Language = "en", **how: Any) -> Page:
        out = tmp_path / f"list_{language}.html"
        write_list(out, listing, language)
        context = chromium.new_context(offline=True, viewport={"width": 1400, "height": 900}, **how)
        contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: wrong.append(message.text))
        opened.on("pageerror", lambda fault: wrong.append(str(fault)))
        opened.on("dialog", lambda dialog: wrong.append(dialog.message))
        opened.on("request", lambda asked: wrong.append(asked.url) if asked.url != out.as_uri() else None)
        opened.goto(out.as_uri())
        return opened

    yield show
    for context in contexts:
        context.close()
    assert wrong == []


def rows(shown: Page) -> list[list[str]]:
    found: list[list[str]] = shown.evaluate(
        "() => [...document.querySelector('#findings').tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return found


def count(shown: Page) -> str:
    return re.split(r", (?:sorted|triés)", shown.inner_text("#count"))[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_shows_every_finding_and_every_count(show: Show, language: Language) -> None:
    listing = Listing([MONTH])
    shown = show(listing, language)
    assert rows(shown) == [expected(line.found, line.client, language) for line in listing.lines]
    assert count(shown) == {"en": "11 of 11 shown", "fr": "11 sur 11 affichés"}[language]
    totals = shown.evaluate(
        "() => [...document.querySelectorAll('details td:last-child')].map(each => +each.textContent)"
    )
    assert totals == [each.total for section in summary(listing) for each in section.counts]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_causes_come_first_and_each_line_has_its_own(tmp_path: Path, language: Language) -> None:
    """Read as a text, without a browser."""
    listing = Listing([in_memory(WITH_CAUSES)])
    write_list(tmp_path / "list.html", listing, language)
    text = unescape((tmp_path / "list.html").read_text("utf-8"))
    names = [words(each.name, language) for each in summary(listing).causes.counts]
    tables = re.findall(r"<h2>(.*?)</h2>", text)
    assert tables[:2] == ["Causes", {"en": "The marks", "fr": "Les marques"}[language]]
    assert re.findall(r'<th scope="row">(CA15.*?)</th>', text) == names[:2]
    (options,) = re.findall(r'<select name="cause">(.*?)</select>', text)
    assert re.findall(r'<option value="\d">(.*?)</option>', options) == names
    assert re.findall(r'<tr data-cause="(\d)"', text) == ["0", "0", "1", "1", "2"]


def test_filters_by_cause(show: Show) -> None:
    shown = show(Listing([in_memory(WITH_CAUSES)]))
    for number, cells in enumerate((["B4", "B5"], ["B6", "B7"], ["F20"])):
        shown.select_option("select[name=cause]", value=str(number))
        shown.wait_for_function(
            f"() => document.querySelector('#count').textContent.startsWith('{len(cells)} of 5 shown')"
        )
        shown.wait_for_timeout(200)
        assert [row[0] for row in rows(shown)] == cells


def test_is_a_real_table(show: Show) -> None:
    shown = show(Listing([MONTH]), "fr")
    assert shown.get_attribute("html", "lang") == "fr"
    assert shown.locator("#findings thead th[scope=col]").count() == 9
    assert shown.locator("#findings tbody th[scope=row]").count() == 11
    assert shown.get_by_role("table", name="Constats").count() == 1
    assert (
        shown.get_by_role("status").inner_text()
        == "11 sur 11 affichés, triés par «\u00a0Cellule\u00a0» (ordre croissant)"
    )
    assert [each.inner_text() for each in shown.get_by_role("heading").all()][1:] == [
        "Les marques", "Par règle", "Par colonne", "Par client", "Constats",
    ]  # fmt: skip


def test_values_are_no_markup(show: Show) -> None:
    listing = with_values(HOSTILE + CODED)
    shown = show(listing)
    assert [row[3] for row in rows(shown)] == [line.found.value for line in listing.lines]
    assert shown.title() == "Findings: jan.xlsx"
    assert shown.locator("#findings tbody :not(tr, th, td)").count() == 0


DATES: dict[int, dict[str, Value]] = {
    4 + n: good_row(n) | {"client_birth_dt": value}
    for n, value in enumerate(["03/04/1985", "20 mai 1978", "2099-01-01", "1878-05-20", "x"])
}
# Each word of the page that is broken over two lines; what people typed may be, where it is too long for any column.
_BROKEN = r"""() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const word of node.data.matchAll(/\d{4}-\d\d-\d\d|[A-Y]{4}-MM-[DJ]{2}|[\p{L}\d]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [1280, 1000, 700])
def test_no_word_and_no_date_is_broken(show: Show, language: Language, width: int) -> None:
    shown = show(Listing([in_memory(DATES), in_memory(month_with_mistakes(), "/month/feb.xlsx")]), language)
    shown.set_viewport_size({"width": width, "height": 900})
    assert shown.evaluate(_BROKEN) == []


def test_a_date_in_a_message_is_copied_and_found_as_it_is(show: Show) -> None:
    shown = show(Listing([in_memory(DATES)]))
    shown.fill("input[type=search]", "1985-04-03")
    shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('1 of ')")
    assert "can be 1985-04-03 or 1985-03-04." in shown.locator("#findings tbody td").nth(3).inner_text()


@pytest.mark.parametrize(("name", "sheet"), HOSTILE_NAMES)
def test_names_are_no_markup(show: Show, name: str, sheet: str) -> None:
    shown = show(Listing([in_memory({4: good_row() | {"postal_cd": "?"}}, f"/month/{name}<b>")]))
    assert shown.inner_text("h1") == f"Findings: {name}<b>"


def test_nothing_can_be_sent_anywhere(chromium: Browser, tmp_path: Path) -> None:
    """The policy of the page forbids it, even to a script that had come in."""
    out = tmp_path / "list.html"
    write_list(out, Listing([MONTH]), "en")
    text = out.read_text("utf-8")
    assert "default-src 'none'" in text and "unsafe" not in text
    assert not re.findall(r'\b(?:src|href|action|style|on\w+)=(?!"#)', text)
    shown = chromium.new_page(bypass_csp=False)
    stopped: list[str | None] = []
    shown.on("requestfailed", lambda request: stopped.append(request.failure))
    shown.on("response", lambda response: stopped.append(response.url))
    shown.goto(out.as_uri())
    refused = shown.evaluate("() => fetch('https://example.com/').then(() => 'sent', () => 'refused')")
    shown.evaluate(
        "() => new Promise(done => { const i = new Image(); i.onerror = done; i.src = 'https://example.com/a.png' })"
    )
    shown.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s) }"
    )
    assert (refused, stopped, shown.evaluate("() => window.ran")) == ("refused", [out.as_uri(), "csp"], None)
    shown.close()


class TestByKeyboard:
    def test_the_focus_goes_from_top_to_bottom_and_can_be_seen(self, show: Show) -> None:
        shown = show(Listing([MONTH]))
        names, tops = [], []
        for _ in range(19):
            shown.keyboard.press("Tab")
            name, top, outline = shown.evaluate(
                """() => { const e = document.activeElement, style = getComputedStyle(e);
                return [e.name || e.textContent, e.getBoundingClientRect().top + scrollY,
                        parseFloat(style.outlineWidth) * (style.outlineStyle !== "none")]; }"""
            )
            names.append(name)
            tops.append(top)
            assert outline >= 2, name
        assert names[5:10] == ["severity", "rule", "column", "text", "Clear filters"]
        assert names[10:] == [head.name.en for head in Listing([MONTH]).columns]
        assert all(below > above - 5 for above, below in pairwise(tops))  # those of a line are centred on it

    def test_sorts(self, show: Show) -> None:
        shown = show(Listing([MONTH]))
        heads = shown.locator("#findings thead th")
        reading = [row[0] for row in rows(shown)]
        assert heads.nth(0).get_attribute("aria-sort") == "ascending"
        shown.locator("#findings thead button").nth(3).focus()
        for key, direction in (("Enter", "ascending"), ("Space", "descending")):
            shown.keyboard.press(key)
            values = [row[3] for row in rows(shown)]
            assert values == shown.evaluate(
                "([values, sign]) => values.toSorted((a, b) => sign * new Intl.Collator('en', {numeric: true}).compare(a, b))",
                [values, 1 if direction == "ascending" else -1],
            )
            assert [each.get_attribute("aria-sort") for each in heads.all()] == ["none"] * 3 + [direction] + [
                "none"
            ] * 5
        shown.keyboard.press("Shift+Tab")
        shown.keyboard.press("Shift+Tab")
        shown.keyboard.press("Shift+Tab")
        shown.keyboard.press("Enter")
        assert [row[0] for row in rows(shown)] == reading  # E7 before E10, row by row
        shown.keyboard.press("Enter")
        assert [row[0] for row in rows(shown)] == reading[::-1]

    def test_filters(self, show: Show) -> None:
        shown = show(Listing([MONTH]))
        wanted = [row for row in rows(shown) if row[6] == "warning"]
        shown.locator("select[name=severity]").focus()
        shown.keyboard.type("warn")
        shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('4 of 11 shown')")
        assert rows(shown) == wanted
        for _ in range(3):
            shown.keyboard.press("Tab")
        shown.keyboard.type("FÖSS  digits")
        shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('1 of 11 shown')")
        shown.keyboard.press("Enter")  # must not send the form, which would load the page anew
        assert [row[0] for row in rows(shown)] == ["D5"]
        shown.keyboard.press("Tab")
        shown.keyboard.press("Enter")
        shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('11 of 11 shown')")

    @pytest.mark.parametrize(("name", "column"), [("rule", 7), ("column", 0)])
    def test_filters_by_what_lines_differ_in(self, show: Show, name: str, column: int) -> None:
        shown = show(Listing([MONTH]))
        options = shown.locator(f"select[name={name}] option").all_inner_texts()[1:]
        found = []
        for option in options:
            shown.select_option(f"select[name={name}]", label=option)
            shown.wait_for_timeout(200)
            cells = {re.sub(r"\d+$", "", row[column]) if name == "column" else row[column] for row in rows(shown)}
            assert cells == {option.split()[0]}
            found += rows(shown)
        assert len(found) == 11

    def test_filters_by_file_where_there_are_several(self, show: Show) -> None:
        other = in_memory({4: good_row() | {"postal_cd": "?"}}, "/month/feb.xlsx")
        shown = show(Listing([MONTH, other]))
        shown.select_option("select[name=file]", label="feb.xlsx")
        shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('1 of 12 shown')")
        assert [row[:2] for row in rows(shown)] == [["F4", "feb.xlsx"]]


class TestManyRows:
    @pytest.fixture
    def many(self) -> Listing:
        return Listing([in_memory({4 + n: good_row(n) | {"postal_cd": f"p{n}"} for n in range(page.AT_ONCE + 200)})])

    def test_wait_until_they_are_asked_for(self, show: Show, many: Listing) -> None:
        shown = show(many)
        assert len(many.lines) == 700 and count(shown) == "500 of 700 shown"
        shown.locator("#findings thead button").nth(3).focus()
        shown.keyboard.press("Enter")
        shown.keyboard.press("Enter")
        assert rows(shown)[0][3] == "p699"  # those that wait are sorted too
        shown.get_by_role("button", name="Show more (200 left)").press("Enter")
        assert count(shown) == "700 of 700 shown" and not shown.locator("#rest").is_visible()
        assert shown.evaluate("() => document.activeElement.cells[3].textContent") == "p199"

    def test_are_found_among_all(self, show: Show, many: Listing) -> None:
        shown = show(many)
        shown.fill("input[type=search]", "p650")
        shown.wait_for_function("() => document.querySelector('#count').textContent.startsWith('1 of 700 shown')")
        assert [row[3] for row in rows(shown)] == ["p650"]

    def test_are_printed_all(self, show: Show, many: Listing) -> None:
        shown = show(many)
        shown.emulate_media(media="print")
        shown.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        assert len(rows(shown)) == 700
        assert not shown.locator("form").is_visible() and not shown.locator("#rest").is_visible()
        assert (
            shown.evaluate("() => getComputedStyle(document.querySelector('#findings thead')).display")
            == "table-header-group"
        )
        shown.evaluate("() => dispatchEvent(new Event('afterprint'))")
        assert len(rows(shown)) == 500

    def test_without_scripts_the_first_are_shown_and_the_rest_is_said(self, show: Show, many: Listing) -> None:
        shown = show(many, java_script_enabled=False)
        assert shown.locator("#findings tbody tr").count() == 500
        assert shown.locator("noscript").inner_text().endswith("only the first 500 of 700 findings are shown.")
        assert not shown.locator("form").is_visible() and not shown.locator("#rest").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_every_text_can_be_read(show: Show, scheme: str, media: str) -> None:
    shown = show(Listing([MONTH]), color_scheme=scheme)
    shown.emulate_media(media=media)
    texts = shown.evaluate(_VISIBLE_TEXTS)
    assert len(texts) > 100
    for text, ink, ground in texts:
        assert contrast(rgb(ink), rgb(ground)) >= 4.5, text


def test_forced_colours_leave_the_text_and_the_focus(show: Show) -> None:
    shown = show(Listing([MONTH]), forced_colors="active")
    assert shown.locator("#findings td.missing").inner_text() == "error"
    shown.locator("#findings thead button").first.focus()
    shown.keyboard.press("Tab")
    assert shown.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for text, ink, ground in shown.evaluate(_VISIBLE_TEXTS):
        assert contrast(rgb(ink), rgb(ground)) >= 4.5, text


def rgb(css: str) -> Colour:
    """Of `rgb(1, 2, 3)`, which is opaque."""
    parts = [int(each) for each in re.findall(r"\d+", css)]
    assert len(parts) == 3, css
    return colour(bytes(parts).hex())
