"""Show a letter as it stands: what a colleague needs before deciding, and afterwards."""

from dataclasses import dataclass
from datetime import datetime

from core.access import Action, may, require
from core.cases import Case
from core.contacts import Contact
from core.ids import LetterId, StaffId
from core.letters import Letter
from core.lint import Finding, Proofreader
from core.ports import UnitOfWork, Work
from core.proofreading import proofread
from core.steps import WAITING_FOR_APPROVAL, approvers


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterView:
    """A letter for one viewer.

    Attributes:
        contacts: the last five of the case, newest first; for a viewer in Slack, channel and
            result only, never the note.
        news: those of them that came in after the letter was written.
        area: name of the case's area, "" without one.
        account: how the LINE account is called on a lock screen.
        may_decide: the viewer may approve or return it now.
        author, approver, decider: names of colleagues; "" while there is none.
    """

    letter: Letter
    case: Case
    area: str
    account: str
    author: str
    approver: str
    decider: str
    contacts: tuple[Contact, ...]
    findings: tuple[Finding, ...]
    news: tuple[Contact, ...]
    may_decide: bool
    may_stop: bool


async def show_letter(
    uow: UnitOfWork, *, letter_id: LetterId, viewer: StaffId, at: datetime, proof: Proofreader
) -> LetterView:
    """The letter as `viewer` may see it; its words are read as of `at`.

    Raises:
        NotFound: there is no such letter. NotYours: no seat on the case.
    """
    async with uow.read() as work:
        letter = await work.letters.get(letter_id)
        case = await work.cases.get(letter.case_id)
        seats = await work.staff.seats(case.id)
        staff = await work.staff.get(viewer)
        require(staff, Action.READ_CASE, case_id=case.id, seats=seats)
        contacts = await work.contacts.of_case(case.id, limit=5)
        town = await work.towns.get()
        areas = {area.id: area.name for area in await work.towns.areas()}
        return LetterView(
            letter=letter,
            case=case,
            area=areas.get(case.area_id, "") if case.area_id else "",
            account=town.account_name,
            author=(await work.staff.get(letter.author_id)).name,
            approver=await _name(work, letter.approved_by),
            decider=await _name(work, letter.decided_by),
            contacts=contacts,
            findings=await proofread(work, letter, at=at, proof=proof),
            news=tuple(c for c in contacts if c.at > letter.created_at),
            may_decide=letter.state in WAITING_FOR_APPROVAL and viewer in approvers(letter, seats),
            may_stop=may(staff, Action.STOP_LETTER, case_id=case.id, seats=seats),
        )


async def _name(work: Work, staff_id: StaffId | None) -> str:
    return "" if staff_id is None else (await work.staff.get(staff_id)).name
