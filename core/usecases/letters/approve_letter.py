"""Approve a letter: freeze its exact request, bind it by hash, and write it into the outbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import Action, require
from core.agencies import Role
from core.approvals import SELF_APPROVED, open_to_approval, reason_to_keep
from core.cases import WRITABLE, Case, CaseResting
from core.consent import ChannelConsentMissing, ConsentLine, ConsentState, ConsentType
from core.errors import CaseworkError
from core.excuses import evidence, require_accepted
from core.ids import LetterId, StaffId
from core.leaflet_steps import open_link_for
from core.letters import (
    Letter,
    LetterKind,
    LetterState,
    ReadAgainFirst,
    WindowClosed,
    binding_hash,
    require_pace,
)
from core.link_steps import LinkUnconfirmed
from core.lint import Proofreader, require_of_age
from core.people import LineLink
from core.ports import LetterPress, UnitOfWork, Work
from core.proofreading import proofread
from core.send_day import answers
from core.series_steps import require_settled
from core.shared_phones import require_fit_for_phone
from core.steps import (
    approvers,
    binding,
    decided,
    enqueue,
    move,
    moved,
    refresh_desks,
)

# A held letter waits for approval once more; approving it is both steps in one.
_READ_AGAIN: Final = {
    LetterState.HELD: (LetterState.PENDING_APPROVAL,),
    LetterState.SCHEDULED: (LetterState.HELD, LetterState.PENDING_APPROVAL),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Approval:
    """Who approves, in which role, when; `own_reason` where it is the author; with which codes."""

    by: StaffId
    role: Role
    at: datetime
    own_reason: str | None
    excused: frozenset[str]


class NotReachable(CaseworkError):
    """The person's LINE account rests, is blocked, or is not linked. Facts: `state`."""

    rule = "S4"


async def approve_letter(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    version: int,
    facts: int,
    by: StaffId,
    at: datetime,
    press: LetterPress,
    proof: Proofreader,
    own_reason: str = "",
    excused: frozenset[str] = frozenset(),
) -> Letter:
    """Approve the letter as it was shown; it is scheduled when this returns.

    Waiting and held letters are approved, and scheduled ones whose approval is about to end, once
    that was told: the new approval takes the place of the old.

    Args:
        version: the letter's version that the approver saw.
        facts: how many facts the case had when the approver saw the letter.
        press: builds the request; the same bytes are sent later.
        proof: reads the words once more.
        own_reason: why the author approves it, where the town allows that; staff words.
        excused: codes of the wording check that block, for which the approver read the author's
            reason and accepts it (§8.8).

    Raises:
        NotYours, OwnLetter, SelfApprovalUnexplained: the approver holds a seat on the case, and
            is not the author or may be for a reason (G-06).
        AlreadyDecided: somebody was faster; facts `by` (staff name), `at`, `state`.
        ReadAgainFirst: S5. SeriesAsks: G-27.
        MinorsNotWrittenTo: G-24. WordingBlocked, ExcuseUnread: S1. ExcuseNeedsSecond: G-06.
        CaseResting: R-022. WindowClosed: S4. LeafletOnSharedPhone: G-12.
        TooSoon: G-03. ChannelConsentMissing: S3. NotReachable: S4. LinkUnconfirmed: C8.
        LeafletNotReleased, LeafletNotYet, LeafletOver, NoNeedUnsaid, DeadlinePressed: G-20.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        approver = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = require(approver, Action.APPROVE_LETTER, case_id=letter.case_id, seats=seats).role
        rules = (await work.towns.get()).letters
        reason = reason_to_keep(letter, approver, rules=rules, given=own_reason)
        if letter.version != version or not open_to_approval(letter):
            raise await decided(work, letter)
        case = await work.cases.get(letter.case_id)
        await require_settled(work, letter)
        await _require_still_fit(work, letter, case, facts=facts, at=at)
        findings = await proofread(work, letter, at=at, proof=proof)
        codes = require_accepted(
            letter, findings, by=by, excusable=proof.excusable, accepted=excused
        )
        leaflet = await open_link_for(work, letter, at=at, tz=proof.tz)
        approval = _Approval(by=by, role=role, at=at, own_reason=reason, excused=codes)
        scheduled = await _schedule(work, letter, case, approval, press=press, leaflet=leaflet)
        await work.cards.redraw(letter.cards, at=at)
        await refresh_desks(work, (*approvers(letter, seats), letter.author_id), at=at)
        await work.commit()
        return scheduled


async def _schedule(
    work: Work,
    letter: Letter,
    case: Case,
    approval: "_Approval",
    *,
    press: LetterPress,
    leaflet: str,
) -> Letter:
    """Freeze and bind; win the row, write the outbox and the record."""
    by, at, own = approval.by, approval.at, approval.own_reason
    link, consent = await _channel(work, letter, at=at)
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
    approved = moved(
        letter,
        LetterState.APPROVED,
        at=at,
        actor=by,
        role=approval.role.value,
        reason="" if own is None else SELF_APPROVED,
        evidence=(f"bound={bound}", f"consent={consent.id}", *evidence(approval.excused)),
    )
    await work.audit.append(approved, moved(scheduled, LetterState.SCHEDULED, at=at))
    return scheduled


async def _require_still_fit(
    work: Work, letter: Letter, case: Case, *, facts: int, at: datetime
) -> None:
    if case.facts != facts:
        raise ReadAgainFirst()
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    if at >= letter.closes_at:
        raise WindowClosed()
    rules = (await work.towns.get()).letters
    person = await work.people.get(letter.person_id)
    require_of_age(person, rules=rules)
    require_fit_for_phone(person, carries_leaflet=letter.kind is LetterKind.LEAFLET)
    if letter.kind is not LetterKind.REPLY:
        pace = await work.letters.pace(letter.person_id, at=at, but=letter.id)
        require_pace(
            max(letter.opens_at, at),
            others=pace.moments,
            gap=rules.gap,
            most_in_30_days=rules.most_in_30_days,
        )


async def _channel(work: Work, letter: Letter, *, at: datetime) -> tuple[LineLink, ConsentLine]:
    consent = await work.consents.current(letter.person_id, ConsentType.CHANNEL_LINE)
    if consent is None or consent.state is not ConsentState.GIVEN:
        raise ChannelConsentMissing()
    link = await work.links.of_person(letter.person_id)
    if link is None or not link.reachable(max(at, letter.opens_at)):
        raise NotReachable(state="UNLINKED" if link is None else link.state.value)
    if link.unconfirmed_since is not None:
        raise LinkUnconfirmed()
    return link, consent
