"""What a person does, over LINE or on their own page: say something, rest, stop, go on.

One function each, whatever door it came through, so that a word weighs the same everywhere and a
stop stops everything. All run inside somebody's open transaction. None of them asks why.
"""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any, Final

from core.absences import standing_in
from core.acknowledge import Manner, acknowledge
from core.audit import PERSON, AuditEvent
from core.cases import WRITABLE, Case, CaseState
from core.consent import ConsentState, ConsentType
from core.consent.ending import withdraw_all
from core.consenting import ledger_of, write_step
from core.contacts import Contact, ContactChannel, Met
from core.course_echoes import sign_came
from core.crisis.pager import Pager
from core.crisis_steps import Spoken, listen
from core.days import local_day, months_later
from core.endings import END_LASTS, end_announced
from core.ids import CaseId, ContactId, PersonId, ReplyId
from core.letters import Reason
from core.link_steps import menu_follows
from core.media import SentMedia
from core.media_steps import expect_media
from core.municipal_profiles.duties import USUAL_HOURS, answer_due, being_read
from core.municipal_profiles.profile import ERASES, ReadingHours, Unsend
from core.outbox import CardKind
from core.page_ways import leave_a_way_back
from core.people import LineLink, LinkState
from core.ports import LetterPress, Work
from core.replies import Reply, ReplyKind, ReplyState
from core.steps import cancel_unsent, note_fact, refresh_desks, watchers

WORDS_OF_KEEP: Final = "そのまま"
WORDS_OF_TALK: Final = "人と話したい"
_RESTS: Final = frozenset({LinkState.LINKED, LinkState.PAUSED})


class Door(enum.StrEnum):
    """Where the person came in."""

    LINE = "LINE"
    PAGE = "PAGE"


