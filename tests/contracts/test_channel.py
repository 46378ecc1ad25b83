"""What the store promises about visitors, errands to LINE, and what LINE has of ours."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.errands import Errand, ErrandKind
from core.errors import NotFound
from core.ids import ErrandId, LineEventId, LinkId, VisitorId
from core.menus import MadeMenu, Menu
from core.people import LineLink, LinkState
from core.ports import RawEvent, UnitOfWork
from core.reception import Visitor, VisitorState
from core.steps import Overtaken
from tests.databases import new_id
from tests.people import LINK_A, MIDORI, MONDAY, SATO

MINUTE = timedelta(minutes=1)
STRANGER = LineLink(
    id=LinkId("link-s"),
    municipality_id=MIDORI,
    line_user_id="U" + "5" * 32,
    state=LinkState.UNLINKED,
)
VISITOR = Visitor(
    id=VisitorId("visitor-1"),
    municipality_id=MIDORI,
    link_id=STRANGER.id,
    came_at=MONDAY,
    last_at=MONDAY + MINUTE,
    reads_from=MONDAY + 2 * MINUTE,
    answer_by=MONDAY + 3 * MINUTE,
)
TEXT = Errand(
    id=ErrandId("7b0e6c1e-5f0e-4f0a-9a55-1c6d1f7d0a11"),
    municipality_id=MIDORI,
    link_id=LINK_A.id,
    kind=ErrandKind.TEXT,
    line_user_id=LINK_A.line_user_id,
    next_at=MONDAY,
    request=b'{"to":"U"}',
)


async def test_visitors_come_back_and_one_account_stands_there_once(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.links.add(STRANGER)
        with pytest.raises(NotFound):
            await work.visitors.get(VISITOR.id)
        await work.visitors.add(VISITOR)
        assert await work.visitors.get(VISITOR.id) == VISITOR
        assert await work.visitors.here(STRANGER.id) == VISITOR
        assert await work.visitors.waiting(limit=9) == (VISITOR,)
        await work.commit()
    async with midori.write() as work:
        with pytest.raises(Overtaken):
            await work.visitors.add(replace(VISITOR, id=VisitorId("visitor-2")))
    closed = replace(
        VISITOR,
        state=VisitorState.CLOSED,
        version=2,
        handled_by=SATO.id,
        handled_at=MONDAY,
        answered_with="reception/1",
    )
    async with midori.write() as work:
        assert await work.visitors.change(closed, version=1)
        assert not await work.visitors.change(closed, version=1)
        assert await work.visitors.get(VISITOR.id) == closed
        assert await work.visitors.here(STRANGER.id) is None
        await work.visitors.add(replace(VISITOR, id=VisitorId("visitor-2")))


async def test_what_a_visitor_said_is_found_by_the_account_and_leaves_the_tray(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        await work.links.add(STRANGER)
        raw = RawEvent(event_key="e-1", message_id="m-1", raw=b"{}")
        await work.inbox.split("w-1", [raw], received_at=MONDAY)
        (event,) = await work.inbox.waiting(at=MONDAY, limit=9)
        assert await work.inbox.understood(event.id, kind="said", at=MONDAY)
        await work.inbox.set_aside(LineEventId(event.id), kind="reception", link_id=STRANGER.id)
        assert [one.raw for one in await work.visitors.said(STRANGER.id, limit=9)] == [b"{}"]
        assert len(await work.inbox.tray()) == 1
        assert await work.inbox.leave_tray(STRANGER.id) == 1
        assert await work.inbox.tray() == ()
        assert len(await work.visitors.said(STRANGER.id, limit=9)) == 1


async def test_errands_come_back_and_one_loop_has_them_at_a_time(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.errands.add(TEXT)
        await work.errands.menu(LINK_A, at=MONDAY + MINUTE)
        assert await work.errands.due(at=MONDAY, limit=9) == (TEXT,)
        _, menu = await work.errands.due(at=MONDAY + MINUTE, limit=9)
        assert (menu.kind, menu.line_user_id, menu.request) == (
            ErrandKind.MENU,
            LINK_A.line_user_id,
            None,
        )
        until = MONDAY + 2 * MINUTE
        assert await work.errands.claim(TEXT, lease="a", until=until, at=MONDAY)
        assert not await work.errands.claim(TEXT, lease="b", until=until, at=MONDAY)
        assert not await work.errands.drop(TEXT.id, lease="b")
        tried = (await work.errands.due(at=until, limit=9))[-1]
        assert (tried.attempts, tried.tried_since) == (1, MONDAY)
        assert await work.errands.drop(TEXT.id, lease="a")


async def test_a_change_while_an_errand_is_under_way_is_not_lost(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.errands.menu(LINK_A, at=MONDAY)
        (errand,) = await work.errands.due(at=MONDAY, limit=9)
        assert await work.errands.claim(errand, lease="a", until=MONDAY + MINUTE, at=MONDAY)
        await work.errands.menu(LINK_A, at=MONDAY)
        assert await work.errands.due(at=MONDAY, limit=9) == ()
        assert await work.errands.settle(errand, lease="a", done=True, next_at=None, at=MONDAY)
        (again,) = await work.errands.due(at=MONDAY, limit=9)
        assert (again.revision, again.done) == (2, 1)
        assert await work.errands.claim(again, lease="b", until=MONDAY + MINUTE, at=MONDAY)
        later = MONDAY + timedelta(days=30)
        assert await work.errands.settle(again, lease="b", done=True, next_at=later, at=MONDAY)
        assert await work.errands.due(at=later - MINUTE, limit=9) == ()
        assert len(await work.errands.due(at=later, limit=9)) == 1
        assert await work.errands.every_menu(at=MONDAY) == 1
        assert len(await work.errands.due(at=MONDAY, limit=9)) == 1


async def test_menus_come_back_by_name(midori: UnitOfWork) -> None:
    made = MadeMenu(menu=Menu.ACTIVE, digest="d1", rich_menu_id="richmenu-1", made_at=MONDAY)
    async with midori.write() as work:
        await work.channel.put_menu(made)
        assert await work.channel.menus() == (made,)
        newer = replace(made, digest="d2")
        await work.channel.put_menu(newer)
        assert await work.channel.menus() == (newer,)
        await work.channel.drop_menu(Menu.ACTIVE)
        assert await work.channel.menus() == ()


async def test_the_accounts_own_id_comes_back(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.channel.basic_id() == ""
        await work.channel.note_basic_id("@123abcde", at=MONDAY)
        await work.channel.note_basic_id("@other", at=MONDAY)
        assert await work.channel.basic_id() == "@other"


async def test_accounts_without_an_id_stand_side_by_side_and_are_nobodys(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        for number in (1, 2):
            gone = replace(STRANGER, id=LinkId(f"gone-{number}"), line_user_id="")
            await work.links.add(gone)
            assert await work.links.get(gone.id) == gone
        assert await work.links.by_line_user("") is None
    async with midori.write() as work:
        with pytest.raises(IntegrityError):
            await work.links.add(
                replace(STRANGER, id=LinkId(new_id()), line_user_id=LINK_A.line_user_id)
            )
