"""What a neighbour was told on a person's consent is shown for as long as the consent stands."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.agencies import Role, Seat, Staff
from core.consent.scopes import FamilyScope
from core.disclosure import Ground, SharedPart
from core.ids import StaffId
from core.usecases.disclosures.disclose import disclose
from core.usecases.disclosures.show_shared import Shared, show_shared
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.people import A12, MIDORI, MONDAY, SATO, TOKYO, A

NEIGHBOUR = Staff(
    id=StaffId("staff-neighbour"),
    municipality_id=MIDORI,
    code="neighbour",
    name="近所の方",
    roles=frozenset({Role.COMMUNITY_SUPPORTER}),
)
GREETS = FamilyScope(relative=NEIGHBOUR.id, topics=frozenset({"あいさつ"}))


async def tell(office: Office, proof: str) -> None:
    seat = Seat(case_id=A12.id, staff_id=NEIGHBOUR.id, role=Role.COMMUNITY_SUPPORTER)
    async with office.uow.write() as work:
        await work.staff.put(NEIGHBOUR)
        await work.staff.put_seat(seat)
        await work.commit()
    asked: dict[str, Any] = {"at": MONDAY, "tz": TOKYO, "by": SATO.id}
    await disclose(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        to=NEIGHBOUR.id,
        to_role=Role.COMMUNITY_SUPPORTER,
        parts=frozenset({SharedPart.ROLE_TEXT}),
        ground=Ground.CONSENT,
        reason="見かけたらあいさつしてもらう",
        unjust=False,
        told="見かけたら、あいさつをお願いします。",
        proof=proof,
        ends_on=date(2026, 12, 31),
        **asked,
    )


async def shown(office: Office) -> tuple[Shared, ...]:
    return await show_shared(office.uow, staff_id=NEIGHBOUR.id, at=MONDAY, tz=TOKYO)


@pytest.mark.rule("C5")
async def test_sharing_stops_with_the_consent_at_once(office: Office) -> None:
    ledger = Ledger(uow=office.uow)
    line = await ledger.given(GREETS)
    await tell(office, line.id)
    (shared,) = await shown(office)
    assert shared.parts == {SharedPart.ROLE_TEXT}
    await ledger.withdraw(line)
    assert await shown(office) == ()


@pytest.mark.rule("C6")
async def test_a_wider_consent_carries_what_was_shared_on_the_narrower(office: Office) -> None:
    ledger = Ledger(uow=office.uow)
    line = await ledger.given(GREETS)
    await tell(office, line.id)
    more = replace(GREETS, topics=GREETS.topics | {"お昼の会"})
    wider = await ledger.give(await ledger.widen(line, more))
    assert len(await shown(office)) == 1
    await ledger.withdraw(wider)
    assert await shown(office) == ()
