"""From ground instances to lines of a Lean script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.clausify import Clausifier
from autoresearch_formal.symbolic.first_order.herbrand import Move
from autoresearch_formal.symbolic.first_order.problem import (
    ClauseSource,
    NotFirstOrder,
    Problem,
    RecipeStep,
)
from autoresearch_formal.symbolic.first_order.terms import Substitution, Term, replace
from autoresearch_formal.terms import fresh

CLOSER = "grind"
"""The tactic that puts instances together."""

HOLE: Term = ("$hole",)


@dataclass(slots=True)
class ScriptWriter:
    """Turns ground instances into lines; remembers what is named already."""

    maker: Clausifier
    lines: list[str] = field(default_factory=list)
    names: dict[Term, str] = field(default_factory=dict)
    """Witness terms to their Lean names."""
    facts: dict[str, str] = field(default_factory=dict)
    """Lean text of a fact to the name it was given."""
    opened: dict[tuple[ClauseSource, int, Term], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    witnesses: dict[Term, tuple[ClauseSource, int, Substitution]] = field(default_factory=dict)

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

    def context(self, term: Term) -> str:
        """``fun x => …`` with `HOLE` as x."""
        hole = fresh("x", self.taken)
        self.names[HOLE] = hole
        text = self.maker.write(term, self.names, atom=False)
        del self.names[HOLE]
        return f"fun {hole} => {text}"

    def _open_witnesses(self, term: Term) -> None:
        if term in self.names:
            return
        for a in term[1:]:
            self._open_witnesses(a)
        if term[0].startswith("?"):
            if term not in self.witnesses:
                raise NotFirstOrder("witness without a hypothesis")
            source, _, sub = self.witnesses[term]
            self.fact(source, sub)
            if term not in self.names:
                raise NotFirstOrder("witness that cannot be named")

    def fact(self, source: ClauseSource, sub: Substitution) -> str:
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
        source: ClauseSource,
        position: int,
        step: RecipeStep,
        sub: Substitution,
        text: str,
        premises: list[str],
    ) -> str:
        for premise in premises:
            text = text.replace(f" {premise}", f" (by {CLOSER})", 1)
        return self.open(source, position, step, sub, text)

    def open(
        self, source: ClauseSource, position: int, step: RecipeStep, sub: Substitution, text: str
    ) -> str:
        """Name the witness of an ∃ that ``text`` proves; the name of the fact about it."""
        witness: Term = (step.symbol, *[sub[v] for v in self.problem.skolems[step.symbol]])
        key = (source.to_last_witness, position, witness)
        if key in self.opened:
            return self.opened[key]
        name = self.name(step.name)
        fact = self.name("h" + name)
        self.names[witness] = name
        self.opened[key] = fact
        self.lines.append(f"obtain ⟨{name}, {fact}⟩ := {text}")
        return fact

    def have(self, source: ClauseSource, sub: Substitution) -> None:
        """State an instance as a fact of its own, unless it is a hypothesis as it stands."""
        text = self.fact(source, sub)
        if " " not in text or text in self.facts:
            return
        name = self.name("k")
        self.facts[text] = name
        self.lines.append(f"have {name} := {text}")


def depth(term: Term) -> int:
    """How deeply witnesses are nested in a term."""
    if type(term) is int:
        return 0
    return max((depth(a) for a in term[1:]), default=0) + int(str(term[0]).startswith("?"))


def prepare(maker: Clausifier, leaves: Iterable[tuple[int, Substitution]]) -> ScriptWriter:
    """A writer that knows where every witness comes from."""
    problem = maker.problem
    writer = ScriptWriter(maker, taken=set(maker.taken))
    for number, sub in leaves:
        source = problem.sources[number]
        for position, step in enumerate(source.recipe):
            if step.kind == "ex":
                known = [v for v in problem.skolems[step.symbol] if v in sub]
                if len(known) == len(problem.skolems[step.symbol]):
                    witness: Term = (step.symbol, *[sub[v] for v in known])
                    writer.witnesses.setdefault(witness, (source, position, sub))
    return writer


def everywhere(term: Term, left: Term, right: Term) -> Term:
    """Replace every occurrence, outermost first, as `rw` does."""
    if term == left:
        return right
    if len(term) == 1:
        return term
    return (term[0], *[everywhere(a, left, right) for a in term[1:]])


def replacement(
    writer: ScriptWriter, move: Move, fact: str, equation: tuple[Term, Term], term: bool = False
) -> str:
    """Why a term equals the next one: one equation, which ``fact`` proves, used at one place.

    With ``term`` it has to be a Lean term; `rw` is shorter, where it may be said.
    """
    closed = f"({fact})" if " " in fact else fact
    left, right = equation[::-1] if move.backwards else equation
    if not move.path:
        return f"{closed}.symm" if move.backwards else fact
    if not term and everywhere(move.before, left, right) == everywhere(move.after, left, right):
        return f"by rw [{'← ' if move.backwards else ''}{fact}]"
    context = writer.context(replace(move.before, move.path, HOLE))
    return f"congrArg ({context}) {f'{closed}.symm' if move.backwards else closed}"
