"""プランの見直し: looked at, evaluated, gone on with, parts divided again (P12 to P14, R-063)."""

from collections.abc import Iterable
from typing import Any, Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.lines import require_no_slips
from bots.web.desk.own_names import programme_names
from bots.web.desk.plan_sheet import read_parts, sheet_entries
from bots.web.desk.plans import DRAFTERS, of_plan, plan_deed, plan_in, plans_at, told, version_of
from bots.web.desk.sitting import item_in, items_in
from core.basis import Basis
from core.ids import AgencyId, EvaluationId, PlanId
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaPurpose
from core.meetings.sittings import MeetingState
from core.plan_steps import AT_WORK
from core.plans.evaluation import EvaluationKind, EvaluationResult, EvaluationSheet
from core.plans.following import StartBeforeDecision, StartGround, require_start
from core.plans.machine import COORDINATOR
from core.plans.patterns import DECIDED_BY_TOWN
from core.plans.record import PlanState
from core.plans.submitting import STAFF_OF
from core.programmes import Programme
from core.usecases.plans.continue_plan import continue_plan
from core.usecases.plans.divide_parts import divide_parts
from core.usecases.plans.note_early_start import note_early_start
from core.usecases.plans.note_evaluation_due import note_evaluation_due
from core.usecases.plans.note_monitoring import note_monitoring
from core.usecases.plans.write_evaluation import write_evaluation

_S = PlanState
_CONFIRMED: Final = frozenset({MeetingState.MINUTES_CONFIRMED, MeetingState.CLOSED})
_TEXTS: Final = (
    ("change", "本人と世帯の変化"),
    ("attainment", "目標はどこまで"),
    ("of_plan", "いまのプランについて"),
    ("supporters", "支える側のようす"),
)
_MORE: Final = (
    ("remaining", "残っている課題"),
    ("follow_up", "これからの見守り方"),
    ("sharing_after", "終わったあとの情報の分かち合い方"),
    ("reopening_signs", "また始めるしるし"),
    ("own_view", "本人の受けとめ"),
    ("lacking_resource", "足りない社会資源"),
)
_IN_ORDER: Final = (
    ("issues_ordered", "課題がほぐれて整理できた"),
    ("outlook_exists", "見通しが立った"),
    ("roles_agreed", "役割の分担が合意できた"),
)


def _monitoring(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="done_on", label="見直した日", kind=Kind.DAY, value=view.today.isoformat()),
        Entry(name="result", label="わかったこと", kind=Kind.TEXT),
        Entry(
            name="asks_for",
            label="話し合う場",
            kind=Kind.CHOICE,
            required=False,
            options=of_enum((Basis.CASE, Basis.JUSO)),
            help="会議に諮るときは、別に「会議に諮る」から。",
        ),
    )


async def _note_monitoring(means: Means, filled: Filled, of: str) -> str:
    await note_monitoring(
        means.uow,
        plan_id=PlanId(of),
        done_on=filled.day("done_on"),
        result=filled.text("result"),
        asks_for=filled.maybe_one("asks_for", Basis),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "モニタリングを記録しました。"


def _due(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="reason",
            label="大きな変化",
            kind=Kind.TEXT,
            required=False,
            help="見直す日が来ていれば、書かなくてもかまいません。",
        ),
        *version_of(view, of),
    )


async def _note_due(means: Means, filled: Filled, of: str) -> str:
    due = await note_evaluation_due(
        means.uow, reason=filled.text("reason"), tz=means.tz, **of_plan(means, filled, of)
    )
    return told(means.view, due)


def _evaluation(view: View, of: str) -> tuple[Entry, ...]:
    agencies = view.story.agencies.values()
    together = plan_in(view, of).programme is Programme.MULTI_AGENCY
    return (
        Entry(
            name="kind",
            label="評価の機会",
            kind=Kind.CHOICE,
            options=of_enum(EvaluationKind),
            value=EvaluationKind.PERIODIC.value,
        ),
        *(Entry(name=name, label=label, kind=Kind.TEXT) for name, label in _TEXTS),
        Entry(
            name="result",
            label="これから",
            kind=Kind.CHOICE,
            options=of_enum(EvaluationResult),
        ),
        *(Entry(name=n, label=label, kind=Kind.TEXT, required=False) for n, label in _MORE),
        Entry(
            name="lead_after",
            label="終わったあとの主担当",
            kind=Kind.CHOICE,
            required=False,
            options=tuple(Option(value=one.id, label=one.name) for one in agencies),
            help="終結のときに要ります。",
        ),
        *(
            Entry(name=name, label=label, kind=Kind.YES, required=False)
            for name, label in (_IN_ORDER if together else ())
        ),
        *version_of(view, of),
    )


