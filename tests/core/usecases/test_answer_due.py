"""When somebody reads what came in, and by when a person answers it (G-15, MA-10)."""

from datetime import date, datetime, time

import pytest

from bots.line.bubbles import LinePress
from core.inbound import LineEvent, Said
from core.municipal_profiles.duties import USUAL_HOURS, reading_hours
from core.municipal_profiles.profile import MunicipalProfile, ReadingHours
from core.people import LinkState
from core.ports import RawEvent
from core.replies import ReplyKind
from core.usecases.inbound.receive_event import receive_event
from core.usecases.inbound.waiting_events import waiting_events
from storage.unit_of_work import SqlUnitOfWork
from tests.midori import found_midori
from tests.pagers import PAGER
from tests.people import A12, LINK_A, TOKYO

FRIDAY_NIGHT = datetime(2026, 11, 27, 20, 10, tzinfo=TOKYO)
EDOGAWA = ReadingHours(opens=time(8, 30), closes=time(17, 0))
STRANGER = "U" + "e" * 32


class OneEvent:
    """A reader who has one event to read."""

    def __init__(self, event: LineEvent) -> None:
        self._event = event

    def cut(self, body: bytes) -> tuple[RawEvent, ...]:
        raise AssertionError("this event comes singly")

    def read(self, raw: bytes) -> LineEvent:
        return self._event


async def _says(uow: SqlUnitOfWork, who: str, *closed: date) -> None:
    said = Said(kind=ReplyKind.TEXT, text="少し話を聞いてほしいです", message_id="m-1")
    event = LineEvent(event_key="e-1", occurred_at=FRIDAY_NIGHT, line_user_id=who, meaning=said)
    async with uow.write() as work:
        raw = RawEvent(event_key="e-1", message_id="m-1", raw=b"e-1")
        await work.inbox.split("no-webhook", [raw], received_at=FRIDAY_NIGHT)
        await work.commit()
    for kept in await waiting_events(uow, at=FRIDAY_NIGHT):
        await receive_event(
            uow,
            kept,
            reader=OneEvent(event),
            press=LinePress(),
            pager=PAGER,
            at=FRIDAY_NIGHT,
            tz=TOKYO,
            hours=EDOGAWA,
            closed_days=frozenset(closed),
        )


@pytest.mark.rule("MA-10", "G-15")
async def test_words_of_a_friday_night_are_read_and_answered_on_monday(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    await _says(unit_of_work, LINK_A.line_user_id)
    async with unit_of_work.read() as work:
        (reply,) = await work.replies.of_case(A12.id)
        letters = await work.letters.of_case(A12.id)
    assert reply.reads_from == datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO)
    assert reply.answer_by == datetime(2026, 11, 30, 17, 0, tzinfo=TOKYO)
    assert letters == (), "nothing answers by itself"


@pytest.mark.rule("MA-10", "G-15")
async def test_a_holiday_on_the_monday_moves_both_on(unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    await _says(unit_of_work, LINK_A.line_user_id, date(2026, 11, 30))
    async with unit_of_work.read() as work:
        (reply,) = await work.replies.of_case(A12.id)
    assert reply.reads_from == datetime(2026, 12, 1, 8, 30, tzinfo=TOKYO)
    assert reply.answer_by == datetime(2026, 12, 1, 17, 0, tzinfo=TOKYO)


@pytest.mark.rule("MA-10")
async def test_whoever_gives_no_name_stays_unlinked_and_has_a_moment_too(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    await _says(unit_of_work, STRANGER)
    async with unit_of_work.read() as work:
        link = await work.links.by_line_user(STRANGER)
        assert link is not None
        (came,) = await work.audit.of_subjects([link.id])
        replies = await work.replies.of_case(A12.id)
    assert (link.state, link.person_id, replies) == (LinkState.UNLINKED, None, ())
    assert came.event.action == "reception.came"
    assert came.event.evidence[1:] == (
        "reads_from=2026-11-30T08:30:00+09:00",
        "answer_by=2026-11-30T17:00:00+09:00",
    )


def test_a_town_that_names_no_hours_has_the_usual_ones() -> None:
    silent = MunicipalProfile(key="silent", name="静かな町")
    assert reading_hours(None) == reading_hours(silent) == USUAL_HOURS
    named = MunicipalProfile(key="named", name="江戸川区", reading=EDOGAWA)
    assert reading_hours(named) == EDOGAWA
