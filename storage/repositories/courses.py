"""Where a case stands in each programme; emergencies, marks of care, opened glass."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from core.cases import Case, CaseState
from core.closing import PostClosing
from core.courses.multi_agency import MultiAgency
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation, ParticipationState
from core.courses.steps import Course, S
from core.emergency import Emergency
from core.ids import CaseId, PersonId, StaffId
from core.reading import OpenGlass
from core.shielding import CareMark
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction, table_of

_CASES: Final = table_of(tables.CaseRow)
_PEOPLE: Final = table_of(tables.PersonRow)


class SqlCourses:
    """core.ports.Courses."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._outreach: Shelf[OutreachCourse] = Shelf(
            transaction,
            tables.OutreachCourseRow,
            columns=lambda course: {"id": course.case.id},
            what="course",
        )
        self._participation: Shelf[Participation] = Shelf(
            transaction, tables.ParticipationCourseRow, columns=_course_columns, what="course"
        )
        self._multi_agency: Shelf[MultiAgency] = Shelf(
            transaction, tables.MultiAgencyCourseRow, columns=_course_columns, what="course"
        )

    async def outreach(self, case: Case) -> OutreachCourse | None:
        """Around the case as it is given."""
        kept = await self._outreach.first(self._outreach.c.id == case.id)
        return None if kept is None else replace(kept, case=case)

    async def kept_in_touch(self, case_ids: Iterable[CaseId]) -> dict[CaseId, PostClosing]:
        """Participation wins where a case has both."""
        ids = list(case_ids)
        following = (
            select(_CASES.c.id)
            .where(self._tx.mine(_CASES), _CASES.c.state == CaseState.FOLLOW_UP.value)
            .scalar_subquery()
        )
        c, p = self._outreach.c, self._participation.c
        outreach = await self._outreach.all(c.id.in_(ids), c.id.in_(following))
        there = ParticipationState.KEEP_IN_TOUCH.value
        taking_part = await self._participation.all(p.id.in_(ids), p.state == there)
        known = [(one.case.id, one.post_closing) for one in outreach]
        known += [(one.case_id, one.post_closing) for one in taking_part]
        return {case_id: post for case_id, post in known if post is not None}

    async def put_outreach(self, course: OutreachCourse) -> None:
        """New, or in its place."""
        await self._outreach.put(course)

    async def participation(self, case_id: CaseId) -> Participation | None:
        """None where the case has no such course."""
        return await self._participation.first(self._participation.c.id == case_id)

    async def add_participation(self, course: Participation) -> bool:
        """Whether it is new."""
        return await self._participation.add_once(course)

    async def change_participation(self, course: Participation) -> bool:
        """Counts the version on."""
        return await self._participation.change(_next(course), version=course.version)

    async def multi_agency(self, case_id: CaseId) -> MultiAgency | None:
        """None where the case has no such course."""
        return await self._multi_agency.first(self._multi_agency.c.id == case_id)

    async def add_multi_agency(self, course: MultiAgency) -> bool:
        """Whether it is new."""
        return await self._multi_agency.add_once(course)

    async def change_multi_agency(self, course: MultiAgency) -> bool:
        """Counts the version on."""
        return await self._multi_agency.change(_next(course), version=course.version)


