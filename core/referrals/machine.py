"""Machine F of DOMAIN §3.4 as data, and the step along one of its rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import StaffId
from core.referrals import guards
from core.referrals.record import Referral, ReferralState, ReferralStep

Guard = Callable[[Referral, ReferralStep], None]
GUARDS: Final[dict[str, Guard]] = {
    guard.__name__: guard
    for guard in (
        guards.from_source,
        guards.from_receiver,
        guards.complete,
        guards.worry_answered,
        guards.explained,
        guards.words_kept,
        guards.towards_outreach,
        guards.addressed,
        guards.talked_over,
        guards.in_company,
        guards.feedback_day,
        guards.feedback_told,
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralRow:
    """One row: its id in the domain paper, from where to where, guards in order, who."""

    row: str
    was: ReferralState
    now: ReferralState
    who: frozenset[Role]
    guards: tuple[str, ...] = ()


_S = ReferralState
WORKERS: Final = frozenset(
    {
        Role.INTAKE_WORKER,
        Role.OUTREACH_WORKER,
        Role.PARTICIPATION_WORKER,
        Role.COORDINATOR,
        Role.CASE_LEAD,
        Role.MUNICIPAL_OFFICER,
        Role.MEMBER,
    }
)
SYSTEM: Final = frozenset({Role.SYSTEM})


def _row(row: str, was: ReferralState, now: ReferralState, *names: str) -> ReferralRow:
    return ReferralRow(row=row, was=was, now=now, who=WORKERS, guards=names)


ROWS: Final[tuple[ReferralRow, ...]] = (
    _row("F2", _S.DRAFT, _S.EXPLAINED, "from_source", "complete", "worry_answered"),
    _row("F3", _S.EXPLAINED, _S.ACCEPTED_BY_PERSON, "from_source", "explained", "words_kept"),
    _row("F3", _S.EXPLAINED, _S.NOT_YET, "from_source", "explained", "words_kept"),
    # Time is taken; one explains again when it fits.
    _row("F3", _S.NOT_YET, _S.EXPLAINED, "from_source", "complete", "worry_answered"),
    _row("F4", _S.ACCEPTED_BY_PERSON, _S.SENT, "from_source", "explained", "addressed"),
    _row("F4", _S.NOT_YET, _S.SENT, "from_source", "explained", "towards_outreach", "addressed"),
    _row("F4", _S.SENT, _S.RECEIVED, "from_receiver", "feedback_day"),
    _row("F5", _S.RECEIVED, _S.ACCEPTED, "from_receiver"),
    _row("F6", _S.RECEIVED, _S.RETURNED, "from_receiver", "talked_over"),
    _row("F7", _S.ACCEPTED, _S.CONNECTED, "from_receiver", "in_company"),
    ReferralRow(
        row="F8",
        was=_S.CONNECTED,
        now=_S.FEEDBACK_DUE,
        who=WORKERS | SYSTEM,
        guards=("feedback_day",),
    ),
    _row("F8", _S.FEEDBACK_DUE, _S.FEEDBACK_GIVEN, "from_receiver", "feedback_told"),
    _row("F8", _S.FEEDBACK_GIVEN, _S.DONE, "from_source"),
)
ENDED: Final = frozenset({_S.RETURNED, _S.DONE})
# The sender waits for news while a referral is in one of these.
AWAITING_NEWS: Final = frozenset({_S.RECEIVED, _S.ACCEPTED, _S.CONNECTED, _S.FEEDBACK_DUE})
NEW_REFERRAL: Final = "NEW_REFERRAL"


class ReferralNotFromHere(CaseworkError):
    """No row leads from the referral's state to the one asked for.

    Facts: `from`, `asked`, `allowed`.
    """

    rule = "DOMAIN-3.4"


class ReferralStepNotYours(CaseworkError):
    """This step is another role's. Facts: `row`, `allowed` (roles)."""

    rule = "DOMAIN-3.4"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralMoved:
    """The referral after a step, and what the trail keeps of it."""

    referral: Referral
    event: AuditEvent


