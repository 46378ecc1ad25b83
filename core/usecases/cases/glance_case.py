"""Glance at a case: what a card in Slack may show of it, and nothing of the person."""

from dataclasses import dataclass
from datetime import datetime

from core.access import Action, require
from core.cases import Case
from core.errors import NotFound
from core.ids import CaseId, ReplyId, StaffId
from core.people import LinkState
from core.ports import UnitOfWork
from core.replies import ReplyState


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseGlance:
    """A case from afar.

    Attributes:
        area: name of its area, "" without one.
        waiting: how many replies nobody has read yet.
        first_waiting: the oldest of them.
        paused_until: until when letters rest, where they do.
    """

    case: Case
    area: str
    waiting: int
    first_waiting: ReplyId | None
    link_state: LinkState
    paused_until: datetime | None


async def glance_case(uow: UnitOfWork, *, case_id: CaseId, viewer: StaffId) -> CaseGlance:
    """The case as a card shows it to `viewer`.

    Raises:
        NotFound: no such case, or one that a mark closes to them. NotYours: no seat on it.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(viewer)
        if case_id in await work.care_marks.closed_to(viewer):
            raise NotFound(alias=case.alias)
        require(staff, Action.READ_CASE, case_id=case_id, seats=await work.staff.seats(case_id))
        areas = {area.id: area.name for area in await work.towns.areas()}
        replies = await work.replies.of_case(case_id)
        waiting = [reply.id for reply in replies if reply.state is ReplyState.KEPT]
        link = await work.links.of_person(case.person_id)
        return CaseGlance(
            case=case,
            area=areas.get(case.area_id, "") if case.area_id else "",
            waiting=len(waiting),
            first_waiting=waiting[-1] if waiting else None,
            link_state=LinkState.UNLINKED if link is None else link.state,
            paused_until=None if link is None else link.paused_until,
        )
