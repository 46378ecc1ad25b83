"""A town's transactions under watch: one that is refused may leave nothing behind."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core import ports
from core.errors import CaseworkError
from storage.engine import Store
from storage.keys import Keyring
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import SECRET, TOWN, new_id


class WatchedUnitOfWork(SqlUnitOfWork):
    """SQLite counts what others have changed in the file; a refusal may not add to it."""

    def __init__(self, store: Store, file: Path) -> None:
        super().__init__(
            store,
            municipality_id=TOWN,
            keyring=Keyring([SECRET]),
            new_id=new_id,
            new_key=new_id,
            new_code=new_id,
            new_token=new_id,
        )
        self._eye = sqlite3.connect(file)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[ports.Work]:
        """A transaction that may change rows, unless it is refused."""
        before = self._changes()
        try:
            async with super().write() as work:
                yield work
        except CaseworkError as no:
            assert no.rule
            assert self._changes() == before, f"{no.rule} was refused and yet changed something"
            raise

    def close(self) -> None:
        """Look no more."""
        self._eye.close()

    def _changes(self) -> int:
        (counted,) = self._eye.execute("PRAGMA data_version").fetchone()
        return int(counted)
