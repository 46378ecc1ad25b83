"""What a neighbour was told on a person's consent is shown for as long as the consent stands."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.agencies import Agency, Role, Seat, Staff
from core.consent.scopes import AgencyScope, FamilyScope, MeetingScope, Scope
from core.disclosure import Disclosure, FamilyNotNamed, Ground, SharedPart
from core.ids import AgencyId, HouseholdId, PersonId, StaffId
from core.people import Household
from core.usecases.cases.show_case import show_case
from core.usecases.disclosures.disclose import disclose
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.people import A12, MIDORI, MONDAY, SATO, TOKYO, A

CIRCLE = Agency(
    id=AgencyId("agency-circle"), municipality_id=MIDORI, code="circle", name="見守りの輪"
)
NEIGHBOUR = Staff(
    id=StaffId("staff-neighbour"),
    municipality_id=MIDORI,
    code="neighbour",
    name="近所の方",
    roles=frozenset({Role.COMMUNITY_SUPPORTER}),
    agency_id=CIRCLE.id,
)
HOME = HouseholdId("home")
SISTER = replace(A, id=PersonId("person-sister"), code="A姉", household_id=HOME)
MEETING = MeetingScope(body="body-juso", membership_version=1)
GREETS = FamilyScope(relative=NEIGHBOUR.id, topics=frozenset({"あいさつ"}))

SISTER_MAY_KNOW = FamilyScope(relative=SISTER.id, topics=frozenset({"HOUSING"}))


async def tell(office: Office, proof: str, *, to: str = NEIGHBOUR.id) -> None:
    seat = Seat(case_id=A12.id, staff_id=NEIGHBOUR.id, role=Role.COMMUNITY_SUPPORTER)
    async with office.uow.write() as work:
        await work.towns.put_agency(CIRCLE)
        await work.staff.put(NEIGHBOUR)
        await work.staff.put_seat(seat)
        await work.commit()
    asked: dict[str, Any] = {"at": MONDAY, "tz": TOKYO, "by": SATO.id}
    await disclose(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        to=to,
        to_role=Role.COMMUNITY_SUPPORTER if to == NEIGHBOUR.id else None,
        parts=frozenset({SharedPart.ROLE_TEXT}),
        ground=Ground.CONSENT,
        reason="見かけたらあいさつしてもらう",
        unjust=False,
        told="見かけたら、あいさつをお願いします。",
        proof=proof,
        ends_on=date(2026, 12, 31),
        **asked,
    )


async def shown(office: Office) -> tuple[Disclosure, ...]:
    """What the neighbour finds on the case's page."""
    story = await show_case(office.uow, case_id=A12.id, by=NEIGHBOUR.id, at=MONDAY, tz=TOKYO)
    return story.disclosures


@pytest.mark.rule("C5")
async def test_sharing_stops_with_the_consent_at_once(office: Office) -> None:
    ledger = Ledger(uow=office.uow)
    line = await ledger.given(GREETS)
    await tell(office, line.id)
    (shared,) = await shown(office)
    assert shared.parts == {SharedPart.ROLE_TEXT}
    await ledger.withdraw(line)
    assert await shown(office) == ()


@pytest.mark.rule("DOMAIN-3.7", "C5")
async def test_what_a_neighbours_organisation_was_told_is_theirs_to_read_while_it_stands(
    office: Office,
) -> None:
    ledger = Ledger(uow=office.uow)
    line = await ledger.given(
        AgencyScope(agencies=frozenset({CIRCLE.id}), topics=frozenset({"HOUSING"}))
    )
    await tell(office, line.id, to=CIRCLE.id)
    story = await show_case(office.uow, case_id=A12.id, by=NEIGHBOUR.id, at=MONDAY, tz=TOKYO)
    assert [one.to for one in story.disclosures] == [CIRCLE.id]
    assert (story.contacts, story.consents, story.person.name) == ((), (), "")
    (shared,) = await shown(office)
    assert shared.told == "見かけたら、あいさつをお願いします。"
    await ledger.withdraw(line)
    story = await show_case(office.uow, case_id=A12.id, by=NEIGHBOUR.id, at=MONDAY, tz=TOKYO)
    assert story.disclosures == ()
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


@pytest.mark.rule("DOMAIN-2.4")
@pytest.mark.parametrize("scope", [None, MEETING, GREETS, SISTER_MAY_KNOW])
async def test_a_relative_is_told_only_what_names_this_relative(
    office: Office, scope: Scope | None
) -> None:
    async with office.uow.write() as work:
        home = Household(id=HOME, municipality_id=MIDORI, code="h", label="西町の世帯")
        await work.people.put_household(home)
        await work.people.put(replace(await work.people.get(A.id), household_id=HOME))
        await work.people.put(SISTER)
        await work.commit()
    proof = "" if scope is None else (await Ledger(uow=office.uow).given(scope)).id
    ground = Ground.OWN_DUTY if scope is None else Ground.CONSENT
    where = tell_sister(office, proof=proof, ground=ground)
    if isinstance(scope, FamilyScope) and scope.relative == SISTER.id:
        await where
        return
    with pytest.raises(FamilyNotNamed) as refused:
        await where
    assert refused.value.facts["allowed"] == "consent_to_share_with_family"
    async with office.uow.read() as work:
        assert await work.disclosures.of_case(A12.id) == ()


async def tell_sister(office: Office, *, proof: str, ground: Ground) -> None:
    await disclose(
        office.uow,
        case_id=A12.id,
        person_id=A.id,
        to=SISTER.id,
        parts=frozenset({SharedPart.SITUATION}),
        ground=ground,
        reason="どこにいるかと尋ねられた",
        unjust=False,
        proof=proof,
        by=SATO.id,
        at=MONDAY,
        tz=TOKYO,
    )
