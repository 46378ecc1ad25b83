"""プランシート and 評価シート of the three programmes (DOMAIN §2.6)."""

from collections.abc import Iterator
from datetime import date

from bots.i18n.catalogue import say, word
from bots.i18n.eras import era_day
from bots.i18n.names import Names
from bots.reports.forms.blocks import Block, Box, Cell, Grid, Heading, Paper, line, ticks
from bots.reports.forms.words import corner_of, label, on_paper, tab_of
from core.cases import LeadMode
from core.forms import FormFacts
from core.plans.evaluation import EvaluationKind, EvaluationResult, EvaluationSheet
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus, PlanSheet
from core.programmes import Programme


def plan_paper(facts: FormFacts, plan: Plan, *, names: Names) -> Paper:
    """One plan; that of multi-agency is the application at the same time (X2)."""
    title = "multi_agency_plan" if plan.programme is Programme.MULTI_AGENCY else "plan"
    notes = [say("forms.draft")] if plan.state in (PlanState.DRAFT, PlanState.RETURNED) else []
    return Paper(
        tab=tab_of("plan"),
        title=say(f"forms.title_{title}", programme=names.programme(plan.programme)),
        corner=corner_of(facts),
        blocks=(*_plan(facts, plan, names),),
        notes=(*notes, say("forms.privacy")),
    )


def evaluation_paper(facts: FormFacts, plan: Plan, *, names: Names) -> Paper:
    """The latest evaluation of a plan."""
    assert plan.evaluation is not None
    return Paper(
        tab=tab_of("evaluation"),
        title=say("forms.title_evaluation", programme=names.programme(plan.programme)),
        corner=corner_of(facts),
        blocks=(*_evaluation(facts, plan, plan.evaluation),),
        notes=(say("forms.privacy"),),
    )


def _head(facts: FormFacts, plan: Plan) -> Iterator[Block]:
    sheet = plan.sheet
    edition = say("forms.new") if plan.edition == 1 else say("forms.replan", count=plan.edition - 1)
    yield line(
        Cell(label=label("case"), value=facts.case.alias),
        Cell(label=label("plan_no"), value=sheet.number),
        Cell(label=label("edition"), value=edition),
    )
    yield line(
        Cell(label=label("made_on"), value=era_day(sheet.made_on)),
        Cell(label=label("maker"), value=facts.colleague(sheet.maker_id)),
        Cell(label=label("period"), value=_period(sheet), weight=2),
    )
    yield line(
        Cell(label=label("name"), value=facts.person.name),
        Cell(label=label("birth"), value=on_paper(facts.person, on=sheet.made_on)),
    )


def _plan(facts: FormFacts, plan: Plan, names: Names) -> Iterator[Block]:
    sheet, programme = plan.sheet, plan.programme
    yield from _head(facts, plan)
    if programme is Programme.OUTREACH:
        yield ticks(
            label("legal_status"), [(word(one), one is sheet.legal_status) for one in LegalStatus]
        )
    yield Box(label=label(f"wish_{programme.value}"), text=sheet.wish)
    yield Box(label=label(f"issues_{programme.value}"), text="\n".join(sheet.issues))
    yield Heading(text=label("goals"))
    for title, long_term in (("long_goal", True), ("short_goal", False)):
        said = [
            say("forms.goal", kind=word(goal.kind), text=goal.text)
            for goal in sheet.goals
            if goal.long_term is long_term
        ]
        yield Box(label=label(title), text="\n".join(said), lines=2)
    yield Heading(text=label("actions"))
    yield Grid(
        columns=(label("what"), label("who"), label("programme"), label("when"), label("often")),
        widths=(8, 5, 4, 3, 4),
        rows=tuple(
            (
                action.what,
                facts.agency(action.agency_id),
                "" if action.programme is None else names.programme(action.programme),
                action.starts,
                action.how_often,
            )
            for action in sheet.actions
        ),
    )
    yield Heading(text=label("parts"))
    yield Grid(
        columns=(label("agency"), label("part"), label("lead")),
        widths=(8, 12, 4),
        rows=tuple(
            (facts.agency(one.agency_id), one.part, "○" if one.leads else "")
            for one in sheet.agencies
        ),
    )
    if programme is Programme.OUTREACH:
        yield from _outreach(sheet)
    elif programme is Programme.PARTICIPATION:
        yield from _participation(facts, sheet)
    else:
        yield Heading(text=label("uses"))
        used = [
            (names.programme(one), one in sheet.uses)
            for one in (Programme.OUTREACH, Programme.PARTICIPATION)
        ]
        yield ticks(label("uses_of"), used)
    yield from _foot(facts, plan)


