"""The consent ledger."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, exists, or_, select

from core.cases import CaseState
from core.consent import ConsentLine, ConsentState, ConsentType
from core.consent.covers import Need, covered_by
from core.consent.evidence import NotedEvidence
from core.consent.scopes import LineScope, ServiceScope
from core.errors import NotFound
from core.ids import ConsentId, MunicipalityId, PersonId
from storage import tables
from storage.documents import dump_record
from storage.transaction import Transaction, table_of
from storage.types import EPOCH

_CONSENTS: Final = table_of(tables.ConsentRow)
_C: Final = _CONSENTS.c
_CASES: Final = table_of(tables.CaseRow)
_QUESTIONS: Final = table_of(tables.OpenQuestionRow)
_NEED: Final = "open_questions.need"
_PEOPLE: Final = table_of(tables.PersonRow)


class SqlConsents:
    """core.ports.Consents."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, consent_id: ConsentId) -> ConsentLine:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_CONSENTS).where(self._tx.mine(_CONSENTS), _C.id == consent_id)
        )
        if row is None:
            raise NotFound(what="consent", id=consent_id)
        return consent_of(row)

    async def current(self, person_id: PersonId, type_: ConsentType) -> ConsentLine | None:
        """The line of this kind that was given last."""
        row = await self._tx.one(
            select(_CONSENTS)
            .where(
                self._tx.mine(_CONSENTS),
                _C.person_id == person_id,
                _C.type == type_.value,
            )
            .order_by(_C.given_at.desc().nulls_last(), _C.id.desc())
            .limit(1)
        )
        return None if row is None else consent_of(row)

    async def of_person(self, person_id: PersonId) -> tuple[ConsentLine, ...]:
        """Every line, newest first."""
        return await self._lines(_C.person_id == person_id)

    async def of_people(self, person_ids: Iterable[PersonId]) -> tuple[ConsentLine, ...]:
        """Every line of these people, newest first."""
        return await self._lines(_C.person_id.in_(sorted(set(person_ids))))

    async def people_to_release(
        self, *, on: date, over: Iterable[CaseState], after: str, limit: int
    ) -> tuple[PersonId, ...]:
        """By id, from beyond `after`."""
        going_on = exists().where(
            self._tx.mine(_CASES),
            _CASES.c.person_id == _C.person_id,
            _CASES.c.state.not_in(sorted(state.value for state in over)),
        )
        died = exists().where(
            self._tx.mine(_PEOPLE),
            _PEOPLE.c.id == _C.person_id,
            _PEOPLE.c.deceased_on.is_not(None),
        )
        rows = await self._tx.rows(
            select(_C.person_id)
            .distinct()
            .where(
                self._tx.mine(_CONSENTS),
                _C.state == ConsentState.GIVEN.value,
                _C.person_id > after,
                or_(
                    _C.expires_on <= on,
                    died,
                    ~going_on & (_C.type != ConsentType.CHANNEL_LINE.value),
                ),
            )
            .order_by(_C.person_id)
            .limit(limit)
        )
        return tuple(PersonId(row.person_id) for row in rows)

    async def add(self, line: ConsentLine) -> None:
        """A new line."""
        await self._tx.add(_CONSENTS, consent_values(line))
        await self._ask(line)

    async def change(self, line: ConsentLine, *, version: int) -> bool:
        """Replace the line if it still has `version`."""
        if not await self._tx.change(_CONSENTS, consent_values(line), version=version):
            return False
        await self._tx.run(
            _QUESTIONS.delete().where(self._tx.mine(_QUESTIONS), _QUESTIONS.c.consent_id == line.id)
        )
        await self._ask(line)
        return True

    async def _ask(self, line: ConsentLine) -> None:
        """What is being asked for lies open once.

        Raises:
            Overtaken: another question about some of it was opened at this very moment.
        """
        if line.state is not ConsentState.EXPLAINING:
            return
        for need in covered_by(line.scope):
            asked = dump_record(need, Need).decode()
            await self._tx.add(
                _QUESTIONS,
                {
                    "municipality_id": line.municipality_id,
                    "person_id": line.subject,
                    "need": self._tx.keys.blind(asked, column=_NEED),
                    "consent_id": line.id,
                },
            )

    async def _lines(self, *where: ColumnElement[bool]) -> tuple[ConsentLine, ...]:
        rows = await self._tx.rows(select(_CONSENTS).where(self._tx.mine(_CONSENTS), *where))
        return tuple(sorted(map(consent_of, rows), key=_newness, reverse=True))


def consent_values(line: ConsentLine) -> dict[str, Any]:
    """The row of a line of the ledger."""
    scope = line.scope
    return {
        "municipality_id": line.municipality_id,
        "id": line.id,
        "person_id": line.subject,
        "type": line.type.value,
        "state": line.state.value,
        "given_at": line.given_at,
        "evidence": None,
        "scope": None,
        "text_version": line.text_version,
        "withdrawn_at": line.withdrawn_at,
        "expires_on": line.expires_on,
        "programme": scope.programme.value if isinstance(scope, ServiceScope) else None,
        "version": line.version,
        "content": line,
    }


def consent_of(row: Row[Any]) -> ConsentLine:
    """The line of the ledger of a row.

    A row from before the ledger knew scopes is the permission to be written to over LINE,
    proven by what was noted then.
    """
    if row.content is not None:
        line: ConsentLine = row.content
        return line
    if row.type != ConsentType.CHANNEL_LINE:
        raise ValueError(f"consent {row.id}: a line of this kind has its content")
    return ConsentLine(
        id=ConsentId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        subject=PersonId(row.person_id),
        scope=LineScope(),
        state=ConsentState(row.state),
        text_version=row.text_version,
        evidence=NotedEvidence(words="\n".join(filter(None, (row.evidence, row.scope)))),
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        version=row.version,
    )


def _newness(line: ConsentLine) -> tuple[datetime, str]:
    return (line.given_at or line.since or EPOCH, line.id)
