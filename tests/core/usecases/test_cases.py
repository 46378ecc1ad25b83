"""Cases, contacts, desks, codes and cards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import NotActive, NotYours
from core.agencies import Role
from core.contacts import ContactChannel, Met
from core.errors import NotFound
from core.ids import CaseId
from core.letters import LetterState
from core.outbox import Card, CardKind, Drawn, NotDrawn, backoff
from core.people import LinkState
from core.replies import Press
from core.usecases.cards.open_card import open_card
from core.usecases.cards.settle_card import settle_card
from core.usecases.cards.take_due_cards import CARD_LEASE, take_due_cards
from core.usecases.cases.find_case import find_case
from core.usecases.cases.glance_case import glance_case
from core.usecases.cases.list_cases import list_cases
from core.usecases.cases.show_case import show_case
from core.usecases.contacts.log_contact import ContactInFuture
from core.usecases.desk.show_desk import show_desk
from core.usecases.linking.issue_link_code import CODE_LASTS, issue_link_code
from core.usecases.replies.read_replies import read_replies
from core.usecases.staff.recognise_staff import NotOnTheRoll, recognise_staff
from core.usecases.staff.show_staff import show_staff
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import everything, refused, unchanged
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, A

NOWHERE = CaseId("nowhere")
SECOND = timedelta(seconds=1)


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
async def test_a_logged_contact_holds_what_was_approved_and_is_on_record(office: Office) -> None:
    letter = await office.approved()
    assert await office.log(channel=ContactChannel.VISIT, met=Met.ABSENT, note=" 留守でした ")
    assert (await office.letter(letter)).state is LetterState.HELD
    story = await show_case(office.uow, case_id=A12.id, by=SATO.id, at=office.now)
    assert [(one.channel, one.met, one.note) for one in story.contacts] == [
        (ContactChannel.VISIT, Met.ABSENT, "留守でした")
    ]
    assert story.case.facts == 1
    assert story.trail[-1].event.action == "case.opened"


async def test_a_contact_once_a_command_and_never_ahead_of_its_time(
    office: Office, store: Store
) -> None:
    assert await office.log(command_key="click")
    async with unchanged(store):
        assert not await office.log(command_key="click")
    async with refused(store, ContactInFuture, rule="DOMAIN-2.7"):
        await office.log(happened_at=office.now + SECOND)
    async with refused(store, NotFound, rule="HOUSE-11"):
        await office.log(case_id=NOWHERE)
    clerk = await office.hire("clerk", Role.CLERK)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await office.log(by=clerk.id)


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_story_is_told_to_those_who_may_read_and_who_read_it_is_on_record(
    office: Office, store: Store
) -> None:
    officer = await office.hire("officer", Role.MUNICIPAL_OFFICER)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await show_case(office.uow, case_id=A12.id, by=officer.id, at=office.now)
    async with refused(store, NotFound, rule="HOUSE-11"):
        await show_case(office.uow, case_id=NOWHERE, by=SATO.id, at=office.now)
    await show_case(office.uow, case_id=A12.id, by=None, at=office.now)
    story = await show_case(office.uow, case_id=A12.id, by=SATO.id, at=office.now)
    assert [entry.event.actor for entry in story.trail] == ["operator", SATO.id]
    assert story.names[SATO.id] == "佐藤"
    assert story.person == A


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_glance_shows_how_it_stands_and_nothing_of_the_person(
    office: Office, store: Store
) -> None:
    await office.says("ひとつ")
    office.clock.at += SECOND
    await office.says("ふたつ")
    await office.presses(Press.REST)
    glance = await glance_case(office.uow, case_id=A12.id, viewer=SUZUKI.id)
    async with office.uow.read() as work:
        newest, oldest = await work.replies.of_case(A12.id)
    assert (glance.waiting, glance.first_waiting) == (2, oldest.id)
    assert glance.link_state is LinkState.PAUSED
    assert A.name not in repr(glance)
    assert newest.text not in repr(glance)
    clerk = await office.hire("clerk", Role.CLERK)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await glance_case(office.uow, case_id=A12.id, viewer=clerk.id)
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await read_replies(office.uow, case_id=A12.id, by=clerk.id, at=office.now)


async def test_a_case_is_found_by_its_alias_however_it_is_typed(
    office: Office, store: Store
) -> None:
    for typed in ("A-12", " a-12 ", "Ａ－１２", "ａ－１２"):
        assert (await find_case(office.uow, alias=typed)).id == A12.id
    async with refused(store, NotFound, rule="HOUSE-11") as told:
        await find_case(office.uow, alias=" Z-9")
    assert told.value.facts == {"alias": "Z-9"}
    older = await office.second_case()
    assert [case.alias for case in await list_cases(office.uow)] == [A12.alias, older.alias]


async def test_a_desk_shows_what_lies_on_it(office: Office) -> None:
    waiting = await office.write()
    back = await office.give_back(await office.write(opens_at=SOON + timedelta(hours=1)))
    going = await office.approved(opens_at=SOON + timedelta(hours=2))
    tomorrow = MONDAY + timedelta(hours=13, minutes=30)
    suzuki = await show_desk(office.uow, staff_id=SUZUKI.id, day_ends=tomorrow)
    assert [letter.id for letter, _ in suzuki.sent_back] == [back.id]
    assert suzuki.to_approve == ()
    assert [letter.id for letter, _ in suzuki.today] == [going.id]
    await office.says()
    tanaka = await show_desk(office.uow, staff_id=TANAKA.id, day_ends=tomorrow)
    assert {letter.id for letter, _ in tanaka.to_approve} == {waiting.id, going.id}
    assert [(case.id, count) for case, count in tanaka.answered] == [(A12.id, 1)]
    assert tanaka.today == ()
    assert [item.case.id for item in tanaka.cases] == [A12.id]


@pytest.mark.rule("C8")
async def test_a_code_is_told_once_and_kept_nowhere(office: Office, store: Store) -> None:
    code = await issue_link_code(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now)
    assert code.expires_at == office.now + CODE_LASTS
    assert code.code not in str(await everything(store))
    assert code.code not in repr(code)
    clerk = await office.hire("clerk", Role.CLERK, seats=(Role.CLERK,))
    async with refused(store, NotYours, rule="DOMAIN-3.7"):
        await issue_link_code(office.uow, case_id=A12.id, by=clerk.id, at=office.now)


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_colleague_is_known_by_team_and_user(office: Office, store: Store) -> None:
    uow = office.uow
    assert (await recognise_staff(uow, team_id="T0PRACTICE", user_id="U0SATO")).id == SATO.id
    for team, user in (("T0OTHER", "U0SATO"), ("T0PRACTICE", "U0NOBODY")):
        async with refused(store, NotOnTheRoll, rule="DOMAIN-3.7"):
            await recognise_staff(uow, team_id=team, user_id=user)
    async with uow.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()
    async with refused(store, NotActive, rule="DOMAIN-3.7"):
        await recognise_staff(uow, team_id="T0PRACTICE", user_id="U0SATO")
    assert (await show_staff(uow, staff_id=SATO.id)).active is False


async def cards_due(office: Office) -> list[Card]:
    return list(await take_due_cards(office.uow, at=office.now, limit=50))


async def home(office: Office) -> Card:
    """佐藤's Home page, open and due."""
    await open_card(
        office.uow, kind=CardKind.HOME, subject_id=SATO.id, viewer=SATO.id, at=office.now
    )
    [card] = await cards_due(office)
    return card


