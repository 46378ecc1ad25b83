"""What is sealed: by whom it can be opened, and that nothing of it lies open in the file."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.consent.evidence import NotedEvidence
from core.contacts import Contact, ContactChannel
from core.ids import ContactId, LetterId, PersonId, ReplyId
from core.people import Person
from core.ports import RawEvent
from core.replies import Reply, ReplyKind
from storage.engine import open_store
from storage.keys import Keyring, KeyUnknown, SealBroken, SecretTooShort
from storage.unit_of_work import SqlUnitOfWork
from tests.contracts.letters_at_hand import delivery_of, scheduled
from tests.databases import SECRET, new_id, unit_of_work_on
from tests.people import A12, LINK_A, MAY_WRITE_TO_A, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOWN, A

OLD = "an old secret, also of thirty-two characters or more"
NAME = b"people.name"


def test_what_is_sealed_opens_in_its_own_column_only() -> None:
    keys = Keyring([SECRET]).of("midori")
    sealed = keys.seal("青木".encode(), column=NAME)
    assert keys.open(sealed, column=NAME).decode() == "青木"
    with pytest.raises(SealBroken):
        keys.open(sealed, column=b"people.kana")
    with pytest.raises(SealBroken):
        keys.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), column=NAME)


def test_the_same_words_never_look_the_same() -> None:
    keys = Keyring([SECRET]).of("midori")
    assert keys.seal(b"x", column=NAME) != keys.seal(b"x", column=NAME)
    assert keys.seal(b"", column=NAME) == b""


def test_each_municipality_has_keys_of_its_own() -> None:
    ring = Keyring([SECRET])
    sealed = ring.of("midori").seal(b"x", column=NAME)
    with pytest.raises(KeyUnknown):
        ring.of("aoba").open(sealed, column=NAME)
    assert ring.of("midori").blind("x", column="c") != ring.of("aoba").blind("x", column="c")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    before, after = Keyring([OLD]).of("midori"), Keyring([SECRET, OLD]).of("midori")
    sealed = before.seal(b"x", column=NAME)
    assert after.open(sealed, column=NAME) == b"x"
    with pytest.raises(KeyUnknown, match=r"people\.name"):
        before.open(after.seal(b"x", column=NAME), column=NAME)
    assert before.blind("x", column="c") in after.blinds("x", column="c")
    assert after.blind("x", column="c") != after.blind("x", column="d")


@pytest.mark.parametrize("secrets", [[], ["short"], [SECRET, "short"]])
def test_short_secrets_are_refused(secrets: list[str]) -> None:
    with pytest.raises(SecretTooShort):
        Keyring(secrets)


async def test_accounts_are_found_after_the_key_was_changed(sqlite_url: str) -> None:
    def transactions(*secrets: str) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            store,
            municipality_id=MIDORI,
            keyring=Keyring(secrets),
            new_id=new_id,
            new_key=new_id,
            new_code=new_id,
            new_token=new_id,
        )

    store = open_store(sqlite_url)
    async with transactions(OLD).write() as work:
        await work.towns.put(TOWN)
        await work.people.put(A)
        await work.links.add(LINK_A)
        await work.commit()
    async with transactions(SECRET, OLD).read() as work:
        assert await work.links.by_line_user(LINK_A.line_user_id) == LINK_A
        assert await work.people.get(A.id) == A
    async with transactions(SECRET).read() as work:
        with pytest.raises(KeyUnknown):
            await work.people.get(A.id)
    await store.close()


def nothing_but(secret: str) -> Person:
    """A person in whose record every personal field says this."""
    return replace(
        A,
        id=PersonId("p"),
        code="p",
        name=secret,
        kana=secret,
        address=secret,
        phones=(secret,),
        interests=(secret,),
        do_not_mention=(secret,),
    )


async def test_nothing_personal_can_be_read_in_the_file(sqlite_url: str) -> None:
    secret = "秘密のことば"
    person = nothing_but(secret)
    link = replace(LINK_A, person_id=person.id)
    case = replace(A12, person_id=person.id)
    letter = scheduled("l", body=secret, alt_text=secret, note=secret, person_id=person.id)
    contact = Contact(
        id=ContactId("c"),
        municipality_id=MIDORI,
        case_id=case.id,
        at=MONDAY,
        channel=ContactChannel.VISIT,
        note=secret,
    )
    reply = Reply(
        id=ReplyId("r"),
        municipality_id=MIDORI,
        person_id=person.id,
        case_id=case.id,
        kind=ReplyKind.TEXT,
        text=secret,
        message_id="m",
        occurred_at=MONDAY,
        received_at=MONDAY,
    )
    delivery = delivery_of(letter, request=secret.encode(), person_id=person.id)
    event = RawEvent(event_key="e", message_id="m", raw=secret.encode())
    store = open_store(sqlite_url)
    async with unit_of_work_on(store, municipality_id=MIDORI).write() as work:
        await work.towns.put(TOWN)
        for staff in (SATO, SUZUKI, TANAKA):
            await work.staff.put(replace(staff, name=secret))
        await work.people.put(person)
        await work.links.add(link)
        await work.consents.add(
            replace(MAY_WRITE_TO_A, subject=person.id, evidence=NotedEvidence(words=secret))
        )
        await work.cases.add(case)
        await work.letters.add(letter)
        await work.outbox.add(delivery)
        await work.contacts.add(contact)
        await work.replies.add(reply)
        await work.inbox.split("w", [event], received_at=MONDAY)
        await work.commit()
    async with unit_of_work_on(store, municipality_id=MIDORI).read() as work:
        assert (await work.letters.get(LetterId("l"))).body == secret
        assert {one.note for one in await work.contacts.of_case(case.id)} == {secret}
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    written = b"".join(part.read_bytes() for part in path.parent.glob("test.db*"))
    assert MIDORI.encode() in written
    assert secret.encode() not in written
    assert LINK_A.line_user_id.encode() not in written
    await store.close()
