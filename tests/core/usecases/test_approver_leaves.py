"""Who may approve is settled per case: when an approver leaves, others read; the last one stays."""

from typing import Any

import pytest

from core.agencies import Role, Seat
from core.letters import LetterState, Reason
from core.outbox import DeliveryState
from core.usecases.courses.seat_colleague import seat_colleague
from core.usecases.courses.unseat_colleague import LastApprover, unseat_colleague
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.people import A12, SATO, SUZUKI, TANAKA


async def unseat(office: Office, who: Any) -> None:
    await unseat_colleague(
        office.uow,
        case_id=A12.id,
        staff_id=who,
        role=Role.MESSAGE_APPROVER,
        by=TANAKA.id,
        at=office.now,
    )


@pytest.mark.rule("S5")
@pytest.mark.rule("G-06")
async def test_what_the_one_who_leaves_had_approved_is_read_again_at_once(office: Office) -> None:
    letter = await office.approved()
    await unseat(office, SATO.id)
    assert await office.stands(letter) == (LetterState.HELD, Reason.APPROVER_LEFT)
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN
    again = await office.approve(await office.letter(letter), by=TANAKA.id)
    assert again.state is LetterState.SCHEDULED


@pytest.mark.rule("S5")
async def test_what_another_has_approved_stands(office: Office) -> None:
    letter = await office.approve(await office.write(), by=TANAKA.id)
    await unseat(office, SATO.id)
    assert (await office.letter(letter)).state is LetterState.SCHEDULED


@pytest.mark.rule("G-06")
async def test_the_last_approver_stays_while_letters_wait(office: Office, store: Store) -> None:
    letter = await office.write()
    await unseat(office, SATO.id)
    async with refused(store, LastApprover, rule="G-06"):
        await unseat(office, TANAKA.id)
    await seat_colleague(
        office.uow,
        case_id=A12.id,
        staff_id=SATO.id,
        role=Role.MESSAGE_APPROVER,
        by=TANAKA.id,
        at=office.now,
    )
    await unseat(office, TANAKA.id)
    assert ("APPROVAL", SATO.id) in await office.cards(letter.id)


@pytest.mark.rule("G-06")
async def test_the_authors_own_seat_is_no_approver_for_own_letters(
    office: Office, store: Store
) -> None:
    async with office.uow.write() as work:
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=SUZUKI.id, role=Role.MESSAGE_APPROVER)
        )
        await work.commit()
    await office.write()
    await unseat(office, SATO.id)
    async with refused(store, LastApprover, rule="G-06"):
        await unseat(office, TANAKA.id)


async def test_without_letters_everybody_may_leave(office: Office) -> None:
    for who in (SATO.id, TANAKA.id):
        await unseat(office, who)
