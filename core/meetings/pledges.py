"""Secrecy: the notice to a member, the pledge of each individual, and its text (R-041, R-080).

Members of a 支援会議 keep secret everything learnt there, its running too (S0 第4-4(1)④); the
same text names the penalty, whose wording is the municipality's configuration (DOMAIN §9).
"""

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


class PledgeTextIncomplete(CaseworkError):
    """The pledge names what is secret and what a breach costs. Facts: `lacks`, `allowed`."""

    rule = "R-081"


@dataclass(frozen=True, kw_only=True, slots=True)
class Penalty:
    """What a leak from 支援会議 costs, as the town's configuration words it (R-081).

    Attributes:
        imprisonment: with its longest term. The seed writes 懲役; since June 2025 the name of
            the punishment is believed to be 拘禁刑 [U], so no word of it stands in code.
        fine: with its largest amount.
        verified_on: ISO date on which the town checked the statute; "" while it has not.
    """

    imprisonment: str
    fine: str
    statute: str
    verified_on: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PledgeText:
    """The text that a member signs.

    Attributes:
        template: holds `{imprisonment}`, `{fine}`, `{statute}` and `{everything}`.
        everything: the words that say that all is secret, the running of the meeting included.
    """

    version: str
    template: str
    everything: str
    penalty: Penalty


@dataclass(frozen=True, kw_only=True, slots=True)
class Pledge:
    """A signed pledge of one individual; `body_id` None holds for every body of the town."""

    participant_id: ParticipantId
    text_version: str
    signed_at: datetime
    body_id: BodyId | None = None
    until: datetime | None = None


def words_of(text: PledgeText) -> str:
    """The pledge as it is signed.

    Raises:
        PledgeTextIncomplete: a part is empty, or the template leaves it out.
    """
    parts = {
        "imprisonment": text.penalty.imprisonment,
        "fine": text.penalty.fine,
        "statute": text.penalty.statute,
        "everything": text.everything,
    }
    for name, value in parts.items():
        if not value.strip() or f"{{{name}}}" not in text.template:
            raise PledgeTextIncomplete(lacks=name, allowed="complete_pledge_text")
    words = text.template
    for name, value in parts.items():
        words = words.replace(f"{{{name}}}", value)
    return words


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
