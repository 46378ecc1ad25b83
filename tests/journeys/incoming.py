"""A phone, LINE, the product's webhook and its loops: what comes in, up to the record."""

import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import text
from starlette.applications import Starlette

from bots.line.bubbles import LinePress
from bots.line.contents import LineContents
from bots.line.messenger import LineMessenger
from bots.line.reader import LineEventReader
from bots.line.webhook import webhook_route
from bots.practice.clock import PracticeClock
from bots.practice.line.phone import Phone
from core.consent import ConsentLine, ConsentType
from core.media import Media
from core.municipal_profiles.profile import ERASES, Unsend
from core.outbox import CardKind
from core.people import LineLink
from core.replies import Reply
from core.usecases.cards.take_due_cards import take_due_cards
from scheduler.deliver import Delivering
from scheduler.fetch import Fetching
from scheduler.understand import Understanding
from storage.engine import Store
from storage.intake import GroupCommitKeeper
from storage.keys import Keyring
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import SECRET, new_id
from tests.journeys.outside import Outside, outside, served
from tests.midori import found_midori
from tests.people import A12, LINK_A, MIDORI, MONDAY, TOKYO, A

PRESS = LinePress()


@dataclass(kw_only=True)
class Town:
    """A phone, LINE, the product's webhook and its loops."""

    uow: SqlUnitOfWork
    store: Store
    world: Outside
    clock: PracticeClock
    inbox: Understanding
    fetching: Fetching
    delivery: Delivering
    a: Phone

    async def rest(self) -> None:
        """LINE has delivered, and the inbox has been worked off."""
        await self.world.line.settle()
        await self.inbox.run()

    async def media(self) -> tuple[Media, ...]:
        """What belongs to A's replies, oldest first."""
        async with self.uow.read() as work:
            replies = await work.replies.of_case(A12.id)
            return await work.media.of_replies(reply.id for reply in replies)

    async def later(self, by: timedelta) -> None:
        """Time passes, and what is due is fetched."""
        self.clock.move_to(self.clock.now() + by)
        await self.fetching.run()

    async def replies(self) -> tuple[Reply, ...]:
        async with self.uow.read() as work:
            return await work.replies.of_case(A12.id)

    async def link(self) -> LineLink:
        async with self.uow.read() as work:
            link = await work.links.by_line_user(LINK_A.line_user_id)
            assert link is not None
            return link

    async def consent(self) -> ConsentLine | None:
        async with self.uow.read() as work:
            return await work.consents.current(A.id, ConsentType.CHANNEL_LINE)

    async def cards(self) -> set[tuple[CardKind, str]]:
        cards = await take_due_cards(self.uow, at=self.clock.now(), limit=100)
        return {(card.kind, card.staff_id) for card in cards}


@contextlib.asynccontextmanager
async def incoming(
    unit_of_work: SqlUnitOfWork, store: Store, *, unsend: Unsend = ERASES
) -> AsyncIterator[Town]:
    """Midori with A's phone beside it."""
    await found_midori(unit_of_work)
    clock = PracticeClock(MONDAY)
    async with (
        outside(clock) as world,
        LineMessenger(base_url=f"{world.url}/line", access_token="line-token") as messenger,
        LineContents(base_url=f"{world.url}/line", access_token="line-token") as contents,
    ):
        keeper = GroupCommitKeeper(
            store, municipality_id=MIDORI, keyring=Keyring([SECRET]), clock=clock, new_id=new_id
        )
        route = webhook_route(keeper, channel_secret="line-secret", on_kept=lambda: None)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        world.line.webhooks.url = f"http://127.0.0.1:{listening.getsockname()[1]}/line/webhook"
        async with served(Starlette(routes=[route]), listening):
            yield Town(
                uow=unit_of_work,
                store=store,
                world=world,
                clock=clock,
                inbox=Understanding(
                    unit_of_work,
                    reader=LineEventReader(),
                    press=PRESS,
                    clock=clock,
                    tz=TOKYO,
                    unsend=unsend,
                ),
                fetching=Fetching(unit_of_work, contents, clock=clock),
                delivery=Delivering(
                    unit_of_work, messenger, clock=clock, tz=TOKYO, new_lease=new_id
                ),
                a=world.line.phones.add("A", user_id=LINK_A.line_user_id, friend=True),
            )
        listening.close()


SEALED: Final = (
    ("line_events", "raw"),
    ("webhooks", "body"),
    ("replies", "text"),
    ("media", "content"),
    ("media_bytes", "data"),
)


async def kept_anywhere(town: Town, word: bytes) -> bool:
    """Whether any sealed thing that has to do with what came in still holds it."""
    keys = Keyring([SECRET]).of(MIDORI)
    async with town.store.reading() as connection:
        for table, column in SEALED:
            rows = (await connection.execute(text(f"SELECT {column} FROM {table}"))).all()
            label = f"{table}.{column}".encode()
            if any(sealed and word in keys.open(bytes(sealed), column=label) for (sealed,) in rows):
                return True
    return False
