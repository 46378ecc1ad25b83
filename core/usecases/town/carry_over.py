"""Carry over what a town brings along from before the product: courses, closings, sittings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from core.audit import AuditEvent
from core.basis import Basis
from core.cases import Case, CaseState
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.courses.steps import Course
from core.errors import NotFound
from core.figures.moves import ACTIONS, CARRIED, PLAN_LESS
from core.ids import CaseId
from core.meetings.ids import BodyId, ItemId, MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose, Ground
from core.meetings.sittings import Block, Meeting, MeetingState
from core.ports import UnitOfWork, Work
from core.programmes import Programme
from core.steps import Overtaken
from core.towns import Town, TownCase, TownSitting

OPERATOR: Final = "operator"
# The file knows the day of a sitting and not its hours; these stand for them [D].
_BEGAN: Final = time(14, 0)
_TOOK: Final = timedelta(hours=2)
_SAID_BY_THE_FILE: Final = "町の記録では、プランのない案件でした。"
_STANDS: Final = {
    Programme.OUTREACH: CaseState.CONTINUING_SUPPORT.value,
    Programme.PARTICIPATION: ParticipationState.ASSESSING.value,
    Programme.MULTI_AGENCY: MultiAgencyState.ASSESSING.value,
}


async def carry_over(
    uow: UnitOfWork, town: Town, *, bodies: Mapping[str, BodyId], at: datetime, tz: tzinfo
) -> int:
    """Write down, once, what the file tells of the time before; how many records are new.

    The trail says that it was carried over, when, and for which day: it does not claim to have
    seen it happen. A case that moved in the meantime is left as it is.

    Args:
        bodies: ids of the meeting bodies, by the codes of the profile.

    Raises:
        NotFound: a case or colleague of the file is not in the record.
    """
    async with uow.write() as work:
        new = sum([await _case(work, item, at=at) for item in town.cases if item.from_before])
        for sitting in town.sittings:
            new += await _sitting(work, sitting, body_id=bodies[sitting.body], tz=tz)
        if new:
            await work.audit.append(
                AuditEvent(
                    action="town.carried_over",
                    at=at,
                    actor=OPERATOR,
                    role=OPERATOR,
                    subject=town.code,
                    evidence=(f"records={new}",),
                )
            )
            await work.commit()
        return new


async def _case(work: Work, item: TownCase, *, at: datetime) -> bool:
    case = await work.cases.by_no(item.case_no)
    if case is None:
        raise NotFound(what="case", id=item.case_no)
    if await work.audit.newest_of_case(case.id, limit=1, actions=ACTIONS):
        return False
    if item.plan_less:
        await _without_plan(work, case)
        await work.audit.append(_told(PLAN_LESS, case, at=at, evidence=("row=R-092",)))
    for programme in sorted(item.programmes):
        now = await _course(work, case, programme, closed=item.closed_on is not None)
        on = item.closed_on or item.opened_on
        evidence = (f"course={programme.value}", f"on={on.isoformat()}")
        was = now if item.closed_on is None else _STANDS[programme]
        await work.audit.append(_told(CARRIED, case, at=at, was=was, now=now, evidence=evidence))
    return True


async def _without_plan(work: Work, case: Case) -> None:
    """The case itself says it, too, so that meetings share it as one without a plan (R-092)."""
    marked = replace(case, plan_less_because=_SAID_BY_THE_FILE, version=case.version + 1)
    if not await work.cases.change(marked, version=case.version):
        raise Overtaken(what="case")


async def _course(work: Work, case: Case, programme: Programme, *, closed: bool) -> str:
    """The course as it stands; that of outreach came with the case."""
    if programme is Programme.PARTICIPATION:
        taking_part = ParticipationState.CLOSED if closed else ParticipationState.ASSESSING
        await work.courses.add_participation(
            Course(
                case_id=case.id, person_id=case.person_id, programme=programme, state=taking_part
            )
        )
        return taking_part.value
    if programme is Programme.MULTI_AGENCY:
        together = MultiAgencyState.CLOSED if closed else MultiAgencyState.ASSESSING
        await work.courses.add_multi_agency(
            Course(case_id=case.id, person_id=case.person_id, programme=programme, state=together)
        )
        return together.value
    return case.state.value


async def _sitting(work: Work, item: TownSitting, *, body_id: BodyId, tz: tzinfo) -> bool:
    meeting_id = MeetingId(f"town-{item.code}")
    if await _held_already(work, meeting_id):
        return False
    body = await work.bodies.get(body_id)
    asked = await work.staff.by_code(item.requested_by)
    if asked is None:
        raise NotFound(what="staff", id=item.requested_by)
    begins_at = datetime.combine(item.on, _BEGAN, tzinfo=tz)
    cases = [await _known(work, alias) for alias in item.cases]
    meeting = Meeting(
        id=meeting_id,
        municipality_id=work.municipality_id,
        requested_by=asked.id,
        state=MeetingState.CLOSED,
        blocks=(Block(body_id=body_id, begins_at=begins_at, ends_at=begins_at + _TOOK),),
        items=tuple(
            AgendaItem(
                id=ItemId(f"{meeting_id}-{case.id}"),
                purpose=AgendaPurpose.INFO_SHARE,
                requested_by=asked.id,
                requested_at=begins_at,
                case_id=case.id,
                person_id=case.person_id,
                subjects=frozenset({case.person_id}),
                ground=_ground(body_id, body.basis),
            )
            for case in cases
        ),
    )
    await work.meetings.add(meeting)
    return True


def _ground(body_id: BodyId, basis: Basis) -> Ground:
    """Under which law it was, the file says; on which consents, nobody here has seen."""
    return Ground(basis=basis, body_id=body_id, roster=0, reasons=frozenset())


async def _known(work: Work, alias: str) -> Case:
    case = await work.cases.by_alias(alias)
    if case is None:
        raise NotFound(what="case", id=alias)
    return case


async def _held_already(work: Work, meeting_id: MeetingId) -> bool:
    try:
        await work.meetings.get(meeting_id)
    except NotFound:
        return False
    return True


def _told(
    action: str,
    case: Case,
    *,
    at: datetime,
    was: str = "",
    now: str = "",
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    case_id: CaseId = case.id
    return AuditEvent(
        action=action,
        at=at,
        actor=OPERATOR,
        role=OPERATOR,
        subject=case_id,
        case_id=case_id,
        was=was,
        now=now,
        reason="town file",
        evidence=evidence,
    )