def open_rows(state: ReferralState) -> tuple[ReferralRow, ...]:
    """The rows that lead on from a state."""
    return tuple(row for row in ROWS if row.was is state)


def draft_referral(
    referral: Referral,
    *,
    by: StaffId,
    role: Role,
    at: datetime,
    extra: frozenset[str] = frozenset(),
) -> ReferralMoved:
    """F1, F9: a draft with reason and summary, by any worker of the source.

    Args:
        extra: the town's own criteria for multi-agency (R-090).

    Raises:
        ReferralStepNotYours: the role refers nobody.
        ReferralEmpty, ReasonUnfit, HandbackUnprepared: see `guards.require_complete`.
    """
    if role not in WORKERS:
        raise ReferralStepNotYours(row="F1", allowed=",".join(sorted(WORKERS)))
    guards.require_complete(referral, extra_reasons=extra)
    drafted = replace(referral, state=_S.DRAFT, version=1)
    event = AuditEvent(
        action="referral.draft",
        at=at,
        actor=by,
        role=role.value,
        subject=drafted.id,
        case_id=drafted.case_id,
        now=drafted.state.value,
        evidence=("row=F1", f"kind={drafted.kind.value}"),
    )
    return ReferralMoved(referral=drafted, event=event)


def take_step(referral: Referral, step: ReferralStep) -> ReferralMoved:
    """Move a referral along one row, or refuse (F2 to F9).

    Raises:
        ReferralNotFromHere: there is no such row from here.
        ReferralStepNotYours: the row is another role's.
        CaseworkError: a guard of the row refused; see core/referrals/guards.
    """
    rows = open_rows(referral.state)
    row = next((row for row in rows if row.now is step.to), None)
    if row is None:
        allowed = ",".join(row.now for row in rows) or NEW_REFERRAL
        was = referral.state.value
        raise ReferralNotFromHere(asked=step.to.value, allowed=allowed, **{"from": was})
    if step.role not in row.who:
        raise ReferralStepNotYours(row=row.row, allowed=",".join(sorted(row.who)))
    for name in row.guards:
        GUARDS[name](referral, step)
    learned = _learned(referral, step)
    moved = replace(referral, state=row.now, version=referral.version + 1, **learned)
    return ReferralMoved(
        referral=moved, event=_event(moved, step, row.row, was=referral.state.value)
    )


def _learned(referral: Referral, step: ReferralStep) -> dict[str, Any]:
    """The facts that a step leaves on the referral."""
    match step.to:
        case ReferralState.EXPLAINED:
            measures = referral.measures | step.measures
            return {"explained_at": step.at, "worry": step.worry, "measures": measures}
        case ReferralState.ACCEPTED_BY_PERSON | ReferralState.NOT_YET:
            return {"own_words": step.own_words}
        case ReferralState.SENT:
            return {"sent_on": step.on, "acknowledge_by": step.acknowledge_by}
        case ReferralState.RECEIVED:
            due = step.feedback_due_on or referral.feedback_due_on
            return {"received_on": step.on, "feedback_due_on": due}
        case ReferralState.RETURNED:
            kept = {"consulted": step.consulted, "linked_support": step.linked_support}
            return {"returned_because": step.reason, **kept}
        case ReferralState.CONNECTED:
            return {"first_contact_on": step.on}
        case ReferralState.FEEDBACK_GIVEN:
            return {"feedback": step.feedback}
        case _:
            return {}


def _event(referral: Referral, step: ReferralStep, row: str, *, was: str) -> AuditEvent:
    return AuditEvent(
        action=f"referral.{referral.state.value.lower()}",
        at=step.at,
        actor=step.by,
        role=step.role.value,
        subject=referral.id,
        case_id=referral.case_id,
        was=was,
        now=referral.state.value,
        reason=step.reason,
        evidence=(f"row={row}", f"kind={referral.kind.value}"),
    )
