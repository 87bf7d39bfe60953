"""The reference concepts: which constants stand for which dated concept of the chronology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.lean.messages import Declaration
from autoresearch_formal.mask.chronology import Chronology
from autoresearch_formal.mask.chronology import Concept as Dated
from autoresearch_formal.rediscovery.closing import HelpfulTheorem
from autoresearch_formal.rediscovery.safe_steps import BUNDLED
from autoresearch_formal.symbolic.finite_models.claims import ClaimReader, ConstantClaim
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.symbolic.finite_models.values import Unsupported
from autoresearch_formal.terms import Expr, Local, arguments, constants, head_name, telescope

NAMESPACE = "Reconstruct.Reference"

BUNDLE_OF = {"IsGroup": "Group", "IsMonoid": "Monoid"}
"""Predicates on raw operations that say what a structure of the library bundles."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference constant in one form, the concept it stands for, and when that is dated."""

    claim: ConstantClaim
    concept: str
    dated: Dated | None

    @property
    def year(self) -> int | None:
        """The year of the dated concept."""
        return self.dated.year if self.dated else None


class Catalogue:
    """All reference constants that are concepts, with what the library proves about them."""

    def __init__(
        self, reader: ClaimReader, declarations: Sequence[Declaration], chronology: Chronology
    ) -> None:
        constants_: Constants = reader.constants
        for d in declarations:
            constants_.note_kind(d.name, d.kind)
        constants_.load(d.name for d in declarations)
        self.references: list[Reference] = []
        self.not_read: list[str] = []
        self._homes = {
            place: dated for dated in chronology.concepts for place in dated.reference.namespaces
        }
        for d in sorted(declarations, key=lambda d: d.name):
            if d.kind in ("def", "structure", "inductive"):
                self._read(reader, d.name)
        self.theorems = tuple(
            t for d in declarations if d.kind == "theorem" for t in _theorem(constants_, d.name)
        )
        valued = [r.claim for r in self.references if r.claim.result is not None]
        self.functions = tuple(
            c.constant for c in valued if any(b.role == "bundle" for b in c.binders)
        )
        self.instances = tuple(
            (c.constant, c, c.result) for c in valued if c.result is not None and _is_instance(c)
        )

    def _read(self, reader: ClaimReader, name: str) -> None:
        """Note the claims that a constant makes, if it is a concept of its own."""
        concept = concept_of(name)
        dated = self._homes.get(f"{NAMESPACE}.{concept}")
        if dated is None and concept.startswith("Group."):
            dated = self._homes.get(f"{NAMESPACE}.Group")
        part_of_another = "." in concept and dated is None
        if part_of_another or reader.constants.is_projection(name):
            return
        try:
            claims = list(reader.read(name, "r_"))
        except Unsupported as fault:
            self.not_read.append(f"{name}: {fault}")
            return
        self.references += [
            Reference(claim, concept, dated) for claim in claims if claim.form != "having the value"
        ]


def concept_of(name: str) -> str:
    """The concept that a constant stands for: its name without the library's and `Raw`."""
    return name.removeprefix(f"{NAMESPACE}.").removeprefix("Raw.")


def _is_instance(claim: ConstantClaim) -> bool:
    """A structure over a given carrier, not built from other structures."""
    assert claim.result is not None
    return (
        head_name(claim.result) in BUNDLED
        and not any(isinstance(a, Local) for a in arguments(claim.result))
        and all(b.role == "plain" for b in claim.binders)
    )


def _theorem(constants_: Constants, name: str) -> list[HelpfulTheorem]:
    try:
        type_ = constants_.type(name)
    except Unsupported:
        return []
    binders, conclusion = telescope(type_)
    premises = sum(concept_of(head_name(t)).startswith("Is") for _, t in binders)
    concept_head = head_name(conclusion)
    if not concept_head:
        return []
    if concept_head == "Iff":
        sides = tuple(head_name(a) for a in arguments(conclusion))
        return [HelpfulTheorem(name, sides, True, (sides[0], sides[1]), premises, about(type_))]
    return [HelpfulTheorem(name, (concept_head,), False, premises=premises, about=about(type_))]


def about(type_: Expr) -> frozenset[str]:
    """The constants in a statement that are no operations of structures and no logic."""
    return (
        frozenset(
            c for c in constants(type_) if "." in c and c not in BUNDLED and c not in STRUCTURAL
        )
        - FIELDS
    )


FIELDS = frozenset(
    f"{NAMESPACE}.{name}"
    for name in ("Monoid.mul", "Monoid.one", "Group.inv", "Group.toMonoid", "Magma.mul")
)
"""Operations of structures."""

STRUCTURAL = ("Nat.succ", "Nat.zero", "OfNat.ofNat", "HAdd.hAdd", "instHAdd", "instOfNatNat")
"""Constants that say nothing about what a theorem is about."""
