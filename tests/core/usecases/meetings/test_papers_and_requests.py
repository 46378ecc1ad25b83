"""Papers, requests for information, gaps, minutes and packs, through the use cases."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.consent.scopes import TAX_DERIVED, AgencyScope
from core.errors import NotFound
from core.ids import AgencyId
from core.meetings.bodies import SeatKind
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.meetings.materials import CopiesStillOut, CopyState, TaxFactsNotShared
from core.meetings.packs import NotYoursToRead, PackExtent
from core.meetings.requests import (
    GapNotForwarded,
    RequestedHelp,
    RequestNeedsShien,
    RequestSettled,
    RequestState,
    TaxFactInAnswer,
)
from core.meetings.sittings import Meeting, MeetingState
from core.usecases.meetings.add_item import add_item
from core.usecases.meetings.add_material import add_material
from core.usecases.meetings.ask_for_information import ask_for_information
from core.usecases.meetings.close_meeting import close_meeting
from core.usecases.meetings.forward_gap import forward_gap
from core.usecases.meetings.hand_out_material import hand_out_material
from core.usecases.meetings.note_gap import note_gap
from core.usecases.meetings.open_minutes import open_minutes
from core.usecases.meetings.open_pack import open_pack
from core.usecases.meetings.settle_request import settle_request
from core.usecases.meetings.take_material_back import take_material_back
from tests.core.usecases.meetings.conftest import follow
from tests.council import AFTER, ASKED, CHAIR, CLERK, HIDAMARI, OFFICE, SHAKYO, Council
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO

DUE = date(2026, 12, 10)


def without_zone(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "tz"}


async def confirmed(council: Council, meeting: Meeting) -> Meeting:
    """Held, minuted, decided (endorsed), confirmed and followed."""
    meeting = await council.hold(meeting)
    item = meeting.items[0]
    meeting = await council.minute(meeting, item)
    meeting = await council.confirm(await council.decide(meeting, item.id, Outcome.ENDORSED))
    return await follow(council, meeting, item.id)


@pytest.mark.rule("R-043")
async def test_what_comes_from_taxation_is_attached_with_consent_that_names_it_only(
    council: Council,
) -> None:
    meeting = await council.request()
    asked: dict[str, Any] = {"item_id": meeting.items[0].id, "title": "滞納の状況"}
    with pytest.raises(TaxFactsNotShared):
        await add_material(council.uow, tax_derived=True, **asked, **council.at(meeting, OFFICE))
    assert await council.now(meeting.id) == meeting
    agencies = frozenset(
        who.agency_id for who in council.people.values() if who.agency_id is not None
    )
    await council.agrees(AgencyScope(agencies=agencies, topics=frozenset({TAX_DERIVED})))
    attached = await add_material(
        council.uow, tax_derived=True, **asked, **council.at(meeting, OFFICE)
    )
    assert [paper.number for paper in attached.materials] == [1]


@pytest.mark.rule("M5", "M8", "R-082")
async def test_copies_are_numbered_and_a_meeting_ends_when_all_are_back(council: Council) -> None:
    meeting = await council.request()
    item = meeting.items[0]
    meeting = await add_material(
        council.uow, item_id=item.id, title="経過", **council.at(meeting, SUZUKI)
    )
    meeting = await council.convene(await council.schedule(meeting))
    holder = council.people[TANAKA.id].id
    meeting = await hand_out_material(
        council.uow, number=1, holder=holder, **council.at(meeting, OFFICE)
    )
    meeting = await confirmed(council, meeting)
    with pytest.raises(CopiesStillOut):
        await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    back = without_zone(council.at(meeting, CLERK, AFTER))
    meeting = await take_material_back(
        council.uow, copy_number=1, state=CopyState.DESTROYED, **back
    )
    with pytest.raises(NotFound):
        again = without_zone(council.at(meeting, CLERK, AFTER))
        await take_material_back(council.uow, copy_number=1, **again)
    closed = await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    assert closed.state is MeetingState.CLOSED


@pytest.mark.rule("R-042", "R-043")
async def test_the_support_meeting_asks_its_members_and_no_tax_secret_opens(
    council: Council,
) -> None:
    meeting = await council.request()
    asked: dict[str, Any] = {
        "item_id": meeting.items[0].id,
        "kind": RequestedHelp.INFORMATION,
        "question": "最近の様子",
        "due_on": DUE,
    }
    outside = AgencyId("hospital")
    with pytest.raises(RequestNeedsShien):
        await ask_for_information(
            council.uow, to_agency=outside, **asked, **council.at(meeting, OFFICE)
        )
    meeting = await ask_for_information(
        council.uow, to_agency=SHAKYO, **asked, **council.at(meeting, OFFICE)
    )
    (request,) = meeting.requests
    with pytest.raises(TaxFactInAnswer):
        await settle_request(
            council.uow, request_id=request.id, tax_derived=True, **council.at(meeting, OFFICE)
        )
    with pytest.raises(RequestSettled):
        await settle_request(
            council.uow, request_id=request.id, declined_because=" ", **council.at(meeting, OFFICE)
        )
    meeting = await settle_request(
        council.uow, request_id=request.id, **council.at(meeting, OFFICE)
    )
    assert [one.state for one in meeting.requests] == [RequestState.ANSWERED]


@pytest.mark.rule("R-051", "M8")
async def test_a_lack_found_in_a_meeting_is_passed_on_before_it_ends(council: Council) -> None:
    meeting = await council.convene(await council.schedule(await council.request()))
    meeting = await council.hold(meeting)
    item = meeting.items[0]
    meeting, gap = await note_gap(
        council.uow,
        item_id=item.id,
        description="夜に開いている居場所",
        **council.at(meeting, CLERK, AFTER),
    )
    meeting = await council.minute(meeting, item)
    meeting = await council.confirm(await council.decide(meeting, item.id, Outcome.ENDORSED))
    meeting = await follow(council, meeting, item.id)
    with pytest.raises(GapNotForwarded):
        await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    with pytest.raises(GapNotForwarded):
        await forward_gap(council.uow, gap_id=gap.id, **council.at(meeting, OFFICE, AFTER))
    meeting = await forward_gap(
        council.uow, gap_id=gap.id, forum="地域づくりの場", **council.at(meeting, OFFICE, AFTER)
    )
    await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    async with council.uow.read() as work:
        assert (await work.resources.gap(gap.id)).forwarded_to == "地域づくりの場"


@pytest.mark.rule("R-082")
async def test_minutes_and_papers_are_for_the_circle_and_reading_them_is_on_the_record(
    council: Council,
) -> None:
    meeting = await council.convene(await council.schedule(await council.request()))
    meeting = await confirmed(council, meeting)
    item = meeting.items[0]
    outside = await council.register(SeatKind.AGENCY, staff_id=SUZUKI.id, agency_id=HIDAMARI)
    assert outside.id not in item.circle
    read: dict[str, Any] = {"meeting_id": meeting.id, "at": AFTER}
    with pytest.raises(NotYoursToRead):
        await open_minutes(council.uow, item_id=item.id, by=SUZUKI.id, **read)
    minutes = await open_minutes(council.uow, item_id=item.id, by=SATO.id, **read)
    assert minutes.facts == ("事実",)
    assert (await council.trail())[-1] == "agenda_item.minutes_opened"
    assert (await open_pack(council.uow, by=SUZUKI.id, tz=TOKYO, **read)).items == ()
    (seen,) = (await open_pack(council.uow, by=CHAIR.id, tz=TOKYO, **read)).items
    assert seen.extent is PackExtent.WHOLE
    assert (await council.trail())[-1] == "agenda_item.papers_opened"


@pytest.mark.rule("R-082")
async def test_a_cases_record_names_its_own_items_only(council: Council) -> None:
    meeting = await council.request()
    gap = replace(ASKED, case_id=None, purpose=AgendaPurpose.RESOURCE_GAP, programmes=frozenset())
    meeting = await add_item(council.uow, asked=gap, **council.at(meeting, OFFICE))
    await council.schedule(meeting)
    other = meeting.items[1].id
    async with council.uow.read() as work:
        told = await work.audit.of_case(A12.id)
    assert not [e for e in told if any(other in line for line in e.event.evidence)]
