"""A refutation by Horn clauses as a forward derivation: one `have` a conclusion, no automation.

Ground instances are fired one after another: when the premises of an instance are known, so is
its conclusion. Equations between known terms come from the congruence closure, as calculations.
What is written is what a person would write; clauses with several conclusions do not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from autoresearch_formal.policy.fol.clausify import Clausifier, Source, Step, Unsupported
from autoresearch_formal.policy.fol.herbrand import Closure, Move
from autoresearch_formal.policy.fol.saturate import TRUE, Literal
from autoresearch_formal.policy.fol.script import Writer, everywhere, prepare
from autoresearch_formal.policy.fol.terms import Substitution, Term, apply, replace

HOLE: Term = ("$hole",)


@dataclass(slots=True)
class Leaf:
    """A ground instance that waits to be used."""

    source: Source
    sub: Substitution
    literals: list[Literal]


@dataclass(slots=True)
class Derivation:
    """State of a derivation; `finish` returns its lines."""

    maker: Clausifier
    writer: Writer
    leaves: list[Leaf]
    equations: list[tuple[Term, Term]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    atoms: dict[Term, str] = field(default_factory=dict)
    closure: Closure = field(default_factory=lambda: Closure(()))
    proved: dict[tuple[Term, Term], str] = field(default_factory=dict)

    # -- proofs of literals ------------------------------------------------------------------

    def holds(self, literal: Literal) -> bool:
        """Whether an equation or atom follows from what is known."""
        _, s, t = literal
        if t != TRUE:
            return s == t or self.closure.equal(s, t)
        return self._known_atom(s) is not None

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
                context = self._context(replace(current, (i,), HOLE))
                text = f"((congrArg ({context}) {reason}).mp {text})"
                current = replace(current, (i,), s[i])
        return text

    def _context(self, term: Term) -> str:
        """``fun x => …`` with the hole as x."""
        hole = "x" if "x" not in self.writer.taken else "x'"
        self.writer.names[HOLE] = hole
        text = self.maker.write(term, self.writer.names, atom=False)
        del self.writer.names[HOLE]
        return f"fun {hole} => {text}"

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
        label = self.labels[move.equation]
        fact = f"({label})" if " " in label else label
        left, right = self.equations[move.equation]
        if move.backwards:
            left, right = right, left
        if not move.path:
            return f"{fact}.symm" if move.backwards else label
        if not term and everywhere(move.before, left, right) == everywhere(move.after, left, right):
            return f"by rw [{'← ' if move.backwards else ''}{label}]"
        context = self._context(replace(move.before, move.path, HOLE))
        return f"congrArg ({context}) {f'{fact}.symm' if move.backwards else fact}"

    # -- firing ------------------------------------------------------------------------------

    def run(self) -> None:
        """Fire instances until nothing new comes."""
        waiting = list(self.leaves)
        progress = True
        while waiting and progress:
            progress = False
            for leaf in list(waiting):
                premises, rest = split_premises(leaf)
                positive = [lit for lit in rest if lit[0]]
                if len(rest) != 1 or len(positive) != 1 or not leaf.source.hypothesis:
                    continue
                if all(self.holds(p) for p in premises):
                    self._fire(leaf, premises, positive[0])
                    waiting.remove(leaf)
                    progress = True
        self.leaves = waiting

    def _fire(self, leaf: Leaf, premises: list[Literal], fact: Literal) -> None:
        _, s, t = fact
        if self.holds(fact) and (t != TRUE or s in self.atoms):
            return
        text = self.apply(leaf.source, leaf.sub, premises)
        if premises and " " in text:
            name = self.writer.name("k")
            right = "" if t == TRUE else f" = {self.writer.text(t, atom=False)}"
            statement = f"{self.writer.text(s, atom=False)}{right}"
            self.writer.lines.append(f"have {name} : {statement} := {text}")
            text = name
        if t == TRUE:
            self.atoms.setdefault(s, f"({text})" if " " in text else text)
        else:
            self.equations.append((s, t))
            self.labels.append(text)
            self.closure = Closure(self.equations)

    def apply(self, source: Source, sub: Substitution, premises: list[Literal]) -> str:
        """A hypothesis applied to terms and to proofs of its premises."""
        text, used = source.hypothesis, 0
        for position, step in enumerate(source.recipe):
            match step.kind:
                case "all":
                    text = f"{text} {self.writer.text(sub[step.variable])}"
                case "imp":
                    mine = premises[used : used + step.count]
                    used += step.count
                    proofs = [self.proof(p) for p in mine]
                    text += f" ⟨{', '.join(proofs)}⟩" if len(proofs) > 1 else f" {proofs[0]}"
                case "left" | "right" | "mp" | "mpr":
                    text = f"({text}).{step.kind}" if " " in text else f"{text}.{step.kind}"
                case "ex":
                    text = self.writer.open(source, position, step, sub, text)
                case _:
                    break
        return text

    def finish(self) -> list[str] | None:
        """Lines that close the goal, or None if the derivation does not reach it."""
        problem = self.maker.problem
        for leaf in self.leaves:
            premises, rest = split_premises(leaf)
            literals = [*premises, *rest]
            if any(lit[0] for lit in literals) or not all(self.holds(x) for x in literals):
                continue
            if leaf.source.hypothesis:
                text = self.apply(leaf.source, leaf.sub, premises)
                for literal in rest:
                    text += f" {self.proof(literal)}"
                end = text if problem.target_false else f"False.elim ({text})"
                return [*self.writer.lines, f"exact {end}"]
            return self._close(leaf, literals)
        return None

    def _close(self, leaf: Leaf, literals: list[Literal]) -> list[str]:
        problem = self.maker.problem
        if problem.exists:
            terms = [self.writer.text(leaf.sub[v], atom=False) for v in problem.exists]
            proofs = [self.proof(x) for x in literals]
            return [*self.writer.lines, f"exact ⟨{', '.join([*terms, *proofs])}⟩"]
        if len(literals) != 1:
            proofs = [self.proof(x) for x in literals]
            return [*self.writer.lines, f"exact ⟨{', '.join(proofs)}⟩"]
        _, s, t = literals[0]
        if t == TRUE:
            text = self.proof(literals[0])
            return [*self.writer.lines, f"exact {text}"]
        moves = self.closure.explain(s, t)
        if len(moves) <= 1:
            step = self._step(moves[0]) if moves else "rfl"
            return [*self.writer.lines, step[3:] if step.startswith("by ") else f"exact {step}"]
        steps = [f"  _ = {self.writer.text(m.after, atom=False)} := {self._step(m)}" for m in moves]
        first = f"calc {self.writer.text(s, atom=False)}"
        return [*self.writer.lines, first, *steps]


def split_premises(leaf: Leaf) -> tuple[list[Literal], list[Literal]]:
    """Literals that stand for the premises of the recipe, and the others."""
    count = sum(s.count for s in relevant(leaf.source.recipe) if s.kind == "imp")
    return leaf.literals[:count], leaf.literals[count:]


def relevant(recipe: tuple[Step, ...]) -> list[Step]:
    """The steps before the recipe stops."""
    steps = []
    for step in recipe:
        if step.kind in ("stop", "hidden"):
            break
        steps.append(step)
    return steps


def derivation(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str] | None:
    """Lines of a derivation, or None if the refutation is not one. May raise `Unsupported`."""
    problem = maker.problem
    if any(s.kind == "hidden" for n, _ in leaves for s in problem.sources[n].recipe):
        raise Unsupported("a premise that is itself a general statement")
    ground = []
    for number, sub in leaves:
        literals = [(p, apply(s, sub), apply(t, sub)) for p, s, t in problem.clauses[number][0]]
        ground.append(Leaf(problem.sources[number], sub, literals))
    made = Derivation(maker, prepare(maker, leaves), ground)
    made.run()
    return made.finish()
