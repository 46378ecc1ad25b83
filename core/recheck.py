"""The second look: at the moment of sending, does the letter still fit?

Approval was given in one situation; minutes or weeks later the delivery loop asks again, with
the rows as they are now. Five answers: go, wait, hold for a person to read again, cancel, or
doubt: LINE may have it already, and asking once more could now be a wrong letter.
"""

from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from core.binding import Binding, binding_hash
from core.cases import WRITABLE, CaseState
from core.consent import ConsentState
from core.days import NeverOpen, SendingHours, local_day
from core.ids import LetterId, PersonId, StaffId
from core.leaflet_choice import LeafletStanding
from core.leaflets import LeafletState
from core.letters import LetterKind, LetterState, Reason, approval_ran_out
from core.line_modes import LineMode, lets_in, words_of
from core.outbox import key_ran_out
from core.people import LinkState
from core.profiles import LetterRules
from core.send_day import LOOK_AGAIN, reason_of_closing, still_fits
from core.verdicts import Cancel, Doubt, Go, Hold, Verdict, Wait


# Thousands of these are made in a second; a named tuple is made in a third of a dataclass's time.
class Scheduled(NamedTuple):
    """Of an approved letter, what the second look reads. The fields are those of `Letter`."""

    id: LetterId
    person_id: PersonId
    kind: LetterKind
    body: str
    alt_text: str
    author_id: StaffId
    opens_at: datetime
    closes_at: datetime
    state: LetterState
    version: int
    approved_by: StaffId | None
    approved_at: datetime | None
    approved_facts: int | None
    bound_hash: str | None
    asks_again: bool = False
    confirmed_at: datetime | None = None
    confirmed_by: StaffId | None = None
    self_approved: bool = False
    answers: bool = False
    passes_pace: bool = False
    excused: frozenset[str] = frozenset()


class Situation(NamedTuple):
    """All that decides whether an approved letter may go now, as the rows say at this moment.

    Attributes:
        letter: only what the second look reads of it.
        request: the frozen LINE request body that would be sent, exact bytes.
        approver_seated: the approver still holds the right on this case; of a notice to many, in
            the municipality (R-087); of a colleague's answer, whoever answered may still write
            there.
        last_sent_at: the latest letter to this person from any sender, or one that LINE may
            have taken without our knowing; acknowledgements and replies to the person's own
            words do not count.
        sent_lately: how many letters to this person in the last 30 days, likewise; in
            `take_every` times as many where the person wishes for fewer.
        doubt_since: since when LINE may have taken this letter without our knowing; None while
            it surely has not.
        leaflet: what the letter carries, as it stands now; None where it carries none.
        replies: it goes as a reply, which LINE knows by no retry key.
        unconfirmed: a colleague has yet to say whether the account is the right person's.
        shared_device: others may see the phone (G-12); `quiet`: the request was frozen for such
            a phone, read as a greeting and without a notification.
        take_every: the person wishes for one letter of so many.
        end_told: a letter that told of the end was sent; asked of the last letter only.
    """

    letter: Scheduled
    request: bytes
    line_user_id: str
    link_id: str
    link_state: LinkState
    paused_until: datetime | None
    consent_id: str | None
    consent_version: int | None
    consent_state: ConsentState | None
    case_state: CaseState
    case_facts: int
    deceased: bool
    approver_seated: bool
    last_sent_at: datetime | None
    sent_lately: int
    doubt_since: datetime | None
    leaflet: LeafletStanding | None = None
    replies: bool = False
    unconfirmed: bool = False
    shared_device: bool = False
    quiet: bool = False
    take_every: int = 1
    end_told: bool = True


def recheck(
    situation: Situation,
    *,
    at: datetime,
    tz: tzinfo,
    rules: LetterRules,
    hours: SendingHours,
    pushes_stopped: bool,
    mode: LineMode = LineMode.ENTRANCE_LINK,
    excusable: frozenset[str] | None = None,
) -> Verdict:
    """Whether this letter may go now (S4, S5, S6; G-03, G-05, G-20, G-21; DOMAIN §9).

    A letter that LINE may have taken already is looked at in the same way: asking again with
    its retry key is harmless only while sending it for the first time would be right, too. A
    reply has no such key: one that may have been taken is never tried again.

    Args:
        excusable: codes of the wording check that may stand with a reason as the town has it
            now; None where nobody asks.
    """
    if situation.replies and situation.doubt_since is not None:
        return Doubt(Reason.NO_CERTAINTY)
    refusal = _never(situation, pushes_stopped=pushes_stopped) or _forbidden(situation, mode=mode)
    verdict = refusal or _look(
        situation, at=at, tz=tz, rules=rules, hours=hours, excusable=excusable
    )
    since = situation.doubt_since
    if since is None or isinstance(verdict, Go):
        return Doubt(Reason.NO_CERTAINTY) if key_ran_out(since, at=at) else verdict
    if isinstance(verdict, Wait) and not key_ran_out(since, at=verdict.until):
        return verdict
    return Doubt(Reason.NO_CERTAINTY)


