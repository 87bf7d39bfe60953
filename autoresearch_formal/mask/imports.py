"""Import graphs read from source text, without building anything.

A Lean file begins with an optional ``module``, an optional ``prelude`` and its imports; only
white space and comments may stand between them. So the graph of a tree of thousands of files is
known after reading the first few kilobytes of each.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autoresearch_formal.errors import UsageFault

_FIRST_READ = 1 << 14
"""Bytes read at first: nearly every header ends within them, licence comment included."""

_PART = r"(?:«[^»\n]+»|[A-Za-z_\u0370-\uffff][\w'!?\u0370-\uffff]*)"
_IMPORT = re.compile(
    rf"(?:(?P<public>public|private)\s+)?(?:(?P<meta>meta)\s+)?import\s+(?:(?P<all>all)\s+)?"
    rf"(?P<name>{_PART}(?:\.{_PART})*)(?![\w'])"
)
_KEYWORD = re.compile(r"(module|prelude)(?![\w.'!?])")
_BLOCK_EDGE = re.compile(r"/-|-/")


@dataclass(frozen=True)
class ImportLine:
    """One import of a file. In a ``module`` file `public` says whether importers see it too."""

    module: str
    public: bool
    meta: bool
    everything: bool
    line: int


@dataclass(frozen=True)
class Header:
    """What a file says before its first command."""

    imports: tuple[ImportLine, ...]
    is_module: bool
    is_prelude: bool
    end: int
    complete: bool

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules the file loads: its imports, and `Init` unless it says ``prelude``."""
        named = tuple(dict.fromkeys(item.module for item in self.imports))
        return named if self.is_prelude or "Init" in named else ("Init", *named)


def _skip_blank(text: str, at: int) -> int | None:
    """The position after white space and comments, or None when a comment does not end."""
    while at < len(text):
        if text[at].isspace() or text[at] == "\ufeff":
            at += 1
        elif text.startswith("--", at):
            newline = text.find("\n", at)
            if newline < 0:
                return None
            at = newline + 1
        elif text.startswith("/-", at) and text[at + 2 : at + 3] not in ("-", "!"):
            depth, at = 1, at + 2
            while depth:
                edge = _BLOCK_EDGE.search(text, at)
                if edge is None:
                    return None
                depth += 1 if edge.group() == "/-" else -1
                at = edge.end()
        elif text.startswith("/--/", at):  # an empty block comment, not a docstring
            at += 4
        else:
            return at
    return at


def parse_header(text: str) -> Header:
    """Read the header of a Lean source text.

    `complete` is false when the text ended inside the header, so that more must be read to be
    sure; for a whole file it means that the file is nothing but a header.
    """
    imports: list[ImportLine] = []
    is_module = is_prelude = False
    at = 0
    line, counted = 1, 0  # the line of the position `counted`
    while True:
        position = _skip_blank(text, at)
        if position is None or position >= len(text):
            return Header(tuple(imports), is_module, is_prelude, at, False)
        at = position
        if keyword := _KEYWORD.match(text, at):
            is_module |= keyword.group(1) == "module"
            is_prelude |= keyword.group(1) == "prelude"
            at = keyword.end()
        elif command := _IMPORT.match(text, at):
            line, counted = line + text.count("\n", counted, at), at
            imports.append(
                ImportLine(
                    module=command["name"].replace("«", "").replace("»", ""),
                    public=command["public"] == "public" or not is_module,
                    meta=bool(command["meta"]),
                    everything=bool(command["all"]),
                    line=line,
                )
            )
            at = command.end()
        else:
            return Header(tuple(imports), is_module, is_prelude, at, True)


def read_header(path: Path | str) -> Header:
    """Read the header of a file, no more of the file than needed.

    Raises:
        UsageFault: the file cannot be read or is not UTF-8.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(_FIRST_READ)
            header = parse_header(data.decode("utf-8", errors="ignore"))
            while not header.complete and (more := file.read(len(data))):
                data += more
                header = parse_header(data.decode("utf-8", errors="ignore"))
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read: {error.strerror}") from None
    return header


@dataclass(frozen=True)
class SourceRoot:
    """A folder of Lean sources and the module prefix its files have.

    ``SourceRoot("Reconstruct", Path("."))``: ``./Reconstruct.lean`` and everything below
    ``./Reconstruct/``.
    """

    name: str
    folder: Path

    def files(self) -> Iterator[tuple[str, Path]]:
        """Module names with their files, sorted."""
        top = self.folder.joinpath(*self.name.split("."))
        main = top.with_suffix(".lean")
        if main.is_file():
            yield self.name, main
        found: list[tuple[str, Path]] = []
        for folder, subfolders, names in os.walk(top):
            subfolders[:] = [name for name in subfolders if not name.startswith(".")]
            inside = Path(folder).relative_to(top).parts
            found += [
                (".".join((self.name, *inside, name[:-5])), Path(folder, name))
                for name in names
                if name.endswith(".lean") and not name.startswith(".")
            ]
        yield from sorted(found)


@dataclass
class ImportGraph:
    """Which module loads which. Modules that are imported but not in the tree have no entry."""

    imports: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def read(roots: Iterable[SourceRoot]) -> ImportGraph:
        """Read the graph of source trees from their text."""
        return ImportGraph(
            {module: read_header(path).modules for root in roots for module, path in root.files()}
        )

    def join(self, other: Mapping[str, tuple[str, ...]]) -> ImportGraph:
        """This graph with more modules, e.g. those of the toolchain."""
        return ImportGraph({**self.imports, **other})

    def reaching(self, targets: Iterable[str]) -> dict[str, str]:
        """Every module that loads some target, at any depth, with the next step on the way.

        The targets themselves are included when they are in the graph, pointing to themselves.
        """
        importers: dict[str, list[str]] = {}
        for module, loaded in self.imports.items():
            for other in loaded:
                importers.setdefault(other, []).append(module)
        step = {target: target for target in targets}
        queue = sorted(step)
        while queue:
            following = []
            for module in queue:
                for importer in importers.get(module, ()):
                    if importer not in step:
                        step[importer] = module
                        following.append(importer)
            queue = sorted(following)
        return {module: via for module, via in step.items() if module in self.imports}


def matches(module: str, patterns: Iterable[str]) -> str | None:
    """The first pattern that covers `module`: an exact name or a subtree ``A.B.*``.

    A subtree ``A.B.*`` covers ``A.B`` as well.
    """
    for pattern in patterns:
        stem = pattern.removesuffix(".*")
        if module == stem or (stem != pattern and module.startswith(stem + ".")):
            return pattern
    return None
