"""Note a visit to the host of a match (定着支援, S0 第3-2(4)②)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.connection_steps import by_now, connection_event, on_case
from core.days import local_day
from core.ids import MatchId, StaffId
from core.ports import UnitOfWork
from core.resources import MATCHING, Match
from core.steps import Overtaken, refresh_desks, watchers


async def visit_host(
    uow: UnitOfWork,
    *,
    match_id: MatchId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    visited_on: date | None = None,
) -> Match:
    """The worker saw the host.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. Overtaken, DayAhead.
    """
    async with uow.write() as work:
        match = await work.resources.match(match_id)
        hand = await on_case(work, match.case_id, by=by, allowed=MATCHING)
        on = by_now(visited_on, today=local_day(at, tz=tz))
        now = replace(match, host_visits=(*match.host_visits, on), version=version + 1)
        if match.version != version or not await work.resources.change_match(now, version=version):
            raise Overtaken(what="match")
        await work.audit.append(
            connection_event(
                "match.host_visited",
                subject=match.id,
                by=by,
                role=hand.role,
                at=at,
                case_id=match.case_id,
            )
        )
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return now
