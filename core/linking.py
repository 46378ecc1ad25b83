"""Whose account it is: strangers, one-time codes, blocks and their end.

All run inside the transaction of `receive_event`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from core.acknowledge import acknowledge
from core.agencies import Role
from core.audit import PERSON, AuditEvent
from core.cases import WRITABLE, Case
from core.consent import ConsentLine, ConsentState, ConsentType
from core.consent.evidence import LinkEvidence
from core.consent.giving import give_by_link
from core.consent.scopes import LineScope
from core.consenting import ledger_of, write_step
from core.ids import ConsentId, LineEventId, LinkId, PersonId
from core.inbound import LineEvent, Said
from core.letters import Reason
from core.municipal_profiles.duties import USUAL_HOURS, answer_due
from core.municipal_profiles.profile import ReadingHours
from core.outbox import CardKind
from core.people import LineLink, LinkState, normal_code
from core.ports import LetterPress, Work
from core.replies import ReplyKind
from core.steps import cancel_unsent, note_fact, refresh_desks, watchers

RECEPTION: Final = "reception"
WRONG_CODES: Final = 5
WRONG_CODES_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An event with what it stands in: whose account, which case, when, and the tools.

    Attributes:
        hours: when the town reads what comes in; `closed_days` are public holidays.
    """

    work: Work
    event: LineEvent
    received_at: datetime
    tz: tzinfo
    press: LetterPress
    link: LineLink | None
    case: Case | None
    kept_id: LineEventId | None = None
    hours: ReadingHours = USUAL_HOURS
    closed_days: frozenset[date] = frozenset()

    def answer_due(self) -> tuple[datetime, datetime]:
        """From when somebody reads what came in here, and by when it is answered (G-15)."""
        return answer_due(self.hours, self.received_at, tz=self.tz, closed_days=self.closed_days)

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
            evidence=(f"line_event={self.event.event_key}",),
        )


async def case_of(work: Work, person_id: PersonId) -> Case | None:
    """The case to which a person's words belong: the newest open one, or else the newest."""
    cases = await work.cases.of_person(person_id)
    open_cases = [case for case in cases if case.state in WRITABLE]
    return next(iter(open_cases or cases), None)


async def account(work: Work, event: LineEvent) -> LineLink | None:
    """The account that the event came from; a new one is noted as not yet linked."""
    if event.line_user_id is None:
        return None
    known = await work.links.by_line_user(event.line_user_id)
    if known is not None:
        return known
    link = LineLink(
        id=LinkId(work.new_id()),
        municipality_id=work.municipality_id,
        line_user_id=event.line_user_id,
        state=LinkState.UNLINKED,
    )
    await work.links.add(link)
    return link


async def followed(a: Arrival) -> None:
    """Added or unblocked. An unblocked account goes on only where its permission still stands."""
    link = a.link
    if link is None or link.state is not LinkState.BLOCKED or _outrun(a, link):
        return
    state = await _after_block(a, link)
    await change_link(a, link, state=state)
    await a.work.audit.append(a.audit("link.unblocked", link.id, now=state.value))
    await tell(a, CardKind.STOPPED)


async def _after_block(a: Arrival, link: LineLink) -> LinkState:
    """Unblocking takes nothing back that the person asked for: a stop stays, a rest goes on."""
    if link.person_id is None:
        return LinkState.UNLINKED
    consent = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    in_use = await a.work.links.of_person(link.person_id)
    given = consent is not None and consent.state is ConsentState.GIVEN
    if not given or (in_use is not None and in_use.id != link.id):
        return LinkState.UNLINKED_BY_PERSON
    rests = link.paused_until is not None and link.paused_until > a.received_at
    return LinkState.PAUSED if rests else LinkState.LINKED


async def unfollowed(a: Arrival) -> None:
    """Blocked: nothing more is sent, the worker is told neutrally (G-14)."""
    link = a.link
    if link is None or link.state is LinkState.BLOCKED or _outrun(a, link):
        return
    await change_link(a, link, state=LinkState.BLOCKED)
    await a.work.audit.append(a.audit("link.blocked", link.id, now=LinkState.BLOCKED.value))
    if link.person_id is not None:
        await cancel_unsent(a.work, link.person_id, Reason.BLOCKED, at=a.received_at)
        await tell(a, CardKind.STOPPED)


def _outrun(a: Arrival, link: LineLink) -> bool:
    """Whether something newer has arrived before this; LINE promises no order."""
    return link.state_since is not None and a.event.occurred_at < link.state_since


