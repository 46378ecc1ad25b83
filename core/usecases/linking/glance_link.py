"""Glance at an account that a code was sent from: what its card in Slack may show."""

import enum
from dataclasses import dataclass

from core.access import Action, may, require
from core.errors import NotFound
from core.ids import CaseId, LinkId, StaffId
from core.ports import UnitOfWork


class LinkAsked(enum.StrEnum):
    """Where the question stands.

    ASKED: is this the right person. YES, NO: a colleague has said so. TAKEN: the code came from
    an account that is somebody else's, and nothing was linked.
    """

    ASKED = "ASKED"
    YES = "YES"
    NO = "NO"
    TAKEN = "TAKEN"


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGlance:
    """The question about an account; names nobody.

    Attributes:
        may_answer: the viewer may say はい or ちがいます.
    """

    case_id: CaseId
    alias: str
    area: str
    link_id: LinkId
    asked: LinkAsked
    may_answer: bool


async def glance_link(
    uow: UnitOfWork, *, link_id: LinkId, case_id: CaseId, viewer: StaffId
) -> LinkGlance:
    """The question as it stands now.

    Raises:
        NotFound: no such case, or one that a mark closes to them. NotYours: no seat on it.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(viewer)
        if case_id in await work.care_marks.closed_to(viewer):
            raise NotFound(alias=case.alias)
        seats = await work.staff.seats(case_id)
        require(staff, Action.READ_CASE, case_id=case_id, seats=seats)
        link = await work.links.get(link_id)
        areas = {area.id: area.name for area in await work.towns.areas()}
        if link.person_id == case.person_id:
            asked = LinkAsked.YES if link.unconfirmed_since is None else LinkAsked.ASKED
        else:
            asked = LinkAsked.NO if link.person_id is None else LinkAsked.TAKEN
        return LinkGlance(
            case_id=case_id,
            alias=case.alias,
            area=areas.get(case.area_id, "") if case.area_id else "",
            link_id=link_id,
            asked=asked,
            may_answer=may(staff, Action.ISSUE_LINK_CODE, case_id=case_id, seats=seats),
        )
