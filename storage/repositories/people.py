"""People at home and their households."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Row, select

from core.errors import NotFound
from core.ids import AreaId, HouseholdId, MunicipalityId, PersonId
from core.people import Household, LanguageStyle, Person
from storage import tables
from storage.more import HouseholdMore, PersonMore, given_by, more_of
from storage.transaction import Transaction, table_of

_PEOPLE: Final = table_of(tables.PersonRow)
_HOUSEHOLDS: Final = table_of(tables.HouseholdRow)


class SqlPeople:
    """core.ports.People."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, person_id: PersonId) -> Person:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_PEOPLE).where(self._tx.mine(_PEOPLE), _PEOPLE.c.id == person_id)
        )
        if row is None:
            raise NotFound(what="person", id=person_id)
        return person_of(row)

    async def by_code(self, code: str) -> Person | None:
        """By the code in the town's own files."""
        row = await self._tx.one(
            select(_PEOPLE).where(self._tx.mine(_PEOPLE), _PEOPLE.c.code == code)
        )
        return None if row is None else person_of(row)

    async def put(self, person: Person) -> None:
        """Insert or replace."""
        await self._tx.put(_PEOPLE, person_values(person))

    async def household(self, household_id: HouseholdId) -> Household:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_HOUSEHOLDS).where(self._tx.mine(_HOUSEHOLDS), _HOUSEHOLDS.c.id == household_id)
        )
        if row is None:
            raise NotFound(what="household", id=household_id)
        return household_of(row)

    async def household_by_code(self, code: str) -> Household | None:
        """By the code in the town's own files."""
        row = await self._tx.one(
            select(_HOUSEHOLDS).where(self._tx.mine(_HOUSEHOLDS), _HOUSEHOLDS.c.code == code)
        )
        return None if row is None else household_of(row)

    async def put_household(self, household: Household) -> None:
        """Insert or replace."""
        await self._tx.put(_HOUSEHOLDS, household_values(household))

    async def members(self, household_id: HouseholdId) -> tuple[Person, ...]:
        """Who lives there, by code."""
        rows = await self._tx.rows(
            select(_PEOPLE)
            .where(self._tx.mine(_PEOPLE), _PEOPLE.c.household_id == household_id)
            .order_by(_PEOPLE.c.code)
        )
        return tuple(person_of(row) for row in rows)


def person_values(person: Person) -> dict[str, Any]:
    """The row of a person."""
    return {
        "municipality_id": person.municipality_id,
        "id": person.id,
        "code": person.code,
        "name": person.name,
        "kana": person.kana,
        "household_id": person.household_id,
        "area_id": person.area_id,
        "birth_date": None if person.birth_date is None else person.birth_date.isoformat(),
        "address": person.address,
        "phones": person.phones,
        "language_style": person.language_style.value,
        "interests": person.interests,
        "do_not_mention": person.do_not_mention,
        "shared_device": person.shared_device,
        "is_minor": person.is_minor,
        "wakes": person.wakes,
        "sleeps": person.sleeps,
        "deceased_on": person.deceased_on,
        "more": more_of(person, PersonMore),
    }


def person_of(row: Row[Any]) -> Person:
    """The person of a row."""
    return Person(
        id=PersonId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        code=row.code,
        name=row.name,
        kana=row.kana,
        household_id=None if row.household_id is None else HouseholdId(row.household_id),
        area_id=None if row.area_id is None else AreaId(row.area_id),
        birth_date=None if row.birth_date is None else date.fromisoformat(row.birth_date),
        address=row.address,
        phones=row.phones,
        language_style=LanguageStyle(row.language_style),
        interests=row.interests,
        do_not_mention=row.do_not_mention,
        shared_device=row.shared_device,
        is_minor=row.is_minor,
        wakes=row.wakes,
        sleeps=row.sleeps,
        deceased_on=row.deceased_on,
        **given_by(row.more),
    )


def household_values(household: Household) -> dict[str, Any]:
    """The row of a household."""
    return {
        "municipality_id": household.municipality_id,
        "id": household.id,
        "code": household.code,
        "label": household.label,
        "area_id": household.area_id,
        "more": more_of(household, HouseholdMore),
    }


def household_of(row: Row[Any]) -> Household:
    """The household of a row."""
    return Household(
        id=HouseholdId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        code=row.code,
        label=row.label,
        area_id=None if row.area_id is None else AreaId(row.area_id),
        **given_by(row.more),
    )
