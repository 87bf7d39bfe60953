"""What a built library contains: declarations, what each uses, and the modules' imports.

A listing is made by a real Lean (`lean/Listing.lean`), never guessed. The one for Lean's own
`Init` and `Std` is pinned in `data/core.json.gz`, cut down to what can matter to a mask: the
declarations that depend, at any depth, on a declaration the chronology names.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.mask.chronology import Chronology, LibraryName

SCRIPT = Path(__file__).parent / "lean" / "Listing.lean"
CORE = Path(__file__).parent / "data" / "core.json.gz"
"""The pinned listing of Lean's Init and Std."""


class ListedConstant(msgspec.Struct, frozen=True):
    """One constant: its module, its kind as in the source, and the constants it mentions.

    `type` has the constants of its type, `value` those of its value or proof. `proof` is false
    when the .olean file carries no value, as for the theorems of `Init` in module-system builds.
    """

    module: str
    kind: str
    type: tuple[str, ...]
    value: tuple[str, ...]
    proof: bool


class Listing(msgspec.Struct, frozen=True):
    """Modules with their imports and declarations by name."""

    lean: str
    modules: dict[str, tuple[str, ...]]
    declarations: dict[str, ListedConstant]
    docs: dict[str, str] = {}

    def dependents(
        self,
        roots: Iterable[str],
        in_proofs: Container[str] = (),
        anywhere: Container[str] = (),
    ) -> dict[str, str]:
        """Everything that uses some root, at any depth, each with the next name on the way.

        Uses of names in `anywhere` do not count, nor do uses of names in `in_proofs` inside the
        proof of a theorem; such names themselves still depend on what they use.
        """
        users: dict[str, list[str]] = {}
        for name, declaration in self.declarations.items():
            theorem = declaration.kind == "theorem"
            for used in declaration.type:
                if used not in anywhere:
                    users.setdefault(used, []).append(name)
            for used in declaration.value:
                if used not in anywhere and not (theorem and used in in_proofs):
                    users.setdefault(used, []).append(name)
        step = {root: root for root in sorted(roots)}
        queue = list(step)
        while queue:
            following = []
            for name in queue:
                for user in users.get(name, ()):
                    if user not in step:
                        step[user] = name
                        following.append(user)
            queue = sorted(following)
        return step

    def restricted(self, keep: Callable[[str], bool]) -> Listing:
        """The same modules with only the declarations `keep` accepts, and uses among them."""
        names = {name for name in self.declarations if keep(name)}
        return Listing(
            self.lean,
            self.modules,
            {
                name: ListedConstant(
                    entry.module,
                    entry.kind,
                    tuple(used for used in entry.type if used in names),
                    tuple(used for used in entry.value if used in names),
                    entry.proof,
                )
                for name, entry in self.declarations.items()
                if name in names
            },
        )


FIRST_CUTOFF = 1801
"""The earliest cutoff: before it, Lean's own integers and residues would have to be hidden."""


def owned(names: Iterable[str], chronology: Chronology, library: LibraryName) -> dict[str, str]:
    """Which of `names` belong to a concept some cutoff can hide: name → concept id.

    The longest namespace decides, so that ``Lean.Grind.Ring.OfSemiring`` can be dated apart
    from ``Lean.Grind.Ring``.
    """
    exact: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    for concept in chronology:
        if concept.year <= FIRST_CUTOFF or concept.granted:
            continue
        places = concept.places(library)
        exact.update(dict.fromkeys(places.declarations, concept.id))
        prefixes.update(dict.fromkeys(places.namespaces, concept.id))
    owners: dict[str, str] = {}
    for name in names:
        if name in exact:
            owners[name] = exact[name]
            continue
        public = public_name(name)
        for prefix in _prefixes(public):
            if prefix in prefixes:
                owners[name] = prefixes[prefix]
                break
    return owners


def public_name(name: str) -> str:
    """The name without the `_private.Module.0.` that hides it outside its module."""
    if name.startswith("_private."):
        _, _, rest = name.partition(".0.")
        return rest or name
    return name


def _prefixes(name: str) -> Iterator[str]:
    """The name and its namespaces, longest first."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def parse(lines: Iterable[str], lean: str) -> Listing:
    """Read the output of `lean/Listing.lean`."""
    modules: dict[str, tuple[str, ...]] = {}
    declarations: dict[str, ListedConstant] = {}
    docs: dict[str, str] = {}
    for line in lines:
        entry: dict[str, Any] = json.loads(line)
        if "module" in entry:
            modules[entry["module"]] = tuple(entry["imports"])
            continue
        declarations[entry["name"]] = ListedConstant(
            entry["in"],
            entry["kind"],
            tuple(entry["type"]),
            tuple(entry["value"]),
            entry["proof"],
        )
        if entry["doc"]:
            docs[entry["name"]] = entry["doc"]
    return Listing(lean, modules, declarations, docs)


def source(imports: Iterable[str], roots: Iterable[str], output: Path) -> str:
    """The Lean file that writes the listing of `roots` to `output`."""
    head = "".join(f"import {module}\n" for module in dict.fromkeys(["Lean", *imports]))
    names = ", ".join(f"`{root}" for root in roots)
    call = f"#eval AutoresearchListing.emit #[{names}] {json.dumps(str(output))}\n"
    return head + SCRIPT.read_text(encoding="utf-8") + "\n" + call


def relevant(listing: Listing, chronology: Chronology, library: LibraryName) -> Listing:
    """The part of a listing that a mask of any cutoff can need."""
    kept = listing.dependents(owned(listing.declarations, chronology, library))
    return listing.restricted(kept.__contains__)


def save(listing: Listing, path: Path) -> None:
    """Write a listing; the same listing gives the same bytes."""
    data = msgspec.json.encode(listing, order="sorted")
    path.write_bytes(gzip.compress(data, mtime=0))


@cache
def load(path: Path = CORE) -> Listing:
    """Read a saved listing.

    Raises:
        UsageFault: the file is missing or damaged.
    """
    try:
        return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Listing)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise UsageFault(
            f"{path}: not a listing ({error}); make it with `autoresearch mask listing`"
        ) from None


def make(roots: Sequence[str], toolchain: Toolchain, timeout: float = 600.0) -> Listing:
    """Ask a real Lean for the listing of built libraries.

    Raises:
        MissingTool: Lean did not run, e.g. because the library is not built.
        UsageFault: a root is no name of a module.
    """
    for root in roots:
        if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", root):
            raise UsageFault(f"{root[:200]!r}: the name of a library was expected, such as Mathlib")
    with tempfile.TemporaryDirectory(prefix="autoresearch-listing-") as folder:
        script, output = Path(folder, "List.lean"), Path(folder, "listing.jsonl")
        script.write_text(source(roots, roots, output), encoding="utf-8")
        try:
            done = toolchain.run_lean(["--tstack=32768", str(script)], timeout=timeout)
        except subprocess.TimeoutExpired:
            raise MissingTool(f"Lean did not list {', '.join(roots)} in {timeout:.0f} s") from None
        if not output.is_file() or done.returncode != 0:
            first = (done.stdout + done.stderr).strip().partition("\n")[0]
            raise MissingTool(f"Lean could not list {', '.join(roots)}: {first}")
        with output.open(encoding="utf-8") as lines:
            return parse(lines, f"{toolchain.version} {toolchain.commit}")
