"""Port of the figures: parts of records in bulk, and the months that were closed."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Protocol

from core.assessments import IntakeAssessment
from core.audit import AuditEntry
from core.figures.moves import CourseNow
from core.figures.records import Touch
from core.figures.revisions import MonthRevision
from core.plans.record import Plan


class Figures(Protocol):
    """What is counted. Days are local, both ends within; moments half-open."""

    async def trail(
        self,
        actions: Iterable[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[AuditEntry, ...]:
        """What happened of these kinds, in the order of the trail."""
        ...

    async def courses(self) -> tuple[CourseNow, ...]:
        """Every course of every case as it stands."""
        ...

    async def sheets(self, since: date, until: date) -> tuple[IntakeAssessment, ...]:
        """Intake sheets of these days."""
        ...

    async def plans(self, since: date, until: date) -> tuple[Plan, ...]:
        """Plans that became final or were reported on these days, and all that were decided on."""
        ...

    async def touches(self, since: datetime, until: datetime, *, tz: tzinfo) -> tuple[Touch, ...]:
        """The contact log without a word of it."""
        ...

    async def revisions(self, month: date) -> tuple[MonthRevision, ...]:
        """What was told of a month (its first day), newest first."""
        ...

    async def closed_months(self) -> tuple[date, ...]:
        """The months of which anything was told, newest first."""
        ...

    async def keep(self, revision: MonthRevision) -> bool:
        """Whether it is new; False when this edition of the month is there already."""
        ...
