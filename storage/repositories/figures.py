"""Parts of records in bulk for the figures, and the months that were closed."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Final

from sqlalchemy import or_, select

from core.assessments import IntakeAssessment
from core.audit import AuditEntry
from core.closing import PostClosing
from core.courses.multi_agency import MultiAgency
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation
from core.days import local_day
from core.figures.moves import CourseNow
from core.figures.records import Touch
from core.figures.revisions import MonthRevision
from core.ids import CaseId
from core.plans.record import Plan
from core.programmes import Programme
from storage import tables
from storage.repositories.audit import entry_of
from storage.transaction import Transaction, table_of

_ENTRIES: Final = table_of(tables.AuditEntryRow)
_CASES: Final = table_of(tables.CaseRow)
_OUTREACH: Final = table_of(tables.OutreachCourseRow)
_OTHERS: Final = (
    (Programme.PARTICIPATION, table_of(tables.ParticipationCourseRow)),
    (Programme.MULTI_AGENCY, table_of(tables.MultiAgencyCourseRow)),
)
_SHEETS: Final = table_of(tables.AssessmentRow)
_PLANS: Final = table_of(tables.PlanRow)
_CONTACTS: Final = table_of(tables.ContactRow)
_MONTHS: Final = table_of(tables.MonthRow)


class SqlFigures:
    """core.ports.Figures."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def trail(
        self,
        actions: Iterable[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[AuditEntry, ...]:
        """By number."""
        c = _ENTRIES.c
        asked = select(_ENTRIES).where(self._tx.mine(_ENTRIES), c.action.in_(sorted(actions)))
        if since is not None:
            asked = asked.where(c.at >= since)
        if until is not None:
            asked = asked.where(c.at < until)
        return tuple(map(entry_of, await self._tx.rows(asked.order_by(c.number))))

    async def courses(self) -> tuple[CourseNow, ...]:
        """Those of outreach first, then by case."""
        outreach = await self._tx.rows(
            select(_CASES.c.id, _CASES.c.state, _OUTREACH.c.content)
            .join(
                _OUTREACH,
                (_OUTREACH.c.municipality_id == _CASES.c.municipality_id)
                & (_OUTREACH.c.id == _CASES.c.id),
            )
            .where(self._tx.mine(_CASES))
            .order_by(_CASES.c.id)
        )
        found = [_now(row.id, Programme.OUTREACH, row.state, row.content) for row in outreach]
        for programme, table in _OTHERS:
            rows = await self._tx.rows(
                select(table.c.id, table.c.state, table.c.content)
                .where(self._tx.mine(table))
                .order_by(table.c.id)
            )
            found += [_now(row.id, programme, row.state, row.content) for row in rows]
        return tuple(found)

    async def sheets(self, since: date, until: date) -> tuple[IntakeAssessment, ...]:
        """By day."""
        c = _SHEETS.c
        rows = await self._tx.rows(
            select(c.content)
            .where(self._tx.mine(_SHEETS), c.assessed_on >= since, c.assessed_on <= until)
            .order_by(c.assessed_on, c.id)
        )
        return tuple(row.content for row in rows)

    async def plans(self, since: date, until: date) -> tuple[Plan, ...]:
        """By id."""
        c = _PLANS.c
        rows = await self._tx.rows(
            select(c.content)
            .where(
                self._tx.mine(_PLANS),
                or_(
                    c.final_on.between(since, until),
                    c.reported_on.between(since, until),
                    c.decided_by.is_not(None),
                ),
            )
            .order_by(c.id)
        )
        return tuple(row.content for row in rows)

    async def touches(self, since: datetime, until: datetime, *, tz: tzinfo) -> tuple[Touch, ...]:
        """By their time."""
        c = _CONTACTS.c
        rows = await self._tx.rows(
            select(c.at, c.case_id, c.channel, c.met)
            .where(self._tx.mine(_CONTACTS), c.at >= since, c.at < until)
            .order_by(c.at, c.id)
        )
        return tuple(
            Touch(
                on=local_day(row.at, tz=tz),
                case_id=CaseId(row.case_id),
                channel=row.channel,
                met=row.met,
            )
            for row in rows
        )

    async def revisions(self, month: date) -> tuple[MonthRevision, ...]:
        """Newest first."""
        rows = await self._tx.rows(
            select(_MONTHS.c.content)
            .where(self._tx.mine(_MONTHS), _MONTHS.c.month == month)
            .order_by(_MONTHS.c.revision.desc())
        )
        return tuple(row.content for row in rows)

    async def closed_months(self) -> tuple[date, ...]:
        """Newest first."""
        rows = await self._tx.rows(
            select(_MONTHS.c.month)
            .where(self._tx.mine(_MONTHS), _MONTHS.c.revision == 1)
            .order_by(_MONTHS.c.month.desc())
        )
        return tuple(row.month for row in rows)

    async def keep(self, revision: MonthRevision) -> bool:
        """Whether it is new."""
        return await self._tx.add_once(
            _MONTHS,
            {
                "municipality_id": self._tx.municipality_id,
                "month": revision.month,
                "revision": revision.revision,
                "closed_at": revision.closed_at,
                "content": revision,
            },
        )


def _now(
    case_id: str,
    programme: Programme,
    state: str,
    course: OutreachCourse | Participation | MultiAgency,
) -> CourseNow:
    post: PostClosing | None = course.post_closing
    closing = "" if post is None else post.reason.value
    return CourseNow(case_id=CaseId(case_id), programme=programme, state=state, closing=closing)
