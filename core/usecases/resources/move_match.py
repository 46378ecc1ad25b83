"""Take one step of a match: onwards, back, or out (R-064, R-073)."""

from datetime import datetime, tzinfo

from core import resources
from core.connection_steps import on_case
from core.days import local_day
from core.ids import MatchId, StaffId
from core.ports import UnitOfWork
from core.resources import MATCHING, Match, MatchState
from core.steps import Overtaken, note_fact, refresh_desks, watchers


async def move_match(
    uow: UnitOfWork,
    *,
    match_id: MatchId,
    version: int,
    to: MatchState,
    person_wishes: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    because_solved: bool = False,
) -> Match:
    """One step, by the person's own wish.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. Overtaken.
        MatchStepTooFar, PersonNotAsked, HostNotAssessed, HostWithoutHelp, PlaceStaysOpen.
    """
    async with uow.write() as work:
        match = await work.resources.match(match_id)
        if match.version != version:
            raise Overtaken(what="match")
        hand = await on_case(work, match.case_id, by=by, allowed=MATCHING)
        moved = resources.move_match(
            match,
            to=to,
            place=await work.resources.place(match.place_id),
            person_wishes=person_wishes,
            by=by,
            role=hand.role.value,
            at=at,
            on=local_day(at, tz=tz),
            because_solved=because_solved,
        )
        if not await work.resources.change_match(moved.match, version=version):
            raise Overtaken(what="match")
        await work.audit.append(moved.event)
        await note_fact(work, match.case_id, at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return moved.match
