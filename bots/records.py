"""The records of a town: opened for the house, and for commands that only ask."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bots.chance import new_code, new_id, new_key, new_token
from bots.settings import Settings
from core.ids import MunicipalityId
from storage.engine import Store, open_store
from storage.keys import Keyring
from storage.migrate import migrate, pending
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")


def open_records(settings: Settings, *, lasting: bool = True) -> tuple[Store, SqlUnitOfWork]:
    """The record of this municipality, for whoever only reads or writes it (CLI, scripts)."""
    store = open_store(settings.database_url, lasting=lasting)
    uow = SqlUnitOfWork(
        store,
        municipality_id=MunicipalityId(settings.municipality_code),
        keyring=Keyring(settings.keys()),
        new_id=new_id,
        new_key=new_key,
        new_code=new_code,
        new_token=new_token,
    )
    return store, uow


async def with_records(settings: Settings, ask: Callable[[SqlUnitOfWork], Awaitable[T]]) -> T:
    """Bring the record to this version's form, ask it something, and close it."""
    await migrate(settings.database_url)
    store, uow = open_records(settings)
    try:
        return await ask(uow)
    finally:
        await store.close()


async def pending_migrations(settings: Settings) -> tuple[str, ...]:
    """The migrations that this database does not have yet, oldest first."""
    return await pending(settings.database_url)