class SqlEmergencies:
    """core.ports.Emergencies."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def running(self, case_id: CaseId) -> Emergency | None:
        """The one that is not over."""
        shelf = self._shelf(case_id)
        return await shelf.first(shelf.c.case_id == case_id, shelf.c.ended_at.is_(None))

    async def of_case(self, case_id: CaseId) -> tuple[Emergency, ...]:
        """Newest first."""
        shelf = self._shelf(case_id)
        return await shelf.all(shelf.c.case_id == case_id, by=shelf.c.raised_at.desc())

    async def add(self, case_id: CaseId, emergency: Emergency) -> bool:
        """False when one runs already."""
        return await self._shelf(case_id).add_once(emergency)

    async def change(self, case_id: CaseId, emergency: Emergency) -> bool:
        """Replace the running one."""
        now = await self.running(case_id)
        if now is None or now.raised_at != emergency.raised_at:
            return False
        await self._shelf(case_id).put(emergency)
        return True

    def _shelf(self, case_id: CaseId) -> Shelf[Emergency]:
        return Shelf(
            self._transaction,
            tables.EmergencyRow,
            columns=lambda emergency: {
                "id": f"{case_id} {emergency.raised_at.isoformat()}",
                "case_id": case_id,
                "raised_at": emergency.raised_at,
                "ended_at": emergency.ended_at,
                "review_due_on": emergency.review_due_on,
            },
            what="emergency",
        )


class SqlCareMarks:
    """core.ports.CareMarks."""

    def __init__(self, transaction: Transaction) -> None:
        self._new_id = transaction.new_id
        self._transaction = transaction

    async def of_people(self, person_ids: Iterable[PersonId]) -> tuple[CareMark, ...]:
        """All marks on these people."""
        shelf = self._shelf()
        return await shelf.all(shelf.c.person_id.in_(list(person_ids)))

    async def closed_to(self, staff_id: StaffId | None) -> frozenset[CaseId]:
        """Through the household, too: a mark on one member closes the case of another."""
        shelf = self._shelf()
        marks = await shelf.all(shelf.c.closes_case.is_(True))
        people = [mark.person_id for mark in marks if staff_id not in mark.cleared]
        if not people:
            return frozenset()
        tx = self._transaction
        homes = (
            select(_PEOPLE.c.household_id)
            .where(tx.mine(_PEOPLE), _PEOPLE.c.id.in_(people), _PEOPLE.c.household_id.is_not(None))
            .scalar_subquery()
        )
        rows = await tx.rows(
            select(_CASES.c.id)
            .join(
                _PEOPLE,
                (_PEOPLE.c.municipality_id == _CASES.c.municipality_id)
                & (_PEOPLE.c.id == _CASES.c.person_id),
            )
            .where(
                tx.mine(_CASES), or_(_PEOPLE.c.id.in_(people), _PEOPLE.c.household_id.in_(homes))
            )
        )
        return frozenset(CaseId(row.id) for row in rows)

    async def put(self, mark: CareMark) -> None:
        """The care is sealed, so the same one is found by opening."""
        await self.remove(mark)
        await self._shelf().add(mark)

    async def remove(self, mark: CareMark) -> None:
        """Take the mark of this care off."""
        shelf = self._shelf()
        others = [one for one in await self.of_people([mark.person_id]) if one.care != mark.care]
        await shelf.remove(shelf.c.person_id == mark.person_id)
        for other in others:
            await shelf.add(other)

    def _shelf(self) -> Shelf[CareMark]:
        return Shelf(
            self._transaction,
            tables.CareMarkRow,
            columns=lambda mark: {
                "id": self._new_id(),
                "person_id": mark.person_id,
                "closes_case": mark.closes_case,
                "cleared": "".join(f",{by}" for by in sorted(mark.cleared)) + ",",
            },
            what="care mark",
        )


class SqlGlass:
    """core.ports.Glass."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[OpenGlass] = Shelf(
            transaction,
            tables.OpenGlassRow,
            columns=lambda glass: {
                "id": glass.id,
                "case_id": glass.case_id,
                "staff_id": glass.staff_id,
                "until": glass.until,
                "reviewed_at": glass.reviewed_at,
                "version": glass.version,
            },
            what="opened glass",
        )

    async def get(self, glass_id: str) -> OpenGlass:
        """Raises: NotFound."""
        return await self._shelf.get(glass_id)

    async def add(self, glass: OpenGlass) -> None:
        """A new one."""
        await self._shelf.add(glass)

    async def change(self, glass: OpenGlass, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(glass, version=version)

    async def open_for(
        self, staff_id: StaffId, *, case_id: CaseId, at: datetime
    ) -> OpenGlass | None:
        """The one that lasts longest."""
        c = self._shelf.c
        return await self._shelf.first(
            c.staff_id == staff_id, c.case_id == case_id, c.until > at, by=c.until.desc()
        )

    async def of_case(self, case_id: CaseId) -> tuple[OpenGlass, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.case_id == case_id, by=(c.until.desc(), c.id.desc()))

    async def unreviewed(self) -> tuple[OpenGlass, ...]:
        """Oldest first."""
        return await self._shelf.all(self._shelf.c.reviewed_at.is_(None), by=self._shelf.c.until)


def _course_columns(course: Course[S]) -> dict[str, object]:
    return {
        "id": course.case_id,
        "person_id": course.person_id,
        "state": str(course.state),
        "version": course.version,
    }


def _next(course: Course[S]) -> Course[S]:
    return replace(course, version=course.version + 1)
