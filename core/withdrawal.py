"""The end of a consent, and of all that waited on it, in one transaction (C5, C6, C7, M10).

Whoever ends a line of the ledger calls `end_lines`: withdrawal, running out, a wider line in the
place of a narrower one, a death. What is asked each time is the same: of all that still waits,
what does no consent carry any more?
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.cases import Case
from core.consent.covers import AttendMeeting, Need, PushLine
from core.consent.ending import ends_with_the_case, expire
from core.consent.kinds import ConsentState, ConsentType
from core.consent.ledger import ConsentLine, LedgerStep
from core.consent.stops import (
    Pending,
    PendingLetter,
    PendingShare,
    Stops,
    fallen_needs,
    what_must_stop,
)
from core.consenting import ENDED, ledger_of, run_out, write_step
from core.course_kinds import KINDS
from core.course_steps import keep_course, keep_outreach, seats_of
from core.courses.ending import OVER
from core.courses.grounds import Grounds
from core.courses.outreach import after_consent_ended
from core.days import local_day
from core.fallen import (
    CONSENT_ENDED,
    match_without_consent,
    need_of_match,
    need_of_referral,
    need_to_tell,
    plan_without_consent,
    referral_without_consent,
    sheet_without_consent,
)
from core.ids import CaseId, PersonId
from core.letters import LetterKind, Reason
from core.meeting_steps import keep as keep_meeting
from core.meeting_steps import recheck_meetings
from core.meetings.ids import MeetingId
from core.meetings.machine import MeetingStepped
from core.meetings.sittings import BEFORE_HELD
from core.plan_steps import consents_of_approval
from core.plan_steps import keep as keep_plan
from core.ports import Work
from core.steps import Overtaken, cancel, refresh_desks, watchers

TRIES: Final = 5
"""A withdrawal does not wait for others: it is taken up again where a record was changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Falling:
    """What fell for one person, and the moment in which everything that stood on it stops.

    Attributes:
        ledger: the person's lines after the change.
        needs: what they covered until now and cover no more.
    """

    work: Work
    person_id: PersonId
    ledger: tuple[ConsentLine, ...]
    needs: tuple[Need, ...]
    at: datetime
    today: date
    tz: tzinfo


async def end_lines(
    work: Work, step: LedgerStep, *, case_id: CaseId | None, at: datetime, tz: tzinfo
) -> tuple[ConsentLine, ...]:
    """Write a step down, and stop what no consent carries any more after it.

    Args:
        case_id: the case through which it is recorded.

    Returns:
        The lines as stored, in the step's order.

    Raises:
        Overtaken: a line, or a record that has to stop, was changed in the meantime.
    """
    stored = await write_step(work, step, case_id=case_id)
    today = local_day(at, tz=tz)
    for person_id in dict.fromkeys(line.subject for line in stored):
        ended = [line for line in stored if line.subject == person_id and line.state in ENDED]
        ledger = await ledger_of(work, person_id)
        needs = fallen_needs(ended, ledger=ledger, today=today)
        if needs:
            falling = Falling(
                work=work,
                person_id=person_id,
                ledger=ledger,
                needs=needs,
                at=at,
                today=today,
                tz=tz,
            )
            await _stop(falling, case_id=case_id)
    return stored


async def ledger_today(
    work: Work, person_id: PersonId, *, case_id: CaseId, at: datetime, tz: tzinfo
) -> tuple[ConsentLine, ...]:
    """The person's lines, after C7 for those whose day has come before a round met them."""
    over = run_out(await ledger_of(work, person_id), today=local_day(at, tz=tz), at=at)
    if over.lines:
        await end_lines(work, over, case_id=case_id, at=at, tz=tz)
    return await ledger_of(work, person_id)


async def end_with_death(
    work: Work, person_id: PersonId, *, case_id: CaseId | None, at: datetime, tz: tzinfo
) -> tuple[ConsentLine, ...]:
    """C7 for everything that somebody who has died had agreed to [D]; to be called when it is
    noted, in the same transaction.

    Raises:
        Overtaken.
    """
    step = LedgerStep(lines=(), events=())
    for line in await ledger_of(work, person_id):
        if line.state is ConsentState.GIVEN:
            today = local_day(at, tz=tz)
            step += expire(line, today=today, follow_up_ended=False, at=at, deceased=True)
    return await end_lines(work, step, case_id=case_id, at=at, tz=tz)


async def end_with_move(
    work: Work, person_id: PersonId, *, case_id: CaseId, at: datetime, tz: tzinfo
) -> tuple[ConsentLine, ...]:
    """C7 for what somebody who has moved to another town had agreed to [D]; to be called when it
    is noted, in the same transaction, after the case has ended.

    There is no follow-up to wait for. What stays is the permission to tell named agencies, by
    which the new town may hear of it, and their own line to us; and everything, while another
    case of theirs goes on here.

    Raises:
        Overtaken.
    """
    step = LedgerStep(lines=(), events=())
    if all(case.state in OVER for case in await work.cases.of_person(person_id)):
        today = local_day(at, tz=tz)
        for line in await ledger_of(work, person_id):
            told_by = line.type is ConsentType.SHARE_AGENCY or not ends_with_the_case(line)
            if line.state is ConsentState.GIVEN and not told_by:
                step += expire(line, today=today, follow_up_ended=True, at=at)
    return await end_lines(work, step, case_id=case_id, at=at, tz=tz)


