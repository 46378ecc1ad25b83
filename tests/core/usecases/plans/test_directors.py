"""Directors of fields are told of a case that touches theirs, and of nothing in it (MA-4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.profiles.reader import read_profile
from core.access import NotActive, NotYours
from core.agencies import Agency, Role, Staff
from core.fields import Field
from core.ids import AgencyId, StaffId
from core.outbox import CardKind
from core.shielding import Care, CareMark
from core.usecases.cases.glance_field import FieldGlance, glance_field
from core.usecases.plans.write_assessment import write_assessment
from tests.core.usecases.plans.planning import NEVER, Planning
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA, A

NABARI = read_profile("nabari")
TOUCHED = frozenset({Field.CHILD, Field.ISOLATION})


async def director(planning: Planning, field: Field, *, active: bool = True) -> Staff:
    """A coordinator of an organisation that helps in this field."""
    agency = Agency(
        id=AgencyId(field.value),
        municipality_id=MIDORI,
        code=field.value.lower(),
        name=field.value,
        fields=frozenset({field}),
    )
    one = replace(
        TANAKA,
        id=StaffId(f"director-{field}"),
        code=f"director-{field}",
        roles=frozenset({Role.COORDINATOR}),
        agency_id=agency.id,
        slack_user_id=None,
        slack_team_id=None,
        active=active,
    )
    async with planning.uow.write() as work:
        await work.towns.put_agency(agency)
        await work.staff.put(one)
        await work.commit()
    return one


async def told(planning: Planning) -> set[StaffId]:
    """Write a sheet that touches two fields, and who is told of it in Slack."""
    sheet = replace(NEVER, fields=TOUCHED)
    await write_assessment(
        planning.uow, case_id=A12.id, sheet=sheet, by=SUZUKI.id, profile=NABARI, **planning.now
    )
    async with planning.uow.write() as work:
        until = planning.at + timedelta(minutes=1)
        cards = await work.cards.due(at=planning.at, limit=100, until=until)
        return {card.staff_id for card in cards if card.kind is CardKind.FIELD}


@pytest.mark.rule("MA-4")
async def test_only_the_directors_of_the_touched_fields_are_told(planning: Planning) -> None:
    child = await director(planning, Field.CHILD)
    elder = await director(planning, Field.ELDER)
    await director(planning, Field.ISOLATION)
    assert await told(planning) == {child.id}
    seen = await glance_field(planning.uow, case_id=A12.id, viewer=child.id)
    assert isinstance(seen, FieldGlance) and seen.alias == A12.alias
    assert A.name not in repr(seen)
    with pytest.raises(NotYours):
        await glance_field(planning.uow, case_id=A12.id, viewer=elder.id)


@pytest.mark.rule("MA-4", "R-015")
async def test_a_closed_case_and_a_director_out_of_service_are_left_alone(
    planning: Planning,
) -> None:
    child = await director(planning, Field.CHILD)
    gone = await director(planning, Field.EDU, active=False)
    mark = CareMark(
        person_id=A.id,
        care=Care.DV_VICTIM,
        cleared=frozenset({SATO.id, SUZUKI.id}),
        closes_case=True,
    )
    async with planning.uow.write() as work:
        await work.care_marks.put(mark)
        await work.commit()
    assert await told(planning) == set()
    with pytest.raises(NotActive):
        await glance_field(planning.uow, case_id=A12.id, viewer=gone.id)
    assert child.active
