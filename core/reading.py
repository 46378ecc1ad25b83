"""How much of a case a colleague reads, and that it was read (DOMAIN §3.7, §9, R-013, R-015)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.access import Action, ItemSeat, Manner, NotYours, Pass, may, require
from core.agencies import Role, Seat, Staff
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.shielding import CareMark, require_listed, seen_marks

# [D] how long a case stays open after the glass was broken.
GLASS_OPEN_FOR: Final = timedelta(hours=1)
# Whoever reads the trail alone sees nothing that a mark protects.
_OUTSIDE_THE_CASE: Final = frozenset({Manner.TRAIL_ONLY})


class ReasonNeeded(CaseworkError):
    """A read past the usual door needs a written reason."""

    rule = "DOMAIN-3.7"


class FindingNeeded(CaseworkError):
    """Whoever looks back on such a read writes down what they found. Facts: `allowed`."""

    rule = "DOMAIN-3.7"


class GlassReviewed(CaseworkError):
    """Somebody has looked back on this read already. Facts: `allowed`."""

    rule = "DOMAIN-3.7"


class NotTheHolder(CaseworkError):
    """A fact from the tax office is read by the officer who holds it alone. Facts: `allowed`."""

    rule = "R-043"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What opened: `passed.manner` says how much, `marks` are those this reader may see."""

    passed: Pass
    marks: tuple[CareMark, ...]
    event: AuditEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Tell these roles at once; holds no word of the case.

    Attributes:
        by: whose act it is about.
    """

    about: str
    case_id: CaseId
    by: StaffId
    at: datetime
    to: frozenset[Role]


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenGlass:
    """A read past the usual door: the whole case until `until`, an audit event, an alert."""

    passed: Pass
    until: datetime
    event: AuditEvent
    alert: Alert


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenGlass:
    """One read past the usual door, as the record keeps it until somebody has looked back on it.

    Attributes:
        id: opaque.
        reason: why; staff text, sealed where stored.
        reviewed_by, finding: who looked back, and what they found.
    """

    id: str
    case_id: CaseId
    staff_id: StaffId
    role: Role
    opened_at: datetime
    until: datetime
    reason: str
    reviewed_by: StaffId | None = None
    reviewed_at: datetime | None = None
    finding: str = ""
    version: int = 1


def open_case(
    staff: Staff,
    *,
    case_id: CaseId,
    at: datetime,
    consented: bool,
    seats: Iterable[Seat] = (),
    item_id: str | None = None,
    item_seats: Iterable[ItemSeat] = (),
    marks: Iterable[CareMark] = (),
) -> Reading:
    """Open a case for reading, as far as the reader's role and the marks on it go.

    Args:
        consented: the person has agreed to the use of a programme; before that fewer may read.
        item_id: when the case is opened from an item of a meeting.
        marks: all marks of special care on the case's people.

    Raises:
        NotActive, NotYours: the door stays shut.
        Shielded: a mark closes the case to this reader (R-015).
    """
    marks = tuple(marks)
    passed = _way_in(
        staff,
        Action.READ_CONSENTED_CASE if consented else Action.READ_PRE_CONSENT_CASE,
        case_id=case_id,
        seats=tuple(seats),
        item_id=item_id,
        item_seats=item_seats,
    )
    if passed.manner not in _OUTSIDE_THE_CASE:
        require_listed(marks, staff_id=staff.id)
    whole = passed.manner is Manner.FULL
    return Reading(
        passed=passed,
        marks=seen_marks(marks, staff_id=staff.id) if whole else (),
        event=opened_event(staff, passed, case_id=case_id, at=at),
    )


def open_tax_fact(
    staff: Staff,
    *,
    case_id: CaseId,
    holder_id: StaffId,
    at: datetime,
    seats: Iterable[Seat] = (),
) -> Reading:
    """Open a fact that comes from the tax office.

    Args:
        holder_id: the officer who brought it in.

    Raises:
        NotActive, NotYours: the door stays shut.
        NotTheHolder: another officer's fact, or one who reads the trail alone (Local Tax Act 22;
            S0 第4-4(1)④※).
    """
    passed = require(staff, Action.READ_TAX_DERIVED, case_id=case_id, seats=seats)
    if passed.manner is not Manner.HOLDER_ONLY or staff.id != holder_id:
        raise NotTheHolder(allowed="consent_to_share")
    event = opened_event(staff, passed, case_id=case_id, at=at, action="tax_fact.opened")
    return Reading(passed=passed, marks=(), event=event)


def break_glass(
    staff: Staff, *, case_id: CaseId, reason: str, at: datetime, seats: Iterable[Seat] = ()
) -> BrokenGlass:
    """Read a case that is closed to this colleague, because it has to be.

    The reason is kept in the record; the privacy officer is told at once and reviews it. The
    town's roster of duty counts as being assigned to the case [D].

    Raises:
        NotActive, NotYours: not one of those who may, or neither with a seat nor on duty.
        ReasonNeeded: nothing was written as reason.
    """
    assigned = (*seats, *on_call_seats(staff, case_id=case_id))
    passed = require(staff, Action.BREAK_GLASS, case_id=case_id, seats=assigned)
    if passed.manner is not Manner.WITH_REASON:
        # The privacy officer reviews such reads and makes none.
        raise NotYours(action=Action.BREAK_GLASS.value, allowed="review")
    if not reason.strip():
        raise ReasonNeeded()
    event = opened_event(
        staff,
        passed,
        case_id=case_id,
        at=at,
        action="case.glass_broken",
        reason=reason.strip(),
    )
    alert = Alert(
        about=event.action,
        case_id=case_id,
        by=staff.id,
        at=at,
        to=frozenset({Role.PRIVACY_OFFICER}),
    )
    return BrokenGlass(passed=passed, until=at + GLASS_OPEN_FOR, event=event, alert=alert)


def review_glass(
    glass: OpenGlass, *, staff: Staff, finding: str, at: datetime
) -> tuple[OpenGlass, AuditEvent]:
    """Look back on a read past the usual door; what was found stays in the record.

    Raises:
        NotActive, NotYours: not the privacy officer.
        FindingNeeded: nothing was written.
        GlassReviewed: it was looked back on before.
    """
    passed = require(staff, Action.BREAK_GLASS, case_id=glass.case_id)
    if passed.manner is not Manner.REVIEW:
        raise NotYours(action=Action.BREAK_GLASS.value, allowed=Role.PRIVACY_OFFICER.value)
    if glass.reviewed_at is not None:
        raise GlassReviewed(allowed="read_the_trail")
    if not finding.strip():
        raise FindingNeeded(allowed="write_finding")
    reviewed = replace(
        glass,
        reviewed_by=staff.id,
        reviewed_at=at,
        finding=finding.strip(),
        version=glass.version + 1,
    )
    event = opened_event(
        staff,
        passed,
        case_id=glass.case_id,
        at=at,
        action="case.glass_reviewed",
        reason=finding.strip(),
    )
    return reviewed, event


def on_call_seats(staff: Staff, *, case_id: CaseId) -> tuple[Seat, ...]:
    """The roster of duty as seats on a case: for breaking the glass and for nothing else [D]."""
    if not staff.on_call:
        return ()
    return tuple(Seat(case_id=case_id, staff_id=staff.id, role=role) for role in staff.roles)


def opened_event(
    staff: Staff,
    passed: Pass,
    *,
    case_id: CaseId,
    at: datetime,
    action: str = "case.opened",
    reason: str = "",
) -> AuditEvent:
    """That a case, or a fact of it, was opened, by whom and in which manner."""
    return AuditEvent(
        action=action,
        at=at,
        actor=staff.id,
        role=passed.role,
        subject=case_id,
        case_id=case_id,
        reason=reason,
        evidence=(f"manner={passed.manner}",),
    )


def _way_in(
    staff: Staff,
    action: Action,
    *,
    case_id: CaseId,
    seats: tuple[Seat, ...],
    item_id: str | None,
    item_seats: Iterable[ItemSeat],
) -> Pass:
    """By the usual door; a community supporter by the one that shows what was shared."""
    if may(staff, Action.READ_SHARED_PART, case_id=case_id, seats=seats) and not may(
        staff, action, case_id=case_id, seats=seats
    ):
        action = Action.READ_SHARED_PART
    return require(
        staff, action, case_id=case_id, seats=seats, item_id=item_id, item_seats=item_seats
    )
