from __future__ import annotations

import json

import pytest

from autoresearch_formal.judge.digest import Digests
from autoresearch_formal.judge.export import MalformedExport, Segment, declared
from autoresearch_formal.judge.ledger import Ledger, Undeclarable
from autoresearch_formal.judge.write import ExportWriter

META = (
    b'{"meta":{"exporter":{"name":"t","version":"1"},"lean":{"githash":"","version":""},'
    b'"format":{"version":"3.1.0"}}}'
)


def export(*objects: object) -> bytes:
    return b"\n".join([META, *(json.dumps(o).encode() for o in objects), b""])


P = [{"str": {"pre": 0, "str": "p"}, "in": 1}, {"sort": 0, "ie": 0}, {"bvar": 0, "ie": 1}]
"""The name p, Prop, and the innermost variable."""


def axiom(**changes: object) -> dict[str, object]:
    return {"axiom": {"name": 1, "levelParams": [], "type": 0, "isUnsafe": False} | changes}


def test_a_small_export() -> None:
    segment = Segment.parse(export(*P, axiom()))
    assert segment.show(segment.declarations[0].name) == "p"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("objects", "why"),
    [
        ([{"str": {"pre": 0, "str": "p"}, "in": 2}], "where 1 comes next"),
        ([{"str": {"pre": 1, "str": "p"}, "in": 1}], "not defined yet"),
        ([{"str": {"pre": 0, "str": "p"}, "in": True}], "int"),
        ([{"sort": 3, "ie": 0}], "level 3 is not defined yet"),
        ([{"app": {"fn": 0, "arg": 0}, "ie": 0}], "not defined yet"),
        ([{"app": {"fn": 0, "arg": 0, "x": 1}, "ie": 0}], "unknown field"),
        ([{"bvar": 2_000_000, "ie": 0}], "999999"),
        ([{"bvar": -1, "ie": 0}], ">= 0"),
        ([{"natVal": "01", "ie": 0}], "regex"),
        ([{"natVal": "7" * 30_000, "ie": 0}], "30000 digits"),
        ([{"trust": 1, "ie": 0}], "unknown kind"),
        ([*P, axiom(type=1)], "loose bound variable"),
        ([*P, axiom(name=0)], "without a name"),
        ([*P, axiom(isUnsafe=True)], "unsafe"),
        ([*P, axiom(levelParams=[1, 1])], "twice"),
        ([*P, {"param": 1, "il": 1}, {"sort": 1, "ie": 2}, axiom(type=2)], "does not declare"),
        ([json.loads(META)], "second meta"),
    ],
)
def test_malformed_exports(objects: list[object], why: str) -> None:
    with pytest.raises(MalformedExport, match=why):
        Segment.parse(export(*objects))


@pytest.mark.parametrize(
    ("line", "ok"),
    [
        (b'{"str":{"pre":0,"str":"a:b\\":\\\\"},"in":2}', True),
        (b'{"strVal":"{\\"ie\\":1,\\"ie\\":2}","ie":2}', True),
        (b'{"app":{"fn":0,"arg":0},"ie":1,"ie":2}', False),
        (b'{"app":{"fn":1,"arg":0,"fn":0},"ie":2}', False),
        (b'{"app":{"fn":0,"arg":0},"app":{"fn":1,"arg":1},"ie":2}', False),
        (b'{"strVal":"a","strVal":"b","ie":2}', False),
        (b'{"strVal":"a","strVal":":\\u003a","ie":2}', False),
        (b'{"strVal":"a","\\u0073trVal":"b","ie":2}', False),
        (b'{"axiom":{"name":1,"levelParams":[],"type":1,"type":0,"isUnsafe":false}}', False),
        (b'{"axiom":{"name":1,"levelParams":[],"type":0,"isUnsafe":true,"isUnsafe":false}}', False),
    ],
)
def test_a_field_is_there_once(line: bytes, ok: bool) -> None:
    text = export(*P) + line + b"\n"
    if ok:
        Segment.parse(text)
        return
    with pytest.raises(MalformedExport, match="line 5 of the export: a field twice"):
        Segment.parse(text)


def test_the_first_line_says_the_version() -> None:
    with pytest.raises(MalformedExport, match="not the meta"):
        Segment.parse(b'{"sort":0,"ie":0}\n')
    with pytest.raises(MalformedExport, match="format version"):
        Segment.parse(META.replace(b"3.1.0", b"2.0.0"))
    with pytest.raises(MalformedExport, match="empty"):
        Segment.parse(b"")


def test_a_name_is_declared_once_and_before_it_is_used() -> None:
    twice = Segment.parse(export(*P, axiom(), axiom()))
    ledger = Ledger()
    ledger.declare(twice, twice.declarations[0])
    with pytest.raises(Undeclarable, match="declared already"):
        ledger.declare(twice, twice.declarations[1])
    early = Segment.parse(export(*P, {"const": {"name": 1, "us": []}, "ie": 2}, axiom(type=2)))
    with pytest.raises(Undeclarable, match="not declared before"):
        Ledger().declare(early, early.declarations[0])
    levels = Segment.parse(
        export(
            *P, {"str": {"pre": 0, "str": "q"}, "in": 2},
            {"const": {"name": 1, "us": [0]}, "ie": 2},
            axiom(), axiom(name=2, type=2),
        )
    )  # fmt: skip
    ledger = Ledger()
    ledger.declare(levels, levels.declarations[0])
    with pytest.raises(Undeclarable, match="1 universe levels, not 0"):
        ledger.declare(levels, levels.declarations[1])


def test_writing_what_was_read_keeps_every_declaration(candidate_text: bytes) -> None:
    segment = Segment.parse(candidate_text)
    assert segment.lean is not None
    writer = ExportWriter(segment.lean)
    for d in segment.declarations:
        writer.add(segment, d)
    again = Segment.parse(writer.text())
    before, after = Digests(segment), Digests(again)
    assert [before.declaration(d) for d in segment.declarations] == [
        after.declaration(d) for d in again.declarations
    ]
    assert len(again.exprs) == len(segment.exprs)


def test_digests_see_every_part(candidate_text: bytes) -> None:
    segment = Segment.parse(candidate_text)
    digests = Digests(segment)
    assert len({digests.declaration(d) for d in segment.declarations}) == len(segment.declarations)
    # Another proof of the same statement is another declaration of the same type.
    text = candidate_text.replace(b'"hints":"abbrev"', b'"hints":"opaque"')
    changed = Segment.parse(text)
    pairs = zip(segment.declarations, changed.declarations, strict=True)
    new = Digests(changed)
    differ = [segment.show(declared(a)[0]) for a, b in pairs
              if digests.declaration(a) != new.declaration(b)]  # fmt: skip
    assert differ
    assert all(getattr(d, "hints", None) != "abbrev" for d in changed.declarations)


def test_names_of_bound_variables_do_not_count() -> None:
    def pi(name: str) -> bytes:
        objects = [
            {"str": {"pre": 0, "str": "p"}, "in": 1},
            {"str": {"pre": 0, "str": name}, "in": 2},
            {"sort": 0, "ie": 0},
            {"forallE": {"name": 2, "type": 0, "body": 0, "binderInfo": "default"}, "ie": 1},
            axiom(type=1),
        ]
        segment = Segment.parse(export(*objects))
        return Digests(segment).declaration(segment.declarations[0])

    assert pi("x") == pi("y")
