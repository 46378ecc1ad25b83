"""A referral from the care office to multi-agency, and the step that each row asks for."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.agencies import Role
from core.ids import AgencyId, CaseId, ReferralId, StaffId
from core.referrals.machine import take_step
from core.referrals.record import (
    ROLES_TO_DIVIDE,
    Feedback,
    Referral,
    ReferralKind,
    ReferralState,
    ReferralStep,
    WorryMeasure,
)
from tests.people import MIDORI, MONDAY

S = ReferralState
TODAY = date(2026, 11, 30)
SOURCE = AgencyId("agency-care-office")
RECEIVER = AgencyId("agency-multi")
WRITER = StaffId("staff-intake")

REFERRAL = Referral(
    id=ReferralId("referral-1"),
    municipality_id=MIDORI,
    case_id=CaseId("case-a12"),
    kind=ReferralKind.TO_MULTI_AGENCY,
    from_agency_id=SOURCE,
    from_staff_id=WRITER,
    to_agency_id=RECEIVER,
    reason=ROLES_TO_DIVIDE,
    summary="三つの窓口が別々に関わっている",
    to_contact="調整役 田中",
)
FROM_SOURCE = frozenset({S.EXPLAINED, S.ACCEPTED_BY_PERSON, S.NOT_YET, S.SENT, S.DONE})
WAY = (
    S.EXPLAINED,
    S.ACCEPTED_BY_PERSON,
    S.SENT,
    S.RECEIVED,
    S.ACCEPTED,
    S.CONNECTED,
    S.FEEDBACK_DUE,
    S.FEEDBACK_GIVEN,
    S.DONE,
)


def step(to: ReferralState, **facts: Any) -> ReferralStep:
    """A step as the right side would ask for it, with everything that it could need."""
    asked = ReferralStep(
        to=to,
        by=WRITER,
        role=Role.INTAKE_WORKER,
        agency_id=SOURCE if to in FROM_SOURCE else RECEIVER,
        at=MONDAY,
        on=TODAY,
        own_words="話してみてもいい",
        reason="いまの窓口で足りる",
        consulted="電話で相談した",
        linked_support="週に一度の電話",
        with_person=frozenset({WorryMeasure.JOINT_TALK}),
        acknowledge_by=date(2026, 12, 2),
        feedback_due_on=date(2026, 12, 14),
        feedback=Feedback(seen_on=TODAY, happened="お会いできた"),
    )
    return replace(asked, **facts)


def moved(referral: Referral, to: ReferralState, **facts: Any) -> Referral:
    """The referral after such a step."""
    return take_step(referral, step(to, **facts)).referral


def along(until: ReferralState, referral: Referral = REFERRAL) -> Referral:
    """The referral on its usual way, up to a state."""
    for to in WAY[: WAY.index(until) + 1]:
        referral = moved(referral, to)
    return referral
