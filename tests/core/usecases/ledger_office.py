"""佐藤 at the ledger of A's household, with what the forms would send."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.consent.giver import Giver
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine
from core.consent.scopes import AgencyScope, MeetingScope, Scope, ServiceScope
from core.ids import AgencyId, ConsentId, HouseholdId, PersonId
from core.people import Household
from core.programmes import Programme
from core.usecases.consents.ask_again import ask_again
from core.usecases.consents.decline_for_now import decline_for_now
from core.usecases.consents.explain_consent import explain_consent
from core.usecases.consents.record_given import record_given
from core.usecases.consents.widen_consent import widen_consent
from core.usecases.consents.withdraw_consent import withdraw_consent
from storage.unit_of_work import SqlUnitOfWork
from tests.core.casework.ledgers import FORM
from tests.people import A12, MIDORI, MONDAY, SATO, TOKYO, A

OUTREACH = ServiceScope(programme=Programme.OUTREACH)
IN_JUSO = MeetingScope(body="juso", membership_version=1)
HOSPITAL = AgencyId("hospital")
TELL_HOSPITAL = AgencyScope(agencies=frozenset({HOSPITAL}), topics=frozenset({"HEALTH"}))
HOME = Household(id=HouseholdId("home"), municipality_id=MIDORI, code="home", label="A宅")
FATHER = replace(A, id=PersonId("person-f"), code="F", name="青木 父", household_id=HOME.id)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The ledger seen from case A-12."""

    uow: SqlUnitOfWork

    async def explain(self, scope: Scope = OUTREACH, **changes: Any) -> ConsentLine:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "subject": A.id,
            "text_version": "2026-04",
            "shown": ("だれに、何を",),
            "by": SATO.id,
            "at": MONDAY,
            "tz": TOKYO,
        }
        return await explain_consent(self.uow, scope=scope, **(asked | changes))

    async def give(self, line: ConsentLine, **changes: Any) -> ConsentLine:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "consent_id": line.id,
            "version": line.version,
            "giver": Giver(person_id=line.subject),
            "evidence": FORM,
            "chosen_by_person": True,
            "by": SATO.id,
            "at": MONDAY,
            "tz": TOKYO,
        }
        return await record_given(self.uow, **(asked | changes))

    async def given(self, scope: Scope = OUTREACH, **changes: Any) -> ConsentLine:
        """Explained, and given."""
        subject = changes.pop("subject", A.id)
        return await self.give(await self.explain(scope, subject=subject), **changes)

    async def decline(self, line: ConsentLine, **changes: Any) -> ConsentLine:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "consent_id": line.id,
            "version": line.version,
            "by": SATO.id,
            "at": MONDAY,
        }
        return await decline_for_now(self.uow, **(asked | changes))

    async def ask_again(self, line: ConsentLine, *, at: datetime, **changes: Any) -> ConsentLine:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "consent_id": line.id,
            "version": line.version,
            "why_now": "本人から話が出た",
            "by": SATO.id,
        }
        return await ask_again(self.uow, at=at, **(asked | changes))

    async def widen(self, line: ConsentLine, scope: Scope, **changes: Any) -> ConsentLine:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "consent_id": line.id,
            "version": line.version,
            "text_version": "2026-10",
            "shown": ("増えたところ",),
            "by": SATO.id,
            "at": MONDAY,
            "tz": TOKYO,
        }
        return await widen_consent(self.uow, scope=scope, **(asked | changes))

    async def withdraw(self, *lines: ConsentLine, **changes: Any) -> tuple[ConsentLine, ...]:
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "consents": {line.id: line.version for line in lines},
            "by": SATO.id,
            "at": MONDAY,
            "tz": TOKYO,
        }
        return await withdraw_consent(self.uow, **(asked | changes))

    async def line(self, id_: str) -> ConsentLine:
        async with self.uow.read() as work:
            return await work.consents.get(ConsentId(id_))

    async def states(self, person_id: PersonId = A.id) -> dict[str, ConsentState]:
        """Where each line of a person stands."""
        async with self.uow.read() as work:
            return {line.id: line.state for line in await work.consents.of_person(person_id)}

    async def household(self) -> None:
        """A lives with a father."""
        async with self.uow.write() as work:
            await work.people.put_household(HOME)
            await work.people.put(replace(await work.people.get(A.id), household_id=HOME.id))
            await work.people.put(FATHER)
            await work.commit()
