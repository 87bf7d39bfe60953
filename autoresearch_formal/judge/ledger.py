"""What has been declared so far: nothing twice, nothing used before it is there."""

from __future__ import annotations

from autoresearch_formal.judge.export import Segment, declared, expressions
from autoresearch_formal.judge.format import Block, Declaration, Quot
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.tables import APP, CONST, LAM, LET, PI, PROJ

QUOT_NAMES: dict[str, Name] = {
    "type": ("Quot",),
    "ctor": ("Quot", "mk"),
    "lift": ("Quot", "lift"),
    "ind": ("Quot", "ind"),
}


class Undeclarable(Exception):
    """A declaration that cannot join the environment: its name, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"'{name}': {why}")
        self.name = name
        self.why = why


class Ledger:
    """The names declared by a sequence of segments, with their numbers of universe parameters."""

    def __init__(self) -> None:
        self.arity: dict[Name, int] = {}
        self._segment: Segment | None = None
        self._checked = bytearray()

    def declare(self, segment: Segment, d: Declaration) -> None:
        """Check one declaration against what came before, and add its names.

        Declarations of one segment must be given in order, one segment after the other.

        Raises:
            Undeclarable: if a name is taken, or a constant is used that is not there, or one is
                used with the wrong number of universe levels.
        """
        if segment is not self._segment:
            self._segment = segment
            # One mark an expression: every constant in it is known to be declared.
            self._checked = bytearray(len(segment.exprs))
        names = [segment.names[i] for i in declared(d)]
        label = show(names[0])
        if isinstance(d, Quot) and QUOT_NAMES[d.kind] != names[0]:
            raise Undeclarable(label, "it is not one of the kernel's quotient constants")
        for name in names:
            if name in self.arity:
                raise Undeclarable(show(name), "it is declared already")
        if len(set(names)) != len(names):
            raise Undeclarable(label, "its block declares a name twice")
        if isinstance(d, Block):
            # A block refers to itself, so its names count while it is checked.
            for x in d.constants:
                self.arity[segment.names[x.name]] = len(x.levelParams)
        for top in expressions(d):
            self._check(segment, top, label)
        if not isinstance(d, Block):
            self.arity[names[0]] = len(d.levelParams)

    def _check(self, segment: Segment, top: int, label: str) -> None:
        checked, exprs, names = self._checked, segment.exprs, segment.names
        stack = [top]
        while stack:
            i = stack.pop()
            if checked[i]:
                continue
            checked[i] = 1
            e = exprs[i]
            code = e[0]
            if code == APP:
                stack += (e[1], e[2])
            elif code == CONST:
                self._use(names[e[1]], len(e[2]), label)
            elif code in (LAM, PI):
                stack += (e[2], e[3])
            elif code == LET:
                stack += (e[2], e[3], e[4])
            elif code == PROJ:
                self._use(names[e[1]], None, label)
                stack.append(e[3])

    def _use(self, name: Name, levels: int | None, label: str) -> None:
        arity = self.arity.get(name)
        if arity is None:
            raise Undeclarable(label, f"it uses '{show(name)}', which is not declared before it")
        if levels is not None and levels != arity:
            raise Undeclarable(
                label, f"it uses '{show(name)}' with {levels} universe levels, not {arity}"
            )
