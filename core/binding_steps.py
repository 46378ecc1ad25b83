"""Approved: the exact request is frozen, bound by hash, and written into the outbox.

What every approval does inside its open transaction, be it of one letter or of a text that many
people are sent, each in a letter of their own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.agencies import Role
from core.approvals import SELF_APPROVED
from core.binding import binding_hash
from core.cases import Case
from core.consent import ChannelConsentMissing, ConsentLine, ConsentState, ConsentType
from core.consent.scopes import KindNotAgreed, lets
from core.errors import CaseworkError
from core.excuses import evidence
from core.ids import StaffId
from core.letters import Letter, LetterState
from core.link_steps import LinkUnconfirmed
from core.outbox_steps import binding, enqueue
from core.people import LineLink
from core.ports import LetterPress, Work
from core.send_day import answers
from core.steps import decided, move, moved

# A held letter waits for approval once more; approving it is both steps in one.
_READ_AGAIN: Final = {
    LetterState.HELD: (LetterState.PENDING_APPROVAL,),
    LetterState.SCHEDULED: (LetterState.HELD, LetterState.PENDING_APPROVAL),
}


class NotReachable(CaseworkError):
    """The person's LINE account rests, is blocked, or is not linked. Facts: `state`."""

    rule = "S4"


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """Who approves, in which role, when; `own_reason` where it is the author; with which codes."""

    by: StaffId
    role: Role
    at: datetime
    own_reason: str | None = None
    excused: frozenset[str] = frozenset()


async def schedule(
    work: Work,
    letter: Letter,
    case: Case,
    approval: Approval,
    *,
    press: LetterPress,
    leaflet: str = "",
) -> Letter:
    """Freeze and bind; win the row, write the outbox and the record.

    Args:
        leaflet: the link to the leaflet that the letter carries, "" without one.

    Raises:
        ChannelConsentMissing, KindNotAgreed: S3. NotReachable: S4. LinkUnconfirmed: C8.
        AlreadyDecided: somebody was faster.
    """
    by, at, own = approval.by, approval.at, approval.own_reason
    link, consent = await channel_to(work, letter, at=at)
    person = await work.people.get(letter.person_id)
    # One that is approved anew before its approval ends leaves the outbox first.
    if letter.state is LetterState.SCHEDULED and not await work.outbox.withdraw(letter.id):
        raise await decided(work, letter)
    request = press.freeze(
        to=link.line_user_id,
        body=letter.body,
        alt_text=letter.alt_text,
        with_buttons=True,
        leaflet=leaflet,
        quiet=person.shared_device,
    )
    bound = binding_hash(binding(letter, link, consent, request))
    scheduled = move(
        letter,
        LetterState.SCHEDULED,
        via=(*_READ_AGAIN.get(letter.state, ()), LetterState.APPROVED),
        reason=None,
        approved_by=by,
        approved_at=at,
        approved_facts=case.facts,
        bound_hash=bound,
        # Read so shortly before its day, it has been asked about (core.send_day).
        asked_at=at if letter.asks_again and answers(at, opens_at=letter.opens_at) else None,
        confirmed_at=None,
        confirmed_by=None,
        self_approved_reason=own,
        excused=approval.excused,
        decided_by=by,
        decided_at=at,
    )
    if not await work.letters.change(scheduled, version=letter.version):
        raise await decided(work, await work.letters.get(letter.id))
    await enqueue(work, scheduled, request, quiet=person.shared_device)
    await _note(work, letter, scheduled, approval, f"bound={bound}", f"consent={consent.id}")
    return scheduled


async def _note(
    work: Work, letter: Letter, scheduled: Letter, approval: Approval, *bound: str
) -> None:
    """That it was approved, by whom and as what, and that it is scheduled since."""
    approved = moved(
        letter,
        LetterState.APPROVED,
        at=approval.at,
        actor=approval.by,
        role=approval.role.value,
        reason="" if approval.own_reason is None else SELF_APPROVED,
        evidence=(*bound, *evidence(approval.excused)),
    )
    await work.audit.append(approved, moved(scheduled, LetterState.SCHEDULED, at=approval.at))


async def channel_to(work: Work, letter: Letter, *, at: datetime) -> tuple[LineLink, ConsentLine]:
    """The account that the letter would go to, and the consent to it, as they stand.

    Raises:
        ChannelConsentMissing, KindNotAgreed: S3. NotReachable: S4. LinkUnconfirmed: C8.
    """
    consent = await work.consents.current(letter.person_id, ConsentType.CHANNEL_LINE)
    if consent is None or consent.state is not ConsentState.GIVEN:
        raise ChannelConsentMissing()
    if not lets(consent.scope, letter.kind):
        raise KindNotAgreed(kind=letter.kind.value)
    link = await work.links.of_person(letter.person_id)
    if link is None or not link.reachable(max(at, letter.opens_at)):
        raise NotReachable(state="UNLINKED" if link is None else link.state.value)
    if link.unconfirmed_since is not None:
        raise LinkUnconfirmed()
    return link, consent
