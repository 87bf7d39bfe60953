"""Declarations with a known answer, shown to the second kernel before anything else.

A few are plain: true ones that must be taken and false ones that must not. The others are the
public soundness bugs of Lean's kernel that were mended up to version 4.35.0, each as raw
declarations: what leads up to it is right and must be taken, the last declaration is wrong and
must be refused. Where a bug rests on an incidental fact (a hash, an order), the canary asks for
the rule that was broken. `docs/trust.md` says which of them the kernel of the embedded Lean takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autoresearch_formal.judge.lean_kernel import Kernel, KernelError, Object, box

Act = Callable[[], None]


class WrongAnswer(Exception):
    """A canary was not answered as it must be: which one, and what the kernel did."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name
        self.why = why


@dataclass(frozen=True)
class KnownAnswer:
    """A declaration that must be taken (`right`) or refused, after some that must be taken."""

    name: str
    right: bool
    act: Act
    before: tuple[Act, ...] = ()


class _Builder:
    """Short names for raw terms: bound variables by number, everything else by name."""

    def __init__(self, kernel: Kernel) -> None:
        self.k = kernel
        self.zero = kernel.level("zero")
        self.one = kernel.level("succ", self.zero)
        self.prop, self.type = kernel.sort(self.zero), kernel.sort(self.one)
        self.none = kernel.list([])

    def name(self, text: str) -> Object:
        """A dotted name."""
        found: Object = box(0)
        for part in text.split("."):
            found = self.k.name(found, part)
        return found

    def const(self, text: str, *levels: Object) -> Object:
        """A constant."""
        return self.k.const(self.name(text), self.k.list(levels))

    def app(self, f: Object | str, *arguments: Object) -> Object:
        """An application of a term, or of a constant by name."""
        made = self.const(f) if isinstance(f, str) else f
        for argument in arguments:
            made = self.k.app(made, argument)
        return made

    def var(self, i: int) -> Object:
        """A bound variable."""
        return self.k.bvar(i)

    def pi(self, *types: Object) -> Object:
        """A function type; the last is the result."""
        made = types[-1]
        for type_ in reversed(types[:-1]):
            made = self.k.pi(self.name("x"), type_, made, 0)
        return made

    def lam(self, *types: Object) -> Object:
        """A function; the last is the body."""
        made = types[-1]
        for type_ in reversed(types[:-1]):
            made = self.k.lam(self.name("x"), type_, made, 0)
        return made

    def proj(self, struct: str, i: int, e: Object) -> Object:
        """A projection."""
        return self.k.proj(self.name(struct), i, e)

    # Declarations, each as something to be done later

    def axiom(self, name: str, type_: Object) -> Act:
        """A constant without a body."""
        return lambda: self.k.add_axiom(self.name(name), self.none, type_)

    def define(self, name: str, type_: Object, value: Object, hints: int | str = "abbrev") -> Act:
        """A definition."""
        return lambda: self.k.add_definition(self.name(name), self.none, type_, value, hints)

    def theorem(self, name: str, type_: Object, value: Object) -> Act:
        """A theorem."""
        return lambda: self.k.add_theorem(self.name(name), self.none, type_, value)

    def inductive(
        self,
        *types: tuple[str, Object, Sequence[tuple[str, Object]]],
        params: int = 0,
        levels: Object | None = None,
    ) -> Act:
        """A block of inductive types, each with its constructors."""
        made = [
            (self.name(name), type_, [(self.name(c), t) for c, t in constructors])
            for name, type_, constructors in types
        ]
        return lambda: self.k.add_inductive(levels or self.none, params, made)

    # What several canaries need

    def bool(self) -> Act:
        """The type of two values."""
        ctors = [("Bool.false", self.const("Bool")), ("Bool.true", self.const("Bool"))]
        return self.inductive(("Bool", self.type, ctors))

    def unit(self) -> Act:
        """The proposition with one proof."""
        return self.inductive(("True", self.prop, [("True.intro", self.const("True"))]))

    def equality(self) -> Act:
        """``Eq.{u} {α : Sort u} (a : α) : α → Prop``."""
        u = self.k.level("param", self.name("u"))
        eq = self.const("Eq", u)
        same = self.app(eq, self.var(1), self.var(0), self.var(0))
        refl = self.pi(self.k.sort(u), self.var(0), same)
        type_ = self.pi(self.k.sort(u), self.var(0), self.var(1), self.prop)
        return self.inductive(
            ("Eq", type_, [("Eq.refl", refl)]), params=2, levels=self.k.list([self.name("u")])
        )  # fmt: skip

    def equal(self, a: Object, b: Object) -> Object:
        """An equation between truth values."""
        return self.app(self.const("Eq", self.one), self.const("Bool"), a, b)

    def refl(self, a: Object) -> Object:
        """Its proof when both sides are the same."""
        return self.app(self.const("Eq.refl", self.one), self.const("Bool"), a)


