"""Every number that steers a search, in one place; recorded in ``run.toml`` of every run."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from autoresearch_formal.actions.base import Faculty


class Weights(BaseModel):
    """Weights of the priority: the goal with the smallest sum is expanded next."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: float = Field(
        default=1.0, ge=0, description="minus log-probability of the path from the root"
    )
    distance: float = Field(default=0.5, ge=0, description="a quarter of log2 of the goal's size")
    siblings: float = Field(default=0.35, ge=0, description="open goals that are also needed")
    expansions: float = Field(default=2.5, ge=0, description="times the goal was expanded already")
    progress: float = Field(
        default=0.3, ge=0, description="subgoals closed on the way here (subtracted)"
    )
    reuse: float = Field(default=0.5, ge=0, description="step used an invented lemma (subtracted)")
    rarity: float = Field(
        default=0.2, ge=0, description="rarity of the path's ingredients (subtracted)"
    )


class Budgets(BaseModel):
    """Limits of Lean requests, in heartbeats, and the deepening of automation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cheap: int = Field(
        default=400, ge=1, description="heartbeats for a tactic at the first expansion"
    )
    growth: float = Field(default=3.0, ge=1, description="factor a further expansion")
    ceiling: int = Field(default=20_000, ge=1, description="heartbeats a tactic gets at most")
    ms: int = Field(default=8_000, ge=1, description="milliseconds a tactic gets at most")
    expansions: int = Field(
        default=6, ge=1, description="expansions of one goal before it may be given up"
    )
    corrections: int = Field(
        default=3, ge=0, description="expansions of a goal at which a model sees Lean's errors"
    )
    slice: int = Field(default=4_000, ge=1, description="work units of a target's first turn")
    slice_growth: float = Field(default=2.5, ge=1, description="factor a further turn")
    step_work: int = Field(
        default=40, ge=0, description="work units of a tactic beyond its heartbeats"
    )
    think_work: int = Field(
        default=400,
        ge=0,
        description="work units of the policy at the first expansion of a goal; grows like tactics",
    )


class SearchSettings(BaseModel):
    """Everything that shapes a search except the budget of the whole run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: Weights = Field(default_factory=Weights)
    budgets: Budgets = Field(default_factory=Budgets)
    names: int = Field(default=12, ge=0, description="visible names offered to the policy a goal")
    without: tuple[Faculty, ...] = Field(
        default=(), description="faculties that are switched off (ablations)"
    )
    lemmas: bool = Field(default=True, description="whether lemmas may be invented")
    definitions: bool = Field(default=True, description="whether definitions may be invented")
    vocabulary: int = Field(
        default=40, ge=0, description="definitions that a run makes of its statements, at most"
    )
    seed: int = 0

    @property
    def invents(self) -> frozenset[str]:
        """The kinds of things that may be invented."""
        inventive = "invention" not in self.without
        kinds = {"lemma": self.lemmas, "definition": self.definitions}
        return frozenset(kind for kind, wanted in kinds.items() if wanted and inventive)
