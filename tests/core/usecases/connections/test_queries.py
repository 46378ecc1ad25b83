"""What is brought to a desk: taken down always, owned by the desk that the profile names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.profiles.reader import read_profile
from core.access import NotYours
from core.agencies import Agency, Role, Staff
from core.ids import AgencyId, StaffId
from core.municipal_profiles.routing import NoSuchDesk
from core.queries import Query, QueryElsewhere, QueryEmpty, QuerySeen, QueryState, QueryTakenUp
from core.steps import Overtaken
from core.usecases.queries.take_down_query import take_down_query
from core.usecases.queries.take_up_query import take_up_query
from core.usecases.town.show_town import show_town
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import YAMADA
from tests.core.usecases.whole import refused
from tests.people import A12, MIDORI, MONDAY, SUZUKI

TOYONAKA = read_profile("toyonaka")
KOSAKA = read_profile("kosaka")
HEARD = "荷物で玄関がふさがっている家があります"


async def _works(uow: SqlUnitOfWork, code: str, desk: str, *roles: Role) -> Staff:
    """A colleague of the organisation that has the desk's code."""
    agency = Agency(id=AgencyId(f"agency-{desk}"), municipality_id=MIDORI, code=desk, name=desk)
    colleague = replace(
        YAMADA,
        id=StaffId(f"staff-{code}"),
        code=code,
        name=code,
        roles=frozenset(roles),
        agency_id=agency.id,
    )
    async with uow.write() as work:
        await work.towns.put_agency(agency)
        await work.staff.put(colleague)
        await work.commit()
    return colleague


async def _seen(uow: SqlUnitOfWork, who: Staff, profile: str) -> QuerySeen:
    (seen,) = (await show_town(uow, by=who.id, profile=read_profile(profile))).queries
    return seen


async def _taken_up(uow: SqlUnitOfWork, query: Query, who: Staff, profile: str) -> Query:
    return await take_up_query(
        uow,
        profile=read_profile(profile),
        query_id=query.id,
        version=query.version,
        by=who.id,
        at=MONDAY + timedelta(hours=1),
        case_id=A12.id,
    )


@pytest.mark.rule("MA-8", "R-001", "R-027")
async def test_toyonaka_s_volunteer_is_told_that_it_was_received_and_nothing_else(
    store: Store, midori: SqlUnitOfWork
) -> None:
    volunteer = await _works(midori, "volunteer", "nandemo", Role.COMMUNITY_SUPPORTER)
    csw = await _works(midori, "csw-1", "csw", Role.COORDINATOR)
    query = await take_down_query(
        midori, profile=TOYONAKA, desk="nandemo", words=HEARD, by=volunteer.id, at=MONDAY
    )
    assert query.owner_desk == "csw"
    theirs = await _seen(midori, volunteer, "toyonaka")
    assert (theirs.words, theirs.state, theirs.received) == (None, None, False)
    owned = await _seen(midori, csw, "toyonaka")
    assert (owned.words, owned.state) == (HEARD, QueryState.WAITING)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await _taken_up(midori, query, volunteer, "toyonaka")
    await _taken_up(midori, query, csw, "toyonaka")
    theirs = await _seen(midori, volunteer, "toyonaka")
    assert (theirs.words, theirs.state, theirs.received) == (None, None, True)
    assert (await show_town(midori, by=SUZUKI.id, profile=TOYONAKA)).queries == ()


@pytest.mark.rule("MA-12", "R-001")
async def test_kosaka_s_branch_sees_how_it_stands_and_marunet_owns_it(
    store: Store, midori: SqlUnitOfWork
) -> None:
    branch = await _works(midori, "branch", "shakyo", Role.INTAKE_WORKER)
    marunet = await _works(midori, "marunet-1", "marunet", Role.INTAKE_WORKER)
    query = await take_down_query(
        midori, profile=KOSAKA, desk="shakyo", words=HEARD, by=branch.id, at=MONDAY
    )
    theirs = await _seen(midori, branch, "kosaka")
    assert (theirs.owner, theirs.words, theirs.state) == ("まるねっと", None, QueryState.WAITING)
    async with refused(store, QueryElsewhere, rule="DOMAIN-5"):
        await _taken_up(midori, query, branch, "kosaka")
    taken = await _taken_up(midori, query, marunet, "kosaka")
    theirs = await _seen(midori, branch, "kosaka")
    assert (theirs.words, theirs.state) == (None, QueryState.TAKEN_UP)
    async with refused(store, QueryTakenUp, rule="DOMAIN-5"):
        await _taken_up(midori, taken, marunet, "kosaka")


@pytest.mark.rule("R-001")
async def test_a_query_needs_words_and_a_desk_and_nothing_else(
    store: Store, midori: SqlUnitOfWork
) -> None:
    branch = await _works(midori, "branch", "shakyo", Role.INTAKE_WORKER)
    marunet = await _works(midori, "marunet-1", "marunet", Role.INTAKE_WORKER)
    asked = {"profile": KOSAKA, "by": branch.id, "at": MONDAY}
    async with refused(store, QueryEmpty, rule="R-001"):
        await take_down_query(midori, desk="shakyo", words=" ", **asked)  # type: ignore[arg-type]
    async with refused(store, NoSuchDesk, rule="DOMAIN-5"):
        await take_down_query(midori, desk="nowhere", words=HEARD, **asked)  # type: ignore[arg-type]
    query = await take_down_query(midori, desk="shakyo", words="?", **asked)  # type: ignore[arg-type]
    async with refused(store, Overtaken, rule="HOUSE-11"):
        await _taken_up(midori, replace(query, version=7), marunet, "kosaka")
    settled = await take_up_query(
        midori, profile=KOSAKA, query_id=query.id, version=1, by=marunet.id, at=MONDAY
    )
    assert (settled.state, settled.case_id) == (QueryState.SETTLED, None)


async def test_where_no_organisation_has_the_desk_s_code_any_intake_takes_it_up(
    midori: SqlUnitOfWork,
) -> None:
    branch = await _works(midori, "branch", "shakyo", Role.COMMUNITY_SUPPORTER)
    query = await take_down_query(
        midori, profile=KOSAKA, desk="shakyo", words=HEARD, by=branch.id, at=MONDAY
    )
    async with midori.read() as work:
        suzuki = await work.staff.get(SUZUKI.id)
    assert (await _taken_up(midori, query, suzuki, "kosaka")).state is QueryState.TAKEN_UP
