"""How many cases each colleague and each office carries (R-084)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.agencies import Role, Seat
from core.ids import AgencyId, CaseId, StaffId

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
    open_cases: Collection[CaseId],
    agency_of: Mapping[StaffId, AgencyId],
    most: int | None = None,
) -> Caseload:
    """Show who carries how much, so that no single office carries all (S4 FR Ⅲ-2(2), Ⅲ-5).

    Args:
        seats: of all cases; those of cases not open are not counted.
        most: above so many open cases a colleague is marked; None marks nobody.
    """
    theirs: dict[StaffId, set[CaseId]] = defaultdict(set)
    agencies: dict[CaseId, set[AgencyId]] = defaultdict(set)
    for seat in seats:
        if seat.role not in CARRYING or seat.case_id not in open_cases:
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


def _alone(involved: Iterable[set[AgencyId]]) -> AgencyId | None:
    working = list(involved)
    everyone = set().union(*working)
    if len(working) > 1 and len(everyone) == 1:
        return next(iter(everyone))
    return None
