"""What a candidate's declarations are, against the pristine library: redefinitions, targets,
axioms, and definitions that add nothing. Pure functions over a parsed export and an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autoresearch_formal.judge.certificate import Finding, Invented, Proved
from autoresearch_formal.judge.digest import Digests
from autoresearch_formal.judge.export import Segment, declared, expressions
from autoresearch_formal.judge.format import Axiom, Block, Declaration, Definition, Theorem
from autoresearch_formal.judge.library import LibraryEntry, entries_of
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.pins import STANDARD_AXIOMS, Pins
from autoresearch_formal.judge.pretty import pretty
from autoresearch_formal.judge.tables import APP, BVAR, CONST, LAM, PI

STATEMENT = "Statement"
"""A target ``X`` is the proposition ``Reconstruct.X.Statement``."""


@dataclass
class Candidate:
    """The declarations that a candidate adds, beside the library that they stand on.

    `places` gives the first source line of each declaration; `written` those that the source
    states itself, as opposed to what Lean derives from them; `remarks` what Lean's automation
    found out about definitions.
    """

    segment: Segment
    library: Mapping[Name, LibraryEntry]
    pins: Pins | None
    places: Mapping[Name, int]
    written: frozenset[Name]
    remarks: Mapping[Name, str] = field(default_factory=dict)
    entries: dict[Name, LibraryEntry] = field(init=False)
    digests: Digests = field(init=False)

    def __post_init__(self) -> None:
        self.entries = dict(entries_of(self.segment, self.pins))
        self.digests = Digests(self.segment)

    def line(self, name: Name) -> int:
        """The source line of a declaration, 0 if unknown."""
        return self.places.get(name, 0)

    def uses(self, name: Name) -> tuple[Name, ...]:
        """What a declaration uses, the candidate's or the library's."""
        entry = self.entries.get(name) or self.library.get(name)
        return entry.uses if entry else ()

    def missing(self) -> list[Name]:
        """Constants used that are declared neither here nor in the library."""
        used = {u for entry in self.entries.values() for u in entry.uses}
        known = (self.entries, self.library)
        return sorted((u for u in used if not any(u in k for k in known)), key=repr)

    def reach(self, roots: Iterable[Name]) -> dict[Name, Name]:
        """Everything used by some declarations, at any depth, with the name that leads to it."""
        found: dict[Name, Name] = {}
        stack = [(root, root) for root in roots]
        while stack:
            name, first = stack.pop()
            if name in found:
                continue
            found[name] = first
            for used in self.uses(name):
                # The last declaration of the candidate's own on the way is the one to blame.
                stack.append((used, name if name in self.entries else first))
        return found


def redefinitions(c: Candidate) -> list[Finding]:
    """Declarations of names that belong to the library or to the toolchain."""
    findings = []
    # Lean derives some lemmas of the toolchain's definitions on demand, whose bodies may not be
    # shipped: the same statement under the same name changes nothing.
    statements_only = {
        c.segment.names[d.name]: c.digests.declaration(Axiom(d.name, d.levelParams, d.type, False))
        for d in c.segment.declarations
        if isinstance(d, Theorem)
    }
    for name, entry in c.entries.items():
        what = ""
        if name in c.library:
            what = "it is a declaration of the library"
        elif c.pins:
            pinned = c.pins.contents(name)
            if pinned and not pinned & {entry.content, statements_only.get(name)}:
                what = "it is a declaration of the toolchain"
        if what:
            text = f"'{show(name)}' is declared again: {what}"
            findings.append(Finding("compare", text, show(name), c.line(name)))
        if not all(part.isprintable() for part in name if isinstance(part, str)):
            text = f"the name '{show(name)}' has unprintable characters"
            findings.append(Finding("compare", text, show(name), c.line(name)))
    missing = c.missing()
    users: dict[Name, str] = {}
    for user, entry in c.entries.items() if missing else ():
        for name in entry.uses:
            users[name] = min(users.get(name, show(user)), show(user))
    for name in missing:
        text = f"'{users[name]}' uses '{show(name)}', which is not in the library"
        findings.append(Finding("compare", text, show(name)))
    return findings


def statements(library: Mapping[Name, LibraryEntry]) -> dict[str, Name]:
    """The targets of a library: short name to the full name of the statement."""
    return {
        ".".join(map(str, name[1:-1])): name
        for name, entry in library.items()
        if len(name) > 2 and name[0] == "Reconstruct" and name[-1] == STATEMENT
        and entry.kind == "def"
    }  # fmt: skip


def named_target(file: str, known: Mapping[str, Name]) -> str | None:
    """The target that a file is named after, if it is: ``InverseOfProduct.lean``, also with
    something behind a dot or a space, and ``inverse-of-product.lean`` or the like.
    """
    plain = {_letters(target.rpartition(".")[2]): target for target in known}
    plain |= {_letters(target): target for target in known}
    stem = file.lower().removesuffix(".lean")
    for part in (stem, re.split(r"[.\s(]", stem, maxsplit=1)[0]):
        if _letters(part) in plain:
            return plain[_letters(part)]
    return None


def _letters(text: str) -> str:
    """A name without case and without what may stand between its words."""
    return re.sub(r"[\W_]+", "", text).casefold()


def targets(
    c: Candidate, wanted: str | None, any_target: bool = False
) -> tuple[list[Proved], list[Finding]]:
    """Theorems that prove a target, and complaints about those that only seem to.

    A theorem proves a target if its type is the statement's name, or the statement's own text.
    One that is *called* like a target must prove it; with `wanted`, that target must be proved,
    with `any_target` some target.
    """
    known = statements(c.library)
    by_type: dict[bytes, str] = {}
    for short, full in known.items():
        entry = c.library[full]
        by_type[c.digests.constant(full)] = short
        by_type.setdefault(entry.value, short)
    proved, findings = [], []
    for name, entry in c.entries.items():
        if entry.kind != "thm":
            continue
        short_name = by_type.get(entry.type)
        if short_name is not None:
            proved.append(Proved(short_name, show(name), c.line(name)))
        elif str(name[-1]) in known and name in c.written:
            text = f"'{show(name)}' is called like a target, but its type is not that statement"
            findings.append(Finding("compare", text, show(name), c.line(name)))
    if wanted is not None and wanted not in {p.target for p in proved} and not findings:
        full_name = show(known[wanted]) if wanted in known else wanted
        findings.append(Finding("compare", f"no theorem has exactly the type '{full_name}'"))
    if any_target and not proved and not findings:
        findings.append(Finding("compare", "no theorem has exactly the type of a target"))
    return sorted(proved, key=lambda p: (p.target, p.line)), findings


def axioms(c: Candidate) -> tuple[list[str], list[Finding]]:
    """Axioms that the candidate's declarations rest on, and complaints about any but three."""
    reached = c.reach(c.entries)
    found: list[str] = []
    findings = []
    for name, blamed in reached.items():
        entry = c.entries.get(name) or c.library.get(name)
        if entry is None or entry.kind != "axiom":
            continue
        if name in STANDARD_AXIOMS and name in c.library:
            found.append(show(name))
            continue
        if name in c.entries:
            text, line = f"'{show(name)}' is an axiom", c.line(name)
        else:
            text, line = f"'{show(blamed)}' uses the axiom '{show(name)}'", c.line(blamed)
        findings.append(Finding("axioms", text, show(name), line))
    return sorted(found), findings


