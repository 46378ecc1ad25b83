"""After closing, and where there is only LINE, whoever leads the case is told on their desk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.cases import CaseState
from core.closing import NextContactUnset
from core.contacts import ContactChannel, Met
from core.courses.walking import CourseStepClosed
from core.reminders import ReminderKind
from core.touch_owed import touch_owed
from core.usecases.courses.note_touch_owed import note_touch_owed
from core.usecases.courses.review_line_only import ReviewEmpty, review_line_only
from core.usecases.courses.set_next_contact import set_next_contact
from scheduler.touch import Touching
from tests.core.usecases.courses.walking import Walking, closing
from tests.fakes import SetClock
from tests.people import MONDAY, SATO, TOKYO


async def due(walking: Walking) -> list[ReminderKind]:
    async with walking.uow.read() as work:
        case = await work.cases.get(walking.case_id)
        return [one.kind for one in await touch_owed(work, [case], today=walking.planning.today)]


@pytest.mark.rule("R-065", "O12")
async def test_on_the_day_somebody_keeps_in_touch_and_names_the_next(walking: Walking) -> None:
    with pytest.raises(CourseStepClosed):
        await walking.takes(set_next_contact, by=SATO, on=walking.planning.today)
    course = await walking.outreach()
    async with walking.uow.write() as work:
        post = closing(next_contact_on=walking.planning.today + timedelta(days=1))
        await work.courses.put_outreach(replace(course, post_closing=post))
        await work.commit()
    await walking.planning.stands(CaseState.FOLLOW_UP)
    assert await due(walking) == []
    walking.planning.at += timedelta(days=1)
    assert await due(walking) == [ReminderKind.FOLLOW_UP_DUE]
    with pytest.raises(NextContactUnset):
        await walking.takes(set_next_contact, by=SATO, on=walking.planning.today - timedelta(1))
    await walking.takes(set_next_contact, by=SATO, on=walking.planning.today + timedelta(30))
    assert await due(walking) == []


@pytest.mark.rule("R-029")
async def test_a_case_that_lives_on_line_alone_is_looked_at_every_90_days(
    walking: Walking,
) -> None:
    assert await due(walking) == []
    await walking.logs(ContactChannel.LINE_OUT)
    assert await due(walking) == [ReminderKind.LINE_ONLY]
    with pytest.raises(ReviewEmpty):
        await walking.takes(review_line_only, by=SATO, finding=" ")
    await walking.takes(review_line_only, by=SATO, finding="鉄道の写真展に誘ってみる")
    assert await due(walking) == []
    walking.planning.at += timedelta(days=90)
    assert await due(walking) == [ReminderKind.LINE_ONLY]
    await walking.logs(ContactChannel.VISIT, Met.LETTER_LEFT)
    assert await due(walking) == []


@pytest.mark.rule("R-029")
async def test_where_nobody_leads_all_who_work_on_it_are_told(walking: Walking) -> None:
    async with walking.uow.write() as work:
        case = await work.cases.get(walking.case_id)
        alone = replace(case, lead_staff_id=None, version=case.version + 1)
        assert await work.cases.change(alone, version=case.version)
        await work.commit()
    await walking.logs(ContactChannel.LINE_OUT)
    assert await due(walking) == [ReminderKind.LINE_ONLY]
    assert await note_touch_owed(walking.uow, at=MONDAY, today=walking.planning.today) > 1


@pytest.mark.rule("R-029")
async def test_desks_are_drawn_anew_once_in_a_local_day(walking: Walking) -> None:
    clock = SetClock(at=MONDAY)
    touching = Touching(walking.uow, clock=clock, tz=TOKYO)
    assert await touching.run() == 0
    await walking.logs(ContactChannel.LINE_OUT)
    assert await touching.run() == 0
    clock.at += timedelta(days=1)
    assert await touching.run() == 1
