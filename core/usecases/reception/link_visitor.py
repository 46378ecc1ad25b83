"""Link a visitor's account to a person who is known."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.agencies import Role
from core.audit import AuditEvent
from core.course_steps import come_to
from core.ids import CaseId, LinkId, PersonId, StaffId, VisitorId
from core.link_steps import AccountTaken, put_link
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.people import IN_USE, LineLink, LinkState
from core.person_acts import Act, Door
from core.ports import EventReader, LetterPress, UnitOfWork, Work
from core.reception import VisitorState, handled
from core.reception_steps import bring_words, put_visitor, visitor_shown
from core.steps import refresh_desks, watchers


async def link_visitor(
    uow: UnitOfWork,
    *,
    visitor_id: VisitorId,
    version: int,
    case_id: CaseId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    reader: EventReader,
    press: LetterPress,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> LineLink:
    """Whose words these are is known from now on, and they go to those who work on the case.

    It is no permission to write: that the person gives by sending a code themselves (C8). Where
    another account of theirs is in use, this one stands beside it on record.

    Args:
        version: the visitor's, as shown.

    Raises:
        NotYours, NotActive: the desk, or the case, is not this colleague's. NotFound, Overtaken.
        VisitorGone, AccountTaken: seen to already, or the account is somebody's meanwhile.
    """
    async with uow.write() as work:
        role = require(await work.staff.get(by), Action.READ_RECEPTION).role
        hand = await come_to(work, case_id, by=by, action=Action.RECORD_CONSENT)
        visitor = await visitor_shown(work, visitor_id, version=version)
        linked = await _linked(work, visitor.link_id, hand.case.person_id, at=at)
        await put_visitor(work, visitor, handled(visitor, VisitorState.LINKED, by=by, at=at))
        await work.audit.append(_event(linked, case_id, by=by, role=role, at=at))
        act = Act(
            work=work,
            door=Door.LINE,
            trace=f"visitor={visitor.id}",
            occurred_at=visitor.last_at,
            received_at=at,
            tz=tz,
            press=press,
            pager=None,
            link=None,
            case=hand.case,
            hours=hours,
            closed_days=closed_days,
        )
        await bring_words(act, hand.case.person_id, linked.id, reader=reader)
        await work.cards.redraw((linked.id, case_id), at=at)
        await refresh_desks(work, (by, *watchers(hand.case, hand.seats)), at=at)
        await work.commit()
        return linked


def _event(
    linked: LineLink, case_id: CaseId, *, by: StaffId, role: Role, at: datetime
) -> AuditEvent:
    return AuditEvent(
        action="reception.linked",
        at=at,
        actor=by,
        role=role.value,
        subject=linked.id,
        case_id=case_id,
        now=linked.state.value,
    )


async def _linked(work: Work, link_id: LinkId, person_id: PersonId, *, at: datetime) -> LineLink:
    """The account as the person's: in use, or on record beside the one that is.

    Raises:
        AccountTaken. Overtaken.
    """
    link = await work.links.get(link_id)
    if link.person_id not in (None, person_id):
        raise AccountTaken()
    others = await work.links.all_of_person(person_id)
    beside = any(one.state in IN_USE and one.id != link.id for one in others)
    state = LinkState.UNLINKED_BY_PERSON if beside else LinkState.LINKED
    theirs = replace(link, person_id=person_id, state=state, linked_at=None if beside else at)
    return await put_link(work, link, theirs, at=at)
