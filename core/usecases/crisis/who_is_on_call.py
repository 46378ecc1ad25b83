"""Who is on call now, and where the list has gaps: what the doctor asks (INTERFACES §2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from core.agencies import Role, Staff
from core.crisis import text as crisis_text
from core.crisis.shifts import on_shift
from core.errors import CaseworkError
from core.municipal_profiles.duties import being_read
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork

AHEAD = timedelta(days=7)
STEP = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class OnCall:
    """What was found.

    Attributes:
        staffed: people read at this moment, and the cases' own workers are called.
        now: names of those on shift or on the roster of duty who can be rung, in order.
        officers: how many officers stand behind them.
        gap_at: the first moment of the next seven days at which nobody reads and nobody is on
            call, so that officers would be called; None where there is none.
        text: the text for unstaffed hours is there and says what it has to.
    """

    staffed: bool
    now: tuple[str, ...]
    officers: int
    gap_at: datetime | None
    text: bool


async def who_is_on_call(
    uow: UnitOfWork,
    *,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours,
    closed_days: frozenset[date] = frozenset(),
) -> OnCall:
    """Look at the shifts of the next seven days; nothing is changed."""
    async with uow.read() as work:
        staff = {one.id: one for one in await work.staff.active() if one.slack_user_id}
        shifts = await work.shifts.between(at, at + AHEAD)
        text = await work.towns.standing_text(crisis_text.NAME)
    roster = [one for one in staff.values() if one.on_call]

    def stands(moment: datetime) -> list[Staff]:
        on = [staff[one] for one in on_shift(shifts, moment) if one in staff]
        return [*on, *(one for one in roster if one not in on)]

    moments = [at + STEP * step for step in range(AHEAD // STEP)]
    gap = next(
        (
            moment
            for moment in moments
            if not being_read(hours, moment, tz=tz, closed_days=closed_days) and not stands(moment)
        ),
        None,
    )
    return OnCall(
        staffed=being_read(hours, at, tz=tz, closed_days=closed_days),
        now=tuple(one.name for one in stands(at)),
        officers=sum(Role.MUNICIPAL_OFFICER in one.roles for one in staff.values()),
        gap_at=gap,
        text=text is not None and _fits(text.body),
    )


def _fits(body: str) -> bool:
    try:
        crisis_text.require_fit(body)
    except CaseworkError:
        return False
    return True
