"""From the text of a file to what its definitions are: the whole comparison."""

from __future__ import annotations

import itertools
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.messages import Declaration, GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.mask.chronology import Chronology
from autoresearch_formal.rediscovery.catalogue import Catalogue, Reference
from autoresearch_formal.rediscovery.closing import HelpfulTheorem
from autoresearch_formal.rediscovery.compare import Agreement, Comparer, JudgedModel, judge
from autoresearch_formal.rediscovery.match import Correspondence, CorrespondenceFinder
from autoresearch_formal.rediscovery.meter import Clock, Meter
from autoresearch_formal.rediscovery.prover import ScriptProver
from autoresearch_formal.rediscovery.statement import ClosedStatement, Direction, statement
from autoresearch_formal.rediscovery.write import NAMESPACE, WrittenTheorem, theorem
from autoresearch_formal.symbolic.finite_models.claims import ClaimReader, ConstantClaim
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.samples import Sampler
from autoresearch_formal.symbolic.finite_models.values import Unsupported
from autoresearch_formal.targets.worlds import World

MODULES = (World().foundation, World().reference)
"""What the environment of a comparison holds besides the file."""

FIRST, SECOND = 60, 500
"""Models at the first look and at the second."""

SWEEP = 1.5
"""CPU seconds for trying every operation with up to three elements."""

ENOUGH_MODELS = 15
"""Models in which a structure's laws must hold for agreement to mean anything."""

WHOLE = 5.0
"""Share of the time for models that an invention gets beside the whole library."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class InventionBudget:
    """Limits for one invention, in CPU seconds of this process and Lean together."""

    seconds: float = 6.0
    """For each proof."""
    proofs: float = 7.2
    """For all proofs about an invention."""
    models: float = 2.5
    """For finite models, beside one concept; beside the whole library `WHOLE` times as much. CPU
    time of this process alone."""
    equivalences: int = 4
    """Correspondences that are tried to be proved equivalent."""
    implications: int = 2
    """Correspondences that are tried to be proved one way."""

    @classmethod
    def of(cls, seconds: float) -> InventionBudget:
        """The budget in which one proof may take so long, and all others a fifth of that."""
        return cls(seconds=seconds, proofs=1.2 * seconds)

    @property
    def helper(self) -> InventionBudget:
        """For a function that a definition uses: what it is helps, if that is soon known."""
        return InventionBudget(self.seconds, 0.45 * self.proofs, 0.4 * self.models / WHOLE, 2, 0)


@dataclass(slots=True)
class ReferenceFinding:
    """What is known about an invention and one reference."""

    invention: str
    reference: Reference
    relation: str
    """``equivalent``, ``stronger`` (the invention implies the reference), ``weaker`` (it is implied
    by it), or ``undecided`` (no model tells them apart, and no proof was found)."""
    statement: ClosedStatement
    proof: list[str] = field(default_factory=list)
    models: int = 0
    separating: str = ""
    theorem: WrittenTheorem | None = None

    @property
    def concept(self) -> str:
        """The concept's name."""
        return self.reference.concept

    @property
    def constant(self) -> str:
        """The reference constant."""
        return self.reference.claim.constant


@dataclass(slots=True)
class Invention:
    """An invented definition and what became of it."""

    name: str
    kind: str
    type: str
    findings: list[ReferenceFinding] = field(default_factory=list)
    note: str = ""
    seconds: float = 0.0
    candidates: int = 0

    @property
    def best(self) -> ReferenceFinding | None:
        """The most telling finding."""
        order = {"equivalent": 0, "stronger": 1, "weaker": 1, "undecided": 2}
        return min(self.findings, key=lambda f: order[f.relation], default=None)

    @property
    def relation(self) -> str:
        """``equivalent``, ``stronger``, ``weaker``, ``undecided`` or ``new``."""
        return self.best.relation if self.best else "new"


class ReferenceLibrary:
    """The references in an unmasked environment, read once and used for many files."""

    def __init__(self, gym: Gym) -> None:
        self.gym = gym
        self.meter = Meter(gym)
        self.base: Theory = gym.theory(MODULES)
        self.constants = Constants(gym, self.base)
        listed = gym.names(self.base, modules=[f"{World().reference}.*"]).names
        self.catalogue = Catalogue(ClaimReader(self.constants), listed, Chronology.load())


