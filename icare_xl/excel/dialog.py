"""What is told to the person at Excel and asked of them: in boxes, in the status bar, on a page where no box can hold it."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from icare_xl.excel import sentences as say
from icare_xl.excel.help_page import page_of
from icare_xl.model.text import Language, Text, shortened

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import Excel

LINES = 12  # as shown: with more, OK may be below the end of a screen 768 pixels high
_WORTH_IT = 20  # signs: less of a sentence says nothing
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

    def tell_in_full(self, texts: Sequence[Text], brief: Sequence[Text], then: Text) -> None:
        """Say all of it in a box; where no box can hold it, the brief form of it; where not even that, all on a page."""
        for told in (texts, brief):
            if self.fits([*self._mentioned, *told, Text("", ""), then]):
                self.tell(*told, then=then)
                return
        with self._page(say.IN_FULL_HERE, texts):
            self.tell(brief[0], say.IN_FULL_ON_A_PAGE, then=then)

    def ask_in_full(self, texts: Sequence[Text], brief: Sequence[Text], question: Text) -> bool:
        """Ask below all of it, or its brief form; where not even that fits a box, it is on a page."""
        for told in (texts, brief):
            if self.fits([*self._mentioned, *told, Text("", ""), question]):
                return self.excel.ask(self._box([*self._mentioned, *told], question), TITLE.to(self.language))
        with self._page(say.IN_FULL_HERE, texts):
            box = self._box([brief[0], say.IN_FULL_ON_A_PAGE], question)
            return self.excel.ask(box, TITLE.to(self.language))

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
        with self._page(say.BACK_TO_EXCEL, changes):
            return self.ask(question, say.ON_A_PAGE, *more)

    @contextmanager
    def _page(self, before: Text, lines: Sequence[Text]) -> Iterator[None]:
        """Meanwhile a page in the browser has what no box can hold."""
        path = self.folder / "page.html"
        path.write_text(page_of(TITLE, before, lines, self.language), "utf-8")
        webbrowser.open(path.as_uri())
        try:
            yield
        finally:
            path.unlink()

    def choose(self, question: Text, names: Sequence[str], about: Sequence[Text] = ()) -> str | None:
        """The name that a person chooses by its number or itself, with what is said about each, as far as there is room. All
        are listed in a box before, where they are too many for the question.
        """
        asked, numbered = question.to(self.language), [f"{number}. {name}" for number, name in enumerate(names, 1)]
        lines = self._with_words(numbered, about, self.excel.longest_prompt - len(asked))
        prompt = "\n".join([asked, *lines] if len(lines) < LINES else [asked, "; ".join(lines)])
        listed = [Text(each, each) for each in numbered]
        if len(prompt) <= self.excel.longest_prompt:
            answer = self.excel.ask_text(prompt, TITLE.to(self.language))
        elif self.fits(listed):
            self.excel.tell(self._box(listed), TITLE.to(self.language))
            answer = self.excel.ask_text(asked, TITLE.to(self.language))
        else:
            with self._page(say.BACK_TO_EXCEL, [Text(name, name) for name in names]):
                answer = self.excel.ask_text(asked, TITLE.to(self.language))
        by_number = {str(number): name for number, name in enumerate(names, 1) if str(number) not in names}
        return by_number.get(answer, answer) if answer else answer

    def _with_words(self, numbered: Sequence[str], about: Sequence[Text], room: int) -> Sequence[str]:
        """What is said about each behind it, each cut alike; nothing where too little of it would be left."""
        each = room // len(numbered) - max(map(len, numbered)) - 3
        if not about or each < _WORTH_IT:
            return numbered
        words = (shortened(text.to(self.language), each) for text in about)
        return [f"{line}: {said}" for line, said in zip(numbered, words, strict=True)]

    def fits(self, texts: Sequence[Text]) -> bool:
        """Whether all of it can be read in one box."""
        return sum(lines_shown(text.to(self.language)) for text in texts) <= LINES

    def _box(self, texts: Sequence[Text], then: Text | None = None) -> str:
        """As many as fit a box, apart from each other where there is room, how many more there are, and what comes next."""
        last = f"\n\n{then.to(self.language)}" if then else ""
        room = LINES - lines_shown(last) + 1 if last else LINES
        told = [shortened(text.to(self.language), LINES * WIDTH) for text in texts]
        apart = "\n\n".join(told[:LINES])
        if len(told) <= LINES and lines_shown(apart) <= room:
            return apart + last
        kept = min(len(told), LINES)
        while kept > 1 and lines_shown(self._cut(told, kept)) > room:
            kept -= 1
        text = self._cut(told, kept)
        while lines_shown(text) > room:  # one long text alone
            text = f"{text[:-2].rstrip(' …')}…"
        return text + last

    def _cut(self, told: Sequence[str], kept: int) -> str:
        left_out = [say.more(len(told) - kept).to(self.language)] if kept < len(told) else []
        return "\n".join([*told[:kept], *left_out])


def lines_shown(text: str) -> int:
    """The lines of a box that a text takes: a word that does not fit begins a new one, and goes on in more where it is a path."""
    return sum(_lines(line) for line in text.split("\n"))


def _lines(line: str) -> int:
    lines, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > WIDTH:
            lines, used = lines + 1, 0
        used += len(word) + (used > 0)
        lines, used = lines + max(0, used - 1) // WIDTH, (used - 1) % WIDTH + 1 if used else 0
    return lines
