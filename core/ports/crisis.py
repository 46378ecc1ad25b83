"""Ports of calls for people, and of who is on shift."""

from datetime import datetime
from typing import Protocol

from core.crisis.alerts import CrisisAlert
from core.crisis.shifts import Shift
from core.ids import AlertId, CaseId, LinkId, PersonId, ShiftId


class Alerts(Protocol):
    """Calls for people."""

    async def get(self, alert_id: AlertId) -> CrisisAlert:
        """Raises: NotFound."""
        ...

    async def open_of(
        self, *, person_id: PersonId | None = None, link_id: LinkId | None = None
    ) -> CrisisAlert | None:
        """The one that nobody has settled yet, of this person or this stranger's account."""
        ...

    async def told_since(self, person_id: PersonId, *, since: datetime) -> bool:
        """Whether this person was sent the text for unstaffed hours since then."""
        ...

    async def of_case(self, case_id: CaseId, *, limit: int = 50) -> tuple[CrisisAlert, ...]:
        """Newest first."""
        ...

    async def unsettled(self) -> tuple[CrisisAlert, ...]:
        """Those still open, the longest first."""
        ...

    async def to_review(self) -> tuple[CrisisAlert, ...]:
        """Settled and not yet looked back on, earliest due first."""
        ...

    async def due(self, *, at: datetime, limit: int) -> tuple[CrisisAlert, ...]:
        """Those to be passed on by now, the longest first."""
        ...

    async def add(self, alert: CrisisAlert) -> bool:
        """Whether it is new; False where the person, or the account, has an open one already."""
        ...

    async def change(self, alert: CrisisAlert, *, version: int) -> bool: ...


class Shifts(Protocol):
    """Who is on shift."""

    async def get(self, shift_id: ShiftId) -> Shift:
        """Raises: NotFound."""
        ...

    async def between(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """Those that touch this time (half-open), by their beginning."""
        ...

    async def add(self, shift: Shift) -> bool:
        """Whether it is new."""
        ...

    async def remove(self, shift_id: ShiftId) -> bool:
        """Whether it was there."""
        ...
