"""What must be so of a case at every moment, whoever did what; said anew, not by the core."""

from collections.abc import Iterator

from core.basis import Basis
from core.cases import CaseState
from core.consent.scopes import LineScope, MeetingScope, ServiceScope
from core.courses.participation import ParticipationState
from core.letters import LetterState
from core.meetings.sittings import MeetingState
from core.plans.patterns import NEEDS_DECISION
from core.plans.record import PlanState
from core.plans.sheet import LegalStatus
from core.programmes import Programme
from core.resources import MatchState
from tests.core.usecases.whole_case import Standing

# Before these the items of a meeting may still have to go another way.
AHEAD = frozenset(
    {
        MeetingState.REQUESTED,
        MeetingState.TYPE_CHECKED,
        MeetingState.SLOT_OFFERED,
        MeetingState.SCHEDULED,
        MeetingState.CONVENED,
    }
)
SETTLED = frozenset({PlanState.FINAL, PlanState.IN_FORCE, PlanState.EVALUATION_DUE})
AGREED = frozenset({CaseState.CONSENTED, CaseState.CONTINUING_SUPPORT, CaseState.CLOSING_REVIEW})


def no_rule_is_broken(now: Standing) -> None:
    """Every broken rule at once."""
    broken = [
        *_of_consent(now),
        *_of_plans(now),
        *_of_letters(now),
        *_of_the_way(now),
        *_of_what_connects(now),
    ]
    assert not broken, broken


def _of_consent(now: Standing) -> Iterator[str]:
    shared = {scope.body for scope in now.given() if isinstance(scope, MeetingScope)}
    for meeting in now.meetings:
        for item in meeting.live:
            block = meeting.block_of(item)
            begun = block is not None and block.begins_at <= now.at
            if meeting.state not in AHEAD or item.ground is None or begun:
                continue
            if item.ground.basis is Basis.JUSO and item.ground.body_id not in shared:
                yield f"R-039: {item.id} is ahead in JUSO, and nobody agreed to it"


def _of_plans(now: Standing) -> Iterator[str]:
    for plan in now.plans:
        if plan.sheet.legal_status is LegalStatus.PRE_CONSENT and plan.final_on:
            yield f"R-021: {plan.id} is from before consent, and final"
        if plan.state in SETTLED and plan.pattern in NEEDS_DECISION and plan.municipal is None:
            yield f"P9: {plan.id} is final, and nobody decided"
        if plan.municipal is not None and plan.municipal.by in plan.drafted_by:
            yield f"P9: {plan.id} was decided by whoever drafted it"


def _of_letters(now: Standing) -> Iterator[str]:
    line = any(isinstance(scope, LineScope) for scope in now.given())
    for letter in now.letters:
        if letter.state is LetterState.SCHEDULED and not line:
            yield f"C5: {letter.id} would go, and nobody may write"
        if letter.approved_by is not None and letter.approved_by == letter.author_id:
            yield f"G-06: {letter.id} was approved by its own author"


def _of_the_way(now: Standing) -> Iterator[str]:
    course, used = now.course, _used(now)
    if course.state in AGREED and Programme.OUTREACH not in used:
        yield f"O19: {course.state} without an application"
    post = course.post_closing
    if course.state in {CaseState.CLOSED, CaseState.FOLLOW_UP} and not (
        post and post.lead_agency_id
    ):
        yield "R-069: closed, and nobody leads on"
    part = now.participation
    if part is None:
        return
    if part.state is ParticipationState.SETTLING and Programme.PARTICIPATION not in used:
        yield "PT13: settling without an application"
    handed = part.post_closing is not None and part.post_closing.lead_agency_id is not None
    if part.state is ParticipationState.KEEP_IN_TOUCH and not handed:
        yield "R-069: participation closed, and nobody leads on"


def _of_what_connects(now: Standing) -> Iterator[str]:
    for referral in now.referrals:
        if referral.sent_on is not None and referral.explained_at is None:
            yield f"R-002: {referral.id} was sent without a word to the person"
    for match in now.matches:
        if match.state is MatchState.STABLE and match.stable_since is None:
            yield f"R-064: {match.id} is stable since never"


def _used(now: Standing) -> set[Programme]:
    return {scope.programme for scope in now.given() if isinstance(scope, ServiceScope)}