def plain(kernel: Kernel) -> Iterator[KnownAnswer]:
    """Rules that every kernel must keep."""
    b = _Builder(kernel)
    every = b.pi(b.prop, b.var(0))
    identity_type = b.pi(b.prop, b.var(0), b.var(1))
    identity = b.lam(b.prop, b.var(0), b.var(0))
    good = b.theorem("good", identity_type, identity)
    wrong = b.const("Wrong")
    yield KnownAnswer("identity", True, good)
    yield KnownAnswer("empty type", True, b.inductive(("Empty", b.prop, [])))
    yield KnownAnswer("every proposition", False, b.theorem("c1", every, b.lam(b.prop, b.var(0))))
    yield KnownAnswer("wrong body", False, b.theorem("c2", identity_type, every))
    yield KnownAnswer("theorem that is data", False, b.theorem("c3", b.type, b.prop))
    yield KnownAnswer("unknown constant", False, b.theorem("c4", every, b.const("nowhere")))
    yield KnownAnswer("name taken", False, good, (good,))
    yield KnownAnswer("type in itself", False, b.define("c5", b.prop, b.prop, 0))
    in_itself = b.pi(b.pi(wrong, b.prop), wrong)
    yield KnownAnswer(
        "negative occurrence", False, b.inductive(("Wrong", b.type, [("Wrong.mk", in_itself)]))
    )
    too_large = b.pi(b.type, wrong)
    yield KnownAnswer(
        "universe too small", False, b.inductive(("Wrong", b.type, [("Wrong.mk", too_large)]))
    )
    opaque = b.name("c6")
    yield KnownAnswer(
        "opaque of another type",
        False,
        lambda: kernel.add_opaque(opaque, b.none, every, b.prop),
    )


def soundness_bugs(kernel: Kernel) -> Iterator[KnownAnswer]:
    """Public soundness bugs of Lean's kernel, by the number of the report or of its mending."""
    b = _Builder(kernel)
    yield from _projections(b)
    yield from _stuck_sorts(b)
    yield from _inductive_types(b)
    yield _order_of_comparisons(b)


def _projections(b: _Builder) -> Iterator[KnownAnswer]:
    data = b.const("Bool")
    two = [("Two.left", b.pi(b.const("Void"), b.const("Two"))),
           ("Two.right", b.pi(b.const("True"), b.const("Two")))]  # fmt: skip
    yield KnownAnswer(
        "projection out of two constructors",
        False,
        b.theorem(
            "bad", b.const("Void"), b.proj("Two", 0, b.app("Two.right", b.const("True.intro")))
        ),
        (b.unit(), b.inductive(("Void", b.prop, [])), b.inductive(("Two", b.prop, two))),
    )
    hidden = b.inductive(("P", b.prop, [("P.mk", b.pi(data, b.const("P")))]))
    yield KnownAnswer(
        "data out of a proof",
        False,
        b.define("bad", b.pi(b.const("P"), data), b.lam(b.const("P"), b.proj("P", 0, b.var(0)))),
        (b.bool(), hidden),
    )
    # lean4#14632: the number of a field was cut to 32 bits.
    pair = b.inductive(("C", b.type, [("C.mk", b.pi(data, b.const("C")))]))
    yield KnownAnswer(
        "lean4#14632 field number beyond 32 bits",
        False,
        b.define(
            "bad", b.pi(b.const("C"), data), b.lam(b.const("C"), b.proj("C", 1 << 32, b.var(0)))
        ),
        (b.bool(), pair),
    )


