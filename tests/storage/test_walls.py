"""Rules that hold in the database itself, even for somebody who goes past the code."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound
from core.ids import DeliveryId, LetterId
from core.letters import LetterState
from core.profiles import StandingText
from storage.engine import Store
from tests.contracts.letters_at_hand import delivery_of, scheduled
from tests.databases import unit_of_work_on
from tests.people import A12, LETTER, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOWN, A


@pytest.fixture
async def written(store: Store) -> AsyncIterator[Store]:
    """A database with one waiting letter, one scheduled letter, and its delivery."""
    async with unit_of_work_on(store, municipality_id=MIDORI).write() as work:
        await work.towns.put(TOWN)
        await work.towns.put(replace(TOWN, id="aoba", code="aoba"))  # type: ignore[arg-type]
        for staff in (SATO, SUZUKI, TANAKA):
            await work.staff.put(staff)
        await work.people.put(A)
        await work.cases.add(A12)
        await work.letters.add(LETTER)
        going = scheduled("going")
        await work.letters.add(going)
        await work.outbox.add(delivery_of(going))
        await work.commit()
    yield store


async def execute(store: Store, statement: str) -> None:
    async with store.writing() as connection:
        await connection.execute(text(statement))
        await connection.commit()


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    "change",
    [
        "state = 'SCHEDULED'",
        "state = 'APPROVED'",
        "state = 'SENT', sent_at = opens_at",
        "state = 'FAILED'",
        "state = 'SCHEDULED', approved_by = 'staff-tanaka', approved_at = opens_at",
        "state = 'SCHEDULED', approved_by = author_id, approved_at = opens_at, bound_hash = 'x'",
        "approved_by = 'staff-nobody'",
        "approved_by = author_id",
        "approved_by = 'staff-tanaka', self_approved_reason = body",
        "excused = 'L1'",
        "state = 'POSTED'",
        "closes_at = opens_at",
        "sent_at = opens_at",
        "case_id = 'nowhere'",
        "municipality_id = 'aoba'",
    ],
)
async def test_a_letter_cannot_be_forged_by_hand(written: Store, change: str) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, f"UPDATE letters SET {change} WHERE id = 'letter-1'")


@pytest.mark.rule("G-27")
@pytest.mark.parametrize(
    "change",
    [
        "confirmed_at = opens_at",
        "confirmed_by = 'staff-tanaka'",
        "confirmed_at = opens_at, confirmed_by = 'staff-nobody'",
        "confirmed_at = opens_at, confirmed_by = 'staff-tanaka', asks_again = false",
        "confirmed_at = created_at, confirmed_by = 'staff-tanaka', approved_at = opens_at",
    ],
)
async def test_an_answer_of_the_day_cannot_be_forged_by_hand(written: Store, change: str) -> None:
    await execute(written, "UPDATE letters SET asks_again = true WHERE id = 'going'")
    with pytest.raises(IntegrityError):
        await execute(written, f"UPDATE letters SET {change} WHERE id = 'going'")


@pytest.mark.parametrize(
    "change",
    [
        "letter_id = 'no-such-letter'",
        "case_id = 'no-such-case'",
        "state = 'CLAIMED'",
        "lease = 'l'",
        "state = 'POSTED'",
    ],
)
async def test_a_delivery_cannot_be_bent_by_hand(written: Store, change: str) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, f"UPDATE outbox SET {change}")


async def test_a_letter_with_a_delivery_cannot_be_deleted(written: Store) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, "DELETE FROM letters WHERE id = 'going'")


@pytest.mark.parametrize("state", ["READY", "ACCEPTED"])
async def test_a_letter_has_one_live_or_accepted_delivery(written: Store, state: str) -> None:
    await execute(written, f"UPDATE outbox SET state = '{state}'")
    second = delivery_of(scheduled("going"), id=DeliveryId("second"))
    async with unit_of_work_on(written, municipality_id=MIDORI).write() as work:
        with pytest.raises(IntegrityError):
            await work.outbox.add(second)


async def test_a_withdrawn_delivery_makes_room_for_another(written: Store) -> None:
    second = delivery_of(scheduled("going"), id=DeliveryId("second"))
    async with unit_of_work_on(written, municipality_id=MIDORI).write() as work:
        assert await work.outbox.withdraw(LetterId("going"))
        await work.outbox.add(second)
        assert await work.outbox.of_letter(LetterId("going")) == second


@pytest.mark.rule("G-06")
async def test_a_standing_text_needs_a_second_person(written: Store) -> None:
    alone = StandingText(
        municipality_id=MIDORI,
        name="rest",
        version="1",
        body="。",
        author_id=SATO.id,
        approved_by=SATO.id,
        approved_at=MONDAY,
    )
    async with unit_of_work_on(written, municipality_id=MIDORI).write() as work:
        with pytest.raises(IntegrityError):
            await work.towns.put_standing_text(alone)


@pytest.mark.parametrize(
    "record",
    [
        "INSERT INTO seats VALUES ('midori', 'no-such-case', 'staff-sato', 'case_lead')",
        "INSERT INTO line_links (municipality_id, id, line_user_id, line_user_index, state,"
        " version) VALUES ('midori', 'l', '', '', 'LINKED', 1)",
        "INSERT INTO areas VALUES ('nowhere', 'a', 'a', 'a')",
        "INSERT INTO audit_heads VALUES ('midori', 7, 'second head')",
    ],
)
async def test_rows_without_their_owners_are_refused(written: Store, record: str) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, record)


async def test_a_refused_statement_leaves_nothing_behind(written: Store) -> None:
    uow = unit_of_work_on(written, municipality_id=MIDORI)
    new = replace(LETTER, id=LetterId("new"))
    forged: Any = replace(LETTER, id=LetterId("forged"), state=LetterState.SCHEDULED)
    with pytest.raises(IntegrityError):
        async with uow.write() as work:
            await work.letters.add(new)
            await work.letters.add(forged)
    async with uow.read() as work:
        with pytest.raises(NotFound):
            await work.letters.get(new.id)
