"""相談受付・申込票 and アセスメント: any query is accepted, and what follows from them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bots.profiles.reader import read_profile
from core.access import NotYours
from core.agencies import Agency
from core.applications import (
    ApplicationMissing,
    ConsultationTopic,
    FormVersion,
    IntakeApplicationForm,
    applies_for,
    require_application,
)
from core.assessments import (
    CoordinationNoteMissing,
    EarlyLinkUnanswered,
    IntakeAssessment,
    Issue,
    MemberIssues,
    Screening,
)
from core.errors import NotFound
from core.fields import Field
from core.ids import AgencyId, ApplicationId, StaffId
from core.municipal_profiles.duties import OneAgencyOnly
from core.plans.record import PlanState
from core.programmes import PLANNING, Programme
from core.usecases.plans.record_application import record_application
from core.usecases.plans.write_assessment import write_assessment
from tests.core.usecases.plans.planning import IMAI, NAKANO, NEVER, OTHER_SHEET, TODAY, Planning
from tests.people import A12, MIDORI, SUZUKI, TANAKA, A

EMPTY = IntakeApplicationForm(
    id=ApplicationId(""),
    version=FormVersion.WITHOUT_CONSENT,
    received_on=TODAY,
    receiver_id=StaffId(""),
)


async def record(planning: Planning, **changes: Any) -> IntakeApplicationForm:
    by = changes.pop("by", TANAKA)
    return await record_application(
        planning.uow,
        case_id=A12.id,
        form=replace(EMPTY, **changes),
        by=by.id,
        at=planning.at,
    )


@pytest.mark.rule("R-001")
async def test_a_form_of_which_nothing_is_known_is_kept(planning: Planning) -> None:
    form = await record(planning)
    assert (form.receiver_id, form.case_id, form.person_id) == (TANAKA.id, A12.id, A.id)
    async with planning.uow.read() as work:
        assert await work.applications.of_case(A12.id) == (form,)
        assert (await work.cases.get(A12.id)).facts == 1
    assert await planning.deeds() == ["application.recorded"]


@pytest.mark.rule("R-009")
async def test_a_signed_form_is_the_application_and_one_without_consent_never(
    planning: Planning,
) -> None:
    filled: dict[str, Any] = {
        "programmes": frozenset({Programme.MULTI_AGENCY}),
        "heard_privacy_rule": True,
        "agrees_to_sharing": True,
        "signed_on": TODAY,
        "main_topic": ConsultationTopic.WITHDRAWAL,
    }
    without = await record(planning, **filled)
    assert (without.signed_on, without.agrees_to_sharing) == (None, False)
    with pytest.raises(ApplicationMissing):
        require_application(without)
    signed = await record(planning, **filled, version=FormVersion.WITH_CONSENT)
    assert applies_for(signed, Programme.MULTI_AGENCY)
    assert signed.topics == {ConsultationTopic.WITHDRAWAL}


@pytest.mark.rule("R-009")
async def test_a_multi_agency_plan_waits_for_the_application(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    unsigned = replace(OTHER_SHEET, signed_on=None)
    plan = await planning.draft(unsigned, programme=Programme.MULTI_AGENCY, by=TANAKA)
    with pytest.raises(ApplicationMissing):
        await planning.submit(plan, by=TANAKA)
    assert await planning.plan(plan) == plan
    await record(
        planning,
        version=FormVersion.WITH_CONSENT,
        programmes=frozenset({Programme.MULTI_AGENCY}),
        heard_privacy_rule=True,
        signed_on=TODAY,
        helped_by=SUZUKI.id,
    )
    assert (await planning.submit(plan, by=TANAKA)).state is PlanState.SUBMITTED_JUSO


@pytest.mark.rule("DOMAIN-3.7")
async def test_forms_are_taken_by_those_who_work_on_the_case(planning: Planning) -> None:
    with pytest.raises(NotYours):
        await record(planning, by=IMAI)
    with pytest.raises(NotYours):
        await write_assessment(
            planning.uow, case_id=A12.id, sheet=NEVER, by=IMAI.id, **planning.now
        )
    assert await planning.deeds() == []


@pytest.mark.rule("R-005")
async def test_a_direct_assessment_says_with_whom_it_was_settled(planning: Planning) -> None:
    with pytest.raises(CoordinationNoteMissing):
        await planning.assess(direct_assessment=True)
    sheet = await planning.assess(direct_assessment=True, coordination_note="包括と電話で")
    async with planning.uow.read() as work:
        assert await work.assessments.of_case(A12.id) == (sheet,)


@pytest.mark.rule("MA-5")
async def test_where_the_town_asks_for_it_two_agencies_write_an_assessment(
    planning: Planning,
) -> None:
    sakai = read_profile("sakai")
    own = replace(SUZUKI, agency_id=AgencyId("hidamari"))
    elsewhere = replace(TANAKA, agency_id=AgencyId("shakyo"))
    async with planning.uow.write() as work:
        for name in ("hidamari", "shakyo"):
            agency = Agency(id=AgencyId(name), municipality_id=MIDORI, code=name, name=name)
            await work.towns.put_agency(agency)
        await work.staff.put(own)
        await work.staff.put(elsewhere)
        await work.commit()

    async def write(*others: StaffId) -> IntakeAssessment:
        return await write_assessment(
            planning.uow,
            case_id=A12.id,
            sheet=replace(NEVER, authors=others),
            by=SUZUKI.id,
            profile=sakai,
            **planning.now,
        )

    with pytest.raises(OneAgencyOnly):
        await write()
    assert await planning.deeds() == []
    assert (await write(TANAKA.id)).authors == (SUZUKI.id, TANAKA.id)


@pytest.mark.rule("R-012")
async def test_who_should_be_there_early_is_answered_and_told(planning: Planning) -> None:
    with pytest.raises(EarlyLinkUnanswered):
        await planning.assess(screening=Screening.ACCEPT)
    await planning.assess(screening=Screening.ACCEPT, early_links=frozenset())
    assert "assessment.early_link" not in await planning.deeds()
    await planning.assess(
        screening=Screening.ACCEPT, early_links=frozenset({Programme.PARTICIPATION})
    )
    (event,) = [e.event for e in await planning.trail() if e.event.action.endswith("early_link")]
    assert event.now == "participation"


async def test_each_issue_belongs_to_a_member_and_a_sheet_has_its_co_authors(
    planning: Planning,
) -> None:
    sheet = await planning.assess(
        authors=(NAKANO.id, SUZUKI.id),
        members=(MemberIssues(person_id=A.id, issues=frozenset({Issue.ISOLATION})),),
        fields=frozenset({Field.ISOLATION}),
    )
    assert sheet.authors == (SUZUKI.id, NAKANO.id)
    with pytest.raises(NotFound):
        await planning.assess(authors=(StaffId("staff-nobody"),))


async def test_a_later_view_is_a_sheet_of_its_own(planning: Planning) -> None:
    first = await planning.assess(formulation="はじめの見立て")
    later = await planning.assess(
        formulation="三か月あとの見立て", assessed_on=TODAY + timedelta(days=90)
    )
    async with planning.uow.read() as work:
        assert await work.assessments.of_case(A12.id) == (later, first)
    assert (await planning.draft()).assessment_id == later.id