def _outreach(sheet: PlanSheet) -> Iterator[Block]:
    part = sheet.outreach
    yield Heading(text=label("approach"))
    mode = "" if part is None else part.lead_mode
    yield ticks(label("lead_mode"), [(word(one), one.value == mode) for one in LeadMode])
    for name in ("approach", "hook", "key_person", "risk", "stop_conditions"):
        text = "" if part is None else getattr(part, name)
        yield Box(label=label(f"outreach_{name}"), text=text, lines=2)


def _participation(facts: FormFacts, sheet: PlanSheet) -> Iterator[Block]:
    part = sheet.participation
    yield Heading(text=label("place"))
    yield line(
        Cell(label=label("place_of"), value=facts.place),
        Cell(label=label("host"), value="" if part is None else part.host),
    )
    yield Box(label=label("host_needs"), text="" if part is None else part.host_needs, lines=2)
    pays = part is not None and part.pays_actual_cost
    yield ticks(label("cost"), [(label("pays_actual_cost"), pays)])


def _foot(facts: FormFacts, plan: Plan) -> Iterator[Block]:
    sheet, result, municipal = plan.sheet, facts.result, plan.municipal
    monitoring = plan.next_monitoring_on or sheet.monitoring_on
    yield Heading(text=label("settled"))
    yield line(
        Cell(label=label("monitoring"), value=_day(monitoring)),
        Cell(label=label("final_on"), value=_day(plan.final_on)),
    )
    decided = "" if result is None or result.decision is None else word(result.decision)
    yield line(
        Cell(label=label("meeting"), value="" if result is None else result.body),
        Cell(label=label("met_on"), value="" if result is None else era_day(result.on)),
        Cell(label=label("decided"), value=decided),
    )
    acts = "" if municipal is None else "、".join(word(one) for one in sorted(municipal.acts))
    yield line(
        Cell(label=label("municipal"), value=acts, weight=2),
        Cell(
            label=label("decided_on"),
            value="" if municipal is None else era_day(municipal.decided_on),
        ),
    )
    if municipal is not None and municipal.content:
        yield Box(label=label("content"), text=municipal.content, lines=2)
    if sheet.legal_status is LegalStatus.PRE_CONSENT:
        return
    yield Heading(text=label("applies"))
    yield Box(label=label("agreement"), text=say("forms.agreement"), lines=2)
    yield line(
        Cell(label=label("signed_on"), value=_day(sheet.signed_on)),
        Cell(label=label("signature"), value="", weight=2),
    )


def _evaluation(facts: FormFacts, plan: Plan, sheet: EvaluationSheet) -> Iterator[Block]:
    yield from _head(facts, plan)
    yield Heading(text=label("evaluation"))
    yield line(
        Cell(label=label("evaluated_on"), value=era_day(sheet.evaluated_on)),
        Cell(label=label("evaluated_by"), value=facts.colleague(sheet.by)),
    )
    yield ticks(label("occasion"), [(word(one), one is sheet.kind) for one in EvaluationKind])
    for name in ("change", "attainment", "of_plan", "supporters", "remaining", "own_view"):
        yield Box(label=label(name), text=getattr(sheet, name))
    yield ticks(label("outcome"), [(word(one), one is sheet.result) for one in EvaluationResult])
    yield Heading(text=label("afterwards"))
    yield Box(label=label("follow_up"), text=sheet.follow_up, lines=2)
    yield line(Cell(label=label("lead_after"), value=facts.agency(sheet.lead_after)))
    yield Box(label=label("sharing_after"), text=sheet.sharing_after, lines=2)
    yield Box(label=label("reopening_signs"), text=sheet.reopening_signs, lines=2)
    if plan.programme is Programme.MULTI_AGENCY:
        marks = ("issues_ordered", "outlook_exists", "roles_agreed")
        yield ticks(label("in_order"), [(label(one), getattr(sheet, one)) for one in marks])
    yield Box(label=label("lacking_resource"), text=sheet.lacking_resource, lines=2)


def _period(sheet: PlanSheet) -> str:
    begins, ends = _day(sheet.period_from), _day(sheet.period_until)
    return f"{begins}〜{ends}" if begins or ends else ""


def _day(on: date | None) -> str:
    return "" if on is None else era_day(on)
