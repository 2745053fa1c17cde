"""The pairs of texts that stand in the code word for word, found without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from icare_xl.model.text import Text
from tests.support import ROOT

PACKAGE = ROOT / "icare_xl"
Pair = tuple[ast.expr, ast.expr]


def literal_texts() -> dict[str, Text]:
    """`folder/module.py:line:column` -> the text that begins there, with … for what an f-string puts in.

    Texts that are put together of others when the program runs are left out.
    """
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for en, fr in _pairs(node):
                if (english := _words(en)) and (french := _words(fr)):
                    name = f"{path.relative_to(PACKAGE).as_posix()}:{en.lineno}:{en.col_offset}"
                    found[name] = Text(english, french)
    return found


def _pairs(node: ast.AST) -> Iterator[Pair]:
    """English and French of `Text(en, fr)`, `f(en=…, fr=…, do_en=…, do_fr=…)`, `@button((en, fr), (en, fr))` and a rule’s
    docstring.
    """
    match node:
        case ast.Call(func=ast.Name("Text"), args=[en, fr]):
            yield en, fr
        case ast.Call(func=ast.Name("button"), args=[ast.Tuple([*label]), ast.Tuple([*tip]), *_]):
            yield from ((label[0], label[1]), (tip[0], tip[1]))
        case ast.Call(keywords=keywords):
            yield from _named(keywords)
        case ast.FunctionDef(decorator_list=[ast.Call(keywords=keywords)]):
            why = " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())
            yield from (
                (ast.copy_location(ast.Constant(why), node), each.value) for each in keywords if each.arg == "why_fr"
            )


def _named(keywords: list[ast.keyword]) -> Iterator[Pair]:
    named = {each.arg: each.value for each in keywords}
    for en, fr in (("en", "fr"), ("do_en", "do_fr")):
        if en in named and fr in named:
            yield named[en], named[fr]


def _words(node: ast.expr) -> str:
    """What a literal says, and nothing for other expressions."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(_words(part) or "…" for part in parts)
        case ast.BinOp(left, ast.Add(), right) if _words(left) and _words(right):
            return _words(left) + _words(right)
    return ""
