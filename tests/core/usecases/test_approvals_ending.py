"""Approvals that end: told a day ahead, renewed from the same card, or held in time."""

from datetime import timedelta

import pytest

from core.letters import LetterState, Reason
from core.outbox import DeliveryState
from core.usecases.letters.show_letter import show_letter
from core.usecases.letters.watch_approvals import watch_approvals
from core.usecases.pulse.next_due import next_due
from tests.core.usecases.office import Office
from tests.people import MONDAY, SATO, SUZUKI, TANAKA, TOKYO
from tests.proofs import PROOF

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + 16 * DAY
"""Wednesday, two days after its approval has ended."""
WINDOW = {"opens_at": MONDAY + 13 * DAY, "closes_at": MONDAY + 18 * DAY}
"""It opens while the approval lasts, on a Sunday, and stays open longer."""


async def watch(office: Office) -> int:
    return await watch_approvals(office.uow, at=office.now)


@pytest.mark.rule("S2")
async def test_approvers_and_author_are_told_a_day_ahead_once(office: Office) -> None:
    letter = await office.approved(**WINDOW)
    office.clock.at = MONDAY + 13 * DAY - HOUR
    assert await watch(office) == 0
    before = await office.cards(letter.id)
    office.clock.at = MONDAY + 13 * DAY
    assert [await watch(office), await watch(office)] == [1, 0]
    after = await office.cards(letter.id)
    told = {who for (_, who), times in after.items() if times > before[_, who]}
    assert told == {SATO.id, TANAKA.id, SUZUKI.id}
    view = await show_letter(
        office.uow, letter_id=letter.id, viewer=TANAKA.id, at=office.now, proof=PROOF
    )
    assert view.may_decide
    assert view.ends_at == MONDAY + 14 * DAY


@pytest.mark.rule("S2")
async def test_approved_anew_in_time_the_new_approval_takes_its_place(office: Office) -> None:
    letter = await office.approved(**WINDOW)
    first = await office.delivery(letter.id)
    office.clock.at = MONDAY + 13 * DAY
    await watch(office)
    again = await office.approve(await office.letter(letter), by=TANAKA.id)
    assert (again.approved_by, again.approved_at) == (TANAKA.id, office.now)
    second = await office.delivery(letter.id)
    assert second.id != first.id
    assert second.state is DeliveryState.READY
    office.clock.at = LATER
    assert await watch(office) == 0
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("S2")
@pytest.mark.rule("S5")
async def test_at_its_end_the_letter_is_held_before_its_day(office: Office) -> None:
    letter = await office.approved(**WINDOW)
    office.clock.at = MONDAY + 14 * DAY
    assert await watch(office) == 1, "nobody looked for a day: told"
    assert await watch(office) == 1
    assert await office.stands(letter) == (LetterState.HELD, Reason.APPROVAL_EXPIRED)
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN


@pytest.mark.rule("S2")
async def test_the_clock_of_practice_stops_at_both_moments(office: Office) -> None:
    await office.approved(**WINDOW)
    told = await next_due(office.uow, after=office.now + DAY, tz=TOKYO)
    assert told == MONDAY + 13 * DAY
    office.clock.at = MONDAY + 13 * DAY
    await watch(office)
    assert await next_due(office.uow, after=office.now + HOUR, tz=TOKYO) == MONDAY + 14 * DAY


@pytest.mark.rule("S2")
async def test_what_goes_in_time_and_what_is_asked_about_is_left_alone(office: Office) -> None:
    await office.approved(opens_at=MONDAY + 12 * DAY)
    await office.of_a_series(opens_at=LATER + 2 * DAY)
    office.clock.at = MONDAY + 13 * DAY
    assert await watch(office) == 0
    office.clock.at = MONDAY + 15 * DAY
    assert await watch(office) == 0
