"""Two bodies on one day, two cases, two laws: each item with its own people and its own record."""

from dataclasses import replace
from typing import Any

import pytest

from core.basis import Basis
from core.ids import CaseId
from core.meetings.bodies import SeatKind
from core.meetings.guards import OutsiderPresent
from core.meetings.ids import ParticipantId
from core.meetings.packs import PackExtent
from core.meetings.sittings import BlocksNotApart, Meeting
from core.usecases.meetings.add_item import add_item
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.open_pack import open_pack
from core.usecases.meetings.schedule_meeting import schedule_meeting
from tests.council import AFTER, ASKED, CLERK, HIDAMARI, OFFICE, Council
from tests.midori import add_neighbour
from tests.people import A12, SATO, SUZUKI, TOKYO


@pytest.fixture
async def neighbour(council: Council) -> CaseId:
    """A second case, of somebody who has agreed to nothing; A has agreed to share."""
    await council.agrees_to_share()
    case_id, _ = await add_neighbour(council.uow, 7)
    return case_id


async def both(council: Council, neighbour: CaseId) -> Meeting:
    """One meeting with an item of each."""
    meeting = await council.request()
    asked = replace(ASKED, case_id=neighbour)
    return await add_item(council.uow, asked=asked, **council.at(meeting, SATO))


async def only_in_support(council: Council) -> ParticipantId:
    """鈴木, who is a member of the support meeting alone."""
    who = await council.register(SeatKind.AGENCY, staff_id=SUZUKI.id, agency_id=HIDAMARI)
    await council.admit(await council.body(Basis.SHIEN), who)
    return who.id


@pytest.mark.rule("R-047", "R-039")
async def test_each_item_keeps_its_law_and_the_bodies_meet_apart(
    council: Council, neighbour: CaseId
) -> None:
    meeting = await both(council, neighbour)
    assert [i.ground.basis for i in meeting.items if i.ground] == [Basis.JUSO, Basis.SHIEN]
    scheduled = await council.schedule(meeting)
    first, second = scheduled.blocks
    assert first.ends_at <= second.begins_at
    asked: dict[str, Any] = {"hosts": council.seated, "rules_settled": True}
    again = await council.offered(await both(council, neighbour))
    with pytest.raises(BlocksNotApart):
        together = (first, replace(second, begins_at=first.begins_at))
        await schedule_meeting(council.uow, blocks=together, **asked, **council.at(again, OFFICE))
    assert await council.now(again.id) == again


@pytest.mark.rule("R-045", "R-044", "M6")
async def test_whoever_is_not_of_the_items_body_leaves_the_item(
    council: Council, neighbour: CaseId
) -> None:
    guest = await only_in_support(council)
    meeting = await council.convene(await council.schedule(await both(council, neighbour)), guest)
    shared, hidden = meeting.items
    with pytest.raises(OutsiderPresent):
        await council.hold(meeting, guest)
    held = await hold_meeting(
        council.uow,
        present={hidden.id: council.seated | {guest}},
        elsewhere=council.seated,
        **council.at(meeting, CLERK, AFTER),
    )
    circles = {item.id: guest in item.circle for item in held.items}
    assert circles == {shared.id: False, hidden.id: True}
    pack = await open_pack(council.uow, meeting_id=held.id, by=SUZUKI.id, at=AFTER, tz=TOKYO)
    assert [(item.item_id, item.extent) for item in pack.items] == [(hidden.id, PackExtent.WHOLE)]


@pytest.mark.rule("R-082")
async def test_neither_cases_record_tells_of_the_other(council: Council, neighbour: CaseId) -> None:
    meeting = await council.schedule(await both(council, neighbour))
    shared, hidden = meeting.items
    async with council.uow.read() as work:
        for case_id, other in ((A12.id, hidden), (neighbour, shared)):
            told = [entry.event for entry in await work.audit.of_case(case_id)]
            assert [event.action for event in told][-1] == "meeting.scheduled"
            assert not [event for event in told if other.id in str(event.evidence)]
