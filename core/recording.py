"""Write down what LINE answered, in a transaction that is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.ids import LetterId
from core.leaflet_steps import note_places_told
from core.letters import LetterState, Reason
from core.outbox import (
    CHANNEL_REST,
    Accepted,
    ChannelClosed,
    DeliveryState,
    Outcome,
    Refused,
    TryLater,
    backoff,
)
from core.ports import Claim, SentLetter, Settled, Work
from core.quota import month_of
from core.quota_steps import rest_channel
from core.steps import move, moved

Answer = tuple[Claim, Outcome]
AS_REPLY: Final = "way=reply"
"""Of a sent letter in the record: it went as a reply, which LINE's quota does not count."""


async def record(work: Work, answers: Sequence[Answer], *, at: datetime) -> None:
    """Record the outcomes of claimed deliveries.

    Accepted letters become SENT with a contact entry, an audit event and fresh cards, all in
    batches. An outcome whose lease was lost meanwhile is left to whoever holds it now: the same
    retry key tells them the same.
    """
    if not answers:
        return
    settled = [_settled(claim, outcome, at=at) for claim, outcome in answers]
    recorded = await work.outbox.settle(settled, at=at)
    held = [answer for answer in answers if answer[0].delivery_id in recorded.deliveries]
    accepted = [(claim, outcome) for claim, outcome in held if isinstance(outcome, Accepted)]
    await _accepted(work, accepted, recorded.sent, at=at)
    await _replies_go_as_pushes(work, held)
    for claim, outcome in held:
        if isinstance(outcome, Refused) and claim.reply_token is None:
            await _refused(work, claim, outcome, at=at)
    closed = [outcome for _, outcome in held if isinstance(outcome, ChannelClosed)]
    if closed:
        await rest_channel(work, closed[0], at=at)


async def _replies_go_as_pushes(work: Work, answers: Sequence[Answer]) -> None:
    late = [
        claim.delivery_id
        for claim, outcome in answers
        if claim.reply_token is not None and isinstance(outcome, Refused)
    ]
    if late:
        await work.outbox.as_pushes(late)


def _settled(claim: Claim, outcome: Outcome, *, at: datetime) -> Settled:
    state, next_at, doubt, request_id = DeliveryState.READY, at, claim.doubt_before, ""
    match outcome:
        case Accepted(request_id=request_id):
            state = DeliveryState.ACCEPTED
        case Refused() if claim.reply_token is not None:
            # The token was used or has run out; nothing was sent, and it goes as a push at once.
            pass
        case Refused():
            # A 4xx means that nothing was sent by this request; an earlier one may still have
            # been, and then nobody can say.
            state = DeliveryState.REFUSED if doubt is None else DeliveryState.IN_DOUBT
        case ChannelClosed():
            next_at = at + CHANNEL_REST
        case TryLater(maybe_taken=maybe_taken):
            next_at = at + backoff(claim.attempts)
            doubt = doubt or (at if maybe_taken else None)
    return Settled(
        claim.delivery_id, claim.letter_id, claim.lease, state, next_at, doubt, request_id
    )


async def _accepted(
    work: Work,
    answers: Sequence[tuple[Claim, Accepted]],
    marked: set[LetterId],
    *,
    at: datetime,
) -> None:
    if not answers:
        return
    pushes = sum(claim.reply_token is None and not o.already for claim, o in answers)
    if pushes:
        await work.quotas.count(pushes, month=month_of(at))
    sent = [SentLetter(claim.letter_id, claim.case_id) for claim, _ in answers]
    await work.contacts.log_sent(sent, at=at)
    await work.audit.append(
        *(_sent_event(claim, o, claim.letter_id in marked, at=at) for claim, o in answers)
    )
    await work.cards.redraw([letter_id for letter_id, _ in sent], at=at)
    leaflets = [claim.letter_id for claim, _ in answers if claim.leaflet]
    if leaflets:
        await note_places_told(work, leaflets, at=at)


def _sent_event(claim: Claim, outcome: Accepted, marked: bool, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action="letter.sent" if marked else "letter.sent_unmarked",
        at=at,
        actor=SYSTEM,
        role=Role.SYSTEM,
        subject=claim.letter_id,
        case_id=claim.case_id,
        was=LetterState.SCHEDULED.value,
        now=LetterState.SENT.value,
        reason="already accepted" if outcome.already else "",
        evidence=(
            f"line_request={outcome.request_id}",
            f"attempt={claim.attempts}",
            *(() if claim.reply_token is None else (AS_REPLY,)),
        ),
    )


async def _refused(work: Work, claim: Claim, outcome: Refused, *, at: datetime) -> None:
    doubtful = claim.doubt_before is not None
    to = LetterState.UNREACHABLE if doubtful else LetterState.FAILED
    reason = Reason.NO_CERTAINTY if doubtful else Reason.REFUSED_BY_LINE
    letter = await work.letters.get(claim.letter_id)
    if letter.state is not LetterState.SCHEDULED:
        return
    changed = move(letter, to, reason=reason)
    if await work.letters.change(changed, version=letter.version):
        await work.audit.append(
            moved(letter, to, at=at, reason=reason.value, evidence=(f"status={outcome.status}",))
        )
        await work.cards.redraw(letter.cards, at=at)
