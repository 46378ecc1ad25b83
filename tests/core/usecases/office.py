"""What a test of the use cases needs at hand, in the words of the office."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from core.agencies import Role, Seat, Staff
from core.cases import Case, CaseState
from core.contacts import ContactChannel, Met
from core.ids import CaseId, LetterId, StaffId
from core.inbound import Pressed, Said
from core.letters import Letter, LetterState
from core.outbox import Delivery
from core.people import LineLink
from core.ports import Claim, LetterPress
from core.replies import Press, ReplyKind
from core.usecases.contacts.log_contact import log_contact
from core.usecases.delivery.take_turn import take_turn
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.ask_again import ask_again
from core.usecases.letters.confirm_letter import confirm_letter
from core.usecases.letters.return_letter import return_letter
from core.usecases.letters.rewrite_letter import rewrite_letter
from core.usecases.letters.stop_letter import stop_letter
from core.usecases.letters.write_letter import write_letter
from scheduler.deliver import Delivering
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import new_id
from tests.fakes import FakeLine, Phone, SetClock
from tests.midori import facts_of, letter_now
from tests.people import A12, MONDAY, SATO, SEATS, SUZUKI, TOKYO, WORDS, A
from tests.proofs import PROOF

SOON = MONDAY + timedelta(minutes=5)
"""When letters of these tests open: Monday, 10:35 in Tokyo."""


@dataclass(kw_only=True)
class Office:
    """The record, the clock, LINE, the press and A's phone."""

    uow: SqlUnitOfWork
    clock: SetClock
    line: FakeLine
    press: LetterPress
    a: Phone
    words_said: int = 0
    letters_written: int = 0

    @property
    def now(self) -> datetime:
        return self.clock.at

    async def write(self, **changes: Any) -> Letter:
        """鈴木 writes to A, in other words each time (G-04)."""
        self.letters_written += 1
        again = f"鈴木です。{self.letters_written}まいめの葉書です。返事はいりません。"
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "by": SUZUKI.id,
            "body": WORDS if self.letters_written == 1 else again,
            "opens_at": max(SOON, self.now),
            "at": self.now,
            "tz": TOKYO,
            "proof": PROOF,
        }
        return await write_letter(self.uow, **(asked | changes))

    async def approve(self, letter: Letter, *, by: StaffId = SATO.id, **changes: Any) -> Letter:
        """佐藤 approves what stands before the eyes."""
        asked: dict[str, Any] = {
            "letter_id": letter.id,
            "version": letter.version,
            "facts": await facts_of(self.uow, letter.case_id),
            "at": self.now,
            "press": self.press,
            "proof": PROOF,
        }
        return await approve_letter(self.uow, by=by, **(asked | changes))

    async def approved(self, **changes: Any) -> Letter:
        """Written by 鈴木 and approved by 佐藤."""
        return await self.approve(await self.write(**changes))

    async def of_a_series(self, *, opens_at: datetime, **changes: Any) -> Letter:
        """Written by 鈴木 as one of several, approved by 佐藤 now: it is asked about on its day."""
        letter = await self.write(opens_at=opens_at, **changes)
        asking = replace(letter, asks_again=True, version=letter.version + 1)
        async with self.uow.write() as work:
            assert await work.letters.change(asking, version=letter.version)
            await work.commit()
        return await self.approve(asking)

    async def ask(self) -> int:
        """One look of the tick that asks about the letters of the day."""
        return await ask_again(self.uow, at=self.now, tz=TOKYO)

    async def confirm(self, letter: Letter, *, by: StaffId = SATO.id, **changes: Any) -> Letter:
        """このまま送る, as the letter stands before the eyes."""
        asked: dict[str, Any] = {
            "letter_id": letter.id,
            "version": letter.version,
            "facts": await facts_of(self.uow, letter.case_id),
            "at": self.now,
            "tz": TOKYO,
        }
        return await confirm_letter(self.uow, by=by, **(asked | changes))

    async def give_back(self, letter: Letter, *, by: StaffId = SATO.id) -> Letter:
        return await return_letter(
            self.uow,
            letter_id=letter.id,
            version=letter.version,
            by=by,
            at=self.now,
            note="もう少し短く",
        )

    async def rewrite(self, letter: Letter, **changes: Any) -> Letter:
        asked: dict[str, Any] = {
            "letter_id": letter.id,
            "version": letter.version,
            "by": SUZUKI.id,
            "body": "鈴木です。朝晩が冷えますね。返事はいりません。",
            "opens_at": max(SOON, self.now),
            "at": self.now,
            "tz": TOKYO,
            "proof": PROOF,
        }
        return await rewrite_letter(self.uow, **(asked | changes))

    async def stop(self, letter: Letter, *, by: StaffId = SUZUKI.id) -> Letter:
        return await stop_letter(
            self.uow, letter_id=letter.id, version=letter.version, by=by, at=self.now
        )

    async def log(self, **changes: Any) -> bool:
        """佐藤 logs a telephone call."""
        asked: dict[str, Any] = {
            "case_id": A12.id,
            "by": SATO.id,
            "channel": ContactChannel.PHONE,
            "met": Met.VOICE_ONLY,
            "happened_at": self.now,
            "at": self.now,
            "tz": TOKYO,
        }
        return await log_contact(self.uow, **(asked | changes))

    async def presses(self, press: Press) -> None:
        await self.a.does(Pressed(press=press), at=self.now)

    async def says(self, text: str = "ありがとう", *, kind: ReplyKind = ReplyKind.TEXT) -> None:
        self.words_said += 1
        await self.a.does(Said(kind=kind, text=text, message_id=f"m{self.words_said}"), at=self.now)

    async def claim(self, lease: str = "lease", **changes: Any) -> tuple[Claim, ...]:
        asked: dict[str, Any] = {"lease": lease, "limit": 100, "at": self.now, "tz": TOKYO}
        return await take_turn(self.uow, (), **(asked | changes))

    async def deliver(self, *, closed_days: frozenset[date] = frozenset()) -> int:
        """One look of the delivery loop."""
        return await Delivering(
            self.uow,
            self.line,
            clock=self.clock,
            tz=TOKYO,
            new_lease=new_id,
            closed_days=closed_days,
        ).run()

    async def deliver_all(self) -> None:
        """Looks enough to come to an end: one letter of a person at a time, ends and goings."""
        for _ in range(4):
            await self.deliver()

    async def letter(self, letter: Letter) -> Letter:
        return await letter_now(self.uow, letter.id)

    async def stands(self, letter: Letter) -> tuple[LetterState, str | None]:
        """Stage and reason."""
        now = await self.letter(letter)
        return now.state, now.reason

    async def delivery(self, letter_id: LetterId) -> Delivery:
        async with self.uow.read() as work:
            found = await work.outbox.of_letter(letter_id)
        assert found is not None
        return found

    async def link(self) -> LineLink:
        async with self.uow.read() as work:
            link = await work.links.of_person(A.id)
        assert link is not None
        return link

    async def trail(self, letter_id: str) -> list[str]:
        """What was done to this, in order."""
        async with self.uow.read() as work:
            entries = await work.audit.entries(limit=10_000)
        return [entry.event.action for entry in entries if entry.event.subject == letter_id]

    async def cards(self, letter_id: str) -> dict[tuple[str, str], int]:
        """Kind and holder of the cards about this, with how often they changed."""
        async with self.uow.write() as work:
            far = self.now + timedelta(days=400)
            due = await work.cards.due(at=far, limit=500, until=far)
        return {(c.kind.value, c.staff_id): c.revision for c in due if c.subject_id == letter_id}

    async def move_case(self, state: CaseState) -> None:
        async with self.uow.write() as work:
            case = await work.cases.get(A12.id)
            await work.cases.change(
                replace(case, state=state, version=case.version + 1), version=case.version
            )
            await work.commit()

    async def second_case(self) -> Case:
        """A's older case, on which the same colleagues work."""
        older = replace(
            A12,
            id=CaseId("case-a3"),
            case_no="2025-0003",
            alias="A-3",
            opened_on=A12.opened_on - timedelta(days=300),
        )
        async with self.uow.write() as work:
            await work.cases.add(older)
            for seat in SEATS:
                await work.staff.put_seat(replace(seat, case_id=older.id))
            await work.commit()
        return older

    async def hire(self, code: str, *roles: Role, seats: tuple[Role, ...] = ()) -> Staff:
        """Another colleague, seated on A-12 in these roles."""
        member = replace(
            SUZUKI,
            id=StaffId(f"staff-{code}"),
            code=code,
            name=code,
            roles=frozenset(roles),
            slack_user_id=f"U0{code.upper()}",
        )
        async with self.uow.write() as work:
            await work.staff.put(member)
            for role in seats:
                await work.staff.put_seat(Seat(case_id=A12.id, staff_id=member.id, role=role))
            await work.commit()
        return member

    async def person(self, **changes: Any) -> None:
        """A, otherwise."""
        async with self.uow.write() as work:
            await work.people.put(replace(await work.people.get(A.id), **changes))
            await work.commit()

    async def awake(self, wakes: time, sleeps: time) -> None:
        """A has hours of their own."""
        await self.person(wakes=wakes, sleeps=sleeps)
