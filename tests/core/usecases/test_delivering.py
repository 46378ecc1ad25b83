"""Claiming, sending and recording: what goes, what waits, what ends, and why."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.cases import CaseState
from core.contacts import ContactChannel
from core.inbound import Unfollowed
from core.letters import LetterKind, LetterState, Reason
from core.outbox import (
    CHANNEL_REST,
    Accepted,
    CardKind,
    DeliveryState,
    Outcome,
    Refused,
    TryLater,
    backoff,
)
from core.pace import TooSoon
from core.people import LinkState
from core.replies import Press
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.delivery.record_deliveries import record_deliveries
from core.usecases.trail.check_sent import check_sent
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import refused, unchanged
from tests.fakes import Mishap
from tests.midori import add_neighbour
from tests.people import A12, LINK_A, MONDAY, SUZUKI, TANAKA, A

SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)


async def answered(office: Office, outcome: Outcome, *, at: timedelta = timedelta()) -> None:
    """The letter is claimed, and LINE answers like this."""
    office.clock.at += at
    lease = f"lease-{office.now}"
    claims = await office.claim(lease)
    assert len(claims) == 1
    await record_deliveries(office.uow, [(claims[0], outcome)], at=office.now)


@pytest.mark.rule("S4")
async def test_accepted_it_is_sent_logged_and_told(office: Office) -> None:
    letter = await office.approved()
    before = await office.cards(letter.id)
    office.clock.at = SOON
    await answered(office, Accepted(request_id="r-1"))
    sent = await office.letter(letter)
    assert (sent.state, sent.sent_at, sent.line_request_id) == (LetterState.SENT, SOON, "r-1")
    assert (await office.delivery(letter.id)).state is DeliveryState.ACCEPTED
    async with office.uow.read() as work:
        [contact] = await work.contacts.of_case(A12.id)
    assert (contact.channel, contact.letter_id) == (ContactChannel.LINE_OUT, letter.id)
    assert (await office.trail(letter.id))[-1] == "letter.sent"
    after = await office.cards(letter.id)
    assert all(after[card] > before[card] for card in before)
    async with office.uow.read() as work:
        assert (await work.cases.get(A12.id)).facts == 0, "our own letter is no news of A"


@pytest.mark.rule("S7")
async def test_refused_by_line_it_has_failed_and_the_worker_is_told(office: Office) -> None:
    letter = await office.approved()
    before = await office.cards(letter.id)
    office.clock.at = SOON
    await answered(office, Refused(status=400, detail="bad"))
    assert await office.stands(letter) == (LetterState.FAILED, Reason.REFUSED_BY_LINE)
    assert (await office.delivery(letter.id)).state is DeliveryState.REFUSED
    assert (await office.cards(letter.id))[("AUTHOR", SUZUKI.id)] > before[("AUTHOR", SUZUKI.id)]
    async with office.uow.read() as work:
        assert await work.contacts.of_case(A12.id) == (), "it is no contact, and no lost one"
    for _ in range(30):
        office.clock.at += HOUR
        await office.deliver()
    assert office.line.calls == 0


@pytest.mark.rule("S7")
async def test_refused_after_a_lost_answer_nobody_can_be_certain(office: Office) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    await answered(office, TryLater(detail="timeout", maybe_taken=True))
    await answered(office, Refused(status=400, detail="bad"), at=backoff(1))
    assert await office.stands(letter) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)
    assert (await office.delivery(letter.id)).state is DeliveryState.IN_DOUBT


@pytest.mark.rule("S4")
async def test_a_passing_fault_is_tried_again_ever_more_rarely(office: Office) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    office.line.mishaps.extend([Mishap.TOO_MANY] * 4)
    for attempt in range(1, 5):
        await office.deliver()
        waiting = await office.delivery(letter.id)
        assert (waiting.state, waiting.attempts) == (DeliveryState.READY, attempt)
        assert waiting.next_at == office.now + backoff(attempt)
        assert waiting.doubt_since is None, "429 took nothing"
        office.clock.at = waiting.next_at - SECOND
        await office.deliver()
        assert office.line.calls == attempt
        office.clock.at = waiting.next_at
    await office.deliver()
    assert len(office.line.took) == 1
    assert (await office.letter(letter)).state is LetterState.SENT


@pytest.mark.rule("S4")
async def test_a_lost_answer_is_asked_for_with_the_same_key_and_arrives_once(
    office: Office,
) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    office.line.mishaps.extend([Mishap.ANSWER_LOST, Mishap.ANSWER_LOST, Mishap.DOWN])
    for _ in range(4):
        await office.deliver()
        office.clock.at = (await office.delivery(letter.id)).next_at
    assert (office.line.calls, len(office.line.took)) == (4, 1)
    sent = await office.letter(letter)
    assert (sent.state, sent.line_request_id) == (LetterState.SENT, "request-1")


@pytest.mark.rule("S5")
@pytest.mark.rule("S6")
async def test_what_may_be_on_the_phone_is_not_asked_again_once_it_does_not_fit(
    office: Office,
) -> None:
    """A lost answer, then something changes: not sent again, not called cancelled, told."""
    office.line.mishaps.append(Mishap.DOWN)
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver()
    await office.log()
    assert (await office.letter(letter)).state is LetterState.SCHEDULED, "on its way, left alone"
    office.clock.at += MINUTE
    await office.deliver()
    assert await office.stands(letter) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)
    assert office.line.calls == 1


@pytest.mark.rule("S4")
async def test_a_window_that_closes_in_doubt_ends_in_doubt_and_is_told(office: Office) -> None:
    letter = await office.approved(closes_at=SOON + MINUTE)
    office.line.mishaps.extend([Mishap.DOWN] * 9)
    office.clock.at = SOON
    for _ in range(4):
        await office.deliver()
        office.clock.at += 45 * SECOND
        await drop_late_letters(office.uow, at=office.now)
    assert await office.stands(letter) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)


@pytest.mark.rule("S4")
async def test_a_days_doubt_is_the_end_since_line_forgets_the_key(office: Office) -> None:
    letter = await office.approved(closes_at=SOON + 5 * DAY)
    office.clock.at = SOON
    office.line.mishaps.append(Mishap.ANSWER_LOST)
    office.line.mishaps.extend([Mishap.DOWN] * 100)
    for _ in range(200):
        await office.deliver()
        now = await office.delivery(letter.id)
        if now.state is not DeliveryState.READY:
            break
        office.clock.at = now.next_at
    assert await office.stands(letter) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)
    assert office.now - SOON <= 23 * HOUR
    assert len(office.line.took) == 1


@pytest.mark.rule("S4")
@pytest.mark.rule("S7")
async def test_a_closed_channel_rests_is_told_once_a_day_and_wakes(office: Office) -> None:
    officer = await office.hire("officer", Role.MUNICIPAL_OFFICER)
    await office.says()
    letter = await office.approved(kind=LetterKind.REPLY)
    office.clock.at = max(SOON, office.now)
    office.line.mishaps.append(Mishap.TOKEN)
    await office.deliver()
    assert (await office.delivery(letter.id)).state is DeliveryState.READY
    async with office.uow.read() as work:
        rest = await work.towns.channel_rest()
    assert rest is not None
    assert (rest.cause, rest.until) == ("TOKEN", office.now + CHANNEL_REST)
    told = await office.cards("TOKEN:2026-11-30")
    assert {(CardKind.CHANNEL, officer.id), (CardKind.CHANNEL, TANAKA.id)} <= set(told)
    office.clock.at = rest.until - SECOND
    assert await office.deliver() == 0
    assert office.line.calls == 1, "nobody knocks while it rests"
    office.clock.at = rest.until
    await office.deliver()
    assert (await office.letter(letter)).state is LetterState.SENT


@pytest.mark.rule("S4")
async def test_an_outcome_whose_lease_was_lost_changes_nothing(
    office: Office, store: Store
) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    [slow] = await office.claim("slow")
    office.clock.at = SOON + 31 * SECOND
    [fast] = await office.claim("fast")
    assert (fast.retry_key, fast.attempts) == (slow.retry_key, 2)
    async with unchanged(store):
        outcome = Refused(status=400, detail="late")
        await record_deliveries(office.uow, [(slow, outcome)], at=office.now)
    await record_deliveries(
        office.uow, [(fast, Accepted(request_id="r", already=True))], at=office.now
    )
    assert (await office.letter(letter)).state is LetterState.SENT


STAYS: list[tuple[str, dict[str, Any], LetterState, Reason]] = [
    ("blocked", {"state": LinkState.BLOCKED}, LetterState.CANCELLED, Reason.BLOCKED),
    (
        "stopped",
        {"state": LinkState.UNLINKED_BY_PERSON},
        LetterState.CANCELLED,
        Reason.STOPPED_BY_PERSON,
    ),
    ("not linked", {"state": LinkState.UNLINKED}, LetterState.CANCELLED, Reason.NOT_LINKED),
    (
        "resting",
        {"state": LinkState.PAUSED, "paused_until": SOON + SECOND},
        LetterState.CANCELLED,
        Reason.RESTING,
    ),
    ("resting for good", {"state": LinkState.PAUSED}, LetterState.CANCELLED, Reason.RESTING),
    ("another account", {"line_user_id": "U" + "c" * 32}, LetterState.HELD, Reason.BINDING_BROKEN),
]


@pytest.mark.rule("S6")
@pytest.mark.parametrize(
    ("changes", "state", "reason"), [row[1:] for row in STAYS], ids=[row[0] for row in STAYS]
)
async def test_an_account_that_may_not_be_written_to_gets_nothing(
    office: Office, changes: dict[str, Any], state: LetterState, reason: Reason
) -> None:
    letter = await office.approved()
    async with office.uow.write() as work:
        await work.links.change(replace(LINK_A, version=2, **changes), version=1)
        await work.commit()
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (state, reason)
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN


@pytest.mark.rule("S6")
async def test_after_a_death_no_letter_leaves(office: Office) -> None:
    letter = await office.approved()
    await office.person(deceased_on=date(2026, 11, 29))
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.DECEASED)


@pytest.mark.rule("S6")
async def test_the_kill_switch_stops_everything_even_answers(office: Office) -> None:
    letter = await office.approved()
    await office.presses(Press.REST)
    async with office.uow.write() as work:
        await work.towns.put(replace(await work.towns.get(), pushes_stopped=True))
        await work.commit()
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert (await office.letter(letter)).state is LetterState.CANCELLED


@pytest.mark.rule("S6")
async def test_a_case_that_rests_meanwhile_takes_its_letters_along(office: Office) -> None:
    letter = await office.approved()
    await office.move_case(CaseState.INTERRUPTED)
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.CASE_RESTS)


@pytest.mark.rule("S2")
async def test_an_approval_runs_out_after_fourteen_days(office: Office) -> None:
    """One whose day lies within the life of its approval is not asked about on its day."""
    letter = await office.approved(opens_at=SOON + 13 * DAY, closes_at=SOON + 20 * DAY)
    office.clock.at = SOON + 14 * DAY
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.HELD, Reason.APPROVAL_EXPIRED)


@pytest.mark.rule("G-05")
async def test_hours_that_changed_meanwhile_hold(office: Office) -> None:
    """Approved for the forenoon; then A turns out to be awake at night."""
    letter = await office.approved(closes_at=SOON + DAY)
    await office.awake(time(22, 0), time(2, 0))
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    waiting = await office.delivery(letter.id)
    assert waiting.next_at == MONDAY + timedelta(hours=11, minutes=30)
    office.clock.at = waiting.next_at
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("G-05")
async def test_no_night_letter_slips_into_a_day_of_rest_or_comes_late_after_it(
    office: Office,
) -> None:
    """Awake from 22:00 to 2:00; Saturday night ends where Sunday begins."""
    await office.awake(time(22, 0), time(2, 0))
    saturday = MONDAY + timedelta(days=5, hours=11, minutes=30)  # 22:00 in Tokyo
    letter = await office.approved(opens_at=saturday)
    office.clock.at = saturday + 2 * HOUR  # Sunday, 0:00
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.WINDOW_CLOSED)


@pytest.mark.rule("G-05")
async def test_hours_that_never_open_hold_up_nobody_else(office: Office) -> None:
    """A's own hours were set to nothing; the neighbour's letter goes all the same."""
    case_id, _ = await add_neighbour(office.uow, 1)
    letter = await office.approved()
    other = await office.approved(case_id=case_id)
    await office.awake(time(10, 0), time(10, 0))
    office.clock.at = SOON
    await office.deliver()
    assert (await office.letter(other)).state is LetterState.SENT
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.WINDOW_CLOSED)


@pytest.mark.rule("G-03")
async def test_two_letters_never_come_within_72_hours_however_they_were_approved(
    office: Office,
) -> None:
    """A long window lets the first one slip to within a day of the second."""
    first = await office.approved(closes_at=SOON + 5 * DAY)
    second = await office.approved(opens_at=SOON + 3 * DAY)
    office.clock.at = SOON + 2 * DAY
    await office.deliver()
    office.clock.at = SOON + 3 * DAY
    await office.deliver()
    assert len(office.line.took) == 1
    assert (await office.letter(first)).state is LetterState.SENT
    assert await office.stands(second) == (LetterState.CANCELLED, Reason.TOO_SOON)


@pytest.mark.rule("G-03")
async def test_while_one_may_be_on_the_phone_the_next_does_not_go(office: Office) -> None:
    """LINE took the first and the answer was lost; the second is due before we know."""
    await office.approved(closes_at=SOON + 5 * DAY)
    await office.approved(opens_at=SOON + 3 * DAY, closes_at=SOON + 3 * DAY + HOUR)
    office.clock.at = SOON + 3 * DAY - SECOND
    office.line.mishaps.append(Mishap.ANSWER_LOST)
    await office.deliver()
    office.clock.at = SOON + 3 * DAY
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("G-03")
@pytest.mark.rule("S7")
async def test_a_letter_given_up_as_uncertain_counts_as_one_that_came(
    office: Office, store: Store
) -> None:
    await office.approved(closes_at=SOON + MINUTE)
    later = await office.approved(opens_at=SOON + 3 * DAY)
    office.clock.at = SOON
    office.line.mishaps.append(Mishap.ANSWER_LOST)
    await office.deliver()
    office.clock.at = SOON + MINUTE
    await office.deliver()
    soon = await office.write(opens_at=SOON + DAY)
    async with refused(store, TooSoon, rule="G-03"):
        await office.approve(soon)
    office.clock.at = SOON + 3 * DAY
    await office.deliver()
    assert (await office.letter(later)).state is LetterState.SENT
    assert len(office.line.took) == 2


@pytest.mark.rule("S4")
async def test_late_letters_are_dropped_and_told_never_sent(office: Office, store: Store) -> None:
    letter, unread = await office.approved(), await office.write(opens_at=SOON + HOUR)
    async with unchanged(store):
        assert await drop_late_letters(office.uow, at=letter.closes_at - SECOND) == 0
    assert await drop_late_letters(office.uow, at=letter.closes_at) == 2
    for one in (letter, unread):
        assert await office.stands(one) == (LetterState.CANCELLED, Reason.WINDOW_CLOSED)
    async with unchanged(store):
        assert await drop_late_letters(office.uow, at=letter.closes_at) == 0
    office.clock.at = letter.closes_at
    await office.deliver()
    assert not office.line.took


@pytest.mark.rule("S4")
async def test_a_letter_on_its_way_is_not_dropped(office: Office, store: Store) -> None:
    letter = await office.approved()
    office.clock.at = letter.closes_at - SECOND
    await office.claim()
    async with unchanged(store):
        assert await drop_late_letters(office.uow, at=letter.closes_at) == 0


@pytest.mark.rule("G-14")
async def test_a_block_between_claim_and_answer_is_kept_and_the_next_letter_stays(
    office: Office,
) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    [claim] = await office.claim()
    await office.a.does(Unfollowed(), at=office.now)
    await record_deliveries(office.uow, [(claim, Accepted(request_id="r"))], at=office.now)
    assert (await office.letter(letter)).state is LetterState.SENT
    assert (await office.link()).state is LinkState.BLOCKED
    assert await check_sent(office.uow) == ()


@pytest.mark.rule("S4")
async def test_nothing_due_writes_nothing(office: Office, store: Store) -> None:
    await office.approved()
    async with unchanged(store):
        assert await office.claim() == ()
        await record_deliveries(office.uow, [], at=office.now)
    async with office.uow.read() as work:
        assert (await work.people.get(A.id)).deceased_on is None
