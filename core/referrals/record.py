"""The referral as a record, and one step asked of it (DOMAIN §2.5)."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.agencies import Role
from core.ids import AgencyId, CaseId, MunicipalityId, PlanId, ReferralId, StaffId


class ReferralKind(enum.StrEnum):
    """Where a case is handed."""

    TO_MULTI_AGENCY = "TO_MULTI_AGENCY"
    TO_OUTREACH = "TO_OUTREACH"
    TO_PARTICIPATION = "TO_PARTICIPATION"
    TO_AGENCY = "TO_AGENCY"
    HANDBACK = "HANDBACK"
    POST_CLOSING = "POST_CLOSING"


class ReferralState(enum.StrEnum):
    """The states of DOMAIN §3.4."""

    DRAFT = "DRAFT"
    EXPLAINED = "EXPLAINED"
    ACCEPTED_BY_PERSON = "ACCEPTED_BY_PERSON"
    NOT_YET = "NOT_YET"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"
    CONNECTED = "CONNECTED"
    FEEDBACK_DUE = "FEEDBACK_DUE"
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    DONE = "DONE"


class Worry(enum.StrEnum):
    """How anxious the person is about being handed on (R-003)."""

    NONE = "NONE"
    SOME = "SOME"
    STRONG = "STRONG"


class WorryMeasure(enum.StrEnum):
    """What is offered to somebody who is anxious (S0 第3-1(2)②ア)."""

    JOINT_TALK = "JOINT_TALK"
    ACCOMPANY = "ACCOMPANY"


class HandbackPurpose(enum.StrEnum):
    """つなぎもどし: why a case goes back (F9)."""

    RETURN_LOW_NEED = "RETURN_LOW_NEED"
    LEAD_AT_SOURCE = "LEAD_AT_SOURCE"
    AFTER_CLOSING = "AFTER_CLOSING"


# Reasons for which one refers to multi-agency; a town may add its own criteria.
ROLES_TO_DIVIDE: Final = "ROLES_TO_DIVIDE"
OUTREACH_OR_PARTICIPATION: Final = "OUTREACH_OR_PARTICIPATION"
MULTI_AGENCY_REASONS: Final = frozenset({ROLES_TO_DIVIDE, OUTREACH_OR_PARTICIPATION})
BACK: Final = frozenset({ReferralKind.HANDBACK, ReferralKind.POST_CLOSING})


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """Progress returned to the sender (S4 Adachi); texts are sealed where stored."""

    seen_on: date
    happened: str
    next_step: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral:
    """One handing on.

    Attributes:
        reason: a code, see `MULTI_AGENCY_REASONS`, or staff text for the other kinds.
        summary: needs, without what the receiver does not need; sealed where stored.
        to_contact: the addressee's named person or window.
        explained_at: when role and content were explained to the person (R-002).
        own_words: what the person said to it; sealed where stored.
        measures: offered because of `worry` (R-003).
        requested: information asked for along with it.
        acknowledge_by: within two working days of sending [D].
        returned_because: why it went back.
        consulted: record of the consultation with the source, on return (R-008).
        linked_support: the arrangement that holds the person after a return (R-008).
        feedback_due_on: when the sender hears of it at the latest (R-014).
        purpose, plan_id, prepared: of a hand-back (F9).
        told_late_on: when the sender was last told that news is late (R-014).
    """

    id: ReferralId
    municipality_id: MunicipalityId
    case_id: CaseId
    kind: ReferralKind
    from_agency_id: AgencyId
    from_staff_id: StaffId
    to_agency_id: AgencyId
    reason: str
    summary: str
    state: ReferralState = ReferralState.DRAFT
    to_contact: str = ""
    worry: Worry = Worry.NONE
    measures: frozenset[WorryMeasure] = frozenset()
    explained_at: datetime | None = None
    own_words: str = ""
    requested: tuple[str, ...] = ()
    sent_on: date | None = None
    acknowledge_by: date | None = None
    received_on: date | None = None
    returned_because: str = ""
    consulted: str = ""
    linked_support: str = ""
    first_contact_on: date | None = None
    feedback_due_on: date | None = None
    feedback: Feedback | None = None
    purpose: HandbackPurpose | None = None
    plan_id: PlanId | None = None
    prepared: bool = False
    told_late_on: date | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralStep:
    """One step asked of a referral; only what the row needs is looked at.

    Attributes:
        agency_id: for whom the actor acts; source and receiver are told apart by it.
        on: the local day of `at`.
        worry, measures: what was seen and offered while explaining (F2).
        acknowledge_by: second working day after sending, by the town's calendar [D].
        with_person: in whose company the first contact was (F7).
        extra_reasons: the town's own criteria for multi-agency (R-090).
    """

    to: ReferralState
    by: StaffId | str
    role: Role
    agency_id: AgencyId
    at: datetime
    on: date
    own_words: str = ""
    worry: Worry = Worry.NONE
    measures: frozenset[WorryMeasure] = frozenset()
    reason: str = ""
    consulted: str = ""
    linked_support: str = ""
    with_person: frozenset[WorryMeasure] = frozenset()
    acknowledge_by: date | None = None
    feedback_due_on: date | None = None
    feedback: Feedback | None = None
    extra_reasons: frozenset[str] = frozenset()
