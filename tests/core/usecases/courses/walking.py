"""What a test of courses needs at hand: 佐藤 leads A-12, 鈴木 works on it, 田中 coordinates."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from inspect import signature
from typing import Any, TypeVar

from core.agencies import Staff
from core.audit import AuditEntry
from core.basis import Basis
from core.cases import Case
from core.closing import ClosingReason, Farewell, PostClosing
from core.contacts import ContactChannel, Met
from core.courses.multi_agency import MultiAgency
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation
from core.ids import CaseId
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.ports import UnitOfWork
from core.programmes import Programme
from core.usecases.contacts.log_contact import log_contact
from core.usecases.plans.put_preconsent_plan_in_force import put_preconsent_plan_in_force
from tests.core.casework.cases import PREPARED
from tests.core.plans import examples
from tests.core.usecases.plans.planning import EARLY_SHEET, Planning
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO

__all__ = ["PREPARED", "Walking", "closing"]
R = TypeVar("R")


def closing(reason: ClosingReason = ClosingReason.LINKED_AND_STABLE, **more: Any) -> PostClosing:
    """A hand-over with everything settled."""
    whole = PostClosing(
        reason=reason,
        lead_agency_id=examples.CENTER,
        follow_up_method="月に一度の電話",
        information_sharing="名簿の機関どうし",
        next_contact_on=examples.TODAY + timedelta(days=60),
        farewell=Farewell.TOLD_IN_PERSON,
    )
    return replace(whole, **more)


@dataclass(kw_only=True)
class Walking:
    """The record through the eyes of whoever moves the case."""

    planning: Planning
    case_id: CaseId = A12.id

    @property
    def uow(self) -> UnitOfWork:
        return self.planning.uow

    async def case(self) -> Case:
        async with self.uow.read() as work:
            return await work.cases.get(self.case_id)

    async def outreach(self) -> OutreachCourse:
        async with self.uow.read() as work:
            course = await work.courses.outreach(await work.cases.get(self.case_id))
        assert course is not None
        return course

    async def participation(self) -> Participation:
        async with self.uow.read() as work:
            course = await work.courses.participation(self.case_id)
        assert course is not None
        return course

    async def multi_agency(self) -> MultiAgency:
        async with self.uow.read() as work:
            course = await work.courses.multi_agency(self.case_id)
        assert course is not None
        return course

    async def rows(self) -> list[str]:
        """The rows that were taken, in order."""
        return [
            line.removeprefix("row=")
            for entry in await self.trail()
            for line in entry.event.evidence
            if line.startswith("row=") and entry.event.action == "case.moved"
        ]

    async def trail(self) -> list[AuditEntry]:
        async with self.uow.read() as work:
            return list(await work.audit.of_case(self.case_id))

    async def takes(
        self, row: Callable[..., Awaitable[R]], *, by: Staff = SUZUKI, **more: Any
    ) -> R:
        """A row of outreach by a use case, on the case as it is now."""
        asked = {"case_id": self.case_id, "version": (await self.case()).version} | more
        return await self._call(row, by=by, asked=asked)

    async def takes_on(
        self,
        row: Callable[..., Awaitable[R]],
        course: Participation | MultiAgency,
        *,
        by: Staff,
        **more: Any,
    ) -> R:
        """A row of another course."""
        asked = {"case_id": self.case_id, "version": course.version} | more
        return await self._call(row, by=by, asked=asked)

    async def _call(
        self, row: Callable[..., Awaitable[R]], *, by: Staff, asked: dict[str, Any]
    ) -> R:
        """With the time as far as the use case asks for it."""
        whole = self.planning.now | {"today": self.planning.today, "by": by.id} | asked
        takes = signature(row).parameters
        return await row(self.uow, **{name: whole[name] for name in takes if name in whole})

    async def follows(
        self,
        row: Callable[..., Awaitable[R]],
        outcome: Outcome,
        purpose: AgendaPurpose,
        *,
        basis: Basis = Basis.JUSO,
        programme: Programme = Programme.OUTREACH,
        version: int | None = None,
        by: Staff = TANAKA,
        **more: Any,
    ) -> R:
        """A row that a meeting of an hour ago decided."""
        meeting_id, item_id = await self.planning.sits(
            outcome, purpose=purpose, basis=basis, programmes=(programme,)
        )
        shown = (await self.case()).version if version is None else version
        return await row(
            self.uow,
            meeting_id=meeting_id,
            item_id=item_id,
            version=shown,
            by=by.id,
            **self.planning.now,
            **more,
        )

    async def early_plan(self) -> None:
        """The plan before consent, in force without a meeting."""
        await self.planning.assess()
        plan = await self.planning.draft(EARLY_SHEET)
        await put_preconsent_plan_in_force(
            self.uow,
            plan_id=plan.id,
            version=plan.version,
            by=SUZUKI.id,
            endorsement_required=False,
            **self.planning.now,
        )

    async def logs(
        self, channel: ContactChannel, met: Met = Met.NOT_APPLICABLE, **more: Any
    ) -> None:
        asked: dict[str, Any] = {"happened_at": self.planning.at, "at": self.planning.at} | more
        await log_contact(
            self.uow, case_id=self.case_id, by=SATO.id, channel=channel, met=met, tz=TOKYO, **asked
        )

    async def tried(self) -> None:
        """Agencies asked, the neighbours asked, and nobody at home."""
        await self.logs(ContactChannel.AGENCY_TALK)
        await self.logs(ContactChannel.RESIDENT_INFO)
        await self.logs(ContactChannel.VISIT, Met.ABSENT)
