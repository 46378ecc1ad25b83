"""Machine M through the use cases, on a real database: each row taken, kept, and on the record."""

import pytest

from core.basis import Basis
from core.meetings.decisions import Outcome
from core.meetings.sittings import MeetingState
from core.usecases.meetings.close_meeting import close_meeting
from tests.core.usecases.meetings.conftest import follow
from tests.council import AFTER, OFFICE, Council


@pytest.mark.rule("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "R-030", "R-039")
@pytest.mark.parametrize("agrees", [True, False])
async def test_a_case_goes_from_request_to_close_under_the_law_that_consent_gives(
    council: Council, agrees: bool
) -> None:
    if agrees:
        await council.agrees_to_share()
    meeting = await council.request()
    item = meeting.items[0]
    assert item.ground is not None
    assert item.ground.basis is (Basis.JUSO if agrees else Basis.SHIEN)
    meeting = await council.convene(await council.schedule(meeting))
    meeting = await council.hold(meeting)
    meeting = await council.minute(meeting, item)
    assert meeting.state is MeetingState.MINUTES_DRAFT
    outcome = Outcome.APPROVED if agrees else Outcome.ENDORSED
    meeting = await council.confirm(await council.decide(meeting, item.id, outcome))
    meeting = await follow(council, meeting, item.id)
    closed = await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    assert await council.now(meeting.id) == closed
    assert closed.state is MeetingState.CLOSED
    assert await council.trail() == [
        "meeting.requested",
        "meeting.type_checked",
        "meeting.slot_offered",
        "meeting.scheduled",
        "meeting.convened",
        "meeting.held",
        "agenda_item.minuted",
        "meeting.minutes_draft",
        "agenda_item.decided",
        "meeting.minutes_confirmed",
        "agenda_item.followed",
        "meeting.closed",
    ]
