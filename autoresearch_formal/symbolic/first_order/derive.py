"""A refutation as a forward derivation: one `have` a conclusion, cases where needed, no automation.

Ground instances are fired one after another: when the premises of an instance are known, so is
its conclusion. Equations between known terms come from the congruence closure, as calculations.
When nothing more fires, cases are distinguished: on an instance with several conclusions, or on
whether something holds whose negation is a premise. What is written is what a person would write.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.clauses import TRUE, Literal
from autoresearch_formal.symbolic.first_order.clausify import Clausifier
from autoresearch_formal.symbolic.first_order.herbrand import Closure, Move
from autoresearch_formal.symbolic.first_order.problem import ClauseSource, NotFirstOrder, RecipeStep
from autoresearch_formal.symbolic.first_order.terms import Substitution, Term, apply, replace
from autoresearch_formal.symbolic.first_order.writer import HOLE, ScriptWriter, prepare, replacement

MAX_SPLITS = 12
"""Distinctions of cases in one derivation."""


@dataclass(slots=True)
class Leaf:
    """A ground instance that waits to be used."""

    source: ClauseSource
    sub: Substitution
    literals: list[Literal]


@dataclass(slots=True)
class Derivation:
    """State of a derivation; `finish` returns its lines."""

    maker: Clausifier
    writer: ScriptWriter
    leaves: list[Leaf]
    equations: list[tuple[Term, Term]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    atoms: dict[Term, str] = field(default_factory=dict)
    closure: Closure = field(default_factory=lambda: Closure(()))
    proved: dict[tuple[Term, Term], str] = field(default_factory=dict)
    denied: list[tuple[Term, Term, str]] = field(default_factory=list)
    """What is known not to hold, with the Lean term that says so."""
    splits: list[int] = field(default_factory=lambda: [0])
    """How many distinctions of cases were made, in all branches together."""

    # -- proofs of literals ------------------------------------------------------------------

    def holds(self, literal: Literal) -> bool:
        """Whether an equation or atom follows from what is known."""
        _, s, t = literal
        if t != TRUE:
            return s == t or self.closure.equal(s, t)
        return self._known_atom(s) is not None

    def met(self, premise: Literal) -> bool:
        """Whether a premise is known; a positive literal stands for a premise that denies it."""
        return self._denial(premise) is not None if premise[0] else self.holds(premise)

    def premise(self, premise: Literal) -> str:
        """Lean term for a premise that is met."""
        if not premise[0]:
            return self.proof(premise)
        found = self._denial(premise)
        assert found is not None
        (a, b, text), (_, s, t) = found, premise
        if (a, b) == (s, t):
            return f"({text})" if " " in text else text
        assumed = self.writer.name("same")
        if t == TRUE:
            self.atoms[s] = assumed
            inner = self.proof((False, a, TRUE))
            del self.atoms[s]
            return f"(fun {assumed} => {text} {inner})"
        known = assumed
        if not (self._same(a, s) and self._same(b, t)):
            known, s, t = f"{assumed}.symm", t, s
        if b != t:
            known = f"({known}).trans {self._equation(t, b)}"
        if a != s:
            known = f"{self._equation(a, s)}.trans ({known})"
        return f"(fun {assumed} => {text} ({known}))"

    def _same(self, s: Term, t: Term) -> bool:
        return s == t or self.closure.equal(s, t)

    def _denial(self, literal: Literal) -> tuple[Term, Term, str] | None:
        """The known denial of an equation or atom, up to what is known to be equal."""
        _, s, t = literal
        for a, b, text in self.denied:
            if t == TRUE or b == TRUE:
                if t == b and a[0] == s[0] and all(map(self._same, a[1:], s[1:])):
                    return a, b, text
            elif (self._same(a, s) and self._same(b, t)) or (self._same(a, t) and self._same(b, s)):
                return a, b, text
        return None

    def _known_atom(self, atom: Term) -> Term | None:
        if atom in self.atoms:
            return atom
        for known in self.atoms:
            if known[0] == atom[0] and all(
                a == b or self.closure.equal(a, b) for a, b in zip(known[1:], atom[1:], strict=True)
            ):
                return known
        return None

    def proof(self, literal: Literal) -> str:
        """Lean term for a literal that holds; writes a `have` first where that reads better."""
        _, s, t = literal
        if t != TRUE:
            return self._equation(s, t)
        known = self._known_atom(s)
        assert known is not None
        text, current = self.atoms[known], known
        for i in range(1, len(s)):
            if current[i] != s[i]:
                reason = self._equation(current[i], s[i])
                context = self.writer.context(replace(current, (i,), HOLE))
                text = f"((congrArg ({context}) {reason}).mp {text})"
                current = replace(current, (i,), s[i])
        return text

    def _equation(self, s: Term, t: Term) -> str:
        if s == t:
            return "rfl"
        if (s, t) in self.proved:
            return self.proved[s, t]
        moves = self.closure.explain(s, t)
        if len(moves) == 1:
            step = self._step(moves[0], term=True)
            return f"({step})" if " " in step else step
        name = self.writer.name("k")
        left, right = (self.writer.text(x, atom=False) for x in (s, t))
        self.writer.lines.append(f"have {name} : {left} = {right} := calc {left}")
        for move in moves:
            after = self.writer.text(move.after, atom=False)
            self.writer.lines.append(f"    _ = {after} := {self._step(move)}")
        self.proved[s, t] = name
        return name

    def _step(self, move: Move, term: bool = False) -> str:
        label, equation = self.labels[move.equation], self.equations[move.equation]
        return replacement(self.writer, move, label, equation, term)

    # -- firing ------------------------------------------------------------------------------

    def run(self) -> None:
        """Fire instances until nothing new comes."""
        waiting = list(self.leaves)
        progress = True
        while waiting and progress:
            progress = False
            for leaf in list(waiting):
                premises, rest = split_premises(leaf)
                if len(rest) == 1 and leaf.source.hypothesis and all(map(self.met, premises)):
                    self._fire(leaf, premises, rest[0])
                    waiting.remove(leaf)
                    progress = True
        self.leaves = waiting

    def _fire(self, leaf: Leaf, premises: list[Literal], fact: Literal) -> None:
        positive, s, t = fact
        if not positive:
            if self._denial(fact) is None:
                self.denied.append((s, t, self.apply(leaf.source, leaf.sub, premises)))
            return
        if self.holds(fact) and (t != TRUE or s in self.atoms):
            return
        text = self.apply(leaf.source, leaf.sub, premises)
        if premises and " " in text:
            name = self.writer.name("k")
            right = "" if t == TRUE else f" = {self.writer.text(t, atom=False)}"
            statement = f"{self.writer.text(s, atom=False)}{right}"
            self.writer.lines.append(f"have {name} : {statement} := {text}")
            text = name
        self.know(fact, text)

    def know(self, literal: Literal, text: str) -> None:
        """Take a fact in."""
        positive, s, t = literal
        if not positive:
            self.denied.append((s, t, text))
        elif t == TRUE:
            self.atoms.setdefault(s, f"({text})" if " " in text else text)
        else:
            self.equations.append((s, t))
            self.labels.append(text)
            self.closure = Closure(self.equations)

    def apply(self, source: ClauseSource, sub: Substitution, premises: list[Literal]) -> str:
        """A hypothesis applied to terms and to proofs of its premises."""
        text, used = source.hypothesis, 0
        for position, step in enumerate(source.recipe):
            match step.kind:
                case "all":
                    text = f"{text} {self.writer.text(sub[step.variable])}"
                case "imp":
                    mine = premises[used : used + step.count]
                    used += step.count
                    proofs = [self.premise(p) for p in mine]
                    proof = f"⟨{', '.join(proofs)}⟩" if len(proofs) > 1 else proofs[0]
                    text += f" {side(step.name, proof)}"
                case "left" | "right" | "mp" | "mpr":
                    text = f"({text}).{step.kind}" if " " in text else f"{text}.{step.kind}"
                case "ex":
                    text = self.writer.open(source, position, step, sub, text)
                case _:
                    break
        return text

    def finish(self) -> list[str] | None:
        """Lines that close the goal, or None if the derivation does not reach it."""
        self.run()
        closed = self._closed()
        if closed is not None:
            return [*self.writer.lines, closed] if closed else self.writer.lines
        return self._cases()

    def _closed(self) -> str | None:
        """The last line, "" if it is written already, None if the goal is not reached yet."""
        problem = self.maker.problem
        for s, t, text in self.denied:
            if self.holds((True, s, t)):
                proof = self.proof((True, s, t))
                if problem.target_false:
                    return f"exact {text} {proof}"
                return f"exact absurd {proof} {f'({text})' if ' ' in text else text}"
        for leaf in self.leaves:
            premises, rest = split_premises(leaf)
            if any(lit[0] for lit in rest) or not all(map(self.met, premises)):
                continue
            if not all(self.holds(x) for x in rest):
                continue
            if not leaf.source.hypothesis:
                return self._close(leaf, [*premises, *rest])
            text = self.apply(leaf.source, leaf.sub, premises)
            proofs = [self.proof(x) for x in rest]
            if proofs:
                text += f" ⟨{', '.join(proofs)}⟩" if len(proofs) > 1 else f" {proofs[0]}"
            return f"exact {text}" if problem.target_false else f"exact False.elim ({text})"
        return None

    def _close(self, leaf: Leaf, literals: list[Literal]) -> str:
        ways = [s for s in leaf.source.recipe if s.kind == "exgoal" or s.name]
        if len(literals) != 1 or ways:
            proofs = [self.proof(x) for x in literals]
            proof = f"⟨{', '.join(proofs)}⟩" if len(proofs) > 1 else (proofs or ["trivial"])[0]
            for way in reversed(ways):
                if way.kind == "exgoal":
                    inner = proof[1:-1] if proof[0] == "⟨" else proof
                    proof = f"⟨{self.writer.text(leaf.sub[way.variable], atom=False)}, {inner}⟩"
                else:
                    proof = side(way.name, proof)
            return f"exact {proof}"
        _, s, t = literals[0]
        if t == TRUE:
            return f"exact {self.proof(literals[0])}"
        moves = self.closure.explain(s, t)
        if len(moves) <= 1:
            step = self._step(moves[0]) if moves else "rfl"
            return step[3:] if step.startswith("by ") else f"exact {step}"
        calc = [f"  _ = {self.writer.text(m.after, atom=False)} := {self._step(m)}" for m in moves]
        self.writer.lines += [f"calc {self.writer.text(s, atom=False)}", *calc]
        return ""

    # -- cases -------------------------------------------------------------------------------

    def _cases(self) -> list[str] | None:
        """Distinguish cases and go on in each; None if there is nothing to distinguish."""
        if self.splits[0] >= MAX_SPLITS:
            return None
        found = self._disjunction()
        if found is not None:
            leaf, premises, rest = found
            text = self.apply(leaf.source, leaf.sub, premises)
            names = [self.writer.name("c") for _ in rest]
            self.leaves = [x for x in self.leaves if x is not leaf]
            head = f"rcases {text} with {' | '.join(names)}"
            return self._branches(head, list(zip(rest, names, strict=True)))
        literal = self._undecided()
        if literal is None:
            return None
        _, s, t = literal
        name = self.writer.name("c")
        right = "" if t == TRUE else f" = {self.writer.text(t, atom=False)}"
        head = f"by_cases {name} : {self.writer.text(s, atom=False)}{right}"
        return self._branches(head, [((True, s, t), name), ((False, s, t), name)])

    def _disjunction(self) -> tuple[Leaf, list[Literal], list[Literal]] | None:
        """The shortest instance with several conclusions, none of them known."""
        best = None
        for leaf in self.leaves:
            premises, rest = split_premises(leaf)
            if len(rest) < 2 or not leaf.source.hypothesis or not any(x[0] for x in rest):
                continue
            if not all(map(self.met, premises)):
                continue
            if any(self.holds(x) if x[0] else self._denial(x) is not None for x in rest):
                continue
            if best is None or len(rest) < len(best[2]):
                best = leaf, premises, rest
        return best

    def _undecided(self) -> Literal | None:
        """Something whose negation is the only premise missing of an instance."""
        for leaf in self.leaves:
            premises, _ = split_premises(leaf)
            missing = [p for p in premises if not self.met(p)]
            if len(missing) == 1 and missing[0][0] and not self.holds(missing[0]):
                return missing[0]
        return None

    def _branches(self, head: str, cases: list[tuple[Literal, str]]) -> list[str] | None:
        self.splits[0] += 1
        lines = [*self.writer.lines, head]
        for literal, name in cases:
            branch = self._branch()
            branch.know(literal, name)
            done = branch.finish()
            if done is None:
                return None
            lines += ["· " + done[0], *["  " + line for line in done[1:]]]
        return lines

    def _branch(self) -> Derivation:
        """A copy that shares nothing but the names that are taken."""
        old = self.writer
        writer = dataclasses.replace(
            old, lines=[], names=dict(old.names), facts=dict(old.facts), opened=dict(old.opened)
        )
        return dataclasses.replace(
            self,
            writer=writer,
            leaves=list(self.leaves),
            equations=list(self.equations),
            labels=list(self.labels),
            atoms=dict(self.atoms),
            proved=dict(self.proved),
            denied=list(self.denied),
        )


def side(where: str, proof: str) -> str:
    """A proof of one member of a disjunction as one of the whole; ``where``: path of l and r."""
    for turn in reversed(where):
        proof = f"(Or.in{turn} {proof})"
    return proof


def split_premises(leaf: Leaf) -> tuple[list[Literal], list[Literal]]:
    """Literals that stand for the premises of the recipe, and the others."""
    count = sum(s.count for s in relevant(leaf.source.recipe) if s.kind == "imp")
    return leaf.literals[:count], leaf.literals[count:]


def relevant(recipe: tuple[RecipeStep, ...]) -> list[RecipeStep]:
    """The steps before the recipe stops."""
    steps = []
    for step in recipe:
        if step.kind in ("stop", "hidden"):
            break
        steps.append(step)
    return steps


def derivation(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str] | None:
    """Lines of a derivation, or None if the refutation is not one. May raise `NotFirstOrder`."""
    problem = maker.problem
    used = [s for n, _ in leaves for s in problem.sources[n].recipe]
    if any(s.kind == "hidden" or s.name == "hidden" for s in used):
        raise NotFirstOrder("a premise that is itself a general statement")
    ground = []
    for number, sub in leaves:
        literals = [(p, apply(s, sub), apply(t, sub)) for p, s, t in problem.clauses[number][0]]
        ground.append(Leaf(problem.sources[number], sub, literals))
    return Derivation(maker, prepare(maker, leaves), ground).finish()
