"""One sitting: blocks of bodies apart in time, items, papers, minutes (DOMAIN §2.8, §3.3)."""

import enum
import itertools
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import CaseworkError
from core.ids import MunicipalityId, StaffId
from core.meetings.answers import AttendanceAnswer
from core.meetings.ids import BodyId, ItemId, MeetingId, ParticipantId
from core.meetings.items import AgendaItem
from core.meetings.materials import Copy, Material
from core.meetings.minutes import Minutes
from core.meetings.requests import FoundGap, InformationRequest


class MeetingState(enum.StrEnum):
    """The states of DOMAIN §3.3."""

    REQUESTED = "REQUESTED"
    TYPE_CHECKED = "TYPE_CHECKED"
    SLOT_OFFERED = "SLOT_OFFERED"
    SCHEDULED = "SCHEDULED"
    CONVENED = "CONVENED"
    HELD = "HELD"
    MINUTES_DRAFT = "MINUTES_DRAFT"
    MINUTES_CONFIRMED = "MINUTES_CONFIRMED"
    CLOSED = "CLOSED"
    POSTPONED = "POSTPONED"
    CANCELLED = "CANCELLED"


_M = MeetingState
BEFORE_HELD = frozenset(
    {_M.REQUESTED, _M.TYPE_CHECKED, _M.SLOT_OFFERED, _M.SCHEDULED, _M.CONVENED, _M.POSTPONED}
)


class MeetingMode(enum.StrEnum):
    """Around a table or at screens, both are meetings (R-049)."""

    IN_PERSON = "IN_PERSON"
    ONLINE = "ONLINE"
    BOTH = "BOTH"


class SlotKind(enum.StrEnum):
    """REGULAR by the body's cadence, AD_HOC for a case that cannot wait (R-049)."""

    REGULAR = "REGULAR"
    AD_HOC = "AD_HOC"


class BlocksNotApart(CaseworkError):
    """Bodies that meet on one day meet one after the other, each with its own purpose.

    Facts: `lacks` (times, purpose, rules_settled, one_block_each), `allowed`.
    """

    rule = "R-047"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A time that can be offered; aware."""

    begins_at: datetime
    ends_at: datetime
    kind: SlotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """The time of one body in a sitting; half-open, aware.

    Attributes:
        purpose: why this body meets, in its own words; asked for in combined sittings.
    """

    body_id: BodyId
    begins_at: datetime
    ends_at: datetime
    purpose: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A sitting, from the request to the last paper returned.

    Attributes:
        offered: times that were offered (M3).
        blocks: one for each body, in order of time (R-047).
        rules_settled: in a combined sitting, rules and costs between the bodies are settled.
        accepted_by: bodies whose host has accepted the date (M4).
        invited: everybody called; per item the circle decides.
        answers: what they say about coming.
        stopped_for: why it was postponed or cancelled (M9); staff text.
        moved_to: where its urgent items went when it was cancelled (M9).
    """

    id: MeetingId
    municipality_id: MunicipalityId
    items: tuple[AgendaItem, ...]
    requested_by: StaffId
    state: MeetingState = MeetingState.REQUESTED
    offered: tuple[Slot, ...] = ()
    blocks: tuple[Block, ...] = ()
    rules_settled: bool = False
    mode: MeetingMode = MeetingMode.IN_PERSON
    place: str = ""
    accepted_by: frozenset[BodyId] = frozenset()
    invited: frozenset[ParticipantId] = frozenset()
    answers: tuple[AttendanceAnswer, ...] = ()
    materials: tuple[Material, ...] = ()
    copies: tuple[Copy, ...] = ()
    requests: tuple[InformationRequest, ...] = ()
    gaps: tuple[FoundGap, ...] = ()
    minutes: tuple[Minutes, ...] = ()
    stopped_for: str = ""
    moved_to: MeetingId | None = None
    version: int = 1

    @property
    def live(self) -> tuple[AgendaItem, ...]:
        """The items that stand on the agenda."""
        return tuple(item for item in self.items if item.is_live)

    def item(self, item_id: ItemId) -> AgendaItem | None:
        """The item of this id, dropped ones too."""
        return next((item for item in self.items if item.id == item_id), None)

    def block_of(self, item: AgendaItem) -> Block | None:
        """The block in which an item is discussed: its body's, by its ground."""
        if item.ground is None:
            return None
        return next((b for b in self.blocks if b.body_id == item.ground.body_id), None)

    def minutes_of(self, item_id: ItemId) -> Minutes | None:
        """The minutes of an item; each item has its own (R-047)."""
        return next((m for m in self.minutes if m.item_id == item_id), None)

    def with_item(self, item: AgendaItem) -> "Meeting":
        """The meeting with this item in place of the one of the same id."""
        items = tuple(item if old.id == item.id else old for old in self.items)
        return replace(self, items=items)


def require_apart(meeting: Meeting) -> None:
    """Refuse a combined sitting whose bodies are not kept apart (R-047, S0 第4-4(2)②).

    Raises:
        BlocksNotApart: facts `lacks`, `allowed`.
    """
    blocks = sorted(meeting.blocks, key=lambda block: block.begins_at)
    lacks = ""
    if len({block.body_id for block in blocks}) < len(blocks):
        lacks = "one_block_each"
    elif any(block.begins_at >= block.ends_at for block in blocks) or any(
        later.begins_at < earlier.ends_at for earlier, later in itertools.pairwise(blocks)
    ):
        lacks = "times"
    elif len(blocks) > 1 and not all(block.purpose.strip() for block in blocks):
        lacks = "purpose"
    elif len(blocks) > 1 and not meeting.rules_settled:
        lacks = "rules_settled"
    if lacks:
        raise BlocksNotApart(lacks=lacks, allowed="separate_times,separate_meetings")
