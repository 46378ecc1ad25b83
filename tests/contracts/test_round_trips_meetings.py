"""Whatever is known of bodies, their people and their sittings, the store gives it back."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.agencies import Agency
from core.basis import Basis
from core.ids import AgencyId
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.items import AgendaItem, Ground
from core.meetings.pledges import Pledge
from core.meetings.sittings import Block, Meeting
from core.ports import UnitOfWork
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
DESK = AgencyId("agency-desk")
GIVEN: dict[str, Any] = {
    "municipality_id": st.just(MIDORI),
    "requested_by": st.just(SATO.id),
    "case_id": st.sampled_from([None, A12.id]),
    "person_id": st.sampled_from([None, A.id]),
    "staff_id": st.sampled_from([None, SATO.id]),
    "agency_id": st.sampled_from([None, DESK]),
    "id": st.builds(new_id),
    "version": st.integers(1, 1000),
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


# The database keeps the four timings out of case talks.
grounds = any_of(Ground, basis=st.sampled_from([Basis.SHIEN, Basis.JUSO, Basis.OTHER]))
items = any_of(AgendaItem, ground=st.none() | grounds)
sittings = any_of(Meeting, items=st.lists(items, max_size=3).map(tuple))


@pytest.fixture
async def town(midori: UnitOfWork) -> UnitOfWork:
    """Midori with an organisation."""
    async with midori.write() as work:
        await work.towns.put_agency(
            Agency(id=DESK, municipality_id=MIDORI, code="desk", name="窓口")
        )
        await work.commit()
    return midori


@few
@given(body=any_of(MeetingBody))
async def test_bodies(town: UnitOfWork, body: MeetingBody) -> None:
    async with town.write() as work:
        await work.bodies.add(body)
        assert await work.bodies.get(body.id) == body
        assert body in await work.bodies.all()
        assert await work.bodies.change(replace(body, name="つながりづくり会議"))
        assert not await work.bodies.change(body)
        assert (await work.bodies.get(body.id)).version == body.version + 1


@few
@given(participant=any_of(Participant), pledge=any_of(Pledge))
async def test_people_at_the_table(
    town: UnitOfWork, participant: Participant, pledge: Pledge
) -> None:
    pledge = replace(pledge, participant_id=participant.id)
    async with town.write() as work:
        await work.bodies.put_participant(participant)
        await work.bodies.add_pledge(pledge)
        assert await work.bodies.participant(participant.id) == participant
        assert pledge in await work.bodies.pledges()


@few
@given(meeting=sittings, block=any_of(Block))
async def test_sittings(town: UnitOfWork, meeting: Meeting, block: Block) -> None:
    meeting = replace(meeting, blocks=(block,))
    async with town.write() as work:
        await work.meetings.add(meeting)
        assert await work.meetings.get(meeting.id) == meeting
        on_the_agenda = A12.id in {item.case_id for item in meeting.items}
        assert (meeting in await work.meetings.of_case(A12.id)) is on_the_agenda
        fewer = replace(meeting, items=meeting.items[:1], version=meeting.version + 1)
        assert await work.meetings.change(fewer, version=meeting.version)
        assert not await work.meetings.change(fewer, version=meeting.version)
        assert await work.meetings.get(meeting.id) == fewer
