"""What a step of a meeting is taken in the light of, as it is at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.agencies import Role
from core.basis import Basis
from core.ids import AgencyId, StaffId
from core.meetings.bodies import BodyNotSetUp, MeetingBody, Participant
from core.meetings.circles import Room
from core.meetings.ids import BodyId, ItemId, MeetingId, ParticipantId
from core.meetings.items import AgendaItem, Excuse
from core.meetings.pledges import Pledge
from core.meetings.shares import SharesOf
from core.meetings.sittings import Block, Meeting, MeetingMode, Slot
from core.programmes import PLANNING, Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What somebody asks of a meeting.

    Attributes:
        offered: times to offer (M3).
        blocks, rules_settled, mode, place, hosts: the date as agreed (M4); `hosts` accept it.
        invited: everybody called (M5).
        present, excuses: per item, who was there and who is excused (M6).
        confirmed_by: the chair who confirms the minutes (M7).
        reason, moved_to: why it is put off or cancelled, and where urgent items go (M9).
    """

    by: StaffId | str
    role: Role
    at: datetime
    offered: tuple[Slot, ...] = ()
    blocks: tuple[Block, ...] = ()
    rules_settled: bool = False
    mode: MeetingMode = MeetingMode.IN_PERSON
    place: str = ""
    hosts: tuple[Participant, ...] = ()
    invited: frozenset[ParticipantId] = frozenset()
    present: Mapping[ItemId, frozenset[ParticipantId]] = field(default_factory=dict)
    excuses: Mapping[ItemId, tuple[Excuse, ...]] = field(default_factory=dict)
    confirmed_by: ParticipantId | None = None
    reason: str = ""
    moved_to: MeetingId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """Bodies, people, consents and pledges as the rows say now.

    To record a sitting as held (M6), they are loaded as of its beginning: what was lawful then
    is recorded, also when a consent was withdrawn between the sitting and the writing-down.

    Attributes:
        bodies: the bodies before which these cases may come.
        shares: by person; somebody who is not in it has agreed to nothing.
        runs: the programmes this town runs.
    """

    bodies: tuple[MeetingBody, ...]
    participants: Mapping[ParticipantId, Participant]
    shares: SharesOf
    pledges: tuple[Pledge, ...] = ()
    runs: frozenset[Programme] = PLANNING

    def body(self, body_id: BodyId) -> MeetingBody:
        """The body of this id.

        Raises:
            BodyNotSetUp: it is not among those of this area.
        """
        found = next((body for body in self.bodies if body.id == body_id), None)
        if found is None:
            raise BodyNotSetUp(basis="", lacks="body", allowed="set_up_body")
        return found

    def of_kind(self, basis: Basis) -> MeetingBody | None:
        """The first body of a kind, if any."""
        return next((body for body in self.bodies if body.basis is basis), None)

    def people(self, ids: frozenset[ParticipantId]) -> tuple[Participant, ...]:
        """The participants of these ids; an id that nobody has is left out."""
        return tuple(p for i in sorted(ids) if (p := self.participants.get(i)) is not None)

    def room(self, item: AgendaItem, *, meeting: Meeting, at: datetime) -> Room:
        """The room in which an item is discussed, by its ground.

        Raises:
            BodyNotSetUp: the item has no ground yet, or its body is not here.
        """
        if item.ground is None:
            raise BodyNotSetUp(basis="", lacks="body", allowed="check_type")
        body = self.body(item.ground.body_id)
        talk = self.of_kind(Basis.JUSO) if body.basis is Basis.CASE else None
        return Room(
            body=body,
            meeting_id=meeting.id,
            at=at,
            shares=self.shares,
            pledges=self.pledges,
            case_talk_of=talk,
        )

    def agencies_of(self, body: MeetingBody, *, at: datetime) -> frozenset[AgencyId]:
        """The agencies with a place in a body at this moment (R-042)."""
        held = [m.holder for m in body.members if m.holds(at)]
        through = {
            p.agency_id
            for holder in held
            if holder.participant_id is not None
            and (p := self.participants.get(holder.participant_id)) is not None
        }
        named = {holder.agency_id for holder in held if holder.participant_id is None}
        return frozenset(agency for agency in named | through if agency is not None)