def _look(
    situation: Situation,
    *,
    at: datetime,
    tz: tzinfo,
    rules: LetterRules,
    hours: SendingHours,
    excusable: frozenset[str] | None,
) -> Verdict:
    if situation.letter.kind is LetterKind.ACKNOWLEDGEMENT:
        if at >= situation.letter.closes_at:
            return Cancel(Reason.WINDOW_CLOSED)
        if _seen_by_others(situation):
            return Cancel(Reason.SHARED_PHONE)
        return Go() if _unbound(situation, rules=rules) is None else Cancel(Reason.BINDING_BROKEN)
    return (
        _late(situation, at=at, rules=rules)
        or _resting(situation, at=at)
        or _unconsented(situation)
        or _unfit_for(situation)
        or _unbound(situation, rules=rules)
        or _outdated(situation)
        or _excuse_gone(situation, excusable=excusable)
        or _end_untold(situation)
        or _leaflet_over(situation, at=at, tz=tz)
        or _not_yet(situation, at=at, tz=tz, rules=rules, hours=hours)
        or Go()
    )


def _never(s: Situation, *, pushes_stopped: bool) -> Verdict | None:
    # That something lies on the page is told to nobody who has asked to be left alone.
    acknowledgement = s.letter.kind is LetterKind.ACKNOWLEDGEMENT and not s.letter.answers
    if s.letter.state is not LetterState.SCHEDULED:
        return Cancel(Reason.BINDING_BROKEN)
    if pushes_stopped:
        return Cancel(Reason.PUSHES_STOPPED)
    if s.deceased:
        return Cancel(Reason.DECEASED)
    if s.link_state is LinkState.BLOCKED:
        return Cancel(Reason.BLOCKED)
    if acknowledgement:
        return None
    if s.link_state is LinkState.UNLINKED_BY_PERSON:
        return Cancel(Reason.STOPPED_BY_PERSON)
    if s.link_state is LinkState.UNLINKED:
        return Cancel(Reason.NOT_LINKED)
    if s.case_state not in WRITABLE:
        return Cancel(Reason.CASE_RESTS)
    return None


def _forbidden(s: Situation, *, mode: LineMode) -> Verdict | None:
    """What the mode does not let in any more waits for a person; an answer lies on the page
    anyway, and does not wait for anything (DOMAIN §9)."""
    if lets_in(mode, s.letter.kind, words_of(s.letter.kind, answers=s.letter.answers)):
        return None
    return Cancel(Reason.LINE_MODE) if s.letter.answers else Hold(Reason.LINE_MODE)


def _late(s: Situation, *, at: datetime, rules: LetterRules) -> Verdict | None:
    lasts = rules.approval_lasts
    if at >= s.letter.closes_at:
        return Cancel(reason_of_closing(s.letter, scheduled=True, lasts=lasts))
    # What is asked about on its day is approved anew by the answer, or does not go.
    if not s.letter.asks_again and approval_ran_out(s.letter.approved_at, at=at, lasts=lasts):
        return Hold(Reason.APPROVAL_EXPIRED)
    return None


def _resting(s: Situation, *, at: datetime) -> Verdict | None:
    """A pause skips letters and never catches up. An answer is to what was said during it: a rest
    that begins later takes it back by itself."""
    if s.letter.answers:
        return None
    if s.link_state is LinkState.PAUSED and (s.paused_until is None or s.paused_until > at):
        return Cancel(Reason.RESTING)
    return None


def _unconsented(s: Situation) -> Verdict | None:
    if s.consent_state is not ConsentState.GIVEN:
        return Hold(Reason.CONSENT_CHANGED)
    return None if s.approver_seated else Hold(Reason.APPROVER_LEFT)


def _unfit_for(s: Situation) -> Verdict | None:
    """Not before somebody has said whose account it is (C8); and to a phone that others see only
    what was read for such a phone (G-12)."""
    if s.unconfirmed:
        return Hold(Reason.LINK_UNCONFIRMED)
    return Hold(Reason.SHARED_PHONE) if _seen_by_others(s) else None


