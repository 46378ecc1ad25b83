"""Lines of the consent ledger from before it knew kinds of proof are still read, and true."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Connection, MetaData, Table, create_engine, insert, table
from sqlalchemy import column as col

import storage
from core.consent import ConsentState, ConsentType
from core.consent.ending import withdraw
from core.consent.evidence import NotedEvidence
from core.consent.scopes import LineScope
from core.consenting import write_step
from storage.engine import driver_url, open_store
from storage.keys import Keyring
from storage.migrate import migrate
from storage.types import KEYS, SealedText, UtcDateTime
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import SECRET, unit_of_work_on
from tests.people import MIDORI, MONDAY, TOWN, A

EARLIER = MONDAY - timedelta(days=90)
OLD = table(
    "consents",
    *(col(name) for name in ("municipality_id", "id", "person_id", "type", "state")),
    *(col(name) for name in ("text_version", "version")),
    col("given_at", UtcDateTime()),
    col("withdrawn_at", UtcDateTime()),
    col("evidence", SealedText("consents.evidence")),
    col("scope", SealedText("consents.scope")),
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def grown(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlUnitOfWork]:
    """A database from migration 0001 with two permissions of one person, brought up since."""
    url = f"sqlite:///{tmp_path}/first.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgres_url")
    KEYS.set(Keyring([SECRET]).of(MIDORI))
    _on(url, _first_tables)
    _on(url, _two_permissions)
    await migrate(url)
    store = open_store(url)
    yield unit_of_work_on(store, municipality_id=MIDORI)
    await store.close()


@pytest.mark.rule("C8")
async def test_a_line_from_before_is_read_with_what_was_noted_then(grown: SqlUnitOfWork) -> None:
    async with grown.read() as work:
        line = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
    assert line is not None
    assert (line.id, line.state, line.scope) == ("later", ConsentState.GIVEN, LineScope())
    assert line.evidence == NotedEvidence(words="書面で")
    assert (line.given_at, line.giver) == (MONDAY, None)


@pytest.mark.rule("C6")
async def test_of_two_permissions_the_later_one_stands(grown: SqlUnitOfWork) -> None:
    async with grown.read() as work:
        lines = await work.consents.of_person(A.id)
    assert [(line.id, line.state) for line in lines] == [
        ("later", ConsentState.GIVEN),
        ("earlier", ConsentState.REPLACED),
    ]


@pytest.mark.rule("C5")
async def test_a_line_from_before_can_be_taken_back_like_any_other(grown: SqlUnitOfWork) -> None:
    async with grown.write() as work:
        await work.towns.put(TOWN)
        await work.people.put(A)
        line = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
        assert line is not None
        step = withdraw(line, by="person", role=None, at=MONDAY)
        await write_step(work, step, case_id=None)
        await work.commit()
    async with grown.read() as work:
        gone = await work.consents.get(line.id)
    assert (gone.state, gone.withdrawn_at) == (ConsentState.WITHDRAWN, MONDAY)
    assert gone.evidence == NotedEvidence(words="書面で")


def _on(url: str, what: Callable[[Connection], Any]) -> None:
    engine = create_engine(driver_url(url, asynchronous=False))
    try:
        with engine.begin() as connection:
            what(connection)
    finally:
        engine.dispose()


def _first_tables(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__path__[0]) / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def _blank(connection: Connection, name: str, known: dict[str, str]) -> None:
    """A row with nothing in it but what it is known by."""
    rows = Table(name, MetaData(), autoload_with=connection)
    nothing = {
        one.name: {} if isinstance(one.type, JSON) else kind()
        for one in rows.columns
        if not one.nullable
        for kind in [one.type.python_type]
    }
    connection.execute(insert(rows).values(nothing | known))


def _two_permissions(connection: Connection) -> None:
    _blank(connection, "municipalities", {"id": MIDORI})
    _blank(connection, "people", {"municipality_id": MIDORI, "id": A.id})
    line = {
        "municipality_id": MIDORI,
        "person_id": A.id,
        "type": "CHANNEL_LINE",
        "state": "GIVEN",
        "text_version": "",
        "version": 1,
        "withdrawn_at": None,
        "evidence": "書面で",
        "scope": "",
    }
    for name, at in (("earlier", EARLIER), ("later", MONDAY)):
        connection.execute(insert(OLD).values(line | {"id": name, "given_at": at}))
