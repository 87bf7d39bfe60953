"""The expert-iteration loop: search → judge → dataset → train → promote, round after round.

Round 0 measures the policy that the loop starts with. Every later round searches with the policy
that is best so far, trains a candidate on the judged steps, measures it on the held-out targets at
the same budget, and promotes it only if it does better. Everything that a phase does is a
function of the sealed phases before it, the settings and the seed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.record import read_run
from autoresearch_formal.search.trajectories import FILE, read_table, rows, write_rows
from autoresearch_formal.targets import find, load
from autoresearch_formal.train.compare import Outcome, better, score
from autoresearch_formal.train.curriculum import auxiliaries, by_success, split
from autoresearch_formal.train.dataset import (
    Row,
    examples,
    ingredients_of,
    shortest_proofs,
)
from autoresearch_formal.train.diversity import action_counts, diversity, kl
from autoresearch_formal.train.engine import Engine, SearchRequest, TrainRequest
from autoresearch_formal.train.folders import PHASES, LoopFolder, RoundFolder, write_whole
from autoresearch_formal.train.settings import LoopSettings
from autoresearch_formal.train.weights import Counts

Say = Callable[[str], None]


class Loop:
    """One loop in its folder, which must be held (``with folder``)."""

    def __init__(self, folder: LoopFolder, engine: Engine, say: Say = lambda text: None) -> None:
        self.folder = folder
        self.engine = engine
        self.say = say
        self.settings: LoopSettings = folder.settings
        self.learn, self.held_out = chosen_targets(self.settings)

    def go(self) -> None:
        """Do what is not done yet. Raises `UsageFault` if a sealed phase was tampered with."""
        for round_ in self.folder.rounds():
            for phase in PHASES:
                if round_.done(phase):
                    round_.check(phase)
        for number in range(self.settings.rounds + 1):
            self._round(self.folder.round(number))
            self.folder.prune(self.settings.disk_mb << 20, before=number)

    def _round(self, round_: RoundFolder) -> None:
        steps: dict[str, Callable[[RoundFolder], dict[str, str]]] = {
            "search": self._search,
            "dataset": self._dataset,
            "policy": self._policy,
            "evaluation": self._evaluation,
            "decision": self._decision,
        }
        for phase in PHASES if round_.number else ("evaluation", "decision"):
            if not round_.done(phase):
                self.say(f"round {round_.number}: {phase}")
                inputs = steps[phase](round_)
                round_.seal(phase, inputs)

    # -- what is known from earlier rounds ---------------------------------------------------

    def incumbent(self, number: int) -> tuple[str, int]:
        """The policy that is best before a round, and the round whose evaluation measured it."""
        if number == 0:
            return self.settings.policy, 0
        decision = read(self.folder.round(number - 1).sealed("decision") / "decision.json")
        name, origin = str(decision["policy"]), int(decision["origin"])
        return name.replace("{}", str(self.folder.round(origin).path / "policy")), origin

    def outcomes(self, number: int) -> list[Outcome]:
        """What the evaluation of a round measured."""
        data = read(self.folder.round(number).sealed("evaluation") / "outcomes.json")
        return [Outcome(**o) for o in data["outcomes"]]

    def history(self, number: int) -> list[dict[str, Any]]:
        """Rows of the datasets of all earlier rounds."""
        found: list[dict[str, Any]] = []
        for earlier in range(1, number):
            found += read_table(self.folder.round(earlier).sealed("dataset") / FILE).to_pylist()
        return found

    # -- phases ------------------------------------------------------------------------------

    def _search(self, round_: RoundFolder) -> dict[str, str]:
        s = self.settings
        place = round_.work("search", fresh=False)
        policy, _ = self.incumbent(round_.number)
        targets = self._curriculum(round_.number)
        share = s.auxiliary if round_.number > 1 else 0.0
        budget = s.steps * len(targets)
        common = dict(
            policy=policy,
            seed=s.seed * 1000 + round_.number,
            round=round_.number,
            workers=s.workers,
            cutoff=s.cutoff,
            without=s.without,
            toolchain=s.toolchain,
        )
        own = self._auxiliary_files(round_.number, place, round(budget * share / s.steps))
        spent = s.steps * len(own)
        self.engine.search(
            SearchRequest(tuple(targets), steps=max(1, budget - spent), **common),  # type: ignore[arg-type]
            place / "targets",
        )
        if own:
            self.engine.search(
                SearchRequest(tuple(own), steps=spent, **common),  # type: ignore[arg-type]
                place / "auxiliary",
            )
        results = {
            name: read(place / name / "report.json")["results"]
            for name in ("targets", "auxiliary")
            if (place / name / "report.json").is_file()
        }
        write_json(place / "results.json", results)
        return {"policy": policy, "targets": " ".join(targets), "auxiliary": str(len(own))}

    def _curriculum(self, number: int) -> list[str]:
        tried: dict[str, list[bool]] = defaultdict(list)
        for earlier in range(1, number):
            results = read(self.folder.round(earlier).sealed("search") / "results.json")
            for result in results.get("targets", ()):
                tried[result["target"]].append(result["status"] == "verified")
        rates = {target: sum(found) / len(found) for target, found in tried.items()}
        return by_success(self.learn, rates, self.settings.targets_a_round or None)

    def _auxiliary_files(self, number: int, place: Path, count: int) -> list[str]:
        """Statements from the round before, as files."""
        if count < 1 or number < 2:
            return []
        folder = place / "statements"
        folder.mkdir(exist_ok=True)
        last = read_table(self.folder.round(number - 1).sealed("dataset") / FILE).to_pylist()
        files = []
        for made in auxiliaries(last, count):
            path = folder / f"{made.name}.lean"
            write_whole(path, made.lean)
            files.append(str(path))
        return files

    def _dataset(self, round_: RoundFolder) -> dict[str, str]:
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
        return {"search": manifest_hash(round_, "search")}

    def _policy(self, round_: RoundFolder) -> dict[str, str]:
        place = round_.work("policy")
        sealed = round_.sealed("dataset")
        now = read_table(sealed / FILE).to_pylist()
        everything = [*self.history(round_.number), *now]
        counts = Counts().update(
            ingredients_of(r) for r in everything if r["positive"] and r["round"] != round_.number
        )
        weighed = examples(
            everything,
            self.settings.resetting,
            counts,
            shortest_proofs(r for r in everything if r["round"] != round_.number),
            self.settings.kinds,
        )
        policy, _ = self.incumbent(round_.number)
        seed = self.settings.seed * 1000 + round_.number
        request = TrainRequest(weighed, everything, policy, self.settings, seed)
        if weighed:
            made = self.engine.train(request, place)
            document = asdict(made)
        else:
            document = {"policy": policy, "metrics": {"kl": 0.0}, "accepted": False}
        document["examples"] = len(weighed)
        write_json(place / "candidate.json", document)
        return {"dataset": manifest_hash(round_, "dataset"), "previous": policy}

    def _evaluation(self, round_: RoundFolder) -> dict[str, str]:
        s = self.settings
        place = round_.work("evaluation", fresh=False)
        if round_.number == 0:
            policy = s.policy
        else:
            candidate = read(round_.sealed("policy") / "candidate.json")
            policy = str(candidate["policy"]).replace("{}", str(round_.sealed("policy")))
            if not candidate["accepted"]:
                write_json(place / "outcomes.json", {"policy": policy, "outcomes": []})
                return {"policy": policy}
        outcomes = []
        for seed in s.seeds:
            folder = place / f"seed-{seed}"
            request = SearchRequest(
                tuple(self.held_out),
                policy,
                s.evaluation_steps * len(self.held_out),
                seed,
                round_.number,
                s.workers,
                s.cutoff,
                s.judge,
                tuple(a for a in s.without if a in ("lemmas", "definitions")),
                s.toolchain,
            )
            self.engine.search(request, folder)
            outcomes.append(asdict(outcome(folder, seed, s.judge)))
        write_json(place / "outcomes.json", {"policy": policy, "outcomes": outcomes})
        return {"policy": policy}

    def _decision(self, round_: RoundFolder) -> dict[str, str]:
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
        return {"evaluation": manifest_hash(round_, "evaluation")}


def chosen_targets(settings: LoopSettings) -> tuple[list[str], list[str]]:
    """Ids to train on and held out. Raises `UsageFault` if they overlap or one is unknown."""
    targets = load()
    learn, held = split(targets, settings.levels)
    if settings.held_out:
        held = [find(name, targets).id for name in settings.held_out]
        learn = [name for name in learn if name not in held]
    if settings.targets:
        learn = [find(name, targets).id for name in settings.targets]
    both = sorted(set(learn) & set(held))
    if settings.targets and not settings.held_out:
        held = [name for name in held if name not in learn]
    elif both:
        raise UsageFault(f"trained on and held out at once: {', '.join(both)}")
    if not learn or not held:
        raise UsageFault("a loop needs at least one target to train on and one held out")
    return learn, held


def outcome(folder: Path, seed: int, judged: bool) -> Outcome:
    """What a run solved; with the judge only what it confirmed counts."""
    record = read_run(folder)
    solved = {t.label: t.verified if judged else t.proved for t in record.targets}
    spent = {t.label: int(t.result.get("steps", 0)) for t in record.targets}
    heartbeats = sum(int(t.result.get("heartbeats", 0)) for t in record.targets)
    return Outcome(seed, solved, sum(spent.values()), heartbeats, spent)


def manifest_hash(round_: RoundFolder, phase: str) -> str:
    """One hash for everything that a phase gave."""
    files = round_.manifest(phase)["files"]
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> Any:
    """A JSON document of the loop's own."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, document: Any) -> None:
    """Write a JSON document, whole or not at all, with sorted keys."""
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