def _seen_by_others(s: Situation) -> bool:
    return s.shared_device and (not s.quiet or s.leaflet is not None)


def _unbound(s: Situation, *, rules: LetterRules) -> Verdict | None:
    letter = s.letter
    # An own approval counts while the town allows it: not when it was turned off meanwhile.
    second_person = letter.approved_by is not None and (
        letter.approved_by != letter.author_id
        or (letter.self_approved and (rules.self_approval or letter.answers))
    )
    intact = second_person and letter.bound_hash == binding_hash(binding_of(s))
    return None if intact else Hold(Reason.BINDING_BROKEN)


def _outdated(s: Situation) -> Verdict | None:
    """Words that cross an answer on its way are no reason to keep it; one that still waits for
    its hour is held when they come (`core.steps.note_fact`)."""
    if s.letter.answers:
        return None
    return Hold(Reason.NEW_FACT) if s.case_facts != s.letter.approved_facts else None


def _excuse_gone(s: Situation, *, excusable: frozenset[str] | None) -> Verdict | None:
    """Words that the check blocks stand only while the town lets such words stand (§8.8)."""
    if excusable is None or s.letter.excused <= excusable:
        return None
    return Hold(Reason.EXCUSE_GONE)


def _end_untold(s: Situation) -> Verdict | None:
    """The end is told one letter ahead; a last letter that nobody was told of waits (G-21)."""
    if s.letter.kind is LetterKind.LAST and not s.end_told:
        return Hold(Reason.END_UNTOLD)
    return None


def _leaflet_over(s: Situation, *, at: datetime, tz: tzinfo) -> Verdict | None:
    """An expired leaflet is never sent (G-20); a newer edition is read again first."""
    if s.leaflet is None or s.leaflet.holds(local_day(at, tz=tz)):
        return None
    if s.leaflet.state is LeafletState.REPLACED:
        return Hold(Reason.LEAFLET_CHANGED)
    return Cancel(Reason.LEAFLET_OVER)


def _not_yet(
    s: Situation, *, at: datetime, tz: tzinfo, rules: LetterRules, hours: SendingHours
) -> Verdict | None:
    if at < s.letter.opens_at:
        return Wait(s.letter.opens_at)
    if s.letter.answers:
        # When it opens was settled by when the person spoke (core.answer_steps).
        return None
    if s.letter.kind is not LetterKind.REPLY and not s.letter.passes_pace:
        late = Reason.TOO_SOON if s.take_every == 1 else Reason.WISHED_LESS
        gap = rules.gap * s.take_every
        if s.last_sent_at is not None and at - s.last_sent_at < gap:
            return _wait_or_drop(s, s.last_sent_at + gap, late=late)
        if s.sent_lately >= rules.most_in_30_days:
            return _wait_or_drop(s, at + timedelta(days=1), late=late)
    if not hours.allow(at, tz=tz):
        return _asleep(s, at=at, tz=tz, hours=hours)
    if not still_fits(s.letter, at=at, lasts=rules.approval_lasts):
        return Wait(min(at + LOOK_AGAIN, s.letter.closes_at))
    return None


def _asleep(s: Situation, *, at: datetime, tz: tzinfo, hours: SendingHours) -> Verdict:
    """Hours that never open are one person's affair: they hold up nobody else's letter."""
    own = hours.wants_none(local_day(at, tz=tz))
    late = Reason.WISHED_TIMES if own else Reason.WINDOW_CLOSED
    try:
        opening = hours.next_opening(at, tz=tz)
    except NeverOpen:
        return Cancel(late)
    return _wait_or_drop(s, opening, late=late)


def _wait_or_drop(s: Situation, until: datetime, *, late: Reason = Reason.TOO_SOON) -> Verdict:
    return Wait(until) if until < s.letter.closes_at else Cancel(late)


def binding_of(s: Situation) -> Binding:
    """The parts that the approval bound, as the rows say now."""
    return Binding(
        letter_id=s.letter.id,
        person_id=s.letter.person_id,
        line_user_id=s.line_user_id,
        link_id=s.link_id,
        consent_id=s.consent_id or "",
        consent_version=s.consent_version or 0,
        consent_state=(s.consent_state or ""),
        body=s.letter.body,
        alt_text=s.letter.alt_text,
        opens_at=s.letter.opens_at,
        closes_at=s.letter.closes_at,
        request=s.request,
    )
