"""What is told to the person at Excel and asked of them: in boxes, in the status bar, on a page where no box can hold it."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from icare_xl.excel import sentences as say
from icare_xl.excel.help_page import page_of
from icare_xl.model.text import Language, Text, shortened

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import Excel

LINES = 12  # as shown: with more, OK may be below the end of a screen 768 pixels high
WIDTH = 64  # signs of a line, after which Windows goes on in the next (docs/excel.md, E56)
TITLE = Text("iCARE check", "Vérification iEDEC")


@dataclass
class Dialog:
    """`folder` is where the program keeps what is its own, such as pages to open."""

    excel: Excel
    language: Language
    folder: Path
    _mentioned: list[Text] = field(default_factory=list, init=False)

    def tell(self, *texts: Text, then: Text) -> None:
        """Say it in a box, what comes next at its end, and the first sentence in the status bar."""
        self.status(Text(*(words.partition("\n")[0] for words in (texts[0].en, texts[0].fr))))
        self.excel.tell(self._box([texts[0], *self._mentioned, *texts[1:]], then), TITLE.to(self.language))

    def mention(self, text: Text) -> None:
        """Say it with what is told next."""
        self._mentioned.append(text)

    def status(self, text: Text) -> None:
        """Show it in the status bar, as much of it as the bar can hold."""
        line, rest = text.to(self.language), say.IN_FULL.to(self.language)
        if len(line) > self.excel.longest_in_bar:
            line = f"{line[: self.excel.longest_in_bar - len(rest)]}{rest}"
        self.excel.status(line)

    def ask(self, *texts: Text) -> bool:
        """Ask the first of these, with the others below it."""
        return self.excel.ask(self._box(texts), TITLE.to(self.language))

    def ask_about(self, changes: Sequence[Text], question: Text, *more: Text) -> bool:
        """Ask, with every change before the person's eyes: below the question, or on a page where they are too many."""
        if self.fits([question, *more, *changes]):
            return self.ask(question, *more, *changes)
        path = self.folder / "changes.html"
        path.write_text(page_of(TITLE, say.BACK_TO_EXCEL, changes, self.language), "utf-8")
        webbrowser.open(path.as_uri())
        try:
            return self.ask(question, say.ON_A_PAGE, *more)
        finally:
            path.unlink()

    def choose(self, question: Text, names: Sequence[str]) -> str | None:
        """The name that a person chooses by its number or itself; all are listed in a box before, where they are too many
        for the question.
        """
        numbered = Text(*["\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))] * 2)
        prompt = Text.joined([question, numbered], "\n").to(self.language)
        if len(prompt) > self.excel.longest_prompt:
            self.excel.tell(numbered.to(self.language), TITLE.to(self.language))
            prompt = question.to(self.language)
        answer = self.excel.ask_text(prompt, TITLE.to(self.language))
        by_number = {str(number): name for number, name in enumerate(names, 1) if str(number) not in names}
        return by_number.get(answer, answer) if answer else answer

    def fits(self, texts: Sequence[Text], then: Text | None = None) -> bool:
        """Whether all of it can be read in one box, with what comes next at its end."""
        return sum(lines_shown(text.to(self.language)) for text in texts) <= _room(self._last(then))

    def _box(self, texts: Sequence[Text], then: Text | None = None) -> str:
        """As many as fit a box, how many more there are, and apart from them what comes next."""
        last = self._last(then)
        room = _room(last)
        told = [shortened(text.to(self.language), LINES * WIDTH) for text in texts]
        kept = min(len(told), LINES)
        while kept > 1 and lines_shown(self._cut(told, kept)) > room:
            kept -= 1
        text = self._cut(told, kept)
        while lines_shown(text) > room:  # one long text alone
            text = f"{text[:-2].rstrip(' …')}…"
        return text + last

    def _last(self, then: Text | None) -> str:
        return f"\n\n{then.to(self.language)}" if then else ""

    def _cut(self, told: Sequence[str], kept: int) -> str:
        left_out = [say.more(len(told) - kept).to(self.language)] if kept < len(told) else []
        return "\n".join([*told[:kept], *left_out])


def _room(last: str) -> int:
    """The lines of a box above its end."""
    return LINES - lines_shown(last) + 1 if last else LINES


def lines_shown(text: str) -> int:
    """The lines of a box that a text takes."""
    return sum(max(1, len(wrap(line, WIDTH))) for line in text.split("\n"))
