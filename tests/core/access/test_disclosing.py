"""Giving what we know to somebody else: grounds, harm, the least for community supporters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.agencies import Role, Staff
from core.consent import ConsentLine, ConsentState
from core.consent.giver import Giver
from core.consent.scopes import AgencyScope, ServiceScope
from core.disclosure import (
    DECIDES,
    SUPPORTER_PARTS,
    Disclosure,
    Ground,
    GroundUnproven,
    HarmCheck,
    HarmNotExcluded,
    MoreThanTheLeast,
    NotDecidedHere,
    SharedPart,
    TaxFactStays,
    disclose,
)
from core.errors import CaseworkError
from core.ids import AgencyId, ConsentId, PersonId, StaffId
from core.programmes import Programme
from core.story import shared_with
from tests.people import A12, MIDORI, MONDAY, SATO, TANAKA, A

NO_HARM = HarmCheck(by=TANAKA.id, at=MONDAY, unjust=False)
AGREED = ConsentLine(
    id=ConsentId("consent-share"),
    municipality_id=MIDORI,
    subject=A.id,
    scope=AgencyScope(agencies=frozenset({AgencyId("clinic")}), topics=frozenset({"HEALTH"})),
    state=ConsentState.GIVEN,
    giver=Giver(person_id=A.id),
    given_at=MONDAY,
)
TO_CLINIC = Disclosure(
    case_id=A12.id,
    person_id=A.id,
    to="clinic",
    parts=frozenset({SharedPart.IDENTITY, SharedPart.HEALTH}),
    ground=Ground.CONSENT,
    reason="受診に同行するため",
    proof=AGREED.id,
    harm=NO_HARM,
)
OFFICER = Staff(
    id=SATO.id,
    municipality_id=MIDORI,
    code="officer",
    name="officer",
    roles=frozenset({Role.MUNICIPAL_OFFICER}),
)
TO_NEIGHBOUR = replace(
    TO_CLINIC,
    to="commissioner-1",
    to_role=Role.COMMUNITY_SUPPORTER,
    parts=frozenset({SharedPart.ROLE_TEXT, SharedPart.WATCH_SIGNS}),
    ground=Ground.SPECIAL_REASON,
    proof="",
    ends_on=date(2027, 3, 31),
)


@pytest.mark.rule("DOMAIN-9")
def test_each_disclosure_leaves_a_record_of_ground_reason_and_check() -> None:
    event = disclose(TO_CLINIC, by=TANAKA, at=MONDAY, consents=[AGREED])
    assert event.action == "case.disclosed"
    assert event.reason == "受診に同行するため"
    assert set(event.evidence) == {
        "ground=CONSENT",
        "to=clinic",
        "part=health",
        "part=identity",
        "harm_checked_by=staff-tanaka",
        "proof=consent-share",
    }


@pytest.mark.rule("DOMAIN-9")
@pytest.mark.parametrize(
    "line",
    [
        replace(AGREED, state=ConsentState.WITHDRAWN),
        replace(AGREED, scope=ServiceScope(programme=Programme.OUTREACH)),
        replace(AGREED, subject=PersonId("person-b")),
        replace(AGREED, id=ConsentId("another")),
    ],
)
def test_consent_as_a_ground_is_a_line_of_the_ledger_that_still_holds(line: ConsentLine) -> None:
    with pytest.raises(GroundUnproven) as refused:
        disclose(TO_CLINIC, by=TANAKA, at=MONDAY, consents=[line])
    assert refused.value.facts["allowed"] == "consent_to_share"


@pytest.mark.rule("DOMAIN-9")
def test_a_ground_needs_a_reason_and_a_support_meeting_its_item() -> None:
    with pytest.raises(GroundUnproven):
        disclose(replace(TO_CLINIC, reason=" "), by=TANAKA, at=MONDAY, consents=[AGREED])
    in_meeting = replace(TO_CLINIC, ground=Ground.LAW_106_6, proof="")
    with pytest.raises(GroundUnproven):
        disclose(in_meeting, by=TANAKA, at=MONDAY)
    assert disclose(replace(in_meeting, proof="item-1"), by=TANAKA, at=MONDAY)


@pytest.mark.rule("DOMAIN-9")
@pytest.mark.parametrize("harm", [None, replace(NO_HARM, unjust=True)])
def test_nothing_is_given_before_somebody_has_looked_for_harm(harm: HarmCheck | None) -> None:
    with pytest.raises(HarmNotExcluded):
        disclose(replace(TO_CLINIC, harm=harm), by=TANAKA, at=MONDAY, consents=[AGREED])


@pytest.mark.rule("R-043")
@pytest.mark.parametrize("ground", [ground for ground in Ground if ground is not Ground.CONSENT])
def test_a_tax_fact_goes_out_on_consent_only(ground: Ground) -> None:
    arrears = replace(
        TO_CLINIC, parts=frozenset({SharedPart.TAX_DERIVED}), ground=ground, proof="item-1"
    )
    with pytest.raises(TaxFactStays):
        disclose(arrears, by=OFFICER, at=MONDAY)
    agreed = replace(arrears, ground=Ground.CONSENT, proof=AGREED.id)
    assert disclose(agreed, by=OFFICER, at=MONDAY, consents=[AGREED])


@pytest.mark.rule("DOMAIN-9")
@pytest.mark.parametrize("ground", [Ground.OWN_DUTY, Ground.OTHER_BODY, Ground.SPECIAL_REASON])
def test_the_exceptions_of_the_law_are_weighed_by_the_municipality(ground: Ground) -> None:
    with pytest.raises(NotDecidedHere) as refused:
        disclose(replace(TO_CLINIC, ground=ground), by=TANAKA, at=MONDAY)
    assert refused.value.facts["allowed"] == "municipal_officer,privacy_officer"
    assert disclose(replace(TO_CLINIC, ground=ground), by=OFFICER, at=MONDAY)


@pytest.mark.rule("R-025")
def test_where_life_is_in_danger_any_colleague_may_tell() -> None:
    for role in set(Role) - {Role.SYSTEM}:
        anyone = replace(OFFICER, roles=frozenset({role}))
        urgent = replace(TO_CLINIC, to="police", ground=Ground.LIFE_BODY, proof="")
        assert disclose(urgent, by=anyone, at=MONDAY).role == role
    assert Role.SYSTEM not in DECIDES[Ground.LIFE_BODY]


@pytest.mark.rule("DOMAIN-9")
def test_a_community_supporter_gets_the_least_until_a_day() -> None:
    disclose(TO_NEIGHBOUR, by=OFFICER, at=MONDAY)
    with pytest.raises(MoreThanTheLeast):
        disclose(replace(TO_NEIGHBOUR, ends_on=None), by=OFFICER, at=MONDAY)
    for part in set(SharedPart) - SUPPORTER_PARTS - {SharedPart.TAX_DERIVED}:
        more = replace(TO_NEIGHBOUR, parts=TO_NEIGHBOUR.parts | {part})
        with pytest.raises(MoreThanTheLeast):
            disclose(more, by=OFFICER, at=MONDAY)


@pytest.mark.rule("DOMAIN-9")
@given(days=st.integers(-400, 400))
def test_what_a_supporter_sees_ends_with_its_day(days: int) -> None:
    on = date(2027, 3, 31) + timedelta(days=days)
    one, other = (
        replace(SATO, id=StaffId(name), roles=frozenset({Role.COMMUNITY_SUPPORTER}))
        for name in ("commissioner-1", "commissioner-2")
    )
    seen = shared_with(one, [TO_NEIGHBOUR], consents=(), on=on)
    assert seen == ((TO_NEIGHBOUR,) if days <= 0 else ())
    assert shared_with(other, [TO_NEIGHBOUR], consents=(), on=on) == ()


@pytest.mark.rule("DOMAIN-9")
@given(
    ground=st.sampled_from(Ground),
    parts=st.frozensets(st.sampled_from(SharedPart), min_size=1),
    to_role=st.sampled_from([None, Role.COMMUNITY_SUPPORTER]),
    harm=st.sampled_from([None, NO_HARM, replace(NO_HARM, unjust=True)]),
    proof=st.sampled_from(["", "item-1", AGREED.id]),
    ends_on=st.sampled_from([None, date(2027, 3, 31)]),
    role=st.sampled_from(Role),
)
def test_whatever_gets_out_was_allowed_to(
    ground: Ground,
    parts: frozenset[SharedPart],
    to_role: Role | None,
    harm: HarmCheck | None,
    proof: str,
    ends_on: date | None,
    role: Role,
) -> None:
    asked = replace(
        TO_CLINIC,
        ground=ground,
        parts=parts,
        to_role=to_role,
        harm=harm,
        proof=proof,
        ends_on=ends_on,
    )
    by = replace(OFFICER, roles=frozenset({role}))
    try:
        disclose(asked, by=by, at=MONDAY, consents=[AGREED])
    except CaseworkError:
        return
    assert harm == NO_HARM
    assert role in DECIDES[ground]
    assert SharedPart.TAX_DERIVED not in parts or proof == AGREED.id
    assert ground is not Ground.CONSENT or proof == AGREED.id
    assert to_role is None or (parts <= SUPPORTER_PARTS and ends_on)
