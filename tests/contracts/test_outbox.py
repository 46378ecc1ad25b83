"""What the store promises about deliveries: each is won once, and only its winner records it."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.agencies import Role, Seat
from core.consent import ConsentState
from core.ids import CaseId, ConsentId, DeliveryId, LetterId, LinkId, PersonId
from core.letters import LetterKind, LetterState
from core.outbox import DeliveryState
from core.people import LineLink, LinkState
from core.ports import Recorded, Settled, UnitOfWork
from tests.contracts.letters_at_hand import LEASED_UNTIL, OPEN, delivery_of, schedule, scheduled
from tests.databases import open_unit_of_work
from tests.people import A12, LINK_A, MAY_WRITE_TO_A, MIDORI, MONDAY, TANAKA, A

SECOND = timedelta(seconds=1)


async def take(uow: UnitOfWork, *, lease: str, limit: int = 50) -> set[DeliveryId]:
    async with uow.write() as work:
        due = await work.outbox.due(at=OPEN, limit=limit)
        won = await work.outbox.lease(
            [item.delivery_id for item in due], lease=lease, at=OPEN, until=LEASED_UNTIL
        )
        await work.commit()
        return won


async def many_people(uow: UnitOfWork, count: int) -> None:
    """So many people with a scheduled letter each."""
    async with uow.write() as work:
        for number in range(count):
            person = replace(A, id=PersonId(f"p{number}"), code=f"p{number}")
            case = replace(
                A12,
                id=CaseId(f"c{number}"),
                case_no=f"c{number}",
                alias=f"c{number}",
                person_id=person.id,
            )
            letter = scheduled(f"l{number:03}", person_id=person.id, case_id=case.id)
            await work.people.put(person)
            await work.cases.add(case)
            await work.letters.add(letter)
            await work.outbox.add(delivery_of(letter, person_id=person.id, case_id=case.id))
        await work.commit()


@pytest.mark.parametrize(
    "answer", [{}, {"asks_again": True, "confirmed_at": OPEN, "confirmed_by": TANAKA.id}]
)
async def test_what_is_due_comes_with_everything_for_the_second_look(
    midori: UnitOfWork, answer: dict[str, Any]
) -> None:
    letter = scheduled(**answer)
    await schedule(midori, letter)
    async with midori.write() as work:
        await work.people.put(replace(A, wakes=time(13), sleeps=time(2, 30)))
        assert await work.outbox.due(at=OPEN - SECOND, limit=5) == []
        (due,) = await work.outbox.due(at=OPEN, limit=5)
    delivery = delivery_of(letter)
    assert (due.delivery_id, due.case_id) == (delivery.id, delivery.case_id)
    assert due.attempts == 0
    assert (due.wakes, due.sleeps) == (time(13), time(2, 30))
    seen = due.situation
    for name, value in seen.letter._asdict().items():
        assert value == getattr(letter, name), name
    assert seen.request == delivery.request
    assert (seen.line_user_id, seen.link_id) == (LINK_A.line_user_id, LINK_A.id)
    assert (seen.link_state, seen.paused_until) == (LinkState.LINKED, None)
    assert (seen.consent_id, seen.consent_version) == (MAY_WRITE_TO_A.id, 1)
    assert seen.consent_state is ConsentState.GIVEN
    assert (seen.case_state, seen.case_facts) == (A12.state, 0)
    assert (seen.deceased, seen.approver_seated, seen.doubt_since) == (False, True, None)
    assert (seen.last_sent_at, seen.sent_lately) == (None, 0)


async def test_a_delivery_is_brought_forward_and_never_put_off(midori: UnitOfWork) -> None:
    letter = scheduled()
    await schedule(midori, letter)
    async with midori.write() as work:
        for to, stands in ((OPEN + SECOND, OPEN), (OPEN, OPEN), (MONDAY, MONDAY)):
            assert await work.outbox.bring_forward(letter.id, to=to)
            found = await work.outbox.of_letter(letter.id)
            assert found is not None
            assert found.next_at == stands
        await work.outbox.put_off([(delivery_of(letter).id, OPEN + SECOND)])
        assert await work.outbox.bring_forward(letter.id, to=OPEN)
        assert not await work.outbox.bring_forward(LetterId("none"), to=OPEN)
        await work.outbox.lease([delivery_of(letter).id], lease="l", at=OPEN, until=LEASED_UNTIL)
        assert not await work.outbox.bring_forward(letter.id, to=OPEN), "it is on its way"


async def test_the_second_look_sees_the_rows_of_this_moment(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    left = Seat(case_id=A12.id, staff_id=TANAKA.id, role=Role.MESSAGE_APPROVER)
    newer = replace(
        MAY_WRITE_TO_A,
        id=ConsentId("consent-b"),
        given_at=MONDAY,
        state=ConsentState.WITHDRAWN,
        withdrawn_at=MONDAY,
    )
    async with midori.write() as work:
        await work.staff.remove_seat(left)
        await work.cases.add_fact(A12.id)
        await work.people.put(replace(A, deceased_on=MONDAY.date()))
        await work.consents.add(newer)
        paused = replace(LINK_A, state=LinkState.PAUSED, paused_until=OPEN, version=2)
        await work.links.change(paused, version=1)
        (due,) = await work.outbox.due(at=OPEN, limit=5)
    seen = due.situation
    assert (seen.approver_seated, seen.case_facts, seen.deceased) == (False, 1, True)
    assert (seen.consent_id, seen.consent_state) == ("consent-b", ConsentState.WITHDRAWN)
    assert (seen.link_state, seen.paused_until) == (LinkState.PAUSED, OPEN)


async def test_an_approver_no_longer_in_service_is_not_seated(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    async with midori.write() as work:
        await work.staff.put(replace(TANAKA, active=False))
        (due,) = await work.outbox.due(at=OPEN, limit=5)
    assert not due.situation.approver_seated


async def test_of_several_accounts_the_one_linked_last_counts(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    newer = LineLink(
        id=LinkId("link-b"),
        municipality_id=MIDORI,
        line_user_id="U" + "b" * 32,
        state=LinkState.LINKED,
        person_id=A.id,
        linked_at=MONDAY,
    )
    async with midori.write() as work:
        former = replace(LINK_A, state=LinkState.UNLINKED_BY_PERSON, version=2)
        await work.links.change(former, version=1)
        (due,) = await work.outbox.due(at=OPEN, limit=5)
        assert due.situation.link_state is LinkState.UNLINKED_BY_PERSON
        await work.links.add(newer)
        (due,) = await work.outbox.due(at=OPEN, limit=5)
        assert await work.links.of_person(A.id) == newer
    assert (due.situation.link_id, due.situation.line_user_id) == ("link-b", newer.line_user_id)


@pytest.mark.rule("G-03")
async def test_pace_leaves_acknowledgements_and_replies_out(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    async with midori.write() as work:
        for name, days, kind in (
            ("a", 40, LetterKind.CHECK_IN),
            ("b", 20, LetterKind.SEASON),
            ("c", 5, LetterKind.CHECK_IN),
            ("d", 2, LetterKind.REPLY),
            ("e", 1, LetterKind.ACKNOWLEDGEMENT),
        ):
            at = OPEN - timedelta(days=days)
            sent = scheduled(name, state=LetterState.SENT, sent_at=at, kind=kind)
            await work.letters.add(sent)
        (due,) = await work.outbox.due(at=OPEN, limit=5)
    assert due.situation.last_sent_at == OPEN - timedelta(days=5)
    assert due.situation.sent_lately == 2


async def test_a_claim_is_won_once_and_comes_back_when_its_lease_runs_out(
    midori: UnitOfWork,
) -> None:
    await schedule(midori, scheduled())
    (won,) = await take(midori, lease="first")
    assert await take(midori, lease="second") == set()
    async with midori.write() as work:
        assert await work.outbox.due(at=LEASED_UNTIL - SECOND, limit=5) == []
        (again,) = await work.outbox.due(at=LEASED_UNTIL, limit=5)
        assert again.delivery_id == won
        assert (again.attempts, again.situation.doubt_since) == (1, OPEN)
        retaken = await work.outbox.lease(
            [again.delivery_id], lease="second", at=LEASED_UNTIL, until=LEASED_UNTIL + 30 * SECOND
        )
        assert retaken == {won}
        kept = await work.outbox.of_letter(scheduled().id)
        assert kept is not None
        assert (kept.attempts, kept.doubt_since) == (2, OPEN)


async def test_only_the_holder_of_the_lease_records(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    (won,) = await take(midori, lease="mine")
    mine = Settled(
        delivery_id=won,
        letter_id=scheduled().id,
        lease="mine",
        state=DeliveryState.ACCEPTED,
        next_at=OPEN,
        doubt_since=None,
    )
    async with midori.write() as work:
        yours = mine._replace(lease="yours")
        assert await work.outbox.settle([yours], at=OPEN) == Recorded(set(), set())
        assert await work.outbox.settle([mine], at=OPEN) == Recorded({won}, {scheduled().id})
        assert await work.outbox.settle([mine], at=OPEN) == Recorded(set(), set())
        kept = await work.outbox.of_letter(scheduled().id)
        assert kept is not None
        assert kept.state is DeliveryState.ACCEPTED


async def test_a_failed_try_is_ready_again_later(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    (won,) = await take(midori, lease="mine")
    later = OPEN + 5 * SECOND
    retry = Settled(
        delivery_id=won,
        letter_id=scheduled().id,
        lease="mine",
        state=DeliveryState.READY,
        next_at=later,
        doubt_since=OPEN,
    )
    async with midori.write() as work:
        assert await work.outbox.settle([retry], at=OPEN) == Recorded({won}, set())
        assert await work.outbox.due(at=OPEN, limit=5) == []
        (due,) = await work.outbox.due(at=later, limit=5)
        assert due.situation.doubt_since == OPEN


async def test_what_may_be_on_the_phone_already_cannot_be_withdrawn(midori: UnitOfWork) -> None:
    letter = scheduled()
    await schedule(midori, letter)
    async with midori.write() as work:
        assert await work.outbox.withdraw(letter.id)
        assert not await work.outbox.withdraw(letter.id)
    async with midori.write() as work:
        delivery = delivery_of(letter)
        await work.outbox.lease([delivery.id], lease="l", at=OPEN, until=LEASED_UNTIL)
        assert not await work.outbox.withdraw(letter.id)
        doubtful = Settled(
            delivery_id=delivery.id,
            letter_id=letter.id,
            lease="l",
            state=DeliveryState.READY,
            next_at=OPEN,
            doubt_since=OPEN,
        )
        await work.outbox.settle([doubtful], at=OPEN)
        assert not await work.outbox.withdraw(letter.id)


async def test_put_off_and_ended_deliveries_are_not_due(midori: UnitOfWork) -> None:
    one, two = scheduled("one"), scheduled("two")
    await schedule(midori, one, two)
    async with midori.write() as work:
        await work.outbox.put_off([(delivery_of(one).id, OPEN + SECOND)])
        await work.outbox.end([(delivery_of(two).id, DeliveryState.IN_DOUBT)])
        assert await work.outbox.due(at=OPEN, limit=5) == []
        (due,) = await work.outbox.due(at=OPEN + SECOND, limit=5)
        assert due.situation.letter.id == "one"


@pytest.mark.rule("G-03")
async def test_while_one_letter_is_on_its_way_the_persons_next_waits(midori: UnitOfWork) -> None:
    one, two = scheduled("one"), scheduled("two")
    await schedule(midori, one, two)
    async with midori.write() as work:
        await work.outbox.lease([delivery_of(one).id], lease="l", at=OPEN, until=LEASED_UNTIL)
        assert await work.outbox.due(at=OPEN, limit=5) == []
        ended = Settled(
            delivery_id=delivery_of(one).id,
            letter_id=one.id,
            lease="l",
            state=DeliveryState.ACCEPTED,
            next_at=OPEN,
            doubt_since=None,
        )
        await work.outbox.settle([ended], at=OPEN)
        (due,) = await work.outbox.due(at=OPEN, limit=5)
        assert due.situation.letter.id == "two"


async def test_two_loops_on_one_database_never_win_the_same(
    midori: UnitOfWork, database_url: str
) -> None:
    await many_people(midori, 60)
    async with open_unit_of_work(database_url, municipality_id=MIDORI) as other:
        rounds = await asyncio.gather(
            *(
                take(uow, lease=f"{place}-{number}", limit=7)
                for number in range(6)
                for place, uow in enumerate((midori, other))
            )
        )
    won = [delivery_id for taken in rounds for delivery_id in taken]
    assert len(won) == len(set(won)) == 60


async def test_accepted_deliveries_send_only_scheduled_letters(midori: UnitOfWork) -> None:
    letters = [scheduled("first"), scheduled("second"), scheduled("held", state=LetterState.HELD)]
    await schedule(midori, *letters)
    async with midori.write() as work:
        ids = [delivery_of(letter).id for letter in letters]
        await work.outbox.lease(ids, lease="l", at=OPEN, until=LEASED_UNTIL)
        accepted = [
            Settled(
                delivery_id=delivery_of(letter).id,
                letter_id=letter.id,
                lease="l",
                state=DeliveryState.ACCEPTED,
                next_at=OPEN,
                doubt_since=None,
                request_id=f"r-{letter.id}",
            )
            for letter in letters
        ]
        recorded = await work.outbox.settle(accepted, at=OPEN + SECOND)
        assert recorded == Recorded(set(ids), {letters[0].id, letters[1].id})
        assert await work.outbox.settle([], at=OPEN) == Recorded(set(), set())
        assert await work.letters.get(letters[0].id) == replace(
            letters[0],
            state=LetterState.SENT,
            version=3,
            sent_at=OPEN + SECOND,
            line_request_id="r-first",
        )
        assert (await work.letters.get(letters[2].id)).state is LetterState.HELD