async def linked_by_code(a: Arrival, meaning: Said) -> bool:
    """Whether these words were a code that linked the account: a new one, or one whose permission
    had ended and that comes back (C8)."""
    assert a.link is not None
    code = normal_code(meaning.text) if meaning.kind is ReplyKind.TEXT else None
    if code is None or not await _free(a, a.link) or not await _may_try(a, a.link):
        return False
    person_id = await a.work.links.take_code(code, at=a.received_at)
    if person_id is None:
        await a.work.links.note_wrong_code(a.link.id, at=a.received_at)
        await a.work.audit.append(a.audit("link_code.unknown", a.link.id))
        return False
    await _link(a, a.link, person_id)
    return True


async def to_reception(a: Arrival) -> None:
    """Somebody without a case wrote: those at reception are told, without a word of it, and the
    words lie in the tray, where they can be read."""
    assert a.link is not None
    if a.kept_id is not None:
        await a.work.inbox.set_aside(a.kept_id, kind=RECEPTION)
    await a.work.audit.append(_came_to_reception(a, a.link))
    receivers = [
        staff.id
        for staff in await a.work.staff.active()
        if staff.roles & {Role.INTAKE_WORKER, Role.COORDINATOR}
    ]
    await a.work.cards.touch(CardKind.RECEPTION, a.link.id, receivers, at=a.received_at)


def _came_to_reception(a: Arrival, link: LineLink) -> AuditEvent:
    reads_from, answer_by = a.answer_due()
    event = a.audit("reception.came", link.id, now=link.state.value)
    until = (f"reads_from={reads_from.isoformat()}", f"answer_by={answer_by.isoformat()}")
    return replace(event, evidence=(*event.evidence, *until))


async def _free(a: Arrival, link: LineLink) -> bool:
    """Whether a code can be meant: nobody's account, a stopped one, or one without permission."""
    if link.person_id is None or link.state is LinkState.UNLINKED_BY_PERSON:
        return True
    permission = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    return permission is None or permission.state is not ConsentState.GIVEN


async def _may_try(a: Arrival, link: LineLink) -> bool:
    since = a.received_at - WRONG_CODES_WITHIN
    return await a.work.links.wrong_codes(link.id, since=since) < WRONG_CODES


async def _link(a: Arrival, link: LineLink, person_id: PersonId) -> None:
    """Friend-add and one-time code together are the permission to be written to (C8)."""
    work, at = a.work, a.received_at
    former = await work.links.of_person(person_id)
    if former is not None and former.id != link.id:
        ended = replace(former, state=LinkState.UNLINKED_BY_PERSON, version=former.version + 1)
        await work.links.change(ended, version=former.version)
    linked = await change_link(
        a,
        link,
        person_id=person_id,
        state=LinkState.LINKED,
        linked_at=at,
        paused_until=None,
    )
    case = await case_of(work, person_id)
    b = replace(a, link=linked, case=case)
    await work.audit.append(b.audit("link.linked", link.id, now=LinkState.LINKED.value))
    await _permit(b, linked, person_id)
    if case is not None:
        await note_fact(work, case.id, at=at)
        await acknowledge(
            work,
            "linked",
            link=linked,
            person_id=person_id,
            case_id=case.id,
            press=a.press,
            at=at,
            tz=a.tz,
            hours=a.hours,
        )
        await tell(b, CardKind.STOPPED)


async def _permit(a: Arrival, link: LineLink, person_id: PersonId) -> None:
    """The permission's own line in the ledger; it takes the place of an earlier account's."""
    line = ConsentLine(
        id=ConsentId(a.work.new_id()),
        municipality_id=a.work.municipality_id,
        subject=person_id,
        scope=LineScope(),
        state=ConsentState.EXPLAINING,
    )
    step = give_by_link(
        line,
        evidence=LinkEvidence(link_id=link.id, friend_added=True, code_used=True),
        at=a.received_at,
        ledger=await ledger_of(a.work, person_id),
    )
    await write_step(
        a.work,
        step,
        case_id=None if a.case is None else a.case.id,
        evidence=(f"line_event={a.event.event_key}",),
    )


async def change_link(a: Arrival, link: LineLink, **changes: Any) -> LineLink:
    """The account one version on; it was heard from, and a new state counts from the event."""
    if "state" in changes:
        changes["state_since"] = a.event.occurred_at
    changed = replace(
        link,
        last_inbound_at=a.received_at,
        version=link.version + 1,
        **changes,
    )
    if not await a.work.links.change(changed, version=link.version):
        raise RuntimeError(f"link {link.id} changed inside its own transaction")
    return changed


async def tell(a: Arrival, kind: CardKind) -> None:
    """Tell those who work on the case, without a word of what was said."""
    if a.case is None:
        return
    seats = await a.work.staff.seats(a.case.id)
    told = watchers(a.case, seats)
    await a.work.cards.touch(kind, a.case.id, told, at=a.received_at, case_id=a.case.id)
    await refresh_desks(a.work, told, at=a.received_at)
