"""Prompts and answers: both directions, for anything Lean can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action, GoalView, NameView, Situation, TheoryView
from autoresearch_formal.actions.normal import merge, normal_form

TEXT = st.text(st.sampled_from("abxyGm ∀→⊢=¬λ⟨⟩()[]<|\\>\n⁻¹.,:0"), min_size=1, max_size=60)
LINE = TEXT.map(prompts.flat).filter(bool)
TACTIC = st.sampled_from(
    ["intro x", "rw [h, ← g]", "simp_all", "obtain ⟨x, hx⟩ := h", "cases n with\n| zero => rfl",
     "exact (f <|> g)", "have : a <|goal|> b := h", r"exact \x", "refine ⟨_, ?_⟩ <;> simp"]
)  # fmt: skip


@given(
    st.lists(LINE, max_size=3), st.lists(LINE, max_size=3), st.lists(LINE, min_size=1, max_size=3)
)
def test_what_a_prompt_shows_can_be_read_back(
    names: list[str], invented: list[str], goals: list[str]
) -> None:
    what = prompts.ShownSituation(tuple(goals), tuple(names), tuple(invented))
    assert prompts.read(prompts.write(what)) == what


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4), TEXT)
def test_a_situation_shows_itself_and_no_marker_of_its_own(
    names: list[tuple[str, str]], pp: str
) -> None:
    views = tuple(NameView(prompts.flat(n) or "n", "theorem", t) for n, t in names)
    situation = Situation(TheoryView(), (GoalView(pp, pp),), views)
    text = prompts.prompt(situation)
    assert prompts.read(text) == prompts.shown(situation)
    assert text.count(prompts.ASK) == 1


@given(TACTIC)
def test_a_tactic_survives(text: str) -> None:
    read = prompts.parse(prompts.answer(Action("tactic", text)) + prompts.END + "noise")
    assert (read.kind, read.text) == ("tactic", text)


@given(TACTIC, TEXT)
def test_a_question_holds_its_prompt_and_its_action(text: str, target: str) -> None:
    goal = GoalView(f"h : a = b\n⊢ {target}", target)
    about = prompts.prompt(Situation(TheoryView(), (goal,)))
    asked = prompts.question(about, Action("tactic", text))
    shown, action = prompts.read_question(asked)
    assert shown == prompts.read(about)
    assert action.text == prompts.parse(prompts.answer(Action("tactic", text))).text
    for broken in (about, asked[:-1], asked + prompts.YES):
        with pytest.raises(prompts.Malformed):
            prompts.read_question(broken)


def test_lemmas_and_definitions_survive() -> None:
    lemma = Action("lemma", "∀ a b : G,\n  m a b = m b a", name="m_comm", proof="intro a b\nrw [h]")
    read = prompts.parse(prompts.answer(lemma))
    assert (read.kind, read.text) == ("lemma", "∀ a b : G, m a b = m b a")
    assert (read.name, read.proof) == (lemma.name, lemma.proof)
    made = Action("definition", "def double (n : Nat) : Nat :=\n  n + n")
    assert prompts.parse(prompts.answer(made)).text == made.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unknown kind"),
        ("tactics\nsimp", "unknown kind"),
        ("tactic\n", "empty"),
        ("tactic\nexact (a", "brackets"),
        ("tactic\nexact ⟨a)", "brackets"),
        ("tactic\nsorry", "gives up"),
        ("tactic\nexact a\x07", "control characters"),
        ("tactic\n" + "a" * 5000, "too long"),
        ("lemma\nname only", "not a lemma"),
        ("definition\ntheorem x : 1 = 1 := rfl", "not a definition"),
    ],
)
def test_malformed_answers_are_named(text: str, reason: str) -> None:
    with pytest.raises(prompts.Malformed, match=reason):
        prompts.parse(text)


def test_a_long_goal_keeps_its_target_and_both_ends_of_its_context() -> None:
    pp = "\n".join(f"h{i} : {'x' * 30} = {i}" for i in range(60)) + "\n⊢ a = b"
    text = prompts.shorten(pp, 400)
    assert len(text) <= 400
    assert text.startswith("h0 :")
    assert "h59 :" in text
    assert text.endswith("⊢ a = b")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("intro x y", "intro  u   v", True),
        ("rw [ h , g ]", "rw [h,g]", True),
        ("obtain ⟨x, hx⟩ := h\nexact hx", "obtain ⟨y, p⟩ := h\nexact p", True),
        ("have k := h a a\ngrind", "have q := h a a\ngrind", True),
        ("have k := h a b\ngrind", "have k := h b a\ngrind", False),
        ("intro x\nexact h x y", "intro y\nexact h y y", False),
        ("exact x", "exact y", False),
        ("cases n\n· simp\nrfl", "cases n\n· simp\n  rfl", False),
    ],
)
def test_same_up_to_blanks_and_own_names(left: str, right: str, same: bool) -> None:
    assert (
        normal_form(left, ["h", "a", "b", "g"]) == normal_form(right, ["h", "a", "b", "g"])
    ) is same


def test_merging_keeps_the_likeliest() -> None:
    kept = merge([Action("tactic", "intro x", -2), Action("tactic", "intro  y", -1)])
    assert [(a.text, a.logprob) for a in kept] == [("intro  y", -1)]
