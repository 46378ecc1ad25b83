"""Glance at a case whose fields are one's own to direct: its alias, and who leads it."""

from dataclasses import dataclass

from core.access import Action, NotActive, NotYours
from core.agencies import Role
from core.errors import NotFound
from core.ids import AgencyId, CaseId, StaffId
from core.municipal_profiles.escalation import directed_by
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldGlance:
    """What a director sees of such a case: nothing of the person, and no field by name.

    Attributes:
        area, lead: names, "" where there is none.
    """

    alias: str
    area: str
    lead: str


async def glance_field(uow: UnitOfWork, *, case_id: CaseId, viewer: StaffId) -> FieldGlance:
    """The case as a director of one of its fields is told of it.

    Raises:
        NotFound: no such case, or one that a mark closes to them. NotActive.
        NotYours: the newest assessment touches no field of theirs.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(viewer)
        if not staff.active:
            raise NotActive(action=Action.READ_CASE.value)
        if case_id in await work.care_marks.closed_to(viewer):
            raise NotFound(alias=case.alias)
        agencies = {agency.id: agency for agency in await work.towns.agencies()}
        sheets = await work.assessments.of_case(case_id)
        fields = sheets[0].fields if sheets else frozenset()
        if not directed_by(staff, agencies.get(staff.agency_id or AgencyId("")), fields):
            raise NotYours(action=Action.READ_CASE.value, allowed=Role.COORDINATOR.value)
        areas = {area.id: area.name for area in await work.towns.areas()}
        lead = None if case.lead_staff_id is None else await work.staff.get(case.lead_staff_id)
        return FieldGlance(
            alias=case.alias,
            area=areas.get(case.area_id, "") if case.area_id else "",
            lead="" if lead is None else lead.name,
        )
