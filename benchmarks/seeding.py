"""A town of so many people, each with one approved letter in the outbox, due now.

The rows are those that the real use cases leave behind: the binding is the core's own and the
bytes are the press's, so that the second look at claiming finds everything intact.
"""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.house import KEYRING, NOON, TOWN, transactions
from benchmarks.letters import WORDS, line_user, requests
from core.agencies import Role, Seat, Staff
from core.binding import binding_hash
from core.cases import Case, CaseState
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import NotedEvidence
from core.consent.giver import Giver
from core.consent.scopes import LineScope
from core.ids import (
    CaseId,
    ConsentId,
    DeliveryId,
    LetterId,
    LinkId,
    PersonId,
    StaffId,
)
from core.letters import Letter, LetterKind, LetterState
from core.outbox import CardKind, Delivery
from core.outbox_steps import binding
from core.people import LineLink, LinkState, Person
from core.ports import Work
from core.profiles import Municipality
from storage import tables
from storage.engine import open_store
from storage.migrate import migrate
from storage.repositories.cases import case_values
from storage.repositories.consents import consent_values
from storage.repositories.letter_rows import letter_values
from storage.repositories.links import link_values
from storage.repositories.outbox import delivery_values
from storage.repositories.people import person_values
from storage.repositories.staff import seat_values
from storage.transaction import table_of
from storage.types import KEYS

AUTHOR: Final = StaffId("staff-author")
APPROVER: Final = StaffId("staff-approver")
# Tables in the order in which rows may refer to one another.
ORDER: Final = (
    tables.PersonRow,
    tables.LineLinkRow,
    tables.ConsentRow,
    tables.CaseRow,
    tables.SeatRow,
    tables.LetterRow,
    tables.OutboxRow,
    tables.CardRow,
)
Rows = dict[type[tables.Row], list[dict[str, Any]]]


async def seed(url: str, letters: int) -> None:
    """Fill an empty database."""
    await migrate(url)
    store = open_store(url)
    try:
        async with transactions(store).write() as work:
            await _town(work)
            await work.commit()
        KEYS.set(KEYRING.of(TOWN))
        async with store.writing() as connection:
            await _many(connection, letters)
            await connection.commit()
    finally:
        await store.close()


async def _town(work: Work) -> None:
    await work.towns.put(
        Municipality(id=TOWN, code=TOWN, name="試験町", account_name="まちのたより")
    )
    for staff_id, role in ((AUTHOR, Role.OUTREACH_WORKER), (APPROVER, Role.MESSAGE_APPROVER)):
        await work.staff.put(
            Staff(
                id=staff_id,
                municipality_id=TOWN,
                code=staff_id,
                name=staff_id,
                roles=frozenset({role}),
            )
        )


async def _many(connection: AsyncConnection, letters: int) -> None:
    rows: Rows = {table: [] for table in ORDER}
    for number, request in enumerate(requests(letters)):
        _person(rows, number, request)
    for table in ORDER:
        await connection.execute(table_of(table).insert(), rows[table])


def _person(rows: Rows, number: int, request: bytes) -> None:
    person = Person(
        id=PersonId(f"person-{number:06}"),
        municipality_id=TOWN,
        code=f"P{number}",
        name=f"住民 {number}",
    )
    link = LineLink(
        id=LinkId(f"link-{number:06}"),
        municipality_id=TOWN,
        line_user_id=line_user(number),
        state=LinkState.LINKED,
        person_id=person.id,
        linked_at=NOON - timedelta(days=90),
    )
    consent = ConsentLine(
        id=ConsentId(f"consent-{number:06}"),
        municipality_id=TOWN,
        subject=person.id,
        scope=LineScope(),
        state=ConsentState.GIVEN,
        giver=Giver(person_id=person.id),
        given_at=NOON - timedelta(days=90),
        evidence=NotedEvidence(words="書面"),
    )
    case = Case(
        id=CaseId(f"case-{number:06}"),
        municipality_id=TOWN,
        case_no=f"2026-{number}",
        alias=f"A-{number}",
        person_id=person.id,
        state=CaseState.CONTINUING_SUPPORT,
        opened_on=date(2026, 1, 5),
        lead_staff_id=AUTHOR,
        facts=3,
    )
    letter, delivery = _letter(case, link, consent, number, request)
    index = KEYS.get().blind(link.line_user_id, column="line_links.line_user_id")
    rows[tables.PersonRow].append(person_values(person))
    rows[tables.LineLinkRow].append(link_values(link, line_user_index=index))
    rows[tables.ConsentRow].append(consent_values(consent))
    rows[tables.CaseRow].append(case_values(case))
    for staff_id, role in ((AUTHOR, Role.OUTREACH_WORKER), (APPROVER, Role.MESSAGE_APPROVER)):
        seat = Seat(case_id=case.id, staff_id=staff_id, role=role)
        rows[tables.SeatRow].append(seat_values(seat, TOWN))
    rows[tables.LetterRow].append(letter_values(letter))
    rows[tables.OutboxRow].append(delivery_values(delivery))
    for kind, staff_id in ((CardKind.APPROVAL, APPROVER), (CardKind.AUTHOR, AUTHOR)):
        rows[tables.CardRow].append(_card(letter, kind, staff_id))


def _letter(
    case: Case, link: LineLink, consent: ConsentLine, number: int, request: bytes
) -> tuple[Letter, Delivery]:
    approved = {
        "state": LetterState.SCHEDULED,
        "version": 3,
        "approved_by": APPROVER,
        "approved_at": NOON - timedelta(hours=5),
        "approved_facts": case.facts,
        "decided_by": APPROVER,
        "decided_at": NOON - timedelta(hours=5),
    }
    letter = Letter(
        id=LetterId(f"letter-{number:06}"),
        municipality_id=TOWN,
        case_id=case.id,
        person_id=case.person_id,
        kind=LetterKind.CHECK_IN,
        body=WORDS,
        author_id=AUTHOR,
        opens_at=NOON - timedelta(hours=1, microseconds=number),
        closes_at=NOON + timedelta(hours=8),
        created_at=NOON - timedelta(hours=6),
        **approved,  # type: ignore[arg-type]
    )
    bound = binding_hash(binding(letter, link, consent, request))
    delivery = Delivery(
        id=DeliveryId(str(uuid.uuid4())),
        municipality_id=TOWN,
        letter_id=letter.id,
        case_id=case.id,
        person_id=case.person_id,
        request=request,
        next_at=letter.opens_at,
    )
    return replace(letter, bound_hash=bound), delivery


def _card(letter: Letter, kind: CardKind, staff_id: StaffId) -> dict[str, Any]:
    return {
        "municipality_id": TOWN,
        "id": f"card-{kind.value}-{letter.id}",
        "kind": kind.value,
        "subject_id": letter.id,
        "staff_id": staff_id,
        "revision": 2,
        "drawn": 2,
        "next_at": NOON - timedelta(hours=5),
        "attempts": 0,
        "case_id": letter.case_id,
    }
