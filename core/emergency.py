"""緊急: danger to life or body, laid over whatever state a case is in (O18, R-025).

People who can help are told first and meetings come after (S0 第3-4(4)①ア(オ)). What does not
change is how the person is written to: every word to them is still somebody's approved word.
"""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case, Urgency
from core.errors import CaseworkError
from core.ids import CaseId, StaffId

# The ground on which information is given in an emergency (DOMAIN §9).
LIFE_BODY: Final = "LIFE_BODY"


class Danger(enum.StrEnum):
    """What is in danger."""

    LIFE = "LIFE"
    BODY = "BODY"


class Rescuer(enum.StrEnum):
    """Who can help at once."""

    POLICE = "POLICE"
    MEDICAL = "MEDICAL"
    ON_CALL = "ON_CALL"


MUST_ANSWER: Final = frozenset({Rescuer.POLICE, Rescuer.MEDICAL})


class DangerUnnamed(CaseworkError):
    """An emergency is danger to life or body; anything else goes the ordinary way (O18)."""

    rule = "O18"


class EmergencyUnanswered(CaseworkError):
    """Police and medical help are each told, or it is said why not (R-025).

    Facts: `missing`, `allowed`.
    """

    rule = "R-025"


class NoEmergency(CaseworkError):
    """The case has no emergency that could end (O18)."""

    rule = "O18"


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """One line to a rescuer: told at that time, or not needed because."""

    rescuer: Rescuer
    by: StaffId
    at: datetime
    not_needed_because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Emergency:
    """The overlay.

    Attributes:
        urgency_before: to what the case returns when it is over.
        review_due_on: by when a supervisor has looked back on it (DOMAIN §8.3).
    """

    danger: Danger
    raised_at: datetime
    raised_by: StaffId
    urgency_before: Urgency
    calls: tuple[Called, ...] = ()
    ended_at: datetime | None = None
    review_due_on: date | None = None

    @property
    def running(self) -> bool:
        """Whether it is not over."""
        return self.ended_at is None

    @property
    def unanswered(self) -> tuple[Rescuer, ...]:
        """Of police and medical help, who was neither told nor said not to be needed."""
        answered = {call.rescuer for call in self.calls}
        return tuple(sorted(MUST_ANSWER - answered))


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencySeen:
    """What a card tells of it: which case and since when; no word of anybody."""

    case_id: CaseId
    alias: str
    raised_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarmed:
    """The case with its overlay, and what the audit is told."""

    case: Case
    emergency: Emergency
    events: tuple[AuditEvent, ...]


def raise_emergency(
    case: Case,
    *,
    danger: Danger | None,
    by: StaffId,
    role: Role,
    at: datetime,
    calls: tuple[Called, ...] = (),
) -> Alarmed:
    """O18: any staff, from any state; the state itself does not move.

    Raises:
        DangerUnnamed: no danger to life or body is named.
    """
    if danger is None:
        raise DangerUnnamed(allowed="urgency WATCH; an URGENT agenda item")
    emergency = Emergency(
        danger=danger,
        raised_at=at,
        raised_by=by,
        urgency_before=Urgency.WATCH if case.urgency is Urgency.EMERGENCY else case.urgency,
        calls=calls,
    )
    told = tuple(f"called={call.rescuer.value}" for call in calls)
    event = AuditEvent(
        action="case.emergency_raised",
        at=at,
        actor=by,
        role=role.value,
        subject=case.id,
        case_id=case.id,
        was=case.urgency.value,
        now=Urgency.EMERGENCY.value,
        reason=danger.value,
        evidence=("row=O18", f"ground={LIFE_BODY}", *told),
    )
    alarmed = replace(case, urgency=Urgency.EMERGENCY)
    return Alarmed(case=alarmed, emergency=emergency, events=(event,))


def note_call(emergency: Emergency, *, call: Called) -> Emergency:
    """The emergency with one more line to a rescuer.

    Raises:
        NoEmergency: it is over.
    """
    if not emergency.running:
        raise NoEmergency(allowed="O18 raises a new one")
    return replace(emergency, calls=(*emergency.calls, call))


def end_emergency(
    case: Case,
    *,
    emergency: Emergency,
    review_due_on: date,
    by: StaffId,
    role: Role,
    at: datetime,
) -> Alarmed:
    """The danger is over; a supervisor looks back on it within one working day.

    Raises:
        NoEmergency: it is over already.
        EmergencyUnanswered: police or medical help is still open.
    """
    if not emergency.running:
        raise NoEmergency(allowed="O18 raises a new one")
    if emergency.unanswered:
        raise EmergencyUnanswered(
            missing=", ".join(emergency.unanswered), allowed="call, or say why not needed"
        )
    event = AuditEvent(
        action="case.emergency_ended",
        at=at,
        actor=by,
        role=role.value,
        subject=case.id,
        case_id=case.id,
        was=Urgency.EMERGENCY.value,
        now=emergency.urgency_before.value,
        evidence=("row=O18", f"review_due={review_due_on.isoformat()}"),
    )
    over = replace(emergency, ended_at=at, review_due_on=review_due_on)
    calm = replace(case, urgency=emergency.urgency_before)
    return Alarmed(case=calm, emergency=over, events=(event,))
