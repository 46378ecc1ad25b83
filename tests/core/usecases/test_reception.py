"""The reception desk: nobody who writes without a code is dropped, and nobody is asked of LINE."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role, Seat, Staff
from core.ids import PersonId
from core.inbound import Said, Unsent
from core.link_steps import AccountTaken
from core.people import LineLink, LinkState
from core.profiles import StandingText
from core.reception import NoSuchAnswer, Visitor, VisitorGone, VisitorState
from core.replies import Press, ReplyKind
from core.steps import Overtaken
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.reception.answer_visitor import answer_visitor
from core.usecases.reception.close_visitor import close_visitor
from core.usecases.reception.link_visitor import link_visitor
from core.usecases.reception.open_visitor import open_visitor
from core.usecases.town.show_town import show_town
from scheduler.errands import Errands
from tests.core.usecases.menu_desk import FakeDesk
from tests.core.usecases.office import Office
from tests.databases import new_id
from tests.people import A12, MIDORI, MONDAY, SUZUKI, TANAKA, TOKYO, A

STRANGER = "U" + "5" * 32


async def says(office: Office, text: str, *, message_id: str) -> None:
    meaning = Said(kind=ReplyKind.TEXT, text=text, message_id=message_id)
    await office.a.does(meaning, at=office.now, who=STRANGER)


async def minder(office: Office, *, seated: bool = True) -> Staff:
    """A coordinator who minds the desk and works on A-12."""
    desk = await office.hire("desk", Role.COORDINATOR)
    if seated:
        async with office.uow.write() as work:
            seat = Seat(case_id=A12.id, staff_id=desk.id, role=Role.COORDINATOR)
            await work.staff.put_seat(seat)
            await work.commit()
    return desk


async def standing(office: Office, desk: Staff) -> tuple[Visitor, ...]:
    return (await show_town(office.uow, by=desk.id)).visitors


async def account(office: Office) -> LineLink:
    async with office.uow.read() as work:
        link = await work.links.by_line_user(STRANGER)
    assert link is not None
    return link


async def link_to_a(office: Office, visitor: Visitor, desk: Staff, **changes: Any) -> LineLink:
    asked: dict[str, Any] = {
        "visitor_id": visitor.id,
        "version": visitor.version,
        "case_id": A12.id,
        "by": desk.id,
        "at": office.now,
        "tz": TOKYO,
        "reader": office.a,
        "press": office.press,
    }
    return await link_visitor(office.uow, **(asked | changes))


@pytest.mark.rule("R-001", "G-15")
async def test_who_writes_twice_stands_there_once_and_is_read_by_the_desk_only(
    office: Office,
) -> None:
    desk = await minder(office)
    await says(office, "この前の紙を見ました", message_id="m1")
    office.clock.at += timedelta(minutes=3)
    await says(office, "夜でもいいですか", message_id="m2")
    (visitor,) = await standing(office, desk)
    assert (visitor.came_at, visitor.last_at) == (MONDAY, office.now)
    seen = await open_visitor(
        office.uow, visitor_id=visitor.id, by=desk.id, at=office.now, reader=office.a
    )
    assert [one.text for one in seen.spoken] == ["この前の紙を見ました", "夜でもいいですか"]
    assert "reception.opened" in await office.trail(visitor.link_id)
    assert (await show_town(office.uow, by=SUZUKI.id)).visitors == ()
    with pytest.raises(NotYours):
        await open_visitor(
            office.uow, visitor_id=visitor.id, by=SUZUKI.id, at=office.now, reader=office.a
        )


async def test_what_was_taken_back_is_gone_at_the_desk_too(office: Office) -> None:
    desk = await minder(office)
    await says(office, "まちがえました", message_id="m1")
    await office.a.does(Unsent(message_id="m1"), at=office.now, who=STRANGER)
    (visitor,) = await standing(office, desk)
    seen = await open_visitor(
        office.uow, visitor_id=visitor.id, by=desk.id, at=office.now, reader=office.a
    )
    assert next((one.text, one.taken_back) for one in seen.spoken) == ("", True)


@pytest.mark.rule("G-06", "G-16")
async def test_only_a_text_approved_for_visitors_goes_out_and_only_once(office: Office) -> None:
    desk = await minder(office)
    await says(office, "もしもし", message_id="m1")
    (visitor,) = await standing(office, desk)
    step: dict[str, Any] = {
        "visitor_id": visitor.id,
        "version": visitor.version,
        "by": desk.id,
        "at": office.now,
        "press": office.press,
    }
    for name in ("linked", "reception"):
        with pytest.raises(NoSuchAnswer):
            await answer_visitor(office.uow, **step, name=name)
    async with office.uow.write() as work:
        await work.towns.put_standing_text(
            StandingText(
                municipality_id=MIDORI,
                name="reception",
                version="1",
                body="ありがとうございます。担当の人が読みました。",
                author_id=SUZUKI.id,
                approved_by=TANAKA.id,
                approved_at=MONDAY - timedelta(days=1),
            )
        )
        await work.commit()
    answered = await answer_visitor(office.uow, **step, name="reception")
    assert (answered.state, answered.answered_with) == (VisitorState.ANSWERED, "reception/1")
    errands = Errands(office.uow, FakeDesk(), office.line, clock=office.clock, new_lease=new_id)
    await errands.run()
    await errands.run()
    assert [(took.to, took.texts) for took in office.line.took] == [
        (STRANGER, ("ありがとうございます。担当の人が読みました。",))
    ]
    assert "reception.sent" in await office.trail(visitor.link_id)


async def test_who_is_closed_away_and_writes_again_stands_there_again(office: Office) -> None:
    desk = await minder(office)
    await says(office, "もしもし", message_id="m1")
    (visitor,) = await standing(office, desk)
    step: dict[str, Any] = {"by": desk.id, "at": office.now}
    await says(office, "あの", message_id="m2")
    with pytest.raises(Overtaken):
        await close_visitor(office.uow, visitor_id=visitor.id, version=visitor.version, **step)
    (visitor,) = await standing(office, desk)
    await close_visitor(office.uow, visitor_id=visitor.id, version=visitor.version, **step)
    assert await standing(office, desk) == ()
    with pytest.raises(VisitorGone):
        await close_visitor(office.uow, visitor_id=visitor.id, version=visitor.version + 1, **step)
    await says(office, "やっぱり", message_id="m3")
    assert [one.state for one in await standing(office, desk)] == [VisitorState.WAITING]


@pytest.mark.rule("C8")
async def test_linked_to_somebody_known_the_words_reach_the_case_but_no_permission_does(
    office: Office,
) -> None:
    desk = await minder(office)
    await office.presses(Press.STOP)
    await says(office, "Aです。新しい電話です", message_id="m1")
    (visitor,) = await standing(office, desk)
    linked = await link_to_a(office, visitor, desk)
    assert (linked.person_id, linked.state) == (A.id, LinkState.LINKED)
    async with office.uow.read() as work:
        replies = await work.replies.of_case(A12.id)
        tray = await work.inbox.tray()
    assert [reply.text for reply in replies] == ["Aです。新しい電話です"]
    assert tray == ()
    assert await standing(office, desk) == ()
    with pytest.raises(Exception, match="ChannelConsentMissing"):
        await office.approve(await office.write())


async def test_a_second_account_stands_beside_the_one_in_use(office: Office) -> None:
    desk = await minder(office)
    await says(office, "Aです", message_id="m1")
    (visitor,) = await standing(office, desk)
    linked = await link_to_a(office, visitor, desk)
    assert linked.state is LinkState.UNLINKED_BY_PERSON
    assert (await office.link()).id != linked.id


async def test_the_desk_alone_links_nobody_on_a_case_that_is_not_its_own(office: Office) -> None:
    desk = await minder(office, seated=False)
    await says(office, "Aです", message_id="m1")
    (visitor,) = await standing(office, desk)
    with pytest.raises(NotYours):
        await link_to_a(office, visitor, desk)


@pytest.mark.rule("C8")
async def test_an_account_that_is_somebodys_meanwhile_is_refused(office: Office) -> None:
    desk = await minder(office)
    await says(office, "だれでしょう", message_id="m1")
    (visitor,) = await standing(office, desk)
    link = await account(office)
    async with office.uow.write() as work:
        await work.people.put(replace(A, id=PersonId("person-z"), code="Z"))
        theirs = replace(
            link, state=LinkState.BLOCKED, person_id=PersonId("person-z"), version=link.version + 1
        )
        assert await work.links.change(theirs, version=link.version)
        await work.commit()
    with pytest.raises(AccountTaken):
        await link_to_a(office, visitor, desk)


async def test_who_sends_a_code_leaves_the_desk_and_takes_their_words_along(
    office: Office,
) -> None:
    desk = await minder(office)
    await says(office, "紙を見ました", message_id="m1")
    code = await issue_link_code(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now)
    await says(office, code.code, message_id="m2")
    assert await standing(office, desk) == ()
    async with office.uow.read() as work:
        assert [one.text for one in await work.replies.of_case(A12.id)] == ["紙を見ました"]
