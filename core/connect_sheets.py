"""ConnectSheet つなぐシート: carries what is known to the next window, and the answer back.

Adachi's three steps (S4): ① name the window, ② a letter, ③ a personal supporter goes along; and
progress returns to the sender. Steps and feedback are [C], the fields [I] (DOMAIN §2.5).
"""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.audit import AuditEvent
from core.cases import Urgency
from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, ConnectSheetId, MunicipalityId, StaffId


class ConnectStep(enum.StrEnum):
    """How the person is connected; each step carries more than the one before."""

    NAME_WINDOW = "NAME_WINDOW"
    LETTER = "LETTER"
    COMPANION = "COMPANION"


class SheetNotAgreed(CaseworkError):
    """What is written goes on only with the person's consent to pass it on.

    Facts: `allowed` (the step that passes nothing on).
    """

    rule = "DOMAIN-2.5"


class WindowNotNamed(CaseworkError):
    """Connecting begins with a named window; ② is a letter, ③ a named companion.

    Facts: `missing`, `allowed`.
    """

    rule = "DOMAIN-2.5"


class ReplyDayMissing(CaseworkError):
    """A sheet goes out with the day by which the sender hears of it (R-014)."""

    rule = "R-014"


class ReplyIncomplete(CaseworkError):
    """The reply part says who received it, when, and what came of it (R-014).

    Facts: `missing`, `allowed`.
    """

    rule = "R-014"


class SheetAlreadySent(CaseworkError):
    """A sheet goes out once; what comes up later is a new one. Facts: `allowed`."""

    rule = "DOMAIN-2.5"


class AlreadyReplied(CaseworkError):
    """The reply part was returned; what came later is a new sheet (R-014)."""

    rule = "R-014"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyPart:
    """What comes back; texts are sealed where stored."""

    received_by: str
    received_on: date
    result: str
    returned_on: date
    next_plan: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetWords:
    """What is written on a sheet; `noticed` are the checkpoints that were hit."""

    came_for: str = ""
    noticed: tuple[str, ...] = ()
    done: str = ""
    hoped_for: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectSheet:
    """One sheet; texts are sealed where stored.

    Attributes:
        from_contact, to_contact: staff and phone of the two windows.
        consents: the person agrees to what is passed on.
        came_for, noticed, done, hoped_for: the four parts of the sheet; `noticed` are the
            checkpoints that were hit.
        companion_id: who goes along at step ③.
        reply_due_on: when the sender hears of it at the latest (R-014).
        told_late_on: when the sender was told that the answer is late.
    """

    id: ConnectSheetId
    municipality_id: MunicipalityId
    written_on: date
    from_agency_id: AgencyId
    from_staff_id: StaffId
    to_agency_id: AgencyId
    step: ConnectStep
    to_contact: str = ""
    from_contact: str = ""
    case_id: CaseId | None = None
    consents: bool = False
    came_for: str = ""
    noticed: tuple[str, ...] = ()
    done: str = ""
    hoped_for: str = ""
    urgency: Urgency = Urgency.NORMAL
    companion_id: StaffId | None = None
    reply_due_on: date | None = None
    sent_on: date | None = None
    reply: ReplyPart | None = None
    told_late_on: date | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetMoved:
    """The sheet after it moved, and what the trail keeps of it."""

    sheet: ConnectSheet
    event: AuditEvent


def send_sheet(
    sheet: ConnectSheet, *, by: StaffId, role: str, at: datetime, on: date
) -> SheetMoved:
    """Send a sheet, or name the window only (step ①).

    Raises:
        WindowNotNamed: no named window, or step ③ without a companion.
        SheetNotAgreed: steps ② and ③ pass things on without the person's consent.
        ReplyDayMissing: no day for the answer.
        SheetAlreadySent: it went out before.
    """
    if sheet.sent_on is not None:
        raise SheetAlreadySent(allowed="NEW_SHEET")
    missing = [] if sheet.to_contact.strip() else ["to_contact"]
    if sheet.step is ConnectStep.COMPANION and sheet.companion_id is None:
        missing.append("companion_id")
    if missing:
        raise WindowNotNamed(missing=",".join(missing), allowed=ConnectStep.LETTER.value)
    if sheet.step is not ConnectStep.NAME_WINDOW and not sheet.consents:
        raise SheetNotAgreed(allowed=ConnectStep.NAME_WINDOW.value)
    if sheet.step is not ConnectStep.NAME_WINDOW and sheet.reply_due_on is None:
        raise ReplyDayMissing(allowed=ConnectStep.NAME_WINDOW.value)
    sent = replace(sheet, sent_on=on, version=sheet.version + 1)
    return SheetMoved(sheet=sent, event=_event(sent, "sent", by=by, role=role, at=at))


def return_reply(
    sheet: ConnectSheet, *, reply: ReplyPart, by: StaffId, role: str, at: datetime
) -> SheetMoved:
    """The reply part comes back to the sender (R-014).

    Raises:
        AlreadyReplied: it has come back before.
        ReplyIncomplete: the sheet was not sent, or the part lacks receiver or result.
    """
    if sheet.reply is not None:
        raise AlreadyReplied(allowed="NEW_SHEET")
    missing = [] if sheet.sent_on else ["sent_on"]
    missing += [name for name in ("received_by", "result") if not getattr(reply, name).strip()]
    if missing:
        raise ReplyIncomplete(missing=",".join(missing), allowed="REPLY")
    answered = replace(sheet, reply=reply, version=sheet.version + 1)
    return SheetMoved(sheet=answered, event=_event(answered, "answered", by=by, role=role, at=at))


def _event(sheet: ConnectSheet, verb: str, *, by: StaffId, role: str, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=f"connect_sheet.{verb}",
        at=at,
        actor=by,
        role=role,
        subject=sheet.id,
        case_id=sheet.case_id,
        evidence=(f"step={sheet.step.value}",),
    )
