"""What a row of a course stands on, loaded from the record."""

from datetime import date, datetime
from typing import Any, Final

from core.basis import Basis
from core.cases import Case
from core.consent.covers import ShareInMeeting
from core.courses.grounds import Grounds, PlanStanding
from core.endings import end_made
from core.ids import CaseId
from core.interruption import EffortRules, LossReport, report_loss
from core.letters import LetterKind, LetterState
from core.meetings.bodies import MeetingBody, sits_here
from core.meetings.ids import MeetingId
from core.plans.evaluation import EvaluationResult
from core.plans.machine import ENDED
from core.plans.record import Plan
from core.plans.sheet import LegalStatus
from core.ports import Work
from core.programmes import Programme
from core.resources import MatchState

_REACHED: Final = frozenset({LetterState.SENT, LetterState.UNREACHABLE})
_TRIED: Final = frozenset({MatchState.TRIAL, MatchState.SETTLING, MatchState.STABLE})


async def grounds_of(
    work: Work,
    case: Case,
    *,
    at: datetime,
    today: date,
    programme: Programme = Programme.OUTREACH,
    plan: Plan | None = None,
    effort: EffortRules | None = None,
    **given: Any,
) -> Grounds:
    """What the record says now of one case, as far as guards of this programme look at it.

    Args:
        today: the local day of `at`.
        plan: the plan it is about; None takes the one under way, or else the latest.
        effort: how much the town asks for before contact counts as lost (R-052).
        given: what only whoever acts can say, by the names of `Grounds`; wins over the record.
    """
    plans = [one for one in await work.plans.of_case(case.id) if one.programme is programme]
    current = plan or _current(plans)
    since: datetime | None = given.get("lost_since") or await _lost_since(work, case)
    assessments = await work.assessments.of_case(case.id)
    record: dict[str, Any] = {
        "ledger": tuple(reversed(await work.consents.of_person(case.person_id))),
        "assessment": assessments[0].id if assessments else "",
        "plan": None if current is None else await standing_of(work, current),
        "evaluation": _evaluation(current, plans),
        "lost_since": since,
        "loss": None if since is None else await loss_since(work, case.id, since, effort=effort),
        **await _letters_so_far(work, case.id),
        "shien_sits": sits_here(Basis.SHIEN, bodies=await work.bodies.all()),
        **await _settled(work, case.id),
    }
    return Grounds(at=at, today=today, **(record | given))


async def standing_of(work: Work, plan: Plan) -> PlanStanding:
    """Where a plan stands, and before whom it was spoken of."""
    return PlanStanding(
        id=plan.id,
        programme=plan.programme,
        state=plan.state,
        before_consent=_before_consent(plan),
        meeting=await _share_of(work, plan),
    )


async def loss_since(
    work: Work, case_id: CaseId, since: datetime, *, effort: EffortRules | None = None
) -> LossReport:
    """What the contact log says from that moment on (R-052)."""
    return report_loss(await work.contacts.since(case_id, since=since), since=since, rules=effort)


def _before_consent(plan: Plan) -> bool:
    return plan.sheet.legal_status is LegalStatus.PRE_CONSENT


def _current(plans: list[Plan]) -> Plan | None:
    """The plan after consent that is under way; else the one before consent; else the latest."""
    running = [plan for plan in plans if plan.state not in ENDED]
    after = [plan for plan in running if not _before_consent(plan)]
    return next(iter((*after, *running, *plans)), None)


def _evaluation(current: Plan | None, plans: list[Plan]) -> str:
    """Id of the evaluation that proposes to close, of the plan under way or closed just now."""
    for plan in plans if current is None or current.state in ENDED else [current]:
        sheet = plan.evaluation
        if sheet is not None and sheet.result is EvaluationResult.CLOSE:
            return sheet.id
    return ""


async def _share_of(work: Work, plan: Plan) -> ShareInMeeting | None:
    """The body and list before which the plan was approved; None without a 重層的支援会議."""
    if not plan.approved_in or _before_consent(plan):
        return None
    meeting = await work.meetings.get(MeetingId(plan.approved_in))
    for item in meeting.live:
        ours = item.case_id == plan.case_id and plan.programme in item.programmes
        if ours and item.ground is not None and item.ground.basis is Basis.JUSO:
            body = await work.bodies.get(item.ground.body_id)
            return share_in(body, roster=item.ground.roster)
    return None


def share_in(body: MeetingBody, *, roster: int) -> ShareInMeeting:
    """The need to be covered for this version of a body's list, by it or by one that held all."""
    met = [one.holders for one in body.rosters if one.number == roster]
    wide = frozenset(one.number for one in body.rosters if met and met[0] <= one.holders)
    return ShareInMeeting(body=body.id, membership_version=roster, not_wider_than=wide)


async def _lost_since(work: Work, case: Case) -> datetime | None:
    """The moment named when an interruption was thought over, if it was."""
    courses = (
        await work.courses.outreach(case),
        await work.courses.participation(case.id),
        await work.courses.multi_agency(case.id),
    )
    return next((one.lost_since for one in courses if one and one.lost_since), None)


async def _letters_so_far(work: Work, case_id: CaseId) -> dict[str, bool]:
    """Whether any were sent, and whether they came to an end that was told."""
    letters = await work.letters.of_case(case_id, limit=None)
    sent = any(
        letter.state in _REACHED and letter.kind is not LetterKind.ACKNOWLEDGEMENT
        for letter in letters
    )
    return {"letters_were_sent": sent, "end_made": end_made(letters)}


async def _settled(work: Work, case_id: CaseId) -> dict[str, Any]:
    """The match with a place that was tried, the most stable one first (R-064, R-065)."""
    tried = [m for m in await work.resources.matches_of_case(case_id) if m.state in _TRIED]
    if not tried:
        return {}
    best = min(tried, key=lambda m: (m.stable_since is None, m.stable_since or date.max))
    return {"match": best.id, "stable_since": best.stable_since}
