"""What a case leaves behind when it ends otherwise than by its closing: nothing stays open [D].

After a death, a move, or the end of what was never agreed on, nobody is called to a meeting about
it, no plan falls due, and no place is kept for somebody who does not come.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from core.agencies import Role
from core.cases import Case
from core.fallen import ARRANGED
from core.ids import StaffId
from core.meeting_steps import keep_change
from core.meetings.changes import without_item
from core.meetings.items import AgendaItem
from core.meetings.sittings import BEFORE_HELD
from core.plan_steps import keep as keep_plan
from core.plans.leaving import plan_left
from core.ports import Work
from core.programmes import Programme
from core.resources import MatchState, move_match
from core.steps import Overtaken

EVERY: frozenset[Programme] = frozenset(Programme)


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """Who brings a case to its end, and why.

    Attributes:
        programmes: whose course ends; all of them where the case ends.
        reason: a code or a staff text, as the audit keeps it.
    """

    by: StaffId
    role: Role
    at: datetime
    today: date
    reason: str
    programmes: Collection[Programme] = EVERY


async def leave_nothing_open(work: Work, case: Case, leaving: Leaving) -> None:
    """Items that were not held come off their agendas, plans end, and, where all of the case
    ends, places that others still arrange for the person are free again.

    A tie that holds is the person's own and stays (R-073).

    Raises:
        Overtaken: a record was changed in the meantime.
    """
    await _off_the_agendas(work, case, leaving)
    for plan in await work.plans.of_case(case.id):
        if plan.programme not in leaving.programmes:
            continue
        left = plan_left(
            plan, reason=leaving.reason, by=leaving.by, role=leaving.role, at=leaving.at
        )
        if left is not None:
            await keep_plan(work, left, was=plan)
    if Programme.PARTICIPATION in leaving.programmes:
        await _free_the_places(work, case, leaving)


async def _off_the_agendas(work: Work, case: Case, leaving: Leaving) -> None:
    for meeting in await work.meetings.open():
        if meeting.state not in BEFORE_HELD:
            continue
        now = meeting
        for item in meeting.live:
            if not _is_about(item, case, leaving):
                continue
            now = await keep_change(
                work,
                now,
                without_item(now, item.id),
                action="agenda_item.dropped",
                by=leaving.by,
                role=leaving.role,
                at=leaving.at,
                item=item,
                reason=leaving.reason,
            )


def _is_about(item: AgendaItem, case: Case, leaving: Leaving) -> bool:
    """An item that names no programme speaks of the case as a whole."""
    if item.case_id != case.id:
        return False
    whole = frozenset(leaving.programmes) >= EVERY
    return whole or (bool(item.programmes) and item.programmes <= frozenset(leaving.programmes))


async def _free_the_places(work: Work, case: Case, leaving: Leaving) -> None:
    for match in await work.resources.matches_of_case(case.id):
        if match.person_id != case.person_id or match.state not in ARRANGED:
            continue
        moved = move_match(
            match,
            to=MatchState.ENDED,
            place=await work.resources.place(match.place_id),
            person_wishes=False,
            by=leaving.by,
            role=leaving.role.value,
            at=leaving.at,
            on=leaving.today,
        )
        if not await work.resources.change_match(moved.match, version=match.version):
            raise Overtaken(what="match")
        await work.audit.append(moved.event)
