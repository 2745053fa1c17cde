"""The table by cause, or one sheet in full."""

from __future__ import annotations

import argparse
from collections import Counter

from icare_xl.model.addresses import a1
from tests.support.breaking import BREAKERS, Case, Score, alone, clean, single_faults, together
from tests.support.breaking.page import BESIDE
from tests.support.breaking.play import of_seed, spans

WIDE = 18  # signs of a value that are shown


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.support.breaking", description=__doc__)
    parser.add_argument("causes", nargs="*", help="codes, such as CA06; all where none is named")
    parser.add_argument(
        "--sheets", type=int, default=20, help="of each cause, ten times as many together, clean and with faults"
    )
    parser.add_argument("--misses", type=int, default=40, help="how many are told")
    parser.add_argument(
        "--show", metavar="SEED", help="one sheet in full, such as 'CA06 12', 'together 3', 'clean 7', 'faults 7'"
    )
    said = parser.parse_args()
    if said.show:
        print("\n".join(in_full(of_seed(said.show))))
        return
    codes = said.causes or sorted(BREAKERS)
    tell("Alone", Score.of(alone(code, number) for code in codes for number in range(said.sheets)), said.misses)
    if not said.causes:
        tell("Together", Score.of(together(number) for number in range(10 * said.sheets)), said.misses)
        for maker in (clean, single_faults):
            cases = [case for number in range(10 * said.sheets) if (case := maker(number)).report.diagnoses]
            print(f"\n{maker.__name__}: {10 * said.sheets} sheets, causes named in {len(cases)}")
            for case in cases:
                print(f"{case.seed!r} {case.page.service}: {'; '.join(each.says.en for each in case.report.diagnoses)}")


def tell(title: str, score: Score, misses: int) -> None:
    print(f"\n{title}\n{score}", *score.missed[:misses], sep="\n")


def in_full(case: Case) -> list[str]:
    """Everything about a sheet: what was put in, what was found, and its cells; changed ones in brackets."""
    page = case.page
    lines = [f"{case.seed!r} {page.service}{' with profiles' if page.profile else ''}", "", "Put in"]
    lines += [f"  {put.code} rows {spans(case.rows(put))}: {put.told}" for put in case.puts]
    lines += [f"  fault {each}" for each in case.faults]
    if page.head:
        lines += ["", "Above the data", *(f"  {' | '.join(texts)[: 6 * WIDE]!a}" for texts in page.head.rows)]
    lines += ["", "Named"]
    lines += [
        f"  {each.code} rows {spans(each.rows)}, explains {len(each.explains)}: {each.says.en}"
        for each in case.report.diagnoses
    ] or ["  nothing"]
    rules = Counter(finding.rule for finding in case.report.findings)
    lines += [
        "",
        f"{len(case.report.findings)} findings: {', '.join(f'{rule} {count}' for rule, count in rules.most_common())}",
        "",
    ]
    ids = [id_ for id_ in [*page.template.ids, BESIDE] if any(id_ in row for row in page.rows.values())]
    names = {id_: a1(1, page.template.ids.index(id_) if id_ else len(page.template.ids))[:-1] for id_ in ids}
    lines += [f"  {names[id_]} {id_ or 'beside the table'}" for id_ in ids]
    changed = {cell for put in case.puts for cell in put.cells}
    about = {number for put in case.puts for number in case.rows(put)}
    for number, row in sorted(page.rows.items()):
        cells = []
        for id_ in ids:
            text = ascii(row[id_]).strip("'")[:WIDE] if id_ in row else ""
            if (id(row), id_) in changed:
                text = f"[{text}]"
            if text:
                cells.append(f"{names[id_]}={text}")
        lines.append(f"{'*' if number in about else ' '}{number:4} {'  '.join(cells)}")
    return lines


if __name__ == "__main__":
    main()
