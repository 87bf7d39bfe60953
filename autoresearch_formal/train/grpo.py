"""Group-relative policy optimisation (Z. Shao et al., arXiv:2402.03300) with TRL's trainer.

The kernel is the reward: each sampled answer is parsed, and a tactic is tried by the gym at the
goal of its prompt. TRL's `environment_factory` needs a chat template with tool calls, which a
policy trained from scratch has none of; so the environment enters by TRL's other hook, a reward
function that gets the columns of the prompt's row.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.data.dataset import Row, situation_of
from autoresearch_formal.data.rows import Row as TrainingRow
from autoresearch_formal.data.rows import check
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.mask import Mask
from autoresearch_formal.targets import load
from autoresearch_formal.train.dpo import dataset, trl_module
from autoresearch_formal.train.settings import Training

PROVED, PROGRESS, REFUSED, MALFORMED = 1.0, 0.2, 0.0, -0.2
GROUP = 8
"""Answers to one prompt that are compared with each other."""
RATE = 5e-5
"""Half of DPO's: its rewards are noisier. See there why it is more than usual."""
ANSWER_TOKENS = 64
HEARTBEATS = 2_000
FOLLOWED = 16
"""Goals of one step that are followed when a row's goal is opened again, at most."""

Attempt = Callable[[str, str], str]
"""(row, tactic) → "proved", "progress" or "refused"."""


def reward(completion: str, row: str, attempt: Attempt) -> float:
    """What an answer is worth at the goal of its row."""
    try:
        action = prompts.parse(completion)
    except prompts.Malformed:
        return MALFORMED
    if action.kind != "tactic":
        return REFUSED
    return {"proved": PROVED, "progress": PROGRESS}.get(attempt(row, action.text), REFUSED)


class RowGoals:
    """Goals of rows in a gym, opened again from their targets when they are first needed."""

    def __init__(self, rows: Sequence[Row], gym: Gym) -> None:
        self.gym = gym
        self._rows = {row["row"]: row for row in rows}
        self._statements = {t.id: t.statement for t in load()}
        self._states: dict[str, Any] = {}

    def attempt(self, row: str, tactic: str) -> str:
        """Try a tactic at a row's goal; a goal that can't be opened again refuses everything."""
        state = self._open(row)
        if state is None:
            return "refused"
        step = self.gym.try_(state, [tactic], heartbeats=HEARTBEATS)[0]
        if step.error is not None or step.no_progress:
            return "refused"
        return "proved" if step.proved else "progress"

    def _open(self, row: str) -> Any:
        if row not in self._states:
            self._states[row] = self._replay(self._rows[row])
        return self._states[row]

    def _replay(self, row: Row) -> Any:
        """The state of the row's goal, found again along its path from the root.

        Where a step left several goals, the path doesn't say which it went on with: all of them are
        followed, and the goal is known by its fingerprint.
        """
        try:
            theory = self.gym.theory(list(row["modules"]))
            state, opened = self.gym.goal(theory, prop=self._statements[row["target"]])
            reached = [(state, opened.goals[0].fingerprint)]
            for tactic in row["path"]:
                reached = [
                    (child.state, child.goals[0].fingerprint)
                    for state, _ in reached[:FOLLOWED]
                    for step in self.gym.try_(state, [tactic], heartbeats=200_000)
                    for child in step.children
                ]
        except (GymError, KeyError):
            return None
        return next((state for state, which in reached if which == row["fingerprint"]), None)


def prompts_of(rows: Sequence[Row], mask: Mask) -> list[dict[str, Any]]:
    """One line a distinct goal of the targets' own theory that was tried, with its row's id."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["kind"] == "tactic" and not row["invented"] and row["level"] is not None:
            text = prompts.prompt(situation_of(row))
            fit = check(TrainingRow(text, "tactic\nrfl"), mask) is None
            if fit:
                found.setdefault(row["fingerprint"], {"prompt": text, "row": row["row"]})
    return list(found.values())


def train_grpo(rows: Sequence[Row], model: Path, out: Path, settings: Training, seed: int) -> None:
    """Train on goals of earlier searches with a gym of its own. Raises `MissingTool`."""
    lines = prompts_of(rows, Mask.compute(settings.cutoff))
    if not lines:
        raise UsageFault("GRPO: no goal was searched that a prompt can be made of")
    modules = sorted({m for row in rows for m in row["modules"] or ()})
    with Gym(modules=modules) as gym:
        optimise(lines, model, out, settings.training_steps, seed, RowGoals(rows, gym).attempt)


def optimise(
    lines: Sequence[dict[str, Any]], model: Path, out: Path, steps: int, seed: int, attempt: Attempt
) -> None:
    """The optimisation, whoever judges the attempts."""
    trl = trl_module()
    from autoresearch_formal.train.trainer import arguments, run

    transformers = importlib.import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(model, padding_side="left")
    policy = transformers.AutoModelForCausalLM.from_pretrained(
        model, dtype=importlib.import_module("torch").float32
    )

    def kernel(completions: list[str], row: list[str], **_: Any) -> list[float]:
        return [reward(c, r, attempt) for c, r in zip(completions, row, strict=True)]

    with tempfile.TemporaryDirectory(prefix="autoresearch-grpo-") as scratch:
        config = trl.GRPOConfig(
            **arguments(
                scratch,
                learning_rate=RATE,
                per_device_train_batch_size=GROUP,
                num_generations=GROUP,
                max_completion_length=ANSWER_TOKENS,
                max_steps=steps,
                gradient_checkpointing=False,
                seed=seed,
            ),
        )
        trainer = trl.GRPOTrainer(
            policy,
            reward_funcs=kernel,
            args=config,
            train_dataset=dataset(lines, ("prompt", "row")),
            processing_class=tokenizer,
        )
        run(trainer, "policy optimisation")
        trainer.model.save_pretrained(out)
    tokenizer.save_pretrained(out)
