"""The owning desk takes a query up as a case, or has answered it (R-001)."""

from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import CaseId, QueryId, StaffId
from core.municipal_profiles.profile import MunicipalProfile
from core.municipal_profiles.routing import desk
from core.ports import UnitOfWork
from core.queries import Query, QueryElsewhere, answered
from core.query_steps import owns
from core.steps import Overtaken


async def take_up_query(
    uow: UnitOfWork,
    *,
    profile: MunicipalProfile,
    query_id: QueryId,
    version: int,
    by: StaffId,
    at: datetime,
    case_id: CaseId | None = None,
) -> Query:
    """Taken up; those who took it down see that it was received.

    Args:
        case_id: the case that was opened for it; None: it was answered without one.

    Raises:
        NotFound. NotActive, NotYours: cases are not theirs to open. QueryElsewhere.
        QueryTakenUp. Overtaken.
    """
    async with uow.write() as work:
        staff = await work.staff.get(by)
        role = require(staff, Action.CREATE_CASE).role
        query = await work.queries.get(query_id)
        if not await owns(work, staff, query):
            name = desk(profile, query.owner_desk).name
            raise QueryElsewhere(desk=name, allowed=query.owner_desk)
        if case_id is not None:
            await work.cases.get(case_id)
        now = answered(query, by=by, case_id=case_id)
        if query.version != version or not await work.queries.change(now, version=version):
            raise Overtaken(what="query")
        await work.audit.append(
            AuditEvent(
                action=f"query.{now.state.value.lower()}",
                at=at,
                actor=by,
                role=role.value,
                subject=query_id,
                case_id=case_id,
                was=query.state.value,
                now=now.state.value,
                evidence=(f"desk={query.taken_at_desk}",),
            )
        )
        await work.commit()
        return now
