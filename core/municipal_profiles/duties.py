"""What a town asks of itself: studies each year, joint assessment, hours of reading, plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from core.days import fiscal_year, local_day
from core.errors import CaseworkError
from core.ids import AgencyId
from core.municipal_profiles.profile import EffortAsked, MunicipalProfile, ReadingHours, StudyDuty
from core.programmes import PLANNING, Programme

# The hours of a town that names none [D]: those of most municipal offices.
USUAL_HOURS: Final = ReadingHours(opens=time(8, 30), closes=time(17, 15))
_SATURDAY: Final = 5
_APRIL: Final = 4


class OneAgencyOnly(CaseworkError):
    """Here an assessment is made by two agencies together. Facts: `allowed`."""

    rule = "DOMAIN-5"


class PlanThere(CaseworkError):
    """A case that has, or had, a plan is no case of shared information alone. Facts: `allowed`."""

    rule = "R-092"


class PlanNeeded(CaseworkError):
    """Here no case is shared in a meeting without a plan, or no reason was given.

    Facts: `lacks` (profile, reason), `allowed`.
    """

    rule = "R-092"


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyCount:
    """Case studies of a fiscal year; `warns` once it is late in the year and some are missing."""

    fiscal_year: int
    held: int
    least: int
    warns: bool

    @property
    def missing(self) -> int:
        """How many are still to come."""
        return max(0, self.least - self.held)


def study_count(duty: StudyDuty, held_on: Iterable[date], *, on: date) -> StudyCount:
    """How the year's studies stand on a day.

    Args:
        held_on: days of all studies, of other years too.
    """
    year = fiscal_year(on)
    held = sum(1 for day in held_on if fiscal_year(day) == year and day <= on)
    late = _month_of_year(on.month) >= _month_of_year(duty.warn_from_month)
    return StudyCount(
        fiscal_year=year,
        held=held,
        least=duty.least_a_year,
        warns=late and held < duty.least_a_year,
    )


def require_joint(profile: MunicipalProfile, agencies: Iterable[AgencyId]) -> None:
    """Refuse an assessment by one agency alone, where the town asks for two.

    Raises:
        OneAgencyOnly: fewer than two different agencies wrote it.
    """
    if profile.joint_assessment and len(set(agencies)) < 2:
        raise OneAgencyOnly(allowed="add_author_of_another_agency")


def require_plan_or_reason(profile: MunicipalProfile, *, plan: bool, reason: str = "") -> None:
    """Refuse a case without a plan in a meeting, unless the town knows such and says why.

    Raises:
        PlanNeeded: R-092.
    """
    if plan:
        return
    if not profile.plan_less_cases:
        raise PlanNeeded(lacks="profile", allowed="make_plan")
    if not reason.strip():
        raise PlanNeeded(lacks="reason", allowed="give_reason,make_plan")


def runs_of(profile: MunicipalProfile | None) -> frozenset[Programme]:
    """The programmes whose providers are waited for in meetings (R-032).

    All three while the profile is not complete: what a town has not said is no absence.
    """
    if profile is None or not profile.complete:
        return PLANNING
    return frozenset(one.programme for one in profile.programmes) & PLANNING or PLANNING


def effort_asked(profile: MunicipalProfile) -> EffortAsked:
    """The records of effort asked for; a profile raises them, never below one each (R-052)."""
    asked = profile.effort
    return EffortAsked(
        agencies_asked=max(1, asked.agencies_asked),
        community_asked=max(1, asked.community_asked),
        home_visits=max(1, asked.home_visits),
    )


def reading_hours(profile: MunicipalProfile | None) -> ReadingHours:
    """When people read what comes in: the town's own hours, or the usual ones."""
    return USUAL_HOURS if profile is None or profile.reading is None else profile.reading


def being_read(
    hours: ReadingHours, at: datetime, *, tz: tzinfo, closed_days: frozenset[date] = frozenset()
) -> bool:
    """Whether people read what comes in at this moment."""
    local = at.astimezone(tz)
    working = _works(local.date(), closed_days)
    return working and hours.opens <= local.time() < hours.closes


def reads_next(
    hours: ReadingHours, at: datetime, *, tz: tzinfo, closed_days: frozenset[date] = frozenset()
) -> datetime:
    """When the reading hours begin the next time after `at` (aware, zone `tz`)."""
    today = local_day(at, tz=tz)
    first = _at(_working_from(today, closed_days), hours.opens, tz)
    if first > at:
        return first
    return _at(_working_from(today + timedelta(days=1), closed_days), hours.opens, tz)


def began_reading(
    hours: ReadingHours, at: datetime, *, tz: tzinfo, closed_days: frozenset[date] = frozenset()
) -> datetime:
    """When the reading hours last began, at `at` or before (aware, zone `tz`)."""
    day = local_day(at, tz=tz)
    while not _works(day, closed_days) or _at(day, hours.opens, tz) > at:
        day -= timedelta(days=1)
    return _at(day, hours.opens, tz)


def answer_due(
    hours: ReadingHours, at: datetime, *, tz: tzinfo, closed_days: frozenset[date] = frozenset()
) -> tuple[datetime, datetime]:
    """From when somebody reads what came in at `at`, and by when it is answered (G-15).

    Read at once within the hours, otherwise when they open next; answered by the end of the
    next working day after it came in. Aware, zone `tz`.
    """
    local = at.astimezone(tz)
    if being_read(hours, at, tz=tz, closed_days=closed_days):
        reads = local
    else:
        today = local.date()
        ahead = 0 if local.time() < hours.opens and _works(today, closed_days) else 1
        first = _working_from(today + timedelta(days=ahead), closed_days)
        reads = _at(first, hours.opens, tz)
    due_day = _working_from(local.date() + timedelta(days=1), closed_days)
    return reads, _at(due_day, hours.closes, tz)


def _works(day: date, closed_days: frozenset[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in closed_days


def _working_from(day: date, closed_days: frozenset[date]) -> date:
    while not _works(day, closed_days):
        day += timedelta(days=1)
    return day


def _at(day: date, clock: time, tz: tzinfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=tz)


def _month_of_year(month: int) -> int:
    """Place of a month in the fiscal year, April being 0."""
    return (month - _APRIL) % 12
