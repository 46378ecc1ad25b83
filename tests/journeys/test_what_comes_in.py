"""What a person sends: kept before it is answered, understood once, never lost, never quoted."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final

import pytest

from core.access import NotYours
from core.consent import ConsentState, ConsentType
from core.consent.evidence import LinkEvidence
from core.contacts import ContactChannel
from core.letters import LetterState, Reason
from core.outbox import CardKind
from core.people import LineLink, LinkState
from core.replies import ReplyKind, ReplyState
from core.usecases.desk.show_desk import show_desk
from core.usecases.inbound.show_tray import show_tray
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.incoming import PRESS, Town, incoming, kept_anywhere
from tests.midori import add_neighbour, approved, letter_now, written
from tests.people import A12, LINK_A, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork, store: Store) -> AsyncIterator[Town]:
    async with incoming(unit_of_work, store) as opened:
        yield opened


@pytest.mark.rule("G-18")
async def test_an_answer_is_kept_and_the_worker_told_without_a_word_of_it(town: Town) -> None:
    await town.a.say("電車の話、うれしかったです")
    await town.rest()
    [reply] = await town.replies()
    assert (reply.kind, reply.text) == (ReplyKind.TEXT, "電車の話、うれしかったです")
    cards = await town.cards()
    assert (CardKind.REPLY, SATO.id) in cards
    async with town.uow.read() as work:
        [contact] = await work.contacts.of_case(A12.id)
        trail = await work.audit.of_case(A12.id)
    assert contact.channel is ContactChannel.LINE_IN
    assert all("電車" not in str(entry) for entry in trail)


@pytest.mark.rule("G-18")
async def test_a_sticker_is_an_answer(town: Town) -> None:
    await town.a.sticker(keywords=["ありがとう"])
    await town.rest()
    [reply] = await town.replies()
    assert reply.kind is ReplyKind.STICKER


@pytest.mark.rule("G-16")
async def test_thanks_bring_no_automatic_text(town: Town) -> None:
    await town.a.say("ありがとう")
    await town.rest()
    await town.delivery.run()
    assert not town.world.line.record


@pytest.mark.rule("G-27")
@pytest.mark.rule("S5")
async def test_an_answer_holds_the_letters_that_were_approved_before_it(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    await town.a.say("最近ちょっとつらいです")
    await town.rest()
    held = await letter_now(town.uow, letter.id)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.NEW_FACT)
    town.clock.move_to(MONDAY + timedelta(hours=1))
    await town.delivery.run()
    assert not town.world.line.record


async def test_the_same_event_twice_is_one_record(town: Town) -> None:
    town.world.line.webhooks.plan.duplicate = True
    await town.a.say("一度だけ")
    await town.rest()
    await town.rest()
    assert [reply.text for reply in await town.replies()] == ["一度だけ"]


async def test_a_redelivered_event_is_one_record(town: Town) -> None:
    webhooks = town.world.line.webhooks
    await town.a.say("一度だけ")
    await town.rest()
    again = [
        event | {"deliveryContext": {"isRedelivery": True}} for event in webhooks.log[-1].events()
    ]
    await webhooks.send_raw(events=again)
    await town.rest()
    assert len(await town.replies()) == 1


async def test_unknown_kinds_are_kept_in_a_visible_tray(town: Town) -> None:
    town.world.line.webhooks.plan.unknown_kinds = ("event", "message")
    await town.a.say("ふつうの言葉")
    await town.rest()
    async with town.uow.read() as work:
        tray = await work.inbox.tray()
    assert tray, "what we do not read is kept where somebody can see it"
    assert all(event.raw and event.kind for event in tray)
    desk = await show_desk(town.uow, staff_id=TANAKA.id, day_ends=MONDAY + timedelta(hours=14))
    assert {event.id for event in desk.tray} == {event.id for event in tray}
    assert await show_tray(town.uow, by=TANAKA.id, at=MONDAY) == tray
    with pytest.raises(NotYours):
        await show_tray(town.uow, by=SUZUKI.id, at=MONDAY)


async def test_one_bad_event_does_not_lose_its_batch(town: Town) -> None:
    webhooks = town.world.line.webhooks
    good: dict[str, Any] = {
        "type": "message",
        "mode": "active",
        "timestamp": int(MONDAY.timestamp() * 1000),
        "source": {"type": "user", "userId": LINK_A.line_user_id},
        "webhookEventId": "01GOODEVENT",
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": "m1", "type": "text", "text": "届いてほしい", "quoteToken": "q"},
    }
    bad: list[Any] = [
        {"type": "message", "webhookEventId": "01BAD1"},
        {"type": 7, "source": [], "timestamp": "yesterday", "webhookEventId": "01BAD2"},
        "not even an object",
        {"type": "message", "message": {"type": "hologram"}, "webhookEventId": "01BAD3"},
    ]
    assert (await webhooks.send_raw(events=[*bad[:2], good, *bad[2:]])).status == 200
    await town.rest()
    assert [reply.text for reply in await town.replies()] == ["届いてほしい"]


async def test_a_message_taken_back_is_gone_everywhere(town: Town) -> None:
    await town.a.say("やっぱり消したい秘密")
    await town.rest()
    await town.a.unsend()
    await town.rest()
    [reply] = await town.replies()
    assert (reply.state, reply.text) == (ReplyState.WITHDRAWN, "")
    assert not await kept_anywhere(town, "秘密".encode())


async def test_a_message_taken_back_before_it_arrived_is_never_kept(town: Town) -> None:
    town.world.line.webhooks.plan.unsend_before_message = True
    await town.a.say("届く前に消した秘密")
    await town.a.unsend()
    await town.rest()
    assert all(not reply.text for reply in await town.replies())
    assert not await kept_anywhere(town, "秘密".encode())


@pytest.mark.rule("G-13")
@pytest.mark.rule("S6")
async def test_a_rest_of_a_month_skips_letters_and_answers_once(town: Town) -> None:
    soon = await approved(town.uow, PRESS)
    waiting = await written(town.uow, opens_at=MONDAY + timedelta(days=7))
    later = await written(town.uow, opens_at=MONDAY + timedelta(days=40))
    await town.a.say("少し休む")
    await town.rest()
    await town.delivery.run()
    assert [m["text"] for a in town.world.line.record for m in a.messages] == [
        "わかりました。1か月お休みします。"
    ]
    link = await town.link()
    assert link.state is LinkState.PAUSED
    assert link.paused_until is not None
    assert link.paused_until.astimezone(TOKYO).isoformat().startswith("2026-12-30T10:30")
    assert (await letter_now(town.uow, soon.id)).state is LetterState.CANCELLED
    assert (await letter_now(town.uow, waiting.id)).reason is Reason.RESTING
    assert (await letter_now(town.uow, later.id)).state is LetterState.PENDING_APPROVAL


@pytest.mark.rule("C5")
@pytest.mark.rule("G-13")
async def test_stop_is_immediate_and_withdraws_the_permission(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    town.clock.move_to(MONDAY + timedelta(minutes=6))
    await town.delivery.run()
    another = await written(town.uow, opens_at=MONDAY + timedelta(days=8), at=town.clock.now())
    await town.a.tap("やめる")
    await town.rest()
    await town.delivery.run()
    consent = await town.consent()
    assert consent is not None
    assert consent.state is ConsentState.WITHDRAWN
    assert (await town.link()).state is LinkState.UNLINKED_BY_PERSON
    assert (await letter_now(town.uow, letter.id)).state is LetterState.SENT
    assert (await letter_now(town.uow, another.id)).reason is Reason.STOPPED_BY_PERSON
    assert (
        town.world.line.record[-1].messages[0]["text"].startswith("わかりました。送るのをやめます")
    )
    await town.a.say("また話したくなったら書きます")
    await town.rest()
    assert (await town.replies())[0].text == "また話したくなったら書きます"


@pytest.mark.rule("G-13")
async def test_talk_to_a_person_reaches_one(town: Town) -> None:
    await town.a.say("人と話したい")
    await town.rest()
    assert (CardKind.REPLY, SATO.id) in await town.cards()
    assert [reply.kind for reply in await town.replies()] == [ReplyKind.BUTTON]


@pytest.mark.rule("G-13")
async def test_keep_going_keeps_going(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    await town.a.say("そのまま")
    await town.rest()
    assert (await letter_now(town.uow, letter.id)).state is LetterState.SCHEDULED


@pytest.mark.rule("G-14")
async def test_a_block_cancels_everything_and_tells_the_worker(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    await town.a.block()
    await town.rest()
    assert (await letter_now(town.uow, letter.id)).reason is Reason.BLOCKED
    assert (CardKind.STOPPED, SATO.id) in await town.cards()
    await town.a.unblock()
    await town.rest()
    assert (await town.link()).state is LinkState.LINKED


@pytest.mark.rule("G-14")
async def test_whoever_comes_back_after_a_block_gets_nothing_before_a_person_decides(
    town: Town,
) -> None:
    letter = await approved(town.uow, PRESS)
    await town.a.block()
    await town.rest()
    await town.a.unblock()
    await town.rest()
    town.clock.move_to(MONDAY + timedelta(hours=1))
    await town.delivery.run()
    assert not town.world.line.record
    assert (await letter_now(town.uow, letter.id)).state is LetterState.CANCELLED
    assert (CardKind.STOPPED, SATO.id) in await town.cards()


@pytest.mark.rule("G-14")
async def test_an_unblock_whose_block_was_lost_holds_what_was_approved(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    back = event_of_a("follow", "01BACK", follow={"isUnblocked": True})
    await town.world.line.webhooks.send_raw(events=[back])
    await town.rest()
    held = await letter_now(town.uow, letter.id)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.NEW_FACT)
    assert (await town.link()).state is LinkState.LINKED
    assert (CardKind.STOPPED, SATO.id) in await town.cards()


@pytest.mark.rule("G-14")
async def test_adding_the_account_anew_is_no_news(town: Town) -> None:
    letter = await approved(town.uow, PRESS)
    again = event_of_a("follow", "01AGAIN", follow={"isUnblocked": False})
    await town.world.line.webhooks.send_raw(events=[again])
    await town.rest()
    assert (await letter_now(town.uow, letter.id)).state is LetterState.SCHEDULED


@pytest.mark.rule("G-14")
@pytest.mark.parametrize("changes", [{"timestamp": "soon"}, {"mode": "standby"}])
async def test_a_block_counts_whatever_else_its_event_says(
    town: Town, changes: dict[str, Any]
) -> None:
    letter = await approved(town.uow, PRESS)
    await town.world.line.webhooks.send_raw(events=[event_of_a("unfollow", "01BLOCK") | changes])
    await town.rest()
    assert (await letter_now(town.uow, letter.id)).reason is Reason.BLOCKED
    assert (await town.link()).state is LinkState.BLOCKED


async def test_words_whose_time_cannot_be_read_have_the_time_at_which_they_came(
    town: Town,
) -> None:
    message = {"id": "m1", "type": "text", "text": "庭の話"}
    odd = event_of_a("message", "01ODD", message=message) | {"timestamp": None}
    await town.world.line.webhooks.send_raw(events=[odd])
    await town.rest()
    [reply] = await town.replies()
    assert timedelta() <= reply.occurred_at - MONDAY < timedelta(minutes=1)


def event_of_a(type_: str, event_id: str, **own: Any) -> dict[str, Any]:
    """An event of A's in LINE's own shape."""
    return {
        "type": type_,
        "mode": "active",
        "timestamp": int(MONDAY.timestamp() * 1000) + 1000,
        "source": {"type": "user", "userId": LINK_A.line_user_id},
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": False},
        **own,
    }


NOT_OURS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("accountLink.ok", {"link": {"result": "ok", "nonce": "n"}}),
    ("accountLink.failed", {"link": {"result": "failed", "nonce": "n"}, "source": None}),
    ("membership.joined", {"membership": {"type": "joined", "membershipId": 1}}),
    ("group.memberJoined", {"source": {"type": "group", "groupId": "C1"}}),
    ("room.join", {"source": {"type": "room", "roomId": "R1"}}),
    ("botSuspended", {}),
    ("botResumed", {}),
    ("activated", {"chatControl": {"expireAt": 1}}),
    ("deactivated", {}),
    ("module.attached", {"module": {"type": "attached", "botId": "U1"}}),
    ("beacon.enter", {"beacon": {"type": "enter", "hwid": "d41d8cd98f"}}),
    ("videoPlayComplete", {"videoPlayComplete": {"trackingId": "t"}}),
    ("delivery", {"delivery": {"data": "15034552939884E28681"}}),
    ("messageEdited", {"message": {"id": "m", "type": "text", "text": "x"}}),
    ("postback.datetime", {"postback": {"data": "x", "params": {"datetime": "d"}}}),
    ("standby.follow", {"mode": "standby", "follow": {"isUnblocked": False}}),
    ("novelty", {"novelty": 1}),
)


async def test_what_is_not_ours_lies_in_the_tray_under_its_kind(town: Town) -> None:
    events = []
    for number, (kind, own) in enumerate(NOT_OURS):
        type_ = kind.split(".")[1] if kind.startswith(("group", "room", "standby")) else None
        events.append(event_of_a(type_ or kind.split(".")[0], f"01EVENT{number}") | own)
    await town.world.line.webhooks.send_raw(events=events)
    await town.rest()
    async with town.uow.read() as work:
        tray = await work.inbox.tray()
    assert sorted(kept.kind for kept in tray) == sorted(kind for kind, _ in NOT_OURS)
    assert await town.replies() == ()
    await town.delivery.run()
    assert not town.world.line.record


@pytest.mark.rule("G-14")
async def test_a_late_older_block_changes_nothing(town: Town) -> None:
    await town.a.block()
    await town.rest()
    [blocked] = town.world.line.webhooks.log[-1].events()
    town.clock.move_to(MONDAY + timedelta(minutes=1))
    await town.a.unblock()
    await town.rest()
    older = blocked | {"webhookEventId": "01LATE", "timestamp": blocked["timestamp"] + 1}
    await town.world.line.webhooks.send_raw(events=[older])
    await town.rest()
    assert (await town.link()).state is LinkState.LINKED


@pytest.mark.rule("C8")
async def test_a_code_from_paper_links_and_gives_the_permission(town: Town) -> None:
    case_id, user_id = await add_unlinked(town)
    code = await issue_link_code(town.uow, case_id=case_id, by=SATO.id, at=MONDAY)
    phone = town.world.line.phones.add("N", user_id=user_id)
    await phone.follow()
    await phone.say(f" {code.code[:4].lower()}-{code.code[4:]} ")
    await town.rest()
    await town.delivery.run()
    async with town.uow.read() as work:
        link = await work.links.by_line_user(user_id)
        assert link is not None
        assert link.state is LinkState.LINKED
        assert link.person_id is not None
        consent = await work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    assert consent is not None
    assert consent.state is ConsentState.GIVEN
    assert consent.evidence == LinkEvidence(link_id=link.id, friend_added=True, code_used=True)
    assert town.world.line.record[-1].messages[0]["text"].startswith("つながりました")
    other = town.world.line.phones.add("O")
    await other.follow()
    await other.say(code.code)
    await town.rest()
    async with town.uow.read() as work:
        second = await work.links.by_line_user(other.user_id)
    assert second is not None
    assert second.person_id is None, "a code is good once"


@pytest.mark.rule("C8")
async def test_a_code_that_ran_out_links_nobody(town: Town) -> None:
    case_id, user_id = await add_unlinked(town)
    code = await issue_link_code(town.uow, case_id=case_id, by=SATO.id, at=MONDAY)
    town.clock.move_to(MONDAY + timedelta(days=31))
    phone = town.world.line.phones.add("N", user_id=user_id)
    await phone.follow()
    await phone.say(code.code)
    await town.rest()
    async with town.uow.read() as work:
        link = await work.links.by_line_user(user_id)
    assert link is not None
    assert link.state is LinkState.UNLINKED


@pytest.mark.rule("C8")
async def test_guessing_codes_ends_after_five_tries_an_hour(town: Town) -> None:
    case_id, user_id = await add_unlinked(town)
    code = await issue_link_code(town.uow, case_id=case_id, by=SATO.id, at=MONDAY)
    phone = town.world.line.phones.add("N", user_id=user_id)
    await phone.follow()
    for guess in ("22222222", "33333333", "44444444", "55555555", "66666666", code.code):
        await phone.say(guess)
    await town.rest()
    async with town.uow.read() as work:
        link = await work.links.by_line_user(user_id)
    assert link is not None
    assert link.person_id is None
    town.clock.move_to(MONDAY + timedelta(hours=2))
    await phone.say(code.code)
    await town.rest()
    async with town.uow.read() as work:
        link = await work.links.by_line_user(user_id)
    assert link is not None
    assert link.state is LinkState.LINKED


@pytest.mark.rule("MA-10")
async def test_somebody_without_a_code_reaches_the_reception_desk(town: Town) -> None:
    phone = town.world.line.phones.add("だれか")
    await phone.follow()
    await phone.say("はじめまして")
    await town.rest()
    assert (CardKind.RECEPTION, TANAKA.id) in await town.cards()
    [kept] = await show_tray(town.uow, by=TANAKA.id, at=MONDAY)
    await town.delivery.run()
    assert not town.world.line.record, "nothing answers by itself"
    assert kept.kind == "reception"
    assert "はじめまして" in kept.raw.decode(), "somebody can read what a stranger wrote"
    await phone.unsend()
    await town.rest()
    assert all(not event.raw for event in await show_tray(town.uow, by=TANAKA.id, at=MONDAY))


async def test_words_whose_sender_line_does_not_name_are_kept_where_somebody_sees_them(
    town: Town,
) -> None:
    nameless: dict[str, Any] = {
        "type": "message",
        "mode": "active",
        "timestamp": int(MONDAY.timestamp() * 1000),
        "source": {"type": "user"},
        "webhookEventId": "01NAMELESS",
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": "m9", "type": "text", "text": "名前のない言葉", "quoteToken": "q"},
    }
    await town.world.line.webhooks.send_raw(events=[nameless])
    await town.rest()
    [kept] = await show_tray(town.uow, by=TANAKA.id, at=MONDAY)
    assert kept.kind == "no_sender"
    assert "名前のない言葉" in kept.raw.decode()


async def test_the_trail_holds_after_everything(town: Town) -> None:
    await approved(town.uow, PRESS)
    await town.a.say("こんにちは")
    await town.a.block()
    await town.a.unblock()
    await town.rest()
    verified = await verify_trail(town.uow)
    assert verified.broken is None
    assert verified.walked > 5


async def add_unlinked(town: Town) -> tuple[Any, str]:
    """Somebody with a case and no LINE account yet; a free LINE user id."""
    case_id, user_id = await add_neighbour(town.uow, 77)
    async with town.uow.write() as work:
        link = await work.links.by_line_user(user_id)
        assert link is not None
        await work.links.change(
            LineLink(
                id=link.id,
                municipality_id=MIDORI,
                line_user_id="U" + "f" * 32,
                state=LinkState.UNLINKED_BY_PERSON,
                person_id=link.person_id,
                version=2,
            ),
            version=1,
        )
        await work.commit()
    return case_id, user_id
