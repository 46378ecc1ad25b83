"""How many case studies the town has held this fiscal year, of those it wants (DOMAIN §5)."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from core.basis import Basis
from core.days import fiscal_year, local_day
from core.ids import StaffId
from core.meeting_steps import role_here
from core.meetings.sittings import Meeting, MeetingState
from core.municipal_profiles.duties import StudyCount, study_count
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.transitions import ANY_STAFF

_HELD: Final = frozenset(
    {
        MeetingState.HELD,
        MeetingState.MINUTES_DRAFT,
        MeetingState.MINUTES_CONFIRMED,
        MeetingState.CLOSED,
    }
)


async def count_studies(
    uow: UnitOfWork, *, profile: MunicipalProfile, by: StaffId, at: datetime, tz: tzinfo
) -> StudyCount | None:
    """The year's studies as of today; None in a town that asks for none.

    A sitting that was held and in which a case was talked over before a body of kind CASE is one
    study [D]. The count reminds the office; it measures nobody's work (R-053).

    Raises:
        RoleNeeded.
    """
    if profile.study is None:
        return None
    async with uow.read() as work:
        await role_here(work, (), by=by, allowed=ANY_STAFF)
        today = local_day(at, tz=tz)
        year_begins = date(fiscal_year(today), 4, 1)
        since = datetime.combine(year_begins, time(0), tzinfo=tz).astimezone(UTC)
        sittings = await work.meetings.between(since, at)
        days = [local_day(_begins(one), tz=tz) for one in sittings if _is_study(one)]
        return study_count(profile.study, days, on=today)


def _is_study(meeting: Meeting) -> bool:
    talked = any(i.ground is not None and i.ground.basis is Basis.CASE for i in meeting.live)
    return meeting.state in _HELD and talked


def _begins(meeting: Meeting) -> datetime:
    return min(block.begins_at for block in meeting.blocks)
