"""What lies on a colleague's desk: the Home page in Slack."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.access import Action, may
from core.agencies import Staff
from core.cases import Case
from core.figure_steps import month_told_to
from core.figures.revisions import MonthRevision
from core.ids import AreaId, CaseId, StaffId
from core.inbound import KeptEvent
from core.letters import Letter
from core.ports import DeskCase, UnitOfWork, Work
from core.quota import QuotaSeen
from core.quota_steps import quota_for
from core.reading_steps import GlassSeen, glass_to_review
from core.reminders import Reminder
from core.reminding import reminders_for


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskView:
    """The desk.

    Attributes:
        to_approve: letters that wait for this colleague, soonest window first, with their cases.
        answered: cases in which somebody wrote back and nobody has read it yet, with how many.
        cases: the colleague's own cases, by alias.
        sent_back: own letters that came back to be rewritten.
        tray: what LINE sent and nobody could read, for those who mind the reception desk.
        today: letters on own cases that are to leave by the end of the day, soonest first.
        areas: names of the areas.
        glass: reads past the usual door that wait to be looked back on, for who does that.
        reminders: what is owed on plans and early links, earliest due first.
        month: the month that was told in the last days, for officers; they find it on the town's
            desk.
        quota: how LINE's month stands, for those who look after it.
    """

    staff: Staff
    to_approve: tuple[tuple[Letter, Case], ...]
    answered: tuple[tuple[Case, int], ...]
    cases: tuple[DeskCase, ...]
    sent_back: tuple[tuple[Letter, Case], ...]
    today: tuple[tuple[Letter, Case], ...]
    areas: dict[AreaId, str]
    tray: tuple[KeptEvent, ...]
    glass: tuple[GlassSeen, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    month: MonthRevision | None = None
    quota: QuotaSeen | None = None


async def show_desk(
    uow: UnitOfWork, *, staff_id: StaffId, day_ends: datetime, limit: int = 100
) -> DeskView:
    """The desk of this colleague; at most `limit` rows in each part.

    Args:
        day_ends: when the reader's local day is over; aware, in the reader's zone.
    """
    async with uow.read() as work:
        staff = await work.staff.get(staff_id)
        closed = await work.care_marks.closed_to(staff_id)
        mine = tuple(
            item
            for item in await work.desk.cases_of(staff_id, limit=limit)
            if item.case.id not in closed
        )
        cases: dict[CaseId, Case] = {item.case.id: item.case for item in mine}
        to_approve = _open(await work.desk.to_approve(staff_id, limit=limit), closed)
        sent_back = _open(await work.desk.sent_back(staff_id, limit=limit), closed)
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
            today=await _today(work, mine, day_ends),
            areas={area.id: area.name for area in await work.towns.areas()},
            glass=await glass_to_review(work, staff),
            reminders=await reminders_for(
                work,
                staff,
                [item.case for item in mine],
                closed=closed,
                today=(day_ends - timedelta(microseconds=1)).date(),
            ),
            month=await month_told_to(work, staff, at=day_ends),
            quota=await quota_for(work, staff, at=day_ends - timedelta(microseconds=1)),
            tray=await work.inbox.tray(limit=limit) if may(staff, Action.READ_RECEPTION) else (),
        )


def _open(letters: tuple[Letter, ...], closed: frozenset[CaseId]) -> tuple[Letter, ...]:
    """Those on cases that no mark closes (R-015)."""
    return tuple(letter for letter in letters if letter.case_id not in closed)


async def _today(
    work: Work, mine: tuple[DeskCase, ...], day_ends: datetime
) -> tuple[tuple[Letter, Case], ...]:
    """What is scheduled on these cases until then."""
    cases = {item.case.id: item.case for item in mine}
    letters = await work.letters.scheduled_on(cases.values(), before=day_ends)
    return tuple((letter, cases[letter.case_id]) for letter in letters)
