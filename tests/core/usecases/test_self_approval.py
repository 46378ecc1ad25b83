"""Approving an own letter: only where the town says so, for whom, and with a reason each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import NotYours, OwnLetter
from core.agencies import Role, Staff
from core.approvals import SELF_APPROVED, SelfApprovalUnexplained
from core.letters import LetterState, Reason
from core.profiles import LetterRules
from core.steps import NoApprover
from core.usecases.letters.show_letter import show_letter
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.count_self_approved import count_self_approved
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import refused
from tests.people import A12, TOWN
from tests.proofs import PROOF

WHY = "ほかの承認者がこの週はいません"


async def town(office: Office, *, allows: bool) -> None:
    rules = LetterRules(self_approval=allows)
    async with office.uow.write() as work:
        await work.towns.put(replace(TOWN, letters=rules))
        await work.commit()


async def alone(office: Office, **changes: object) -> Staff:
    """Somebody who writes and approves on A-12, and whom the town trusts with both."""
    seats = (Role.OUTREACH_WORKER, Role.MESSAGE_APPROVER)
    member = await office.hire("ひとり", *seats, seats=seats)
    trusted = replace(member, approves_own=True)
    trusted = replace(trusted, **changes)  # type: ignore[arg-type]
    async with office.uow.write() as work:
        await work.staff.put(trusted)
        await work.commit()
    return trusted


@pytest.mark.rule("G-06")
async def test_the_usual_town_never_lets_an_author_approve(office: Office, store: Store) -> None:
    member = await alone(office)
    letter = await office.write(by=member.id)
    async with refused(store, OwnLetter, rule="G-06"):
        await office.approve(letter, by=member.id, own_reason=WHY)


@pytest.mark.rule("G-06")
@pytest.mark.parametrize("changes", [{"approves_own": False}, {"novice": True}])
async def test_a_town_that_allows_it_names_for_whom(
    office: Office, store: Store, changes: dict[str, bool]
) -> None:
    await town(office, allows=True)
    member = await alone(office, **changes)
    async with office.uow.write() as work:
        await work.staff.put(replace(member, novice=False))
        await work.commit()
    letter = await office.write(by=member.id)
    async with office.uow.write() as work:
        await work.staff.put(member)
        await work.commit()
    async with refused(store, OwnLetter, rule="G-06"):
        await office.approve(letter, by=member.id, own_reason=WHY)


@pytest.mark.rule("G-06")
async def test_a_reason_each_time(office: Office, store: Store) -> None:
    await town(office, allows=True)
    member = await alone(office)
    letter = await office.write(by=member.id)
    for nothing in ("", "  \n"):
        async with refused(store, SelfApprovalUnexplained, rule="G-06"):
            await office.approve(letter, by=member.id, own_reason=nothing)


@pytest.mark.rule("G-06")
async def test_it_is_marked_everywhere_and_counted(office: Office) -> None:
    await town(office, allows=True)
    member = await alone(office)
    await office.approved(opens_at=SOON + timedelta(days=7))
    letter = await office.approve(
        await office.write(by=member.id), by=member.id, own_reason=f" {WHY} "
    )
    assert (letter.self_approved, letter.self_approved_reason) == (True, WHY)
    async with office.uow.read() as work:
        entries = await work.audit.of_case(A12.id)
    approvals = [entry.event for entry in entries if entry.event.action == "letter.approved"]
    reasons = {event.subject: event.reason for event in approvals}
    assert reasons[letter.id] == SELF_APPROVED
    assert list(reasons.values()).count(SELF_APPROVED) == 1
    assert WHY not in str(entries), "the words stay with the letter"
    assert await count_self_approved(office.uow) == 0, "nothing left yet"
    office.clock.at = SOON
    await office.deliver()
    assert len(office.line.took) == 1
    assert await check_sent(office.uow) == ()
    assert await count_self_approved(office.uow) == 1
    assert (await verify_trail(office.uow)).broken is None


@pytest.mark.rule("G-06")
async def test_turned_off_meanwhile_it_does_not_go(office: Office) -> None:
    await town(office, allows=True)
    member = await alone(office)
    letter = await office.write(by=member.id)
    await office.approve(letter, by=member.id, own_reason=WHY)
    await town(office, allows=False)
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert await office.stands(letter) == (LetterState.HELD, Reason.BINDING_BROKEN)


@pytest.mark.rule("G-06")
async def test_a_second_person_needs_no_reason_and_leaves_none(office: Office) -> None:
    letter = await office.approve(await office.write(), own_reason=WHY)
    assert not letter.self_approved


@pytest.mark.rule("G-06")
async def test_without_a_seat_as_approver_nobody_approves_an_own_letter(
    office: Office, store: Store
) -> None:
    await town(office, allows=True)
    member = await office.hire("writer", Role.OUTREACH_WORKER, seats=(Role.OUTREACH_WORKER,))
    async with office.uow.write() as work:
        await work.staff.put(replace(member, approves_own=True))
        await work.commit()
    letter = await office.write(by=member.id)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await office.approve(letter, by=member.id, own_reason=WHY)


@pytest.mark.rule("G-06")
async def test_a_letter_may_wait_for_its_author_alone_only_where_that_is_allowed(
    office: Office, store: Store
) -> None:
    member = await alone(office)
    async with office.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.role is Role.MESSAGE_APPROVER and seat.staff_id != member.id:
                await work.staff.remove_seat(seat)
        await work.commit()
    async with refused(store, NoApprover, rule="G-06"):
        await office.write(by=member.id)
    await town(office, allows=True)
    letter = await office.write(by=member.id)
    view = await show_letter(
        office.uow, letter_id=letter.id, viewer=member.id, at=office.now, proof=PROOF
    )
    assert view.may_approve_own
    assert not view.may_decide
