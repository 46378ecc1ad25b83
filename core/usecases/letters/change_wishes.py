"""Take down what a person wishes of letters: how often, when, of what, in which words."""

from core.access import Action, NotYours, may, require
from core.ids import StaffId
from core.people import Person
from core.ports import Work


async def _role(work: Work, person: Person, by: StaffId) -> str:
    """In which role it is taken down; on one of the person's cases, by somebody who writes there.

    Raises:
        NotYours.
    """
    staff = await work.staff.get(by)
    for case in await work.cases.of_person(person.id):
        seats = await work.staff.seats(case.id)
        if may(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats):
            return require(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats).role.value
    raise NotYours(action=Action.WRITE_LETTER.value)
