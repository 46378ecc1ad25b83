"""Steps of a call for people, inside somebody's open transaction (DOMAIN §8.3).

The call, the letters that wait, the cards that ring and the text to the person are written
together with the words that gave reason for them: either all of it is there, or nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.acknowledge import Manner, acknowledge
from core.agencies import Role, Seat, Staff
from core.cases import Case
from core.crisis import text as crisis_text
from core.crisis.alerts import CrisisAlert, called, event_of, heard_again
from core.crisis.callees import Callee, in_order
from core.crisis.pager import Pager
from core.crisis.shifts import on_shift
from core.ids import AlertId, CaseId, LinkId, PersonId, ReplyId, StaffId
from core.letters import LetterKind, LetterState, Reason
from core.outbox import CardKind
from core.people import LineLink
from core.ports import LetterPress, Work
from core.steps import Overtaken, hold, refresh_desks, watchers

_A_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """What was said, and where it stands.

    Attributes:
        person_id, case: None where a stranger wrote; then `link` says whose account it was.
        reads_from: when somebody reads next.
        staffed: whether people read at this moment.
    """

    text: str
    at: datetime
    tz: tzinfo
    press: LetterPress
    staffed: bool
    reads_from: datetime
    reply_id: ReplyId | None = None
    person_id: PersonId | None = None
    case: Case | None = None
    link: LineLink | None = None


async def listen(work: Work, pager: Pager, spoken: Spoken) -> CrisisAlert | None:
    """Call people where the words give reason to; the call, or None where there was none.

    More words of the same person while a call is open belong to that call, and ring again.
    """
    heard = pager.reader.hear(spoken.text)
    if heard is None:
        return None
    person_id = spoken.person_id
    open_call = await work.alerts.open_of(
        person_id=person_id,
        link_id=None if person_id or spoken.link is None else spoken.link.id,
    )
    if open_call is not None:
        again = heard_again(open_call, sign=heard.sign, perils=heard.perils)
        alert = replace(again, reply_id=spoken.reply_id or again.reply_id)
        alert = await _tell_person(work, pager, spoken, alert)
        await keep(work, alert, was=open_call)
        await work.audit.append(
            event_of(open_call, alert, "crisis.heard_again", at=spoken.at, evidence=_sign(alert))
        )
        await redraw(work, alert, at=spoken.at)
        return alert
    alert = CrisisAlert(
        id=AlertId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=None if spoken.case is None else spoken.case.id,
        person_id=person_id,
        link_id=None if person_id or spoken.link is None else spoken.link.id,
        sign=heard.sign,
        perils=heard.perils,
        reply_id=spoken.reply_id,
        raised_at=spoken.at,
    )
    alert = await _tell_person(work, pager, spoken, alert)
    return await ring_out(work, alert, wait=pager.wait, at=spoken.at, staffed=spoken.staffed)


async def ring_out(
    work: Work,
    alert: CrisisAlert,
    *,
    wait: timedelta,
    at: datetime,
    staffed: bool,
    actor: StaffId | None = None,
    role: str = Role.SYSTEM.value,
) -> CrisisAlert:
    """A new call: the first two are called, and letters to the person wait for a human.

    Raises:
        Overtaken: another call for the same person was opened at this very moment.
    """
    ringing = called(alert, await roster(work, alert, at=at, staffed=staffed), at=at, wait=wait)
    if not await work.alerts.add(ringing):
        raise Overtaken(what="crisis_alert")
    by = {} if actor is None else {"actor": actor, "role": role}
    await work.audit.append(
        event_of(None, ringing, "crisis.raised", at=at, evidence=_sign(ringing), **by)
    )
    if alert.person_id is not None:
        await hold_letters(work, alert.person_id, at=at)
    await ring(work, ringing, since=0, at=at)
    return ringing


async def pass_on(
    work: Work, alert: CrisisAlert, *, wait: timedelta, at: datetime, staffed: bool
) -> CrisisAlert | None:
    """One step further, since nobody has taken it; None where somebody did at this moment."""
    ringing = called(alert, await roster(work, alert, at=at, staffed=staffed), at=at, wait=wait)
    ringing = replace(ringing, version=alert.version + 1)
    if not await work.alerts.change(ringing, version=alert.version):
        return None
    everybody = ringing.rounds > alert.rounds
    action = "crisis.called_again" if everybody else "crisis.passed_on"
    await work.audit.append(event_of(alert, ringing, action, at=at))
    if everybody:
        await redraw(work, ringing, at=at)
    await ring(work, ringing, since=len(alert.calls), at=at)
    return ringing


async def ring(work: Work, alert: CrisisAlert, *, since: int, at: datetime) -> None:
    """A card for each colleague called since then; it is a row, drawn and tried until it stands."""
    fresh = alert.calls[since:]
    staff_ids = [call.staff_id for call in fresh]
    await work.cards.touch(CardKind.CRISIS, alert.id, staff_ids, at=at, case_id=alert.case_id)
    for call in fresh:
        await work.audit.append(
            event_of(
                alert,
                alert,
                "crisis.called",
                at=at,
                evidence=(f"staff={call.staff_id}", f"as={call.called_as.value}"),
            )
        )


async def redraw(work: Work, alert: CrisisAlert, *, at: datetime) -> None:
    """Everybody who was called sees how it stands now."""
    await work.cards.redraw((alert.id,), at=at)
    if alert.case_id is not None:
        case = await work.cases.get(alert.case_id)
        told = watchers(case, await work.staff.seats(case.id))
        await refresh_desks(work, told, at=at)


async def come_home(
    work: Work, link_id: LinkId, person_id: PersonId, case_id: CaseId, *, at: datetime
) -> None:
    """A call for a stranger's words is the person's, once it is known whose account it was; where
    they have one of their own, people are called to them already, and both go on."""
    call = await work.alerts.open_of(link_id=link_id)
    if call is None or await work.alerts.open_of(person_id=person_id) is not None:
        return
    theirs = replace(call, person_id=person_id, case_id=case_id, link_id=None)
    await keep(work, theirs, was=call)
    await work.audit.append(event_of(call, theirs, "crisis.known_whose", at=at))
    await hold_letters(work, person_id, at=at)
    await redraw(work, theirs, at=at)


async def keep(work: Work, alert: CrisisAlert, *, was: CrisisAlert) -> CrisisAlert:
    """The call one version on.

    Raises:
        RuntimeError: it changed within its own transaction.
    """
    kept = replace(alert, version=was.version + 1)
    if not await work.alerts.change(kept, version=was.version):
        raise RuntimeError(f"call {was.id} changed inside its own transaction")
    return kept


async def hold_letters(work: Work, person_id: PersonId, *, at: datetime) -> None:
    """What is about to leave for this person is read again by a human first (S5)."""
    for letter in await work.letters.unsent_of_person(person_id):
        if letter.kind is LetterKind.ACKNOWLEDGEMENT:
            continue
        if letter.state is LetterState.SCHEDULED:
            await hold(work, letter, Reason.PERSON_NEEDED, at=at)


async def roster(
    work: Work, alert: CrisisAlert, *, at: datetime, staffed: bool
) -> tuple[Callee, ...]:
    """Who may be called at this moment, in order."""
    staff = await work.staff.active()
    shifts = await work.shifts.between(at, at + _A_MOMENT)
    case = None if alert.case_id is None else await work.cases.get(alert.case_id)
    workers = () if case is None else watchers(case, await work.staff.seats(case.id))
    return in_order(
        staff,
        staffed=staffed,
        workers=workers,
        on_shift=on_shift(shifts, at),
        stranger=case is None,
        closed_to=await _shut_out(work, case, staff),
    )


async def called_seats(work: Work, staff: Staff, case_id: CaseId) -> tuple[Seat, ...]:
    """Whoever is called to a case counts as assigned to it while the call is open: for opening
    it with a reason, and for nothing else."""
    calls = await work.alerts.of_case(case_id)
    if not any(call.open and call.has_called(staff.id) for call in calls):
        return ()
    return tuple(Seat(case_id=case_id, staff_id=staff.id, role=role) for role in staff.roles)


async def _shut_out(work: Work, case: Case | None, staff: Iterable[Staff]) -> frozenset[StaffId]:
    """For whom a mark closes the case (R-015)."""
    if case is None or case.id not in await work.care_marks.closed_to(None):
        return frozenset()
    return frozenset(
        [one.id for one in staff if case.id in await work.care_marks.closed_to(one.id)]
    )


async def _tell_person(work: Work, pager: Pager, spoken: Spoken, alert: CrisisAlert) -> CrisisAlert:
    """While nobody reads, the one approved text, at most once in 24 hours; else a human answers.

    It answers what the person has just written, so that neither quiet hours nor a rest hold it
    up; only a block does (`core.recheck`).
    """
    link, case, person_id = spoken.link, spoken.case, spoken.person_id
    if spoken.staffed or link is None or case is None or person_id is None:
        return alert
    since = spoken.at - crisis_text.AGAIN_AFTER
    if await work.alerts.told_since(person_id, since=since):
        return alert
    sent = await acknowledge(
        work,
        crisis_text.NAME,
        link=link,
        person_id=person_id,
        case_id=case.id,
        press=spoken.press,
        at=spoken.at,
        tz=spoken.tz,
        manner=Manner(
            until=spoken.reads_from,
            fits_any_phone=True,
            lock_screen=crisis_text.on_lock_screen((await work.towns.get()).account_name),
            fill=lambda body: crisis_text.filled(
                body,
                reads_from=spoken.reads_from,
                at=spoken.at,
                tz=spoken.tz,
                lines=pager.help_lines,
            ),
        ),
    )
    return replace(alert, told_at=spoken.at) if sent is not None else alert


def _sign(alert: CrisisAlert) -> tuple[str, ...]:
    """How clear it was; what it spoke of stays in the call."""
    return () if alert.sign is None else (f"sign={alert.sign.value}",)