def _stuck_sorts(b: _Builder) -> Iterator[KnownAnswer]:
    """Propositions that were not recognised as such, so that data could be taken out of them."""
    data = b.const("Bool")
    sort = b.k.sort(b.k.level("imax", b.one, b.zero))
    block = b.inductive(
        ("First", b.prop, [("First.mk", b.const("First"))]),
        ("I", sort, [("I.mk", b.pi(data, b.const("I")))]),
    )
    yield KnownAnswer(
        "lean4#14613 proposition whose universe is `imax 1 0`",
        False,
        b.define("bad", b.pi(b.const("I"), data), b.lam(b.const("I"), b.proj("I", 0, b.var(0)))),
        (b.bool(), block),
    )
    before, owner = _owner(b)
    yield KnownAnswer(
        "lean4#14807 proposition whose universe does not reduce",
        False,
        b.define("bad", b.pi(owner, data), b.lam(owner, b.proj("Owner", 0, b.var(0)))),
        before,
    )


def _intransitive(b: _Builder) -> tuple[Act, ...]:
    """Truth values ``a``, ``b``, ``c``: a is b and b is c by definition, but a is not c.

    ``S`` has one constructor, with a proof in it; its recursor is stuck on the unknown proof s.
    """
    data, s = b.const("Bool"), b.const("S")
    case = b.lam(b.const("True"), b.const("Bool.true"))
    recursor = b.app(b.const("S.rec", b.one), b.lam(s, data), case, b.var(0))
    return (
        b.bool(),
        b.unit(),
        b.equality(),
        b.inductive(("S", b.prop, [("S.mk", b.pi(b.const("True"), s))])),
        b.axiom("s", s),
        b.define("run", b.pi(s, data), b.lam(s, recursor), 1),
        b.define("a", data, b.app("run", b.const("s")), 2),
        b.define("b", data, b.app("run", b.app("S.mk", b.const("True.intro"))), 2),
        b.define("c", data, b.const("Bool.true"), 2),
    )


def _owner(b: _Builder) -> tuple[tuple[Act, ...], Object]:
    """A proposition with a truth value in it, whose universe is stuck on a proof of ``a = c``."""
    data, p = b.const("Bool"), b.const("P")
    motive = b.lam(data, b.equal(b.const("a"), b.var(0)), b.type)
    levels = (b.k.level("succ", b.one), b.one)
    left, right = b.const("a"), b.const("b")
    sort = b.app(b.const("Eq.rec", *levels), data, left, motive, b.prop, right, b.var(0))
    ctor = b.pi(p, data, b.app("Owner", b.var(1)))
    owner = b.inductive(("Owner", b.pi(p, b.app("gate", b.var(0))), [("Owner.mk", ctor)]), params=1)
    acts = (
        *_intransitive(b),
        b.define("P", b.prop, b.equal(b.const("a"), b.const("b"))),
        b.define("Q", b.prop, b.equal(b.const("a"), b.const("c"))),
        b.axiom("witness", b.const("Q")),
        b.define("gate", b.pi(p, b.type), b.lam(p, sort)),
        owner,
        b.define("asProp", b.pi(p, b.prop), b.lam(p, b.app("Owner", b.var(0)))),
        b.define("proposition", b.prop, b.app("asProp", b.const("witness"))),
    )  # fmt: skip
    return acts, b.const("proposition")


