"""News that did not come by its day: told once, on the desk of whoever waits for it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.ids import StaffId
from core.outbox import CardKind
from core.reminders import ReminderKind
from core.usecases.cards.open_card import open_card
from core.usecases.desk.show_desk import show_desk
from core.usecases.referrals.note_news_owed import note_news_owed
from core.usecases.referrals.send_sheet import send_sheet
from storage.engine import Store
from tests.core.usecases.connections.sides import YAMADA, Sides
from tests.core.usecases.whole import unchanged
from tests.people import MONDAY, SATO, SUZUKI, TOKYO

K = ReminderKind


async def _on_desk(sides: Sides, who: StaffId, at: datetime) -> list[tuple[ReminderKind, date]]:
    ends = (at + timedelta(hours=6)).astimezone(TOKYO)
    desk = await show_desk(sides.uow, staff_id=who, day_ends=ends)
    return [(one.kind, one.due_on) for one in desk.reminders if one.due_on is not None]


async def _look(sides: Sides, at: datetime) -> int:
    return await note_news_owed(sides.uow, at=at, tz=TOKYO)


@pytest.mark.rule("F4", "R-014")
async def test_nobody_acknowledged_it_and_the_sender_is_told_once(
    store: Store, sides: Sides
) -> None:
    sent = await sides.sent(to_staff_id=YAMADA.id)
    await open_card(
        sides.uow, kind=CardKind.HOME, subject_id=SUZUKI.id, viewer=SUZUKI.id, at=MONDAY
    )
    in_time, late = MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)
    async with unchanged(store):
        assert await _look(sides, in_time) == 0
    assert await _on_desk(sides, YAMADA.id, in_time) == [(K.REFERRAL_CAME, date(2026, 12, 2))]
    assert await _on_desk(sides, SUZUKI.id, in_time) == []
    assert await _look(sides, late) == 1
    async with unchanged(store):
        assert await _look(sides, late + timedelta(hours=1)) == 0
        assert await _look(sides, late + timedelta(days=5)) == 0
    waits = [(K.REFERRAL_UNANSWERED, date(2026, 12, 2))]
    assert await _on_desk(sides, SUZUKI.id, late) == waits
    # The case's lead sees it, too.
    assert await _on_desk(sides, SATO.id, late) == waits
    assert (await sides.trail(sent.id))[-1] == "referral.news_owed"


@pytest.mark.rule("R-014")
async def test_news_that_did_not_come_back_is_told_until_it_does(sides: Sides) -> None:
    await sides.connected()
    late = MONDAY + timedelta(days=15)
    assert await _look(sides, late) == 1
    assert await _on_desk(sides, SUZUKI.id, late) == [(K.NEWS_LATE, date(2026, 12, 14))]
    async with sides.uow.read() as work:
        (waiting,) = await work.referrals.open()
    await replace(sides, at=late).told(waiting)
    assert await _on_desk(sides, SUZUKI.id, late) == []


@pytest.mark.rule("R-014")
async def test_a_sheet_that_did_not_come_back_is_told(sides: Sides) -> None:
    sheet = await sides.sheet()
    await send_sheet(
        sides.uow,
        sheet_id=sheet.id,
        version=1,
        reply_due_on=date(2026, 12, 7),
        by=SUZUKI.id,
        at=MONDAY,
        tz=TOKYO,
    )
    late = MONDAY + timedelta(days=8)
    assert await _look(sides, late) == 1
    assert await _look(sides, late) == 0
    assert await _on_desk(sides, SUZUKI.id, late) == [(K.SHEET_UNANSWERED, date(2026, 12, 7))]
