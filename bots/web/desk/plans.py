"""プラン: written, put before meetings, begun before consent (P1 to P5)."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, held
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import programme_names
from bots.web.desk.plan_sheet import read_sheet, sheet_entries
from core.agencies import Role
from core.ids import PlanId
from core.plans.machine import ENDED
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus, PlanSheet
from core.plans.submitting import STAFF_OF
from core.programmes import Programme
from core.usecases.plans.draft_plan import draft_plan
from core.usecases.plans.put_preconsent_plan_in_force import put_preconsent_plan_in_force
from core.usecases.plans.resume_draft import resume_draft
from core.usecases.plans.rewrite_plan import rewrite_plan
from core.usecases.plans.submit_plan import submit_plan

PLANS: Final = "プラン"
DRAFTERS: Final = frozenset(STAFF_OF.values())
_S = PlanState


def plan_in(view: View, of: str) -> Plan:
    """The plan of this id; the desk offers only those in the story."""
    return next(plan for plan in view.story.plans if plan.id == of)


def plan_name(view: View, plan: Plan) -> str:
    """What a plan is called on a link."""
    early = "・同意前" if plan.sheet.legal_status is LegalStatus.PRE_CONSENT else ""
    again = f"・第{plan.edition}版" if plan.edition > 1 else ""
    return f"{programme_names(view)[plan.programme]}{early}{again}"


def plans_at(view: View, *states: PlanState, own: bool = False) -> tuple[Offer, ...]:
    """The plans at these stages; `own`: of the reader's programmes."""
    return tuple(
        Offer(of=plan.id, about=plan_name(view, plan))
        for plan in view.story.plans
        if plan.state in states and (not own or STAFF_OF[plan.programme] in view.roles)
    )


def of_plan(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    """What every step of a plan is told."""
    return {
        "plan_id": PlanId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
    }


def version_of(view: View, of: str) -> tuple[Entry, ...]:
    """The version that a form was made from."""
    return (held("version", plan_in(view, of).version),)


def told(view: View, plan: Plan) -> str:
    """Where the plan is now, in one sentence."""
    return f"プラン({plan_name(view, plan)})は、いま「{word(plan.state)}」です。"


def _free(view: View) -> Iterable[Offer]:
    """The programmes in which this reader may begin a plan."""
    for programme, name in programme_names(view).items():
        if STAFF_OF[programme] not in view.roles:
            continue
        live = {
            plan.sheet.legal_status
            for plan in view.story.plans
            if plan.programme is programme and plan.state not in ENDED
        }
        kinds = len(LegalStatus) if programme is Programme.OUTREACH else 1
        if len(live) < kinds:
            yield Offer(of=programme.value, about=name)


def _empty(view: View, programme: Programme) -> PlanSheet:
    number = f"{view.story.case.alias}-{len(view.story.plans) + 1}"
    home = view.story.household
    return PlanSheet(
        number=number,
        made_on=view.today,
        maker_id=view.reader,
        household_on_public_assistance=home is not None and home.public_assistance,
    )


def _new(view: View, of: str) -> tuple[Entry, ...]:
    programme = Programme(of)
    return sheet_entries(view, programme, _empty(view, programme))


async def _draft(means: Means, filled: Filled, of: str) -> str:
    programme = Programme(of)
    view = means.view
    plan = await draft_plan(
        means.uow,
        case_id=view.story.case.id,
        programme=programme,
        sheet=read_sheet(filled, view, programme, was=_empty(view, programme)),
        by=means.by,
        at=means.at,
    )
    return f"プランの案({plan_name(view, plan)})を書きました。まだ会議には出ていません。"


def _again(view: View, of: str) -> tuple[Entry, ...]:
    plan = plan_in(view, of)
    return (*sheet_entries(view, plan.programme, plan.sheet), *version_of(view, of))


async def _rewrite(means: Means, filled: Filled, of: str) -> str:
    plan = plan_in(means.view, of)
    sheet = read_sheet(filled, means.view, plan.programme, was=plan.sheet)
    written = await rewrite_plan(means.uow, sheet=sheet, **of_plan(means, filled, of))
    return f"プランの案({plan_name(means.view, written)})を書き直しました。"


async def _submit(means: Means, filled: Filled, of: str) -> str:
    return told(means.view, await submit_plan(means.uow, tz=means.tz, **of_plan(means, filled, of)))


def _endorsed_first(view: View) -> bool:
    """Whether the town has every plan before consent looked at first (DOMAIN §12-1)."""
    return view.profile is None or view.profile.endorse_before_consent


def _may_begin_early(view: View) -> Iterable[Offer]:
    yield from plans_at(view, _S.ENDORSED, own=True)
    if not _endorsed_first(view):
        for offer in plans_at(view, _S.DRAFT, own=True):
            if plan_in(view, offer.of).sheet.legal_status is LegalStatus.PRE_CONSENT:
                yield offer


async def _begin_early(means: Means, filled: Filled, of: str) -> str:
    begun = await put_preconsent_plan_in_force(means.uow, tz=means.tz, **of_plan(means, filled, of))
    return told(means.view, begun)


async def _resume(means: Means, filled: Filled, of: str) -> str:
    return told(
        means.view, await resume_draft(means.uow, tz=means.tz, **of_plan(means, filled, of))
    )


def plan_deed(
    key: str,
    title: str,
    who: Collection[Role],
    *,
    entries: Any = version_of,
    act: Any,
    offered: Any,
    explains: str = "",
) -> Deed:
    return Deed(
        key=key,
        title=title,
        room=PLANS,
        who=frozenset(who),
        entries=entries,
        act=act,
        offered=offered,
        explains=explains,
    )


DEEDS: Final = (
    plan_deed(
        "draft-plan",
        "プランの案を書く",
        DRAFTERS,
        entries=_new,
        act=_draft,
        offered=_free,
        explains="下書きです。あとから何度でも書き直せます。会議に出すときに、足りないものをお知らせします。",
    ),
    plan_deed(
        "rewrite-plan",
        "プランの案を書き直す",
        DRAFTERS,
        entries=_again,
        act=_rewrite,
        offered=lambda view: plans_at(view, _S.DRAFT, own=True),
    ),
    plan_deed(
        "submit-plan",
        "プランを会議に出す",
        DRAFTERS,
        act=_submit,
        offered=lambda view: plans_at(view, _S.DRAFT, own=True),
        explains="申込の前のプランは支援会議、後のプランは重層的支援会議に出ます。",
    ),
    plan_deed(
        "begin-early-plan",
        "同意前のプランで始める",
        DRAFTERS,
        act=_begin_early,
        offered=_may_begin_early,
    ),
    plan_deed(
        "resume-plan",
        "戻ってきたプランを直しはじめる",
        DRAFTERS,
        act=_resume,
        offered=lambda view: plans_at(view, _S.RETURNED, own=True),
    ),
)
