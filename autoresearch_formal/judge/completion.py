"""A completion beside the pristine original: what became of each declaration, and on what it rests.

Pure: two compiled files, the library's index and the second kernel's word go in.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import SORRY
from autoresearch_formal.judge.format import Axiom, Block, Theorem
from autoresearch_formal.judge.matching import WORDS, TermMatcher
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.own import OwnFile
from autoresearch_formal.judge.pins import STANDARD_AXIOMS, Pins
from autoresearch_formal.judge.pretty import pretty
from autoresearch_formal.judge.second import KernelVerdict

ALLOWED = STANDARD_AXIOMS | {SORRY}
"""Axioms of Lean's that are no reason to refuse: the three, and what holes are made of, of which
each is asked for by its declaration."""

STATUSES = ("rejected", "open", "conditional", "verified")
"""What a declaration can be, the worst first; a file is what the worst of it is."""


class DeclarationVerdict(msgspec.Struct, frozen=True):
    """What became of a declaration of the original that has a hole.

    `status` is one of `STATUSES`; `rests_on` names the open holes (declarations that have one) and
    the axioms beyond the three that it depends on; `reason` says why it is not verified; `line` is
    that of the candidate, or of the original where the candidate has no such declaration.
    """

    name: str
    status: str
    rests_on: list[str]
    reason: str
    line: int


class Addition(msgspec.Struct, frozen=True):
    """A declaration of the candidate that the original does not have."""

    name: str
    kind: str
    type: str
    line: int


class CompletedFile:
    """A candidate compared with the original.

    Args:
        old: the original.
        new: the candidate.
        candidate: the candidate's declarations on the library.
        incomplete: the declarations of the original that have a hole.
        pins: the pinned list of the toolchain.
        kernel: what the second kernel said.
    """

    def __init__(
        self,
        old: OwnFile,
        new: OwnFile,
        candidate: Candidate,
        incomplete: list[Name],
        pins: Pins | None,
        kernel: KernelVerdict,
    ) -> None:
        self.old = old
        self.new = new
        self.candidate = candidate
        self.incomplete = incomplete
        self.findings: list[Finding] = []
        self._pins = pins
        self._kernel = kernel
        self._changed: dict[Name, str] = {}
        if not kernel.ok:
            name = f"'{kernel.name}': " if kernel.name else ""
            lines = [new.line(n) for n in new.declarations if show(n) == kernel.name]
            line = lines[0] if lines else 0
            self.findings.append(Finding("kernel", name + kernel.why, kernel.name, line))
        self._compare()

    # Comparing

    def _compare(self) -> None:
        """What has become of every declaration of the original, and which names are new."""
        old, new = self.old, self.new
        matcher = TermMatcher(old, new)
        for name in old.required():
            why = matcher.difference(name)
            if not why and old.incomplete_statement(name):
                why = "its statement has a hole of its own: it does not say what is to be proved"
            if why:
                self._changed[name] = why
                if name not in self.incomplete:
                    line = new.line(name) or old.line(name)
                    self._find("compare", name, f"'{show(name)}' is not what it was: {why}", line)
        for name, entry in self.candidate.entries.items():
            if name in old.declarations:
                continue
            pinned = self._pins.contents(name) if self._pins and entry.kind != "thm" else set()
            if pinned and entry.content not in pinned:
                self._find("compare", name, f"'{show(name)}' is declared again: Lean has it")
            if not all(part.isprintable() for part in name if isinstance(part, str)):
                self._find("compare", name, f"the name '{show(name)}' has unprintable characters")
            if isinstance(self.new.declarations[name], Axiom):
                self._find("axioms", name, f"'{show(name)}' is an axiom")

    def _find(self, step: str, name: Name, text: str, line: int | None = None) -> None:
        line = self.new.line(name) if line is None else line
        self.findings.append(Finding(step, text, show(name), line))

    # Judging

    def judge(self, name: Name, old_line: int) -> DeclarationVerdict:
        """What has become of a declaration of the original that has a hole."""
        line = self.new.line(name) or old_line

        def verdict(
            status: str, reason: str = "", rests_on: Iterable[str] = ()
        ) -> DeclarationVerdict:
            return DeclarationVerdict(show(name), status, sorted(rests_on), reason, line)

        if name in self._changed:
            return verdict("rejected", self._changed[name])
        below_it = self._changed_below(name)
        if below_it is not None:
            return verdict("rejected", f"its statement uses '{show(below_it)}', which was changed")
        if not self._kernel.ok:
            why = self._kernel.why
            return verdict("rejected", f"the second kernel does not accept the file: {why}")
        holes, known, foreign = self._foundations(name)
        if foreign:
            return verdict("rejected", f"it rests on {_quoted(foreign)}", map(show, foreign))
        others = [*(h for h in holes if h != name), *known]
        if name in holes:
            return verdict("open", "it still has a hole", map(show, others))
        if others:
            return verdict("conditional", f"it rests on {_quoted(others)}", map(show, others))
        return verdict("verified")

    def _changed_below(self, name: Name) -> Name | None:
        """A changed declaration that the original's statement depends on, at any depth."""
        old = self.old
        d = old.declarations[name]
        tops = [x.type for x in d.types] if isinstance(d, Block) else [d.type]
        seen: set[Name] = set()
        stack = list(old.segment.constants(tops))
        while stack:
            used = stack.pop()
            if used in seen or used not in old.declarations:
                continue
            seen.add(used)
            if used in self._changed:
                return used
            below = old.declarations[used]
            # Of a proof only its statement counts.
            stack += (
                old.segment.constants([below.type])
                if isinstance(below, Theorem | Axiom)
                else old.uses(used)
            )
        return None

    def _foundations(self, name: Name) -> tuple[list[Name], list[Name], list[Name]]:
        """What a declaration of the candidate rests on: declarations of the original that still
        have a hole, axioms of the original, and holes and axioms that are neither."""
        holes: list[Name] = []
        known: list[Name] = []
        foreign: list[Name] = []
        reached = self.candidate.reach([name])
        for used in reached:
            entry = self.candidate.library.get(used)
            own = self.new.declarations.get(used)
            if own is None:
                if entry is not None and entry.kind == "axiom" and used not in ALLOWED:
                    foreign.append(used)
                continue
            hole = not self.new.internal(used) and self.new.equation_of(used) is None
            if hole and self.new.incomplete(used):
                (holes if used in self.incomplete else foreign).append(used)
            # Whatever Lean has under this name: here it is an axiom.
            if isinstance(own, Axiom):
                (known if self._known_axiom(used) else foreign).append(used)
        if self.new.incomplete(name) and name not in holes:
            holes.append(name)
        if SORRY in reached and not holes and not foreign:
            foreign.append(SORRY)  # whatever hides it
        return holes, known, foreign

    def rest(self) -> tuple[list[str], set[str]]:
        """The axioms of the whole candidate, and what the declarations without holes come to."""
        reached = self.candidate.reach(self.candidate.entries)
        axioms = [name for name in reached if self._is_axiom(name)]
        verdicts: set[str] = set()
        for name in self.candidate.entries:
            if self.new.internal(name) or name in self.incomplete:
                continue
            if self.new.equation_of(name) is not None:
                continue
            if self.new.incomplete(name):
                self._find("axioms", name, f"'{show(name)}' has a hole that the original has not")
        for name in self.new.code_holes - set(self.new.declarations):
            self._find("axioms", name, f"the code of '{show(name)}' has a hole")
        for name in axioms:
            if name == SORRY or self._known_axiom(name):
                verdicts.add("conditional")
            elif name not in self.new.declarations and name not in STANDARD_AXIOMS:
                blamed = reached[name]
                self._find("axioms", blamed, f"'{show(blamed)}' uses the axiom '{show(name)}'")
        return sorted(map(show, axioms)), verdicts

    def _is_axiom(self, name: Name) -> bool:
        own = self.new.declarations.get(name)
        if own is not None:
            return isinstance(own, Axiom)
        entry = self.candidate.library.get(name)
        return entry is not None and entry.kind == "axiom"

    def _known_axiom(self, name: Name) -> bool:
        """Whether an axiom is one that the original declares, as it is there."""
        known = isinstance(self.old.declarations.get(name), Axiom)
        return known and name in self.new.declarations and name not in self._changed

    def additions(self) -> list[Addition]:
        """Declarations that the original does not have."""
        old, new = self.old, self.new
        found = []
        for name, d in new.declarations.items():
            if name in old.declarations or name not in new.written or new.internal(name):
                continue
            if self._derived(new, name):
                continue
            type_ = d.types[0].type if isinstance(d, Block) else d.type
            word = WORDS[type(d)].removeprefix("an ").removeprefix("a ")
            found.append(Addition(show(name), word, pretty(new.segment, type_), new.line(name)))
        known = {tuple(n) for n, *_ in old.answer.unsafe}
        for name, line, _, _ in new.answer.unsafe:
            if tuple(name) not in known:
                found.append(Addition(show(tuple(name)), "unsafe", "", line))
        return sorted(found, key=lambda a: (a.line, a.name))

    def _derived(self, new: OwnFile, name: Name) -> bool:
        """Whether a declaration is a part of a type: a constructor, a field, a recursor."""
        for end in range(1, len(name)):
            if isinstance(new.declarations.get(name[:end]), Block):
                first, last = new.places[name[:end]]
                own_first, own_last = new.places[name]
                if first <= own_first and own_last <= last:
                    return True
        return False


def _quoted(names: Iterable[Name]) -> str:
    return ", ".join(f"'{show(name)}'" for name in sorted(names, key=repr))
