"""Writing, rewriting, giving back and stopping letters; showing them."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role
from core.cases import WRITABLE, CaseResting, CaseState
from core.contacts import ContactChannel
from core.errors import AlreadyDecided, CaseworkError, NotFound
from core.ids import LetterId
from core.letters import (
    ENDS,
    KindNotWritten,
    LetterKind,
    LetterState,
    NotFromHere,
    NothingToAnswer,
    Reason,
    WindowUnfit,
)
from core.lint import NothingWritten, WordingBlocked
from core.outbox import DeliveryState
from core.steps import NoApprover
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.letters.show_letter import show_letter
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import everything, refused, unchanged
from tests.people import A12, LETTER, MONDAY, SATO, SEATS, SUZUKI, TANAKA, TOKYO, WORDS
from tests.proofs import FIRST_WORDS, PROOF


@pytest.mark.rule("S1")
async def test_a_letter_waits_for_those_who_may_approve_it(office: Office) -> None:
    letter = await office.write()
    assert await office.letter(letter) == letter
    assert letter.state is LetterState.PENDING_APPROVAL
    assert await office.trail(letter.id) == [
        "letter.draft",
        "letter.linted",
        "letter.pending_approval",
    ]
    assert set(await office.cards(letter.id)) == {
        ("APPROVAL", SATO.id),
        ("APPROVAL", TANAKA.id),
        ("AUTHOR", SUZUKI.id),
    }


@pytest.mark.rule("G-06")
async def test_whoever_wrote_it_is_not_asked_to_approve_it(office: Office) -> None:
    letter = await office.write(by=SATO.id)
    assert ("APPROVAL", SATO.id) not in await office.cards(letter.id)


@pytest.mark.rule("S1")
async def test_one_command_is_one_letter(office: Office, store: Store) -> None:
    first = await office.write(command_key="view-1")
    async with unchanged(store):
        assert await office.write(command_key="view-1", body="べつの言葉") == first
    assert (await office.write(command_key="view-2")).id != first.id


WRITTEN_WRONG: list[tuple[dict[str, Any], type[CaseworkError], str]] = [
    ({"body": " \n　"}, NothingWritten, "S1"),
    ({"body": "訪問のおしらせです。"}, WordingBlocked, "S1"),
    ({"alt_text": "支援センター"}, WordingBlocked, "S1"),
    ({"body": "青木さん、こんにちは。"}, WordingBlocked, "S1"),
    ({"opens_at": MONDAY + timedelta(hours=11)}, WindowUnfit, "G-05"),
    ({"closes_at": MONDAY}, WindowUnfit, "G-05"),
    ({"closed_days": frozenset({date(2026, 11, 30)})}, WindowUnfit, "G-05"),
    ({"case_id": "nowhere"}, NotFound, "HOUSE-11"),
    ({"by": "nobody"}, NotFound, "HOUSE-11"),
]


@pytest.mark.rule("S1")
@pytest.mark.rule("G-05")
@pytest.mark.rule("G-11")
async def test_what_cannot_be_written_leaves_no_trace(office: Office, store: Store) -> None:
    for asked, error, rule in WRITTEN_WRONG:
        async with refused(store, error, rule=rule):
            await office.write(**asked)


@pytest.mark.rule("G-05")
async def test_a_window_that_does_not_fit_is_told_the_next_that_does(
    office: Office, store: Store
) -> None:
    saturday_night = MONDAY + timedelta(days=5, hours=11)
    async with refused(store, WindowUnfit, rule="G-05") as told:
        await office.write(opens_at=saturday_night)
    assert told.value.facts == {"next": "2026-12-07T10:00:00+09:00"}


@pytest.mark.rule("R-022")
@pytest.mark.rule("R-023")
async def test_nobody_is_written_to_before_the_approach_or_after_the_end(
    office: Office, store: Store
) -> None:
    for state in sorted(set(CaseState) - WRITABLE):
        await office.move_case(state)
        async with refused(store, CaseResting, rule="R-022") as told:
            await office.write()
        assert told.value.facts == {"state": state.value}


@pytest.mark.rule("R-023")
async def test_only_letters_and_no_acknowledgement_can_be_written_by_hand(
    office: Office, store: Store
) -> None:
    """Acknowledgements pass by pace and hours; only the person's own button brings one."""
    async with refused(store, KindNotWritten, rule="R-023"):
        await office.write(kind=LetterKind.ACKNOWLEDGEMENT)
    await office.says()
    # A notice to many is written as one (test_notices).
    for kind in set(LetterKind) - {LetterKind.ACKNOWLEDGEMENT, LetterKind.NOTICE}:
        body = "鈴木です。鉄道の写真を見つけました。返事はいりません。"
        if kind is LetterKind.FIRST:
            body = FIRST_WORDS
        if kind in ENDS:
            # What an end says, and that it is told ahead: test_endings.
            continue
        assert (await office.write(kind=kind, body=body)).kind is kind


