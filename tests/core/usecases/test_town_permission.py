"""A town file names an account; what the person said on paper before it counts (C5, C8)."""

from dataclasses import replace

import pytest

from core.consent import ConsentLine, ConsentState
from core.consent.evidence import NotedEvidence
from core.ids import ConsentId
from core.people import LineLink
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.test_town import TOWN, load
from tests.people import MAY_WRITE_TO_A, MONDAY

WITHOUT_ACCOUNT = replace(TOWN, people=tuple(replace(one, line=None) for one in TOWN.people))


async def loaded_after(
    uow: SqlUnitOfWork, said: ConsentLine | None
) -> tuple[LineLink | None, tuple[ConsentLine, ...]]:
    """Account and lines of A, where A said this before the file named an account."""
    await load(uow, WITHOUT_ACCOUNT)
    async with uow.write() as work:
        a = await work.people.by_code("A")
        assert a is not None
        if said is not None:
            home = work.municipality_id
            await work.consents.add(replace(said, subject=a.id, municipality_id=home))
            await work.commit()
    await load(uow)
    async with uow.read() as work:
        return await work.links.of_person(a.id), await work.consents.of_person(a.id)


@pytest.mark.rule("C8")
async def test_the_file_tells_what_proves_the_permission(unit_of_work: SqlUnitOfWork) -> None:
    link, (line,) = await loaded_after(unit_of_work, None)
    [person] = TOWN.people
    assert person.line is not None
    assert link is not None
    assert (line.state, line.given_at) == (ConsentState.GIVEN, person.line.given_at)
    assert line.evidence == NotedEvidence(words=person.line.evidence)


@pytest.mark.rule("C8")
async def test_a_permission_on_paper_is_not_doubled(unit_of_work: SqlUnitOfWork) -> None:
    paper = replace(MAY_WRITE_TO_A, id=ConsentId("paper"))
    link, lines = await loaded_after(unit_of_work, paper)
    assert link is not None
    assert [line.id for line in lines] == ["paper"]


@pytest.mark.rule("C5")
@pytest.mark.parametrize("state", [ConsentState.WITHDRAWN, ConsentState.DECLINED_FOR_NOW])
async def test_whoever_said_no_is_not_linked_by_a_file(
    unit_of_work: SqlUnitOfWork, state: ConsentState
) -> None:
    taken_back = state is ConsentState.WITHDRAWN
    no = replace(
        MAY_WRITE_TO_A,
        id=ConsentId("no"),
        state=state,
        given_at=MAY_WRITE_TO_A.given_at if taken_back else None,
        withdrawn_at=MONDAY if taken_back else None,
    )
    link, lines = await loaded_after(unit_of_work, no)
    assert link is None
    assert [line.id for line in lines] == ["no"]
