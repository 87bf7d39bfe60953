"""The generated Lean file: what the minimal proof needs, in order, readable.

The proof is taken from the graph, checked as a whole, then cleaned: lines without which it still
checks are removed, and automation that named what it found is replaced by that.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from autoresearch_formal.search.emit.layout import WIDTH, broken, filled, header, split, tidied
from autoresearch_formal.search.emit.naming import hypothesis_names
from autoresearch_formal.search.graph.exchange import rename
from autoresearch_formal.search.graph.extract import minimal_proof, needed_declarations
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.graph.script import proof_lines

Check = Callable[[Sequence["GeneratedDeclaration"]], Awaitable[bool]]
"""Whether Lean accepts declarations in this order."""

MAX_CHECKS = 40
ARGUMENTS = re.compile(r"(\b(?:simp|simp_all|simp only|simp_all only|grind) )\[([^\[\]]+)\]")
"""Automation with a list of what to use."""


@dataclass(slots=True)
class GeneratedDeclaration:
    """One declaration of a generated file."""

    name: str
    statement: str
    lines: list[str]
    doc: str
    kind: str = "theorem"
    text: str = ""
    """For definitions, the whole declaration."""
    wide: bool = False
    """Whether lines stay as they are, however long."""
    goal: int | None = None
    """The goal of the graph that the lines prove."""

    def render(self) -> str:
        """Lean text with docstring."""
        doc = wrap_doc(self.doc)
        if self.kind == "def":
            return f"{doc}\n{self.text}"
        if self.wide:
            body = "\n".join("  " + line for line in self.lines)
            return f"{doc}\ntheorem {self.name} : {self.statement} := by\n{body}"
        found = header(self.name, self.statement, self.lines)
        head, lines = found or (f"theorem {self.name} : {self.statement} := by", self.lines)
        body = "\n".join(piece for line in lines for piece in broken("  " + tidied(line)))
        return f"{doc}\n{head}\n{body}"


def wrap_doc(text: str) -> str:
    """A docstring broken at 100 columns."""
    return "\n".join(filled(f"/-- {text} -/".split(), WIDTH))


def inventions(graph: Graph, home: str = "") -> list[GeneratedDeclaration]:
    """Definitions and lemmas that the cheapest proof needs; their names begin with ``home``."""
    made = []
    lemmas = {lemma.name: (goal, lemma) for goal, lemma in graph.lemmas.items()}
    introductions = graph.introductions()
    for needed in needed_declarations(graph, minimal_proof(graph, 0)):
        name = needed.removeprefix(home)
        if needed in lemmas:
            goal, lemma = lemmas[needed]
            lines = proof_lines(graph, goal)
            doc = sentence(lemma.note)
            made.append(GeneratedDeclaration(name, lemma.statement, lines, doc, goal=goal))
        else:
            added = introductions[needed].added
            made.append(GeneratedDeclaration(name, "", [], "Introduced.", "def", added.text))
    return made


def declarations(graph: Graph, name: str, statement: str, doc: str) -> list[GeneratedDeclaration]:
    """Definitions and lemmas that the cheapest proof needs, then the theorem itself."""
    lines = proof_lines(graph, 0)
    return [*inventions(graph), GeneratedDeclaration(name, statement, lines, doc, goal=0)]


def sentence(text: str) -> str:
    """Text as a sentence."""
    text = text.strip() or "found on the way"
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


async def clean(
    before: Sequence[GeneratedDeclaration], decl: GeneratedDeclaration, check: Check
) -> None:
    """Drop lines of a proof that it does not need, last first, then arguments of automation.

    At most `MAX_CHECKS` texts are checked.
    """
    cleaning = Cleaning(before, decl, check)
    await cleaning.drop_lines()
    await cleaning.drop_arguments()
    names = hypothesis_names(decl.lines, decl.statement)
    if names:
        await cleaning.try_lines([rename(line, names) for line in decl.lines])


class Cleaning:
    """A proof that gets shorter, as long as Lean accepts it."""

    def __init__(
        self, before: Sequence[GeneratedDeclaration], decl: GeneratedDeclaration, check: Check
    ) -> None:
        self.before = before
        self.decl = decl
        self.check = check
        self.checks = 0

    async def try_lines(self, lines: list[str]) -> bool:
        """Take these lines for the proof, if they are one."""
        self.checks += 1
        accepted = await self.check([*self.before, replace(self.decl, lines=lines)])
        if accepted:
            self.decl.lines = lines
        return accepted

    async def drop_lines(self) -> None:
        """Drop lines that only add to the context, last first."""
        begins = ("have ", "simp only", "obtain ", "rename_i")
        lines = self.decl.lines
        removable = [i for i, x in enumerate(lines) if x.strip().lstrip("· ").startswith(begins)]
        for i in reversed(removable):
            lines = self.decl.lines
            if self.checks >= MAX_CHECKS or lines[i].lstrip().startswith("·"):
                continue
            if i + 1 < len(lines) and indent(lines[i + 1]) > indent(lines[i]):
                continue
            await self.try_lines(lines[:i] + lines[i + 1 :])

    async def drop_arguments(self) -> None:
        """Drop arguments of automation, one after the other."""
        for i, line in enumerate(self.decl.lines):
            found = ARGUMENTS.search(line)
            if found is None:
                continue
            needed = split(found[2], ", ")
            for argument in list(needed):
                fewer = [a for a in needed if a != argument]
                if self.checks >= MAX_CHECKS or (not fewer and "only" in found[1]):
                    break
                bare = found[1].removesuffix(" only ")
                call = f"{found[1]}[{', '.join(fewer)}]" if fewer else bare
                trial = [*self.decl.lines]
                trial[i] = line[: found.start()] + call.rstrip() + line[found.end() :]
                if await self.try_lines(trial):
                    needed = fewer


def indent(line: str) -> int:
    """Leading blanks, a bullet counting as blanks."""
    return len(line) - len(line.lstrip(" ·"))


def render_file(
    modules: Sequence[str], title: str, about: str, made: Sequence[GeneratedDeclaration]
) -> str:
    """The whole file."""
    imports = "\n".join(f"import {m}" for m in modules)
    body = "\n\n".join(d.render() for d in made)
    return (
        f"{imports}\n\n/-!\n# {title}\n\n{about}\n-/\n\n"
        f"namespace Reconstruct.Generated\n\n{body}\n\nend Reconstruct.Generated\n"
    )