@pytest.mark.rule("G-03")
async def test_an_answer_needs_something_to_answer(office: Office, store: Store) -> None:
    async with refused(store, NothingToAnswer, rule="G-03"):
        await office.write(kind=LetterKind.REPLY)
    await office.says()
    office.clock.at += timedelta(days=31)
    async with refused(store, NothingToAnswer, rule="G-03"):
        await office.write(kind=LetterKind.REPLY, opens_at=office.now + timedelta(hours=1))


@pytest.mark.rule("S1")
async def test_a_returned_letter_waits_for_its_author_beyond_its_window(office: Office) -> None:
    letter = await office.write()
    await office.give_back(letter)
    later = letter.closes_at + timedelta(days=3)
    assert await drop_late_letters(office.uow, at=later) == 0


@pytest.mark.rule("G-06")
async def test_a_letter_that_nobody_else_could_approve_is_not_written(
    office: Office, store: Store
) -> None:
    async with office.uow.write() as work:
        for seat in SEATS:
            if seat.staff_id == TANAKA.id:
                await work.staff.remove_seat(seat)
        await work.commit()
    async with refused(store, NoApprover, rule="G-06"):
        await office.write(by=SATO.id)


@pytest.mark.rule("G-06")
@pytest.mark.rule("DOMAIN-3.7")
async def test_an_approver_who_has_left_counts_for_nobody(office: Office, store: Store) -> None:
    async with office.uow.write() as work:
        for member in (SATO, TANAKA):
            await work.staff.put(replace(member, active=False))
        await work.commit()
    async with refused(store, NoApprover, rule="G-06"):
        await office.write()


@pytest.mark.rule("G-05")
async def test_somebody_awake_at_night_is_written_to_at_night(office: Office, store: Store) -> None:
    await office.awake(time(21, 0), time(3, 0))
    async with refused(store, WindowUnfit, rule="G-05"):
        await office.write()
    evening = MONDAY + timedelta(hours=11, minutes=30)  # 22:00 in Tokyo
    letter = await office.write(opens_at=evening)
    assert letter.closes_at.astimezone(TOKYO).isoformat() == "2026-12-01T03:00:00+09:00"


@pytest.mark.rule("G-05")
async def test_hours_that_never_open_fit_no_letter(office: Office, store: Store) -> None:
    await office.awake(time(10, 0), time(10, 0))
    async with refused(store, WindowUnfit, rule="G-05") as told:
        await office.write()
    assert told.value.facts == {}


@pytest.mark.rule("S2")
async def test_given_back_it_is_a_draft_with_a_note_and_binds_nothing(office: Office) -> None:
    letter = await office.write()
    back = await office.give_back(letter, by=TANAKA.id)
    assert (back.state, back.note, back.decided_by) == (
        LetterState.DRAFT,
        "もう少し短く",
        TANAKA.id,
    )
    assert (back.approved_by, back.bound_hash) == (None, None)
    assert (await office.trail(letter.id))[-1] == "letter.returned"
    assert (await office.cards(letter.id))[("AUTHOR", SUZUKI.id)] == 2


