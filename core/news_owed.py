"""News that a sender should have by now, and what a receiver has not acknowledged (F4, R-014)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.agencies import Staff
from core.cases import Case
from core.connect_sheets import ConnectSheet
from core.ids import CaseId, StaffId
from core.ports import Work
from core.referrals.record import Referral, ReferralState
from core.reminders import Reminder, ReminderKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One piece of news that is late: what it is about, who waits, since when."""

    kind: ReminderKind
    case_id: CaseId
    sender_id: StaffId
    due_on: date
    told_on: date | None
    record: Referral | ConnectSheet

    @property
    def untold(self) -> bool:
        """Whether the sender has not been told since the day passed."""
        return self.told_on is None or self.told_on <= self.due_on


async def news_owed(work: Work, *, today: date) -> tuple[Owed, ...]:
    """Everything that is late today, the longest first."""
    found = [_of_referral(referral) for referral in await work.referrals.late(on=today)]
    found += [_of_sheet(sheet) for sheet in await work.referrals.sheets_late(on=today)]
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (one.due_on, one.record.id)))


async def news_reminders(
    work: Work,
    staff: Staff,
    own: dict[CaseId, Case],
    *,
    closed: Collection[CaseId],
    today: date,
) -> list[Reminder]:
    """What lies on this colleague's desk: late news of their own cases and letters of referral,
    and what came to their organisation on a case of theirs.

    Args:
        own: the colleague's cases.
        closed: cases that a mark closes to them (R-015).
    """
    found = []
    for owed in await news_owed(work, today=today):
        case = own.get(owed.case_id)
        leads = case is not None and case.lead_staff_id == staff.id
        if owed.case_id in closed or not (leads or owed.sender_id == staff.id):
            continue
        on = case or await work.cases.get(owed.case_id)
        found.append(Reminder(kind=owed.kind, case=on, due_on=owed.due_on))
    if staff.agency_id is not None:
        found += [
            Reminder(
                kind=ReminderKind.REFERRAL_CAME,
                case=own[referral.case_id],
                due_on=referral.acknowledge_by,
            )
            for referral in await work.referrals.sent_to(staff.agency_id)
            if referral.case_id in own
        ]
    return found


def _of_referral(referral: Referral) -> Owed | None:
    silent = referral.state is ReferralState.SENT
    due = referral.acknowledge_by if silent else referral.feedback_due_on
    if due is None:
        return None
    return Owed(
        kind=ReminderKind.REFERRAL_UNANSWERED if silent else ReminderKind.NEWS_LATE,
        case_id=referral.case_id,
        sender_id=referral.from_staff_id,
        due_on=due,
        told_on=referral.told_late_on,
        record=referral,
    )


def _of_sheet(sheet: ConnectSheet) -> Owed | None:
    if sheet.case_id is None or sheet.reply_due_on is None:
        return None
    return Owed(
        kind=ReminderKind.SHEET_UNANSWERED,
        case_id=sheet.case_id,
        sender_id=sheet.from_staff_id,
        due_on=sheet.reply_due_on,
        told_on=sheet.told_late_on,
        record=sheet,
    )
