"""The replay process: every declaration of some exports through the second kernel.

Run as ``python -m autoresearch_formal.judge.replay FILE… -``; ``-`` is standard input, which may
arrive later, so that the library is being replayed while the candidate is still being compiled.
Its first line is a JSON list of further files that come before the export that follows it.
It writes one JSON line for the canaries and one for each file, and ends with status 0 only if all
was accepted. Whoever starts it sets its limits (`autoresearch_formal.judge.second`).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import msgspec

from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.format import (
    Axiom,
    Block,
    Declaration,
    Definition,
    Opaque,
    Quot,
    Theorem,
)
from autoresearch_formal.judge.known_answers import WrongAnswer, check_known_answers
from autoresearch_formal.judge.lean_kernel import Constant, Kernel, KernelError, box, library_path
from autoresearch_formal.judge.ledger import Ledger, Undeclarable
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.tables import APP, BVAR, CONST, LAM, LET, NAT, PI, PROJ, SORT


class ReplayReport(msgspec.Struct, omit_defaults=True):
    """One line of the process's output."""

    file: str
    ok: bool
    declarations: int = 0
    bodies_checked: int = 0
    seconds: float = 0.0
    name: str = ""
    line: int = 0
    why: str = ""


class Rejected(Exception):
    """The second kernel does not accept an export: declaration, line of the export, reason."""

    def __init__(self, name: str, line: int, why: str) -> None:
        super().__init__(why)
        self.name = name
        self.line = line
        self.why = why


class Objects:
    """The kernel's objects of one segment, by number."""

    def __init__(self, kernel: Kernel, segment: Segment) -> None:
        self.k = kernel
        self.names = [box(0)]
        for name, parts in self._name_parents(segment):
            self.names.append(kernel.name(self.names[name], parts))
        self.levels = [kernel.level("zero")]
        for level in segment.levels[1:]:
            table = self.names if level[0] == "param" else self.levels
            self.levels.append(kernel.level(level[0], *(table[i] for i in level[1:])))
        self.exprs = self._build(segment)
        self._lists: dict[tuple[int, ...], int] = {}

    @staticmethod
    def _name_parents(segment: Segment) -> list[tuple[int, str | int]]:
        numbers: dict[Name, int] = {(): 0}
        parents = []
        for i, name in enumerate(segment.names[1:], 1):
            parents.append((numbers[name[:-1]], name[-1]))
            numbers.setdefault(name, i)
        return parents

    def _build(self, segment: Segment) -> list[int]:
        k, names, levels = self.k, self.names, self.levels
        numbers: list[int] = []
        level_lists: dict[tuple[int, ...], int] = {}
        for e in segment.exprs:
            code = e[0]
            if code == APP:
                o = k.app(numbers[e[1]], numbers[e[2]])
            elif code == BVAR:
                o = k.bvar(e[1])
            elif code == CONST:
                us = level_lists.get(e[2])
                if us is None:
                    us = level_lists[e[2]] = k.list([levels[u] for u in e[2]])
                o = k.const(names[e[1]], us)
            elif code == LAM:
                o = k.lam(names[e[1]], numbers[e[2]], numbers[e[3]], e[4])
            elif code == PI:
                o = k.pi(names[e[1]], numbers[e[2]], numbers[e[3]], e[4])
            elif code == SORT:
                o = k.sort(levels[e[1]])
            elif code == LET:
                o = k.let(names[e[1]], numbers[e[2]], numbers[e[3]], numbers[e[4]], e[5])
            elif code == PROJ:
                o = k.proj(names[e[1]], e[2], numbers[e[3]])
            elif code == NAT:
                o = k.nat_literal(e[1])
            else:
                o = k.string_literal(e[1])
            numbers.append(o)
        return numbers

    def name_list(self, numbers: tuple[int, ...]) -> int:
        """A Lean list of names."""
        found = self._lists.get(numbers)
        if found is None:
            found = self._lists[numbers] = self.k.list([self.names[i] for i in numbers])
        return found


def replay(kernel: Kernel, ledger: Ledger, segment: Segment) -> tuple[int, int]:
    """Add every declaration of a segment; returns how many, and how many had a body checked.

    Raises:
        Rejected: at the first that the kernel, or the ledger, refuses, or that the kernel derives
            differently from what the export says.
    """
    objects = Objects(kernel, segment)
    bodies = 0
    for d, line in zip(segment.declarations, segment.lines, strict=True):
        label = segment.show(d.types[0].name if isinstance(d, Block) else d.name)
        try:
            ledger.declare(segment, d)
            _add(kernel, objects, d)
        except Undeclarable as error:
            raise Rejected(error.name, line, error.why) from None
        except (KernelError, _Differs) as error:
            raise Rejected(label, line, str(error)) from None
        bodies += not isinstance(d, Axiom)
    return len(segment.declarations), bodies


class _Differs(Exception):
    """The kernel derived something else than the export says."""


