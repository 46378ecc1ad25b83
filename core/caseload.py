"""How many cases each colleague and each office carries (R-084)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.agencies import Role, Seat, Staff
from core.cases import CaseState
from core.courses.ending import OVER
from core.ids import AgencyId, CaseId, StaffId
from core.permissions import Manner

# Seats in which one works on a case; approving, deciding and attending are not counted.
CARRYING: Final = frozenset(
    {
        Role.OUTREACH_WORKER,
        Role.CASE_LEAD,
        Role.COORDINATOR,
        Role.PARTICIPATION_WORKER,
        Role.INTAKE_WORKER,
    }
)
# [D] a case that is looked after from afar, or by others, weighs on nobody here.
OPEN: Final = frozenset(CaseState) - OVER


@dataclass(frozen=True, kw_only=True, slots=True)
class Caseload:
    """The open cases that each carries, each case once.

    Attributes:
        by_staff, by_agency: how many cases; a case two agencies work on counts for both.
        over: colleagues with more than the town's own measure.
        sole_agency: the one office that works on every open case; None where others share them.
    """

    by_staff: Mapping[StaffId, int]
    by_agency: Mapping[AgencyId, int]
    over: frozenset[StaffId]
    sole_agency: AgencyId | None


def caseload(
    seats: Iterable[Seat],
    *,
    agency_of: Mapping[StaffId, AgencyId],
    most: int | None = None,
) -> Caseload:
    """Show who carries how much, so that no single office carries all (S4 FR Ⅲ-2(2), Ⅲ-5).

    Args:
        seats: on all open cases.
        most: above so many open cases a colleague is marked; None marks nobody.
    """
    theirs: dict[StaffId, set[CaseId]] = defaultdict(set)
    agencies: dict[CaseId, set[AgencyId]] = defaultdict(set)
    for seat in seats:
        if seat.role not in CARRYING:
            continue
        theirs[seat.staff_id].add(seat.case_id)
        if seat.staff_id in agency_of:
            agencies[seat.case_id].add(agency_of[seat.staff_id])
    by_agency: dict[AgencyId, int] = defaultdict(int)
    for involved in agencies.values():
        for agency in involved:
            by_agency[agency] += 1
    return Caseload(
        by_staff={staff_id: len(cases) for staff_id, cases in sorted(theirs.items())},
        by_agency=dict(sorted(by_agency.items())),
        over=frozenset(
            staff_id for staff_id, cases in theirs.items() if most is not None and len(cases) > most
        ),
        sole_agency=_alone(agencies.values()),
    )


def shown_to(load: Caseload, *, staff: Staff, manner: Manner) -> Caseload:
    """All of it, or to those who have their own figures only, their own and their office's."""
    if manner is Manner.FULL:
        return load
    mine = {staff.id: load.by_staff.get(staff.id, 0)}
    office = staff.agency_id
    return replace(
        load,
        by_staff=mine,
        by_agency={} if office is None else {office: load.by_agency.get(office, 0)},
        over=load.over & set(mine),
        sole_agency=load.sole_agency if load.sole_agency == office else None,
    )


def _alone(involved: Iterable[set[AgencyId]]) -> AgencyId | None:
    working = list(involved)
    everyone = set().union(*working)
    if len(working) > 1 and len(everyone) == 1:
        return next(iter(everyone))
    return None
