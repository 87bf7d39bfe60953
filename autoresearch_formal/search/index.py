"""What a gym says of the library, kept between runs under the hash of all that it depends on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autoresearch_formal.actions.base import NameView
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.messages import (
    Describe,
    DescribeAnswer,
    Drop,
    DropAnswer,
    GymError,
    Import,
    ImportAnswer,
    Names,
    NamesAnswer,
)
from autoresearch_formal.lean.plan import plan
from autoresearch_formal.lean.project import PACKAGE
from autoresearch_formal.lean.toolchain import GYM_MAIN
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.states import Refused
from autoresearch_formal.symbolic.facts import background
from autoresearch_formal.targets.worlds import FOUNDATION

CHUNK = 200
HASHED = {PACKAGE, "Init", "Std", "Lean"}
"""Roots of modules whose sources are known by hash: this project's, and the toolchain's own."""
KEPT = 8
"""Indexes that are kept for later runs."""
OVER = ("timeout", "heartbeats", "recursion", "memory", "internal")
"""Faults that say nothing of what there is."""
DIGEST = hashlib.sha256().digest_size


class FactsIndex(msgspec.Struct):
    """Declarations of the library, and general facts, as a gym described them."""

    names: list[NameView]
    core: list[NameView]


def index_file(folder: Path, settings: ServerSettings, modules: Sequence[str]) -> Path | None:
    """Where the index of some modules is kept; None if not all that it depends on is hashed.

    That is the sources of the modules and of the gym, the toolchain, the mask and what is asked.
    """
    if any(module.partition(".")[0] not in HASHED for module in modules):
        return None
    own = [module for module in modules if module.partition(".")[0] == PACKAGE]
    units = plan(settings.root, sorted({GYM_MAIN, *own}), settings.toolchain.id)
    mask = settings.mask.read_bytes() if settings.mask is not None else b""
    basis = [
        settings.toolchain.id,
        *modules,
        f"{FOUNDATION}.*",
        *background(),
        *(u.hash for u in units),
    ]
    digest = hashlib.sha256("\0".join(basis).encode() + b"\0" + mask).hexdigest()
    return folder / f"{digest[:40]}.msgpack"


def kept(file: Path) -> FactsIndex | None:
    """The index in a file; None if there is none, or it is damaged."""
    try:
        data = file.read_bytes()
        digest, body = data[:DIGEST], data[DIGEST:]
        if hashlib.sha256(body).digest() == digest:
            return msgspec.msgpack.decode(body, type=FactsIndex)
    except (OSError, msgspec.DecodeError):
        pass
    return None


def keep(file: Path, index: FactsIndex) -> None:
    """Put an index into its file in one step, and remove the oldest; a full disk is no fault."""
    body = msgspec.msgpack.encode(index)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as made:
            made.write(hashlib.sha256(body).digest() + body)
        os.replace(made.name, file)
        known = sorted(file.parent.glob("*.msgpack"), key=lambda f: f.stat().st_mtime)
        for old in known[:-KEPT]:
            old.unlink()


async def listed(worker: Worker, modules: Sequence[str]) -> tuple[FactsIndex, bool]:
    """The index, and whether it is all that there is: no request has met its limit."""
    try:
        theory = (await worker.request(Import(modules=list(modules)), ImportAnswer)).theory
    except GymError as fault:
        raise Refused(f"import: {fault.message}") from None
    names: list[NameView] = []
    try:
        request = Names(theory=theory, modules=[f"{FOUNDATION}.*"], ms=60_000)
        visible = await worker.request(request, NamesAnswer)
        names, whole = await described(worker, theory, [row.name for row in visible.names])
    except GymError as fault:  # a file of one's own need not import the foundation
        whole = fault.kind not in OVER
    core, core_whole = await described(worker, theory, list(background()))
    if not core:  # one of them is not visible here; find out which are
        for name in background():
            one, one_whole = await described(worker, theory, [name])
            core += one
            core_whole = core_whole and one_whole
    await worker.request(Drop(theories=[theory]), DropAnswer)
    return FactsIndex(names, core), whole and core_whole


async def described(
    worker: Worker, theory: int, names: Sequence[str]
) -> tuple[list[NameView], bool]:
    """Declarations with their terms, and whether no request has met its limit.

    Of a part of the list in which one is not visible, none is described.
    """
    found: list[NameView] = []
    whole = True
    for start in range(0, len(names), CHUNK):
        request = Describe(
            theory=theory,
            names=list(names[start : start + CHUNK]),
            tree=True,
            heartbeats=200_000,
            ms=60_000,
        )
        try:
            answer = await worker.request(request, DescribeAnswer)
            found += [NameView(d.name, d.kind, d.type, d.tree) for d in answer.decls]
        except GymError as fault:
            whole = whole and fault.kind not in OVER
    return found, whole
