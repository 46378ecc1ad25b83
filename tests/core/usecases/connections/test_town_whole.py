"""The practice town as a whole: who helps whom, who lives with whom, who sits at which table."""

from datetime import date, datetime

import pytest

from bots.loading import load_whole
from bots.profiles.reader import profile_of
from bots.town import read_town, shipped_towns
from core.agencies import SiteType
from core.fields import Field
from core.meetings.bodies import SeatKind
from core.programmes import Programme
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.whole import unchanged
from tests.people import MONDAY, TOKYO

LATER = datetime(2027, 1, 12, 10, 0, tzinfo=TOKYO)


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """みどり市, loaded with everything."""
    read = read_town("practice", at=MONDAY, tz=TOKYO)
    changed = await load_whole(unit_of_work, read, at=MONDAY, tz=TOKYO)
    assert changed["bodies"] == 3
    return unit_of_work


async def test_loading_the_whole_town_twice_changes_nothing(
    store: Store, town: SqlUnitOfWork
) -> None:
    read = read_town("practice", at=LATER, tz=TOKYO)
    async with unchanged(store):
        assert sum((await load_whole(town, read, at=LATER, tz=TOKYO)).values()) == 0


@pytest.mark.parametrize("name", [name for name in shipped_towns() if name != "practice"])
async def test_the_other_shipped_towns_load_with_the_bodies_of_their_profile(
    unit_of_work: SqlUnitOfWork, name: str
) -> None:
    read = read_town(name, at=MONDAY, tz=TOKYO)
    loaded = await load_whole(unit_of_work, read, at=MONDAY, tz=TOKYO)
    assert loaded["bodies"] == len(profile_of(read).bodies)
    assert loaded["members"] >= sum(len(one.sits_in) for one in read.staff)
    again = await load_whole(unit_of_work, read, at=LATER, tz=TOKYO)
    assert sum(again.values()) == 0


async def test_organisations_say_what_they_do_and_where_they_are_reached(
    town: SqlUnitOfWork,
) -> None:
    async with town.read() as work:
        agencies = {agency.code: agency for agency in await work.towns.agencies()}
        areas = {area.code: area.id for area in await work.towns.areas()}
        providers = await work.towns.providers()
    npo, elders = agencies["hidamari"], agencies["hokatsu"]
    assert npo.is_contractor and npo.under_contract(date(2026, 11, 30))
    assert not npo.under_contract(date(2030, 4, 1))
    assert not npo.under_contract(date(2025, 3, 31))
    assert elders.fields == {Field.ELDER} and elders.area_ids == {areas["nishi"], areas["kawa"]}
    assert agencies["byoin"].takes_emergencies
    (outreach,) = [one for one in providers if one.programme is Programme.OUTREACH]
    assert outreach.agency_id == agencies["midori-city"].id and outreach.by == npo.id
    assert outreach.runs(date(2026, 11, 30)) and not outreach.runs(date(2025, 3, 31))
    assert SiteType.COMMUNITY in {one.site_type for one in providers}


async def test_households_say_who_their_members_are_to_one_another(town: SqlUnitOfWork) -> None:
    async with town.read() as work:
        son = await work.people.by_code("G")
        assert son is not None and son.household_id is not None
        home = await work.people.household(son.household_id)
        living = await work.people.members(home.id)
    assert [(m.relation, m.role) for m in home.members] == [("本人", ""), ("父", "家計")]
    assert {person.id for person in living} == {member.person_id for member in home.members}
    assert home.livelihood == ("父の年金", "家賃収入")


@pytest.mark.rule("R-031", "R-041", "R-080")
async def test_every_body_has_its_people_pledged_and_noticed(town: SqlUnitOfWork) -> None:
    async with town.read() as work:
        bodies = {body.name: body for body in await work.bodies.all()}
        seated = {one.id: one for one in await work.bodies.participants()}
        pledged = {pledge.participant_id for pledge in await work.bodies.pledges()}
    body = bodies["みどり重層会議"]
    present = [seated[m.holder.participant_id] for m in body.members if m.holder.participant_id]
    seats = frozenset().union(*(one.stands_for for one in present))
    assert {
        SeatKind.CHAIR,
        SeatKind.SECRETARIAT,
        SeatKind.CLERK,
        SeatKind.MUNICIPALITY,
        SeatKind.MULTI_AGENCY,
        SeatKind.OUTREACH,
        SeatKind.PARTICIPATION,
    } <= seats
    assert body.roster is not None and len(body.roster.holders) == len(body.members)
    assert all(member.notice_given_at is not None for member in body.members)
    assert pledged == set(seated)


async def test_places_are_there_and_belong_to_the_record_afterwards(town: SqlUnitOfWork) -> None:
    async with town.read() as work:
        places = await work.resources.places()
    assert {"お昼の会", "なぎさの部屋", "みどり木工"} <= {place.name for place in places}
