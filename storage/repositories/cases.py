"""Cases."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row, func, select

from core.cases import Case, CaseState, Urgency
from core.errors import NotFound
from core.ids import AreaId, CaseId, HouseholdId, MunicipalityId, PersonId, StaffId
from storage import tables
from storage.transaction import Transaction, table_of

_CASES: Final = table_of(tables.CaseRow)


class SqlCases:
    """core.ports.Cases."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, case_id: CaseId) -> Case:
        """Raises: NotFound."""
        found = await self._find(_CASES.c.id == case_id)
        if found is None:
            raise NotFound(what="case", id=case_id)
        return found

    async def of_ids(self, case_ids: Iterable[CaseId]) -> dict[CaseId, Case]:
        """Those of these that are there, with one question however many there are."""
        asked = sorted(set(case_ids))
        if not asked:
            return {}
        rows = await self._tx.rows(
            select(_CASES).where(self._tx.mine(_CASES), _CASES.c.id.in_(asked))
        )
        return {case.id: case for case in map(case_of, rows)}

    async def by_alias(self, alias: str) -> Case | None:
        """By the alias shown in lists."""
        return await self._find(_CASES.c.alias == alias)

    async def by_no(self, case_no: str) -> Case | None:
        """By the case number."""
        return await self._find(_CASES.c.case_no == case_no)

    async def of_person(self, person_id: PersonId) -> tuple[Case, ...]:
        """Newest first."""
        rows = await self._tx.rows(
            select(_CASES)
            .where(self._tx.mine(_CASES), _CASES.c.person_id == person_id)
            .order_by(_CASES.c.opened_on.desc(), _CASES.c.id.desc())
        )
        return tuple(case_of(row) for row in rows)

    async def all(self) -> tuple[Case, ...]:
        """By alias."""
        rows = await self._tx.rows(
            select(_CASES).where(self._tx.mine(_CASES)).order_by(_CASES.c.alias)
        )
        return tuple(case_of(row) for row in rows)

    async def add(self, case: Case) -> None:
        """A new case."""
        await self._tx.add(_CASES, case_values(case))

    async def begin(self, case: Case) -> bool:
        """A new case; False when its alias or its number is taken."""
        return await self._tx.add_once(_CASES, case_values(case))

    async def count(self) -> int:
        """Of every state."""
        row = await self._tx.one(
            select(func.count().label("cases")).select_from(_CASES).where(self._tx.mine(_CASES))
        )
        return 0 if row is None else int(row.cases)

    async def change(self, case: Case, *, version: int) -> bool:
        """Replace the case if it still has `version`; its facts are counted by `add_fact` only."""
        values = case_values(case)
        del values["facts"]
        return await self._tx.change(_CASES, values, version=version)

    async def add_fact(self, case_id: CaseId) -> int:
        """Count one more fact; the new count.

        Raises:
            NotFound: no such case.
        """
        row = await self._tx.one(
            _CASES.update()
            .where(self._tx.mine(_CASES), _CASES.c.id == case_id)
            .values(facts=_CASES.c.facts + 1)
            .returning(_CASES.c.facts)
        )
        if row is None:
            raise NotFound(what="case", id=case_id)
        return int(row.facts)

    async def _find(self, where: Any) -> Case | None:
        row = await self._tx.one(select(_CASES).where(self._tx.mine(_CASES), where))
        return None if row is None else case_of(row)


def case_values(case: Case) -> dict[str, Any]:
    """The row of a case."""
    return {
        "municipality_id": case.municipality_id,
        "id": case.id,
        "case_no": case.case_no,
        "alias": case.alias,
        "person_id": case.person_id,
        "state": case.state.value,
        "opened_on": case.opened_on,
        "household_id": case.household_id,
        "area_id": case.area_id,
        "lead_staff_id": case.lead_staff_id,
        "urgency": case.urgency.value,
        "plan_less_because": case.plan_less_because or None,
        "facts": case.facts,
        "version": case.version,
    }


def case_of(row: Row[Any]) -> Case:
    """The case of a row."""
    return Case(
        id=CaseId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        case_no=row.case_no,
        alias=row.alias,
        person_id=PersonId(row.person_id),
        state=CaseState(row.state),
        opened_on=row.opened_on,
        household_id=None if row.household_id is None else HouseholdId(row.household_id),
        area_id=None if row.area_id is None else AreaId(row.area_id),
        lead_staff_id=None if row.lead_staff_id is None else StaffId(row.lead_staff_id),
        urgency=Urgency(row.urgency),
        plan_less_because=row.plan_less_because or "",
        facts=row.facts,
        version=row.version,
    )
