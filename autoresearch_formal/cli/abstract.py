"""``autoresearch abstract``: a theorem about one system as a theorem about any."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.cli.paths import writable_file
from autoresearch_formal.console import emit_json, err, out, styled
from autoresearch_formal.errors import Negative
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.library.generalise import (
    Generalised,
    GeneraliseOptions,
    WrittenLaws,
    general_theorems,
    generalise,
    write_laws,
)
from autoresearch_formal.options import json_option, toolchain_option
from autoresearch_formal.printable import printable
from autoresearch_formal.search.ownfiles import FileReader
from autoresearch_formal.symbolic.concepts.abstraction import SharedLaws, shared_laws
from autoresearch_formal.targets import PinnedFile
from autoresearch_formal.targets.sorries import split_argument


@click.command(epilog="Example: autoresearch abstract Mine.lean:strike_out --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE.lean[:NAME]…")
@click.option("--carrier", "carriers", multiple=True, help="A type to be a variable (repeat).")
@click.option("--hold", is_flag=True, help="Other theorems of the file stay hypotheses.")
@click.option("--follow", multiple=True, help="Follow theorems of these modules, as `A.B.*`.")
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.lean",
    help="Write the shared laws and what follows from them for each system.",
)
@click.option("--trust-file", is_flag=True, help="The file may run code (`#eval`, …).")
@toolchain_option
@json_option
def command(
    files: tuple[str, ...],
    carriers: tuple[str, ...],
    hold: bool,
    follow: tuple[str, ...],
    file: Path | None,
    trust_file: bool,
    toolchain: str | None,
    as_json: bool,
) -> None:
    """Generalise proved theorems about concrete systems: types, operations and constants become
    variables, and what the proofs use of them becomes hypotheses, all checked by the kernel. Of
    several theorems it also says which laws their systems share. Exit status 1 if none has a
    general form."""
    options = GeneraliseOptions(carriers, not hold, follow)
    outcomes: list[Generalised] = []
    places = [(PinnedFile.read(path), name) for path, name in (split_argument(f) for f in files)]
    if file is not None:
        writable_file(file, "--out")
    written: WrittenLaws | None = None
    with FileReader(select(toolchain), trusted=trust_file) as reader:
        for source, name in places:
            outcomes += generalise(reader, source, name, options)
        shared = shared_laws(general_theorems(outcomes))
        if file is not None:
            modules = dict.fromkeys(m for source, _ in places for m in source.modules)
            written = write_laws(reader, list(modules), outcomes, shared)
            file.write_text(written.text, encoding="utf-8")
    if as_json:
        emit_json(
            {
                "ok": any(o.answer for o in outcomes),
                "theorems": [to_json(o) for o in outcomes],
                "shared": [shared_json(s, number) for number, s in enumerate(shared, 1)],
                "written": written_json(written),
            }
        )
    else:
        for outcome in outcomes:
            show(outcome)
        for number, one in enumerate(shared, 1):
            show_shared(one, number)
        if written is not None:
            show_written(written)
    if not any(o.answer for o in outcomes):
        raise Negative(f"no general form: {outcomes[0].name}: {outcomes[0].why}")


def to_json(outcome: Generalised) -> dict[str, Any]:
    """What became of a theorem, as JSON."""
    answer = outcome.answer
    if answer is None:
        return {"theorem": outcome.name, "general": None, "why": outcome.why}
    return {
        "theorem": outcome.name,
        "general": answer.decl.name,
        "statement": answer.decl.type,
        "instance_is_original": answer.origin,
        "dropped": list(answer.dropped),
        "ingredients": [
            {"role": i.role, "name": i.name, "type": i.type, "origin": i.origin}
            for i in answer.ingredients
        ],
    }


def shared_json(shared: SharedLaws, number: int) -> dict[str, Any]:
    """Laws that several systems have, as JSON."""
    return {
        "systems": list(shared.systems),
        "theorems": list(shared.theorems),
        "laws": len(shared.laws),
        "lean": shared.laws.lean(f"Laws{number}"),
    }


def written_json(written: WrittenLaws | None) -> dict[str, Any] | None:
    """What a file of shared laws has in it, as JSON."""
    if written is None:
        return None
    return {
        "declarations": [{"name": f.name, "kind": f.kind} for f in written.kept],
        "refused": [{"name": f.name, "kind": f.kind, "why": w} for f, w in written.refused],
    }


def show_written(written: WrittenLaws) -> None:
    """Print what a file of shared laws has in it."""
    counts = Counter(f.kind for f in written.kept)
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    out.print(styled("written: {}", said or "nothing"), soft_wrap=True)
    for fragment, why in written.refused:
        err.print(styled("[yellow]not written[/] {}: {}", fragment.name, why), soft_wrap=True)


def show(outcome: Generalised) -> None:
    """Print a general theorem and what its variables were."""
    answer = outcome.answer
    if answer is None:
        err.print(styled("[yellow]{}[/]: {}", outcome.name, outcome.why), soft_wrap=True)
        return
    out.print(styled("[bold]{}[/]", answer.decl.name))
    out.print(printable(answer.decl.type, lines=True), soft_wrap=True, markup=False)
    table = Table("", "variable", "says", "was")
    for part in answer.ingredients:
        table.add_row(part.role, *(printable(t) for t in (part.name, part.type, part.origin)))
    out.print(table)


def show_shared(shared: SharedLaws, number: int) -> None:
    """Print laws that several systems have, as a structure."""
    systems, theorems = ", ".join(shared.systems), ", ".join(shared.theorems)
    out.print(styled("[bold]shared[/] by {}; gives {}", systems, theorems), soft_wrap=True)
    out.print(
        printable(shared.laws.lean(f"Laws{number}"), lines=True), soft_wrap=True, markup=False
    )
