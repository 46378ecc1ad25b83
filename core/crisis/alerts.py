"""A call for people: raised, taken by somebody, answered or a false alarm, looked back on.

RAISED → ACKNOWLEDGED → ANSWERED or FALSE_ALARM → REVIEWED (DOMAIN §8.3). A false alarm is
nobody's fault and is looked back on in the same words.
"""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from core.agencies import Role, Staff
from core.audit import SYSTEM, AuditEvent
from core.crisis.callees import CalledAs, Callee
from core.crisis.reading import Sign
from core.errors import CaseworkError
from core.ids import AlertId, CaseId, LinkId, MunicipalityId, PersonId, ReplyId, StaffId
from core.municipal_profiles.crisis import Peril

CALLED_AT_FIRST: Final = 2
# Who looks back on a call that they did not settle themselves.
SUPERVISORS: Final = frozenset({Role.COORDINATOR, Role.MUNICIPAL_OFFICER})


class AlertState(enum.StrEnum):
    """Where a call stands. RAISED rings until somebody takes it."""

    RAISED = "RAISED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    ANSWERED = "ANSWERED"
    FALSE_ALARM = "FALSE_ALARM"
    REVIEWED = "REVIEWED"


_S = AlertState
MOVES: Final[dict[AlertState, frozenset[AlertState]]] = {
    _S.RAISED: frozenset({_S.ACKNOWLEDGED}),
    _S.ACKNOWLEDGED: frozenset({_S.ANSWERED, _S.FALSE_ALARM}),
    _S.ANSWERED: frozenset({_S.REVIEWED}),
    _S.FALSE_ALARM: frozenset({_S.REVIEWED}),
    _S.REVIEWED: frozenset(),
}
OPEN: Final = frozenset({_S.RAISED, _S.ACKNOWLEDGED})
SETTLED: Final = frozenset({_S.ANSWERED, _S.FALSE_ALARM})


class AlertMovedOn(CaseworkError):
    """The call stands elsewhere by now. Facts: `state`, `allowed`."""

    rule = "DOMAIN-8.3"


class NoteNeeded(CaseworkError):
    """How it went is written down, in a few words (DOMAIN §8.3)."""

    rule = "DOMAIN-8.3"


