"""Verdicts on completed files in the formats that CI systems read. Pure; all text is escaped."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autoresearch_formal import __version__
from autoresearch_formal.printable import unseen


@dataclass(frozen=True)
class Annotation:
    """One thing that CI shows: a file, a line of it (0: none), what was judged, whether it is
    right, and why not."""

    file: str
    line: int
    name: str
    status: str
    reason: str

    @property
    def ok(self) -> bool:
        """Whether it is right."""
        return self.status == "verified"


def visible(text: str) -> str:
    """A text with everything that does not show, or moves the cursor, written as an escape."""
    return "".join(_code(c) if unseen(c) else c for c in text)


def _code(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"


def github(reports: Sequence[Annotation]) -> str:
    """Workflow commands of GitHub: an annotation a report, one a line; nothing in a text can end
    its line or begin another command."""
    lines = []
    for r in reports:
        level = "notice" if r.ok else "error"
        place = f"file={_property(r.file)}" + (f",line={r.line}" if r.line else "")
        said = f"{r.name}: {r.status}" + (f": {r.reason}" if r.reason else "")
        lines.append(f"::{level} {place},title={_property(r.status)}::{_message(said)}")
    return "".join(line + "\n" for line in lines)


def _message(text: str) -> str:
    return visible(text.replace("%", "%25"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def junit(reports: Sequence[Annotation]) -> str:
    """JUnit's XML: a suite a file, a case a report."""
    root = ET.Element("testsuites", name="autoresearch verify")
    for file in dict.fromkeys(r.file for r in reports):
        own = [r for r in reports if r.file == file]
        failed = sum(not r.ok for r in own)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=visible(file),
            tests=str(len(own)),
            failures=str(failed),
            errors="0",
        )
        for r in own:
            case = ET.SubElement(
                suite, "testcase", classname=visible(file), name=visible(r.name),
                file=visible(file), line=str(r.line),
            )  # fmt: skip
            if not r.ok:
                failure = ET.SubElement(case, "failure", type=r.status, message=visible(r.reason))
                failure.text = f"{visible(file)}:{r.line}: {r.status}: {visible(r.reason)}"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def sarif(reports: Sequence[Annotation]) -> str:
    """SARIF 2.1.0: a result a report that is not right."""
    rules = sorted({r.status for r in reports if not r.ok})
    results = [
        {
            "ruleId": r.status,
            "level": "error",
            "message": {"text": visible(f"{r.name}: {r.status}: {r.reason}")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(r.file)},
                        "region": {"startLine": max(r.line, 1)},
                    }
                }
            ],
        }
        for r in reports
        if not r.ok
    ]
    tool = {
        "name": "autoresearch verify",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": rule}} for rule in rules],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": tool}, "results": results}],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.encode("utf-8", "surrogateescape"))


FORMATS: dict[str, Callable[[Sequence[Annotation]], str]] = {
    "junit": junit,
    "sarif": sarif,
    "github": github,
}
"""The formats by name."""
