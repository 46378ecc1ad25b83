"""The page of a case with a long history against that of a new one, on the same database.

The whole way of a page is timed: session, door, record, words, HTML; the reading is recorded in
the trail each time. The two cases take turns, so that whatever slows one slows the other.
"""

import asyncio
import time
from datetime import timedelta
from typing import Any, Final

from starlette.applications import Starlette

from benchmarks.databases import Copies
from benchmarks.house import NOON, TOWN, TZ, SteadyClock, transactions
from benchmarks.letters import WORDS
from benchmarks.rounds import Figures, Tell
from benchmarks.seeding import APPROVER, AUTHOR
from bots.web.passes import StaffPass, begin_session
from bots.web.staff import COOKIE, staff_routes
from core.audit import AuditEvent
from core.contacts import Contact, ContactChannel, Met
from core.ids import CaseId, ContactId, LetterId, PersonId
from core.letters import Letter, LetterKind, LetterState
from core.meetings.ids import ItemId, MeetingId, ParticipantId
from core.meetings.items import AgendaItem, AgendaPurpose
from core.meetings.minutes import Minutes
from core.meetings.sittings import Meeting, MeetingState
from core.ports import Work
from storage.engine import open_store
from storage.unit_of_work import SqlUnitOfWork

LONG, NEW = CaseId("case-000000"), CaseId("case-000001")
WHOSE: Final = PersonId("person-000000")
CONTACTS: Final = 10_000
LETTERS: Final = 500
MEETINGS: Final = 60
PAGES_A_ROUND: Final = 20
KEY: Final = b"a key for the benchmark's staff pages"


def case_pages(databases: list[Copies], *, rounds: int, tell: Tell) -> Figures:
    """Milliseconds a page, of a long case and of a new one, on each database."""
    figures = Figures()
    for database in databases:
        url = database.fresh()
        tell(f"a long case on {database.name}")
        asyncio.run(_on(url, database.name, figures, rounds))
        database.drop(url)
    return figures


async def _on(url: str, name: str, figures: Figures, rounds: int) -> None:
    store = open_store(url)
    try:
        uow = transactions(store)
        await _grow(uow)
        browser = _Browser(uow)
        for alias in ("A-0", "A-1") * 5:
            await browser.open(alias)
        for _ in range(rounds):
            taken = {"A-0": 0.0, "A-1": 0.0}
            for _ in range(PAGES_A_ROUND):
                for alias in taken:
                    started = time.perf_counter()
                    status, page = await browser.open(alias)
                    taken[alias] += time.perf_counter() - started
                    figures.expect(status == 200, f"{name}: {alias} answered {status}")
                    figures.expect(alias.encode() in page, f"{name}: {alias} is not on its page")
            figures.note(f"{name} long", taken["A-0"] / PAGES_A_ROUND * 1000)
            figures.note(f"{name} new", taken["A-1"] / PAGES_A_ROUND * 1000)
            figures.note(f"{name} ratio", taken["A-0"] / taken["A-1"])
    finally:
        await store.close()


class _Browser:
    """Opens pages of the application itself, without a socket between."""

    def __init__(self, uow: SqlUnitOfWork) -> None:
        async def use_nonce(nonce: str, until: object) -> bool:
            return True

        clock = SteadyClock()
        self._app = Starlette(
            routes=staff_routes(uow=uow, clock=clock, tz=TZ, key=KEY, use_nonce=use_nonce)
        )
        opened = StaffPass(
            staff_id=AUTHOR, case_id=LONG, expires_at=NOON + timedelta(days=1), nonce="n"
        )
        self._cookie = begin_session(opened, key=KEY, at=clock.now())

    async def open(self, alias: str) -> tuple[int, bytes]:
        """Status and body."""
        status, body = 0, b""
        path = f"/s/cases/{alias}"

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status, body
            status = message.get("status", status)
            body += message.get("body", b"")

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"cookie", f"{COOKIE}={self._cookie}".encode())],
            "server": ("localhost", 443),
            "client": ("127.0.0.1", 1),
        }
        await self._app(scope, receive, send)
        return status, body


async def _grow(uow: SqlUnitOfWork) -> None:
    """Ten years of one person's case: contacts, letters and sittings, each with its trail."""
    for start in range(0, CONTACTS, 500):
        async with uow.write() as work:
            for number in range(start, start + 500):
                await _contact(work, number)
            await work.commit()
    async with uow.write() as work:
        for number in range(LETTERS):
            await _letter(work, number)
        for number in range(MEETINGS):
            await work.meetings.add(_meeting(number))
        await work.commit()


async def _contact(work: Work, number: int) -> None:
    at = NOON - timedelta(hours=number)
    contact = Contact(
        id=ContactId(f"grown-{number:06}"),
        municipality_id=TOWN,
        case_id=LONG,
        at=at,
        channel=ContactChannel.VISIT,
        met=Met.ABSENT,
        by=AUTHOR,
        note="ポストに手紙を残した。灯りはついていた。",
    )
    await work.contacts.add(contact)
    await work.audit.append(_event("contact.logged", contact.id, number))


async def _letter(work: Work, number: int) -> None:
    at = NOON - timedelta(days=number + 1)
    letter = Letter(
        id=LetterId(f"grown-{number:06}"),
        municipality_id=TOWN,
        case_id=LONG,
        person_id=WHOSE,
        kind=LetterKind.CHECK_IN,
        body=WORDS,
        author_id=AUTHOR,
        opens_at=at,
        closes_at=at + timedelta(hours=8),
        state=LetterState.CANCELLED,
        created_at=at,
        decided_by=APPROVER,
        decided_at=at,
    )
    await work.letters.add(letter)
    for action in ("letter.draft", "letter.pending_approval", "letter.cancelled"):
        await work.audit.append(_event(action, letter.id, number))


def _meeting(number: int) -> Meeting:
    item = AgendaItem(
        id=ItemId(f"grown-{number:06}"),
        purpose=AgendaPurpose.PROGRESS,
        requested_by=AUTHOR,
        requested_at=NOON - timedelta(days=60 * number),
        case_id=LONG,
        person_id=WHOSE,
        subjects=frozenset({WHOSE}),
    )
    return Meeting(
        id=MeetingId(f"grown-{number:06}"),
        municipality_id=TOWN,
        items=(item,),
        requested_by=AUTHOR,
        state=MeetingState.CLOSED,
        minutes=(
            Minutes(
                item_id=item.id,
                written_by=ParticipantId("clerk"),
                facts=("夜の訪問を続けている。玄関先で話せる日が増えた。",) * 5,
            ),
        ),
    )


def _event(action: str, subject: str, number: int) -> AuditEvent:
    return AuditEvent(
        action=action,
        at=NOON - timedelta(hours=number),
        actor=AUTHOR,
        role="outreach_worker",
        subject=subject,
        case_id=LONG,
    )
