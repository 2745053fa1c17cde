"""The main job on invented data, step by step."""

from __future__ import annotations

import io
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import click

from icare_xl.cli import documents
from icare_xl.cli.command import command, main
from icare_xl.cli.output import Output
from icare_xl.model.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the demonstration; file names are inside its folder."""

    says: Text
    command: tuple[str, ...]


STEPS = (
    Step(
        Text("Check the month and mark the cells to correct.", "Vérifier le mois et marquer les cellules à corriger."),
        ("check", "january.xlsx", "--marked", "january_checked.xlsx"),
    ),
    Step(
        Text("Saving it for upload is refused while errors remain.",
             "L’enregistrement pour le téléversement est refusé tant qu’il reste des erreurs."),
        ("save", "january.xlsx", "upload"),
    ),
    Step(
        Text("Read iCARE’s notes in a rejected file.", "Lire les notes d’iEDEC dans un fichier rejeté."),
        ("notes", "january_rejected.xlsx"),
    ),
    Step(
        Text("Take the notes out; a colleague’s remark stays.", "Retirer les notes; la remarque d’une collègue reste."),
        ("strip", "january_rejected.xlsx", "january_corrected.xlsx"),
    ),
    Step(
        Text("Save the corrected file for upload.", "Enregistrer le fichier corrigé pour le téléversement."),
        ("save", "january_corrected.xlsx", "upload"),
    ),
)  # fmt: skip
LOOK_AT = Text(
    "Open {marked} in Excel or LibreOffice to see the marks: orange stripes for what is missing, red for what is to "
    "be corrected, yellow dots for a warning. The file for upload is in {upload}.",
    "Ouvrez {marked} dans Excel ou LibreOffice pour voir les marques : rayures orange pour ce qui manque, rouge "
    "pour ce qui est à corriger, pointillé jaune pour un avertissement. Le fichier à téléverser se trouve dans "
    "{upload}.",
)


@command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("icare-demo"))
def demo(output: Output, folder: Path) -> None:
    """Run the main job on an invented workbook with mistakes and an invented rejected file, in FOLDER."""
    from icare_xl.icare import example as invented

    invented.write(folder, output.language)
    if output.language == "fr":
        output.say(invented.SECOND_HAND)
    for number, step in enumerate(STEPS, 1):
        words = [str(folder / word) if word.endswith((".xlsx", "upload")) else word for word in step.command]
        output.say(f"\n{number}. {step.says.to(output.language)}\n   icare-xl {' '.join(words)}\n")
        with redirect_stdout(io.StringIO()) if output.json else nullcontext():
            main.main([*words, "--lang", output.language], standalone_mode=False)
    output.say()
    output.say(LOOK_AT.format(marked=folder / "january_checked.xlsx", upload=folder / "upload"))
    output.document(documents.demo(folder))
