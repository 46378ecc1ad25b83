"""What somebody asks to have discussed, before it is an item (M1)."""

from dataclasses import dataclass
from datetime import datetime

from core.basis import Basis
from core.fields import Field
from core.ids import AgencyId, CaseId, PersonId, StaffId
from core.meetings.ids import BodyId, ItemId
from core.meetings.items import AgendaItem, AgendaPurpose, ShienPurpose
from core.programmes import Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemAsked:
    """The request for one item; what the fields mean stands at `AgendaItem`.

    Attributes:
        case_id: None only for a lack of resources that concerns no case.
        others: members of the household who are discussed beside the person.
    """

    purpose: AgendaPurpose
    case_id: CaseId | None = None
    others: frozenset[PersonId] = frozenset()
    topics: frozenset[str] = frozenset()
    programmes: frozenset[Programme] = frozenset()
    is_urgent: bool = False
    wish: Basis | None = None
    shien_purpose: ShienPurpose | None = None
    body_id: BodyId | None = None
    referrer_agency_id: AgencyId | None = None
    fields: frozenset[Field] = frozenset()
    is_pupil: bool = False


def item_asked(
    asked: ItemAsked, *, id: ItemId, person_id: PersonId | None, by: StaffId, at: datetime
) -> AgendaItem:
    """The item, not typed yet; the person whose case it is stands among those concerned."""
    own = frozenset() if person_id is None else frozenset({person_id})
    return AgendaItem(
        id=id,
        purpose=asked.purpose,
        requested_by=by,
        requested_at=at,
        case_id=asked.case_id,
        person_id=person_id,
        subjects=own | asked.others,
        topics=asked.topics,
        programmes=asked.programmes,
        is_urgent=asked.is_urgent,
        wish=asked.wish,
        shien_purpose=asked.shien_purpose,
        body_id=asked.body_id,
        referrer_agency_id=asked.referrer_agency_id,
        fields=asked.fields,
        is_pupil=asked.is_pupil,
    )
