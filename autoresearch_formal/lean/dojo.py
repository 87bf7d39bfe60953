"""The interface of LeanDojo's `Dojo`, so that provers written for it can sit on the gym.

    theorem = Theorem("∀ a b : Nat, a + b = b + a")
    with Dojo(theorem) as (dojo, state):
        result = dojo.run_tac(state, "intro a b; omega")
        assert isinstance(result, ProofFinished)

Names and result types follow LeanDojo 2 (Yang et al., "LeanDojo: Theorem Proving with
Retrieval-Augmented Language Models", NeurIPS 2023, section 4). A theorem is given by its
statement, or by the name of a proposition in a module of the project, instead of by repository,
file and name: nothing is traced here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from autoresearch_formal.lean.handles import State
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym


@dataclass(frozen=True)
class DojoTheorem:
    """What to prove: a `statement` (a type in Lean's syntax) or `prop`, the name of one."""

    statement: str | None = None
    prop: str | None = None
    modules: tuple[str, ...] = ("Init",)


@dataclass(frozen=True)
class TacticState:
    """An unfinished proof. `pp` is the text that Lean's editor shows, goals separated by a blank
    line."""

    pp: str
    id: int
    message: str | None = None
    handle: State | None = field(default=None, compare=False, repr=False)

    @property
    def num_goals(self) -> int:
        """The number of goals left."""
        return len(self.handle.goals) if self.handle is not None else 0


@dataclass(frozen=True)
class ProofFinished:
    """No goals are left; the kernel has accepted the proof."""

    tactic_state_id: int
    message: str | None = None


@dataclass(frozen=True)
class ProofGivenUp:
    """The tactic contains `sorry` or `admit`."""


@dataclass(frozen=True)
class LeanError:
    """The tactic failed."""

    error: str


TacticResult = TacticState | ProofFinished | ProofGivenUp | LeanError


class DojoInitError(Exception):
    """The statement can't be opened."""


class DojoTacticTimeoutError(Exception):
    """A tactic took longer than the timeout."""


class DojoCrashError(Exception):
    """The server ended and the proof could not be rebuilt."""


class Dojo:
    """A proof of one theorem. `timeout` is the number of seconds for each tactic.

    Without a `gym` it starts one of its own, and ends that when the ``with`` block ends.
    """

    def __init__(self, theorem: DojoTheorem, timeout: float = 600, gym: Gym | None = None) -> None:
        self.theorem = theorem
        self.timeout = timeout
        self._given = gym
        self._gym: Gym | None = None
        self._finished = 0

    def __enter__(self) -> tuple[Dojo, TacticState]:
        modules = [name for name in self.theorem.modules if name.startswith("Reconstruct")]
        self._gym = self._given or Gym(modules=modules)
        try:
            theory = self._gym.theory(list(self.theorem.modules))
            state, _ = self._gym.goal(
                theory, statement=self.theorem.statement, prop=self.theorem.prop, intro=False
            )
        except GymError as fault:
            self.__exit__()
            raise DojoInitError(str(fault)) from fault
        return self, _tactic_state(state)

    def __exit__(self, *_: object) -> None:
        if self._gym is not None and self._given is None:
            self._gym.close()
        self._gym = None

    def run_tac(self, state: TacticState, tactic: str) -> TacticResult:
        """Run a tactic (or several, as in a ``by`` block) on all goals of a state.

        Raises `DojoTacticTimeoutError` after the timeout and `DojoCrashError` if the server ended.
        """
        if self._gym is None or state.handle is None:
            raise RuntimeError("run_tac needs a state of a Dojo that is open")
        milliseconds = int(self.timeout * 1000)
        step = self._gym.try_(
            state.handle, [tactic], ms=milliseconds, heartbeats=1_000_000_000, split=False
        )[0]
        if step.error is not None:
            if step.error.kind == "timeout":
                raise DojoTacticTimeoutError(step.error.message)
            if step.error.kind in ("internal", "memory", "gone"):
                raise DojoCrashError(step.error.message)
            if "sorry" in step.error.message:
                return ProofGivenUp()
            return LeanError(step.error.message)
        child = step.children[0].state
        if not step.proved:
            return _tactic_state(child)
        self._finished += 1
        try:
            self._gym.add(child, f"dojo_{self._finished}")
        except GymError as fault:
            return LeanError(str(fault))
        return ProofFinished(child.number)


def _tactic_state(state: State) -> TacticState:
    return TacticState("\n\n".join(goal.pp for goal in state.goals), state.number, handle=state)
