"""Who may do what: the rows of DOMAIN §3.7 that the house has doors for."""

import pytest

from core.access import Action, may
from core.agencies import Role, Seat, Staff
from core.cases import CaseState
from core.ids import CaseId
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.staff.list_rights import list_rights
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.office import Office
from tests.people import A12, SATO, SUZUKI

NEVER, SEATED, AT_LARGE = "-", "o", "*"
COLUMNS = (
    Role.OUTREACH_WORKER,
    Role.CASE_LEAD,
    Role.PARTICIPATION_WORKER,
    Role.INTAKE_WORKER,
    Role.COORDINATOR,
    Role.MESSAGE_APPROVER,
    Role.MUNICIPAL_OFFICER,
    Role.SECRETARIAT,
    Role.CLERK,
    Role.CHAIR,
    Role.MEMBER,
    Role.TEMPORARY_MEMBER,
    Role.PRIVACY_OFFICER,
    Role.SYSTEM,
)
# One sign for each column: never, seated on the case, or at large.
MATRIX = {
    Action.LOG_CONTACT: "*-***o*---o---",
    Action.READ_CASE: "oo--ooo-------",
    Action.WRITE_LETTER: "oo--o---------",
    Action.APPROVE_LETTER: "-----o--------",
    Action.STOP_LETTER: "oo--oo--------",
    Action.ISSUE_LINK_CODE: "oo--o---------",
    Action.READ_RECEPTION: "---**---------",
    Action.READ_AUDIT: "------------*-",
}
ELSEWHERE = CaseId("elsewhere")


def one(*roles: Role) -> Staff:
    return Staff(
        id=SUZUKI.id,
        municipality_id=SUZUKI.municipality_id,
        code="x",
        name="x",
        roles=frozenset(roles),
    )


def allowed(action: Action, role: Role) -> str:
    """How this role opens this door."""
    seat = Seat(case_id=A12.id, staff_id=SUZUKI.id, role=role)
    if may(one(role), action, case_id=A12.id):
        return AT_LARGE
    assert not may(one(role), action, case_id=ELSEWHERE, seats=[seat])
    return SEATED if may(one(), action, case_id=A12.id, seats=[seat]) else NEVER


@pytest.mark.rule("DOMAIN-3.7")
@pytest.mark.parametrize("action", MATRIX)
def test_each_row_of_the_matrix(action: Action) -> None:
    found = "".join(allowed(action, role) for role in COLUMNS)
    assert found == MATRIX[action], f"{action}: {' '.join(COLUMNS)}"


@pytest.mark.rule("G-06")
@pytest.mark.rule("DOMAIN-3.7")
def test_the_system_and_the_author_by_role_never_approve() -> None:
    for role in set(Role) - {Role.MESSAGE_APPROVER}:
        assert allowed(Action.APPROVE_LETTER, role) == NEVER


@pytest.mark.rule("DOMAIN-3.7")
def test_who_has_left_opens_no_door() -> None:
    gone = Staff(
        id=SUZUKI.id,
        municipality_id=SUZUKI.municipality_id,
        code="x",
        name="x",
        roles=frozenset(Role),
        active=False,
    )
    seats = [Seat(case_id=A12.id, staff_id=gone.id, role=role) for role in Role]
    assert not any(may(gone, action, case_id=A12.id, seats=seats) for action in Action)


@pytest.mark.rule("DOMAIN-3.7")
async def test_rights_are_listed_as_the_door_opens(office: Office) -> None:
    clerk = await office.hire("clerk", Role.CLERK)
    uow: SqlUnitOfWork = office.uow
    assert await list_rights(uow, staff_id=clerk.id, case_id=A12.id) == frozenset()
    here = await list_rights(uow, staff_id=SATO.id, case_id=A12.id)
    assert {Action.APPROVE_LETTER, Action.WRITE_LETTER, Action.READ_CASE} <= here
    elsewhere = await list_rights(uow, staff_id=SATO.id, case_id=ELSEWHERE)
    assert Action.APPROVE_LETTER not in elsewhere
    assert Action.LOG_CONTACT in elsewhere
    assert await list_rights(uow, staff_id=SATO.id) >= here


@pytest.mark.rule("DOMAIN-3.7")
@pytest.mark.rule("R-022")
async def test_only_cases_that_open_are_offered(office: Office) -> None:
    older = await office.second_case()
    clerk = await office.hire("clerk", Role.CLERK)
    logger = await office.hire("logger", Role.PARTICIPATION_WORKER)

    async def offered(staff: Staff, action: Action) -> set[str]:
        offer = await offer_cases(office.uow, staff_id=staff.id, action=action)
        return {case.alias for case, _ in offer.cases}

    assert await offered(SUZUKI, Action.WRITE_LETTER) == {A12.alias, older.alias}
    assert await offered(clerk, Action.LOG_CONTACT) == set()
    assert await offered(logger, Action.LOG_CONTACT) == {A12.alias, older.alias}
    assert await offered(logger, Action.WRITE_LETTER) == set()
    await office.move_case(CaseState.CLOSED)
    assert await offered(SUZUKI, Action.WRITE_LETTER) == {older.alias}
