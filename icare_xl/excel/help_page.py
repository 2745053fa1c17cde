"""The page behind the Help button: the buttons, the marks, the causes and the rules, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from icare_xl.check.causes import Cause
from icare_xl.check.rules import Rule
from icare_xl.check.sentences import MEANING, ORIGIN, SEVERITY, of_any_cell
from icare_xl.excel.ribbon import Group, controls_of
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.html import html_page, style_of_marks

_TITLE = Text("iCARE check: help", "Vérification iEDEC\u00a0: aide")
_INTRO = Text(
    "Press Check sheet, correct the marked cells, then press Save for upload. Everything stays on this computer.",
    "Appuyez sur Vérifier la feuille, corrigez les cellules marquées, puis appuyez sur Enregistrer pour téléverser. "
    "Tout reste sur cet ordinateur.",
)
_MARKS = Text("The marks", "Les marques")
_CAUSES = Text("The causes", "Les causes")
_BEHIND = Text(
    "A cause is what an experienced colleague would name at a glance: what lies behind findings, which are gone once it is put "
    "right. It hides no finding and never blocks saving.",
    "Une cause est ce qu’une personne d’expérience nommerait d’un coup d’œil : ce qui est à l’origine de constats, qui "
    "disparaissent une fois qu’elle est corrigée. Elle ne masque aucun constat et n’empêche jamais l’enregistrement.",
)
_RULES = Text("The rules", "Les règles")
_HONEST = Text(
    "The official list of rules is not public. Each rule says where it comes from; only errors block saving.",
    "La liste officielle des règles n’est pas publique. Chaque règle dit d’où elle vient; seules les erreurs empêchent "
    "l’enregistrement.",
)
_STYLE = """
body { font: 16px/1.5 "Segoe UI", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
h2 { margin-top: 2.5rem } dt { font-weight: 600; margin-top: .8rem } dd { margin-left: 1.5rem }
table { border-collapse: collapse } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
border-bottom: 1px solid #ddd } .mark { display: inline-block; width: 5rem; height: 1.3rem; vertical-align: middle;
border: 1px solid #999 }
"""


def page_of(title: Text, before: Text, lines: Iterable[Text], language: Language) -> str:
    """A plain list as a page, with a sentence before it."""
    items = "".join(f"<li>{escape(line.to(language))}</li>" for line in lines)
    return html_page(title, _STYLE, [f"<p>{escape(before.to(language))}</p><ol>{items}</ol>"], language)


def page(ribbon: Iterable[Group], rules: Iterable[Rule], causes: Iterable[Cause], language: Language) -> str:
    """The whole page as HTML that needs no other file."""

    def say(text: Text) -> str:
        return escape(text.to(language))

    def body() -> Iterator[str]:
        yield f"<p>{say(_INTRO)}</p>"
        for group in ribbon:
            yield f"<h2>{say(group.label)}</h2><dl>"
            yield from (f"<dt>{say(each.label)}</dt><dd>{say(each.tip)}</dd>" for each in controls_of(group))
            yield "</dl>"
        yield f"<h2>{say(_MARKS)}</h2>"
        yield from (f'<p><span class="mark {mark}"></span> {say(meaning)}</p>' for mark, meaning in MEANING.items())
        yield f"<h2>{say(_CAUSES)}</h2><p>{say(_BEHIND)}</p><table>"
        for cause in causes:
            told = of_any_cell(Text.joined([cause.says, cause.fix]))
            yield f"<tr><th>{cause.code}</th><td>{say(told)}<br>{say(cause.why)}</td><td>{say(ORIGIN[cause.origin])}</td></tr>"
        yield "</table>"
        yield f"<h2>{say(_RULES)}</h2><p>{say(_HONEST)}</p><table>"
        for rule in rules:
            kind = f"{say(SEVERITY[rule.severity])}; {say(ORIGIN[rule.origin])}"
            yield f"<tr><th>{rule.code}</th><td>{say(of_any_cell(rule.says))}<br>{say(rule.why)}</td><td>{kind}</td></tr>"
        yield "</table>"

    return html_page(_TITLE, _STYLE + style_of_marks(), body(), language)
