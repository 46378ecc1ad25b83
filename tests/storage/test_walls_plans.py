"""What holds of plans in the database itself, even for somebody who goes past the code."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.assessments import IntakeAssessment
from core.ids import AssessmentId, PlanId
from core.plans.following import Monitoring
from core.plans.record import PlanState
from storage.engine import Store
from tests.core.plans import examples
from tests.databases import unit_of_work_on
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA, TOWN, A

DAY = "'2026-11-30'"


@pytest.fixture
async def written(store: Store) -> AsyncIterator[Store]:
    """A database with a draft after consent, one before it, and a monitoring."""
    async with unit_of_work_on(store, municipality_id=MIDORI).write() as work:
        await work.towns.put(TOWN)
        await work.towns.put(replace(TOWN, id="aoba", code="aoba"))  # type: ignore[arg-type]
        for staff in (SATO, SUZUKI, TANAKA):
            await work.staff.put(staff)
        await work.people.put(A)
        await work.cases.add(A12)
        await work.assessments.put(
            IntakeAssessment(
                id=examples.PLAN.assessment_id,
                case_id=A12.id,
                assessed_on=date(2026, 11, 1),
                authors=(SUZUKI.id,),
            )
        )
        assert await work.plans.add(examples.PLAN)
        early = replace(examples.PLAN, id=PlanId("early"), sheet=examples.BEFORE_CONSENT)
        assert await work.plans.add(early)
        await work.monitorings.put(
            Monitoring(id="m", plan_id=examples.PLAN.id, due_on=examples.LATER)  # type: ignore[arg-type]
        )
        await work.commit()
    yield store


async def execute(store: Store, statement: str) -> None:
    async with store.writing() as connection:
        await connection.execute(text(statement))
        await connection.commit()


@pytest.mark.rule("P8")
@pytest.mark.parametrize(
    "change",
    [
        "state = 'FINAL'",
        "state = 'EVALUATED'",
        f"state = 'IN_FORCE', final_on = {DAY}",
        "state = 'DECIDED'",
        "decided_by = 'staff-writer'",
        "programme = 'community_building'",
        "assessment_id = 'nowhere'",
        "replaces = 'nowhere'",
        "case_id = 'nowhere'",
        "municipality_id = 'aoba'",
        # Then two plans of outreach before consent would be under way.
        "before_consent = TRUE",
    ],
)
async def test_a_plan_cannot_be_forged_by_hand(written: Store, change: str) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, f"UPDATE plans SET {change} WHERE id = 'plan-1'")


@pytest.mark.rule("R-021")
@pytest.mark.parametrize("state", ["SUBMITTED_JUSO", "APPROVED", "AWAITING_DECISION", "FINAL"])
async def test_a_plan_before_consent_never_comes_before_the_juso_meeting(
    written: Store, state: str
) -> None:
    with pytest.raises(IntegrityError):
        await execute(
            written,
            f"UPDATE plans SET state = '{state}', final_on = {DAY} WHERE id = 'early'",
        )


@pytest.mark.rule("P1")
async def test_a_second_plan_under_way_is_not_added(written: Store) -> None:
    second = replace(examples.PLAN, id=PlanId("second"))
    async with unit_of_work_on(written, municipality_id=MIDORI).write() as work:
        assert not await work.plans.add(second)
        assert await work.plans.add(
            replace(second, state=PlanState.CLOSED, final_on=examples.TODAY)
        )


async def test_what_a_plan_stands_on_cannot_be_deleted(written: Store) -> None:
    for statement in ("DELETE FROM assessments", "DELETE FROM plans WHERE id = 'plan-1'"):
        with pytest.raises(IntegrityError):
            await execute(written, statement)


async def test_what_people_say_is_sealed(written: Store) -> None:
    async with written.reading() as connection:
        rows = await connection.execute(text("SELECT content FROM plans"))
        kept = [bytes(row[0]) for row in rows]
    assert len(kept) == 2
    for content in kept:
        assert examples.SHEET.wish.encode() not in content
        assert AssessmentId("assessment-1").encode() not in content
