"""A month's quota is known before anything is sent, and its end is quiet (LINE.md §3.3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.inbound import Said
from core.letters import LetterKind, LetterState, Reason
from core.line_modes import LineMode, LineUse
from core.outbox import CardKind
from core.quota import Allowance, QuotaSeen, month_ends
from core.replies import Press, ReplyKind
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.delivery.note_quota import note_quota
from core.usecases.delivery.show_quota import show_quota
from core.usecases.desk.show_desk import show_desk
from core.usecases.replies.answer_person import answer_person
from scheduler.allowance import Counting
from tests.core.usecases.office import SOON, Office
from tests.fakes import Mishap
from tests.people import A12, MONDAY, SATO, TANAKA, TOKYO
from tests.proofs import PROOF

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class Line:
    """LINE, as far as it tells of its quota."""

    def __init__(self, *said: Allowance | None) -> None:
        self.said = list(said)
        self.asked = 0

    async def allowance(self) -> Allowance | None:
        self.asked += 1
        return self.said.pop(0)


async def reads(office: Office, most: int | None, used: int) -> None:
    await note_quota(office.uow, Allowance(most=most, used=used), counted=0, at=office.now)


async def told_of_channel(office: Office) -> set[str]:
    """The cards about the channel that colleagues have."""
    far = office.now + timedelta(days=400)
    async with office.uow.write() as work:
        due = await work.cards.due(at=far, limit=500, until=far)
    return {f"{c.staff_id} {c.subject_id}" for c in due if c.kind is CardKind.CHANNEL}


async def test_a_used_up_month_sends_nothing_and_tells_those_who_can_mend_it_once(
    office: Office,
) -> None:
    letter = await office.approved()
    await reads(office, 200, 200)
    office.clock.at = SOON
    for _ in range(40):
        await office.deliver()
        office.clock.at += MINUTE
    assert office.line.calls == 0
    assert await office.stands(letter) == (LetterState.SCHEDULED, None)
    assert await told_of_channel(office) == {f"{TANAKA.id} QUOTA:2026-11"}


async def test_the_letter_says_why_when_its_time_is_over(office: Office) -> None:
    letter = await office.approved()
    await reads(office, 200, 200)
    office.clock.at = letter.closes_at
    assert await drop_late_letters(office.uow, at=office.now) == 1
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.QUOTA_FULL)


async def test_with_the_new_month_sending_goes_on_by_itself(office: Office) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    letter = await office.approved(opens_at=tomorrow)
    await reads(office, 200, 200)
    assert month_ends(office.now) < tomorrow
    office.clock.at = tomorrow
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.SENT, None)


async def test_a_widened_plan_wakes_the_channel(office: Office) -> None:
    letter = await office.approved()
    await reads(office, 200, 200)
    office.clock.at = SOON
    await office.deliver()
    office.clock.at += 16 * MINUTE
    await reads(office, 5000, 200)
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.SENT, None)


async def test_what_we_sent_ourselves_counts_before_line_tells_of_it(office: Office) -> None:
    await reads(office, 200, 199)
    first = await office.approved()
    office.clock.at = SOON
    await office.deliver_all()
    await office.says()
    answer = await office.write(kind=LetterKind.REPLY, opens_at=office.now + MINUTE)
    await office.approve(answer)
    office.clock.at += 2 * MINUTE
    await office.deliver_all()
    assert (await office.stands(first))[0] is LetterState.SENT
    assert (await office.stands(answer))[0] is LetterState.SCHEDULED
    assert office.line.calls == 1
    assert await told_of_channel(office) == {f"{TANAKA.id} QUOTA:2026-11"}


async def test_a_plan_without_a_limit_sends_on(office: Office) -> None:
    await reads(office, None, 100_000)
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.SENT, None)
    assert await show_quota(office.uow, at=office.now) == QuotaSeen(
        most=None, used=100_000, reserved=0
    )


async def test_replies_are_not_counted_and_go_in_a_month_that_is_used_up(office: Office) -> None:
    await reads(office, 200, 200)
    meaning = Said(kind=ReplyKind.TEXT, text="写真です", message_id="m1")
    await office.a.does(meaning, at=office.now, reply_token="token")
    await answer_person(
        office.uow,
        case_id=A12.id,
        by=SATO.id,
        text="見ました。",
        at=office.now,
        tz=TOKYO,
        proof=replace(PROOF, use=LineUse(mode=LineMode.DIRECT_CHAT)),
        press=office.press,
        reader=office.a,
    )
    [claim] = await office.claim(mode=LineMode.DIRECT_CHAT)
    assert claim.reply_token == "token"


async def test_line_that_says_so_first_is_asked_no_second_time(office: Office) -> None:
    """The quota was unknown or behind: one refusal is enough for a month."""
    letter = await office.approved()
    office.clock.at = SOON
    office.line.mishaps.append(Mishap.QUOTA)
    for _ in range(60):
        await office.deliver()
        office.clock.at += MINUTE
    assert office.line.calls == 1
    assert await office.stands(letter) == (LetterState.SCHEDULED, None)


async def test_officers_and_coordinators_see_how_the_month_stands(office: Office) -> None:
    await office.approved()
    await reads(office, 200, 120)
    day_ends = MONDAY.astimezone(TOKYO).replace(hour=23, minute=59)
    coordinator = await show_desk(office.uow, staff_id=TANAKA.id, day_ends=day_ends)
    assert coordinator.quota == QuotaSeen(most=200, used=120, reserved=1)
    worker = await show_desk(office.uow, staff_id=SATO.id, day_ends=day_ends)
    assert worker.quota is None


async def test_line_is_asked_outside_of_transactions_and_not_too_often(office: Office) -> None:
    line = Line(None, Allowance(most=200, used=7), Allowance(most=200, used=9))
    counting = Counting(office.uow, line, clock=office.clock)
    assert await counting.run() == 0
    assert await show_quota(office.uow, at=office.now) is None
    assert await counting.run() == 1
    assert await counting.run() == 0
    assert line.asked == 2
    office.clock.at += 10 * MINUTE
    assert await counting.run() == 1
    seen = await show_quota(office.uow, at=office.now)
    assert seen is not None and seen.used == 9


@pytest.mark.rule("G-13")
async def test_the_short_answers_wait_for_the_quota_like_everything_else(office: Office) -> None:
    """A button's effect is immediate; only the line that says so has to wait."""
    await reads(office, 200, 200)
    await office.presses(Press.REST)
    assert (await office.link()).state == "PAUSED"
    await office.deliver()
    assert office.line.calls == 0
