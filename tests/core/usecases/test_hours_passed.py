"""When the hour for an answer to a person passes, those on the case are told once (G-15)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.contacts import ContactChannel, Met
from core.ids import ReplyId, StaffId
from core.outbox import CardKind
from core.replies import Reply, ReplyKind, ReplyState
from core.usecases.cards.take_due_cards import take_due_cards
from core.usecases.contacts.log_contact import log_contact
from core.usecases.pulse.next_due import next_due
from core.usecases.replies.glance_answers import glance_answers
from core.usecases.replies.note_hours_passed import note_hours_passed
from core.usecases.replies.read_replies import read_replies
from storage.unit_of_work import SqlUnitOfWork
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

HOUR = timedelta(hours=1)
SAID = MONDAY
BY = MONDAY + 6 * HOUR
LATE = BY + timedelta(minutes=1)


@pytest.fixture
async def uow(unit_of_work: SqlUnitOfWork) -> AsyncIterator[SqlUnitOfWork]:
    """A has written on Monday morning, and is to have an answer in the afternoon."""
    await found_midori(unit_of_work)
    await writes(unit_of_work, "r-1")
    yield unit_of_work


async def writes(uow: SqlUnitOfWork, name: str, **changes: Any) -> None:
    reply = Reply(
        id=ReplyId(name),
        municipality_id=MIDORI,
        person_id=A.id,
        case_id=A12.id,
        kind=ReplyKind.TEXT,
        text="話を聞いてほしいです",
        message_id=f"m-{name}",
        occurred_at=SAID,
        received_at=SAID,
        reads_from=SAID,
        answer_by=BY,
    )
    async with uow.write() as work:
        assert await work.replies.add(replace(reply, **changes))
        await work.commit()


async def told(uow: SqlUnitOfWork, at: datetime) -> set[StaffId]:
    """To whom a card goes out now."""
    cards = await take_due_cards(uow, at=at, limit=100)
    return {card.staff_id for card in cards if card.kind is CardKind.ANSWER_LATE}


async def waiting(uow: SqlUnitOfWork, viewer: StaffId = SATO.id) -> int:
    return (await glance_answers(uow, case_id=A12.id, viewer=viewer)).waiting


@pytest.mark.rule("G-15")
async def test_whoever_works_on_the_case_is_told_once_and_not_before_the_hour(
    uow: SqlUnitOfWork,
) -> None:
    assert await next_due(uow, after=SAID, tz=TOKYO) == BY
    assert await note_hours_passed(uow, at=BY - HOUR) == 0
    assert await note_hours_passed(uow, at=LATE) == 1
    assert await told(uow, LATE) == {SATO.id, SUZUKI.id, TANAKA.id}
    assert await note_hours_passed(uow, at=LATE + HOUR) == 0
    glance = await glance_answers(uow, case_id=A12.id, viewer=SATO.id)
    assert (glance.alias, glance.waiting, glance.newest) == ("A-12", 1, "r-1")


@pytest.mark.rule("G-15")
async def test_only_those_in_service_are_told(uow: SqlUnitOfWork) -> None:
    async with uow.write() as work:
        await work.staff.put(replace(await work.staff.get(SUZUKI.id), active=False))
        await work.commit()
    await note_hours_passed(uow, at=LATE)
    assert await told(uow, LATE) == {SATO.id, TANAKA.id}


@pytest.mark.rule("G-15")
@pytest.mark.parametrize(
    ("channel", "met", "answers"),
    [
        (ContactChannel.PHONE, Met.MET, True),
        (ContactChannel.LETTER, Met.LETTER_LEFT, True),
        (ContactChannel.AGENCY_TALK, Met.NOT_APPLICABLE, False),
        (ContactChannel.FAMILY_TALK, Met.MET, False),
    ],
)
async def test_an_answer_in_whatever_way_is_an_answer_and_talk_with_others_is_none(
    uow: SqlUnitOfWork, channel: ContactChannel, met: Met, answers: bool
) -> None:
    at = SAID + HOUR
    await log_contact(
        uow, case_id=A12.id, by=SATO.id, channel=channel, met=met, happened_at=at, at=at, tz=TOKYO
    )
    assert await note_hours_passed(uow, at=LATE) == (0 if answers else 1)
    assert bool(await told(uow, LATE)) is not answers


@pytest.mark.rule("G-15", "G-18")
async def test_a_sticker_asks_for_a_look_and_words_ask_for_more(uow: SqlUnitOfWork) -> None:
    await writes(uow, "r-2", kind=ReplyKind.STICKER, text="")
    await read_replies(uow, case_id=A12.id, by=SATO.id, at=SAID + HOUR)
    assert await note_hours_passed(uow, at=LATE) == 1
    assert (await glance_answers(uow, case_id=A12.id, viewer=SATO.id)).newest == "r-1"


@pytest.mark.rule("G-15")
async def test_what_was_taken_back_waits_for_nobody(uow: SqlUnitOfWork) -> None:
    async with uow.write() as work:
        reply = await work.replies.get(ReplyId("r-1"))
        gone = replace(reply, state=ReplyState.WITHDRAWN, text="", version=2)
        await work.replies.change(gone, version=1)
        await work.commit()
    assert await note_hours_passed(uow, at=LATE) == 0


@pytest.mark.rule("G-15")
async def test_the_card_follows_when_somebody_answers_after_all(uow: SqlUnitOfWork) -> None:
    await note_hours_passed(uow, at=LATE)
    assert await told(uow, LATE)
    assert await waiting(uow) == 1
    at = LATE + HOUR
    await log_contact(
        uow,
        case_id=A12.id,
        by=SATO.id,
        channel=ContactChannel.PHONE,
        met=Met.MET,
        happened_at=at,
        at=at,
        tz=TOKYO,
    )
    assert await told(uow, at) == {SATO.id, SUZUKI.id, TANAKA.id}
    assert await waiting(uow) == 0


@pytest.mark.rule("G-15")
async def test_nobody_else_is_told_of_it(uow: SqlUnitOfWork) -> None:
    async with uow.write() as work:
        stranger = replace(
            SATO, id=StaffId("staff-else"), code="else", slack_team_id=None, slack_user_id=None
        )
        await work.staff.put(stranger)
        await work.commit()
    with pytest.raises(NotYours):
        await waiting(uow, stranger.id)
