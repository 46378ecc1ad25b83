"""Offer the cases on which a colleague may do something, for choosing one of them."""

from dataclasses import dataclass

from core.access import Action, may
from core.cases import WRITABLE, Case
from core.ids import StaffId
from core.ports import UnitOfWork

MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What can be chosen from.

    Attributes:
        cases: each with the name of its area ("" without one), the colleague's own first.
        account: how the LINE account is called on a lock screen.
    """

    cases: tuple[tuple[Case, str], ...]
    account: str


async def offer_cases(
    uow: UnitOfWork, *, staff_id: StaffId, action: Action, limit: int = MOST
) -> Offer:
    """The cases open to this action; for letters only those on which letters are written.

    A case that a mark closes to the colleague is not among them (R-015).
    """
    async with uow.read() as work:
        staff = await work.staff.get(staff_id)
        seats = await work.staff.seats_of(staff_id)
        own = [item.case for item in await work.desk.cases_of(staff_id, limit=limit)]
        chosen = {case.id: case for case in own}
        if may(staff, action):
            chosen |= {c.id: c for c in await work.cases.all() if c.id not in chosen}
        for case_id in await work.care_marks.closed_to(staff_id):
            chosen.pop(case_id, None)
        areas = {area.id: area.name for area in await work.towns.areas()}
        fitting = [
            (case, areas.get(case.area_id, "") if case.area_id else "")
            for case in chosen.values()
            if may(staff, action, case_id=case.id, seats=seats)
            and (action is not Action.WRITE_LETTER or case.state in WRITABLE)
        ]
        return Offer(cases=tuple(fitting[:limit]), account=(await work.towns.get()).account_name)