async def _evaluate(means: Means, filled: Filled, of: str) -> str:
    plan = plan_in(means.view, of)
    together = plan.programme is Programme.MULTI_AGENCY
    lead_after = filled.maybe("lead_after")
    texts: dict[str, Any] = {name: filled.text(name) for name, _ in (*_TEXTS, *_MORE)}
    texts |= {name: filled.yes(name) for name, _ in (_IN_ORDER if together else ())}
    evaluated = await write_evaluation(
        means.uow,
        sheet=EvaluationSheet(
            id=EvaluationId(""),
            plan_id=plan.id,
            evaluated_on=means.today,
            by=means.by,
            kind=filled.one("kind", EvaluationKind),
            result=filled.one("result", EvaluationResult),
            lead_after=None if lead_after is None else AgencyId(lead_after),
            **texts,
        ),
        tz=means.tz,
        **of_plan(means, filled, of),
    )
    return told(means.view, evaluated)


def _put_off(view: View) -> tuple[Option, ...]:
    """Closings that a meeting put off."""
    return tuple(
        Option(value=offer.of, label=offer.about)
        for offer in items_in(view, _CONFIRMED)
        if item_in(view, offer.of)[1].purpose is AgendaPurpose.CLOSE
    )


def _going_on(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="next_monitoring_on", label="次に見直す日", kind=Kind.DAY),
        Entry(
            name="item",
            label="終結を見送った会議",
            kind=Kind.CHOICE,
            required=False,
            options=_put_off(view),
        ),
        *version_of(view, of),
    )


async def _go_on(means: Means, filled: Filled, of: str) -> str:
    going = await continue_plan(
        means.uow,
        next_monitoring_on=filled.day("next_monitoring_on"),
        item=_item(means.view, filled.text("item")) if filled.text("item") else None,
        tz=means.tz,
        **of_plan(means, filled, of),
    )
    return told(means.view, going)


def _talked_over(view: View) -> tuple[Option, ...]:
    return tuple(Option(value=one.of, label=one.about) for one in items_in(view, _CONFIRMED))


def _dividing(view: View, of: str) -> tuple[Entry, ...]:
    plan = plan_in(view, of)
    return (
        *sheet_entries(view, plan.programme, plan.sheet, parts_only=True),
        Entry(name="item", label="話し合った会議", kind=Kind.CHOICE, options=_talked_over(view)),
        *version_of(view, of),
    )


async def _divide(means: Means, filled: Filled, of: str) -> str:
    lines, parts = read_parts(filled, means.view)
    require_no_slips(lines)
    meeting_id, item_id = _item(means.view, filled.text("item"))
    await divide_parts(
        means.uow,
        parts=parts,
        meeting_id=meeting_id,
        item_id=item_id,
        tz=means.tz,
        **of_plan(means, filled, of),
    )
    return "役割を分け直しました。"


def _early(view: View) -> Iterable[Offer]:
    """Where the programme could not begin without a reason; outreach before multi-agency."""
    for programme, name in programme_names(view).items():
        waits = programme is Programme.PARTICIPATION or view.story.multi_agency is not None
        if programme in DECIDED_BY_TOWN and STAFF_OF[programme] in view.roles and waits:
            try:
                require_start(programme, plans=view.story.plans)
            except StartBeforeDecision:
                yield Offer(of=programme.value, about=name)


def _why_early(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="reason", label="待てない理由", kind=Kind.TEXT),)


async def _start_early(means: Means, filled: Filled, of: str) -> str:
    ground = await note_early_start(
        means.uow,
        case_id=means.view.story.case.id,
        programme=Programme(of),
        reason=filled.text("reason"),
        by=means.by,
        at=means.at,
    )
    if ground is StartGround.EARLY:
        return "早めに始める理由を記録しました。"
    return f"もう始められます({word(ground)})。理由の記録は要りませんでした。"


def _item(view: View, of: str) -> tuple[MeetingId, ItemId]:
    meeting, item = item_in(view, of)
    return meeting.id, item.id


DEEDS: Final = (
    plan_deed(
        "note-monitoring",
        "モニタリングを記録する",
        AT_WORK,
        entries=_monitoring,
        act=_note_monitoring,
        offered=lambda view: plans_at(
            view, _S.IN_FORCE, _S.EVALUATION_DUE, _S.EVALUATED, _S.IN_FORCE_PRECONSENT
        ),
    ),
    plan_deed(
        "note-evaluation-due",
        "プランを評価の時期とする",
        AT_WORK,
        entries=_due,
        act=_note_due,
        offered=lambda view: plans_at(view, _S.IN_FORCE),
    ),
    plan_deed(
        "write-evaluation",
        "評価シートを書く",
        DRAFTERS,
        entries=_evaluation,
        act=_evaluate,
        offered=lambda view: plans_at(view, _S.EVALUATION_DUE, own=True),
    ),
    plan_deed(
        "continue-plan",
        "プランを続ける",
        COORDINATOR,
        entries=_going_on,
        act=_go_on,
        offered=lambda view: plans_at(view, _S.EVALUATED),
    ),
    plan_deed(
        "divide-parts",
        "役割を分け直す",
        COORDINATOR,
        entries=_dividing,
        act=_divide,
        offered=lambda view: plans_at(view, _S.IN_FORCE) if _talked_over(view) else (),
    ),
    plan_deed(
        "note-early-start",
        "決定を待たずに始める理由を書く",
        DRAFTERS,
        entries=_why_early,
        act=_start_early,
        offered=_early,
    ),
)
