"""The generated Lean file: what the minimal proof needs, in order, readable.

The proof is taken from the graph, checked as a whole, then cleaned: lines without which it still
checks are removed, and automation that named what it found is replaced by that.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from autoresearch_formal.search.emit.layout import WIDTH, broken, header, split, tidied
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
    words = f"/-- {text} -/".split()
    lines, current = [], ""
    for word in words:
        if current and len(current) + 1 + len(word) > WIDTH:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return "\n".join([*lines, current])


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

    async def works(lines: list[str]) -> bool:
        return await check([*before, replace(decl, lines=lines)])

    checks = 0
    removable = [
        i
        for i, line in enumerate(decl.lines)
        if line.strip().lstrip("· ").startswith(("have ", "simp only", "obtain ", "rename_i"))
    ]
    for i in reversed(removable):
        if checks >= MAX_CHECKS or decl.lines[i].lstrip().startswith("·"):
            continue
        if i + 1 < len(decl.lines) and indent(decl.lines[i + 1]) > indent(decl.lines[i]):
            continue
        trial = decl.lines[:i] + decl.lines[i + 1 :]
        checks += 1
        if await works(trial):
            decl.lines = trial
    for i, line in enumerate(decl.lines):
        found = ARGUMENTS.search(line)
        if found is None:
            continue
        kept = split(found[2], ", ")
        for argument in list(kept):
            fewer = [a for a in kept if a != argument]
            said = f"{found[1]}[{', '.join(fewer)}]" if fewer else found[1].removesuffix(" only ")
            trial = [*decl.lines]
            trial[i] = line[: found.start()] + said.rstrip() + line[found.end() :]
            if checks >= MAX_CHECKS or (not fewer and "only" in found[1]):
                break
            checks += 1
            if await works(trial):
                decl.lines, kept = trial, fewer
    names = hypothesis_names(decl.lines, decl.statement)
    if names:
        trial = [rename(line, names) for line in decl.lines]
        if await works(trial):
            decl.lines = trial


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
