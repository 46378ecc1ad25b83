"""What a colleague finds on their desk about plans: read from the rows, gone when it is done."""

from datetime import date, datetime, time, timedelta

import pytest

from core.agencies import Role, Staff
from core.basis import Basis
from core.ids import CaseId
from core.meetings.decisions import Outcome
from core.programmes import PLANNING, Programme
from core.reminders import ReminderKind as K
from core.shielding import Care, CareMark
from core.usecases.desk.show_desk import show_desk
from core.usecases.plans.note_evaluation_due import note_evaluation_due
from core.usecases.plans.report_plan import report_plan
from tests.core.usecases.plans.planning import (
    EARLY_SHEET,
    LATER,
    NAKANO,
    OTHER_SHEET,
    TAKAHASHI,
    Planning,
)
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO, A

Found = list[tuple[K, CaseId, date | None]]


async def desk(planning: Planning, staff: Staff) -> Found:
    """What is owed, as this colleague's desk says."""
    midnight = datetime.combine(planning.today + timedelta(days=1), time(), tzinfo=TOKYO)
    shown = await show_desk(planning.uow, staff_id=staff.id, day_ends=midnight)
    return [(one.kind, one.case.id, one.due_on) for one in shown.reminders]


def line(kind: K, due_on: date | None = None) -> tuple[K, CaseId, date | None]:
    return (kind, A12.id, due_on)


@pytest.mark.rule("R-012")
async def test_an_early_link_lies_on_the_providers_desk_until_it_is_there(
    planning: Planning,
) -> None:
    await planning.assess(early_links=frozenset({Programme.PARTICIPATION, Programme.OUTREACH}))
    assert await desk(planning, NAKANO) == [line(K.EARLY_LINK, planning.today)]
    # Outreach is there already, and a coordinator is no provider of either.
    assert await desk(planning, SUZUKI) == []
    assert await desk(planning, TANAKA) == []


@pytest.mark.rule("R-015")
async def test_what_a_mark_closes_lies_on_no_desk(planning: Planning) -> None:
    await planning.assess(early_links=frozenset({Programme.PARTICIPATION}))
    async with planning.uow.write() as work:
        await work.care_marks.put(
            CareMark(
                person_id=A.id, care=Care.DV_VICTIM, cleared=frozenset({SATO.id}), closes_case=True
            )
        )
        await work.commit()
    assert await desk(planning, NAKANO) == []


@pytest.mark.rule("P8")
async def test_a_decision_waits_on_the_officers_desk(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    waiting = await planning.approved(await planning.draft())
    assert await desk(planning, TAKAHASHI) == [line(K.DECISION_WAITING)]
    assert await desk(planning, SUZUKI) == []
    await planning.decide(waiting)
    assert await desk(planning, TAKAHASHI) == []
    assert await desk(planning, SATO) == [line(K.PLAN_FINAL)]
    assert await desk(planning, SUZUKI) == []


@pytest.mark.rule("P5")
@pytest.mark.rule("P4")
async def test_what_a_meeting_said_waits_for_those_who_drafted(planning: Planning) -> None:
    await planning.assess()
    await planning.submit(await planning.draft(EARLY_SHEET))
    await planning.carry(await planning.sits(Outcome.ENDORSED, basis=Basis.SHIEN))
    assert await desk(planning, SUZUKI) == [line(K.PLAN_ENDORSED)]
    await planning.agrees(*PLANNING)
    await planning.submit(await planning.draft())
    await planning.carry(await planning.sits(Outcome.RETURNED))
    assert line(K.PLAN_RETURNED) in await desk(planning, SUZUKI)
    assert await desk(planning, TANAKA) == []


@pytest.mark.rule("P12")
async def test_an_evaluation_waits_for_lead_and_drafters(planning: Planning) -> None:
    plan = await planning.running()
    await note_evaluation_due(
        planning.uow,
        plan_id=plan.id,
        version=plan.version,
        by=SATO.id,
        reason="入院した",
        **planning.now,
    )
    for staff in (SATO, SUZUKI):
        assert await desk(planning, staff) == [line(K.EVALUATION_DUE, LATER)]
    assert await desk(planning, NAKANO) == []


@pytest.mark.rule("P10")
async def test_a_late_report_lies_on_the_leads_desk_until_it_is_given(planning: Planning) -> None:
    await planning.agrees(*PLANNING)
    await planning.assess()
    draft = await planning.draft(OTHER_SHEET, programme=Programme.MULTI_AGENCY, by=TANAKA)
    final = await planning.approved(draft, by=TANAKA)
    assert await desk(planning, TANAKA) == []
    planning.at += timedelta(days=31)
    late = line(K.REPORT_LATE, final.report_due_on)
    assert late in await desk(planning, TANAKA)
    assert late in await desk(planning, SATO)
    await report_plan(
        planning.uow, plan_id=final.id, version=final.version, by=TANAKA.id, **planning.now
    )
    assert late not in await desk(planning, SATO)


async def test_a_desk_without_cases_is_clear(planning: Planning) -> None:
    await planning.running()
    nobody = Staff(
        id=NAKANO.id,
        municipality_id=NAKANO.municipality_id,
        code="x",
        name="x",
        roles=frozenset({Role.CLERK}),
    )
    async with planning.uow.write() as work:
        await work.staff.put(nobody)
        await work.commit()
    assert await desk(planning, nobody) == []
