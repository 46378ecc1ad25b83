"""Intake: anybody is welcome, who applies says so, and who is asked about whom (R-001 …)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Action, NotYours, require
from core.agencies import Role, Seat, Staff
from core.applications import (
    ApplicationMissing,
    ConsultationTopic,
    FormVersion,
    IntakeApplicationForm,
    require_application,
)
from core.assessments import (
    CoordinationNoteMissing,
    EarlyLinkUnanswered,
    IntakeAssessment,
    Issue,
    MemberIssues,
    Screening,
    require_coordinated,
    to_notify,
)
from core.fields import Field
from core.ids import AgencyId, ApplicationId, AssessmentId, CaseId, PersonId, StaffId
from core.inquiries import (
    CaseNotAccepted,
    Inquiry,
    InquiryGround,
    InquiryWithoutGround,
    ask_about_member,
)
from core.lead_changes import LeadAtSource, LeadChangeUnfounded, lead_at_source
from core.programmes import Programme
from tests.core.referrals.examples import RECEIVER, SOURCE, TODAY, WRITER
from tests.people import MIDORI, MONDAY

CASE = CaseId("case-a12")
FORM = IntakeApplicationForm(
    id=ApplicationId("form-1"),
    version=FormVersion.WITH_CONSENT,
    received_on=TODAY,
    receiver_id=WRITER,
    programmes=frozenset({Programme.MULTI_AGENCY}),
    heard_privacy_rule=True,
    agrees_to_sharing=True,
    signed_on=TODAY,
)
ASSESSMENT = IntakeAssessment(
    id=AssessmentId("assessment-1"), case_id=CASE, assessed_on=TODAY, authors=(WRITER,)
)


def asked(*, accepted: bool = True, consented: bool = False, **grounds: object) -> Inquiry:
    return ask_about_member(
        PersonId("person-father"),
        case_id=CASE,
        accepted=accepted,
        consented=consented,
        to_agency_id=AgencyId("agency-care-office"),
        topics=("介護",),
        by=WRITER,
        at=MONDAY,
        shien_item=bool(grounds.get("shien_item")),
        legal_exception=str(grounds.get("legal_exception", "")),
    )


@pytest.mark.rule("R-001")
@given(
    topics=st.frozensets(st.sampled_from(ConsultationTopic)),
    fields=st.frozensets(st.sampled_from(Field)),
    issues=st.frozensets(st.sampled_from(Issue)),
    wishes=st.text(max_size=20),
)
def test_any_query_is_taken_in_whatever_topic_age_or_field(
    topics: frozenset[ConsultationTopic],
    fields: frozenset[Field],
    issues: frozenset[Issue],
    wishes: str,
) -> None:
    form = IntakeApplicationForm(
        id=ApplicationId("form-2"),
        version=FormVersion.WITHOUT_CONSENT,
        received_on=TODAY,
        receiver_id=WRITER,
        topics=topics,
        wishes=wishes,
    )
    assert form.person_id is None
    members = (MemberIssues(person_id=PersonId("person-a"), issues=issues),)
    assessment = replace(ASSESSMENT, fields=fields, members=members)
    assert to_notify(assessment) == frozenset()


@pytest.mark.rule("R-009")
def test_an_accepted_multi_agency_case_has_the_persons_application_before_its_plan() -> None:
    require_application(FORM)
    for form in (
        None,
        replace(FORM, signed_on=None),
        replace(FORM, heard_privacy_rule=False),
        replace(FORM, version=FormVersion.WITHOUT_CONSENT),
        replace(FORM, programmes=frozenset({Programme.PARTICIPATION})),
    ):
        with pytest.raises(ApplicationMissing):
            require_application(form)


@pytest.mark.rule("R-005")
def test_a_direct_assessment_was_settled_with_those_who_know() -> None:
    require_coordinated(ASSESSMENT)
    direct = replace(ASSESSMENT, direct_assessment=True)
    with pytest.raises(CoordinationNoteMissing):
        require_coordinated(direct)
    require_coordinated(replace(direct, coordination_note="紹介元と相談した"))


@pytest.mark.rule("R-012")
def test_the_intake_asks_for_early_links_and_tells_those_providers() -> None:
    accepted = replace(ASSESSMENT, screening=Screening.ACCEPT)
    with pytest.raises(EarlyLinkUnanswered):
        to_notify(accepted)
    assert to_notify(replace(accepted, early_links=frozenset())) == frozenset()
    early = frozenset({Programme.OUTREACH, Programme.PARTICIPATION, Programme.MULTI_AGENCY})
    told = to_notify(replace(accepted, early_links=early))
    assert told == {Programme.OUTREACH, Programme.PARTICIPATION}


@pytest.mark.rule("R-006")
def test_information_about_a_member_rests_on_consent_or_the_sender_is_warned() -> None:
    consented = asked(consented=True)
    assert (consented.ground, consented.warns) == (InquiryGround.CONSENT, False)
    item = asked(shien_item=True)
    assert (item.ground, item.warns) == (InquiryGround.SHIEN_ITEM, True)
    exception = asked(legal_exception="生命の保護")
    assert (exception.ground, exception.warns) == (InquiryGround.LEGAL_EXCEPTION, True)
    with pytest.raises(InquiryWithoutGround) as caught:
        asked()
    assert caught.value.facts["allowed"] == "CONSENT,SHIEN_ITEM,LEGAL_EXCEPTION"


@pytest.mark.rule("R-007")
def test_nobody_is_asked_about_a_case_that_multi_agency_has_not_accepted() -> None:
    with pytest.raises(CaseNotAccepted):
        asked(accepted=False, consented=True)


@pytest.mark.rule("R-010")
def test_the_source_leads_when_a_meeting_finds_so_and_multi_agency_advises() -> None:
    def change(meeting_id: str, advised_by: AgencyId | None) -> LeadAtSource:
        return lead_at_source(
            CASE,
            was_agency_id=RECEIVER,
            source_agency_id=SOURCE,
            advised_by=advised_by,
            meeting_id=meeting_id,
            by=WRITER,
            role=Role.COORDINATOR,
            at=MONDAY,
        )

    changed = change("meeting-1", RECEIVER)
    assert (changed.lead_agency_id, changed.advised_by) == (SOURCE, RECEIVER)
    assert changed.event.action == "case.lead_changed"
    assert changed.event.evidence == ("meeting=meeting-1", "advised_by=agency-multi")
    for meeting_id, advised_by in (("", RECEIVER), ("meeting-1", None)):
        with pytest.raises(LeadChangeUnfounded):
            change(meeting_id, advised_by)


@pytest.mark.rule("R-013")
def test_multi_agency_reads_a_case_before_consent_when_it_is_seated_there() -> None:
    coordinator = Staff(
        id=StaffId("staff-coordinator"),
        municipality_id=MIDORI,
        code="調整",
        name="調整",
        roles=frozenset({Role.COORDINATOR}),
    )
    seat = Seat(case_id=CASE, staff_id=coordinator.id, role=Role.COORDINATOR)
    assert require(coordinator, Action.READ_CASE, case_id=CASE, seats=(seat,))
    with pytest.raises(NotYours):
        require(coordinator, Action.READ_CASE, case_id=CASE)
