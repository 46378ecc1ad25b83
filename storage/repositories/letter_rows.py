"""A letter and its row."""

from typing import Any

from sqlalchemy import Row

from core.ids import CaseId, LetterId, MunicipalityId, PersonId, StaffId
from core.letters import Letter, LetterKind, LetterState, Reason


def letter_values(letter: Letter) -> dict[str, Any]:
    """The row of a letter."""
    return {
        "municipality_id": letter.municipality_id,
        "id": letter.id,
        "case_id": letter.case_id,
        "person_id": letter.person_id,
        "kind": letter.kind.value,
        "body": letter.body,
        "author_id": letter.author_id,
        "opens_at": letter.opens_at,
        "closes_at": letter.closes_at,
        "state": letter.state.value,
        "created_at": letter.created_at,
        "alt_text": letter.alt_text,
        "version": letter.version,
        "reason": None if letter.reason is None else letter.reason.value,
        "note": letter.note,
        "approved_by": letter.approved_by,
        "approved_at": letter.approved_at,
        "approved_facts": letter.approved_facts,
        "bound_hash": letter.bound_hash,
        "decided_by": letter.decided_by,
        "decided_at": letter.decided_at,
        "sent_at": letter.sent_at,
        "line_request_id": letter.line_request_id,
        "acknowledges": letter.acknowledges,
        "command_key": letter.command_key,
        "asks_again": letter.asks_again,
        "asked_at": letter.asked_at,
        "confirmed_at": letter.confirmed_at,
        "confirmed_by": letter.confirmed_by,
        "template": letter.template,
        "season": letter.season,
        "self_approved_reason": letter.self_approved_reason,
        "former_body": letter.former_body,
        "former_alt_text": letter.former_alt_text,
        "rewritten_at": letter.rewritten_at,
        "excuse": letter.excuse,
        "excused": " ".join(sorted(letter.excused)) or None,
        "passes_pace": letter.passes_pace,
    }


def letter_of(row: Row[Any]) -> Letter:
    """The letter of a row."""
    return Letter(
        id=LetterId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        case_id=CaseId(row.case_id),
        person_id=PersonId(row.person_id),
        kind=LetterKind(row.kind),
        body=row.body,
        author_id=StaffId(row.author_id),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=LetterState(row.state),
        created_at=row.created_at,
        alt_text=row.alt_text,
        version=row.version,
        reason=None if row.reason is None else Reason(row.reason),
        note=row.note,
        approved_by=None if row.approved_by is None else StaffId(row.approved_by),
        approved_at=row.approved_at,
        approved_facts=row.approved_facts,
        bound_hash=row.bound_hash,
        decided_by=None if row.decided_by is None else StaffId(row.decided_by),
        decided_at=row.decided_at,
        sent_at=row.sent_at,
        line_request_id=row.line_request_id,
        acknowledges=row.acknowledges,
        command_key=row.command_key,
        asks_again=row.asks_again,
        asked_at=row.asked_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=None if row.confirmed_by is None else StaffId(row.confirmed_by),
        template=row.template,
        season=row.season,
        self_approved_reason=row.self_approved_reason,
        former_body=row.former_body,
        former_alt_text=row.former_alt_text,
        rewritten_at=row.rewritten_at,
        excuse=row.excuse,
        excused=frozenset((row.excused or "").split()),
        passes_pace=row.passes_pace,
    )
