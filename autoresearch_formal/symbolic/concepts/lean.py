"""Definitions as Lean text, with names taken from what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.concepts.compress import Chosen
from autoresearch_formal.symbolic.concepts.naming import name_of
from autoresearch_formal.symbolic.concepts.patterns import Abstraction
from autoresearch_formal.terms import (
    App,
    Const,
    Expr,
    Hole,
    Lambda,
    Local,
    Pi,
    Sort,
    fill,
    fresh,
    map_with_depth,
    show,
    subterms,
)

REPEATED = re.compile(r"([∀∃]) ((?:\w+ )+): ([^,∀∃]+), \1 (\w+) : \3, ")
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a definition."""

    name: str
    type: str
    implicit: bool


@dataclass(frozen=True, slots=True)
class ConceptDefinition:
    """A chosen abstraction, ready to be declared."""

    name: str
    shape: Abstraction
    parameters: tuple[Parameter, ...]
    result: str
    body: tuple[str, ...]
    """Text of the parts; a definition says all of them."""
    depends: tuple[str, ...]
    saved: int
    uses: Mapping[str, int]

    @property
    def header(self) -> str:
        """``Name {G : Type} (m : G → G → G) : Prop``, neighbours of one type together."""
        groups: list[tuple[list[str], str, bool]] = []
        for p in self.parameters:
            if groups and groups[-1][1:] == (p.type, p.implicit):
                groups[-1][0].append(p.name)
            else:
                groups.append(([p.name], p.type, p.implicit))
        binders = [
            ("{%s : %s}" if implicit else "(%s : %s)") % (" ".join(names), type_)
            for names, type_, implicit in groups
        ]
        return " ".join([self.name, *binders, ":", self.result])

    @property
    def text(self) -> str:
        """The whole `def`."""
        body = " ∧\n  ".join(wrap(part) for part in self.body)
        lead = f"def {self.header} :="
        if len(lead) > WIDTH:
            lead = f"def {self.header.removesuffix(f' : {self.result}')} :\n    {self.result} :="
        return f"{lead}\n  {body}"

    @property
    def lemma(self) -> str:
        """The theorem that says what the definition says: ``Name_iff``, or ``name_eq``."""
        inner = self.header.removeprefix(self.name).removesuffix(f": {self.result}").strip()
        call = " ".join([self.name, *[p.name for p in self.parameters if not p.implicit]])
        said = " ∧ ".join(self.body)
        kind, sign, proof = ("iff", "↔", "Iff.rfl") if self.result == "Prop" else ("eq", "=", "rfl")
        return f"theorem {self.name}_{kind} {inner} :\n    {call} {sign} ({said}) := {proof}"

    @property
    def doc(self) -> str:
        """How it came about, for its docstring."""
        places = f"{len(self.uses)} statement{'s' if len(self.uses) > 1 else ''}"
        count = sum(self.uses.values())
        return (
            f"Recurs {count} times in {places}; with it the description is"
            f" {self.saved} symbols shorter."
        )

    def call(self, args: Sequence[Expr]) -> Expr:
        """The definition applied, with the arguments that Lean text writes out."""
        shown = tuple(not p.implicit for p in self.parameters)
        return App(Const(self.name), tuple(args), shown)


@dataclass(frozen=True, slots=True)
class Compression:
    """The definitions of a body of statements, and its length in symbols without and with them."""

    definitions: tuple[ConceptDefinition, ...]
    before: int
    after: int


def definitions(chosen: Sequence[Chosen]) -> tuple[ConceptDefinition, ...]:
    """Names and Lean text for what was chosen."""
    made: dict[str, ConceptDefinition] = {}
    taken: set[str] = set()
    for one in chosen:
        name = distinct(name_of(one.shape, {k: d.name for k, d in made.items()}), taken)
        taken.add(name)
        made[one.name] = written(one, name, made)
    return tuple(made.values())


def distinct(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken."""
    if name not in taken:
        return name
    return next(f"{name}{n}" for n in range(2, 10_000) if f"{name}{n}" not in taken)


def written(one: Chosen, name: str, known: Mapping[str, ConceptDefinition]) -> ConceptDefinition:
    """One definition; ``known`` are the earlier ones by their number names."""
    shape = one.shape
    names: list[str] = []
    for hint in shape.hints:
        names.append(fresh(hint, names))
    args: list[Expr] = [Local(n) for n in names]
    types = [fill(t, args) for t in shape.types]
    parameters = tuple(
        Parameter(n, type_text(t), is_implicit(shape, k))
        for k, (n, t) in enumerate(zip(names, types, strict=True))
    )
    parts = []
    depends: dict[str, None] = {}
    for pattern, example in zip(shape.parts, shape.example, strict=True):
        part = call_known(with_names(fill(pattern, args), example, set(names)), known, depends)
        text = tidy(show(part, (), 36 if len(shape.parts) > 1 else 0))
        parts.append(text)
    if len(parts) > 1:  # the last member of a conjunction needs no brackets
        last = show(part)
        parts[-1] = tidy(last)
    result = "Prop" if shape.result is None else type_text(fill(shape.result, args))
    return ConceptDefinition(
        name=name,
        shape=shape,
        parameters=parameters,
        result=result,
        body=tuple(parts),
        depends=tuple(depends),
        saved=one.saved,
        uses=one.uses,
    )


def wrap(text: str) -> str:
    """Text broken at blanks so that lines fit."""
    lines, current = [], ""
    for part in text.split(" "):
        if current and len(current) + len(part) + 8 > WIDTH:
            lines.append(current)
            current = "    " + part
        else:
            current = f"{current} {part}" if current else part
    return "\n".join([*lines, current])


def is_implicit(shape: Abstraction, hole: int) -> bool:
    """Whether the type of a later parameter determines this one."""
    return isinstance(shape.types[hole], Sort) or any(
        e == Hole(hole) for t in shape.types[hole + 1 :] for e in subterms(t)
    )


def type_text(type_: Expr) -> str:
    """Text of a type; universes as the foundation has them."""
    if isinstance(type_, Sort):
        return {"0": "Prop", "1": "Type"}.get(type_.level, "Sort _")
    return show(type_)


def tidy(text: str) -> str:
    """Neighbouring binders of one type together: ``∀ a b : G, …``."""
    while True:
        shorter = REPEATED.sub(r"\1 \2\4 : \3, ", text)
        if shorter == text:
            return text
        text = shorter


def with_names(expr: Expr, example: Expr, taken: set[str]) -> Expr:
    """Give bound variables the names they had where the pattern was seen, if those are free."""
    if isinstance(expr, (Lambda, Pi)) and isinstance(example, (Lambda, Pi)):
        name = fresh(example.name, taken)
        type_ = with_names(expr.type, example.type, taken)
        return type(expr)(name, type_, with_names(expr.body, example.body, taken | {name}))
    if isinstance(expr, App) and isinstance(example, App) and len(expr.args) == len(example.args):
        args = [with_names(a, b, taken) for a, b in zip(expr.args, example.args, strict=True)]
        function = with_names(expr.function, example.function, taken)
        return App(function, tuple(args), expr.explicit)
    return expr


def call_known(expr: Expr, known: Mapping[str, ConceptDefinition], used: dict[str, None]) -> Expr:
    """Put the final names of earlier definitions in, with the arguments that are written."""

    def change(part: Expr, _: int) -> Expr | None:
        if not isinstance(part, App) or not isinstance(part.function, Const):
            return None
        definition = known.get(part.function.name)
        if definition is None:
            return None
        args = [call_known(a, known, used) for a in part.args]
        used[definition.name] = None
        return definition.call(args)

    return map_with_depth(expr, change)