async def _stop(f: Falling, *, case_id: CaseId | None) -> None:
    cases = {case.id: case for case in await f.work.cases.of_person(f.person_id)}
    own = tuple(cases.values())
    if case_id is not None and case_id not in cases:
        cases[case_id] = await f.work.cases.get(case_id)
    await _stop_letters(f)
    await recheck_meetings(f.work, at=f.at, tz=f.tz, people=frozenset({f.person_id}))
    await _stay_away(f)
    for case in own:
        await _return_plans(f, case)
        await _step_back(f, case)
    for case in cases.values():
        await _keep_back(f, case, own=case in own)
        seats = await seats_of(f.work, case)
        await refresh_desks(f.work, watchers(case, seats), at=f.at)


async def _stop_letters(f: Falling) -> None:
    """S6: what may not be pushed any more is never sent."""
    fallen = {need.kind for need in f.needs if isinstance(need, PushLine)}
    unsent = {
        letter.id: letter
        for letter in await f.work.letters.unsent_of_person(f.person_id)
        if letter.kind in fallen and letter.kind is not LetterKind.ACKNOWLEDGEMENT
    }
    waiting = tuple(
        PendingLetter(id=id_, subject=f.person_id, need=PushLine(kind=letter.kind))
        for id_, letter in unsent.items()
    )
    for letter_id in _stops(f, Pending(letters=waiting)).letters:
        await cancel(f.work, unsent[letter_id], Reason.CONSENT_CHANGED, at=f.at)


async def _stay_away(f: Falling) -> None:
    """The person comes to a meeting by consent alone (R-036)."""
    not_to = {MeetingId(need.meeting) for need in f.needs if isinstance(need, AttendMeeting)}
    if not not_to:
        return
    self_ = {one.id for one in await f.work.bodies.participants() if one.person_id == f.person_id}
    for meeting in await f.work.meetings.open():
        if meeting.id in not_to and meeting.state in BEFORE_HELD and meeting.invited & self_:
            event = _event("meeting.person_stays_away", meeting.id, at=f.at)
            now = replace(meeting, invited=meeting.invited - self_)
            stepped = MeetingStepped(meeting=now, events=(event,))
            await keep_meeting(f.work, meeting, stepped, at=f.at)


async def _return_plans(f: Falling, case: Case) -> None:
    for plan in await f.work.plans.of_case(case.id):
        consents = await consents_of_approval(f.work, plan, case, today=f.today)
        moved = plan_without_consent(plan, consents=consents, at=f.at, on=f.today)
        if moved is not None:
            await keep_plan(f.work, moved, was=plan)


async def _step_back(f: Falling, case: Case) -> None:
    """O19, PT14, MK12."""
    given = Grounds(at=f.at, today=f.today, ledger=f.ledger, reason=CONSENT_ENDED)
    outreach = await f.work.courses.outreach(case)
    if outreach is not None:
        back = after_consent_ended(outreach, by=SYSTEM, role=Role.SYSTEM, grounds=given)
        if back.course.state is not outreach.state:
            await keep_outreach(f.work, back, was=case)
        elif back.course != outreach:
            await f.work.courses.put_outreach(back.course)
            await f.work.audit.append(*back.events)
    for kind in KINDS.values():
        course = await kind.of(f.work, case.id)
        if course is None:
            continue
        out = kind.after_consent_ended(course, by=SYSTEM, role=Role.SYSTEM, grounds=given)
        if out.course != course:
            await keep_course(f.work, out, kind)


async def _keep_back(f: Falling, case: Case, *, own: bool) -> None:
    """Referrals and sheets that were not sent, and places that are being arranged."""
    referrals = {one.id: one for one in await f.work.referrals.of_case(case.id)} if own else {}
    sheets = {one.id: one for one in await f.work.referrals.sheets_of_case(case.id)} if own else {}
    matches = {
        one.id: one
        for one in await f.work.resources.matches_of_case(case.id)
        if one.person_id == f.person_id
    }
    places = {one.id: await f.work.resources.place(one.place_id) for one in matches.values()}
    needs: dict[str, Need | None] = {
        **{i: need_of_referral(one, fallen=f.needs) for i, one in referrals.items()},
        **{i: need_to_tell(one.to_agency_id, fallen=f.needs) for i, one in sheets.items()},
        **{i: need_of_match(places[i], fallen=f.needs) for i in matches},
    }
    shares = tuple(
        PendingShare(id=id_, subject=f.person_id, need=need)
        for id_, need in needs.items()
        if need is not None
    )
    stopped = _stops(f, Pending(shares=shares)).shares
    for referral in (one for i, one in referrals.items() if i in stopped):
        drafted = referral_without_consent(referral, at=f.at)
        if drafted is not None:
            changed = await f.work.referrals.change(drafted.referral, version=referral.version)
            await _kept(f, changed, drafted.event)
    for sheet in (one for i, one in sheets.items() if i in stopped):
        unsaid = sheet_without_consent(sheet, at=f.at)
        if unsaid is not None:
            changed = await f.work.referrals.change_sheet(unsaid.sheet, version=sheet.version)
            await _kept(f, changed, unsaid.event)
    for match in (one for i, one in matches.items() if i in stopped):
        over = match_without_consent(match, place=places[match.id], at=f.at, on=f.today)
        if over is not None:
            changed = await f.work.resources.change_match(over.match, version=match.version)
            await _kept(f, changed, over.event)


async def _kept(f: Falling, changed: bool, event: AuditEvent) -> None:
    if not changed:
        raise Overtaken(what=event.action.partition(".")[0])
    await f.work.audit.append(event)


def _stops(f: Falling, pending: Pending) -> Stops:
    return what_must_stop(f.ledger, pending=pending, today=f.today)


def _event(action: str, subject: str, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action,
        at=at,
        actor=SYSTEM,
        role=Role.SYSTEM.value,
        subject=subject,
        reason=CONSENT_ENDED,
    )
