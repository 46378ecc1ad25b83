"""Approving: the bound words, the second person, and everything that stands against it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotActive, NotYours, OwnLetter
from core.agencies import Role
from core.binding_steps import NotReachable
from core.cases import CaseResting, CaseState
from core.consent import ChannelConsentMissing, ConsentState
from core.errors import AlreadyDecided, NotFound
from core.letters import LetterKind, LetterState, ReadAgainFirst, Reason, WindowClosed
from core.lint import WordingBlocked
from core.outbox import DeliveryState
from core.pace import TooSoon
from core.people import LinkState
from core.usecases.trail.check_sent import check_sent
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import refused
from tests.people import LINK_A, MAY_WRITE_TO_A, MONDAY, SATO, SUZUKI, TANAKA, WORDS

DAY = timedelta(days=1)


@pytest.mark.rule("S2")
@pytest.mark.rule("S3")
@pytest.mark.rule("G-06")
async def test_approved_it_is_bound_scheduled_and_written_into_the_outbox(office: Office) -> None:
    letter = await office.approved()
    assert await office.letter(letter) == letter
    assert (letter.state, letter.approved_by) == (LetterState.SCHEDULED, SATO.id)
    assert letter.bound_hash is not None
    delivery = await office.delivery(letter.id)
    assert (delivery.state, delivery.next_at) == (DeliveryState.READY, letter.opens_at)
    assert WORDS in delivery.request.decode()
    assert (await office.trail(letter.id))[-2:] == ["letter.approved", "letter.scheduled"]


@pytest.mark.rule("S4")
async def test_what_arrives_are_the_bytes_that_were_frozen(office: Office) -> None:
    letter = await office.approved()
    frozen = (await office.delivery(letter.id)).request
    office.clock.at = SOON
    await office.deliver()
    [took] = office.line.took
    assert took.request == frozen
    assert (took.to, took.texts) == (LINK_A.line_user_id, (WORDS,))
    assert (await office.letter(letter)).sent_at == SOON
    assert await check_sent(office.uow) == ()


@pytest.mark.rule("S2")
@pytest.mark.rule("G-06")
@pytest.mark.rule("DOMAIN-3.7")
async def test_who_may_not_approve_is_refused_and_nothing_is_bound(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    elsewhere = await office.hire("elsewhere", Role.MESSAGE_APPROVER)
    both = await office.hire("both", seats=(Role.OUTREACH_WORKER, Role.MESSAGE_APPROVER))
    own = await office.write(by=both.id)
    for who in (SUZUKI, elsewhere):
        async with refused(store, NotYours, rule="DOMAIN-3.7"):
            await office.approve(letter, by=who.id)
    async with refused(store, OwnLetter, rule="G-06"):
        await office.approve(own, by=both.id)
    async with office.uow.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()
    async with refused(store, NotActive, rule="DOMAIN-3.7"):
        await office.approve(letter)


@pytest.mark.rule("S2")
async def test_only_the_letter_that_was_shown_is_approved(office: Office, store: Store) -> None:
    letter = await office.write()
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.approve(letter, version=letter.version + 1)
    async with refused(store, NotFound, rule="HOUSE-11"):
        await office.approve(letter, letter_id="none")
    back = await office.give_back(letter)
    async with refused(store, AlreadyDecided, rule="S2") as told:
        await office.approve(back, by=TANAKA.id)
    assert told.value.facts["state"] == "DRAFT"


@pytest.mark.rule("S2")
async def test_the_second_approver_is_told_who_decided_and_when(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    await office.approve(letter)
    async with refused(store, AlreadyDecided, rule="S2") as told:
        await office.approve(letter, by=TANAKA.id)
    assert told.value.facts == {"by": "佐藤", "at": MONDAY.isoformat(), "state": "SCHEDULED"}


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
async def test_what_came_in_after_the_card_was_shown_has_to_be_read_first(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    await office.log()
    async with refused(store, ReadAgainFirst, rule="S5"):
        await office.approve(letter, facts=0)
    assert (await office.approve(letter, facts=1)).state is LetterState.SCHEDULED


@pytest.mark.rule("S5")
async def test_a_reply_counts_as_news_on_every_case_of_the_person(
    office: Office, store: Store
) -> None:
    """A second case of A, older: an answer belongs to the newest, and is news to both."""
    letter = await office.write(case_id=(await office.second_case()).id)
    await office.says()
    async with refused(store, ReadAgainFirst, rule="S5"):
        await office.approve(letter, facts=0)


@pytest.mark.rule("S4")
async def test_a_window_that_has_closed_cannot_be_approved(office: Office, store: Store) -> None:
    letter = await office.write()
    office.clock.at = letter.closes_at
    async with refused(store, WindowClosed, rule="S4"):
        await office.approve(letter)


@pytest.mark.rule("S1")
@pytest.mark.rule("G-11")
async def test_words_are_checked_again_in_the_light_of_today(office: Office, store: Store) -> None:
    letter = await office.write()
    await office.person(do_not_mention=("冷える",))
    async with refused(store, WordingBlocked, rule="S1"):
        await office.approve(letter)


@pytest.mark.rule("R-022")
async def test_a_case_that_rests_meanwhile_sends_nothing(office: Office, store: Store) -> None:
    letter = await office.write()
    await office.move_case(CaseState.INTERRUPTION_REVIEW)
    async with refused(store, CaseResting, rule="R-022"):
        await office.approve(letter)


@pytest.mark.rule("S3")
async def test_without_the_persons_permission_nothing_is_scheduled(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    for version, state in enumerate((ConsentState.WITHDRAWN, ConsentState.EXPIRED), 1):
        async with office.uow.write() as work:
            gone = MONDAY if state is ConsentState.WITHDRAWN else None
            changed = replace(MAY_WRITE_TO_A, state=state, withdrawn_at=gone, version=version + 1)
            await work.consents.change(changed, version=version)
            await work.commit()
        async with refused(store, ChannelConsentMissing, rule="S3"):
            await office.approve(letter)


@pytest.mark.rule("S4")
async def test_an_account_that_cannot_be_reached_is_not_written_to(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    states: list[dict[str, Any]] = [
        {"state": LinkState.BLOCKED},
        {"state": LinkState.UNLINKED_BY_PERSON},
        {"state": LinkState.UNLINKED},
        {"state": LinkState.PAUSED, "paused_until": SOON + timedelta(microseconds=1)},
        {"state": LinkState.PAUSED, "paused_until": None},
    ]
    for version, changes in enumerate(states, 1):
        async with office.uow.write() as work:
            await work.links.change(
                replace(LINK_A, version=version + 1, **changes), version=version
            )
            await work.commit()
        async with refused(store, NotReachable, rule="S4") as told:
            await office.approve(letter)
        assert told.value.facts == {"state": str(changes["state"])}


@pytest.mark.rule("G-13")
async def test_a_letter_may_open_at_the_moment_in_which_a_rest_ends(office: Office) -> None:
    letter = await office.write()
    async with office.uow.write() as work:
        resting = replace(LINK_A, state=LinkState.PAUSED, paused_until=letter.opens_at, version=2)
        await work.links.change(resting, version=1)
        await work.commit()
    await office.approve(letter)
    office.clock.at = letter.opens_at
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("G-03")
@pytest.mark.rule("R-024")
async def test_letters_keep_72_hours_between_them_before_and_after(
    office: Office, store: Store
) -> None:
    await office.approved(opens_at=SOON + 4 * DAY)
    wednesday, friday, saturday = (SOON + days * DAY for days in (2, 4, 5))
    monday_before = SOON + 7 * DAY - timedelta(minutes=1)
    for near in (wednesday, friday, saturday, monday_before):
        letter = await office.write(opens_at=near)
        async with refused(store, TooSoon, rule="G-03"):
            await office.approve(letter)
    for far in (SOON, SOON + 7 * DAY):
        await office.approved(opens_at=far)


@pytest.mark.rule("G-03")
async def test_a_fourth_letter_in_thirty_days_is_one_too_many(office: Office, store: Store) -> None:
    for days in (0, 7, 14):
        await office.approved(opens_at=SOON + days * DAY)
    fourth = await office.write(opens_at=SOON + 21 * DAY)
    async with refused(store, TooSoon, rule="G-03") as told:
        await office.approve(fourth)
    assert told.value.facts == {"next": (SOON + 30 * DAY).isoformat()}


@pytest.mark.rule("G-03")
async def test_an_answer_to_the_persons_own_words_is_no_letter_too_many(office: Office) -> None:
    await office.says()
    await office.approved()
    answer = await office.approved(kind=LetterKind.REPLY, opens_at=SOON + timedelta(hours=2))
    assert answer.state is LetterState.SCHEDULED


@pytest.mark.rule("S5")
@pytest.mark.rule("G-06")
async def test_a_held_letter_may_be_approved_again_after_reading(office: Office) -> None:
    letter = await office.approved()
    await office.log()
    held = await office.letter(letter)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.NEW_FACT)
    again = await office.approve(held, by=TANAKA.id)
    assert (again.state, again.approved_by, again.reason) == (
        LetterState.SCHEDULED,
        TANAKA.id,
        None,
    )
    office.clock.at = SOON
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("S5")
async def test_the_approver_of_the_first_time_is_nobody_after_a_hold(office: Office) -> None:
    """An approval that was taken back is not counted for what is sent later."""
    letter = await office.approved()
    await office.log()
    office.clock.at = SOON
    assert await office.deliver() == 0
    assert not office.line.took
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN
