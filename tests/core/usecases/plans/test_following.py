"""A plan that runs: looked at, evaluated, gone on with, planned anew, ended (P12 to P17)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role
from core.audit import SYSTEM
from core.basis import Basis
from core.cases import CaseState
from core.contacts import Contact, ContactChannel, Met
from core.errors import NotFound
from core.ids import ContactId, PlanId
from core.interruption import EffortRules
from core.meetings.decisions import Outcome
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaPurpose
from core.plans.evaluation import ClosingUnarranged, EvaluationIncomplete, EvaluationResult
from core.plans.following import (
    MonitoringUnfit,
    PartsNotTalkedOver,
    StartBeforeDecision,
    StartGround,
)
from core.plans.items import PlanNotDecidedInMeeting
from core.plans.machine import PlanNotFromHere
from core.plans.record import Plan, PlanState
from core.plans.running import ContactNotLost, EvaluationNotDue, MonitoringNotSet, OtherResult
from core.plans.sheet import AgencyPart
from core.programmes import PLANNING, Programme
from core.steps import RoleNeeded
from core.usecases.plans.continue_plan import continue_plan
from core.usecases.plans.divide_parts import divide_parts
from core.usecases.plans.note_early_start import note_early_start
from core.usecases.plans.note_evaluation_due import note_evaluation_due
from core.usecases.plans.note_evaluations_due import note_evaluations_due
from core.usecases.plans.note_monitoring import note_monitoring
from core.usecases.plans.write_evaluation import write_evaluation
from tests.core.plans import examples
from tests.core.usecases.plans.planning import LATER, NAKANO, Planning, colleague
from tests.databases import new_id
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA

S = PlanState
R = EvaluationResult
AFTERWARDS = LATER + timedelta(days=90)


async def goes_on(planning: Planning, plan: Plan, **changes: Any) -> Plan:
    asked: dict[str, Any] = {"by": TANAKA.id, "next_monitoring_on": AFTERWARDS} | changes
    return await continue_plan(
        planning.uow, plan_id=plan.id, version=plan.version, **planning.now, **asked
    )


@pytest.mark.rule("P12")
async def test_a_plan_is_evaluated_on_its_day_or_after_a_big_change(planning: Planning) -> None:
    plan = await planning.running()
    asked: dict[str, Any] = {"plan_id": plan.id, "version": plan.version, "by": NAKANO.id}
    with pytest.raises(EvaluationNotDue):
        await note_evaluation_due(planning.uow, **asked, **planning.now)
    due = await note_evaluation_due(planning.uow, **asked, **planning.now, reason="入院した")
    assert due.state is S.EVALUATION_DUE


@pytest.mark.rule("DOMAIN-3.7")
async def test_neither_the_privacy_officer_nor_a_stranger_says_that_it_is_due(
    planning: Planning,
) -> None:
    plan = await planning.running()
    officer = colleague("privacy", Role.PRIVACY_OFFICER)
    stranger = colleague("stranger", Role.OUTREACH_WORKER)
    async with planning.uow.write() as work:
        await work.staff.put(officer)
        await work.staff.put(stranger)
        await work.commit()
    asked: dict[str, Any] = {"plan_id": plan.id, "version": plan.version, "reason": "入院した"}
    with pytest.raises(RoleNeeded):
        await note_evaluation_due(planning.uow, by=officer.id, **asked, **planning.now)
    with pytest.raises(NotYours):
        await note_evaluation_due(planning.uow, by=stranger.id, **asked, **planning.now)
    assert await planning.plan(plan) == plan


@pytest.mark.rule("P12")
async def test_on_the_monitoring_day_it_happens_by_itself_once(planning: Planning) -> None:
    plan = await planning.running()
    assert await note_evaluations_due(planning.uow, **planning.now) == 0
    planning.at += timedelta(days=90)
    assert planning.today == plan.next_monitoring_on
    assert await note_evaluations_due(planning.uow, **planning.now) == 1
    assert (await planning.plan(plan)).state is S.EVALUATION_DUE
    assert await note_evaluations_due(planning.uow, **planning.now) == 0
    (event,) = [e.event for e in await planning.trail() if e.event.action == "plan.evaluation_due"]
    assert event.actor == SYSTEM


@pytest.mark.rule("P13")
async def test_an_evaluation_is_complete_or_not_written(planning: Planning) -> None:
    plan = await planning.running()
    with pytest.raises(EvaluationIncomplete) as refused:
        await planning.evaluated(plan, R.CONTINUE, attainment=" ")
    assert refused.value.facts["missing"] == "attainment"
    due = await planning.plan(plan)
    assert due.state is S.EVALUATION_DUE
    asked: dict[str, Any] = {"plan_id": due.id, "version": due.version, **planning.now}
    sheet = examples.evaluation(plan, R.CONTINUE)
    with pytest.raises(NotYours):
        await write_evaluation(planning.uow, sheet=sheet, by=TANAKA.id, **asked)
    done = await write_evaluation(planning.uow, sheet=sheet, by=SATO.id, **asked)
    assert done.evaluation is not None
    assert (done.evaluation.by, done.evaluation.plan_id) == (SATO.id, plan.id)


@pytest.mark.rule("P14")
async def test_after_a_small_change_it_goes_on_to_a_later_day(planning: Planning) -> None:
    plan = await planning.evaluated(await planning.running(), R.CONTINUE)
    with pytest.raises(MonitoringNotSet):
        await goes_on(planning, plan, next_monitoring_on=planning.today)
    with pytest.raises(NotYours):
        await goes_on(planning, plan, by=NAKANO.id)
    on = await goes_on(planning, plan)
    assert (on.state, on.next_monitoring_on) == (S.IN_FORCE, AFTERWARDS)
    async with planning.uow.read() as work:
        days = [one.due_on for one in await work.monitorings.of_plan(plan.id)]
    assert days == [AFTERWARDS, LATER]


@pytest.mark.rule("P14")
@pytest.mark.rule("O11")
async def test_a_closing_that_was_put_off_lets_it_go_on(planning: Planning) -> None:
    plan = await planning.evaluated(await planning.running(), R.CLOSE)
    with pytest.raises(OtherResult):
        await goes_on(planning, plan)
    item = await planning.sits(Outcome.NOT_YET, purpose=AgendaPurpose.CLOSE)
    assert (await goes_on(planning, plan, item=item)).state is S.IN_FORCE


@pytest.mark.rule("P15")
@pytest.mark.rule("R-030")
@pytest.mark.rule("R-063")
async def test_a_re_plan_is_a_new_edition_that_comes_before_another_sitting(
    planning: Planning,
) -> None:
    plan = await planning.evaluated(await planning.running(), R.REPLAN)
    item = await planning.sits(purpose=AgendaPurpose.REPLAN)
    (draft,) = await planning.carry(item)
    assert (draft.state, draft.edition, draft.replaces) == (S.DRAFT, 2, plan.id)
    assert (await planning.plan(plan)).state is S.SUPERSEDED
    submitted = await planning.submit(draft)
    with pytest.raises(PlanNotDecidedInMeeting):
        await planning.carry(item)
    (waiting,) = await planning.carry(await planning.sits(purpose=AgendaPurpose.REPLAN))
    assert (waiting.id, waiting.state) == (submitted.id, S.AWAITING_DECISION)


@pytest.mark.rule("P16")
@pytest.mark.rule("R-069")
async def test_closing_needs_the_meeting_and_somebody_who_leads_on(planning: Planning) -> None:
    running = await planning.running()
    alone = await planning.evaluated(running, R.CLOSE, lead_after=None)
    item = await planning.sits(Outcome.CLOSE_OK, purpose=AgendaPurpose.CLOSE)
    with pytest.raises(ClosingUnarranged):
        await planning.carry(item)
    assert await planning.plan(alone) == alone


@pytest.mark.rule("P16")
async def test_a_closed_plan_stays_closed_and_a_new_one_may_begin(planning: Planning) -> None:
    plan = await planning.evaluated(await planning.running(), R.CLOSE)
    (closed,) = await planning.carry(
        await planning.sits(Outcome.CLOSE_OK, purpose=AgendaPurpose.CLOSE)
    )
    assert closed.state is S.CLOSED
    with pytest.raises(PlanNotFromHere):
        await goes_on(planning, closed)
    again = await planning.draft()
    assert (again.edition, again.id != plan.id) == (1, True)


@pytest.mark.rule("P17")
@pytest.mark.rule("R-052")
async def test_interruption_needs_lost_contact_with_every_effort_on_record(
    planning: Planning,
) -> None:
    plan = await planning.running()
    item = await planning.sits(Outcome.INTERRUPT_OK, purpose=AgendaPurpose.INTERRUPT)
    with pytest.raises(ContactNotLost):
        await planning.carry(item)
    await lose(planning)
    with pytest.raises(ContactNotLost):
        await planning.carry(item, effort=EffortRules(visits=2))
    (ended,) = await planning.carry(item)
    assert (ended.id, ended.state) == (plan.id, S.INTERRUPTED)


async def lose(planning: Planning) -> None:
    """Everything was tried since contact seemed lost, and nothing came."""
    since = planning.at - timedelta(days=40)
    tried = (ContactChannel.AGENCY_TALK, ContactChannel.RESIDENT_INFO, ContactChannel.VISIT)
    async with planning.uow.write() as work:
        for day, channel in enumerate(tried, start=1):
            await work.contacts.add(
                Contact(
                    id=ContactId(new_id()),
                    municipality_id=MIDORI,
                    case_id=A12.id,
                    at=since + timedelta(days=day),
                    channel=channel,
                    met=Met.ABSENT,
                )
            )
        course = await work.courses.outreach(await work.cases.get(A12.id))
        assert course is not None
        await work.courses.put_outreach(replace(course, lost_since=since))
        await work.commit()


@pytest.mark.rule("R-063")
async def test_parts_are_divided_again_where_it_was_talked_over(planning: Planning) -> None:
    plan = await planning.running()
    parts = tuple(
        AgencyPart(agency_id=agency, part="おたがいに交替", leads=agency == examples.OFFICE)
        for agency in (examples.CENTER, examples.OFFICE)
    )

    async def divide(item: tuple[MeetingId, ItemId]) -> Plan:
        return await divide_parts(
            planning.uow,
            plan_id=plan.id,
            version=plan.version,
            parts=parts,
            meeting_id=item[0],
            item_id=item[1],
            by=TANAKA.id,
            **planning.now,
        )

    progress: dict[str, Any] = {"purpose": AgendaPurpose.PROGRESS, "basis": Basis.CASE}
    elsewhere = await planning.sits(
        Outcome.CONTINUES, **progress, programmes={Programme.PARTICIPATION}
    )
    with pytest.raises(PartsNotTalkedOver):
        await divide(elsewhere)
    divided = await divide(await planning.sits(Outcome.CONTINUES, **progress))
    assert divided.sheet.agencies == parts
    assert divided.sheet.actions == plan.sheet.actions


@pytest.mark.rule("R-048")
async def test_what_came_of_looking_at_it_closes_the_planned_day(planning: Planning) -> None:
    plan = await planning.running()
    planning.at += timedelta(days=90)
    asked: dict[str, Any] = {"plan_id": plan.id, "done_on": planning.today, **planning.now}
    with pytest.raises(MonitoringUnfit):
        await note_monitoring(planning.uow, **asked, result="", by=SATO.id)
    with pytest.raises(MonitoringUnfit):
        await note_monitoring(
            planning.uow, **asked, result="会えている", asks_for=Basis.SHIEN, by=SATO.id
        )
    done = await note_monitoring(
        planning.uow, **asked, result="会えている", asks_for=Basis.CASE, by=SATO.id
    )
    extra = await note_monitoring(planning.uow, **asked, result="訪問した", by=SUZUKI.id)
    async with planning.uow.read() as work:
        kept = await work.monitorings.of_plan(plan.id)
    assert set(kept) == {done, extra}
    assert (done.due_on, done.asks_for) == (LATER, "CASE")


@pytest.mark.rule("R-060")
@pytest.mark.rule("R-061")
async def test_an_early_start_says_why_it_cannot_wait(planning: Planning) -> None:
    async def start(programme: Programme, reason: str = "") -> StartGround:
        by = NAKANO if programme is Programme.PARTICIPATION else SUZUKI
        return await note_early_start(
            planning.uow,
            case_id=A12.id,
            programme=programme,
            reason=reason,
            by=by.id,
            at=planning.at,
        )

    with pytest.raises(StartBeforeDecision):
        await start(Programme.PARTICIPATION)
    assert await start(Programme.PARTICIPATION, "お祭りは来週だけ") is StartGround.EARLY
    (event,) = [e.event for e in await planning.trail() if e.event.action == "plan.early_start"]
    assert (event.now, event.reason) == ("participation", "お祭りは来週だけ")
    await planning.running()
    assert await start(Programme.OUTREACH) is StartGround.DECIDED
    assert (await planning.deeds()).count("plan.early_start") == 1


@pytest.mark.rule("P11")
async def test_a_letter_that_was_approved_waits_when_the_plan_is_decided(
    planning: Planning,
) -> None:
    async with planning.uow.read() as work:
        before = (await work.cases.get(A12.id)).facts
    await planning.agrees(*PLANNING)
    await planning.stands(CaseState.CONSENTED)
    await planning.assess()
    await planning.decide(await planning.approved(await planning.draft()))
    async with planning.uow.read() as work:
        assert (await work.cases.get(A12.id)).facts > before


async def test_a_plan_that_is_not_there_is_not_found(planning: Planning) -> None:
    with pytest.raises(NotFound):
        await note_evaluation_due(
            planning.uow, plan_id=PlanId("plan-nowhere"), version=1, by=SUZUKI.id, **planning.now
        )
