"""Whom to get in touch with today: after closing (R-065), or because there is only LINE (R-029).

It is told to whoever leads the case, on their desk, and where nobody leads to all who work on it;
the person never hears of it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from core.approach import line_review_due_on
from core.cases import Case, CaseState
from core.closing import follow_up_due
from core.ids import CaseId
from core.ports import Work
from core.reminders import Reminder, ReminderKind

# Where a tie over the network is to lead towards real support.
TIES: Final = frozenset(
    {CaseState.RELATIONSHIP_BUILDING, CaseState.CONSENTED, CaseState.CONTINUING_SUPPORT}
)


async def touch_owed(work: Work, cases: Iterable[Case], *, today: date) -> list[Reminder]:
    """What is due today on these cases."""
    asked = {case.id: case for case in cases}
    if not asked:
        return []
    after = await work.courses.kept_in_touch(asked)
    found = [
        Reminder(kind=ReminderKind.FOLLOW_UP_DUE, case=asked[case_id], due_on=post.next_contact_on)
        for case_id, post in after.items()
        if follow_up_due(post, today=today)
    ]
    return [*found, *await _on_line_only(work, asked, today=today)]


async def _on_line_only(work: Work, asked: dict[CaseId, Case], *, today: date) -> list[Reminder]:
    old = [
        case
        for case in asked.values()
        if case.state in TIES
        and line_review_due_on(opened_on=case.opened_on, reviewed_on=None) <= today
    ]
    found = []
    alone = await work.contacts.on_line_only(case.id for case in old) if old else frozenset()
    for case in old:
        course = await work.courses.outreach(case) if case.id in alone else None
        if course is None:
            continue
        due = line_review_due_on(opened_on=case.opened_on, reviewed_on=course.line_reviewed_on)
        if due <= today:
            found.append(Reminder(kind=ReminderKind.LINE_ONLY, case=case, due_on=due))
    return found
