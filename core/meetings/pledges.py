"""Secrecy: the notice to a member, and the pledge of each individual (R-041, R-080)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.basis import Basis
from core.errors import CaseworkError
from core.meetings.bodies import MeetingBody, Membership, Participant
from core.meetings.ids import BodyId, ParticipantId


class NotBoundYet(CaseworkError):
    """No access before the notice was given and the pledge signed.

    Facts: `participant` (id), `lacks` (notice, pledge), `allowed`.
    """

    rule = "R-041"


class ContractorNotPledged(CaseworkError):
    """Staff of a contractor pledge secrecy whatever the meeting (Act 106-4(5), S0 第4-6).

    Facts: `participant` (id), `allowed`.
    """

    rule = "R-080"


class ServiceEnded(CaseworkError):
    """The contract or service of this participant does not hold at this time.

    Facts: `participant` (id), `allowed`.
    """

    rule = "R-080"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pledge:
    """A signed pledge of one individual; `body_id` None holds for every body of the town."""

    participant_id: ParticipantId
    text_version: str
    signed_at: datetime
    body_id: BodyId | None = None
    until: datetime | None = None


def has_pledged(
    participant: Participant, *, body: MeetingBody, pledges: Iterable[Pledge], at: datetime
) -> bool:
    """Whether a pledge of this individual holds for this body at this moment."""
    return any(
        p.participant_id == participant.id
        and p.body_id in (None, body.id)
        and p.signed_at <= at
        and (p.until is None or at < p.until)
        for p in pledges
    )


def require_bound(
    participant: Participant,
    *,
    body: MeetingBody,
    membership: Membership | None,
    pledges: Iterable[Pledge],
    at: datetime,
) -> None:
    """Refuse access to somebody who is not bound to secrecy.

    Every membership needs its notice; a 支援会議 and staff of a contractor need the pledge too.
    Somebody let in by consent alone (`membership` None: the person, or an agency named in
    `SHARE_AGENCY`) is given no notice; a contractor's pledge is asked for all the same.

    Raises:
        ServiceEnded: the contract or service is over, or has not begun.
        ContractorNotPledged: a contractor's staff without a pledge (R-080).
        NotBoundYet: notice or pledge is missing (R-041).
    """
    who = participant.id
    if not participant.serves(at):
        raise ServiceEnded(participant=who, allowed="renew_service,other_participant")
    pledged = has_pledged(participant, body=body, pledges=pledges, at=at)
    if participant.is_contractor and not pledged:
        raise ContractorNotPledged(participant=who, allowed="sign_pledge,leave_item")
    if membership is not None:
        noticed = membership.notice_given_at is not None and membership.notice_given_at <= at
        if not noticed:
            raise NotBoundYet(participant=who, lacks="notice", allowed="give_notice,leave_item")
    if body.basis is Basis.SHIEN and not pledged:
        raise NotBoundYet(participant=who, lacks="pledge", allowed="sign_pledge,leave_item")
