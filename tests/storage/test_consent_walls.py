"""What holds of the consent ledger in the database itself, even past the code."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.consent import ConsentLine, ConsentState
from core.consent.scopes import LineScope, ServiceScope
from core.ids import ConsentId
from core.programmes import Programme
from core.steps import Overtaken
from storage.engine import Store
from tests.databases import unit_of_work_on
from tests.people import MAY_WRITE_TO_A, MIDORI, MONDAY, TOWN, A

USES = replace(
    MAY_WRITE_TO_A,
    id=ConsentId("uses"),
    scope=ServiceScope(programme=Programme.OUTREACH),
)


@pytest.fixture
async def kept(store: Store) -> AsyncIterator[Store]:
    """A, who may be written to and has applied for outreach."""
    async with unit_of_work_on(store, municipality_id=MIDORI).write() as work:
        await work.towns.put(TOWN)
        await work.people.put(A)
        await work.consents.add(MAY_WRITE_TO_A)
        await work.consents.add(USES)
        await work.commit()
    yield store


@pytest.mark.rule("C2")
@pytest.mark.parametrize(
    "change",
    [
        "given_at = NULL",
        "state = 'EXPLAINING'",
        "state = 'DECLINED_FOR_NOW'",
        "state = 'WITHDRAWN'",
        "withdrawn_at = given_at",
        "state = 'AGREED'",
        "type = 'EVERYTHING'",
        "type = 'SHARE_MEETING'",
        "programme = NULL",
        "content = NULL",
        "person_id = 'nobody'",
    ],
)
async def test_a_line_cannot_be_bent_by_hand(kept: Store, change: str) -> None:
    with pytest.raises(IntegrityError):
        async with kept.writing() as connection:
            await connection.execute(text(f"UPDATE consents SET {change} WHERE id = 'uses'"))


@pytest.mark.rule("C8")
@pytest.mark.parametrize(
    "twice",
    [
        replace(MAY_WRITE_TO_A, id=ConsentId("again"), scope=LineScope()),
        replace(USES, id=ConsentId("again")),
    ],
    ids=["permission to write", "one programme"],
)
async def test_one_line_is_given_for_one_matter(kept: Store, twice: ConsentLine) -> None:
    uow = unit_of_work_on(kept, municipality_id=MIDORI)
    with pytest.raises(Overtaken):
        async with uow.write() as work:
            await work.consents.add(twice)
    asked = replace(twice, id=ConsentId("asked"), state=ConsentState.EXPLAINING, given_at=None)
    async with uow.write() as work:
        await work.consents.add(asked)
        await work.commit()
    with pytest.raises(Overtaken):
        async with uow.write() as work:
            await work.consents.change(
                replace(twice, id=asked.id, version=asked.version + 1), version=asked.version
            )
    ended = replace(twice, state=ConsentState.WITHDRAWN, withdrawn_at=MONDAY)
    other = replace(
        USES, id=ConsentId("other"), scope=ServiceScope(programme=Programme.PARTICIPATION)
    )
    async with uow.write() as work:
        await work.consents.add(ended)
        await work.consents.add(other)
