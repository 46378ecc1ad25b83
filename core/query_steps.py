"""Whose query it is, and what a colleague sees of it, inside an open transaction."""

from core.access import Action, may
from core.agencies import Staff
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import Work
from core.queries import Query, QuerySeen, seen_by


async def works_at(work: Work, staff: Staff, desk_code: str) -> bool:
    """Whether a colleague works at this desk: of the organisation that has the desk's code.

    Where no organisation has it, whoever may open a case at all works there [D].
    """
    there = [agency for agency in await work.towns.agencies() if agency.code == desk_code]
    if there:
        return staff.agency_id in {agency.id for agency in there}
    return may(staff, Action.CREATE_CASE)


async def owns(work: Work, staff: Staff, query: Query) -> bool:
    """Whether the query is this colleague's to take up."""
    return await works_at(work, staff, query.owner_desk) and may(staff, Action.CREATE_CASE)


async def queries_for(
    work: Work, staff: Staff, profile: MunicipalProfile | None
) -> tuple[QuerySeen, ...]:
    """What this colleague sees: their desk's own, and what they took down; newest first."""
    if profile is None or not profile.desks:
        return ()
    known = {desk.code for desk in profile.desks}
    found = []
    for query in await work.queries.newest():
        if not {query.taken_at_desk, query.owner_desk} <= known:
            continue
        mine = await owns(work, staff, query)
        if mine or query.taken_by == staff.id:
            found.append(seen_by(query, profile=profile, owns=mine))
    return tuple(found)