_LOGGED_AS: Final = {Door.LINE: ContactChannel.LINE_IN, Door.PAGE: ContactChannel.PAGE_IN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something a person does, with what it stands in: whose account, which case, and the tools.

    Attributes:
        trace: what shows where it came from, as `name=value`, for the audit; never words.
        occurred_at: when the person did it; `received_at` is when we knew. Aware.
        link: over LINE the account it came from; on the page the one in use, if there is any.
        case: to which the person's words belong (`case_of`).
        pager: who hears in the words that people are needed (DOMAIN §8.3); None for words that
            were listened to when they came.
        hours: when the town reads what comes in; `closed_days` are public holidays.
        unsend: what becomes of a message that is taken back.
    """

    work: Work
    door: Door
    trace: str
    occurred_at: datetime
    received_at: datetime
    tz: tzinfo
    press: LetterPress
    pager: Pager | None
    link: LineLink | None
    case: Case | None
    hours: ReadingHours = USUAL_HOURS
    closed_days: frozenset[date] = frozenset()
    unsend: Unsend = ERASES

    def answer_due(self) -> tuple[datetime, datetime]:
        """From when somebody reads what came in here, and by when it is answered (G-15)."""
        return answer_due(self.hours, self.received_at, tz=self.tz, closed_days=self.closed_days)

    def spoken(self, text: str, *, reply_id: ReplyId | None = None) -> Spoken:
        """Words as those hear them who call people (DOMAIN §8.3)."""
        at, tz, closed_days = self.received_at, self.tz, self.closed_days
        reads_from, _ = self.answer_due()
        # To what is written on the page an account that nobody has confirmed hears nothing (C8).
        answers = self.door is Door.LINE or (self.link and self.link.unconfirmed_since is None)
        return Spoken(
            text=text,
            at=at,
            tz=tz,
            press=self.press,
            staffed=being_read(self.hours, at, tz=tz, closed_days=closed_days),
            reads_from=reads_from,
            reply_id=reply_id,
            person_id=None if self.case is None else self.case.person_id,
            case=self.case,
            link=self.link if answers else None,
        )

    def audit(self, action: str, subject: str, *, now: str = "", reason: str = "") -> AuditEvent:
        """What the person did, for the record; never the words."""
        return AuditEvent(
            action=action,
            at=self.received_at,
            actor=PERSON,
            role=PERSON,
            subject=subject,
            case_id=None if self.case is None else self.case.id,
            now=now,
            reason=reason,
            evidence=(self.trace,),
        )


async def case_of(work: Work, person_id: PersonId) -> Case | None:
    """The case to which a person's words belong: the newest open one, or else the newest."""
    cases = await work.cases.of_person(person_id)
    open_cases = [case for case in cases if case.state in WRITABLE]
    return next(iter(open_cases or cases), None)


async def keep_words(
    act: Act,
    person_id: PersonId,
    kind: ReplyKind,
    text: str,
    *,
    message_id: str | None = None,
    media: SentMedia | None = None,
) -> Reply | None:
    """Keep what the person said for those who read it; letters wait to be read again.

    Everything that a person says comes through here, whatever its form and its door (G-15, G-18);
    where the words give reason to, people are called in the same transaction (DOMAIN §8.3).

    Args:
        text: the words; "" where there are none, as with a picture.
        message_id: by which the same message is known again: LINE's own, or a form's.
        media: what LINE has beside the words; it is fetched soon.

    Returns:
        The reply as it is kept; None where this message is kept already.
    """
    case = act.case
    assert case is not None
    work = act.work
    taken_back = message_id is not None and await work.inbox.was_unsent(message_id)
    erased = taken_back and not act.unsend.keeps
    reads_from, answer_by = act.answer_due()
    reply = Reply(
        id=ReplyId(work.new_id()),
        municipality_id=work.municipality_id,
        person_id=person_id,
        case_id=case.id,
        kind=kind,
        text="" if erased else text,
        message_id=message_id,
        occurred_at=act.occurred_at,
        received_at=act.received_at,
        state=ReplyState.WITHDRAWN if taken_back else ReplyState.KEPT,
        reads_from=reads_from,
        answer_by=answer_by,
    )
    if not await work.replies.add(reply):
        return None
    if media is not None and not erased:
        await expect_media(work, reply, media, at=act.received_at)
    await work.audit.append(act.audit("reply.received", reply.id, now=kind.value))
    await log_act(act, reply_id=reply.id)
    if act.link is not None and act.door is Door.LINE:
        await change_link(act, act.link)
    if act.pager is not None and kind is ReplyKind.TEXT and reply.text:
        await listen(work, act.pager, act.spoken(reply.text, reply_id=reply.id))
    await note_fact(work, case.id, at=act.received_at)
    await tell(act, CardKind.REPLY)
    return reply


async def ask_to_talk(
    act: Act, person_id: PersonId, *, message_id: str | None = None
) -> Reply | None:
    """人と話したい: kept like words, so that a person answers it (G-13, G-15)."""
    return await keep_words(act, person_id, ReplyKind.BUTTON, WORDS_OF_TALK, message_id=message_id)


async def go_on(act: Act, person_id: PersonId) -> None:
    """そのまま: everything is fine as it is; or, where a letter told that the next is the last, a
    word for those who work on the case: the last one waits until somebody has read it (G-21)."""
    await act.work.audit.append(act.audit("person.goes_on", person_id))
    since = act.received_at - END_LASTS
    if act.case is not None and end_announced(
        await act.work.letters.written_to(person_id, since=since)
    ):
        await keep_words(act, person_id, ReplyKind.BUTTON, WORDS_OF_KEEP, message_id=None)
    else:
        await log_act(act)


async def rest(act: Act, person_id: PersonId, *, months: int) -> bool:
    """少し休む: no letter opens for so many months; those in between are never caught up on.

    False where nothing rests, because letters have stopped or the account is not in use.

    Args:
        months: calendar months from now, at the town's midnight clock as `months_later` counts.
    """
    link = act.link
    if link is None or link.state not in _RESTS:
        return False
    until = months_later(act.received_at, months, tz=act.tz)
    resting = await change_link(act, link, state=LinkState.PAUSED, paused_until=until)
    await act.work.audit.append(
        act.audit("person.rests", person_id, now=LinkState.PAUSED.value, reason="button")
    )
    await cancel_unsent(
        act.work, person_id, Reason.RESTING, at=act.received_at, opening_before=until
    )
    await log_act(act)
    await answer_in_talk(act, "rest", resting, person_id)
    await tell(act, CardKind.STOPPED)
    return True


async def stop(act: Act, person_id: PersonId) -> bool:
    """やめる: any channel, any words, at once (C5). False where it had stopped already."""
    link = act.link
    if link is not None and link.state is LinkState.UNLINKED_BY_PERSON:
        return False
    stopped = (
        None if link is None else await change_link(act, link, state=LinkState.UNLINKED_BY_PERSON)
    )
    await _take_permission_back(act, person_id)
    await act.work.audit.append(act.audit("person.stops", person_id, reason="button"))
    await cancel_unsent(act.work, person_id, Reason.STOPPED_BY_PERSON, at=act.received_at)
    await leave_a_way_back(act.work, person_id, at=act.received_at)
    await log_act(act)
    if stopped is not None:
        await answer_in_talk(act, "stop", stopped, person_id)
    await tell(act, CardKind.STOPPED)
    return True


async def _take_permission_back(act: Act, person_id: PersonId) -> None:
    ledger = await ledger_of(act.work, person_id)
    given = {line.id for line in ledger if line.state is ConsentState.GIVEN}
    may_write = {line.id for line in ledger if line.type is ConsentType.CHANNEL_LINE}
    if not given & may_write:
        return
    step = withdraw_all(
        ledger,
        subject=person_id,
        matter=lambda line: line.id in may_write,
        by=PERSON,
        role=None,
        at=act.received_at,
    )
    await write_step(
        act.work,
        step,
        case_id=None if act.case is None else act.case.id,
        evidence=(act.trace,),
    )


async def answer_in_talk(
    act: Act,
    name: str,
    link: LineLink,
    person_id: PersonId,
    *,
    page: str = "",
    reply: tuple[str, datetime] | None = None,
) -> None:
    """The pre-approved text of this name, where it was done over LINE; the page answers itself.

    Args:
        page: the token of a link to the person's page, for a button under the text.
        reply: LINE's token with which it goes free of charge, and until when it lasts.
    """
    if act.case is None or act.door is not Door.LINE:
        return
    await acknowledge(
        act.work,
        name,
        link=link,
        person_id=person_id,
        case_id=act.case.id,
        press=act.press,
        at=act.received_at,
        tz=act.tz,
        hours=act.hours,
        manner=Manner(page=page, reply=reply),
    )


async def log_act(act: Act, *, reply_id: ReplyId | None = None) -> None:
    """Enter it. On whichever case of the person an interruption is thought over, it is a sign of
    contact (O15)."""
    if act.case is None:
        return
    contact = Contact(
        id=ContactId(act.work.new_id()),
        municipality_id=act.work.municipality_id,
        case_id=CaseId(act.case.id),
        at=act.occurred_at,
        channel=_LOGGED_AS[act.door],
        met=Met.NOT_APPLICABLE,
        reply_id=reply_id,
    )
    await act.work.contacts.add(contact)
    today = local_day(act.received_at, tz=act.tz)
    for case in await act.work.cases.of_person(act.case.person_id):
        if case.state is CaseState.INTERRUPTION_REVIEW:
            await sign_came(act.work, case.id, sign=contact.id, at=act.received_at, today=today)


async def change_link(act: Act, link: LineLink, **changes: Any) -> LineLink:
    """The account one version on; over LINE it was heard from, and a new state counts from when
    the person brought it about."""
    if "state" in changes:
        changes["state_since"] = act.occurred_at
    if act.door is Door.LINE:
        changes["last_inbound_at"] = act.received_at
    changed = replace(link, version=link.version + 1, **changes)
    if not await act.work.links.change(changed, version=link.version):
        raise RuntimeError(f"link {link.id} changed inside its own transaction")
    if "state" in changes:
        await menu_follows(act.work, changed, at=act.received_at)
    return changed


async def tell(act: Act, kind: CardKind) -> None:
    """Tell those who work on the case, without a word of what was said."""
    if act.case is None:
        return
    seats = await act.work.staff.seats(act.case.id)
    away = await act.work.absences.of_day(local_day(act.received_at, tz=act.tz))
    seated = {seat.staff_id for seat in seats}
    told = standing_in(watchers(act.case, seats), away=away, seated=seated)
    await act.work.cards.touch(kind, act.case.id, told, at=act.received_at, case_id=act.case.id)
    await refresh_desks(act.work, told, at=act.received_at)
