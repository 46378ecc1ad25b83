"""A consent that names an organisation reaches its colleagues, and no others."""

from dataclasses import replace
from datetime import date

import pytest

from core.agencies import Agency, Role, Staff
from core.consent.scopes import AgencyScope
from core.disclosure import Ground, GroundUnproven, SharedPart
from core.ids import AgencyId, StaffId
from core.usecases.disclosures.disclose import disclose
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.people import A12, MIDORI, MONDAY, SATO, TOKYO, A

ASSOCIATION = Agency(
    id=AgencyId("agency-neighbours"), municipality_id=MIDORI, code="neighbours", name="自治会"
)
NEIGHBOUR = Staff(
    id=StaffId("staff-beside"),
    municipality_id=MIDORI,
    code="beside",
    name="隣の方",
    roles=frozenset({Role.COMMUNITY_SUPPORTER}),
    agency_id=ASSOCIATION.id,
)
STRANGER = replace(NEIGHBOUR, id=StaffId("staff-elsewhere"), code="elsewhere", agency_id=None)


async def tell(office: Office, proof: str, to: Staff) -> None:
    await disclose(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        to=to.id,
        to_role=Role.COMMUNITY_SUPPORTER,
        parts=frozenset({SharedPart.ROLE_TEXT}),
        ground=Ground.CONSENT,
        reason="夕方に声をかけてもらう",
        unjust=False,
        told="夕方、声をかけてください。",
        proof=proof,
        ends_on=date(2026, 12, 31),
        by=SATO.id,
        at=MONDAY,
        tz=TOKYO,
    )


@pytest.mark.rule("DOMAIN-9")
async def test_a_neighbour_is_told_on_the_consent_that_names_their_association(
    office: Office,
) -> None:
    async with office.uow.write() as work:
        await work.towns.put_agency(ASSOCIATION)
        await work.staff.put(NEIGHBOUR)
        await work.staff.put(STRANGER)
        await work.commit()
    line = await Ledger(uow=office.uow).given(
        AgencyScope(agencies=frozenset({ASSOCIATION.id}), topics=frozenset({"ISOLATION"}))
    )
    await tell(office, line.id, NEIGHBOUR)
    with pytest.raises(GroundUnproven):
        await tell(office, line.id, STRANGER)
    async with office.uow.read() as work:
        given = await work.disclosures.of_case(A12.id)
    assert [one.to for one in given] == [NEIGHBOUR.id]
