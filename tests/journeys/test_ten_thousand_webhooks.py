"""Ten thousand webhooks that nobody would expect: none lost, none 500, each one somewhere.

YORISOI_FUZZ_WEBHOOKS=1000000 makes more of them, YORISOI_FUZZ_SEED others.
"""

import asyncio
import os
from collections.abc import Iterable
from typing import Any, Final

import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from bots.line.bubbles import LinePress
from bots.line.reader import LineEventReader
from bots.line.webhook import PATH, webhook_route
from bots.practice.line.webhooks import signature
from core.usecases.trail.verify_trail import verify_trail
from scheduler.understand import Understanding
from storage.engine import Store
from storage.intake import GroupCommitKeeper
from storage.keys import Keyring
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.line.bodies import MARK, Bodies
from tests.databases import SECRET, new_id
from tests.midori import found_midori
from tests.pagers import PAGER
from tests.people import LINK_A, MIDORI, MONDAY, TOKYO

MANY: Final = int(os.environ.get("YORISOI_FUZZ_WEBHOOKS", "10000"))
SEED: Final = int(os.environ.get("YORISOI_FUZZ_SEED", "20261130"))
AT_ONCE: Final = 500
CHANNEL: Final = "line-secret"


class StoppedClock:
    """Always Monday."""

    def now(self) -> Any:
        return MONDAY


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Whatever LINE may send means the same on both databases; the contract suite says so."""
    return sqlite_url


async def post(app: Starlette, body: bytes, *, sign: str | None = None) -> int:
    """POST to the application as a server would; the status."""
    line = signature(CHANNEL, body) if sign is None else sign
    scope = {
        "type": "http",
        "method": "POST",
        "path": PATH,
        "headers": [(b"x-line-signature", line.encode())],
    }
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    (status,) = statuses
    return status


async def post_all(app: Starlette, bodies: Iterable[bytes]) -> set[int]:
    statuses: set[int] = set()
    batch: list[bytes] = []
    for body in bodies:
        batch.append(body)
        if len(batch) == AT_ONCE:
            statuses |= set(await asyncio.gather(*(post(app, one) for one in batch)))
            batch.clear()
    return statuses | set(await asyncio.gather(*(post(app, one) for one in batch)))


def webhook(store: Store) -> Starlette:
    """The product's own webhook on this database."""
    keeper = GroupCommitKeeper(
        store,
        municipality_id=MIDORI,
        keyring=Keyring([SECRET]),
        clock=StoppedClock(),
        new_id=new_id,
    )
    route = webhook_route(keeper, channel_secret=CHANNEL, on_kept=lambda: None)
    return Starlette(routes=[route])


async def test_none_is_lost_and_none_is_500(unit_of_work: SqlUnitOfWork, store: Store) -> None:
    await found_midori(unit_of_work)
    app = webhook(store)
    bodies = Bodies(SEED, person=LINK_A.line_user_id)
    assert await post_all(app, bodies.make(MANY)) == {200}
    inbox = Understanding(
        unit_of_work,
        reader=LineEventReader(),
        press=LinePress(),
        pager=PAGER,
        clock=StoppedClock(),
        tz=TOKYO,
    )
    await inbox.run()
    await everything_ended(store)
    assert await lost(store, bodies.marks) == set()
    assert (await verify_trail(unit_of_work)).broken is None


async def everything_ended(store: Store) -> None:
    """No body is still to be cut, and no event waits, or failed even once."""
    async with store.reading() as connection:
        uncut = text("SELECT count(*) FROM webhooks WHERE split_at IS NULL OR body IS NOT NULL")
        assert (await connection.execute(uncut)).scalar_one() == 0
        states = text("SELECT DISTINCT state, attempts FROM line_events")
        ended = {(state, tries) for state, tries in await connection.execute(states)}
    assert ended == {("UNDERSTOOD", 0), ("TRAY", 0)}


async def lost(store: Store, marks: list[bytes]) -> set[bytes]:
    """The marks that are nowhere, save where an event came again under the same id, or its
    message was taken back."""
    keys = Keyring([SECRET]).of(MIDORI)
    async with store.reading() as connection:
        rows = (await connection.execute(text("SELECT raw, event_key FROM line_events"))).all()
    found: set[bytes] = set()
    erased: set[bytes] = set()
    for raw, event_key in rows:
        if raw:
            found |= set(MARK.findall(keys.open(bytes(raw), column=b"line_events.raw")))
        else:
            erased |= set(MARK.findall(event_key.encode()))
    return set(marks) - found - erased


async def test_what_nobody_signed_is_kept_nowhere(
    unit_of_work: SqlUnitOfWork, store: Store
) -> None:
    await found_midori(unit_of_work)
    app = webhook(store)
    signed = [*Bodies(SEED + 1, person=LINK_A.line_user_id).make(200)]
    signs = [signature(CHANNEL, body) for body in signed]
    others = zip(signed, [*signs[1:], signs[0]], strict=True)
    assert {await post(app, body, sign=sign) for body, sign in others} == {401}
    async with unit_of_work.read() as work:
        assert await work.inbox.unsplit(limit=1) == ()
