"""What an item stands on is computed from consent, per item."""

import pytest

from core.basis import Basis
from core.meetings.bodies import BodyNotSetUp, with_regular, without
from core.meetings.grounds import (
    CaseTalkNotEnough,
    ShienPurposeMissing,
    TimingNeedsOwnMeeting,
    ground_of,
    still_stands,
    typed,
)
from core.meetings.ids import BodyId, MembershipId
from core.meetings.items import (
    FOUR_TIMINGS,
    AgendaPurpose,
    Ground,
    GroundReason,
    ShienPurpose,
    SubjectsMissing,
)
from core.meetings.shares import MeetingShare, Shares
from core.programmes import Programme
from tests.core.meetings.table import (
    AGREES,
    BODIES,
    CARE,
    FATHER,
    HOSPITAL,
    IN_JUSO,
    JUSO,
    NOW,
    SEATED,
    SHIEN,
    TALK,
    A,
    body,
    having,
    item,
    place,
    roster_of,
)

P = AgendaPurpose


def grounded(of: object = None, **more: object) -> Ground:
    asked = {"bodies": BODIES, "shares": {A: AGREES}} | more
    return ground_of(of or item(), **asked)  # type: ignore[arg-type]


@pytest.mark.rule("R-039")
@pytest.mark.parametrize("wish", [None, Basis.JUSO, Basis.SHIEN])
@pytest.mark.parametrize("purpose", list(P))
def test_without_consent_everything_stands_on_the_support_meeting(
    purpose: AgendaPurpose, wish: Basis | None
) -> None:
    ground = grounded(item(purpose, wish=wish), shares={})
    assert ground.basis is Basis.SHIEN
    assert GroundReason.NO_SHARE in ground.reasons


@pytest.mark.rule("R-039")
def test_a_case_talk_needs_consent_as_well() -> None:
    assert grounded(item(P.PROGRESS, wish=Basis.CASE), shares={}).basis is Basis.SHIEN


@pytest.mark.rule("R-039")
def test_one_of_the_household_without_consent_is_enough_to_leave_the_juso_meeting() -> None:
    both = item(P.INFO_SHARE, subjects=frozenset({A, FATHER}))
    assert grounded(both).basis is Basis.SHIEN
    assert grounded(both, shares={A: AGREES, FATHER: AGREES}).basis is Basis.JUSO


@pytest.mark.rule("R-039")
def test_without_a_support_meeting_set_up_a_no_consent_item_has_nowhere_to_go() -> None:
    for bodies in ((JUSO, TALK), (JUSO, having(SHIEN, establishment_rule=""))):
        with pytest.raises(BodyNotSetUp) as refused:
            grounded(bodies=bodies, shares={})
        assert refused.value.facts["allowed"] == "set_up_body"


@pytest.mark.rule("R-039")
def test_an_item_on_a_case_says_who_is_concerned() -> None:
    for nobody in (
        item(subjects=frozenset()),
        item(subjects=frozenset({FATHER})),
        item(person_id=None),
        item(P.INFO_SHARE, case_id=None),
    ):
        with pytest.raises(SubjectsMissing):
            grounded(nobody)


@pytest.mark.rule("R-030", "M2")
@pytest.mark.parametrize("wish", [None, Basis.JUSO, Basis.SHIEN])
@pytest.mark.parametrize("purpose", sorted(FOUR_TIMINGS))
def test_the_four_timings_are_juso_whenever_consent_exists(
    purpose: AgendaPurpose, wish: Basis | None
) -> None:
    ground = grounded(item(purpose, wish=wish))
    assert (ground.basis, ground.body_id) == (Basis.JUSO, JUSO.id)
    assert GroundReason.FOUR_TIMINGS in ground.reasons


@pytest.mark.rule("R-048")
@pytest.mark.parametrize("purpose", [p for p in P if p is not P.PROGRESS])
def test_a_case_talk_serves_progress_only(purpose: AgendaPurpose) -> None:
    for shares in ({A: AGREES}, {}):
        with pytest.raises(CaseTalkNotEnough):
            grounded(item(purpose, wish=Basis.CASE), shares=shares)
    assert grounded(item(P.PROGRESS, wish=Basis.CASE)).basis is Basis.CASE
    assert grounded(item(P.PROGRESS)).basis is Basis.JUSO


@pytest.mark.rule("R-039")
def test_a_plan_also_needs_the_application_for_each_of_its_programmes() -> None:
    applied_for_nothing = Shares(meetings=frozenset({IN_JUSO}))
    ground = grounded(shares={A: applied_for_nothing})
    assert (ground.basis, ground.reasons) == (Basis.SHIEN, frozenset({GroundReason.NO_SERVICE_USE}))
    more = item(programmes=frozenset({Programme.OUTREACH, Programme.PARTICIPATION}))
    assert grounded(more).basis is Basis.SHIEN
    assert grounded(item(programmes=frozenset())).basis is Basis.SHIEN


