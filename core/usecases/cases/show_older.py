"""Tell an older page of one of a case's long lists."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from core.days import local_day
from core.ids import CaseId, StaffId
from core.long_lists import NEWEST, LongList, page_of
from core.ports import UnitOfWork
from core.reading_steps import OPERATOR, open_for
from core.story import CaseStory, Listener, told


async def show_older(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    part: LongList,
    before: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo = UTC,
    most: int = NEWEST,
) -> CaseStory:
    """A story that holds this page of this list and nothing else of the case.

    Args:
        before: from where to go on, as the story's `more` says.

    Raises:
        As `show_case`; that it was opened becomes part of the record.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        today = local_day(at, tz=tz)
        opened = await open_for(work, case, by=by, at=at, today=today, most=None)
        await work.audit.append(opened.reading.event)
        page = await page_of(work, case.id, part, most=most, before=before)
        lists: dict[str, Any] = dict.fromkeys(("letters", "contacts", "replies", "trail"), ())
        lists[part.value] = page.rows
        staff = await work.staff.all()
        story = CaseStory(
            case=case,
            person=next(one for one in opened.members if one.id == case.person_id),
            members=opened.members,
            link=None,
            consents=(),
            names={member.id: member.name for member in staff} | {OPERATOR: OPERATOR},
            media=await work.media.of_replies(reply.id for reply in lists["replies"]),
            letter_steps=await work.audit.of_subjects(one.id for one in lists["letters"]),
            bodies=opened.bodies,
            participants=await work.bodies.participants() if lists.get("meetings") else (),
            agencies={agency.id: agency for agency in await work.towns.agencies()},
            reader=opened.reading.passed,
            roles=opened.roles,
            more={part.value: page.before} if page.before else {},
            **lists,
        )
        await work.commit()
        return told(story, Listener(staff=opened.staff, circle=opened.circle, on=today))
