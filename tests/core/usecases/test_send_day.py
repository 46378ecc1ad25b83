"""A letter approved long ahead, on its day: asked about, answered or left out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.access import NotYours
from core.agencies import Role
from core.contacts import ContactChannel
from core.errors import AlreadyDecided
from core.letter_news import NewsKind
from core.letters import LetterState, ReadAgainFirst, Reason, WindowClosed
from core.outbox import DeliveryState
from core.replies import Press
from core.send_day import ApproverAnswers, NotAskedNow
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.letters.show_send_day import SendDayView, show_send_day
from core.usecases.letters.stop_letter import stop_letter
from core.usecases.pulse.next_due import next_due
from core.usecases.trail.check_sent import check_sent
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.people import MONDAY, SATO, SUZUKI, TANAKA, TOKYO

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2026, 12, 4, 10, 0, tzinfo=TOKYO)
"""When the letter of these tests opens."""
MORNING = FRIDAY - HOUR
LONG_AFTER = datetime(2027, 1, 15, 10, 0, tzinfo=TOKYO)
"""A Friday more than fourteen days after the approval."""


async def shown(office: Office, letter_id: str, viewer: str) -> SendDayView:
    return await show_send_day(
        office.uow,
        letter_id=letter_id,  # type: ignore[arg-type]
        viewer=viewer,  # type: ignore[arg-type]
        at=office.now,
        tz=TOKYO,
    )


@pytest.mark.rule("G-27")
async def test_on_the_morning_of_its_day_author_and_approvers_are_asked_once(
    office: Office,
) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    assert await office.ask() == 0
    office.clock.at = FRIDAY - 2 * HOUR
    assert await office.ask() == 0, "nobody reads before 8:30"
    office.clock.at = MORNING
    assert [await office.ask(), await office.ask()] == [1, 0]
    asked = {who for kind, who in await office.cards(letter.id) if kind == "SEND_DAY"}
    assert asked == {SUZUKI.id, SATO.id, TANAKA.id}
    assert (await office.trail(letter.id))[-1] == "letter.asked"


@pytest.mark.rule("G-27")
async def test_confirmed_it_goes_in_its_window_with_the_bytes_that_were_approved(
    office: Office,
) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    frozen = (await office.delivery(letter.id)).request
    office.clock.at = MORNING
    await office.ask()
    confirmed = await office.confirm(await office.letter(letter), by=SUZUKI.id)
    assert (confirmed.confirmed_by, confirmed.bound_hash) == (SUZUKI.id, letter.bound_hash)
    office.clock.at = FRIDAY
    await office.deliver()
    assert [took.request for took in office.line.took] == [frozen]
    assert await check_sent(office.uow) == ()
    assert "letter.confirmed" in await office.trail(letter.id)


@pytest.mark.rule("G-27")
@pytest.mark.rule("S6")
async def test_silence_means_that_it_is_left_out_and_the_author_is_told(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = FRIDAY
    await office.ask()
    for hour in range(11):
        office.clock.at = FRIDAY + hour * HOUR
        await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.NOT_CONFIRMED)
    assert ("AUTHOR", SUZUKI.id) in await office.cards(letter.id)


@pytest.mark.rule("G-27")
async def test_who_drops_late_letters_says_the_same(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = letter.closes_at
    assert await drop_late_letters(office.uow, at=office.now) == 1
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.NOT_CONFIRMED)


@pytest.mark.rule("G-27")
async def test_an_answer_in_the_afternoon_sends_it_at_once(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = FRIDAY
    await office.ask()
    await office.deliver()
    office.clock.at = FRIDAY + timedelta(minutes=5)
    await office.confirm(await office.letter(letter))
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
@pytest.mark.parametrize("confirmed_first", [False, True])
async def test_new_facts_hold_it_before_the_answer_and_after(
    office: Office, store: Store, confirmed_first: bool
) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = MORNING
    await office.ask()
    now = await office.letter(letter)
    if confirmed_first:
        await office.confirm(now)
    await office.log()
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT)
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.confirm(now)
    office.clock.at = FRIDAY
    assert await office.deliver() == 0
    again = await office.approve(await office.letter(letter), by=TANAKA.id)
    assert (again.confirmed_at, again.confirmed_by) == (None, None)
    await office.deliver()
    assert len(office.line.took) == 1, "reading it again on its day is an answer"


@pytest.mark.rule("S5")
async def test_an_answer_in_the_light_of_less_is_refused(office: Office, store: Store) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = MORNING
    async with refused(store, ReadAgainFirst, rule="S5"):
        await office.confirm(letter, facts=7)


@pytest.mark.rule("S2")
@pytest.mark.rule("DOMAIN-3.7")
async def test_who_may_answer(office: Office, store: Store) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    async with refused(store, NotAskedNow, rule="G-27"):
        await office.confirm(letter)
    office.clock.at = MORNING
    elsewhere = await office.hire("elsewhere", Role.MESSAGE_APPROVER)
    worker = await office.hire("worker", seats=(Role.OUTREACH_WORKER,))
    for who in (elsewhere, worker):
        async with refused(store, NotYours, rule="DOMAIN-3.7"):
            await office.confirm(letter, by=who.id)
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.confirm(letter, version=letter.version + 1)
    office.clock.at = letter.closes_at
    async with refused(store, WindowClosed, rule="S4"):
        await office.confirm(letter)


@pytest.mark.rule("S2")
async def test_an_approval_of_months_ago_lasts_if_an_approver_answers(
    office: Office, store: Store
) -> None:
    letter = await office.of_a_series(opens_at=LONG_AFTER)
    office.clock.at = LONG_AFTER
    await office.ask()
    await office.deliver()
    now = await office.letter(letter)
    assert now.state is LetterState.SCHEDULED, "it is asked about, not held as run out"
    async with refused(store, ApproverAnswers, rule="S2"):
        await office.confirm(now, by=SUZUKI.id)
    await office.confirm(now, by=TANAKA.id)
    await office.deliver()
    assert len(office.line.took) == 1
    assert await check_sent(office.uow) == ()


@pytest.mark.rule("S5")
async def test_when_its_approver_leaves_the_answer_of_another_is_not_enough(
    office: Office,
) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = FRIDAY
    await office.confirm(letter, by=TANAKA.id)
    async with office.uow.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()
    await office.deliver()
    assert await office.stands(letter) == (LetterState.HELD, Reason.APPROVER_LEFT)


@pytest.mark.rule("S6")
async def test_left_out_today_it_says_so(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = MORNING
    await office.ask()
    now = await office.letter(letter)
    await stop_letter(
        office.uow,
        letter_id=now.id,
        version=now.version,
        by=SUZUKI.id,
        at=office.now,
        today_only=True,
    )
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.LEFT_OUT)
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN


@pytest.mark.rule("S2")
async def test_given_back_on_its_day_no_approval_covers_it_any_more(
    office: Office, store: Store
) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = MORNING
    await office.ask()
    back = await office.give_back(await office.letter(letter), by=SUZUKI.id)
    assert (back.state, back.approved_by, back.bound_hash) == (LetterState.DRAFT, None, None)
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.confirm(back)
    waiting = await office.rewrite(back, opens_at=FRIDAY)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await office.give_back(waiting, by=SUZUKI.id)


@pytest.mark.rule("S4")
async def test_what_is_on_its_way_is_not_given_back(office: Office, store: Store) -> None:
    letter = await office.approved()
    office.clock.at = letter.opens_at
    assert await office.claim()
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.give_back(await office.letter(letter))


@pytest.mark.rule("G-27")
async def test_an_answer_that_has_grown_old_is_asked_for_again(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    async with office.uow.write() as work:
        now = await work.letters.get(letter.id)
        long_open = replace(now, closes_at=now.closes_at + 5 * DAY, version=now.version + 1)
        await work.letters.change(long_open, version=now.version)
        await work.commit()
    office.clock.at = MORNING
    assert await office.ask() == 1
    await office.confirm(await office.letter(letter))
    office.clock.at = FRIDAY + DAY - HOUR
    assert await office.ask() == 0
    office.clock.at = FRIDAY + DAY
    assert [await office.ask(), await office.ask()] == [1, 0]


@pytest.mark.rule("G-27")
async def test_what_the_card_shows_of_the_last_fourteen_days(office: Office) -> None:
    await office.log()
    letter = await office.of_a_series(opens_at=MONDAY + 16 * DAY)
    office.clock.at = MONDAY + 8 * DAY
    await office.log(channel=ContactChannel.VISIT)
    await office.says("きのうは眠れました")
    await office.approve(await office.letter(letter))
    office.clock.at = MONDAY + 16 * DAY
    view = await shown(office, letter.id, SUZUKI.id)
    channels = {contact.channel for contact in view.contacts}
    assert channels == {ContactChannel.LINE_IN, ContactChannel.VISIT}, "the call is older"
    assert view.wrote_at == MONDAY + 8 * DAY
    assert view.may_answer


@pytest.mark.rule("C5")
async def test_changes_around_the_case_are_told_without_what_was_agreed(office: Office) -> None:
    letter = await office.of_a_series(opens_at=FRIDAY)
    office.clock.at = MORNING
    await office.presses(Press.STOP)
    view = await shown(office, letter.id, SATO.id)
    assert [news.kind for news in view.news] == [NewsKind.CONSENT]
    assert not (view.may_answer or view.may_return or view.may_leave_out)


async def test_the_clock_of_practice_stops_where_the_question_is_asked(office: Office) -> None:
    await office.of_a_series(opens_at=FRIDAY)
    due = await next_due(office.uow, after=office.now + HOUR, tz=TOKYO)
    assert due == FRIDAY - timedelta(minutes=90)


@pytest.mark.rule("G-27", "S2")
async def test_a_single_letter_for_a_far_day_is_asked_about_on_it(office: Office) -> None:
    """Approved now, it would run out before its day; nobody has to approve it a second time."""
    letter = await office.approved(opens_at=LONG_AFTER)
    assert letter.asks_again
    office.clock.at = LONG_AFTER - HOUR
    assert await office.ask() == 1
    office.clock.at = LONG_AFTER
    assert await office.deliver() == 0
    await office.confirm(await office.letter(letter), by=TANAKA.id)
    assert await office.deliver() == 1


@pytest.mark.rule("G-27")
async def test_silence_about_a_single_letter_of_long_ago_means_no_sending(office: Office) -> None:
    letter = await office.approved(opens_at=LONG_AFTER)
    office.clock.at = LONG_AFTER - HOUR
    await office.ask()
    office.clock.at = LONG_AFTER + 12 * HOUR
    await office.deliver()
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.NOT_CONFIRMED)


@pytest.mark.rule("S2")
async def test_a_letter_of_this_week_is_not_asked_about(office: Office) -> None:
    assert not (await office.approved(opens_at=FRIDAY)).asks_again
