"""What lies on a colleague's desk: the Home page in Slack."""

from dataclasses import dataclass

from core.agencies import Staff
from core.cases import Case
from core.ids import CaseId, StaffId
from core.letters import Letter
from core.ports import DeskCase, UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskView:
    """The desk.

    Attributes:
        to_approve: letters that wait for this colleague, soonest window first, with their cases.
        answered: cases in which somebody wrote back and nobody has read it yet, with how many.
        cases: the colleague's own cases, by alias.
        sent_back: own letters that came back to be rewritten.
    """

    staff: Staff
    to_approve: tuple[tuple[Letter, Case], ...]
    answered: tuple[tuple[Case, int], ...]
    cases: tuple[DeskCase, ...]
    sent_back: tuple[tuple[Letter, Case], ...]


async def show_desk(uow: UnitOfWork, *, staff_id: StaffId, limit: int = 100) -> DeskView:
    """The desk of this colleague; at most `limit` rows in each part."""
    async with uow.read() as work:
        staff = await work.staff.get(staff_id)
        mine = await work.desk.cases_of(staff_id, limit=limit)
        cases: dict[CaseId, Case] = {item.case.id: item.case for item in mine}
        to_approve = await work.desk.to_approve(staff_id, limit=limit)
        sent_back = await work.desk.sent_back(staff_id, limit=limit)
        for letter in (*to_approve, *sent_back):
            if letter.case_id not in cases:
                cases[letter.case_id] = await work.cases.get(letter.case_id)
        waiting = await work.replies.waiting([item.case.id for item in mine])
        return DeskView(
            staff=staff,
            to_approve=tuple((letter, cases[letter.case_id]) for letter in to_approve),
            answered=tuple(
                (item.case, waiting[item.case.id]) for item in mine if item.case.id in waiting
            ),
            cases=mine,
            sent_back=tuple((letter, cases[letter.case_id]) for letter in sent_back),
        )
