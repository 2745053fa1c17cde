"""What is wrong with a command line, said in the person's language instead of click's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from icare_xl import settings
from icare_xl.cli.output import system_language
from icare_xl.model.text import Language, Text, quoted

_LANGUAGE = "icare_xl.language"  # in click's context
_USAGE = Text("Usage: {usage}", "Utilisation : {usage}")
_HELP = Text("“{command} --help” lists the options.", "« {command} --help » énumère les options.")
_NEAR = Text("Did you mean {near}?", "Vouliez-vous dire {near}?")
_MISSING = Text("{name} is missing.", "Il manque {name}.")
_NO_OPTION = Text("There is no option “{name}” here.", "Il n’y a pas d’option « {name} » ici.")
_NO_COMMAND = Text("There is no command “{name}”.", "Il n’y a pas de commande « {name} ».")
_OTHERWISE = Text(
    "The option “{name}” needs a value, or takes none; --help tells.",
    "L’option « {name} » demande une valeur, ou n’en prend aucune; --help le dit.",
)
_ONE_OF = Text("{name} takes one of these: {choices}.", "{name} accepte l’une de ces valeurs : {choices}.")
_COUNT = Text("{name} takes a whole number.", "{name} accepte un nombre entier.")
_UNFIT = Text("{name} does not take this value.", "{name} n’accepte pas cette valeur.")
_TOO_MUCH = Text("There is more here than the command takes.", "Il y a ici plus que la commande n’accepte.")
_INTERRUPTED = Text(
    "Stopped. Files that were finished are whole; none was left half written.",
    "Arrêté. Les fichiers terminés sont entiers; aucun n’est resté à moitié écrit.",
)


class Misuse(click.UsageError):
    """A command line that says something we do not take, in both languages."""

    def __init__(self, says: Text, ctx: click.Context | None = None) -> None:
        super().__init__(says.en, ctx)
        self.says = says


class _Told(click.ClickException):
    """A fault of use, as it is shown."""

    def __init__(self, lines: Sequence[str], code: int) -> None:
        super().__init__("\n".join(lines))
        vars(self)["exit_code"] = code

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


class Group(click.Group):
    """Commands whose faults of use are told in the language that `--lang`, the settings or the system say."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        language = language_in(args) if parent is None else parent.meta[_LANGUAGE]
        with _in(language):
            ctx = super().make_context(info_name, args, parent, **extra)
        ctx.meta[_LANGUAGE] = language
        return ctx

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise Misuse(_with_near(_NO_COMMAND.format(name=name), name, self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _in(ctx.meta[_LANGUAGE]):
            return super().invoke(ctx)


def language_in(words: Sequence[str]) -> Language:
    """The language that a command line asks for, whatever else is wrong with it; else the one set, else the system's."""
    after = [words[index + 1] for index, word in enumerate(words[:-1]) if word == "--lang"]
    named = [*after, *(word.removeprefix("--lang=") for word in words if word.startswith("--lang="))]
    for each in named:
        if each in ("en", "fr"):
            return "fr" if each == "fr" else "en"
    return settings.language_of(settings.settings_file()) or system_language()


@contextmanager
def _in(language: Language) -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.UsageError as fault:
        raise _Told([*_usage(fault.ctx, language), told(fault).to(language)], 2) from fault
    except KeyboardInterrupt as fault:
        raise _Told(["", _INTERRUPTED.to(language)], 130) from fault


def _usage(ctx: click.Context | None, language: Language) -> Iterator[str]:
    if ctx:
        pieces = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
        yield _USAGE.format(usage=pieces).to(language)
        yield _HELP.format(command=ctx.command_path).to(language)


def told(fault: click.UsageError) -> Text:
    """What is wrong, by the kind of the fault and not by click's words."""
    match fault:
        case Misuse():
            return fault.says
        case click.NoSuchOption():
            return _with_near(_NO_OPTION.format(name=fault.option_name), fault.option_name, fault.possibilities or ())
        case click.MissingParameter():
            return _MISSING.format(name=_name(fault.param))
        case click.BadOptionUsage():
            return _OTHERWISE.format(name=fault.option_name)
        case click.BadParameter() if fault.param and isinstance(fault.param.type, click.Choice):
            return _ONE_OF.format(name=_name(fault.param), choices=", ".join(map(str, fault.param.type.choices)))
        case click.BadParameter() if fault.param and isinstance(fault.param.type, click.types.IntParamType):
            return _COUNT.format(name=_name(fault.param))
        case click.BadParameter():
            return _UNFIT.format(name=_name(fault.param))
    return _TOO_MUCH


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    return (param.metavar or param.name or "?").upper() if param else "?"


def _with_near(says: Text, name: str, known: Iterable[str]) -> Text:
    near = get_close_matches(name, [*known])
    return Text.joined([says, *([_NEAR.format(near=quoted(near))] if near else [])])


def near_or_all(says: Text, name: str, known: Iterable[str], all_of_them: Text) -> Text:
    """A sentence about a name that is not known, with those that look like it, or where to see all."""
    near = get_close_matches(name.upper(), [*known])
    return Text.joined([says, _NEAR.format(near=quoted(near)) if near else all_of_them])
