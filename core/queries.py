"""Queries taken down at a desk, and the desk that owns them (R-001, MA-8, MA-12).

Whatever somebody brings, at whatever desk, is taken down. The municipality's profile says which
desk owns what was taken down where, and what those who took it down see of it afterwards.
"""

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import CaseworkError
from core.ids import CaseId, MunicipalityId, QueryId, StaffId
from core.municipal_profiles.profile import MunicipalProfile, Seen
from core.municipal_profiles.routing import desk, owner, seen_at


class QueryState(enum.StrEnum):
    """Waiting for its desk, followed by a case, or answered without one."""

    WAITING = "WAITING"
    TAKEN_UP = "TAKEN_UP"
    SETTLED = "SETTLED"


class QueryEmpty(CaseworkError):
    """A query says something; nothing else is asked of it (R-001). Facts: `allowed`."""

    rule = "R-001"


class QueryElsewhere(CaseworkError):
    """Another desk owns this query. Facts: `desk` (its name), `allowed`."""

    rule = "DOMAIN-5"


class QueryTakenUp(CaseworkError):
    """Somebody took it up already. Facts: `allowed`."""

    rule = "DOMAIN-5"


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """One query.

    Attributes:
        taken_at_desk, owner_desk: codes of the profile's desks.
        words: what was brought, as it was said; sealed where stored.
        case_id: the case that followed.
        settled_by: who took it up, or answered it.
    """

    id: QueryId
    municipality_id: MunicipalityId
    taken_at_desk: str
    owner_desk: str
    taken_by: StaffId
    taken_at: datetime
    words: str
    state: QueryState = QueryState.WAITING
    case_id: CaseId | None = None
    settled_by: StaffId | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class QuerySeen:
    """A query as somebody sees it; what they do not see is None.

    Attributes:
        desk, owner: names of the desks.
        received: the owning desk has taken it up or answered it (受け止めました).
        state: not for those who see only that it was received.
        words: for the owning desk alone, or where nothing was passed on.
    """

    id: QueryId
    desk: str
    owner: str
    taken_at: datetime
    received: bool
    state: QueryState | None
    words: str | None
    owned: bool
    version: int


def take_down(
    id_: QueryId,
    *,
    municipality_id: MunicipalityId,
    profile: MunicipalProfile,
    desk_code: str,
    words: str,
    by: StaffId,
    at: datetime,
) -> Query:
    """A query, and the desk that owns it.

    Raises:
        NoSuchDesk: the profile has no such desk. QueryEmpty.
    """
    if not words.strip():
        raise QueryEmpty(allowed="WRITE_DOWN")
    return Query(
        id=id_,
        municipality_id=municipality_id,
        taken_at_desk=desk_code,
        owner_desk=owner(profile, desk_code).code,
        taken_by=by,
        taken_at=at,
        words=words.strip(),
    )


def answered(query: Query, *, by: StaffId, case_id: CaseId | None) -> Query:
    """Taken up as a case, or answered without one.

    Raises:
        QueryTakenUp: somebody did so before.
    """
    if query.state is not QueryState.WAITING:
        raise QueryTakenUp(allowed=query.state.value)
    state = QueryState.SETTLED if case_id is None else QueryState.TAKEN_UP
    return replace(query, state=state, case_id=case_id, settled_by=by, version=query.version + 1)


def seen_by(query: Query, *, profile: MunicipalProfile, owns: bool) -> QuerySeen:
    """The query as one sees it who works at the owning desk, or who took it down elsewhere."""
    how = Seen.EVERYTHING if owns else seen_at(profile, query.taken_at_desk)
    everything = how is Seen.EVERYTHING
    return QuerySeen(
        id=query.id,
        desk=desk(profile, query.taken_at_desk).name,
        owner=desk(profile, query.owner_desk).name,
        taken_at=query.taken_at,
        received=query.state is not QueryState.WAITING,
        state=None if how is Seen.RECEIVED else query.state,
        words=query.words if everything else None,
        owned=owns,
        version=query.version,
    )
