"""Both sides of a referral, and everything that a step of it needs."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.agencies import Agency, Role, Staff
from core.cases import CaseState
from core.connect_sheets import ConnectSheet, ConnectStep, SheetWords
from core.ids import AgencyId, PlaceId, ReferralId, StaffId
from core.people import Household
from core.ports import UnitOfWork
from core.referrals.record import ROLES_TO_DIVIDE, Referral, ReferralKind
from core.resources import ParticipationPlace, PlaceKind
from core.usecases.referrals.accept_referral import accept_referral
from core.usecases.referrals.connect_referral import connect_referral
from core.usecases.referrals.draft_referral import draft_referral
from core.usecases.referrals.explain_referral import explain_referral
from core.usecases.referrals.finish_referral import finish_referral
from core.usecases.referrals.give_feedback import give_feedback
from core.usecases.referrals.note_answer import note_answer
from core.usecases.referrals.receive_referral import receive_referral
from core.usecases.referrals.send_referral import send_referral
from core.usecases.referrals.write_sheet import write_sheet
from core.usecases.resources.add_place import add_place
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

NPO = AgencyId("agency-npo")
SHAKYO = AgencyId("agency-shakyo")
CLINIC = AgencyId("agency-clinic")
DUE = date(2026, 12, 14)
YAMADA = Staff(
    id=StaffId("staff-yamada"),
    municipality_id=MIDORI,
    code="山田",
    name="山田",
    roles=frozenset({Role.INTAKE_WORKER, Role.PARTICIPATION_WORKER}),
    agency_id=SHAKYO,
)


async def settle(uow: UnitOfWork) -> None:
    """Organisations, and who works where."""
    async with uow.write() as work:
        for agency_id, name in ((NPO, "ひだまり舎"), (SHAKYO, "社協"), (CLINIC, "診療所")):
            await work.towns.put_agency(
                Agency(id=agency_id, municipality_id=MIDORI, code=agency_id, name=name)
            )
        for staff, agency_id in ((SATO, NPO), (SUZUKI, NPO), (TANAKA, SHAKYO), (YAMADA, SHAKYO)):
            await work.staff.put(replace(staff, agency_id=agency_id))
        await work.commit()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """鈴木 of the source hands A on to 社協; 田中 of 社協 is on the case, 山田 is not."""

    uow: UnitOfWork
    at: datetime = MONDAY

    async def drafted(self, **changes: Any) -> Referral:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "kind": ReferralKind.TO_MULTI_AGENCY,
            "to_agency_id": SHAKYO,
            "reason": ROLES_TO_DIVIDE,
            "summary": "三つの窓口が別々に関わっている",
            "to_contact": "田中",
            "by": SUZUKI.id,
            "at": self.at,
        }
        return await draft_referral(self.uow, **(asked | changes))

    async def explained(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.drafted()
        return await explain_referral(self.uow, **self._step(on, SUZUKI.id, changes))

    async def answered(
        self, referral: Referral | None = None, *, accepts: bool = True, **changes: Any
    ) -> Referral:
        on = referral or await self.explained()
        asked = {"accepts": accepts, "own_words": "話してみてもいい"} | changes
        return await note_answer(self.uow, **self._step(on, SUZUKI.id, asked))

    async def sent(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.answered()
        return await send_referral(self.uow, **self._step(on, SUZUKI.id, changes))

    async def received(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.sent()
        asked = {"feedback_due_on": DUE} | changes
        return await receive_referral(self.uow, **self._step(on, YAMADA.id, asked))

    async def accepted(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.received()
        return await accept_referral(self.uow, **self._step(on, YAMADA.id, changes))

    async def connected(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.accepted()
        return await connect_referral(self.uow, **self._step(on, YAMADA.id, changes))

    async def told(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.connected()
        asked = {"happened": "お会いできた"} | changes
        return await give_feedback(self.uow, **self._step(on, YAMADA.id, asked))

    async def done(self, referral: Referral | None = None, **changes: Any) -> Referral:
        on = referral or await self.told()
        return await finish_referral(self.uow, **self._step(on, SUZUKI.id, changes))

    async def now(self, referral_id: ReferralId) -> Referral:
        async with self.uow.read() as work:
            return await work.referrals.get(referral_id)

    async def sheet(self, **changes: Any) -> ConnectSheet:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "to_agency_id": CLINIC,
            "step": ConnectStep.LETTER,
            "by": SUZUKI.id,
            "at": self.at,
            "tz": TOKYO,
            "to_contact": "地域連携室",
            "consents": True,
            "words": SheetWords(came_for="眠れない", noticed=("眠れない", "食べていない")),
        }
        return await write_sheet(self.uow, **(asked | changes))

    async def place(self, **changes: Any) -> ParticipationPlace:
        asked: dict[str, Any] = {
            "kind": PlaceKind.COMMUNITY_MEAL,
            "name": "お昼の会",
            "host_agency_id": CLINIC,
            "by": YAMADA.id,
            "at": self.at,
            "tz": TOKYO,
            "reimburses": True,
        }
        return await add_place(self.uow, **(asked | changes))

    async def place_now(self, place_id: PlaceId) -> ParticipationPlace:
        async with self.uow.read() as work:
            return await work.resources.place(place_id)

    async def trail(self, subject: str) -> list[str]:
        """What was done to this, in order."""
        async with self.uow.read() as work:
            entries = await work.audit.entries(limit=10_000)
        return [entry.event.action for entry in entries if entry.event.subject == subject]

    async def move_case(self, state: CaseState) -> None:
        async with self.uow.write() as work:
            case = await work.cases.get(A12.id)
            moved = replace(case, state=state, version=case.version + 1)
            await work.cases.change(moved, version=case.version)
            await work.commit()

    async def at_home(self, household: Household) -> None:
        """A lives in this household."""
        async with self.uow.write() as work:
            await work.people.put_household(household)
            await work.people.put(replace(A, household_id=household.id))
            await work.commit()

    def later(self, days: int) -> "Sides":
        """The same, some days on."""
        return replace(self, at=self.at + timedelta(days=days))

    def _step(self, on: Referral, by: StaffId, changes: dict[str, Any]) -> dict[str, Any]:
        asked = {
            "referral_id": on.id,
            "version": on.version,
            "by": by,
            "at": self.at,
            "tz": TOKYO,
        }
        return asked | changes
