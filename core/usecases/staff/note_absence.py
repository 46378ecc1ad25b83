"""Note when a colleague is away, and who stands in for them (代理)."""

from datetime import date, datetime, tzinfo

from core.absences import FOR_OTHERS, Absence, noted_as, require_fit
from core.access import NotActive
from core.agencies import Staff
from core.audit import AuditEvent
from core.days import local_day
from core.ids import AbsenceId, StaffId
from core.outbox import CardKind
from core.ports import UnitOfWork, Work
from core.steps import RoleNeeded, refresh_desks


async def note_absence(
    uow: UnitOfWork,
    *,
    staff_id: StaffId,
    deputy_id: StaffId,
    first: date,
    last: date,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> tuple[Absence, tuple[str, ...]]:
    """From its first day on, what would come to the colleague comes to the deputy, on the cases on
    which the deputy has a seat.

    Args:
        first, last: local days, both of them away.
        by: the colleague themselves, or whoever coordinates.

    Returns:
        The absence, and the aliases of the cases on which the deputy has no seat: there whoever
        else works on the case is told.

    Raises:
        RoleNeeded. NotActive. OwnDeputy, AbsenceUnfit, AwayAlready, DeputyAway: G-15.
    """
    async with uow.write() as work:
        noter, deputy = await work.staff.get(by), await work.staff.get(deputy_id)
        await work.staff.get(staff_id)
        if by != staff_id and not noter.roles & FOR_OTHERS:
            raise RoleNeeded(allowed=", ".join(sorted(FOR_OTHERS)))
        if not deputy.active:
            raise NotActive(action="stand_in")
        today = local_day(at, tz=tz)
        absence = Absence(
            id=AbsenceId(work.new_id()),
            municipality_id=work.municipality_id,
            staff_id=staff_id,
            deputy_id=deputy_id,
            first=first,
            last=last,
            noted_by=by,
            noted_at=at,
        )
        require_fit(absence, others=await work.absences.from_day(today), today=today)
        await work.absences.add(absence)
        await work.audit.append(_event(absence, noter, at=at))
        without = await _pass_on(work, absence, today=today, at=at)
        await refresh_desks(work, (staff_id, deputy_id), at=at)
        await work.commit()
        return absence, without


def _event(absence: Absence, noter: Staff, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action="absence.noted",
        at=at,
        actor=noter.id,
        role=noted_as(noter),
        subject=absence.id,
        evidence=(
            f"staff={absence.staff_id}",
            f"deputy={absence.deputy_id}",
            f"days={absence.first.isoformat()}/{absence.last.isoformat()}",
        ),
    )


async def _pass_on(work: Work, absence: Absence, *, today: date, at: datetime) -> tuple[str, ...]:
    """What waits unread goes to the deputy now, if the absence has begun."""
    theirs = dict.fromkeys(seat.case_id for seat in await work.staff.seats_of(absence.staff_id))
    deputys = {seat.case_id for seat in await work.staff.seats_of(absence.deputy_id)}
    waiting = await work.replies.waiting(theirs) if absence.holds(today) else {}
    for case_id in theirs.keys() & deputys & waiting.keys():
        await work.cards.touch(
            CardKind.REPLY, case_id, (absence.deputy_id,), at=at, case_id=case_id
        )
    return tuple(
        sorted([(await work.cases.get(case_id)).alias for case_id in theirs.keys() - deputys])
    )
