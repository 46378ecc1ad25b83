"""Whatever is known of organisations, people and what connects them, the store gives it back."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.agencies import Agency, Provider, Staff
from core.connect_sheets import ConnectSheet
from core.disclosure import Disclosure
from core.ids import AgencyId, PlaceId
from core.inquiries import Inquiry
from core.people import Household, Person
from core.ports import UnitOfWork, Work
from core.queries import Query, QueryState
from core.referrals.record import Referral
from core.resources import GapState, Match, MatchState, ParticipationPlace, ResourceGap
from tests.databases import new_id
from tests.people import A12, MIDORI, SATO, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# PostgreSQL has no NUL in text; lone surrogates are not text.
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
st.register_type_strategy(str, words)
st.register_type_strategy(datetime, moments)
OFFICE = AgencyId("agency-office")
HOST = AgencyId("agency-host")
NPO = (
    Agency(id=OFFICE, municipality_id=MIDORI, code="office", name="窓口"),
    Agency(id=HOST, municipality_id=MIDORI, code="host", name="居場所"),
)
GIVEN: dict[str, Any] = {
    "municipality_id": st.just(MIDORI),
    "case_id": st.just(A12.id),
    "person_id": st.just(A.id),
    "member_id": st.just(A.id),
    "from_agency_id": st.just(OFFICE),
    "to_agency_id": st.just(HOST),
    "host_agency_id": st.just(HOST),
    "from_staff_id": st.just(SATO.id),
    "agency_id": st.just(OFFICE),
    "outsourced_to": st.sampled_from([None, HOST]),
    "household_id": st.none(),
    "area_id": st.none(),
    "code": st.builds(new_id),
    "id": st.builds(new_id),
    "slack_team_id": st.none(),
    "slack_user_id": st.none(),
    "version": st.integers(1, 1000),
    "at": moments,
}


def any_of(kind: type[Any], **given: Any) -> Any:
    """Records of this kind, every field of it filled at will."""
    hints = get_type_hints(kind)
    known = GIVEN | given
    return st.builds(
        kind,
        **{
            field.name: known.get(field.name, st.from_type(hints[field.name]))
            for field in fields(kind)
        },
    )


@pytest.fixture
async def town(midori: UnitOfWork) -> UnitOfWork:
    """Midori with two organisations."""
    async with midori.write() as work:
        for agency in NPO:
            await work.towns.put_agency(agency)
        await work.commit()
    return midori


@few
@given(agency=any_of(Agency), provider=any_of(Provider, since=st.none()))
async def test_organisations(town: UnitOfWork, agency: Agency, provider: Provider) -> None:
    async with town.write() as work:
        await work.towns.put_agency(agency)
        await work.towns.put_provider(provider)
        assert agency in await work.towns.agencies()
        assert provider in await work.towns.providers()


@few
@given(staff=any_of(Staff), person=any_of(Person), household=any_of(Household))
async def test_people(town: UnitOfWork, staff: Staff, person: Person, household: Household) -> None:
    async with town.write() as work:
        await work.staff.put(staff)
        await work.people.put(person)
        await work.people.put_household(household)
        assert await work.staff.get(staff.id) == staff
        assert await work.people.get(person.id) == person
        assert await work.people.household(household.id) == household
        assert await work.people.household_by_code(household.code) == household


async def _place(work: Work) -> PlaceId:
    place = PlaceId(new_id())
    await work.resources.add_place(
        ParticipationPlace(
            id=place,
            municipality_id=MIDORI,
            kind=next(iter(PLACE_KINDS)),
            name="お昼の会",
            host_agency_id=HOST,
        )
    )
    return place


PLACE_KINDS = tuple(get_type_hints(ParticipationPlace)["kind"])


@few
@given(
    referral=any_of(Referral, explained_at=moments, plan_id=st.none()),
    sheet=any_of(ConnectSheet),
)
async def test_referrals_and_sheets(
    town: UnitOfWork, referral: Referral, sheet: ConnectSheet
) -> None:
    async with town.write() as work:
        await work.referrals.add(referral)
        await work.referrals.add_sheet(sheet)
        assert await work.referrals.get(referral.id) == referral
        assert await work.referrals.sheet(sheet.id) == sheet


@few
@given(inquiry=any_of(Inquiry), disclosure=any_of(Disclosure))
async def test_what_was_asked_and_given(
    town: UnitOfWork, inquiry: Inquiry, disclosure: Disclosure
) -> None:
    async with town.write() as work:
        await work.disclosures.add_inquiry(inquiry)
        await work.disclosures.add(disclosure)
        assert inquiry in await work.disclosures.inquiries(A12.id)
        assert disclosure in await work.disclosures.of_case(A12.id)


@few
@given(query=any_of(Query, taken_by=st.just(SATO.id), taken_at=moments))
async def test_queries(town: UnitOfWork, query: Query) -> None:
    taken_up = query.state is QueryState.TAKEN_UP
    kept = replace(query, case_id=A12.id if taken_up else None)
    async with town.write() as work:
        await work.queries.add(kept)
        assert await work.queries.get(kept.id) == kept


@few
@given(
    place=any_of(ParticipationPlace),
    match=any_of(Match, state=st.sampled_from(sorted(set(MatchState) - {MatchState.STABLE}))),
    gap=any_of(ResourceGap, state=st.just(GapState.OPEN), closed_by=st.none()),
)
async def test_places_matches_and_gaps(
    town: UnitOfWork, place: ParticipationPlace, match: Match, gap: ResourceGap
) -> None:
    async with town.write() as work:
        at = await _place(work)
        await work.resources.add_place(place)
        placed = _at(match, at)
        await work.resources.add_match(placed)
        await work.resources.add_gap(gap)
        assert await work.resources.place(place.id) == place
        assert await work.resources.match(placed.id) == placed
        assert await work.resources.gap(gap.id) == gap


def _at(match: Match, place: PlaceId) -> Match:
    return replace(match, place_id=place)
