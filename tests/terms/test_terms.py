"""The language of terms: substitution, lifting, matching and printing obey their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.terms import (
    PROP,
    App,
    BadTree,
    Bound,
    Const,
    Expr,
    Hole,
    Lambda,
    Let,
    Local,
    NatLiteral,
    Pi,
    Projection,
    alpha_equal,
    alpha_key,
    anti_unify,
    apply,
    beta,
    bind,
    build_nodes,
    call,
    fill,
    instantiate,
    lift,
    locals_of,
    loose,
    lower,
    map_leaves,
    map_with_depth,
    match,
    parse_goal,
    replace,
    show,
    show_in_full,
    substitute,
    subterms,
    uses_bound,
)

leaves: st.SearchStrategy[Expr] = st.one_of(
    st.sampled_from(["c", "d"]).map(Const),
    st.sampled_from(["x", "y"]).map(Local),
    st.integers(0, 3).map(Bound),
    st.integers(0, 5).map(NatLiteral),
    st.just(PROP),
)


def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    names = st.sampled_from(["a", "b"])
    args = st.lists(inner, min_size=1, max_size=2)
    return st.one_of(
        st.builds(lambda f, xs: App(f, tuple(xs), (True,) * len(xs)), inner, args),
        st.builds(Pi, names, inner, inner),
        st.builds(Lambda, names, inner, inner),
        st.builds(Let, inner, inner, inner),
        st.builds(Projection, st.just("S"), st.integers(0, 1), inner),
    )


terms = st.recursive(leaves, grown, max_leaves=10)
closed = terms.map(
    lambda e: map_leaves(
        e, lambda leaf, at: Const("c") if isinstance(leaf, Bound) and leaf.index >= at else leaf
    )
)


@given(terms, st.integers(0, 3), st.integers(0, 2))
def test_lowering_undoes_lifting(expr: Expr, by: int, depth: int) -> None:
    assert lower(lift(expr, by, depth), by, depth) == expr


@given(terms, st.integers(1, 2))
def test_what_mentions_a_binder_stays_inside_it(expr: Expr, by: int) -> None:
    captured = any(uses_bound(expr, k) for k in range(by))
    assert (lower(expr, by) is None) == captured


@given(terms, terms)
def test_a_value_put_in_for_a_variable_that_is_not_there_changes_nothing(
    expr: Expr, value: Expr
) -> None:
    assert instantiate(lift(expr, 1), value) == expr


@given(terms, terms)
def test_binding_and_instantiating_is_substituting(expr: Expr, value: Expr) -> None:
    assert instantiate(bind(expr, "x"), value) == substitute(expr, {"x": value})


@given(terms)
def test_two_names_are_bound_at_once(expr: Expr) -> None:
    assert instantiate(instantiate(bind(expr, "x", "y"), Local("y")), Local("x")) == expr


@given(terms, terms)
def test_substituting_in_parts_is_substituting_in_the_whole(expr: Expr, value: Expr) -> None:
    made = substitute(expr, {"x": value})
    assert ("x" in locals_of(made)) == ("x" in locals_of(expr) and "x" in locals_of(value))
    assert substitute(expr, {"x": Local("x")}) == expr


@given(closed, closed)
def test_replacing_a_variable_is_substituting_for_it(expr: Expr, value: Expr) -> None:
    assert replace(expr, Local("x"), value) == substitute(expr, {"x": value})


@given(terms)
def test_a_walk_sees_what_a_rewriting_sees(expr: Expr) -> None:
    seen: list[Expr] = []

    def note(part: Expr, _: int) -> None:
        seen.append(part)

    assert map_with_depth(expr, note) == expr
    assert seen == list(subterms(expr))


@given(terms)
def test_names_of_bound_variables_do_not_count(expr: Expr) -> None:
    nameless = map_leaves(expr, lambda leaf, _: leaf, names=False)
    assert alpha_equal(expr, nameless)
    assert alpha_key(expr) == alpha_key(nameless)


@given(terms, terms)
def test_both_ways_of_comparing_agree(left: Expr, right: Expr) -> None:
    if alpha_key(left) == alpha_key(right):
        assert alpha_equal(left, right)


@given(closed)
def test_a_term_matches_its_own_instances(pattern: Expr) -> None:
    values: dict[str, Expr] = {"x": Const("e"), "y": call("f", Const("e"))}
    solution = match(pattern, substitute(pattern, values), {})
    assert solution is not None
    assert solution.items() <= values.items()


@given(closed, closed)
def test_an_anti_unifier_has_both_as_instances(left: Expr, right: Expr) -> None:
    both = [map_leaves(e, lambda leaf, _: leaf, names=False) for e in (left, right)]
    made = anti_unify(*both)
    if made is not None:
        pattern, pairs = made
        assert fill(pattern, [a for a, _ in pairs]) == both[0]
        assert fill(pattern, [b for _, b in pairs]) == both[1]


def test_a_hole_for_a_function_is_applied() -> None:
    twice = Lambda("x", Const("T"), call("m", Bound(0), Bound(0)))
    assert fill(apply(Hole(0), Local("a")), [twice]) == call("m", Local("a"), Local("a"))
    under = Pi("z", Const("T"), apply(Hole(0), Bound(0)))
    open_ = Lambda("x", Const("T"), call("m", Bound(0), Bound(1)))
    assert fill(under, [open_]) == Pi("z", Const("T"), call("m", Bound(0), Bound(1)))


def test_functions_written_out_are_applied_everywhere() -> None:
    identity = Lambda("x", Const("T"), Bound(0))
    assert beta(apply(identity, apply(identity, Local("a")))) == Local("a")
    assert beta(apply(apply(Const("f"), Local("a")), Local("b"))) == call(
        "f", Local("a"), Local("b")
    )


@given(closed)
def test_printing_tells_what_is_bound(expr: Expr) -> None:
    assert not loose(expr)
    assert "#" not in show(expr)


def test_printing() -> None:
    hidden = App(Const("Eq"), (Const("T"), Local("x"), Local("y")), (False, True, True))
    law = Pi("a", Const("T"), Pi("h", hidden, call("Not", call("P", Bound(1)))))
    assert show(law) == "∀ a : T, x = y → ¬(P a)"
    assert show_in_full(law, {"x": "u", "y": "v"}) == (
        "(∀ x0 : @T, (∀ x1 : (@Eq @T u v), (@Not (@P x0))))"
    )
    assert show(call("HAdd.hAdd", Local("x"), call("HMul.hMul", Local("x"), Local("y")))) == (
        "x + x * y"
    )


def test_a_goal_is_read_and_shares_equal_parts() -> None:
    tree = {
        "nodes": [["c", "Nat"], ["c", "Eq"], ["f", 0], ["a", 1, [0, 2, 2], [0, 1, 1]]],
        "hyps": [["n", 0]],
        "target": 3,
    }
    goal = parse_goal(tree, {})
    assert goal.types == {"n": Const("Nat")}
    assert show(goal.target) == "n = n"
    assert isinstance(goal.target, App)
    assert goal.target.args[1] is goal.target.args[2]


@pytest.mark.parametrize("node", [["?", 1], ["a", 3, [], []], ["b", "one"], ["f", 7], []])
def test_a_bad_table_is_refused(node: list[object]) -> None:
    with pytest.raises(BadTree):
        build_nodes([node], ["n"])
