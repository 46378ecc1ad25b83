"""What the store promises about LINE accounts, one-time codes and contacts."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.contacts import Contact, ContactChannel
from core.ids import ContactId, LinkId, ReplyId
from core.people import LinkCode, LinkState
from core.ports import SentLetter, UnitOfWork
from core.replies import Reply, ReplyKind, ReplyState
from tests.contracts.letters_at_hand import scheduled
from tests.people import A12, LINK_A, MIDORI, MONDAY, A

CODE = LinkCode(
    person_id=A.id, code="23456789", issued_at=MONDAY, expires_at=MONDAY + timedelta(days=14)
)


@pytest.mark.rule("C8")
async def test_a_code_works_once_and_only_in_time(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.links.put_code(CODE)
        assert await work.links.take_code("98765432", at=MONDAY) is None
        assert await work.links.take_code(CODE.code, at=CODE.expires_at) is None
        await work.commit()

    async def take() -> str | None:
        async with midori.write() as work:
            whose = await work.links.take_code(CODE.code, at=MONDAY)
            await work.commit()
            return whose

    assert sorted(await asyncio.gather(take(), take(), take()), key=str) == [None, None, A.id]


async def test_wrong_codes_are_counted_from_a_moment_on(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        for minute in range(4):
            await work.links.note_wrong_code(LINK_A.id, at=MONDAY + timedelta(minutes=minute))
        since = MONDAY + timedelta(minutes=2)
        assert await work.links.wrong_codes(LINK_A.id, since=since) == 2


async def test_one_account_is_in_use_for_a_person(midori: UnitOfWork) -> None:
    second = replace(LINK_A, id=LinkId("link-b"), line_user_id="U" + "b" * 32)
    async with midori.write() as work:
        with pytest.raises(IntegrityError):
            await work.links.add(second)
    async with midori.write() as work:
        await work.links.add(replace(second, state=LinkState.BLOCKED))


async def test_an_account_is_known_once(midori: UnitOfWork) -> None:
    again = replace(LINK_A, id=LinkId("link-b"), state=LinkState.UNLINKED, person_id=None)
    async with midori.write() as work:
        with pytest.raises(IntegrityError):
            await work.links.add(again)


async def test_a_command_logs_one_contact_and_a_message_is_one_reply(midori: UnitOfWork) -> None:
    contact = Contact(
        id=ContactId("contact-1"),
        municipality_id=MIDORI,
        case_id=A12.id,
        at=MONDAY,
        channel=ContactChannel.VISIT,
        command_key="click-1",
    )
    reply = Reply(
        id=ReplyId("reply-1"),
        municipality_id=MIDORI,
        person_id=A.id,
        case_id=A12.id,
        kind=ReplyKind.TEXT,
        text="はい",
        message_id="m-1",
        occurred_at=MONDAY,
        received_at=MONDAY,
    )
    async with midori.write() as work:
        assert await work.contacts.add(contact)
        assert not await work.contacts.add(replace(contact, id=ContactId("contact-2")))
        assert await work.replies.add(reply)
        assert not await work.replies.add(replace(reply, id=ReplyId("reply-2")))
        assert await work.replies.waiting([A12.id]) == {A12.id: 1}
        assert await work.replies.waiting([]) == {}
        read = replace(reply, state=ReplyState.READ, version=2)
        assert await work.replies.change(read, version=1)
        assert not await work.replies.change(read, version=1)
        assert await work.replies.waiting([A12.id]) == {}


async def test_contacts_and_replies_come_newest_first(midori: UnitOfWork) -> None:
    def contact(number: int) -> Contact:
        return Contact(
            id=ContactId(f"contact-{number}"),
            municipality_id=MIDORI,
            case_id=A12.id,
            at=MONDAY + timedelta(hours=number),
            channel=ContactChannel.PHONE,
        )

    async with midori.write() as work:
        for number in (1, 3, 2):
            assert await work.contacts.add(contact(number))
        newest = await work.contacts.of_case(A12.id, limit=2)
    assert [one.id for one in newest] == ["contact-3", "contact-2"]


async def test_letters_that_left_are_logged_in_the_same_transaction(midori: UnitOfWork) -> None:
    letters = [scheduled("one"), scheduled("two")]
    async with midori.write() as work:
        for letter in letters:
            await work.letters.add(letter)
        await work.contacts.log_sent(
            [SentLetter(letter.id, A12.id) for letter in letters], at=MONDAY
        )
        seen = await work.contacts.of_case(A12.id)
        await work.commit()
    async with midori.read() as work:
        kept = await work.contacts.of_case(A12.id)
    assert kept == seen
    assert {one.letter_id for one in kept} == {"one", "two"}
    assert {(one.channel, one.at, one.note) for one in kept} == {
        (ContactChannel.LINE_OUT, MONDAY, "")
    }
