"""What a person is asked for lies open once, thing by thing, until it is answered (C1)."""

from dataclasses import replace

import pytest

from core.consent import ConsentLine, ConsentState
from core.consent.scopes import AgencyScope
from core.ids import AgencyId, ConsentId
from core.ports import UnitOfWork
from core.steps import Overtaken
from tests.people import MIDORI, MONDAY, SATO, A

HOSPITAL, SCHOOL = AgencyId("hospital"), AgencyId("school")


def asking(name: str, *agencies: AgencyId) -> ConsentLine:
    return ConsentLine(
        id=ConsentId(name),
        municipality_id=MIDORI,
        subject=A.id,
        scope=AgencyScope(agencies=frozenset(agencies), topics=frozenset({"HEALTH"})),
        state=ConsentState.EXPLAINING,
        text_version="1",
        explained_by=SATO.id,
        explained_at=MONDAY,
    )


@pytest.mark.rule("C1")
async def test_an_open_question_is_there_until_it_is_answered(midori: UnitOfWork) -> None:
    one, both, other = asking("1", HOSPITAL), asking("2", HOSPITAL, SCHOOL), asking("3", SCHOOL)
    async with midori.write() as work:
        await work.consents.add(one)
        await work.consents.add(other)
        await work.commit()
    for line in (both, asking("4", HOSPITAL)):
        with pytest.raises(Overtaken):
            async with midori.write() as work:
                await work.consents.add(line)
    async with midori.write() as work:
        for line in (one, other):
            declined = replace(line, state=ConsentState.DECLINED_FOR_NOW, version=2)
            assert await work.consents.change(declined, version=1)
        await work.consents.add(both)
        assert await work.consents.get(both.id) == both
