"""The contact log."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select, text

from core.approach import ON_LINE
from core.contacts import Contact, ContactChannel, Met
from core.ids import CaseId, ContactId, LetterId, MunicipalityId, ReplyId, StaffId
from core.ports import SentLetter
from storage import tables
from storage.batches import BatchInsert
from storage.paging import newest
from storage.tables.casework import COMMANDED
from storage.transaction import Transaction, table_of
from storage.written import Question

_CONTACTS: Final = table_of(tables.ContactRow)


_LOG_SENT: Final = BatchInsert(
    "contacts",
    columns={"id": "text", "case_id": "text", "letter_id": "text"},
    shared=("municipality_id", "at", "channel", "met", "note"),
)


class SqlContacts:
    """core.ports.Contacts."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._sent: list[Question] = []

    @property
    def pending(self) -> bool:
        """Whether there are entries not yet written."""
        return bool(self._sent)

    async def add(self, contact: Contact) -> bool:
        """Whether it is new; False when its command key was there already."""
        insert = self._tx.insert(_CONTACTS).values(contact_values(contact))
        return (
            await self._tx.run(
                insert.on_conflict_do_nothing(
                    index_elements=["municipality_id", "command_key"], index_where=text(COMMANDED)
                )
            )
            == 1
        )

    async def log_sent(self, sent: Sequence[SentLetter], *, at: datetime) -> None:
        """An entry for each letter that left over LINE; written when the transaction commits."""
        new_id = self._tx.new_id
        rows = [(new_id(), one.case_id, one.letter_id) for one in sent]
        self._sent.append(
            _LOG_SENT.question(
                self._tx,
                rows,
                municipality_id=self._tx.municipality_id,
                at=self._tx.moment(at),
                channel=ContactChannel.LINE_OUT.value,
                met=Met.NOT_APPLICABLE.value,
                note=b"",
            )
        )

    def writes(self) -> list[Question]:
        """What was gathered, to be asked before the commit."""
        gathered, self._sent = self._sent, []
        return gathered

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Contact, ...]:
        """Newest first."""
        await self.flush()
        c = _CONTACTS.c
        rows = await newest(
            self._tx, _CONTACTS, c.case_id == case_id, by=c.at, before=before, limit=limit
        )
        return tuple(contact_of(row) for row in rows)

    async def on_line_only(self, case_ids: Iterable[CaseId]) -> frozenset[CaseId]:
        """Cases with entries, none of them outside LINE."""
        await self.flush()
        c = _CONTACTS.c
        outside = func.count().filter(c.channel.not_in(sorted(ON_LINE)))
        rows = await self._tx.rows(
            select(c.case_id)
            .where(self._tx.mine(_CONTACTS), c.case_id.in_(list(case_ids)))
            .group_by(c.case_id)
            .having(outside == 0)
        )
        return frozenset(CaseId(row.case_id) for row in rows)

    async def since(self, case_id: CaseId, *, since: datetime) -> tuple[Contact, ...]:
        """Newest first."""
        await self.flush()
        c = _CONTACTS.c
        rows = await newest(self._tx, _CONTACTS, c.case_id == case_id, c.at >= since, by=c.at)
        return tuple(contact_of(row) for row in rows)

    async def flush(self) -> None:
        """Write what was gathered."""
        if self._sent:
            await self._tx.ask(*self.writes())


def contact_values(contact: Contact) -> dict[str, Any]:
    """The row of an entry."""
    return {
        "municipality_id": contact.municipality_id,
        "id": contact.id,
        "case_id": contact.case_id,
        "at": contact.at,
        "channel": contact.channel.value,
        "met": contact.met.value,
        "by": contact.by,
        "note": contact.note,
        "next_on": contact.next_on,
        "letter_id": contact.letter_id,
        "reply_id": contact.reply_id,
        "command_key": contact.command_key,
        "detail": contact.detail,
    }


def contact_of(row: Row[Any]) -> Contact:
    """The entry of a row."""
    return Contact(
        id=ContactId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        case_id=CaseId(row.case_id),
        at=row.at,
        channel=ContactChannel(row.channel),
        met=Met(row.met),
        by=None if row.by is None else StaffId(row.by),
        note=row.note,
        next_on=row.next_on,
        letter_id=None if row.letter_id is None else LetterId(row.letter_id),
        reply_id=None if row.reply_id is None else ReplyId(row.reply_id),
        command_key=row.command_key,
        detail=row.detail,
    )