class OwnAlert(CaseworkError):
    """Whoever settled a call does not look back on it alone (DOMAIN §8.3)."""

    rule = "DOMAIN-8.3"


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """One colleague called: as what, and when first."""

    staff_id: StaffId
    called_as: CalledAs
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CrisisAlert:
    """One call.

    Attributes:
        case_id, person_id: None where a stranger wrote; then `link_id` is whose account it was.
        sign: how clear the words were; None where a colleague raised it.
        perils: what they speak of; shown on our pages only, never in Slack.
        raised_by: the colleague who raised it, or None.
        reply_id: what was said last; the words themselves stand there.
        signs: how many messages gave reason since it was raised.
        rounds: how often everybody was called again, since nobody had taken it.
        calls: who was called, in order.
        next_at: when it is passed on, while RAISED.
        told_at: when the person was sent the text for hours in which nobody reads.
        false_alarm: it was settled as one; stays when it is looked back on.
        note, review: staff's own words; sealed with the record.
    """

    id: AlertId
    municipality_id: MunicipalityId
    case_id: CaseId | None
    person_id: PersonId | None
    raised_at: datetime
    link_id: LinkId | None = None
    sign: Sign | None = None
    perils: tuple[Peril, ...] = ()
    raised_by: StaffId | None = None
    reply_id: ReplyId | None = None
    state: AlertState = AlertState.RAISED
    signs: int = 1
    rounds: int = 0
    calls: tuple[Called, ...] = ()
    next_at: datetime | None = None
    told_at: datetime | None = None
    acknowledged_by: StaffId | None = None
    acknowledged_at: datetime | None = None
    settled_by: StaffId | None = None
    settled_at: datetime | None = None
    false_alarm: bool = False
    note: str = ""
    review_due_on: date | None = None
    reviewed_by: StaffId | None = None
    reviewed_at: datetime | None = None
    review: str = ""
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something for the person."""
        return self.state in OPEN

    def may_review(self, staff: Staff) -> bool:
        """Whether this colleague may look back on it: a supervisor who did not settle it."""
        return bool(staff.roles & SUPERVISORS) and staff.id != self.settled_by

    def has_called(self, staff_id: StaffId) -> bool:
        """Whether this colleague was called."""
        return any(call.staff_id == staff_id for call in self.calls)


def called(
    alert: CrisisAlert, roster: tuple[Callee, ...], *, at: datetime, wait: timedelta
) -> CrisisAlert:
    """Call the first two, later one more at a time, and when all were called everybody anew.

    Args:
        roster: who may be called at this moment, in order.
        wait: after so long without anybody taking it, it is passed on.
    """
    fresh = [one for one in roster if not alert.has_called(one.staff_id)]
    most = 1 if alert.calls else CALLED_AT_FIRST
    now = tuple(Called(staff_id=c.staff_id, called_as=c.called_as, at=at) for c in fresh[:most])
    again = not fresh and bool(alert.calls)
    return replace(
        alert,
        calls=alert.calls + now,
        rounds=alert.rounds + again,
        next_at=at + wait,
    )


def heard_again(alert: CrisisAlert, *, sign: Sign, perils: tuple[Peril, ...]) -> CrisisAlert:
    """More words came while the call is open: it is one call still, and rings once more."""
    return replace(
        alert,
        signs=alert.signs + 1,
        sign=Sign.CLEAR if Sign.CLEAR in (sign, alert.sign) else sign,
        perils=tuple(peril for peril in Peril if peril in (*alert.perils, *perils)),
    )


def acknowledged(alert: CrisisAlert, *, by: StaffId, at: datetime) -> CrisisAlert:
    """受け取りました: this colleague sees to it; it rings no more.

    Raises:
        AlertMovedOn: somebody was faster.
    """
    moved = _move(alert, AlertState.ACKNOWLEDGED)
    return replace(moved, acknowledged_by=by, acknowledged_at=at, next_at=None)


def settled(
    alert: CrisisAlert,
    *,
    to: AlertState,
    by: StaffId,
    at: datetime,
    review_due_on: date,
    note: str = "",
) -> CrisisAlert:
    """Answered by a person, or a false alarm; looked back on by the day given.

    Whoever has answered without saying first that they would has taken it by that.

    Raises:
        AlertMovedOn.
    """
    if alert.state is AlertState.RAISED:
        alert = acknowledged(alert, by=by, at=at)
    moved = _move(alert, to)
    return replace(
        moved,
        settled_by=by,
        settled_at=at,
        false_alarm=to is AlertState.FALSE_ALARM,
        review_due_on=review_due_on,
        note=note.strip(),
    )


def noted(alert: CrisisAlert, *, note: str) -> CrisisAlert:
    """How it went, in the words of whoever saw to it.

    Raises:
        NoteNeeded: nothing was written. AlertMovedOn: it is not settled, or looked back on.
    """
    if not note.strip():
        raise NoteNeeded()
    if alert.state not in SETTLED:
        raise AlertMovedOn(state=alert.state.value, allowed="settle_alert")
    return replace(alert, note=note.strip())


def reviewed(alert: CrisisAlert, *, by: StaffId, at: datetime, review: str) -> CrisisAlert:
    """A supervisor has looked back on it.

    Raises:
        NoteNeeded: nothing was written. OwnAlert: they settled it themselves. AlertMovedOn.
    """
    if by == alert.settled_by:
        raise OwnAlert(allowed="coordinator,municipal_officer")
    if not review.strip():
        raise NoteNeeded()
    moved = _move(alert, AlertState.REVIEWED)
    return replace(moved, reviewed_by=by, reviewed_at=at, review=review.strip())


def event_of(
    was: CrisisAlert | None,
    now: CrisisAlert,
    action: str,
    *,
    at: datetime,
    actor: StaffId | str = SYSTEM,
    role: str = SYSTEM,
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    """What happened to a call, for the record; never a word of anybody."""
    return AuditEvent(
        action=action,
        at=at,
        actor=actor,
        role=role,
        subject=now.id,
        case_id=now.case_id,
        was="" if was is None else was.state.value,
        now=now.state.value,
        evidence=evidence,
    )


def _move(alert: CrisisAlert, to: AlertState, **changes: Any) -> CrisisAlert:
    if to not in MOVES[alert.state]:
        raise AlertMovedOn(
            state=alert.state.value, allowed=",".join(sorted(MOVES[alert.state])) or "read_alert"
        )
    return replace(alert, state=to, **changes)
