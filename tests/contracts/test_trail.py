"""What the store promises about the chained record, the desk, the pulse and one-time passes."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.audit import GENESIS, SYSTEM, AuditEvent, first_broken_link
from core.contacts import Contact, ContactChannel
from core.errors import NotFound
from core.ids import CaseId, ContactId, LetterId
from core.letters import LetterState
from core.outbox import CardKind, Drawn
from core.people import LinkState
from core.ports import RawEvent, UnitOfWork
from storage.unit_of_work import ReadOnly
from tests.contracts.letters_at_hand import OPEN, delivery_of, schedule, scheduled
from tests.databases import open_unit_of_work
from tests.people import A12, LETTER, LINK_A, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOWN


def happened(name: str) -> AuditEvent:
    return AuditEvent(
        action="case.read",
        at=MONDAY,
        actor=SATO.id,
        role="case_lead",
        subject=name,
        case_id=A12.id,
        evidence=("a=1",),
    )


async def test_the_chain_stays_whole_under_writers_at_once(
    midori: UnitOfWork, database_url: str
) -> None:
    async def write(uow: UnitOfWork, name: str) -> None:
        async with uow.write() as work:
            await work.audit.append(happened(name), happened(name))
            await work.audit.append(happened(name))
            await work.commit()

    async with open_unit_of_work(database_url, municipality_id=MIDORI) as other:
        await asyncio.gather(*(write(uow, f"{n}") for n in range(10) for uow in (midori, other)))
    async with midori.read() as work:
        entries = await work.audit.entries()
        assert len(entries) == 60
        assert first_broken_link(entries) is None
        assert await work.audit.head() == (60, entries[-1].hash)
        assert await work.audit.of_case(A12.id) == entries
        assert await work.audit.entries(after=58, limit=1) == (entries[58],)


async def test_a_chain_begins_with_the_town_and_undone_events_leave_no_gap(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        assert await work.audit.head() == (0, GENESIS)
        await work.audit.append(happened("undone"))
    async with midori.write() as work:
        await work.towns.put(replace(TOWN, name="新みどり市"))
        await work.audit.append(happened("kept"))
        await work.commit()
    async with midori.read() as work:
        (entry,) = await work.audit.entries()
        assert (entry.number, entry.previous, entry.event.subject) == (1, GENESIS, "kept")


async def test_reading_commits_nothing(midori: UnitOfWork) -> None:
    async with midori.read() as work:
        with pytest.raises(ReadOnly):
            await work.commit()


async def test_a_town_sees_its_own_rows_only(midori: UnitOfWork, database_url: str) -> None:
    async with (
        open_unit_of_work(database_url, municipality_id="other") as other,
        other.read() as work,
    ):
        assert await work.towns.find() is None
        assert await work.cases.all() == ()
        assert await work.links.by_line_user(LINK_A.line_user_id) is None
        with pytest.raises(NotFound):
            await work.cases.get(A12.id)


async def test_the_desk_shows_what_waits_for_this_colleague(midori: UnitOfWork) -> None:
    later = replace(LETTER, id=LetterId("later"), opens_at=OPEN + timedelta(minutes=1))
    held = replace(LETTER, id=LetterId("held"), state=LetterState.HELD, opens_at=MONDAY)
    own = replace(LETTER, id=LetterId("own"), author_id=TANAKA.id)
    back = replace(LETTER, id=LetterId("back"), state=LetterState.DRAFT, decided_at=MONDAY)
    back_again = replace(back, id=LetterId("back-again"), decided_at=OPEN)
    contact = Contact(
        id=ContactId("c"),
        municipality_id=MIDORI,
        case_id=A12.id,
        at=MONDAY,
        channel=ContactChannel.VISIT,
    )
    async with midori.write() as work:
        for letter in (later, held, own, back, back_again, scheduled("going")):
            await work.letters.add(letter)
        (desk,) = await work.desk.cases_of(SUZUKI.id, limit=5)
        assert (desk.case, desk.last_contact_at) == (A12, None)
        await work.contacts.add(contact)
        (desk,) = await work.desk.cases_of(SATO.id, limit=5)
        assert desk.last_contact_at == MONDAY
        approve = await work.desk.to_approve(TANAKA.id, limit=5)
        assert [letter.id for letter in approve] == ["held", "later"]
        assert await work.desk.to_approve(SUZUKI.id, limit=5) == ()
        returned = await work.desk.sent_back(SUZUKI.id, limit=5)
        assert [letter.id for letter in returned] == ["back-again", "back"]


async def test_ticks_beat(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.pulse.beat("deliver", at=MONDAY)
        await work.pulse.beat("deliver", at=OPEN)
        assert await work.pulse.beats() == {"deliver": OPEN}


async def test_the_pulse_names_the_next_moment_of_each_kind(midori: UnitOfWork) -> None:
    def at(minute: int) -> datetime:
        return MONDAY + timedelta(minutes=minute)

    letter = scheduled("l", opens_at=at(1), closes_at=at(50))
    await schedule(midori, letter)
    async with midori.write() as work:
        paused = replace(LINK_A, state=LinkState.PAUSED, paused_until=at(40), version=2)
        await work.links.change(paused, version=1)
        await work.cards.touch(CardKind.HOME, SATO.id, (SATO.id,), at=at(30))
        await work.inbox.split(
            "w", [RawEvent(event_key="e", message_id=None, raw=b"x")], received_at=at(20)
        )
        await work.outbox.lease([delivery_of(letter).id], lease="l", at=at(1), until=at(2))
        await work.commit()
    async with midori.write() as work:
        moments = []
        after = MONDAY
        while (due := await work.pulse.next_due(after=after)) is not None:
            moments.append(due)
            after = due
        assert moments == [at(2), at(20), at(30), at(40), at(50)]
        (card,) = await work.cards.due(at=at(30), limit=5, until=at(31))
        await work.cards.settle(card, Drawn(channel=None, ts=None), next_at=at(31))
        await work.commit()
    async with midori.read() as work:
        assert await work.pulse.next_due(after=at(20)) == at(40)


async def test_a_pass_opens_once(midori: UnitOfWork) -> None:
    until = MONDAY + timedelta(minutes=10)
    async with midori.write() as work:
        assert await work.passes.use("n", at=MONDAY, until=until)
        assert not await work.passes.use("n", at=MONDAY, until=until)
        assert await work.passes.use("m", at=until, until=until + timedelta(minutes=10))


async def test_facts_are_counted_beside_the_version(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.cases.add_fact(A12.id) == 1
        assert await work.cases.add_fact(A12.id) == 2
        assert await work.cases.change(replace(A12, version=2), version=1)
        assert (await work.cases.get(A12.id)).facts == 2


async def test_what_happened_on_a_case_since_then_by_its_actions(midori: UnitOfWork) -> None:
    def event(action: str, minute: int, case: CaseId | None = A12.id) -> AuditEvent:
        at = MONDAY + timedelta(minutes=minute)
        return AuditEvent(
            action=action, at=at, actor=SYSTEM, role="system", subject="x", case_id=case
        )

    async with midori.write() as work:
        await work.audit.append(
            event("case.moved", 0),
            event("case.moved", 1),
            event("letter.sent", 2),
            event("consent.given", 3),
            event("case.moved", 4, None),
        )
        await work.commit()
    async with midori.read() as work:
        found = await work.audit.of_case_since(
            A12.id,
            since=MONDAY + timedelta(minutes=1),
            actions=("case.moved", "consent.given"),
        )
    assert [entry.event.action for entry in found] == ["case.moved", "consent.given"]
