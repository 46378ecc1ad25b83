"""Tell somebody of a place, as the first of several steps (R-064)."""

from datetime import datetime

from core.connection_steps import of_household, on_case
from core.ids import CaseId, MatchId, PersonId, PlaceId, StaffId
from core.ports import UnitOfWork
from core.proposals import propose
from core.resources import MATCHING, Match
from core.steps import note_fact, refresh_desks, watchers


async def propose_match(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    person_id: PersonId,
    place_id: PlaceId,
    by: StaffId,
    at: datetime,
) -> Match:
    """The person was told of the place; whether to go and see it is theirs to say.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. NotOfThisHousehold.
        AlreadyProposed: they are on their way with this place.
    """
    async with uow.write() as work:
        hand = await on_case(work, case_id, by=by, allowed=MATCHING)
        await of_household(work, hand.case, person_id)
        place = await work.resources.place(place_id)
        match = Match(
            id=MatchId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case_id,
            person_id=person_id,
            place_id=place.id,
        )
        known = await work.resources.matches_of_case(case_id)
        proposed = propose(match, known=known, by=by, role=hand.role.value, at=at)
        await work.resources.add_match(proposed.match)
        await work.audit.append(proposed.event)
        await note_fact(work, case_id, at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return proposed.match
