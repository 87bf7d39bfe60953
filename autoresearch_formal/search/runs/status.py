"""The status of a statement: decided here, and nowhere else.

Console, report, page, training rows and exit code all ask `status_of`, with what is on disk: the
proof's file, the judge's certificate, and what the search concluded. Only a certificate makes a
status of the judge's; a file that is not the one it speaks of was judged by nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROVED = ("found", "conditional", "verified", "rejected")
"""Statuses of a statement that the search has a proof of."""
JUDGED = ("conditional", "verified", "rejected")
"""Those that only the judge says."""
UNJUDGED = "nobody has checked this proof"
"""What is said of a proof that was found and not judged."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a statement that a search has a proof of."""

    name: str
    """The name of the target, or of the hole's declaration."""
    mask: str
    """Hash of the run's mask."""
    sha256: str
    """Hash of the file that was judged, as it is on disk now; "" if there is none."""
    target: bool = True
    """Whether it is a target of the library; other statements only have to be proved by name."""


def status_of(proved: bool, said: str, claim: Claim, certificate: Mapping[str, Any]) -> str:
    """What may be said of a statement.

    Args:
        proved: whether the graph has a proof of it; then the result is one of `PROVED`.
        said: what the search concluded, which counts where there is no proof.
        claim: what is on disk now.
        certificate: the judge's; empty if it has not spoken.
    """
    if not proved:
        return "open" if said in PROVED else said
    if not certificate or not claim.sha256:
        return "found"
    hashes = certificate.get("hashes", {})
    if "hole" in certificate:  # of a person's own file
        if hashes.get("candidate") != claim.sha256:
            return "found"
        said = str(certificate["hole"].get("status"))
        return said if said in JUDGED else "found"
    if hashes.get("source") != claim.sha256 or hashes.get("mask") != claim.mask:
        return "found"
    targets = {proved["target"] for proved in certificate.get("targets", ())}
    proves = targets if claim.target else set(certificate.get("theorems", ()))
    if certificate.get("verdict") != "yes":
        return "rejected"
    return "verified" if claim.name in proves else "rejected"


def reason_of(certificate: Mapping[str, Any]) -> str:
    """Why a proof is not verified, in one line; "" before the judge has spoken."""
    if "hole" not in certificate:
        return ""
    said = certificate["hole"]
    reason = str(said.get("reason", ""))
    if said.get("rests_on") and not reason.startswith("it rests on"):
        return f"{reason}; it rests on {', '.join(said['rests_on'])}".removeprefix("; ")
    return reason


def hole_verdict(
    certificate: Mapping[str, Any], declaration: str | None, line: int, column: int
) -> dict[str, Any]:
    """What a certificate about a completed file says of one of its holes.

    Args:
        certificate: the judge's, of a completion of the file against its original.
        declaration: the hole's declaration, as the search knows it.
        line: where the hole is in the original, from 1.
        column: from 0, in characters.

    Returns:
        `status`, one of `JUDGED`; `declaration`; `rests_on`; and `reason`.
    """
    names = [
        hole["declaration"]
        for hole in certificate.get("holes", ())
        if (hole["line"], hole["column"]) == (line, column)
    ] or [declaration]
    for verdict in certificate.get("declarations", ()):
        if verdict["name"] in names:
            rests_on = list(verdict["rests_on"])
            status = verdict["status"]
            if status == "open":  # another hole of the same declaration is left
                status, rests_on = "conditional", [verdict["name"], *rests_on]
            return {
                "status": status,
                "declaration": verdict["name"],
                "rests_on": rests_on,
                "reason": verdict["reason"],
            }
    findings = certificate.get("findings", ())
    reason = findings[0]["text"] if findings else "the judge does not know this hole"
    return {"status": "rejected", "declaration": declaration, "rests_on": [], "reason": reason}


def file_hash(path: Path | None) -> str:
    """SHA-256 of a file, "" if there is none."""
    if path is None or not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()
