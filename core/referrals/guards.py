"""What must be true before a referral moves on: one function per guard, each with its refusal."""

from core.errors import CaseworkError
from core.referrals.record import (
    BACK,
    MULTI_AGENCY_REASONS,
    HandbackPurpose,
    Referral,
    ReferralKind,
    ReferralState,
    ReferralStep,
    Worry,
    WorryMeasure,
)


class ReferralEmpty(CaseworkError):
    """A referral has a reason and a summary (F1). Facts: `missing`, `allowed`."""

    rule = "F1"


class ReasonUnfit(CaseworkError):
    """Multi-agency divides roles, or opens outreach and participation (R-004).

    Facts: `allowed` (reasons).
    """

    rule = "R-004"


class HandbackUnprepared(CaseworkError):
    """A hand-back names its purpose; after closing, plan and a receiver who knows (F9).

    Facts: `missing`, `allowed`.
    """

    rule = "F9"


class NotExplained(CaseworkError):
    """Nothing is sent before role and content were explained to the person (R-002)."""

    rule = "R-002"


class PersonNotReady(CaseworkError):
    """The person has not accepted: only towards outreach, or as a 支援会議 item (R-002, F3).

    Facts: `allowed`.
    """

    rule = "R-002"


class OwnWordsMissing(CaseworkError):
    """What the person said to it is written down (F3). Facts: `allowed`."""

    rule = "F3"


class WorryUnanswered(CaseworkError):
    """Somebody anxious is offered a joint talk or company (R-003). Facts: `allowed`."""

    rule = "R-003"


class AddresseeMissing(CaseworkError):
    """A referral goes to a named window or person (F4). Facts: `missing`, `allowed`."""

    rule = "F4"


class NotThatAgency(CaseworkError):
    """This step belongs to the other side of the referral. Facts: `side`, `allowed`."""

    rule = "DOMAIN-3.4"


class SourceNotConsulted(CaseworkError):
    """A return is talked over with the source, and a linked arrangement holds (R-008).

    Facts: `missing`, `allowed`.
    """

    rule = "R-008"


class FeedbackDayMissing(CaseworkError):
    """Whoever connected says by when the sender hears of it (R-014)."""

    rule = "R-014"


class FeedbackEmpty(CaseworkError):
    """The sender learns what happened (F8). Facts: `missing`, `allowed`."""

    rule = "F8"


def from_source(referral: Referral, step: ReferralStep) -> None:
    """The step is the source's."""
    if step.agency_id != referral.from_agency_id:
        raise NotThatAgency(side="source", allowed=referral.from_agency_id)


def from_receiver(referral: Referral, step: ReferralStep) -> None:
    """The step is the receiver's."""
    if step.agency_id != referral.to_agency_id:
        raise NotThatAgency(side="receiver", allowed=referral.to_agency_id)


def complete(referral: Referral, step: ReferralStep) -> None:
    """Reason and summary are still there, and fit the kind."""
    require_complete(referral, extra_reasons=step.extra_reasons)


def require_complete(referral: Referral, *, extra_reasons: frozenset[str] = frozenset()) -> None:
    """Refuse a referral without reason or summary, or unfit for its kind (F1, F9, R-004)."""
    missing = [name for name in ("reason", "summary") if not getattr(referral, name).strip()]
    if missing:
        raise ReferralEmpty(missing=",".join(missing), allowed="DRAFT")
    reasons = MULTI_AGENCY_REASONS | extra_reasons
    if referral.kind is ReferralKind.TO_MULTI_AGENCY and referral.reason not in reasons:
        raise ReasonUnfit(allowed=",".join(sorted(reasons)))
    if referral.kind in BACK:
        _require_prepared(referral)


def worry_answered(referral: Referral, step: ReferralStep) -> None:
    """Strong worry is answered by a joint talk or by company (R-003)."""
    if step.worry is Worry.STRONG and not step.measures:
        raise WorryUnanswered(allowed=",".join(WorryMeasure))


def explained(referral: Referral, step: ReferralStep) -> None:
    """Role and content were explained to the person (R-002)."""
    if referral.explained_at is None:
        raise NotExplained(allowed=ReferralState.EXPLAINED.value)


def words_kept(referral: Referral, step: ReferralStep) -> None:
    """The person's words on it are on record (F3)."""
    if not step.own_words.strip():
        raise OwnWordsMissing(allowed=ReferralState.EXPLAINED.value)


def towards_outreach(referral: Referral, step: ReferralStep) -> None:
    """Not accepted yet: only outreach may be told, which begins without consent (F3)."""
    if referral.kind is not ReferralKind.TO_OUTREACH:
        raise PersonNotReady(allowed="TO_OUTREACH,SHIEN,EXPLAINED")


def addressed(referral: Referral, step: ReferralStep) -> None:
    """The addressee is named and its answer has a day (F4)."""
    missing = [] if referral.to_contact.strip() else ["to_contact"]
    if step.acknowledge_by is None:
        missing.append("acknowledge_by")
    if missing:
        raise AddresseeMissing(missing=",".join(missing), allowed=referral.state.value)


def talked_over(referral: Referral, step: ReferralStep) -> None:
    """Return: consulted with the source, linked support noted, and a reason (F6, R-008)."""
    missing = [
        name
        for name in ("reason", "consulted", "linked_support")
        if not getattr(step, name).strip()
    ]
    if missing:
        raise SourceNotConsulted(missing=",".join(missing), allowed="RECEIVED,ACCEPTED")


def in_company(referral: Referral, step: ReferralStep) -> None:
    """First contact with somebody anxious is a joint talk or in company (F7)."""
    if referral.worry is Worry.STRONG and not step.with_person:
        raise WorryUnanswered(allowed=",".join(WorryMeasure))


def feedback_day(referral: Referral, step: ReferralStep) -> None:
    """The day by which the sender hears of it, set no later than now (R-014)."""
    if step.feedback_due_on is None and referral.feedback_due_on is None:
        raise FeedbackDayMissing(allowed=referral.state.value)


def feedback_told(referral: Referral, step: ReferralStep) -> None:
    """What happened is told (F8)."""
    if step.feedback is None or not step.feedback.happened.strip():
        raise FeedbackEmpty(missing="happened", allowed=ReferralState.FEEDBACK_DUE.value)


def _require_prepared(referral: Referral) -> None:
    missing = [] if referral.purpose else ["purpose"]
    after = HandbackPurpose.AFTER_CLOSING
    if referral.purpose is after or referral.kind is ReferralKind.POST_CLOSING:
        if referral.purpose is not after:
            missing.append(after.value)
        if referral.plan_id is None:
            missing.append("plan_id")
        if not referral.prepared:
            missing.append("prepared")
    if missing:
        raise HandbackUnprepared(missing=",".join(missing), allowed=ReferralState.DRAFT.value)
