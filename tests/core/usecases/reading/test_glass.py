"""Reading past the usual door: with a reason, for an hour, told at once, looked back on once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Manner, NotYours
from core.agencies import Role, Staff
from core.outbox import CardKind
from core.reading import FindingNeeded, GlassReviewed, ReasonNeeded
from core.usecases.cases.show_case import show_case
from core.usecases.desk.show_desk import show_desk
from core.usecases.reading.break_glass import break_glass
from core.usecases.reading.offer_glass import offer_glass
from core.usecases.reading.review_glass import review_glass
from core.usecases.reading.show_glass import show_glass
from core.usecases.reading.who_opened import who_opened
from core.usecases.town.show_town import show_town
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.people import A12, SATO, TOKYO, A

HOUR = timedelta(hours=1)


async def on_duty(office: Office, *roles: Role) -> Staff:
    """A colleague without a seat, on the roster of duty."""
    member = replace(await office.hire("duty", *(roles or (Role.OUTREACH_WORKER,))), on_call=True)
    async with office.uow.write() as work:
        await work.staff.put(member)
        await work.commit()
    return member


@pytest.mark.rule("DOMAIN-3.7")
async def test_on_duty_with_a_reason_the_whole_case_opens_for_an_hour(
    office: Office, store: Store
) -> None:
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    duty = await on_duty(office)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_case(office.uow, case_id=A12.id, by=duty.id, at=office.now)
    async with refused(store, ReasonNeeded, rule="DOMAIN-3.7"):
        await break_glass(office.uow, case_id=A12.id, by=duty.id, reason=" ", at=office.now)
    glass = await break_glass(
        office.uow, case_id=A12.id, by=duty.id, reason="近所から煙の知らせ", at=office.now
    )
    assert glass.until == office.now + HOUR
    office.clock.at += HOUR - timedelta(seconds=1)
    story = await show_case(office.uow, case_id=A12.id, by=duty.id, at=office.now)
    assert (story.person.name, story.reader.manner) == (A.name, Manner.WITH_REASON)
    assert story.trail[-1].event.evidence == ("manner=with_reason",)
    office.clock.at += timedelta(seconds=1)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_case(office.uow, case_id=A12.id, by=duty.id, at=office.now)
    assert (CardKind.GLASS, privacy.id) in await office.cards(glass.id)


@pytest.mark.rule("DOMAIN-3.7")
async def test_without_a_seat_off_duty_or_without_the_role_nobody_breaks_it(
    office: Office, store: Store
) -> None:
    off = await office.hire("off", Role.OUTREACH_WORKER)
    approver = await office.hire("approver", Role.MESSAGE_APPROVER)
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    async with office.uow.write() as work:
        await work.staff.put(replace(approver, on_call=True))
        await work.commit()
    for who in (off, approver, privacy):
        assert not await offer_glass(office.uow, case_id=A12.id, by=who.id)
        async with refused(store, NotYours, rule="DOMAIN-3.7"):
            await break_glass(office.uow, case_id=A12.id, by=who.id, reason="x", at=office.now)
    assert await offer_glass(office.uow, case_id=A12.id, by=SATO.id), "assigned by a seat"


@pytest.mark.rule("DOMAIN-3.7")
async def test_the_privacy_officer_looks_back_once_and_writes_what_was_found(
    office: Office, store: Store
) -> None:
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    duty = await on_duty(office)
    glass = await break_glass(
        office.uow, case_id=A12.id, by=duty.id, reason="煙の知らせ", at=office.now
    )
    [seen] = (await show_town(office.uow, by=privacy.id)).glass
    assert (seen.alias, seen.by, seen.glass.reason) == ("A-12", "duty", "煙の知らせ")
    assert (await show_town(office.uow, by=duty.id)).glass == ()
    desk = await show_desk(office.uow, staff_id=privacy.id, day_ends=office.now)
    assert [one.glass.id for one in desk.glass] == [glass.id]
    assert (await show_glass(office.uow, glass_id=glass.id, viewer=privacy.id)).alias == "A-12"
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_glass(office.uow, glass_id=glass.id, viewer=duty.id)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await review_glass(office.uow, glass_id=glass.id, by=SATO.id, finding="x", at=office.now)
    async with refused(store, FindingNeeded, rule="DOMAIN-3.7"):
        await review_glass(office.uow, glass_id=glass.id, by=privacy.id, finding="", at=office.now)
    looked = await review_glass(
        office.uow, glass_id=glass.id, by=privacy.id, finding="必要だった", at=office.now
    )
    assert (looked.reviewed_by, looked.finding) == (privacy.id, "必要だった")
    assert (await show_town(office.uow, by=privacy.id)).glass == ()
    async with refused(store, GlassReviewed, rule="DOMAIN-3.7"):
        await review_glass(office.uow, glass_id=glass.id, by=privacy.id, finding="x", at=office.now)


@pytest.mark.rule("DOMAIN-9")
async def test_who_opened_a_case_is_told_to_those_who_read_the_trail(
    office: Office, store: Store
) -> None:
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    duty = await on_duty(office)
    await show_case(office.uow, case_id=A12.id, by=SATO.id, at=office.now, tz=TOKYO)
    await office.log()
    await break_glass(office.uow, case_id=A12.id, by=duty.id, reason="煙", at=office.now)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await who_opened(office.uow, case_id=A12.id, by=SATO.id, at=office.now)
    told = await who_opened(office.uow, case_id=A12.id, by=privacy.id, at=office.now)
    assert [(one.event.action, one.event.actor) for one in told.entries] == [
        ("case.glass_broken", duty.id),
        ("case.opened", SATO.id),
    ]
    assert [one.reason for one in told.glass] == ["煙"]
    newest = await who_opened(office.uow, case_id=A12.id, by=None, at=office.now, most=1)
    assert (len(newest.entries), newest.more) == (1, True)
    older = await who_opened(
        office.uow, case_id=A12.id, by=None, at=office.now, before=newest.entries[0].number
    )
    assert [one.event.actor for one in older.entries] == [SATO.id]
    assert (await office.trail(A12.id)).count("case.openings_read") == 3


@pytest.mark.rule("DOMAIN-3.7")
async def test_the_privacy_officer_reads_the_trail_of_a_case_and_nothing_of_the_person(
    office: Office,
) -> None:
    privacy = await office.hire("privacy", Role.PRIVACY_OFFICER)
    await office.log(note="留守")
    await office.write()
    story = await show_case(office.uow, case_id=A12.id, by=privacy.id, at=office.now)
    assert story.reader.manner is Manner.TRAIL_ONLY
    assert (story.contacts, story.letters, story.consents, story.link) == ((), (), (), None)
    assert A.name not in repr(story)
    assert "contact.logged" in [entry.event.action for entry in story.trail]
