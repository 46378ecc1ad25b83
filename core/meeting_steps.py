"""Steps of meetings inside an open transaction: look, keep, and say what happened."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final

from core.access import NotActive
from core.agencies import Role, Seat
from core.audit import AuditEvent
from core.basis import Basis
from core.cases import Case
from core.days import local_day
from core.errors import CaseworkError
from core.ids import CaseId, PersonId, StaffId
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.changes import recheck_items, with_applied
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import BY_THE_PLAN, AgendaItem
from core.meetings.machine import MeetingStepped, advance
from core.meetings.results import NothingDecidedYet, result_of
from core.meetings.sittings import BEFORE_HELD, Meeting, MeetingState
from core.meetings.situation import Command, Situation
from core.municipal_profiles.duties import require_plan_or_reason
from core.municipal_profiles.profile import MunicipalProfile
from core.plans.decisions import MeetingDecision
from core.ports import Work
from core.situations import situation_of
from core.steps import Overtaken, acting_role, refresh_desks, watchers

# Lists of members, notices and pledges are kept by the secretariat, or by the municipality [D].
BODY_OFFICE: Final = frozenset({Role.SECRETARIAT, Role.CLERK, Role.MUNICIPAL_OFFICER})
AGENDA_OFFICE: Final = frozenset({Role.SECRETARIAT, Role.CLERK, Role.CHAIR})


class NotAtTheTable(CaseworkError):
    """Papers and minutes are written and read by those who are registered for meetings.

    Facts: `allowed`.
    """

    rule = "R-082"


async def participant_of(work: Work, staff_id: StaffId) -> Participant:
    """The colleague as somebody at the table.

    Raises:
        NotAtTheTable.
    """
    for one in await work.bodies.participants():
        if one.staff_id == staff_id:
            return one
    raise NotAtTheTable(allowed="register_participant")


async def meeting_at(work: Work, meeting_id: MeetingId, *, version: int) -> Meeting:
    """The meeting, as it was shown.

    Raises:
        NotFound. Overtaken: it has changed since.
    """
    meeting = await work.meetings.get(meeting_id)
    if meeting.version != version:
        raise Overtaken(what="meeting")
    return meeting


async def role_here(
    work: Work, items: Iterable[AgendaItem], *, by: StaffId, allowed: Collection[Role]
) -> Role:
    """The role in which a colleague acts on these items: at large, or held on each of the cases.

    Raises:
        NotActive. RoleNeeded.
    """
    staff = await work.staff.get(by)
    if not staff.active:
        raise NotActive(action="meetings")
    seats = await work.staff.seats_of(by)
    cases = {item.case_id for item in items if item.case_id is not None}
    return acting_role(staff, _on_all(seats, cases), frozenset(allowed))


async def require_plan_here(
    work: Work, case: Case | None, item: AgendaItem | None, *, profile: MunicipalProfile | None
) -> None:
    """Refuse a case without a plan in a 重層的支援会議, unless it is marked so (R-092).

    Raises:
        PlanNeeded.
    """
    if profile is None or case is None or item is None or item.ground is None:
        return
    if item.ground.basis is Basis.JUSO and item.purpose in BY_THE_PLAN:
        plans = await work.plans.of_case(case.id)
        require_plan_or_reason(profile, plan=bool(plans), reason=case.plan_less_because)


async def take_step(
    work: Work, meeting: Meeting, *, to: MeetingState, command: Command, situation: Situation
) -> Meeting:
    """Take a row of machine M and keep what came of it.

    Raises:
        As `machine.advance`. Overtaken.
    """
    stepped = advance(meeting, to=to, command=command, situation=situation)
    return await keep(work, meeting, stepped, at=command.at)


async def keep(work: Work, was: Meeting, stepped: MeetingStepped, *, at: datetime) -> Meeting:
    """Put a changed meeting in the place of the one it was made from, say so in each case, and
    draw anew the cards of those who were called.

    Raises:
        Overtaken: somebody changed it in the meantime.
    """
    now = replace(stepped.meeting, version=was.version + 1)
    if not await work.meetings.change(now, version=was.version):
        raise Overtaken(what="meeting")
    await announce(work, now, stepped.events, at=at)
    await work.cards.redraw((now.id,), at=at)
    return now


async def keep_change(
    work: Work,
    was: Meeting,
    now: Meeting,
    *,
    action: str,
    by: StaffId,
    role: Role,
    at: datetime,
    item: AgendaItem | None = None,
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> Meeting:
    """As `keep`, for a change that is no row of the machine.

    Args:
        item: the one it is about; only its case is told.
    """
    event = AuditEvent(
        action=action,
        at=at,
        actor=by,
        role=role.value,
        subject=was.id if item is None else item.id,
        case_id=None if item is None else item.case_id,
        reason=reason,
        evidence=evidence,
    )
    return await keep(work, was, MeetingStepped(meeting=now, events=(event,)), at=at)


async def keep_body(
    work: Work,
    body: MeetingBody,
    *,
    action: str,
    by: StaffId,
    role: Role,
    at: datetime,
    case_id: CaseId | None = None,
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> MeetingBody:
    """Put a changed body in the place of the one of its version, and say so.

    Raises:
        Overtaken: somebody changed it in the meantime.
    """
    if not await work.bodies.change(body):
        raise Overtaken(what="meeting body")
    await work.audit.append(
        AuditEvent(
            action=action,
            at=at,
            actor=by,
            role=role.value,
            subject=body.id,
            case_id=case_id,
            reason=reason,
            evidence=evidence,
        )
    )
    return replace(body, version=body.version + 1)


async def announce(
    work: Work, meeting: Meeting, events: Iterable[AuditEvent], *, at: datetime
) -> None:
    """Write the events into the record, case by case, and draw the desks of the cases anew.

    A case's record names its own items only; what else stood on the agenda is not its affair.
    """
    of_case = _items_by_case(meeting)
    for event in events:
        if event.case_id is not None or not of_case:
            await work.audit.append(event)
            continue
        await work.audit.append(
            *(
                replace(event, case_id=case_id, evidence=_of_items(event.evidence, own, meeting))
                for case_id, own in of_case.items()
            )
        )
    for case_id in of_case:
        case = await work.cases.get(case_id)
        await refresh_desks(work, watchers(case, await work.staff.seats(case_id)), at=at)


async def recheck_meetings(
    work: Work,
    *,
    at: datetime,
    tz: tzinfo,
    people: Collection[PersonId] | None = None,
) -> tuple[Meeting, ...]:
    """M10: bring the items of every meeting to come in line with consents and lists.

    To be called in the transaction in which a consent or a list changed, after the change.

    Args:
        people: only meetings in which one of them is discussed; None means all.

    Returns:
        The meetings that changed.
    """
    changed = []
    for meeting in await work.meetings.open():
        concerned = frozenset().union(*(item.subjects for item in meeting.live))
        if meeting.state not in BEFORE_HELD or (
            people is not None and concerned.isdisjoint(people)
        ):
            continue
        situation = await situation_of(work, meeting, at=at, tz=tz)
        stepped = recheck_items(meeting, situation=situation, at=at)
        if stepped.events:
            changed.append(await keep(work, meeting, stepped, at=at))
    return tuple(changed)


async def decision_of(
    work: Work, meeting_id: MeetingId, item_id: ItemId, *, tz: tzinfo
) -> tuple[Meeting, MeetingDecision]:
    """What a confirmed item decided, for the plan or case that follows it.

    Raises:
        NothingDecidedYet: dropped, undecided, or not confirmed by the chair.
    """
    meeting = await work.meetings.get(meeting_id)
    if not meeting.blocks:
        raise NothingDecidedYet(item=item_id, allowed="record_decision,confirm_minutes")
    began = min(block.begins_at for block in meeting.blocks)
    decision = result_of(
        meeting,
        item_id,
        held_on=local_day(began, tz=tz),
        participants={one.id: one for one in await work.bodies.participants()},
    )
    return meeting, decision


async def note_followed(
    work: Work, meeting: Meeting, item_id: ItemId, *, by: StaffId, role: Role, at: datetime
) -> Meeting:
    """Plan or case follow the decision now; the meeting can be closed after the last one (M8).

    Raises:
        MeetingNotThere, ItemNotHere, Overtaken.
    """
    now = with_applied(meeting, item_id, at=at)
    return await keep_change(
        work,
        meeting,
        now,
        action="agenda_item.followed",
        by=by,
        role=role,
        at=at,
        item=now.item(item_id),
    )


def _on_all(seats: Iterable[Seat], cases: Collection[CaseId]) -> tuple[Seat, ...]:
    held = {(seat.case_id, seat.role): seat for seat in seats}
    return tuple(
        seat
        for (_, role), seat in held.items()
        if cases and all((case_id, role) in held for case_id in cases)
    )


def _items_by_case(meeting: Meeting) -> dict[CaseId, frozenset[ItemId]]:
    found: dict[CaseId, frozenset[ItemId]] = {}
    for item in meeting.items:
        if item.case_id is not None:
            found[item.case_id] = found.get(item.case_id, frozenset()) | {item.id}
    return found


def _of_items(
    evidence: tuple[str, ...], own: frozenset[ItemId], meeting: Meeting
) -> tuple[str, ...]:
    others = {item.id for item in meeting.items} - own
    return tuple(line for line in evidence if line.partition("=")[0] not in others)
