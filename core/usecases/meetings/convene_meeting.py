"""Call people to a meeting (招集する): M5."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from core.audit import AuditEvent
from core.ids import CaseId, StaffId
from core.meeting_steps import meeting_at, role_here, take_step
from core.meetings.attendance import require_person_may_come
from core.meetings.bodies import Participant, SeatKind
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.machine import SECRETARIAT
from core.meetings.shares import NOTHING
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.outbox import CardKind
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of
from core.steps import refresh_desks


async def convene_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    invited: frozenset[ParticipantId],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    judgements: Mapping[ParticipantId, str] | None = None,
    runs: Runs = PLANNING,
) -> Meeting:
    """Everybody who has to be there is called, and nobody who may not hear any item.

    Args:
        judgements: for a person who is called to their own meeting, the worker's note why it
            would do them good (R-036); nobody urges or reminds them.

    Raises:
        RoleNeeded. Overtaken. NotTypedYet. SeatNotInvited. NotBoundYet: notice or pledge lacks.
        NotInTheCircle, FamilyNotCovered. PersonNotUrged: R-036. TaxFactsNotShared: R-043.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        called = situation.people(invited)
        notes = judgements or {}
        for one in called:
            if _comes_for_themselves(one, meeting=meeting) and one.person_id is not None:
                require_person_may_come(
                    situation.shares.get(one.person_id, NOTHING),
                    meeting_id=meeting.id,
                    judgement=notes.get(one.id, ""),
                )
                await work.audit.append(
                    AuditEvent(
                        action="meeting.person_invited",
                        at=at,
                        actor=by,
                        role=role.value,
                        subject=meeting.id,
                        case_id=_case_of(one, meeting=meeting),
                        reason=notes[one.id].strip(),
                    )
                )
        command = Command(by=by, role=role, at=at, invited=invited)
        convened = await take_step(
            work, meeting, to=MeetingState.CONVENED, command=command, situation=situation
        )
        staff = [one.staff_id for one in called if one.staff_id is not None]
        await refresh_desks(work, staff, at=at)
        await work.cards.touch(CardKind.MEETING, convened.id, staff, at=at)
        await work.commit()
        return convened


def _comes_for_themselves(one: Participant, *, meeting: Meeting) -> bool:
    concerned = any(one.person_id in item.subjects for item in meeting.live)
    return SeatKind.PERSON in one.stands_for and concerned


def _case_of(one: Participant, *, meeting: Meeting) -> CaseId | None:
    return next((item.case_id for item in meeting.live if one.person_id in item.subjects), None)
