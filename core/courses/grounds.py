"""What a step of a case stands on: plain values, looked up by whoever loads the records.

A guard reads only what its row needs; everything else may stay empty.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.assessments import Screening
from core.basis import Basis
from core.cases import LeadMode
from core.closing import Farewell, PostClosing, ReopenReason
from core.consent.covers import ShareInMeeting, covers, may_plan
from core.consent.kinds import ConsentType
from core.consent.ledger import ConsentLine
from core.errors import CaseworkError
from core.ids import AgencyId, PersonId
from core.interruption import LossReport
from core.plans.decisions import MeetingDecision
from core.plans.record import PlanState
from core.preparation import PreCoordination
from core.programmes import Programme

CLOSE_OK: Final = "CLOSE_OK"
INTERRUPT_OK: Final = "INTERRUPT_OK"
NOT_YET: Final = frozenset({"NOT_YET", "REPLAN_NEEDED", "RETURNED"})


class MeetingUndecided(CaseworkError):
    """Plan, re-plan, closing and interruption are decided in a meeting of the right law (R-030).

    Facts: `allowed`, the item that is needed: purpose and basis.
    """

    rule = "R-030"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """主担当の検討: who leads, with whom, and since when the other agency agreed."""

    mode: LeadMode
    agency_id: AgencyId | None = None
    accepted_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanStanding:
    """Where a plan stands.

    Attributes:
        before_consent: its legal status.
        meeting: what the 重層的支援会議 spoke on it, with its members; None for none.
    """

    id: str
    programme: Programme
    state: PlanState
    before_consent: bool = False
    meeting: ShareInMeeting | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """All that the guards may look at.

    Attributes:
        today: the local day of `at`.
        ledger: every line of the person.
        assessment: id of the assessment (O2: of the first note).
        endorsement_required: the town wants every pre-consent plan endorsed (DOMAIN §12-1).
        evaluation: id of the complete evaluation sheet.
        loss: what the log says since contact seems lost; `lost_since` is that moment.
        signs: ids of entries that show contact (O15).
        letters_were_sent: over LINE, ever, on this case.
        end_made: a letter told that the next is the last, and the last was sent (G-21).
        source_told: whoever told us knows what became of it (O20), or was consulted (R-008).
        reason: a code or a short staff text; never the person's words.
        early_start: why participation cannot wait for the decision (R-061).
        match: id of the match with a place or host.
        stable_since: since when the tie is stable.
        screening: what the screening of multi-agency found.
        linked_arrangement: how a case given back stays linked (R-008).
        farewell: how letters came to their end, where nothing else of a closing is settled.
        shien_sits: the town has a 支援会議; without one nothing waits for it [D].
        direct_assessment: multi-agency asks the person itself; `coordination_note` says what
            was agreed with the source (R-005).
    """

    at: datetime
    today: date
    ledger: tuple[ConsentLine, ...] = ()
    assessment: str = ""
    lead: Lead | None = None
    preparation: PreCoordination | None = None
    plan: PlanStanding | None = None
    endorsement_required: bool = True
    evaluation: str = ""
    meeting: MeetingDecision | None = None
    closing: PostClosing | None = None
    loss: LossReport | None = None
    lost_since: datetime | None = None
    signs: tuple[str, ...] = ()
    letters_were_sent: bool = False
    end_made: bool = False
    reopen: ReopenReason | None = None
    source_told: bool = False
    reason: str = ""
    early_start: str = ""
    match: str = ""
    stable_since: date | None = None
    screening: Screening | None = None
    linked_arrangement: str = ""
    direct_assessment: bool = False
    coordination_note: str = ""
    farewell: Farewell | None = None
    shien_sits: bool = True


def applied(grounds: Grounds, *, person: PersonId, programme: Programme) -> bool:
    """Whether the person's application for the programme is in force."""
    return may_plan(grounds.ledger, subject=person, today=grounds.today, programme=programme)


def shares_in_some_meeting(grounds: Grounds, *, person: PersonId) -> bool:
    """Whether the person agreed to be spoken of in any body."""
    return any(
        line.subject == person
        and line.type is ConsentType.SHARE_MEETING
        and line.in_force(grounds.today)
        for line in grounds.ledger
    )


def may_be_shared(grounds: Grounds, need: ShareInMeeting, *, person: PersonId) -> bool:
    """Whether the person agreed to be spoken of before these members."""
    return covers(grounds.ledger, need, subject=person, today=grounds.today)


def decided(meeting: MeetingDecision | None, *, purpose: str, basis: Basis, word: str) -> bool:
    """Whether this is a decision of that purpose, law and outcome."""
    return meeting is not None and (meeting.purpose, meeting.basis, meeting.decision) == (
        purpose,
        basis.value,
        word,
    )


def require_decided(grounds: Grounds, *, purpose: str, basis: Basis, word: str) -> None:
    """Refuse a step that a meeting has to decide and has not.

    Raises:
        MeetingUndecided: facts `allowed`.
    """
    if not decided(grounds.meeting, purpose=purpose, basis=basis, word=word):
        raise MeetingUndecided(allowed=f"an item {purpose} in {basis}, decided {word}")


def closing_basis(grounds: Grounds, *, person: PersonId) -> Basis:
    """Under which law a closing is decided: JUSO, as R-030 says; where the person took sharing
    back and support runs on, the SHIEN body has to do [D]."""
    return Basis.JUSO if shares_in_some_meeting(grounds, person=person) else Basis.SHIEN


def interruption_basis(grounds: Grounds, *, person: PersonId, programme: Programme) -> Basis:
    """Under which law an interruption is decided: JUSO if consent covers it, else SHIEN [I]."""
    whole = applied(grounds, person=person, programme=programme) and shares_in_some_meeting(
        grounds, person=person
    )
    return Basis.JUSO if whole else Basis.SHIEN
