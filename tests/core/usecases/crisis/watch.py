"""A night in みどり市: who is on shift, what A writes, whose Slack rings."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bots.line.bubbles import LinePress
from core.agencies import Role, Staff
from core.crisis.alerts import CrisisAlert
from core.crisis.shifts import Shift
from core.ids import ShiftId, StaffId
from core.inbound import Said
from core.letters import Letter
from core.municipal_profiles.duties import USUAL_HOURS
from core.outbox import CardKind
from core.profiles import StandingText, TextUse
from core.replies import ReplyKind
from core.usecases.cards.take_due_cards import take_due_cards
from core.usecases.crisis.pass_on_alerts import pass_on_alerts
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.office import Office
from tests.fakes import FakeLine, Phone, SetClock
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO

NIGHT = datetime(2026, 12, 1, 2, 0, tzinfo=TOKYO)
"""Tuesday, two in the morning."""
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=TOKYO)
WAIT = timedelta(minutes=5)
WORDS = "もう消えてしまいたい"
TEXT = (
    "書いてくれて、ありがとう。いまは読む人が席を外しています。{読むとき}に読みます。"
    "いまあぶないときは119か110へ。{電話}"
)


@dataclass(kw_only=True)
class Watch:
    """The office, with two on shift, another one behind them, and an officer."""

    office: Office

    @property
    def uow(self) -> SqlUnitOfWork:
        return self.office.uow

    async def set_up(self) -> None:
        async with self.uow.write() as work:
            for number, name in enumerate(("mori", "hara", "kishi"), start=1):
                await work.staff.put(colleague(name))
                await work.shifts.add(shift(name, place=number))
            await work.staff.put(colleague("yakusho", Role.MUNICIPAL_OFFICER))
            await work.towns.put_standing_text(
                StandingText(
                    municipality_id=MIDORI,
                    name="crisis",
                    version="1",
                    body=TEXT,
                    author_id=SUZUKI.id,
                    approved_by=TANAKA.id,
                    approved_at=MONDAY - timedelta(days=60),
                    use=TextUse.CRISIS,
                )
            )
            await work.commit()

    async def a_says(self, words: str, *, at: datetime = NIGHT) -> None:
        self.office.words_said += 1
        number = self.office.words_said
        said = Said(kind=ReplyKind.TEXT, text=words, message_id=f"crisis-{number}")
        self.office.clock.at = at
        await self.office.a.does(said, at=at)

    async def calls(self) -> tuple[CrisisAlert, ...]:
        async with self.uow.read() as work:
            return await work.alerts.of_case(A12.id)

    async def call(self) -> CrisisAlert:
        """The only one."""
        (alert,) = await self.calls()
        return alert

    async def called(self) -> list[str]:
        """Who was called, in order."""
        return [one.staff_id for one in (await self.call()).calls]

    async def rings(self, at: datetime) -> set[StaffId]:
        """In whose Slack a card about the call is drawn now."""
        cards = await take_due_cards(self.uow, at=at, limit=100)
        return {card.staff_id for card in cards if card.kind is CardKind.CRISIS}

    async def tick(self, at: datetime) -> int:
        return await pass_on_alerts(self.uow, wait=WAIT, at=at, tz=TOKYO, hours=USUAL_HOURS)

    async def texts(self) -> list[Letter]:
        """What goes to A by itself."""
        async with self.uow.read() as work:
            letters = await work.letters.of_case(A12.id)
        return [letter for letter in letters if (letter.acknowledges or "").startswith("crisis/")]

    async def actions(self) -> list[str]:
        """What the trail says of calls."""
        async with self.uow.read() as work:
            entries = await work.audit.of_case(A12.id)
        return [one.event.action for one in entries if one.event.action.startswith("crisis.")]

    async def change(self, staff: Staff, **changes: Any) -> None:
        async with self.uow.write() as work:
            await work.staff.put(replace(staff, **changes))
            await work.commit()


def colleague(name: str, *roles: Role) -> Staff:
    return replace(
        SATO,
        id=StaffId(f"staff-{name}"),
        code=name,
        name=name,
        roles=frozenset(roles or {Role.OUTREACH_WORKER}),
        slack_user_id=f"U0{name.upper()}",
    )


def shift(name: str, *, place: int, on: date = NIGHT.date()) -> Shift:
    begins = datetime.combine(on, datetime.min.time(), tzinfo=TOKYO) - timedelta(hours=7)
    return Shift(
        id=ShiftId(f"shift-{name}"),
        municipality_id=MIDORI,
        staff_id=StaffId(f"staff-{name}"),
        starts_at=begins,
        ends_at=begins + timedelta(days=2),
        place=place,
    )


async def night_in(uow: SqlUnitOfWork) -> Watch:
    """みどり市 in this database, its phones and its shifts."""
    await found_midori(uow)
    clock, press = SetClock(at=MONDAY), LinePress(public_url="https://tayori.example")
    office = Office(
        uow=uow,
        clock=clock,
        line=FakeLine(clock=clock),
        press=press,
        a=Phone(uow=uow, press=press),
    )
    night = Watch(office=office)
    await night.set_up()
    return night