def definitions(c: Candidate, proved: list[Proved]) -> tuple[list[Invented], list[Finding]]:
    """What the candidate defined, and complaints about definitions that hide a target."""
    shown = {p.name for p in proved}
    roots = [n for n, e in c.entries.items() if e.kind == "thm" and (show(n) in shown or not shown)]
    used = c.reach(roots)
    hidden = _hidden_statements(c)
    invented, findings = [], []
    for d in c.segment.declarations:
        name = c.segment.names[declared(d)[0]]
        kind, line = c.entries[name].kind, c.line(name)
        target = _hidden_target(c, d, c.remarks.get(name, ""), hidden)
        if isinstance(d, Theorem):
            if target:
                text = f"'{show(name)}' assumes the target '{target}'"
                findings.append(Finding("definitions", text, show(name), line))
            continue
        if kind in ("axiom", "quot"):
            continue
        if target:
            text = f"'{show(name)}' is a definition that contains the target '{target}'"
            findings.append(Finding("definitions", text, show(name), line))
        if name in c.written:
            type_ = d.types[0].type if isinstance(d, Block) else d.type
            contains = f"contains the target {target}" if target else ""
            invented.append(
                Invented(
                    name=show(name),
                    line=line,
                    kind=kind,
                    type=pretty(c.segment, type_),
                    used=name in used,
                    degenerate=contains or _alias(c, d) or c.remarks.get(name, ""),
                )
            )
    return sorted(invented, key=lambda i: (i.line, i.name)), findings


