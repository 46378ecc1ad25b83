"""What proves a consent, and whether it is complete (DOMAIN §2.4).

Words of a person stand here as they were said; they are sealed where they are stored and never
travel in a refusal.
"""

import enum
from dataclasses import dataclass
from datetime import date

from core.errors import CaseworkError
from core.ids import LinkId, StaffId


class EvidenceKind(enum.StrEnum):
    """How the consent came."""

    SIGNED_FORM = "SIGNED_FORM"
    ORAL = "ORAL"
    LETTER = "LETTER"
    MESSAGE = "MESSAGE"
    LINK_CODE = "LINK_CODE"
    NOTED = "NOTED"


class EvidencePart(enum.StrEnum):
    """What can be lacking in a piece of evidence."""

    DATE = "DATE"
    PLACE = "PLACE"
    WORDS = "WORDS"
    HEARD_BY = "HEARD_BY"
    SECOND_WITNESS = "SECOND_WITNESS"
    DOCUMENT = "DOCUMENT"
    MESSAGE_ID = "MESSAGE_ID"
    FRIEND_ADDED = "FRIEND_ADDED"
    CODE = "CODE"


class EvidenceIncomplete(CaseworkError):
    """The evidence lacks a part, so the consent is not recorded as given (C2).

    Facts: `missing`, names of parts (`EvidencePart`), comma-separated; `allowed`.
    """

    rule = "C2"


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedForm:
    """A scan of the form that the person signed."""

    document: str
    signed_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OralEvidence:
    """What the person said, heard by two colleagues."""

    said_on: date | None
    place: str
    words: str
    heard_by: StaffId | None
    second_witness: StaffId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterEvidence:
    """A letter that the person wrote."""

    document: str
    received_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEvidence:
    """A message over LINE or on the person's own page: its id and its exact text."""

    message_id: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkEvidence:
    """The account was added and the one-time code sent: both together (C8)."""

    link_id: LinkId
    friend_added: bool
    code_used: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NotedEvidence:
    """A proof in somebody's own words: what a town's file says, or what was noted before the
    ledger knew kinds of proof. No consent is given anew on it (C2 takes the other kinds)."""

    words: str


Evidence = (
    SignedForm | OralEvidence | LetterEvidence | MessageEvidence | LinkEvidence | NotedEvidence
)


def kind_of_evidence(evidence: Evidence) -> EvidenceKind:
    """The kind, for lists and forms."""
    match evidence:
        case SignedForm():
            return EvidenceKind.SIGNED_FORM
        case OralEvidence():
            return EvidenceKind.ORAL
        case LetterEvidence():
            return EvidenceKind.LETTER
        case MessageEvidence():
            return EvidenceKind.MESSAGE
        case LinkEvidence():
            return EvidenceKind.LINK_CODE
        case NotedEvidence():
            return EvidenceKind.NOTED


def missing_parts(evidence: Evidence) -> tuple[EvidencePart, ...]:
    """What is lacking, in the order of the form; empty when the evidence is complete."""
    return tuple(part for part, there in _parts(evidence) if not there)


def _parts(evidence: Evidence) -> tuple[tuple[EvidencePart, bool], ...]:
    match evidence:
        case SignedForm():
            return (
                (EvidencePart.DOCUMENT, bool(evidence.document.strip())),
                (EvidencePart.DATE, evidence.signed_on is not None),
            )
        case OralEvidence():
            second = evidence.second_witness
            return (
                (EvidencePart.DATE, evidence.said_on is not None),
                (EvidencePart.PLACE, bool(evidence.place.strip())),
                (EvidencePart.WORDS, bool(evidence.words.strip())),
                (EvidencePart.HEARD_BY, bool(evidence.heard_by)),
                (EvidencePart.SECOND_WITNESS, bool(second) and second != evidence.heard_by),
            )
        case LetterEvidence():
            return (
                (EvidencePart.DOCUMENT, bool(evidence.document.strip())),
                (EvidencePart.DATE, evidence.received_on is not None),
            )
        case MessageEvidence():
            return (
                (EvidencePart.MESSAGE_ID, bool(evidence.message_id.strip())),
                (EvidencePart.WORDS, bool(evidence.words.strip())),
            )
        case LinkEvidence():
            return (
                (EvidencePart.FRIEND_ADDED, evidence.friend_added),
                (EvidencePart.CODE, evidence.code_used),
            )
        case NotedEvidence():
            return ((EvidencePart.DOCUMENT, False),)


def require_complete(evidence: Evidence) -> None:
    """Refuse evidence that would not prove anything later.

    Raises:
        EvidenceIncomplete: facts `missing`, `allowed`.
    """
    missing = missing_parts(evidence)
    if missing:
        raise EvidenceIncomplete(
            missing=", ".join(missing), allowed="add the missing parts, or take other evidence"
        )
