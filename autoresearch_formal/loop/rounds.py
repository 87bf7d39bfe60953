"""The expert-iteration loop: search → judge → dataset → train → promote, round after round.

Round 0 measures the policy that the loop starts with. Every later round searches with the policy
that is best so far, trains a candidate on the judged steps, measures it on the held-out targets at
the same budget, and promotes it only if it does better. Everything that a phase does is a
function of its ``inputs``, which its manifest records: `Loop.inputs` says what they are, phase by
phase, and another loop's phase with the same inputs is copied instead of done again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from autoresearch_formal.data.dataset import (
    Row,
    examples,
    ingredients_of,
    shortest_proofs,
)
from autoresearch_formal.data.diversity import action_counts, diversity, kl
from autoresearch_formal.data.trajectories import FILE, read_table, rows, write_rows
from autoresearch_formal.data.weights import Counts
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.compare import HeldOutOutcome, better, score
from autoresearch_formal.loop.curriculum import auxiliaries, by_success, chosen_targets
from autoresearch_formal.loop.engine import LoopEngine, SearchRequest
from autoresearch_formal.loop.sharing import SHARED, hash_of, identity, key_of, same
from autoresearch_formal.loop.statements import SPARE, StatementReading, select_new
from autoresearch_formal.policy.choose import with_symbolic
from autoresearch_formal.search.runs.record import read_run
from autoresearch_formal.train.folders import PHASES, LoopFolder, RoundFolder, digest, write_whole
from autoresearch_formal.train.request import TrainRequest
from autoresearch_formal.train.settings import LoopSettings

Say = Callable[[str], None]


class Loop:
    """One loop in its folder, which must be held (``with folder``)."""

    def __init__(
        self,
        folder: LoopFolder,
        engine: LoopEngine,
        say: Say = lambda text: None,
        siblings: Iterable[LoopFolder] = (),
    ) -> None:
        self.folder = folder
        self.engine = engine
        self.say = say
        self.siblings = [s for s in siblings if s.path != folder.path]
        self.settings: LoopSettings = folder.settings
        self.learn, self.held_out = chosen_targets(self.settings)
        self._read: dict[int, StatementReading] = {}

    def run(self) -> None:
        """Do what is not done yet. Raises `UsageFault` if a sealed phase was tampered with."""
        for round_ in self.folder.rounds():
            for phase in PHASES:
                if round_.done(phase):
                    round_.check(phase)
        for number in range(self.settings.rounds + 1):
            self._round(self.folder.round(number))
            self.folder.prune(self.settings.disk_mb << 20, before=number)

    def _round(self, round_: RoundFolder) -> None:
        steps: dict[str, Callable[[RoundFolder], None]] = {
            "search": self._search,
            "dataset": self._dataset,
            "policy": self._policy,
            "evaluation": self._evaluation,
            "decision": self._decision,
        }
        for phase in PHASES if round_.number else ("evaluation", "decision"):
            if round_.done(phase):
                continue
            inputs = self.inputs(phase, round_)
            key = key_of(phase, inputs)
            if not self._share(phase, round_, inputs, key):
                self.say(f"round {round_.number}: {phase}")
                steps[phase](round_)
                round_.seal(phase, inputs, key)

    def _share(
        self, phase: str, round_: RoundFolder, inputs: Mapping[str, Any], key: str | None
    ) -> bool:
        """Copy the phase from a sibling that has done it; whether there is one."""
        found = same(self.siblings, phase, key) if key and phase in SHARED else None
        if found is None:
            return False
        label, other = found
        if round_.adopt(phase, other, inputs, label) is None:
            return False
        self.say(f"round {round_.number}: {phase}, shared with {label}")
        return True

    def inputs(self, phase: str, round_: RoundFolder) -> dict[str, Any]:
        """Exactly what a phase reads: files and policies by content, and settings that matter."""
        s, number = self.settings, round_.number
        if phase == "search":
            asked, own = self._plan(number)
            return {
                "policy": identity(self.expert(number)),
                "asked": {name: without_policy(request) for name, request in asked.items()},
                "statements": {made.name: hash_of(made.lean) for made in own.chosen},
                "engine": self.engine.identity(s.toolchain),
            }
        if phase == "dataset":
            return {
                "search": manifest_hash(round_, "search"),
                "rows before": self._datasets(number - 1),
                "resetting": asdict(s.resetting),
                "kinds": list(s.kinds),
                "held out": self.held_out,
            }
        if phase == "policy":
            request = self._training(round_)
            return {
                "policy": identity(request.previous),
                "rows": self._datasets(number),
                "examples": hash_of([(e.row["row"], e.weight) for e in request.examples]),
                "training": asdict(request.settings),
                "seed": request.seed,
                "engine": self.engine.identity(s.toolchain),
            }
        if phase == "evaluation":
            policy, measured = self._candidate(round_)
            return {
                "policy": identity(policy),
                "measured": measured,
                "asked": [without_policy(r) for r in self._evaluation_runs(round_, policy)],
                "engine": self.engine.identity(s.toolchain),
            }
        before = self.folder.round(number - 1)
        return {
            "evaluation": manifest_hash(round_, "evaluation"),
            "before": manifest_hash(before, "decision") if number else None,
        }

    # -- what is known from earlier rounds ---------------------------------------------------

    def incumbent(self, number: int) -> tuple[str, int]:
        """The policy that is best before a round, and the round whose evaluation measured it."""
        if number == 0:
            return self.settings.policy, 0
        decision = read(self.folder.round(number - 1).sealed("decision") / "decision.json")
        name, origin = str(decision["policy"]), int(decision["origin"])
        return name.replace("{}", str(self.folder.round(origin).path / "policy")), origin

    def expert(self, number: int) -> str:
        """The policy that searches in a round.

        With ``expert = "mixed"`` a model is the apprentice of its own search with the symbolic
        policy's help (T. Anthony, Z. Tian, D. Barber, Thinking fast and slow with deep learning
        and tree search, NeurIPS 2017, sect. 3).
        """
        policy, _ = self.incumbent(number)
        return with_symbolic(policy) if self.settings.expert == "mixed" else policy

    def outcomes(self, number: int) -> list[HeldOutOutcome]:
        """What the evaluation of a round measured."""
        data = read(self.folder.round(number).sealed("evaluation") / "outcomes.json")
        return [HeldOutOutcome(**o) for o in data["outcomes"]]

    def history(self, number: int) -> list[dict[str, Any]]:
        """Rows of the datasets of all earlier rounds."""
        found: list[dict[str, Any]] = []
        for earlier in range(1, number):
            found += read_table(self.folder.round(earlier).sealed("dataset") / FILE).to_pylist()
        return found

    def _datasets(self, last: int) -> list[str]:
        """The datasets of the rounds up to ``last``, by hash."""
        places = (self.folder.round(n).sealed("dataset") for n in range(1, last + 1))
        return [digest(place / FILE) for place in places]

    # -- phases ------------------------------------------------------------------------------

    def _plan(self, number: int) -> tuple[dict[str, SearchRequest], StatementReading]:
        """The searches of a round, and the statements that the system sets itself."""
        s = self.settings
        targets = self._curriculum(number)
        budget = s.steps * len(targets)
        own = self._auxiliary_statements(
            number, round(budget * s.auxiliary / s.steps) if number > 1 else 0
        )
        spent = s.steps * len(own.chosen)
        request = SearchRequest(
            tuple(targets),
            policy=self.expert(number),
            steps=max(1, budget - spent),
            seed=s.seed * 1000 + number,
            round=number,
            workers=s.workers,
            cutoff=s.cutoff,
            without=s.search_without,
            toolchain=s.toolchain,
        )
        asked = {"targets": request}
        if own.chosen:
            names = tuple(made.name for made in own.chosen)
            asked["auxiliary"] = replace(request, targets=names, steps=spent)
        return asked, own

    def _search(self, round_: RoundFolder) -> None:
        place = round_.work("search", fresh=False)
        asked, own = self._plan(round_.number)
        paths = []
        for made in own.chosen:
            path = place / "statements" / f"{made.name}.lean"
            path.parent.mkdir(exist_ok=True)
            write_whole(path, made.lean)
            paths.append(str(path))
        for name, request in asked.items():
            if name == "auxiliary":
                request = replace(request, targets=tuple(paths))
            self.engine.search(request, place / name)
        results = {
            name: read(place / name / "report.json")["results"]
            for name in asked
            if (place / name / "report.json").is_file()
        }
        write_json(place / "results.json", results)
        write_json(place / "statements.json", own.to_json())

    def _curriculum(self, number: int) -> list[str]:
        tried: dict[str, list[bool]] = defaultdict(list)
        for earlier in range(1, number):
            results = read(self.folder.round(earlier).sealed("search") / "results.json")
            for result in results.get("targets", ()):
                tried[result["target"]].append(result["status"] == "verified")
        rates = {target: sum(found) / len(found) for target, found in tried.items()}
        return by_success(self.learn, rates, self.settings.targets_a_round or None)

    def _auxiliary_statements(self, number: int, count: int) -> StatementReading:
        """Statements from the round before that Lean reads and no target says."""
        if count < 1:
            return StatementReading()
        if number not in self._read:
            last = read_table(self.folder.round(number - 1).sealed("dataset") / FILE).to_pylist()
            made = auxiliaries(last, SPARE * count)
            prints, known = self.engine.read_back(
                made, self.settings.cutoff, self.settings.toolchain
            )
            self._read[number] = select_new(made, prints, known, count)
        return self._read[number]

    def _dataset(self, round_: RoundFolder) -> None:
        place = round_.work("dataset")
        searched = round_.sealed("search")
        found: list[Row] = []
        for name in ("targets", "auxiliary"):
            if (searched / name / "run.toml").is_file():
                found += rows(read_run(searched / name))
        held = set(self.held_out)
        leaked = sorted({r["target"] for r in found} & held)
        if leaked:
            raise UsageFault(f"{searched}: held-out targets were searched: {', '.join(leaked)}")
        write_rows(place / FILE, found)
        before = self.history(round_.number)
        counts = Counts().update(ingredients_of(r) for r in before if r["positive"])
        weighed = examples(
            found,
            self.settings.resetting,
            counts,
            shortest_proofs(before),
            self.settings.kinds,
        )
        write_json(
            place / "weights.json",
            [
                {"row": e.row["row"], "weight": e.weight, "value": e.value, "rarity": e.rarity}
                for e in weighed
            ],
        )
        earlier = action_counts(before)
        figures = diversity(found) | {
            "rows": len(found),
            "positives": len(weighed),
            "action_kl": kl(action_counts(found), earlier) if earlier else 0.0,
        }
        write_json(place / "figures.json", figures)

    def _training(self, round_: RoundFolder) -> TrainRequest:
        """What the trainer of a round is given."""
        s = self.settings
        now = read_table(round_.sealed("dataset") / FILE).to_pylist()
        before = self.history(round_.number)
        everything = [*before, *now]
        counts = Counts().update(ingredients_of(r) for r in before if r["positive"])
        weighed = examples(everything, s.resetting, counts, shortest_proofs(before), s.kinds)
        policy, _ = self.incumbent(round_.number)
        seed = s.seed * 1000 + round_.number
        return TrainRequest(weighed, everything, policy, s.training, seed)

    def _policy(self, round_: RoundFolder) -> None:
        place = round_.work("policy")
        request = self._training(round_)
        if request.examples:
            document = asdict(self.engine.train(request, place))
        else:
            document = {"policy": request.previous, "metrics": {"kl": 0.0}, "accepted": False}
        document["examples"] = len(request.examples)
        write_json(place / "candidate.json", document)

    def _candidate(self, round_: RoundFolder) -> tuple[str, bool]:
        """The policy that a round measures, and whether it may be promoted and so is measured."""
        if round_.number == 0:
            return self.settings.policy, True
        candidate = read(round_.sealed("policy") / "candidate.json")
        policy = str(candidate["policy"]).replace("{}", str(round_.sealed("policy")))
        return policy, bool(candidate["accepted"])

    def _evaluation_runs(self, round_: RoundFolder, policy: str) -> list[SearchRequest]:
        """The runs of an evaluation, one a seed."""
        s = self.settings
        request = SearchRequest(
            targets=tuple(self.held_out),
            policy=policy,
            steps=s.evaluation_steps * len(self.held_out),
            seed=0,
            round=round_.number,
            workers=s.workers,
            cutoff=s.cutoff,
            judge=s.judge,
            without=s.search_without,
            toolchain=s.toolchain,
        )
        return [replace(request, seed=seed) for seed in s.seeds]

    def _evaluation(self, round_: RoundFolder) -> None:
        place = round_.work("evaluation", fresh=False)
        policy, measured = self._candidate(round_)
        outcomes = []
        for request in self._evaluation_runs(round_, policy) if measured else ():
            folder = place / f"seed-{request.seed}"
            self.engine.search(request, folder)
            outcomes.append(asdict(outcome(folder, request.seed, request.judge)))
        write_json(place / "outcomes.json", {"policy": policy, "outcomes": outcomes})

    def _decision(self, round_: RoundFolder) -> None:
        place = round_.work("decision")
        mine = self.outcomes(round_.number)
        if round_.number == 0:
            document = {
                "promoted": True,
                "why": "the policy that the loop starts with",
                "policy": self.settings.policy,
                "origin": 0,
                "score": asdict(score(mine)),
            }
        else:
            before = read(self.folder.round(round_.number - 1).sealed("decision") / "decision.json")
            candidate = read(round_.sealed("policy") / "candidate.json")
            promoted, why = False, "there was nothing to train on"
            if mine:
                promoted, why = better(mine, self.outcomes(int(before["origin"])))
            elif candidate["examples"]:
                why = "the candidate went too far from the policy before"
            document = {
                "promoted": promoted,
                "why": why,
                "policy": candidate["policy"] if promoted else before["policy"],
                "origin": round_.number if promoted else before["origin"],
                "score": asdict(score(mine)) if mine else None,
            }
        write_json(place / "decision.json", document)


def outcome(folder: Path, seed: int, judged: bool) -> HeldOutOutcome:
    """What a run solved; with the judge only what it confirmed counts."""
    record = read_run(folder)
    solved = {t.label: t.verified if judged else t.proved for t in record.targets}
    spent = {t.label: int(t.result.get("steps", 0)) for t in record.targets}
    heartbeats = sum(int(t.result.get("heartbeats", 0)) for t in record.targets)
    return HeldOutOutcome(seed, solved, sum(spent.values()), heartbeats, spent)


def manifest_hash(round_: RoundFolder, phase: str) -> str:
    """One hash for everything that a phase gave."""
    return hash_of(round_.manifest(phase)["files"])


def without_policy(request: SearchRequest) -> dict[str, Any]:
    """A request as inputs: the policy stands there by its content already, not by its folder."""
    return {k: v for k, v in asdict(request).items() if k not in ("policy", "toolchain")}


def read(path: Path) -> Any:
    """A JSON document of the loop's own."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, document: Any) -> None:
    """Write a JSON document, whole or not at all, with sorted keys."""
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
