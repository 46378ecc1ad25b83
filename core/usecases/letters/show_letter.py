"""Show a letter as it stands: what a colleague needs before deciding, and afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import Action, may, require
from core.agencies import Role, Seat, Staff
from core.approvals import approves_own, open_to_approval
from core.cases import Case
from core.contacts import Contact
from core.errors import CaseworkError
from core.excuses import to_accept
from core.ids import LetterId, StaffId
from core.letter_changes import Change, changes_of
from core.letter_news import NEWS_ACTIONS, CaseNews, news_of
from core.letters import Letter, LetterState
from core.lint import Finding, Proofreader
from core.ports import LetterPress, Rendering, UnitOfWork, Work
from core.profiles import LetterRules
from core.proofreading import proofread
from core.steps import WAITING_FOR_APPROVAL, approvers, seated

# For looking at only: nobody has this LINE account.
_NOBODY: Final = "U" + "0" * 32


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterView:
    """A letter for one viewer.

    Attributes:
        contacts: the last five of the case, newest first; for a viewer in Slack, channel and
            result only, never the note.
        news: those of them that came in after the words were written as they stand.
        case_news: changes of stage, urgency and consents since then, newest first.
        area: name of the case's area, "" without one.
        account: how the LINE account is called on a lock screen.
        rendering: as the phone shows it, from the very request; None where none can be built.
        changes, alt_changes: what the author changed in the words after they came back, and in
            the line for the lock screen.
        approval_days: how long an approval lasts here.
        ends_at: when the approval ends (S2); None while there is none, and for a letter that is
            asked about on its day.
        may_decide: the viewer may approve or return it now.
        may_approve_own: the viewer wrote it and may approve it with a reason.
        may_take_back: it is approved, and the viewer may give it back (直して返す).
        author, approver, decider: names of colleagues; "" while there is none.
        wrote_as_novice: the author writes with approved texts only.
        to_accept: codes that block now, but may stand with the reason that the author gave; who
            approves has to accept them (`core.excuses`).
        leaflet: title of the leaflet that it carries, "" without one.
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
    case_news: tuple[CaseNews, ...] = ()
    rendering: Rendering | None = None
    changes: tuple[Change, ...] = ()
    alt_changes: tuple[Change, ...] = ()
    approval_days: int = 14
    ends_at: datetime | None = None
    may_approve_own: bool = False
    may_take_back: bool = False
    wrote_as_novice: bool = False
    to_accept: frozenset[str] = frozenset()
    leaflet: str = ""


async def show_letter(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    viewer: StaffId,
    at: datetime,
    proof: Proofreader,
    press: LetterPress | None = None,
) -> LetterView:
    """The letter as `viewer` may see it; its words are read as of `at`.

    Args:
        press: builds what the phone will show, where it has not been frozen yet.

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
        trail = await work.audit.of_case_since(
            case.id, since=letter.written_at, actions=NEWS_ACTIONS
        )
        town = await work.towns.get()
        areas = {area.id: area.name for area in await work.towns.areas()}
        author = await work.staff.get(letter.author_id)
        rewritten = letter.former_body is not None
        findings = await proofread(work, letter, at=at, proof=proof)
        return LetterView(
            letter=letter,
            case=case,
            area=areas.get(case.area_id, "") if case.area_id else "",
            account=town.account_name,
            author=author.name,
            approver=await _name(work, letter.approved_by),
            decider=await _name(work, letter.decided_by),
            contacts=contacts,
            findings=findings,
            news=tuple(c for c in contacts if c.at > letter.written_at),
            may_decide=open_to_approval(letter) and viewer in approvers(letter, seats),
            may_stop=may(staff, Action.STOP_LETTER, case_id=case.id, seats=seats),
            case_news=news_of(trail),
            rendering=await _rendering(work, letter, press),
            changes=changes_of(letter.former_body or "", letter.body) if rewritten else (),
            alt_changes=(
                changes_of(letter.former_alt_text or "", letter.alt_text) if rewritten else ()
            ),
            approval_days=town.letters.approval_lasts.days,
            ends_at=_ends_at(letter, rules=town.letters),
            may_approve_own=_may_approve_own(letter, staff, seats, rules=town.letters),
            may_take_back=letter.state is LetterState.SCHEDULED
            and (letter.author_id == viewer or viewer in approvers(letter, seats)),
            wrote_as_novice=author.novice,
            to_accept=to_accept(letter, findings, excusable=proof.excusable),
            leaflet=await _leaflet(work, letter),
        )


async def _rendering(work: Work, letter: Letter, press: LetterPress | None) -> Rendering | None:
    """From the frozen request where there is one, else from one that would be built now."""
    if press is None:
        return None
    if letter.state not in WAITING_FOR_APPROVAL and letter.bound_hash is not None:
        delivery = await work.outbox.of_letter(letter.id)
        if delivery is not None:
            return press.rendering(delivery.request)
    try:
        request = press.freeze(
            to=_NOBODY, body=letter.body, alt_text=letter.alt_text, with_buttons=True
        )
    except CaseworkError:
        # Words that LINE does not take; whoever approves is told so.
        return None
    return press.rendering(request)


async def _leaflet(work: Work, letter: Letter) -> str:
    """Of the very edition that was chosen."""
    link = await work.leaflets.link_of(letter.id)
    return "" if link is None else (await work.leaflets.get(link.leaflet_id)).title


def _ends_at(letter: Letter, *, rules: LetterRules) -> datetime | None:
    if letter.approved_at is None or letter.asks_again:
        return None
    if letter.state is not LetterState.SCHEDULED:
        return None
    return letter.approved_at + rules.approval_lasts


def _may_approve_own(
    letter: Letter, staff: Staff, seats: tuple[Seat, ...], *, rules: LetterRules
) -> bool:
    own = letter.author_id == staff.id and approves_own(staff, rules=rules)
    seat = staff.id in seated(seats, frozenset({Role.MESSAGE_APPROVER}))
    return own and seat and open_to_approval(letter)


async def _name(work: Work, staff_id: StaffId | None) -> str:
    return "" if staff_id is None else (await work.staff.get(staff_id)).name
