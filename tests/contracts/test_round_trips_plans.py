"""Whatever a form, an assessment, a plan or its monitoring holds, the store gives it back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.ids import AssessmentId
from core.plans.decisions import MunicipalDecision
from core.plans.evaluation import EvaluationSheet
from core.plans.following import Monitoring
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus, PlanSheet
from core.ports import UnitOfWork
from core.programmes import PLANNING
from tests.databases import new_id
from tests.people import A12, MIDORI, SATO, SUZUKI, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# PostgreSQL has no NUL in text; lone surrogates are not text.
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)
moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
KNOWN: Mapping[str, Any] = {
    "id": st.builds(new_id),
    "municipality_id": st.just(MIDORI),
    "case_id": st.just(A12.id),
    "person_id": st.just(A.id),
    "recorded_at": st.none() | moments,
}


def any_of(kind: type[Any], **known: Any) -> Any:
    """A record of this kind, every field of it filled at will."""
    hints = get_type_hints(kind)
    given_here = {**KNOWN, **known}
    return st.builds(
        kind,
        **{one.name: given_here.get(one.name, _of(hints[one.name])) for one in fields(kind)},
    )


def _of(hint: Any) -> Any:
    """A value of a field; text as every database takes it."""
    if hint is str or getattr(hint, "__supertype__", None) is str:
        return words
    if isinstance(hint, type) and is_dataclass(hint):
        return any_of(hint)
    arguments = getattr(hint, "__args__", ())
    if not arguments:
        return st.from_type(hint)
    inner = [_of(one) for one in arguments if one not in (type(None), ...)]
    match getattr(hint, "__origin__", None):
        case kind if kind is tuple:
            return st.lists(inner[0], max_size=3).map(tuple)
        case kind if kind is frozenset:
            return st.frozensets(inner[0], max_size=3)
    return st.one_of(*([st.none()] if type(None) in arguments else []), *inner)


assessments = any_of(IntakeAssessment)
sheets = any_of(PlanSheet, legal_status=st.just(LegalStatus.POST_CONSENT))
plans = any_of(
    Plan,
    programme=st.sampled_from(sorted(PLANNING)),
    sheet=sheets,
    state=st.sampled_from(PlanState),
    drafted_by=st.just(frozenset({SUZUKI.id})),
    final_on=st.dates(),
    next_monitoring_on=st.dates(),
    replaces=st.none(),
    municipal=st.none() | any_of(MunicipalDecision, by=st.just(SATO.id)),
    evaluation=st.none() | any_of(EvaluationSheet),
    edition=st.integers(1, 20),
    version=st.integers(1, 1000),
)


@few
@given(form=any_of(IntakeApplicationForm))
async def test_intake_forms(midori: UnitOfWork, form: IntakeApplicationForm) -> None:
    async with midori.write() as work:
        await work.applications.put(form)
        assert await work.applications.get(form.id) == form
        assert form in await work.applications.of_case(A12.id)


@few
@given(sheet=assessments)
async def test_assessments(midori: UnitOfWork, sheet: IntakeAssessment) -> None:
    async with midori.write() as work:
        await work.assessments.put(sheet)
        assert await work.assessments.get(sheet.id) == sheet
        assert sheet in await work.assessments.of_case(A12.id)
        for programme in PLANNING:
            asked = await work.assessments.asking_early(programme, limit=100)
            assert (sheet in asked) == (programme in (sheet.early_links or ()))


@few
@given(sheet=assessments, plan=plans, later=plans, monitoring=any_of(Monitoring))
async def test_plans_with_their_monitoring(
    midori: UnitOfWork, sheet: IntakeAssessment, plan: Plan, later: Plan, monitoring: Monitoring
) -> None:
    async with midori.write() as work:
        await work.assessments.put(sheet)
        plan = replace(plan, assessment_id=AssessmentId(sheet.id))
        assert await work.plans.add(plan)
        assert await work.plans.get(plan.id) == plan
        assert plan in await work.plans.of_case(A12.id)
        assert await work.plans.of_cases([A12.id], states=[plan.state]) == (plan,)
        looked_at = replace(monitoring, plan_id=plan.id)
        await work.monitorings.put(looked_at)
        assert await work.monitorings.of_plan(plan.id) == (looked_at,)
        now = replace(later, id=plan.id, assessment_id=plan.assessment_id, version=plan.version + 1)
        assert await work.plans.change(now, version=plan.version)
        assert not await work.plans.change(now, version=plan.version)
        assert await work.plans.get(plan.id) == now


@few
@given(plan=plans, sheet=assessments)
async def test_what_is_due_is_found_by_its_day(
    midori: UnitOfWork, plan: Plan, sheet: IntakeAssessment
) -> None:
    async with midori.write() as work:
        await work.assessments.put(sheet)
        plan = replace(plan, assessment_id=AssessmentId(sheet.id))
        await work.plans.add(plan)
        day = plan.next_monitoring_on
        assert day is not None
        due = await work.plans.due_for_monitoring(on=day, limit=10)
        assert (plan in due) == (plan.state is PlanState.IN_FORCE)
        waits = plan.state is PlanState.AWAITING_DECISION
        assert (plan in await work.plans.awaiting_decision()) == waits
        owed = plan.report_due_on is not None and plan.reported_on is None
        assert (plan in await work.plans.unreported()) == owed
