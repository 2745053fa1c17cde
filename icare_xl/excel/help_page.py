"""The page behind the Help button: the buttons, the marks, the causes and the rules, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from icare_xl.check.causes import Cause
from icare_xl.check.rules import Rule
from icare_xl.check.sentences import MEANING, ORIGIN, SEVERITY, of_any_cell
from icare_xl.excel.ribbon import TAB_KEYTIP, Group, Menu, controls_of
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.html import html_page, style_of_marks

_TITLE = Text("iCARE check: help", "Vérification iEDEC\u00a0: aide")
PATH = (
    (("check",), Text("Check the month’s sheet; the cells to correct get a colour.",
                      "Vérifiez la feuille du mois; les cellules à corriger prennent une couleur.")),
    (("next_finding", "propose"), Text("Go from finding to finding; where something can be proposed, look at it.",
                                       "Passez d’un constat à l’autre; s’il y a une proposition, examinez-la.")),
    (("save_for_upload",), Text("Save a copy for upload once no error is left, then upload that copy in iCARE.",
                                "Dès qu’il ne reste aucune erreur, enregistrez une copie, puis téléversez-la dans iEDEC.")),
    (("status", "record"), Text("Say what iCARE shows for the file: uploaded, processed, in error or deleted.",
                                "Inscrivez ce qu’iEDEC affiche pour le fichier : téléversé, traité, en erreur ou supprimé.")),
    (("read_notes", "next_finding"), Text("If rows come back, read iCARE’s notes and correct the cells that they are about.",
                                          "Si des lignes reviennent, lisez les notes d’iEDEC et corrigez les cellules visées.")),
    (("strip_notes", "list_corrections"), Text("Take the notes out, and carry the corrections into your case management system.",
                                               "Retirez les notes et reportez les corrections dans votre système de gestion de cas.")),
    (("save_for_upload", "status"), Text("Save and upload only what came back, and say so.",
                                         "Enregistrez et téléversez seulement ce qui est revenu, puis inscrivez-le.")),
)  # fmt: skip
_PATH = Text("The month, step by step", "Le mois, étape par étape")
_KEYS = Text("The keys", "Les touches")
_HOW_KEYS = Text(
    "Press Alt, then {tab} for the tab iCARE, then the letter of the button; of a button in a menu, first that of the menu. "
    "The buttons for a cell are in its right-click menu, too.",
    "Appuyez sur Alt, puis sur {tab} pour l’onglet iEDEC, puis sur la lettre du bouton; pour un bouton d’un menu, d’abord celle du "
    "menu. Les boutons qui concernent une cellule se trouvent aussi dans son menu contextuel.",
)
_BUTTONS = Text("The buttons", "Les boutons")
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
.mark { display: inline-block; width: 5rem; height: 1.3rem; vertical-align: middle; border: 1px solid #999 }
kbd { border: 1px solid var(--line); border-radius: 3px; padding: 0 .3rem }
"""


def page_of(title: Text, before: Text, lines: Iterable[Text], language: Language) -> str:
    """A plain list as a page, with a sentence before it."""
    items = "".join(f"<li>{escape(line.to(language))}</li>" for line in lines)
    return html_page(title, _STYLE, [f"<p>{escape(before.to(language))}</p><ol>{items}</ol>"], language)


def page(ribbon: Iterable[Group], rules: Iterable[Rule], causes: Iterable[Cause], language: Language) -> str:
    """The whole page as HTML that needs no other file."""

    def say(text: Text) -> str:
        return escape(text.to(language))

    named = {each.id: each for group in ribbon for each in controls_of(group)}

    def section(title: Text, number: int) -> str:
        return f'<h2 id="part{number}">{say(title)}</h2>'

    def body() -> Iterator[str]:
        parts = (_PATH, _KEYS, _BUTTONS, _MARKS, _CAUSES, _RULES)
        yield f"<p>{say(_INTRO)}</p><ul>"
        yield from (f'<li><a href="#part{number}">{say(title)}</a></li>' for number, title in enumerate(parts))
        yield f"</ul>{section(_PATH, 0)}<ol>"
        for ids, told in PATH:
            if buttons := [f"<b>{say(named[id_].label)}</b>" for id_ in ids if id_ in named]:
                yield f"<li>{', '.join(buttons)}. {say(told)}</li>"
        yield f"</ol>{section(_KEYS, 1)}<p>{say(_HOW_KEYS.format(tab=TAB_KEYTIP))}</p><table>"
        yield from (f"<tr><th scope=row>{say(label)}</th><td>{keys}</td></tr>" for label, keys in _keys(ribbon))
        yield f"</table>{section(_BUTTONS, 2)}"
        for group in ribbon:
            yield f"<h3>{say(group.label)}</h3><dl>"
            yield from (f"<dt>{say(each.label)}</dt><dd>{say(each.tip)}</dd>" for each in controls_of(group))
            yield "</dl>"
        yield section(_MARKS, 3)
        yield from (f'<p><span class="mark {mark}"></span> {say(meaning)}</p>' for mark, meaning in MEANING.items())
        yield f"{section(_CAUSES, 4)}<p>{say(_BEHIND)}</p><table>"
        for cause in causes:
            told = of_any_cell(Text.joined([cause.says, cause.fix]))
            yield f"<tr><th>{cause.code}</th><td>{say(told)}<br>{say(cause.why)}</td><td>{say(ORIGIN[cause.origin])}</td></tr>"
        yield f"</table>{section(_RULES, 5)}<p>{say(_HONEST)}</p><table>"
        for rule in rules:
            kind = f"{say(SEVERITY[rule.severity])}; {say(ORIGIN[rule.origin])}"
            yield f"<tr><th>{rule.code}</th><td>{say(of_any_cell(rule.says))}<br>{say(rule.why)}</td><td>{kind}</td></tr>"
        yield "</table>"

    return html_page(_TITLE, _STYLE + style_of_marks(), body(), language)


def _keys(ribbon: Iterable[Group]) -> Iterator[tuple[Text, str]]:
    """The label of each button, and its letters after those of the tab."""
    for control in (control for group in ribbon for control in group.controls):
        yield control.label, f"<kbd>{control.keytip}</kbd>"
        if isinstance(control, Menu):
            yield from ((each.label, f"<kbd>{control.keytip}</kbd> <kbd>{each.keytip}</kbd>") for each in control.items)
