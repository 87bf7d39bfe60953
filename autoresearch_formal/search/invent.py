"""Inventions: lemmas get goals of their own, and what is proved opens a new theory."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from autoresearch_formal.actions.base import Action
from autoresearch_formal.lean.messages import Elab, ElabAnswer, GoalAnswer
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.policy.formats.answers import unintroduced
from autoresearch_formal.policy.formats.lean_text import definition, steps
from autoresearch_formal.search.attempt import Attempts, Planned
from autoresearch_formal.search.graph.events import (
    AnyEvent,
    EdgeAdded,
    LemmaAdded,
    Note,
    TheoryAdded,
    WrittenStatement,
)
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.graph.script import proof_lines
from autoresearch_formal.search.replay import Replay, Unwritten, taken_back
from autoresearch_formal.search.states import Refused, States, fingerprint_of


def distinct(name: str, taken: set[str]) -> str:
    """A name that is not taken yet."""
    if name not in taken:
        return name
    return next(f"{name}_{n}" for n in range(2, 10_000) if f"{name}_{n}" not in taken)


def written(action: Action, names: Sequence[str]) -> list[str]:
    """A lemma's own proof for its goal as opened, whose binders are all in the context.

    What stands after the statement's colon the proof introduces itself, in its own words.
    """
    if action.given < 0 or action.given >= len(names):
        return [action.proof]
    fitted = unintroduced(steps(action.proof), names[action.given :])
    return list(dict.fromkeys(["\n".join(fitted), action.proof]))


class Inventor:
    """Brings a search's inventions into its graph."""

    def __init__(
        self,
        graph: Graph,
        states: States,
        attempts: Attempts,
        commit: Callable[[Sequence[AnyEvent]], None],
    ) -> None:
        self.graph = graph
        self.states = states
        self.attempts = attempts
        self.commit = commit
        self._home: str | None = None
        self._unkept: set[int] = set()
        """Lemmas whose proofs could not be written down."""

    @property
    def theory(self) -> int:
        """The newest theory; inventions stack up on one line."""
        return max(self.graph.theories)

    def root_in(self, theory: int) -> int:
        """The target in a theory."""
        statement = self.graph.goals[0].added.statement
        return next(
            n
            for n, g in self.graph.goals.items()
            if g.added.theory == theory
            and g.added.statement == statement
            and n not in self.graph.lemmas
        )

    async def propose(self, goal: int, actions: Sequence[Action]) -> None:
        """Give each proposed lemma a goal of its own; a script that comes with it is tried now."""
        for action in actions:
            if action.kind == "definition":
                await self._define(action)
                continue
            theory = self.theory
            statements = {e.statement for e in self.graph.lemmas.values()}
            if action.text in statements:
                continue
            number = max(self.graph.goals) + 1
            try:
                statement, answer = await self._stated(theory, action.text)
            except Refused as fault:
                self.commit([Note("lemma refused", f"{action.text}: {fault}")])
                continue
            fingerprint = fingerprint_of(answer.goals)
            known = self.graph.find(theory, fingerprint)
            if known is not None:
                await self.states.drop([answer.state])
                continue
            home = await self.home()
            lemma = LemmaAdded(
                number,
                goal,
                name=home + self.free(action.name or "step"),
                statement=statement,
                note=action.note,
                ingredients=action.ingredients,
                logprob=action.logprob,
                proof=action.proof,
            )
            opened = self.states.opened(number, theory, WrittenStatement(statement), answer)
            self.commit([opened, lemma])
            if action.proof:
                state = await self.states.state(number)
                events, done = await self.attempts(
                    Planned(self.graph),
                    number,
                    state,
                    [
                        Action("tactic", text, -0.1, action.ingredients)
                        for text in written(action, opened.names)
                    ],
                    self.attempts.settings.budgets.ceiling,
                    1,
                )
                self.commit(events)
                if done:
                    await self.introduce()  # the next one may stand on it

    def free(self, name: str) -> str:
        """A name for a declaration that nothing here has.

        In a user's file it must not be a word of the file, or what comes later would mean something
        else; and a hypothesis of the target would hide it.
        """
        source = self.states.source
        if source.called:
            name = f"{source.called}_{name}"
        taken = {self.local(n) for n in self.graph.introductions()}
        taken |= {self.local(lemma.name) for lemma in self.graph.lemmas.values()}
        for text in (source.prelude, self.graph.goals[0].added.text):
            taken.update(re.findall(r"[^\W\d][\w'!?]*", text))
        return distinct(name, taken)

    def says(self, name: str) -> bool:
        """Whether the user's file has this word."""
        return name in re.findall(r"[^\W\d][\w'!?]*", self.states.source.prelude)

    def local(self, name: str) -> str:
        """A declaration's name as its text has it."""
        return name.removeprefix(self._home or "")

    async def home(self) -> str:
        """What the names of new declarations begin with: at a hole, the namespace that is open."""
        if self._home is None:
            self._home = ""
            if self.states.source.prelude:
                name = self.free("probe")
                request = Elab(
                    theory=await self.states.theory(0),
                    text=f"theorem {name} : True := True.intro",
                )
                answer = await self.states.ask(request, ElabAnswer)
                self._home = answer.decls[0].name.removesuffix(name)
        return self._home

    async def _stated(self, theory: int, statement: str) -> tuple[str, GoalAnswer]:
        """Open a statement. At a hole it may speak of universes that only its declaration has."""
        gym = await self.states.theory(theory)
        try:
            return statement, await self.states.open(gym, WrittenStatement(statement))
        except Refused:
            free = re.sub(r"\b(Type|Sort) [^\W\d]\w*", r"\1 _", statement)
            if free == statement:
                raise
            return free, await self.states.open(gym, WrittenStatement(free))

    async def introduce(self) -> None:
        """Add every lemma that has just been proved to the newest theory."""
        for goal, lemma in list(self.graph.lemmas.items()):
            if (
                goal in self.graph.introduced
                or goal in self._unkept
                or not self.graph.goals[goal].proved
                or self.graph.goals[0].proved
            ):
                continue
            lines = proof_lines(self.graph, goal)
            if await self._keep(goal, lemma, lines):
                continue
            try:
                lines = await Replay(self.graph, self.states).lines(goal)
            except Unwritten as fault:
                self.commit(taken_back(self.graph, fault))
                continue
            except (Refused, ProcessDied) as fault:
                self.commit([Note("lemma not kept", f"{lemma.name}: {fault}")])
                continue
            if not await self._keep(goal, lemma, lines):
                self._unkept.add(goal)

    async def _keep(self, goal: int, lemma: LemmaAdded, lines: Sequence[str]) -> bool:
        await self.home()
        body = "\n".join("  " + line for line in lines)
        text = f"theorem {self.local(lemma.name)} : {lemma.statement} := by\n{body}"
        return await self._grow(lemma.name, "lemma", text, lemma.ingredients, (goal,))

    async def _grow(
        self, name: str, kind: str, text: str, ingredients: tuple[str, ...], needs: tuple[int, ...]
    ) -> bool:
        """Open a theory with one more declaration, and the target in it, if Lean accepts it."""
        parent = self.theory
        try:
            request = Elab(
                theory=await self.states.theory(parent), text=text, heartbeats=200_000, ms=60_000
            )
            answer = await self.states.ask(request, ElabAnswer)
        except (Refused, ProcessDied) as fault:
            self.commit([Note(f"{kind} not kept", f"{name}: {fault}")])
            return False
        number = max(self.graph.theories) + 1
        self.states.set_theory(number, answer.theory)
        before = self.root_in(parent)
        root = max(self.graph.goals) + 1
        statement = self.states.source.statement
        opened = await self.states.open(answer.theory, statement)
        edge = EdgeAdded(
            max(self.graph.edges, default=-1) + 1,
            before,
            kind,
            name,
            children=(*needs, root),
            slots=tuple(range(len(needs) + 1)),
            cost=0.1,
            ingredients=ingredients,
        )
        added = TheoryAdded(number, parent, name, kind, text, ingredients)
        self.commit([added, self.states.opened(root, number, statement, opened), edge])
        return True

    async def _define(self, action: Action) -> None:
        """A proposed definition opens a theory at once, if it is new and Lean accepts it."""
        texts = {t.added.text for t in self.graph.theories.values()}
        found = definition(action.text)
        if found is None or action.text in texts:
            self.commit([Note("definition refused", action.text)])
            return
        name, text = found
        full = await self.home() + name
        if full not in self.graph.introductions() and not self.says(name):
            await self._grow(full, "definition", text, action.ingredients, ())
