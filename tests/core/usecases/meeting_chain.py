"""A meeting step by step through its use cases, whatever stage it is at."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.agencies import Staff
from core.basis import Basis
from core.consent.scopes import MeetingScope
from core.meetings.asking import ItemAsked
from core.meetings.decisions import AssignedRole, ItemDecision, Outcome
from core.meetings.ids import BodyId
from core.meetings.items import AgendaPurpose
from core.meetings.minutes import template_of
from core.meetings.sittings import Block, Meeting, MeetingState, Slot, SlotKind
from core.programmes import Programme
from core.usecases.meetings.check_type_again import check_type_again
from core.usecases.meetings.confirm_minutes import confirm_minutes
from core.usecases.meetings.convene_meeting import convene_meeting
from core.usecases.meetings.decide_item import decide_item
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.offer_slots import offer_slots
from core.usecases.meetings.request_meeting import request_meeting
from core.usecases.meetings.schedule_meeting import schedule_meeting
from core.usecases.meetings.write_minutes import write_minutes
from tests.core.plans import examples
from tests.core.usecases.plans.planning import Planning
from tests.council import CHAIR, CLERK, OFFICE, Council
from tests.people import A12, TOKYO

S = MeetingState
WEEK = timedelta(days=7)


@dataclass(kw_only=True)
class MeetingChain:
    """The secretariat, the clerk and the chair, each when it is their turn."""

    council: Council
    planning: Planning

    async def shares(self) -> MeetingScope:
        """Consent to the 重層的支援会議 as its list is now."""
        body = await self.council.body(Basis.JUSO)
        number = body.roster.number if body.roster else 0
        return MeetingScope(body=body.id, membership_version=number)

    async def request(
        self, purpose: AgendaPurpose, *, programmes: frozenset[Programme], by: Staff, **more: Any
    ) -> Meeting:
        asked = ItemAsked(purpose=purpose, case_id=A12.id, programmes=programmes, **more)
        return await request_meeting(self.council.uow, asked=asked, by=by.id, **self.planning.now)

    async def goes_on(self, meeting: Meeting, *, outcome: Outcome, steps: int = 99) -> Meeting:
        """So many steps on, at most until the minutes are confirmed."""
        ways: dict[MeetingState, Callable[[Meeting, Outcome], Awaitable[Meeting]]] = {
            S.REQUESTED: self._check,
            S.TYPE_CHECKED: self._offer,
            S.SLOT_OFFERED: self._schedule,
            S.SCHEDULED: self._convene,
            S.CONVENED: self._hold,
            S.HELD: self._decide,
            S.MINUTES_DRAFT: self._minute,
        }
        for _ in range(steps):
            if meeting.state not in ways or not meeting.live:
                break
            meeting = await ways[meeting.state](meeting, outcome)
        return meeting

    async def _check(self, meeting: Meeting, _: Outcome) -> Meeting:
        return await check_type_again(self.council.uow, **self._step(meeting, OFFICE))

    async def _offer(self, meeting: Meeting, _: Outcome) -> Meeting:
        begins = self.planning.at + WEEK
        slot = Slot(begins_at=begins, ends_at=begins + timedelta(hours=2), kind=SlotKind.REGULAR)
        return await offer_slots(self.council.uow, offered=(slot,), **self._step(meeting, OFFICE))

    async def _schedule(self, meeting: Meeting, _: Outcome) -> Meeting:
        (slot,) = meeting.offered
        ids = dict.fromkeys(item.ground.body_id for item in meeting.live if item.ground)
        blocks = tuple(
            Block(
                body_id=BodyId(body_id),
                begins_at=slot.begins_at + number * timedelta(minutes=30),
                ends_at=slot.begins_at + (number + 1) * timedelta(minutes=30),
                purpose="それぞれの議題",
            )
            for number, body_id in enumerate(ids)
        )
        return await schedule_meeting(
            self.council.uow,
            blocks=blocks,
            hosts=self.council.seated,
            rules_settled=True,
            **self._step(meeting, OFFICE),
        )

    async def _convene(self, meeting: Meeting, _: Outcome) -> Meeting:
        return await convene_meeting(
            self.council.uow, invited=self.council.seated, **self._step(meeting, OFFICE)
        )

    async def _hold(self, meeting: Meeting, _: Outcome) -> Meeting:
        over = max(block.ends_at for block in meeting.blocks) + timedelta(minutes=5)
        self.planning.at = max(self.planning.at, over)
        there = {item.id: self.council.seated for item in meeting.live}
        return await hold_meeting(self.council.uow, present=there, **self._step(meeting, CLERK))

    async def _decide(self, meeting: Meeting, outcome: Outcome) -> Meeting:
        for item in meeting.live:
            if item.decision is None:
                meeting = await decide_item(
                    self.council.uow,
                    item_id=item.id,
                    decision=self.decision(outcome),
                    **{k: v for k, v in self._step(meeting, CLERK).items() if k != "tz"},
                )
        return await self._write(meeting)

    async def _write(self, meeting: Meeting) -> Meeting:
        for item in meeting.live:
            meeting = await write_minutes(
                self.council.uow,
                item_id=item.id,
                content=tuple((heading, "記録") for heading in template_of(item.purpose)),
                facts=("事実",),
                **self._step(meeting, CLERK),
            )
        return meeting

    async def _minute(self, meeting: Meeting, _: Outcome) -> Meeting:
        return await confirm_minutes(self.council.uow, **self._step(meeting, CHAIR))

    def decision(self, outcome: Outcome) -> ItemDecision:
        """With everything that a decision may have to settle."""
        return ItemDecision(
            outcome=outcome,
            roles=(AssignedRole(agency_id=examples.CENTER, does="訪問"),),
            next_monitoring_on=date(2027, 12, 1),
            reason="もう少し様子を見ます",
            lead_agency_id=examples.CENTER,
        )

    def _step(self, meeting: Meeting, by: Staff) -> dict[str, Any]:
        return {
            "meeting_id": meeting.id,
            "version": meeting.version,
            "by": by.id,
            "at": self.planning.at,
            "tz": TOKYO,
        }