async def test_a_card_is_drawn_once_and_again_when_its_record_changes(office: Office) -> None:
    card = await home(office)
    assert await cards_due(office) == [], "leased"
    await settle_card(office.uow, card, Drawn(channel=None, ts=None), at=office.now)
    assert await cards_due(office) == []
    await office.write()
    due = await cards_due(office)
    assert [one.revision for one in due if one.kind is CardKind.HOME] == [card.revision + 1]


async def test_a_change_while_it_is_drawn_is_drawn_too(office: Office) -> None:
    card = await home(office)
    await office.write()
    await settle_card(office.uow, card, Drawn(channel=None, ts=None), at=office.now)
    again = [one for one in await cards_due(office) if one.id == card.id]
    assert [one.revision for one in again] == [card.revision + 1]
    await settle_card(office.uow, again[0], Drawn(channel="D1", ts="1.0"), at=office.now)
    assert [one for one in await cards_due(office) if one.id == card.id] == []


async def test_a_card_that_slack_did_not_take_comes_back_in_time(office: Office) -> None:
    card = await home(office)
    await settle_card(office.uow, card, NotDrawn(detail="x", permanent=False), at=office.now)
    office.clock.at += backoff(1) - SECOND
    assert await cards_due(office) == []
    office.clock.at += SECOND
    [card] = await cards_due(office)
    asked = NotDrawn(detail="ratelimited", permanent=False, retry_after=timedelta(seconds=90))
    await settle_card(office.uow, card, asked, at=office.now)
    office.clock.at += timedelta(seconds=89)
    assert await cards_due(office) == []
    office.clock.at += SECOND
    [card] = await cards_due(office)
    await settle_card(office.uow, card, NotDrawn(detail="gone", permanent=True), at=office.now)
    office.clock.at += timedelta(days=30)
    assert await cards_due(office) == [], "until something changes"
    await office.log()
    assert card.id in {one.id for one in await cards_due(office)}


async def test_a_loop_that_died_gives_its_cards_back(office: Office) -> None:
    card = await home(office)
    office.clock.at += CARD_LEASE
    assert [one.id for one in await cards_due(office)] == [card.id]