def _hidden_statements(c: Candidate) -> dict[bytes, str]:
    """Digests of what says a target's statement, by its name or in full, with the target."""
    known = statements(c.library)
    hidden = {c.digests.constant(full): short for short, full in known.items()}
    for short, full in known.items():
        hidden.setdefault(c.library[full].value, short)
    return hidden


def _hidden_target(c: Candidate, d: Declaration, remark: str, hidden: Mapping[bytes, str]) -> str:
    """The target that a theorem assumes, or that is inside a definition; "" if there is none."""
    prefix = "the target "
    unfolded = remark.removeprefix(prefix) if remark.startswith(prefix) else ""
    if isinstance(d, Theorem):
        return _assumed(c, d, hidden) or unfolded
    return _smuggled(c, expressions(d), hidden) or unfolded


def _assumed(c: Candidate, d: Theorem, hidden: Mapping[bytes, str]) -> str:
    """The target whose statement is somewhere in what a theorem assumes."""
    exprs, i = c.segment.exprs, d.type
    domains = []
    while exprs[i][0] == PI:
        domains.append(exprs[i][2])
        i = exprs[i][3]
    # A target written out has hypotheses too: it is no target that assumes another.
    return "" if c.digests.exprs[d.type] in hidden else _smuggled(c, domains, hidden)


def _smuggled(c: Candidate, roots: Iterable[int], hidden: Mapping[bytes, str]) -> str:
    """The target whose statement, by name or by text, is somewhere inside some expressions."""
    tops = list(roots)
    seen: set[int] = set()
    while tops:
        i = tops.pop()
        if i in seen:
            continue
        seen.add(i)
        found = hidden.get(c.digests.exprs[i])
        if found:
            return found
        tops += c.segment.parts(i)
    return ""


def _alias(c: Candidate, d: Declaration) -> str:
    """``alias of X`` if a definition only gives the constant X another name."""
    if not isinstance(d, Definition):
        return ""
    exprs, i, binders = c.segment.exprs, d.value, 0
    while exprs[i][0] == LAM:
        i, binders = exprs[i][3], binders + 1
    # The body is X applied to exactly the variables just bound, in their order.
    wanted = 0
    while exprs[i][0] == APP and exprs[exprs[i][2]] == (BVAR, wanted):
        i, wanted = exprs[i][1], wanted + 1
    if exprs[i][0] == CONST and wanted == binders:
        return f"alias of {c.segment.show(exprs[i][1])}"
    return ""


def theorems(c: Candidate) -> list[str]:
    """Theorems that the source states, in order."""
    found = [c.segment.names[d.name] for d in c.segment.declarations if isinstance(d, Theorem)]
    return [show(n) for n in found if n in c.written]
