"""Whoever is called to a meeting has a card: aliases and date, drawn anew when it changes (M5)."""

from datetime import timedelta

import pytest

from core.access import NotYours
from core.ids import StaffId
from core.meetings.ids import MeetingId
from core.meetings.sittings import Meeting
from core.outbox import CardKind
from core.shielding import Care, CareMark
from core.usecases.cards.take_due_cards import take_due_cards
from core.usecases.meetings.cancel_meeting import cancel_meeting
from core.usecases.meetings.check_type_again import check_type_again
from core.usecases.meetings.glance_meeting import Call, MeetingGlance, glance_meeting
from core.usecases.meetings.postpone_meeting import postpone_meeting
from tests.council import AFTER, CHAIR, OFFICE, SEATS_OF, SITTING, Council
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

HOUR = timedelta(hours=1)


async def drawn(council: Council, meeting: Meeting, rounds: list[int]) -> set[StaffId]:
    """Whose card about this meeting has to be drawn now; each look is an hour later."""
    rounds.append(1)
    cards = await take_due_cards(council.uow, at=AFTER + len(rounds) * HOUR, limit=200)
    return {
        card.staff_id
        for card in cards
        if card.kind is CardKind.MEETING and card.subject_id == meeting.id
    }


async def seen(council: Council, meeting_id: MeetingId, viewer: StaffId) -> MeetingGlance:
    return await glance_meeting(
        council.uow, meeting_id=meeting_id, viewer=viewer, at=MONDAY, tz=TOKYO
    )


@pytest.mark.rule("M5", "R-082")
async def test_everybody_called_is_told_which_case_and_when_and_nothing_of_it(
    council: Council,
) -> None:
    await council.agrees_to_share()
    meeting = await council.schedule(await council.request())
    assert await drawn(council, meeting, []) == set()
    meeting = await council.convene(meeting)
    assert await drawn(council, meeting, [1]) == set(SEATS_OF)
    for viewer in SEATS_OF:
        told = await seen(council, meeting.id, viewer)
        assert (told.call, told.aliases, told.begins_at) == (
            Call.CALLED,
            ((A12.id, A12.alias),),
            SITTING,
        )
        assert not told.has_papers
    with pytest.raises(NotYours):
        await seen(council, meeting.id, SUZUKI.id)


@pytest.mark.rule("M9", "M6")
async def test_the_card_follows_when_the_meeting_moves_is_cancelled_or_was_held(
    council: Council,
) -> None:
    rounds: list[int] = []
    await council.agrees_to_share()
    meeting = await council.convene(await council.schedule(await council.request()))
    held = await council.convene(await council.schedule(await council.request()))
    await drawn(council, meeting, rounds)
    meeting = await postpone_meeting(council.uow, reason="大雪", **council.at(meeting, OFFICE))
    assert await drawn(council, meeting, rounds) == set(SEATS_OF)
    moved = await seen(council, meeting.id, CHAIR.id)
    assert (moved.call, moved.begins_at) == (Call.MOVED, None)
    meeting = await check_type_again(council.uow, **council.at(meeting, OFFICE))
    meeting = await council.schedule(meeting)
    meeting = await council.convene(meeting)
    assert (await seen(council, meeting.id, CHAIR.id)).call is Call.CALLED
    await drawn(council, meeting, rounds)
    meeting = await cancel_meeting(council.uow, reason="取り下げ", **council.at(meeting, OFFICE))
    assert await drawn(council, meeting, rounds) == set(SEATS_OF)
    assert (await seen(council, meeting.id, CHAIR.id)).call is Call.CANCELLED
    held = await council.hold(held)
    assert await drawn(council, held, rounds) == set(SEATS_OF)
    assert (await seen(council, held.id, TANAKA.id)).call is Call.HELD


@pytest.mark.rule("R-015")
async def test_a_case_that_a_mark_closes_is_not_named_to_them(council: Council) -> None:
    await council.agrees_to_share()
    meeting = await council.convene(await council.schedule(await council.request()))
    async with council.uow.write() as work:
        await work.care_marks.put(
            CareMark(
                person_id=A.id,
                care=Care.DV_VICTIM,
                cleared=frozenset({SATO.id}),
                closes_case=True,
            )
        )
        await work.commit()
    assert (await seen(council, meeting.id, CHAIR.id)).aliases == ()
    assert (await seen(council, meeting.id, SATO.id)).aliases == ((A12.id, A12.alias),)
