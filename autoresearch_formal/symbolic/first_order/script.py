"""Write a refutation as a Lean tactic script.

Two styles. A *calculation*, when the proof is one chain of equations: `calc` with one law a step.
Otherwise the *instances*: name each instance of each hypothesis that the refutation used, and let
a closing tactic, which then needs no search, put them together.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.clausify import (
    Clausifier,
    Problem,
    Source,
    Step,
    Unsupported,
)
from autoresearch_formal.symbolic.first_order.herbrand import Closure, Move
from autoresearch_formal.symbolic.first_order.saturate import TRUE
from autoresearch_formal.symbolic.first_order.terms import Substitution, Term, apply, replace
from autoresearch_formal.terms.expr import fresh

CLOSER = "grind"


@dataclass(slots=True)
class Writer:
    """Turns ground instances into lines; remembers what is named already."""

    maker: Clausifier
    lines: list[str] = field(default_factory=list)
    names: dict[Term, str] = field(default_factory=dict)
    """Witness terms to their Lean names."""
    facts: dict[str, str] = field(default_factory=dict)
    """Lean text of a fact to the name it was given."""
    opened: dict[tuple[Source, int, Term], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    witnesses: dict[Term, tuple[Source, int, Substitution]] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        """The problem whose refutation is written."""
        return self.maker.problem

    def name(self, like: str) -> str:
        """A fresh name."""
        made = fresh(like, self.taken)
        self.taken.add(made)
        return made

    def text(self, term: Term, atom: bool = True) -> str:
        """A ground term, witnesses by name; opens witnesses that are not named yet."""
        self._open_witnesses(term)
        return self.maker.write(term, self.names, atom)

    def _open_witnesses(self, term: Term) -> None:
        if term in self.names:
            return
        for a in term[1:]:
            self._open_witnesses(a)
        if term[0].startswith("?"):
            if term not in self.witnesses:
                raise Unsupported("witness without a hypothesis")
            source, _, sub = self.witnesses[term]
            self.fact(source, sub)
            if term not in self.names:
                raise Unsupported("witness that cannot be named")

    def fact(self, source: Source, sub: Substitution) -> str:
        """Lean term for an instance of a hypothesis, without trailing premises."""
        text = source.hypothesis
        premises: list[str] = []
        settled, settled_premises = text, 0
        for position, step in enumerate(source.recipe):
            match step.kind:
                case "all":
                    text = f"{text} {self.text(sub[step.variable])}"
                    settled, settled_premises = text, len(premises)
                case "imp":
                    premises.append(f"p{len(premises) + 1}")
                    text = f"{text} {premises[-1]}"
                case "left" | "right" | "mp" | "mpr":
                    text = f"({text}).{step.kind}" if " " in text else f"{text}.{step.kind}"
                    settled, settled_premises = text, len(premises)
                case "ex":
                    text = self._open(source, position, step, sub, text, premises)
                    premises = []
                    settled, settled_premises = text, 0
                case _:
                    break
        if settled_premises:
            return f"fun {' '.join(premises[:settled_premises])} => {settled}"
        return settled

    def _open(
        self,
        source: Source,
        position: int,
        step: Step,
        sub: Substitution,
        text: str,
        premises: list[str],
    ) -> str:
        for premise in premises:
            text = text.replace(f" {premise}", f" (by {CLOSER})", 1)
        return self.open(source, position, step, sub, text)

    def open(self, source: Source, position: int, step: Step, sub: Substitution, text: str) -> str:
        """Name the witness of an ∃ that ``text`` proves; the name of the fact about it."""
        witness: Term = (step.symbol, *[sub[v] for v in self.problem.skolems[step.symbol]])
        key = (source_key(source), position, witness)
        if key in self.opened:
            return self.opened[key]
        name = self.name(step.name)
        fact = self.name("h" + name)
        self.names[witness] = name
        self.opened[key] = fact
        self.lines.append(f"obtain ⟨{name}, {fact}⟩ := {text}")
        return fact

    def have(self, source: Source, sub: Substitution) -> None:
        """State an instance as a fact of its own, unless it is a hypothesis as it stands."""
        text = self.fact(source, sub)
        if " " not in text or text in self.facts:
            return
        name = self.name("k")
        self.facts[text] = name
        self.lines.append(f"have {name} := {text}")


def source_key(source: Source) -> Source:
    """Clauses of one hypothesis share their witnesses whatever follows them."""
    last = max((i for i, s in enumerate(source.recipe) if s.kind == "ex"), default=-1)
    return Source(source.hypothesis, source.recipe[: last + 1])


def depth(term: Term) -> int:
    """How deeply witnesses are nested in a term."""
    if type(term) is int:
        return 0
    return max((depth(a) for a in term[1:]), default=0) + int(str(term[0]).startswith("?"))


def prepare(maker: Clausifier, leaves: Iterable[tuple[int, Substitution]]) -> Writer:
    """A writer that knows where every witness comes from."""
    problem = maker.problem
    writer = Writer(maker, taken=set(maker.taken))
    for number, sub in leaves:
        source = problem.sources[number]
        for position, step in enumerate(source.recipe):
            if step.kind == "ex":
                known = [v for v in problem.skolems[step.symbol] if v in sub]
                if len(known) == len(problem.skolems[step.symbol]):
                    witness: Term = (step.symbol, *[sub[v] for v in known])
                    writer.witnesses.setdefault(witness, (source, position, sub))
    return writer


def scripts(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str]:
    """Scripts for the original goal, the most readable first. May raise `Unsupported`."""
    from autoresearch_formal.symbolic.first_order.derive import derivation

    problem = maker.problem
    made: list[str] = []
    intro = [f"intro {' '.join(problem.intros)}"] if problem.intros else []
    try:
        calculation = _calculation(maker, leaves)
    except (Unsupported, RecursionError):
        calculation = None
    if calculation is not None:
        made.append("\n".join([*intro, *calculation]))
    if calculation is None:
        try:
            derived = derivation(maker, leaves)
        except (Unsupported, RecursionError):
            derived = None
        if derived is not None:
            made.append("\n".join([*intro, *derived]))
    made.append("\n".join([*intro, *_instances(maker, leaves)]))
    return made


def witness_steps(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str]:
    """``refine ⟨t, ?_⟩`` for each witness that a refutation uses for a target ∃."""
    problem = maker.problem
    steps: list[str] = []
    intro = [f"intro {' '.join(problem.intros)}"] if problem.intros else []
    for number, sub in leaves:
        if not problem.exists or problem.sources[number].hypothesis:
            continue
        writer = prepare(maker, leaves)
        try:
            terms = [writer.text(sub[v], atom=False) for v in problem.exists]
        except Unsupported:
            continue
        script = "\n".join([*intro, *writer.lines, f"refine ⟨{', '.join(terms)}, ?_⟩"])
        if script not in steps:
            steps.append(script)
    return steps


def _instances(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str]:
    problem = maker.problem
    writer = prepare(maker, leaves)
    ordered = sorted(
        leaves, key=lambda leaf: (max((depth(t) for t in leaf[1].values()), default=0), leaf[0])
    )
    answers: list[tuple[Term, ...]] = []
    for number, sub in ordered:
        if problem.exists and not problem.sources[number].hypothesis:
            answer = tuple(sub[v] for v in problem.exists)
            if answer not in answers:
                answers.append(answer)
    if len(answers) == 1:
        terms = ", ".join(writer.text(t, atom=False) for t in answers[0])
        writer.lines.append(f"refine ⟨{terms}, ?_⟩")
        writer.lines += _inner_intros(writer, ordered)
    elif answers:
        contrary = writer.name("none")
        writer.lines.append(f"refine Classical.byContradiction fun {contrary} => ?_")
        for answer in answers:
            terms = ", ".join(writer.text(t, atom=False) for t in answer)
            writer.lines.append(f"have {writer.name('k')} := fun p => {contrary} ⟨{terms}, p⟩")
    for number, sub in ordered:
        source = problem.sources[number]
        if source.hypothesis:
            with contextlib.suppress(Unsupported):  # it speaks of a witness inside a premise
                writer.have(source, sub)
    return [*writer.lines, CLOSER]


def _inner_intros(writer: Writer, leaves: list[tuple[int, Substitution]]) -> list[str]:
    """Name the variables of a ∀ that follows the ∃ of the target, and use the names."""
    problem = writer.problem
    for number, sub in leaves:
        source = problem.sources[number]
        if source.hypothesis:
            continue
        inner = source.recipe[len(problem.exists) :]
        names = []
        for step in inner:
            if step.kind != "hidden" or not step.symbol:
                break
            witness: Term = (step.symbol, *[sub[v] for v in problem.skolems[step.symbol]])
            writer.names[witness] = writer.name(step.name)
            names.append(writer.names[witness])
        return [f"intro {' '.join(names)}"] if names else []
    return []


def _calculation(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str] | None:
    """A `calc` chain, if the proof is one: unit equations only and one negated equation."""
    problem = maker.problem
    equations: list[tuple[Term, Term]] = []
    labels: list[tuple[Source, Substitution]] = []
    goal: tuple[Term, Term] | None = None
    for number, sub in leaves:
        literals, _ = problem.clauses[number]
        source = problem.sources[number]
        if len(literals) != 1 or literals[0][2] == TRUE:
            return None
        positive, s, t = literals[0]
        pair = (apply(s, sub), apply(t, sub))
        if positive:
            equations.append(pair)
            labels.append((source, sub))
        elif not source.hypothesis and goal is None and not problem.exists:
            goal = pair
        else:
            return None
    if goal is None:
        return None
    closure = Closure(equations)
    if not closure.equal(*goal):
        return None
    moves = closure.explain(*goal)
    writer = prepare(maker, leaves)
    justified = [_reason(writer, m, *labels[m.equation], equations[m.equation]) for m in moves]
    if not moves:
        return [*writer.lines, "rfl"]
    if len(moves) == 1 and not moves[0].path:
        return [*writer.lines, f"exact {justified[0]}"]
    lines = [f"calc {writer.text(goal[0], atom=False)}"]
    for move, why in zip(moves, justified, strict=True):
        lines.append(f"  _ = {writer.text(move.after, atom=False)} := {why}")
    return [*writer.lines, *lines]


def _reason(
    writer: Writer, move: Move, source: Source, sub: Substitution, equation: tuple[Term, Term]
) -> str:
    fact = writer.fact(source, sub)
    left, right = equation[::-1] if move.backwards else equation
    if not move.path:
        return f"({fact}).symm" if move.backwards else fact
    if everywhere(move.before, left, right) == everywhere(move.after, left, right):
        return f"by rw [{'← ' if move.backwards else ''}{fact}]"
    hole = fresh("x", writer.taken)
    writer.names[("$hole",)] = hole
    context = writer.maker.write(
        replace(move.before, move.path, ("$hole",)), writer.names, atom=False
    )
    del writer.names[("$hole",)]
    flip = f"({fact}).symm" if move.backwards else f"({fact})"
    return f"congrArg (fun {hole} => {context}) {flip}"


def everywhere(term: Term, left: Term, right: Term) -> Term:
    """Replace every occurrence, outermost first, as `rw` does."""
    if term == left:
        return right
    if len(term) == 1:
        return term
    return (term[0], *[everywhere(a, left, right) for a in term[1:]])
