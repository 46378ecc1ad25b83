"""Who may be there for an item."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.ids import AgencyId, CaseId
from core.meetings.bodies import (
    Holder,
    MeetingBody,
    MembershipIncomplete,
    Participant,
    TooLateForThisItem,
    with_regular,
    with_temporary,
)
from core.meetings.circles import (
    Entitlement,
    FamilyNotCovered,
    NotInTheCircle,
    Room,
    circle_of,
    must_leave,
    require_in_circle,
)
from core.meetings.ids import MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose
from core.meetings.pledges import ContractorNotPledged, NotBoundYet, ServiceEnded
from core.meetings.shares import AgencyShare, FamilyShare, MeetingShare
from tests.core.meetings.table import (
    AGREES,
    AUNT,
    CITY,
    DESK,
    EVERYBODY,
    FATHER,
    HOKAN,
    HOSPITAL,
    JUSO,
    MYSELF,
    NOW,
    PLEDGES,
    RELATIVE,
    SCHOOL,
    SEATED,
    SHIEN,
    SITTING,
    TALK,
    TAX_DESK,
    VISITS,
    A,
    item,
    place,
    roster_of,
    temporary,
)

MEETING = MeetingId("meeting-1")


def room(of: MeetingBody = JUSO, **more: Any) -> Room:
    values: dict[str, Any] = {
        "body": of,
        "meeting_id": MEETING,
        "at": SITTING,
        "shares": {A: AGREES},
        "pledges": PLEDGES,
    }
    return Room(**(values | more))


def admits(who: Participant, where: Room, of: AgendaItem | None = None) -> Entitlement:
    return require_in_circle(who, item=of or item(), room=where)


@pytest.mark.rule("R-038")
def test_the_circle_is_made_anew_for_each_body_and_moment() -> None:
    seated = {p.id for p in SEATED}
    assert circle_of(item(), participants=EVERYBODY, room=room()) == seated
    assert circle_of(item(), participants=EVERYBODY, room=room(SHIEN)) == seated | {TAX_DESK.id}
    ended = room(at=NOW - timedelta(days=500))
    assert circle_of(item(), participants=EVERYBODY, room=ended) == frozenset()


@pytest.mark.rule("R-045")
def test_partly_overlapping_bodies_the_others_leave_the_item() -> None:
    present = (CITY, HOKAN, HOSPITAL)
    assert must_leave(present, item=item(), room=room()) == {HOSPITAL.id}
    with pytest.raises(NotInTheCircle) as refused:
        admits(HOSPITAL, room())
    assert refused.value.facts["allowed"] == "leave_item,temporary_member,share_agency"


@pytest.mark.rule("R-044")
def test_bodies_of_identical_people_need_nobody_to_leave() -> None:
    assert must_leave(SEATED, item=item(), room=room()) == frozenset()


@pytest.mark.rule("R-046")
def test_an_outside_person_is_let_in_as_a_temporary_member_registered_beforehand() -> None:
    with_school = with_temporary(JUSO, temporary("juso", SCHOOL), item_begins_at=SITTING)
    assert admits(SCHOOL, room(with_school)) is Entitlement.TEMPORARY
    assert roster_of(with_school) == roster_of(JUSO), "consent to the list is not touched"


@pytest.mark.rule("R-046")
def test_nobody_becomes_a_temporary_member_during_the_item() -> None:
    late = temporary("juso", SCHOOL, registered_at=SITTING)
    with pytest.raises(TooLateForThisItem):
        with_temporary(JUSO, late, item_begins_at=SITTING)
    smuggled = replace(JUSO, members=(*JUSO.members, replace(late, since=NOW)))
    with pytest.raises(NotInTheCircle):
        admits(SCHOOL, room(smuggled))


@pytest.mark.rule("R-046")
def test_a_temporary_member_belongs_to_one_case_only() -> None:
    with_school = with_temporary(JUSO, temporary("juso", SCHOOL), item_begins_at=SITTING)
    with pytest.raises(NotInTheCircle):
        admits(SCHOOL, room(with_school), item(case_id=CaseId("another")))
    for broken in (
        temporary("juso", SCHOOL, case_id=None),
        temporary("juso", SCHOOL, holder=Holder()),
    ):
        with pytest.raises(MembershipIncomplete):
            with_temporary(JUSO, broken, item_begins_at=SITTING)
    with pytest.raises(MembershipIncomplete):
        with_regular(JUSO, temporary("juso", SCHOOL))


@pytest.mark.rule("R-046")
def test_or_by_consent_that_names_the_agency_and_the_topics() -> None:
    named = AgencyShare(agency_id=AgencyId("agency-school"), topics=frozenset({"EDU"}))
    shares = {A: replace(AGREES, agencies=frozenset({named}))}
    about_school = item(topics=frozenset({"EDU"}))
    assert admits(SCHOOL, room(shares=shares), about_school) is Entitlement.NAMED_AGENCY
    for wider in (item(), item(topics=frozenset({"EDU", "HEALTH"}))):
        with pytest.raises(NotInTheCircle):
            admits(SCHOOL, room(shares=shares), wider)
    two = replace(about_school, subjects=frozenset({A, FATHER}))
    with pytest.raises(NotInTheCircle):
        admits(SCHOOL, room(shares=shares | {FATHER: AGREES}), two)


@pytest.mark.rule("R-041", "R-046")
def test_consent_towards_an_agency_makes_nobody_a_member_of_the_support_meeting() -> None:
    named = AgencyShare(agency_id=AgencyId("agency-school"), topics=frozenset({"EDU"}))
    shares = {A: replace(AGREES, agencies=frozenset({named}))}
    with pytest.raises(NotInTheCircle) as refused:
        admits(SCHOOL, room(SHIEN, shares=shares), item(topics=frozenset({"EDU"})))
    assert "share_agency" not in refused.value.facts["allowed"]


@pytest.mark.rule("R-041")
def test_the_support_meeting_admits_nobody_before_notice_and_pledge() -> None:
    with pytest.raises(NotBoundYet) as refused:
        admits(CITY, room(SHIEN, pledges=()))
    assert refused.value.facts["lacks"] == "pledge"
    unsigned = tuple(replace(p, signed_at=SITTING + timedelta(days=1)) for p in PLEDGES)
    with pytest.raises(NotBoundYet):
        admits(CITY, room(SHIEN, pledges=unsigned))
    fresh = with_temporary(
        SHIEN, temporary("shien", SCHOOL, notice_given_at=None), item_begins_at=SITTING
    )
    with pytest.raises(NotBoundYet) as refused:
        admits(SCHOOL, room(fresh))
    assert refused.value.facts["lacks"] == "notice"


@pytest.mark.rule("R-080")
def test_a_contractor_pledges_whatever_the_meeting_and_the_contracts_end_ends_access() -> None:
    with pytest.raises(ContractorNotPledged):
        admits(VISITS, room(pledges=()))
    assert admits(DESK, room(pledges=())) is Entitlement.REGULAR
    with pytest.raises(ServiceEnded):
        admits(replace(VISITS, serves_until=SITTING), room())
    with pytest.raises(ServiceEnded):
        admits(replace(VISITS, serves_from=SITTING + timedelta(days=1)), room())


@pytest.mark.rule("R-039", "C5")
def test_a_withdrawn_consent_empties_the_circle_at_once() -> None:
    assert circle_of(item(), participants=EVERYBODY, room=room(shares={})) == frozenset()


@pytest.mark.rule("R-048", "R-039")
def test_a_case_talk_reaches_only_the_people_whom_consent_names() -> None:
    progress = item(AgendaPurpose.PROGRESS)
    where = room(TALK, case_talk_of=JUSO)
    seated = {p.id for p in SEATED}
    assert circle_of(progress, participants=EVERYBODY, room=where) == seated
    own = MeetingShare(body_id=TALK.id, roster=roster_of(TALK))
    names_talk = {A: replace(AGREES, meetings=AGREES.meetings | {own})}
    wider = replace(where, shares=names_talk)
    assert circle_of(progress, participants=EVERYBODY, room=wider) == seated | {SCHOOL.id}


@pytest.mark.rule("R-036")
def test_the_person_comes_by_their_own_consent_to_attend() -> None:
    with pytest.raises(NotInTheCircle):
        admits(MYSELF, room())
    wishes = {A: replace(AGREES, attends=frozenset({MEETING}))}
    assert admits(MYSELF, room(shares=wishes)) is Entitlement.SELF
    with pytest.raises(NotInTheCircle):
        admits(MYSELF, room(SHIEN, shares=wishes))


@pytest.mark.rule("R-046")
def test_a_relative_hears_only_what_is_shared_with_this_relative() -> None:
    with_aunt = with_temporary(JUSO, temporary("juso", RELATIVE), item_begins_at=SITTING)
    with pytest.raises(FamilyNotCovered):
        admits(RELATIVE, room(with_aunt))
    of_health = FamilyShare(relative=AUNT, topics=frozenset({"HEALTH"}))
    tells = room(with_aunt, shares={A: replace(AGREES, relatives=frozenset({of_health}))})
    on_health = item(topics=frozenset({"HEALTH"}))
    assert admits(RELATIVE, tells, on_health) is Entitlement.TEMPORARY
    for more in (item(), item(topics=frozenset({"HEALTH", "POVERTY"}))):
        with pytest.raises(FamilyNotCovered):
            admits(RELATIVE, tells, more)
    both = item(subjects=frozenset({A, FATHER}))
    attends = {A: replace(AGREES, attends=frozenset({MEETING})), FATHER: AGREES}
    with pytest.raises(FamilyNotCovered):
        admits(MYSELF, room(shares=attends), both)


@pytest.mark.rule("R-041")
def test_relatives_may_be_temporary_members_of_the_support_meeting_with_notice() -> None:
    with_aunt = with_temporary(SHIEN, temporary("shien", RELATIVE), item_begins_at=SITTING)
    assert admits(RELATIVE, room(with_aunt, shares={})) is Entitlement.TEMPORARY


def test_an_agencys_place_is_taken_by_whoever_comes_for_it() -> None:
    agency = Holder(agency_id=AgencyId("agency-school"))
    seat = place("shien", SCHOOL, holder=agency)
    assert admits(SCHOOL, room(with_regular(SHIEN, seat))) is Entitlement.REGULAR
