"""The product's own parts, put together as bots/wiring does, on a database of the benchmark."""

import itertools
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import text

from benchmarks.children import Answer
from core.ids import MunicipalityId
from core.ports import PersonMessenger
from core.usecases.trail.verify_trail import verify_trail
from scheduler.deliver import Delivering
from storage.engine import Store, open_store
from storage.keys import Keyring
from storage.unit_of_work import SqlUnitOfWork

TOWN: Final = MunicipalityId("bench")
TZ: Final = ZoneInfo("Asia/Tokyo")
KEYRING: Final = Keyring(["a benchmark's secret of more than thirty-two characters"])
# A Monday at noon in Japan: letters may arrive.
NOON: Final = datetime(2026, 4, 6, 3, 0, tzinfo=UTC)

_RECORDED: Final = text(
    "SELECT (SELECT count(*) FROM letters WHERE state = 'SENT') AS sent,"
    " (SELECT count(*) FROM outbox WHERE state = 'ACCEPTED') AS accepted,"
    " (SELECT count(*) FROM contacts WHERE letter_id IS NOT NULL) AS logged,"
    " (SELECT count(*) FROM audit_entries WHERE action = 'letter.sent') AS audited,"
    " (SELECT count(*) FROM cards WHERE revision > drawn) AS cards"
)

_numbers = itertools.count(1)
_run = uuid.uuid4().hex[:8]


class SteadyClock:
    """Starts at noon and goes on with real time."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Aware, UTC."""
        return NOON + timedelta(seconds=time.monotonic() - self._since)


def new_id() -> str:
    """An id; the product's own maker costs about the same."""
    return f"{next(_numbers):012x}{_run}"


def transactions(store: Store) -> SqlUnitOfWork:
    """The benchmark town's transactions."""
    return SqlUnitOfWork(
        store,
        municipality_id=TOWN,
        keyring=KEYRING,
        new_id=new_id,
        new_key=lambda: str(uuid.uuid4()),
        new_code=lambda: "23456789",
        new_token=lambda: "2345678923456789",
    )


def loop_over(store: Store, uow: SqlUnitOfWork, messenger: PersonMessenger) -> Delivering:
    """The delivery loop."""
    return Delivering(
        uow,
        messenger,
        clock=SteadyClock(),
        tz=TZ,
        new_lease=new_id,
        one_writer=not store.postgres,
    )


async def delivered(url: str, messenger: PersonMessenger) -> Answer:
    """Deliver everything that is due in this database, and look at what the record says then.

    Connections are opened before the watch starts; reading the record is not timed.
    """
    store = open_store(url)
    uow = transactions(store)
    try:
        async with uow.read() as work:
            await work.towns.get()
        wall, cpu = time.perf_counter(), time.process_time()
        handled = await loop_over(store, uow, messenger).run()
        timed = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        return {"handled": handled, **timed, **await _recorded(store, uow)}
    finally:
        await store.close()


async def _recorded(store: Store, uow: SqlUnitOfWork) -> Answer:
    """How many letters went through every part of the record."""
    async with store.reading() as connection:
        row = (await connection.execute(_RECORDED)).one()
    verified = await verify_trail(uow)
    return {
        "sent": row.sent if row.sent == row.accepted == row.logged == row.audited else -1,
        "cards": row.cards,
        "chain": "whole" if verified.broken is None else f"broken: {verified.broken}",
    }
