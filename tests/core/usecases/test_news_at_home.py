"""What happens to one of a household is news for the letters to the others."""

from dataclasses import replace

import pytest

from core.agencies import Role, Seat
from core.ids import CaseId, HouseholdId, PersonId
from core.letters import LetterState, Reason
from core.people import Household
from tests.core.usecases.office import Office
from tests.people import A12, MIDORI, SATO, A

HOME = HouseholdId("household-a")
FATHER = PersonId("person-father")
FATHERS = CaseId("case-father")


async def fathers_case(office: Office, *, household: HouseholdId | None) -> None:
    """A's father has a case of his own; `household` is where he lives."""
    async with office.uow.write() as work:
        await work.people.put_household(
            Household(id=HOME, municipality_id=MIDORI, code="h-a", label="A世帯")
        )
        await work.people.put(replace(await work.people.get(A.id), household_id=HOME))
        await work.people.put(replace(A, id=FATHER, code="A父", household_id=household))
        await work.cases.add(
            replace(A12, id=FATHERS, case_no="2026-0099", alias="A-99", person_id=FATHER)
        )
        await work.staff.put_seat(
            Seat(case_id=FATHERS, staff_id=SATO.id, role=Role.OUTREACH_WORKER)
        )
        await work.commit()


@pytest.mark.rule("S5", "G-22")
async def test_what_happens_to_the_father_holds_the_letter_to_the_son(office: Office) -> None:
    await fathers_case(office, household=HOME)
    letter = await office.approved()
    await office.log(case_id=FATHERS)
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT)


@pytest.mark.rule("S5")
async def test_somebody_of_another_household_holds_nothing(office: Office) -> None:
    await fathers_case(office, household=None)
    letter = await office.approved()
    await office.log(case_id=FATHERS)
    assert (await office.stands(letter))[0] is LetterState.SCHEDULED
