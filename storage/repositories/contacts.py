"""The contact log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from core.contacts import Contact, ContactChannel, Met
from core.ids import CaseId, ContactId, LetterId, MunicipalityId, ReplyId, StaffId
from storage import tables
from storage.batches import BatchInsert
from storage.paging import newest
from storage.transaction import Transaction, table_of

_CONTACTS: Final = table_of(tables.ContactRow)


_INSERT: Final = BatchInsert(
    _CONTACTS,
    (
        "municipality_id",
        "id",
        "case_id",
        "at",
        "channel",
        "met",
        "by",
        "note",
        "next_on",
        "letter_id",
        "reply_id",
        "command_key",
    ),
)


class SqlContacts:
    """core.ports.Contacts."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def add(self, contact: Contact) -> bool:
        """Whether it is new; False when its command key was there already."""
        insert = self._tx.insert(_CONTACTS).values(contact_values(contact))
        return (
            await self._tx.run(
                insert.on_conflict_do_nothing(index_elements=["municipality_id", "command_key"])
            )
            == 1
        )

    async def add_many(self, contacts: Sequence[Contact]) -> None:
        """Many entries in one statement."""
        await _INSERT.run(self._tx, [self._stored(one) for one in contacts])

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Contact, ...]:
        """Newest first."""
        c = _CONTACTS.c
        rows = await newest(
            self._tx, _CONTACTS, c.case_id == case_id, by=c.at, before=before, limit=limit
        )
        return tuple(contact_of(row) for row in rows)

    async def since(self, case_id: CaseId, *, since: datetime) -> tuple[Contact, ...]:
        """Newest first."""
        c = _CONTACTS.c
        rows = await newest(self._tx, _CONTACTS, c.case_id == case_id, c.at >= since, by=c.at)
        return tuple(contact_of(row) for row in rows)

    def _stored(self, contact: Contact) -> tuple[Any, ...]:
        values = contact_values(contact)
        values["note"] = self._tx.keys.seal(contact.note.encode(), column=b"contacts.note")
        return tuple(values.values())


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
    )
