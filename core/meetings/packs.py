"""The papers of a meeting, cut to what one reader may see (R-082, DOMAIN §3.7).

What a reader may not see is not there: no title, no purpose, no number of items. Nothing of a
支援会議 is ever public.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from core.errors import CaseworkError
from core.ids import CaseId
from core.meetings.bodies import Participant
from core.meetings.circles import require_in_circle
from core.meetings.grounds import still_stands
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose, Ground
from core.meetings.materials import Material, tax_may_be_told
from core.meetings.minutes import Minutes, MinutesField, template_of
from core.meetings.sittings import BEFORE_HELD, Block, Meeting
from core.meetings.situation import Situation


class PackExtent(enum.StrEnum):
    """How much of an item is in the pack: AGENDA is its line only, for secretariat and clerk."""

    AGENDA = "AGENDA"
    WHOLE = "WHOLE"


class NotYoursToRead(CaseworkError):
    """Minutes and papers are for the people allowed for that item. Facts: `item`, `allowed`."""

    rule = "R-082"


@dataclass(frozen=True, kw_only=True, slots=True)
class PackItem:
    """One item as this reader sees it; AGENDA leaves materials and minutes empty."""

    item_id: ItemId
    case_id: CaseId | None
    purpose: AgendaPurpose
    ground: Ground
    extent: PackExtent
    headings: tuple[MinutesField, ...]
    materials: tuple[Material, ...] = ()
    minutes: Minutes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """What one reader sees of a meeting."""

    meeting_id: MeetingId
    blocks: tuple[Block, ...]
    items: tuple[PackItem, ...]


def pack_for(
    reader: Participant,
    *,
    meeting: Meeting,
    situation: Situation,
    at: datetime,
    runs_the_agenda: bool = False,
) -> Pack:
    """The pack of one reader, at this moment.

    Args:
        runs_the_agenda: secretariat or clerk of the meeting, who see the lines of the agenda
            also of items outside whose circle they are (DOMAIN §3.7).
    """
    items = tuple(
        seen
        for item in meeting.live
        if (
            seen := _seen(
                item,
                reader=reader,
                meeting=meeting,
                situation=situation,
                at=at,
                runs_the_agenda=runs_the_agenda,
            )
        )
        is not None
    )
    bodies = {item.ground.body_id for item in items}
    blocks = tuple(block for block in meeting.blocks if block.body_id in bodies)
    return Pack(meeting_id=meeting.id, blocks=blocks, items=items)


def minutes_for(reader: Participant, *, meeting: Meeting, item_id: ItemId, at: datetime) -> Minutes:
    """The minutes of one item, for somebody of its circle.

    The circle is the one of the sitting; later members of the body read later items.

    Raises:
        NotYoursToRead: not of that circle, or no longer in service (R-082).
    """
    item = meeting.item(item_id)
    minutes = meeting.minutes_of(item_id)
    if item is None or minutes is None or reader.id not in item.circle or not reader.serves(at):
        raise NotYoursToRead(item=item_id, allowed="ask_chair")
    return minutes


def _seen(
    item: AgendaItem,
    *,
    reader: Participant,
    meeting: Meeting,
    situation: Situation,
    at: datetime,
    runs_the_agenda: bool,
) -> PackItem | None:
    if item.ground is None:
        return None
    whole = _may_read(item, reader=reader, meeting=meeting, situation=situation, at=at)
    if not whole and not runs_the_agenda:
        return None
    return PackItem(
        item_id=item.id,
        case_id=item.case_id,
        purpose=item.purpose,
        ground=item.ground,
        extent=PackExtent.WHOLE if whole else PackExtent.AGENDA,
        headings=template_of(item.purpose),
        materials=_readable(item, reader=reader, meeting=meeting, situation=situation)
        if whole
        else (),
        minutes=meeting.minutes_of(item.id) if whole else None,
    )


def _may_read(
    item: AgendaItem,
    *,
    reader: Participant,
    meeting: Meeting,
    situation: Situation,
    at: datetime,
) -> bool:
    if meeting.state not in BEFORE_HELD:
        return reader.id in item.circle and reader.serves(at)
    if not still_stands(item, bodies=situation.bodies, shares=situation.shares):
        return False  # until M10 has run, nobody reads what consent no longer carries
    room = situation.room(item, meeting=meeting, at=at)
    try:
        require_in_circle(reader, item=item, room=room)
    except CaseworkError:
        return False
    return True


def _readable(
    item: AgendaItem, *, reader: Participant, meeting: Meeting, situation: Situation
) -> tuple[Material, ...]:
    body = situation.body(item.ground.body_id) if item.ground else None
    return tuple(
        material
        for material in meeting.materials
        if material.item_id == item.id
        and not material.is_withdrawn
        and body is not None
        and (
            not material.tax_derived
            or tax_may_be_told(
                about=material.about, body=body, listeners=(reader,), shares=situation.shares
            )
        )
    )
