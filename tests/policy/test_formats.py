"""Each family's answers are read as what they say, and what can't be read is counted by reason."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.actions.base import (
    GoalView,
    HypView,
    NameView,
    Situation,
    TheoryView,
    TryView,
)
from autoresearch_formal.policy.formats import FORMATS, family_of, format_named
from autoresearch_formal.policy.formats.base import ALL, Detail
from autoresearch_formal.policy.formats.lean_text import (
    claim,
    commands,
    fences,
    script,
    steps,
    theorem,
    uncommented,
)

ANSWERS = Path(__file__).with_name("answers")
KINDS = {"correct", "wrong", "cut", "chatty", "masked", "hostile"}

HYPS = (
    HypView("G", "Type"),
    HypView("m", "G → G → G"),
    HypView("h", "∀ (a b c : G), m (m a b) c = m a (m b c)", True),
    *(HypView(x, "G") for x in "abc"),
    HypView("h_1", "m a b = m b a", True),
    HypView("h_2", "m a c = m c a", True),
)
PP = "\n".join(f"{h.name} : {h.type}" for h in HYPS) + "\n⊢ m a (m b c) = m (m b c) a"
GOAL = GoalView(PP, "m a (m b c) = m (m b c) a", HYPS)
LONG = NameView("Reconstruct.long", "theorem", "∀ (n : Nat), " + "n + 0 = n ∧ " * 60 + "True")
SITUATION = Situation(
    TheoryView(("Init",), (NameView("m_swap", "theorem", "∀ (a b : Nat), a + b = b + a"),)),
    (GOAL,),
    (LONG,),
    path=("intro G m",),
    statement="⊢ the beginning",
    tries=(TryView("rw [h_2]", "did not find the pattern"), TryView("simp", "no progress")),
)


def answers(family: str) -> list[dict[str, Any]]:
    return tomllib.loads((ANSWERS / f"{family}.toml").read_text(encoding="utf-8"))["answer"]


def every() -> Iterator[Any]:
    for family in FORMATS:
        for number, answer in enumerate(answers(family)):
            yield pytest.param(family, answer, id=f"{family}-{number}-{answer['kind']}")


@pytest.mark.parametrize("family", FORMATS)
def test_every_family_has_an_answer_of_each_kind(family: str) -> None:
    assert {a["kind"] for a in answers(family)} == KINDS
    assert len(answers(family)) >= 6


@pytest.mark.parametrize(("family", "answer"), list(every()))
def test_answers_are_read_as_what_they_say(family: str, answer: dict[str, Any]) -> None:
    reading = format_named(family).read(answer["text"], SITUATION, answer.get("finished", True))
    assert reading.fault == answer.get("fault", "")
    assert Counter(a.kind for a in reading.actions) == Counter(answer.get("kinds", []))
    for action in reading.actions:
        text = action.text + action.proof
        assert not any(word in text for word in ("import ", "set_option", "#eval", "axiom "))
        text.encode()  # no broken characters on the way to Lean


def test_a_whole_file_is_taken_apart() -> None:
    texts = {a["kind"]: a["text"] for a in answers("whole-proof")[:2]}
    first, second = (a["text"] for a in answers("whole-proof")[:2])
    proof, *lemmas = format_named("whole-proof").read(first, SITUATION).actions
    assert proof.text.startswith("have first : m (m a b) c = m (m b a) c := by\n  rw [h_1]\n")
    assert proof.cut
    assert lemmas[0].text.startswith("∀ (G : Type) (m : G → G → G) (h : ")
    assert lemmas[0].text.endswith("(h_2 : m a c = m c a), m (m a b) c = m (m b a) c")
    assert (lemmas[0].proof, lemmas[0].given) == ("rw [h_1]", len(HYPS))
    read = format_named("whole-proof").read(second, SITUATION).actions
    assert [a.name for a in read] == ["Rule", "Twice", "exchange", "exchange_product", ""]
    assert read[0].text.startswith("structure Rule (G : Type) where\n  op : ")
    assert (read[3].given, read[3].proof.split("\n")[0]) == (7, "unfold exchange at *")
    assert texts


def test_a_script_is_fitted_to_the_goal_as_shown() -> None:
    """A theorem restated with all binders in its statement introduces them under its own names."""
    restated = answers("whole-proof")[2]["text"]
    (proof,) = format_named("whole-proof").read(restated, SITUATION).actions
    shown = " ".join(h.name for h in HYPS)
    assert proof.text.split("\n")[:2] == [f"revert {shown}", "intro G m assoc x y z hy hz"]
    same = restated.replace("intro G m assoc x y z hy hz", f"intro {shown}")
    (proof,) = format_named("whole-proof").read(same, SITUATION).actions
    assert proof.text == "rw [← assoc, hy, assoc, hz, ← assoc]"


def test_what_is_left_unproved_in_a_sketch_becomes_a_goal() -> None:
    text = (
        "```lean4\ntheorem target : p ∧ q := by\n  have hp : p := by\n    sorry\n"
        "  have hq : q := sorry\n  exact ⟨hp, hq⟩\n```"
    )
    reading = format_named("whole-proof").read(text, SITUATION)
    assert reading.actions[0].text.split("\n")[-3:] == [
        "have hp : p := ?_",
        "have hq : q := ?_",
        "exact ⟨hp, hq⟩",
    ]


@pytest.mark.parametrize("family", FORMATS)
def test_requests_show_what_a_prover_needs_and_shrink(family: str) -> None:
    format = format_named(family)
    request = format.request(SITUATION)
    said = "\n".join(text for _, text in request.conversation)
    assert "m a (m b c) = m (m b c) a" in said
    if family in ("whole-proof", "reasoning", "instruct"):
        for needed in (LONG.type, "m_swap", "intro G m", "the beginning", "did not find the"):
            assert needed in said
    if family == "reprover":
        assert LONG.type in said
    detail: Detail | None = ALL
    sizes = []
    while detail is not None:
        sizes.append(len(format.request(SITUATION, detail).prompt))
        detail = detail.less()
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) < 40


def test_families_by_name() -> None:
    for model, family in {
        "deepseek-ai/DeepSeek-Prover-V2-7B": "whole-proof",
        "Goedel-LM/Goedel-Prover-V2-8B": "whole-proof",
        "AI-MO/Kimina-Prover-Distill-8B": "reasoning",
        "ByteDance-Seed/BFS-Prover-V2-7B": "tactic-state",
        "kaiyuy/leandojo-lean4-retriever-tacgen-byt5-small": "reprover",
        "Qwen/Qwen3-8B": "instruct",
        "openai/gpt-oss-20b": "instruct",
        "meta-llama/Llama-3.1-8B-Instruct": "instruct",
        "Qwen/Qwen2.5-7B": "",
        "nano": "",
    }.items():
        assert family_of(model) == family


def test_lean_text_is_cut_where_lean_would() -> None:
    file = "theorem a (x : Nat := 3) {y : T} :\n  x = x := by -- why\n  rfl\n"
    file += '\n@[simp]\ndef s := "-- no"'
    first, second = commands(file)
    stated = theorem(first)
    assert stated is not None
    assert (stated.name, stated.goal, stated.proof) == ("a", "x = x", "rfl")
    assert stated.binders == ("(x : Nat := 3)", "{y : T}")
    assert second == '@[simp]\ndef s := "-- no"'
    assert uncommented("a /- b /- c -/ d -/ e -- f\ng") == "a  e\ng"
    assert uncommented('"/- x -/" -- y') == '"/- x -/"'
    assert fences("x\n```lean\na\n```\n```\nb") == [("lean", "a", True), ("", "b", False)]
    assert steps("cases h with\n| inl a => exact a\n| inr b =>\n  exact b\nsimp\n  at h") == [
        "cases h with\n| inl a => exact a\n| inr b =>\n  exact b",
        "simp\n  at h",
    ]
    assert script(" by\n    intro x\n    simp") == "intro x\nsimp"
    assert script(" by simp\n") == "simp"
    assert script(" fun x => x") == "exact fun x => x"
    assert script(" bytes x") == "exact bytes x"
    assert claim("have h (x : Nat) : x = x := by rfl") == ("h", "∀ (x : Nat), x = x")
    assert claim("have : p := q") == ("this", "p")
    assert claim("have ⟨x, y⟩ := q") is None


TEXT = st.text(
    st.sampled_from("abc:=⟨⟩()[]{}\n `\"'-/\\<|>think sorry have by theorem def ,{}:\ud800\x00")
    | st.sampled_from(list("theorem")),
    max_size=200,
)


@given(TEXT, st.sampled_from(sorted(FORMATS)), st.booleans())
def test_no_answer_is_an_accident(text: str, family: str, finished: bool) -> None:
    reading = format_named(family).read(text, SITUATION, finished)
    assert bool(reading.fault) != bool(reading.actions)


@pytest.mark.timeout(60)
def test_reading_takes_one_pass() -> None:
    for piece in ("/-", "```\n", "have h : (", "{", '{"a": ', "<think>", "theorem x : ", "· ", '"'):
        text = piece * (100_000 // len(piece))
        for family in FORMATS:
            format_named(family).read(text, SITUATION)
            format_named(family).read(f"```lean4\n{text}\n```", SITUATION)


def test_a_definition_in_the_context_is_shown_as_a_let() -> None:
    hyps = (HypView("n", "Nat"), HypView("k", "Nat", False, "n + 1"))
    goal = GoalView("n : Nat\nk : Nat := n + 1\n⊢ n < k", "n < k", hyps)
    said = format_named("whole-proof").request(msgspec.structs.replace(SITUATION, goals=(goal,)))
    assert "theorem target (n : Nat) :\n    let k : Nat := n + 1; n < k := by" in said.prompt
