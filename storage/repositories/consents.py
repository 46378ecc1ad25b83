"""The consent ledger."""

from typing import Any, Final

from sqlalchemy import Row, select

from core.consent import Consent, ConsentState, ConsentType
from core.ids import ConsentId, MunicipalityId, PersonId
from storage import tables
from storage.transaction import Transaction, table_of

_CONSENTS: Final = table_of(tables.ConsentRow)


class SqlConsents:
    """core.ports.Consents."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def current(self, person_id: PersonId, type_: ConsentType) -> Consent | None:
        """The latest line of this kind."""
        row = await self._tx.one(
            select(_CONSENTS)
            .where(
                self._tx.mine(_CONSENTS),
                _CONSENTS.c.person_id == person_id,
                _CONSENTS.c.type == type_.value,
            )
            .order_by(_CONSENTS.c.given_at.desc(), _CONSENTS.c.id.desc())
            .limit(1)
        )
        return None if row is None else consent_of(row)

    async def of_person(self, person_id: PersonId) -> tuple[Consent, ...]:
        """Every line, newest first."""
        rows = await self._tx.rows(
            select(_CONSENTS)
            .where(self._tx.mine(_CONSENTS), _CONSENTS.c.person_id == person_id)
            .order_by(_CONSENTS.c.given_at.desc(), _CONSENTS.c.id.desc())
        )
        return tuple(consent_of(row) for row in rows)

    async def add(self, consent: Consent) -> None:
        """A new line."""
        await self._tx.run(_CONSENTS.insert().values(consent_values(consent)))

    async def change(self, consent: Consent, *, version: int) -> bool:
        """Replace the line if it still has `version`."""
        return await self._tx.change(_CONSENTS, consent_values(consent), version=version)


def consent_values(consent: Consent) -> dict[str, Any]:
    """The row of a line of the ledger."""
    return {
        "municipality_id": consent.municipality_id,
        "id": consent.id,
        "person_id": consent.person_id,
        "type": consent.type.value,
        "state": consent.state.value,
        "given_at": consent.given_at,
        "evidence": consent.evidence,
        "scope": consent.scope,
        "text_version": consent.text_version,
        "withdrawn_at": consent.withdrawn_at,
        "version": consent.version,
    }


def consent_of(row: Row[Any]) -> Consent:
    """The line of the ledger of a row."""
    return Consent(
        id=ConsentId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        person_id=PersonId(row.person_id),
        type=ConsentType(row.type),
        state=ConsentState(row.state),
        given_at=row.given_at,
        evidence=row.evidence,
        scope=row.scope,
        text_version=row.text_version,
        withdrawn_at=row.withdrawn_at,
        version=row.version,
    )