@pytest.mark.rule("S2")
async def test_only_a_seated_approver_gives_back_and_only_what_waits(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await office.give_back(letter, by=SUZUKI.id)
    await office.give_back(letter)
    async with refused(store, AlreadyDecided, rule="S2") as told:
        await office.give_back(letter, by=TANAKA.id)
    assert told.value.facts["by"] == "佐藤"


@pytest.mark.rule("S2")
@pytest.mark.rule("G-06")
async def test_rewritten_words_wait_again_and_no_earlier_approval_covers_them(
    office: Office,
) -> None:
    letter = await office.approved()
    await office.log()
    held = await office.letter(letter)
    again = await office.rewrite(await office.give_back(held))
    assert again.state is LetterState.PENDING_APPROVAL
    assert (again.body, again.note) != (letter.body, "もう少し短く")
    assert (again.approved_by, again.bound_hash) == (None, None)
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took


REWRITTEN_WRONG: list[tuple[dict[str, Any], type[CaseworkError], str]] = [
    ({"body": "  "}, NothingWritten, "S1"),
    ({"body": "相談のことです。"}, WordingBlocked, "S1"),
    ({"opens_at": MONDAY + timedelta(hours=11)}, WindowUnfit, "G-05"),
    ({"by": SATO.id}, NotYours, "DOMAIN-3.7"),
    ({"version": 1}, AlreadyDecided, "S2"),
]


@pytest.mark.rule("S1")
async def test_what_cannot_be_rewritten_leaves_no_trace(office: Office, store: Store) -> None:
    back = await office.give_back(await office.write())
    for asked, error, rule in REWRITTEN_WRONG:
        async with refused(store, error, rule=rule):
            await office.rewrite(back, **asked)


@pytest.mark.rule("S1")
async def test_what_waits_for_approval_is_not_rewritten_under_the_approvers_eyes(
    office: Office, store: Store
) -> None:
    letter = await office.write()
    async with refused(store, NotFromHere, rule="S1"):
        await office.rewrite(letter)


@pytest.mark.rule("G-06")
async def test_rewritten_without_anybody_to_approve_it_is_refused(
    office: Office, store: Store
) -> None:
    back = await office.give_back(await office.write())
    async with office.uow.write() as work:
        for member in (SATO, TANAKA):
            await work.staff.put(replace(member, active=False))
        await work.commit()
    async with refused(store, NoApprover, rule="G-06"):
        await office.rewrite(back)


@pytest.mark.rule("R-022")
async def test_a_case_that_rests_takes_no_rewritten_letter(office: Office, store: Store) -> None:
    back = await office.give_back(await office.write())
    await office.move_case(CaseState.INTERRUPTED)
    async with refused(store, CaseResting, rule="R-022"):
        await office.rewrite(back)


@pytest.mark.rule("S6")
async def test_staff_stop_a_letter_before_it_leaves(office: Office) -> None:
    letter = await office.approved()
    stopped = await office.stop(letter)
    assert (stopped.state, stopped.reason) == (
        LetterState.CANCELLED,
        Reason.WITHDRAWN_BY_STAFF,
    )
    assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took


@pytest.mark.rule("S6")
@pytest.mark.rule("DOMAIN-3.7")
async def test_strangers_do_not_stop_and_nobody_stops_what_is_on_its_way(
    office: Office, store: Store
) -> None:
    letter = await office.approved()
    clerk = await office.hire("clerk", Role.CLERK)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await office.stop(letter, by=clerk.id)
    office.clock.at = SOON
    await office.claim()
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.stop(letter)
    async with refused(store, AlreadyDecided, rule="S2"):
        await office.stop(replace(letter, version=1))


async def test_shown_to_an_approver_a_letter_can_be_decided(office: Office) -> None:
    letter = await office.write()
    for_sato = await show_letter(
        office.uow, letter_id=letter.id, viewer=SATO.id, at=MONDAY, proof=PROOF
    )
    assert (for_sato.may_decide, for_sato.may_stop) == (True, True)
    assert (for_sato.author, for_sato.approver, for_sato.decider) == ("鈴木", "", "")
    assert for_sato.account == "みどりのたより"
    for_suzuki = await show_letter(
        office.uow, letter_id=letter.id, viewer=SUZUKI.id, at=MONDAY, proof=PROOF
    )
    assert (for_suzuki.may_decide, for_suzuki.may_stop) == (False, True)
    await office.approve(letter)
    decided = await show_letter(
        office.uow, letter_id=letter.id, viewer=TANAKA.id, at=MONDAY, proof=PROOF
    )
    assert (decided.may_decide, decided.approver) == (False, "佐藤")


@pytest.mark.rule("S2")
async def test_an_approver_sees_the_last_five_contacts_and_what_is_new_since(
    office: Office,
) -> None:
    for days in range(7, 1, -1):
        await office.log(happened_at=MONDAY - timedelta(days=days))
    letter = await office.write()
    office.clock.at = MONDAY + timedelta(minutes=1)
    await office.log(channel=ContactChannel.VISIT)
    view = await show_letter(
        office.uow, letter_id=letter.id, viewer=SATO.id, at=MONDAY, proof=PROOF
    )
    assert len(view.contacts) == 5
    assert [contact.channel for contact in view.news] == [ContactChannel.VISIT]


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_letter_is_shown_to_nobody_without_a_seat(office: Office, store: Store) -> None:
    letter = await office.write()
    clerk = await office.hire("clerk", Role.CLERK, Role.MUNICIPAL_OFFICER)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_letter(
            office.uow,
            letter_id=letter.id,
            viewer=clerk.id,
            at=office.now,
            proof=PROOF,
        )
    async with refused(store, NotFound, rule="HOUSE-11"):
        await show_letter(
            office.uow, letter_id=LetterId("none"), viewer=SATO.id, at=MONDAY, proof=PROOF
        )


async def test_words_are_kept_without_the_blanks_around_them(office: Office, store: Store) -> None:
    letter = await office.write(body=f"  {WORDS}\n", alt_text=" みどりのたより ")
    assert (letter.body, letter.alt_text) == (WORDS, "みどりのたより")
    assert WORDS not in str(await everything(store))
    assert letter.case_id == A12.id
    assert letter.kind is LETTER.kind