def _order_of_comparisons(b: _Builder) -> KnownAnswer:
    """Two comparisons that hold made a third one hold that does not."""
    data = b.const("Bool")
    x, y, z = b.const("a"), b.const("b"), b.const("c")

    def wrapped(value: Object) -> Object:
        return b.app(b.lam(data, value), b.const("Bool.true"))

    proof = b.app(b.lam(b.equal(x, y), b.equal(y, z), b.refl(wrapped(x))), b.refl(x), b.refl(y))
    return KnownAnswer(
        "lean4#14806 equality by what was compared before",
        False,
        b.theorem("bad", b.equal(wrapped(x), wrapped(z)), proof),
        _intransitive(b),
    )


def _inductive_types(b: _Builder) -> Iterator[KnownAnswer]:
    data, w = b.const("Bool"), b.const("W")
    # lean4#14576, mended by 14577: the arguments of a nested type were not checked.
    list_ = b.inductive(
        ("L", b.pi(b.type, data, b.type),
         [("L.mk", b.pi(b.type, data, b.app("L", b.var(1), b.var(0))))]),
        params=2,
    )  # fmt: skip
    ill_typed = b.proj("C", 0, b.proj("C", 0, b.var(0)))
    nested = b.pi(w, b.app("L", b.app("E", b.var(0)), ill_typed), b.app("E", b.var(1)))
    yield KnownAnswer(
        "lean4#14576 ill-typed argument of a nested type",
        False,
        b.inductive(("E", b.pi(w, b.type), [("E.mk", nested)]), params=1),
        (
            b.bool(),
            b.inductive(("C", b.type, [("C.mk", b.pi(data, b.const("C")))])),
            b.inductive(("W", b.type, [("W.mk", b.pi(data, w))])),
            list_,
        ),
    )
    yield KnownAnswer(
        "lean4#14616 name of an auxiliary type",
        False,
        b.inductive(
            ("N", b.prop, [("N.mk", b.pi(b.const("_nested.N_1"), b.const("N")))]),
        ),
        (b.unit(), b.define("_nested.N_1", b.prop, b.const("True"))),
    )
    yield KnownAnswer(
        "lean4#8695 constructor called like the recursor",
        False,
        b.inductive(("J", b.prop, [("J.rec", b.const("J"))])),
    )
    # lean4#14582: the type being declared, applied to something else than its parameters.
    other = b.pi(b.type, b.app("K", b.app("M", data)), b.app("M", b.var(1)))
    yield KnownAnswer(
        "lean4#14582 nested occurrence at another parameter",
        False,
        b.inductive(("M", b.pi(b.type, b.type), [("M.mk", other)]), params=1),
        (
            b.bool(),
            b.inductive(
                ("K", b.pi(b.type, b.type), [("K.mk", b.pi(b.type, b.app("K", b.var(0))))]),
                params=1,
            ),
        ),
    )


def check_known_answers(kernel: Kernel) -> int:
    """Show the kernel all canaries, each in a fresh environment; returns how many there are.

    Raises:
        WrongAnswer: if it refuses a true one or takes a false one: then its word is worth nothing.
    """
    fresh, count = kernel.snapshot(), 0
    for family in (plain, soundness_bugs):
        for canary in family(kernel):
            kernel.restore(fresh)
            why = wrong_about(canary)
            if why:
                raise WrongAnswer(canary.name, why)
            count += 1
    kernel.restore(fresh)
    return count


def wrong_about(canary: KnownAnswer) -> str:
    """What is wrong with the kernel's answer to a canary; empty if nothing is."""
    try:
        for act in canary.before:
            act()
    except KernelError as error:
        return f"canary: the kernel refused what leads up to it: {error}"
    try:
        canary.act()
    except KernelError as error:
        return f"canary: the kernel refused it: {error}" if canary.right else ""
    return "" if canary.right else "canary: the kernel accepted it"
