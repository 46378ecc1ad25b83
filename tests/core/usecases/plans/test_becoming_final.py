"""From the first draft to a final plan, through the real storage (P1 to P11, P18)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role
from core.basis import Basis
from core.cases import CaseState
from core.errors import CaseworkError
from core.ids import HouseholdId, PersonId
from core.meetings.circles import NotInTheCircle
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.meetings.results import NothingDecidedYet
from core.meetings.sittings import MeetingState
from core.people import Household
from core.plans.approving import MunicipalDecisionMissing, OwnPlan, PlanReasonMissing
from core.plans.carrying import NothingToCarryOver
from core.plans.decisions import MunicipalAct
from core.plans.drafting import AssessmentMissing, PlanUnderWay, SheetFixed
from core.plans.fitness import PublicAssistanceOfficeMissing
from core.plans.items import PlanMeetingIncomplete, PlanNotDecidedInMeeting
from core.plans.machine import PlanNotFromHere
from core.plans.record import Plan, PlanState
from core.plans.running import CopyNotOffered, MonitoringNotSet
from core.plans.sheet import AgencyPart
from core.plans.submitting import JusoNeedsConsent, OnlyOutreachBeforeConsent
from core.programmes import PLANNING, Programme
from core.steps import Overtaken, RoleNeeded
from core.usecases.plans.put_preconsent_plan_in_force import put_preconsent_plan_in_force
from core.usecases.plans.report_plan import report_plan
from core.usecases.plans.resume_draft import resume_draft
from core.usecases.plans.rewrite_plan import rewrite_plan
from tests.core.plans import examples
from tests.core.usecases.plans.planning import (
    EARLY_SHEET,
    IMAI,
    LATER,
    NAKANO,
    OTHER_SHEET,
    OUTREACH_SHEET,
    TAKAHASHI,
    Planning,
    colleague,
)
from tests.people import SATO, SUZUKI, TANAKA, A

S = PlanState
M = Programme.MULTI_AGENCY


async def start_early(planning: Planning, plan: Plan, **changes: Any) -> Plan:
    return await put_preconsent_plan_in_force(
        planning.uow,
        plan_id=plan.id,
        version=plan.version,
        by=SUZUKI.id,
        **planning.now,
        **changes,
    )


@pytest.mark.rule("P1")
async def test_a_draft_follows_an_assessment_and_stands_alone(planning: Planning) -> None:
    with pytest.raises(AssessmentMissing):
        await planning.draft()
    sheet = await planning.assess()
    plan = await planning.draft()
    assert (plan.assessment_id, plan.state, plan.drafted_by) == (
        sheet.id,
        S.DRAFT,
        frozenset({SUZUKI.id}),
    )
    with pytest.raises(PlanUnderWay):
        await planning.draft()
    assert await planning.plans() == (plan,)
    # Before consent is another plan.
    assert await planning.draft(EARLY_SHEET)


@pytest.mark.rule("P1")
@pytest.mark.rule("DOMAIN-3.7")
async def test_each_programme_is_drafted_by_its_own_staff(planning: Planning) -> None:
    await planning.assess()
    for programme, by in ((Programme.PARTICIPATION, SUZUKI), (Programme.OUTREACH, TANAKA)):
        with pytest.raises(NotYours):
            await planning.draft(programme=programme, by=by)
    assert await planning.draft(programme=Programme.PARTICIPATION, by=NAKANO)
    assert await planning.draft(OTHER_SHEET, programme=M, by=TANAKA)


@pytest.mark.rule("P1")
async def test_a_draft_is_rewritten_until_it_is_submitted(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.draft()
    again = {"plan_id": plan.id, "sheet": replace(OUTREACH_SHEET, number="P-2"), "at": planning.at}
    written = await rewrite_plan(planning.uow, version=1, by=SATO.id, **again)  # type: ignore[arg-type]
    assert (written.version, written.drafted_by) == (2, frozenset({SUZUKI.id, SATO.id}))
    with pytest.raises(Overtaken):
        await rewrite_plan(planning.uow, version=1, by=SATO.id, **again)  # type: ignore[arg-type]
    submitted = await planning.submit(written)
    with pytest.raises(SheetFixed):
        await rewrite_plan(planning.uow, version=submitted.version, by=SATO.id, **again)  # type: ignore[arg-type]
    assert await planning.plan(plan) == submitted


@pytest.mark.rule("P1")
async def test_a_draft_is_not_rewritten_into_a_second_plan(planning: Planning) -> None:
    await planning.assess()
    await planning.draft()
    early = await planning.draft(EARLY_SHEET)
    with pytest.raises(PlanUnderWay):
        await rewrite_plan(
            planning.uow,
            plan_id=early.id,
            version=early.version,
            sheet=OUTREACH_SHEET,
            by=SUZUKI.id,
            at=planning.at,
        )


@pytest.mark.rule("P2")
@pytest.mark.rule("P4")
@pytest.mark.rule("R-021")
async def test_before_consent_the_shien_meeting_endorses_and_it_begins(planning: Planning) -> None:
    await planning.assess()
    plan = await planning.submit(await planning.draft(EARLY_SHEET))
    assert plan.state is S.SUBMITTED_SHIEN
    item = await planning.sits(Outcome.ENDORSED, basis=Basis.SHIEN)
    (endorsed,) = await planning.carry(item)
    assert (endorsed.state, endorsed.approved_in) == (S.ENDORSED, item[0])
    begun = await start_early(planning, endorsed)
    assert begun.state is S.IN_FORCE_PRECONSENT


@pytest.mark.rule("P4")
async def test_a_town_may_leave_the_endorsement_to_judgement(planning: Planning) -> None:
    await planning.assess()
    plan = await planning.draft(EARLY_SHEET)
    with pytest.raises(PlanNotDecidedInMeeting):
        await start_early(planning, plan)
    begun = await start_early(planning, plan, endorsement_required=False)
    assert begun.state is S.IN_FORCE_PRECONSENT


@pytest.mark.rule("P3")
@pytest.mark.rule("R-021")
async def test_never_before_the_juso_meeting_without_application_and_sharing(
    planning: Planning,
) -> None:
    await planning.assess()
    plan = await planning.draft()
    for missing in ("SERVICE_USE", "SHARE_MEETING"):
        with pytest.raises(JusoNeedsConsent) as refused:
            await planning.submit(plan)
        assert refused.value.facts["missing"] == missing
        if missing == "SERVICE_USE":
            await planning.agrees(Programme.OUTREACH, share=False)
    await planning.agrees(Programme.PARTICIPATION)
    assert (await planning.submit(plan)).state is S.SUBMITTED_JUSO
    early = await planning.draft(EARLY_SHEET)
    with pytest.raises(OnlyOutreachBeforeConsent):
        await planning.submit(early)


@pytest.mark.rule("R-011")
async def test_the_office_of_public_assistance_is_in_the_plan_of_such_a_household(
    planning: Planning,
) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    home = Household(
        id=HouseholdId("home"),
        municipality_id=A.municipality_id,
        code="home",
        label="A宅",
        public_assistance=True,
    )
    async with planning.uow.write() as work:
        await work.people.put_household(home)
        await work.people.put(replace(A, household_id=home.id))
        await work.commit()
    forgotten = await planning.draft()
    with pytest.raises(PublicAssistanceOfficeMissing):
        await planning.submit(forgotten)
    office = AgencyPart(
        agency_id=examples.OFFICE, part="生活保護", is_public_assistance_office=True
    )
    plan = await rewrite_plan(
        planning.uow,
        plan_id=forgotten.id,
        version=forgotten.version,
        sheet=replace(OUTREACH_SHEET, agencies=(OUTREACH_SHEET.agencies[0], office)),
        by=SUZUKI.id,
        at=planning.at,
    )
    assert (await planning.submit(plan)).sheet.household_on_public_assistance


@pytest.mark.rule("P5")
async def test_what_the_meeting_gives_back_says_why_and_is_a_draft_again(
    planning: Planning,
) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.submit(await planning.draft())
    item = await planning.sits(Outcome.RETURNED)
    (returned,) = await planning.carry(item)
    assert returned.state is S.RETURNED
    (event,) = [e.event for e in await planning.trail() if e.event.action == "plan.returned"]
    assert event.reason == "もう少し具体的に"
    draft = await resume_draft(
        planning.uow,
        plan_id=plan.id,
        version=returned.version,
        by=SUZUKI.id,
        **planning.now,
    )
    assert draft.state is S.DRAFT
    with pytest.raises(NothingToCarryOver):
        await planning.carry(item)


@pytest.mark.rule("P6")
@pytest.mark.rule("P7")
@pytest.mark.rule("P8")
@pytest.mark.rule("O7")
@pytest.mark.rule("R-062")
async def test_pattern_1_is_final_by_municipal_decision_and_support_begins(
    planning: Planning,
) -> None:
    await planning.agrees(*PLANNING)
    await planning.stands(CaseState.CONSENTED)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    assert (waiting.state, waiting.final_on) == (S.AWAITING_DECISION, None)
    assert await planning.state() is CaseState.CONSENTED
    final = await planning.decide(waiting)
    assert (final.state, final.final_on) == (S.FINAL, planning.today)
    assert final.municipal is not None
    assert final.municipal.by == TAKAHASHI.id
    assert await planning.state() is CaseState.CONTINUING_SUPPORT
    deeds = await planning.deeds()
    assert [
        deed for deed in deeds if deed.startswith("plan.") and deed[5:8] in ("app", "awa", "fin")
    ] == ["plan.approved", "plan.awaiting_decision", "plan.final"]


@pytest.mark.rule("P10")
@pytest.mark.rule("R-062")
async def test_pattern_3_is_final_at_approval_and_reported_afterwards(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.draft(OTHER_SHEET, programme=M, by=TANAKA)
    final = await planning.approved(plan, by=TANAKA)
    assert (final.state, final.municipal) == (S.FINAL, None)
    assert final.report_due_on == planning.today + timedelta(days=30)
    with pytest.raises(PlanNotFromHere):
        await planning.decide(final)
    told = await report_plan(
        planning.uow, plan_id=plan.id, version=final.version, by=TANAKA.id, **planning.now
    )
    assert told.reported_on == planning.today
    with pytest.raises(CaseworkError):
        await report_plan(
            planning.uow, plan_id=plan.id, version=told.version, by=TANAKA.id, **planning.now
        )


@pytest.mark.rule("P8")
@pytest.mark.rule("DOMAIN-3.2")
async def test_only_an_officer_who_did_not_write_on_it_decides(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    for nobody in (SUZUKI, TANAKA, IMAI):
        with pytest.raises(NotYours):
            await planning.decide(waiting, by=nobody)
    async with planning.uow.write() as work:
        both = replace(SUZUKI, roles=SUZUKI.roles | {Role.MUNICIPAL_OFFICER})
        await work.staff.put(both)
        await work.commit()
    with pytest.raises(OwnPlan):
        await planning.decide(waiting, by=both)
    assert await planning.plan(waiting) == waiting


@pytest.mark.rule("P8")
@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"acts": frozenset({MunicipalAct.CONFIRMED_OTHER})}, "DECIDED"),
        ({"acts": frozenset(MunicipalAct) - {MunicipalAct.REPORTED}}, "no REFUSED"),
        ({"content": "  "}, "content"),
    ],
)
async def test_a_decision_says_what_is_provided(
    planning: Planning, changes: dict[str, Any], missing: str
) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    with pytest.raises(MunicipalDecisionMissing) as refused:
        await planning.decide(waiting, **changes)
    assert missing in refused.value.facts["missing"]
    assert await planning.plan(waiting) == waiting


@pytest.mark.rule("P9")
async def test_a_refusal_says_why_and_goes_back(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.stands(CaseState.CONSENTED)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    refuse = frozenset({MunicipalAct.REFUSED})
    with pytest.raises(PlanReasonMissing):
        await planning.decide(waiting, acts=refuse)
    returned = await planning.decide(waiting, acts=refuse, reason="内容の確認が必要")
    assert returned.state is S.RETURNED
    assert await planning.state() is CaseState.CONSENTED


@pytest.mark.rule("P6")
@pytest.mark.rule("P8")
@pytest.mark.rule("P11")
async def test_consent_that_went_meanwhile_stops_the_plan_at_every_door(
    planning: Planning,
) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    final = await planning.decide(waiting)
    await planning.takes_back("share")
    with pytest.raises(JusoNeedsConsent):
        await planning.begin(final)
    other = await planning.draft(OTHER_SHEET, programme=M, by=TANAKA)
    with pytest.raises(JusoNeedsConsent):
        await planning.submit(other, by=TANAKA)


@pytest.mark.rule("P8")
async def test_consent_that_went_before_the_decision_stops_it(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    await planning.takes_back("use-outreach")
    with pytest.raises(JusoNeedsConsent):
        await planning.decide(waiting)
    assert await planning.plan(waiting) == waiting


@pytest.mark.rule("P11")
async def test_the_lead_begins_a_final_plan_with_its_next_day(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    final = await planning.decide(await planning.approved(await planning.draft()))
    for changes, error in (
        ({"next_monitoring_on": planning.today}, MonitoringNotSet),
        ({"copy_offered": False}, CopyNotOffered),
    ):
        with pytest.raises(error):
            await planning.begin(final, **changes)
    with pytest.raises(RoleNeeded):
        await planning.begin(final, by=TANAKA)
    running = await planning.begin(final)
    assert (running.state, running.next_monitoring_on) == (S.IN_FORCE, LATER)
    async with planning.uow.read() as work:
        (due,) = await work.monitorings.of_plan(final.id)
    assert (due.due_on, due.done_on) == (LATER, None)


@pytest.mark.rule("P18")
async def test_the_plan_before_consent_ends_when_the_one_after_it_is_final(
    planning: Planning,
) -> None:
    await planning.assess()
    early = await planning.draft(EARLY_SHEET)
    early = await start_early(planning, early, endorsement_required=False)
    await planning.agrees(*PLANNING)
    waiting = await planning.approved(await planning.draft())
    assert await planning.plan(early) == early
    await planning.decide(waiting)
    assert (await planning.plan(early)).state is S.SUPERSEDED


@pytest.mark.rule("M8")
async def test_nothing_rests_on_minutes_that_nobody_confirmed(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.submit(await planning.draft())
    item = await planning.sits(state=MeetingState.MINUTES_DRAFT)
    with pytest.raises(NothingDecidedYet):
        await planning.carry(item)
    assert await planning.plan(plan) == plan


@pytest.mark.rule("M8")
async def test_the_item_counts_as_followed_when_no_plan_waits_for_it(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    first = await planning.submit(await planning.draft())
    other = await planning.draft(OTHER_SHEET, programme=M, by=TANAKA)
    second = await planning.submit(other, by=TANAKA)
    item = await planning.sits()

    async def followed() -> bool:
        async with planning.uow.read() as work:
            found = (await work.meetings.get(item[0])).item(item[1])
        assert found is not None
        assert found.decision is not None
        return found.decision.applied_at is not None

    await planning.carry(item, plan_id=first.id)
    assert not await followed()
    (final,) = await planning.carry(item)
    assert (final.id, final.state) == (second.id, S.FINAL)
    assert await followed()


@pytest.mark.rule("R-030")
@pytest.mark.rule("R-082")
async def test_a_decision_is_entered_by_chair_or_secretariat_who_were_allowed_there(
    planning: Planning,
) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    await planning.submit(await planning.draft())
    item = await planning.sits()
    with pytest.raises(RoleNeeded):
        await planning.carry(item, by=SUZUKI)
    elsewhere = colleague("elsewhere", Role.CHAIR)
    async with planning.uow.write() as work:
        await work.staff.put(elsewhere)
        meeting = await work.meetings.get(item[0])
        shut = replace(meeting.items[0], circle=frozenset())
        changed = replace(meeting.with_item(shut), version=meeting.version + 1)
        await work.meetings.change(changed, version=meeting.version)
        await work.commit()
    with pytest.raises(CaseworkError, match="R-082"):
        await planning.carry(item, by=elsewhere)
    with pytest.raises(NotInTheCircle):
        await planning.carry(item)


@pytest.mark.rule("R-031")
async def test_an_empty_mandatory_seat_approves_nothing(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.submit(await planning.draft())
    item = await planning.sits()
    async with planning.uow.write() as work:
        meeting = await work.meetings.get(item[0])
        alone = replace(meeting.items[0], present=frozenset())
        changed = replace(meeting.with_item(alone), version=meeting.version + 1)
        await work.meetings.change(changed, version=meeting.version)
        await work.commit()
    with pytest.raises(PlanMeetingIncomplete):
        await planning.carry(item)
    assert await planning.plan(plan) == plan


@pytest.mark.rule("R-030")
async def test_another_programmes_item_moves_nothing(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    await planning.submit(await planning.draft())
    item = await planning.sits(programmes={Programme.PARTICIPATION})
    with pytest.raises(NothingToCarryOver):
        await planning.carry(item)


@pytest.mark.rule("R-039")
async def test_everybody_whom_the_item_named_has_to_share(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    plan = await planning.submit(await planning.draft())
    father = PersonId("person-f")
    item = await planning.sits(subjects=frozenset({father}), purpose=AgendaPurpose.PLAN)
    with pytest.raises(JusoNeedsConsent):
        await planning.carry(item)
    assert await planning.plan(plan) == plan


@pytest.mark.rule("HOUSE-11")
async def test_two_who_decide_at_once_decide_once(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    await planning.decide(waiting)
    with pytest.raises(Overtaken):
        await planning.decide(waiting)
    finals = [deed for deed in await planning.deeds() if deed == "plan.final"]
    assert len(finals) == 1
