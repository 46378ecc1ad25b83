"""Who carries how much."""

import pytest

from core.agencies import Role, Seat
from core.caseload import caseload
from core.ids import AgencyId, CaseId, StaffId

NPO, SHAKYO = AgencyId("npo"), AgencyId("shakyo")
SATO, TANAKA = StaffId("sato"), StaffId("tanaka")
A, B = CaseId("a"), CaseId("b")


def seat(case: CaseId, staff: StaffId, role: Role = Role.OUTREACH_WORKER) -> Seat:
    return Seat(case_id=case, staff_id=staff, role=role)


@pytest.mark.rule("R-084")
def test_each_case_counts_once_for_each_who_works_on_it() -> None:
    seats = [
        seat(A, SATO),
        seat(A, SATO, Role.CASE_LEAD),
        seat(B, SATO),
        seat(A, TANAKA, Role.COORDINATOR),
        seat(B, TANAKA, Role.MESSAGE_APPROVER),
    ]
    load = caseload(seats, agency_of={SATO: NPO, TANAKA: SHAKYO}, most=1)
    assert load.by_staff == {SATO: 2, TANAKA: 1}
    assert load.by_agency == {NPO: 2, SHAKYO: 1}
    assert load.over == {SATO}
    assert load.sole_agency is None


@pytest.mark.rule("R-084")
def test_one_office_that_carries_everything_is_named() -> None:
    seats = [seat(A, SATO), seat(B, TANAKA)]
    alone = caseload(seats, agency_of={SATO: NPO, TANAKA: NPO})
    assert alone.sole_agency == NPO
    assert alone.over == frozenset()
    shared = caseload(seats, agency_of={SATO: NPO, TANAKA: SHAKYO})
    assert shared.sole_agency is None
    assert caseload(seats[:1], agency_of={SATO: NPO}).sole_agency is None
