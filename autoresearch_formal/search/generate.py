"""The generated Lean file: what the minimal proof needs, in order, readable.

The proof is taken from the graph, checked as a whole, then cleaned: lines without which it still
checks are removed, and automation that named what it found is replaced by that.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from autoresearch_formal.search.extract import minimal_proof, needed_declarations
from autoresearch_formal.search.graph import Graph
from autoresearch_formal.search.naming import hypothesis_names
from autoresearch_formal.search.script import proof_lines, rename

Check = Callable[[str], Awaitable[bool]]
"""Whether Lean accepts a text of commands."""

MAX_CHECKS = 40
WIDTH = 100
BINDER = re.compile(r"(?<=\)) (?=\([^\s()]+(?: [^\s()]+)* : )|(?<=\),) ")
"""The blanks before binders, and after the last."""


@dataclass(slots=True)
class Declaration:
    """One declaration of a generated file."""

    name: str
    statement: str
    lines: list[str]
    doc: str
    kind: str = "theorem"
    text: str = ""
    """For definitions, the whole declaration."""

    def render(self) -> str:
        """Lean text with docstring."""
        doc = wrap_doc(self.doc)
        if self.kind == "def":
            return f"{doc}\n{self.text}"
        body = "\n".join(wrap_step("  " + line) for line in self.lines)
        head = wrap_statement(f"theorem {self.name} : {self.statement} := by")
        return f"{doc}\n{head}\n{body}"


def wrap_statement(text: str) -> str:
    """A long statement broken between its binders."""
    if len(text) <= WIDTH:
        return text
    lines, current = [], ""
    for part in BINDER.split(text):
        if current and len(current) + 1 + len(part) > WIDTH:
            lines.append(current)
            current = "    " + part
        else:
            current = f"{current} {part}" if current else part
    return "\n".join([*lines, current])


def wrap_step(line: str) -> str:
    """A long step broken before its reason."""
    place = line.rfind(" := ")
    if len(line) <= WIDTH or place < 0:
        return line
    pad = " " * (len(line) - len(line.lstrip()) + 2)
    return f"{line[:place]} :=\n{pad}{line[place + 4 :]}"


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


def declarations(graph: Graph, name: str, statement: str, doc: str) -> list[Declaration]:
    """Definitions and lemmas that the cheapest proof needs, then the theorem itself."""
    proof = minimal_proof(graph, 0)
    made = []
    lemmas = {lemma.name: (goal, lemma) for goal, lemma in graph.lemmas.items()}
    introductions = graph.introductions()
    for needed in needed_declarations(graph, proof):
        if needed in lemmas:
            goal, lemma = lemmas[needed]
            lines = proof_lines(graph, goal)
            made.append(Declaration(needed, lemma.statement, lines, sentence(lemma.note)))
        else:
            added = introductions[needed].added
            made.append(Declaration(needed, "", [], "Introduced.", "def", added.text))
    made.append(Declaration(name, statement, proof_lines(graph, 0), doc))
    return made


def sentence(text: str) -> str:
    """Text as a sentence."""
    text = text.strip() or "found on the way"
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


async def clean(before: Sequence[Declaration], decl: Declaration, check: Check) -> None:
    """Drop lines of a proof that it does not need, last first, within `MAX_CHECKS` checks."""
    earlier = "\n\n".join(d.render() for d in before)

    async def works(lines: list[str]) -> bool:
        trial = Declaration(decl.name, decl.statement, lines, decl.doc)
        return await check(f"{earlier}\n\n{trial.render()}" if earlier else trial.render())

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
    names = hypothesis_names(decl.lines, decl.statement)
    if names:
        trial = [rename(line, names) for line in decl.lines]
        if await works(trial):
            decl.lines = trial


def indent(line: str) -> int:
    """Leading blanks, a bullet counting as blanks."""
    return len(line) - len(line.lstrip(" ·"))


def render_file(modules: Sequence[str], title: str, about: str, made: Sequence[Declaration]) -> str:
    """The whole file."""
    imports = "\n".join(f"import {m}" for m in modules)
    body = "\n\n".join(d.render() for d in made)
    return (
        f"{imports}\n\n/-!\n# {title}\n\n{about}\n-/\n\n"
        f"namespace Reconstruct.Generated\n\n{body}\n\nend Reconstruct.Generated\n"
    )
