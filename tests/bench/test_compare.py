"""Comparisons of policies: figures and tables from reports alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.bench.compare import (
    against,
    bootstrap,
    summary,
    table,
)


def report(**steps: int) -> dict[str, Any]:
    """A run: kernel steps of each target, negative where it was not solved."""
    rows = [
        {"target": t, "status": "found" if n > 0 else "open", "steps": abs(n)}
        for t, n in steps.items()
    ]
    spent = sum(abs(n) for n in steps.values())
    return {"results": rows, "steps": spent, "seconds": 2.0, "policy_seconds": 1.0}


FIRST = [report(a=10, b=4, c=-30), report(a=10, b=-8, c=-30)]
SECOND = [report(a=5, b=2, c=12), report(a=5, b=2, c=-20)]


def test_steps_are_compared_on_what_both_solve() -> None:
    found = against(SECOND, FIRST)
    assert (found["won"], found["lost"]) == (2, 0)
    assert found["steps"][0] == 0.5
    assert against(FIRST, FIRST) == {"won": 0, "lost": 0, "steps": [1.0, 1.0, 1.0]}


def test_a_summary_counts_every_seed() -> None:
    found = summary(SECOND)
    assert found["solved"] == [3, 2]
    assert found["share"][0] == round(5 / 6, 3)
    assert found["steps_per_solved"][0] == round((5 + 2 + 12 + 5 + 2) / 5, 3)
    assert found["all_steps_per_solved"] == round((19 + 27) / 5, 1)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=3),
        min_size=1,
        max_size=8,
    )
)
def test_an_interval_holds_its_value(cells: list[list[tuple[float, float]]]) -> None:
    value, low, high = bootstrap(cells)
    assert low <= high
    ratios = [sum(a for a, _ in g) / sum(b for _, b in g) for g in cells]
    assert min(ratios) - 1e-3 <= low
    assert high <= max(ratios) + 1e-3
    assert value == bootstrap(cells)[0]


def test_a_table_has_as_many_cells_in_every_row() -> None:
    arms = {"one": summary(FIRST), "two": summary(SECOND) | {"against": against(SECOND, FIRST)}}
    document = {
        "what": "level0",
        "targets": 3,
        "budget": "5 s of wall time",
        "workers": 1,
        "seeds": [0, 1],
        "arms": arms,
    }
    lines = [line for line in table(document).splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert "| 2, 0 | 0.50 [0.50, 0.50] |" in lines[-1]
