"""What a person at home says and presses, and what it does to letters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role
from core.binding_steps import NotReachable
from core.cases import CaseState
from core.consent import ConsentState, ConsentType
from core.ids import LinkId
from core.inbound import Followed, NotUnderstood, Pressed, Said, Unfollowed, Unsent
from core.letters import LetterState, Reason
from core.outbox import CardKind
from core.people import LinkState
from core.replies import Press, ReplyKind, ReplyState
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.replies.read_replies import read_replies
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import refused, unchanged
from tests.fakes import Mishap
from tests.midori import TEXTS
from tests.people import A12, LINK_A, MONDAY, SATO, SEATS, SUZUKI, A

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NEW_PHONE = "U" + "b" * 32


async def code(office: Office) -> str:
    """A code as the worker prints it."""
    return (await issue_link_code(office.uow, case_id=A12.id, by=SATO.id, at=office.now)).code


async def consent(office: Office) -> ConsentState | None:
    async with office.uow.read() as work:
        line = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
    return None if line is None else line.state


async def new_phone(office: Office) -> None:
    """A has another LINE account and links it with a code from paper."""
    said = Said(kind=ReplyKind.TEXT, text=await code(office), message_id="new-1")
    await office.a.does(said, at=office.now, who=NEW_PHONE)
    assert (await office.link()).line_user_id == NEW_PHONE


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
async def test_words_hold_every_approved_letter_and_are_kept_for_the_worker(
    office: Office,
) -> None:
    letter = await office.approved()
    await office.says("きょうは雨ですね")
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT)
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
    assert (reply.text, reply.state) == ("きょうは雨ですね", ReplyState.KEPT)
    assert {staff for kind, staff in await office.cards(A12.id) if kind == CardKind.REPLY} == {
        seat.staff_id for seat in SEATS
    }


@pytest.mark.rule("G-18")
async def test_stickers_pictures_and_voice_bring_no_word_back(office: Office) -> None:
    for kind in (ReplyKind.STICKER, ReplyKind.IMAGE, ReplyKind.AUDIO, ReplyKind.VIDEO):
        await office.says("", kind=kind)
    await office.deliver()
    assert not office.line.took
    async with office.uow.read() as work:
        assert len(await work.replies.of_case(A12.id)) == 4


@pytest.mark.rule("C5")
@pytest.mark.rule("S6")
@pytest.mark.rule("G-13")
@pytest.mark.parametrize("typed", [True, False], ids=["typed", "pressed"])
async def test_stop_takes_effect_at_once_on_everything(office: Office, typed: bool) -> None:
    letters = [
        await office.approved(),
        await office.write(opens_at=SOON + 8 * DAY),
        await office.give_back(await office.write(opens_at=SOON + 9 * DAY)),
    ]
    if typed:
        await office.says(" やめる ")
    else:
        await office.presses(Press.STOP)
    for letter in letters:
        assert await office.stands(letter) == (LetterState.CANCELLED, Reason.STOPPED_BY_PERSON)
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON
    assert await consent(office) is ConsentState.WITHDRAWN
    office.clock.at = SOON
    await office.deliver()
    assert [took.texts for took in office.line.took] == [(TEXTS["stop"],)]


@pytest.mark.rule("G-13")
async def test_stopping_twice_is_stopping_once(office: Office) -> None:
    await office.presses(Press.STOP)
    await office.presses(Press.STOP)
    await office.presses(Press.REST)
    await office.deliver()
    assert len(office.line.took) == 1


@pytest.mark.rule("C8")
async def test_who_had_stopped_comes_back_with_a_new_code(office: Office) -> None:
    await office.presses(Press.STOP)
    await office.says(await code(office))
    assert (await office.link()).state is LinkState.LINKED
    assert await consent(office) is ConsentState.GIVEN
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver_all()
    assert (await office.letter(letter)).state is LetterState.SENT


@pytest.mark.rule("C8")
async def test_a_new_code_ends_the_one_that_was_lost(office: Office) -> None:
    lost = await code(office)
    await code(office)
    await office.a.does(
        Said(kind=ReplyKind.TEXT, text=lost, message_id="m"), at=office.now, who=NEW_PHONE
    )
    assert (await office.link()).line_user_id == LINK_A.line_user_id


@pytest.mark.rule("C8")
async def test_a_code_typed_by_who_is_linked_already_is_a_word_like_any_other(
    office: Office,
) -> None:
    unused = await code(office)
    await office.says(unused)
    async with office.uow.read() as work:
        assert len(await work.replies.of_case(A12.id)) == 1
    await new_phone(office)


@pytest.mark.rule("S2")
@pytest.mark.rule("C8")
async def test_a_new_account_takes_every_earlier_approval_along(office: Office) -> None:
    letter = await office.approved()
    await new_phone(office)
    assert (await office.letter(letter)).state is LetterState.HELD
    office.clock.at = SOON
    await office.deliver()
    assert {took.to for took in office.line.took} == {NEW_PHONE}
    assert [took.texts for took in office.line.took] == [(TEXTS["linked"],)]


@pytest.mark.rule("C5")
@pytest.mark.rule("G-13")
async def test_a_stop_on_the_old_phone_stops_the_new_one(office: Office) -> None:
    await new_phone(office)
    await office.presses(Press.STOP)
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON
    assert await consent(office) is ConsentState.WITHDRAWN


@pytest.mark.rule("G-13")
async def test_a_rest_on_the_old_phone_rests_the_new_one(office: Office) -> None:
    await new_phone(office)
    await office.presses(Press.REST)
    assert (await office.link()).state is LinkState.PAUSED


@pytest.mark.rule("G-14")
async def test_an_old_phone_that_is_unblocked_is_not_written_to(office: Office) -> None:
    await new_phone(office)
    await office.a.does(Unfollowed(), at=office.now)
    office.clock.at += MINUTE
    await office.a.does(Followed(unblocked=True), at=office.now)
    async with office.uow.read() as work:
        old = await work.links.by_line_user(LINK_A.line_user_id)
    assert old is not None
    assert old.state is LinkState.UNLINKED_BY_PERSON
    assert (await office.link()).line_user_id == NEW_PHONE


@pytest.mark.rule("G-13")
async def test_a_rest_of_a_month_skips_what_lies_in_it_and_keeps_what_comes_after(
    office: Office,
) -> None:
    within = await office.approved()
    asked = await office.write(opens_at=SOON + 7 * DAY)
    after = await office.approved(opens_at=SOON + 35 * DAY)
    await office.presses(Press.REST)
    link = await office.link()
    assert (link.state, link.paused_until) == (LinkState.PAUSED, MONDAY + 30 * DAY)
    for letter in (within, asked):
        assert await office.stands(letter) == (LetterState.CANCELLED, Reason.RESTING)
    assert (await office.letter(after)).state is LetterState.SCHEDULED


@pytest.mark.rule("G-13")
@pytest.mark.rule("G-14")
async def test_blocking_and_unblocking_within_a_rest_does_not_end_the_rest(
    office: Office, store: Store
) -> None:
    await office.presses(Press.REST)
    office.clock.at += DAY
    await office.a.does(Unfollowed(), at=office.now)
    office.clock.at += DAY
    await office.a.does(Followed(unblocked=True), at=office.now)
    assert (await office.link()).state is LinkState.PAUSED
    letter = await office.write(opens_at=SOON + 7 * DAY)
    async with refused(store, NotReachable, rule="S4"):
        await office.approve(letter)


@pytest.mark.rule("G-14")
async def test_a_block_cancels_everything_and_an_unblock_brings_nothing_back(
    office: Office,
) -> None:
    letter = await office.approved()
    await office.a.does(Unfollowed(), at=office.now)
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.BLOCKED)
    assert (CardKind.STOPPED, SATO.id) in await office.cards(A12.id)
    office.clock.at += MINUTE
    await office.a.does(Followed(unblocked=True), at=office.now)
    assert (await office.link()).state is LinkState.LINKED
    office.clock.at = SOON
    await office.deliver()
    assert not office.line.took
    assert (await office.letter(letter)).state is LetterState.CANCELLED


@pytest.mark.rule("C5")
@pytest.mark.rule("G-14")
async def test_an_unblock_does_not_undo_a_stop(office: Office) -> None:
    await office.presses(Press.STOP)
    office.clock.at += MINUTE
    await office.a.does(Unfollowed(), at=office.now)
    office.clock.at += MINUTE
    await office.a.does(Followed(unblocked=True), at=office.now)
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON


@pytest.mark.rule("G-14")
async def test_of_two_events_out_of_order_the_newer_one_stands(office: Office) -> None:
    await office.a.does(Unfollowed(), at=office.now + MINUTE)
    await office.a.does(
        Followed(unblocked=True), at=office.now + 2 * MINUTE, happened_at=office.now
    )
    assert (await office.link()).state is LinkState.BLOCKED


@pytest.mark.rule("C5")
async def test_a_stop_counts_although_no_case_is_there_yet(office: Office) -> None:
    """Somebody known from the town file, without a case, presses やめる."""
    other = replace(A, id="person-b", code="B", name="馬場 架空")  # type: ignore[arg-type]
    link = replace(LINK_A, id=LinkId("link-b"), line_user_id=NEW_PHONE, person_id=other.id)
    async with office.uow.write() as work:
        await work.people.put(other)
        await work.links.add(link)
        await work.commit()
    await office.a.does(Pressed(press=Press.STOP), at=office.now, who=NEW_PHONE)
    async with office.uow.read() as work:
        stopped = await work.links.by_line_user(NEW_PHONE)
    assert stopped is not None
    assert stopped.state is LinkState.UNLINKED_BY_PERSON


@pytest.mark.rule("G-13")
async def test_a_stranger_who_presses_reaches_the_reception_desk(office: Office) -> None:
    desk = await office.hire("desk", Role.INTAKE_WORKER)
    await office.a.does(Pressed(press=Press.TALK), at=office.now, who=NEW_PHONE)
    async with office.uow.read() as work:
        stranger = await work.links.by_line_user(NEW_PHONE)
    assert stranger is not None
    assert (CardKind.RECEPTION, desk.id) in await office.cards(stranger.id)


async def test_an_answer_on_a_closed_case_is_kept_there(office: Office) -> None:
    await office.move_case(CaseState.CLOSED)
    await office.says("おひさしぶりです")
    async with office.uow.read() as work:
        assert len(await work.replies.of_case(A12.id)) == 1


@pytest.mark.rule("S5")
async def test_what_arrives_while_a_letter_is_on_its_way_does_not_call_it_back(
    office: Office,
) -> None:
    """LINE has it already; saying otherwise would be a lie in the record."""
    letter = await office.approved()
    office.clock.at = SOON
    office.line.mishaps.append(Mishap.ANSWER_LOST)
    await office.deliver()
    await office.presses(Press.STOP)
    assert (await office.letter(letter)).state is LetterState.SCHEDULED
    office.clock.at += MINUTE
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)
    assert [took.texts for took in office.line.took] == [(letter.body,), (TEXTS["stop"],)]


async def test_taken_back_words_are_gone_and_unread_replies_count_down(
    office: Office, store: Store
) -> None:
    await office.says("まちがえました")
    await office.says("こんにちは")
    await office.a.does(Unsent(message_id="m1"), at=office.now)
    async with office.uow.read() as work:
        kept, gone = await work.replies.of_case(A12.id)
    assert {(one.state, one.text) for one in (kept, gone)} == {
        (ReplyState.KEPT, "こんにちは"),
        (ReplyState.WITHDRAWN, ""),
    }
    assert await read_replies(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now) == 1
    assert await read_replies(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now) == 0


async def test_only_what_the_reader_saw_is_read(office: Office) -> None:
    await office.says("ひとつ")
    async with office.uow.read() as work:
        [first] = await work.replies.of_case(A12.id)
    await office.says("ふたつ")
    seen = await read_replies(
        office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now, seen={first.id}
    )
    assert seen == 1
    async with office.uow.read() as work:
        assert await work.replies.waiting([A12.id]) == {A12.id: 1}


async def test_what_nobody_can_read_goes_to_the_tray_and_changes_nothing_else(
    office: Office,
) -> None:
    letter = await office.approved()
    await office.a.does(NotUnderstood(kind="hologram"), at=office.now)
    async with office.uow.read() as work:
        assert len(await work.inbox.tray()) == 1
    assert (await office.letter(letter)).state is LetterState.SCHEDULED


async def test_the_same_event_twice_is_understood_once(office: Office, store: Store) -> None:
    said = Said(kind=ReplyKind.TEXT, text="はい", message_id="m-1")
    await office.a.does(said, at=office.now, key="event-x")
    async with unchanged(store):
        await office.a.does(said, at=office.now, key="event-x")


@pytest.mark.rule("G-13", "G-26")
async def test_the_answer_to_a_rest_says_until_when_and_who_reads(office: Office) -> None:
    """Filled from the record; who approved the text approved its fields."""
    async with office.uow.write() as work:
        was = await work.towns.standing_text("rest")
        assert was is not None
        body = "わかりました。{再開日}まで休みます。書いた言葉は、{読む時間}に{読む人}が読みます。"
        newer = was.approved_at + timedelta(minutes=1)
        await work.towns.put_standing_text(replace(was, version="2", body=body, approved_at=newer))
        await work.commit()
    await office.presses(Press.REST)
    async with office.uow.read() as work:
        [answer] = await work.letters.of_case(A12.id)
    assert answer.body == (
        "わかりました。12月30日まで休みます。"
        "書いた言葉は、平日8時30分〜17時15分に佐藤か鈴木が読みます。"
    )
    assert answer.acknowledges == "rest/2"
    assert await office.deliver() == 1
    async with office.uow.read() as work:
        assert await work.letters.sent_without_approval() == ()