def _add(k: Kernel, o: Objects, d: Declaration) -> None:
    if isinstance(d, Block):
        _add_block(k, o, d)
        return
    name, params, type_ = o.names[d.name], o.name_list(d.levelParams), o.exprs[d.type]
    if isinstance(d, Axiom):
        k.add_axiom(name, params, type_)
    elif isinstance(d, Definition):
        hints = d.hints if isinstance(d.hints, str) else d.hints.regular
        k.add_definition(name, params, type_, o.exprs[d.value], hints)
    elif isinstance(d, Theorem):
        k.add_theorem(name, params, type_, o.exprs[d.value])
    elif isinstance(d, Opaque):
        k.add_opaque(name, params, type_, o.exprs[d.value])
    elif isinstance(d, Quot):
        # The kernel adds all four at once; the others are compared with what it added.
        if d.kind == "type":
            k.add_quot()
        constant = k.find(name)
        kind = ("type", "ctor", "lift", "ind").index(d.kind)
        if constant is None or constant.kind != Constant.QUOT or constant.quot_kind != kind:
            raise _Differs("the kernel has no such quotient constant")
        if constant.level_count != len(d.levelParams) or not k.same(constant.type, type_):
            raise _Differs("the kernel's quotient constant has another type")


def _add_block(k: Kernel, o: Objects, block: Block) -> None:
    types = {c.name: o.exprs[c.type] for c in block.ctors}
    k.add_inductive(
        o.name_list(block.types[0].levelParams),
        block.types[0].numParams,
        [
            (o.names[t.name], o.exprs[t.type], [(o.names[c], types[c]) for c in t.ctors])
            for t in block.types
        ],
    )
    for t in block.types:
        constant = _found(k, o, t.name, Constant.INDUCTIVE)
        if constant.numbers(1, 2, 5) != (t.numParams, t.numIndices, t.numNested):
            raise _Differs("the kernel counts other parameters, indices or nested types")
    for c in block.ctors:
        constant = _found(k, o, c.name, Constant.CONSTRUCTOR)
        if constant.numbers(2, 3, 4) != (c.cidx, c.numParams, c.numFields):
            raise _Differs("the kernel counts other fields of a constructor")
    if len(block.recs) != len(block.types) + block.types[0].numNested:
        raise _Differs("the export does not list the recursors that the kernel derives")
    for r in block.recs:
        constant = _found(k, o, r.name, Constant.RECURSOR)
        rules = constant.rules()
        same = (
            constant.numbers(2, 3, 4, 5) == (r.numParams, r.numIndices, r.numMotives, r.numMinors)
            and constant.k == r.k
            and constant.level_count == len(r.levelParams)
            and k.same(constant.type, o.exprs[r.type])
            and len(rules) == len(r.rules)
            and all(
                nfields == rule.nfields and k.same(rhs, o.exprs[rule.rhs])
                for (nfields, rhs), rule in zip(rules, r.rules, strict=True)
            )
        )
        if not same:
            raise _Differs("the kernel derives another recursor")


def _found(k: Kernel, o: Objects, name: int, kind: int) -> Constant:
    found = k.find(o.names[name])
    if found is None or found.kind != kind:
        raise _Differs("the kernel derives no such constant")
    return found


def main(files: list[str]) -> int:
    """Replay files in order; see the module's description for what is written."""
    started = time.monotonic()

    def say(report: ReplayReport) -> None:
        report.seconds = round(time.monotonic() - started, 4)
        sys.stdout.buffer.write(b"REPLAY " + msgspec.json.encode(report) + b"\n")
        sys.stdout.buffer.flush()

    try:
        kernel = Kernel(library_path())
        say(ReplayReport(file="canaries", ok=True, declarations=check_known_answers(kernel)))
    except WrongAnswer as error:
        say(ReplayReport(file="canaries", ok=False, name=error.name, why=error.why))
        return 1
    ledger = Ledger()
    last = b""
    todo = files[::-1]
    while todo:
        file = todo.pop()
        if file == "-" and not last:
            more = msgspec.json.decode(sys.stdin.buffer.readline(), type=list[str])
            last = sys.stdin.buffer.read() or b"\n"
            todo += ["-", *reversed(more)]
            continue
        try:
            text = last if file == "-" else Path(file).read_bytes()
            count, bodies = replay(kernel, ledger, Segment.parse(text))
            say(ReplayReport(file=file, ok=True, declarations=count, bodies_checked=bodies))
        except OSError as error:
            say(ReplayReport(file=file, ok=False, why=f"it cannot be read: {error.strerror}"))
            return 1
        except MalformedExport as error:
            say(ReplayReport(file=file, ok=False, line=error.line, why=str(error)))
            return 1
        except Rejected as error:
            say(ReplayReport(file, ok=False, name=error.name, line=error.line, why=error.why))
            return 1
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    # The library's threads and exit handlers have nothing left to do.
    os._exit(status)