@pytest.mark.rule("R-039", "C6")
def test_a_list_that_widened_is_no_longer_covered_and_one_that_shrank_is() -> None:
    wider = with_regular(JUSO, place("juso", HOSPITAL, since=NOW))
    ground = grounded(bodies=(wider, SHIEN))
    assert (ground.basis, ground.reasons) == (Basis.SHIEN, frozenset({GroundReason.ROSTER_WIDENED}))
    narrower = without(JUSO, MembershipId("juso-desk"), at=NOW)
    assert roster_of(narrower) == roster_of(JUSO) + 1
    assert grounded(bodies=(narrower, SHIEN)).basis is Basis.JUSO
    back = without(wider, MembershipId("juso-hospital"), at=NOW)
    assert grounded(bodies=(back, SHIEN)).basis is Basis.JUSO


@pytest.mark.rule("R-044")
def test_consent_that_names_another_body_of_the_same_people_does_not_cover_juso() -> None:
    twin = body(Basis.OTHER, *SEATED, named="twin")
    names_twin = Shares(
        meetings=frozenset({MeetingShare(body_id=twin.id, roster=roster_of(twin))}),
        programmes=AGREES.programmes,
    )
    assert grounded(bodies=(*BODIES, twin), shares={A: names_twin}).basis is Basis.SHIEN


@pytest.mark.rule("R-040")
@pytest.mark.parametrize("purpose", list(ShienPurpose))
def test_a_support_meeting_item_has_one_of_the_four_purposes(purpose: ShienPurpose) -> None:
    assert grounded(item(shien_purpose=purpose), shares={}).basis is Basis.SHIEN
    with pytest.raises(ShienPurposeMissing) as refused:
        grounded(item(shien_purpose=None), shares={})
    assert purpose.value in refused.value.facts["allowed"]


@pytest.mark.rule("R-054")
def test_another_schemes_body_needs_its_own_statute_of_secrecy() -> None:
    asked = item(P.INFO_SHARE, wish=Basis.OTHER)
    for shares in ({}, {A: AGREES}):
        ground = grounded(asked, shares=shares)
        assert (ground.basis, ground.body_id) == (Basis.OTHER, CARE.id)
        with pytest.raises(BodyNotSetUp):
            grounded(asked, bodies=(JUSO, having(CARE, statutory_basis="")), shares=shares)


@pytest.mark.rule("R-030", "R-054")
@pytest.mark.parametrize("purpose", sorted(FOUR_TIMINGS))
def test_another_schemes_body_does_not_stand_in_at_the_four_timings(
    purpose: AgendaPurpose,
) -> None:
    with pytest.raises(TimingNeedsOwnMeeting):
        grounded(item(purpose, wish=Basis.OTHER))


@pytest.mark.rule("R-051")
def test_a_gap_of_the_area_concerns_nobody_and_asks_nobody() -> None:
    gap = item(P.RESOURCE_GAP, case_id=None, person_id=None, subjects=frozenset())
    ground = grounded(gap, shares={})
    assert (ground.basis, ground.reasons) == (
        Basis.JUSO,
        frozenset({GroundReason.NO_PERSON_CONCERNED}),
    )


@pytest.mark.rule("M10")
def test_a_ground_stands_while_consents_and_lists_say_so() -> None:
    juso = typed(item(), bodies=BODIES, shares={A: AGREES})
    assert still_stands(juso, bodies=BODIES, shares={A: AGREES})
    assert not still_stands(juso, bodies=BODIES, shares={})
    assert not still_stands(item(), bodies=BODIES, shares={A: AGREES})


@pytest.mark.rule("M5")
def test_later_consent_moves_the_four_timings_and_leaves_other_support_meeting_items() -> None:
    plan = typed(item(), bodies=BODIES, shares={})
    assert not still_stands(plan, bodies=BODIES, shares={A: AGREES})
    worry = typed(item(P.INFO_SHARE), bodies=BODIES, shares={})
    assert still_stands(worry, bodies=BODIES, shares={A: AGREES})


def test_where_a_town_has_several_bodies_of_a_kind_the_item_names_one() -> None:
    ward = body(Basis.SHIEN, *SEATED, named="ward")
    asked = item(body_id=BodyId("ward"))
    assert grounded(asked, bodies=(*BODIES, ward), shares={}).body_id == "ward"


@pytest.mark.rule("R-039", "R-048")
def test_where_no_juso_meeting_is_set_up_consent_to_the_very_talk_carries_progress() -> None:
    asked = item(AgendaPurpose.PROGRESS, wish=Basis.CASE)
    to_the_talk = Shares(
        meetings=frozenset({MeetingShare(body_id=TALK.id, roster=roster_of(TALK))})
    )
    ground = ground_of(asked, bodies=(TALK,), shares={A: to_the_talk})
    assert (ground.basis, ground.body_id) == (Basis.CASE, TALK.id)
    with pytest.raises(BodyNotSetUp):
        ground_of(asked, bodies=(TALK,), shares={})