class FileComparison:
    """One file beside the references.

    Raises:
        UsageFault: if Lean does not accept the file there.
    """

    def __init__(
        self,
        library: ReferenceLibrary,
        text: str,
        budget: InventionBudget | None = None,
        say: Say = lambda text: None,
    ) -> None:
        self.say = say
        self.budget = budget or InventionBudget()
        self.catalogue = library.catalogue
        gym = library.gym
        base = library.base
        extra = [m for m in imports(text) if not any(is_below(m, top) for top in MODULES)]
        if extra:
            base = gym.theory([*MODULES, *extra])
        try:
            self.theory, answer = gym.elab(base, strip_imports(text), ms=240_000)
        except GymError as fault:
            raise UsageFault(f"the file does not compile beside the references: {fault}") from None
        self.constants = Constants(gym, self.theory)
        self.constants.take_over(library.constants)
        self.reader = ClaimReader(self.constants)
        self.matcher = CorrespondenceFinder(
            self.reader, self.catalogue.instances, self.catalogue.functions
        )
        for d in answer.decls:
            self.constants.note_kind(d.name, d.kind)
        kinds = ("def", "abbrev", "structure", "class", "inductive")
        found = [
            d for d in answer.decls if d.kind in kinds and not self.constants.is_projection(d.name)
        ]
        self.declarations = sorted(found, key=lambda d: place(text, d.name))
        self.own = frozenset(d.name for d in self.declarations)
        self.meter = library.meter
        self.prover = ScriptProver(self.constants, self.catalogue.theorems, self.own, self.meter)
        self.names: set[str] = set()
        self.done: dict[str, Invention] = {}

    def inventions(
        self, only: Sequence[str] = (), concepts: Sequence[str] = ()
    ) -> Iterator[Invention]:
        """What each definition of the file is (or those with the names `only`), compared with all
        references (or those of `concepts`)."""
        for d in self.declarations:
            if not only or d.name in only or d.name.rpartition(".")[2] in only:
                clock = Clock(self.meter, self.budget.proofs)
                for earlier in self._needs(d):
                    if earlier.name not in self.done:
                        self.done[earlier.name] = self.one(earlier, (), self.budget.helper)
                if d.name not in self.done or concepts:
                    proofs = max(clock.left, 0.5 * clock.seconds)
                    self.done[d.name] = self.one(d, concepts, replace(self.budget, proofs=proofs))
                yield self.done[d.name]

    def _needs(self, d: Declaration) -> list[Declaration]:
        """Functions of the file that a definition uses: what they are helps to say what it is."""
        wanted = set(d.uses) & self.own - {d.name}
        return [e for e in self.declarations if e.name in wanted and not e.type.endswith("Prop")]

    def one(self, d: Declaration, concepts: Sequence[str], budget: InventionBudget) -> Invention:
        """Compare one definition with the references."""
        clock = Clock(self.meter, math.inf)
        invention = Invention(d.name, d.kind, d.type)
        try:
            forms = [
                s for s in self.reader.read(d.name, "v_") if s.form != "being exactly that set"
            ]
        except Unsupported as fault:
            invention.note = f"not compared: {fault}"
            forms = []
        live: list[tuple[Correspondence, Agreement, Reference]] = []
        ends = time.process_time() + budget.models * (1.0 if concepts else WHOLE)
        for claim in forms:
            try:
                live += self._live(claim, invention, concepts, ends)
            except Unsupported as fault:
                invention.note = f"not evaluated: {fault}"
        self._decide(invention, live, budget)
        invention.seconds = clock.spent
        return invention

    def _live(
        self, claim: ConstantClaim, invention: Invention, concepts: Sequence[str], ends: float
    ) -> list[tuple[Correspondence, Agreement, Reference]]:
        """Correspondences that no model excludes, the most telling first."""
        evaluator = Evaluator(self.constants)
        evaluator.ends = ends
        sampler = Sampler(evaluator)
        comparer = Comparer(sampler)
        first = judge(sampler, claim, sampler.models(claim, FIRST), 20_000)
        if not first:
            invention.note = "can't be evaluated in finite models"
            return []
        survivors = self._survivors(claim, invention, concepts, comparer, first)
        equal = [s for s in survivors if s[1].equal]
        unequal = [s for s in survivors if not s[1].equal and s[1].informative]
        # too few models, or all alike: a longer look may still show what they are
        unclear = [s for s in survivors if s[1].agrees and not s[1].informative]
        chosen = equal[:12] + unequal[:6] + ([] if equal else unclear[:6])
        more = judge(sampler, claim, sampler.models(claim, SECOND), 50_000) if chosen else []
        result = []
        for candidate, agreement, reference in chosen:
            again = comparer.compare(candidate, more, stop=True)
            again.add(agreement)
            if again.equal and not candidate.bundles:
                again.add(self._sweep(sampler, comparer, candidate))
            if again.informative and not again.incomparable:
                result.append((candidate, again, reference))
        return result

    def _survivors(
        self,
        claim: ConstantClaim,
        invention: Invention,
        concepts: Sequence[str],
        comparer: Comparer,
        models: Sequence[JudgedModel],
    ) -> list[tuple[Correspondence, Agreement, Reference]]:
        """Correspondences that a first look does not exclude, the most telling first."""
        survivors: list[tuple[Correspondence, Agreement, Reference]] = []
        for reference in self.catalogue.references:
            if concepts and reference.concept not in concepts:
                continue
            for candidate in self.matcher.candidates(claim, reference.claim):
                invention.candidates += 1
                agreement = comparer.compare(candidate, models, stop=True, fuel=20_000)
                if agreement.seen and not agreement.incomparable:
                    survivors.append((candidate, agreement, reference))
        survivors.sort(key=lambda s: rank(*s))
        return survivors

    def _sweep(self, sampler: Sampler, comparer: Comparer, candidate: Correspondence) -> Agreement:
        """Agreement on every operation with up to three elements, as far as `SWEEP` goes."""
        result = Agreement(differing=[])
        ends = time.process_time() + SWEEP
        models = sampler.sweep(candidate.invention)
        while time.process_time() < ends:
            part = judge(sampler, candidate.invention, itertools.islice(models, 200), 20_000)
            if not part:
                break
            result.add(comparer.compare(candidate, part, stop=True))
            if result.only_invention or result.only_reference:
                break
        return result

    def _decide(
        self,
        invention: Invention,
        live: list[tuple[Correspondence, Agreement, Reference]],
        budget: InventionBudget,
    ) -> None:
        clock = Clock(self.meter, budget.proofs)
        live.sort(key=lambda s: rank(*s))
        equal = [one for one in live if one[1].equal and one[1].seen >= ENOUGH_MODELS]
        known: set[str] = set()
        tried = 0
        for candidate, agreement, reference in equal:
            if reference.concept in known or tried >= budget.equivalences:
                continue
            if known and (candidate.bundles or tried >= 2):
                continue  # what it is is known; hypotheses would only say it again
            tried += 1
            finding = self._prove(invention, candidate, agreement, reference, "iff", clock)
            if finding is not None:
                known.add(reference.concept)
                invention.findings.append(finding)
        if invention.findings:
            return
        for candidate, agreement, reference in equal[:1]:
            said = statement(candidate)
            invention.findings.append(
                ReferenceFinding(
                    invention.name, reference, "undecided", said, models=agreement.seen
                )
            )
        one_way = [one for one in live if not one[1].equal]
        for candidate, agreement, reference in one_way[: budget.implications]:
            direction: Direction = "from" if agreement.only_invention else "to"
            finding = self._prove(invention, candidate, agreement, reference, direction, clock)
            if finding is not None:
                invention.findings.append(finding)

    def _prove(
        self,
        invention: Invention,
        candidate: Correspondence,
        agreement: Agreement,
        reference: Reference,
        direction: Direction,
        clock: Clock,
    ) -> ReferenceFinding | None:
        said = statement(candidate, direction)
        self.say(f"{invention.name} {direction} {reference.claim.constant}")
        proof = self.prover.prove(said.text, said.bundles, min(self.budget.seconds, clock.left))
        if proof is None:
            return None
        relation = {"iff": "equivalent", "to": "stronger", "from": "weaker"}[direction]
        finding = ReferenceFinding(
            invention=invention.name,
            reference=reference,
            relation=relation,
            statement=said,
            proof=proof,
            models=agreement.seen,
            separating=agreement.witness,
        )
        self._keep(finding)
        return finding

    def _keep(self, finding: ReferenceFinding) -> None:
        """Write the theorem down; if Lean takes it, later proofs may use it."""
        gym = self.constants.gym
        made = theorem(gym, self.theory, finding, self.names)
        finding.theorem = made
        if finding.relation != "equivalent":
            return
        text = f"namespace {NAMESPACE}\n{made.text}\nend {NAMESPACE}"
        try:
            self.theory, _ = gym.elab(self.theory, text, ms=60_000)
        except GymError as fault:
            self.say(f"{made.name}: does not read back ({fault})")
            return
        self.constants.move(self.theory)
        about = frozenset({finding.invention})
        self.prover.learn(HelpfulTheorem(made.name, (), False, about=about))


def rank(
    candidate: Correspondence, agreement: Agreement, reference: Reference
) -> tuple[object, ...]:
    """Which correspondence is tried first: equal before one-way; everything used; no structure
    that the invention does not speak about; more models; older concepts."""
    return (
        not agreement.equal,
        len(candidate.unused) + len(candidate.fills),
        -round(agreement.closeness, 2) if not agreement.equal else 0,
        len(candidate.bundles),
        -min(agreement.seen, 40),
        reference.year or 3000,
    )


def strip_imports(text: str) -> str:
    """A file without its imports: they are there already."""
    return re.sub(r"(?m)^import .*$", "", text)


def imports(text: str) -> list[str]:
    """The modules that a file imports."""
    return re.findall(r"(?m)^import +(\S+) *$", text)


def is_below(module: str, top: str) -> bool:
    """Whether a module is another one or below it; Lean's own are everywhere."""
    return module == top or module.startswith((f"{top}.", "Init", "Std"))


def place(text: str, name: str) -> int:
    """Where a declaration is in a text, by its last name."""
    last = re.escape(name.rpartition(".")[2])
    found = re.search(rf"\b(?:def|abbrev|structure|inductive|class)\s+(?:\S+\.)?{last}\b", text)
    return found.start() if found else len(text)
