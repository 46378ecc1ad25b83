"""Marks of special care: only those named see them, and a closed case looks like none (R-015)."""

from datetime import timedelta
from typing import Any

import pytest

from core.access import Action, NotYours
from core.agencies import Role
from core.errors import NotFound
from core.ids import PersonId, StaffId
from core.letters import LetterState
from core.shielding import Care, CareMark, MarkNotThere, MarkUnexplained, NobodyCleared, Shielded
from core.usecases.cases.glance_case import glance_case
from core.usecases.cases.list_cases import list_cases
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.cases.show_case import show_case
from core.usecases.desk.show_desk import show_desk
from core.usecases.letters.show_letter import show_letter
from core.usecases.reading.break_glass import break_glass
from core.usecases.reading.clear_for import clear_for
from core.usecases.reading.lift_mark import lift_mark
from core.usecases.reading.place_mark import place_mark
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF

pytestmark = pytest.mark.rule("R-015")
FAR = timedelta(days=1)


async def mark(office: Office, *, closes: bool, named: frozenset[StaffId]) -> CareMark:
    """佐藤 marks A."""
    return await place_mark(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        care=Care.DV_VICTIM,
        cleared=named,
        closes_case=closes,
        by=SATO.id,
        at=office.now,
        tz=TOKYO,
    )


async def sees(office: Office, who: StaffId) -> tuple[CareMark, ...]:
    story = await show_case(office.uow, case_id=A12.id, by=who, at=office.now)
    return story.marks


async def test_a_mark_is_seen_by_those_named_and_of_others_not_even_the_number(
    office: Office,
) -> None:
    placed = await mark(office, closes=False, named=frozenset({TANAKA.id}))
    assert placed.cleared == {SATO.id, TANAKA.id}, "whoever places it is named"
    assert await sees(office, SATO.id) == await sees(office, TANAKA.id) == (placed,)
    assert await sees(office, SUZUKI.id) == ()
    for who, told in ((TANAKA.id, True), (SUZUKI.id, False)):
        story = await show_case(office.uow, case_id=A12.id, by=who, at=office.now)
        assert ("case.marked" in [e.event.action for e in story.trail]) is told
    assert "dv_victim" not in repr(
        await show_case(office.uow, case_id=A12.id, by=None, at=office.now)
    )


async def test_a_mark_is_news_and_approved_letters_are_read_again(office: Office) -> None:
    letter = await office.approved()
    await mark(office, closes=False, named=frozenset())
    assert (await office.letter(letter)).state is LetterState.HELD


async def test_a_closed_case_looks_like_none_in_lists_desks_glances_and_letters(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    await mark(office, closes=True, named=frozenset({TANAKA.id}))
    for who, open_ in ((TANAKA.id, True), (SUZUKI.id, False)):
        desk = await show_desk(office.uow, staff_id=who, day_ends=office.now + FAR)
        assert bool(desk.cases) is open_
        for action in (Action.READ_CASE, Action.WRITE_LETTER, Action.LOG_CONTACT):
            offer = await offer_cases(office.uow, staff_id=who, action=action)
            assert bool(offer.cases) is open_
    assert await list_cases(office.uow) == (), "no mark names the operator"
    async with refused(store, NotFound, rule="HOUSE-11"):
        await glance_case(office.uow, case_id=A12.id, viewer=SUZUKI.id)
    async with refused(store, NotFound, rule="HOUSE-11"):
        await show_case(office.uow, case_id=A12.id, by=None, at=office.now)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_letter(
            office.uow, letter_id=letter.id, viewer=SUZUKI.id, at=office.now, proof=PROOF
        )
    assert (await sees(office, TANAKA.id)) != ()


async def test_who_may_break_the_glass_is_told_so_and_nobody_else_that_there_is_a_case(
    office: Office, store: Store
) -> None:
    approver = await office.hire("approver", Role.MESSAGE_APPROVER, seats=(Role.MESSAGE_APPROVER,))
    passer = await office.hire("passer", Role.OUTREACH_WORKER)
    await mark(office, closes=True, named=frozenset())
    async with refused(store, Shielded, rule="R-015"):
        await show_case(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now)
    for who in (approver, passer):
        async with refused(store, NotFound, rule="HOUSE-11"):
            await show_case(office.uow, case_id=A12.id, by=who.id, at=office.now)
        async with refused(store, NotFound, rule="HOUSE-11"):
            await break_glass(office.uow, case_id=A12.id, by=who.id, reason="x", at=office.now)
    await break_glass(office.uow, case_id=A12.id, by=SUZUKI.id, reason="煙の知らせ", at=office.now)
    assert [one.care for one in await sees(office, SUZUKI.id)] == [Care.DV_VICTIM]


async def test_those_named_name_others_and_take_the_mark_off_with_a_reason(
    office: Office, store: Store
) -> None:
    placed = await mark(office, closes=True, named=frozenset({TANAKA.id}))
    which: dict[str, Any] = {"case_id": A12.id, "person_id": A.id, "care": Care.DV_VICTIM}
    when: dict[str, Any] = {"at": office.now, "tz": TOKYO}
    wider = await clear_for(
        office.uow, **which, cleared=placed.cleared | {SUZUKI.id}, by=TANAKA.id, **when
    )
    assert await sees(office, SUZUKI.id) == (wider,)
    async with refused(store, NobodyCleared, rule="R-015"):
        await clear_for(office.uow, **which, cleared=frozenset(), by=TANAKA.id, **when)
    async with refused(store, MarkUnexplained, rule="R-015"):
        await lift_mark(office.uow, **which, reason=" ", by=SUZUKI.id, **when)
    await lift_mark(office.uow, **which, reason="もう離れて暮らしている", by=SUZUKI.id, **when)
    assert await sees(office, SATO.id) == ()
    async with refused(store, MarkNotThere, rule="R-015"):
        await lift_mark(office.uow, **which, reason="x", by=SATO.id, **when)


async def test_a_second_mark_of_the_same_care_joins_the_first_and_tells_nothing(
    office: Office,
) -> None:
    await mark(office, closes=False, named=frozenset())
    joined = await place_mark(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        care=Care.DV_VICTIM,
        cleared=frozenset(),
        closes_case=False,
        by=SUZUKI.id,
        at=office.now,
        tz=TOKYO,
    )
    assert joined.cleared == {SATO.id, SUZUKI.id}
    assert await sees(office, SATO.id) == (joined,)


async def test_a_mark_is_on_somebody_of_the_household_by_somebody_who_has_the_whole_case(
    office: Office, store: Store
) -> None:
    what: dict[str, Any] = {"care": Care.ABUSE, "cleared": frozenset(), "closes_case": False}
    when: dict[str, Any] = {"at": office.now, "tz": TOKYO}
    async with refused(store, NotFound, rule="HOUSE-11"):
        await place_mark(
            office.uow, case_id=A12.id, person_id=PersonId("x"), by=SATO.id, **what, **when
        )
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await place_mark(office.uow, case_id=A12.id, person_id=A.id, by=privacy.id, **what, **when)
