"""Show a letter on its day: the last fourteen days, for whoever says whether it still fits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.access import Action, may, require
from core.cases import Case
from core.contacts import FROM_THE_PERSON, Contact
from core.ids import LetterId, StaffId
from core.letter_news import NEWS_ACTIONS, CaseNews, news_of
from core.letters import Letter, LetterState, approval_ran_out
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork, Work
from core.send_day import answered_at, asked_until, is_open, still_fits
from core.steps import approvers

LOOKS_BACK: Final = timedelta(days=14)


@dataclass(frozen=True, kw_only=True, slots=True)
class SendDayView:
    """A letter on its day, for one viewer.

    Attributes:
        contacts: those of the last fourteen days, newest first; channel and result are for
            showing, never the note.
        news: changes of stage, urgency and consents in the same time, newest first.
        wrote_at: when the person last got in touch by LINE in that time; never their words.
        author, approver, answerer: names of colleagues; "" while there is none.
        answered: when somebody said that it fits, while that is good.
        may_answer: the viewer may say so now.
        wants_approver: only an approver may say so, as the approval is old (S2).
        may_return, may_leave_out: the viewer may give it back, or leave it out today.
    """

    letter: Letter
    case: Case
    area: str
    author: str
    approver: str
    answerer: str
    answered: datetime | None
    contacts: tuple[Contact, ...]
    news: tuple[CaseNews, ...]
    wrote_at: datetime | None
    may_answer: bool
    wants_approver: bool
    may_return: bool
    may_leave_out: bool


async def show_send_day(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    viewer: StaffId,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> SendDayView:
    """The letter and its last fourteen days as `viewer` may see them.

    Raises:
        NotFound: there is no such letter. NotYours: no seat on the case.
    """
    async with uow.read() as work:
        letter = await work.letters.get(letter_id)
        case = await work.cases.get(letter.case_id)
        seats = await work.staff.seats(case.id)
        staff = await work.staff.get(viewer)
        require(staff, Action.READ_CASE, case_id=case.id, seats=seats)
        contacts = await work.contacts.since(case.id, since=at - LOOKS_BACK)
        trail = await work.audit.of_case_since(case.id, since=at - LOOKS_BACK, actions=NEWS_ACTIONS)
        lasts = (await work.towns.get()).letters.approval_lasts
        areas = {area.id: area.name for area in await work.towns.areas()}
        until = asked_until(at, tz=tz, hours=hours, closed_days=closed_days)
        own = letter.author_id == viewer
        on_it = own or viewer in approvers(letter, seats)
        asked = is_open(letter, until=until) and at < letter.closes_at
        fits = asked and still_fits(letter, at=at, lasts=lasts)
        old = approval_ran_out(letter.approved_at, at=at, lasts=lasts)
        scheduled = letter.state is LetterState.SCHEDULED
        return SendDayView(
            letter=letter,
            case=case,
            area=areas.get(case.area_id, "") if case.area_id else "",
            author=await _name(work, letter.author_id),
            approver=await _name(work, letter.approved_by),
            answerer=await _name(work, letter.confirmed_by or letter.approved_by),
            answered=answered_at(letter) if fits else None,
            contacts=contacts,
            news=news_of(trail),
            wrote_at=next((c.at for c in contacts if c.channel in FROM_THE_PERSON), None),
            may_answer=asked and on_it and not fits and not (own and old),
            wants_approver=asked and not fits and old,
            may_return=scheduled and on_it,
            may_leave_out=scheduled
            and may(staff, Action.STOP_LETTER, case_id=case.id, seats=seats),
        )


async def _name(work: Work, staff_id: StaffId | None) -> str:
    return "" if staff_id is None else (await work.staff.get(staff_id)).name
