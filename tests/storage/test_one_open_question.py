"""The same question to a person lies open once, however many explain it at one instant (C1)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import column as col
from sqlalchemy import create_engine, insert, table

from core.consent import ConsentLine, ConsentState
from core.consent.ledger import ConsentStepClosed
from core.consent.scopes import AgencyScope, Scope
from core.errors import CaseworkError
from core.ids import AgencyId, ConsentId
from core.steps import Overtaken
from storage.documents import SealedRecord
from storage.engine import driver_url, open_store
from storage.keys import Keyring
from storage.migrate import migrate
from storage.types import KEYS
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.ledger_office import OUTREACH, TELL_HOSPITAL, Ledger
from tests.databases import SECRET, unit_of_work_on
from tests.midori import found_midori
from tests.people import MIDORI, MONDAY, SATO, A

pytestmark = pytest.mark.rule("C1")
OLD = table(
    "consents",
    *(col(name) for name in ("municipality_id", "id", "person_id", "type", "state")),
    *(col(name) for name in ("text_version", "version")),
    col("content", SealedRecord("consents.content", ConsentLine)),
)


def asking(name: str, scope: Scope = TELL_HOSPITAL) -> ConsentLine:
    return ConsentLine(
        id=ConsentId(name),
        municipality_id=MIDORI,
        subject=A.id,
        scope=scope,
        state=ConsentState.EXPLAINING,
        text_version="1",
        explained_by=SATO.id,
        explained_at=MONDAY,
    )


async def open_questions(uow: SqlUnitOfWork) -> list[ConsentLine]:
    async with uow.read() as work:
        lines = await work.consents.of_person(A.id)
    return [line for line in lines if line.state is ConsentState.EXPLAINING]


async def test_of_many_who_explain_it_at_the_same_instant_one_does(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    ledger = Ledger(uow=unit_of_work)
    for scope in (TELL_HOSPITAL, OUTREACH):
        answers = await asyncio.gather(
            *(ledger.explain(scope) for _ in range(6)), return_exceptions=True
        )
        assert len([one for one in answers if isinstance(one, ConsentLine)]) == 1
        refused = [one for one in answers if not isinstance(one, ConsentLine)]
        assert {type(one) for one in refused} <= {Overtaken, ConsentStepClosed}
    assert len(await open_questions(unit_of_work)) == 2


async def test_the_database_holds_it_even_past_the_code_and_other_questions_stay_free(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    async with unit_of_work.write() as work:
        await work.consents.add(asking("one"))
        await work.commit()
    with pytest.raises(Overtaken):
        async with unit_of_work.write() as work:
            await work.consents.add(asking("two"))
    other = AgencyScope(agencies=frozenset({AgencyId("school")}), topics=frozenset({"HEALTH"}))
    async with unit_of_work.write() as work:
        await work.consents.add(asking("school", other))
        declined = replace(asking("one"), state=ConsentState.DECLINED_FOR_NOW, version=2)
        assert await work.consents.change(declined, version=1)
        await work.consents.add(asking("three"))
        await work.commit()
    assert {line.id for line in await open_questions(unit_of_work)} == {"school", "three"}


async def test_of_two_unequal_questions_that_overlap_one_is_opened(
    unit_of_work: SqlUnitOfWork,
) -> None:
    """One colleague asks about the hospital, another about hospital and school, at one instant."""
    await found_midori(unit_of_work)
    ledger = Ledger(uow=unit_of_work)
    both = AgencyScope(
        agencies=TELL_HOSPITAL.agencies | {AgencyId("school")}, topics=TELL_HOSPITAL.topics
    )
    apart = AgencyScope(agencies=frozenset({AgencyId("library")}), topics=TELL_HOSPITAL.topics)
    scopes = (TELL_HOSPITAL, both, apart)
    answers = await asyncio.gather(
        *(ledger.explain(scope) for scope in scopes), return_exceptions=True
    )
    opened = [one for one in answers if isinstance(one, ConsentLine)]
    refused = [one for one in answers if not isinstance(one, ConsentLine)]
    assert len(opened) == 2 and apart in {line.scope for line in opened}
    assert {type(one) for one in refused} <= {Overtaken, ConsentStepClosed}
    assert len(await open_questions(unit_of_work)) == 2


async def test_an_overlap_is_held_by_the_database_until_the_question_is_answered(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    wide = AgencyScope(
        agencies=TELL_HOSPITAL.agencies | {AgencyId("school")}, topics=TELL_HOSPITAL.topics
    )
    async with unit_of_work.write() as work:
        await work.consents.add(asking("narrow"))
        await work.commit()
    with pytest.raises(Overtaken):
        async with unit_of_work.write() as work:
            await work.consents.add(asking("wide", wide))
    async with unit_of_work.write() as work:
        declined = replace(asking("narrow"), state=ConsentState.DECLINED_FOR_NOW, version=2)
        assert await work.consents.change(declined, version=1)
        await work.consents.add(asking("wide", wide))
        await work.commit()
    assert [line.id for line in await open_questions(unit_of_work)] == ["wide"]


@pytest.fixture(params=["sqlite", "postgresql"])
async def grown(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlUnitOfWork]:
    """A database in which one question had been opened twice before there was the wall."""
    url = f"sqlite:///{tmp_path}/before.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgres_url")
    await migrate(url)
    store = open_store(url)
    await found_midori(unit_of_work_on(store, municipality_id=MIDORI))
    await store.close()
    _as_it_was(url)
    store = open_store(url)
    yield unit_of_work_on(store, municipality_id=MIDORI)
    await store.close()


async def test_two_from_before_are_kept_and_answered_one_by_one(grown: SqlUnitOfWork) -> None:
    ledger = Ledger(uow=grown)
    one, two = await open_questions(grown)
    with pytest.raises(CaseworkError):
        await ledger.explain(TELL_HOSPITAL)
    declined = await ledger.decline(one)
    later = MONDAY + timedelta(days=40)
    with pytest.raises(ConsentStepClosed):
        await ledger.ask_again(declined, at=later, why_now="ご本人が聞きたいとおっしゃった")
    await ledger.decline(two)
    again = await ledger.ask_again(declined, at=later, why_now="ご本人が聞きたいとおっしゃった")
    assert [line.id for line in await open_questions(grown)] == [again.id]


def _as_it_was(url: str) -> None:
    """The rows as they stood then: without an index of their question."""
    KEYS.set(Keyring([SECRET]).of(MIDORI))
    engine = create_engine(driver_url(url, asynchronous=False))
    with engine.begin() as connection:
        for name in ("one", "two"):
            line = asking(name)
            connection.execute(
                insert(OLD).values(
                    municipality_id=MIDORI,
                    id=line.id,
                    person_id=A.id,
                    type=line.type.value,
                    state=line.state.value,
                    text_version=line.text_version,
                    version=line.version,
                    content=line,
                )
            )
    engine.dispose()
