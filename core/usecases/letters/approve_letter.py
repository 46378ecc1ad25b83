"""Approve a letter: freeze its exact request, bind it by hash, and write it into the outbox."""

from datetime import date, datetime

from core.access import Action, require
from core.approvals import open_to_approval, reason_to_keep
from core.binding_steps import Approval, schedule
from core.cases import WRITABLE, Case, CaseResting
from core.excuses import require_accepted
from core.ids import LetterId, StaffId
from core.leaflet_steps import open_link_for
from core.letter_window import fitting_window
from core.letters import (
    Letter,
    LetterKind,
    LetterState,
    ReadAgainFirst,
    WindowClosed,
)
from core.line_modes import require_let_in
from core.lint import Proofreader, require_of_age
from core.notices import NoticeReadAsOne
from core.pace import require_pace
from core.ports import LetterPress, UnitOfWork, Work
from core.proofreading import proofread
from core.series_steps import require_settled
from core.shared_phones import require_fit_for_phone
from core.steps import approvers, decided, refresh_desks, require_end_told


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
    closed_days: frozenset[date] = frozenset(),
    own_reason: str = "",
    excused: frozenset[str] = frozenset(),
) -> Letter:
    """Approve the letter as it was shown; it is scheduled when this returns.

    Waiting and held letters are approved, and scheduled ones whose approval is about to end, once
    that was told: the new approval takes the place of the old.

    Args:
        version: the letter's version that the approver saw.
        facts: how many facts the case had when the approver saw the letter.
        own_reason: why the author approves it, where the town allows that; staff words.
        excused: codes of the wording check that block, for which the approver read the author's
            reason and accepts it (§8.8).

    Raises:
        NotYours, OwnLetter, SelfApprovalUnexplained: the approver holds a seat on the case, and
            is not the author or may be for a reason (G-06).
        AlreadyDecided: somebody was faster; facts `by` (staff name), `at`, `state`.
        ReadAgainFirst: S5. SeriesAsks: G-27. EndUnannounced: G-21.
        MinorsNotWrittenTo: G-24. WordingBlocked, ExcuseUnread: S1. ExcuseNeedsSecond: G-06.
        CaseResting: R-022. WindowClosed: S4. NoticeReadAsOne: R-087. ModeForbids: DOMAIN §9.
        WindowUnfit: G-05; no hour of it suits any more. TooSoon: G-03. LeafletOnSharedPhone: G-12.
        ChannelConsentMissing, KindNotAgreed: S3. NotReachable: S4. LinkUnconfirmed: C8.
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
        if case.facts != facts:
            raise ReadAgainFirst()
        await _require_still_fit(work, letter, case, at=at, proof=proof, closed_days=closed_days)
        codes = await _read_once_more(work, letter, by=by, at=at, proof=proof, excused=excused)
        leaflet = await open_link_for(work, letter, at=at, tz=proof.tz)
        approval = Approval(by=by, role=role, at=at, own_reason=reason, excused=codes)
        scheduled = await schedule(work, letter, case, approval, press=press, leaflet=leaflet)
        await work.cards.redraw(letter.cards, at=at)
        await refresh_desks(work, (*approvers(letter, seats), letter.author_id), at=at)
        await work.commit()
        return scheduled


async def _read_once_more(
    work: Work,
    letter: Letter,
    *,
    by: StaffId,
    at: datetime,
    proof: Proofreader,
    excused: frozenset[str],
) -> frozenset[str]:
    """The codes with which its words stand, once nothing else is against them."""
    await require_end_told(work, letter, at=at)
    findings = await proofread(work, letter, at=at, proof=proof)
    return require_accepted(letter, findings, by=by, excusable=proof.excusable, accepted=excused)


async def _require_still_fit(
    work: Work,
    letter: Letter,
    case: Case,
    *,
    at: datetime,
    proof: Proofreader,
    closed_days: frozenset[date],
) -> None:
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    if at >= letter.closes_at:
        raise WindowClosed()
    if letter.notice_id is not None and letter.state is LetterState.PENDING_APPROVAL:
        raise NoticeReadAsOne(allowed="approve_notice,stop_letter")
    require_let_in(proof.use.mode, letter.kind)
    rules = (await work.towns.get()).letters
    person = await work.people.get(letter.person_id)
    require_of_age(person, rules=rules)
    require_fit_for_phone(person, carries_leaflet=letter.kind is LetterKind.LEAFLET)
    # The person may have told other hours and days off since it was written (G-05, G-22).
    hours = rules.hours_of(person, closed_days=closed_days)
    fitting_window(letter.opens_at, letter.closes_at, at=at, tz=proof.tz, hours=hours)
    if letter.kind is not LetterKind.REPLY and not letter.passes_pace:
        every = person.letter_wishes.take_every
        pace = await work.letters.pace(letter.person_id, at=at, but=letter.id, take_every=every)
        require_pace(
            max(letter.opens_at, at),
            others=pace.moments,
            gap=rules.gap,
            most_in_30_days=rules.most_in_30_days,
            take_every=every,
        )
