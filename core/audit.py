"""The record of what happened: each event carries the hash of the one before it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import Final

from core.ids import CaseId, StaffId

GENESIS: Final = "0" * 64
SYSTEM: Final = "system"
PERSON: Final = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEvent:
    """One thing that happened.

    Attributes:
        action: `noun.verb`, such as `letter.approved`.
        actor: staff id, or `system`, or `person`.
        role: the role in which the actor acted.
        subject: id of what it happened to.
        was, now: stages before and after, where there are stages.
        reason: a code or short staff text; never the person's words.
        evidence: ids and hashes that prove it, as `name=value`.
    """

    action: str
    at: datetime
    actor: StaffId | str
    role: str
    subject: str
    case_id: CaseId | None = None
    was: str = ""
    now: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """An event in its place in the chain; `number` counts from 1 without gaps."""

    number: int
    event: AuditEvent
    previous: str
    hash: str


def chain_hash(event: AuditEvent, *, number: int, previous: str) -> str:
    """SHA-256, hex, over the previous hash, the number and the event.

    The parts are the elements of a JSON array (ASCII, ", " between two). It is written here
    element by element, for the sake of thousands of letters at once: `json.dumps` gives the same
    bytes in twice the time.
    """
    at = int(event.at.timestamp() * 1_000_000)
    evidence = ", ".join(map(_quoted, event.evidence))
    parts = (
        f"[{_quoted(previous)}, {number}, {_quoted(event.action)}, {at}, {_quoted(event.actor)}, "
        f"{_quoted(event.role)}, {_quoted(event.subject)}, {_quoted(event.case_id or '')}, "
        f"{_quoted(event.was)}, {_quoted(event.now)}, {_quoted(event.reason)}, [{evidence}]]"
    )
    return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold: which number, and what is wrong there."""

    number: int
    found: str


def first_broken_link(
    entries: Iterable[AuditEntry], *, number: int = 1, previous: str = GENESIS
) -> BrokenLink | None:
    """Walk the chain from `number` on; None when every link holds."""
    for entry in entries:
        if entry.number != number:
            return BrokenLink(number=number, found="missing")
        if entry.previous != previous:
            return BrokenLink(number=number, found="not linked to the one before")
        if entry.hash != chain_hash(entry.event, number=number, previous=previous):
            return BrokenLink(number=number, found="changed")
        number, previous = number + 1, entry.hash
    return None
